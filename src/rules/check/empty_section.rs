//! A section with nothing, or next to nothing, under its heading.

use crate::plan::{Fragment, Letter, Plan};
use crate::rules::hit::{Anchor, Hit};
use crate::rules::named::Named;
use crate::rules::wording::Wording;
use crate::text::{Folded, sentences};
use serde::Deserialize;

/// Flags each of `sections` that is there and says nothing.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct EmptySection {
    sections: Vec<Named<Letter>>,
    /// Wording that is as good as nothing where a sentence says no more than it.
    #[serde(default)]
    nothing: Wording,
    /// Sentences that hold this explain the section to its reader, and are none of its content.
    #[serde(default)]
    guidance: Wording,
}

impl EmptySection {
    pub(crate) const VALUES: &'static [&'static str] = &["letter", "title"];

    pub(crate) fn hits(&self, plan: &Plan) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for &Named(letter) in &self.sections {
            let section = plan.section(letter);
            let Some(first) = section.fragments.first() else { continue };
            // A heading for two sections with nothing under it is one fact.
            let shared = section.fragments.iter().any(|fragment| fragment.letters.first() != Some(&letter));
            if shared || section.fragments.iter().any(|fragment| self.says_something(plan, fragment)) {
                continue;
            }
            let hit = Hit { anchor: Anchor::Missing(Some(letter)), ..Hit::missing(Some(letter)) };
            let hit = Hit { marks: first.label.into_iter().collect(), ..hit };
            hits.push(hit.with("letter", letter.as_str()).with("title", letter.title()));
        }
        hits
    }

    fn says_something(&self, plan: &Plan, fragment: &Fragment) -> bool {
        let document = plan.document();
        let blocks = fragment.blocks.iter().filter_map(|&index| document.blocks().get(index));
        blocks.filter(|block| !block.emphasis.placeholder).any(|block| {
            let text = document.slice(block.span);
            sentences(text).into_iter().any(|sentence| self.is_content(sentence.of(text)))
        })
    }

    /// Whether a sentence says more than that there is nothing, or what belongs here.
    fn is_content(&self, sentence: &str) -> bool {
        let folded = Folded::of(sentence);
        let level = |text: &str| text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        let all = level(folded.text());
        if all.is_empty() || self.guidance.is_in(folded.text()) {
            return false;
        }
        let nothing = self.nothing.find_all(folded.text());
        !nothing.into_iter().any(|span| level(span.of(folded.text())) == all)
    }
}
