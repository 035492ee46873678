//! Document → Plan: labels → fragments → statements → facts → links.

pub(crate) mod dates;
pub(crate) mod facts;
pub(crate) mod pairs;
pub(crate) mod person;
mod placement;
mod profile;
mod stage;

use crate::document::Document;
use crate::plan::Plan;

pub(crate) fn plan(document: Document) -> Plan {
    let fragments = Vec::new();
    let placements = placement::of_plan(&document, &fragments);
    let profile = profile::read(&document, &fragments, &placements);
    Plan { document, profile, fragments, statements: Vec::new(), placements, advices: Vec::new(), links: Vec::new() }
}
