//! Tables as a tagged file states them: which of its cells stand where on a page.

use super::grids::{Grid, Square};
use super::page::{Area, Glyph, Page};
use std::collections::{BTreeMap, BTreeSet};

/// The tags of a file. Cells and paragraphs are named by numbers from one; 0 is none.
#[derive(Debug, Default)]
pub(super) struct Tags {
    /// By page and number of the marked content.
    pub(super) marks: BTreeMap<(u32, u32), Mark>,
    pub(super) cells: Vec<TagCell>,
    pub(super) tables: Vec<TagTable>,
}

/// What marked content belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// The innermost cell.
    pub(super) cell: u32,
    /// The innermost paragraph, item of a list or heading.
    pub(super) paragraph: u32,
}

/// A cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TagCell {
    /// Its table, by its place among all.
    pub(super) table: usize,
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) rows: usize,
    pub(super) columns: usize,
    /// It is marked as a header cell.
    pub(super) header: bool,
}

/// A table.
#[derive(Clone, Debug, Default)]
pub(super) struct TagTable {
    /// The cell around it; 0 is none.
    pub(super) parent: u32,
    /// Its cells by number, in the order of the file.
    pub(super) cells: Vec<u32>,
    pub(super) rows: usize,
    /// For each column, how many more rows a cell from above covers.
    pub(super) busy: Vec<usize>,
}

impl Tags {
    /// What marked content of a page belongs to.
    pub(super) fn mark(&self, page: u32, id: u32) -> Mark {
        self.marks.get(&(page, id)).copied().unwrap_or_default()
    }

    /// A cell by its number.
    pub(super) fn cell(&self, number: u32) -> Option<&TagCell> {
        self.cells.get((number as usize).checked_sub(1)?)
    }

    /// A table by its place.
    pub(super) fn table(&self, at: usize) -> Option<&TagTable> {
        self.tables.get(at)
    }

    /// How many rows at its top hold header cells alone.
    pub(super) fn header_rows(&self, table: &TagTable) -> usize {
        let plain = table.cells.iter().filter_map(|&cell| self.cell(cell)).filter(|cell| !cell.header);
        plain.map(|cell| cell.row).min().unwrap_or(0)
    }
}

/// The part of a stated table that stands on one page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stated {
    /// Its table, by its place among all.
    pub(super) table: usize,
    /// The row of the whole table with which it begins.
    pub(super) first_row: usize,
    /// Its cells; squares stand in the order of `cells`.
    pub(super) grid: Grid,
    /// Their numbers; 0 where the file says nothing of one.
    pub(super) cells: Vec<u32>,
}

/// The stated tables of a page whose cells stand as cells do; the others are left to lines and alignment.
/// `ruled` are the tables that lines draw.
pub(super) fn stated(page: &Page, tags: &Tags, ruled: &[Grid]) -> Vec<Stated> {
    let mut areas: BTreeMap<u32, Area> = BTreeMap::new();
    let level = page.glyphs.iter().map(|glyph| (glyph.mark.cell, glyph.area()));
    let words = level.chain(page.turned.iter().map(|run| (run.mark.cell, run.area)));
    let mut add = |mut at: u32, there: Area| {
        // A cell holds what stands in the tables in it.
        while let Some(cell) = tags.cell(at) {
            areas.entry(at).and_modify(|area| *area = area.with(&there)).or_insert(there);
            at = tags.table(cell.table).map_or(0, |table| table.parent).min(at - 1);
        }
    };
    // What stands in one cell mostly stands together.
    let mut run: Option<(u32, Area)> = None;
    for (cell, there) in words.filter(|&(cell, _)| cell > 0) {
        run = match run {
            Some((same, area)) if same == cell => Some((cell, area.with(&there))),
            before => {
                if let Some((cell, area)) = before {
                    add(cell, area);
                }
                Some((cell, there))
            }
        };
    }
    if let Some((cell, area)) = run {
        add(cell, area);
    }
    let tables: BTreeSet<usize> = areas.keys().filter_map(|&cell| tags.cell(cell)).map(|cell| cell.table).collect();
    tables.into_iter().filter_map(|table| of_table(tags, table, &areas, ruled)).collect()
}

