//! A table as a grid: spans, merged cells, header rows.

use super::names::Tag;
use super::tree::Tree;
use std::collections::BTreeMap;

/// Word has 63.
const COLUMNS: u32 = 1000;

/// The cells of a table that are seen, in reading order.
#[derive(Debug, Default)]
pub(super) struct Grid {
    pub(super) cells: Vec<GridCell>,
    pub(super) header_rows: u32,
}

/// A cell and its place.
#[derive(Debug)]
pub(super) struct GridCell {
    /// Its node.
    pub(super) at: usize,
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) row_span: u32,
    pub(super) column_span: u32,
    /// It stands in a row that the file marks as a header.
    pub(super) header: bool,
    /// It is in a content control that shows its prompt.
    pub(super) prompt: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Merge {
    Alone,
    First,
    Further,
}

impl Grid {
    /// Lays out the table at `table`. Deleted rows and cells are not there; a merged cell stands once.
    pub(super) fn of(tree: &Tree, table: usize) -> Self {
        let mut grid = Self::default();
        // By column, the cell that a further cell below would belong to.
        let mut above: BTreeMap<u32, usize> = BTreeMap::new();
        let mut row = 0;
        let mut at_top = true;
        for (at, row_prompt) in tree.wrapped(table, Tag::Row) {
            let properties = tree.child(at, Tag::RowProperties);
            let says = |tag| properties.and_then(|properties| tree.child(properties, tag));
            if says(Tag::Deleted).is_some() {
                continue;
            }
            let header = says(Tag::RowHeader).is_some_and(|mark| tree.is_on(mark));
            let before = says(Tag::GridBefore).and_then(|before| tree.number(before)).unwrap_or(0);
            let first = grid.cells.len();
            let mut merged = BTreeMap::new();
            let mut column = u32::min(before, COLUMNS);
            for (cell, prompt) in tree.wrapped(at, Tag::TableCell) {
                let properties = tree.child(cell, Tag::CellProperties);
                let says = |tag| properties.and_then(|properties| tree.child(properties, tag));
                if says(Tag::CellDeleted).is_some() {
                    continue;
                }
                let column_span = says(Tag::GridSpan).and_then(|span| tree.number(span)).unwrap_or(1).clamp(1, COLUMNS);
                if column >= COLUMNS {
                    break;
                }
                if merge(tree, says(Tag::HorizontalMerge)) == Merge::Further && grid.cells.len() > first {
                    if let Some(last) = grid.cells.last_mut() {
                        last.column_span += column_span;
                    }
                    column += column_span;
                    continue;
                }
                let merge = merge(tree, says(Tag::VerticalMerge));
                let over = above.get(&column).copied().filter(|_| merge == Merge::Further);
                if let Some(top) = over.and_then(|over| grid.cells.get_mut(over)) {
                    top.row_span = row - top.row + 1;
                    merged.extend(over.map(|over| (column, over)));
                } else {
                    if merge != Merge::Alone {
                        merged.insert(column, grid.cells.len());
                    }
                    let prompt = prompt || row_prompt;
                    grid.cells.push(GridCell { at: cell, row, column, row_span: 1, column_span, header, prompt });
                }
                column += column_span;
            }
            // A title over the whole width may stand above the header rows.
            let title = !header && row == 0 && grid.cells.len() == first + 1 && column > 1;
            at_top &= header || title;
            if at_top && header {
                grid.header_rows = row + 1;
            }
            above = merged;
            row += 1;
        }
        grid
    }
}

fn merge(tree: &Tree, mark: Option<usize>) -> Merge {
    match mark {
        None => Merge::Alone,
        Some(mark) if tree.value(mark).is_some_and(|value| value == "restart") => Merge::First,
        Some(_) => Merge::Further,
    }
}
