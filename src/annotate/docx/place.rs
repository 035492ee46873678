//! Where a comment's marks go: bytes of the main part → places at which a run may be cut or left whole.

use super::outline::{Outline, Run};
use std::ops::Range;

/// A place between two bytes of the main part at which marks may be put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) at: usize,
    pub(super) cut: Cut,
}

/// What has to be cut for a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// Nothing: it lies between runs.
    Nothing,
    /// A run, between two of its pieces.
    Run(usize),
    /// A run and the text in it: the run, and the piece.
    Text(usize, usize),
}

/// How well marks fit the words that they are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// Around exactly these words.
    Exact,
    /// Around something that holds them and cannot be cut: a field, a form control, a deletion.
    Wider,
    /// Around the drawing whose text box holds them.
    TextBox,
    /// Around the reference to the footnote or endnote that holds them.
    Note,
    /// At the beginning of the text: they stand in a running header or footer.
    Furniture,
    /// In the nearest paragraph that can bear a comment.
    Near,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Start,
    End,
}

impl Outline {
    /// The places around some bytes, and how well they fit.
    pub(super) fn around(&self, bytes: &Range<usize>) -> Option<(Place, Place, Fit)> {
        let (start, first) = self.place(bytes.start, Side::Start)?;
        let (end, last) = self.place(bytes.end, Side::End)?;
        (start.at < end.at).then_some((start, end, first.max(last)))
    }

    fn place(&self, at: usize, side: Side) -> Option<(Place, Fit)> {
        if holding(&self.closed, at, side).is_some() {
            return None;
        }
        if let Some(whole) = holding(&self.whole, at, side) {
            return Some((edge(whole, side), Fit::Wider));
        }
        let index = self.runs.partition_point(|run| run.outer.start < at + usize::from(side == Side::Start));
        let index = index.checked_sub(1)?;
        let run = self.runs.get(index).filter(|run| holds(&run.outer, at, side))?;
        let Some((number, piece)) = run.pieces.iter().enumerate().find(|(_, piece)| holds(&piece.outer, at, side))
        else {
            return Some((edge(&run.outer, side), Fit::Wider));
        };
        let fit = if piece.has_box { Fit::TextBox } else { Fit::Exact };
        if let Some(text) = &piece.text {
            let at = holding(&piece.uncut, at, side).map_or(at, |uncut| edge(uncut, side).at);
            if text.start < at && at < text.end {
                return Some((Place { at, cut: Cut::Text(index, number) }, fit));
            }
        }
        Some((between(run, index, edge(&piece.outer, side).at), fit))
    }
}

/// A place between two pieces of a run.
fn between(run: &Run, index: usize, at: usize) -> Place {
    let first = run.pieces.first().map(|piece| piece.outer.start);
    let last = run.pieces.last().map(|piece| piece.outer.end);
    if first.is_none_or(|first| at <= first) {
        Place { at: run.outer.start, cut: Cut::Nothing }
    } else if last.is_none_or(|last| last <= at) {
        Place { at: run.outer.end, cut: Cut::Nothing }
    } else {
        Place { at, cut: Cut::Run(index) }
    }
}

fn edge(range: &Range<usize>, side: Side) -> Place {
    Place { at: if side == Side::Start { range.start } else { range.end }, cut: Cut::Nothing }
}

/// Whether the byte after a start, or before an end, lies in a range.
fn holds(range: &Range<usize>, at: usize, side: Side) -> bool {
    match side {
        Side::Start => range.start <= at && at < range.end,
        Side::End => range.start < at && at <= range.end,
    }
}

/// The one of several ranges, in order and apart from each other, that holds a byte.
fn holding(ranges: &[Range<usize>], at: usize, side: Side) -> Option<&Range<usize>> {
    let after = ranges.partition_point(|range| range.start < at + usize::from(side == Side::Start));
    ranges.get(after.checked_sub(1)?).filter(|range| holds(range, at, side))
}
