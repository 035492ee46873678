//! Ids for new comments.

use std::collections::BTreeSet;

/// The greatest that Word takes.
const GREATEST: i64 = 0x7FFF_FFFE;

/// As many ids as are asked for, none of them taken: after the greatest that is, while there is room.
pub(super) fn free(taken: &BTreeSet<i64>, count: usize) -> Vec<i64> {
    let next = taken.last().map_or(0, |last| last.saturating_add(1)).max(0);
    let room = i64::try_from(count).is_ok_and(|count| next <= GREATEST - count);
    let first = if room { next } else { 0 };
    (first..=GREATEST).filter(|id| !taken.contains(id)).take(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_on_after_the_last() {
        let check = |taken: &[i64], expected: &[i64]| {
            assert_eq!(free(&taken.iter().copied().collect(), expected.len()), expected, "{taken:?}");
        };
        check(&[], &[0, 1]);
        check(&[4, 2], &[5, 6]);
        check(&[-3], &[0]);
        check(&[0, 0x7FFF_FFFF], &[1, 2]);
        check(&[i64::MAX], &[0]);
    }
}
