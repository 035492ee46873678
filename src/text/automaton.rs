//! Automaton: where the patterns of a class stand after each word, found out when the word first comes there, and then remembered.

use crate::text::numbered::{self, Number};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What has been found out about one class. A copy begins without.
#[derive(Default)]
pub(crate) struct Automaton(Mutex<Known>);

/// Where one pattern stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position {
    /// The class in whose patterns this is, by its index in the grammar; `None` for the class itself.
    pub(crate) class: Option<usize>,
    /// The tree that comes next.
    pub(crate) tree: usize,
    /// How many words may stand before it.
    pub(crate) gap: usize,
    /// Where it goes on when the tree is over; `None` where that is all.
    pub(crate) rest: Option<Rest>,
}

/// Number of a position that is kept until another is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rest(usize);

/// The positions that are kept.
#[derive(Default)]
pub(crate) struct Rests {
    positions: Vec<Position>,
    numbers: BTreeMap<Position, Rest>,
}

/// All positions in which patterns can be after the same words, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct State(u32);

/// What has been found out.
#[derive(Default)]
pub(crate) struct Known {
    states: Vec<Arc<[Position]>>,
    /// Whether a pattern can end there, by state.
    over: Vec<bool>,
    numbers: BTreeMap<Arc<[Position]>, State>,
    rests: Rests,
    steps: Steps,
}

/// More states, or more words after states, are not remembered: then all begins anew.
const MOST_STATES: usize = 2_000;
const MOST_STEPS: usize = 12_288;
/// The number of a word has no more bits.
const WORD_BITS: u32 = 14;

impl State {
    /// Before the first word.
    pub(crate) const BEGIN: Self = Self(0);
    /// Where no pattern goes on.
    pub(crate) const NOWHERE: Self = Self(1);
}

impl Automaton {
    /// What has been found out, beginning with patterns that stand at `tree`.
    pub(crate) fn known(&self, tree: usize) -> MutexGuard<'_, Known> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.states.is_empty() {
            known.begin(Position { class: None, tree, gap: 0, rest: None });
        }
        known
    }
}

impl Known {
    fn begin(&mut self, position: Position) {
        self.states = vec![[position].into(), [].into()];
        self.over = vec![false, false];
        self.numbers.clear();
        self.steps = Steps::default();
    }

    /// Whether a pattern can end in a state.
    pub(crate) fn is_over(&self, state: State) -> bool {
        self.over.get(state.0 as usize).is_some_and(|over| *over)
    }

    /// Where the word with this number leads from a state, as far as that is known.
    #[inline]
    pub(crate) fn after(&self, state: State, word: Number) -> Option<State> {
        self.steps.get(state, word)
    }

    /// The same where it is not known. `find` tells all positions after it, and whether a pattern can end in one of them.
    pub(crate) fn find(
        &mut self,
        state: State,
        word: Number,
        find: impl FnOnce(&[Position], &mut Rests) -> (Vec<Position>, bool),
    ) -> State {
        let Some(positions) = self.states.get(state.0 as usize) else { return State::NOWHERE };
        let (mut positions, over) = find(positions, &mut self.rests);
        positions.sort_unstable();
        positions.dedup();
        if self.states.len() >= MOST_STATES || self.steps.count >= MOST_STEPS {
            let first = self.states[0][0];
            self.begin(first);
            return self.numbered(positions, over);
        }
        let next = self.numbered(positions, over);
        self.steps.add(state, word, next);
        next
    }

    fn numbered(&mut self, positions: Vec<Position>, over: bool) -> State {
        if positions.is_empty() {
            return State::NOWHERE;
        }
        if let Some(state) = self.numbers.get(positions.as_slice()) {
            return *state;
        }
        let state = State(u32::try_from(self.states.len()).unwrap_or(State::NOWHERE.0));
        let positions: Arc<[Position]> = positions.into();
        self.numbers.insert(positions.clone(), state);
        self.states.push(positions);
        self.over.push(over);
        state
    }
}

impl Rests {
    /// Keeps a position.
    pub(crate) fn keep(&mut self, position: Position) -> Rest {
        let next = Rest(self.positions.len());
        let rest = *self.numbers.entry(position).or_insert(next);
        if rest == next {
            self.positions.push(position);
        }
        rest
    }

    /// The position that was kept.
    pub(crate) fn kept(&self, rest: Rest) -> Option<Position> {
        self.positions.get(rest.0).copied()
    }
}

/// Where words lead from states: a table, of which at least half is free.
#[derive(Default)]
struct Steps {
    /// State and word as one number, and the next state. No state with a word is 0.
    places: Vec<(u32, State)>,
    count: usize,
}

impl Steps {
    /// None for a word without a number.
    #[inline]
    fn key(state: State, word: Number) -> Option<u32> {
        const { assert!(numbered::MOST <= 1 << WORD_BITS && MOST_STATES <= 1 << (32 - WORD_BITS)) };
        Some(state.0 << WORD_BITS | u32::try_from(word.place()?).ok()?)
    }

    #[inline]
    fn get(&self, state: State, word: Number) -> Option<State> {
        let key = Self::key(state, word)?;
        let mut place = self.begin(key);
        loop {
            match self.places.get(place)? {
                (known, next) if *known == key => return Some(*next),
                (0, _) => return None,
                _ => place = (place + 1) & (self.places.len() - 1),
            }
        }
    }

    #[inline]
    fn begin(&self, key: u32) -> usize {
        (key.wrapping_mul(0x9e37_79b1) >> 16) as usize & self.places.len().wrapping_sub(1)
    }

    fn add(&mut self, state: State, word: Number, next: State) {
        let Some(key) = Self::key(state, word) else { return };
        if self.count * 2 >= self.places.len() {
            let larger = vec![(0, State::NOWHERE); (self.places.len() * 2).max(64)];
            for (key, next) in std::mem::replace(&mut self.places, larger) {
                if key != 0 {
                    self.put(key, next);
                }
            }
        }
        self.put(key, next);
        self.count += 1;
    }

    fn put(&mut self, key: u32, next: State) {
        let mut place = self.begin(key);
        while self.places.get(place).is_some_and(|(known, _)| *known != 0) {
            place = (place + 1) & (self.places.len() - 1);
        }
        if let Some(free) = self.places.get_mut(place) {
            *free = (key, next);
        }
    }
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
        let words: Vec<Number> =
            tokens("week day term half a an the in on by").iter().map(|token| token.number).collect();
        let mut known = automaton.known(0);
        let mut found = 0;
        for round in 0..2_000 {
            let mut state = State::BEGIN;
            for length in 1..8 {
                let word = words[(round * length) % words.len()];
                let tree = length * 10_000 + if round < 1_000 { round % 100 } else { round };
                let next = |before: &[Position], _: &mut Rests| {
                    assert_eq!(before.len(), 1);
                    found += 1;
                    (vec![Position { class: None, tree, gap: 0, rest: None }; 2], length == 3)
                };
                let remembered = known.after(state, word).filter(|_| length > 1);
                state = remembered.unwrap_or_else(|| known.find(state, word, next));
                assert_eq!(known.is_over(state), known.states[state.0 as usize][0].tree / 10_000 == 3);
            }
            assert!(known.states.len() <= MOST_STATES && known.steps.count <= MOST_STEPS);
        }
        assert!((8_000..9_000).contains(&found), "{found}");
    }
}
