//! Wording: the sentences of the papers, out of `lexicon/papers/`, and the request that each finding becomes.

use crate::plan::Sort;
use crate::plan::lexicon::list;
use crate::render::papers::person::Person;
use crate::rules::blanks::blanks;
use crate::rules::prose::questions;
use crate::rules::template::Template;
use crate::rules::{Category, Finding};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What is said of each kind of finding.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kinds {
    kind: Vec<Kind>,
    rule: BTreeMap<String, String>,
    opening: Vec<Swap>,
    inside: Vec<Swap>,
}

/// What is said of one kind.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Kind {
    category: Option<Category>,
    pub(crate) name: String,
    pub(crate) explain: String,
    /// Whether it is about the form of the plan and not about help.
    #[serde(default)]
    pub(crate) formal: bool,
    ask: Option<String>,
    /// What a working document puts in the place of weak words.
    pub(crate) instead: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Swap {
    from: String,
    to: String,
}

/// The kinds, read once.
pub(crate) fn kinds() -> &'static Kinds {
    static KINDS: LazyLock<Kinds> = LazyLock::new(|| list("papers/kinds"));
    &KINDS
}

impl Kinds {
    /// What is said of a category, and its place among the kinds: the gravest is 0.
    pub(crate) fn of(&self, category: Category) -> (usize, &Kind) {
        static NONE: LazyLock<Kind> = LazyLock::new(Kind::default);
        let found = self.kind.iter().enumerate().find(|(_, kind)| kind.category == Some(category));
        found.unwrap_or((self.kind.len(), &NONE))
    }

    /// What is asked for because of a finding, in a letter to the council.
    pub(crate) fn request(&self, finding: &Finding<'_>, sort: Option<Sort>, person: &Person) -> String {
        let own = self.rule.get(&finding.rule.id).or(self.of(finding.rule.category).1.ask.as_ref());
        let missing = questions(&finding.missing, sort, "and");
        let blanks = blanks(&finding.missing, sort);
        let quotes = quotes(finding);
        let needs_missing = own.is_some_and(|own| own.contains("{missing}"));
        let needs_quotes = own.is_some_and(|own| own.contains("{quotes}"));
        match own {
            Some(own) if !(needs_missing && missing.is_empty() || needs_quotes && quotes.is_empty()) => {
                let possessive = person.possessive();
                Template::new(own).fill(|name| match name {
                    "missing" => Some(missing.as_str()),
                    "blanks" => Some(blanks.as_str()),
                    "quotes" => Some(quotes.as_str()),
                    "child" => Some(person.object()),
                    "childs" => Some(possessive.as_str()),
                    _ => None,
                })
            }
            _ => self.in_first_person(&finding.help),
        }
    }

    /// The help of a rule, which tells the reader of a report what to ask, as what that reader asks.
    fn in_first_person(&self, help: &str) -> String {
        let sentences: Vec<String> = help.split_inclusive(". ").map(|sentence| self.turned(sentence)).collect();
        sentences.concat().trim().to_owned()
    }

    fn turned(&self, sentence: &str) -> String {
        let swap = self.opening.iter().find(|swap| sentence.starts_with(&swap.from));
        let begun = swap.map_or_else(|| sentence.to_owned(), |swap| sentence.replacen(&swap.from, &swap.to, 1));
        self.inside.iter().fold(begun, |sentence, swap| sentence.replace(&swap.from, &swap.to))
    }
}

/// The weak words of a finding, each in quotation marks, as its message has them.
fn quotes(finding: &Finding<'_>) -> String {
    let message = &finding.message;
    let (Some(from), Some(to)) = (message.find('\u{201c}'), message.rfind('\u{201d}')) else { return String::new() };
    message.get(from..to + '\u{201d}'.len_utf8()).unwrap_or_default().to_owned()
}

/// A sentence of the papers with its names filled in.
pub(crate) fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    Template::new(sentence).fill(|name| values.iter().find(|(known, _)| *known == name).map(|&(_, value)| value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::plan::{Plan, Profile};
    use crate::rules::{Rules, Verdict};

    #[test]
    fn every_category_has_its_words() {
        for &category in Category::ALL {
            let (at, kind) = kinds().of(category);
            assert!(at < kinds().kind.len(), "{}", category.as_str());
            assert!(!kind.name.is_empty() && !kind.explain.is_empty(), "{}", category.as_str());
        }
    }

    /// Every rule's own examples, as a letter would ask: nothing in it still speaks to the reader of a report.
    #[test]
    fn every_request_is_in_the_first_person() {
        let rules = Rules::built_in();
        let person = Person::of(&Profile::default(), None);
        let mut asked = 0;
        for rule in rules.iter() {
            for example in rule.examples() {
                let plan = Plan::read(Document::from_notation(&example.text));
                let Verdict { findings, .. } = rules.check(&plan);
                for finding in findings.iter().filter(|finding| finding.rule.id == rule.id) {
                    let request = kinds().request(finding, None, &person);
                    asked += 1;
                    for odd in ["Ask ", "ask the council", " yourself", "{", "}"] {
                        assert!(!request.contains(odd), "{}: {request}", rule.id);
                    }
                    assert!(request.starts_with("Please "), "{}: {request}", rule.id);
                    assert!(request.ends_with(['.', '?']), "{}: {request}", rule.id);
                }
            }
        }
        assert!(asked > 100, "{asked}");
    }
}
