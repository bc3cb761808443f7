"""The five pieces of the demo. Each shows its results at the terminal and returns its part of the report."""

import json
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import screen
import words

import sitthi
from sitthi import plots, synth

HERE = Path(__file__).resolve().parent
REGIONS = tuple(words.labels("region"))
Data = dict[str, Any]


class DemoError(RuntimeError):
    """A piece of the demo gave what it must not give."""


def data(name: str) -> Any:
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def decision(answer: Any) -> Data:
    """The decision as plain data, from the JSON that is the same in every language."""
    return json.loads(answer.to_json())


# ── 1. Situations ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def situations() -> list[Data]:
    """Assesses each situation with the command `sitthi assess`, as a person at a terminal would."""
    given = data("situations.json")
    found = []
    for one in given["situations"]:
        facts = words.laid_over(given["like"], one["facts"])
        arguments = ["assess", "--on", one["on"], "--facts", "-", "--json"]
        ran = subprocess.run([sys.executable, "-m", "sitthi", *arguments], input=json.dumps(facts), capture_output=True, text=True, encoding="utf-8")
        if ran.returncode:
            raise DemoError(f"`sitthi {shlex.join(arguments)}` failed for {one['id']}: {ran.stderr.strip()}")
        answer = json.loads(ran.stdout)
        outline = sitthi.law(one["on"]).outline(answer)
        command = f"sitthi assess --on {one['on']} --facts {one['id']}.json"
        title = {"th": one["th"], "en": one["en"]}
        screen.coverage(title, command, outline)
        found.append({"id": one["id"], "title": title, "command": command, "facts": words.spoken({**one["facts"], **facts}), "decision": answer})
    return found


# ── 2. Population ───────────────────────────────────────────────────────────────────────────────────────────────────────────

ON = "2023-09-30"
"""The last day of the survey's quarter in 2566, the year to whose margins the population is drawn."""


def population(rows: int, seed: int) -> Data:
    """Draws the workers, assesses them as a frame, and counts persons by region, scheme and status."""
    began = time.perf_counter()
    frame = synth.synthetic_workers(rows, seed)
    drawn = time.perf_counter()
    counts, took = _counted(frame)
    margins = synth.check_margins(frame)
    outside = [f"{row['margin']} {row['category']}" for row in margins if not row["within"]]
    if outside and rows >= 100_000:
        raise DemoError(f"margins not met: {', '.join(outside)}")

    kept = sum(row["within"] for row in margins)
    times = {"drawing": drawn - began, **took}
    print(f"\n  {synth.describe()}")
    print(f"  {kept} of {len(margins)} published margins met within their rounding; law of {ON}; seed {seed}.")
    print(f"  {rows:,} workers: drawn in {times['drawing']:.1f} s, assessed in {took['assess_frame']:.2f} s, tallied in {took['tally']:.2f} s.")
    registered = next(row["published"] for row in margins if (row["margin"], row["category"]) == ("insured", "s33"))
    print(f"  Covered counts rights by law, grace included, not the register: section 33 has {registered / 1e6:.2f} million on the register.")
    print("  Regions outside the margins are assumed: formal workers of four regions are split by an assumption.")
    tables = {status: _by_region(counts, status) for status in ("covered", "eligible")}
    for status, table in tables.items():
        print(f"\n  {words.labels('status')[status]['en']}: millions of synthetic persons (percent of the region's workers)")
        screen.table(["region", *counts.schemes], [[cells[0]["en"], *cells[1:]] for cells in table["rows"]])
    return {
        "notice": {
            "th": f"ข้อมูลสังเคราะห์ {rows:,} แถว ไม่มีบุคคลจริง และไม่ใช่ค่าประมาณของปีใด ปรับให้ตรงกับยอดที่เผยแพร่ {kept} จาก {len(margins)} ยอด "
            f"(ดูปีของแต่ละยอดในตาราง) ใช้กฎหมาย ณ วันที่ 30 กันยายน 2566 ความคุ้มครองรายภาคตั้งอยู่บนข้อสมมติเรื่องการแบ่งแรงงานในระบบ "
            f"ยกเว้นภาคตะวันออกเฉียงเหนือ นับสิทธิตามกฎหมายรวมที่คงอยู่หลังออกจากงาน ไม่ใช่ตามทะเบียน (มาตรา 33 มีในทะเบียน {registered / 1e6:.2f} ล้านคน) ใช้เวลาประเมิน {took['assess_frame']:.2f} วินาที นับ {took['tally']:.2f} วินาที",
            "en": f"{synth.describe()} {kept} of {len(margins)} margins are met within the rounding of the print. Law of {ON}; seed {seed}; "
            f"{rows:,} rows assessed in {took['assess_frame']:.2f} s and tallied in {took['tally']:.2f} s. Coverage by region is assumed outside the margins: "
            "formal workers of every region but the Northeast are split by an assumption. Covered counts rights by law, grace "
            f"included, not the register (section 33: {registered / 1e6:.2f} million on the register).",
        },
        "plots": _population_plots(counts),
        "tables": [*tables.values(), _by_status(counts)],
        "margins": margins,
        "assumptions": synth.assumptions(),
        "seconds": times,
    }


