//! Many words and phrases, looked for together where a word can begin.

use serde::{Deserialize, Serialize, Serializer};
use std::ops::Range;

/// Words and phrases, each with a number, in the order of their bytes.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<(Box<str>, usize)>")]
pub(crate) struct Words {
    sorted: Vec<(Box<str>, usize)>,
    /// For each first byte, which of them begin with it.
    first: Box<[Range<usize>; 256]>,
    /// One of 4096 bits for the first three bytes of each, or all that can be where it has fewer: most of a text begins none.
    begins: Box<[u64; 64]>,
}

/// The place of three bytes among the bits.
fn place(first: u8, second: u8, third: u8) -> usize {
    [first, second, third].iter().fold(0, |place, byte| (place * 29 + usize::from(*byte)) & 4095)
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

    /// Whether one of them may begin these bytes.
    fn may_begin(&self, bytes: &[u8]) -> bool {
        let &[first, second, third, ..] = bytes else { return true };
        let place = place(first, second, third);
        self.begins[place >> 6] >> (place & 63) & 1 == 1
    }

    /// Calls `found` with the number of each that stands in `text` and begins where no letter or digit stands before it, and
    /// with where it ends. One can begin inside another.
    pub(crate) fn each_in(&self, text: &str, mut found: impl FnMut(usize, usize)) {
        let mut before = None;
        for (at, c) in text.char_indices() {
            let rest = &text.as_bytes()[at..];
            if !before.is_some_and(char::is_alphanumeric) && self.may_begin(rest) {
                self.each_at(rest, |number, length| found(number, at + length));
            }
            before = Some(c);
        }
    }

    /// Each that `bytes` begin with, and its length.
    fn each_at(&self, bytes: &[u8], mut found: impl FnMut(usize, usize)) {
        let Some(byte) = bytes.first() else { return };
        let mut left = &self.sorted[self.first[usize::from(*byte)].clone()];
        let mut length = 1;
        while !left.is_empty() {
            let over = left.iter().take_while(|(word, _)| word.len() == length).count();
            let (whole, longer) = left.split_at(over);
            for (_, number) in whole {
                found(*number, length);
            }
            let Some(next) = bytes.get(length) else { return };
            let from = longer.partition_point(|(word, _)| word.as_bytes()[length] < *next);
            let goes_on = longer[from..].partition_point(|(word, _)| word.as_bytes()[length] == *next);
            left = &longer[from..from + goes_on];
            length += 1;
        }
    }
}

/// Those that are in order.
impl From<Vec<(Box<str>, usize)>> for Words {
    fn from(sorted: Vec<(Box<str>, usize)>) -> Self {
        let mut first = Box::new([const { 0..0 }; 256]);
        for (at, (word, _)) in sorted.iter().enumerate() {
            let range = &mut first[usize::from(word.as_bytes()[0])];
            *range = if range.end == 0 { at..at + 1 } else { range.start..at + 1 };
        }
        let mut begins = Box::new([0; 64]);
        for (word, _) in &sorted {
            match *word.as_bytes() {
                [first, second, third, ..] => {
                    let place = place(first, second, third);
                    begins[place >> 6] |= 1 << (place & 63);
                }
                _ => begins.fill(u64::MAX),
            }
        }
        Self { sorted, first, begins }
    }
}

/// As those that are in order.
impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.sorted.serialize(serializer)
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
