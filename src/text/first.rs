//! What the matches of a pattern can begin with: one look tells most words that begin none.

use crate::text::token::{Key, Shape, Token};

/// A set of tokens that holds more than it should and never less.
#[derive(Clone, Debug, Default)]
pub(crate) struct First {
    /// One bit for each place of a word's key.
    words: [u64; 8],
    /// One bit for each first byte of a stem, modulo 64.
    stems: u64,
    /// One bit for each shape.
    shapes: u8,
    names: bool,
    anything: bool,
}

impl First {
    /// Whether a match may begin with `token`.
    pub(crate) fn admits(&self, token: &Token) -> bool {
        let place = token.key.place();
        self.anything
            || self.words[place >> 6] >> (place & 63) & 1 == 1
            || self.shapes >> token.shape as u8 & 1 == 1
            || token.shape == Shape::Word && (self.names && token.capital || self.stems & letter(&token.text) != 0)
    }

    /// Adds all of another.
    pub(crate) fn add(&mut self, other: &Self) {
        self.words.iter_mut().zip(other.words).for_each(|(ours, theirs)| *ours |= theirs);
        self.stems |= other.stems;
        self.shapes |= other.shapes;
        self.names |= other.names;
        self.anything |= other.anything;
    }

    /// Adds a word. Like its neighbours, says that nothing after it can come first.
    pub(crate) fn word(&mut self, key: Key) -> bool {
        self.words[key.place() >> 6] |= 1 << (key.place() & 63);
        false
    }

    /// Adds every word that begins so.
    pub(crate) fn stem(&mut self, stem: &str) -> bool {
        self.stems |= letter(stem);
        false
    }

    /// Adds every token of a shape.
    pub(crate) fn shape(&mut self, shape: Shape) -> bool {
        self.shapes |= 1 << shape as u8;
        false
    }

    /// Adds every word with a capital.
    pub(crate) fn name(&mut self) -> bool {
        self.names = true;
        false
    }

    /// Adds whatever there is.
    pub(crate) fn anything(&mut self) -> bool {
        self.anything = true;
        true
    }
}

/// The bit of a word's first byte; every bit where there is none.
fn letter(word: &str) -> u64 {
    word.bytes().next().map_or(u64::MAX, |byte| 1 << (byte & 63))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token::tokens;

    #[test]
    fn holds_what_was_added() {
        let first_of = |text: &str| tokens(text).remove(0);
        let mut first = First::default();
        for text in ["week", "7", "Anna", "therapist"] {
            assert!(!first.admits(&first_of(text)), "{text}");
        }
        first.word(Key::of("week"));
        first.stem("therap");
        first.shape(Shape::Number);
        for (text, held) in [("weeks", false), ("week", true), ("7", true), ("Therapist", true), ("Anna", false)] {
            assert_eq!(first.admits(&first_of(text)), held, "{text}");
        }
        first.name();
        assert!(first.admits(&first_of("Anna")) && !first.admits(&first_of("anna")));
    }
}
