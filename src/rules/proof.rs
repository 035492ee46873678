//! Proof: whether a rule lives up to the examples in its own file.

use crate::document::{Document, Gap, GapKind, Place};
use crate::plan::{Letter, Need, Plan};
use crate::rules::hit::{Anchor, Hit};
use crate::rules::named::Named;
use crate::rules::rule::Rule;
use serde::Deserialize;
use thiserror::Error;

/// An example of a rule file: a small plan, and what the rule has to find in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The plan in the plain notation, without marks.
    pub text: String,
    /// The words that have to be flagged, in reading order. Empty for a plan that is to be left alone.
    pub marks: Vec<String>,
    /// Sections whose absence has to be flagged; `plan` for something that the whole plan lacks.
    pub lacks: Vec<String>,
    /// What the findings have to say is missing; not looked at where empty.
    pub missing: Vec<Need>,
    /// How many parts of the example's file could not be read, and have to be flagged.
    pub unread: usize,
    /// Whether those parts are pictures inside a page that was read.
    pub picture: bool,
    /// Whether the rule has to find something.
    pub fires: bool,
    /// Why it is flagged or left alone.
    pub why: Option<String>,
    /// The text as the author wrote it, marks in place.
    pub written: String,
}

/// An example as it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expectation {
    text: String,
    /// The section to put a text without any heading into.
    section: Option<Named<Letter>>,
    #[serde(default)]
    lacks: Vec<String>,
    #[serde(default)]
    missing: Vec<Named<Need>>,
    #[serde(default)]
    unread: usize,
    #[serde(default)]
    picture: bool,
    why: Option<String>,
}

/// How a rule fails an example.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Miss {
    /// It speaks where it has to be silent.
    #[error("noisy: it should stay silent, and flags {0:?}")]
    Noisy(Vec<String>),
    /// It is silent where it has to speak.
    #[error("missing: it should flag {0:?}, and flags nothing")]
    Missing(Vec<String>),
    /// It speaks of something else.
    #[error("wrong words: it should flag {expected:?}, and flags {found:?}")]
    WrongWords {
        /// What it should flag.
        expected: Vec<String>,
        /// What it does flag.
        found: Vec<String>,
    },
}

impl Rule {
    /// Whether the rule does with `example` what its author says.
    pub fn prove(&self, example: &Example) -> Result<(), Miss> {
        let mut document = Document::from_notation(&example.text);
        for _ in 0..example.unread {
            let at = document.text().len();
            let kind = if example.picture { GapKind::Picture } else { GapKind::PageWithoutText };
            document = document.with_gap(Gap { kind, place: Place::default(), at });
        }
        let plan = Plan::read(document);
        let mut hits = self.check.hits(&plan);
        hits.sort_by_key(|hit| hit.marks.first().map_or(usize::MAX, |mark| mark.start));
        let found = described(&plan, &hits);
        let mut expected: Vec<String> = example.marks.iter().map(|mark| level(mark)).collect();
        expected.extend(example.lacks.iter().map(|name| format!("no {name}")));
        expected.extend((0..example.unread).filter(|_| example.fires).map(|_| "unread".to_owned()));
        let needs: Vec<&str> = example.missing.iter().map(|need| need.as_str()).collect();
        let mut stated: Vec<Need> = hits.iter().flat_map(|hit| hit.missing.iter().copied()).collect();
        stated.sort_unstable();
        stated.dedup();
        let mut wanted = example.missing.clone();
        wanted.sort_unstable();
        let same_needs = wanted.is_empty() || wanted == stated;
        let stated = stated.iter().map(|need| need.as_str());
        match (example.fires, found.is_empty()) {
            (false, true) => Ok(()),
            (false, false) => Err(Miss::Noisy(found)),
            (true, true) => Err(Miss::Missing(expected)),
            (true, false) if found == expected && same_needs => Ok(()),
            (true, false) if same_needs => Err(Miss::WrongWords { expected, found }),
            (true, false) => Err(Miss::WrongWords {
                expected: expected.into_iter().chain(needs.into_iter().map(str::to_owned)).collect(),
                found: found.into_iter().chain(stated.map(str::to_owned)).collect(),
            }),
        }
    }
}

