//! Part: what a writer wrote of one document, and what has to be known of the document to join it with the others.

use crate::render::run::{Entry, Failure};
use crate::report::Counts;
use crate::rules::Rule;

/// Where a document stands in its run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its number, from one.
    pub number: usize,
    /// How many documents there are.
    pub of: usize,
}

/// What joins a document with the others, whatever is written: none of its words, but for its path.
#[derive(Clone, Debug)]
pub struct Outline<'r> {
    /// Its path, as it may be shown.
    pub path: String,
    /// The counts of its findings, or why there is no report.
    pub outcome: Result<Counts, Failure>,
    /// The rules that have a word in its report: those that found something, or could not tell, or found nothing.
    pub rules: Vec<&'r Rule>,
}

/// One document as a writer wrote it, by itself.
#[derive(Clone, Copy, Debug)]
pub struct Part<'p> {
    /// The document.
    pub outline: &'p Outline<'p>,
    /// What was written.
    pub bytes: &'p [u8],
}

impl<'r> Outline<'r> {
    /// The outline of a document of a run.
    pub fn of(entry: &Entry<'r>) -> Self {
        let mut rules: Vec<&'r Rule> = Vec::new();
        if let Ok(report) = &entry.outcome {
            rules.extend(report.findings.iter().map(|finding| finding.rule));
            rules.extend(report.allowed.iter().map(|allowed| allowed.finding.rule));
            rules.extend(report.notes.iter().map(|note| note.rule));
            rules.extend(report.quiet.iter().map(|quiet| quiet.rule));
        }
        rules.sort_by(|one, other| one.id.cmp(&other.id));
        rules.dedup_by(|one, other| one.id == other.id);
        let outcome = entry.outcome.as_ref().map(crate::report::Report::counts).map_err(Clone::clone);
        Self { path: entry.path.clone(), outcome, rules }
    }
}

impl Part<'_> {
    /// What was written, as text.
    pub(crate) fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(self.bytes)
    }
}

/// What was written of each, one after the other, with `between` them.
pub(crate) fn in_a_row(parts: &[Part<'_>], between: &str) -> Vec<u8> {
    parts.iter().map(|part| part.bytes).collect::<Vec<_>>().join(between.as_bytes())
}

/// How many documents could not be read.
pub(crate) fn unreadable(parts: &[Part<'_>]) -> usize {
    parts.iter().filter(|part| part.outline.outcome.is_err()).count()
}

/// The counts of all findings.
pub(crate) fn counts(parts: &[Part<'_>]) -> Counts {
    parts.iter().filter_map(|part| part.outline.outcome.as_ref().ok()).fold(Counts::default(), |all, one| Counts {
        errors: all.errors + one.errors,
        warnings: all.warnings + one.warnings,
        advice: all.advice + one.advice,
    })
}
