//! What any file format yields: text, blocks, tables, places, gaps. Knows nothing of EHCPs.

mod block;
mod builder;
mod gap;
mod levels;
mod notation;
mod print;
mod redact;
mod source;
mod table;

pub use block::{Block, BlockKind, CellRef, Emphasis, Furniture, FurnitureKind, Place};
pub(crate) use builder::{Builder, NewBlock};
pub use gap::{FileName, Gap, GapKind};
pub(crate) use print::Stamp;
pub use print::{Print, Prints};
pub(crate) use source::Piece;
pub use source::{Source, Sources};
pub use table::{Cell, Table, TableSource};

use crate::text::{Lines, Position, Span};
use std::fmt;

/// A file that was read. Immutable; made only by its builder.
#[derive(Clone, Default)]
pub struct Document {
    format: &'static str,
    text: String,
    lines: Lines,
    blocks: Vec<Block>,
    tables: Vec<Table>,
    furniture: Vec<Furniture>,
    gaps: Vec<Gap>,
    pages: Option<u32>,
    reader: &'static str,
    sources: Sources,
    prints: Prints,
    redacted: bool,
    levels: levels::Levels,
}

/// Where something stands, for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location {
    /// Page of the document, from one; `None` where the format has no pages.
    pub page: Option<u32>,
    /// Line and column of the document's text.
    pub position: Position,
    /// Index of the block.
    pub block: usize,
}

impl Document {
    /// Name of the format it was read from: `docx`, `pdf`, `text`.
    pub fn format(&self) -> &'static str {
        self.format
    }

    /// Which reader read it, where a format has more than one.
    pub fn reader(&self) -> &'static str {
        self.reader
    }

    /// The whole text: the body's blocks in reading order, one a line, then the furniture's.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The body in reading order; spans ascend and do not overlap. Furniture is not among them.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The tables, in the order in which they begin. `CellRef::table` is an index into this.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// Running headers and footers, each distinct text once. They can say "Draft".
    pub fn furniture(&self) -> &[Furniture] {
        &self.furniture
    }

    /// What could not be read.
    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }

    /// Where the text stands in the file, for formats that are text themselves: Word's.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Where the words stand on the pages of the file, where it has pages: a PDF's.
    pub fn prints(&self) -> &Prints {
        &self.prints
    }

    /// Number of pages; `None` where the format has none until it is laid out.
    pub fn pages(&self) -> Option<u32> {
        self.pages
    }

    /// The words that `span` marks.
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// Index of the block in which byte `at` lies, or of the last one that begins before it.
    pub fn block_at(&self, at: usize) -> usize {
        self.blocks.partition_point(|block| block.span.start <= at).saturating_sub(1)
    }

    /// Where `span` begins, for a person.
    pub fn locate(&self, span: Span) -> Location {
        let position = self.lines.position(&self.text, span.start);
        Location { page: self.page_of(span), position, block: self.block_at(span.start) }
    }

    /// The page on which `span` begins, where the format has pages.
    pub fn page_of(&self, span: Span) -> Option<u32> {
        let furniture = self.furniture.iter().find(|furniture| furniture.span.contains(span));
        let place = furniture.map(|furniture| furniture.place).or_else(|| {
            let block = self.blocks.get(self.block_at(span.start))?;
            Some(block.place_at(span.start))
        });
        place.and_then(|place| place.page)
    }
}

impl fmt::Debug for Document {
    /// Sizes only: no word of a plan may reach a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("format", &self.format)
            .field("bytes", &self.text.len())
            .field("blocks", &self.blocks.len())
            .field("tables", &self.tables.len())
            .field("gaps", &self.gaps.len())
            .finish_non_exhaustive()
    }
}
