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
/// A line that begins with a number is an item of a list, unless it has so many parts.
const COUNTED: usize = 3;
/// Lines of one cell stand at equal distances, and rows further apart by more than this.
const CLOSE: f32 = 1.15;
/// Rows stand no further from each other, in parts of the size of type, where they have all their columns in common, and where not.
const FAR: f32 = 4.5;
const FAR_OTHERS: f32 = 3.0;
/// Lines that stand closer than this, in parts of the size of type, are no lines of one text.
const BESIDE: f32 = 0.9;
/// With less room before the next column, in parts of the size of type, a word did not fit; with more it did, around cells and all.
const NO_ROOM: f32 = 1.6;
const MUCH_ROOM: f32 = 3.0;

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
    let mut tables: Vec<(usize, usize, Ruled)> = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let mut end = at + 1;
        if is_row(line) || lines.get(end).is_some_and(|next| beside(line, next)) {
            let mut edges: Vec<f32> = Vec::new();
            learn(&mut edges, line);
            while goes_on(lines.get(at..end).unwrap_or_default(), &mut edges, lines.get(end..).unwrap_or_default()) {
                end += 1;
            }
            let table = lines.get(at..end).unwrap_or_default();
            let widest = table.iter().map(|line| line.area.right).fold(0.0, f32::max);
            let rows = Rows::of(table, &edges, widest);
            if rows.enough(table, &edges) {
                tables.push((at, end, grid(table, &rows, &edges, right)));
            }
        }
        at = end;
    }
    let mut items = Vec::new();
    let mut lines = lines.into_iter().enumerate();
    let mut tables = tables.into_iter().peekable();
    while let Some((at, line)) = lines.next() {
        match tables.next_if(|(from, ..)| *from == at) {
            Some((_, end, table)) => {
                items.push(Item::Grid(table));
                lines.by_ref().take(end - at - 1).for_each(drop);
            }
            None => items.push(Item::Line(line)),
        }
    }
    items
}

/// Whether two lines stand so close that they are no lines of one text, and nothing of one is above the other: cells of a row,
/// each in the middle of its height.
fn beside(line: &Line, next: &Line) -> bool {
    let ends = |line: &Line| -> Vec<(f32, f32)> {
        let end = |(first, end): (usize, usize)| Some((line.words.get(first)?.left, line.words.get(end - 1)?.right));
        parts(line, &[]).into_iter().filter_map(end).collect()
    };
    let others = ends(next);
    let apart = |(left, right): (f32, f32)| others.iter().all(|(from, to)| right < *from || left > *to);
    next.base - line.base < BESIDE * line.size.min(next.size) && ends(line).into_iter().all(apart)
}

