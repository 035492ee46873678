//! The only way to make a Document; keeps its invariants.

use crate::document::{
    Block, BlockKind, Cell, CellRef, Document, Emphasis, Furniture, FurnitureKind, Gap, GapKind, Piece, Place, Stamp,
    Table, TableSource,
};
use crate::text::{Lines, Span};

/// Builds a document in reading order. Tables nest: what is added between `begin_cell` and `end_cell` stands in that cell.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    document: Document,
    open: Vec<OpenCell>,
    open_tables: Vec<u32>,
}

impl Document {
    /// The same document, of which this could not be read.
    pub(crate) fn with_gap(mut self, gap: Gap) -> Self {
        self.gaps.push(gap);
        self
    }
}

#[derive(Debug)]
struct OpenCell {
    at: CellRef,
    row_span: u32,
    column_span: u32,
    header: bool,
    first_block: usize,
}

/// One block to add; `..NewBlock::paragraph(text)` fills what a reader does not know.
#[derive(Clone, Debug)]
pub(crate) struct NewBlock<'t> {
    pub(crate) kind: BlockKind,
    pub(crate) text: &'t str,
    pub(crate) place: Place,
    pub(crate) label: Option<String>,
    pub(crate) emphasis: Emphasis,
    /// From this byte of `text` on, that page.
    pub(crate) page_breaks: Vec<(usize, u32)>,
}

impl<'t> NewBlock<'t> {
    pub(crate) fn paragraph(text: &'t str) -> Self {
        Self {
            kind: BlockKind::Paragraph,
            text,
            place: Place::default(),
            label: None,
            emphasis: Emphasis::default(),
            page_breaks: Vec::new(),
        }
    }
}

impl Builder {
    pub(crate) fn new(format: &'static str) -> Self {
        Self { document: Document { format, reader: format, ..Document::default() }, ..Self::default() }
    }

    /// Adds a block. Space around the text is dropped; a block without words is not added.
    /// A line break inside a paragraph stays as `\n`.
    pub(crate) fn block(&mut self, new: NewBlock<'_>) {
        self.sourced(new, &[]);
    }

    /// Adds a block of which it is known where its words stand in the file.
    pub(crate) fn sourced(&mut self, new: NewBlock<'_>, pieces: &[Piece]) {
        if let Some((kept, at)) = self.add(new) {
            self.document.sources.add(pieces, kept, at);
        }
    }

    /// Adds a block of which it is known where its words stand on the page.
    pub(crate) fn printed(&mut self, new: NewBlock<'_>, stamps: &[Stamp]) {
        if let Some((kept, at)) = self.add(new) {
            self.document.prints.add(stamps, kept, at);
        }
    }

    /// Adds a block: what of its text was kept, and where that now stands.
    fn add(&mut self, new: NewBlock<'_>) -> Option<(Span, usize)> {
        let trimmed = new.text.trim_end();
        let lead = trimmed.len() - trimmed.trim_start().len();
        let text = trimmed.trim_start();
        if text.is_empty() {
            return None;
        }
        let span = self.append(text);
        let kept = Span::new(lead, trimmed.len());
        let page_breaks =
            new.page_breaks.into_iter().map(|(at, page)| (span.start + at.saturating_sub(lead), page)).collect();
        self.document.blocks.push(Block {
            kind: new.kind,
            span,
            place: new.place,
            label: new.label,
            emphasis: new.emphasis,
            cell: self.open.last().map(|cell| cell.at),
            page_breaks,
        });
        Some((kept, span.start))
    }

    /// Opens a table, inside the open cell if there is one.
    pub(crate) fn begin_table(&mut self, source: TableSource) {
        let index = u32::try_from(self.document.tables.len()).unwrap_or(u32::MAX);
        let parent = self.open.last().map(|cell| cell.at);
        self.document.tables.push(Table { rows: 0, columns: 0, header_rows: 0, cells: Vec::new(), source, parent });
        self.open_tables.push(index);
    }

    /// Says that the first `rows` rows of the open table are header rows.
    pub(crate) fn header_rows(&mut self, rows: u32) {
        if let Some(table) = self.open_table() {
            table.header_rows = rows;
        }
    }

