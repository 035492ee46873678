//! Section K as a list of advices (SEND Regulations 2014, reg 6(1) and 12(4)).

use crate::text::Span;
use jiff::civil::Date;

/// One advice listed in Section K.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// What kind it is; more than one where one report serves two (an "educational and sensory" advice).
    pub kinds: Vec<AdviceKind>,
    /// All its words.
    pub span: Span,
    /// Its title.
    pub title: Span,
    /// The person or role that wrote it.
    pub author: Option<Span>,
    /// When, as far as it is said.
    pub date: Option<(Option<Date>, Span)>,
    /// Index of its statement.
    pub statement: usize,
}

/// Kinds of advice that must be sought, and others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AdviceKind {
    /// The parents' or carers' views.
    Parents,
    /// The child's or young person's own views.
    YoungPerson,
    /// Educational advice, of the school, setting or college.
    Educational,
    /// Medical advice, of a health professional.
    Medical,
    /// Psychological advice, of an educational psychologist.
    Psychological,
    /// Social care advice; "not known to us" is one.
    SocialCare,
    /// A qualified teacher of the deaf's.
    Hearing,
    /// A qualified teacher of children with a vision impairment's.
    Vision,
    /// About preparation for adulthood.
    Adulthood,
    /// Another.
    Other,
}
