//! Running text in columns, side by side: read column by column, and not line by line across the page.

use super::label::label;
use super::lines::Line;
use super::page::Area;
use super::regions::{Flow, Item};

/// Fewer lines side by side are no columns.
const LEAST: usize = 6;
/// The least gap between columns, in parts of the size of type.
const GUTTER: f32 = 0.9;
/// Where the lines of two columns never stand beside each other, fewer will do, if they come by turns so often.
const LEAST_STAGGERED: usize = 3;
const LEAST_TURNS: usize = 4;
/// Where columns begin, give or take.
const SAME_LEFT: f32 = 3.0;
/// Running text has so many words in a line, on the average.
const WORDS: usize = 4;

/// Puts the lines of columns in the order in which they are read. Each column becomes a frame of its own.
pub(super) fn part(flow: &mut Flow) {
    flow.replace_runs(of_run, |other| other);
}

/// Finds where one column of a run of lines ends and the next begins, and the lines that stand there.
fn of_run(lines: Vec<Line>) -> Vec<Item> {
    let as_they_are = |lines: Vec<Line>| lines.into_iter().map(Item::Line).collect();
    if let Some(columns) = staggered(&lines) {
        return of_staggered(lines, &columns);
    }
    let Some((left, count)) = gutter(&lines) else { return as_they_are(lines) };
    // The band: lines that have nothing across the gutter.
    let sides: Vec<Option<Sides>> = lines.iter().map(|line| Sides::of(line, left)).collect();
    let both = |at: usize| sides.get(at).is_some_and(|sides| sides.as_ref().is_some_and(Sides::is_both));
    let Some(middle) = (0..lines.len()).find(|&at| both(at)) else { return as_they_are(lines) };
    let free = |at: &usize| sides.get(*at).is_some_and(Option::is_some);
    let from = (0..=middle).rev().take_while(free).last().unwrap_or(middle);
    let end = (middle..lines.len()).take_while(free).last().map_or(middle, |last| last + 1);
    // A line over the first column alone may be a heading above the columns.
    let from = (from..=middle).find(|&at| both(at) || !alone_above(&lines, &sides, at)).unwrap_or(middle);
    let end = below(&lines, &sides, middle, end);
    let band: Vec<Sides> = sides.get(from..end).unwrap_or_default().iter().flatten().cloned().collect();
    // A few lines are columns where nothing parts them into rows.
    let few = count < LEAST && !lines.get(from..end).is_some_and(is_even);
    if few || !is_running(&band, LEAST.min(count)) || lines.get(from..end).is_some_and(|lines| is_rows(lines, &band)) {
        return as_they_are(lines);
    }
    let mut lines = lines.into_iter();
    let mut items: Vec<Item> = lines.by_ref().take(from).map(Item::Line).collect();
    let rest: Vec<Line> = lines.skip(end - from).collect();
    let (one, other): (Vec<_>, Vec<_>) = band.into_iter().map(|sides| (sides.left, sides.right)).unzip();
    items.push(Item::Frame(column(one.into_iter().flatten().collect())));
    // There may be a third.
    let second: Vec<Line> = other.into_iter().flatten().collect();
    match gutter(&second) {
        Some(_) => items.extend(of_run(second).into_iter().map(continued)),
        None => items.push(continued(Item::Frame(column(second)))),
    }
    items.extend(of_run(rest));
    items
}

/// Columns whose lines stand at different heights, so that no line of one has one of the other beside it.
struct Staggered {
    /// Which lines stand in them.
    from: usize,
    end: usize,
    /// Where the second begins.
    left: f32,
}

