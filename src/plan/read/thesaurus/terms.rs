//! The field's own words for needs and for what answers them: what stands in which list, and which lists say what.

use crate::plan::read::words::Words;
use crate::text::Folded;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Concepts of need, each with its words for needs and for provision.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Thesaurus {
    /// The words of every term: each with the number of its pattern.
    pub(super) words: Words,
    /// For each pattern, whether any ending may follow it.
    pub(super) open: Vec<bool>,
    /// The terms of all lists, by the first of their patterns.
    pub(super) terms: Vec<Vec<Term>>,
    pub(super) lists: usize,
    pub(super) difficulty: ListId,
    pub(super) reassuring: ListId,
    /// Words that tell nothing, by their first byte; a stem stands for all that begins with it.
    pub(super) common: BTreeMap<u8, Vec<Common>>,
    pub(super) areas: Vec<String>,
    pub(super) concepts: Vec<Concept>,
    pub(super) conditions: Vec<Condition>,
    pub(super) particulars: Vec<Particular>,
}

/// Index of a concept of the thesaurus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct ConceptId(pub(super) usize);

impl ConceptId {
    /// Its place in the thesaurus.
    pub(crate) fn index(self) -> usize {
        self.0
    }
}

/// Provision so particular that it answers only some needs.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Particular {
    /// What it is, in plain words.
    pub(crate) title: String,
    pub(super) terms: ListId,
    pub(super) serves: BTreeSet<ConceptId>,
}

/// A word that tells nothing.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Common {
    Word(String),
    Stem(String),
}

/// A term of a list: besides the pattern that it is found by, all of these must be there.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Term {
    pub(super) others: Vec<usize>,
    pub(super) list: ListId,
}

