//! The words of a text, parted by its spaces.

/// The words of a text as [`str::split_whitespace`] gives them. Most texts are ASCII: their spaces are found byte by byte.
pub(crate) fn spaced(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            match space_at(bytes, at) {
                0 => break,
                space => at += space,
            }
        }
        let begin = at;
        while at < bytes.len() && space_at(bytes, at) == 0 {
            at += 1;
        }
        text.get(begin..at).filter(|word| !word.is_empty())
    })
}

/// Whether there are more than so many words. They are counted no further.
pub(crate) fn has_more_words(text: &str, most: usize) -> bool {
    // Each word takes a byte, and the space behind it another.
    text.len() > 2 * most && spaced(text).nth(most).is_some()
}

/// How many words have a letter or a digit.
pub(crate) fn telling_words(text: &str) -> usize {
    spaced(text).filter(|word| tells(word)).count()
}

fn tells(word: &str) -> bool {
    word.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) || word.chars().any(char::is_alphanumeric)
}

/// How many bytes the space has that begins at `at`; none where no space begins.
#[inline]
fn space_at(text: &[u8], at: usize) -> usize {
    match text.get(at) {
        Some(b' ' | b'\t'..=b'\r') => 1,
        Some(0xc2 | 0xe1..=0xe3) => wide_space(text.get(at..).unwrap_or_default()),
        _ => 0,
    }
}

fn wide_space(text: &[u8]) -> usize {
    match text {
        [0xc2, 0x85 | 0xa0, ..] => 2,
        [0xe1, 0x9a, 0x80, ..]
        | [0xe2, 0x80, 0x80..=0x8a | 0xa8 | 0xa9 | 0xaf, ..]
        | [0xe2, 0x81, 0x9f, ..]
        | [0xe3, 0x80, 0x80, ..] => 3,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn knows_every_space() {
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            let space = if c.is_whitespace() { c.len_utf8() } else { 0 };
            assert_eq!(space_at(text.as_bytes(), 0), space, "{c:?}");
        }
    }

    #[test]
    fn counts_words_that_tell_something() {
        assert_eq!(telling_words("A - (b) \u{2022} \u{201c}c\u{201d} 4, |"), 4);
    }

    proptest! {
        #[test]
        fn parts_as_the_standard_library_does(text in "([a-c\u{e9}\u{2019}\u{3042}]|\\s|\\PC){0,40}") {
            prop_assert!(spaced(&text).eq(text.split_whitespace()), "{text:?}");
            let words = text.split_whitespace().count();
            prop_assert!((0..9).all(|most| has_more_words(&text, most) == (words > most)), "{text:?}");
        }
    }
}