# In the order in which bars stack them.
STATUSES = ("covered", "eligible", "disputed", "undetermined", "not_eligible")


class Counts:
    """Weighted persons by region, scheme and status; and by region and the strongest status among the social security schemes."""

    def __init__(self, schemes: list[str], persons: dict[str, Any], joined: Any) -> None:
        self.schemes, self.persons, self.joined = schemes, persons, joined


def _counted(frame: Any) -> tuple[Counts, dict[str, float]]:
    """Assesses the frame row by row and as a tally, and holds the two to the same counts."""
    import numpy as np
    import pyarrow as pa

    began = time.perf_counter()
    # The drawn workers have one job each; region, formality and the like are no facts.
    answers = sitthi.assess_frame(frame, on=ON, jobs=1, unknown="ignore")
    assessed = time.perf_counter()
    tally = sitthi.tally(frame, by=["region"], weights="weight", on=ON, jobs=1, unknown="ignore")
    tallied = time.perf_counter()
    for result in (answers, tally):
        if result.errors:
            raise DemoError(f"{result.errors.total} values could not be assessed, the first: {result.errors[0]}")

    lines = pa.table(tally).to_pydict()
    schemes = list(dict.fromkeys(lines["scheme"]))
    persons = {scheme: np.zeros((len(REGIONS), len(STATUSES))) for scheme in schemes}
    for region, scheme, status, weight in zip(lines["region"], lines["scheme"], lines["status"], lines["weight"], strict=True):
        persons[scheme][REGIONS.index(region), STATUSES.index(status)] += weight

    table, weight = pa.table(answers), frame["weight"].to_numpy()
    region = _places(frame["region"], REGIONS)
    strongest = np.full(len(weight), len(STATUSES))
    for scheme in schemes:
        codes = _places(table[scheme], STATUSES)
        rows = np.bincount(region * len(STATUSES) + codes, weights=weight, minlength=len(REGIONS) * len(STATUSES))
        if not np.allclose(rows.reshape(persons[scheme].shape), persons[scheme], rtol=1e-9, atol=1e-3):
            raise DemoError(f"rows and tally disagree about {scheme}")
        if scheme.startswith("sso_"):
            strongest = np.minimum(strongest, np.array(_STRENGTH)[codes])
    joined = np.bincount(region * len(STATUSES) + np.array(_BY_STRENGTH)[strongest], weights=weight, minlength=len(REGIONS) * len(STATUSES))
    return Counts(schemes, persons, joined.reshape(len(REGIONS), len(STATUSES))), {"assess_frame": assessed - began, "tally": tallied - assessed}


# What is covered by one scheme is covered; else what is open keeps the answer open; a right to join comes last.
_ORDER = ("covered", "undetermined", "disputed", "eligible", "not_eligible")
_STRENGTH = [_ORDER.index(status) for status in STATUSES]
_BY_STRENGTH = [STATUSES.index(status) for status in _ORDER]


def _places(column: Any, codes: tuple[str, ...]) -> Any:
    """The place of each value of a dictionary column in a list of codes."""
    import numpy as np

    whole = column.combine_chunks()
    place = np.array([codes.index(code) for code in whole.dictionary.to_pylist()])
    return place[whole.indices.to_numpy(zero_copy_only=False)]


