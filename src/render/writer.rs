//! What an output format is, and the look of the place it is written to.

use crate::render::part::{Outline, Part, Standing};
use crate::render::run::{Entry, Run};

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
    /// Writes one document of a run by itself. Writing to memory cannot fail.
    pub one: fn(&Entry<'_>, Standing, &Look) -> Vec<u8>,
    /// Joins the documents, which were written one by one, in the order in which they are to be shown.
    pub join: fn(&[Part<'_>], &Look) -> Vec<u8>,
}

impl Writer {
    /// Writes a run.
    pub fn write(&self, run: &Run<'_>, look: &Look) -> Vec<u8> {
        let of = run.entries.len();
        let written = (1..).zip(&run.entries).map(|(number, entry)| {
            let bytes = (self.one)(entry, Standing { number, of }, look);
            (Outline::of(entry), bytes)
        });
        let written: Vec<(Outline<'_>, Vec<u8>)> = written.collect();
        let parts = written.iter().map(|(outline, bytes)| Part { outline, bytes });
        (self.join)(&parts.collect::<Vec<_>>(), look)
    }
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
