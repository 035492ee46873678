//! Automaton: where the patterns of classes stand after each word, found out when the word first comes there, and then remembered.

use crate::text::mask::Mask;
use crate::text::numbered::{self, Number};
use crate::text::token::Token;
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
    /// Their numbers, by what is made from them.
    numbers: Table<Option<Rest>>,
}

/// All positions in which patterns can be after the same words, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct State(u32);

/// What has been found out.
#[derive(Default)]
pub(crate) struct Known {
    states: Vec<Stand>,
    /// What patterns can go on with in states of which that was found out.
    masks: Vec<Mask>,
    /// The positions of all states, one after the other, and the classes that can end there.
    positions: Vec<Position>,
    over: Vec<u16>,
    /// States by what is made from their positions.
    index: Table<State>,
    rests: Rests,
    /// Where words lead from states, by both.
    steps: Table<State>,
    most: Most,
    /// Used again and again.
    after: Vec<Position>,
}

/// What can be told of the positions of patterns.
pub(crate) trait Patterns {
    /// Adds all positions after a token to `after`; whether it is the first of a match.
    fn go_on(&self, from: &[Position], first: bool, token: &Token, rests: &mut Rests, after: &mut Vec<Position>);
    /// Whether a pattern can end in a position.
    fn is_over(&self, at: Position, rests: &mut Rests) -> bool;
    /// Adds what a pattern can go on with from a position.
    fn admit(&self, at: Position, rests: &mut Rests, mask: &mut Mask);
}

