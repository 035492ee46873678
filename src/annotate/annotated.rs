//! The way in: which format can be annotated, what comes out, and how it can fail.

use crate::annotate::{docx, pdf};
use crate::report::Report;
use miette::Diagnostic;
use thiserror::Error;

/// A copy of a file, with comments in it.
#[derive(Clone, PartialEq, Eq)]
pub struct Annotated {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many comments it has more than before: one for each finding, and one at the beginning.
    pub comments: usize,
    /// How many of them stand at exactly the words that they are about. Those about something absent have none.
    pub exact: usize,
    /// The ending that the name of such a file has to have: `docx`, `docm`, `pdf`.
    pub ending: &'static str,
    /// What whoever gets the copy has to know, in a sentence or two; it stands in the copy as well.
    pub warning: Option<&'static str>,
}

/// Why a file that could be read cannot be annotated. Messages hold no word of it.
#[derive(Debug, Error, Diagnostic, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnnotateError {
    /// A format without comments.
    #[error("Comments can be put into Word files and PDFs only, and this is a {format} file.")]
    #[diagnostic(
        code(annotate::format),
        help(
            "Open it in Word, save it as .docx, and annotate that file; or use \u{201c}check\u{201d}, which shows the same findings."
        )
    )]
    Format {
        /// Name of the format.
        format: &'static str,
    },
    /// A file that a password locks: a copy would be either unlocked, or not to be opened.
    #[error("This {format} file is locked with a password, and nothing can be put into a locked file.")]
    #[diagnostic(
        code(annotate::locked),
        help("Save a copy without the password in the program it was made with, and annotate that copy.")
    )]
    Locked {
        /// Name of the format.
        format: &'static str,
    },
    /// A PDF that only packs other files, of which the plan is one.
    #[error("This PDF is a portfolio: the plan is one of the files packed into it.")]
    #[diagnostic(
        code(annotate::portfolio),
        help("Open it, save the plan in it as a file of its own, and annotate that file.")
    )]
    Portfolio,
    /// The file has a fault that the reader could pass over and the annotator cannot.
    #[error("This {format} file could be read, but not added to: {what}.")]
    #[diagnostic(
        code(annotate::damaged),
        help("Open it in the program it was made with, save it under a new name, and annotate that file.")
    )]
    Damaged {
        /// Name of the format.
        format: &'static str,
        /// What is wrong, in plain words.
        what: &'static str,
    },
}

impl std::fmt::Debug for Annotated {
    /// Sizes only: no word of a plan may reach a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Annotated")
            .field("bytes", &self.bytes.len())
            .field("comments", &self.comments)
            .field("exact", &self.exact)
            .field("ending", &self.ending)
            .finish_non_exhaustive()
    }
}

/// A copy of the file that `report` is about, with one comment for each finding, and one at the beginning that says how
/// many there are and what could not be read. `bytes` are those of the file.
pub fn annotate(bytes: &[u8], report: &Report<'_>) -> Result<Annotated, AnnotateError> {
    match report.plan.document().format() {
        "docx" => docx::annotate(bytes, report),
        "pdf" => pdf::annotate(bytes, report),
        format => Err(AnnotateError::Format { format }),
    }
}
