//! The user's own file and a report → a copy of the file with a comment at each finding. Nothing else in it changes.

mod annotated;
mod docx;
mod pdf;
mod remark;
mod wording;

pub use annotated::{AnnotateError, Annotated, annotate};
