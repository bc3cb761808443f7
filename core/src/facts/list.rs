//! Where every fact is defined, once.
//!
//! A line gives the field of the struct, the name in JSON, in rule files and of the column, the type, and (by its name) the
//! question in `rulebook/vocabulary/facts.toml`. To add a fact, add a line here and its question there.
//!
//! The types: `YesNo`; `Date` (may be partial); `Month`; `Code(list)` with the code list it draws from; `Count`; `Money` (baht);
//! `Province` and `District` (codes as text); `Family(list)` (one yes/no fact per code of the list); `PaidMonths` (contribution months by scheme);
//! `Wages` (monthly wages, latest last).
//!
//! `<=` states the most that a count, or an amount in whole baht, can be in a life: what is above it is a mistake, such as an identity number in
//! the wrong column. A hundred years have 1,200 months and 36,525 days.

facts! {
    /// A person as far as labour protection asks: who they are, their work, their insurance. Every field may be unknown.
    Worker, "" {
        /// Day of birth.
        birth_date: Date,
        /// Sex, for statistics; no rule of law here asks it.
        sex: Code("sex"),
        /// Thai national or not; never read from an identity number.
        nationality: Code("nationality"),
        /// First digit of a non-Thai person's identity card (`00` apart from `0`).
        card: Code("card"),
        /// On what ground a non-Thai person stays.
        stay: Code("stay"),
        /// Has a disability, with or without a card.
        has_disability: YesNo,
        /// A person with a disability can perceive the rights that membership gives.
        perceives_rights: YesNo,
        /// Province of residence, for rules that go by the home.
        home_province: Province,
        /// Was insured under section 33 before the 60th birthday.
        insured_before_60: YesNo,
        /// Has been an employee without a break since the 60th birthday, of any employer.
        employed_without_break_since_60: YesNo,
        /// Has stayed with the same employer since the 60th birthday.
        same_employer_since_60: YesNo,
        /// Why section 33 insurance ended; `none` where it never ended or never began.
        s33_end_cause: Code("s33_end_cause"),
        /// The day on which employment under section 33 ended.
        s33_ended_on: Date,
        /// Contribution months under section 33 in total.
        s33_months: Count <= 1_200,
        /// Why section 39 insurance ended; `none` where it never ended or never began.
        s39_end_cause: Code("s39_end_cause"),
        /// The day on which section 39 insurance ended.
        s39_ended_on: Date,
        /// Months of section 39 in a row that are unpaid now.
        s39_unpaid_in_a_row: Count <= 1_200,
        /// Months of section 39 paid within twelve months.
        s39_paid_in_12: Count <= 12,
        /// The day on which the first contribution under the present option of section 40 was paid.
        s40_first_paid_on: Date,
        /// Memberships and funds, one answer each.
        member: Family("membership"),
        /// Contribution months by scheme: the months themselves, or counts before the event.
        paid_months: PaidMonths("contributory_scheme") <= 1_200,
        /// The last monthly wages on which contributions were based, latest last (baht).
        base_wage_history: Wages <= 100_000_000,
        /// Has any work for pay or profit.
        employed: YesNo,
        /// The survey's reference month.
        survey_month: Date,
        /// Age in years as the survey prints it; never used by law.
        survey_age: Count <= 130,
        /// The contribution month asked about, where it is not the day asked about.
        month: Date,
        /// The jobs: null is not known, an empty list is none; a list is complete.
        jobs: Jobs,
        /// The event for which a benefit is claimed.
        claim: TheClaim,
        /// Facts that a rulebook opened at run time declares.
        declared: Declared,
    }

    /// One job. In a frame `job.*` is the main job and `job_2.*` the second.
    Job, "job" {
        /// The main job.
        main: YesNo,
        /// Works for an employer for wages.
        for_wages: YesNo,
        /// The hirer may command how the work is done.
        under_command: YesNo,
        /// Work given through a digital platform that sets price or access.
        platform: YesNo,
        /// Who the employer is.
        employer: Code("employer"),
        /// Kind of contract in government service.
        contract: Code("contract"),
        /// What the worker does in a private school.
        school_role: Code("school_role"),
        /// Kind of work, where law asks.
        work: Code("work"),
        /// Branch of the employer's activity, where law asks.
        sector: Code("sector"),
        /// The work is part of a business.
        serves_business: YesNo,
        /// Employees are used in this work all year round.
        all_year: YesNo,
        /// Hired for occasional, casual or seasonal work.
        casual_or_seasonal: YesNo,
        /// Student employed by the student's own school, college, university or hospital.
        own_student: YesNo,
        /// Posted abroad by an employer with an office in Thailand.
        abroad: YesNo,
        /// The employer's activity is not for economic profit.
        not_for_profit: YesNo,
        /// Insured under section 33 through this job, as registered.
        insured_33: YesNo,
        /// First day of work.
        started_on: Date,
        /// Last day of work.
        ended_on: Date,
        /// How the job ended.
        end_cause: Code("end_cause"),
        /// Wage per month (baht).
        monthly_wage: Money <= 100_000_000,
        /// Wage per day (baht).
        daily_wage: Money <= 10_000_000,
        /// Last wage per day (baht).
        last_daily_wage: Money <= 10_000_000,
        /// Province of the workplace.
        province: Province,
        /// District of the workplace.
        district: District,
    }

    /// An event for which a benefit is claimed.
    Claim, "claim" {
        /// Which benefit is claimed.
        kind: Code("claim_kind"),
        /// The day on which the right arose.
        arose_on: Date,
        /// The first day of treatment.
        treated_on: Date,
        /// The day on which the child was born.
        child_born_on: Date,
        /// The day of a visit for antenatal care.
        antenatal_on: Date,
        /// The first day of unemployment.
        unemployed_on: Date,
        /// The claimant gave birth (not the other parent).
        gave_birth: YesNo,
        /// Admitted to hospital.
        in_hospital: YesNo,
        /// Days of rest that a doctor certified, without admission to hospital.
        rest_days: Count <= 36_525,
        /// The insured person did the harm to himself or herself on purpose, or let another do it.
        self_inflicted: YesNo,
        /// The illness or injury came from work.
        from_work: YesNo,
        /// Death by accident.
        by_accident: YesNo,
        /// Dismissed for one of the faults of section 78 (2).
        fault_78_2: YesNo,
        /// Entitled to old-age benefit.
        old_age_entitled: YesNo,
        /// Entitled to invalidity benefit of social security.
        invalidity_entitled: YesNo,
        /// A person who is not Thai does not wish to reside in Thailand any more.
        leaves_thailand: YesNo,
        /// Registered with the State employment office and reporting.
        registered_unemployed: YesNo,
        /// Why the job was left.
        left_because: Code("left_because"),
        /// Number of children claimed for.
        children: Count <= 60,
        /// Contributions are paid every month while the benefit is received.
        still_paying: YesNo,
    }

    /// What happened to a person at work, and who tells of it. Every field may be unknown.
    Complaint, "" {
        /// What happened, one answer each; the kinds of complaint follow from it.
        happened: Family("happening"),
        /// Somebody is in danger, locked in, guarded or attacked now.
        danger_now: YesNo,
        /// The person can leave the workplace.
        can_leave: YesNo,
        /// The employer is closing or fleeing.
        employer_closing: YesNo,
        /// Number of workers affected.
        workers_affected: Count <= 10_000_000,
        /// A child under 18 is affected.
        child_affected: YesNo,
        /// Who reports.
        reporter: Code("reporter"),
        /// Through which channel the report came.
        received_by: Code("channel"),
        /// The worker may be named to the employer.
        may_be_named: YesNo,
        /// The same sum is already claimed in court.
        sued_already: YesNo,
        /// The employer disputes the reason for which the worker did not move along.
        relocation_reason_disputed: YesNo,
        /// The worker agrees to pass information on.
        share_consent: YesNo,
        /// What the worker expressly agrees to pass on, to whom.
        consents: Family("consent"),
        /// What the person has already done.
        taken: Family("step_taken"),
        /// The worker agrees to stay in a shelter.
        shelter_consent: YesNo,
        /// The court gave leave for custody.
        custody_court_leave: YesNo,
        /// The inspector's time was extended.
        order_extended_granted: YesNo,
        /// The day on which the complaint was filed.
        filed_on: Date,
        /// The day on which the inspector's order was known.
        order_known_on: Date,
        /// The day on which the oldest unpaid wage was due.
        oldest_pay_due_on: Date,
        /// The day on which an order of the Social Security Office was notified.
        sso_order_notified_on: Date,
        /// The day on which an appeal decision was notified.
        appeal_decision_notified_on: Date,
        /// The day on which the person entered a shelter.
        entered_shelter_on: Date,
        /// The day on which custody began.
        custody_from: Date,
        /// Province of the employer's home or seat.
        employer_province: Province,
        /// The day on which the inspector's order was affixed, where it could not be handed over.
        order_affixed_on: Date,
        /// The date of the inspector's order.
        order_made_on: Date,
        /// The day on which the labour court read its judgment.
        judgment_read_on: Date,
        /// The day on which the court of appeal's judgment was read.
        appeal_judgment_read_on: Date,
        /// A notice of the move was posted at the workplace.
        relocation_notice_posted: YesNo,
        /// The day on which the notice of the move was posted.
        relocation_posted_on: Date,
        /// The day on which the workplace moved.
        relocation_moved_on: Date,
        /// The day on which the employer received the worker's letter of refusal to move.
        refusal_received_on: Date,
        /// The day on which the employer applied to the Labour Welfare Committee.
        committee_filed_on: Date,
        /// The date of the Labour Welfare Committee's order.
        committee_order_on: Date,
        /// The day on which the Labour Welfare Committee's order was known.
        committee_order_known_on: Date,
        /// The day on which the right to a social security benefit arose.
        benefit_arose_on: Date,
        /// The day on which an award of a benefit was notified.
        award_notified_on: Date,
        /// The day on which what kept a person from acting in time came to an end.
        obstacle_ended_on: Date,
        /// The day on which the inspector received a complaint that a body near home had taken down.
        inspector_received_on: Date,
        /// Where the oldest unpaid pay day is past its two years: the next unpaid pay day that is not.
        next_pay_due_on: Date,
        /// The day on which the contract that secures the worker's liability for damage came to an end.
        security_contract_ended_on: Date,
        /// The job at which it happened.
        job: TheJob,
        /// Facts that a rulebook opened at run time declares.
        declared: Declared,
    }
}
