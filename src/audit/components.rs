//! Components: what belongs together, from pairs of neighbours, in passes over sorted pairs that remember nothing but a pair.
//!
//! Each pass ties neighbours to the least of them, first those that are larger than what stands between them, then those that
//! are smaller, until nothing changes: then all that belong together are tied to the least of all (Kiveris, Lattanzi,
//! Mirrokni, Rastogi and Vassilvitskii 2014). So the pairs can lie on disk, however many there are.

use crate::audit::interval::mix;

/// Two that are neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Neighbours {
    one: u64,
    other: u64,
}

impl Neighbours {
    /// A pair, the larger first.
    pub fn of(one: u64, other: u64) -> Self {
        Self { one: one.max(other), other: one.min(other) }
    }

    /// The other way round.
    #[must_use]
    pub fn turned(&self) -> Self {
        Self { one: self.other, other: self.one }
    }

    /// As bytes whose order is that of the first, then of the second.
    pub fn to_bytes(&self) -> [u8; 16] {
        ((u128::from(self.one) << 64) | u128::from(self.other)).to_be_bytes()
    }

    /// From such bytes.
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let (one, other) = bytes.split_first_chunk()?;
        Some(Self { one: u64::from_be_bytes(*one), other: u64::from_be_bytes(other.try_into().ok()?) })
    }

    /// When all is tied: a member, and the least of those that it belongs with.
    pub fn member(&self) -> (u64, u64) {
        (self.one, self.other)
    }

    /// When all is tied: the least of those that belong together, as a member.
    #[must_use]
    pub fn centre(&self) -> Self {
        Self { one: self.other, other: self.other }
    }
}

/// One pass over pairs in their order.
#[derive(Debug, Default)]
pub struct Tying {
    last: Option<Neighbours>,
    least: u64,
}

impl Tying {
    /// The next pair where every pair comes both ways round: ties what is larger than the one in the middle to the least.
    pub fn larger(&mut self, pair: Neighbours) -> Option<Neighbours> {
        if self.begins(pair)? {
            self.least = pair.one.min(pair.other);
        }
        (pair.other > pair.one).then(|| Neighbours::of(pair.other, self.least))
    }

    /// The next pair where every pair comes with the larger first: ties the one in the middle, and what is smaller, to the
    /// least.
    pub fn smaller(&mut self, pair: Neighbours) -> Option<Neighbours> {
        if self.begins(pair)? {
            self.least = pair.other;
            return Some(pair);
        }
        Some(Neighbours::of(pair.other, self.least))
    }

    /// Whether another one stands in the middle now; nothing where the pair came just before.
    fn begins(&mut self, pair: Neighbours) -> Option<bool> {
        let last = self.last.replace(pair);
        if last == Some(pair) { None } else { Some(last.is_none_or(|last| last.one != pair.one)) }
    }
}

/// Tells whether pairs are the same as before: how many different ones there are, and a sum over them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TyingTrace {
    last: Option<Neighbours>,
    pairs: u64,
    sum: u64,
}

impl TyingTrace {
    /// Takes up the next pair in their order; whether it did not come just before.
    pub fn add(&mut self, pair: Neighbours) -> bool {
        let new = self.last.replace(pair) != Some(pair);
        if new {
            self.pairs += 1;
            self.sum = self.sum.wrapping_add(mix(mix(pair.one) ^ pair.other));
        }
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn sorted(pairs: impl IntoIterator<Item = Neighbours>) -> Vec<Neighbours> {
        let mut pairs: Vec<Neighbours> = pairs.into_iter().collect();
        pairs.sort();
        pairs
    }

    fn tied(pairs: &[Neighbours]) -> Vec<Neighbours> {
        let mut pairs = sorted(pairs.iter().copied());
        loop {
            let (mut before, mut after) = (TyingTrace::default(), TyingTrace::default());
            pairs.retain(|&pair| before.add(pair));
            let (mut larger, mut smaller) = (Tying::default(), Tying::default());
            let both = sorted(pairs.iter().flat_map(|pair| [*pair, pair.turned()]));
            let large = sorted(both.into_iter().filter_map(|pair| larger.larger(pair)));
            let mut small = sorted(large.into_iter().filter_map(|pair| smaller.smaller(pair)));
            small.retain(|&pair| after.add(pair));
            if before == after {
                return small;
            }
            pairs = small;
        }
    }

    /// The least that can be reached from each, by walking until nothing changes.
    fn walked(pairs: &[Neighbours]) -> Vec<Neighbours> {
        let mut least: BTreeMap<u64, u64> = BTreeMap::new();
        for pair in pairs {
            least.insert(pair.one, pair.one);
            least.insert(pair.other, pair.other);
        }
        for _ in 0..pairs.len() {
            for pair in pairs {
                let both = least[&pair.one].min(least[&pair.other]);
                least.insert(pair.one, both);
                least.insert(pair.other, both);
            }
        }
        least.into_iter().filter(|(one, other)| one != other).map(|(one, other)| Neighbours { one, other }).collect()
    }

    proptest! {
        #[test]
        fn everything_is_tied_to_the_least_that_it_belongs_with(
            pairs in proptest::collection::vec((0u64..40, 0u64..40), 0..40)
        ) {
            let pairs: Vec<Neighbours> =
                pairs.into_iter().filter(|(one, other)| one != other).map(|(one, other)| Neighbours::of(one, other)).collect();
            prop_assert_eq!(tied(&pairs), walked(&pairs));
        }
    }

    #[test]
    fn a_long_chain_is_one() {
        let pairs: Vec<Neighbours> = (0..500).map(|at| Neighbours::of(at, at + 1)).collect();
        assert!(tied(&pairs).iter().all(|pair| pair.other == 0));
        let pair = Neighbours::of(3, u64::MAX - 1);
        assert_eq!(Neighbours::of_bytes(&pair.to_bytes()), Some(pair));
        assert!(Neighbours::of(1, 300).to_bytes() < Neighbours::of(2, 300).to_bytes());
    }
}