    /// Opens a cell of the open table at `row` and `column`, from zero.
    pub(crate) fn begin_cell(&mut self, row: u32, column: u32, row_span: u32, column_span: u32, header: bool) {
        let Some(&table) = self.open_tables.last() else { return };
        self.open.push(OpenCell {
            at: CellRef { table, row, column },
            row_span: row_span.max(1),
            column_span: column_span.max(1),
            header,
            first_block: self.document.blocks.len(),
        });
    }

    /// Closes the open cell.
    pub(crate) fn end_cell(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let blocks = open.first_block..self.document.blocks.len();
        if let Some(table) = self.document.tables.get_mut(open.at.table as usize) {
            table.rows = table.rows.max(open.at.row.saturating_add(open.row_span));
            table.columns = table.columns.max(open.at.column.saturating_add(open.column_span));
            table.cells.push(Cell {
                row: open.at.row,
                column: open.at.column,
                row_span: open.row_span,
                column_span: open.column_span,
                header: open.header,
                blocks,
            });
        }
    }

    /// Closes the open table.
    pub(crate) fn end_table(&mut self) {
        self.open_tables.pop();
    }

    /// Sets a running header or footer aside; the same words twice are kept once. Call after the body.
    pub(crate) fn furniture(&mut self, kind: FurnitureKind, text: &str, place: Place) {
        self.furniture_on(kind, text, place, (1, false));
    }

    /// The same, of a text that stands on so many pages, and whether with other numbers.
    pub(crate) fn furniture_on(
        &mut self,
        kind: FurnitureKind,
        text: &str,
        place: Place,
        (pages, numbered): (u32, bool),
    ) {
        let text = text.trim();
        let same = |f: &&mut Furniture| f.kind == kind && f.span.of(&self.document.text) == text;
        if let Some(known) = self.document.furniture.iter_mut().find(same) {
            known.pages = known.pages.max(pages);
        } else if !text.is_empty() {
            let span = self.append(text);
            self.document.furniture.push(Furniture { kind, span, place, pages, numbered });
        }
    }

    /// Sets the text of a document aside as a running header or footer.
    pub(crate) fn furniture_of(&mut self, kind: FurnitureKind, own: &Document, place: Place) {
        let before = self.document.furniture.len();
        self.furniture(kind, &own.text, place);
        if let Some(added) = self.document.furniture.get(before) {
            let kept = Span::new(0, own.text.len());
            self.document.sources.add_all(&own.sources, kept, added.span.start);
        }
    }

    /// The number by which pieces name a part of the file.
    pub(crate) fn part(&mut self, name: &str) -> u32 {
        self.document.sources.part(name)
    }

    /// Records something that could not be read, at this point of the reading order.
    pub(crate) fn gap(&mut self, kind: GapKind, place: Place) {
        let at = if self.document.text.is_empty() { 0 } else { self.document.text.len() + 1 };
        self.document.gaps.push(Gap { kind, place, at });
    }

    pub(crate) fn pages(&mut self, pages: u32) {
        self.document.pages = Some(pages);
    }

    /// Names the reader, where it is not the format's first.
    pub(crate) fn reader(&mut self, reader: &'static str) {
        self.document.reader = reader;
    }

    /// The document. Cells and tables left open are closed.
    pub(crate) fn finish(mut self) -> Document {
        while !self.open.is_empty() {
            self.end_cell();
        }
        for table in &mut self.document.tables {
            table.cells.sort_by_key(|cell| (cell.row, cell.column));
            table.header_rows = table.header_rows.min(table.rows);
        }
        self.document.lines = Lines::of(&self.document.text);
        let end = self.document.text.len();
        for gap in &mut self.document.gaps {
            gap.at = gap.at.min(end);
        }
        self.document
    }

    fn append(&mut self, text: &str) -> Span {
        if !self.document.text.is_empty() {
            self.document.text.push('\n');
        }
        let start = self.document.text.len();
        self.document.text.push_str(text);
        Span::new(start, self.document.text.len())
    }

    fn open_table(&mut self) -> Option<&mut Table> {
        let index = *self.open_tables.last()?;
        self.document.tables.get_mut(index as usize)
    }
}
