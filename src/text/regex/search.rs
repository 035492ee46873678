//! A search for a regular expression: it goes the best way first, and back to the last turning where that leads nowhere.

use crate::text::regex::class::{Class, is_word};
use crate::text::regex::program::{Program, Step, Way};
use crate::text::regex::syntax::Look;
use std::cell::Cell;

/// A search that takes more turns than this for each byte is given up: the library then takes over, whose time is bounded.
const TURNS: usize = 128;
/// The turns that any text may take.
const FREE_TURNS: usize = 16_384;

/// What became of a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Where the match begins and ends.
    At(usize, usize),
    Nothing,
    /// It took too long.
    TooLong,
}

/// Where to go on, should the way taken lead nowhere.
enum Turning {
    /// At this step and place.
    Step(usize, usize),
    /// What a group's place was before.
    Restore(usize, Option<usize>),
    /// At this step, with fewer characters of a run: not before the first place, and before the second, where this comes next.
    Fewer(usize, usize, usize, usize),
    /// At this step, with more characters of a class: from this place, as many as that.
    More(usize, usize, usize, u32),
}

thread_local! {
    /// Room for turnings, kept from one search for the next.
    static ROOM: Cell<Vec<Turning>> = const { Cell::new(Vec::new()) };
}

/// Looks for `program` in `text` from the byte `from` on. Fills in the places of groups, if there is room for them.
pub(super) fn find(program: &Program, text: &str, from: usize, groups: &mut [Option<usize>]) -> Found {
    let from = program.reach.map_or(from, |reach| from.max(text.len().saturating_sub(reach)));
    if from > text.len() || program.anchored && (from > 0 || !program.first.has(text.bytes().next())) {
        return Found::Nothing;
    }
    let mut search = Search { program, text, groups, turnings: ROOM.take(), turns: turns(text, from) };
    let found = search.first(from);
    ROOM.set(search.turnings);
    found
}

/// How many turns a search may take.
fn turns(text: &str, from: usize) -> usize {
    FREE_TURNS + TURNS * text.len().saturating_sub(from)
}

struct Search<'s> {
    program: &'s Program,
    text: &'s str,
    groups: &'s mut [Option<usize>],
    turnings: Vec<Turning>,
    turns: usize,
}

