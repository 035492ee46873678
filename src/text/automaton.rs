//! Automaton: where the patterns of classes stand after each word, found out when the word first comes there, and then remembered.

use crate::text::mask::Mask;
use crate::text::numbered::{self, Number};
use crate::text::token::Token;
use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What has been found out about one class, or about several that are matched together. A copy begins without.
#[derive(Default)]
pub(crate) struct Automaton(Mutex<Known>);

/// Where one pattern stands. Small, as tens of thousands of them are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position {
    /// The class that is matched, by its number among those that are matched together.
    pub(crate) of: u16,
    /// How many words may stand before the tree.
    pub(crate) gap: u16,
    /// The class in whose patterns this is, by its index in the grammar; `None` for the class that is matched.
    pub(crate) class: Option<u16>,
    /// The tree that comes next.
    pub(crate) tree: u32,
    /// Where it goes on when the tree is over; `None` where that is all.
    pub(crate) rest: Option<Rest>,
}

/// Number of a position that is kept until another is over, from one on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rest(NonZeroU32);

/// The positions that are kept.
#[derive(Default)]
pub(crate) struct Rests {
    positions: Vec<Position>,
    numbers: BTreeMap<Position, Rest>,
}

/// All positions in which patterns can be after the same words, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct State(u32);

/// Where patterns stand after a word.
#[derive(Default)]
pub(crate) struct After {
    pub(crate) positions: Vec<Position>,
    /// The classes of which a pattern can end there, in order.
    pub(crate) over: Vec<u16>,
}

/// What has been found out.
#[derive(Default)]
pub(crate) struct Known {
    states: Vec<Stand>,
    /// By state, what patterns can go on with there.
    masks: Vec<Mask>,
    /// The positions of all states, one after the other, and the classes that can end there.
    positions: Vec<Position>,
    over: Vec<u16>,
    /// States by what is made from their positions.
    index: Table,
    rests: Rests,
    /// Where words lead from states, by both.
    steps: Table,
    most: Most,
    /// Used again and again.
    after: After,
}

/// Where the positions of a state, and its classes, begin and end in their lists.
#[derive(Clone, Copy)]
struct Stand {
    positions: (u32, u32),
    over: (u32, u32),
    /// Where a word leads with which no pattern goes on, but which may stand in a gap; `BEGIN` where that is not known.
    gap: State,
}

/// With more states, positions of states, or words after states, all begins anew.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Most {
    states: usize,
    positions: usize,
    steps: usize,
}

impl Most {
    /// Of one class.
    pub(crate) const OF_ONE: Self = Self { states: 2_000, positions: 1 << 15, steps: 12_288 };
    /// Of all classes together.
    pub(crate) const OF_ALL: Self = Self { states: 1 << 14, positions: 1 << 18, steps: 1 << 16 };
}

/// No automaton has as many states as this.
const MOST_STATES: usize = 1 << 15;
/// The number of a word has no more bits.
const WORD_BITS: u32 = 14;

impl State {
    /// Before the first word.
    pub(crate) const BEGIN: Self = Self(0);
    /// Where no pattern goes on.
    pub(crate) const NOWHERE: Self = Self(1);
}

impl Automaton {
    /// What has been found out, beginning with the patterns of one class that stand at `tree`.
    pub(crate) fn known(&self, tree: u32) -> MutexGuard<'_, Known> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.states.is_empty() {
            let begin = Position { of: 0, gap: 0, class: None, tree, rest: None };
            *known = Known::beginning([begin], Most::OF_ONE);
        }
        known
    }
}

impl Known {
    /// Nothing yet: patterns begin at these positions.
    pub(crate) fn beginning(positions: impl IntoIterator<Item = Position>, most: Most) -> Self {
        let mut known = Self { positions: positions.into_iter().collect(), most, ..Self::default() };
        let begun = small(known.positions.len());
        let stand = |end| Stand { positions: (0, end), over: (0, 0), gap: State::BEGIN };
        known.states = vec![stand(begun), stand(0)];
        known.masks = vec![Mask::anything(), Mask::default()];
        known
    }

