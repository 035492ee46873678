//! Document → Plan: labels → fragments → statements → facts → links.

mod advice_kinds;
pub(crate) mod advices;
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
mod look;
pub(crate) mod pairs;
pub(crate) mod person;
mod placement;
mod profile;
pub(super) mod prose;
mod records;
mod resolve;
mod roles;
mod rows;
mod series;
mod stage;
mod statements;
pub(crate) mod thesaurus;
mod units;

use crate::document::Document;
use crate::plan::Plan;

/// Reads a document as a plan. What is not there is absent, not an error.
pub(crate) fn plan(document: Document) -> Plan {
    let looks = look::Looks::of(&document);
    let outline = fragments::outline(&document, looks);
    let mut statements = statements::statements(&document, &outline, looks);
    for statement in &mut statements {
        facts::read(&document, statement);
    }
    let fragments = outline.fragments;
    let placements = placement::of_plan(&document, &fragments);
    let profile = profile::read(&document, &fragments, &statements, &placements);
    let advices = advices::read(&document, &statements, &profile);
    let links = links::read(&document, &statements, &profile);
    Plan { document, profile, fragments, statements, placements, advices, links }
}