impl Search<'_> {
    /// The first match that begins at `from` or later.
    fn first(&mut self, from: usize) -> Found {
        let expected = cfg!(debug_assertions).then(|| self.first_of_all(from));
        self.turns = turns(self.text, from);
        let program = self.program;
        let found = if program.anchored {
            self.tried(from)
        } else {
            program.starts.find(program, self.text.as_bytes(), from, |start| self.tried(start))
        };
        let found = found.unwrap_or(Found::Nothing);
        // Wherever tests look, a place that is passed over is proved to begin nothing.
        debug_assert!(found == Found::TooLong || expected.is_none_or(|all| all == Found::TooLong || all == found));
        found
    }

    /// The same, tried everywhere.
    fn first_of_all(&mut self, from: usize) -> Found {
        let starts = (from..=self.text.len()).filter(|&start| self.text.is_char_boundary(start));
        starts.into_iter().find_map(|start| self.tried(start)).unwrap_or(Found::Nothing)
    }

    /// What there is to say after a try at `start`.
    fn tried(&mut self, start: usize) -> Option<Found> {
        let end = self.try_at(start);
        if self.turns == 0 {
            return Some(Found::TooLong);
        }
        end.map(|end| Found::At(start, end))
    }

    /// The end of the match that begins at `start`.
    fn try_at(&mut self, start: usize) -> Option<usize> {
        let program = self.program;
        let bytes = self.text.as_bytes();
        self.groups.fill(None);
        self.turnings.clear();
        let (mut step, mut at) = (0, start);
        loop {
            let goes_on = match *program.steps.get(step)? {
                Step::Done => return Some(at),
                Step::Byte(byte) => {
                    let fits = bytes.get(at) == Some(&byte);
                    at += 1;
                    fits
                }
                Step::Text { from, to } => {
                    let text = &program.words.as_bytes()[from..to];
                    let fits = bytes[at..].starts_with(text);
                    at += text.len();
                    fits
                }
                Step::Class(class) => match one(&program.classes[class], self.text, at) {
                    Some(after) => {
                        at = after;
                        true
                    }
                    None => false,
                },
                Step::Run { class, least, most, way } => match self.run(step + 1, at, class, (least, most, way)) {
                    Some(after) => {
                        at = after;
                        true
                    }
                    None => false,
                },
                Step::Look(look) => holds(look, self.text, at),
                Step::Save(group) => {
                    if let Some(place) = self.groups.get_mut(group) {
                        self.turnings.push(Turning::Restore(group, *place));
                        *place = Some(at);
                    }
                    true
                }
                Step::Either(first, second) => {
                    self.turnings.push(Turning::Step(second, at));
                    step = first;
                    continue;
                }
                Step::If { next, first, second } => {
                    step = second;
                    if program.nexts[next].has(bytes.get(at).copied()) {
                        self.turnings.push(Turning::Step(second, at));
                        step = first;
                    }
                    continue;
                }
                Step::Jump(to) => {
                    step = to;
                    continue;
                }
                Step::Switch(switch) => {
                    let choices = program.switches[switch].choices(bytes.get(at).copied());
                    if let Some((&first, others)) = choices.split_first() {
                        self.turnings.extend(others.iter().rev().map(|&other| Turning::Step(other, at)));
                        step = first;
                        continue;
                    }
                    false
                }
            };
            if goes_on {
                step += 1;
            } else {
                (step, at) = self.back()?;
            }
        }
    }

    /// As many characters of a class as there may be, or as few; the others are for later.
    fn run(&mut self, next: usize, at: usize, class: usize, (least, most, way): (u32, u32, Way)) -> Option<usize> {
        let of = &self.program.classes[class];
        let mut low = at;
        for _ in 0..least {
            low = one(of, self.text, low)?;
        }
        let left = most - least;
        if way == Way::Least {
            if left > 0 {
                self.turnings.push(Turning::More(next, low, class, left));
            }
            return Some(low);
        }
        let mut high = low;
        for _ in 0..left {
            let Some(after) = one(of, self.text, high) else { break };
            high = after;
        }
        self.turns = self.turns.saturating_sub((high - low) / 16);
        if let Way::Most(follows) = way {
            high = self.last_before(follows, low, high)?;
            if high > low {
                self.turnings.push(Turning::Fewer(next, low, high, follows));
            }
        }
        Some(high)
    }

    /// The last place from `low` to `high` before which a character ends and after which one comes that can follow.
    fn last_before(&self, follows: usize, low: usize, high: usize) -> Option<usize> {
        let next = &self.program.nexts[follows];
        let bytes = self.text.as_bytes();
        let fits = |place: &usize| match bytes.get(*place) {
            Some(&byte) => byte & 0xc0 != 0x80 && next.has(Some(byte)),
            None => next.end,
        };
        (low..=high).rev().find(fits)
    }

    /// The last turning not yet taken; none where there is none left, or it has taken too long.
    fn back(&mut self) -> Option<(usize, usize)> {
        self.turns = self.turns.saturating_sub(1);
        if self.turns == 0 {
            return None;
        }
        loop {
            match self.turnings.pop()? {
                Turning::Step(step, at) => return Some((step, at)),
                Turning::Restore(group, place) => self.groups[group] = place,
                Turning::Fewer(step, low, high, follows) => {
                    let Some(high) = self.last_before(follows, low, high - 1) else { continue };
                    if high > low {
                        self.turnings.push(Turning::Fewer(step, low, high, follows));
                    }
                    return Some((step, high));
                }
                Turning::More(step, at, class, left) => {
                    let Some(after) = one(&self.program.classes[class], self.text, at) else { continue };
                    if left > 1 {
                        self.turnings.push(Turning::More(step, after, class, left - 1));
                    }
                    return Some((step, after));
                }
            }
        }
    }
}

/// The place after one character of a class.
fn one(class: &Class, text: &str, at: usize) -> Option<usize> {
    let byte = *text.as_bytes().get(at)?;
    if byte < 128 {
        return class.has_ascii(byte).then_some(at + 1);
    }
    let c = text[at..].chars().next()?;
    class.has(c).then_some(at + c.len_utf8())
}

fn is_of_ascii_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn holds(look: Look, text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let ascii = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|&byte| is_of_ascii_word(byte));
    let border = || {
        let before = match at.checked_sub(1).and_then(|before| bytes.get(before)) {
            Some(byte) if !byte.is_ascii() => text[..at].chars().next_back().is_some_and(is_word),
            _ => ascii(at.checked_sub(1)),
        };
        let after = match bytes.get(at) {
            Some(byte) if !byte.is_ascii() => text[at..].chars().next().is_some_and(is_word),
            _ => ascii(Some(at)),
        };
        before != after
    };
    match look {
        Look::Start => at == 0,
        Look::End => at == bytes.len(),
        Look::AsciiBorder => ascii(at.checked_sub(1)) != ascii(Some(at)),
        Look::Border => border(),
        Look::NoBorder => !border(),
    }
}
