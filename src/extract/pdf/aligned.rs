//! Tables without ruling lines: lines whose parts begin, line after line, at the same places.

use super::label::label;
use super::lines::Line;
use super::page::Area;
use super::regions::{Cell, Flow, Item, Ruled};
use crate::document::TableSource;

/// A gap between two columns, in parts of the size of type.
const GUTTER: f32 = 1.2;
const NARROW_GUTTER: f32 = 0.4;
/// Parts this near begin in the same column.
const SAME_COLUMN: f32 = 4.0;
/// Fewer lines of more than one part are no table.
const LEAST: usize = 3;

/// Finds such tables among the lines of a flow.
pub(super) fn align(flow: &mut Flow) {
    let right = flow.area.right;
    let inner = |other| match other {
        Item::Frame(mut inner) => {
            align(&mut inner);
            Item::Frame(inner)
        }
        other => other,
    };
    flow.replace_runs(|run| of_run(run, right), inner);
}

fn of_run(lines: Vec<Line>, right: f32) -> Vec<Item> {
    let mut items = Vec::new();
    let mut lines = lines.into_iter().peekable();
    while let Some(line) = lines.next() {
        if !is_row(&line) {
            items.push(Item::Line(line));
            continue;
        }
        let mut edges: Vec<f32> = Vec::new();
        learn(&mut edges, &line);
        let mut table = vec![line];
        while let Some(next) = lines.next_if(|next| goes_on(&table, &mut edges, next)) {
            table.push(next);
        }
        if table.iter().filter(|line| begins_row(line, &edges)).count() >= LEAST {
            items.push(Item::Grid(grid(&table, &edges, right)));
        } else {
            items.extend(table.into_iter().map(Item::Line));
        }
    }
    items
}

/// The parts of a line between gutters, as ranges of its words. Where a column is known to begin, a narrower gap
/// parts two.
fn parts(line: &Line, edges: &[f32]) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, pair) in line.words.windows(2).enumerate() {
        let gap = pair[1].left - pair[0].right;
        let edge = edges.iter().any(|edge| (edge - pair[1].left).abs() < 1.0);
        let turns = pair[0].weight.is_bold() && pair[1].weight.is_plain();
        if gap > GUTTER * line.size || edge && (turns || gap > NARROW_GUTTER * line.size) {
            parts.push((start, at + 1));
            start = at + 1;
        }
    }
    parts.push((start, line.words.len()));
    parts
}

fn starts(line: &Line, edges: &[f32]) -> impl Iterator<Item = f32> {
    parts(line, edges).into_iter().filter_map(|(first, _)| line.words.get(first).map(|word| word.left))
}

fn is_row(line: &Line) -> bool {
    parts(line, &[]).len() > 1 && label(line).is_none()
}

/// Whether a line has a part in the first column and one in another.
fn begins_row(line: &Line, edges: &[f32]) -> bool {
    parts(line, edges).len() > 1 && reaches(line, edges, 0)
}

fn learn(edges: &mut Vec<f32>, line: &Line) {
    let starts: Vec<f32> = starts(line, edges).collect();
    for start in starts {
        if !edges.iter().any(|edge| (edge - start).abs() < SAME_COLUMN) {
            edges.push(start);
        }
    }
    edges.sort_by(f32::total_cmp);
}

/// Whether a line belongs to the table so far: a row whose parts begin where others do, or more of one cell.
fn goes_on(table: &[Line], edges: &mut Vec<f32>, line: &Line) -> bool {
    let Some(last) = table.last() else { return false };
    if label(line).is_some() || line.base - last.base > 3.0 * line.size {
        return false;
    }
    let known = |start: f32| edges.iter().position(|edge| (edge - start).abs() < SAME_COLUMN);
    let places: Vec<Option<usize>> = starts(line, edges).map(known).collect();
    if places.len() > 1 {
        let shared = places.iter().flatten().count();
        // Two columns are there, and no part begins before the first; a new one may, beside the first.
        let whole = shared == places.len() || places.first() == Some(&Some(0));
        let row = shared > 1 && whole && line.area.left > edges.first().copied().unwrap_or(0.0) - SAME_COLUMN;
        if row {
            learn(edges, line);
        }
        return row;
    }
    let near = line.base - last.base < 1.7 * line.size;
    match places.first() {
        Some(Some(0)) => near && line.text.starts_with(char::is_lowercase) && reaches(last, edges, 0),
        Some(Some(_)) => near,
        _ => false,
    }
}

