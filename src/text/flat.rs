//! Trees of patterns laid out flat, as rows of numbers: those of the binary are used as they stand in it, with nothing to build.

use crate::text::element::Element;
use crate::text::token::{Shape, Token};
use crate::text::tree::Tree;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A number, its lowest byte first.
pub(crate) type Cell = [u8; 4];

/// Numbers, and the words that they point into.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flat {
    cells: Cow<'static, [Cell]>,
    words: Cow<'static, str>,
}

/// What a [`Flat`] holds, for reading. What lies outside reads as nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'f> {
    cells: &'f [Cell],
    words: &'f str,
}

/// One tree, or what is left of it after a beginning.
///
/// Laid out: the number of its words and whether a row ends here; the number of its other elements; the keys of the words,
/// sorted; where each is spelt; where it goes on after each; each other element, and where it goes on after that.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    /// Whether a row ends here.
    pub(crate) over: bool,
    /// How many words can come next.
    pub(crate) words: usize,
    others: usize,
    at: usize,
}

/// One element that is not a single word.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Part<'f> {
    /// One of these words.
    OneOf(Words),
    /// Any word that begins so.
    Stem(&'f str),
    /// The class with this index.
    Class(u16),
    /// Any token of a shape.
    Shape(Shape),
    /// A word with a capital.
    Name,
    /// Up to so many tokens.
    Gap(u16),
    /// The tree that is laid out here.
    Choice(u32),
    /// The same, or nothing.
    Optional(u32),
}

/// Words in the order of their keys, and where the first key is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    at: usize,
    count: usize,
}

const ONE_OF: u32 = 0;
const STEM: u32 = 1;
const CLASS: u32 = 2;
const SHAPE: u32 = 3;
const NAME: u32 = 4;
const GAP: u32 = 5;
const CHOICE: u32 = 6;
const OPTIONAL: u32 = 7;

impl Flat {
    /// What stands in the binary.
    pub(crate) const fn standing(cells: &'static [u8], words: &'static str) -> Self {
        Self { cells: Cow::Borrowed(cells.as_chunks().0), words: Cow::Borrowed(words) }
    }

    /// For reading.
    pub(crate) fn view(&self) -> View<'_> {
        View { cells: &self.cells, words: &self.words }
    }

    /// The numbers from a place on, where they stand in the binary.
    pub(crate) fn standing_from(&self, at: usize) -> &'static [Cell] {
        match self.cells {
            Cow::Borrowed(cells) => cells.get(at..).unwrap_or_default(),
            Cow::Owned(_) => &[],
        }
    }

    /// Numbers and words, to be written to files.
    #[allow(dead_code, reason = "only build.rs asks")]
    pub(crate) fn parts(&self) -> (&[Cell], &str) {
        (&self.cells, &self.words)
    }
}

/// The number in a cell, which is small: a place or an amount.
pub(crate) fn number(cell: Option<&Cell>) -> usize {
    place(cell) as usize
}

/// The place that a cell tells.
fn place(cell: Option<&Cell>) -> u32 {
    cell.map_or(0, |cell| u32::from_le_bytes(*cell))
}

impl Node {
    /// The words that can come next.
    pub(crate) fn next_words(self) -> Words {
        Words { at: self.at, count: self.words }
    }
}

impl<'f> View<'f> {
    fn at(self, at: usize) -> usize {
        number(self.cells.get(at))
    }

    /// The tree that is laid out here.
    pub(crate) fn node(self, at: u32) -> Node {
        let at = at as usize;
        let head = self.at(at);
        Node { over: head & 1 == 1, words: head >> 1, others: self.at(at + 1), at: at + 2 }
    }

    /// Which of the words that can come next a token is.
    pub(crate) fn word(self, node: Node, token: &Token) -> Option<usize> {
        self.find(node.next_words(), token)
    }

    /// Whether a token is one of these words.
    pub(crate) fn holds(self, words: Words, token: &Token) -> bool {
        self.find(words, token).is_some()
    }

