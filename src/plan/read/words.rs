//! Many words and phrases, looked for together where a word can begin.

use serde::{Deserialize, Serialize, Serializer};

/// Words and phrases, each with a number.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<(Box<str>, usize)>")]
pub(crate) struct Words {
    /// Those of three bytes and more, in the order of their bytes.
    sorted: Vec<(Box<str>, usize)>,
    /// The first three bytes of them, each once and in order, and where the words that begin with them do.
    heads: Vec<([u8; 3], usize)>,
    /// Shorter ones.
    short: Vec<(Box<str>, usize)>,
    /// One of 16,384 bits for each head: most of a text begins none.
    begins: Box<[u64; 256]>,
}

/// The place of a head among the bits.
fn place(head: [u8; 3]) -> usize {
    head.iter().fold(0, |place, byte| (place * 29 + usize::from(*byte)) & 16_383)
}

impl Default for Words {
    fn default() -> Self {
        Self::of([])
    }
}

impl Words {
    pub(crate) fn of(words: impl IntoIterator<Item = (String, usize)>) -> Self {
        let mut sorted: Vec<(Box<str>, usize)> = words
            .into_iter()
            .filter(|(word, _)| !word.is_empty())
            .map(|(word, number)| (word.into(), number))
            .collect();
        sorted.sort_unstable();
        Self::from(sorted)
    }

    /// Calls `found` with the number of each that stands in `text` and begins where no letter or digit stands before it, and
    /// with where it ends. One can begin inside another.
    pub(crate) fn each_in(&self, text: &str, mut found: impl FnMut(usize, usize)) {
        let mut before = None;
        for (at, c) in text.char_indices() {
            if !before.is_some_and(char::is_alphanumeric) {
                self.each_at(&text.as_bytes()[at..], |number, length| found(number, at + length));
            }
            before = Some(c);
        }
    }

    /// Each that `bytes` begin with, and its length.
    fn each_at(&self, bytes: &[u8], mut found: impl FnMut(usize, usize)) {
        let mut look = |words: &[(Box<str>, usize)]| {
            // Most are no more than alike: the last byte tells most of them, before all are compared.
            let ends = |word: &[u8]| word.last() == bytes.get(word.len() - 1);
            let is_here = |word: &[u8]| !word.is_empty() && ends(word) && bytes.starts_with(word);
            for (word, number) in words.iter().filter(|(word, _)| is_here(word.as_bytes())) {
                found(*number, word.len());
            }
        };
        look(&self.short);
        let Some(head) = bytes.first_chunk().copied().filter(|head| self.may_be_head(*head)) else { return };
        if let Ok(at) = self.heads.binary_search_by_key(&head, |(head, _)| *head) {
            let end = self.heads.get(at + 1).map_or(self.sorted.len(), |(_, next)| *next);
            look(&self.sorted[self.heads[at].1..end]);
        }
    }

    fn may_be_head(&self, head: [u8; 3]) -> bool {
        let place = place(head);
        self.begins[place >> 6] >> (place & 63) & 1 == 1
    }
}

/// Those that are in order.
impl From<Vec<(Box<str>, usize)>> for Words {
    fn from(sorted: Vec<(Box<str>, usize)>) -> Self {
        let (sorted, short) = sorted.into_iter().partition(|(word, _)| word.len() > 2);
        let mut words = Self { heads: Vec::new(), short, begins: Box::new([0; 256]), sorted };
        for (at, (word, _)) in words.sorted.iter().enumerate() {
            let Some(&head) = word.as_bytes().first_chunk() else { continue };
            if words.heads.last().is_none_or(|(last, _)| *last != head) {
                let place = place(head);
                words.begins[place >> 6] |= 1 << (place & 63);
                words.heads.push((head, at));
            }
        }
        words
    }
}

/// As a row of words.
impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.short.iter().chain(&self.sorted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(words: &[&str], text: &str) -> Vec<(usize, usize)> {
        let words = Words::of((0..).zip(words).map(|(number, word)| ((*word).to_owned(), number)));
        let mut all = Vec::new();
        words.each_in(text, |number, end| all.push((number, end)));
        all.sort_unstable();
        all
    }

    #[test]
    fn finds_words_where_words_begin() {
        let words = ["hear", "hearing", "hearing aid", "aid", "ring", "\u{e9}t\u{e9}", "1:1"];
        assert_eq!(found(&words, "hearing aids"), [(0, 4), (1, 7), (2, 11), (3, 11)]);
        assert_eq!(found(&words, "\u{e9}t\u{e9} 1:1"), [(5, 5), (6, 9)]);
        assert_eq!(found(&words, "bring he"), []);
        assert_eq!(found(&[], "anything"), []);
    }

    proptest! {
        #[test]
        fn finds_what_looking_for_each_finds(words in prop::collection::vec("[ab\u{e9} -]{1,4}", 0..9), text in "[ab\u{e9} -]{0,20}") {
            let mut expected = Vec::new();
            for (number, word) in words.iter().enumerate() {
                for (at, _) in text.char_indices() {
                    let begins = !text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
                    if begins && text[at..].starts_with(word.as_str()) {
                        expected.push((number, at + word.len()));
                    }
                }
            }
            expected.sort_unstable();
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            prop_assert_eq!(found(&words, &text), expected);
        }
    }
}
