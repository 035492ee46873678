//! The field's own words for needs and for what answers them, read from `lexicon/thesaurus.toml`.

use crate::plan::lexicon;
use crate::plan::read::words::Words;
use crate::text::Folded;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static THESAURUS: LazyLock<Thesaurus> = LazyLock::new(|| Thesaurus::of(&lexicon::list("thesaurus")));

/// The thesaurus that stands in the binary.
pub(crate) fn thesaurus() -> &'static Thesaurus {
    &THESAURUS
}

/// Concepts of need, each with its words for needs and for provision.
#[derive(Debug, Default)]
pub(crate) struct Thesaurus {
    /// The words of every term: each with the number of its pattern.
    words: Words,
    /// For each pattern, whether any ending may follow it.
    open: Vec<bool>,
    /// The terms of all lists, by the first of their patterns.
    terms: Vec<Vec<(Term, ListId)>>,
    lists: usize,
    difficulty: ListId,
    reassuring: ListId,
    /// Words that tell nothing, by their first byte; a stem stands for all that begins with it.
    common: BTreeMap<u8, Vec<Common>>,
    areas: Vec<String>,
    concepts: Vec<Concept>,
    conditions: Vec<Condition>,
    particulars: Vec<Particular>,
}

/// Index of a concept of the thesaurus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ConceptId(usize);

impl ConceptId {
    /// Its place in the thesaurus.
    pub(crate) fn index(self) -> usize {
        self.0
    }
}

/// Provision so particular that it answers only some needs.
#[derive(Debug)]
pub(crate) struct Particular {
    /// What it is, in plain words.
    pub(crate) title: String,
    terms: ListId,
    serves: BTreeSet<ConceptId>,
}

/// A word that tells nothing.
#[derive(Debug)]
enum Common {
    Word(String),
    Stem(String),
}

/// Patterns that must all be there.
type Term = Vec<usize>;

/// Index of a list of terms.
type ListId = usize;

#[derive(Debug)]
struct Concept {
    name: String,
    broad: bool,
    signs: ListId,
    topics: ListId,
    answers: ListId,
    helps: ListId,
}

#[derive(Debug)]
struct Condition {
    terms: ListId,
    brings: BTreeSet<ConceptId>,
}

/// What the thesaurus finds in some words: for each of its lists of terms, whether one of them is there.
#[derive(Clone, Debug)]
pub(crate) struct Reading(Vec<bool>);

impl Reading {
    fn any(&self, list: ListId) -> bool {
        self.0.get(list).copied().unwrap_or(false)
    }
}

