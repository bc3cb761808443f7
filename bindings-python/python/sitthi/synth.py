"""A synthetic population of workers in Thailand, drawn to published margins.

Nobody in it exists. It is made to try rules on a population of the right size and make-up, never to estimate anything: what
was put in comes back out, and nothing else can be learned from it. Call it "synthetic, raked", never by the name of a survey.

How it is drawn:

1. A table of cells (region, sex, age, kind of work and insurance, branch, section 40) starts from the age profile of 2558 by
   sex and formality (``synth_age_profile.csv``) and from the assumptions listed by :func:`assumptions`.
2. The table is raked (iterative proportional fitting) to the published margins of ``synth_margins.csv``: see :func:`margins`.
3. Rows are given out to cells by systematic sampling, and their weights raked once more, so that the margins hold for any
   number of rows that is not too small.
4. What no margin says (employer, contract, dates, months, wages …) is drawn row by row from assumptions.
5. Some answers are removed at random (``missing``), as in a survey. Columns that steer the drawing stay complete.

:func:`check_margins` compares a drawn frame with every published margin, within the rounding of the print.

The columns are named after the facts of sitthi and go straight into ``assess_frame`` and ``tally``. Four are no facts:
``region``, ``formality`` (the survey's, as drawn), ``status_in_employment`` and ``weight`` (persons for whom the row stands).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from ._extras import need

YEARS = (2562, 2566)
"""Years (B.E.) for which margins are in the package."""

EXTRA_COLUMNS = ("region", "formality", "status_in_employment", "weight")
"""Columns that are no facts; carry them along or group by them."""

NEVER_MISSING = (*EXTRA_COLUMNS, "sex", "survey_month", "survey_age", "home_province", "employed")
"""Columns from which no answer is ever removed."""

_REGIONS = ("bangkok", "central", "north", "northeast", "south")
_SEXES = ("male", "female")
_AGES = ("15_19", "20_24", "25_29", "30_34", "35_39", "40_49", "50_59", "60_64", "65_plus")
_SECTORS = ("agriculture", "manufacturing", "trade_and_services")
_STATUSES = (
    "employer", "government_employee", "private_employee", "own_account", "unpaid_family", "member_of_group",
)
# Kind of work with insurance: name, status in employment, formality as drawn, insured under.
_GROUPS = (
    ("official", "government_employee", "formal", ""),
    ("state_under_33", "government_employee", "formal", "s33"),
    ("private_under_33", "private_employee", "formal", "s33"),
    ("private_not_under_33", "private_employee", "formal", ""),
    ("informal_employee", "private_employee", "informal", ""),
    ("employer_39", "employer", "formal", "s39"),
    ("employer", "employer", "informal", ""),
    ("own_account_39", "own_account", "formal", "s39"),
    ("own_account", "own_account", "informal", ""),
    ("family_39", "unpaid_family", "formal", "s39"),
    ("family", "unpaid_family", "informal", ""),
    ("member_of_group", "member_of_group", "informal", ""),
)
_NAMES = tuple(group[0] for group in _GROUPS)

# Everything that no source read gives. The key is used below; the text is what `assumptions()` says.
_ASSUMED: dict[str, tuple[Any, str]] = {
    "formal_by_region": (
        {"bangkok": 24, "central": 48, "north": 14, "south": 14},
        "Formal workers outside the Northeast are split among the other four regions in these parts of 100. No count was read: "
        "coverage by region rests on this for every region but the Northeast.",
    ),
    "northeast_formal_2562": (
        2290872 / 19133634,
        "Share of the Northeast in formal workers in 2562: that of 2566.",
    ),
    "register_is_employed": (
        True,
        "Everybody insured under section 33, 39 or 40 works. The register also holds members who do not, and stands on another day "
        "than the survey.",
    ),
    "formality": (
        "officials, section 33, section 39, and private employees to fill up",
        "Who counts as formal: all government employees, all insured under sections 33 and 39, and as many other private employees "
        "as the published formal total leaves. A drawn person carries this rule; the data cannot decide between definitions.",
    ),
    "state_under_33": (0.20, "Share of government employees insured under section 33 (temporary and daily staff, government employees)."),
    "section_39_self_employed": (True, "Everybody insured under section 39 is now self-employed or helps a family business."),
    "age_profile": (
        2558,
        "The age profile by sex and formality of 2558 is carried forward as the starting point of the raking; only 60 and over is "
        "fixed, and only for 2566. Within sex and formality, age goes by kind of work only as a further assumption says.",
    ),
    "age_by_group": (
        {"official": 0.05, "state_under_33": 0.1, "private_under_33": 0.4},
        "Odds of being 60 or over against others of the same sex and formality (retirement at 60 of officials).",
    ),
    "age_60_64": (0.5, "Share of those aged 60 and over who are 60 to 64; the others are 65 to 85, fewer with age."),
    "sector_of_formal": (
        {"private_under_33": (3, 42, 55), "private_not_under_33": (5, 30, 65), "insured_39": (30, 15, 55)},
        "Branch (agriculture, manufacturing, trade and services) of formal workers outside government, in percent.",
    ),
    "agriculture_by_region": (
        {"bangkok": 0.03, "central": 0.7, "north": 1.5, "northeast": 1.8, "south": 1.2},
        "Odds of agriculture by region among informal workers; the kingdom's share is the published one.",
    ),
    "agriculture_of_informal_employees": (0.5, "Odds of agriculture of informal employees against other informal workers."),
    "section_40_by_age": (
        {"65_plus": 0.3},
        "Members of section 40 are informal workers of Thai nationality; odds of membership by age, 1 where not named.",
    ),
    "section_40_options": ((0.25, 0.65, 0.10), "Shares of the three options among members of section 40."),
    "not_thai": ({"private_employee": 0.05, "other": 0.003}, "Share without Thai nationality; all hold a 00 card and a work permit."),
    "government_employer": (
        {"state_enterprise": 0.08, "public_organisation": 0.02},
        "Employer of government employees who are not under section 33; the others are officials or permanent employees of government.",
    ),
    "permanent_of_government": (0.10, "Share of permanent employees among them."),
    "local_government": (0.20, "Share of local government among officials; in Bangkok they belong to its own pension fund."),
    "private_school_teacher": (0.05, "Share of private-school teachers among formal private employees outside section 33."),
    "housework": (0.10, "Share of domestic workers of a private person without business among informal employees outside agriculture."),
    "hawker_or_stall": (0.06, "Share of informal employees outside agriculture who work for a hawker or market stall."),
    "natural_person": (0.60, "Share of other informal employees who work for a natural person in business, not a company."),
    "casual_or_seasonal": (0.30, "Share of casual or seasonal work among informal employees outside housework."),
    "all_year": (0.35, "Share of informal farm employees in work that uses employees all year; elsewhere all."),
    "platform": (0.03, "Share of platform work among own-account workers in trade and services."),
    "own_account_under_command": (0.0, "No self-employed person works for wages or under command; their employer is answered as other."),
    "tenure_years": ({"formal": 8.0, "informal": 5.0}, "Mean of an exponential length of the present job in years, cut at age 15."),
    "wages": (
        {"formal": 0.55, "informal": 0.45},
        "Spread (standard deviation of the logarithm) of monthly wages about the published means of 2558, for employees. No index "
        "was applied, so many wages lie below today's minimum.",
    ),
    "workplace_elsewhere": (0.05, "Share who work in another province of the region than the one they live in."),
    "not_for_profit": ("state", "Only the State's own activity is not for economic profit; nobody is posted abroad or an own student."),
    "provinces": ("number of districts", "Province within a region, in proportion to its number of districts."),
    "once_under_33": (0.15, "Share of workers without insurance under 33 or 39, officials apart, who once were under section 33 and left the job."),
    "section_39_lost": (0.10, "Share of those who then entered section 39 and lost it, three months being unpaid."),
    "dependants": (False, "Nobody has a right to treatment through a relative; nobody holds political office."),
    "perceives_rights": (True, "Everybody can perceive the rights that membership gives."),
    "survey_day": ("month", "The survey's month is July, August or September; age is in completed years on its first day."),
    "section_40_since": ("a year", "Members of section 40 paid their first contribution a year before the month asked about."),
    "missing": ("at random", "Missing answers are independent of everything; each column has the same share unless told."),
}


def assumptions() -> list[dict[str, Any]]:
    """Everything in the drawing that no source read gives, each with its value."""
    return [{"id": key, "value": value, "text": text} for key, (value, text) in _ASSUMED.items()]


def _table(name: str) -> list[dict[str, str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def margins(year_be: int = 2566) -> list[dict[str, Any]]:
    """The published margins that a population of ``year_be`` is drawn to.

    Each has its value, the interval of its rounding, the year of the figure, the source, and ``standing``: ``of_the_year``, or
    ``carried`` where the figure is of another year because none of this one was read.

    Raises ``ValueError`` for a year without margins.
    """
    if year_be not in YEARS:
        raise ValueError(f"no margins for the year `{year_be}`; years in the package (B.E.): {', '.join(map(str, YEARS))}")
    found = []
    for row in _table("synth_margins.csv"):
        if int(row["for_year"]) == year_be:
            number = {key: float(row[key]) for key in ("value", "low", "high")}
            found.append({**row, **number, "for_year": year_be, "figure_year": int(row["figure_year"])})
    return found


def describe(year_be: int = 2566) -> str:
    """One paragraph that says what the population is and which margins of which year it meets; print it with every result."""
    carried: dict[str, set[int]] = {}
    met: dict[str, None] = {}
    for row in margins(year_be):
        if row["standing"] == "carried":
            carried.setdefault(row["margin"], set()).add(row["figure_year"])
        else:
            met[row["margin"]] = None
    older = "; ".join(f"{_words(name)} of {', '.join(map(str, sorted(years)))}" for name, years in carried.items())
    return (
        f"Synthetic workers, raked to published margins; no real person, and no estimate of {year_be}. "
        f"Margins of {year_be}: {', '.join(map(_words, met))}. Carried from other years: {older}. "
        f"Everything else is assumed, by {len(_ASSUMED)} assumptions."
    )


def _words(name: str) -> str:
    return name.replace("_", " ")


def synthetic_workers(
    rows: int,
    seed: int,
    year_be: int = 2566,
    backend: str = "pyarrow",
    missing: float | Mapping[str, float] = 0.02,
) -> Any:
    """Draw ``rows`` synthetic workers of ``year_be``; the same arguments give the same workers.

    ``backend`` is ``pyarrow`` (a table), ``polars`` or ``pandas`` (Arrow-backed columns). ``missing`` is the share of answers
    removed at random, one for all columns or by column (0 for columns not named). Needs numpy and pyarrow (``sitthi[synth]``).

    Raises ``ValueError`` for an unknown year, backend or column, a share outside 0 to 1, or fewer than one row.
    """
    if isinstance(rows, bool) or not isinstance(rows, int) or rows < 1:
        raise ValueError(f"rows must be a whole number of at least 1, not `{rows}`")
    if backend not in ("pyarrow", "polars", "pandas"):
        raise ValueError(f"unknown backend `{backend}`; expected pyarrow, polars or pandas")
    margins(year_be)
    np, pa = need("numpy", "synth"), need("pyarrow", "synth")
    other = need(backend, "synth")
    columns = _draw(np, rows, np.random.default_rng(seed), year_be)
    _remove_answers(np, columns, rows, seed, missing)
    table = pa.table({name: _arrow(pa, column) for name, column in columns.items()})
    table = table.replace_schema_metadata({"sitthi.synthetic": describe(year_be), "sitthi.year_be": str(year_be)})
    if backend == "polars":
        return other.from_arrow(table)
    if backend == "pandas":
        return table.to_pandas(types_mapper=other.ArrowDtype)
    return table


def check_margins(frame: Any, year_be: int = 2566) -> list[dict[str, Any]]:
    """Compare a drawn frame with every published margin of ``year_be``.

    Each row has ``margin``, ``category``, ``unit``, ``published``, ``drawn``, ``difference``, ``tolerance`` (the rounding of the
    print, the rounding of drawn values, and three standard errors where answers are missing) and ``within``.
    """
    np, pa = need("numpy", "synth"), need("pyarrow", "synth")
    if isinstance(frame, pa.Table):
        table = frame
    elif hasattr(frame, "to_arrow"):
        table = frame.to_arrow()
    else:
        table = pa.Table.from_pandas(frame, preserve_index=False)
    weight = table["weight"].to_numpy()
    everybody = np.ones(len(weight), bool)

    def is_(name: str, *codes: Any) -> tuple[Any, Any]:
        """Rows whose answer is one of the codes, and rows whose answer is known."""
        values = table[name].combine_chunks()
        known = values.is_valid().to_numpy(zero_copy_only=False)
        if pa.types.is_dictionary(values.type):
            labels = values.dictionary.to_pylist()
            named = np.array([label in codes for label in labels])
            return named[values.indices.fill_null(0).to_numpy(zero_copy_only=False)] & known, known
        if pa.types.is_boolean(values.type):
            return values.fill_null(False).to_numpy(zero_copy_only=False), known
        text = np.array(values.to_pylist(), object)
        return np.isin(text, codes), known

    def persons(of: tuple[Any, Any], among: Any = everybody) -> tuple[float, float]:
        """Persons, scaled up for missing answers, and three standard errors of that scaling."""
        hit, known = of
        base, seen = weight[among].sum(), weight[among & known].sum()
        if seen == 0:
            return float("nan"), 0.0
        share = weight[among & known & hit].sum() / seen
        n, m = int(among.sum()), int((among & known).sum())
        error = (share * (1 - share) / m * (1 - m / n)) ** 0.5 if m else 0.0
        return float(base * share), float(3 * base * error)

    formal, informal = is_("formality", "formal")[0], is_("formality", "informal")[0]
    formality = {"formal": formal, "informal": informal}
    old = table["survey_age"].to_numpy() >= 60
    # The branch in the survey's three groups: housework and the like are services.
    farm = is_("job.sector", "cultivation", "livestock", "fishing", "forestry")
    factory = is_("job.sector", "manufacturing")
    not_farm = informal & ~farm[0]
    found = []
    for row in margins(year_be):
        margin, category = row["margin"], row["category"]
        slack = 0.0
        if margin == "formality":
            drawn = weight[formality[category]].sum()
        elif margin == "informality_rate":
            drawn = 100 * weight[informal].sum() / weight.sum()
        elif margin in ("informal_by_region", "formal_by_region"):
            group = formality[margin.partition("_")[0]]
            drawn = weight[group & is_("region", category)[0]].sum()
            if row["unit"] == "percent":
                drawn *= 100 / weight[group].sum()
        elif margin == "men_by_formality":
            drawn = 100 * weight[formality[category] & is_("sex", "male")[0]].sum() / weight[formality[category]].sum()
        elif margin == "status_by_sex":
            sex, _, status = category.partition("/")
            group = everybody if sex == "total" else is_("sex", sex)[0]
            drawn = 100 * weight[group & is_("status_in_employment", status)[0]].sum() / weight[group].sum()
        elif margin == "age_60_plus":
            drawn = weight[old & formality.get(category, everybody)].sum()
        elif margin == "sector_of_informal":
            drawn, slack = (100 * part / weight[informal].sum() for part in persons(farm, informal))
        elif margin == "services_of_informal_outside_agriculture":
            drawn, slack = (100 * part / weight[not_farm].sum() for part in persons((~factory[0], factory[1]), not_farm))
        elif margin == "insured":
            if category == "s40":
                parts = [persons(is_(f"member.sso_40_{option}", True)) for option in (1, 2, 3)]
                drawn, slack = sum(part[0] for part in parts), sum(part[1] for part in parts)
            else:
                drawn, slack = persons(is_("job.insured_33" if category == "s33" else "member.sso_39", True))
        else:
            wages = table["job.monthly_wage"].combine_chunks()
            known = wages.is_valid().to_numpy(zero_copy_only=False) & formality[category.partition("_")[0]]
            paid = wages.fill_null(0).to_numpy(zero_copy_only=False)[known]
            drawn = (paid * weight[known]).sum() / weight[known].sum() if known.any() else float("nan")
            # All wages were scaled before answers were removed, so a missing share costs a sampling error of the mean.
            slack = 3 * float(paid.std()) / max(len(paid), 1) ** 0.5 if len(paid) else 0.0
        published = row["value"]
        rounding = max(row["high"] - published, published - row["low"])
        inside = row["low"] - slack - 1e-6 * abs(published) <= drawn <= row["high"] + slack + 1e-6 * abs(published)
        found.append(
            {
                "margin": margin,
                "category": category,
                "unit": row["unit"],
                "figure_year": row["figure_year"],
                "standing": row["standing"],
                "source": row["source"],
                "published": published,
                "drawn": float(drawn),
                "difference": float(drawn) - published,
                "tolerance": rounding + slack,
                "within": bool(inside),
            }
        )
    return found


# ── The table of cells ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _cells(np: Any) -> dict[str, Any]:
    """Labels of every cell, flat: region, sex, age, group, sector, in section 40."""
    shape = (len(_REGIONS), len(_SEXES), len(_AGES), len(_GROUPS), len(_SECTORS), 2)
    index = np.indices(shape).reshape(len(shape), -1)
    region, sex, age, group, sector, s40 = index
    formal = np.array([g[2] == "formal" for g in _GROUPS])[group]
    status = np.array([_STATUSES.index(g[1]) for g in _GROUPS])[group]
    insured = np.array([{"": 0, "s33": 1, "s39": 2}[g[3]] for g in _GROUPS])[group]
    return dict(
        region=region, sex=sex, age=age, group=group, sector=sector, s40=s40, formal=formal.astype(int), status=status, insured=insured
    )


def _start(np: Any, c: dict[str, Any]) -> Any:
    """The starting table: the age profile of 2558 times what is assumed."""
    profile = np.zeros((2, 2, len(_AGES)))
    for row in _table("synth_age_profile.csv"):
        f, s, persons = int(row["formality"] == "formal"), _SEXES.index(row["sex"]), float(row["persons"])
        if row["age"] == "60_plus":
            young = _ASSUMED["age_60_64"][0]
            profile[f, s, -2:] = persons * young, persons * (1 - young)
        else:
            profile[f, s, _AGES.index(row["age"])] = persons
    table = profile[c["formal"], c["sex"], c["age"]]
    odds = np.ones(len(_GROUPS))
    for name, value in _ASSUMED["age_by_group"][0].items():
        odds[_NAMES.index(name)] = value
    table *= np.where(c["age"] >= len(_AGES) - 2, odds[c["group"]], 1.0)

    sector = np.ones((len(_GROUPS), len(_SECTORS)))
    for i, (name, _, _, insured) in enumerate(_GROUPS):
        shares = _ASSUMED["sector_of_formal"][0]
        if name in ("official", "state_under_33"):
            sector[i] = 0, 0, 1
        elif name in shares:
            sector[i] = np.array(shares[name]) / 100
        elif insured == "s39":
            sector[i] = np.array(shares["insured_39"]) / 100
    sector[_NAMES.index("informal_employee"), 0] = _ASSUMED["agriculture_of_informal_employees"][0]
    table *= sector[c["group"], c["sector"]]
    by_region = np.array([_ASSUMED["agriculture_by_region"][0][region] for region in _REGIONS])
    table *= np.where((c["sector"] == 0) & (c["formal"] == 0), by_region[c["region"]], 1.0)

    by_age = np.array([_ASSUMED["section_40_by_age"][0].get(age, 1.0) for age in _AGES])
    table *= np.where(c["s40"] == 1, np.where(c["formal"] == 1, 0.0, by_age[c["age"]]), 1.0)
    return table


def _targets(np: Any, c: dict[str, Any], year_be: int) -> list[tuple[Any, Any]]:
    """For each margin the label of every cell and the persons of every label (NaN: not fixed)."""
    m: dict[str, dict[str, float]] = {}
    for row in margins(year_be):
        m.setdefault(row["margin"], {})[row["category"]] = row["value"]
    employed = sum(m["formality"].values())
    # A printed rate says more than counts rounded to 0.1 million.
    rate = m.get("informality_rate", {}).get("kingdom")
    informal = m["formality"]["informal"] if rate is None else employed * rate / 100
    total = np.array([informal, employed - informal])

    parts = np.array([m["informal_by_region"][region] for region in _REGIONS])
    northeast = m.get("formal_by_region", {}).get("northeast", total[1] * _ASSUMED["northeast_formal_2562"][0])
    assumed = _ASSUMED["formal_by_region"][0]
    formal = [
        northeast if region == "northeast" else (total[1] - northeast) * assumed[region] / sum(assumed.values()) for region in _REGIONS
    ]
    regions = np.array([total[0] * parts / parts.sum(), formal])

    men = np.array([m["men_by_formality"]["informal"], m["men_by_formality"]["formal"]]) / 100
    sexes = np.stack([total * men, total * (1 - men)], axis=1)

    shares = m["status_by_sex"]
    if f"male/{_STATUSES[0]}" in shares:
        status = np.array([[shares[f"{sex}/{name}"] for name in _STATUSES] for sex in _SEXES])
        status = status / status.sum(axis=1, keepdims=True) * sexes.sum(axis=0)[:, None]
        by_status = (c["sex"] * len(_STATUSES) + c["status"], status.ravel())
        government = status[:, _STATUSES.index("government_employee")].sum()
    else:
        status = np.array([shares[f"total/{name}"] for name in _STATUSES])
        status = status / status.sum() * employed
        by_status = (c["status"], status)
        government = status[_STATUSES.index("government_employee")]

    insured = np.array([np.nan, m["insured"]["s33"], m["insured"]["s39"]])
    under_33 = np.full(len(_GROUPS), np.nan)
    under_33[_NAMES.index("state_under_33")] = government * _ASSUMED["state_under_33"][0]

    farm = m["sector_of_informal"]["agriculture"] / 100
    services = m["services_of_informal_outside_agriculture"]["trade_and_services"] / 100
    branch = total[0] * np.array([farm, (1 - farm) * (1 - services), (1 - farm) * services])
    branch = np.concatenate([branch, np.full(len(_SECTORS), np.nan)])

    found = [
        (c["formal"] * len(_REGIONS) + c["region"], regions.ravel()),
        (c["formal"] * 2 + c["sex"], sexes.ravel()),
        by_status,
        (c["insured"], insured),
        (c["group"], under_33),
        (c["formal"] * len(_SECTORS) + c["sector"], branch),
        (c["s40"], np.array([np.nan, m["insured"]["s40"]])),
    ]
    if "age_60_plus" in m:
        old = (c["age"] >= len(_AGES) - 2).astype(int)
        aged = m["age_60_plus"]
        both = [total[0] - aged["informal"], aged["informal"], total[1] - aged["employed"] + aged["informal"], aged["employed"] - aged["informal"]]
        found.append((c["formal"] * 2 + old, np.array(both)))
    return found


def _rake(np: Any, table: Any, targets: list[tuple[Any, Any]], rounds: int) -> Any:
    """Iterative proportional fitting of a flat table to targets; labels without cells are passed over."""
    table = table.astype(float)
    for _ in range(rounds):
        worst = 0.0
        for label, persons in targets:
            now = np.bincount(label, weights=table, minlength=len(persons))
            fixed = ~np.isnan(persons) & (now > 0)
            factor = np.where(fixed, persons / np.where(now > 0, now, 1.0), 1.0)
            worst = max(worst, float(np.abs(factor[fixed & (persons > 0)] - 1).max(initial=0.0)))
            table *= factor[label]
        if worst < 1e-10:
            break
    return table


# ── Rows ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Column:
    """Values with a mask of what is known; `labels` where values are places in a list of codes."""

    __slots__ = ("known", "labels", "values")

    def __init__(self, values: Any, known: Any = None, labels: tuple[str, ...] | None = None) -> None:
        self.values, self.known, self.labels = values, known, labels


def _arrow(pa: Any, column: _Column) -> Any:
    mask = None if column.known is None else ~column.known
    values = pa.array(column.values, mask=mask)
    if column.labels is None:
        return values
    return pa.DictionaryArray.from_arrays(values, pa.array(column.labels, pa.string()))


def _remove_answers(np: Any, columns: dict[str, _Column], rows: int, seed: int, missing: float | Mapping[str, float]) -> None:
    asked = [name for name in columns if name not in NEVER_MISSING]
    shares = dict(missing) if isinstance(missing, Mapping) else dict.fromkeys(asked, missing)
    for name, share in shares.items():
        if name not in asked:
            raise ValueError(f"no answers can be removed from `{name}`; expected one of: {', '.join(asked)}")
        if not 0 <= share <= 1:
            raise ValueError(f"the share of missing answers of `{name}` must be from 0 to 1, not `{share}`")
    # A stream of its own: the same persons whatever is missing.
    rng = np.random.default_rng([seed, 1])
    for name in asked:
        share = shares.get(name, 0)
        draw = rng.random(rows, dtype=np.float32)
        if share:
            keep = draw >= share
            columns[name].known = keep if columns[name].known is None else columns[name].known & keep


def _draw(np: Any, rows: int, rng: Any, year_be: int) -> dict[str, _Column]:
    c = _cells(np)
    targets = _targets(np, c, year_be)
    table = _rake(np, _start(np, c), targets, 2000)

    edges = np.floor(np.cumsum(table) / table.sum() * rows + rng.random())
    edges[-1] = rows
    count = np.diff(edges, prepend=0.0).astype(np.int64)
    weighed = _rake(np, count * (table.sum() / rows), targets, 2000)
    cell = np.repeat(np.arange(len(count)), count)
    rng.shuffle(cell)
    weight = (weighed / np.maximum(count, 1))[cell]

    region, sex, age_band, group, sector, s40 = (c[name][cell] for name in ("region", "sex", "age", "group", "sector", "s40"))
    status, insured, formal = c["status"][cell], c["insured"][cell], c["formal"][cell].astype(bool)

    def chance(share: Any) -> Any:
        return rng.random(rows, dtype=np.float32) < share

    def is_group(*names: str) -> Any:
        wanted = np.zeros(len(_GROUPS), bool)
        wanted[[_NAMES.index(name) for name in names]] = True
        return wanted[group]

    assumed = {key: value for key, (value, _) in _ASSUMED.items()}
    yes, no = np.ones(rows, bool), np.zeros(rows, bool)

    # Age and days.
    low = np.array([15, 20, 25, 30, 35, 40, 50, 60, 65])[age_band]
    width = np.array([5, 5, 5, 5, 5, 10, 10, 5, 0])[age_band]
    spread = rng.random(rows)
    age = (low + np.where(age_band == len(_AGES) - 1, 20 * spread**1.7, width * spread)).astype(np.int16)
    month = rng.integers(6, 9, rows)
    year = year_be - 543
    first = (np.datetime64(f"{year}-01", "M") + month).astype("datetime64[D]")
    birthday = (np.datetime64(f"{year}-01", "M") + (month - 12 * age.astype(np.int64))).astype("datetime64[D]")
    birth = birthday - rng.integers(0, 365, rows)
    at_15 = (birth.astype("datetime64[M]") + 181).astype("datetime64[D]")
    tenure = rng.exponential(np.where(formal, assumed["tenure_years"]["formal"], assumed["tenure_years"]["informal"])) * 365.25
    started = np.minimum(np.maximum(first - tenure.astype(np.int64) - 1, at_15), first - 1)

    # Places.
    places = _table("synth_provinces.csv")
    home = np.empty(rows, np.int8)
    work_place = np.empty(rows, np.int8)
    for r, name in enumerate(_REGIONS):
        ids = np.array([i for i, row in enumerate(places) if row["region"] == name])
        parts = np.array([float(places[i]["districts"]) for i in ids])
        mine = np.flatnonzero(region == r)
        home[mine] = ids[np.searchsorted(np.cumsum(parts / parts.sum()), rng.random(len(mine))).clip(max=len(ids) - 1)]
        away = np.searchsorted(np.cumsum(parts / parts.sum()), rng.random(len(mine))).clip(max=len(ids) - 1)
        work_place[mine] = np.where(rng.random(len(mine)) < assumed["workplace_elsewhere"], ids[away], home[mine])

    # Work.
    employee = (status == 1) | (status == 2)
    state = is_group("official", "state_under_33")
    official = is_group("official")
    informal_employee = is_group("informal_employee")
    farm = sector == 0
    not_thai = chance(np.where(status == 2, assumed["not_thai"]["private_employee"], assumed["not_thai"]["other"])) & ~state & (s40 == 0) & (insured != 2)

    employers = ("company", "natural_person", "government", "state_enterprise", "private_school", "hawker_or_stall", "public_organisation", "other")
    employer = np.full(rows, employers.index("other"), np.int8)
    employer[employee] = employers.index("company")
    draw = rng.random(rows, dtype=np.float32)
    shares = assumed["government_employer"]
    enterprise = official & (draw < shares["state_enterprise"])
    public_body = official & ~enterprise & (draw < shares["state_enterprise"] + shares["public_organisation"])
    employer[state] = employers.index("government")
    employer[enterprise] = employers.index("state_enterprise")
    employer[public_body] = employers.index("public_organisation")
    teacher = is_group("private_not_under_33") & (sector == 2) & (draw < assumed["private_school_teacher"])
    employer[teacher] = employers.index("private_school")
    housework = informal_employee & ~farm & (sector == 2) & (draw < assumed["housework"] / _services(c, weighed, np))
    stall = informal_employee & ~farm & ~housework & (draw > 1 - assumed["hawker_or_stall"])
    person = informal_employee & ~stall & chance(assumed["natural_person"])
    employer[person | housework] = employers.index("natural_person")
    employer[stall] = employers.index("hawker_or_stall")

    government = state & (employer == employers.index("government"))
    contracts = ("official", "permanent", "government_employee", "temporary", "monthly")
    draw = rng.random(rows, dtype=np.float32)
    contract = np.full(rows, contracts.index("monthly"), np.int8)
    contract[official] = np.where(draw[official] < assumed["permanent_of_government"], 1, 0)
    under_33 = is_group("state_under_33")
    contract[under_33] = np.where(draw[under_33] < 0.5, 2, 3)

    branches = ("cultivation", "livestock", "fishing", "forestry", "manufacturing", "services", "trade", "construction", "transport")
    draw = rng.random(rows, dtype=np.float32)
    branch = np.full(rows, branches.index("services"), np.int8)
    branch[farm] = np.searchsorted(np.array([0.85, 0.93, 0.98]), draw[farm])
    branch[sector == 1] = branches.index("manufacturing")
    market = (sector == 2) & ~state & ~housework & ~teacher
    branch[market] = np.array([5, 6, 7, 8])[np.searchsorted(np.array([0.40, 0.80, 0.92]), draw[market])]

    works = ("housework", "office", "factory", "other")
    work = np.full(rows, works.index("other"), np.int8)
    work[state] = works.index("office")
    work[(sector == 1) & employee] = works.index("factory")
    work[housework] = works.index("housework")

    all_year = ~(informal_employee & farm) | chance(assumed["all_year"])
    casual = informal_employee & ~housework & chance(assumed["casual_or_seasonal"])
    platform = is_group("own_account", "own_account_39") & (sector == 2) & chance(assumed["platform"])

    wage = np.exp(rng.standard_normal(rows) * np.where(formal, assumed["wages"]["formal"], assumed["wages"]["informal"]))
    means = {row["category"]: row["value"] for row in margins(year_be) if row["margin"] == "mean_monthly_wage"}
    for kind, category in ((formal, "formal_employee"), (~formal, "informal_employee")):
        paid = kind & employee
        if paid.any():
            wage[paid] *= means[category] / np.average(wage[paid], weights=weight[paid])
    wage = np.where(employee, np.maximum(np.rint(wage), 1), 0).astype(np.int32)

    # Insurance.
    s33, s39 = insured == 1, insured == 2
    local = official & government & (contract == 0) & chance(assumed["local_government"])
    bangkok = region == _REGIONS.index("bangkok")
    draw = rng.random(rows)
    option = np.searchsorted(np.cumsum(assumed["section_40_options"]), draw).clip(max=2) + 1
    option = np.where(s40 == 1, option, 0)
    once_33 = ~s33 & ~s39 & ~state & ~teacher & (age >= 18) & chance(assumed["once_under_33"])
    was_33 = s39 | once_33
    lost_39 = once_33 & chance(assumed["section_39_lost"])
    ended = np.maximum(first - rng.integers(30, 365 * 15, rows), (at_15 + 900))
    ended = np.minimum(ended, first - 1)
    months_open = ((ended - at_15).astype(np.int64) // 31).clip(min=1)
    months_before = 1 + (rng.random(rows) * np.minimum(months_open, 240)).astype(np.int64)
    months_before = np.where(s39 | lost_39, np.maximum(months_before, 12), months_before)
    months_now = ((first - started).astype(np.int64) // 31).clip(min=1)
    s33_months = np.where(s33, months_now, np.where(was_33, months_before, 0)).astype(np.int16)
    s39_ended = np.minimum(ended + rng.integers(120, 1500, rows), first - 1)
    past_60 = age >= 60
    at_60 = (birth.astype("datetime64[M]") + 720).astype("datetime64[D]")
    stayed = s33 & past_60

    code = _Column
    columns = {
        "birth_date": code(birth),
        "sex": code(sex.astype(np.int8), labels=_SEXES),
        "nationality": code(not_thai.astype(np.int8), labels=("thai", "not_thai")),
        "card": code(np.zeros(rows, np.int8), not_thai, ("00",)),
        "stay": code(np.zeros(rows, np.int8), not_thai, ("work_permit",)),
        "perceives_rights": code(yes),
        "home_province": code(home, labels=tuple(row["province"] for row in places)),
        "employed": code(yes),
        "survey_month": code(first),
        "survey_age": code(age),
        "insured_before_60": code(s33 | was_33),
        "employed_without_break_since_60": code(stayed, past_60),
        "same_employer_since_60": code(stayed & (started <= at_60), past_60),
        "job.for_wages": code(employee),
        "job.under_command": code(employee.copy()),
        "job.employer": code(employer, labels=employers),
        "job.contract": code(contract, employee, contracts),
        "job.school_role": code(np.zeros(rows, np.int8), teacher, ("teacher",)),
        "job.sector": code(branch, labels=branches),
        "job.work": code(work, labels=works),
        "job.serves_business": code(~housework & ~state),
        "job.all_year": code(all_year),
        "job.casual_or_seasonal": code(casual),
        "job.own_student": code(no),
        "job.abroad": code(no.copy()),
        "job.not_for_profit": code(state.copy()),
        "job.platform": code(platform),
        "job.started_on": code(started),
        "job.monthly_wage": code(wage, employee),
        "job.province": code(work_place, labels=tuple(row["province"] for row in places)),
        "job.insured_33": code(s33),
        "member.sso_39": code(s39),
        "member.sso_40_1": code(option == 1),
        "member.sso_40_2": code(option == 2),
        "member.sso_40_3": code(option == 3),
        "member.gpf": code(official & government & (contract == 0) & ~local),
        "member.bma_pension": code(local & bangkok),
        "member.local_pension": code(local & ~bangkok),
        "member.private_school_fund": code(teacher.copy()),
        "member.csmbs": code(official & government & ~local),
        "member.local_officer_health": code(local.copy()),
        "member.state_enterprise_health": code(enterprise),
        "member.public_body_health": code(public_body),
        "member.political_office_health": code(no.copy()),
        # No source says since when: a year before the month asked about, once for all.
        "s40_first_paid_on": code(np.full(rows, first - 365), option > 0),
        "s33_end_cause": code(was_33.astype(np.int8), labels=("none", "job_ended")),
        "s33_ended_on": code(ended, was_33),
        "s33_months": code(s33_months),
        "s39_end_cause": code(lost_39.astype(np.int8), labels=("none", "three_months_unpaid")),
        "s39_ended_on": code(s39_ended, lost_39),
        "s39_unpaid_in_a_row": code(np.zeros(rows, np.int16), s39),
        "s39_paid_in_12": code(np.full(rows, 12, np.int16), s39.copy()),
        "region": code(region.astype(np.int8), labels=_REGIONS),
        "formality": code((~formal).astype(np.int8), labels=("formal", "informal")),
        "status_in_employment": code(status.astype(np.int8), labels=_STATUSES),
        "weight": code(weight),
    }
    return columns


def _services(c: dict[str, Any], table: Any, np: Any) -> float:
    """Share of trade and services among informal employees outside agriculture."""
    mine = (c["group"] == _NAMES.index("informal_employee")) & (c["sector"] > 0)
    whole = table[mine].sum()
    return float(max(table[mine & (c["sector"] == 2)].sum() / whole, 0.01)) if whole else 1.0
