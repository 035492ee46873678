//! Sheet: a paper before it is a Word file: paragraphs, tables and footnotes, and nothing about files.

/// A paper.
#[derive(Clone, Default)]
pub(crate) struct Sheet {
    /// What it is, for the file's properties: never a word of a plan.
    pub(crate) title: String,
    /// Size of the type in half points.
    pub(crate) size: u32,
    /// Margin at each side, in twentieths of a point.
    pub(crate) margin: u32,
    /// Space after a paragraph, in twentieths of a point.
    pub(crate) gap: u32,
    /// Whether headings are bold. Not where bold has a meaning of its own.
    pub(crate) bold_headings: bool,
    /// Whether pages are numbered at the foot.
    pub(crate) numbered: bool,
    /// What stands on it.
    pub(crate) pieces: Vec<Piece>,
}

/// A paragraph or a table, or the end of a page.
#[derive(Clone)]
pub(crate) enum Piece {
    Paragraph(Paragraph),
    Table(Table),
    NewPage,
}

/// A paragraph.
#[derive(Clone, Default)]
pub(crate) struct Paragraph {
    pub(crate) look: Look,
    pub(crate) runs: Vec<Run>,
    /// Whether it stays on one page with what follows.
    pub(crate) keep: bool,
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Look {
    #[default]
    Plain,
    /// A heading of this level, from one.
    Heading(u8),
    /// An item of a list, this deep; its bullet or number stands in its words.
    Item(u8),
    /// A line of an address: no space after it.
    Line,
    /// A line of an address at the right.
    Right,
}

/// Words that look alike.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) words: String,
    pub(crate) bold: bool,
    pub(crate) struck: bool,
    /// The footnote after them.
    pub(crate) note: Option<String>,
}

/// A table: every row has cells that together span all columns.
#[derive(Clone, Default)]
pub(crate) struct Table {
    /// How wide the columns are, as shares of the whole.
    pub(crate) shares: Vec<u32>,
    /// How many rows at the top come again on every page.
    pub(crate) header_rows: usize,
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Clone)]
pub(crate) struct Cell {
    /// How many columns it spans.
    pub(crate) span: usize,
    /// Whether it goes on in the row below, or goes on from the row above.
    pub(crate) merge: Merge,
    pub(crate) paragraphs: Vec<Paragraph>,
}

/// Cells that are one cell over several rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Merge {
    #[default]
    None,
    /// The first of them.
    Begin,
    /// Another of them.
    Continue,
}

impl Sheet {
    pub(crate) fn push(&mut self, look: Look, runs: Vec<Run>) {
        self.pieces.push(Piece::Paragraph(Paragraph { look, runs, keep: false }));
    }

    /// Makes the last paragraph stay on one page with what follows.
    pub(crate) fn keep(&mut self) {
        if let Some(Piece::Paragraph(paragraph)) = self.pieces.last_mut() {
            paragraph.keep = true;
        }
    }

    pub(crate) fn say(&mut self, look: Look, words: impl Into<String>) {
        self.push(look, vec![Run::plain(words)]);
    }
}

impl Run {
    pub(crate) fn plain(words: impl Into<String>) -> Self {
        Self { words: words.into(), ..Self::default() }
    }

    pub(crate) fn bold(words: impl Into<String>) -> Self {
        Self { bold: true, ..Self::plain(words) }
    }
}

impl Paragraph {
    pub(crate) fn of(runs: Vec<Run>) -> Self {
        Self { look: Look::Plain, runs, keep: false }
    }

    /// Its words, without their look.
    pub(crate) fn words(&self) -> String {
        self.runs.iter().map(|run| run.words.as_str()).collect()
    }
}

impl Cell {
    pub(crate) fn of(paragraphs: Vec<Paragraph>) -> Self {
        Self { span: 1, merge: Merge::None, paragraphs }
    }

    pub(crate) fn say(words: impl Into<String>) -> Self {
        Self::of(vec![Paragraph::of(vec![Run::plain(words)])])
    }
}
