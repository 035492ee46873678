//! Kinds of check: one line of the enum for each, one file for each. A rule file asks for one by name.

mod missing_section;

use crate::plan::Plan;
use crate::rules::hit::Hit;
use serde::Deserialize;

/// What a rule looks for: the `[check]` table of its file, told apart by `kind`.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum Check {
    /// A section that cannot be found.
    MissingSection(missing_section::MissingSection),
}

impl Check {
    /// Everything in `plan` that the rule flags, in reading order.
    pub(crate) fn hits(&self, plan: &Plan) -> Vec<Hit> {
        match self {
            Check::MissingSection(check) => check.hits(plan),
        }
    }
}
