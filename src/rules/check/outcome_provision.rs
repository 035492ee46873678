//! An outcome that says what others will do.

use crate::plan::Plan;
use crate::rules::hit::Hit;
use serde::Deserialize;

/// Flags outcomes that describe a service or what adults will do.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OutcomeProvision {}

impl OutcomeProvision {
    pub(crate) const VALUES: &'static [&'static str] = &[];

    #[expect(clippy::unused_self, reason = "every kind of check has this method")]
    pub(crate) fn hits(&self, plan: &Plan) -> Vec<Hit> {
        let statements = plan.statements().iter().enumerate();
        let found = statements.filter_map(|(index, statement)| {
            let words = statement.judged.as_ref()?.provision?;
            Some(Hit::text(words, Some(statement.letter)).on(index))
        });
        found.collect()
    }
}
