//! A section that is not there.

use crate::plan::{Letter, Plan};
use crate::rules::hit::{Anchor, Hit};
use crate::rules::named::Named;
use crate::rules::wording::Wording;
use serde::Deserialize;

/// Flags each of `sections` that cannot be found.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct MissingSection {
    sections: Vec<Named<Letter>>,
    /// Only where the plan speaks of one of these.
    #[serde(default)]
    only_with: Wording,
    /// Longer wordings that do not count as one of these.
    #[serde(default)]
    except: Wording,
}

impl MissingSection {
    pub(crate) const VALUES: &'static [&'static str] = &["letter", "title"];

    pub(crate) fn hits(&self, plan: &Plan) -> Vec<Hit> {
        let wanted = self.sections.iter().map(|&Named(letter)| letter);
        let missing: Vec<Letter> = wanted.filter(|&letter| !plan.section(letter).present()).collect();
        if missing.is_empty() || !self.is_called_for(plan) {
            return Vec::new();
        }
        let hit = |letter: Letter| Hit { anchor: Anchor::Missing(Some(letter)), ..Hit::missing(None) };
        missing
            .into_iter()
            .map(|letter| hit(letter).with("letter", letter.as_str()).with("title", title(letter)))
            .collect()
    }

    fn is_called_for(&self, plan: &Plan) -> bool {
        let document = plan.document();
        self.only_with.is_empty()
            || document.blocks().iter().any(|block| {
                let folded = document.levelled(block.span);
                let harmless = self.except.find_all(&folded);
                let mut found = self.only_with.find_all(&folded).into_iter();
                found.any(|span| !harmless.iter().any(|longer| longer.overlaps(span)))
            })
    }
}

/// A section's title for the middle of a sentence: without what stands in brackets.
pub(crate) fn title(letter: Letter) -> &'static str {
    letter.title().split_once(" (").map_or(letter.title(), |(title, _)| title)
}
