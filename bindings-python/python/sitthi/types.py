"""The JSON of facts and decisions as types, printed from the core's own description of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias, TypedDict

if TYPE_CHECKING:
    from typing_extensions import NotRequired


PartialDate: TypeAlias = "date | str"
"""A day `2026-03-15`, or as much of it as is known: `2026-03`, `2026`, `2026-03/2026-05`; Thai dates such as `15 มีนาคม 2569` and `15/3/2569` are read as well."""

Baht: TypeAlias = "Decimal | int | float | str"
"""Baht as text, as a whole number, or as a number that is exact to the satang."""

PaidMonths: TypeAlias = "Sequence[str] | Mapping[str, int | None]"
"""The months that were paid (`2026-03`, or `2025-01/2026-03` for all between), or counts before the event: `in_15` of the last 15, `total` of all."""

CardCode: TypeAlias = "str"
"""The codes of `card`; a later rulebook may know more."""

ChannelCode: TypeAlias = "str"
"""The codes of `channel`; a later rulebook may know more."""

ClaimKindCode: TypeAlias = "str"
"""The codes of `claim_kind`; a later rulebook may know more."""

ConsentCode: TypeAlias = "str"
"""The codes of `consent`; a later rulebook may know more."""

ContractCode: TypeAlias = "str"
"""The codes of `contract`; a later rulebook may know more."""

ContributorySchemeCode: TypeAlias = "str"
"""The codes of `contributory_scheme`; a later rulebook may know more."""

EmployerCode: TypeAlias = "str"
"""The codes of `employer`; a later rulebook may know more."""

EndCauseCode: TypeAlias = "str"
"""The codes of `end_cause`; a later rulebook may know more."""

HappeningCode: TypeAlias = "str"
"""The codes of `happening`; a later rulebook may know more."""

LeftBecauseCode: TypeAlias = "str"
"""The codes of `left_because`; a later rulebook may know more."""

MembershipCode: TypeAlias = "str"
"""The codes of `membership`; a later rulebook may know more."""

NationalityCode: TypeAlias = "str"
"""The codes of `nationality`; a later rulebook may know more."""

ReporterCode: TypeAlias = "str"
"""The codes of `reporter`; a later rulebook may know more."""

S33EndCauseCode: TypeAlias = "str"
"""The codes of `s33_end_cause`; a later rulebook may know more."""

S39EndCauseCode: TypeAlias = "str"
"""The codes of `s39_end_cause`; a later rulebook may know more."""

SchoolRoleCode: TypeAlias = "str"
"""The codes of `school_role`; a later rulebook may know more."""

SectorCode: TypeAlias = "str"
"""The codes of `sector`; a later rulebook may know more."""

SexCode: TypeAlias = "str"
"""The codes of `sex`; a later rulebook may know more."""

StayCode: TypeAlias = "str"
"""The codes of `stay`; a later rulebook may know more."""

StepTakenCode: TypeAlias = "str"
"""The codes of `step_taken`; a later rulebook may know more."""

WorkCode: TypeAlias = "str"
"""The codes of `work`; a later rulebook may know more."""


class Worker(TypedDict, total=False):
    """A person as far as labour protection asks: who they are, their work, their insurance. Every field may be unknown."""

    birth_date: PartialDate | None
    """Day of birth."""
    sex: SexCode | None
    """Sex, for statistics; no rule of law here asks it."""
    nationality: NationalityCode | None
    """Thai national or not; never read from an identity number."""
    card: CardCode | None
    """First digit of a non-Thai person's identity card (`00` apart from `0`)."""
    stay: StayCode | None
    """On what ground a non-Thai person stays."""
    has_disability: bool | None
    """Has a disability, with or without a card."""
    perceives_rights: bool | None
    """A person with a disability can perceive the rights that membership gives."""
    home_province: str | None
    """Province of residence, for rules that go by the home."""
    insured_before_60: bool | None
    """Was insured under section 33 before the 60th birthday."""
    employed_without_break_since_60: bool | None
    """Has been an employee without a break since the 60th birthday, of any employer."""
    same_employer_since_60: bool | None
    """Has stayed with the same employer since the 60th birthday."""
    s33_end_cause: S33EndCauseCode | None
    """Why section 33 insurance ended; `none` where it never ended or never began."""
    s33_ended_on: PartialDate | None
    """The day on which employment under section 33 ended."""
    s33_months: int | str | None
    """Contribution months under section 33 in total."""
    s39_end_cause: S39EndCauseCode | None
    """Why section 39 insurance ended; `none` where it never ended or never began."""
    s39_ended_on: PartialDate | None
    """The day on which section 39 insurance ended."""
    s39_unpaid_in_a_row: int | str | None
    """Months of section 39 in a row that are unpaid now."""
    s39_paid_in_12: int | str | None
    """Months of section 39 paid within twelve months."""
    s40_first_paid_on: PartialDate | None
    """The day on which the first contribution under the present option of section 40 was paid."""
    member: Mapping[str, bool | None] | None
    """Memberships and funds, one answer each."""
    paid_months: Mapping[str, PaidMonths | None] | None
    """Contribution months by scheme: the months themselves, or counts before the event."""
    base_wage_history: Sequence[Baht] | None
    """The last monthly wages on which contributions were based, latest last (baht)."""
    employed: bool | None
    """Has any work for pay or profit."""
    survey_month: PartialDate | None
    """The survey's reference month."""
    survey_age: int | str | None
    """Age in years as the survey prints it; never used by law."""
    month: PartialDate | None
    """The contribution month asked about, where it is not the day asked about."""
    jobs: Sequence[Job] | None
    """The jobs: null is not known, an empty list is none; a list is complete."""
    claim: Claim | None
    """The event for which a benefit is claimed."""


class Job(TypedDict, total=False):
    """One job. In a frame `job.*` is the main job and `job_2.*` the second."""

    main: bool | None
    """The main job."""
    for_wages: bool | None
    """Works for an employer for wages."""
    under_command: bool | None
    """The hirer may command how the work is done."""
    platform: bool | None
    """Work given through a digital platform that sets price or access."""
    employer: EmployerCode | None
    """Who the employer is."""
    contract: ContractCode | None
    """Kind of contract in government service."""
    school_role: SchoolRoleCode | None
    """What the worker does in a private school."""
    work: WorkCode | None
    """Kind of work, where law asks."""
    sector: SectorCode | None
    """Branch of the employer's activity, where law asks."""
    serves_business: bool | None
    """The work is part of a business."""
    all_year: bool | None
    """Employees are used in this work all year round."""
    casual_or_seasonal: bool | None
    """Hired for occasional, casual or seasonal work."""
    own_student: bool | None
    """Student employed by the student's own school, college, university or hospital."""
    abroad: bool | None
    """Posted abroad by an employer with an office in Thailand."""
    not_for_profit: bool | None
    """The employer's activity is not for economic profit."""
    insured_33: bool | None
    """Insured under section 33 through this job, as registered."""
    started_on: PartialDate | None
    """First day of work."""
    ended_on: PartialDate | None
    """Last day of work."""
    end_cause: EndCauseCode | None
    """How the job ended."""
    monthly_wage: Baht | None
    """Wage per month (baht)."""
    daily_wage: Baht | None
    """Wage per day (baht)."""
    last_daily_wage: Baht | None
    """Last wage per day (baht)."""
    province: str | None
    """Province of the workplace."""
    district: str | None
    """District of the workplace."""


