//! The field's own words for needs and for what answers them: what stands in which list, and which lists say what.

use crate::plan::read::thesaurus::concepts::{ConceptId, Concepts};
use crate::plan::read::words::Words;
use crate::text::Folded;
use serde::{Deserialize, Serialize};

/// Concepts of need, each with its words for needs and for provision.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Thesaurus {
    /// The words of every term: each with the number of its pattern.
    pub(super) words: Words,
    /// For each pattern, whether any ending may follow it.
    pub(super) open: Vec<bool>,
    pub(super) terms: Terms,
    /// What each list says of a concept.
    pub(super) lists: Vec<Option<Saying>>,
    pub(super) difficulty: ListId,
    pub(super) reassuring: ListId,
    /// Words that tell nothing; one whose number is [`STEM`] stands for all that begins with it.
    pub(super) common: Words,
    pub(super) areas: Vec<String>,
    pub(super) concepts: Vec<Concept>,
    /// Concepts so wide that almost any provision touches them.
    pub(super) broad: Concepts,
    pub(super) conditions: Vec<Condition>,
    pub(super) particulars: Vec<Particular>,
}

/// Provision so particular that it answers only some needs.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Particular {
    /// What it is, in plain words.
    pub(crate) title: String,
    pub(super) terms: ListId,
    pub(super) serves: Concepts,
}

/// The number of a common word that stands for all that begins with it.
pub(super) const STEM: usize = 1;

/// The terms of all lists, by the first of their patterns.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Terms {
    pub(super) all: Vec<Term>,
    /// Where the terms of each pattern begin, and their end.
    pub(super) begins: Vec<usize>,
    /// The other patterns of all terms, one after the other, and then those that must not be there.
    pub(super) others: Vec<usize>,
}

/// A term of a list.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Term {
    pub(super) list: ListId,
    /// Besides the pattern that it is found by, all of these must be there: where they begin and end.
    pub(super) others: (usize, usize),
    /// None of these may be there: they follow the others up to here.
    pub(super) barred: usize,
}

impl Terms {
    /// The list of each term of a pattern of which all other patterns, and none that are barred, are among those that were `found`.
    fn lists<'t>(&'t self, pattern: usize, found: &'t [usize]) -> impl Iterator<Item = ListId> + 't {
        let place = |at: usize| self.begins.get(at).copied();
        let own = place(pattern).zip(place(pattern + 1)).and_then(|(from, to)| self.all.get(from..to));
        let between = |from: usize, to: usize| self.others.get(from..to).unwrap_or_default();
        let is_there = |pattern: &usize| found.binary_search(pattern).is_ok();
        let all_there = move |term: &&Term| {
            let (from, to) = term.others;
            between(from, to).iter().all(is_there) && !between(to, term.barred).iter().any(is_there)
        };
        own.unwrap_or_default().iter().filter(all_there).map(|term| term.list)
    }
}

/// Index of a list of terms.
pub(super) type ListId = usize;

/// What the terms of a list say of a concept.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Saying {
    pub(super) what: Says,
    pub(super) of: ConceptId,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) enum Says {
    Signs,
    Topics,
    Answers,
    Helps,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Concept {
    pub(super) name: String,
    pub(super) signs: ListId,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Condition {
    pub(super) terms: ListId,
    pub(super) brings: Concepts,
}

/// What the thesaurus finds in some words.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    /// The patterns of terms, in order.
    found: Box<[usize]>,
    /// For each of its lists of terms, how many of them are there.
    counts: Box<[u8]>,
    said: Said,
}

/// The concepts that some words hold terms of.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Said {
    signs: Concepts,
    topics: Concepts,
    answers: Concepts,
    helps: Concepts,
}

impl Thesaurus {
    /// Looks for every term in `words`.
    pub(crate) fn read(&self, Levelled(words): &Levelled) -> Reading {
        let mut found: Vec<usize> = Vec::new();
        self.words.each_in(words, |pattern, end| {
            if self.open[pattern] || ends_word(&words[end..]) {
                found.push(pattern);
            }
        });
        self.reading(found)
    }

