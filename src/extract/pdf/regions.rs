//! The parts of a page: what stands in which cell, and what stands between the tables.

use super::grids::{Grid, grids};
use super::lines::{Line, lines};
use super::page::{Area, Glyph, Page};
use super::tags::{Stated, Tags, is_stated, stated};
use crate::document::TableSource;
use std::collections::BTreeMap;

/// Lines and tables from top to bottom, within one area.
#[derive(Clone, Debug, Default)]
pub(super) struct Flow {
    pub(super) area: Area,
    pub(super) items: Vec<Item>,
    /// It goes on with the frame before it, as the next column of a text does.
    pub(super) continues: bool,
}

/// What a flow holds.
#[derive(Clone, Debug)]
pub(super) enum Item {
    Line(Line),
    Grid(Ruled),
    /// A frame around text.
    Frame(Flow),
}

/// A table on one page.
#[derive(Clone, Debug)]
pub(super) struct Ruled {
    pub(super) area: Area,
    pub(super) edges: Vec<f32>,
    pub(super) rows: usize,
    pub(super) cells: Vec<Cell>,
    pub(super) open_top: bool,
    pub(super) open_bottom: bool,
    pub(super) source: TableSource,
    /// Where a tagged file states it.
    pub(super) stated: Option<StatedPart>,
}

/// Which part of a table that the file states stands on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StatedPart {
    /// The table, by its place among all.
    pub(super) table: usize,
    /// The row with which this part begins.
    pub(super) first_row: usize,
    /// How many rows at the top of the whole are header rows.
    pub(super) header_rows: usize,
}

/// A cell of it.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) flow: Flow,
}

impl Flow {
    /// Puts what `of_run` makes of it in the place of each run of lines, and what `other` makes of it in that of all else.
    pub(super) fn replace_runs(
        &mut self,
        mut of_run: impl FnMut(Vec<Line>) -> Vec<Item>,
        mut other: impl FnMut(Item) -> Item,
    ) {
        let mut items: Vec<Item> = Vec::new();
        let mut run: Vec<Line> = Vec::new();
        for item in std::mem::take(&mut self.items) {
            if let Item::Line(line) = item {
                run.push(line);
            } else {
                items.extend(of_run(std::mem::take(&mut run)));
                items.push(other(item));
            }
        }
        items.extend(of_run(run));
        self.items = items;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.items.iter().all(|item| match item {
            Item::Line(_) => false,
            Item::Grid(grid) => grid.cells.iter().all(|cell| cell.flow.is_empty()),
            Item::Frame(flow) => flow.is_empty(),
        })
    }

    /// Shows every line, those in tables too.
    pub(super) fn each_line<'f>(&'f self, show: &mut impl FnMut(&'f Line)) {
        for item in &self.items {
            match item {
                Item::Line(line) => show(line),
                Item::Grid(grid) => grid.cells.iter().for_each(|cell| cell.flow.each_line(show)),
                Item::Frame(flow) => flow.each_line(show),
            }
        }
    }
}

impl Item {
    /// Where it stands in the order from top to bottom.
    fn height(&self) -> f32 {
        match self {
            Self::Line(line) => line.middle(),
            Self::Grid(grid) => grid.area.top,
            Self::Frame(flow) => flow.area.top,
        }
    }
}

/// One square of one grid of the page.
type At = (usize, usize);