/// Where the positions of a state, and its classes, begin and end in their lists.
#[derive(Clone, Copy)]
struct Stand {
    positions: (u32, u32),
    over: (u32, u32),
    /// Its mask: that of states of which it was not found out admits anything.
    mask: u32,
    /// Whether a word has come there of which nothing was known.
    asked: bool,
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
    pub(crate) const OF_ALL: Self = Self { states: 1 << 14, positions: 1 << 18, steps: 1 << 17 };
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
        let stand = |end| Stand { positions: (0, end), over: (0, 0), mask: 0, asked: false, gap: State::BEGIN };
        known.states = vec![stand(begun), stand(0)];
        known.masks = vec![Mask::anything()];
        known
    }

    fn begin_anew(&mut self) {
        let begun = self.states.first().map_or(0, |begin| begin.positions.1 as usize);
        self.states.truncate(2);
        self.masks.truncate(1);
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
        let stand = self.states.get(state.0 as usize)?;
        if self.masks.get(stand.mask as usize)?.admits(token) {
            return self.steps.find(step(state, token.number)?, |_| true);
        }
        if token.stops_gap() {
            return Some(State::NOWHERE);
        }
        (stand.gap != State::BEGIN).then_some(stand.gap)
    }

    /// The same where it is not known: `patterns` tell.
    pub(crate) fn find(&mut self, state: State, token: &Token, patterns: &impl Patterns) -> State {
        if self.is_masked(state, patterns)
            && let Some(next) = self.after(state, token)
        {
            return next;
        }
        let Some(&stand) = self.states.get(state.0 as usize) else { return State::NOWHERE };
        let mut after = std::mem::take(&mut self.after);
        after.clear();
        let mut rests = std::mem::take(&mut self.rests);
        patterns.go_on(self.positions(stand), state == State::BEGIN, token, &mut rests, &mut after);
        after.sort_unstable();
        after.dedup();
        let full = self.states.len() >= self.most.states.min(MOST_STATES)
            || self.positions.len() + after.len() > self.most.positions
            || self.steps.count >= self.most.steps;
        if full {
            self.begin_anew();
        }
        let next = self.numbered(&after, |position| patterns.is_over(position, &mut rests));
        if !full {
            if !self.masks.get(stand.mask as usize).is_none_or(|mask| mask.admits(token)) {
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

    /// Finds out what patterns can go on with in a state, when it is asked for the second time; whether it was now. Most states
    /// are asked once, and finding that out takes as long as finding out about one word.
    fn is_masked(&mut self, state: State, patterns: &impl Patterns) -> bool {
        let Some(stand) = self.states.get_mut(state.0 as usize) else { return false };
        let again = std::mem::replace(&mut stand.asked, true);
        if !again || stand.mask > 0 || state == State::BEGIN {
            return false;
        }
        stand.mask = small(self.masks.len());
        let stand = *stand;
        let mut rests = std::mem::take(&mut self.rests);
        let mut mask = Mask::default();
        self.positions(stand).iter().for_each(|&position| patterns.admit(position, &mut rests, &mut mask));
        self.masks.push(mask);
        self.rests = rests;
        true
    }

    /// The state of all these positions; `is_over` tells of which a pattern can end there.
    fn numbered(&mut self, after: &[Position], mut is_over: impl FnMut(Position) -> bool) -> State {
        if after.is_empty() {
            return State::NOWHERE;
        }
        let hash = hash(after);
        let same = |state: State| {
            let stand = self.states.get(state.0 as usize);
            stand.is_some_and(|stand| self.positions(*stand) == after)
        };
        if let Some(state) = self.index.find(hash, same) {
            return state;
        }
        let state = State(small(self.states.len()));
        let over = self.over.len();
        for &position in after {
            let told = self.over.get(over..).unwrap_or_default().contains(&position.of);
            if !told && is_over(position) {
                self.over.push(position.of);
            }
        }
        self.states.push(Stand {
            positions: (small(self.positions.len()), small(self.positions.len() + after.len())),
            over: (small(over), small(self.over.len())),
            mask: 0,
            asked: false,
            gap: State::BEGIN,
        });
        self.positions.extend(after);
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
        let hash = hash(&[position]);
        let same = |rest: Option<Rest>| rest.and_then(|rest| self.kept(rest)) == Some(position);
        if let Some(Some(rest)) = self.numbers.find(hash, same) {
            return rest;
        }
        let rest = Rest(NonZeroU32::MIN.saturating_add(small(self.positions.len())));
        self.positions.push(position);
        self.numbers.add(hash, Some(rest));
        rest
    }

    /// The position that was kept.
    pub(crate) fn kept(&self, rest: Rest) -> Option<Position> {
        self.positions.get(rest.0.get() as usize - 1).copied()
    }
}

/// States or rests by number: a table, of which at least half is free. What stands in a free place is in none that is taken.
struct Table<T> {
    places: Vec<(u32, T)>,
    count: usize,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { places: Vec::new(), count: 0 }
    }
}

/// What stands in a table.
trait Entry: Copy + PartialEq {
    /// What stands in a free place.
    const FREE: Self;
}

impl Entry for State {
    const FREE: Self = State::BEGIN;
}

impl Entry for Option<Rest> {
    const FREE: Self = None;
}

impl<T: Entry> Table<T> {
    /// What stands there with this number and is the one; others may have the same number.
    #[inline]
    fn find(&self, number: u32, is_it: impl Fn(T) -> bool) -> Option<T> {
        let mut place = self.begin(number);
        loop {
            match *self.places.get(place)? {
                (_, free) if free == T::FREE => return None,
                (known, entry) if known == number && is_it(entry) => return Some(entry),
                _ => place = (place + 1) & (self.places.len() - 1),
            }
        }
    }

    #[inline]
    fn begin(&self, number: u32) -> usize {
        (u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & self.places.len().wrapping_sub(1)
    }

    fn add(&mut self, number: u32, entry: T) {
        if self.count * 2 >= self.places.len() {
            let larger = vec![(0, T::FREE); (self.places.len() * 2).max(64)];
            for (number, entry) in std::mem::replace(&mut self.places, larger) {
                if entry != T::FREE {
                    self.put(number, entry);
                }
            }
        }
        self.put(number, entry);
        self.count += 1;
    }

    fn put(&mut self, number: u32, entry: T) {
        let mut place = self.begin(number);
        while self.places.get(place).is_some_and(|(_, known)| *known != T::FREE) {
            place = (place + 1) & (self.places.len() - 1);
        }
        if let Some(free) = self.places.get_mut(place) {
            *free = (number, entry);
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
    use std::cell::Cell;

    /// A class whose states are the numbers of words so far, and how often it was asked.
    struct Counting {
        found: Cell<usize>,
        tree: Cell<u32>,
    }

    impl Patterns for Counting {
        fn go_on(&self, from: &[Position], _: bool, _: &Token, _: &mut Rests, after: &mut Vec<Position>) {
            assert_eq!(from.len(), 1);
            self.found.set(self.found.get() + 1);
            after.extend([Position { of: 0, gap: 0, class: None, tree: self.tree.get(), rest: None }; 2]);
        }

        fn is_over(&self, at: Position, _: &mut Rests) -> bool {
            at.tree / 10_000 == 3
        }

        fn admit(&self, _: Position, _: &mut Rests, mask: &mut Mask) {
            *mask = Mask::anything();
        }
    }

    #[test]
    fn remembers_what_was_found_and_begins_anew_when_it_is_too_much() {
        let automaton = Automaton::default();
        let words = tokens("week day term half a an the in on by");
        let mut known = automaton.known(0);
        let counting = Counting { found: Cell::new(0), tree: Cell::new(0) };
        for round in 0..2_000_u32 {
            let mut state = State::BEGIN;
            for length in 1..8 {
                let word = &words[((round * length) as usize) % words.len()];
                counting.tree.set(length * 10_000 + if round < 1_000 { round % 100 } else { round });
                let remembered = known.after(state, word).filter(|_| length > 1);
                state = remembered.unwrap_or_else(|| known.find(state, word, &counting));
                let stand = known.states[state.0 as usize];
                assert_eq!(known.is_over(state), known.positions(stand)[0].tree / 10_000 == 3);
            }
            assert!(known.states.len() <= Most::OF_ONE.states && known.steps.count <= Most::OF_ONE.steps);
        }
        assert!((8_000..9_000).contains(&counting.found.get()), "{}", counting.found.get());
    }

    #[test]
    fn keeps_each_position_once() {
        let mut rests = Rests::default();
        let at = |tree| Position { of: 0, gap: 0, class: None, tree, rest: None };
        let kept: Vec<Rest> = (0..100).map(|tree| rests.keep(at(tree))).collect();
        assert!((0..100).all(|tree| rests.keep(at(tree)) == kept[tree as usize]));
        assert!((0..100).all(|tree| rests.kept(kept[tree as usize]) == Some(at(tree))));
    }
}
