//! What is usual in a document: the distance of lines, the size of its text, where its lines end.

use super::label::label;
use super::lines::Line;
use super::regions::{Flow, Item};
use std::collections::BTreeMap;

/// The usual measures of one document.
#[derive(Clone, Debug, Default)]
pub(super) struct Measure {
    inside: Leads,
    outside: Leads,
    /// From the width of the page to where the longest lines of its body end.
    rights: BTreeMap<u32, f32>,
    /// Size of most of the text.
    pub(super) size: f32,
}

/// The distances of lines that go on with a sentence: by the size of type, how often each, in quarters of a point.
#[derive(Clone, Debug, Default)]
pub(super) struct Leads(BTreeMap<u32, BTreeMap<u32, u32>>);

impl Leads {
    /// Those among a few lines.
    pub(super) fn of(lines: &[Line]) -> Self {
        let mut leads = Self::default();
        lines.windows(2).for_each(|pair| leads.note(&pair[0], &pair[1]));
        leads
    }

    fn note(&mut self, before: &Line, line: &Line) {
        if follows(before, line) {
            let gaps = self.0.entry(quarters(line.size)).or_default();
            *gaps.entry(quarters(line.base - before.base)).or_default() += 1;
        }
    }

    /// The most frequent distance of lines of this size; of two, the smaller.
    pub(super) fn lead(&self, size: f32) -> Option<f32> {
        let gaps = self.0.get(&quarters(size))?;
        gaps.iter().max_by_key(|&(gap, count)| (*count, u32::MAX - gap)).map(|(&gap, _)| points(gap))
    }
}

/// What was seen on the way.
#[derive(Default)]
struct Seen {
    inside: Leads,
    outside: Leads,
    /// Where lines end, and whether the next one goes on with them.
    rights: BTreeMap<u32, Vec<(f32, bool)>>,
    sizes: BTreeMap<u32, usize>,
}

impl Measure {
    /// Measures the pages of a document.
    pub(super) fn of(pages: &[Flow]) -> Self {
        let mut seen = Seen::default();
        for page in pages {
            seen.flow(page, false);
            let body = page.items.iter().filter_map(|item| if let Item::Line(line) = item { Some(line) } else { None });
            let rights = seen.rights.entry(quarters(page.area.right)).or_default();
            let body: Vec<&Line> = body.collect();
            let goes_on = |at: usize| body.get(at + 1).is_some_and(|next| follows(body[at], next));
            rights.extend((0..body.len()).map(|at| (body[at].area.right, goes_on(at))));
        }
        let size = seen.sizes.iter().max_by_key(|&(_, letters)| *letters).map_or(0.0, |(&size, _)| points(size));
        Self {
            inside: seen.inside,
            outside: seen.outside,
            rights: seen.rights.into_iter().map(|(width, ends)| (width, margin(&ends))).collect(),
            size,
        }
    }

    /// The usual distance of lines of this size, in a table or outside. Where there were too few, as of headings, they stand as
    /// far from each other as those of most of the text, for their size.
    pub(super) fn lead(&self, size: f32, inside: bool) -> f32 {
        let (near, far) = if inside { (&self.inside, &self.outside) } else { (&self.outside, &self.inside) };
        near.lead(size).or_else(|| far.lead(size)).unwrap_or_else(|| {
            let text =
                near.lead(self.size).or_else(|| far.lead(self.size)).map_or(0.0, |lead| lead / self.size.max(1.0));
            text.clamp(1.3, 1.6) * size
        })
    }

    /// Where the lines of the body end on a page of this width.
    pub(super) fn right(&self, width: f32) -> f32 {
        self.rights.get(&quarters(width)).copied().unwrap_or(width)
    }
}

impl Seen {
    fn flow(&mut self, flow: &Flow, inside: bool) {
        let mut before: Option<&Line> = None;
        for item in &flow.items {
            match item {
                Item::Line(line) => {
                    *self.sizes.entry(quarters(line.size)).or_default() += line.text.len();
                    if let Some(before) = before {
                        let leads = if inside { &mut self.inside } else { &mut self.outside };
                        leads.note(before, line);
                    }
                    before = Some(line);
                }
                Item::Grid(grid) => grid.cells.iter().for_each(|cell| self.flow(&cell.flow, true)),
                Item::Frame(flow) => self.flow(flow, true),
            }
            if !matches!(item, Item::Line(_)) {
                before = None;
            }
        }
    }
}

/// Whether a line looks as if it went on with the sentence of the one before it.
pub(super) fn follows(before: &Line, line: &Line) -> bool {
    let near = line.base - before.base < 2.2 * line.size;
    near && (line.size - before.size).abs() < 0.3 && line.text.starts_with(char::is_lowercase) && label(line).is_none()
}

/// Lines that go on with the next one tell the margin, where there are so many.
const ENOUGH: usize = 8;

/// Where the longest lines end, but for the few that end further right.
fn margin(ends: &[(f32, bool)]) -> f32 {
    let of = |any: bool| ends.iter().filter(move |(_, goes_on)| any || *goes_on).map(|&(end, _)| end);
    let mut ends: Vec<f32> = of(of(false).count() < ENOUGH).collect();
    let few = (ends.len() / 16).max(2);
    ends.sort_by(|a, b| b.total_cmp(a));
    let usual = ends.iter().enumerate().find(|&(at, end)| ends.get(at + few).is_some_and(|next| end - next < 8.0));
    usual.map(|(_, end)| *end).or_else(|| ends.first().copied()).unwrap_or_default()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
fn quarters(points: f32) -> u32 {
    (points * 4.0).round().clamp(0.0, 1e6) as u32
}

#[expect(clippy::cast_precision_loss, reason = "small numbers")]
fn points(quarters: u32) -> f32 {
    quarters as f32 / 4.0
}
