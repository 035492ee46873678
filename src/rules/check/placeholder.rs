//! What a template left behind: prompts, merge fields, blanks, choices not made.

use crate::plan::Plan;
use crate::rules::hit::Hit;
use crate::rules::standing::Standing;
use crate::rules::wording::Wording;
use crate::text::{Folded, Span};
use serde::Deserialize;
use std::cell::LazyCell;

/// Flags wording of a template anywhere in the document, headings, cover, headers and footers included.
/// One hit for each place; the same words twice in one paragraph are one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Placeholder {
    #[serde(default)]
    any: Wording,
    /// Longer wordings that hold one of `any` and are no placeholder.
    #[serde(default)]
    except: Wording,
    /// Wording that is a placeholder where it is all that a paragraph or cell says.
    #[serde(default)]
    alone: Wording,
    /// Content controls of a Word file that still show their prompt.
    #[serde(default)]
    prompts: bool,
    /// Nothing is flagged in a plan that is said to be anonymised: there, `[name]` stands for a name taken out.
    #[serde(default)]
    not_in_anonymised: bool,
}

impl Placeholder {
    pub(crate) const VALUES: &'static [&'static str] = &[];

    pub(crate) fn hits(&self, plan: &Plan) -> Vec<Hit> {
        if self.not_in_anonymised && plan.profile().anonymised.value().is_some() {
            return Vec::new();
        }
        let document = plan.document();
        let standing = LazyCell::new(|| Standing::of(plan));
        let blocks = document.blocks().iter().map(|block| (block.span, block.emphasis.placeholder));
        let furniture = document.furniture().iter().map(|furniture| (furniture.span, false));
        let mut hits = Vec::new();
        for (span, prompt) in blocks.chain(furniture) {
            let found =
                if prompt && self.prompts { vec![span] } else { self.found(&document.levelled(span), span.start) };
            for words in found {
                let hit = Hit::text(words, standing.section(words));
                hits.push(match standing.statement(words) {
                    Some(statement) => hit.on(statement),
                    None => hit,
                });
            }
        }
        hits
    }

    /// The placeholders in one paragraph that begins at byte `base`.
    fn found(&self, folded: &Folded, base: usize) -> Vec<Span> {
        let all = Span::new(0, folded.text().len());
        let level = |span: Span| span.of(folded.text()).trim();
        let mut found = self.any.find_all(folded);
        let harmless = LazyCell::new(|| self.except.find_all(folded));
        found.retain(|span| !harmless.iter().any(|longer| longer.contains(*span)));
        let whole = |span: &Span| level(*span).trim_end_matches(['.', ':']) == level(all).trim_end_matches(['.', ':']);
        if found.is_empty() && self.alone(folded).iter().any(whole) {
            found.push(all);
        }
        let mut known: Vec<&str> = Vec::new();
        found.retain(|span| {
            let new = !known.contains(&level(*span));
            known.push(level(*span));
            new
        });
        found.into_iter().map(|span| folded.original(span).shift(base)).collect()
    }

    /// The wordings that may be all that a paragraph says.
    fn alone(&self, folded: &Folded) -> Vec<Span> {
        // What comes later than the first character is never all, and long paragraphs are long searched for it.
        if folded.text().starts_with(' ') {
            self.alone.find_all(folded)
        } else {
            self.alone.begins(folded).into_iter().collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Builder, Emphasis, NewBlock};

    #[test]
    fn flags_a_prompt_only_where_asked() {
        let mut builder = Builder::new("docx");
        let emphasis = Emphasis { placeholder: true, ..Emphasis::default() };
        builder.block(NewBlock { emphasis, ..NewBlock::paragraph("Your own words") });
        builder.block(NewBlock::paragraph("My own words"));
        let plan = Plan::read(builder.finish());
        let check = |prompts: bool, expected: &[&str]| {
            let placeholder = Placeholder {
                any: Wording::default(),
                except: Wording::default(),
                alone: Wording::default(),
                prompts,
                not_in_anonymised: false,
            };
            let found: Vec<&str> = placeholder.hits(&plan).iter().map(|hit| plan.slice(hit.marks[0])).collect();
            assert_eq!(found, expected);
        };
        check(true, &["Your own words"]);
        check(false, &[]);
    }
}
