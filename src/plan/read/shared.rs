//! What two statements share: concepts as bits and stems as numbers, as every need is held against every provision.

use crate::plan::read::thesaurus::{ConceptId, thesaurus};
use std::collections::{BTreeMap, BTreeSet};

/// Concepts but for the broad ones, one bit for each: every need is held against every provision.
#[derive(Default)]
pub(super) struct Telling(Vec<u64>);

impl Telling {
    pub(super) fn of(concepts: &BTreeSet<ConceptId>) -> Self {
        let mut telling = Self::default();
        for index in concepts.iter().filter(|&&concept| !thesaurus().broad(concept)).map(|concept| concept.index()) {
            telling.0.resize(telling.0.len().max(index / 64 + 1), 0);
            telling.0[index / 64] |= 1 << (index % 64);
        }
        telling
    }

    /// How many concepts both hold.
    pub(super) fn shared(&self, other: &Self) -> u32 {
        self.0.iter().zip(&other.0).map(|(ours, theirs)| (ours & theirs).count_ones()).sum()
    }
}

/// The stems of a plan, each with its number and how many statements hold it.
#[derive(Default)]
pub(super) struct Stems {
    numbers: BTreeMap<String, usize>,
    counts: Vec<usize>,
}

impl Stems {
    /// The numbers of the stems of one statement, in order.
    pub(super) fn numbered(&mut self, stems: BTreeSet<String>) -> Vec<usize> {
        let mut numbers: Vec<usize> = Vec::with_capacity(stems.len());
        for stem in stems {
            let number = *self.numbers.entry(stem).or_insert(self.counts.len());
            if number == self.counts.len() {
                self.counts.push(0);
            }
            self.counts[number] += 1;
            numbers.push(number);
        }
        numbers.sort_unstable();
        numbers
    }

    /// How many statements hold the stem with this number.
    pub(super) fn count(&self, stem: usize) -> usize {
        self.counts.get(stem).copied().unwrap_or_default()
    }
}

/// Whether two rows of numbers, each in order, share more than one.
pub(super) fn share_two(ours: &[usize], theirs: &[usize]) -> bool {
    let mut theirs = theirs.iter().peekable();
    let shared = ours.iter().filter(|ours| {
        while theirs.next_if(|theirs| theirs < ours).is_some() {}
        theirs.peek() == Some(ours)
    });
    shared.take(2).count() == 2
}