impl Thesaurus {
    /// Looks for every term in `words`.
    pub(crate) fn read(&self, words: &Levelled) -> Reading {
        let Levelled(text) = words;
        let mut found: BTreeSet<usize> = BTreeSet::new();
        let mut lists = vec![false; self.lists];
        self.words.each_in(text, |pattern, end| {
            if self.open[pattern] || ends_word(&text[end..]) {
                found.insert(pattern);
            }
        });
        for (term, list) in found.iter().filter_map(|pattern| self.terms.get(*pattern)).flatten() {
            if term.iter().all(|pattern| found.contains(pattern)) {
                lists[*list] = true;
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
pub(crate) struct Levelled(String);

impl Levelled {
    /// Levels some words.
    pub(crate) fn of(words: &str) -> Self {
        let mut levelled = Self(String::with_capacity(words.len()));
        levelled.add(words);
        levelled
    }

    /// The same with more words behind it.
    pub(crate) fn and(mut self, words: &str) -> Self {
        self.add(words);
        self
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

fn by_first_byte(common: &[String]) -> BTreeMap<u8, Vec<Common>> {
    let mut by_first: BTreeMap<u8, Vec<Common>> = BTreeMap::new();
    for entry in common {
        let stem = entry.strip_suffix('*');
        let Some(&first) = stem.unwrap_or(entry).as_bytes().first() else { continue };
        let known = stem.map_or_else(|| Common::Word(entry.clone()), |stem| Common::Stem(stem.to_owned()));
        by_first.entry(first).or_default().push(known);
    }
    by_first
}

/// A crude stem: the word without its commonest endings.
fn stem(word: &str) -> &str {
    let endings = ["ations", "ation", "ings", "ing", "ies", "edly", "ers", "ed", "es", "er", "ly", "s", "y", "e"];
    let cut = endings.iter().find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.len() >= 4));
    cut.unwrap_or(word)
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    difficulty: Vec<String>,
    reassuring: Vec<String>,
    common: Vec<String>,
    areas: Vec<String>,
    groups: BTreeMap<String, Vec<String>>,
    concept: Vec<ConceptSource>,
    condition: Vec<ConditionSource>,
    particular: Vec<ParticularSource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConceptSource {
    name: String,
    #[serde(default)]
    broad: bool,
    signs: Vec<String>,
    topics: Vec<String>,
    answers: Vec<String>,
    #[serde(default)]
    helps: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConditionSource {
    terms: Vec<String>,
    brings: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ParticularSource {
    title: String,
    terms: Vec<String>,
    serves: Vec<String>,
}

/// Collects patterns, each once, while terms are read.
#[derive(Default)]
struct Patterns<'s> {
    known: BTreeMap<&'s str, usize>,
    terms: Vec<Vec<(Term, ListId)>>,
    lists: usize,
}

impl<'s> Patterns<'s> {
    fn terms(&mut self, written: &'s [String], groups: &'s BTreeMap<String, Vec<String>>) -> ListId {
        let list = self.lists;
        self.lists += 1;
        for entry in written {
            match entry.strip_prefix('@') {
                Some(group) => groups.get(group).into_iter().flatten().for_each(|member| self.term(member, list)),
                None => self.term(entry, list),
            }
        }
        list
    }

    fn term(&mut self, written: &'s str, list: ListId) {
        let term: Term = written.split('&').map(|part| self.pattern(part.trim())).collect();
        if let Some(&first) = term.first() {
            self.terms[first].push((term, list));
        }
    }

    fn pattern(&mut self, written: &'s str) -> usize {
        *self.known.entry(written).or_insert_with(|| {
            self.terms.push(Vec::new());
            self.terms.len() - 1
        })
    }
}

impl Thesaurus {
    fn of(source: &Source) -> Self {
        let mut patterns = Patterns::default();
        let groups = &source.groups;
        let names: BTreeMap<&str, usize> =
            source.concept.iter().enumerate().map(|(index, c)| (c.name.as_str(), index)).collect();
        let ids = |listed: &[String]| -> BTreeSet<ConceptId> {
            if listed.iter().any(|name| name == "*") {
                return (0..names.len()).map(ConceptId).collect();
            }
            listed.iter().filter_map(|name| names.get(name.as_str())).map(|&index| ConceptId(index)).collect()
        };
        let difficulty = patterns.terms(&source.difficulty, groups);
        let reassuring = patterns.terms(&source.reassuring, groups);
        let conditions = source
            .condition
            .iter()
            .map(|c| Condition { terms: patterns.terms(&c.terms, groups), brings: ids(&c.brings) })
            .collect();
        let particulars = source
            .particular
            .iter()
            .map(|p| Particular {
                title: p.title.clone(),
                terms: patterns.terms(&p.terms, groups),
                serves: ids(&p.serves),
            })
            .collect();
        let concepts = source
            .concept
            .iter()
            .map(|c| Concept {
                name: c.name.clone(),
                broad: c.broad,
                signs: patterns.terms(&c.signs, groups),
                topics: patterns.terms(&c.topics, groups),
                answers: patterns.terms(&c.answers, groups),
                helps: patterns.terms(&c.helps, groups),
            })
            .collect();
        let mut open = vec![false; patterns.terms.len()];
        for (written, pattern) in &patterns.known {
            open[*pattern] = written.ends_with('*');
        }
        let plain =
            patterns.known.iter().map(|(written, pattern)| (Levelled::of(written.trim_end_matches('*')).0, *pattern));
        Self {
            words: Words::of(plain),
            open,
            terms: patterns.terms,
            lists: patterns.lists,
            difficulty,
            reassuring,
            common: by_first_byte(&source.common),
            areas: source.areas.clone(),
            concepts,
            conditions,
            particulars,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn reads_its_file() {
        let read: Source = lexicon::list("thesaurus");
        let names: BTreeSet<&str> = read.concept.iter().map(|c| c.name.as_str()).collect();
        let used = read.condition.iter().flat_map(|c| &c.brings).chain(read.particular.iter().flat_map(|p| &p.serves));
        for name in used.filter(|name| *name != "*") {
            assert!(names.contains(name.as_str()), "{name} is no concept");
        }
        let concepts =
            read.concept.iter().flat_map(|c| c.signs.iter().chain(&c.topics).chain(&c.answers).chain(&c.helps));
        for group in concepts.filter_map(|term| term.strip_prefix('@')) {
            assert!(read.groups.contains_key(group), "{group} is no group");
        }
        assert!(names.len() <= 128, "links hold concepts against each other as the bits of one number");
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
        let words = Levelled::of("Cooking, laundry & reading at school").and("- every week");
        assert_eq!(words.0, "cooking, laundry and reading at school every week");
        assert_eq!(thesaurus().stems(&words).collect::<Vec<_>>(), ["cook", "laundr", "read"]);
    }
}
