"""What the library answers: typed views of the decisions that the core writes as JSON.

Every result keeps the core's text (``to_json``) and reads it when an attribute is first asked for. Dates are ``datetime.date``, money is
``decimal.Decimal``, lists are tuples; a field that is not known is None.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from ._labels import labels
from ._masked import shown

if TYPE_CHECKING:
    from ._native import Law

__all__ = [
    "Aim", "Amount", "AskedWhere", "Benefit", "Cell", "Change", "Classification", "CodeLabel", "Confirm", "Contingency", "Coverage", "Definition", "Diagnostic", "Difference", "Disputed",
    "Extension", "Indicator", "InterviewFact", "InterviewField", "InterviewQuestion", "InterviewStep", "Label", "Missing", "MutationReport", "NotRead", "Note", "OtherReading", "Plan", "Question", "Reading", "Reason", "Routing", "Row", "Rule", "RulebookInfo", "Scheme",
    "Scorecard", "Step", "StrategyTotal", "Survivor", "TestReport", "Total", "Trend", "Uncovered", "Until",
]

_T = TypeVar("_T")
_TUPLE = re.compile(r"tuple\[(.+), \.\.\.\]")


class Record:
    """A JSON object with typed attributes, read when they are asked for."""

    __slots__ = ("_said",)
    _kinds: ClassVar[dict[str, str]] = {}
    _shown: ClassVar[tuple[str, ...]] = ()

    def __init__(self, said: Mapping[str, Any]) -> None:
        self._said = said

    def __init_subclass__(cls) -> None:
        # The annotations are the one list of fields; a name that Python keeps for itself ends in `_`.
        own = {name: kind for name, kind in cls.__dict__.get("__annotations__", {}).items() if not name.startswith("_")}
        cls._kinds = {**cls._kinds, **own}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        said = self._data()
        key = name.removesuffix("_")
        if key in said:
            return _read(self._kinds.get(name, "Any"), said[key])
        if name in self._kinds:
            return None
        raise AttributeError(f"`{type(self).__name__}` has no `{shown(name)}`; it has: {', '.join(sorted(said))}")

    def _data(self) -> Mapping[str, Any]:
        return self._said

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._data()]

    def to_dict(self) -> dict[str, Any]:
        """The record as plain dicts and lists, as in JSON."""
        return json.loads(json.dumps(self._data()))  # type: ignore[no-any-return]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and type(other) is type(self) and self._data() == other._data()

    def __hash__(self) -> int:
        return hash(json.dumps(self._data(), sort_keys=True))

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.to_dict(),))

    def __repr__(self) -> str:
        shown = ((name, getattr(self, name)) for name in self._shown)
        return f"{type(self).__name__}({', '.join(f'{name}={_plain(value)}' for name, value in shown if value not in (None, (), ''))})"


def _plain(value: Any) -> str:
    if isinstance(value, (date, Decimal)):
        return str(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_plain, value)) + "]"
    return value if isinstance(value, str) else repr(value)


def _read(kind: str, value: Any) -> Any:
    kind = kind.removesuffix(" | None")
    if value is None:
        return None
    if kind == "date":
        return date.fromisoformat(value)
    if kind == "Decimal":
        return Decimal(value)
    several = _TUPLE.fullmatch(kind)
    if several:
        return tuple(_read(several[1], one) for one in value)
    made = globals().get(kind)
    if not (isinstance(made, type) and issubclass(made, Record) and isinstance(value, Mapping)):
        return value
    return made(json.dumps(value, ensure_ascii=False, separators=(",", ":"))) if issubclass(made, Decision) else made(value)


class Decision(Record):
    """A whole answer over the core's text."""

    __slots__ = ("_home", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._home: Law | None = None

    def _data(self) -> Mapping[str, Any]:
        try:
            kept: Mapping[str, Any] = self._said
            return kept
        except AttributeError:
            said: Mapping[str, Any] = json.loads(self._text)
            self._said = said
            return said

    def __getattr__(self, name: str) -> Any:
        if name == "_said":
            raise AttributeError(name)
        found = super().__getattr__(name)
        if isinstance(found, Decision):
            found._home = self._home
        return found

    def to_json(self) -> str:
        """The decision as the core wrote it, byte for byte the same in every language."""
        return self._text

    def outline(self, law: Law | None = None) -> dict[str, Any]:
        """The decision in words: sections and lines in Thai and English, danger and numbers first, without codes.

        The words are those of the law that decided; without one, of the built-in rulebook. Raises ``SitthiError`` where this is no decision.
        """
        return self._law(law).outline(self)

    def text(self, language: str = "th", law: Law | None = None) -> str:
        """The decision as plain text with its sources, in ``th``, ``en`` or ``both`` languages; ``law`` as for ``outline``."""
        return self._law(law).text(self, language)

    def _law(self, law: Law | None) -> Law:
        from ._native import Rulebook

        known = law if law is not None else self._home
        return known if known is not None else Rulebook.built_in().on(self._data()["on"])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Decision) and type(other) is type(self) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> tuple[Any, ...]:
        # The law that decided goes along: it has the words.
        return (type(self), (self._text,), self._home)

    def __setstate__(self, home: Law) -> None:
        self._home = home


