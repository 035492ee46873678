//! Comments in a Word file: every other part of the package stays byte for byte what it was.

mod copy;
mod find;
mod ids;
mod outline;
mod parts;
mod place;
mod splice;
mod word;

#[cfg(test)]
mod tests;

use crate::annotate::annotated::AnnotateError;

pub(super) use word::annotate;

/// What is wrong with a file that could be read but not added to.
const fn fault(what: &'static str) -> AnnotateError {
    AnnotateError::Damaged { format: "Word", what }
}