    /// Half of the key of each of these words.
    pub(crate) fn keys(self, Words { at, count }: Words) -> impl Iterator<Item = u32> + 'f {
        self.cells.get(at..at + count).unwrap_or_default().iter().map(|cell| u32::from_le_bytes(*cell))
    }

    fn find(self, Words { at, count }: Words, token: &Token) -> Option<usize> {
        let keys = self.cells.get(at..at + count)?;
        let key = token.key.short();
        let first = keys.partition_point(|cell| u32::from_le_bytes(*cell) < key);
        let same = keys.iter().enumerate().skip(first).take_while(|(_, cell)| u32::from_le_bytes(**cell) == key);
        // Other words with the same key are as good as never there.
        same.map(|(index, _)| index).find(|index| token.text == self.spelt(at + count + 2 * index))
    }

    /// The word whose place is told here.
    fn spelt(self, at: usize) -> &'f str {
        let (from, length) = (self.at(at), self.at(at + 1));
        self.words.get(from..from + length).unwrap_or_default()
    }

    /// Where it goes on after one of the words that can come next.
    pub(crate) fn after(self, node: Node, word: usize) -> u32 {
        place(self.cells.get(node.at + 3 * node.words + word))
    }

    /// Every other element that can come next, and where it goes on after it.
    pub(crate) fn others(self, node: Node) -> impl Iterator<Item = (Part<'f>, u32)> {
        let from = node.at + 4 * node.words;
        let pairs = self.cells.get(from..from + 2 * node.others).unwrap_or_default();
        pairs.as_chunks::<2>().0.iter().map(move |[part, rest]| (self.part(number(Some(part))), place(Some(rest))))
    }

    fn part(self, at: usize) -> Part<'f> {
        let head = place(self.cells.get(at));
        let value = head >> 4;
        let few = || u16::try_from(value).unwrap_or(u16::MAX);
        match head & 15 {
            ONE_OF => Part::OneOf(Words { at: at + 1, count: value as usize }),
            STEM => Part::Stem(self.spelt(at + 1)),
            CLASS => Part::Class(few()),
            SHAPE => Part::Shape(Shape::ALL.get(value as usize).copied().unwrap_or(Shape::Mark)),
            NAME => Part::Name,
            GAP => Part::Gap(few()),
            CHOICE => Part::Choice(value),
            _ => Part::Optional(value),
        }
    }

    /// The tree that is laid out here, in words, wherever else it is laid out: for tests.
    #[cfg(test)]
    pub(crate) fn written(self, at: u32, out: &mut String) {
        use std::fmt::Write as _;
        let node = self.node(at);
        out.push_str(if node.over { "[." } else { "[" });
        for word in 0..node.words {
            let _ = write!(out, "{:?}", self.spelt(node.at + node.words + 2 * word));
            self.written(self.after(node, word), out);
        }
        for (part, rest) in self.others(node) {
            let _ = match part {
                Part::OneOf(Words { at, count }) => {
                    let spelt: Vec<_> = (0..count).map(|word| self.spelt(at + count + 2 * word)).collect();
                    write!(out, "{spelt:?}")
                }
                Part::Choice(at) | Part::Optional(at) => {
                    out.push_str(if matches!(part, Part::Choice(_)) { "(" } else { "?(" });
                    self.written(at, out);
                    write!(out, ")")
                }
                part => write!(out, "{part:?}"),
            };
            self.written(rest, out);
        }
        out.push(']');
    }
}

/// What is being laid out. What is the same is laid out once.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    cells: Vec<Cell>,
    words: String,
    known: BTreeMap<Vec<u32>, u32>,
    spelt: BTreeMap<String, u32>,
    stems: BTreeSet<String>,
}

impl Layout {
    /// All that was laid out.
    pub(crate) fn done(self) -> Flat {
        Flat { cells: self.cells.into(), words: self.words.into() }
    }

    /// Every word and stem that is spelt in it, and of these the stems.
    #[allow(dead_code, reason = "only build.rs asks")]
    pub(crate) fn spelt(&self) -> (impl Iterator<Item = &str>, impl Iterator<Item = &str>) {
        (self.spelt.keys().map(String::as_str), self.stems.iter().map(String::as_str))
    }