# ── Parts ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Label(Record):
    """A sentence in Thai and English."""

    th: str
    en: str | None
    _shown = ("th", "en")


class RulebookInfo(Record):
    """The rulebook that a decision rests on."""

    version: str
    checked_on: date | None
    later_than_checked: bool
    _shown = ("version", "checked_on")


class Confirm(Record):
    """Whom to ask, and under which number."""

    with_: str
    call: str | None
    _shown = ("with_", "call")


class Missing(Record):
    """A fact that is not known and can still change the outcome."""

    fact: str
    job: int | None
    _shown = ("fact", "job")


class NotRead(Record):
    """A part of the law that nobody here has read."""

    part: str
    what: str
    ask: Confirm | None
    _shown = ("part", "what")


class OtherReading(Record):
    """A second, cited reading."""

    th: str
    en: str
    cite: tuple[str, ...]
    _shown = ("en", "cite")


class Reason(Record):
    """One clause that decided, or that can still decide."""

    clause: str
    value: str
    side: str
    job: int | None
    th: str
    en: str
    cite: tuple[str, ...]
    confidence: str
    from_: tuple[Cell, ...]
    other: OtherReading | None
    _shown = ("clause", "value", "confidence")


class CodeLabel(Record):
    """A code with its words."""

    code: str
    th: str
    en: str
    _shown = ("code", "th", "en")


class Question(Decision):
    """The next question of a form."""

    fact: str
    job: int | None
    decides: tuple[str, ...]
    ask: Label
    help: Label | None
    kind: str
    answers: tuple[str, ...]
    options: tuple[CodeLabel, ...]
    _shown = ("fact", "job", "decides", "answers")

    def __init__(self, said: Any) -> None:
        # Inside another decision it is an object that was read already.
        super().__init__(said if isinstance(said, str) else json.dumps(said, ensure_ascii=False, separators=(",", ":")))

    def __str__(self) -> str:
        lines = [self.ask, *([self.help] if self.help is not None else []), *(Label(one) for one in self._choices())]
        return "\n".join(("  - " if place else "") + _beside(one) for place, one in enumerate(lines))

    def _choices(self) -> list[dict[str, str]]:
        """What may be answered, in words."""
        said = self._data()
        if said.get("options"):
            return list(said["options"])
        known = labels("answer", self._home)
        return [known[code] for code in said.get("answers", ()) if code in known]

    def _repr_html_(self) -> str:
        from . import _html

        return _html.question(self)


class AskedWhere(Record):
    """What must have been answered on the same screen before a field is asked."""

    facts: tuple[str, ...]
    any_of: tuple[str, ...]
    at_least: int | None
    or_not_known: bool
    _shown = ("facts", "any_of", "at_least")


class InterviewField(Record):
    """One fact on a screen of an interview; bounds are text, a number or a day."""

    fact: str
    job: int | None
    ask: Label
    help: Label | None
    kind: str
    choices: tuple[CodeLabel, ...]
    only_if: tuple[AskedWhere, ...]
    at_least: str | None
    at_most: str | None
    _shown = ("fact", "job", "kind")


class InterviewQuestion(Record):
    """One screen of an interview: one question, or several that belong together."""

    id: str
    ask: Label
    help: Label | None
    why: Label
    decides: tuple[str, ...]
    fields: tuple[InterviewField, ...]
    adds: str
    again: bool
    _shown = ("id", "ask", "decides", "adds")