    fn begin_anew(&mut self) {
        let begun = self.states.first().map_or(0, |begin| begin.positions.1 as usize);
        self.states.truncate(2);
        self.masks.truncate(2);
        self.positions.truncate(begun);
        self.over.clear();
        self.index = Table::default();
        self.steps = Table::default();
    }

    /// Whether a pattern can end in a state.
    pub(crate) fn is_over(&self, state: State) -> bool {
        !self.over(state).is_empty()
    }

    /// The classes of which a pattern can end in a state.
    #[inline]
    pub(crate) fn over(&self, state: State) -> &[u16] {
        let stand = self.states.get(state.0 as usize);
        stand.and_then(|stand| self.over.get(stand.over.0 as usize..stand.over.1 as usize)).unwrap_or_default()
    }

    fn positions(&self, stand: Stand) -> &[Position] {
        self.positions.get(stand.positions.0 as usize..stand.positions.1 as usize).unwrap_or_default()
    }

    /// Where a token leads from a state, as far as that is known.
    #[inline]
    pub(crate) fn after(&self, state: State, token: &Token) -> Option<State> {
        let at = state.0 as usize;
        if self.masks.get(at)?.admits(token) {
            return self.steps.find(step(state, token.number)?, |_| true);
        }
        if token.stops_gap() {
            return Some(State::NOWHERE);
        }
        let gap = self.states.get(at)?.gap;
        (gap != State::BEGIN).then_some(gap)
    }

    /// The same where it is not known. `find` tells all positions after it, and the classes that can end in one of them; `mask`
    /// what a pattern can go on with from a position.
    pub(crate) fn find(
        &mut self,
        state: State,
        token: &Token,
        find: impl FnOnce(&[Position], &mut Rests, &mut After),
        mask: impl Fn(Position, &mut Rests, &mut Mask),
    ) -> State {
        let Some(&stand) = self.states.get(state.0 as usize) else { return State::NOWHERE };
        let mut after = std::mem::take(&mut self.after);
        after.positions.clear();
        after.over.clear();
        let mut rests = std::mem::take(&mut self.rests);
        find(self.positions(stand), &mut rests, &mut after);
        after.positions.sort_unstable();
        after.positions.dedup();
        let full = self.states.len() >= self.most.states.min(MOST_STATES)
            || self.positions.len() + after.positions.len() > self.most.positions
            || self.steps.count >= self.most.steps;
        if full {
            self.begin_anew();
        }
        let next = self.numbered(&after, |position, to| mask(position, &mut rests, to));
        if !full {
            if !self.masks.get(state.0 as usize).is_none_or(|mask| mask.admits(token)) {
                if let Some(stand) = self.states.get_mut(state.0 as usize) {
                    stand.gap = next;
                }
            } else if let Some(step) = step(state, token.number) {
                self.steps.add(step, next);
            }
        }
        self.rests = rests;
        self.after = after;
        next
    }

    fn numbered(&mut self, after: &After, mut mask: impl FnMut(Position, &mut Mask)) -> State {
        if after.positions.is_empty() {
            return State::NOWHERE;
        }
        let hash = hash(&after.positions);
        let same = |state: State| {
            let stand = self.states.get(state.0 as usize);
            stand.is_some_and(|stand| self.positions(*stand) == after.positions)
        };
        if let Some(state) = self.index.find(hash, same) {
            return state;
        }
        let state = State(small(self.states.len()));
        let range = |all: usize, more: usize| (small(all), small(all + more));
        self.states.push(Stand {
            positions: range(self.positions.len(), after.positions.len()),
            over: range(self.over.len(), after.over.len()),
            gap: State::BEGIN,
        });
        let mut admitted = Mask::default();
        after.positions.iter().for_each(|&position| mask(position, &mut admitted));
        self.masks.push(admitted);
        self.positions.extend(&after.positions);
        self.over.extend(&after.over);
        self.index.add(hash, state);
        state
    }
}

/// No list here grows beyond what it holds.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A number made from positions.
fn hash(positions: &[Position]) -> u32 {
    let mixed = positions.iter().fold(0_u64, |sum, at| {
        let class = at.class.map_or(0, |class| u64::from(class) + 1);
        let rest = at.rest.map_or(0, |rest| u64::from(rest.0.get()));
        let one = u64::from(at.tree) << 32 | rest;
        let other = u64::from(at.of) << 48 | u64::from(at.gap) << 32 | class;
        let sum = (sum ^ one).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
        (sum ^ other).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
    });
    u32::try_from(mixed >> 32).unwrap_or_default()
}

