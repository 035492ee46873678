//! What can be said of text before knowing what it is about.

mod element;
mod first;
mod fold;
mod latin;
mod lines;
mod number;
mod own_pattern;
pub(crate) mod pattern;
mod places;
mod regex;
mod runs;
mod sentence;
mod shorten;
mod span;
pub(crate) mod token;
mod tree;

pub(crate) use self::regex::{Captures, Regex, Searched};
pub use fold::Folded;
pub(crate) use latin::{latin, narrowed};
pub(crate) use lines::Lines;
pub use lines::Position;
pub(crate) use number::{MONTHS, NUMBER_WORDS, small_number};
pub(crate) use own_pattern::own_pattern;
pub(crate) use runs::{LazyRuns, Runs, Told};
pub(crate) use sentence::sentences;
pub(crate) use shorten::shorten;
pub use span::Span;
