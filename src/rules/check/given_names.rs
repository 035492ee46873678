//! Given names, and the words of a text that may be one.

use crate::plan::lexicon::list;
use crate::text::Span;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The given names of the lexicon.
pub(super) struct Names {
    /// Those that are no other word.
    pub(super) plain: Given,
    /// Those that are.
    pub(super) doubtful: BTreeSet<&'static str>,
}

/// Given names, and how they begin: most words begin as none does.
pub(super) struct Given {
    names: BTreeSet<&'static str>,
    /// One bit for each three characters.
    begins: Vec<u64>,
}

impl Given {
    fn of(names: BTreeSet<&'static str>) -> Self {
        let mut begins = vec![0; 512];
        for name in &names {
            let place = Self::place(name);
            begins[place >> 6] |= 1 << (place & 63);
        }
        Self { names, begins }
    }

    fn place(word: &str) -> usize {
        let sign = |at: usize| word.as_bytes().get(at).map_or(0, |byte| usize::from(byte & 31));
        sign(0) << 10 | sign(1) << 5 | sign(2)
    }

    pub(super) fn contains(&self, word: &str) -> bool {
        let place = Self::place(word);
        self.begins[place >> 6] >> (place & 63) & 1 == 1 && self.names.contains(word)
    }
}

pub(super) static NAMES: LazyLock<Names> = LazyLock::new(|| {
    #[derive(Deserialize)]
    struct Lists {
        plain: String,
        doubtful: String,
    }
    let lists: Lists = list("given-names");
    let (plain, doubtful): (&'static str, &'static str) = (lists.plain.leak(), lists.doubtful.leak());
    let doubtful: BTreeSet<&str> = doubtful.split_whitespace().collect();
    let plain = plain.split_whitespace().filter(|name| !doubtful.contains(name)).collect();
    Names { plain: Given::of(plain), doubtful }
});

/// The words of a text with their spans: letters, and hyphens within.
pub(super) fn words(text: &str) -> impl Iterator<Item = (Span, &str)> {
    let bytes = text.as_bytes();
    let mut from = 0;
    std::iter::from_fn(move || {
        let begin = (from..bytes.len()).find(|&at| letter_at(bytes, at) > 0)?;
        let mut end = begin;
        loop {
            let hyphen = usize::from(end > begin && bytes.get(end) == Some(&b'-'));
            match letter_at(bytes, end + hyphen) {
                0 => break,
                letter => end += hyphen + letter,
            }
        }
        from = end;
        Some((Span::new(begin, end), text.get(begin..end)?))
    })
}

/// The bytes with which some words begin.
pub(super) fn begins_of(words: &BTreeSet<&str>) -> [bool; 256] {
    let mut begins = [false; 256];
    for byte in words.iter().filter_map(|word| word.as_bytes().first()) {
        begins[usize::from(*byte)] = true;
    }
    begins
}

/// Those of the [`words`] of a text that begin with one of these bytes.
pub(super) fn words_that_begin<'t>(text: &'t str, begins: &[bool; 256]) -> impl Iterator<Item = &'t str> {
    let bytes = text.as_bytes();
    let letter_before = |at: usize| {
        at.checked_sub(1).is_some_and(|one| bytes.get(one).is_some_and(u8::is_ascii_alphabetic))
            || at.checked_sub(2).is_some_and(|two| letter_at(bytes, two) == 2)
    };
    let goes_on =
        move |at: usize| letter_before(at) || at > 0 && bytes.get(at - 1) == Some(&b'-') && letter_before(at - 1);
    let places = bytes.iter().enumerate().filter(|&(_, byte)| begins[usize::from(*byte)]).map(|(at, _)| at);
    places
        .filter(move |&at| letter_at(bytes, at) > 0 && !goes_on(at))
        .filter_map(|at| words(text.get(at..)?).next().map(|(_, word)| word))
}

/// How many bytes of a text are the letter that begins at `at`, A to Z or U+00C0 to U+024F; none where no such letter begins.
fn letter_at(text: &[u8], at: usize) -> usize {
    match text.get(at) {
        Some(byte) if byte.is_ascii_alphabetic() => 1,
        Some(0xc3..=0xc8) => 2,
        Some(0xc9) if text.get(at + 1).is_some_and(|&next| next <= 0x8f) => 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_letters_and_hyphens_within() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = words(text).map(|(_, word)| word).collect();
            assert_eq!(found, expected, "{text}");
            let all = found.iter().copied().collect();
            assert_eq!(words_that_begin(text, &begins_of(&all)).collect::<Vec<_>>(), expected, "{text}");
        };
        check("Sam's aunt, Mary-Jane- -x y--z 2nd", &["Sam", "s", "aunt", "Mary-Jane", "x", "y", "z", "nd"]);
        check(
            "\u{c9}lo\u{ef}se\u{2019}s \u{250}\u{24f}b \u{3b1}c\u{e9}",
            &["\u{c9}lo\u{ef}se", "s", "\u{24f}b", "c\u{e9}"],
        );
        check("", &[]);
    }

    #[test]
    fn knows_given_names() {
        assert!(NAMES.plain.contains("Chloe") && NAMES.doubtful.contains("Grace"));
        assert!(!["The", "Th", "", "Chlo", "chloe"].iter().any(|word| NAMES.plain.contains(word)));
    }
}