class Claim(TypedDict, total=False):
    """An event for which a benefit is claimed."""

    kind: ClaimKindCode | None
    """Which benefit is claimed."""
    arose_on: PartialDate | None
    """The day on which the right arose."""
    treated_on: PartialDate | None
    """The first day of treatment."""
    child_born_on: PartialDate | None
    """The day on which the child was born."""
    antenatal_on: PartialDate | None
    """The day of a visit for antenatal care."""
    unemployed_on: PartialDate | None
    """The first day of unemployment."""
    gave_birth: bool | None
    """The claimant gave birth (not the other parent)."""
    in_hospital: bool | None
    """Admitted to hospital."""
    rest_days: int | str | None
    """Days of rest that a doctor certified, without admission to hospital."""
    self_inflicted: bool | None
    """The insured person did the harm to himself or herself on purpose, or let another do it."""
    from_work: bool | None
    """The illness or injury came from work."""
    by_accident: bool | None
    """Death by accident."""
    fault_78_2: bool | None
    """Dismissed for one of the faults of section 78 (2)."""
    old_age_entitled: bool | None
    """Entitled to old-age benefit."""
    invalidity_entitled: bool | None
    """Entitled to invalidity benefit of social security."""
    leaves_thailand: bool | None
    """A person who is not Thai does not wish to reside in Thailand any more."""
    registered_unemployed: bool | None
    """Registered with the State employment office and reporting."""
    left_because: LeftBecauseCode | None
    """Why the job was left."""
    children: int | str | None
    """Number of children claimed for."""
    still_paying: bool | None
    """Contributions are paid every month while the benefit is received."""


class Complaint(TypedDict, total=False):
    """What happened to a person at work, and who tells of it. Every field may be unknown."""

    happened: Mapping[str, bool | None] | None
    """What happened, one answer each; the kinds of complaint follow from it."""
    danger_now: bool | None
    """Somebody is in danger, locked in, guarded or attacked now."""
    can_leave: bool | None
    """The person can leave the workplace."""
    employer_closing: bool | None
    """The employer is closing or fleeing."""
    workers_affected: int | str | None
    """Number of workers affected."""
    child_affected: bool | None
    """A child under 18 is affected."""
    reporter: ReporterCode | None
    """Who reports."""
    received_by: ChannelCode | None
    """Through which channel the report came."""
    may_be_named: bool | None
    """The worker may be named to the employer."""
    sued_already: bool | None
    """The same sum is already claimed in court."""
    relocation_reason_disputed: bool | None
    """The employer disputes the reason for which the worker did not move along."""
    share_consent: bool | None
    """The worker agrees to pass information on."""
    consents: Mapping[str, bool | None] | None
    """What the worker expressly agrees to pass on, to whom."""
    taken: Mapping[str, bool | None] | None
    """What the person has already done."""
    shelter_consent: bool | None
    """The worker agrees to stay in a shelter."""
    custody_court_leave: bool | None
    """The court gave leave for custody."""
    order_extended_granted: bool | None
    """The inspector's time was extended."""
    filed_on: PartialDate | None
    """The day on which the complaint was filed."""
    order_known_on: PartialDate | None
    """The day on which the inspector's order was known."""
    oldest_pay_due_on: PartialDate | None
    """The day on which the oldest unpaid wage was due."""
    sso_order_notified_on: PartialDate | None
    """The day on which an order of the Social Security Office was notified."""
    appeal_decision_notified_on: PartialDate | None
    """The day on which an appeal decision was notified."""
    entered_shelter_on: PartialDate | None
    """The day on which the person entered a shelter."""
    custody_from: PartialDate | None
    """The day on which custody began."""
    employer_province: str | None
    """Province of the employer's home or seat."""
    order_affixed_on: PartialDate | None
    """The day on which the inspector's order was affixed, where it could not be handed over."""
    order_made_on: PartialDate | None
    """The date of the inspector's order."""
    judgment_read_on: PartialDate | None
    """The day on which the labour court read its judgment."""
    appeal_judgment_read_on: PartialDate | None
    """The day on which the court of appeal's judgment was read."""
    relocation_notice_posted: bool | None
    """A notice of the move was posted at the workplace."""
    relocation_posted_on: PartialDate | None
    """The day on which the notice of the move was posted."""
    relocation_moved_on: PartialDate | None
    """The day on which the workplace moved."""
    refusal_received_on: PartialDate | None
    """The day on which the employer received the worker's letter of refusal to move."""
    committee_filed_on: PartialDate | None
    """The day on which the employer applied to the Labour Welfare Committee."""
    committee_order_on: PartialDate | None
    """The date of the Labour Welfare Committee's order."""
    committee_order_known_on: PartialDate | None
    """The day on which the Labour Welfare Committee's order was known."""
    benefit_arose_on: PartialDate | None
    """The day on which the right to a social security benefit arose."""
    award_notified_on: PartialDate | None
    """The day on which an award of a benefit was notified."""
    obstacle_ended_on: PartialDate | None
    """The day on which what kept a person from acting in time came to an end."""
    inspector_received_on: PartialDate | None
    """The day on which the inspector received a complaint that a body near home had taken down."""
    next_pay_due_on: PartialDate | None
    """Where the oldest unpaid pay day is past its two years: the next unpaid pay day that is not."""
    security_contract_ended_on: PartialDate | None
    """The day on which the contract that secures the worker's liability for damage came to an end."""
    job: Job | None
    """The job at which it happened."""

Exact: TypeAlias = "Decimal | int | float | str"
"""An exact number: as text, as a whole number, or as a number of at most fifteen digits."""


class TargetInput(TypedDict, total=False):
    """A target of the user's own."""

    value: Exact | None
    """The value to reach."""
    low: Exact | None
    """The lower end of a range, instead of a value."""
    high: Exact | None
    """The upper end of a range."""
    approximate: bool | None
    """Whether the value is said to be about so much: it then reaches as far as its last digit that is not zero, or as `precision` says."""
    precision: Exact | None
    """What the value is printed to, such as 100000: it lies within half of that."""
    breakpoints: Sequence[Exact]
    """The values that earn the scores of the scale, worst first."""
    scale: str | None
    """The scale."""
    baseline: Exact | BaselineInput | None
    """Where the way to the target begins."""
    period: str | None
    """The period, such as `2567`, `FY2567`, `2567-Q3` or `FY2567-M10`."""
    approved_on: str | None
    """The day it was approved; of two targets of one period the later approved stands."""


class BaselineInput(TypedDict):
    """Where the way to a target begins; a rounded baseline is an interval."""

    value: Exact
    """The value."""
    low: NotRequired[Exact | None]
    """The lowest the true value may be."""
    high: NotRequired[Exact | None]
    """The highest the true value may be."""


class ValueInput(TypedDict, total=False):
    """A value of the user's own: `value`, or `of` over `over`."""

    value: Exact | None
    """The value."""
    of: Exact | None
    """The numerator."""
    over: Exact | None
    """The denominator."""
    period: str | None
    """The period; the one asked about where there is none."""
    area: str | None
    """The code of the area, where values are given by area: `kingdom`, a region, a province or a district."""
    as_of: str | None
    """The day the value, or the numerator, is of."""
    over_as_of: str | None
    """The day the denominator is of, where it differs."""
    known_on: str | None
    """The day the value became known."""
    low: Exact | None
    """The lowest the true value may be."""
    high: Exact | None
    """The highest the true value may be."""
    approximate: bool | None
    """Whether the value is said to be about so much: it then reaches as far as its last digit that is not zero, or as `precision` says."""
    precision: Exact | None
    """What the value, or the numerator, is printed to, such as 100000: it lies within half of that."""
    over_precision: Exact | None
    """What the denominator is printed to."""
    provisional: bool | None
    """Whether it may still change."""
    measure: str | None
    """The reading it belongs to, where the indicator has two."""


