//! Patterns put together by what they begin with, so that what many begin with is looked at once.

use crate::text::element::{Element, Sequence, Word, compare};
use crate::text::token::Token;

/// Rows of elements. Every row begins at the top, and rows go the same way for as long as their elements are the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tree {
    /// Whether a row ends here.
    pub(crate) over: bool,
    /// What comes after each word that can come next. Sorted once it is settled.
    pub(crate) words: Vec<(Word, Tree)>,
    /// What comes after each other element.
    pub(crate) others: Vec<(Element, Tree)>,
}

impl Tree {
    /// The tree of these rows.
    pub(crate) fn of(rows: impl IntoIterator<Item = Sequence>) -> Self {
        let mut tree = Self::default();
        rows.into_iter().for_each(|row| tree.insert(row));
        tree.settle();
        tree
    }

    /// Adds a row.
    pub(crate) fn insert(&mut self, row: Sequence) {
        let mut tree = self;
        for element in row {
            tree = match element {
                Element::Word(key, word) => tree.after_word((key, word)),
                element => tree.after_element(element),
            };
        }
        tree.over = true;
    }

    /// A word may come twice until the tree is settled.
    fn after_word(&mut self, word: Word) -> &mut Self {
        if self.words.last().is_none_or(|(last, _)| *last != word) {
            self.words.push((word, Self::default()));
        }
        let last = self.words.len() - 1;
        &mut self.words[last].1
    }

    fn after_element(&mut self, element: Element) -> &mut Self {
        let known = self.others.iter().position(|(known, _)| *known == element);
        let at = known.unwrap_or_else(|| {
            self.others.push((element, Self::default()));
            self.others.len() - 1
        });
        &mut self.others[at].1
    }

    /// Sorts the words and puts those that are the same together, when all rows are in it.
    pub(crate) fn settle(&mut self) {
        self.words.sort_by(|(one, _), (other, _)| one.cmp(other));
        self.words.dedup_by(|(word, rest), (before, known)| {
            let same = word == before;
            if same {
                known.take_in(std::mem::take(rest));
            }
            same
        });
        self.words.iter_mut().for_each(|(_, rest)| rest.settle());
        self.others.iter_mut().for_each(|(_, rest)| rest.settle());
    }

    /// Takes in the rows of another.
    fn take_in(&mut self, other: Self) {
        self.over |= other.over;
        self.words.extend(other.words);
        for (element, rest) in other.others {
            self.after_element(element).take_in(rest);
        }
    }

    /// The index of the word that a token is.
    pub(crate) fn word(&self, token: &Token) -> Option<usize> {
        self.words.binary_search_by(|(word, _)| compare(word, token)).ok()
    }
}