class InterviewFact(Record):
    """What an interview knows of a fact: ``not_known``, ``told``, ``told_in_part`` or ``no_more_known``; one that is not named was not asked."""

    fact: str
    job: int | None
    state: str
    _shown = ("fact", "job", "state")


class InterviewStep(Decision):
    """Where an interview stands. ``more`` adds an amount, a day or what else follows, once it is enough."""

    about: str
    enough: bool
    question: InterviewQuestion | None
    more: InterviewQuestion | None
    undecided: tuple[str, ...]
    facts: tuple[InterviewFact, ...]
    answered: int
    _shown = ("about", "enough", "question", "more", "answered")


class Rule(Record):
    """The verdict of one rule."""

    rule: str
    th: str
    en: str
    gives: str | None
    verdict: str
    _shown = ("rule", "verdict")


class Cell(Record):
    """A cell of a table that an amount or a clause was read from."""

    table: str
    row: str
    cell: str
    _shown = ("table", "row", "cell")


class Amount(Record):
    """An amount as it comes to for this subject."""

    id: str
    th: str
    en: str
    if_: str | None
    job: int | None
    value: Any
    per: str | None
    from_: tuple[Cell, ...]
    limits: tuple[Label, ...]
    open: str | None
    missing: tuple[Missing, ...]
    cite: tuple[str, ...]
    confidence: str
    _shown = ("id", "baht", "per")

    @property
    def baht(self) -> Decimal | None:
        """The sum in baht, where it is one sum."""
        value = self.value
        return Decimal(value["baht"]) if isinstance(value, Mapping) and isinstance(value.get("baht"), str) else None

    @property
    def between(self) -> tuple[Decimal | None, Decimal | None] | None:
        """The bounds in baht, where the sum lies between two."""
        value = self.value
        if not isinstance(value, Mapping) or "between" not in value:
            return None
        low, high = value["between"]
        return (None if low is None else Decimal(low), None if high is None else Decimal(high))


class Extension(Record):
    """How a period may be extended: who extends it, and within what it must be asked for."""

    th: str
    en: str
    by: str | None
    ask_within: str | None
    cite: tuple[str, ...]
    _shown = ("en", "by", "ask_within")


class Until(Record):
    """Until when a status stands or stood, or a claim may be made."""

    nominal: date
    rolled: date | None
    why: str
    late: str | None
    extension: Extension | None
    _shown = ("nominal", "rolled", "why")


class Step(Record):
    """Something to do."""

    th: str
    en: str
    at: str | None
    cite: tuple[str, ...]
    _shown = ("en", "at")


class Reading(Record):
    """The answer under one reading."""

    status: str | None
    cite: tuple[str, ...]
    _shown = ("status", "cite")


class Disputed(Record):
    """Both answers, where two cited readings of the law differ."""

    clause: str | None
    lead: Reading
    other: Reading
    _shown = ("clause", "lead", "other")


class Scheme(Record):
    """One scheme, or one option of it, as it stands for a worker."""

    scheme: str
    option: str | None
    th: str
    en: str
    status: str
    possible: tuple[str, ...]
    confidence: str
    registered: bool | None
    disputed: Disputed | None
    rule: str | None
    job: int | None
    rules: tuple[Rule, ...]
    residual: Any
    reasons: tuple[Reason, ...]
    amounts: tuple[Amount, ...]
    steps: tuple[Step, ...]
    until: Until | None
    lapsed: Until | None
    contingencies: tuple[str, ...]
    missing: tuple[Missing, ...]
    not_read: tuple[NotRead, ...]
    confirm: Confirm | None
    _shown = ("scheme", "status", "confidence", "until")

    __slots__ = ("_coverage",)

    def __init__(self, said: Mapping[str, Any], coverage: Coverage | None = None) -> None:
        super().__init__(said)
        self._coverage = coverage

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.to_dict(), self._coverage))

    def _home(self) -> Coverage:
        if self._coverage is None:
            raise ValueError("a scheme is put into words as a part of the coverage that decided it")
        return self._coverage

    def _alone(self) -> dict[str, Any]:
        """The coverage that it is a part of, with this scheme and its benefits only."""
        whole = self._home()._data()
        benefits = [one for one in whole["benefits"] if one["scheme"] == self.scheme]
        missing = self._said.get("missing", [])
        return {**whole, "schemes": [self._said], "benefits": benefits, "contingencies": [], "gap": [], "notes": [], "missing": missing, "next": None}

    def outline(self, law: Law | None = None) -> dict[str, Any]:
        """The scheme in words, as the coverage that it is a part of says it. Raises ``SitthiError``; ``ValueError`` where it is a part of none."""
        return self._home()._law(law).outline(self._alone())

    def text(self, language: str = "th", law: Law | None = None) -> str:
        """The scheme as plain text with its sources, in ``th``, ``en`` or ``both`` languages. Raises as ``outline``."""
        return self._home()._law(law).text(self._alone(), language)

    def __str__(self) -> str:
        return repr(self) if self._coverage is None else self.text("both")

    def _repr_html_(self) -> str:
        from html import escape

        from . import _html

        return f"<p>{escape(repr(self))}</p>" if self._coverage is None else _html.outline(self.outline())