class PlanInput(TypedDict, total=False):
    """What the user gives to a plan; everything may be left out."""

    year: int | None
    """The year asked about (Buddhist era), in each indicator's own kind of year."""
    fiscal_year: int | None
    """The fiscal year asked about (Buddhist era)."""
    as_of: str | None
    """Values that became known later than this day are left out."""
    areas: Sequence[str] | None
    """The areas that values by area must cover."""
    targets: Mapping[str, Exact | TargetInput | Sequence[Exact | TargetInput]] | None
    """Own targets, by indicator; they replace the plan's."""
    values: Mapping[str, Exact | ValueInput | Sequence[Exact | ValueInput]] | None
    """Own values, by indicator; they replace the published ones of the same period."""
    weights: Mapping[str, Exact] | None
    """Own weights, by indicator."""
    withdrawn: Sequence[str] | None
    """Indicators that were withdrawn: shown, and left out of totals."""
    missing: Literal['open', 'zero'] | None
    """What becomes of an indicator without a score: `open` leaves the total open, `zero` counts it as zero."""


class Coverage(TypedDict):
    """What covers a worker on a day."""

    kind: Literal['coverage']
    """`coverage`."""
    on: str
    """The day asked about."""
    rulebook: Edition
    """The rulebook."""
    next: Question | None
    """The question that helps most to decide the schemes; once they are decided, the benefits of the stated claim."""
    missing: list[Missing]
    """Every fact that can still change a status, and after these every fact on which a benefit of the stated claim still hangs."""
    schemes: list[SchemeDecision]
    """The schemes, in the order of the rulebook."""
    benefits: list[Benefit]
    """The benefits of the event that is claimed for; empty where no claim is spoken of."""
    contingencies: list[Contingency]
    """The nine contingencies of ILO Convention 102, and which scheme meets each."""
    gap: list[str]
    """Contingencies that a scheme of the rulebook could meet and none meets for this worker."""
    notes: list[Note]
    """What is not law but matters, and warnings."""


class Note(TypedDict):
    """A note."""

    note: str
    """Its id: `file.note`, or that of a sentence of the engine."""
    status: NoteStatus
    """Its status."""
    th: str
    """In Thai."""
    en: str
    """In English."""
    cite: list[str]
    """Citations."""

NoteStatus: TypeAlias = "Literal['proposed', 'open', 'not_read', 'repealed', 'expired']"
"""What a note that is not law is."""


class Contingency(TypedDict):
    """One contingency of ILO Convention 102."""

    contingency: str
    """Its code."""
    encoded: bool
    """Whether the rulebook holds any scheme that meets it; where not, nothing is said of it."""
    met_by: list[str]
    """The schemes that meet it now."""
    may_be_met_by: list[str]
    """The schemes that would meet it if joined."""
    undetermined: list[str]
    """The schemes of which it is not known."""


class Benefit(TypedDict):
    """A benefit of the event that is claimed for."""

    scheme: str
    """The scheme."""
    rule: str
    """The rule."""
    th: str
    """Its name in Thai."""
    en: str
    """Its name in English."""
    verdict: Verdict
    """Whether it is due."""
    confidence: Confidence
    """The weakest of the clauses and cells that decided."""
    reasons: list[Reason]
    """The clauses that decided, or can still decide."""
    amount: Amount | None
    """What it comes to."""
    until: Until | None
    """The last day to claim it, also where it has passed."""
    missing: list[Missing]
    """The facts that can still change it."""
    not_read: list[NotRead]
    """The law that nobody here has read and that can still change it."""
    confirm: Confirm | None
    """With whom to confirm, where it or its amount is not settled."""

Confirm = TypedDict(
    "Confirm",
    {
        "with": "str",
        "call": "str | None",
    },
)
"""Whom to ask, and under which number."""


class NotRead(TypedDict):
    """A part of the law that nobody here has read."""

    part: str
    """`file.clause`, `file.table.column` or `calendar`."""
    what: str
    """What was not read."""
    ask: Confirm | None
    """Whom to ask."""


class Missing(TypedDict):
    """A fact that is not known and can still change the outcome."""

    fact: str
    """The fact."""
    job: int | None
    """The job it is asked of, from 0."""


class Until(TypedDict):
    """Until when a status stands."""

    nominal: str
    """The last day by the calendar."""
    rolled: str | None
    """The last day moved past closing days; null where the holidays are not known, or where the day is no period's."""
    why: str
    """The period or limit that ends it."""
    late: Late | None
    """What being late means, where it is a period."""
    extension: Extension | None
    """How it may be extended, where it is a period that may be."""


class Extension(TypedDict):
    """How a period may be extended."""

    th: str
    """In Thai."""
    en: str
    """In English."""
    by: str | None
    """The agency that extends it."""
    ask_within: str | None
    """Within what it must be asked for, such as `15 days`."""
    cite: list[str]
    """Citations."""

Late: TypeAlias = "Literal['no', 'ends', 'file_with_reasons']"
"""What follows once the last day of a period has passed."""

Amount = TypedDict(
    "Amount",
    {
        "id": "str",
        "th": "str",
        "en": "str",
        "if": "Strength | None",
        "job": "int | None",
        "value": "AmountValue",
        "per": "PaidPer | None",
        "from": "list[Cell]",
        "limits": "list[Words]",
        "open": "str | None",
        "missing": "list[Missing]",
        "cite": "list[str]",
        "confidence": "Confidence",
    },
)
"""An amount as it comes to for this subject."""

Confidence: TypeAlias = "Literal['low', 'medium', 'high']"
"""How sure a citation is; the weakest of those that decided is the decision's."""


class Words(TypedDict):
    """A sentence in Thai and English."""

    th: str
    """In Thai."""
    en: str
    """In English."""


class Cell(TypedDict):
    """A cell that an amount or a clause was read from."""

    table: str
    """`file.table.column`."""
    row: str
    """The first day of the row, or the months of an overlay."""
    cell: str
    """The cell with its unit."""

PaidPer: TypeAlias = "Literal['month', 'day', 'birth', 'time', 'year', 'once']"
"""For what an amount is paid once."""

AmountValue: TypeAlias = "Literal['nothing', 'not_read'] | dict[str, str] | dict[str, list[str | None | str | None]] | dict[str, str] | dict[str, list[AmountValue | AmountValue]]"
"""What an amount comes to."""

Strength: TypeAlias = "Literal['eligible', 'covered']"
"""The status that a rule gives. The later is the stronger; the strongest that holds is the status of the scheme."""

Reason = TypedDict(
    "Reason",
    {
        "clause": "str",
        "value": "ClauseValue",
        "side": "Side",
        "job": "int | None",
        "th": "str",
        "en": "str",
        "cite": "list[str]",
        "confidence": "Confidence",
        "from": "list[Cell]",
        "other": "SecondReading | None",
    },
)
"""One clause that decided, or that can still decide."""