    /// Lays out a tree that is settled; tells where.
    pub(crate) fn tree(&mut self, tree: &Tree) -> u32 {
        let mut words: Vec<_> = tree.words.iter().map(|((key, word), rest)| (key.short(), word, rest)).collect();
        words.sort_by_key(|(key, word, _)| (*key, *word));
        let mut row = vec![small(words.len()) << 1 | u32::from(tree.over), small(tree.others.len())];
        self.spell(&mut row, words.iter().map(|(key, word, _)| (*key, &***word)));
        for (_, _, rest) in &words {
            row.push(self.tree(rest));
        }
        for (element, rest) in &tree.others {
            row.extend([self.element(element), self.tree(rest)]);
        }
        self.row(row)
    }

    fn element(&mut self, element: &Element) -> u32 {
        let head = |kind: u32, value: u32| value.min(u32::MAX >> 4) << 4 | kind;
        let mut row = Vec::new();
        match element {
            Element::Word(key, word) => {
                row.push(head(ONE_OF, 1));
                self.spell(&mut row, [(key.short(), &**word)].into_iter());
            }
            Element::OneOf(words) => {
                let mut words: Vec<(u32, &str)> = words.iter().map(|(key, word)| (key.short(), &**word)).collect();
                words.sort_unstable();
                row.push(head(ONE_OF, small(words.len())));
                self.spell(&mut row, words.into_iter());
            }
            Element::Stem(stem) => {
                let at = self.place(stem);
                self.stems.insert(stem.to_string());
                row.extend([head(STEM, 0), at, small(stem.len())]);
            }
            Element::Class(index) => row.push(head(CLASS, small(*index))),
            Element::Shape(shape) => row.push(head(SHAPE, *shape as u32)),
            Element::Name => row.push(head(NAME, 0)),
            Element::Gap(most) => row.push(head(GAP, small(*most))),
            Element::Choice(tree) => row.push(head(CHOICE, self.tree(tree))),
            Element::Optional(tree) => row.push(head(OPTIONAL, self.tree(tree))),
        }
        self.row(row)
    }

    /// Keys, and then where each word is spelt.
    fn spell<'w>(&mut self, row: &mut Vec<u32>, words: impl Iterator<Item = (u32, &'w str)> + Clone) {
        row.extend(words.clone().map(|(key, _)| key));
        for (_, word) in words {
            let at = self.place(word);
            row.extend([at, small(word.len())]);
        }
    }

    /// Where a word is spelt.
    fn place(&mut self, word: &str) -> u32 {
        if let Some(at) = self.spelt.get(word) {
            return *at;
        }
        let at = small(self.words.len());
        self.words.push_str(word);
        self.spelt.insert(word.to_owned(), at);
        at
    }

    /// Lays out a row of numbers; tells where.
    pub(crate) fn row(&mut self, row: Vec<u32>) -> u32 {
        if let Some(at) = self.known.get(&row) {
            return *at;
        }
        let at = small(self.cells.len());
        self.cells.extend(row.iter().map(|number| number.to_le_bytes()));
        self.known.insert(row, at);
        at
    }
}

/// A place or an amount. No file that is read has as many of anything as would not fit; then it is never found.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token::{Key, tokens};

    #[test]
    fn holds_what_the_tree_held() {
        let word = |word: &str| Element::Word(Key::of(word), word.into());
        let tree = Tree::of([
            vec![word("as"), word("needed")],
            vec![word("as"), Element::Gap(3), word("needed")],
            vec![Element::Stem("therap".into())],
        ]);
        let mut layout = Layout::default();
        let (at, again) = (layout.tree(&tree), layout.tree(&tree.clone()));
        assert_eq!(at, again, "what is the same is laid out once");
        let flat = layout.done();
        let view = flat.view();
        let node = view.node(at);
        let tokens = tokens("as needed");
        let next = view.word(node, &tokens[0]).map(|word| view.node(view.after(node, word))).expect("as");
        assert!(view.word(node, &tokens[1]).is_none() && !node.over && !next.over);
        let end = view.word(next, &tokens[1]).map(|word| view.node(view.after(next, word))).expect("needed");
        assert!(end.over && end.words == 0);
        let mut written = String::new();
        view.written(at, &mut written);
        assert_eq!(written, "[\"as\"[\"needed\"[.]Gap(3)[\"needed\"[.]]]Stem(\"therap\")[.]]");
    }
}