/// Whether a line has three parts or more, and those of a line below it begin where they do, as a row under its header.
pub(super) fn heads_rows(line: &Line, below: &Line) -> bool {
    let edges: Vec<f32> = starts(line, &[]).collect();
    let mut places = starts(below, &edges).map(|start| edges.iter().any(|edge| (edge - start).abs() < SAME_COLUMN));
    edges.len() >= COUNTED && starts(below, &edges).count() > 1 && places.all(|known| known)
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
    let parts = parts(line, &[]).len();
    parts > 1 && (label(line).is_none() || parts >= COUNTED)
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

/// Whether the first of these lines belongs to the table so far: a row whose parts begin where others do, or more of one cell.
fn goes_on(table: &[Line], edges: &mut Vec<f32>, more: &[Line]) -> bool {
    let (Some(first), Some(last), Some(line)) = (table.first(), table.last(), more.first()) else { return false };
    let known = |start: f32| edges.iter().position(|edge| (edge - start).abs() < SAME_COLUMN);
    let places: Vec<Option<usize>> = starts(line, edges).map(known).collect();
    // Rows whose parts all begin where others do may stand far from each other.
    let aligned = places.len() > 1 && places.iter().all(Option::is_some);
    let gap = line.base - last.base;
    if gap > if aligned { FAR } else { FAR_OTHERS } * line.size {
        return false;
    }
    let next = more.get(1);
    let among = beside(last, line) || next.is_some_and(|next| beside(line, next));
    // A number in the first column is one of a row where the table began without one, under "No." perhaps.
    if !among && label(line).is_some() && (label(first).is_some() && places.len() < COUNTED || places.len() < 2) {
        return false;
    }
    if places.len() > 1 {
        let shared = places.iter().flatten().count();
        // Two columns are there, and no part begins before the first; a new one may, beside the first.
        let whole = shared == places.len() || places.first() == Some(&Some(0)) || among;
        let inside = among || line.area.left > edges.first().copied().unwrap_or(0.0) - SAME_COLUMN;
        let row = shared > usize::from(!among) && whole && inside;
        if row {
            learn(edges, line);
        }
        return row;
    }
    let near = gap < 1.7 * line.size;
    let column = places.first().copied().flatten();
    let within =
        |column: usize| edges.get(column + 1).is_none_or(|next| line.area.right < next - NARROW_GUTTER * line.size);
    // The first line of a cell that is higher than the others of its row.
    let leads = next.is_some_and(|next| {
        let several = starts(next, edges).map(known).collect::<Vec<_>>();
        next.base - line.base < 1.45 * line.size && several.len() > 1 && several.iter().all(Option::is_some)
    });
    match column {
        Some(column) if among || leads => within(column),
        Some(0) => {
            // Rows stand further from each other than lines.
            let wider = table.windows(2).any(|pair| pair[1].base - pair[0].base > CLOSE * gap);
            let wraps = line.text.starts_with(char::is_lowercase) || wider && within(0) && gap < 1.6 * line.size;
            near && wraps && reaches(last, edges, 0) && line.weight.is_bold() == last.weight.is_bold()
        }
        Some(_) => near,
        None if among => {
            learn(edges, line);
            true
        }
        None => false,
    }
}

/// Whether a line has a part in this column.
fn reaches(line: &Line, edges: &[f32], column: usize) -> bool {
    edges.get(column).is_some_and(|edge| starts(line, edges).any(|start| (edge - start).abs() < SAME_COLUMN))
}

/// Where the rows of a table begin.
struct Rows {
    /// Of each line, whether one begins with it.
    begin: Vec<bool>,
    /// Whether their distance tells.
    told: bool,
}

impl Rows {
    fn of(lines: &[Line], edges: &[f32], right: f32) -> Self {
        let mut columns: Vec<Vec<(&Line, usize, usize)>> = vec![Vec::new(); edges.len()];
        for line in lines {
            for (first, end) in parts(line, edges) {
                let Some(word) = line.words.get(first) else { continue };
                if let Some(column) = columns.get_mut(column_of(word.left, edges)) {
                    column.push((line, first, end));
                }
            }
        }
        // Lines of one cell stand so far from each other, and none of one column nearer.
        let distances = columns.iter().flat_map(|column| column.windows(2).map(|pair| pair[1].0.base - pair[0].0.base));
        let least = distances.fold(f32::INFINITY, f32::min);
        let gaps: Vec<f32> = lines.windows(2).map(|pair| pair[1].base - pair[0].base).collect();
        let close = |at: usize| gaps.get(at).is_some_and(|gap| *gap <= CLOSE * least);
        // Where lines that stand so close go on with the one above, and rows stand further apart, the distance tells.
        let (mut more, mut new) = (0, 0);
        for (number, column) in columns.iter().enumerate() {
            for pair in column.windows(2).filter(|pair| pair[1].0.base - pair[0].0.base <= CLOSE * least) {
                let (above, _, end) = pair[0];
                let (line, first, _) = pair[1];
                let Some((ended, word)) = above.words.get(end - 1).zip(line.words.get(first)) else { continue };
                let room = room(ended.right, word.right - word.left, number, (edges, right)) / line.size;
                more += usize::from(room < NO_ROOM && number + 1 < edges.len());
                new += usize::from(room > MUCH_ROOM);
            }
        }
        let told = more > 2 * new && (0..gaps.len()).any(|at| !close(at));
        let mut begin = vec![true];
        for (at, line) in lines.iter().enumerate().skip(1) {
            // A column of labels is as wide as its longest: one part that had no room says little.
            let more = || lines.get(at - 1).and_then(|above| goes_on_with(above, line, edges, right)) > Some(1);
            begin.push(if told { !close(at - 1) } else { begins_row(line, edges) && !(close(at - 1) && more()) });
        }
        Self { begin, told }
    }

    /// Whether there are enough of them: lines of several parts, or fewer lines where many parts have their distance told.
    fn enough(&self, lines: &[Line], edges: &[f32]) -> bool {
        let of = |least: usize| lines.iter().filter(|line| parts(line, edges).len() >= least).count();
        if self.told {
            let rows = self.begin.iter().filter(|begins| **begins).count();
            return rows > 1 && (of(2) >= LEAST || of(COUNTED) > 1);
        }
        lines.iter().filter(|line| begins_row(line, edges)).count() >= LEAST
    }
}

/// The column in which something stands that begins here.
fn column_of(left: f32, edges: &[f32]) -> usize {
    edges.iter().rposition(|edge| left > edge - SAME_COLUMN).unwrap_or(0)
}

/// How much room a word would have left in a column after what ends here.
fn room(end: f32, width: f32, column: usize, (edges, right): (&[f32], f32)) -> f32 {
    edges.get(column + 1).copied().unwrap_or(right) - end - width
}

/// How many parts of a line go on with the one above, which had no room for their first word: none where one had much room, and
/// `None` where nothing can be told.
fn goes_on_with(above: &Line, line: &Line, edges: &[f32], right: f32) -> Option<usize> {
    let column = |left: f32| column_of(left, edges);
    let ends: Vec<(usize, f32)> = parts(above, edges)
        .into_iter()
        .filter_map(|(first, end)| Some((column(above.words.get(first)?.left), above.words.get(end - 1)?.right)))
        .collect();
    // How much of the room before the next column the first word of each part would have left.
    let room = parts(line, edges).into_iter().map(|(first, _)| {
        let Some(word) = line.words.get(first) else { return f32::INFINITY };
        let column = column(word.left);
        let Some((_, end)) = ends.iter().find(|(other, _)| *other == column) else { return f32::INFINITY };
        let room = room(*end, word.right - word.left, column, (edges, right)) / line.size;
        // Where the last column ends is not known: what is near its longest line tells nothing.
        if column + 1 == edges.len() && room < MUCH_ROOM { f32::NEG_INFINITY } else { room }
    });
    let room: Vec<f32> = room.filter(|room| *room > f32::NEG_INFINITY).collect();
    if room.iter().any(|room| *room > MUCH_ROOM) {
        return Some(0);
    }
    room.iter().all(|room| *room < NO_ROOM).then_some(room.len()).filter(|count| *count > 0)
}

fn grid(lines: &[Line], found: &Rows, edges: &[f32], right: f32) -> Ruled {
    let columns = edges.len();
    // Text set in columns: lines that go on with each other, not rows.
    let first = || lines.iter().zip(&found.begin).filter(|(line, begins)| **begins && begins_row(line, edges));
    let lower = first().filter(|(line, _)| line.text.starts_with(char::is_lowercase)).count();
    let running = lower * 5 > first().count() * 2;
    let mut cells: Vec<Cell> = Vec::new();
    let mut rows = 0;
    let top = lines.first().map_or(0.0, |line| line.area.top);
    let bottom = lines.last().map_or(top, |line| line.area.bottom);
    for (line, &begins) in lines.iter().zip(&found.begin) {
        if rows == 0 || begins && !running {
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
            let column = column_of(part.area.left, edges);
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
    fn rows_stand_further_apart_than_lines_of_cells() {
        check(
            &[
                ("Provision", 0.0, 0.0),
                ("By", 100.0, 0.0),
                ("When", 160.0, 0.0),
                ("A long programme", 0.0, 18.0),
                ("A teacher", 100.0, 18.0),
                ("Daily", 160.0, 18.0),
                ("Of many words", 0.0, 30.0),
                ("of Drama", 100.0, 30.0),
                ("That goes on", 0.0, 42.0),
                ("Another", 0.0, 60.0),
                ("Anyone", 100.0, 60.0),
                ("After", 0.0, 100.0),
            ],
            &[
                "Provision|By|When|A long programme/Of many words/That goes on|A teacher/of Drama|Daily|Another|Anyone|",
                "After",
            ],
        );
    }

    #[test]
    fn cells_may_stand_in_the_middle_of_their_rows() {
        check(
            &[
                ("Provision", 0.0, 0.0),
                ("By", 100.0, 0.0),
                ("When", 160.0, 0.0),
                ("A long programme", 0.0, 20.0),
                ("A teacher", 100.0, 26.0),
                ("Daily", 160.0, 26.0),
                ("Of many words", 0.0, 32.0),
                ("Another", 0.0, 58.0),
                ("A special", 100.0, 52.0),
                ("of deaf", 100.0, 64.0),
                ("Weekly", 160.0, 58.0),
            ],
            &["Provision|By|When|A long programme/Of many words|A teacher|Daily|Another|A special/of deaf|Weekly"],
        );
    }

    #[test]
    fn rows_that_begin_with_numbers_are_rows() {
        let words = [
            ("No.", 0.0, 0.0),
            ("Outcome", 40.0, 0.0),
            ("1", 0.0, 12.0),
            ("One", 40.0, 12.0),
            ("2", 0.0, 24.0),
            ("Two", 40.0, 24.0),
        ];
        check(&words, &["No.|Outcome|1|One|2|Two"]);
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