class SecondReading(TypedDict):
    """A second, cited reading."""

    th: str
    """The sentence in Thai."""
    en: str
    """The sentence in English."""
    cite: list[str]
    """Citations."""

Side: TypeAlias = "Literal['requires', 'excludes', 'within']"
"""On which side of its rule a clause stands."""

ClauseValue: TypeAlias = "Literal['met', 'unmet', 'unknown', 'disputed']"
"""What a clause came to."""

Verdict: TypeAlias = "Literal['met', 'unmet', 'undetermined', 'disputed']"
"""The outcome of a rule."""


class SchemeDecision(TypedDict):
    """One scheme, or one option of it."""

    scheme: str
    """Its id."""
    option: str | None
    """Its option, where it has options."""
    th: str
    """Its name in Thai."""
    en: str
    """Its name in English."""
    status: Status
    """The headline."""
    possible: list[Status]
    """What the headline may still be."""
    confidence: Confidence
    """The weakest of the clauses and cells that decided."""
    registered: bool | None
    """What the register says; null where it is not known."""
    disputed: Dispute | None
    """Both answers, where two readings differ."""
    rule: str | None
    """The rule that decided, or that can still decide."""
    job: int | None
    """The job through which."""
    rules: list[RuleDecision]
    """The verdict of every rule that gives a status."""
    residual: dict[str, dict[str, str]] | None
    """What is left of the rule, by side and clause."""
    reasons: list[Reason]
    """The clauses that decided, or can still decide."""
    amounts: list[Amount]
    """What is to be paid."""
    steps: list[Step]
    """What to do."""
    until: Until | None
    """Until when it stands."""
    lapsed: Until | None
    """The last day that has passed, where nothing but that bars the rule."""
    contingencies: list[str]
    """The contingencies that it meets or would meet."""
    missing: list[Missing]
    """The facts that can still change its status."""
    not_read: list[NotRead]
    """The law that nobody here has read and that can still change it."""
    confirm: Confirm | None
    """With whom to confirm, where it or one of its amounts is not settled."""


class Step(TypedDict):
    """Something to do."""

    th: str
    """In Thai."""
    en: str
    """In English."""
    at: str | None
    """At which agency."""
    cite: list[str]
    """Citations."""


class RuleDecision(TypedDict):
    """The verdict of one rule."""

    rule: str
    """Its id."""
    th: str
    """Its name in Thai."""
    en: str
    """Its name in English."""
    gives: Strength | None
    """What it gives."""
    verdict: Verdict
    """Its verdict."""


class Dispute(TypedDict):
    """Both answers of a dispute."""

    clause: str | None
    """The clause that has two readings."""
    lead: DisputedAnswer
    """Under the leading reading."""
    other: DisputedAnswer
    """Under the other."""


class DisputedAnswer(TypedDict):
    """The answer under one reading."""

    status: Status | None
    """The status."""
    cite: list[str]
    """Its citations."""

Status: TypeAlias = "Literal['covered', 'eligible', 'not_eligible', 'undetermined', 'disputed']"
"""What a scheme is to a worker."""


class Question(TypedDict):
    """The next question of a form."""

    fact: str
    """The fact it asks for."""
    job: int | None
    """The job it is asked of, from 0."""
    decides: list[str]
    """What it helps to decide: schemes, kinds of complaint, and `file.rule` or `scheme.rule` of definitions and benefits."""
    ask: Words
    """The question."""
    help: Words | None
    """One more sentence."""
    kind: FactKind
    """The type of the answer."""
    answers: list[str]
    """The codes that may be answered; empty where the answer is no code."""
    options: list[CodeLabel]
    """What may be answered, with its words: the codes of `answers`, or `true` and `false` of a yes or no. Provinces and districts are many: [`Law::provinces`](crate::Law::provinces) and [`Law::districts`](crate::Law::districts) name them."""


class CodeLabel(TypedDict):
    """A code with its words."""

    code: str
    """The code, as facts and decisions have it."""
    th: str
    """In Thai."""
    en: str
    """In English."""

FactKind: TypeAlias = "Literal['yes_no', 'date', 'code', 'count', 'money', 'province', 'district', 'family', 'paid_months', 'wages', 'jobs', 'the_job', 'the_claim', 'declared']"
"""How the values of a fact are typed."""


class Edition(TypedDict):
    """The rulebook that a decision rests on."""

    version: str
    """Its edition."""
    checked_on: str | None
    """The day someone last compared it with the law."""
    later_than_checked: bool
    """The day asked about lies after that day."""


class Classification(TypedDict):
    """Which definitions a worker meets, and which standards reach their work."""

    kind: Literal['classification']
    """`classification`."""
    on: str
    """The day asked about."""
    rulebook: Edition
    """The rulebook."""
    next: Question | None
    """The question that helps most."""
    missing: list[Missing]
    """Every fact that can still change a verdict."""
    definitions: list[Definition]
    """The definitions, in the order of the rulebook."""
    standards: list[Definition]
    """The standards, in the order of the rulebook."""


class Definition(TypedDict):
    """One definition."""

    rule: str
    """`file.rule`."""
    th: str
    """Its name in Thai."""
    en: str
    """Its name in English."""
    verdict: Verdict
    """Whether the worker meets it."""
    jobs: list[Verdict]
    """The verdict for each job, where it is asked of each."""
    confidence: Confidence
    """The weakest of the clauses that decided."""
    reasons: list[Reason]
    """The clauses that decided, or can still decide."""
    missing: list[Missing]
    """The facts that can still change it."""
    not_read: list[NotRead]
    """The law that nobody here has read and that can still change it."""


class InterviewStep(TypedDict):
    """Where an interview stands."""

    about: str
    """What it is about: a scheme, `everything`, `claim` or `complaint`."""
    enough: bool
    """What was asked about is decided, as far as the person can answer."""
    question: InterviewQuestion | None
    """The next question; null where it is enough."""
    more: InterviewQuestion | None
    """Once it is enough: the next question that adds an amount, a day, or what else follows; null where none does."""
    undecided: list[str]
    """What is not decided yet: schemes, benefits as `scheme.rule`, or kinds of complaint."""
    facts: list[InterviewFact]
    """Every fact that was told or asked."""
    answered: int
    """How many questions were answered."""


class InterviewFact(TypedDict):
    """What an interview knows of a fact."""

    fact: str
    """The fact."""
    job: int | None
    """The job it is asked of, from 0."""
    state: FactState
    """What is known of it."""

FactState: TypeAlias = "Literal['not_asked', 'not_known', 'told', 'told_in_part', 'no_more_known']"
"""What is known of a fact; one that is not named was not asked."""


class InterviewQuestion(TypedDict):
    """One screen of an interview: one question, or several of yes or no."""

    id: str
    """Its id, under which the answer is put: of a screen or a fact; `@1` follows for the second job."""
    ask: Words
    """The question."""
    help: Words | None
    """One more sentence."""
    why: Words
    """Why it is asked."""
    decides: list[str]
    """What it helps to decide: schemes, benefits as `scheme.rule`, or kinds of complaint."""
    fields: list[InterviewField]
    """What it asks for; several are each of yes or no."""
    adds: Adds
    """What an answer adds."""
    again: bool
    """It was told in part and is asked once more, because nothing else helps."""

Adds: TypeAlias = "Literal['outcome', 'amount', 'day', 'further']"
"""What an answer adds."""


