//! What the matches of a pattern can begin with: one look tells most words that begin none.

use crate::text::token::{Key, Shape, Token};

/// A set of tokens that holds a little more than it should and never less, once it is settled.
#[derive(Clone, Debug, Default)]
pub(crate) struct First {
    /// The keys of words. Sorted.
    keys: Vec<Key>,
    /// One bit for each place of a key: eight places for each word.
    words: Vec<u64>,
    any_stem: bool,
    /// One bit for each first byte of a short stem, modulo 64.
    short_stems: u64,
    /// One of 256 bits for the first three bytes of each other stem.
    stems: [u64; 4],
    /// One bit for each shape.
    shapes: u8,
    names: bool,
    anything: bool,
}

impl First {
    /// Whether a match may begin with `token`.
    #[inline]
    pub(crate) fn admits(&self, token: &Token) -> bool {
        self.anything
            || self.holds(token.key)
            || self.shapes >> token.shape as u8 & 1 == 1
            || token.shape == Shape::Word
                && (self.names && token.capital || self.any_stem && self.may_be_stem(&token.text))
    }

    fn may_be_stem(&self, word: &str) -> bool {
        self.short_stems & letter(word) != 0
            || three(word).is_some_and(|place| self.stems[place >> 6] >> (place & 63) & 1 == 1)
    }

    fn holds(&self, key: Key) -> bool {
        let place = key.place(self.words.len() * 64);
        self.words.get(place >> 6).is_some_and(|bits| bits >> (place & 63) & 1 == 1)
    }

    /// Makes it ready, when all is in it.
    pub(crate) fn settle(&mut self) {
        self.keys.sort_unstable();
        self.keys.dedup();
        let places = if self.keys.is_empty() { 0 } else { (self.keys.len() * 8).next_power_of_two().max(64) };
        self.words = vec![0; places / 64];
        for key in &self.keys {
            let place = key.place(places);
            if let Some(bits) = self.words.get_mut(place >> 6) {
                *bits |= 1 << (place & 63);
            }
        }
    }

    /// Adds all of another.
    pub(crate) fn add(&mut self, other: &Self) {
        self.keys.extend(&other.keys);
        self.any_stem |= other.any_stem;
        self.short_stems |= other.short_stems;
        self.stems.iter_mut().zip(other.stems).for_each(|(ours, theirs)| *ours |= theirs);
        self.shapes |= other.shapes;
        self.names |= other.names;
        self.anything |= other.anything;
    }

    /// Adds a word. Like its neighbours, says that nothing after it can come first.
    pub(crate) fn word(&mut self, key: Key) -> bool {
        self.keys.push(key);
        false
    }

    /// Adds every word that begins so.
    pub(crate) fn stem(&mut self, stem: &str) -> bool {
        self.any_stem = true;
        match three(stem) {
            Some(place) => self.stems[place >> 6] |= 1 << (place & 63),
            None => self.short_stems |= letter(stem),
        }
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

/// One of 256 places for a word's first three bytes.
fn three(word: &str) -> Option<usize> {
    let bytes = word.as_bytes().get(..3)?;
    let mixed = bytes.iter().fold(0_usize, |sum, &byte| sum * 31 + usize::from(byte));
    Some(mixed & 255)
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
        first.settle();
        for (text, held) in
            [("weeks", false), ("week", true), ("7", true), ("Therapist", true), ("Tall", false), ("Anna", false)]
        {
            assert_eq!(first.admits(&first_of(text)), held, "{text}");
        }
        first.name();
        assert!(first.admits(&first_of("Anna")) && !first.admits(&first_of("anna")));
    }
}