/// Finds lines of which each stands wholly on one side, by turns: rows of a table would share their first line.
fn staggered(lines: &[Line]) -> Option<Staggered> {
    let alike = |one: &Line, other: &Line| {
        (one.size - other.size).abs() < 0.3 && one.weight.is_bold() == other.weight.is_bold()
    };
    let mut tried: Vec<f32> = Vec::new();
    for line in lines {
        let left = line.area.left;
        if tried.iter().any(|known| (known - left).abs() < SAME_LEFT) {
            continue;
        }
        tried.push(left);
        let is_right = |line: &Line| (line.area.left - left).abs() < SAME_LEFT;
        let on_side = |line: &Line| is_right(line) || line.area.right < left - GUTTER * line.size;
        let turns = |at: &usize| lines.get(at - 1).zip(lines.get(*at)).is_some_and(|(a, b)| is_right(a) != is_right(b));
        let Some(first) =
            (1..lines.len()).find(|at| turns(at) && lines.get(at - 1..=*at).is_some_and(|two| two.iter().all(on_side)))
        else {
            continue;
        };
        let Some(start) = lines.get(first) else { continue };
        let fits = |at: &usize| lines.get(*at).is_some_and(|line| on_side(line) && alike(line, start));
        let end = (first..lines.len()).take_while(fits).last().map_or(first, |last| last + 1);
        // Lines of one side alone belong to it while they stand as close as lines do.
        let close = |one: usize, other: usize| {
            lines.get(one).zip(lines.get(other)).is_some_and(|(one, other)| other.base - one.base < 1.5 * one.size)
        };
        let from = (0..first)
            .rev()
            .take_while(|&at| fits(&at) && (at + 1 == first || close(at, at + 1)))
            .last()
            .unwrap_or(first);
        let last = (from + 1..end).rev().find(turns)?;
        let end = (last + 1..end).take_while(|&at| close(at - 1, at)).last().map_or(last + 1, |at| at + 1);
        let band: Vec<Sides> = lines.get(from..end)?.iter().filter_map(|line| Sides::of(line, left)).collect();
        if (from + 1..end).filter(turns).count() >= LEAST_TURNS && is_running(&band, LEAST_STAGGERED) {
            return Some(Staggered { from, end, left });
        }
    }
    None
}

fn of_staggered(lines: Vec<Line>, columns: &Staggered) -> Vec<Item> {
    let mut lines = lines.into_iter();
    let mut items: Vec<Item> = lines.by_ref().take(columns.from).map(Item::Line).collect();
    let band: Vec<Line> = lines.by_ref().take(columns.end - columns.from).collect();
    let (right, left) = band.into_iter().partition(|line: &Line| (line.area.left - columns.left).abs() < SAME_LEFT);
    items.push(Item::Frame(column(left)));
    items.push(continued(Item::Frame(column(right))));
    items.extend(of_run(lines.collect()));
    items
}

fn continued(item: Item) -> Item {
    match item {
        Item::Frame(flow) => Item::Frame(Flow { continues: true, ..flow }),
        other => other,
    }
}

fn column(lines: Vec<Line>) -> Flow {
    let area = lines.iter().map(|line| line.area).reduce(|one, other| one.with(&other)).unwrap_or_default();
    let area = Area { right: area.right + 0.5, ..area };
    Flow { area, items: lines.into_iter().map(Item::Line).collect(), continues: false }
}

/// Whether a line stands over the first column, with nothing beside it and some room below.
fn alone_above(lines: &[Line], sides: &[Option<Sides>], at: usize) -> bool {
    let (Some(line), Some(Some(side))) = (lines.get(at), sides.get(at)) else { return false };
    let next = lines.get(at + 1).map_or(f32::INFINITY, |next| next.base - line.base);
    side.right.is_none() && (next > 1.5 * line.size || line.weight.is_bold())
}

/// Where the columns end: below the last line of the second one, text over the first alone goes on with it only where
/// it stands as close as its lines do and looks like them.
fn below(lines: &[Line], sides: &[Option<Sides>], from: usize, end: usize) -> usize {
    let right = |at: &usize| sides.get(*at).is_some_and(|side| side.as_ref().is_some_and(|side| side.right.is_some()));
    let last = (from..end).rev().find(right).unwrap_or(from);
    let close = |at: &usize| match (lines.get(at - 1), lines.get(*at)) {
        (Some(above), Some(line)) => {
            let alike = (line.size - above.size).abs() < 0.3 && !line.weight.is_bold();
            alike && line.base - above.base < 1.5 * line.size
        }
        _ => false,
    };
    (last + 1..end).take_while(close).last().map_or(last + 1, |at| at + 1)
}