    fn reading(&self, mut found: Vec<usize>) -> Reading {
        found.sort_unstable();
        found.dedup();
        let (mut counts, mut said) = (vec![0_u8; self.lists.len()].into_boxed_slice(), Said::default());
        self.each_term(&found, |list| {
            if let Some(count) = counts.get_mut(list) {
                *count = count.saturating_add(1);
            }
            said.add(self.lists.get(list).copied().flatten());
        });
        Reading { found: found.into_boxed_slice(), counts, said }
    }

    /// What is said by words and others behind them, both of which were read by themselves: all that is left to look for is
    /// what begins in the one and ends in the other.
    pub(crate) fn said_by_both(&self, one: (&Levelled, &Reading), other: (&Levelled, &Reading)) -> Said {
        let ((Levelled(before), read_before), (Levelled(behind), read_behind)) = (one, other);
        let longest = self.words.longest();
        // One letter more than the longest term: what begins in a word that is cut here does not go so far.
        let from = before.floor_char_boundary(before.len().saturating_sub(longest + 1));
        let seam = before.len() - from;
        let both = [&before[from..], " ", &behind[..behind.floor_char_boundary(longest + 8)]].concat();
        let mut found = [&*read_before.found, &*read_behind.found].concat();
        self.words.each_in(&both, |pattern, end| {
            if end > seam && (self.open[pattern] || ends_word(&both[end..])) {
                found.push(pattern);
            }
        });
        found.sort_unstable();
        found.dedup();
        let mut said = Said::default();
        self.each_term(&found, |list| said.add(self.lists.get(list).copied().flatten()));
        said
    }

    /// The list of each term whose patterns were found.
    fn each_term(&self, found: &[usize], mut term_of: impl FnMut(ListId)) {
        for &pattern in found {
            self.terms.lists(pattern, found).for_each(&mut term_of);
        }
    }

    /// The concepts that these words state a need of. None where the words say that all is well.
    pub(crate) fn needs(&self, reading: &Reading) -> Concepts {
        if reading.any(self.reassuring) {
            return Concepts::default();
        }
        if reading.any(self.difficulty) { reading.said.signs.or(reading.said.topics) } else { reading.said.signs }
    }

    /// The concepts that these words state a need of outright, and that are no broad ones.
    pub(crate) fn plain_needs(&self, reading: &Reading) -> Concepts {
        self.telling(reading.said.signs).and(self.needs(reading))
    }

    /// Of these concepts, those that the words state a need of with most signs, or nearly so: what a sentence is about.
    pub(crate) fn foremost(&self, reading: &Reading, concepts: Concepts) -> Concepts {
        let signs = |ConceptId(index)| self.concepts.get(index).map_or(0, |c| reading.count(c.signs));
        let most = concepts.iter().map(signs).max().unwrap_or_default();
        concepts.iter().filter(|&id| u16::from(signs(id)) * 2 > u16::from(most)).collect()
    }

    /// The concepts that these words touch at all, conditions that bring them included.
    pub(crate) fn touches(&self, reading: &Reading) -> Concepts {
        if reading.any(self.reassuring) {
            return Concepts::default();
        }
        let conditions = self.conditions.iter().filter(|c| reading.any(c.terms));
        conditions.fold(reading.said.signs.or(reading.said.topics), |found, condition| found.or(condition.brings))
    }

    /// The particular kinds of provision that these words name.
    pub(crate) fn particulars(&self, reading: &Reading) -> Vec<&Particular> {
        self.particulars.iter().filter(|particular| reading.any(particular.terms)).collect()
    }

    /// These concepts but for those that are so wide that almost any provision touches them.
    pub(crate) fn telling(&self, concepts: Concepts) -> Concepts {
        concepts.without(self.broad)
    }

    /// The plain name of a concept.
    pub(crate) fn name(&self, ConceptId(index): ConceptId) -> &str {
        self.concepts.get(index).map_or("", |c| c.name.as_str())
    }

