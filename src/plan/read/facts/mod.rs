//! What a statement pins down: facts, the sort of provision, and what is missing.

mod clauses;
mod find;

mod outcome;
mod shortfall;
mod sort;
mod wording;

pub(crate) use wording::{PieceOf, Wording, Wordings};

use crate::plan::fact::Judged;
use crate::plan::read::facts::find::Found;
use crate::plan::read::facts::outcome::Lack;
use crate::plan::vocabulary::vocabulary;
use crate::plan::{Sorted, Statement, StatementKind};
use std::cell::OnceCell;

/// What the words of a statement pin down, in places among its tokens: the same wherever the words stand.
#[derive(PartialEq, Eq)]
struct Judgement {
    facts: Vec<Found>,
    /// Of provision.
    sorted: Option<Sorted>,
    /// Of an outcome.
    lack: Option<Lack>,
}

/// Fills in the facts and the sort of a statement of provision, and what an outcome lacks.
pub(crate) fn read(wording: &Wording, statement: &mut Statement) {
    if !matches!(statement.kind, StatementKind::Provision | StatementKind::Outcome) {
        return;
    }
    let own = OnceCell::new();
    let judge = || Judgement::of(wording, statement.kind);
    let judgement = match &wording.told {
        Some(told) => told.judgement.get_or_init(judge),
        None => own.get_or_init(judge),
    };
    debug_assert!(
        *judgement == Judgement::of(&Wording { told: None, ..wording.clone() }, statement.kind),
        "what is alike is judged alike"
    );
    statement.facts = judgement.facts.iter().map(|found| found.fact(wording)).collect();
    statement.sorted.clone_from(&judgement.sorted);
    statement.judged = judgement
        .lack
        .as_ref()
        .map(|lack| Judged { missing: lack.missing.clone(), provision: lack.provision.map(|at| wording.span(at)) });
}

impl Judgement {
    fn of(wording: &Wording, kind: StatementKind) -> Self {
        let vocabulary = vocabulary();
        let facts = find::facts(vocabulary, wording);
        if kind == StatementKind::Outcome {
            return Self { facts, sorted: None, lack: Some(outcome::judge(vocabulary, wording)) };
        }
        let (sort, sure) = sort::sort(vocabulary, wording, &facts);
        let mut sorted = shortfall::sorted(vocabulary, wording, &facts, sort, sure);
        if sorted.missing.is_empty() {
            sorted.missing = clauses::missing(vocabulary, wording);
        }
        Self { facts, sorted: Some(sorted), lack: None }
    }
}
