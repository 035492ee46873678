//! Interval: how far a share can be trusted: Wilson where plans are counted, a bootstrap over plans where statements are.

/// How often plans are drawn again for the interval of a share of statements.
pub(crate) const REPLICATES: usize = 1000;
/// A share of statements from fewer plans has too few to draw from; its interval is then Wilson's, with the plans as sample.
pub(crate) const FEWEST: u64 = 10;
/// The quantile of the normal distribution for 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// Wilson's 95 % interval of a share `hits / of`, as if it came from `sample` independent draws.
pub fn wilson(hits: u64, of: u64, sample: u64) -> Option<(f64, f64)> {
    if of == 0 || sample == 0 {
        return None;
    }
    let (share, n) = (ratio(hits, of), whole(sample));
    let centre = share + Z * Z / (2.0 * n);
    let reach = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    Some((((centre - reach) / scale).max(0.0), ((centre + reach) / scale).min(1.0)))
}

/// How often each of the replicates draws one plan: Poisson with mean 1, from a generator seeded by the plan alone, so that
/// neither order nor machine nor number of threads matters.
pub(crate) struct Draws([u8; REPLICATES]);

impl Draws {
    pub(crate) fn of(seed: u64) -> Self {
        /// The probability of at most 0, 1, 2… times 2³².
        const AT_MOST: [u32; 8] = [
            1_580_030_169,
            3_160_060_338,
            3_950_075_422,
            4_213_413_783,
            4_279_248_374,
            4_292_415_292,
            4_294_609_778,
            4_294_923_276,
        ];
        let mut draws = [0; REPLICATES];
        let mut state = seed;
        for pair in draws.chunks_mut(2) {
            let bits = split_mix(&mut state);
            for (draw, half) in pair.iter_mut().zip([bits >> 32, bits & 0xffff_ffff]) {
                *draw = AT_MOST.iter().map(|&most| u8::from(half >= u64::from(most))).sum();
            }
        }
        Self(draws)
    }

    /// Adds one plan's counts to each replicate as often as it is drawn.
    pub(crate) fn add<const N: usize>(&self, counts: &[u64; N], replicates: &mut [[u64; N]]) {
        for (sums, &times) in replicates.iter_mut().zip(&self.0) {
            sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count * u64::from(times));
        }
    }
}

/// The next number of `SplitMix64` (Steele, Lea and Flood 2014).
pub(crate) fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mix(*state)
}

/// The finishing step of `SplitMix64`: every bit of the result hangs on every bit of `z`.
pub(crate) fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A share of plans.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Plans of which it is true.
    pub hits: u64,
    /// Plans of which it could be told.
    pub of: u64,
}

impl Share {
    pub(crate) fn count(&mut self, hit: bool) {
        self.hits += u64::from(hit);
        self.of += 1;
    }

    /// The share and its interval.
    pub fn estimate(&self) -> Option<Estimate> {
        let (low, high) = wilson(self.hits, self.of, self.of)?;
        Some(Estimate { share: ratio(self.hits, self.of), low, high })
    }
}

/// A share of statements, which stand in plans and are alike within each.
#[derive(Clone, Debug, Default)]
pub struct Clustered {
    /// Statements of which it is true.
    pub hits: u64,
    /// Statements of which it could be told.
    pub of: u64,
    /// Plans that hold such a statement.
    pub plans: u64,
    replicates: Vec<(u32, u32)>,
}

impl Clustered {
    /// Adds what one plan holds.
    pub(crate) fn add(&mut self, hits: u64, of: u64, draws: &Draws) {
        if of == 0 {
            return;
        }
        self.hits += hits;
        self.of += of;
        self.plans += 1;
        self.replicates.resize(REPLICATES, (0, 0));
        // Of one plan's statements, millions of plans would be needed for more.
        let number = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        let (hits, of) = (number(hits), number(of));
        for ((all_hits, all), &times) in self.replicates.iter_mut().zip(&draws.0) {
            *all_hits = all_hits.saturating_add(hits.saturating_mul(u32::from(times)));
            *all = all.saturating_add(of.saturating_mul(u32::from(times)));
        }
    }

    /// The share and its interval.
    pub fn estimate(&self) -> Option<Estimate> {
        let share = ratio(self.hits, self.of);
        let few = self.plans < FEWEST || self.hits == 0 || self.hits == self.of;
        let (low, high) = if few { wilson(self.hits, self.of, self.plans)? } else { self.percentiles()? };
        Some(Estimate { share, low: low.min(share), high: high.max(share) })
    }

    fn percentiles(&self) -> Option<(f64, f64)> {
        let mut shares: Vec<f64> =
            self.replicates.iter().filter(|(_, of)| *of > 0).map(|&(hits, of)| ratio(hits.into(), of.into())).collect();
        shares.sort_by(f64::total_cmp);
        let at = |part: usize| shares.get((shares.len() * part / 1000).min(shares.len().saturating_sub(1))).copied();
        Some((at(25)?, at(975)?))
    }
}

/// A share with its 95 % interval, each from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The share.
    pub share: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

pub(crate) fn ratio(hits: u64, of: u64) -> f64 {
    if of == 0 { 0.0 } else { whole(hits) / whole(of) }
}

#[expect(clippy::cast_precision_loss, reason = "counts of plans and statements stay far below 2^53")]
pub(crate) fn whole(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 0.0006, "{found} is not {expected}");
    }

    /// Against values worked out with another program (statsmodels 0.14, `proportion_confint(…, method="wilson")`).
    #[test]
    fn wilson_agrees_with_other_programs() {
        for (hits, of, low, high) in
            [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)]
        {
            let (l, h) = wilson(hits, of, of).expect("a sample");
            near(l, low);
            near(h, high);
        }
        assert_eq!(wilson(0, 0, 0), None);
    }

    #[test]
    fn draws_have_mean_and_spread_one() {
        let all: Vec<f64> = (0..200).flat_map(|seed| Draws::of(seed).0).map(f64::from).collect();
        let n = whole(all.len() as u64);
        let mean = all.iter().sum::<f64>() / n;
        let spread = all.iter().map(|draw| (draw - mean) * (draw - mean)).sum::<f64>() / n;
        assert!((mean - 1.0).abs() < 0.01 && (spread - 1.0).abs() < 0.02, "{mean} {spread}");
    }

    /// Plans whose statements are all alike: a hundred plans of fifty statements tell no more than a hundred draws would.
    #[test]
    fn statements_of_one_plan_do_not_count_as_many() {
        let mut clustered = Clustered::default();
        for plan in 0..100u64 {
            clustered.add(if plan % 2 == 0 { 50 } else { 0 }, 50, &Draws::of(mix(plan)));
        }
        let found = clustered.estimate().expect("statements");
        near(found.share, 0.5);
        assert!(found.high - found.low > 0.15, "{found:?} is as narrow as if each statement were a draw of its own");
        assert!(found.high - found.low < 0.25, "{found:?}");
    }

    #[test]
    fn few_plans_have_wide_intervals() {
        let mut clustered = Clustered::default();
        clustered.add(40, 40, &Draws::of(1));
        clustered.add(38, 40, &Draws::of(2));
        let found = clustered.estimate().expect("statements");
        assert!(found.low < 0.4, "{found:?}");
        assert_eq!(Clustered::default().estimate(), None);
    }
}
