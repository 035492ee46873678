//! Mask: which tokens patterns can go on with from where they stand. Most tokens go on with nothing, and one look tells.

use crate::text::first::{First, letter, three};
use crate::text::token::{Shape, Token};

/// Bits for keys of words.
const WORDS: usize = 512;

/// A set of tokens that may hold more than it should and never less.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mask {
    /// One bit for each place of a key.
    words: [u64; WORDS / 64],
    /// One of 256 bits for the first three bytes of a stem.
    stems: [u64; 4],
    /// One bit for each first byte of a shorter stem, modulo 64.
    short_stems: u64,
    /// One bit for each shape.
    shapes: u8,
    names: bool,
    anything: bool,
}

impl Mask {
    /// Every token.
    pub(crate) fn anything() -> Self {
        Self { anything: true, ..Self::default() }
    }

    /// Whether patterns may go on with `token`.
    #[inline]
    pub(crate) fn admits(&self, token: &Token) -> bool {
        let (word, bit) = place(token.key.short());
        self.words[word] >> bit & 1 == 1
            || self.shapes >> token.shape as u8 & 1 == 1
            || token.shape == Shape::Word && (self.names && token.capital || self.may_be_stem(&token.text))
            || self.anything
    }

    fn may_be_stem(&self, word: &str) -> bool {
        self.short_stems & letter(word) != 0
            || three(word).is_some_and(|place| self.stems[place >> 6] >> (place & 63) & 1 == 1)
    }

    /// Adds the words with a key of which this is half.
    pub(crate) fn word(&mut self, key: u32) {
        let (word, bit) = place(key);
        self.words[word] |= 1 << bit;
    }

    /// Adds every word that begins so.
    pub(crate) fn stem(&mut self, stem: &str) {
        match three(stem) {
            Some(place) => self.stems[place >> 6] |= 1 << (place & 63),
            None => self.short_stems |= letter(stem),
        }
    }

    /// Adds every token of a shape.
    pub(crate) fn shape(&mut self, shape: Shape) {
        self.shapes |= 1 << shape as u8;
    }

    /// Adds every word with a capital.
    pub(crate) fn name(&mut self) {
        self.names = true;
    }

    /// Adds all that the matches of a class begin with.
    pub(crate) fn class(&mut self, first: &First) {
        first.words().for_each(|key| self.word(key));
        let (stems, short_stems, shapes) = first.bits();
        self.stems.iter_mut().zip(stems).for_each(|(ours, theirs)| *ours |= theirs);
        self.short_stems |= short_stems;
        self.shapes |= shapes;
        let (names, anything) = first.flags();
        self.names |= names;
        self.anything |= anything;
    }
}

/// Where the bit of a key is.
fn place(key: u32) -> (usize, u32) {
    let place = key as usize & (WORDS - 1);
    (place >> 6, key & 63)
}
