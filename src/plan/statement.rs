//! Statement: one need, outcome or provision: the unit that rules judge.

use crate::plan::{Area, Fact, Judged, Letter, Sorted};
use crate::text::Span;

/// The smallest piece of a plan that a reader would amend on its own: a sentence, a list item, or a
/// table row whose cells are read together under their column headings.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The section it stands in.
    pub letter: Letter,
    /// What it states.
    pub kind: StatementKind,
    /// Its words: one part for a sentence or list item, one for each cell of a row, in column order, empty cells included.
    pub parts: Vec<Part>,
    /// The words before a list that belong to each of its items ("Sam will receive:").
    pub lead_in: Option<Span>,
    /// The words after a list that cover all of it ("All of the above will be delivered daily by…").
    pub lead_out: Option<Span>,
    /// The heading, caption or row title it stands under.
    pub heading: Option<Span>,
    /// The area of need of that heading.
    pub area: Option<Area>,
    /// Table and row, for a row.
    pub row: Option<(u32, u32)>,
    /// Index of its first block.
    pub block: usize,
    /// What it pins down, in reading order. Filled for provision and outcomes.
    pub facts: Vec<Fact>,
    /// What sort of provision it is. Filled for provision.
    pub sorted: Option<Sorted>,
    /// What an outcome lacks. Filled for outcomes.
    pub judged: Option<Judged>,
}

impl Statement {
    /// From its first word to its last. In a grid, words of other statements can lie between.
    pub fn span(&self) -> Span {
        let mut spans = self.parts.iter().map(|part| part.span).filter(|span| !span.is_empty());
        let Some(first) = spans.next() else { return self.parts.first().map_or(Span::default(), |part| part.span) };
        spans.fold(first, Span::cover)
    }
}

/// What a statement states. Only the kind that a label of the field names can bear it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatementKind {
    /// Sections B, C, D.
    Need,
    /// Section E.
    Outcome,
    /// Sections F, G, H1, H2.
    Provision,
    /// Section I.
    Placement,
    /// Section K.
    Advice,
    /// Views, aims, history, how to read the plan, how the plan will be reviewed.
    Other,
}

impl StatementKind {
    /// Every kind.
    pub const ALL: &'static [StatementKind] = &[
        StatementKind::Need,
        StatementKind::Outcome,
        StatementKind::Provision,
        StatementKind::Placement,
        StatementKind::Advice,
        StatementKind::Other,
    ];

    /// Its name in rules and in the JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            StatementKind::Need => "need",
            StatementKind::Outcome => "outcome",
            StatementKind::Provision => "provision",
            StatementKind::Placement => "placement",
            StatementKind::Advice => "advice",
            StatementKind::Other => "other",
        }
    }
}

/// One cell of a row, or the whole of a sentence or item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its words; empty for an empty cell.
    pub span: Span,
    /// What its column holds.
    pub role: Role,
    /// The words of its column heading or record label.
    pub header: Option<Span>,
    /// For "As above" and blank continuation cells: the words of the cell it repeats.
    pub stands_for: Option<Span>,
}

/// What a column holds, by its heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// What is provided, sought or needed; and the words of a sentence or list item.
    What,
    /// Who delivers it.
    Provider,
    /// How often, how long, how much.
    Measure,
    /// Who delivers it and how often, in one column.
    ProviderAndMeasure,
    /// By when.
    Date,
    /// How and when it is reviewed.
    Review,
    /// Which need or outcome it serves, its number, its area.
    Reference,
    /// A comment that is no part of the provision.
    Comment,
    /// Anything else.
    Other,
}
