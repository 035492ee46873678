//! Many words and phrases, looked for together where a word can begin.

use serde::{Deserialize, Serialize};

/// Words and phrases, each with a number. `build.rs` makes them, and they are read as they are.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Words {
    /// The letters of those of three bytes and more, one after the other.
    letters: String,
    /// Those, in the order of the places of their first three bytes, and then of all their bytes.
    sorted: Vec<Entry>,
    /// Where among them each place begins that has any, and their end.
    groups: Vec<u32>,
    /// Shorter ones.
    short: Vec<(Box<str>, usize)>,
    /// One of 16,384 bits for each place, as most of a text begins none, and how many bits are set before these.
    begins: Vec<(u64, u32)>,
    /// The length of the longest.
    longest: usize,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    /// Its first eight bytes, which mostly tell it from others without a look at the word.
    first: u64,
    /// Where its letters begin and end.
    from: u32,
    to: u32,
    number: usize,
    /// The longest of those before it that it begins with.
    inner: Option<u32>,
}

/// Beginnings of three bytes have so many places; several may share one.
const PLACES: usize = 16_384;

/// The place of what `bytes` begin with, where there are three.
fn place(bytes: &[u8]) -> Option<usize> {
    let head = bytes.first_chunk::<3>()?;
    Some(head.iter().fold(0, |place, byte| (place * 29 + usize::from(*byte)) & (PLACES - 1)))
}

/// The first eight bytes as a number of the same order; nothing comes before anything.
fn first(bytes: &[u8]) -> u64 {
    let eight = bytes.first_chunk().copied().unwrap_or_else(|| {
        let mut eight = [0; 8];
        eight.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        eight
    });
    u64::from_be_bytes(eight)
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
        sorted.sort_unstable_by(|(one, _), (other, _)| {
            (place(one.as_bytes()), one).cmp(&(place(other.as_bytes()), other))
        });
        let longest = sorted.iter().map(|(word, _)| word.len()).max().unwrap_or_default();
        let (long, short): (Vec<_>, _) = sorted.into_iter().partition(|(word, _)| word.len() > 2);
        let begins = vec![(0, 0); PLACES / 64];
        let mut words = Self { letters: String::new(), sorted: Vec::new(), groups: Vec::new(), short, begins, longest };
        // Those that the last one begins with, each in the next.
        let mut open: Vec<(u32, Box<str>)> = Vec::new();
        for (at, (word, number)) in (0..).zip(long) {
            while open.pop_if(|(_, outer)| !word.starts_with(&**outer)).is_some() {}
            let inner = open.last().map(|(at, _)| *at);
            if let Some(place) = place(word.as_bytes()) {
                let (bits, _) = &mut words.begins[place >> 6];
                if *bits >> (place & 63) & 1 == 0 {
                    *bits |= 1 << (place & 63);
                    words.groups.push(at);
                }
            }
            let from = small(words.letters.len());
            words.letters.push_str(&word);
            let to = small(words.letters.len());
            words.sorted.push(Entry { first: first(word.as_bytes()), from, to, number, inner });
            open.push((at, word));
        }
        words.groups.push(small(words.sorted.len()));
        let mut set = 0;
        for (bits, before) in &mut words.begins {
            *before = set;
            set += bits.count_ones();
        }
        words
    }

    /// Calls `found` with the number of each that stands in `text` and begins where no letter or digit stands before it, and
    /// with where it ends. One can begin inside another.
    pub(crate) fn each_in(&self, text: &str, mut found: impl FnMut(usize, usize)) {
        let bytes = text.as_bytes();
        let (mut at, mut in_word) = (0, false);
        while let Some(byte) = bytes.get(at) {
            if !in_word {
                self.each_at(&bytes[at..], |number, length| found(number, at + length));
            }
            if byte.is_ascii() {
                in_word = byte.is_ascii_alphanumeric();
                at += 1;
            } else {
                let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { return };
                in_word = c.is_alphanumeric();
                at += c.len_utf8();
            }
        }
    }

    /// Each that `bytes` begin with, and its length.
    pub(crate) fn each_at(&self, bytes: &[u8], mut found: impl FnMut(usize, usize)) {
        for (word, number) in self.short.iter().filter(|(word, _)| bytes.starts_with(word.as_bytes())) {
            found(*number, word.len());
        }
        let Some((begin, end)) = place(bytes).and_then(|place| self.group(place)) else { return };
        // Those that `bytes` begin with come before them, and the last that does begins with all the others.
        let key = first(bytes);
        let comes_before = |entry: &Entry| entry.first < key || entry.first == key && self.word(entry) <= bytes;
        let Some(group) = self.sorted.get(begin as usize..end as usize) else { return };
        let before = small(group.partition_point(comes_before));
        let mut next = (begin + before).checked_sub(1).filter(|_| before > 0);
        while let Some(entry) = next.and_then(|next| self.sorted.get(next as usize)) {
            let word = self.word(entry);
            if bytes.starts_with(word) {
                found(entry.number, word.len());
            }
            next = entry.inner;
        }
    }

    fn word(&self, entry: &Entry) -> &[u8] {
        self.letters.as_bytes().get(entry.from as usize..entry.to as usize).unwrap_or_default()
    }

    /// The length of the longest.
    pub(crate) fn longest(&self) -> usize {
        self.longest
    }

    /// Where the words of a place begin and end, if it has any.
    fn group(&self, place: usize) -> Option<(u32, u32)> {
        let &(bits, before) = self.begins.get(place >> 6)?;
        let below = bits & ((1 << (place & 63)) - 1);
        let group = (before + below.count_ones()) as usize;
        let is_set = bits >> (place & 63) & 1 == 1;
        is_set.then(|| Some((*self.groups.get(group)?, *self.groups.get(group + 1)?))).flatten()
    }
}

/// Lists of words are not as long as that.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
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
        assert_eq!(found(&["ran", "range", "rang", "ranges"], "ranger"), [(0, 3), (1, 5), (2, 4)]);
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
