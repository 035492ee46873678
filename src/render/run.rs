//! Run: what a writer writes: documents with their reports, and those that could not be read.

use crate::report::Report;
use miette::Diagnostic;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Everything that was read in one go, in the order in which it is to be shown.
#[derive(Debug)]
pub struct Run<'r> {
    /// The documents.
    pub entries: Vec<Entry<'r>>,
}

/// One document of a run.
#[derive(Debug)]
pub struct Entry<'r> {
    /// Its path, as the user gave it.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// The report, or why there is none.
    pub outcome: Result<Report<'r>, Failure>,
}

/// Why there is no report on a document, in words for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What is wrong: one sentence.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl<'r> Entry<'r> {
    /// A document that was read from these bytes.
    pub fn new(path: impl Into<String>, bytes: &[u8], outcome: Result<Report<'r>, Failure>) -> Self {
        let mut sha256 = String::with_capacity(64);
        for byte in Sha256::digest(bytes) {
            let _ = write!(sha256, "{byte:02x}");
        }
        Self { path: path.into(), sha256, outcome }
    }

    /// The document of this number without a word of its plan, and without its path: see [`Run::redacted`].
    #[must_use]
    pub fn redacted(self, number: usize) -> Self {
        let shown = format!("document {number}");
        let name = self.path.rsplit('/').next().unwrap_or_default();
        let without = |text: &str| match name {
            "" => text.to_owned(),
            _ => text.replace(&self.path, &shown).replace(name, &shown),
        };
        let outcome = match self.outcome {
            Ok(report) => Ok(report.redacted()),
            Err(Failure { message, help }) => Err(Failure { message: without(&message), help: without(&help) }),
        };
        Self { path: shown, sha256: self.sha256, outcome }
    }
}

impl Failure {
    /// The failure that an error tells of.
    pub fn of(error: &dyn Diagnostic) -> Self {
        Self { message: error.to_string(), help: error.help().map(|help| help.to_string()).unwrap_or_default() }
    }
}

impl<'r> Run<'r> {
    /// The same run without a word of the plans: see [`Report::redacted`]. Paths can name the child; they become numbers.
    #[must_use]
    pub fn redacted(self) -> Self {
        Self { entries: (1..).zip(self.entries).map(|(number, entry)| entry.redacted(number)).collect() }
    }

    /// Whether the words of the plans were taken out.
    pub fn is_redacted(&self) -> bool {
        self.reports().any(Report::is_redacted)
    }

    /// The reports of the documents that could be read.
    pub fn reports(&self) -> impl Iterator<Item = &Report<'r>> {
        self.entries.iter().filter_map(|entry| entry.outcome.as_ref().ok())
    }

    /// How many documents could not be read.
    pub fn unreadable(&self) -> usize {
        self.entries.iter().filter(|entry| entry.outcome.is_err()).count()
    }
}