class Benefit(Record):
    """A benefit of the event that is claimed for."""

    scheme: str
    rule: str
    th: str
    en: str
    verdict: str
    confidence: str
    reasons: tuple[Reason, ...]
    amount: Amount | None
    until: Until | None
    missing: tuple[Missing, ...]
    not_read: tuple[NotRead, ...]
    confirm: Confirm | None
    _shown = ("rule", "verdict", "amount", "until")


class Contingency(Record):
    """One contingency of ILO Convention 102."""

    contingency: str
    encoded: bool
    met_by: tuple[str, ...]
    may_be_met_by: tuple[str, ...]
    undetermined: tuple[str, ...]
    _shown = ("contingency", "met_by")


class Note(Record):
    """What is not law but matters, or a warning."""

    note: str
    status: str
    th: str
    en: str
    cite: tuple[str, ...]
    _shown = ("note", "status")


# ── Decisions ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Coverage(Decision):
    """Which schemes cover a worker, which they may join, which not, and why. ``coverage["sso_33"]`` is the scheme of that id."""

    kind: str
    on: date
    rulebook: RulebookInfo
    next: Question | None
    missing: tuple[Missing, ...]
    schemes: tuple[Scheme, ...]
    benefits: tuple[Benefit, ...]
    contingencies: tuple[Contingency, ...]
    gap: tuple[str, ...]
    notes: tuple[Note, ...]

    def __getattr__(self, name: str) -> Any:
        found = super().__getattr__(name)
        if name == "schemes":
            for scheme in found:
                scheme._coverage = self
        return found

    def __getitem__(self, scheme: str) -> Scheme:
        return _pick(self.schemes, "scheme", scheme)

    def __iter__(self) -> Iterator[Scheme]:
        return iter(self.schemes)

    def __len__(self) -> int:
        return len(self._data()["schemes"])

    def __contains__(self, scheme: object) -> bool:
        return any(one["scheme"] == scheme for one in self._data()["schemes"])

    @property
    def statuses(self) -> dict[str, str]:
        """The status of every scheme by its id."""
        return {one["scheme"]: one["status"] for one in self._data()["schemes"]}

    def __repr__(self) -> str:
        by: dict[str, list[str]] = {}
        for scheme, status in self.statuses.items():
            by.setdefault(status, []).append(scheme)
        said = [f"{status}={_plain(tuple(schemes))}" for status, schemes in by.items()]
        if self.next is not None:
            said.append(f"next={self.next.fact}")
        return f"Coverage(on={self.on}, {', '.join(said)})"

    def __str__(self) -> str:
        return self.text("both")

    def _repr_html_(self) -> str:
        from . import _html

        return _html.outline(self.outline())


class Definition(Record):
    """One definition or standard, and whether the worker meets it."""

    rule: str
    th: str
    en: str
    verdict: str
    jobs: tuple[str, ...]
    confidence: str
    reasons: tuple[Reason, ...]
    missing: tuple[Missing, ...]
    not_read: tuple[NotRead, ...]
    _shown = ("rule", "verdict", "confidence")


class Classification(Decision):
    """Which definitions a worker meets, and which standards reach their work."""

    kind: str
    on: date
    rulebook: RulebookInfo
    next: Question | None
    missing: tuple[Missing, ...]
    definitions: tuple[Definition, ...]
    standards: tuple[Definition, ...]

    def __getitem__(self, rule: str) -> Definition:
        return _pick((*self.definitions, *self.standards), "rule", rule)

    def __iter__(self) -> Iterator[Definition]:
        return iter((*self.definitions, *self.standards))

    @property
    def verdicts(self) -> dict[str, str]:
        """The verdict of every definition and standard by its id."""
        return {one.rule: one.verdict for one in self}

    def __repr__(self) -> str:
        return f"Classification(on={self.on}, {', '.join(f'{rule}={verdict}' for rule, verdict in self.verdicts.items())})"

    def __str__(self) -> str:
        return self.text("both")

    def _repr_html_(self) -> str:
        from . import _html

        return _html.outline(self.outline())


