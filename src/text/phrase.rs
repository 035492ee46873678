//! Words that many classes of patterns are asked about: where all of them match is told once, when it is first asked.

use crate::text::pattern::{Class, Grammar};
use crate::text::together::Matches;
use crate::text::token::Token;
use std::fmt;
use std::sync::OnceLock;

/// Words, and where classes match in them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Phrase<'t> {
    pub(crate) tokens: &'t [Token],
    told: Option<&'t LazyMatches>,
}

/// Where classes match in some words, told when it is first asked.
#[derive(Clone, Default)]
pub(crate) struct LazyMatches(OnceLock<Matches>);

impl<'t> Phrase<'t> {
    /// These words, of which many classes will be asked. What is told of them must be told of the same words, by the same grammar.
    pub(crate) fn of(tokens: &'t [Token], told: &'t LazyMatches) -> Self {
        Self { tokens, told: Some(told) }
    }

    /// Every match of `class`, where that is told for many at once.
    pub(crate) fn matches(
        &self,
        grammar: &Grammar,
        class: &Class,
    ) -> Option<impl Iterator<Item = (usize, usize)> + Clone + 't> {
        let (told, number) = (self.told?, class.number?);
        told.0.get_or_init(|| grammar.matches_together(self.tokens)).of(number)
    }
}

/// Words that one class alone is asked about.
impl<'t> From<&'t [Token]> for Phrase<'t> {
    fn from(tokens: &'t [Token]) -> Self {
        Self { tokens, told: None }
    }
}

impl<'t> From<&'t Vec<Token>> for Phrase<'t> {
    fn from(tokens: &'t Vec<Token>) -> Self {
        tokens.as_slice().into()
    }
}

impl fmt::Debug for LazyMatches {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("LazyMatches")
    }
}