/// Sorts what stands on a page into its tables and the space between them.
pub(super) fn regions(page: &Page, tags: &Tags) -> Flow {
    let mut grids = grids(&page.rules);
    let mut told: Vec<Option<StatedPart>> = Vec::new();
    let mut squares: BTreeMap<u32, At> = BTreeMap::new();
    let mut replaced: Vec<Area> = Vec::new();
    if page.glyphs.iter().any(|glyph| glyph.mark.cell > 0) {
        let stated = stated(page, tags, &grids);
        let (gone, left): (Vec<Grid>, Vec<Grid>) = grids.into_iter().partition(|grid| is_stated(grid, page, &stated));
        replaced = gone.into_iter().map(|grid| grid.area).collect();
        grids = left;
        told.resize(grids.len(), None);
        for Stated { table, first_row, grid, cells } in stated {
            let named = cells.iter().enumerate().filter(|&(_, &cell)| cell > 0);
            squares.extend(named.map(|(square, &cell)| (cell, (grids.len(), square))));
            let header_rows = tags.table(table).map_or(0, |table| tags.header_rows(table));
            told.push(Some(StatedPart { table, first_row, header_rows }));
            grids.push(grid);
        }
    }
    told.resize(grids.len(), None);
    let index = Index::new(page, &grids);
    let mut inside: Vec<Vec<Vec<usize>>> = grids.iter().map(|grid| vec![Vec::new(); grid.squares.len()]).collect();
    let mut outside = Vec::new();
    // Header rows that are printed again are marked as no part of the text.
    let again =
        |glyph: &Glyph| glyph.artifact && replaced.iter().any(|area| area.holds(glyph.centre(), glyph.middle()));
    // Letters of one cell stand together in the file.
    let mut last = (0, None);
    let square_of = |glyph: &Glyph| {
        if glyph.mark.cell != last.0 {
            last = (glyph.mark.cell, squares.get(&glyph.mark.cell).copied());
        }
        last.1.or_else(|| index.smallest(glyph.centre(), glyph.middle(), None))
    };
    let mut of: Vec<Option<At>> = page.glyphs.iter().map(square_of).collect();
    keep_words_whole(page, &mut of);
    for (at, (glyph, square)) in page.glyphs.iter().zip(of).enumerate() {
        if glyph.mark.cell > 0 || !again(glyph) {
            let place = square.and_then(|(grid, square)| inside.get_mut(grid)?.get_mut(square));
            place.unwrap_or(&mut outside).push(at);
        }
    }
    let turned = page.turned.iter().map(|run| {
        let (x, y) = run.middle();
        let square = squares.get(&run.mark.cell).copied().or_else(|| index.smallest(x, y, None));
        (square, run.line(page.number))
    });
    let turned: Vec<(Option<At>, Line)> = turned.collect();
    let parents: Vec<Option<At>> = grids
        .iter()
        .enumerate()
        .map(|(at, grid)| {
            let around = told.get(at).copied().flatten().and_then(|part| tags.table(part.table));
            let parent = around.and_then(|table| squares.get(&table.parent)).copied();
            let area = &grid.area;
            let middle = (f32::midpoint(area.left, area.right), f32::midpoint(area.top, area.bottom));
            parent.or_else(|| index.smallest(middle.0, middle.1, Some((at, area))))
        })
        .collect();
    let sorter = Sorter { page, grids: &grids, told: &told, inside: &inside, parents: &parents, turned: &turned };
    sorter.flow(page.area(), &outside, None, 0)
}

/// Puts all letters of a word that runs over a line into the square that holds most of them.
fn keep_words_whole(page: &Page, of: &mut [Option<At>]) {
    let is_next = |at: usize| match page.glyphs.get(at.saturating_sub(1)..=at) {
        Some([before, glyph]) => is_next(page, before, glyph),
        _ => false,
    };
    let mut done = 0;
    for at in 1..of.len() {
        if at < done || of.get(at) == of.get(at - 1) || !is_next(at) {
            continue;
        }
        let first = (done..at).rev().find(|&at| !is_next(at)).unwrap_or(done);
        done = (at + 1..of.len()).find(|&at| !is_next(at)).unwrap_or(of.len());
        let Some(word) = of.get_mut(first..done) else { continue };
        let count = |wanted: Option<At>| word.iter().filter(|square| **square == wanted).count();
        let most = word.iter().copied().reduce(|most, square| if count(square) > count(most) { square } else { most });
        word.fill(most.flatten());
    }
}

/// Whether two glyphs are letters of one word, set close to each other in one go.
fn is_next(page: &Page, before: &Glyph, glyph: &Glyph) -> bool {
    const TIGHT: f32 = 0.05;
    let close = (glyph.left - before.right).abs() < TIGHT * glyph.size && (glyph.base - before.base).abs() < 0.1;
    let letter = |glyph| page.letters(glyph).chars().all(|letter| letter.is_alphabetic() && letter < '\u{2e80}');
    close
        && !glyph.space
        && glyph.look == before.look
        && glyph.mark == before.mark
        && (glyph.size - before.size).abs() < 0.1
        && letter(before)
        && letter(glyph)
}

struct Sorter<'p> {
    page: &'p Page,
    grids: &'p [Grid],
    told: &'p [Option<StatedPart>],
    inside: &'p [Vec<Vec<usize>>],
    parents: &'p [Option<At>],
    /// Lines that run in another direction, each with the square that it stands in.
    turned: &'p [(Option<At>, Line)],
}