class Kind(Record):
    """A kind of complaint that follows from what happened."""

    kind: str
    th: str
    en: str
    encoded: bool
    _shown = ("kind", "encoded")


class Urgency(Record):
    """How urgent a complaint is: `u0` is the most urgent."""

    level: str
    certain: str
    possible: str
    may_rise: bool
    danger_unknown: bool
    reasons: tuple[Reason, ...]
    _shown = ("level", "may_rise")


class Hint(Record):
    """An area that a source only hints at: not enough to route on."""

    area: str
    th: str
    en: str
    confidence: str
    _shown = ("area", "confidence")


class Office(Record):
    """An office by place; its area is `unresolved` where it is not known which one it is."""

    of: str
    area: str | None
    province: str | None
    district: str | None
    th: str | None
    en: str | None
    phone: str | None
    confidence: str | None
    basis: str | None
    why: str | None
    hint: Hint | None
    show: tuple[str, ...]
    _shown = ("of", "en", "area")


class Lead(Record):
    """Who leads."""

    agency: str
    th: str
    en: str
    for_: str
    rule: str | None
    certain: bool
    office: Office | None
    call: tuple[str, ...]
    reasons: tuple[Reason, ...]
    cite: tuple[str, ...]
    _shown = ("agency", "certain", "office")


class Recipient(Record):
    """An agency that is told, or gets a copy."""

    agency: str
    th: str
    en: str
    office: Office | None
    call: tuple[str, ...]
    why_th: str
    why_en: str
    cite: tuple[str, ...]
    _shown = ("agency", "office")


class Referral(Record):
    """One step from whoever received a complaint."""

    from_: str
    to: str
    within: str | None
    may: tuple[str, ...]
    may_not: tuple[str, ...]
    forwards_to: tuple[str, ...]
    cite: tuple[str, ...]
    _shown = ("from_", "to", "within")


class Form(Record):
    """A form."""

    form: str
    th: str
    en: str
    _shown = ("form",)


class Period(Record):
    """A period of the law with its days."""

    id: str
    th: str
    en: str
    binds: str | None
    warn: bool
    length: str
    nominal: date | None
    rolled: date | None
    calendar_until: date | None
    waits_for: tuple[str, ...]
    late: str | None
    runs: bool | None
    state: str
    extension: Extension | None
    cite: tuple[str, ...]
    confidence: str
    _shown = ("id", "nominal", "rolled")


class Withheld(Record):
    """What must not be shared, and whether that is lifted."""

    id: str
    what: tuple[str, ...]
    from_: tuple[str, ...]
    lifted: bool
    why: tuple[str, ...]
    th: str
    en: str
    cite: tuple[str, ...]
    _shown = ("id", "lifted")


class Sentence(Record):
    """Something to tell."""

    th: str
    en: str
    cite: tuple[str, ...]
    _shown = ("en",)


class Matter(Record):
    """One kind of complaint, whole."""

    kind: str
    encoded: bool
    lead: Lead | None
    joint: tuple[Recipient, ...]
    copies: tuple[Recipient, ...]
    path: tuple[Referral, ...]
    forms: tuple[Form, ...]
    steps: tuple[Period, ...]
    withhold: tuple[Withheld, ...]
    tell: tuple[Sentence, ...]
    call: tuple[str, ...]
    _shown = ("kind", "encoded", "lead")


