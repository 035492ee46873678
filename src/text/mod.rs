//! What can be said of text before knowing what it is about.

pub(crate) mod alike;
pub(crate) mod automaton;
mod element;
mod first;
pub(crate) mod flat;
mod fold;
mod idle;
mod lacked;
pub(crate) mod latin;
mod lines;
#[cfg(test)]
mod making;
mod mask;
mod matching;
mod memory;
mod number;
pub(crate) mod numbered;
#[cfg(test)]
mod own_literals;
mod own_pattern;
pub(crate) mod pattern;
pub(crate) mod phrase;
pub(crate) mod prepared;
mod regex;
mod runs;
mod searched;
mod sentence;
mod shorten;
mod spaced;
mod span;
mod together;
pub(crate) mod token;
mod tree;

pub(crate) use self::regex::{Captures, Regex, ready};
pub use fold::Folded;
pub(crate) use lacked::Lacked;
pub(crate) use latin::narrowed;
pub(crate) use lines::Lines;
pub use lines::Position;
pub(crate) use memory::{Memory, levelled, number};
pub(crate) use number::{MONTHS, NUMBER_WORDS, small_number};
pub(crate) use own_pattern::own_pattern;
pub(crate) use prepared::OWN;
pub(crate) use runs::{LazyRuns, Runs, Told};
pub(crate) use searched::Searched;
pub(crate) use sentence::sentences;
pub(crate) use shorten::shorten;
#[cfg(feature = "audit")]
pub(crate) use spaced::spaced;
pub(crate) use spaced::{has_more_words, telling_words};
pub use span::Span;
