//! The words of a finding for a file: statement, quote and place. For a screen, see `excerpt`.

use crate::plan::Plan;
use crate::render::contract::Place;
use crate::render::prose;
use crate::rules::{Anchor, Finding};
use crate::text::Span;

/// The statement of a finding, the words to look at, and where in it they are. Empty where words may not be shown.
#[derive(Default)]
pub(crate) struct Quoted {
    /// The whole statement, or the paragraph; a row's cells joined by ` | `.
    pub(crate) statement: Option<String>,
    /// The words to look at.
    pub(crate) quote: Option<String>,
    /// From which to which character of the statement they go.
    range: Option<(usize, usize)>,
}

impl Quoted {
    /// The words of `finding`.
    pub(crate) fn of(plan: &Plan, finding: &Finding<'_>) -> Self {
        if plan.document().is_redacted() {
            return Quoted::default();
        }
        let statement = finding.statement.and_then(|index| plan.statements().get(index));
        let Anchor::Text(anchor) = finding.anchor else {
            return Quoted { statement: statement.map(|statement| plan.words_of(statement)), ..Quoted::default() };
        };
        let parts: Vec<Span> = match statement {
            Some(statement) => statement.parts.iter().map(|part| part.span).filter(|span| !span.is_empty()).collect(),
            None => vec![prose::paragraph_of(plan, anchor)],
        };
        let mut words = String::new();
        let mut range: Option<(usize, usize)> = None;
        for part in parts {
            if !words.is_empty() {
                words.push_str(" | ");
            }
            if part.overlaps(anchor) {
                let from = words.len() + anchor.start.saturating_sub(part.start);
                let to = words.len() + anchor.end.min(part.end) - part.start;
                range = Some((range.map_or(from, |(first, _)| first), to));
            }
            words.push_str(plan.slice(part));
        }
        let quote = range.and_then(|(from, to)| words.get(from..to)).unwrap_or_else(|| plan.slice(anchor)).to_owned();
        let characters = |at: usize| words.get(..at).map(|before| before.chars().count());
        let range = range.and_then(|(from, to)| Some((characters(from)?, characters(to)?)));
        Quoted { quote: Some(quote), range, statement: Some(words) }
    }
}

/// Where `finding` stands.
pub(crate) fn place(plan: &Plan, finding: &Finding<'_>, quoted: &Quoted) -> Place {
    let statement = finding.statement.and_then(|index| plan.statements().get(index));
    let at = match finding.anchor {
        Anchor::Text(span) => span,
        Anchor::Missing(_) => match statement {
            Some(statement) => statement.span(),
            None => return Place::default(),
        },
    };
    let cell = plan.document().blocks().get(plan.document().block_at(at.start)).and_then(|block| block.cell);
    let row = statement.and_then(|statement| statement.row).or(cell.map(|cell| (cell.table, cell.row)));
    Place {
        page: prose::page(plan, at),
        paragraph: prose::paragraph(plan, at.start),
        table: row.map(|(table, _)| table + 1),
        row: row.map(|(_, row)| row + 1),
        start: quoted.range.map(|(start, _)| start),
        end: quoted.range.map(|(_, end)| end),
    }
}
