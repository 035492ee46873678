//! Strangers: names and numbers of one plan that stand in another.

use crate::audit::record::Record;
use crate::audit::repeats::From;
use std::collections::BTreeSet;

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

    /// As bytes whose order is that of the hashes; of one hash, the plans whose own it is come first.
    pub fn to_bytes(&self) -> Vec<u8> {
        [&self.hash.to_be_bytes()[..], &[u8::from(!self.own)], &self.plan.to_be_bytes()[..]].concat()
    }

    /// From such bytes.
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let mut from = From(bytes);
        let (hash, [other]) = (from.long()?, from.take()?);
        Some(Self { hash, plan: from.short()?, own: other == 0 })
    }
}

/// Finds pairs of plans of which one holds what is the other's.
#[derive(Default)]
pub struct Strangers {
    hash: Option<u64>,
    /// The plans whose own it is, or so many that it says nothing.
    owners: Vec<u32>,
    last: Option<u32>,
}

impl Strangers {
    /// Takes up the next sighting in their order; the plan that it was seen in, with those whose own it is.
    pub fn take(&mut self, sighting: &Sighting) -> impl Iterator<Item = (u32, u32)> + '_ {
        if self.hash != Some(sighting.hash) {
            self.hash = Some(sighting.hash);
            self.owners.clear();
            self.last = None;
        }
        let plan = sighting.plan;
        if sighting.own && self.owners.len() <= OWNERS {
            self.owners.push(plan);
        }
        let again = self.last.replace(plan) == Some(plan);
        let tells = !sighting.own && !again && self.owners.len() <= OWNERS && !self.owners.contains(&plan);
        self.owners.iter().take(if tells { OWNERS } else { 0 }).map(move |&owner| (plan, owner))
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
            let mut group = group.to_vec();
            group.sort_by_key(Sighting::to_bytes);
            let mut strangers = Strangers::default();
            let found: Vec<(u32, u32)> = group.iter().flat_map(|one| strangers.take(one).collect::<Vec<_>>()).collect();
            assert_eq!(found, expected);
        };
        check(&[one(2, false), one(2, false), one(3, false), one(1, true)], &[(2, 1), (3, 1)]);
        check(&[one(1, true), one(2, false)], &[(2, 1)]);
        check(&[one(1, true), one(2, true)], &[]);
        check(&[one(1, false), one(2, false)], &[]);
        check(&[one(1, true), one(2, true), one(3, true), one(4, true), one(5, false)], &[]);
    }
}