class InterviewField(TypedDict):
    """One fact on a screen."""

    fact: str
    """The fact."""
    job: int | None
    """The job it is asked of, from 0."""
    ask: Words
    """The question for this fact alone."""
    help: Words | None
    """One more sentence."""
    kind: FactKind
    """The type of the answer; of `jobs` their number, or the list of them."""
    choices: list[CodeLabel]
    """What may be answered, with its words: codes, provinces, districts of the province that was told, or `true` and `false`."""
    only_if: list[AskedWhere]
    """It is asked only where each of these was answered on the same screen; empty where it is asked in any case."""
    at_least: str | None
    """The least that may be answered, where there is a bound."""
    at_most: str | None
    """The most that may be answered, where there is a bound: a number or a day."""


class AskedWhere(TypedDict):
    """What must have been answered on the same screen before a fact is asked."""

    facts: list[str]
    """The facts of which one must have been answered so."""
    any_of: list[str]
    """As one of these codes, or `true` or `false`; empty where any answer will do, or a number decides."""
    at_least: int | None
    """As at least this number."""
    or_not_known: bool
    """It is asked too where the person does not know."""


class Routing(TypedDict):
    """Who must hear a complaint."""

    kind: Literal['routing']
    """`routing`."""
    on: str
    """The day asked about."""
    rulebook: Edition
    """The rulebook."""
    urgency: Urgency
    """How urgent it is."""
    call: list[str]
    """The numbers to call, the first first."""
    kinds: list[ComplaintKind]
    """The kinds of complaint that follow from what happened, the leading one first."""
    lead: Lead | None
    """Who leads."""
    joint: list[Recipient]
    """Told at once, beside the lead."""
    copies: list[Recipient]
    """Who gets a copy."""
    path: list[ReferralStep]
    """The way from whoever received it."""
    forms: list[Form]
    """The forms."""
    steps: list[RunningPeriod]
    """The periods of the law, with their days."""
    withhold: list[Withheld]
    """What must not be shared, and whether that is lifted."""
    tell: list[Sentence]
    """What to tell the person."""
    others: list[Matter]
    """The other kinds, each whole with its own lead and clock."""
    missing: list[Missing]
    """What is not known and can still change something: danger first."""
    not_read: list[NotRead]
    """The law that nobody here has read and that can still change something."""
    next: Question | None
    """The next question; whoever said what happened is not asked for every other thing that may have happened."""
    notes: list[Sentence]
    """What is not law but matters."""
    confidence: Confidence
    """The weakest of the clauses that decided."""


class Sentence(TypedDict):
    """A sentence to tell."""

    th: str
    """In Thai."""
    en: str
    """In English."""
    cite: list[str]
    """Citations."""


class Matter(TypedDict):
    """One kind of complaint, whole."""

    kind: str
    """Its id."""
    encoded: bool
    """Whether its rules are encoded."""
    lead: Lead | None
    """Who leads."""
    joint: list[Recipient]
    """Told at once, beside the lead."""
    copies: list[Recipient]
    """Who gets a copy."""
    path: list[ReferralStep]
    """The way from whoever received it."""
    forms: list[Form]
    """The forms."""
    steps: list[RunningPeriod]
    """The periods of the law, with their days."""
    withhold: list[Withheld]
    """What must not be shared."""
    tell: list[Sentence]
    """What to tell the person."""
    call: list[str]
    """Numbers of this kind."""

Withheld = TypedDict(
    "Withheld",
    {
        "id": "str",
        "what": "list[str]",
        "from": "list[str]",
        "lifted": "bool",
        "why": "list[str]",
        "th": "str",
        "en": "str",
        "cite": "list[str]",
    },
)
"""Something that must not be shared."""


class RunningPeriod(TypedDict):
    """A period as it lies for this subject."""

    id: str
    """Its id."""
    th: str
    """Its name in Thai."""
    en: str
    """Its name in English."""
    binds: BoundParty | None
    """Whom it binds."""
    warn: bool
    """Its last day matters most to the person."""
    length: str
    """Its length, such as `60 days`."""
    nominal: str | None
    """The last day by the calendar."""
    rolled: str | None
    """The last day moved past closing days; null where the holidays of that time are not known."""
    calendar_until: str | None
    """The holidays of that time are not known: how far the calendar reaches."""
    waits_for: list[str]
    """The facts for which it waits."""
    late: Late | None
    """What being late means."""
    runs: bool | None
    """Whether today is still inside; null where that is not known."""
    state: PeriodState
    """Where it stands today: one that is done, suspended, overtaken or over gives no urgency."""
    extension: Extension | None
    """How it may be extended."""
    cite: list[str]
    """Citations."""
    confidence: Confidence
    """The weakest of its citations."""

PeriodState: TypeAlias = "Literal['running', 'not_begun', 'not_known', 'done', 'suspended', 'overtaken', 'over']"
"""Where a period stands on the day asked about."""

BoundParty: TypeAlias = "Literal['worker', 'employer', 'authority']"
"""Whom a period binds."""


class Form(TypedDict):
    """A form."""

    form: str
    """Its id."""
    th: str
    """Its name in Thai."""
    en: str
    """Its name in English."""

ReferralStep = TypedDict(
    "ReferralStep",
    {
        "from": "str",
        "to": "str",
        "within": "str | None",
        "may": "list[str]",
        "may_not": "list[str]",
        "forwards_to": "list[str]",
        "cite": "list[str]",
    },
)
"""One step of a referral."""


class Recipient(TypedDict):
    """An agency that is told, or gets a copy."""

    agency: str
    """The agency."""
    th: str
    """Its name in Thai."""
    en: str
    """Its name in English."""
    office: Office | None
    """Its office."""
    call: list[str]
    """Its numbers."""
    why_th: str
    """Why, in Thai."""
    why_en: str
    """Why, in English."""
    cite: list[str]
    """Citations."""


class Office(TypedDict):
    """An office by place; unresolved where it is not known, never guessed."""

    of: str
    """The agency."""
    area: str | None
    """The area: null where the office serves the province, `unresolved` where it is not known which office it is."""
    province: str | None
    """The province."""
    district: str | None
    """The district."""
    th: str | None
    """Its name in Thai."""
    en: str | None
    """Its name in English."""
    phone: str | None
    """Its number, where a source gives one."""
    confidence: Confidence | None
    """How sure the name is."""
    basis: OfficeBasis | None
    """On what the name rests."""
    why: UnresolvedOffice | None
    """Why it is unresolved."""
    hint: OfficeHint | None
    """The area office that a source of less weight names for the district: to be asked for, not to be gone to."""
    show: list[str]
    """Whom to call instead."""


class OfficeHint(TypedDict):
    """An office that may be the right one."""

    area: str
    """The area."""
    th: str
    """Its name in Thai."""
    en: str
    """Its name in English."""
    confidence: Confidence
    """How sure it is that the district belongs to it."""

UnresolvedOffice: TypeAlias = "Literal['no_place', 'no_area_table', 'no_office']"
"""Why it is not known which office it is."""

OfficeBasis: TypeAlias = "Literal['sourced', 'pattern']"
"""On what the name of an office rests."""

Lead = TypedDict(
    "Lead",
    {
        "agency": "str",
        "th": "str",
        "en": "str",
        "for": "str",
        "rule": "str | None",
        "certain": "bool",
        "office": "Office | None",
        "call": "list[str]",
        "reasons": "list[Reason]",
        "cite": "list[str]",
    },
)
"""Who leads."""


