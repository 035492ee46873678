//! Listed: the phrases and patterns of a rule's lists, and which of them no example of the rule shows.

use crate::document::Document;
use crate::plan::Plan;
use crate::rules::check::Check;
use crate::rules::patterns::Patterns;
use crate::rules::rule::Rule;
use crate::rules::wording::Wording;
use crate::text::token::tokens;
use crate::text::{Folded, sentences};
use std::ops::Range;
use toml::Spanned;
use toml::de::DeValue;

/// Lists that hold names out of a closed list, and no wording.
const NAMES: &[&str] = &["sections", "within", "kinds", "sorts", "flags", "advices", "unless-stated"];

/// One entry of one of a rule's lists of wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The list, as the rule file calls it: `any`, `except`…
    pub list: String,
    /// The phrase or pattern, as its author wrote it.
    pub entry: String,
    /// Where in the file.
    pub(crate) at: Range<usize>,
}

impl Rule {
    /// What the rule's lists hold and none of its examples shows: nobody has proved yet that it means what it should.
    pub fn not_shown(&self) -> Vec<&Listed> {
        let texts: Vec<String> = self.examples().iter().flat_map(|example| texts(&example.text)).collect();
        let shown = |entry: &str| {
            if let Check::WeakWords(_) = &self.check {
                let pattern = Patterns::try_from(vec![entry.to_owned()]);
                return pattern
                    .is_ok_and(|pattern| texts.iter().any(|text| !pattern.find_all(&tokens(text)).is_empty()));
            }
            let wording = Wording::of(entry);
            texts.iter().any(|text| wording.is_in(text))
        };
        self.lists().iter().filter(|listed| !shown(&listed.entry)).collect()
    }
}

/// Everything that a check can be given to look at in an example: paragraphs, their sentences, whole statements. Levelled.
fn texts(example: &str) -> Vec<String> {
    let plan = Plan::read(Document::from_notation(example));
    let document = plan.document();
    let mut texts: Vec<String> = plan.readings().iter().map(|reading| reading.text().to_owned()).collect();
    let blocks = document.blocks().iter().map(|block| document.slice(block.span));
    let furniture = document.furniture().iter().map(|furniture| document.slice(furniture.span));
    for words in blocks.chain(furniture) {
        texts.push(Folded::text_of(words));
        texts.extend(sentences(words).into_iter().map(|sentence| Folded::text_of(sentence.of(words))));
    }
    texts
}

/// The lists of wording in a `[check]` table; of lists of lists, all entries.
pub(crate) fn lists(check: &Spanned<DeValue<'_>>) -> Vec<Listed> {
    let DeValue::Table(settings) = check.get_ref() else { return Vec::new() };
    let mut found = Vec::new();
    for (key, value) in settings {
        let name: &str = key.get_ref();
        if !NAMES.contains(&name) && matches!(value.get_ref(), DeValue::Array(_)) {
            entries(name, value, &mut found);
        }
    }
    found.sort_by_key(|listed| listed.at.start);
    found
}

fn entries(list: &str, value: &Spanned<DeValue<'_>>, found: &mut Vec<Listed>) {
    match value.get_ref() {
        DeValue::String(entry) => {
            found.push(Listed { list: list.to_owned(), entry: entry.to_string(), at: value.span() });
        }
        DeValue::Array(values) => values.iter().for_each(|value| entries(list, value, found)),
        _ => {}
    }
}

/// The sections that a `[check]` table names, as it names them.
pub(crate) fn sections<'t>(check: &'t Spanned<DeValue<'_>>) -> Vec<&'t str> {
    let DeValue::Table(settings) = check.get_ref() else { return Vec::new() };
    let named = settings.iter().filter(|(key, _)| matches!(key.get_ref().as_ref(), "sections" | "within"));
    let arrays = named.filter_map(|(_, value)| value.get_ref().as_array());
    arrays.flat_map(|array| array.iter().filter_map(|value| value.get_ref().as_str())).collect()
}
