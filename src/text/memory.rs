//! What was told of a text, kept for the next one that is the same: plans of one council share half of their words.

use crate::text::fold::Folded;
use std::fmt;
use std::iter::repeat_with;
use std::mem::replace;
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

/// A table, of which at least a quarter is free: a text is looked for at the place that its number gives, and straight after it.
struct Kept<T> {
    /// So many bytes may have come lately.
    most: usize,
    places: Vec<Option<Known<T>>>,
    count: usize,
    /// The bytes of those that came lately.
    bytes: usize,
}

/// One text.
struct Known<T> {
    /// A number made from the text: two may have the same.
    number: u64,
    text: Box<str>,
    told: Arc<T>,
    /// Whether it came lately. When there are too many of those, the others are forgotten, and these have to come again.
    young: bool,
}

impl<T> Memory<T> {
    /// Nothing yet.
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(Kept::new(MOST_BYTES)))
    }

    /// The same, that keeps so many times as much.
    pub(crate) const fn of_more(times: usize) -> Self {
        Self(Mutex::new(Kept::new(times * MOST_BYTES)))
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
    const fn new(most: usize) -> Self {
        Self { most, places: Vec::new(), count: 0, bytes: 0 }
    }

    fn find(&mut self, number: u64, text: &str) -> Option<Arc<T>> {
        let place = self.place(number);
        let known = self.places.get_mut(place)?.as_mut().filter(|known| *known.text == *text)?;
        let told = Arc::clone(&known.told);
        if !replace(&mut known.young, true) {
            self.grow_by(text.len());
        }
        Some(told)
    }

    /// Another with the same number makes way.
    fn add(&mut self, number: u64, text: Box<str>, told: Arc<T>) {
        if self.count * 4 >= self.places.len() * 3 {
            self.put_into((self.places.len() * 2).max(64), |_| true);
        }
        let bytes = text.len();
        let before = self.put(Known { number, text, told, young: true });
        self.bytes -= before.filter(|before| before.young).map_or(0, |before| before.text.len());
        self.grow_by(bytes);
    }

    /// So many bytes more came lately.
    fn grow_by(&mut self, bytes: usize) {
        self.bytes += bytes;
        if self.bytes > self.most {
            self.put_into(self.places.len(), |known| replace(&mut known.young, false));
            self.bytes = 0;
        }
    }

    /// Another table, with those that stay.
    fn put_into(&mut self, places: usize, mut stays: impl FnMut(&mut Known<T>) -> bool) {
        let larger = repeat_with(|| None).take(places).collect();
        self.count = 0;
        for mut known in replace(&mut self.places, larger).into_iter().flatten() {
            if stays(&mut known) {
                self.put(known);
            }
        }
    }

    /// Puts one into the table, and gives the one whose place it takes.
    fn put(&mut self, known: Known<T>) -> Option<Known<T>> {
        let place = self.place(known.number);
        let before = self.places.get_mut(place)?.replace(known);
        self.count += usize::from(before.is_none());
        before
    }

    /// Where the text with this number stands, or else the free place where it would.
    fn place(&self, number: u64) -> usize {
        let last = self.places.len().wrapping_sub(1);
        let mut place = usize::try_from(number >> 32).unwrap_or_default() & last;
        while self.places.get(place).is_some_and(|held| held.as_ref().is_some_and(|known| known.number != number)) {
            place = (place + 1) & last;
        }
        place
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
        let bytes = |young: bool| {
            let of_age = kept.places.iter().flatten().filter(|known| known.young == young);
            of_age.map(|known| known.text.len()).sum::<usize>()
        };
        assert!(
            bytes(true) == kept.bytes
                && bytes(true) <= MOST_BYTES
                && (1..=MOST_BYTES + LONGEST).contains(&bytes(false))
        );
        assert_eq!(kept.places.iter().flatten().count(), kept.count);
    }

    #[test]
    fn texts_with_the_same_number_are_told_apart() {
        let mut kept = Kept::new(MOST_BYTES);
        kept.add(7, "a".into(), Arc::new(1));
        assert_eq!((kept.find(7, "a").as_deref(), kept.find(7, "b")), (Some(&1), None));
        kept.add(7, "bc".into(), Arc::new(2));
        assert_eq!((kept.find(7, "bc").as_deref(), kept.find(7, "a"), kept.bytes), (Some(&2), None, 2));
    }
}
