//! From ruling lines to grids: which cells the lines on a page enclose.

use super::page::{Area, Rule};
use std::collections::BTreeMap;

/// The most rules of one direction that are looked at, and squares of one grid.
const MAX_RULES: usize = 1_500;
const MAX_SQUARES: usize = 20_000;
/// Rules this near stand on one line.
const COLLINEAR: f32 = 1.2;
/// A gap this small does not interrupt a rule; ends this near touch.
const TOUCH: f32 = 3.0;
/// Rules this near bound the same row or column.
const SAME_EDGE: f32 = 2.5;

/// No column is narrower; a line this near to another is the side of a table in its cell.
const MIN_COLUMN: f32 = 12.0;
/// Tables in tables that are looked for.
const MAX_PEELS: usize = 16;

/// One cell of a grid.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Square {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) area: Area,
}

/// Cells that share ruling lines.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Grid {
    pub(super) area: Area,
    /// Edges of the columns, from left to right.
    pub(super) edges: Vec<f32>,
    pub(super) rows: usize,
    /// By row, then column.
    pub(super) squares: Vec<Square>,
    /// No line closes it at the top, or at the bottom: it may go on over the page end.
    pub(super) open_top: bool,
    pub(super) open_bottom: bool,
}

/// The grids that these rules draw, from top to bottom.
pub(super) fn grids(rules: &[Rule]) -> Vec<Grid> {
    let across = merged(rules, true);
    let down = merged(rules, false);
    let across: Vec<Rule> = across.into_iter().filter(|rule| !rule.weak || between(rule, &down)).collect();
    let mut sets = Sets::new(across.len() + down.len());
    for (i, level) in across.iter().enumerate() {
        for (j, upright) in down.iter().enumerate() {
            if touch(level, upright) {
                sets.join(i, across.len() + j);
            }
        }
    }
    let mut groups: Vec<(usize, Vec<Rule>, Vec<Rule>)> = Vec::new();
    for (index, rule) in across.iter().chain(&down).enumerate() {
        let root = sets.root(index);
        let at = groups.iter().position(|group| group.0 == root).unwrap_or_else(|| {
            groups.push((root, Vec::new(), Vec::new()));
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(at) {
            if rule.horizontal { group.1.push(*rule) } else { group.2.push(*rule) }
        }
    }
    let mut grids: Vec<Grid> = Vec::new();
    for (_, mut across, mut down) in groups {
        for _ in 0..MAX_PEELS {
            let Some((level, upright)) = peel(&mut across, &mut down) else { break };
            grids.extend(grid(&level, &upright));
        }
        grids.extend(grid(&across, &down));
    }
    grids.sort_by(|a, b| a.area.top.total_cmp(&b.area.top));
    grids
}

/// Takes out the rules of a table inside a cell, where it touches the lines of the table around it: at a page
/// end, both end. Its left side stands just inside a longer one.
fn peel(across: &mut Vec<Rule>, down: &mut Vec<Rule>) -> Option<(Vec<Rule>, Vec<Rule>)> {
    let beside = |inner: &Rule| {
        down.iter().any(|outer| {
            (SAME_EDGE..MIN_COLUMN).contains(&(inner.at - outer.at))
                && outer.from <= inner.from + TOUCH
                && outer.to >= inner.to - TOUCH
                && outer.to - outer.from > inner.to - inner.from + 2.0 * TOUCH
        })
    };
    let side = *down.iter().find(|rule| beside(rule))?;
    let (top, bottom) = (side.from - TOUCH, side.to + TOUCH);
    let level = |rule: &Rule| rule.from >= side.at - TOUCH && (top..=bottom).contains(&rule.at);
    // Where its lines fell together with those around it, lines as long as its left side tell how far it goes.
    let twin = |rule: &Rule| (rule.from - side.from).abs() <= TOUCH && (rule.to - side.to).abs() <= TOUCH;
    let ends = across.iter().filter(|rule| level(rule)).map(|rule| rule.to);
    let right = ends.chain(down.iter().filter(|rule| twin(rule)).map(|rule| rule.at)).fold(side.at, f32::max) + TOUCH;
    let upright =
        |rule: &Rule| (side.at - COLLINEAR..=right).contains(&rule.at) && rule.from >= top && rule.to <= bottom;
    let inner_across: Vec<Rule> = across.extract_if(.., |rule| level(rule)).collect();
    let inner_down: Vec<Rule> = down.extract_if(.., |rule| upright(rule)).collect();
    Some((inner_across, inner_down))
}

/// Pieces of one line made one; drawn lines and mere edges apart where they do not overlap.
fn merged(rules: &[Rule], horizontal: bool) -> Vec<Rule> {
    let mut pieces: Vec<Rule> = rules.iter().filter(|rule| rule.horizontal == horizontal).copied().collect();
    pieces.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut merged: Vec<Rule> = Vec::new();
    let mut start = 0;
    while let Some(first) = pieces.get(start) {
        let count = pieces.iter().skip(start).take_while(|piece| piece.at - first.at <= COLLINEAR).count();
        let mut level: Vec<Rule> = pieces.iter().skip(start).take(count).copied().collect();
        start += count.max(1);
        level.sort_by(|a, b| a.from.total_cmp(&b.from));
        let begin = merged.len();
        for piece in level {
            match merged.get_mut(begin..).and_then(<[Rule]>::last_mut) {
                Some(last) if piece.from <= last.to + TOUCH && (piece.weak == last.weak || piece.from < last.to) => {
                    last.to = last.to.max(piece.to);
                    last.weak &= piece.weak;
                }
                _ => merged.push(piece),
            }
        }
        if merged.len() > MAX_RULES {
            merged.truncate(MAX_RULES);
            break;
        }
    }
    merged.retain(|rule| rule.to - rule.from > TOUCH);
    merged
}

fn touch(level: &Rule, upright: &Rule) -> bool {
    (level.from - TOUCH..=level.to + TOUCH).contains(&upright.at)
        && (upright.from - TOUCH..=upright.to + TOUCH).contains(&level.at)
}

/// Whether the edge of a filled area runs from one upright line to another.
fn between(edge: &Rule, down: &[Rule]) -> bool {
    let meets = |end: f32| down.iter().any(|rule| (rule.at - end).abs() <= TOUCH && touch(edge, rule));
    meets(edge.from) && meets(edge.to)
}

fn grid(across: &[Rule], down: &[Rule]) -> Option<Grid> {
    let extent = |rules: &[Rule]| {
        let from = rules.iter().map(|rule| rule.from).fold(f32::INFINITY, f32::min);
        (from, rules.iter().map(|rule| rule.to).fold(f32::NEG_INFINITY, f32::max))
    };
    let mut xs = positions(down);
    let mut ys = positions(across);
    if xs.is_empty() || ys.is_empty() && xs.len() < 2 {
        return None;
    }
    let (left, right) = extent(across);
    let (top, bottom) = extent(down);
    if ys.is_empty() {
        ys = vec![top, bottom];
    }
    // The outer lines may be missing: the others tell how far the grid goes.
    closed(&mut xs, left, right);
    let (open_top, open_bottom) = closed(&mut ys, top, bottom);
    let (columns, rows) = (xs.len() - 1, ys.len() - 1);
    if columns == 0 || rows == 0 || columns * rows > MAX_SQUARES {
        return None;
    }
    let mut sets = Sets::new(columns * rows);
    for (row, height) in ys.windows(2).enumerate() {
        for (column, width) in xs.windows(2).enumerate() {
            let index = row * columns + column;
            if column + 1 < columns && !covered(down, width[1], height[0], height[1]) {
                sets.join(index, index + 1);
            }
            if row + 1 < rows && !covered(across, height[1], width[0], width[1]) {
                sets.join(index, index + columns);
            }
        }
    }
    let mut squares: BTreeMap<usize, Square> = BTreeMap::new();
    for row in 0..rows {
        for column in 0..columns {
            let alone = Square { row, column, rows: 1, columns: 1, area: Area::default() };
            let square = squares.entry(sets.root(row * columns + column)).or_insert(alone);
            let last = (square.column + square.columns).max(column + 1);
            square.column = square.column.min(column);
            square.columns = last - square.column;
            square.rows = row + 1 - square.row;
        }
    }
    let edge = |edges: &[f32], at: usize| edges.get(at).copied().unwrap_or_default();
    let mut squares: Vec<Square> = squares.into_values().collect();
    for square in &mut squares {
        square.area = Area {
            left: edge(&xs, square.column),
            right: edge(&xs, square.column + square.columns),
            top: edge(&ys, square.row),
            bottom: edge(&ys, square.row + square.rows),
        };
    }
    squares.sort_by_key(|square| (square.row, square.column));
    let area = Area { left: edge(&xs, 0), right: edge(&xs, columns), top: edge(&ys, 0), bottom: edge(&ys, rows) };
    Some(Grid { area, edges: xs, rows, squares, open_top, open_bottom })
}

/// Adds the ends where no edge stands; says whether it had to, at the beginning and at the end.
fn closed(edges: &mut Vec<f32>, from: f32, to: f32) -> (bool, bool) {
    let open_from = edges.first().is_some_and(|&first| from < first - 2.0 * TOUCH);
    let open_to = edges.last().is_some_and(|&last| to > last + 2.0 * TOUCH);
    if open_from {
        edges.insert(0, from);
    }
    if open_to {
        edges.push(to);
    }
    (open_from, open_to)
}

fn positions(rules: &[Rule]) -> Vec<f32> {
    let mut all: Vec<f32> = rules.iter().map(|rule| rule.at).collect();
    all.sort_by(f32::total_cmp);
    let mut edges: Vec<f32> = Vec::new();
    for at in all {
        if edges.last().is_none_or(|&last| at - last > SAME_EDGE) {
            edges.push(at);
        }
    }
    edges
}

/// Whether rules stand along most of one side of a square.
fn covered(rules: &[Rule], at: f32, from: f32, to: f32) -> bool {
    let length: f32 = rules
        .iter()
        .filter(|rule| (rule.at - at).abs() <= SAME_EDGE + 0.1)
        .map(|rule| (rule.to.min(to) - rule.from.max(from)).max(0.0))
        .sum();
    length >= 0.6 * (to - from)
}

/// Which things belong together.
struct Sets(Vec<usize>);

impl Sets {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, of: usize) -> usize {
        let mut at = of;
        while let Some(&up) = self.0.get(at).filter(|&&up| up != at) {
            let next = self.0.get(up).copied().unwrap_or(up);
            if let Some(slot) = self.0.get_mut(at) {
                *slot = next;
            }
            at = next;
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if let Some(slot) = self.0.get_mut(one.max(other)) {
            *slot = one.min(other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn across(at: f32, from: f32, to: f32) -> Rule {
        Rule { horizontal: true, at, from, to, weak: false }
    }

    fn down(at: f32, from: f32, to: f32) -> Rule {
        Rule { horizontal: false, at, from, to, weak: false }
    }

    fn check(rules: &[Rule], expected: &[&[(usize, usize, usize, usize)]]) {
        let found: Vec<Vec<_>> = grids(rules)
            .iter()
            .map(|grid| grid.squares.iter().map(|s| (s.row, s.column, s.rows, s.columns)).collect())
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn lines_that_touch_form_a_grid() {
        let rules = [
            across(0.0, 0.0, 50.0),
            across(0.0, 50.5, 100.0),
            across(20.0, 0.0, 100.0),
            across(40.0, 0.0, 100.0),
            down(0.0, 0.0, 40.0),
            down(50.0, 0.0, 40.0),
            down(100.0, 0.0, 40.0),
        ];
        check(&rules, &[&[(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]]);
    }

    #[test]
    fn a_missing_side_makes_a_merged_cell() {
        let rules = [
            across(0.0, 0.0, 100.0),
            across(20.0, 50.0, 100.0),
            across(40.0, 0.0, 100.0),
            down(0.0, 0.0, 40.0),
            down(50.0, 0.0, 40.0),
            down(100.0, 0.0, 40.0),
        ];
        check(&rules, &[&[(0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1)]]);
    }

    #[test]
    fn a_grid_may_be_open_where_the_page_ends() {
        let rules = [across(0.0, 0.0, 100.0), down(0.0, 0.0, 40.0), down(50.0, 0.0, 40.0), down(100.0, 0.0, 40.0)];
        check(&rules, &[&[(0, 0, 1, 1), (0, 1, 1, 1)]]);
        let grid = grids(&rules).remove(0);
        assert_eq!((grid.open_top, grid.open_bottom), (false, true));
    }

    #[test]
    fn a_table_in_a_cell_that_ends_with_it_is_its_own() {
        let rules = [
            across(0.0, 0.0, 200.0),
            across(20.0, 0.0, 200.0),
            across(60.0, 6.0, 190.0),
            across(80.0, 6.0, 190.0),
            across(100.0, 0.0, 200.0),
            down(0.0, 0.0, 100.0),
            down(200.0, 0.0, 100.0),
            down(6.0, 60.0, 99.5),
            down(90.0, 60.0, 99.5),
            down(190.0, 60.0, 99.5),
        ];
        let inner: &[_] = &[(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)];
        check(&rules, &[&[(0, 0, 1, 1), (1, 0, 1, 1)], inner]);
    }

    #[test]
    fn a_lone_line_is_no_grid() {
        check(&[across(10.0, 0.0, 100.0)], &[]);
        let edges = Rule { weak: true, ..across(10.0, 0.0, 100.0) };
        check(&[edges, Rule { at: 30.0, ..edges }], &[]);
    }
}
