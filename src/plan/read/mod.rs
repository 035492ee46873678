//! Document → Plan: labels → fragments → statements → facts → links, each when it is asked for.

mod advice_kinds;
pub(crate) mod advices;
mod apart;
mod claim;
mod contents;
mod cues;
mod cutter;
pub(crate) mod dates;
pub(crate) mod facts;
mod form;
mod fragments;
mod grid;
mod institution;
mod kinds;
mod label;
mod labels;
pub(crate) mod links;
mod lists;
mod look;
mod other;
pub(crate) mod pairs;
pub(crate) mod person;
mod placement;
mod profile;
pub(super) mod prose;
mod records;
mod references;
mod resolve;
mod roles;
mod rows;
mod series;
mod shared;
mod spoken;
mod stage;
mod statements;
pub(crate) mod subjects;
pub(crate) mod thesaurus;
mod units;
mod words;

pub(crate) use advices::read as advices;
pub(crate) use fragments::Outline;
pub(crate) use links::read as links;
pub use other::OtherPlan;
pub(crate) use other::of as other_plan;
pub(crate) use placement::of_plan as placements;
pub(crate) use profile::read as profile;

use crate::document::Document;
use crate::plan::Statement;

/// Where the sections stand.
pub(crate) fn outline(document: &Document) -> Outline {
    fragments::outline(document, look::Looks::of(document))
}

/// The statements, without what they pin down.
pub(crate) fn statements(document: &Document, outline: &Outline) -> Vec<Statement> {
    statements::statements(document, outline, look::Looks::of(document))
}

/// The statements with what they pin down.
pub(crate) fn judged(cut: &[Statement], wordings: &facts::Wordings) -> Vec<Statement> {
    let mut statements = cut.to_vec();
    for (index, statement) in statements.iter_mut().enumerate() {
        facts::read(wordings.of_statement(index), statement);
    }
    statements
}
