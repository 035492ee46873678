//! Tables whose columns are lists of their own, side by side: "What is working" and "What is not".

use crate::document::{Cell, Table};
use crate::plan::read::cutter::Cutter;
use crate::plan::read::prose::{self, Then};
use crate::plan::statement::Role;
use crate::text::Span;
use std::ops::Range;

/// Whether each column is a list of its own: no heading says what part of a statement its column holds, and what stands below
/// the headings, but for titles, are items.
pub(crate) fn are_lists(
    cutter: &Cutter<'_>,
    table: &Table,
    rows: Range<u32>,
    headings: &[(Role, Option<Span>)],
) -> bool {
    let plain = headings.iter().all(|&(role, heading)| matches!(role, Role::Other | Role::What) && heading.is_some());
    let below = rows.filter(|&row| !is_title(cutter, table, row)).flat_map(|row| filled(table, row));
    let below: Vec<&Cell> = below.collect();
    let beside = below.iter().any(|cell| cell.column > 0);
    let items = below.iter().all(|cell| is_list(cutter, cell));
    plain && headings.len() > 1 && beside && items
}

/// Whether a row is one title over the columns.
pub(crate) fn is_title(cutter: &Cutter<'_>, table: &Table, row: u32) -> bool {
    matches!(filled(table, row).as_slice(), &[cell] if !is_list(cutter, cell))
}

fn filled(table: &Table, row: u32) -> Vec<&Cell> {
    table.row(row).filter(|cell| !cell.blocks.is_empty()).collect()
}

fn is_list(cutter: &Cutter<'_>, cell: &Cell) -> bool {
    cell.blocks.clone().all(|block| prose::is_item(cutter, block))
}

/// Cuts the lists of one row, each under the heading of its column.
pub(crate) fn cut(cutter: &mut Cutter<'_>, table: &Table, row: u32, headings: &[(Role, Option<Span>)]) {
    let above = cutter.over.heading;
    for cell in table.row(row) {
        let blocks: Vec<usize> = cell.blocks.clone().collect();
        cutter.over.heading = headings.get(cell.column as usize).and_then(|&(_, heading)| heading).or(above);
        prose::cut(cutter, &blocks, &|_| None, Then::End);
    }
    cutter.over.heading = above;
}