class ComplaintKind(TypedDict):
    """One kind of complaint."""

    kind: str
    """Its id."""
    th: str
    """Its name in Thai."""
    en: str
    """Its name in English."""
    encoded: bool
    """Whether its rules are encoded."""


class Urgency(TypedDict):
    """How urgent a complaint is."""

    level: str
    """The level, `u0` the most urgent."""
    certain: str
    """As urgent as it is for certain: no further fact lowers it."""
    possible: str
    """As urgent as it may still turn out to be: no further fact raises it. `level` lies between the two."""
    may_rise: bool
    """A fact that is not known may make it more urgent."""
    danger_unknown: bool
    """It is not known whether somebody is in danger."""
    reasons: list[Reason]
    """The clauses that decided."""


class Scorecard(TypedDict):
    """How a plan does on a day."""

    kind: Literal['scorecard']
    """Always `scorecard`."""
    plan: str
    """The plan."""
    th: str
    """Its title in Thai."""
    en: str | None
    """Its title in English."""
    owner: str | None
    """The agency that owns it."""
    on: str
    """The day asked about."""
    year: int | None
    """The year asked about, where one was."""
    fiscal_year: int | None
    """The fiscal year asked about, where one was."""
    as_of: str | None
    """The day up to which values were known, where one was given."""
    checked_on: str
    """The day the plan was last compared with its sources."""
    later_than_checked: bool
    """Whether the day asked about is later than that."""
    superseded_by: SupersededBy | None
    """The plan that has taken its place by the day asked about."""
    structure: Structure
    """How much of the plan's own text was read."""
    open: Label | None
    """What was not read."""
    rows: list[ScorecardRow]
    """Each indicator, in the order of the plan."""
    strategies: list[StrategyTotal]
    """Each strategy, in the order of the plan."""
    total: Total
    """All indicators together."""


class Total(TypedDict):
    """Scores rolled up by weight."""

    score: str | None
    """The weighted mean; null while an indicator that counts has no score."""
    score_between: list[str | str] | None
    """The lowest and the highest that the total may be, where a score is not settled by its value."""
    why_no_score: Because | None
    """Why there is none."""
    score_of_covered: str | None
    """The weighted mean of those that have a score."""
    score_of_covered_between: list[str | str] | None
    """The lowest and the highest that this mean may be, where a score is not settled by its value."""
    coverage: str | None
    """The weight that has a score, in percent of the weight that counts."""
    weight_scored: str
    """The weight that has a score."""
    weight_counted: str
    """The weight that counts."""
    scales: list[str]
    """The scales of the scores; they have one total where their scores are the same."""
    weight_withdrawn: str
    """The weight withdrawn."""
    missing: MissingScore
    """What became of indicators without a score."""
    without_score: list[str]
    """The indicators without a score."""
    withdrawn: list[str]
    """The indicators withdrawn."""
    without_weight: list[str]
    """The indicators without a weight, which are in no total."""

MissingScore: TypeAlias = "Literal['open', 'zero']"
"""What becomes of an indicator without a score when scores are rolled up."""

Because: TypeAlias = "Literal['no_breakpoints', 'no_target', 'no_data', 'not_yet_published', 'undated', 'unknown_kind', 'disputed', 'withdrawn', 'gap_in_parts', 'areas_missing', 'areas_overlap', 'areas_not_listed', 'no_area_rule', 'no_baseline', 'before_period_end', 'part_of_period', 'source_says_so', 'no_earlier_value', 'break_in_series', 'different_time_of_year', 'scores_missing', 'different_scales', 'no_weights']"
"""Why there is no score, no value or no trend, or why a value is provisional."""


class StrategyTotal(TypedDict):
    """The indicators of a strategy together."""

    strategy: str
    """The strategy."""
    th: str
    """Its title in Thai."""
    en: str | None
    """Its title in English."""
    total: Total
    """The total."""


class ScorecardRow(TypedDict):
    """One indicator of a scorecard."""

    kind: Literal['scorecard_row']
    """Always `scorecard_row`."""
    plan: str
    """The plan."""
    indicator: str
    """The indicator."""
    strategy: str | None
    """The strategy it speaks for."""
    period: str | None
    """The period."""
    unit: str
    """The unit."""
    status: RowStatus
    """What can be said."""
    th: str
    """The indicator's name in Thai."""
    en: str | None
    """The indicator's name in English."""
    target: RowTarget | None
    """The target."""
    lead: Reading | None
    """The leading reading."""
    other: Reading | None
    """The second reading, where the indicator has one."""
    score: str | None
    """The score."""
    scale: str | None
    """The scale of the score."""
    why_no_score: Because | None
    """Why there is none."""
    trend: Trend | None
    """Against the previous comparable value."""
    why_no_trend: Because | None
    """Why there is none."""
    to_date: ToDate | None
    """Of a sum not yet complete: what is reached of what should be by then."""
    as_of: str | None
    """The day the value is of."""
    over_as_of: str | None
    """The day its denominator is of, where it differs."""
    provisional: bool
    """Whether the value may still change."""
    why_provisional: list[Because]
    """Why it may."""
    missing: list[str]
    """The parts of the period, or the areas, without a value."""
    weight: str | None
    """The weight."""
    owner: str
    """The agency that answers for the indicator."""
    open: Label | None
    """What the source leaves open."""
    note: Label | None
    """What a reader should know."""
    source_note: str | None
    """What the source of the value adds."""
    cite: list[str]
    """Where the values come from; empty for the user's own."""
    confidence: Confidence | None
    """The weakest confidence among the sources used."""


class Label(TypedDict):
    """A text in Thai, and in English where it was translated."""

    th: str
    """Thai."""
    en: str | None
    """English."""


class ToDate(TypedDict):
    """An unfinished sum against an even share of the target."""

    months: int
    """The months that have values."""
    expected: str | None
    """The share of the target by then, if it were spread evenly."""
    percent: str | None
    """What is reached of that, in percent."""

Trend = TypedDict(
    "Trend",
    {
        "from": "str",
        "value": "str",
        "change": "str",
        "change_between": "list[str | str] | None",
        "direction": "Direction",
    },
)
"""A value against an earlier one."""

Direction: TypeAlias = "Literal['better', 'worse', 'same', 'not_told_apart']"
"""Which way a value went."""


class Reading(TypedDict):
    """One reading of an indicator's value."""

    measure: str | None
    """What is counted, where the indicator names it."""
    value: str
    """The value."""
    between: list[str | str] | None
    """Between what the true value lies, where it is not known exactly."""
    reached: bool | None
    """Whether the target is reached; null where that is not known, as where the interval of the value or of the target holds both."""
    percent: str | None
    """In percent, by the rule named."""
    percent_between: list[str | str] | None
    """The percents at the ends of what the values lie between, lowest first, where they differ."""
    percent_rule: PercentRule | None
    """How the percent was calculated."""
    score: str | None
    """The score."""
    score_between: list[str | str] | None
    """The scores at the ends of what the true value lies between, where they differ."""

PercentRule: TypeAlias = "Literal['actual_over_target', 'target_over_actual', 'two_less_actual_over_target', 'way_from_baseline']"
"""How a percent of a target is calculated, with A the actual value, T the target and B the baseline."""


