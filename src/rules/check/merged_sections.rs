//! Two sections that share one undivided text.

use crate::plan::{Fragment, Letter, Plan};
use crate::rules::hit::Hit;
use crate::rules::prose;
use serde::Deserialize;

/// Flags a text that stands under the heading of two sections or more, none of which has text of its own elsewhere.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct MergedSections {}

impl MergedSections {
    pub(crate) const VALUES: &'static [&'static str] = &["letters", "letter"];

    #[expect(clippy::unused_self, reason = "every kind is asked in the same way")]
    pub(crate) fn hits(&self, plan: &Plan) -> Vec<Hit> {
        let mut known: Vec<Vec<Letter>> = Vec::new();
        let mut hits = Vec::new();
        for fragment in plan.fragments().iter().filter(|fragment| fragment.letters.len() > 1) {
            let alone = |letter: Letter| {
                plan.fragments().iter().any(|other| other.letters == [letter] && holds_words(plan, other))
            };
            let merged: Vec<Letter> = fragment.letters.iter().copied().filter(|&letter| !alone(letter)).collect();
            let [first, _, ..] = merged.as_slice() else { continue };
            if !holds_words(plan, fragment) || known.contains(&merged) {
                continue;
            }
            let blocks = plan.document().blocks();
            let content = fragment.blocks.iter().filter_map(|&index| blocks.get(index)).map(|block| block.span).min();
            let Some(span) = fragment.label.or(content) else { continue };
            let names: Vec<String> = merged.iter().map(|letter| letter.as_str().to_owned()).collect();
            hits.push(
                Hit::text(span, Some(*first))
                    .with("letters", prose::list(&names, "and"))
                    .with("letter", first.as_str()),
            );
            known.push(merged);
        }
        hits
    }
}

fn holds_words(plan: &Plan, fragment: &Fragment) -> bool {
    let blocks = fragment.blocks.iter().filter_map(|&index| plan.document().blocks().get(index));
    blocks.into_iter().any(|block| plan.slice(block.span).chars().any(char::is_alphanumeric))
}
