//! What was told of a part of a package, kept for the next file that holds the same part: files made from one template share their styles.

use crate::extract::View;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use zip::CompressionMethod;

/// So many parts are kept,
const MOST: usize = 64;
/// and of so many bytes, unpacked: the styles of some thirty templates.
const MOST_BYTES: u64 = 12 << 20;

/// A part as it stands in its package. Where this is the same, so is all that can be told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Packed<B> {
    pub(super) view: View,
    pub(super) method: CompressionMethod,
    /// The checksum of what it unpacks to.
    pub(super) sum: u32,
    pub(super) bytes: B,
}

/// What `T` was told of parts, the one that came last first.
///
/// A part that has not come for long is forgotten: a process that reads any number of files holds no more than so much. What is told
/// must follow from the part and the view alone, so that nobody can tell whether it was kept.
pub(super) struct KnownParts<T>(Mutex<Vec<Known<T>>>);

struct Known<T> {
    part: Packed<Box<[u8]>>,
    /// How many bytes it unpacks to.
    size: u64,
    told: Arc<T>,
}

impl<T> KnownParts<T> {
    /// Nothing yet.
    pub(super) const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// What was told of a part, and how many bytes it unpacks to.
    pub(super) fn find(&self, part: Packed<&[u8]>) -> Option<(Arc<T>, u64)> {
        let mut known = self.known();
        let at = known.iter().position(|known| known.part.is(part))?;
        known.get_mut(..=at)?.rotate_right(1);
        known.first().map(|known| (Arc::clone(&known.told), known.size))
    }

    /// Keeps what is told of a part that unpacks to so many bytes.
    pub(super) fn keep(&self, part: Packed<&[u8]>, size: u64, told: Arc<T>) {
        let part = Packed { view: part.view, method: part.method, sum: part.sum, bytes: part.bytes.into() };
        let new = Known { part, size, told };
        if new.room() > MOST_BYTES {
            return;
        }
        let mut known = self.known();
        known.insert(0, new);
        known.truncate(MOST);
        let mut room = 0;
        known.retain(|known| {
            room += known.room();
            room <= MOST_BYTES
        });
    }

    fn known(&self) -> MutexGuard<'_, Vec<Known<T>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Known<T> {
    /// A part is packed into fewer bytes than it has, but a file may hold anything.
    fn room(&self) -> u64 {
        self.size.max(self.part.bytes.len() as u64)
    }
}

impl Packed<Box<[u8]>> {
    fn is(&self, part: Packed<&[u8]>) -> bool {
        (self.sum, self.view, self.method) == (part.sum, part.view, part.method) && *self.bytes == *part.bytes
    }
}

/// Without a byte of a plan.
impl<T> fmt::Debug for KnownParts<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("KnownParts")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(bytes: &[u8]) -> Packed<&[u8]> {
        Packed { view: View::Accepted, method: CompressionMethod::Deflated, sum: 7, bytes }
    }

    #[test]
    fn keeps_what_comes_again_and_forgets_what_does_not() {
        let known = KnownParts::new();
        known.keep(part(b"styles"), 600, Arc::new("told"));
        for round in 0..1000_u32 {
            assert_eq!(known.find(part(b"styles")), Some((Arc::new("told"), 600)), "{round}");
            known.keep(part(&round.to_le_bytes()), u64::from(round) << 10, Arc::new("other"));
        }
        assert_eq!(known.find(part(&1_u32.to_le_bytes())), None);
        assert_eq!(known.find(Packed { sum: 8, ..part(b"styles") }), None);
        assert_eq!(known.find(Packed { view: View::Original, ..part(b"styles") }), None);
        let known = known.known();
        assert!(known.len() <= MOST && known.iter().map(|known| known.size).sum::<u64>() <= MOST_BYTES);
    }
}