def _population_plots(counts: Counts) -> list[Data]:
    regions = [(words.labels("region")[region], line) for region, line in zip(REGIONS, counts.joined.tolist(), strict=True)]
    schemes = [(words.schemes()[scheme], counts.persons[scheme].sum(axis=0).tolist()) for scheme in counts.schemes]
    by_region = {
        "th": "สิทธิประกันสังคม (มาตรา 33, 39 หรือ 40) รายภาค แรงงานสังเคราะห์ รายภาคเป็นข้อสมมติ เว้นแต่แรงงานนอกระบบรายภาคซึ่งตรงกับยอดที่เผยแพร่",
        "en": "Social security (section 33, 39 or 40) by region, synthetic workers. By region assumed, but for informal workers by region, which meet the published margins.",
    }
    by_scheme = {"th": "ผลของแต่ละโครงการ ทั่วราชอาณาจักร แรงงานสังเคราะห์", "en": "Status by scheme, whole kingdom, synthetic workers"}
    return [_bars(by_region, regions), _bars(by_scheme, schemes)]


def _bars(caption: Data, rows: list[tuple[Data, list[float]]]) -> Data:
    """Bars of persons by status in both languages, for a page and for a phone."""

    def drawn(language: str, narrow: bool) -> bytes:
        bars = [{"label": label[language], "values": dict(zip(STATUSES, line, strict=True))} for label, line in rows]
        return plots.status_bars(bars, unit={"th": "คน", "en": "persons"}[language], language=language, narrow=narrow)

    def alt(language: str) -> str:
        covered = (f"{label[language]} {100 * line[0] / (sum(line) or 1):.0f}%" for label, line in rows)
        return f"{caption[language]}: {words.labels('status')[STATUSES[0]][language]} {', '.join(covered)}"

    return _in_both(drawn, {language: alt(language) for language in LANGUAGES}, caption)


LANGUAGES = ("th", "en")


def _in_both(draw: Callable[[str, bool], bytes], alt: Data, caption: Data) -> Data:
    """A plot of the report, drawn in both languages and both widths."""
    wide, narrow = ({language: draw(language, of) for language in LANGUAGES} for of in (False, True))
    return {"image": wide, "narrow": narrow, "alt": alt, "caption": caption}


def _by_region(counts: Counts, status: str) -> Data:
    """Persons of one status by region and scheme, in millions with the share of the region's workers."""
    place = STATUSES.index(status)
    total = counts.joined.sum(axis=1)

    def cell(persons: float, of: float) -> str:
        return f"{persons / 1e6:.2f} ({100 * persons / of:.1f}%)" if of else "0.00 (0.0%)"

    rows: list[list[Any]] = [
        [words.labels("region")[name], *(cell(counts.persons[scheme][at, place], total[at]) for scheme in counts.schemes)] for at, name in enumerate(REGIONS)
    ]
    whole = total.sum()
    rows.append([{"th": "ทั่วราชอาณาจักร", "en": "Whole kingdom"}, *(cell(counts.persons[scheme][:, place].sum(), whole) for scheme in counts.schemes)])
    named = words.labels("status")[status]
    return {
        "caption": {
            "th": f"{named['th']}: ล้านคน (ร้อยละของแรงงานในภาค) สังเคราะห์ รายภาคเป็นข้อสมมตินอกเหนือจากยอดที่เผยแพร่",
            "en": f"{named['en']}: millions (percent of the region's workers); synthetic, by region assumed outside the margins",
        },
        "columns": [{"th": "ภาค", "en": "Region"}, *(words.schemes()[scheme] for scheme in counts.schemes)],
        "rows": rows,
    }


def _by_status(counts: Counts) -> Data:
    return {
        "caption": {"th": "จำนวนคนตามโครงการและผล ทั่วราชอาณาจักร (สังเคราะห์)", "en": "Persons by scheme and status, whole kingdom (synthetic)"},
        "columns": [{"th": "โครงการ", "en": "Scheme"}, *(words.labels("status")[status] for status in STATUSES)],
        "rows": [[words.schemes()[scheme], *(round(persons) for persons in counts.persons[scheme].sum(axis=0))] for scheme in counts.schemes],
    }


# ── 3. Complaints ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _route(file: str, example: str) -> tuple[Data, Data]:
    """The facts of an example and what the law of its day says of them."""
    facts = words.example(file, example)
    on = facts.pop("today")
    return facts, decision(sitthi.route(sitthi.Complaint(**facts), on=on))


