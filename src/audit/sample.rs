//! Sample: a stratified sample that anybody can draw again, on any machine and with any program.
//!
//! Each plan has a number: the SHA-256 of the seed, a colon and the plan's id, in hexadecimal. The plans of a stratum are put
//! in the order of these numbers, and the first ones are drawn.

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How many of the sample come from each stratum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allocation {
    /// As many as its share of the plans, at least one.
    Proportional,
    /// The same number from each.
    Equal,
}

/// A plan that was drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// Its place among the plans that were given.
    pub index: usize,
    /// Its stratum.
    pub stratum: String,
    /// How many plans it stands for: plans of the stratum over plans drawn from it.
    pub weight: f64,
}

/// Draws `size` of these plans, each with its id and its stratum; in the order of strata, then of their numbers.
pub fn sample(plans: &[(String, String)], size: usize, seed: u64, allocation: Allocation) -> Vec<Drawn> {
    let mut strata: BTreeMap<&str, Vec<(String, usize)>> = BTreeMap::new();
    for (index, (id, stratum)) in plans.iter().enumerate() {
        strata.entry(stratum).or_default().push((number(seed, id), index));
    }
    let sizes: Vec<usize> = strata.values().map(Vec::len).collect();
    let mut drawn = Vec::new();
    for ((stratum, mut members), take) in strata.into_iter().zip(allocated(&sizes, size, allocation)) {
        members.sort();
        let of = crate::audit::interval::whole(members.len() as u64);
        let weight = of / crate::audit::interval::whole(take.max(1) as u64);
        drawn.extend(members.into_iter().take(take).map(|(_, index)| Drawn {
            index,
            stratum: stratum.to_owned(),
            weight,
        }));
    }
    drawn
}

/// How many come from each stratum: whole shares first, then one more to those with the largest remainder.
fn allocated(sizes: &[usize], size: usize, allocation: Allocation) -> Vec<usize> {
    let all: usize = sizes.iter().sum();
    let size = size.min(all);
    let mut take: Vec<usize> = sizes
        .iter()
        .map(|&members| match allocation {
            Allocation::Proportional => (members * size / all.max(1)).max(1).min(members),
            Allocation::Equal => (size / sizes.len().max(1)).min(members),
        })
        .collect();
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    let remainder = |at: &usize| sizes.get(*at).map_or(0, |members| members * size % all.max(1));
    order.sort_by_key(|at| std::cmp::Reverse(remainder(at)));
    while take.iter().sum::<usize>() < size {
        let before: usize = take.iter().sum();
        for &at in &order {
            let (Some(taken), Some(&members)) = (take.get_mut(at), sizes.get(at)) else { continue };
            if *taken < members && before < size {
                *taken += 1;
                if take.iter().sum::<usize>() == size {
                    break;
                }
            }
        }
    }
    // At least one of each can be more than was asked for: then the largest give some back.
    while take.iter().sum::<usize>() > size.max(sizes.len()) {
        let most = (0..take.len()).max_by_key(|&at| take.get(at).copied().unwrap_or(0));
        if let Some(taken) = most.and_then(|at| take.get_mut(at)) {
            *taken -= 1;
        }
    }
    take
}

fn number(seed: u64, id: &str) -> String {
    let digest = Sha256::digest(format!("{seed}:{id}"));
    digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_kept_and_no_stratum_is_left_out() {
        let check = |sizes: &[usize], size, allocation, expected: &[usize]| {
            assert_eq!(allocated(sizes, size, allocation), expected, "{sizes:?} {size}");
        };
        check(&[50, 30, 20], 10, Allocation::Proportional, &[5, 3, 2]);
        check(&[90, 9, 1], 10, Allocation::Proportional, &[8, 1, 1]);
        check(&[2, 2], 10, Allocation::Proportional, &[2, 2]);
        check(&[10, 10, 1], 9, Allocation::Equal, &[4, 4, 1]);
        check(&[5, 5, 5], 2, Allocation::Proportional, &[1, 1, 1]);
        check(&[], 3, Allocation::Equal, &[]);
    }

    /// Worked out with Python: `sorted(ids, key=lambda i: hashlib.sha256(f"7:{i}".encode()).hexdigest())[:2]`.
    #[test]
    fn is_the_same_everywhere() {
        let plans: Vec<(String, String)> =
            ["a", "b", "c", "d", "e", "f"].iter().map(|id| ((*id).to_owned(), "all".to_owned())).collect();
        let ids = |seed| -> String {
            let drawn = sample(&plans, 2, seed, Allocation::Proportional);
            drawn.iter().map(|one| plans[one.index].0.as_str()).collect()
        };
        assert_eq!(ids(7), "ce");
        assert_eq!(ids(8), "ea");
        let drawn = sample(&plans, 2, 7, Allocation::Proportional);
        assert!(drawn.iter().all(|one| (one.weight - 3.0).abs() < 1e-9));
        let mut turned = plans.clone();
        turned.reverse();
        let again = sample(&turned, 2, 7, Allocation::Proportional);
        assert_eq!(again.iter().map(|one| turned[one.index].0.as_str()).collect::<String>(), ids(7));
    }
}
