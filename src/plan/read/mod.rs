//! Document → Plan: labels → fragments → statements → facts → links.

mod advice_kinds;
pub(crate) mod advices;
pub(crate) mod dates;
pub(crate) mod facts;
pub(crate) mod links;
pub(crate) mod pairs;
pub(crate) mod person;
mod placement;
mod profile;
mod stage;
pub(crate) mod thesaurus;

use crate::document::Document;
use crate::plan::Plan;

pub(crate) fn plan(document: Document) -> Plan {
    let fragments = Vec::new();
    let placements = placement::of_plan(&document, &fragments);
    let profile = profile::read(&document, &fragments, &placements);
    let statements = Vec::new();
    let advices = advices::read(&document, &statements, &profile);
    let links = links::read(&document, &statements, &profile);
    Plan { document, profile, fragments, statements, placements, advices, links }
}
