"""The facts as types, written from the core's list by `facts_types.py`."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypedDict

class JobFacts(TypedDict, total=False):
    main: bool | None
    """The main job."""
    for_wages: bool | None
    """Works for an employer for wages."""
    under_command: bool | None
    """The hirer may command how the work is done."""
    platform: bool | None
    """Work given through a digital platform that sets price or access."""
    employer: str | None
    """Who the employer is. Codes: `employer`."""
    contract: str | None
    """Kind of contract in government service. Codes: `contract`."""
    school_role: str | None
    """What the worker does in a private school. Codes: `school_role`."""
    work: str | None
    """Kind of work, where law asks. Codes: `work`."""
    sector: str | None
    """Branch of the employer's activity, where law asks. Codes: `sector`."""
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
    started_on: date | str | None
    """First day of work."""
    ended_on: date | str | None
    """Last day of work."""
    end_cause: str | None
    """How the job ended. Codes: `end_cause`."""
    monthly_wage: Decimal | int | float | str | None
    """Wage per month (baht)."""
    daily_wage: Decimal | int | float | str | None
    """Wage per day (baht)."""
    last_daily_wage: Decimal | int | float | str | None
    """Last wage per day (baht)."""
    province: str | None
    """Province of the workplace."""
    district: str | None
    """District of the workplace."""

class ClaimFacts(TypedDict, total=False):
    arose_on: date | str | None
    """The day on which the right arose."""
    treated_on: date | str | None
    """The first day of treatment."""
    child_born_on: date | str | None
    """The day on which the child was born."""
    antenatal_on: date | str | None
    """The day of a visit for antenatal care."""
    unemployed_on: date | str | None
    """The first day of unemployment."""
    gave_birth: bool | None
    """The claimant gave birth (not the other parent)."""
    rest_days: int | None
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
    left_because: str | None
    """Why the job was left. Codes: `left_because`."""
    children: int | None
    """Number of children claimed for."""
    still_paying: bool | None
    """Contributions are paid every month while the benefit is received."""

class WorkerFacts(TypedDict, total=False):
    birth_date: date | str | None
    """Day of birth."""
    sex: str | None
    """Sex, for statistics; no rule of law here asks it. Codes: `sex`."""
    nationality: str | None
    """Thai national or not; never read from an identity number. Codes: `nationality`."""
    card: str | None
    """First digit of a non-Thai person's identity card (`00` apart from `0`). Codes: `card`."""
    stay: str | None
    """On what ground a non-Thai person stays. Codes: `stay`."""
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
    s33_end_cause: str | None
    """Why section 33 insurance ended; `none` where it never ended or never began. Codes: `s33_end_cause`."""
    s33_ended_on: date | str | None
    """The day on which employment under section 33 ended."""
    s33_months: int | None
    """Contribution months under section 33 in total."""
    s39_end_cause: str | None
    """Why section 39 insurance ended; `none` where it never ended or never began. Codes: `s39_end_cause`."""
    s39_ended_on: date | str | None
    """The day on which section 39 insurance ended."""
    s39_unpaid_in_a_row: int | None
    """Months of section 39 in a row that are unpaid now."""
    s39_paid_in_12: int | None
    """Months of section 39 paid within twelve months."""
    s40_first_paid_on: date | str | None
    """The day on which the first contribution under the present option of section 40 was paid."""
    member: Mapping[str, bool | None]
    """Memberships and funds, one answer each. Codes: `membership`."""
    paid_months: Mapping[str, Sequence[str] | Mapping[str, int | None] | None]
    """Contribution months by scheme: the months themselves, or counts before the event. Codes: `contributory_scheme`."""
    base_wage_history: Sequence[Decimal | int | float | str] | None
    """The last monthly wages on which contributions were based, latest last (baht)."""
    employed: bool | None
    """Has any work for pay or profit."""
    survey_month: date | str | None
    """The survey's reference month."""
    survey_age: int | None
    """Age in years as the survey prints it; never used by law."""
    month: date | str | None
    """The contribution month asked about, where it is not the day asked about."""
    jobs: Sequence[JobFacts] | None
    """The jobs: null is not known, an empty list is none; a list is complete."""
    claim: ClaimFacts
    """The event for which a benefit is claimed."""