class Routing(Decision):
    """Who must hear a complaint, how fast, and until when."""

    kind: str
    on: date
    rulebook: RulebookInfo
    urgency: Urgency
    call: tuple[str, ...]
    kinds: tuple[Kind, ...]
    lead: Lead | None
    joint: tuple[Recipient, ...]
    copies: tuple[Recipient, ...]
    path: tuple[Referral, ...]
    forms: tuple[Form, ...]
    steps: tuple[Period, ...]
    withhold: tuple[Withheld, ...]
    tell: tuple[Sentence, ...]
    others: tuple[Matter, ...]
    missing: tuple[Missing, ...]
    not_read: tuple[NotRead, ...]
    next: Question | None
    notes: tuple[Sentence, ...]
    confidence: str

    def __repr__(self) -> str:
        said = self._data()
        level, lead = _level(said), said.get("lead") or {}
        return f"Routing(on={said.get('on')}, urgency={level}, lead={lead.get('agency') if isinstance(lead, Mapping) else lead})"

    def __str__(self) -> str:
        return self.text("both")

    def _repr_html_(self) -> str:
        from . import _html

        return _html.outline(self.outline())


class Trend(Record):
    """The value less the latest earlier one that can be compared with it: in percentage points where the unit is percent."""

    from_: str
    value: Decimal
    change: Decimal
    direction: str
    _shown = ("direction", "change", "from_")


class Aim(Record):
    """A vision, strategy, goal or objective of a plan."""

    id: str
    number: int
    title: Label
    later: Label | None
    paraphrase: bool
    _shown = ("id", "title")


class Indicator(Record):
    """One indicator of a plan, with the published values of its series."""

    id: str
    title: Label
    strategy: str | None
    unit: str
    decimals: int
    better: str
    year: str
    owner: str
    area: str | None
    weight: Decimal | None
    lead: Any
    other: Any
    open: Label | None
    note: Label | None
    _shown = ("id", "title", "unit", "better")


class Plan(Decision):
    """All that a plan holds: its structure, what became of it, indicators with their series, targets and scales."""

    id: str
    title: Label
    owner: str | None
    from_year: int
    to_year: int
    structure: str
    checked_on: date
    superseded_by: Any
    dates: tuple[Any, ...]
    vision: Aim | None
    strategies: tuple[Aim, ...]
    objectives: tuple[Aim, ...]
    indicators: tuple[Indicator, ...]
    targets: tuple[Any, ...]
    scales: tuple[Any, ...]
    open: Label | None
    _shown = ("id", "from_year", "to_year", "structure")

    def __getitem__(self, indicator: str) -> Indicator:
        return _pick(self.indicators, "id", indicator)


class Row(Record):
    """One indicator of a scorecard."""

    plan: str
    indicator: str
    strategy: str | None
    period: Any
    unit: str
    status: str
    th: str
    en: str | None
    target: Any
    lead: Any
    other: Any
    score: Decimal | None
    scale: str | None
    trend: Trend | None
    provisional: bool
    missing: tuple[str, ...]
    weight: Decimal | None
    owner: str
    cite: tuple[str, ...]
    confidence: str | None
    _shown = ("indicator", "period", "value", "unit", "score", "status")

    @property
    def value(self) -> Decimal | None:
        """The value under the leading measure."""
        lead = self._data().get("lead")
        return Decimal(str(lead["value"])) if isinstance(lead, Mapping) and lead.get("value") is not None else None


class Total(Record):
    """A total rolled up by weight."""

    score: Decimal | None
    score_of_covered: Decimal | None
    coverage: Decimal | None
    without_score: tuple[str, ...]
    withdrawn: tuple[str, ...]
    without_weight: tuple[str, ...]
    _shown = ("score", "score_of_covered", "coverage")


class StrategyTotal(Record):
    """The total of one strategy."""

    strategy: str
    th: str
    en: str | None
    total: Total
    _shown = ("strategy", "total")


class Scorecard(Decision):
    """How a plan does: value, target, score, trend and status per indicator. ``scorecard["id"]`` is the row of that indicator."""

    kind: str
    plan: str
    th: str
    en: str | None
    owner: str | None
    on: date
    checked_on: date
    later_than_checked: bool
    rows: tuple[Row, ...]
    strategies: tuple[StrategyTotal, ...]
    total: Total

    def __getitem__(self, indicator: str) -> Row:
        return _pick(self.rows, "indicator", indicator)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self._data()["rows"])

    def __repr__(self) -> str:
        return f"Scorecard(plan={self.plan}, on={self.on}, {len(self)} indicators, score={self.total.score})"

    def __str__(self) -> str:
        return self.text("both")

    def _repr_html_(self) -> str:
        from . import _html

        return _html.outline(self.outline())