/// What of a line stands left of a gutter, and what right of it.
#[derive(Clone)]
struct Sides {
    left: Option<Line>,
    right: Option<Line>,
}

impl Sides {
    /// `None` where the line goes across.
    fn of(line: &Line, left: f32) -> Option<Self> {
        let first = line.words.iter().position(|word| word.left > left - SAME_LEFT).unwrap_or(line.words.len());
        let before = first.checked_sub(1).and_then(|at| line.words.get(at));
        let across = before.is_some_and(|word| word.right > left - GUTTER * line.size)
            || line.words.get(first).is_some_and(|word| first > 0 && word.left > left + 60.0);
        (!across).then(|| Self { left: line.part(0, first), right: line.part(first, line.words.len()) })
    }

    fn is_both(&self) -> bool {
        self.left.is_some() && self.right.is_some()
    }
}

/// Whether lines stand at equal distances.
fn is_even(lines: &[Line]) -> bool {
    let gaps = || lines.windows(2).map(|pair| pair[1].base - pair[0].base);
    gaps().fold(0.0, f32::max) < 1.35 * gaps().fold(f32::INFINITY, f32::min)
}

/// Whether lines stand in rows: wherever there is more room above one, both sides begin with it. In columns of text paragraphs end
/// where they end, and the other side goes on with its sentence.
fn is_rows(lines: &[Line], band: &[Sides]) -> bool {
    const MORE: f32 = 1.15;
    let gaps: Vec<f32> = lines.windows(2).map(|pair| pair[1].base - pair[0].base).collect();
    let least = gaps.iter().copied().fold(f32::INFINITY, f32::min);
    let begins = |side: &Option<Line>| side.as_ref().is_some_and(|line| !line.text.starts_with(char::is_lowercase));
    let apart = band.iter().skip(1).zip(&gaps).filter(|(_, gap)| **gap > MORE * least).map(|(sides, _)| sides);
    let (mut rows, mut others) = (0, 0);
    for sides in apart {
        if begins(&sides.left) && begins(&sides.right) { rows += 1 } else { others += 1 }
    }
    rows >= LEAST_STAGGERED && rows > 2 * others
}

/// Where the second column begins, if there is one: enough lines have a part that begins there, after a gap. And how many.
fn gutter(lines: &[Line]) -> Option<(f32, usize)> {
    let begins = |line: &Line| -> Vec<f32> {
        let gaps = line.words.windows(2).filter(|pair| pair[1].left - pair[0].right > GUTTER * line.size);
        gaps.map(|pair| pair[1].left).collect()
    };
    let all: Vec<f32> = lines.iter().flat_map(begins).collect();
    // A line may have nothing beside it in the first column.
    let begun = lines.iter().map(|line| line.area.left);
    let begun: Vec<f32> = all.iter().copied().chain(begun).collect();
    let near = |left: f32| begun.iter().filter(|other| (*other - left).abs() < SAME_LEFT).count();
    let best = all.iter().copied().max_by_key(|&left| near(left))?;
    (near(best) >= LEAST_STAGGERED).then_some((best, near(best)))
}

