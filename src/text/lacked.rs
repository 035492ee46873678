//! Which patterns have been looked for in a text and are not there, as one bit for each.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// Patterns beyond these are not remembered.
const MOST: usize = 1024;

/// The patterns that a text lacks, as far as that has been found out. A copy begins without.
#[derive(Debug, Default)]
pub(crate) struct Lacked(OnceLock<Box<[AtomicU64; MOST / 64]>>);

/// The number by which texts remember a pattern; it has none until one of them lacks it.
#[derive(Clone, Debug, Default)]
pub(crate) struct PatternNumber(OnceLock<usize>);

impl Lacked {
    /// Whether a pattern was looked for and is not there.
    #[inline]
    pub(crate) fn has(&self, pattern: &PatternNumber) -> bool {
        let place = self.0.get().zip(pattern.0.get());
        let bits = place.and_then(|(lacked, &number)| Some((lacked.get(number >> 6)?, number & 63)));
        bits.is_some_and(|(bits, at)| bits.load(Ordering::Relaxed) >> at & 1 == 1)
    }

    /// Remembers that a pattern is not there.
    pub(crate) fn add(&self, pattern: &PatternNumber) {
        static NUMBERED: AtomicUsize = AtomicUsize::new(0);
        let number = *pattern.0.get_or_init(|| NUMBERED.fetch_add(1, Ordering::Relaxed));
        if number < MOST {
            let lacked = self.0.get_or_init(|| Box::new([const { AtomicU64::new(0) }; MOST / 64]));
            let bits = &lacked[number >> 6];
            // Where two do this at once, one of the bits may be lost: then it is looked for again.
            bits.store(bits.load(Ordering::Relaxed) | 1 << (number & 63), Ordering::Relaxed);
        }
    }
}

impl Clone for Lacked {
    fn clone(&self) -> Self {
        Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remembers_what_is_not_there() {
        let (lacked, one, other) = (Lacked::default(), PatternNumber::default(), PatternNumber::default());
        assert!(!lacked.has(&one));
        lacked.add(&one);
        assert!(lacked.has(&one) && lacked.has(&one.clone()) && !lacked.has(&other) && !lacked.clone().has(&one));
        other.0.set(MOST).expect("it has no number");
        lacked.add(&other);
        assert!(!lacked.has(&other));
    }
}
