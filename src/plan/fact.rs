//! What a statement pins down, and what sort of provision it is.

use crate::text::Span;
use serde::Deserialize;

/// Something a statement pins down, or takes back, with its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub kind: FactKind,
    /// How far it can be relied on.
    pub strength: Strength,
    /// The words, in the document's text.
    pub span: Span,
}

/// Kinds of fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FactKind {
    /// How often: "weekly", "x3 a week", "every lesson", "at each transition".
    Frequency,
    /// How long each time: "30 minutes".
    Duration,
    /// An amount in all: "12 hours a week", "six sessions", "0.5 FTE".
    Total,
    /// A share that is an amount: "all lessons", "throughout the school day".
    Coverage,
    /// An occasion of the day: "at snack", "before each topic". Often enough for a strategy or for equipment.
    Occasion,
    /// How many children: "a group of four", "1:1", "no more than three others".
    GroupSize,
    /// A group without a number: "small group".
    Group,
    /// Who: a role or a name.
    Provider,
    /// What qualifies them, or who trains: "Level 2", "HCPC-registered", "led by a National FASD trainer".
    Expertise,
    /// By when, or on which date.
    Date,
    /// The thing itself: a named course, device, programme.
    Item,
    /// A trigger that serves the child: "if he bites his hand".
    Trigger,
    /// A sum of money or a band.
    Money,
}

/// How far a fact can be relied on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// Says it so loosely that it states nothing: "regular", "up to 5 hours".
    Vague,
    /// States it, though weakly: "staff".
    Weak,
    /// States it.
    #[default]
    Plain,
}

/// What sort of provision a statement is: it decides what must be stated (`labels.md`, after the Code 9.69).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// Direct intervention, therapy or teaching.
    Direct,
    /// An adult's support.
    AdultSupport,
    /// Indirect specialist work: a programme written, advice, liaison.
    Indirect,
    /// Training of staff.
    Training,
    /// Assessment, or review of provision.
    Assessment,
    /// Equipment or environment.
    Equipment,
    /// A strategy or approach in class.
    Strategy,
    /// A sum of money where provision should stand.
    Funding,
    /// Speaks of provision that stands elsewhere: how it is varied, cut or looked at again.
    Terms,
    /// None of these could be told.
    Unclear,
}

impl Sort {
    /// Every sort.
    pub const ALL: &'static [Sort] = &[
        Sort::Direct,
        Sort::AdultSupport,
        Sort::Indirect,
        Sort::Training,
        Sort::Assessment,
        Sort::Equipment,
        Sort::Strategy,
        Sort::Funding,
        Sort::Terms,
        Sort::Unclear,
    ];

    /// Its name in rules, word lists and tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Sort::Direct => "direct",
            Sort::AdultSupport => "adult-support",
            Sort::Indirect => "indirect",
            Sort::Training => "training",
            Sort::Assessment => "assessment",
            Sort::Equipment => "equipment",
            Sort::Strategy => "strategy",
            Sort::Funding => "funding",
            Sort::Terms => "terms",
            Sort::Unclear => "unclear",
        }
    }
}

/// A sort, how sure it is, and what it must state and does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sorted {
    /// The sort.
    pub sort: Sort,
    /// Whether the words leave little doubt.
    pub sure: bool,
    /// What must be stated and is not, or only in vague words.
    pub missing: Vec<Need>,
}

/// What an outcome lacks, and whether it is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// Which of specific, measurable, time-bound it is not.
    pub missing: Vec<Need>,
    /// Words that describe a service or what others will do, where the child's own doing should stand.
    pub provision: Option<Span>,
}

/// What a statement must state: the `missing` words of `labels.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the words are the field's own, explained in docs/labels")]
pub enum Need {
    Item,
    Provider,
    Expertise,
    Group,
    Amount,
    Frequency,
    Duration,
    Date,
    Specific,
    Measurable,
    TimeBound,
}

impl Need {
    /// The word as the JSON contract spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Need::Item => "item",
            Need::Provider => "provider",
            Need::Expertise => "expertise",
            Need::Group => "group",
            Need::Amount => "amount",
            Need::Frequency => "frequency",
            Need::Duration => "duration",
            Need::Date => "date",
            Need::Specific => "specific",
            Need::Measurable => "measurable",
            Need::TimeBound => "time-bound",
        }
    }
}
