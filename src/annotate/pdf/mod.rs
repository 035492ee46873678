//! Notes in a PDF: appended to the file, whose own bytes stay as they are.

mod marks;
mod note;
mod portable;
mod raw;
mod update;

#[cfg(test)]
mod tests;

use crate::annotate::annotated::AnnotateError;

pub(super) use portable::annotate;

/// What is wrong with a file that could be read but not added to.
const fn fault(what: &'static str) -> AnnotateError {
    AnnotateError::Damaged { format: "PDF", what }
}
