//! Document → Plan: labels → fragments → statements → facts → links.

mod claim;
mod contents;
mod cues;
mod cutter;
pub(crate) mod facts;
mod fragments;
mod grid;
mod kinds;
mod label;
mod labels;
mod look;
mod prose;
mod records;
mod resolve;
mod roles;
mod rows;
mod statements;
mod units;

use crate::document::Document;
use crate::plan::{Plan, Profile};

/// Reads a document as a plan. What is not there is absent, not an error.
pub(crate) fn plan(document: Document) -> Plan {
    let looks = look::Looks::of(&document);
    let outline = fragments::outline(&document, looks);
    let statements = statements::statements(&document, &outline, looks);
    Plan {
        profile: Profile::default(),
        placements: Vec::new(),
        advices: Vec::new(),
        links: Vec::new(),
        fragments: outline.fragments,
        statements,
        document,
    }
}
