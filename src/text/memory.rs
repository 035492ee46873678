//! What was told of a text, kept for the next one that is the same: plans of one council share half of their words.

use crate::text::fold::Folded;
use std::collections::BTreeMap;
use std::fmt;
use std::mem::take;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// So many bytes of text are kept in each of two halves. With what is told of them they are several times that.
const MOST_BYTES: usize = 1 << 18;
/// Longer texts do not come again.
const LONGEST: usize = 1 << 12;

/// What `T` was told of texts.
///
/// A text that has not come for long is forgotten: a process that reads any number of plans holds no more than so much. What is told
/// must follow from the text alone, so that nobody can tell whether it was kept.
pub(crate) struct Memory<T>(Mutex<Kept<T>>);

struct Kept<T> {
    /// Those that came lately.
    young: Texts<T>,
    /// Those that came before them. What comes again is young again; when the young are too many, the rest is forgotten.
    old: Texts<T>,
    /// The bytes of the young.
    bytes: usize,
}

/// By a number made from the text, and the text itself: two may have the same number.
type Texts<T> = BTreeMap<u64, (Box<str>, Arc<T>)>;

impl<T> Memory<T> {
    /// Nothing yet.
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(Kept { young: BTreeMap::new(), old: BTreeMap::new(), bytes: 0 }))
    }

    /// What is told of `text`: what is kept, or else what `tell` says, which must follow from the text alone.
    pub(crate) fn of(&self, text: &str, tell: impl FnOnce() -> T) -> Arc<T> {
        if text.len() > LONGEST {
            return Arc::new(tell());
        }
        let number = number(text);
        if let Some(told) = self.kept().find(number, text) {
            return told;
        }
        // Whoever tells may ask of other texts.
        let told = Arc::new(tell());
        self.kept().add(number, text.into(), Arc::clone(&told));
        told
    }

    fn kept(&self) -> MutexGuard<'_, Kept<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Kept<T> {
    fn find(&mut self, number: u64, text: &str) -> Option<Arc<T>> {
        if let Some((known, told)) = self.young.get(&number) {
            return (**known == *text).then(|| Arc::clone(told));
        }
        let (known, told) = self.old.remove(&number)?;
        let found = (*known == *text).then(|| Arc::clone(&told));
        self.add(number, known, told);
        found
    }

    fn add(&mut self, number: u64, text: Box<str>, told: Arc<T>) {
        if self.bytes + text.len() > MOST_BYTES {
            self.old = take(&mut self.young);
            self.bytes = 0;
        }
        self.bytes += text.len();
        if let Some((before, _)) = self.young.insert(number, (text, told)) {
            self.bytes -= before.len();
        }
    }
}

/// The levelled words of a text, whether it was levelled before or not.
pub(crate) fn levelled(text: &str) -> Arc<Folded> {
    static LEVELLED: Memory<Folded> = Memory::new();
    LEVELLED.of(text, || Folded::of(text))
}

/// A number made from a text, eight bytes at a time. Two texts may have the same: who finds something compares the text too.
pub(crate) fn number(text: &str) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |sum: u64, eight: u64| (sum ^ eight).wrapping_mul(ODD).rotate_left(29);
    let (eights, rest) = text.as_bytes().as_chunks::<8>();
    let mut last = [0; 8];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    let sum = eights.iter().fold(text.len() as u64, |sum, eight| mix(sum, u64::from_le_bytes(*eight)));
    let sum = mix(sum, u64::from_le_bytes(last));
    (sum ^ sum >> 31).wrapping_mul(ODD)
}

/// Without a word of a plan.
impl<T> fmt::Debug for Memory<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Memory")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_comes_again_and_forgets_what_does_not() {
        let memory = Memory::new();
        let told = std::cell::Cell::new(0);
        let tell = |text: &str| {
            let known = memory.of(text, || {
                told.set(told.get() + 1);
                text.to_uppercase()
            });
            assert_eq!(*known, text.to_uppercase());
            told.get()
        };
        assert_eq!([tell("a b"), tell("a b"), tell("a b")], [1, 1, 1]);
        let before = tell(&"x".repeat(LONGEST + 1));
        assert_eq!(tell(&"x".repeat(LONGEST + 1)), before + 1);
        // What keeps coming is kept through any number of others.
        for round in 0..40_000 {
            let other = format!("{round} {}", "y".repeat(100));
            let before = tell(&other);
            assert_eq!(tell("a b"), before, "{round}");
        }
        let kept = memory.kept();
        let bytes: usize = kept.young.values().map(|(text, _)| text.len()).sum();
        assert!(bytes == kept.bytes && bytes <= MOST_BYTES && !kept.old.is_empty());
        assert!(kept.old.values().map(|(text, _)| text.len()).sum::<usize>() <= MOST_BYTES);
    }

    #[test]
    fn texts_with_the_same_number_are_told_apart() {
        let mut kept = Kept { young: BTreeMap::new(), old: BTreeMap::new(), bytes: 0 };
        kept.add(7, "a".into(), Arc::new(1));
        assert_eq!((kept.find(7, "a").as_deref(), kept.find(7, "b")), (Some(&1), None));
        kept.add(7, "bc".into(), Arc::new(2));
        assert_eq!((kept.find(7, "bc").as_deref(), kept.find(7, "a"), kept.bytes), (Some(&2), None, 2));
    }
}
