//! Classes of patterns that were made ready when the program was built, found by the patterns that they were made from.

use crate::text::first::First;
use crate::text::flat::{Cell, Flat, View, number};
use crate::text::pattern::Class;
use crate::text::together::Number;

/// What a pattern that stands in the source is made from, beside its words: one of the lexicon with the same words is another.
pub(crate) const OWN: &str = "own";

/// Classes that stand in the binary. They hold for one grammar: classes that their patterns name are told by index.
#[derive(Debug)]
pub(crate) struct Prepared {
    flat: Flat,
    /// For each class the fingerprint of its patterns, by which they are sorted, and where its two parts are laid out.
    index: &'static [Entry],
}

/// One class of the index.
type Entry = [Cell; 4];

impl Prepared {
    /// What `making.rs` wrote.
    pub(crate) const fn standing(cells: &'static [u8], words: &'static str, index: &'static [u8]) -> Self {
        Self { flat: Flat::standing(cells, words), index: index.as_chunks().0.as_chunks().0 }
    }

    /// The class of these patterns.
    pub(crate) fn class<'p>(&'static self, patterns: impl IntoIterator<Item = &'p str>) -> Option<Class> {
        let wanted = fingerprint(patterns);
        let found = self.index.binary_search_by_key(&wanted, |&[low, high, ..]| joined(low, high)).ok()?;
        let (first, tree) = self.at(found)?;
        Some(Class::standing(Number::of(found), first, &self.flat, tree))
    }

    /// What matches of the class with this place in the index begin with, and where its tree is laid out.
    pub(crate) fn at(&'static self, place: usize) -> Option<(First, u32)> {
        let &[_, _, first, tree] = self.index.get(place)?;
        Some((First::standing(self.flat.standing_from(number(Some(&first)))), u32::from_le_bytes(tree)))
    }

    /// What the trees of all classes are read from.
    pub(crate) fn view(&'static self) -> View<'static> {
        self.flat.view()
    }
}

fn joined(low: Cell, high: Cell) -> u64 {
    u64::from(u32::from_le_bytes(low)) | u64::from(u32::from_le_bytes(high)) << 32
}

/// A number made from patterns: other patterns, another number.
pub(crate) fn fingerprint<'p>(patterns: impl IntoIterator<Item = &'p str>) -> u64 {
    let mut mixed = 0xcbf2_9ce4_8422_2325_u64;
    let mut mix = |part: u64| {
        mixed = (mixed ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^= mixed >> 32;
    };
    for pattern in patterns {
        let (eights, rest) = pattern.as_bytes().as_chunks::<8>();
        for eight in eights {
            mix(u64::from_le_bytes(*eight));
        }
        for byte in rest {
            mix(u64::from(*byte));
        }
        mix(u64::MAX - pattern.len() as u64);
    }
    mixed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_patterns_have_another_fingerprint() {
        let lists: &[&[&str]] = &[
            &[],
            &[""],
            &["", ""],
            &["a"],
            &["a", ""],
            &["ab"],
            &["a", "b"],
            &["eight by", "eight by"],
            &["eight byeight by"],
        ];
        let prints: std::collections::BTreeSet<u64> =
            lists.iter().map(|list| fingerprint(list.iter().copied())).collect();
        assert_eq!(prints.len(), lists.len());
    }
}
