//! Strangers: names and numbers of one plan that stand in another.

use crate::audit::record::Record;
use crate::audit::repeats::From;
use std::collections::{BTreeMap, BTreeSet};

/// A name or number that so many plans call their own is a common one, or those plans are versions of one.
const OWNERS: usize = 3;

/// A hash of a name or number, and a plan in which it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sighting {
    hash: u64,
    plan: u32,
    own: bool,
}

impl Sighting {
    /// What is to be seen in a plan, by its number.
    pub fn of(record: &Record, plan: u32) -> Vec<Self> {
        let own: BTreeSet<u64> = record.traces.own.iter().copied().collect();
        let others = record.traces.mentions.iter().filter(|hash| !own.contains(hash));
        let others = others.map(|&hash| Self { hash, plan, own: false });
        own.iter().map(|&hash| Self { hash, plan, own: true }).chain(others).collect()
    }

    /// How many bytes one is.
    pub const SIZE: usize = 13;

    /// Whether two are of one name or number.
    pub fn same(&self, other: &Self) -> bool {
        self.hash == other.hash
    }

    /// As bytes whose order is that of the hashes.
    pub fn to_bytes(&self) -> Vec<u8> {
        [&self.hash.to_be_bytes()[..], &self.plan.to_be_bytes()[..], &[u8::from(self.own)]].concat()
    }

    /// From such bytes.
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let mut from = From(bytes);
        Some(Self { hash: from.long()?, plan: from.short()?, own: from.take::<1>()? == [1] })
    }
}

/// Pairs of plans: in the first stands what is the second's.
#[derive(Default)]
pub struct Sightings(BTreeMap<(u32, u32), u64>);

impl Sightings {
    /// Takes up the sightings of one hash.
    pub fn add(&mut self, group: &[Sighting]) {
        let owners: BTreeSet<u32> = group.iter().filter(|one| one.own).map(|one| one.plan).collect();
        if owners.is_empty() || owners.len() > OWNERS {
            return;
        }
        let others: BTreeSet<u32> = group.iter().map(|one| one.plan).filter(|plan| !owners.contains(plan)).collect();
        for other in others {
            for &owner in &owners {
                *self.0.entry((other, owner)).or_default() += 1;
            }
        }
    }

    /// The pairs, with how many names and numbers each has.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = ((u32, u32), u64)> {
        self.0.iter().map(|(&pair, &count)| (pair, count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_anothers_is_seen() {
        let one = |plan, own| Sighting { hash: 5, plan, own };
        assert_eq!(Sighting::of_bytes(&one(9, true).to_bytes()), Some(one(9, true)));
        let check = |group: &[Sighting], expected: &[(u32, u32)]| {
            let mut found = Sightings::default();
            found.add(group);
            assert_eq!(found.iter().map(|(pair, _)| pair).collect::<Vec<_>>(), expected);
        };
        check(&[one(1, true), one(2, false)], &[(2, 1)]);
        check(&[one(1, true), one(2, true)], &[]);
        check(&[one(1, false), one(2, false)], &[]);
        check(&[one(1, true), one(2, true), one(3, true), one(4, true), one(5, false)], &[]);
    }
}