/// Whether the sides hold running text: lines of words that go on with each other, and no rows of a table.
fn is_running(band: &[Sides], least: usize) -> bool {
    let side = |pick: fn(&Sides) -> Option<&Line>| {
        let lines: Vec<&Line> = band.iter().filter_map(pick).collect();
        let count = lines.len();
        let words: usize = lines.iter().map(|line| line.words.len()).sum();
        let longest = lines.iter().map(|line| line.area.right).fold(0.0, f32::max);
        let left = lines.iter().map(|line| line.area.left).fold(f32::INFINITY, f32::min);
        let full = lines.iter().filter(|line| longest - line.area.right < 0.2 * (longest - left)).count();
        let goes_on = lines.iter().filter(|line| line.text.starts_with(char::is_lowercase)).count();
        let labels = lines.iter().filter(|line| label(line).is_some()).count();
        count >= least && words >= WORDS * count && full * 2 >= count && goes_on * 3 >= count && labels * 3 <= count
    };
    side(|sides| sides.left.as_ref()) && side(|sides| sides.right.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::pdf::lines::{lines, tests::page};

    fn check(words: &[(&str, f32, f32)], expected: &[&str]) {
        let page = page(words);
        let all: Vec<usize> = (0..page.glyphs.len()).collect();
        let items = lines(&page, &all).into_iter().map(Item::Line).collect();
        let mut flow = Flow { area: page.area(), items, continues: false };
        part(&mut flow);
        let text = |item: &Item| match item {
            Item::Line(line) => line.text.clone(),
            Item::Frame(flow) => {
                let lines =
                    flow.items.iter().map(|item| if let Item::Line(line) = item { line.text.as_str() } else { "" });
                lines.collect::<Vec<_>>().join("/")
            }
            Item::Grid(_) => String::new(),
        };
        assert_eq!(flow.items.iter().map(text).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn running_text_is_read_column_by_column() {
        let mut words = vec![("*Title", 0.0, 10.0)];
        for row in 0..6_u8 {
            let base = 40.0 + 12.0 * f32::from(row);
            words.extend([
                ("one", 0.0, base),
                ("two", 20.0, base),
                ("to", 40.0, base),
                ("go", 55.0, base),
                ("on", 70.0, base),
            ]);
            words.extend([
                ("and", 120.0, base),
                ("in", 140.0, base),
                ("its", 155.0, base),
                ("own", 175.0, base),
                ("way", 195.0, base),
            ]);
        }
        words.push(("after", 0.0, 140.0));
        let (left, right) = (["one two to go on"; 6].join("/"), ["and in its own way"; 6].join("/"));
        check(&words, &["Title", &left, &right, "after"]);
    }

    #[test]
    fn columns_need_not_stand_at_one_height() {
        let mut words = vec![("*Title", 0.0, 10.0)];
        for row in 0..3_u8 {
            let base = 40.0 + 12.0 * f32::from(row);
            words.extend([
                ("one", 0.0, base + 6.0),
                ("two", 20.0, base + 6.0),
                ("to", 40.0, base + 6.0),
                ("goon", 55.0, base + 6.0),
            ]);
            words.extend([("and", 120.0, base), ("in", 140.0, base), ("its", 155.0, base), ("ownway", 175.0, base)]);
        }
        words.push(("*after", 0.0, 140.0));
        let (left, right) = (["one two to goon"; 3].join("/"), ["and in its ownway"; 3].join("/"));
        check(&words, &["Title", &left, &right, "after"]);
    }

    #[test]
    fn a_few_lines_at_equal_distances_are_columns() {
        let lines = |bases: [f32; 4]| {
            let left = bases
                .into_iter()
                .flat_map(|base| [("one", 0.0, base), ("two", 20.0, base), ("to", 40.0, base), ("goon", 55.0, base)]);
            let right = bases.into_iter().flat_map(|base| {
                [("and", 120.0, base), ("in", 140.0, base), ("its", 155.0, base), ("ownway", 175.0, base)]
            });
            left.chain(right).collect::<Vec<_>>()
        };
        let (left, right) = (["one two to goon"; 4].join("/"), ["and in its ownway"; 4].join("/"));
        check(&lines([40.0, 52.0, 64.0, 76.0]), &[&left, &right]);
        check(&lines([40.0, 52.0, 76.0, 88.0]), &["one two to goon and in its ownway"; 4]);
    }

    #[test]
    fn rows_of_a_table_stay_rows() {
        let mut words = Vec::new();
        for row in 0..6_u8 {
            let base = 40.0 + 12.0 * f32::from(row);
            words.extend([("Name", 0.0, base), ("Value", 120.0, base)]);
        }
        check(&words, &["Name Value"; 6]);
    }
}
