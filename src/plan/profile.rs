//! What a plan says of itself: its stage, the person, its dates.

use crate::plan::Setting;
use crate::text::Span;
use jiff::civil::Date;

/// What a plan says of itself. Every value travels with the words it was read from.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// Draft, final or amended.
    pub stage: Known<Stage>,
    /// Whether the words leave little doubt about the stage.
    pub stage_sure: bool,
    /// Date of birth.
    pub born: Known<Date>,
    /// The kind of setting that the plan is for.
    pub setting: Known<Setting>,
    /// The child's or young person's names: full, first, known as.
    pub names: Vec<Name>,
    /// Year groups that the plan says the child is in now, as printed (Reception is 0, Nursery is -1).
    pub years: Vec<(i8, Span)>,
    /// The dates of the plan's life.
    pub dates: Vec<PlanDate>,
    /// The plan is said to be anonymised.
    pub anonymised: Known<()>,
    /// The plan is for education otherwise than in a school (Children and Families Act 2014, s.61).
    pub otherwise: Known<()>,
}

impl Profile {
    /// The first date of a role.
    pub fn date(&self, role: DateRole) -> Option<&PlanDate> {
        self.dates.iter().find(|date| date.role == role)
    }

    /// The date the plan bears: when it was issued as final or amended, or else drafted.
    pub fn issued(&self) -> Option<&PlanDate> {
        [DateRole::Amended, DateRole::Final, DateRole::Draft].into_iter().find_map(|role| self.date(role))
    }
}

/// A value with the words it was read from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Known<T> {
    /// The plan says so, here.
    Said(T, Span),
    /// The user said so.
    Told(T),
    /// The plan does not say.
    #[default]
    Unsaid,
}

impl<T> Known<T> {
    /// The value, if known.
    pub fn value(&self) -> Option<&T> {
        match self {
            Known::Said(value, _) | Known::Told(value) => Some(value),
            Known::Unsaid => None,
        }
    }

    /// The words it was read from.
    pub fn span(&self) -> Option<Span> {
        match self {
            Known::Said(_, span) => Some(*span),
            _ => None,
        }
    }
}

/// The stage of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// A first draft (Children and Families Act 2014, s.38).
    Draft,
    /// A draft after a reassessment (SEND Regulations 2014, reg 27).
    ReassessmentDraft,
    /// A notice of proposed amendments (reg 22, 28): a draft, to which s.38(5) does not apply.
    AmendmentDraft,
    /// A first final plan.
    Final,
    /// An amended final plan.
    Amended,
}

impl Stage {
    /// The word of the JSON contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Draft | Stage::ReassessmentDraft | Stage::AmendmentDraft => "draft",
            Stage::Final => "final",
            Stage::Amended => "amended",
        }
    }

    /// Whether it is some kind of draft.
    pub fn is_draft(self) -> bool {
        self.as_str() == "draft"
    }
}

/// A name that the plan uses for the child or young person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name as printed.
    pub text: String,
    /// Where it is given.
    pub span: Span,
}

/// A date of the plan's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanDate {
    /// What happened, or is to happen.
    pub role: DateRole,
    /// When. The first day of the month or term where only that is given.
    pub date: Date,
    /// The words it was read from.
    pub span: Span,
}

/// What a date of the plan's life is the date of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateRole {
    /// The request for an assessment.
    Request,
    /// A draft, or a notice of proposed amendments.
    Draft,
    /// The first final plan.
    FirstFinal,
    /// The final plan.
    Final,
    /// The amended final plan.
    Amended,
    /// The review before the last.
    PreviousReview,
    /// The last review meeting.
    Review,
    /// When the next review is due.
    ReviewDue,
}
