"""What the demo reads from the rule files themselves: the words for codes, and the worked cases that stand there as examples."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

RULEBOOK = Path(__file__).resolve().parents[1] / "core" / "rulebook"
Text = dict[str, str]


@lru_cache(maxsize=None)
def read(path: str) -> dict[str, Any]:
    """One file of the rulebook."""
    return tomllib.loads((RULEBOOK / path).read_text(encoding="utf-8"))


@lru_cache(maxsize=None)
def labels() -> dict[str, dict[str, Text]]:
    """Thai and English words by kind and code, as the report takes them."""
    lists = read("vocabulary/codes.toml")["list"]
    words = {name: {code: _both(said) for code, said in found["codes"].items()} for name, found in lists.items()}
    facts = read("vocabulary/facts.toml")["fact"]
    words["fact"] = dict(_facts(facts, words))
    words["agency"] = {code: _both(said) for code, said in read("authorities/agencies.toml")["agency"].items()}
    words["agency"] |= {code: _both(said) for code, said in read("authorities/community.toml")["community"].items()}
    words["form"] = {code: _both(said) for code, said in read("complaints/forms.toml")["form"].items()}
    words["instrument"] = {}
    for path in sorted((RULEBOOK / "statutes").glob("*.toml")):
        register = read(f"statutes/{path.name}")
        for row in register.get("rows", ()):
            one = dict(zip(register["columns"], row, strict=True))
            words["instrument"][one["id"]] = _both(one)
    words["kind"] = {}
    for path in sorted((RULEBOOK / "complaints").glob("*.toml")):
        found = read(f"complaints/{path.name}")
        if found.get("file", {}).get("kind") == "complaint":
            words["kind"][found["file"]["id"]] = {"th": found["file"]["th"], "en": english(found["file"]["id"])}
        words["kind"] |= {code: _both(said) for code, said in found.get("kind", {}).items()}
    words["unit"] = _UNITS
    return words


# Units are text in plan files, in English.
_UNITS: dict[str, Text] = {
    "percent": {"th": "ร้อยละ", "en": "percent"}, "persons": {"th": "คน", "en": "persons"}, "baht": {"th": "บาท", "en": "baht"},
    "areas": {"th": "พื้นที่", "en": "areas"}, "claims": {"th": "เรื่อง", "en": "claims"}, "groups": {"th": "กลุ่ม", "en": "groups"},
    "borrowers": {"th": "ผู้กู้", "en": "borrowers"}, "level": {"th": "ระดับ", "en": "level"}, "places": {"th": "แห่ง", "en": "places"},
}


def english(file: str) -> str:
    """The English title of a rule file."""
    return str(read(f"vocabulary/en/{file}.toml")["file"][file])


def _both(said: Mapping[str, Any]) -> Text:
    return {key: str(said[key]) for key in ("th", "en") if said.get(key)}


def _facts(facts: Mapping[str, Any], words: Mapping[str, Mapping[str, Text]]) -> Iterator[tuple[str, Text]]:
    families = {"member": "membership", "happened": "happening", "paid_months": "contributory_scheme"}
    for name, said in facts.items():
        text = {key: said[f"label_{key}"] for key in ("th", "en") if f"label_{key}" in said}
        head, dot, _ = name.partition(".*")
        if not dot:
            yield name, text
        else:
            for code, label in words.get(families.get(head, head), {}).items():
                yield f"{head}.{code}", {key: text.get(key, "{label}").replace("{label}", label.get(key, code)) for key in ("th", "en")}


@lru_cache(maxsize=None)
def file_title(file: str) -> Text | str:
    """The title of a rule file by its id."""
    for path in RULEBOOK.glob("*/*.toml"):
        if path.parent.name in ("definitions", "schemes", "standards", "complaints", "plans"):
            found = read(path.relative_to(RULEBOOK).as_posix())
            for head in ("file", "plan"):
                if found.get(head, {}).get("id") == file:
                    spoken = read(f"vocabulary/en/{file}.toml") if (RULEBOOK / "vocabulary" / "en" / f"{file}.toml").exists() else {}
                    return _both({"th": found[head].get("th"), "en": spoken.get("file", {}).get(file) or spoken.get("plan") or found[head].get("en")})
    return file


@lru_cache(maxsize=None)
def places() -> dict[str, Text]:
    """Names of provinces by code."""
    with (RULEBOOK / "places" / "provinces.csv").open(encoding="utf-8") as file:
        return {row["code"]: {"th": row["name_th"], "en": row["name_en"]} for row in csv.DictReader(file)}


def fact_label(name: str) -> Text | str:
    return labels()["fact"].get(name, name)


def said(name: str, value: Any) -> Any:
    """The value of a fact in words."""
    if value is None or isinstance(value, bool):
        return {"th": "ยังไม่ทราบ", "en": "not known"} if value is None else value
    if name.endswith("province"):
        return places().get(str(value), value)
    if isinstance(value, str):
        for code_list in _lists_of(name):
            if value in labels().get(code_list, {}):
                return labels()[code_list][value]
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {one}" for key, one in value.items())
    return value


def _lists_of(name: str) -> tuple[str, ...]:
    last = name.rpartition(".")[2]
    return (last, {"received_by": "channel"}.get(last, last))


def spoken(facts: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    """Facts as pairs for reading; the no of a family is said once, together."""
    pairs: list[tuple[Any, Any]] = []
    for name, value in facts.items():
        if name in ("member", "happened"):
            yes = [labels()["membership" if name == "member" else "happening"].get(code, code) for code, held in value.items() if held]
            pairs += [({"th": "เกิดขึ้น", "en": "happened"} if name == "happened" else {"th": "สมาชิก", "en": "member of"}, one) for one in yes]
            if name == "member" and not yes:
                pairs.append(({"th": "สมาชิกกองทุนอื่น", "en": "other memberships"}, {"th": "ไม่มี", "en": "none"}))
        elif name == "jobs":
            if not value:
                pairs.append(({"th": "งาน", "en": "jobs"}, {"th": "ไม่มี", "en": "none"}))
            for job in value:
                pairs += [(fact_label(f"job.{key}"), said(f"job.{key}", one)) for key, one in job.items() if key != "main"]
        elif name == "job":
            pairs += [(fact_label(f"job.{key}"), said(f"job.{key}", one)) for key, one in value.items()]
        elif name == "paid_months":
            for scheme, counts in value.items():
                for window, months in counts.items() if isinstance(counts, Mapping) else ():
                    last = window.rpartition("_")[2]
                    label = labels()["contributory_scheme"].get(scheme, {"th": scheme, "en": scheme})
                    name_of = {"th": f"เดือนที่ส่งใน {last} เดือน ({label.get('th')})", "en": f"paid of the last {last} ({label.get('en')})"}
                    pairs.append((name_of, months))
        else:
            pairs.append((fact_label(name), said(name, value)))
    return pairs


# ── Worked cases ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Facts over facts: tables key by key, lists as a whole."""
    together = dict(below)
    for key, value in above.items():
        under = together.get(key)
        together[key] = laid_over(under, value) if isinstance(under, Mapping) and isinstance(value, Mapping) else value
    return together


def example(file: str, name: str) -> dict[str, Any]:
    """The facts of one example of a complaint file, with those it builds on; days as ISO text."""
    examples = read(f"complaints/{file}.toml")["example"]
    own = examples[name]
    given = laid_over(example(file, own["like"]) if own.get("like") else {}, own.get("given", {}))
    return _plain(given)


def cases(file: str) -> list[tuple[str, str]]:
    """Names of the examples of a complaint file that are worked cases, with the number of the case."""
    return [(name, one["case"]) for name, one in read(f"complaints/{file}.toml")["example"].items() if one.get("case")]


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
