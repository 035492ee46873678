//! Concepts of the thesaurus, and sets of them: every need is held against every provision, so a set is one number.

use serde::{Deserialize, Serialize};

/// Index of a concept of the thesaurus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct ConceptId(pub(super) usize);

/// Concepts, one bit for each. A test counts them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Concepts(u128);

impl Concepts {
    /// These and another.
    pub(super) fn add(&mut self, ConceptId(index): ConceptId) {
        self.0 |= u32::try_from(index).ok().and_then(|index| 1_u128.checked_shl(index)).unwrap_or_default();
    }

    /// Whether there are none.
    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether some are among others.
    pub(crate) fn meet(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// Those that are among others too.
    pub(crate) fn and(self, others: Self) -> Self {
        Self(self.0 & others.0)
    }

    /// Those that are among these or others.
    pub(crate) fn or(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Those that are not among others.
    pub(crate) fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// How many there are.
    pub(crate) fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Each, in order.
    pub(crate) fn iter(self) -> impl Iterator<Item = ConceptId> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let index = usize::try_from(rest.trailing_zeros()).ok().filter(|_| rest != 0)?;
            rest &= rest - 1;
            Some(ConceptId(index))
        })
    }
}

impl FromIterator<ConceptId> for Concepts {
    fn from_iter<I: IntoIterator<Item = ConceptId>>(concepts: I) -> Self {
        let mut all = Self::default();
        concepts.into_iter().for_each(|concept| all.add(concept));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_concepts_in_order() {
        let of = |indices: &[usize]| indices.iter().copied().map(ConceptId).collect::<Concepts>();
        let (some, others) = (of(&[127, 3, 64, 3]), of(&[64, 5]));
        assert_eq!(some.iter().collect::<Vec<_>>(), [3, 64, 127].map(ConceptId));
        assert_eq!(
            (some.and(others), some.or(others), some.without(others)),
            (of(&[64]), of(&[3, 5, 64, 127]), of(&[3, 127]))
        );
        assert!(some.meet(others) && !some.meet(of(&[5])) && of(&[]).is_empty());
        assert_eq!(some.len(), 3);
    }
}