class RowTarget(TypedDict):
    """The target of a row."""

    value: str | None
    """The value to reach; of a range the nearer end."""
    stretch: str | None
    """The farther end of a range."""
    breakpoints: list[str]
    """The values that earn the scores, worst first."""
    baseline: Baseline | None
    """Where the way begins."""
    approximate: bool
    """Whether the source says "about"."""
    between: list[str | str] | None
    """The lowest and the highest that `value` may mean, where it is no exact number."""
    given: bool
    """Whether it is the user's own."""
    cite: list[str]
    """Citations."""
    open: Label | None
    """What the source leaves open."""
    note: Label | None
    """What a reader should know."""


class Baseline(TypedDict):
    """Where the way to a target begins; a rounded baseline is an interval."""

    value: str
    """The value as printed."""
    low: str
    """The lowest it may be."""
    high: str
    """The highest it may be."""

RowStatus: TypeAlias = "Literal['scored', 'compared', 'no_target', 'no_data', 'not_scored', 'disputed', 'withdrawn']"
"""What can be said of an indicator."""

Structure: TypeAlias = "Literal['whole', 'partial', 'list']"
"""How much of the plan's own text was read."""


class SupersededBy(TypedDict):
    """The plan that took the place of another."""

    plan: str
    """The later plan."""
    on: str
    """The first day of work under it."""
    cite: list[str]
    """Citations."""


class Plan(TypedDict):
    """A plan."""

    id: str
    """Its id."""
    title: Label
    """Its title."""
    owner: str | None
    """The agency that owns it."""
    from_year: int
    """The first year (Buddhist era)."""
    to_year: int
    """The last year (Buddhist era)."""
    structure: Structure
    """How much of its text was read."""
    checked_on: str
    """The day someone last compared the file with its sources."""
    superseded_by: Superseded | None
    """The plan that took its place."""
    dates: list[PlanDate]
    """What became of it, in order."""
    vision: Element | None
    """What it wants to reach."""
    strategies: list[Element]
    """Strategies, in their order."""
    objectives: list[Element]
    """Goals or objectives, in their order."""
    indicators: list[Indicator]
    """Indicators, in the order of the file."""
    targets: list[Target]
    """Targets, in the order of the file."""
    scales: list[Scale]
    """Every scale that a target may name."""
    open: Label | None
    """What was not read."""
    cite: list[Citation]
    """Citations."""


class Citation(TypedDict):
    """A citation, resolved and weighed."""

    at: str
    """The instrument and the place in it, `instrument/place`."""
    confidence: Confidence
    """How well it was read."""


class Scale(TypedDict):
    """A scoring scale."""

    id: str
    """Its id."""
    title: Label
    """Its name."""
    scores: list[str]
    """The score at each breakpoint, worst first."""
    between: Between
    """What lies between two breakpoints."""
    below: str
    """The score of a value worse than the first breakpoint."""
    above: str
    """The score of a value better than the last breakpoint."""
    decimals: int
    """To how many decimals a score is rounded, at the end only (half away from zero)."""
    cite: list[Citation]
    """Citations."""

Between: TypeAlias = "Literal['linear', 'step']"
"""What a scale does between two breakpoints."""


class Target(TypedDict):
    """A target."""

    id: str
    """Its id."""
    indicator: str
    """The indicator it is for."""
    period: str | None
    """The period; a target without one is never compared."""
    value: str | None
    """The value to reach; of a range the nearer end."""
    stretch: str | None
    """The farther end of a range."""
    breakpoints: list[str]
    """The values that earn the scores of the scale, worst first."""
    scale: str | None
    """The scale."""
    baseline: Baseline | None
    """Where the way to the target begins."""
    approved_on: str | None
    """The day it was approved; of two targets of one period the later approved stands."""
    approximate: bool
    """Whether the source says "about"."""
    between: list[str | str] | None
    """The lowest and the highest that `value` may mean, where it is no exact number."""
    open: Label | None
    """What its source leaves open."""
    note: Label | None
    """What a reader should know."""
    cite: list[Citation]
    """Citations; none for a target of the user's own."""


class Indicator(TypedDict):
    """An indicator."""

    id: str
    """Its id."""
    title: Label
    """Its name."""
    strategy: str | None
    """The strategy it speaks for."""
    unit: str
    """The unit of its values."""
    decimals: int
    """To how many decimals a calculated value is rounded (half away from zero)."""
    better: Better
    """Which way it gets better."""
    kind: IndicatorKind
    """What it measures."""
    times: int
    """What numerator over denominator is multiplied by (100 for percent)."""
    year: YearKind
    """The kind of year it is counted in."""
    round: str | None
    """The part of the year in which it is observed, for a survey with one round a year."""
    over_time: TimeRule
    """How parts of a year make the year."""
    over_areas: AreaRule
    """How areas make a larger area."""
    owner: str
    """The agency that answers for it."""
    area: str | None
    """The area it is about, where it is not the kingdom."""
    sdg: str | None
    """The SDG indicator it stands for."""
    weight: str | None
    """Its weight in its strategy and plan."""
    breaks: list[Break]
    """Years at which its series breaks."""
    lead: Measure
    """What is measured."""
    other: Measure | None
    """A second reading of what is to be measured."""
    open: Label | None
    """What its source leaves open."""
    note: Label | None
    """What a reader should know."""
    cite: list[Citation]
    """Citations."""


class Measure(TypedDict):
    """One reading of an indicator: where its values come from."""

    name: str | None
    """The name of the reading, where there are two or the name says more than the indicator."""
    title: Label | None
    """What it counts."""
    points: list[Point]
    """Published values."""
    microdata: Microdata | None
    """The rules by which micro-data give the value; calculated elsewhere and passed in."""
    cite: list[Citation]
    """Citations of the published values."""


class Microdata(TypedDict):
    """How micro-data give a value."""

    of: str
    """The rule that counts into the numerator, `file.rule`."""
    over: str | None
    """The rule that counts into the denominator."""
    weight: str | None
    """The column of weights."""
    strata: str | None
    """The column of strata."""
    cluster: str | None
    """The column of primary sampling units."""


class Point(TypedDict):
    """A published or given value."""

    period: str | None
    """The period; a value without one is no value of any year."""
    area: str | None
    """The area, where values are given by area."""
    value: str
    """The value, or the numerator where there is a denominator."""
    over: str | None
    """The denominator."""
    as_of: str | None
    """The day the value, or the numerator, is of."""
    over_as_of: str | None
    """The day the denominator is of, where it differs."""
    known_on: str | None
    """The day the value was published; it is not known before, and of two values of one period the later published stands."""
    low: str | None
    """The lowest the true value may be."""
    high: str | None
    """The highest the true value may be."""
    over_between: list[str | str] | None
    """The lowest and the highest the true denominator may be."""
    state: PointState
    """How the value is meant."""
    cite: list[str]
    """Citations; none for a value of the user's own."""
    note: str | None
    """What the source adds."""

PointState: TypeAlias = "Literal['final', 'provisional', 'unknown_kind', 'unusable']"
"""How a published value is meant."""


class Break(TypedDict):
    """A year from which values are not comparable with earlier ones."""

    at: int
    """The first year of the new series (Buddhist era)."""
    title: Label
    """Why."""
    cite: list[Citation]
    """Citations."""

AreaRule: TypeAlias = "Literal['sum', 'ratio_of_sums', 'none']"
"""How areas make a larger area."""

TimeRule: TypeAlias = "Literal['last', 'sum', 'mean']"
"""How the parts of a year make the year."""

YearKind: TypeAlias = "Literal['calendar', 'fiscal']"
"""Which year a period belongs to."""