impl Sorter<'_> {
    fn flow(&self, area: Area, glyphs: &[usize], at: Option<At>, depth: u32) -> Flow {
        let mut items: Vec<Item> = lines(self.page, glyphs).into_iter().map(Item::Line).collect();
        let turned = self.turned.iter().filter(|(square, _)| *square == at);
        items.extend(turned.map(|(_, line)| Item::Line(line.clone())));
        if depth < 8 {
            let children = self.parents.iter().enumerate().filter(|(_, parent)| **parent == at);
            items.extend(children.filter_map(|(grid, _)| self.table(grid, depth + 1)));
        }
        items.sort_by(|a, b| a.height().total_cmp(&b.height()));
        Flow { area, items, continues: false }
    }

    fn table(&self, index: usize, depth: u32) -> Option<Item> {
        let grid = self.grids.get(index)?;
        let mut cells: Vec<Cell> = Vec::with_capacity(grid.squares.len());
        for (at, square) in grid.squares.iter().enumerate() {
            let glyphs = self.inside.get(index)?.get(at)?;
            let flow = self.flow(square.area, glyphs, Some((index, at)), depth);
            let (row, column, rows, columns) = (square.row, square.column, square.rows, square.columns);
            cells.push(Cell { row, column, rows, columns, flow });
        }
        if cells.iter().all(|cell| cell.flow.is_empty()) {
            return None;
        }
        cells.sort_by_key(|cell| (cell.row, cell.column));
        if cells.len() == 1 {
            return cells.pop().map(|cell| Item::Frame(cell.flow));
        }
        let stated = self.told.get(index).copied().flatten();
        let Grid { area, rows, open_top, open_bottom, .. } = *grid;
        Some(Item::Grid(Ruled {
            area,
            edges: grid.edges.clone(),
            rows,
            cells,
            open_top,
            open_bottom,
            source: if stated.is_some() { TableSource::Stated } else { TableSource::Ruled },
            stated,
        }))
    }
}

/// Squares by height, so that not every one is tried for every glyph.
struct Index {
    /// With the area of each, and its surface.
    bands: Vec<Vec<(At, Area, f32)>>,
}

const BAND: f32 = 16.0;

impl Index {
    fn new(page: &Page, grids: &[Grid]) -> Self {
        let count = band(page.height).min(10_000) + 1;
        let mut bands = vec![Vec::new(); count];
        for (at, grid) in grids.iter().enumerate() {
            for (number, square) in grid.squares.iter().enumerate() {
                for band in band(square.area.top)..=band(square.area.bottom).min(count - 1) {
                    if let Some(band) = bands.get_mut(band) {
                        band.push(((at, number), square.area, square.area.surface()));
                    }
                }
            }
        }
        Self { bands }
    }

    /// The smallest square at a point; of another grid, and holding an area, where one is given.
    fn smallest(&self, x: f32, y: f32, beyond: Option<(usize, &Area)>) -> Option<At> {
        let fits = |(at, area, surface): &&(At, Area, f32)| {
            area.holds(x, y)
                && beyond.is_none_or(|(own, wanted)| {
                    at.0 != own && area.contains(wanted, 3.0) && *surface > wanted.surface()
                })
        };
        let band = self.bands.get(band(y))?;
        band.iter().filter(fits).min_by(|a, b| a.2.total_cmp(&b.2)).map(|(at, ..)| *at)
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the page")]
fn band(y: f32) -> usize {
    (y / BAND).clamp(0.0, 10_000.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::pdf::lines::tests::page;
    use crate::extract::pdf::page::Rule;

    fn frame(area: Area) -> Vec<Rule> {
        let across = |at| Rule { horizontal: true, at, from: area.left, to: area.right, weak: false };
        let down = |at| Rule { horizontal: false, at, from: area.top, to: area.bottom, weak: false };
        vec![across(area.top), across(area.bottom), down(area.left), down(area.right)]
    }

    fn outline(flow: &Flow) -> String {
        let of = |item: &Item| match item {
            Item::Line(line) => line.text.clone(),
            Item::Frame(flow) => format!("[{}]", outline(flow)),
            Item::Grid(grid) => {
                let cells: Vec<String> = grid.cells.iter().map(|cell| outline(&cell.flow)).collect();
                format!("<{}>", cells.join("|"))
            }
        };
        flow.items.iter().map(of).collect::<Vec<String>>().join("/")
    }

    #[test]
    fn words_are_sorted_into_cells_frames_and_the_rest() {
        let mut page = page(&[
            ("above", 10.0, 20.0),
            ("left", 20.0, 50.0),
            ("right", 120.0, 50.0),
            ("inner", 120.0, 75.0),
            ("below", 10.0, 130.0),
        ]);
        page.rules = frame(Area { left: 10.0, top: 35.0, right: 200.0, bottom: 100.0 });
        page.rules.push(Rule { horizontal: false, at: 100.0, from: 35.0, to: 100.0, weak: false });
        page.rules.extend(frame(Area { left: 110.0, top: 60.0, right: 190.0, bottom: 90.0 }));
        assert_eq!(outline(&regions(&page, &Tags::default())), "above/<left|right/[inner]>/below");
    }

    #[test]
    fn a_word_that_runs_over_a_line_is_not_cut() {
        let mut page = page(&[("beyond", 82.0, 50.0), ("it", 120.0, 50.0), ("12", 95.0, 75.0)]);
        page.rules = frame(Area { left: 10.0, top: 35.0, right: 200.0, bottom: 100.0 });
        page.rules.push(Rule { horizontal: false, at: 100.0, from: 35.0, to: 100.0, weak: false });
        // Figures in boxes of their own stand as close as letters.
        assert_eq!(outline(&regions(&page, &Tags::default())), "<beyond/1|it/2>");
    }
}
