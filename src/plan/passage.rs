//! Passage: one sentence of a statement, or one cell of a row, as checks that read for sense go through a plan.

use crate::document::Document;
use crate::plan::{Letter, Role, Statement, StatementKind};
use crate::text::{Folded, Span, sentences};
use std::collections::BTreeMap;
use std::sync::Arc;

/// One sentence of a statement, of its lead-in or lead-out.
#[derive(Clone, Debug)]
pub(crate) struct Passage {
    /// Its words.
    pub(crate) span: Span,
    /// The same, levelled.
    pub(crate) folded: Arc<Folded>,
    /// The section.
    pub(crate) section: Letter,
    /// Index of the statement.
    pub(crate) statement: usize,
    /// What the statement states.
    pub(crate) kind: StatementKind,
    /// What the cell holds.
    pub(crate) role: Role,
    /// The words of the cell's column heading.
    pub(crate) header: Option<Span>,
    /// Whether it is the first sentence of its part.
    pub(crate) first: bool,
}

/// Every passage in reading order of its statement; a lead-in stands once, with the first statement under it.
pub(super) fn passages(document: &Document, statements: &[Statement]) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    // Where each passage ends, by where it begins.
    let mut ends: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, statement) in statements.iter().enumerate() {
        let parts = statement.parts.iter().map(|part| (part.span, part.role, part.header));
        let around = |span: Option<Span>| span.map(|span| (span, Role::What, None));
        for (whole, role, header) in
            around(statement.lead_in).into_iter().chain(parts).chain(around(statement.lead_out))
        {
            // No two overlap, so the last that begins before the end is the one that could.
            if ends.range(..whole.end).next_back().is_some_and(|(_, &end)| end > whole.start) {
                continue;
            }
            let text = document.slice(whole);
            for (number, sentence) in sentences(text).into_iter().enumerate() {
                let span = sentence.shift(whole.start);
                ends.insert(span.start, span.end);
                passages.push(Passage {
                    span,
                    folded: document.levelled(span),
                    section: statement.letter,
                    statement: index,
                    kind: statement.kind,
                    role,
                    header,
                    first: number == 0,
                });
            }
        }
    }
    passages
}