def complaints() -> tuple[list[Data], Data]:
    """Routes every worked case of the encoded kinds, shows some whole and the others in a table."""
    given = data("complaints.json")
    found = []
    for one in given["shown"]:
        facts, routing = _route(one["file"], one["example"])
        title = {"th": one["th"], "en": one["en"]}
        encoded = one["file"] in given["files"]
        if not routing["lead"] or not routing["call"]:
            raise DemoError(f"the complaint {one['example']} has no recipient")
        screen.complaint(title, sitthi.law(routing["on"]).outline(routing))
        if encoded == any(not kind["encoded"] for kind in routing["kinds"]):
            raise DemoError(f"the complaint {one['example']} says otherwise whether its kind is encoded")
        found.append({"title": title, "facts": words.spoken(facts), "decision": routing})

    rows = []
    for file in given["files"]:
        for example, case in words.cases(file):
            _, routing = _route(file, example)
            if not routing["lead"]:
                raise DemoError(f"the complaint {example} has no recipient")
            rows.append([case, *_line(routing)])
    print(f"\n  {len(rows)} worked cases of {len(given['files'])} kinds routed:")
    levels = [str(row[2])[:2] for row in rows]
    screen.table(["urgency", "cases"], [[level, levels.count(level)] for level in sorted(set(levels))])
    return found, {
        "caption": {"th": f"กรณีศึกษาทั้งหมด {len(rows)} เรื่องของสามประเภทที่บรรจุกฎแล้ว", "en": f"All {len(rows)} worked cases of the three encoded kinds"},
        "columns": [
            {"th": "กรณี", "en": "Case"}, {"th": "ณ วันที่", "en": "On"}, {"th": "ด่วน", "en": "Urgency"}, {"th": "ประเภท", "en": "Kind"},
            {"th": "หน่วยงานหลัก", "en": "Lead"}, {"th": "วันสุดท้ายที่ใกล้ที่สุด", "en": "Nearest last day"},
        ],
        "rows": rows,
    }


def _line(routing: Mapping[str, Any]) -> list[Any]:
    days = sorted(step["rolled"] or step["nominal"] for step in routing["steps"] if step["nominal"])
    coming = [day for day in days if day >= routing["on"]]
    level = routing["urgency"]["level"].upper()
    return [routing["on"], level, [_words(kind) for kind in routing["kinds"]], _words(routing["lead"]), coming[0] if coming else None]


def _words(item: Mapping[str, Any]) -> Data:
    return {"th": item["th"], "en": item["en"]}


# ── 4. Plan ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

PLAN, PUBLISHED = "p2_informal", "published_targets"
SHOWN = ("informality_rate", "insured_rate_33_39", "section_40_per_informal")
YEARS = range(2550, 2568)


def plan() -> Data:
    """The plan's indicators, the targets that agencies published, and a user's own."""
    own = data("targets.json")
    plain = _score(PLAN, year=own["year"])
    published = _score(PUBLISHED)
    users = _score(own["plan"], year=own["year"], targets=own["targets"], weights=own["weights"])
    wanted = {row["indicator"]: row["status"] for row in users["rows"] if row["indicator"] in own["targets"]}
    if set(wanted.values()) - {"scored", "compared"}:
        raise DemoError(f"the user's targets were not all scored: {wanted}")
    if any(row["score"] or row["target"] for row in plain["rows"]):
        raise DemoError("the plan has a target that nobody published")

    for card, title in ((plain, f"indicators, {own['year']}"), (published, "targets that agencies published"), (users, "a user's own targets")):
        print(f"\n▸ {screen.both(card)}\n  {title}")
        screen.table(["indicator", "period", "value", "target", "score", "trend", "status"], [_printed(row) for row in card["rows"]])
    total = users["total"]
    print(f"\n  the user's total: {total['score'] or total['why_no_score']}; of what has a score: {total['score_of_covered']}")
    name = {"th": plain["th"], "en": plain["en"]}
    open_ = plain["open"] or {}
    return {
        "notice": {
            "th": f"แผนไม่มีเป้าหมายที่อ่านได้ จึงแสดงค่า แนวโน้ม และ “ไม่มีเป้าหมาย” ไม่แต่งเป้าหมายขึ้นเอง ({open_.get('th', '')})",
            "en": f"No target of this plan was read, so values and trends are shown without one; none is made up ({open_.get('en', '')}).",
        },
        "plots": _plan_plots(plain),
        "scorecards": [
            {"title": {key: f"{said} · {own['year']}" for key, said in name.items()}, "decision": plain},
            {
                "title": {"th": published["th"], "en": published["en"]},
                "notice": {
                    "th": "เป้าหมายของแต่ละหน่วยงานเอง ไม่ใช่ของแผน ที่ไม่รู้งวดไม่ถูกนำมาเทียบ ที่ไม่มีผลไม่ถือเป็นศูนย์",
                    "en": "Each is its agency's own, none is the plan's. One of no known period is not compared; a missing result is not zero.",
                },
                "decision": published,
            },
            {
                "title": {"th": "เป้าหมายของผู้ใช้เอง", "en": "A user's own targets"},
                "notice": {"th": f"{own['th']} คะแนนรวม {total['score'] or '–'}", "en": f"{own['en']}. Total: {total['score'] or '–'}"},
                "decision": {**users, "rows": [row for row in users["rows"] if row["indicator"] in own["targets"]]},
            },
        ],
    }


