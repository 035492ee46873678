//! Words that many classes of patterns are asked about: which classes begin nowhere in them is told once for all.

use crate::text::numbered::{self, Number};
use crate::text::token::Token;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// For classes beyond these it is not remembered.
const CLASSES: usize = 256;

/// For each word by its number, one bit for each class: whether it is known that none of its patterns begins with the word.
static IDLE: [Row; numbered::MOST] = [const { [const { AtomicU64::new(0) }; CLASSES / 64] }; numbered::MOST];

type Row = [AtomicU64; CLASSES / 64];

/// The number of a class among all of this process.
#[derive(Clone, Debug, Default)]
pub(crate) struct ClassNumber(OnceLock<usize>);

/// Words, and which classes are known to begin with none of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Phrase<'t> {
    pub(crate) tokens: &'t [Token],
    idle: Idle,
}

/// One bit for each class: whether it is known that it begins with none of some words.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Idle([u64; CLASSES / 64]);

impl Idle {
    /// Which classes begin with none of these words.
    pub(crate) fn of(tokens: &[Token]) -> Self {
        let mut idle = [u64::MAX; CLASSES / 64];
        for token in tokens {
            // A word without a number may begin anything: nothing is ever known of the first row.
            let row = IDLE.get(token.number.place().unwrap_or_default()).into_iter().flatten();
            idle.iter_mut().zip(row).for_each(|(idle, bits)| *idle &= bits.load(Ordering::Relaxed));
        }
        Self(idle)
    }
}

impl<'t> Phrase<'t> {
    /// These words, of which many classes will be asked.
    pub(crate) fn of(tokens: &'t [Token]) -> Self {
        Self::again(tokens, Idle::of(tokens))
    }

    /// The same where it was told before.
    pub(crate) fn again(tokens: &'t [Token], idle: Idle) -> Self {
        Self { tokens, idle }
    }

    /// Whether it is known that no pattern of a class begins with any of the words.
    #[inline]
    pub(crate) fn lacks(&self, class: &ClassNumber) -> bool {
        let number = class.number();
        self.idle.0.get(number >> 6).is_some_and(|bits| bits >> (number & 63) & 1 == 1)
    }
}

/// Words that one class alone is asked about.
impl<'t> From<&'t [Token]> for Phrase<'t> {
    fn from(tokens: &'t [Token]) -> Self {
        Self::again(tokens, Idle::default())
    }
}

impl<'t> From<&'t Vec<Token>> for Phrase<'t> {
    fn from(tokens: &'t Vec<Token>) -> Self {
        tokens.as_slice().into()
    }
}

impl ClassNumber {
    fn number(&self) -> usize {
        static NUMBERED: AtomicUsize = AtomicUsize::new(0);
        *self.0.get_or_init(|| NUMBERED.fetch_add(1, Ordering::Relaxed))
    }

    /// Whether a pattern of the class may begin with a word. `admits` says so where it is not known.
    #[inline]
    pub(crate) fn may_begin(&self, word: Number, admits: impl FnOnce() -> bool) -> bool {
        if self.begins_nothing(word) {
            return false;
        }
        let may = admits();
        if !may {
            self.add(word);
        }
        may
    }

    /// Whether it is known that no pattern of the class begins with a word.
    fn begins_nothing(&self, word: Number) -> bool {
        self.bits(word).is_some_and(|(bits, at)| bits.load(Ordering::Relaxed) >> at & 1 == 1)
    }

    /// Remembers that none does.
    pub(crate) fn add(&self, word: Number) {
        if let Some((bits, at)) = self.bits(word).filter(|_| word.place().is_some()) {
            bits.fetch_or(1 << at, Ordering::Relaxed);
        }
    }

    fn bits(&self, word: Number) -> Option<(&'static AtomicU64, usize)> {
        let number = self.number();
        Some((IDLE.get(word.place().unwrap_or_default())?.get(number >> 6)?, number & 63))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token::tokens;

    #[test]
    fn knows_which_classes_begin_nowhere() {
        // Tests make more classes than are remembered: these take the last two, and words that no other class begins with.
        let (one, other) = (ClassNumber(OnceLock::from(CLASSES - 1)), ClassNumber(OnceLock::from(CLASSES - 2)));
        let words = tokens("zzone zztwo");
        one.add(words[0].number);
        assert!(one.begins_nothing(words[0].number) && !one.begins_nothing(words[1].number));
        assert!(!other.begins_nothing(words[0].number) && !Phrase::of(&words).lacks(&one));
        one.add(words[1].number);
        assert!(Phrase::of(&words).lacks(&one) && !Phrase::of(&words).lacks(&other));
        assert!(!Phrase::from(&words).lacks(&one), "nothing is told of words that one class is asked about");
        // A word that is too long for a number.
        let long = tokens(&format!("zzone {}", "x".repeat(100)));
        one.add(long[1].number);
        assert!(!Phrase::of(&long).lacks(&one) && !one.begins_nothing(long[1].number));
    }
}