class Diagnostic(Decision):
    """One mistake in rule files: where it is, what was found and what would be right; a warning refuses nothing."""

    file: str
    line: int
    column: int
    length: int
    severity: str
    code: str
    message: str
    expected: str
    message_th: str
    source: str
    _shown = ("file", "line", "code", "message")

    def __str__(self) -> str:
        kind = "warning: " if self.severity == "warning" else ""
        return f"{self.file}:{self.line}: {kind}{self.message}" + (f"; expected {self.expected}" if self.expected else "")

    def as_text(self) -> str:
        """The mistake with its line, a caret under the place that it concerns, and what is wrong in Thai."""
        if not self.source:
            return f"{self}\n  {self.message_th}"
        start = self.column - 1
        before, place = self.source[:start].expandtabs(4), self.source[start : start + self.length]
        caret = " " * _width(before) + "^" * max(1, _width(place))
        return f"{self}\n  {self.source.expandtabs(4).rstrip()}\n  {caret}\n  {self.message_th}"


def _width(text: str) -> int:
    """The columns of a terminal that a text takes: vowels and tones above and below a letter take none."""
    return sum(1 for letter in text if unicodedata.category(letter) not in ("Mn", "Me", "Cf"))


# The name before; both stand for the same class.
Fault = Diagnostic


class Difference(Record):
    """Something that an example of a rule file expects and the law does not say."""

    file: str
    line: int
    example: str
    key: str
    expected: Any
    found: Any
    _shown = ("file", "line", "example", "key", "expected", "found")

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.example}: `{self.key}` is {_expectation(self.found)}, expected {_expectation(self.expected)}"


def _expectation(value: Any) -> str:
    return "none" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


class Uncovered(Record):
    """A bound, day, clause, rule, amount or period that examples ask on one side only."""

    file: str
    line: int
    of: str
    kind: str
    what: str
    missing: str
    _shown = ("file", "line", "of", "kind", "what", "missing")

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: `{self.of}`, the {self.kind} `{self.what}`: {_MISSING.get(self.missing, self.missing)}"


_MISSING = {
    "met": "no example meets it", "unmet": "no example fails it", "before": "no example asks before it", "from": "no example asks on it or later",
    "asked": "no example asks for it",
}


class Survivor(Record):
    """A change of the law that no example notices."""

    file: str
    line: int
    of: str
    change: str
    _shown = ("file", "line", "of", "change")

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: `{self.of}`, {self.change}: no example notices"


class MutationReport(Decision):
    """What came of changing the law by the least that is another law."""

    changes: int
    examples: int
    no_difference: int
    idle: tuple[str, ...]
    survivors: tuple[Survivor, ...]
    _shown = ("changes", "examples", "survivors")


class TestReport(Decision):
    """What came of the examples of rule files."""

    examples: int
    differences: tuple[Difference, ...]
    diagnostics: tuple[Diagnostic, ...]
    unnamed_fields: tuple[str, ...]
    uncovered: tuple[Uncovered, ...]
    _shown = ("examples", "differences", "diagnostics")
    # No class of tests, whatever its name begins with.
    __test__ = False

    @property
    def passes(self) -> bool:
        """Whether every example could be read and came out."""
        return not self.differences and not self.diagnostics


class Change(Decision):
    """One change of law between two days."""

    day: date
    file: str
    id: str
    kind: str
    concerns: str | None
    clock: str | None
    before: str | None
    after: str | None
    cite: tuple[str, ...]
    confidence: str
    th: str
    en: str
    _shown = ("day", "id", "kind", "before", "after")

    def __str__(self) -> str:
        moved = f": {self.before or '–'} → {self.after or '–'}" if self.before or self.after else ""
        concerns = f" ({self.concerns})" if self.concerns else ""
        return f"{self.day} {self.id} {self.kind}{moved}{concerns}  {self.th} · {self.en}  [{', '.join(self.cite)}]"


# ── As text ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _pick(records: tuple[_T, ...], key: str, wanted: str) -> _T:
    for one in records:
        if getattr(one, key) == wanted:
            return one
    raise KeyError(f"`{shown(wanted)}`; there are: {', '.join(getattr(one, key) for one in records)}")


def _beside(label: Label) -> str:
    """Thai with English beside it."""
    return label.th if label.en in (None, label.th) else f"{label.th} · {label.en}"


def _level(said: Mapping[str, Any]) -> Any:
    urgency = said.get("urgency")
    return urgency.get("level") if isinstance(urgency, Mapping) else urgency
