//! What a statement pins down: facts, the sort of provision, and what is missing.

mod clauses;
mod find;

mod outcome;
mod shortfall;
mod sort;
mod wording;

pub(crate) use wording::{PieceOf, Wording, Wordings};

use crate::plan::vocabulary::vocabulary;
use crate::plan::{Statement, StatementKind};

/// Fills in the facts and the sort of a statement of provision, and what an outcome lacks.
pub(crate) fn read(wording: &Wording, statement: &mut Statement) {
    let vocabulary = vocabulary();
    match statement.kind {
        StatementKind::Provision => {
            let facts = find::facts(vocabulary, wording);
            let (sort, sure) = sort::sort(vocabulary, wording, &facts);
            let mut sorted = shortfall::sorted(vocabulary, wording, &facts, sort, sure);
            if sorted.missing.is_empty() {
                sorted.missing = clauses::missing(vocabulary, wording);
            }
            statement.sorted = Some(sorted);
            statement.facts = facts.into_iter().map(|found| found.fact(wording)).collect();
        }
        StatementKind::Outcome => {
            statement.facts = find::facts(vocabulary, wording).into_iter().map(|found| found.fact(wording)).collect();
            statement.judged = Some(outcome::judge(vocabulary, wording));
        }
        _ => {}
    }
}