class ComplaintFacts(TypedDict, total=False):
    happened: Mapping[str, bool | None]
    """What happened, one answer each; the kinds of complaint follow from it. Codes: `happening`."""
    danger_now: bool | None
    """Somebody is in danger, locked in, guarded or attacked now."""
    can_leave: bool | None
    """The person can leave the workplace."""
    employer_closing: bool | None
    """The employer is closing or fleeing."""
    workers_affected: int | None
    """Number of workers affected."""
    child_affected: bool | None
    """A child under 18 is affected."""
    reporter: str | None
    """Who reports. Codes: `reporter`."""
    received_by: str | None
    """Through which channel the report came. Codes: `channel`."""
    may_be_named: bool | None
    """The worker may be named to the employer."""
    sued_already: bool | None
    """The same sum is already claimed in court."""
    relocation_reason_disputed: bool | None
    """The employer disputes the reason for which the worker did not move along."""
    share_consent: bool | None
    """The worker agrees to pass information on."""
    shelter_consent: bool | None
    """The worker agrees to stay in a shelter."""
    custody_court_leave: bool | None
    """The court gave leave for custody."""
    order_extended_granted: bool | None
    """The inspector's time was extended."""
    filed_on: date | str | None
    """The day on which the complaint was filed."""
    order_known_on: date | str | None
    """The day on which the inspector's order was known."""
    oldest_pay_due_on: date | str | None
    """The day on which the oldest unpaid wage was due."""
    sso_order_notified_on: date | str | None
    """The day on which an order of the Social Security Office was notified."""
    appeal_decision_notified_on: date | str | None
    """The day on which an appeal decision was notified."""
    entered_shelter_on: date | str | None
    """The day on which the person entered a shelter."""
    custody_from: date | str | None
    """The day on which custody began."""
    employer_province: str | None
    """Province of the employer's home or seat."""
    order_affixed_on: date | str | None
    """The day on which the inspector's order was affixed, where it could not be handed over."""
    order_made_on: date | str | None
    """The date of the inspector's order."""
    judgment_read_on: date | str | None
    """The day on which the labour court read its judgment."""
    appeal_judgment_read_on: date | str | None
    """The day on which the court of appeal's judgment was read."""
    relocation_notice_posted: bool | None
    """A notice of the move was posted at the workplace."""
    relocation_posted_on: date | str | None
    """The day on which the notice of the move was posted."""
    relocation_moved_on: date | str | None
    """The day on which the workplace moved."""
    refusal_received_on: date | str | None
    """The day on which the employer received the worker's letter of refusal to move."""
    committee_filed_on: date | str | None
    """The day on which the employer applied to the Labour Welfare Committee."""
    committee_order_on: date | str | None
    """The date of the Labour Welfare Committee's order."""
    committee_order_known_on: date | str | None
    """The day on which the Labour Welfare Committee's order was known."""
    benefit_arose_on: date | str | None
    """The day on which the right to a social security benefit arose."""
    award_notified_on: date | str | None
    """The day on which an award of a benefit was notified."""
    obstacle_ended_on: date | str | None
    """The day on which what kept a person from acting in time came to an end."""
    inspector_received_on: date | str | None
    """The day on which the inspector received a complaint that a body near home had taken down."""
    next_pay_due_on: date | str | None
    """Where the oldest unpaid pay day is past its two years: the next unpaid pay day that is not."""
    security_contract_ended_on: date | str | None
    """The day on which the contract that secures the worker's liability for damage came to an end."""
    job: JobFacts
    """The job at which it happened."""
