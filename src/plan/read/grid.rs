//! Tables whose columns stand for sections: the letter of a column heading is the letter of the cells below it.

use crate::document::{Cell, CellRef, Document, Table};
use crate::plan::area::Area;
use crate::plan::letter::Letter;
use crate::plan::read::label::{self, Form};
use crate::plan::read::roles::{self, Topic};
use crate::text::Span;
use std::ops::Range;

/// A stretch of a table whose columns belong to sections.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    /// Index into `Document::tables`.
    pub(crate) table: usize,
    /// The row that holds the letters; `None` where the table goes on with the columns of the one before it.
    pub(crate) header: Option<u32>,
    /// The rows below it that it governs.
    pub(crate) rows: Range<u32>,
    /// The letter of each column.
    pub(crate) columns: Vec<Letter>,
    /// The words at the head of each column.
    pub(crate) headings: Vec<Span>,
}

impl Grid {
    /// The letters of its columns, each once, from left to right.
    pub(crate) fn letters(&self) -> Vec<Letter> {
        let mut letters: Vec<Letter> = Vec::new();
        for &letter in &self.columns {
            if !letters.contains(&letter) {
                letters.push(letter);
            }
        }
        letters
    }

    /// The columns of one letter.
    pub(crate) fn columns_of(&self, letter: Letter) -> Vec<u32> {
        (0..).zip(&self.columns).filter(|&(_, &column)| column == letter).map(|(index, _)| index).collect()
    }

    /// Its first block, heading included.
    pub(crate) fn first_block(&self, document: &Document) -> usize {
        let first_row = self.header.unwrap_or(self.rows.start);
        let cells = document.tables()[self.table].cells.iter().filter(|cell| cell.row >= first_row);
        cells.map(|cell| cell.blocks.start).min().unwrap_or(0)
    }

    /// The words at the head of the first column of `letter`.
    pub(crate) fn heading_of(&self, letter: Letter) -> Option<Span> {
        let column = *self.columns_of(letter).first()?;
        self.headings.get(column as usize).copied()
    }

    /// The title of the rows below, where `row` is one: a short line across the columns of several sections,
    /// or the name of an area of need alone in its row.
    pub(crate) fn title(&self, document: &Document, row: u32) -> Option<Span> {
        let table = document.tables().get(self.table)?;
        let mut cells = table.row(row).filter(|cell| !cell.blocks.is_empty());
        let (cell, None) = (cells.next()?, cells.next()) else { return None };
        let text = words(document, cell);
        let short = text.split_whitespace().count() <= 14 && !text.ends_with('.');
        let across = self.spans_letters(document, row, cell.column);
        (short && (across || cell.column == 0 && Area::is_title(&text))).then(|| span(document, cell)).flatten()
    }

    /// Whether the cell that begins here lies across the columns of several sections.
    pub(crate) fn spans_letters(&self, document: &Document, row: u32, column: u32) -> bool {
        let table = document.tables().get(self.table);
        let cell = table.and_then(|table| table.cells.iter().find(|cell| (cell.row, cell.column) == (row, column)));
        let Some(cell) = cell else { return false };
        let mut covered = self.columns.iter().skip(column as usize).take(cell.column_span as usize);
        let first = covered.next();
        covered.any(|letter| Some(letter) != first)
    }

    /// The area of need that a line above the column headings names.
    pub(crate) fn area_above(&self, document: &Document) -> Option<Area> {
        let table = document.tables().get(self.table)?;
        let above = table.cells.iter().filter(|cell| Some(cell.row) < self.header);
        let blocks = above.flat_map(|cell| cell.blocks.clone()).filter_map(|index| document.blocks().get(index));
        blocks.map(|block| document.slice(block.span)).find_map(|text| {
            let first: Vec<&str> = text.split_whitespace().take(9).collect();
            Some(first.join(" ")).filter(|title| Area::is_title(title)).and_then(|title| Area::named(&title))
        })
    }
}

/// The grids whose headings say letters.
pub(crate) fn lettered(document: &Document) -> Vec<Grid> {
    let read = |text: &str| label::read(text).filter(|label| label.form >= Form::Letter).map(|label| label.letters);
    let mut grids: Vec<Grid> = Vec::new();
    for (index, table) in document.tables().iter().enumerate() {
        let headers: Vec<(u32, Vec<Option<Letter>>)> =
            (0..table.rows).filter_map(|row| Some((row, header_letters(document, table, row, &read)?))).collect();
        let first = headers.first().map_or(table.rows, |&(row, _)| row);
        if let Some(inherited) = continued(document, grids.last(), index, 0..first) {
            grids.push(inherited);
        }
        for (at, (row, letters)) in headers.iter().enumerate() {
            let next = headers.get(at + 1).map_or(table.rows, |&(row, _)| row);
            grids.push(grid(document, index, *row, end_of(document, table, row + 1, next), letters));
        }
    }
    grids
}

/// The grid that `table` is by the words of its headings, where they tell the sections of `among` apart.
pub(crate) fn worded(document: &Document, table: usize, among: &[Letter]) -> Option<Grid> {
    let stated = document.tables().get(table)?;
    let read = |text: &str| letter_of_words(text, among).map(|letter| vec![letter]);
    let (row, letters) = (0..stated.rows.min(4)).find_map(|row| {
        let all_headings =
            stated.row(row).all(|cell| cell.blocks.is_empty() || roles::is_heading(&words(document, cell)));
        Some((row, header_letters(document, stated, row, &read)?)).filter(|_| all_headings)
    })?;
    Some(grid(document, table, row, end_of(document, stated, row + 1, stated.rows), &letters))
}

