//! What two statements share: concepts as bits and stems as numbers, as every need is held against every provision.

use crate::plan::read::thesaurus::{ConceptId, thesaurus};
use std::collections::{BTreeMap, BTreeSet};

/// Concepts but for the broad ones, one bit for each: every need is held against every provision. A test counts them.
#[derive(Clone, Copy, Default)]
pub(super) struct Telling(u128);

impl Telling {
    pub(super) fn of(concepts: &BTreeSet<ConceptId>) -> Self {
        let telling = concepts.iter().filter(|&&concept| !thesaurus().broad(concept));
        Self(telling.filter_map(|concept| 1_u128.checked_shl(u32::try_from(concept.index()).ok()?)).sum())
    }

    /// How many concepts both hold.
    pub(super) fn shared(self, other: Self) -> u32 {
        (self.0 & other.0).count_ones()
    }
}

/// The stems of a plan, each with its number and how many statements hold it.
#[derive(Default)]
pub(super) struct Stems {
    numbers: BTreeMap<String, usize>,
    counts: Vec<usize>,
}

impl Stems {
    /// The numbers of the stems of one statement, in order and each once.
    pub(super) fn numbered<'s>(&mut self, stems: impl Iterator<Item = &'s str>) -> Vec<usize> {
        let mut numbers: Vec<usize> = stems.map(|stem| self.number(stem)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        for &number in &numbers {
            self.counts[number] += 1;
        }
        numbers
    }

    fn number(&mut self, stem: &str) -> usize {
        if let Some(&number) = self.numbers.get(stem) {
            return number;
        }
        self.numbers.insert(stem.to_owned(), self.counts.len());
        self.counts.push(0);
        self.counts.len() - 1
    }

    /// How many statements hold the stem with this number.
    pub(super) fn count(&self, stem: usize) -> usize {
        self.counts.get(stem).copied().unwrap_or_default()
    }
}

/// Which rows of numbers hold each number: told once, and then asked by each of many others.
pub(super) struct Holders {
    /// The rows that hold a number, by it.
    of: Vec<Vec<usize>>,
    /// How many numbers each row shares with the one that asks.
    shared: Vec<u8>,
}

impl Holders {
    /// The holders of each number in `rows`.
    pub(super) fn of<'r>(rows: impl ExactSizeIterator<Item = &'r [usize]>) -> Self {
        let mut holders = Self { of: Vec::new(), shared: vec![0; rows.len()] };
        for (row, numbers) in rows.enumerate() {
            for &number in numbers {
                if holders.of.len() <= number {
                    holders.of.resize_with(number + 1, Vec::new);
                }
                holders.of[number].push(row);
            }
        }
        holders
    }

    /// For each row, how many of `numbers` it holds.
    pub(super) fn shared(&mut self, numbers: &[usize]) -> &[u8] {
        self.shared.fill(0);
        for &row in numbers.iter().filter_map(|&number| self.of.get(number)).flatten() {
            self.shared[row] = self.shared[row].saturating_add(1);
        }
        &self.shared
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_rows_share() {
        let rows: [&[usize]; 4] = [&[1, 2, 9], &[], &[2], &[1, 2]];
        let mut holders = Holders::of(rows.into_iter());
        assert_eq!(holders.shared(&[1, 2, 40]), [2, 0, 1, 2]);
        assert_eq!(holders.shared(&[]), [0, 0, 0, 0]);
    }
}
