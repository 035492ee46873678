//! Places in a row of tokens, as bits.

use crate::text::token::Token;

/// Places in a row of tokens, one bit for each. No pattern reaches further than they do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Places(u128);

impl Places {
    pub(crate) const NONE: Self = Self(0);

    pub(crate) fn one(place: usize) -> Self {
        let mut one = Self::NONE;
        one.add(place);
        one
    }

    /// From one to another, both among them.
    pub(crate) fn range(from: usize, to: usize) -> Self {
        (from..=to).map(Self::one).fold(Self::NONE, |all, one| Self(all.0 | one.0))
    }

    pub(crate) fn add(&mut self, place: usize) {
        if place < 128 {
            self.0 |= 1 << place;
        }
    }

    pub(crate) fn join(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub(crate) fn last(self) -> Option<usize> {
        self.0.checked_ilog2().map(|place| place as usize)
    }

    /// Each of them, in order.
    pub(crate) fn iter(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let place = (left != 0).then(|| left.trailing_zeros() as usize);
            left &= left.wrapping_sub(1);
            place
        })
    }

    /// The only one, where there is one.
    pub(crate) fn only(self) -> Option<usize> {
        self.0.is_power_of_two().then(|| self.0.trailing_zeros() as usize)
    }

    /// What `after` makes of each, together.
    pub(crate) fn each(self, mut after: impl FnMut(usize) -> Self) -> Self {
        self.iter().fold(Self::NONE, |mut all, place| {
            all.join(after(place));
            all
        })
    }

    /// The places after tokens that fit.
    pub(crate) fn steps(self, tokens: &[Token], fits: impl Fn(&Token) -> bool) -> Self {
        self.each(|at| if tokens.get(at).is_some_and(&fits) { Self::one(at + 1) } else { Self::NONE })
    }
}
