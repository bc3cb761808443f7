//! Of whom a condition or a fact is asked.

/// Of whom something is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The person, the claim or the complaint.
    Person,
    /// The job of that number, from 0.
    Job(usize),
    /// A job that may be there: none of its facts is known.
    SomeJob,
}

impl Scope {
    /// The number of the job, where it is a certain one.
    #[must_use]
    pub const fn job(self) -> Option<usize> {
        match self {
            Self::Job(job) => Some(job),
            Self::Person | Self::SomeJob => None,
        }
    }
}
