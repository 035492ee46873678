//! Which classes of patterns begin with which words, as far as that is known.

use crate::text::numbered::{self, Number};
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
    fn knows_which_classes_begin_with_a_word() {
        // Tests make more classes than are remembered: these take the last two, and words that no other class begins with.
        let (one, other) = (ClassNumber(OnceLock::from(CLASSES - 1)), ClassNumber(OnceLock::from(CLASSES - 2)));
        let words = tokens(&format!("zzone zztwo {}", "x".repeat(100)));
        one.add(words[0].number);
        assert!(one.begins_nothing(words[0].number) && !one.begins_nothing(words[1].number));
        assert!(!one.may_begin(words[0].number, || panic!("it is known")) && one.may_begin(words[1].number, || true));
        assert!(!other.begins_nothing(words[0].number));
        // A word that is too long for a number.
        one.add(words[2].number);
        assert!(!one.begins_nothing(words[2].number));
    }
}