/// Index of a list of terms.
pub(super) type ListId = usize;

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Concept {
    pub(super) name: String,
    pub(super) broad: bool,
    pub(super) signs: ListId,
    pub(super) topics: ListId,
    pub(super) answers: ListId,
    pub(super) helps: ListId,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Condition {
    pub(super) terms: ListId,
    pub(super) brings: BTreeSet<ConceptId>,
}

/// What the thesaurus finds in some words: for each of its lists of terms, how many of them are there.
#[derive(Clone, Debug)]
pub(crate) struct Reading(Vec<u8>);

impl Reading {
    fn any(&self, list: ListId) -> bool {
        self.count(list) > 0
    }

    fn count(&self, list: ListId) -> u8 {
        self.0.get(list).copied().unwrap_or_default()
    }
}

impl Thesaurus {
    /// Looks for every term in `words`.
    pub(crate) fn read(&self, words: &Levelled) -> Reading {
        let Levelled(text) = words;
        let mut found: Vec<usize> = Vec::new();
        let mut lists = vec![0_u8; self.lists];
        self.words.each_in(text, |pattern, end| {
            if self.open[pattern] || ends_word(&text[end..]) {
                found.push(pattern);
            }
        });
        found.sort_unstable();
        found.dedup();
        for term in found.iter().filter_map(|pattern| self.terms.get(*pattern)).flatten() {
            if term.others.iter().all(|pattern| found.binary_search(pattern).is_ok()) {
                lists[term.list] = lists[term.list].saturating_add(1);
            }
        }
        Reading(lists)
    }

    /// The concepts that these words state a need of. None where the words say that all is well.
    pub(crate) fn needs(&self, reading: &Reading) -> BTreeSet<ConceptId> {
        if reading.any(self.reassuring) {
            return BTreeSet::new();
        }
        let difficult = reading.any(self.difficulty);
        self.which(|c| reading.any(c.signs) || difficult && reading.any(c.topics))
    }

    /// The concepts that these words state a need of outright, and that are no broad ones.
    pub(crate) fn plain_needs(&self, reading: &Reading) -> BTreeSet<ConceptId> {
        let plain = self.which(|c| !c.broad && reading.any(c.signs));
        plain.intersection(&self.needs(reading)).copied().collect()
    }

    /// Of these concepts, those that the words state a need of with most signs, or nearly so: what a sentence is about.
    pub(crate) fn foremost(&self, reading: &Reading, concepts: &BTreeSet<ConceptId>) -> BTreeSet<ConceptId> {
        let signs = |id: &ConceptId| self.concepts.get(id.0).map_or(0, |c| reading.count(c.signs));
        let most = concepts.iter().map(signs).max().unwrap_or_default();
        concepts.iter().copied().filter(|id| u16::from(signs(id)) * 2 > u16::from(most)).collect()
    }

    /// The concepts that these words of provision answer outright, not by the mere mention of a topic.
    pub(crate) fn plain_answers(&self, reading: &Reading) -> BTreeSet<ConceptId> {
        self.which(|c| reading.any(c.answers) || reading.any(c.signs))
    }

    /// The concepts that these words of provision answer.
    pub(crate) fn answers(&self, reading: &Reading) -> BTreeSet<ConceptId> {
        self.which(|c| reading.any(c.answers) || reading.any(c.signs) || reading.any(c.topics))
    }

    /// The concepts that these words of provision may answer, where they stand in the right place.
    pub(crate) fn helps(&self, reading: &Reading) -> BTreeSet<ConceptId> {
        self.which(|c| reading.any(c.helps))
    }

    /// The concepts that these words touch at all, conditions that bring them included.
    pub(crate) fn touches(&self, reading: &Reading) -> BTreeSet<ConceptId> {
        if reading.any(self.reassuring) {
            return BTreeSet::new();
        }
        let mut found = self.which(|c| reading.any(c.signs) || reading.any(c.topics));
        for condition in self.conditions.iter().filter(|c| reading.any(c.terms)) {
            found.extend(&condition.brings);
        }
        found
    }

    /// The particular kinds of provision that these words name.
    pub(crate) fn particulars(&self, reading: &Reading) -> Vec<&Particular> {
        self.particulars.iter().filter(|particular| reading.any(particular.terms)).collect()
    }

    /// Whether a concept is so wide that almost any provision touches it.
    pub(crate) fn broad(&self, concept: ConceptId) -> bool {
        self.concepts.get(concept.0).is_none_or(|c| c.broad)
    }

    /// The plain name of a concept.
    pub(crate) fn name(&self, concept: ConceptId) -> &str {
        self.concepts.get(concept.0).map_or("", |c| c.name.as_str())
    }

    /// The stems of the words that can show that two statements speak of the same thing: long ones, and none that
    /// plans use everywhere. One that stands there twice comes twice.
    pub(crate) fn stems<'w>(&self, words: &'w Levelled) -> impl Iterator<Item = &'w str> {
        let words = words.0.split(|c: char| !c.is_alphanumeric());
        let telling =
            |word: &&str| word.len() >= 5 && !word.bytes().any(|b| b.is_ascii_digit()) && !self.is_common(word);
        words.filter(telling).map(stem)
    }

    /// The words of a heading without the names of the areas of need, which say nothing of what is provided.
    pub(crate) fn without_areas(&self, heading: &str) -> String {
        let Levelled(mut text) = Levelled::of(heading);
        for area in &self.areas {
            text = text.replace(area.as_str(), " ");
        }
        text
    }

    fn is_common(&self, word: &str) -> bool {
        let alike = word.as_bytes().first().and_then(|first| self.common.get(first));
        alike.is_some_and(|alike| {
            alike.iter().any(|common| match common {
                Common::Stem(stem) => word.starts_with(stem.as_str()),
                Common::Word(known) => word == known,
            })
        })
    }

    fn which(&self, holds: impl Fn(&Concept) -> bool) -> BTreeSet<ConceptId> {
        self.concepts.iter().enumerate().filter(|(_, c)| holds(c)).map(|(index, _)| ConceptId(index)).collect()
    }
}