/// What the hits point at, as examples say it: the words of their marks in reading order, then the absences.
fn described(plan: &Plan, hits: &[Hit]) -> Vec<String> {
    let speaking = hits.iter().filter(|hit| matches!(hit.anchor, Anchor::Text(_)));
    let marks = speaking.flat_map(|hit| &hit.marks).filter(|mark| !mark.is_empty());
    let mut spans: Vec<_> = marks.copied().collect();
    spans.sort_unstable();
    spans.dedup();
    let mut found: Vec<String> = spans.into_iter().map(|mark| level(plan.slice(mark))).collect();
    for hit in hits {
        match hit.anchor {
            Anchor::Missing(Some(letter)) => found.push(format!("no {letter}")),
            Anchor::Missing(None) if hit.values.iter().any(|(name, _)| *name == "unread") => {
                found.push("unread".to_owned());
            }
            Anchor::Missing(None) => found.push("no plan".to_owned()),
            Anchor::Text(_) => {}
        }
    }
    found
}

fn level(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The example that an author wrote for the rule `id`; a text without a heading is put into the section the rule is about.
pub(crate) fn example(id: &str, written: &Expectation, fires: bool) -> Result<Example, &'static str> {
    let (plain, marks) = unmark(&written.text)?;
    let points = !marks.is_empty() || !written.lacks.is_empty() || written.unread > 0;
    if fires && !points {
        return Err("this example marks nothing");
    }
    if !fires && (!marks.is_empty() || !written.lacks.is_empty() || !written.missing.is_empty()) {
        return Err("an example of silence marks nothing");
    }
    if !fires && written.why.as_ref().is_none_or(|why| why.trim().is_empty()) {
        return Err("an example of silence says why");
    }
    let known = |name: &String| name == "plan" || Letter::ALL.iter().any(|letter| letter.as_str() == name);
    if !written.lacks.iter().all(known) {
        return Err("what is lacking is a section's letter, or \"plan\"");
    }
    let has_heading = plain.lines().any(|line| line.trim_start().starts_with('#'));
    let section = written.section.map(|Named(letter)| letter).or_else(|| topic(id));
    let text = match section {
        Some(letter) if !has_heading => format!("# Section {letter}: {}\n\n{}\n", letter.title(), plain.trim()),
        _ => plain,
    };
    Ok(Example {
        text,
        marks,
        lacks: written.lacks.clone(),
        missing: written.missing.iter().map(|&Named(need)| need).collect(),
        unread: written.unread,
        picture: written.picture,
        fires,
        why: written.why.clone(),
        written: written.text.trim().to_owned(),
    })
}

/// The section that a rule's topic is about.
pub(crate) fn topic(id: &str) -> Option<Letter> {
    match id.split_once('/')?.0 {
        "views" => Some(Letter::A),
        "needs" => Some(Letter::B),
        "outcomes" => Some(Letter::E),
        "provision" => Some(Letter::F),
        "placement" => Some(Letter::I),
        "budget" => Some(Letter::J),
        "advice" => Some(Letter::K),
        _ => None,
    }
}

/// A text without its «marks», and the marked words. `\«` and `\»` are the characters themselves.
fn unmark(text: &str) -> Result<(String, Vec<String>), &'static str> {
    let mut plain = String::with_capacity(text.len());
    let mut marks = Vec::new();
    let mut open = None;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match (c, open) {
            ('\\', _) if matches!(characters.peek(), Some('«' | '»')) => plain.extend(characters.next()),
            ('«', None) => open = Some(plain.len()),
            ('»', Some(start)) => {
                marks.push(plain.get(start..).unwrap_or_default().to_owned());
                open = None;
            }
            ('«' | '»', _) => return Err("the marks «…» do not pair"),
            _ => plain.push(c),
        }
    }
    if open.is_some() {
        return Err("the marks «…» do not pair");
    }
    Ok((plain, marks))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, plain: &str, marks: &[&str]) {
        let marks = marks.iter().map(|&mark| mark.to_owned()).collect();
        assert_eq!(unmark(text), Ok((plain.to_owned(), marks)));
    }

    #[test]
    fn reads_marks_in_place() {
        check("a «b c» d", "a b c d", &["b c"]);
        check(r"Dear «\«Name\»»", "Dear «Name»", &["«Name»"]);
        check("none", "none", &[]);
        assert!(unmark("a « b").is_err() && unmark("a » b").is_err() && unmark("««a»»").is_err());
    }
}