fn of_table(tags: &Tags, at: usize, areas: &BTreeMap<u32, Area>, ruled: &[Grid]) -> Option<Stated> {
    let table = tags.table(at)?;
    let mut known: Vec<(u32, TagCell)> =
        table.cells.iter().filter_map(|&cell| Some((cell, *tags.cell(cell)?))).collect();
    let sound = |known: &[(u32, TagCell)]| {
        let present = known.iter().filter_map(|(number, cell)| Some((cell, areas.get(number)?)));
        stands_as_a_table(&present.collect::<Vec<_>>())
    };
    if !sound(&known) {
        with_empty_cells(&mut known, areas);
        if !sound(&known) {
            return None;
        }
    }
    let present = || known.iter().filter_map(|(number, cell)| Some((cell, areas.get(number)?)));
    let first = present().map(|(cell, _)| cell.row).min()?;
    let end = present().map(|(cell, _)| cell.row + 1).max()?;
    let columns = known.iter().map(|(_, cell)| cell.column + cell.columns).max()?;
    // Where each column begins, and where the longest line of a cell in it ends.
    let mut edges = vec![(f32::INFINITY, 0.0_f32); columns];
    for (cell, area) in present() {
        if let Some(edge) = edges.get_mut(cell.column) {
            edge.0 = edge.0.min(area.left);
        }
        if let Some(edge) = edges.get_mut(cell.column + cell.columns - 1) {
            edge.1 = edge.1.max(area.right + 0.5);
        }
    }
    let whole = present().map(|(_, area)| *area).reduce(|one, other| one.with(&other))?;
    // A column without words on this page stands where the next one begins.
    let mut next = whole.right;
    for (left, right) in edges.iter_mut().rev() {
        *left = left.min(next);
        *right = right.max(*left);
        next = *left;
    }
    // How far down and up the cells of a row with words reach: where in it words may stand that the file does not tag.
    let mut heights: BTreeMap<usize, Area> = BTreeMap::new();
    for (cell, words) in present().filter(|(cell, _)| cell.rows == 1) {
        let area = drawn_around(words, ruled).unwrap_or(*words);
        heights.entry(cell.row).and_modify(|row| *row = row.with(&area)).or_insert(area);
    }
    let drawn = ruled.iter().filter(|grid| grid.area.contains(&whole, 3.0)).map(|grid| grid.area.right);
    let end_of_rows = drawn.fold(whole.right, f32::max);
    let empty = |cell: &TagCell, left: f32| {
        let next = edges.get(cell.column + cell.columns).map_or(end_of_rows, |edge| edge.0 - 0.5);
        let (top, bottom) = heights.get(&cell.row).map_or((whole.top, whole.top), |row| (row.top, row.bottom));
        Area { left, right: next.max(left), top, bottom }
    };
    let mut squares = Vec::new();
    let mut cells = Vec::new();
    let mut inside: Vec<(usize, u32, TagCell)> = known
        .iter()
        .filter(|(number, cell)| (first..end).contains(&cell.row) || areas.contains_key(number))
        .map(|&(number, cell)| (cell.row.max(first), number, cell))
        .collect();
    inside.sort_by_key(|&(row, _, cell)| (row, cell.column));
    for (row, number, cell) in inside {
        let left = edges.get(cell.column).map_or(whole.left, |edge| edge.0);
        let right = edges.get(cell.column + cell.columns - 1).map_or(whole.right, |edge| edge.1);
        let words = areas.get(&number).copied();
        let area = words.map_or_else(
            || empty(&cell, left),
            |words| drawn_around(&words, ruled).unwrap_or(Area { left, right: right.max(words.right), ..words }),
        );
        let rows = (cell.row + cell.rows).min(end).saturating_sub(row).max(1);
        squares.push(Square { row: row - first, column: cell.column, rows, columns: cell.columns, area });
        cells.push(number);
    }
    // Cells that the file says nothing of are empty.
    for row in 0..end - first {
        for column in 0..columns {
            let there = |square: &Square| {
                (square.row..square.row + square.rows).contains(&row)
                    && (square.column..square.column + square.columns).contains(&column)
            };
            if !squares.iter().any(there) {
                let area = Area { left: whole.left, right: whole.left, top: whole.top, bottom: whole.top };
                squares.push(Square { row, column, rows: 1, columns: 1, area });
                cells.push(0);
            }
        }
    }
    let mut lefts: Vec<f32> = edges.iter().map(|edge| edge.0).collect();
    lefts.push(whole.right);
    let area = squares.iter().map(|square| square.area).reduce(|one, other| one.with(&other))?;
    let grid = Grid { area, edges: lefts, rows: end - first, squares, open_top: false, open_bottom: false };
    Some(Stated { table: at, first_row: first, grid, cells })
}