IndicatorKind: TypeAlias = "Literal['stock', 'flow', 'share', 'ratio', 'mean', 'index', 'milestone', 'change']"
"""What an indicator measures."""

Better: TypeAlias = "Literal['up', 'down']"
"""Which way an indicator gets better."""


class Element(TypedDict):
    """A vision, strategy, goal or objective."""

    id: str
    """Its id."""
    number: int
    """Its number in the plan; 0 where it has none."""
    title: Label
    """Its wording."""
    later: Label | None
    """The wording of a later version of the plan."""
    paraphrase: bool
    """Whether the wording is a paraphrase."""
    cite: list[Citation]
    """Citations."""


class PlanDate(TypedDict):
    """A day in the life of a plan."""

    on: str
    """The day."""
    title: Label
    """What happened."""
    cite: list[Citation]
    """Citations."""


class Superseded(TypedDict):
    """The plan that takes the place of another, though that one's years may run on."""

    plan: str
    """The id of the later plan."""
    on: str
    """The first day of work under it."""
    cite: list[Citation]
    """Citations."""


class Change(TypedDict):
    """One difference in the law."""

    day: str
    """The first day on which the law is the new one."""
    file: str
    """The file."""
    id: str
    """`file.table.column`, `file.clause`, `file.rule`, `file.period`, or a membership."""
    kind: ChangeKind
    """What kind of change it is."""
    concerns: str | None
    """Whom it concerns, as a condition; everybody where none."""
    clock: str | None
    """The fact whose day picks the version, for tables and periods."""
    before: str | None
    """What stood before, as text with its unit; none where nothing stood."""
    after: str | None
    """What stands from this day on; none where nothing does."""
    cite: list[str]
    """Citations, `instrument/place`: of what begins, or of what ends where nothing begins."""
    confidence: Confidence
    """The weakest of the citations."""
    th: str
    """The label in Thai."""
    en: str
    """The label in English."""

ChangeKind: TypeAlias = "Literal['row', 'temporary_begins', 'temporary_ends', 'clause_begins', 'clause_changes', 'clause_ground', 'clause_ends', 'rule_begins', 'rule_ends', 'option_begins', 'period_length']"
"""What kind of change it is."""


class Outline(TypedDict):
    """A decision as sections and lines, in the order in which a person needs them."""

    kind: Literal['outline']
    """`outline`."""
    of: Literal['coverage', 'classification', 'routing', 'scorecard']
    """The kind of the decision: `coverage`, `classification`, `routing` or `scorecard`."""
    on: str
    """The day asked about."""
    th: str
    """Its title in Thai."""
    en: str
    """Its title in English."""
    sections: list[Section]
    """The sections; none is empty."""


class Section(TypedDict):
    """Lines under one heading."""

    section: SectionKind
    """What it is about."""
    th: str
    """Its heading in Thai."""
    en: str
    """Its heading in English."""
    lines: list[Line]
    """Its lines."""


class Line(TypedDict):
    """One line, in both languages."""

    kind: LineKind
    """What it is."""
    level: int
    """How deep it stands: 0, or one more than the line that it belongs to."""
    th: str
    """In Thai."""
    en: str
    """In English."""
    code: str | None
    """A code for those who draw the line, such as the status; of what an indicator shows it is `value`, `other`, `target`, `score` or the direction of its trend. It is no text for a person."""
    mark: Mark | None
    """How the clause speaks, where the line is a reason."""
    day: str | None
    """The day that it speaks of."""
    call: list[str]
    """The telephone numbers that it names, the first first."""
    cite: list[str]
    """Citations, `instrument/place`."""
    confidence: Confidence | None
    """The weakest of its sources."""

Mark: TypeAlias = "Literal['yes', 'no', 'unknown', 'disputed']"
"""How a clause speaks."""

LineKind: TypeAlias = "Literal['heading', 'call', 'urgency', 'step', 'day', 'place', 'form', 'status', 'amount', 'question', 'unknown', 'reason', 'reading', 'withheld', 'text']"
"""What a line is."""

SectionKind: TypeAlias = "Literal['danger', 'call', 'do', 'where', 'bring', 'kinds', 'covers', 'benefits', 'gap', 'meets', 'indicators', 'total', 'matter', 'withhold', 'ask', 'reasons', 'not_read', 'notes']"
"""What a section is about."""


class AgencyLabel(TypedDict):
    """An agency or a community body."""

    code: str
    """Its code."""
    th: str
    """Its name in Thai."""
    en: str
    """Its name in English."""
    call: list[str]
    """Its numbers."""
    site: str | None
    """Its site."""


class InstrumentLabel(TypedDict):
    """An instrument that is cited."""

    code: str
    """The name by which citations call it, before the `/`."""
    th: str
    """Its title in Thai."""
    en: str
    """Its title in English."""
    kind: str
    """Its kind, a code of the list `instrument_kind`."""
    gazette: str | None
    """The day of the Gazette, where it was read."""
    in_force: str | None
    """The day on which it came into force, where it was read."""


class SourceLabel(TypedDict):
    """A source in which something was read."""

    code: str
    """The mark by which places of citations call it, such as `CS45`."""
    title: str
    """What it is."""
    url: str
    """Where it is."""


class ErrorObject(TypedDict):
    """The error as it crosses a border."""

    code: ErrorCode
    message: str
    message_th: str
    field: str | None
    value: str | None
    expected: str | None
    nearest: str | None

ErrorCode: TypeAlias = "Literal['unknown_fact', 'wrong_type', 'unknown_code', 'impossible_value', 'contradiction', 'unmapped_value', 'impossible_date', 'identity_number', 'unreadable_rulebook', 'faulty_rulebook', 'rulebook_faults', 'another_rulebook', 'no_rule_files', 'change_path', 'unknown_table', 'unknown_column', 'several_columns', 'change_value', 'rulebook_full', 'plan_input', 'not_json', 'not_a_decision', 'duplicate_name', 'too_deep', 'unknown_name', 'column_twice', 'fact_twice', 'unknown_reader', 'frame']"
"""What kind of error it is, the same in every language. Codes are only added."""


class Diagnostic(TypedDict):
    """One mistake: where it is, what was found and what would be right."""

    file: str
    """The file, as named when the rulebook was given."""
    line: int
    """The line, from 1."""
    column: int
    """The first character that it concerns, from 1."""
    length: int
    """How many characters it concerns."""
    severity: Severity
    """Whether the rulebook is refused."""
    code: DiagnosticCode
    """The kind of the mistake."""
    message: str
    """What is wrong."""
    expected: str
    """What would be right."""
    message_th: str
    """What is wrong, in Thai: the kind of the mistake, and the names that it concerns."""
    source: str
    """The line itself; empty where the file has no such line."""

DiagnosticCode: TypeAlias = "Literal['syntax', 'unknown_key', 'missing_key', 'wrong_type', 'float', 'unknown_name', 'unknown_code', 'shadowing', 'gap_in_time', 'overlap_in_time', 'overlays_meet', 'citation_unresolved', 'citation_not_in_force', 'missing_citation', 'cycle', 'missing_label', 'unused', 'never_matches', 'incomplete_list', 'bad_example', 'impossible', 'twice_translated', 'suspicious']"
"""What kind of mistake a diagnostic names."""

Severity: TypeAlias = "Literal['error', 'warning']"
"""Whether a diagnostic refuses the rulebook."""
