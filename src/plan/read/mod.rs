//! Document → Plan: labels → fragments → statements → facts → links.

pub(crate) mod facts;
pub(crate) mod links;
pub(crate) mod thesaurus;

use crate::document::Document;
use crate::plan::{Plan, Profile};

pub(crate) fn plan(document: Document) -> Plan {
    Plan {
        document,
        profile: Profile::default(),
        fragments: Vec::new(),
        statements: Vec::new(),
        placements: Vec::new(),
        advices: Vec::new(),
        links: Vec::new(),
    }
}
