//! Fragments → statements: the pieces of a plan that a reader would amend on their own.

use crate::document::{Block, Document};
use crate::plan::fragment::Fragment;
use crate::plan::letter::Letter;
use crate::plan::read::cutter::Cutter;
use crate::plan::read::fragments::Outline;
use crate::plan::read::grid::{self, Grid};
use crate::plan::read::look::Looks;
use crate::plan::read::prose::{self, Then};
use crate::plan::read::roles;
use crate::plan::read::rows::{self, Columns, RowOf};
use crate::plan::statement::{Role, Statement};
use crate::text::Span;

/// Cuts every section of the outline, in reading order.
pub(crate) fn statements(document: &Document, outline: &Outline, looks: Looks) -> Vec<Statement> {
    let mut found: Vec<Statement> = Vec::new();
    for (fragment, grid) in outline.fragments.iter().zip(&outline.grid_of) {
        if grid.is_none() {
            found.extend(of_fragment(document, outline, fragment, looks));
        }
    }
    for grid in &outline.grids {
        for letter in grid.letters() {
            found.extend(of_grid(document, grid, letter, looks));
        }
    }
    found.sort_by_key(|statement| statement.span().start);
    found
}

/// A run of a fragment's blocks that is cut in one way.
enum Run {
    Prose(Vec<usize>),
    Table(usize, Vec<usize>),
}

fn of_fragment(document: &Document, outline: &Outline, fragment: &Fragment, looks: Looks) -> Vec<Statement> {
    let mut cutter = Cutter::new(document, looks, &fragment.letters, fragment.area);
    let runs = runs(document, &fragment.blocks);
    let from = |index: usize| outline.bodies.get(&index).copied();
    let mut columns: Option<Columns> = None;
    for (at, run) in runs.iter().enumerate() {
        match run {
            Run::Prose(blocks) => {
                let then = if matches!(runs.get(at + 1), Some(Run::Table(..))) { Then::Table } else { Then::End };
                prose::cut(&mut cutter, blocks, &from, then);
            }
            Run::Table(table, blocks) => {
                columns = rows::cut(&mut cutter, *table, rows_of(document, *table, blocks), columns.as_ref());
                cutter.over.lead_in = None;
            }
        }
    }
    cutter.found
}

/// The statements of one letter of a grid: one for each paragraph of its column, or for each row of its columns.
fn of_grid(document: &Document, grid: &Grid, letter: Letter, looks: Looks) -> Vec<Statement> {
    let Some(table) = document.tables().get(grid.table) else { return Vec::new() };
    let index = u32::try_from(grid.table).unwrap_or(u32::MAX);
    let mut cutter = Cutter::new(document, looks, &[letter], grid.area_above(document));
    let columns = columns_of(document, grid, letter);
    let mut above = vec![None; columns.len()];
    for row in grid.rows.clone() {
        if let Some(title) = grid.title(document, row) {
            cutter.head(title, document.block_at(title.start));
            continue;
        }
        cutter.over.row = Some((index, row));
        if let &[(column, ..)] = columns.as_slice() {
            let cell = table.cell(row, column).filter(|cell| cell.row == row && cell.column == column);
            let blocks: Vec<usize> = cell.map(|cell| cell.blocks.clone().collect()).unwrap_or_default();
            let heading = cutter.over.heading;
            prose::cut(&mut cutter, &blocks, &|_| None, Then::End);
            cutter.over.heading = heading;
        } else {
            for parts in rows::parts_of(&cutter, RowOf { table, row }, &columns, &mut above) {
                cutter.say_row(parts);
            }
        }
    }
    cutter.found
}

/// The columns of one letter, with their roles: the first says what, unless its heading says otherwise.
fn columns_of(document: &Document, grid: &Grid, letter: Letter) -> Vec<(u32, Role, Option<Span>)> {
    let columns = grid.columns_of(letter);
    let roles = columns.iter().map(|&column| {
        let heading = grid.headings.get(column as usize).copied().filter(|span| !span.is_empty());
        (heading.map_or(Role::Other, |span| roles::role(document.slice(span), letter)), heading)
    });
    let roles = rows::with_what(roles.collect(), letter);
    columns.into_iter().zip(roles).map(|(column, (role, heading))| (column, role, heading)).collect()
}

fn runs(document: &Document, blocks: &[usize]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for &index in blocks {
        let Some(block) = document.blocks().get(index) else { continue };
        match (table_of(document, block), runs.last_mut()) {
            (None, Some(Run::Prose(run))) => run.push(index),
            (Some(table), Some(Run::Table(last, run))) if *last == table => run.push(index),
            (None, _) => runs.push(Run::Prose(vec![index])),
            (Some(table), _) => runs.push(Run::Table(table, vec![index])),
        }
    }
    runs
}

/// The outermost table around a block that is more than a box: one of several columns.
fn table_of(document: &Document, block: &Block) -> Option<usize> {
    let mut found = None;
    let mut at = block.cell;
    while let Some(cell) = at {
        let table = document.tables().get(cell.table as usize)?;
        if table.columns > 1 {
            found = Some(cell.table as usize);
        }
        at = table.parent;
    }
    found
}

/// The rows of a table in which blocks of a fragment stand, blank ones between them included.
fn rows_of(document: &Document, table: usize, blocks: &[usize]) -> std::ops::Range<u32> {
    let rows = blocks.iter().filter_map(|&index| {
        let block = document.blocks().get(index)?;
        grid::cell_in(document, block.cell, table).map(|cell| cell.row)
    });
    let rows: Vec<u32> = rows.collect();
    match (rows.iter().min(), rows.iter().max()) {
        (Some(&first), Some(&last)) => first..last + 1,
        _ => 0..0,
    }
}
