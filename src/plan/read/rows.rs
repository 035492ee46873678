//! Tables → statements: one for each row, its cells read together under their column headings.

use crate::document::{Cell, Table};
use crate::plan::area::Area;
use crate::plan::letter::Letter;
use crate::plan::read::cues::CUES;
use crate::plan::read::cutter::Cutter;
use crate::plan::read::grid;
use crate::plan::read::prose::{self, Then};
use crate::plan::read::{lists, records, roles};
use crate::plan::statement::{Part, Role};
use crate::text::Span;
use std::ops::Range;

/// The columns of a table, by their headings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Columns {
    /// Role and heading of each column.
    pub(crate) columns: Vec<(Role, Option<Span>)>,
}

/// Where in a table a row of parts is taken from.
#[derive(Clone, Copy)]
pub(crate) struct RowOf<'t> {
    pub(crate) table: &'t Table,
    pub(crate) row: u32,
}

/// Cuts the rows of a table. `before` are the columns of the table before it, which this one may go on with.
pub(crate) fn cut(
    cutter: &mut Cutter<'_>,
    index: usize,
    rows: Range<u32>,
    before: Option<&Columns>,
) -> Option<Columns> {
    let table = cutter.document.tables().get(index)?;
    if records::is_records(cutter, table, rows.clone()) {
        records::cut(cutter, index, rows);
        return None;
    }
    let header =
        (rows.start.saturating_sub(1)..rows.end.min(rows.start + 4)).find(|&row| is_header(cutter, table, row));
    let columns = match (header, before) {
        (Some(row), _) => headed(cutter, table, row),
        (None, Some(before)) if before.columns.len() == table.columns as usize => before.clone(),
        (None, _) if records::has_side_headings(cutter, table, rows.clone()) => {
            records::cut_sides(cutter, index, rows);
            return None;
        }
        _ => unheaded(table),
    };
    let own = header
        .map(|row| roles_of(cutter, table, row))
        .filter(|own| lists::are_lists(cutter, table, header.map_or(rows.start, |row| row + 1)..rows.end, own));
    let mut above = vec![None; columns.columns.len()];
    let wanted: Vec<(u32, Role, Option<Span>)> =
        (0..).zip(&columns.columns).map(|(column, &(role, heading))| (column, role, heading)).collect();
    for row in rows {
        if Some(row) == header || header.is_some_and(|header| repeats(cutter, table, header, row)) {
            continue;
        }
        let outer = cutter.over;
        cutter.over.row = Some((u32::try_from(index).unwrap_or(u32::MAX), row));
        if let Some(headings) = own.as_ref().filter(|_| !lists::is_title(cutter, table, row)) {
            lists::cut(cutter, table, row, headings);
        } else if let Some(cell) = alone(table, row) {
            let title = own.is_some() || header.is_some_and(|header| row < header);
            cut_alone(cutter, cell, columns.columns.len(), title);
        } else {
            for parts in parts_of(cutter, RowOf { table, row }, &wanted, &mut above) {
                cutter.say_row(parts);
            }
        }
        cutter.over.row = outer.row;
    }
    Some(columns)
}

/// The parts of one row: one list, or one for each paragraph where every cell has as many.
pub(crate) fn parts_of(
    cutter: &Cutter<'_>,
    at: RowOf<'_>,
    columns: &[(u32, Role, Option<Span>)],
    above: &mut [Option<Span>],
) -> Vec<Vec<Part>> {
    let cells: Vec<Option<&Cell>> = columns.iter().map(|&(column, ..)| at.table.cell(at.row, column)).collect();
    let filled: Vec<&&Cell> =
        cells.iter().flatten().filter(|cell| cell.row == at.row && !cell.blocks.is_empty()).collect();
    let count = filled.first().map_or(0, |cell| cell.blocks.len());
    let zipped = count > 1 && filled.len() > 1 && filled.iter().all(|cell| cell.blocks.len() == count);
    let lines = if zipped { count } else { 1 };
    (0..lines)
        .map(|line| {
            let mut end = row_start(cutter, at);
            let mut parts = Vec::new();
            for (place, (&(column, role, header), cell)) in columns.iter().zip(&cells).enumerate() {
                let repeated = cell.is_some_and(|cell| cell.row < at.row || cell.column < column);
                let whole = cell.and_then(|cell| {
                    if zipped {
                        cutter.document.blocks().get(cell.blocks.start + line).map(|block| block.span)
                    } else {
                        grid::span(cutter.document, cell)
                    }
                });
                let own = whole.filter(|_| !repeated).map(|span| without_bullet(cutter, span));
                let span = own.unwrap_or(Span::new(end, end));
                end = span.end;
                let earlier = above.get(place).copied().flatten();
                let stands_for = if repeated {
                    whole.filter(|_| cell.is_some_and(|cell| cell.column == column))
                } else if CUES.as_above.is_in(&cutter.document.levelled(span)) || span.is_empty() && role == Role::What
                {
                    earlier
                } else {
                    None
                };
                if let Some(slot) = above.get_mut(place) {
                    *slot = stands_for.or(own).or(if role == Role::What { earlier } else { None });
                }
                parts.push(Part { span, role, header, stands_for });
            }
            parts
        })
        .filter(|parts| parts.iter().any(|part| !part.span.is_empty()))
        .collect()
}

/// The columns that the cells of `row` head.
pub(crate) fn headed(cutter: &Cutter<'_>, table: &Table, row: u32) -> Columns {
    Columns { columns: with_what(roles_of(cutter, table, row), cutter.letter()) }
}

