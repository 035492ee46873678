//! Patterns put together by what they begin with, so that what many begin with is looked at once.

use crate::text::element::{Element, Sequence, Word};

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

/// A pattern is not made into more rows than these.
const MOST_ROWS: usize = 128;

/// The same pattern as rows that begin with a word wherever one of several can come first: a word is looked up, where choices
/// are tried one after the other.
pub(crate) fn opened(pattern: Sequence) -> Vec<Sequence> {
    let mut left = vec![pattern];
    let mut rows = Vec::new();
    while let Some(row) = left.pop() {
        let begins: Vec<Sequence> = match row.first() {
            Some(Element::OneOf(words)) => {
                words.iter().map(|(key, word)| vec![Element::Word(*key, word.clone())]).collect()
            }
            Some(Element::Choice(tree)) => tree.rows(),
            Some(Element::Optional(tree)) => tree.rows().into_iter().chain([Vec::new()]).collect(),
            _ => Vec::new(),
        };
        if begins.is_empty() || begins.len() + left.len() + rows.len() > MOST_ROWS {
            rows.push(row);
            continue;
        }
        left.extend(begins.into_iter().map(|begin| begin.into_iter().chain(row.iter().skip(1).cloned()).collect()));
    }
    rows
}

impl Tree {
    /// Its rows.
    fn rows(&self) -> Vec<Sequence> {
        let mut rows = if self.over { vec![Vec::new()] } else { Vec::new() };
        let words = self.words.iter().map(|((key, word), rest)| (Element::Word(*key, word.clone()), rest));
        let others = self.others.iter().map(|(element, rest)| (element.clone(), rest));
        for (element, rest) in words.chain(others) {
            rows.extend(rest.rows().into_iter().map(|row| std::iter::once(element.clone()).chain(row).collect()));
        }
        rows
    }

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
}
