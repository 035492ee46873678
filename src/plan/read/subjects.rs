//! What statements are about: their words in the field's own terms, read once, for links and for whoever else asks.

use crate::document::Document;
use crate::plan::read::thesaurus::{Levelled, Reading, Said, thesaurus};
use crate::plan::{Role, Statement};
use crate::text::{Memory, number};
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// What some words are about.
pub(crate) struct Subject {
    words: Levelled,
    reading: OnceLock<Reading>,
    stems: OnceLock<Vec<Stem>>,
}

/// A stem among the words of a subject.
struct Stem {
    at: Range<usize>,
    number: u64,
}

/// What the statements of a plan are about, by their index; each is told when it is first asked for.
#[derive(Clone, Default)]
pub(crate) struct Subjects(Vec<OnceLock<Arc<Subject>>>);

/// What some words are about, whether they were read before or not.
pub(crate) fn subject(words: &str) -> Arc<Subject> {
    static SUBJECTS: Memory<Subject> = Memory::new();
    SUBJECTS.of(words, || Subject { words: Levelled::of(words), reading: OnceLock::new(), stems: OnceLock::new() })
}

/// The words of a statement that say what it is about: its cells but for comments and reviews, with what stands
/// before and after its list.
pub(crate) fn words(document: &Document, statement: &Statement) -> String {
    let mut words = String::new();
    let parts = statement.parts.iter().filter(|part| !matches!(part.role, Role::Comment | Role::Review));
    let spans = parts.map(|part| part.stands_for.filter(|_| part.span.is_empty()).unwrap_or(part.span));
    for span in statement.lead_in.into_iter().chain(spans).chain(statement.lead_out) {
        words.push_str(document.slice(span));
        words.push_str(" \n ");
    }
    words
}

impl Subject {
    /// What the thesaurus finds in the words.
    pub(crate) fn reading(&self) -> &Reading {
        self.reading.get_or_init(|| thesaurus().read(&self.words))
    }

    /// What the thesaurus finds in the words and in others behind them.
    pub(crate) fn said_with(&self, behind: &Self) -> Said {
        thesaurus().said_by_both((&self.words, self.reading()), (&behind.words, behind.reading()))
    }

    /// The stems of the words that tell what is spoken of, each with its number. One that stands there twice comes twice.
    pub(crate) fn stems(&self) -> impl Iterator<Item = (u64, &str)> {
        let stem = |(at, stem): (usize, &str)| Stem { at: at..at + stem.len(), number: number(stem) };
        let stems = self.stems.get_or_init(|| thesaurus().stems(&self.words).map(stem).collect());
        stems.iter().filter_map(|stem| Some((stem.number, self.words.text().get(stem.at.clone())?)))
    }
}

impl Subjects {
    /// Those of so many statements, of which nothing has been asked.
    pub(crate) fn new(statements: usize) -> Self {
        Self(std::iter::repeat_with(OnceLock::new).take(statements).collect())
    }

    /// What the statement with this index is about.
    pub(crate) fn of(&self, document: &Document, statements: &[Statement], index: usize) -> Arc<Subject> {
        let tell = || statements.get(index).map_or_else(|| subject(""), |one| subject(&words(document, one)));
        self.0.get(index).map_or_else(tell, |known| Arc::clone(known.get_or_init(tell)))
    }
}

/// Without a word of the plan.
impl fmt::Debug for Subjects {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Subjects({})", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_about_the_same() {
        let stems = |words: &str| subject(words).stems().map(|(_, stem)| stem.to_owned()).collect::<Vec<_>>();
        for _ in 0..3 {
            assert_eq!(stems("Cooking, laundry & reading at school"), ["cook", "laundr", "read"]);
            assert_eq!(stems("Cooking"), ["cook"]);
        }
    }
}
