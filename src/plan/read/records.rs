//! Two-column tables that read downwards: record cards of a label and a value, and headings beside their text.

use crate::document::{Cell, Table};
use crate::plan::area::Area;
use crate::plan::read::cutter::Cutter;
use crate::plan::read::grid;
use crate::plan::read::prose::{self, Then};
use crate::plan::read::{roles, rows};
use crate::plan::statement::{Part, Role};
use crate::text::Span;
use std::ops::Range;

/// Whether the rows are records: labels such as "Provision", "Delivered by", "Frequency" down the first column.
pub(crate) fn is_records(cutter: &Cutter<'_>, table: &Table, rows: Range<u32>) -> bool {
    if table.columns != 2 {
        return false;
    }
    let labels: Vec<&Cell> = rows.filter_map(|row| label(table, row)).collect();
    let texts: Vec<String> = labels.iter().map(|cell| grid::words(cutter.document, cell)).collect();
    let short = texts.iter().all(|text| {
        let words = text.split_whitespace().count();
        words <= 8 && (words <= 2 || !text.ends_with('.'))
    });
    let known = texts.iter().filter(|text| roles::is_heading(text)).count();
    let mut kinds: Vec<Role> = texts.iter().map(|text| roles::role(text, cutter.letter())).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let marked = !labels.is_empty() && labels.iter().all(|cell| cell.header);
    short && texts.len() > 1 && (known * 5 >= texts.len() * 3 && kinds.len() > 1 || marked)
}

/// Cuts records: one statement each. A label that comes again begins a new one.
pub(crate) fn cut(cutter: &mut Cutter<'_>, index: usize, rows: Range<u32>) {
    let document = cutter.document;
    let Some(table) = document.tables().get(index) else { return };
    let mut record = Record::default();
    for row in rows {
        let value = table.cell(row, 1).filter(|cell| cell.column == 1);
        let Some(label) = label(table, row) else {
            if let Some(title) = table.cell(row, 0).filter(|cell| !cell.blocks.is_empty()) {
                record.say(cutter);
                if let Some(span) = grid::span(document, title) {
                    cutter.head(span, title.blocks.start);
                }
            }
            continue;
        };
        let words = grid::words(document, label);
        if record.labels.contains(&words) {
            record.say(cutter);
        }
        if record.labels.is_empty() {
            record.at = Some((u32::try_from(index).unwrap_or(u32::MAX), row));
        }
        let heading = grid::span(document, label);
        let end = heading.map_or(0, |span| span.end);
        let span = value.and_then(|cell| grid::span(document, cell)).unwrap_or(Span::new(end, end));
        record.columns.push((roles::role(&words, cutter.letter()), heading));
        record.spans.push(span);
        record.labels.push(words);
    }
    record.say(cutter);
}

/// Whether the first column holds headings and the second their text.
pub(crate) fn has_side_headings(cutter: &Cutter<'_>, table: &Table, rows: Range<u32>) -> bool {
    if table.columns != 2 {
        return false;
    }
    let filled: Vec<(String, &Cell)> = rows
        .filter_map(|row| {
            let (left, right) = (table.cell(row, 0)?, table.cell(row, 1)?);
            (right.column == 1 && !right.blocks.is_empty()).then(|| (grid::words(cutter.document, left), right))
        })
        .collect();
    let is_side = |text: &str| text.split_whitespace().count() <= 9 && !text.ends_with('.');
    let named = filled.iter().any(|(text, _)| Area::is_title(text));
    let long = filled.iter().any(|(_, cell)| cell.blocks.len() > 1);
    !filled.is_empty() && filled.iter().all(|(text, _)| is_side(text)) && (named || long)
}

/// Cuts text beside its headings.
pub(crate) fn cut_sides(cutter: &mut Cutter<'_>, index: usize, rows: Range<u32>) {
    let document = cutter.document;
    let Some(table) = document.tables().get(index) else { return };
    for row in rows {
        if let Some(cell) = table.cell(row, 0).filter(|cell| cell.row == row && !cell.blocks.is_empty())
            && let Some(span) = grid::span(document, cell)
        {
            cutter.head(span, cell.blocks.start);
        }
        if let Some(cell) = table.cell(row, 1).filter(|cell| cell.column == 1 && cell.row == row) {
            let blocks: Vec<usize> = cell.blocks.clone().collect();
            prose::cut(cutter, &blocks, &|_| None, Then::End);
        }
    }
}

/// A record while its rows are read.
#[derive(Default)]
struct Record {
    labels: Vec<String>,
    columns: Vec<(Role, Option<Span>)>,
    spans: Vec<Span>,
    at: Option<(u32, u32)>,
}

impl Record {
    /// Adds the statement of the record and begins the next.
    fn say(&mut self, cutter: &mut Cutter<'_>) {
        let record = std::mem::take(self);
        if record.labels.is_empty() {
            return;
        }
        let columns = rows::with_what(record.columns, cutter.letter());
        let parts = columns.into_iter().zip(record.spans);
        let parts = parts.map(|((role, header), span)| Part { span, role, header, stands_for: None });
        let outer = cutter.over.row;
        cutter.over.row = record.at;
        cutter.say_row(parts.collect());
        cutter.over.row = outer;
    }
}

/// The label of a row: its first cell, where that does not run over both columns.
fn label(table: &Table, row: u32) -> Option<&Cell> {
    table.cell(row, 0).filter(|cell| cell.row == row && cell.column_span == 1 && !cell.blocks.is_empty())
}