/// The cell of `table` in which a block lies, directly or in a table inside that cell.
pub(crate) fn cell_in(document: &Document, mut at: Option<CellRef>, table: usize) -> Option<CellRef> {
    while let Some(cell) = at {
        if cell.table as usize == table {
            return Some(cell);
        }
        at = document.tables().get(cell.table as usize)?.parent;
    }
    None
}

/// The words of a cell on one line.
pub(crate) fn words(document: &Document, cell: &Cell) -> String {
    let blocks = document.blocks().get(cell.blocks.clone()).unwrap_or_default();
    let texts: Vec<&str> = blocks.iter().map(|block| document.slice(block.span)).collect();
    texts.join(" ")
}

/// From the first word of a cell to its last.
pub(crate) fn span(document: &Document, cell: &Cell) -> Option<Span> {
    let blocks = document.blocks().get(cell.blocks.clone())?;
    blocks.iter().map(|block| block.span).reduce(Span::cover)
}

/// The letter of each cell of a row, where at least two cells say different single letters.
fn header_letters(
    document: &Document,
    table: &Table,
    row: u32,
    read: &dyn Fn(&str) -> Option<Vec<Letter>>,
) -> Option<Vec<Option<Letter>>> {
    let mut letters = vec![None; table.columns as usize];
    let mut seen: Vec<Letter> = Vec::new();
    for cell in table.row(row) {
        // an undivided H gives its cells to H1
        let Some(&letter) = read(&words(document, cell)).as_ref().and_then(|letters| letters.first()) else { continue };
        seen.push(letter);
        for column in cell.column..cell.column + cell.column_span {
            if let Some(place) = letters.get_mut(column as usize) {
                *place = Some(letter);
            }
        }
    }
    seen.sort_unstable();
    seen.dedup();
    (seen.len() > 1).then_some(letters)
}

fn grid(document: &Document, table: usize, row: u32, end: u32, letters: &[Option<Letter>]) -> Grid {
    let stated = &document.tables()[table];
    let first = letters.iter().flatten().next().copied().unwrap_or(Letter::B);
    // a column without a letter of its own ("By whom") goes with the one on its left
    let columns = letters.iter().scan(first, |last, letter| {
        *last = letter.unwrap_or(*last);
        Some(*last)
    });
    let headings = (0..stated.columns)
        .map(|column| stated.cell(row, column).and_then(|cell| span(document, cell)).unwrap_or_default());
    Grid { table, header: Some(row), rows: row + 1..end, columns: columns.collect(), headings: headings.collect() }
}

/// The row at which a full-width label ends the grid ("Section I" as a row of the same table), or `end`.
fn end_of(document: &Document, table: &Table, from: u32, end: u32) -> u32 {
    let is_label = |row: u32| {
        let mut cells = table.row(row).filter(|cell| !cell.blocks.is_empty());
        let (Some(cell), None) = (cells.next(), cells.next()) else { return false };
        let full = cell.column_span >= table.columns;
        full && label::read(&words(document, cell)).is_some_and(|label| label.form >= Form::Letter && label.titled)
    };
    (from..end).find(|&row| is_label(row)).unwrap_or(end)
}

/// A table that goes on with the columns of the one directly before it, as after the end of a page.
pub(crate) fn continued(document: &Document, last: Option<&Grid>, table: usize, rows: Range<u32>) -> Option<Grid> {
    let last = last?;
    let (before, stated) = (document.tables().get(last.table)?, document.tables().get(table)?);
    let ends = before.cells.iter().map(|cell| cell.blocks.end).max()?;
    let begins = stated.cells.iter().filter(|cell| !cell.blocks.is_empty()).map(|cell| cell.blocks.start).min()?;
    let follows =
        last.table < table && last.rows.end == before.rows && ends == begins && before.parent == stated.parent;
    let filled = |row: u32| stated.row(row).filter(|cell| !cell.blocks.is_empty()).count();
    let goes_on = follows && before.columns == stated.columns && rows.clone().any(|row| filled(row) > 1);
    goes_on.then(|| Grid {
        table,
        header: None,
        rows: 0..end_of(document, stated, rows.start, rows.end),
        ..last.clone()
    })
}

/// The letter, among those a heading allows, of a column headed "Needs", "Outcomes" or "Provision".
fn letter_of_words(heading: &str, among: &[Letter]) -> Option<Letter> {
    if !roles::is_heading(heading) {
        return None;
    }
    let topics = roles::topics(heading);
    let has = |topic: Topic| topics.contains(&topic);
    if has(Topic::Reference) || has(Topic::Comment) || has(Topic::Review) || has(Topic::Provider) {
        return None;
    }
    let first = |fits: fn(Letter) -> bool| among.iter().copied().find(|&letter| fits(letter));
    if has(Topic::Provision) && !heading.to_lowercase().starts_with("outcome") {
        first(Letter::holds_provision)
    } else if has(Topic::Outcome) && !has(Topic::Date) {
        first(|letter| letter == Letter::E)
    } else if has(Topic::Need) {
        first(Letter::holds_needs)
    } else {
        None
    }
}
