//! Regular expressions that are ready at once: for patterns that look at a paragraph, not at gigabytes.
//!
//! The library `regex` builds automata, which takes longer than all the searches of one plan. Here a pattern is read into a row
//! of steps in microseconds. What the reader here does not know, and a text on which a search takes too long, is left to the
//! library: it finds the same, in a time that is bounded.

mod class;
mod expression;
mod factor;
mod made_ready;
mod needs;
mod program;
mod ready;
mod search;
mod starts;
mod syntax;

pub(crate) use expression::{Captures, Regex};
pub(crate) use made_ready::ready;
