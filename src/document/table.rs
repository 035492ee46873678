//! Tables: rows, cells, spans, header rows.

use crate::document::CellRef;
use std::ops::Range;

/// A table as it was drawn.
#[derive(Clone, Debug)]
pub struct Table {
    /// Number of rows, header rows included.
    pub rows: u32,
    /// Number of columns.
    pub columns: u32,
    /// How many rows at the top the format marks as header rows (0 where it does not say).
    pub header_rows: u32,
    /// The cells in reading order (by row, then column), empty ones included. A merged cell stands
    /// once, at its first row and column.
    pub cells: Vec<Cell>,
    /// How the table was found.
    pub source: TableSource,
    /// The cell of another table in which this one stands.
    pub parent: Option<CellRef>,
}

impl Table {
    /// The cell that covers `row` and `column`, merged cells included.
    pub fn cell(&self, row: u32, column: u32) -> Option<&Cell> {
        // most cells begin where they are asked for; only merged ones have to be looked for
        if let Ok(found) = self.cells.binary_search_by_key(&(row, column), |c| (c.row, c.column)) {
            return self.cells.get(found);
        }
        self.cells.iter().find(|c| {
            (c.row..c.row + c.row_span).contains(&row) && (c.column..c.column + c.column_span).contains(&column)
        })
    }

    /// The cells that begin in `row`, by column.
    pub fn row(&self, row: u32) -> impl Iterator<Item = &Cell> {
        let first = self.cells.partition_point(|c| c.row < row);
        self.cells.iter().skip(first).take_while(move |c| c.row == row)
    }
}

/// One cell.
#[derive(Clone, Debug)]
pub struct Cell {
    /// First row, from zero.
    pub row: u32,
    /// First column, from zero.
    pub column: u32,
    /// How many rows it covers, at least one.
    pub row_span: u32,
    /// How many columns it covers, at least one.
    pub column_span: u32,
    /// The format marks it as a header cell (a row header, too).
    pub header: bool,
    /// Its blocks, as indices into `Document::blocks`, those of tables inside it included. Empty for an empty cell.
    pub blocks: Range<usize>,
}

/// How a table was found: how far its cells can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableSource {
    /// The format itself says what the cells are (Word; a tagged PDF).
    Stated,
    /// From ruling lines on the page.
    Ruled,
    /// From the alignment of words alone: a good guess.
    Aligned,
}