    /// The stems of the words that can show that two statements speak of the same thing: long ones, and none that
    /// plans use everywhere. Each with where it begins; one that stands there twice comes twice.
    pub(crate) fn stems<'w>(&self, Levelled(words): &'w Levelled) -> impl Iterator<Item = (usize, &'w str)> {
        let between = |c: char| !c.is_alphanumeric();
        let words = words.split_inclusive(between).scan(0, move |next, word| {
            let at = std::mem::replace(next, *next + word.len());
            Some((at, word.trim_end_matches(between)))
        });
        let telling = |(_, word): &(usize, &str)| {
            word.len() >= 5 && !word.bytes().any(|b| b.is_ascii_digit()) && !self.is_common(word)
        };
        words.filter(telling).map(|(at, word)| (at, stem(word)))
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
        let mut common = false;
        self.common.each_at(word.as_bytes(), |number, length| common |= number == STEM || length == word.len());
        common
    }
}

impl Reading {
    /// The concepts that the words hold terms of.
    pub(crate) fn said(&self) -> Said {
        self.said
    }

    fn any(&self, list: ListId) -> bool {
        self.count(list) > 0
    }

    fn count(&self, list: ListId) -> u8 {
        self.counts.get(list).copied().unwrap_or_default()
    }
}

impl Said {
    fn add(&mut self, saying: Option<Saying>) {
        let Some(Saying { what, of }) = saying else { return };
        let concepts = match what {
            Says::Signs => &mut self.signs,
            Says::Topics => &mut self.topics,
            Says::Answers => &mut self.answers,
            Says::Helps => &mut self.helps,
        };
        concepts.add(of);
    }

    /// The concepts that words of provision answer outright, not by the mere mention of a topic.
    pub(crate) fn plain_answers(self) -> Concepts {
        self.answers.or(self.signs)
    }

    /// The concepts that words of provision answer.
    pub(crate) fn answers(self) -> Concepts {
        self.plain_answers().or(self.topics)
    }

    /// The concepts that words of provision may answer, where they stand in the right place.
    pub(crate) fn helps(self) -> Concepts {
        self.helps
    }
}

impl Particular {
    /// Whether it serves one of these concepts.
    pub(crate) fn serves_any(&self, concepts: Concepts) -> bool {
        self.serves.meet(concepts)
    }

    /// Whether it serves all that the other serves, and more: it names the kind of which the other is one.
    pub(crate) fn is_wider_than(&self, other: &Self) -> bool {
        self.serves != other.serves && other.serves.without(self.serves).is_empty()
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

    /// The words.
    pub(crate) fn text(&self) -> &str {
        &self.0
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

    fn names(found: Concepts) -> Vec<&'static str> {
        thesaurus().telling(found).iter().map(|c| thesaurus().name(c)).collect()
    }

    fn check_needs(words: &str, expected: &[&str]) {
        assert_eq!(names(thesaurus().needs(&thesaurus().read(&Levelled::of(words)))), expected, "{words}");
    }

    fn check_answer(words: &str, concept: &str, answers: bool) {
        let found = names(thesaurus().read(&Levelled::of(words)).said().answers());
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
        check_answer("Exercises for hands and fingers from the OT, five minutes daily", "fine motor", true);
        check_answer("OT programme, five minutes daily", "fine motor", true);
        check_answer("A sensory diet from the OT, five minutes daily", "fine motor", false);
        check_answer("Text-to-speech software", "speech sounds", false);
    }

    #[test]
    fn reads_words_and_what_stands_behind_them_as_one() {
        let (read, of) = (|words: &Levelled| thesaurus().read(words), Levelled::of);
        for (one, other) in [
            ("A teacher of the", "deaf visits weekly"),
            ("speech", "and language therapy"),
            ("Weekly hearing", "aid checks, and a radio aid"),
            ("", "fine motor skills"),
            ("Sam has marked word\u{2011}finding difficulties and is wary of every new", "sound"),
        ] {
            let (first, second) = (of(one), of(other));
            let both = thesaurus().said_by_both((&first, &read(&first)), (&second, &read(&second)));
            let whole = read(&of(&format!("{one} {other}"))).said();
            assert_eq!(format!("{both:?}"), format!("{whole:?}"), "{one} {other}");
        }
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
        assert_eq!(thesaurus().stems(&words).collect::<Vec<_>>(), [(0, "cook"), (9, "laundr"), (21, "read")]);
    }
}