/// Some programs say nothing of empty cells, and the next one stands in the place of each. Rows with a cell for every
/// column tell where the columns are.
fn with_empty_cells(known: &mut [(u32, TagCell)], areas: &BTreeMap<u32, Area>) {
    let columns = known.iter().map(|(_, cell)| cell.column + cell.columns).max().unwrap_or(0);
    let mut covered: BTreeMap<usize, usize> = BTreeMap::new();
    for (_, cell) in known.iter() {
        *covered.entry(cell.row).or_default() += cell.columns;
    }
    let whole = |cell: &TagCell| covered.get(&cell.row) == Some(&columns);
    let mut lefts = vec![f32::INFINITY; columns];
    for (number, cell) in known.iter().filter(|(_, cell)| whole(cell)) {
        if let (Some(left), Some(area)) = (lefts.get_mut(cell.column), areas.get(number)) {
            *left = left.min(area.left);
        }
    }
    if lefts.iter().any(|left| left.is_infinite()) {
        return;
    }
    for (number, cell) in known.iter_mut().filter(|(_, cell)| !whole(cell)) {
        let Some(area) = areas.get(number) else { continue };
        cell.column =
            lefts.iter().rposition(|left| area.left > left - 4.0).unwrap_or(0).min(columns - cell.columns.min(columns));
    }
}

/// Whether cells of a row stand from left to right, and rows from top to bottom, none over another.
fn stands_as_a_table(cells: &[(&TagCell, &Area)]) -> bool {
    cells.iter().enumerate().all(|(at, (cell, area))| {
        cells.iter().skip(at + 1).all(|(other, there)| {
            let beside = cell.column + cell.columns <= other.column;
            let below = cell.row + cell.rows <= other.row;
            let shared = area.overlap(there);
            let over = shared.width() > 2.0 && shared.height() > 0.4 * area.height().min(there.height());
            !over && (!beside || area.left <= there.left + 1.0) && (!below || area.top <= there.top + 1.0)
        })
    })
}

/// The smallest square that lines draw around an area.
fn drawn_around(words: &Area, ruled: &[Grid]) -> Option<Area> {
    let around = ruled.iter().flat_map(|grid| &grid.squares).map(|square| square.area);
    around.filter(|area| area.contains(words, 3.0)).min_by(|a, b| a.surface().total_cmp(&b.surface()))
}

/// Whether a table drawn by lines is one of those that the file states: most of what stands in it stands in its cells.
pub(super) fn is_stated(ruled: &Grid, page: &Page, stated: &[Stated]) -> bool {
    let (mut all, mut told) = (0_usize, 0);
    let in_it = |glyph: &&Glyph| ruled.area.holds(glyph.centre(), glyph.middle());
    // The last cell that was met, and whether it is in one of them.
    let mut last = (0, false);
    for glyph in page.glyphs.iter().filter(in_it) {
        let cell = glyph.mark.cell;
        if cell != last.0 {
            last = (cell, cell > 0 && stated.iter().any(|table| table.cells.contains(&cell)));
        }
        all += 1;
        told += usize::from(last.1);
    }
    told * 2 > all
}