def _score(plan: str, **given: Any) -> Data:
    return decision(sitthi.score(plan, on=CHECKED_ON, given=given))


CHECKED_ON = "2026-11-22"
"""The day the plans were last compared with their sources."""


def _printed(row: Mapping[str, Any]) -> list[str]:
    target, trend, lead = row["target"] or {}, row["trend"] or {}, row["lead"] or {}
    points = " / ".join(target.get("breakpoints", ()))
    aim = target.get("value") or points or "–"
    reached = {True: ", reached", False: ", not reached"}.get(lead.get("reached"), "")
    change = f"{trend['change']} {trend['direction']}" if trend else row["why_no_trend"] or "–"
    return [row["indicator"], row["period"] or "–", lead.get("value", "–"), str(aim), row["score"] or "–", change, row["status"] + reached]


def _plan_plots(plain: Mapping[str, Any]) -> list[Data]:
    """A plot for some indicators, each year as the scorecard of that year gives it."""
    years: dict[str, list[tuple[int, Data]]] = {name: [] for name in SHOWN}
    for year in YEARS:
        for row in _score(PLAN, year=year)["rows"]:
            if row["indicator"] in SHOWN:
                years[row["indicator"]].append((year, row))
    return [_series(row, years[row["indicator"]]) for row in plain["rows"] if row["indicator"] in SHOWN]


def _series(row: Mapping[str, Any], years: list[tuple[int, Data]]) -> Data:
    """The published series of an indicator, with the trend of its last year."""
    points = [{"year": year, "value": float(one["lead"]["value"]), "provisional": one["provisional"]} for year, one in years if one["lead"]]
    breaks = _first_of_each([year for year, one in years if one["why_no_trend"] == "break_in_series"])
    last_year, last = [(year, one) for year, one in years if one["lead"]][-1]
    trend = last["trend"] and {"from": int(last["trend"]["from"][:4]), "to": last_year, "change": last["trend"]["change"]}
    unit = words.labels("unit")[row["unit"]]
    from_, to = points[0], points[-1]
    caption = {
        "th": f"{row['th']} พ.ศ. {from_['year']}–{to['year']} ชุดข้อมูลที่เผยแพร่ ไม่มีเป้าหมาย",
        "en": f"{row['en']}, B.E. {from_['year']}–{to['year']}; published series, no target",
    }

    def drawn(language: str, narrow: bool) -> bytes:
        return plots.indicator_series(points, unit=unit[language], breaks=breaks, trend=trend, language=language, narrow=narrow)

    alt = {language: f"{row[language]}: {from_['value']:g} → {to['value']:g} {unit[language]}" for language in LANGUAGES}
    return _in_both(drawn, alt, caption)


def _first_of_each(years: list[int]) -> list[int]:
    """Of years in a row that say so, the first is the break."""
    return [year for year in years if year - 1 not in years]


# ── 5. Review sheets ────────────────────────────────────────────────────────────────────────────────────────────────────────


def sheets(folder: Path) -> list[Data]:
    """Writes a review sheet for each rule file and says where they are."""
    written = sitthi.Rulebook.from_folder(words.RULEBOOK).sheets()
    if not written:
        raise DemoError("no review sheet was written")
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for name, html in written.items():
        place = f"{name.replace('/', '-')}.html"
        (folder / place).write_text(html, encoding="utf-8")
        found.append({"title": words.files().get(name.rpartition("/")[2], name), "href": f"{folder.name}/{place}"})
    print(f"\n  {len(found)} review sheets in {folder}")
    return found
