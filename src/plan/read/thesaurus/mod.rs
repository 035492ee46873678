//! The thesaurus: the field's own words for needs and for what answers them.

mod built_in;
mod concepts;
#[cfg(test)]
mod file;
mod terms;

pub(crate) use built_in::thesaurus;
pub(crate) use concepts::Concepts;
pub(crate) use terms::{Levelled, Particular, Reading, Said};