impl Rests {
    /// Keeps a position.
    pub(crate) fn keep(&mut self, position: Position) -> Rest {
        let next = Rest(NonZeroU32::MIN.saturating_add(small(self.positions.len())));
        let rest = *self.numbers.entry(position).or_insert(next);
        if rest == next {
            self.positions.push(position);
        }
        rest
    }

    /// The position that was kept.
    pub(crate) fn kept(&self, rest: Rest) -> Option<Position> {
        self.positions.get(rest.0.get() as usize - 1).copied()
    }
}

/// States by number: a table, of which at least half is free. No state in it is the first.
#[derive(Default)]
struct Table {
    places: Vec<(u32, State)>,
    count: usize,
}

impl Table {
    /// The state with this number that is the one; others may have the same number.
    #[inline]
    fn find(&self, number: u32, is_it: impl Fn(State) -> bool) -> Option<State> {
        let mut place = self.begin(number);
        loop {
            match *self.places.get(place)? {
                (_, State::BEGIN) => return None,
                (known, state) if known == number && is_it(state) => return Some(state),
                _ => place = (place + 1) & (self.places.len() - 1),
            }
        }
    }

    #[inline]
    fn begin(&self, number: u32) -> usize {
        (u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & self.places.len().wrapping_sub(1)
    }

    fn add(&mut self, number: u32, state: State) {
        if self.count * 2 >= self.places.len() {
            let larger = vec![(0, State::BEGIN); (self.places.len() * 2).max(64)];
            for (number, state) in std::mem::replace(&mut self.places, larger) {
                if state != State::BEGIN {
                    self.put(number, state);
                }
            }
        }
        self.put(number, state);
        self.count += 1;
    }

    fn put(&mut self, number: u32, state: State) {
        let mut place = self.begin(number);
        while self.places.get(place).is_some_and(|(_, known)| *known != State::BEGIN) {
            place = (place + 1) & (self.places.len() - 1);
        }
        if let Some(free) = self.places.get_mut(place) {
            *free = (number, state);
        }
    }
}

/// A state with a word as one number; none for a word without one.
#[inline]
fn step(state: State, word: Number) -> Option<u32> {
    const { assert!(numbered::MOST <= 1 << WORD_BITS && MOST_STATES <= 1 << (32 - WORD_BITS)) };
    Some(state.0 << WORD_BITS | u32::try_from(word.place()?).ok()?)
}

impl Clone for Automaton {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl fmt::Debug for Automaton {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Automaton")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token::tokens;

    /// A class whose states are the numbers of words so far: what is remembered must be what was found.
    #[test]
    fn remembers_what_was_found_and_begins_anew_when_it_is_too_much() {
        let automaton = Automaton::default();
        let words = tokens("week day term half a an the in on by");
        let mut known = automaton.known(0);
        let mut found = 0;
        for round in 0..2_000_u32 {
            let mut state = State::BEGIN;
            for length in 1..8 {
                let word = &words[((round * length) as usize) % words.len()];
                let tree = length * 10_000 + if round < 1_000 { round % 100 } else { round };
                let next = |before: &[Position], _: &mut Rests, after: &mut After| {
                    assert_eq!(before.len(), 1);
                    found += 1;
                    after.positions = vec![Position { of: 0, gap: 0, class: None, tree, rest: None }; 2];
                    after.over.extend((length == 3).then_some(0));
                };
                let remembered = known.after(state, word).filter(|_| length > 1);
                state =
                    remembered.unwrap_or_else(|| known.find(state, word, next, |_, _, mask| *mask = Mask::anything()));
                let stand = known.states[state.0 as usize];
                assert_eq!(known.is_over(state), known.positions(stand)[0].tree / 10_000 == 3);
            }
            assert!(known.states.len() <= Most::OF_ONE.states && known.steps.count <= Most::OF_ONE.steps);
        }
        assert!((8_000..9_000).contains(&found), "{found}");
    }
}