/// Whether a line has a part in this column.
fn reaches(line: &Line, edges: &[f32], column: usize) -> bool {
    edges.get(column).is_some_and(|edge| starts(line, edges).any(|start| (edge - start).abs() < SAME_COLUMN))
}

fn grid(lines: &[Line], edges: &[f32], right: f32) -> Ruled {
    let columns = edges.len();
    let rows_of: Vec<&Line> = lines.iter().filter(|line| begins_row(line, edges)).collect();
    // Text set in columns: lines that go on with each other, not rows.
    let running =
        rows_of.iter().filter(|line| line.text.starts_with(char::is_lowercase)).count() * 5 > rows_of.len() * 2;
    let mut cells: Vec<Cell> = Vec::new();
    let mut rows = 0;
    let top = lines.first().map_or(0.0, |line| line.area.top);
    let bottom = lines.last().map_or(top, |line| line.area.bottom);
    for line in lines {
        if rows == 0 || begins_row(line, edges) && !running {
            rows += 1;
            for column in 0..columns {
                let left = edges.get(column).copied().unwrap_or_default();
                let end = edges.get(column + 1).map_or(right, |next| next - 1.0);
                let area = Area { left, right: end, top: line.area.top, bottom: line.area.bottom };
                let flow = Flow { area, items: Vec::new(), continues: false };
                cells.push(Cell { row: rows - 1, column, rows: 1, columns: 1, flow });
            }
        }
        for (first, end) in parts(line, edges) {
            let Some(part) = line.part(first, end) else { continue };
            let column = edges.iter().rposition(|edge| part.area.left > edge - SAME_COLUMN).unwrap_or(0);
            if let Some(cell) = cells.get_mut((rows - 1) * columns + column) {
                cell.flow.area.bottom = part.area.bottom;
                cell.flow.items.push(Item::Line(part));
            }
        }
    }
    // How wide a column may be is not known: as wide as its longest line.
    for column in 0..columns {
        let of_column = |cell: &&mut Cell| cell.column == column;
        let longest = cells.iter_mut().filter(of_column).flat_map(|cell| cell.flow.items.iter());
        let end =
            longest.map(|item| if let Item::Line(line) = item { line.area.right } else { 0.0 }).fold(0.0, f32::max);
        cells.iter_mut().filter(of_column).for_each(|cell| cell.flow.area.right = end + 0.5);
    }
    let mut ends = edges.to_vec();
    ends.push(right);
    let left = edges.first().copied().unwrap_or_default();
    let area = Area { left, top, right, bottom };
    Ruled {
        area,
        edges: ends,
        rows,
        cells,
        open_top: false,
        open_bottom: false,
        source: TableSource::Aligned,
        stated: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::pdf::lines::{lines, tests::page};

    fn check(words: &[(&str, f32, f32)], expected: &[&str]) {
        let page = page(words);
        let all: Vec<usize> = (0..page.glyphs.len()).collect();
        let mut flow = Flow {
            area: page.area(),
            items: lines(&page, &all).into_iter().map(Item::Line).collect(),
            continues: false,
        };
        align(&mut flow);
        let words = |flow: &Flow| {
            let texts = flow
                .items
                .iter()
                .filter_map(|item| if let Item::Line(line) = item { Some(line.text.clone()) } else { None });
            texts.collect::<Vec<_>>().join("/")
        };
        let found: Vec<String> = flow
            .items
            .iter()
            .map(|item| match item {
                Item::Grid(grid) => grid.cells.iter().map(|cell| words(&cell.flow)).collect::<Vec<_>>().join("|"),
                Item::Line(line) => line.text.clone(),
                Item::Frame(_) => String::new(),
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn parts_that_begin_at_the_same_places_are_columns() {
        check(
            &[
                ("Title", 0.0, 0.0),
                ("Name", 0.0, 20.0),
                ("Ann", 100.0, 20.0),
                ("Born", 0.0, 34.0),
                ("2014", 100.0, 34.0),
                ("School", 0.0, 48.0),
                ("Hill", 100.0, 48.0),
                ("Road", 100.0, 60.0),
                ("After", 0.0, 90.0),
            ],
            &["Title", "Name|Ann|Born|2014|School|Hill/Road", "After"],
        );
    }

    #[test]
    fn numbered_paragraphs_are_no_table() {
        let words = [
            ("1.", 0.0, 0.0),
            ("One", 40.0, 0.0),
            ("2.", 0.0, 12.0),
            ("Two", 40.0, 12.0),
            ("3.", 0.0, 24.0),
            ("Six", 40.0, 24.0),
        ];
        check(&words, &["1. One", "2. Two", "3. Six"]);
    }
}
