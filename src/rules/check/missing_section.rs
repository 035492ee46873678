//! A section that is not there.

use crate::plan::{Letter, Plan};
use crate::rules::hit::Hit;
use serde::Deserialize;

/// Flags each of `sections` that cannot be found.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MissingSection {
    sections: Vec<String>,
}

impl MissingSection {
    pub(crate) fn hits(&self, plan: &Plan) -> Vec<Hit> {
        let wanted = self.sections.iter().filter_map(|name| Letter::named(name));
        wanted
            .filter(|&letter| !plan.section(letter).present())
            .map(|letter| Hit::missing(None).with("section", letter.as_str()).with("title", letter.title()))
            .collect()
    }
}
