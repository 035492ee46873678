//! What the matches of a pattern can begin with: one look tells most words that begin none.

use crate::text::flat::{Cell, number};
use crate::text::token::{Key, Shape, Token};
use std::borrow::Cow;

/// A set of tokens that holds a little more than it should and never less, once it is settled.
#[derive(Clone, Debug, Default)]
pub(crate) struct First {
    /// The keys of words. Sorted.
    keys: Cow<'static, [Cell]>,
    /// One bit for each place of a key: eight places for each word.
    words: Cow<'static, [Cell]>,
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
        let places = self.words.len() * 32;
        let place = key.short() as usize & places.wrapping_sub(1);
        self.words.get(place >> 5).is_some_and(|bits| u32::from_le_bytes(*bits) >> (place & 31) & 1 == 1)
    }

    /// Half of the key of each word.
    pub(super) fn words(&self) -> impl Iterator<Item = u32> + '_ {
        self.keys.iter().map(|key| u32::from_le_bytes(*key))
    }

    /// The bits of stems, of short stems, and of shapes.
    pub(super) fn bits(&self) -> ([u64; 4], u64, u8) {
        (self.stems, self.short_stems, self.shapes)
    }

    /// Whether a name can come first, and whether anything can.
    pub(super) fn flags(&self) -> (bool, bool) {
        (self.names, self.anything)
    }

    /// Makes it ready, when all is in it.
    pub(crate) fn settle(&mut self) {
        let mut keys: Vec<u32> = self.keys.iter().map(|key| u32::from_le_bytes(*key)).collect();
        keys.sort_unstable();
        keys.dedup();
        let places = if keys.is_empty() { 0 } else { (keys.len() * 8).next_power_of_two().max(64) };
        let mut words = vec![0_u32; places / 32];
        for key in &keys {
            let place = *key as usize & places.wrapping_sub(1);
            if let Some(bits) = words.get_mut(place >> 5) {
                *bits |= 1 << (place & 31);
            }
        }
        self.words = words.into_iter().map(u32::to_le_bytes).collect();
        self.keys = keys.into_iter().map(u32::to_le_bytes).collect();
    }

    /// What is settled, as a row of numbers.
    #[allow(dead_code, reason = "only build.rs asks")]
    pub(crate) fn laid_out(&self) -> Vec<u32> {
        let flags = [self.any_stem, self.names, self.anything].map(u32::from);
        let halves =
            |bits: u64| bits.to_le_bytes().as_chunks().0.iter().map(|half| u32::from_le_bytes(*half)).collect();
        let bits = [[self.short_stems].as_slice(), &self.stems].concat();
        let amounts = [self.words.len(), self.keys.len()].map(|length| u32::try_from(length).unwrap_or_default());
        let mut row = vec![flags[0] | flags[1] << 1 | flags[2] << 2 | u32::from(self.shapes) << 8];
        row.extend(bits.into_iter().flat_map(|bits| -> Vec<u32> { halves(bits) }));
        row.extend(amounts);
        row.extend(self.words.iter().chain(self.keys.iter()).map(|cell| u32::from_le_bytes(*cell)));
        row
    }

    /// What was laid out, at the beginning of these numbers.
    pub(crate) fn standing(cells: &'static [Cell]) -> Self {
        let flag = |bit: u32| number(cells.first()) >> bit & 1 == 1;
        let bits = |at: usize| number(cells.get(at)) as u64 | (number(cells.get(at + 1)) as u64) << 32;
        let (words, keys) = (number(cells.get(11)), number(cells.get(12)));
        let part = |from: usize, length: usize| Cow::Borrowed(cells.get(from..from + length).unwrap_or_default());
        Self {
            keys: part(13 + words, keys),
            words: part(13, words),
            any_stem: flag(0),
            short_stems: bits(1),
            stems: [bits(3), bits(5), bits(7), bits(9)],
            shapes: cells.first().map_or(0, |flags| flags[1]),
            names: flag(1),
            anything: flag(2),
        }
    }

    /// Adds all of another.
    pub(crate) fn add(&mut self, other: &Self) {
        self.keys.to_mut().extend(other.keys.iter());
        self.any_stem |= other.any_stem;
        self.short_stems |= other.short_stems;
        self.stems.iter_mut().zip(other.stems).for_each(|(ours, theirs)| *ours |= theirs);
        self.shapes |= other.shapes;
        self.names |= other.names;
        self.anything |= other.anything;
    }

    /// Adds a word. Like its neighbours, says that nothing after it can come first.
    pub(crate) fn word(&mut self, key: Key) -> bool {
        self.keys.to_mut().push(key.short().to_le_bytes());
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
pub(super) fn three(word: &str) -> Option<usize> {
    let bytes = word.as_bytes().get(..3)?;
    let mixed = bytes.iter().fold(0_usize, |sum, &byte| sum * 31 + usize::from(byte));
    Some(mixed & 255)
}

/// The bit of a word's first byte; every bit where there is none.
pub(super) fn letter(word: &str) -> u64 {
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