/// What the cells of `row` say of their columns.
fn roles_of(cutter: &Cutter<'_>, table: &Table, row: u32) -> Vec<(Role, Option<Span>)> {
    let columns = (0..table.columns).map(|column| {
        let heading = table.cell(row, column).and_then(|cell| grid::span(cutter.document, cell));
        (heading.map_or(Role::Other, |span| roles::role(cutter.document.slice(span), cutter.letter())), heading)
    });
    columns.collect()
}

/// One column at least says what is provided, sought or needed: the first that says nothing else.
pub(crate) fn with_what(mut columns: Vec<(Role, Option<Span>)>, letter: Letter) -> Vec<(Role, Option<Span>)> {
    if columns.iter().any(|&(role, _)| role == Role::What) {
        return columns;
    }
    let weakest = [Role::Other, Role::Reference, Role::ProviderAndMeasure];
    let place = weakest.iter().find_map(|wanted| columns.iter().position(|(role, _)| role == wanted)).unwrap_or(0);
    // in K the author may stand first; a table of dates and authors alone still has a first column
    if let Some(column) = columns.get_mut(if letter == Letter::K { place.min(1) } else { place }) {
        column.0 = Role::What;
    }
    columns
}

/// Whether every filled cell of `row` reads as a column heading.
pub(crate) fn is_header(cutter: &Cutter<'_>, table: &Table, row: u32) -> bool {
    let document = cutter.document;
    let cells: Vec<&Cell> = table.row(row).filter(|cell| !cell.blocks.is_empty()).collect();
    if cells.len() < 2 || row + 1 >= table.rows {
        return false;
    }
    let texts: Vec<String> = cells.iter().map(|cell| grid::words(document, cell)).collect();
    let short = texts.iter().all(|text| {
        let words = text.split_whitespace().count();
        words <= 14 && (words <= 2 || !text.ends_with('.'))
    });
    let marked = row < table.header_rows || cells.iter().all(|cell| cell.header);
    let headings = texts.iter().filter(|text| roles::is_heading(text)).count();
    let numbers = texts.iter().any(|text| text.contains(|c: char| c.is_ascii_digit()) && !text.starts_with("Section"));
    let bold = cells.iter().all(|cell| {
        let blocks = document.blocks().get(cell.blocks.clone()).unwrap_or_default();
        blocks.iter().all(|block| block.emphasis.bold)
    });
    short && (marked || !numbers && (headings * 3 >= texts.len() * 2 || bold && headings > 0))
}

fn repeats(cutter: &Cutter<'_>, table: &Table, header: u32, row: u32) -> bool {
    let words = |row: u32| -> Vec<String> { table.row(row).map(|cell| grid::words(cutter.document, cell)).collect() };
    words(header) == words(row)
}

fn unheaded(table: &Table) -> Columns {
    let role = |column: u32| if column == 0 { Role::What } else { Role::Other };
    Columns { columns: (0..table.columns).map(|column| (role(column), None)).collect() }
}

/// The only filled cell of a row.
fn alone(table: &Table, row: u32) -> Option<&Cell> {
    let covering =
        (0..table.columns).filter_map(|column| table.cell(row, column)).filter(|cell| !cell.blocks.is_empty());
    let mut cells: Vec<&Cell> = covering.collect();
    cells.dedup_by_key(|cell| (cell.row, cell.column));
    match cells.as_slice() {
        &[cell] if cell.row == row && table.columns > 1 => Some(cell),
        _ => None,
    }
}

/// A cell alone in its row: the title of the rows below it, prose over the whole width, or a statement whose other cells are blank.
fn cut_alone(cutter: &mut Cutter<'_>, cell: &Cell, columns: usize, title: bool) {
    let text = grid::words(cutter.document, cell);
    let full = cell.column_span as usize >= columns;
    let short = text.split_whitespace().count() <= 14 && !text.ends_with(['.', ';']);
    let blocks: Vec<usize> = cell.blocks.clone().collect();
    let bold =
        cell.blocks.clone().all(|index| cutter.document.blocks().get(index).is_some_and(|block| block.emphasis.bold));
    let Some(span) = grid::span(cutter.document, cell) else { return };
    if short && (full || bold || title || Area::is_title(&text)) && cell.column == 0 {
        cutter.head(span, cell.blocks.start);
    } else if full {
        prose::cut(cutter, &blocks, &|_| None, Then::End);
    } else {
        let role = if cell.column == 0 { Role::What } else { Role::Other };
        cutter.say_row(vec![Part { span, role, header: None, stands_for: None }]);
    }
}

/// The words of a cell without a bullet that was typed before them.
fn without_bullet(cutter: &Cutter<'_>, span: Span) -> Span {
    let text = cutter.document.slice(span);
    let bare = text.trim_start_matches(|c: char| {
        matches!(c, '\u{2022}' | '\u{25aa}' | '\u{b7}' | '\u{f0b7}') || c.is_whitespace()
    });
    if bare.is_empty() { span } else { Span::new(span.end - bare.len(), span.end) }
}

/// Where an empty cell at the beginning of a row stands.
fn row_start(cutter: &Cutter<'_>, at: RowOf<'_>) -> usize {
    let blocks = at.table.row(at.row).filter(|cell| !cell.blocks.is_empty()).map(|cell| cell.blocks.start).min();
    blocks.and_then(|index| cutter.document.blocks().get(index)).map_or(0, |block| block.span.start)
}