impl Particular {
    /// Whether it serves one of these concepts.
    pub(crate) fn serves_any(&self, concepts: &BTreeSet<ConceptId>) -> bool {
        !self.serves.is_disjoint(concepts)
    }
}

/// Words as terms are written: folded, with hyphens and slashes as spaces and `&` as "and".
#[derive(Clone)]
pub(crate) struct Levelled(pub(super) String);

impl Levelled {
    /// Levels some words.
    pub(crate) fn of(words: &str) -> Self {
        let mut levelled = Self(String::with_capacity(words.len()));
        levelled.add(words);
        levelled
    }

    fn add(&mut self, words: &str) {
        let Self(text) = self;
        let mut parted = !text.is_empty();
        for c in Folded::text_of(words).chars() {
            if matches!(c, '-' | '/') || c.is_whitespace() {
                parted = !text.is_empty();
                continue;
            }
            if std::mem::take(&mut parted) {
                text.push(' ');
            }
            if c == '&' { text.push_str("and") } else { text.push(c) }
        }
    }
}

/// Whether a word ends here, or after a plural's or a possessive's `s`.
fn ends_word(rest: &str) -> bool {
    let over = |rest: &str| !rest.chars().next().is_some_and(char::is_alphanumeric);
    over(rest) || ["s", "es"].iter().any(|ending| rest.strip_prefix(ending).is_some_and(over))
}

/// A crude stem: the word without its commonest endings.
fn stem(word: &str) -> &str {
    let endings = ["ations", "ation", "ings", "ing", "ies", "edly", "ers", "ed", "es", "er", "ly", "s", "y", "e"];
    let cut = endings.iter().find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.len() >= 4));
    cut.unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::read::thesaurus::thesaurus;

    fn names(found: BTreeSet<ConceptId>) -> Vec<&'static str> {
        found.into_iter().filter(|&c| !thesaurus().broad(c)).map(|c| thesaurus().name(c)).collect()
    }

    fn check_needs(words: &str, expected: &[&str]) {
        assert_eq!(names(thesaurus().needs(&thesaurus().read(&Levelled::of(words)))), expected, "{words}");
    }

    fn check_answer(words: &str, concept: &str, answers: bool) {
        let found = names(thesaurus().answers(&thesaurus().read(&Levelled::of(words))));
        assert_eq!(found.contains(&concept), answers, "{words}: {found:?}");
    }

    #[test]
    fn tells_needs() {
        check_needs("Sam has a moderate hearing loss.", &["hearing"]);
        check_needs("Sam's handwriting is slow and cannot be read.", &["reading", "writing", "fine motor"]);
        check_needs("Sam has marked word\u{2011}finding difficulties.", &["expressive language"]);
        check_needs("Hearing and vision are within normal limits.", &[]);
        check_needs("Sam is sociable and uses forty signs.", &[]);
    }

    #[test]
    fn tells_answers() {
        check_answer("Weekly visit of a QToD", "hearing", true);
        check_answer("SaLT, 30 minutes weekly", "expressive language", true);
        check_answer("Everyone will sign the key words in every session", "hearing", false);
        check_answer("Salty snacks", "expressive language", false);
        check_answer("Text-to-speech software", "speech sounds", false);
    }

    #[test]
    fn leaves_area_names_out_of_headings() {
        assert_eq!(thesaurus().without_areas("Sensory and/or Physical").trim(), "");
        assert_eq!(thesaurus().without_areas("Number and memory").trim(), "number and memory");
    }

    #[test]
    fn stems_only_telling_words() {
        let words = Levelled::of("Cooking, laundry & reading at school \n - every week");
        assert_eq!(words.0, "cooking, laundry and reading at school every week");
        assert_eq!(thesaurus().stems(&words).collect::<Vec<_>>(), ["cook", "laundr", "read"]);
    }
}
