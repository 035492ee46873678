//! What an output format is, and the look of the place it is written to.

use crate::render::run::Run;

/// One output format: a row of [`WRITERS`](crate::WRITERS) or [`EXTRACT_WRITERS`](crate::EXTRACT_WRITERS).
#[derive(Clone, Copy, Debug)]
pub struct Writer {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is good for, in a few words.
    pub purpose: &'static str,
    /// The usual ending of a file of it.
    pub extension: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// Writes a run. Writing to memory cannot fail.
    pub write: fn(&Run<'_>, &Look) -> Vec<u8>,
}

/// How the reader's screen or file looks. The library is told; it never asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Columns.
    pub width: usize,
    /// Whether colours may be used.
    pub color: bool,
    /// Whether frames and marks may go beyond ASCII. The words of a plan are shown as they are in any case.
    pub unicode: bool,
    /// How much is shown.
    pub detail: Detail,
}

impl Look {
    /// Eighty columns without colours or frames: what suits a file, a pipe and a screen reader.
    pub const PLAIN: Look = Look { width: 80, color: false, unicode: false, detail: Detail::Usual };
}

/// How much is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// The findings alone, without a summary.
    Less,
    /// The first findings of a rule in full, the others as a list; a summary.
    Usual,
    /// Every finding in full.
    More,
}
