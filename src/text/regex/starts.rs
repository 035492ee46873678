//! Where in a text a match can begin: the character before it and its first three bytes tell, with one look at each byte.

use crate::text::regex::class::Class;
use crate::text::regex::program::{OF_WORDS, Program, Step};
use crate::text::regex::syntax::Look;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::OnceLock;

/// What is looked at: the byte before a match, and its first three.
const LANES: usize = 4;
/// Different beginnings that are told apart.
const KINDS: usize = 16;
/// A pattern that begins in more ways than these is taken to go on with anything.
const MOST_WAYS: usize = 512;
/// As many steps without a character are taken, and then anything may come.
const MOST_STEPS: usize = 64;

/// For each byte, and for the edge of a text, which kinds of beginnings it fits in which lane: sixteen bits for each lane.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(into = "Rows", from = "Rows")]
pub(super) struct Starts(OnceLock<Box<Table>>);

type Table = [u64; EDGE + 1];

/// The same where it is kept: most bytes fit what others fit too. Nothing, where it was not found out.
#[derive(Default, Serialize, Deserialize)]
struct Rows {
    /// Each once.
    rows: Vec<u64>,
    /// Which is whose.
    of: Vec<u8>,
}

/// The place of the edge of a text.
const EDGE: usize = 256;

/// Bytes that can stand in a lane.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Set {
    ascii: u128,
    wide: u128,
    /// Whether the edge of the text can be there.
    edge: bool,
}

/// What a match begins with, lane by lane.
type Beginning = [Set; LANES];

/// One way into a program.
#[derive(Clone, Copy)]
struct Way {
    step: usize,
    beginning: Beginning,
    /// How many lanes are told.
    told: usize,
    /// Whether a word begins or ends before the match.
    border: bool,
    steps: usize,
}

impl Starts {
    /// Finds out where matches of `program` may begin.
    pub(super) fn find_out(&self, program: &Program) -> &Table {
        self.0.get_or_init(|| table(program))
    }

    /// Whether what was found out is what follows from `program`.
    #[cfg(test)]
    pub(super) fn are_of(&self, program: &Program) -> bool {
        self.0.get().is_some_and(|found| *found == table(program))
    }

    /// Every place from `from` on where a match may begin, until `tried` has something to say of one.
    pub(super) fn find<T>(
        &self,
        program: &Program,
        bytes: &[u8],
        from: usize,
        mut tried: impl FnMut(usize) -> Option<T>,
    ) -> Option<T> {
        const FIRST: u64 = (1 << KINDS) - 1;
        const LAST: usize = KINDS * (LANES - 1);
        let table = self.find_out(program);
        let before = from.checked_sub(1).and_then(|before| bytes.get(before)).map_or(EDGE, |&byte| usize::from(byte));
        let mut fits = table[before] & FIRST;
        for (at, &byte) in bytes.iter().enumerate().skip(from) {
            fits = (fits << KINDS | FIRST) & table[usize::from(byte)];
            if fits >> LAST != 0
                && let Some(found) = tried(at - (LANES - 2))
            {
                return Some(found);
            }
        }
        for at in bytes.len()..bytes.len() + LANES - 1 {
            fits = (fits << KINDS | FIRST) & table[EDGE];
            if fits >> LAST != 0
                && let Some(found) = tried(at - (LANES - 2))
            {
                return Some(found);
            }
        }
        None
    }
}

impl Set {
    const ANYTHING: Self = Self { ascii: u128::MAX, wide: u128::MAX, edge: true };
    /// The first byte of any character, or the end.
    const ANY_CHARACTER: Self = Self { wide: LEADING, ..Self::ANYTHING };
    /// What stands before a word.
    const NO_WORD: Self = Self { ascii: !OF_WORDS, ..Self::ANYTHING };
    const EDGE: Self = Self { ascii: 0, wide: 0, edge: true };

    fn of(byte: u8) -> Self {
        let bit = 1 << (byte & 127);
        let (ascii, wide) = if byte < 128 { (bit, 0) } else { (0, bit) };
        Self { ascii, wide, edge: false }
    }

    fn keep(&mut self, other: Self) {
        self.ascii &= other.ascii;
        self.wide &= other.wide;
        self.edge &= other.edge;
    }

    fn add(&mut self, other: Self) {
        self.ascii |= other.ascii;
        self.wide |= other.wide;
        self.edge |= other.edge;
    }
}

/// The bytes that begin a character that is not ASCII.
const LEADING: u128 = u128::MAX << 64;

impl Way {
    /// This way, after one byte out of a set.
    fn taking(mut self, set: Set) -> Self {
        if self.told == 1 && self.border && set.wide == 0 && !set.edge && set.ascii & !OF_WORDS == 0 {
            self.beginning[0] = Set::NO_WORD;
        }
        if let Some(lane) = self.beginning.get_mut(self.told) {
            *lane = set;
            self.told += 1;
        }
        self
    }

    /// This way, and then anything.
    fn over(mut self) -> Beginning {
        if self.told == 1 {
            self.beginning[1] = Set::ANY_CHARACTER;
        }
        self.beginning
    }

    fn to(self, step: usize) -> Self {
        Self { step, steps: self.steps + 1, ..self }
    }

    /// This way after a character of a class, where that is ASCII. Where it is not, all that is told is that another begins.
    fn through(self, class: &Class, all: &mut Vec<Beginning>) -> Option<Self> {
        if class.has_wide() {
            all.push(self.taking(Set { ascii: 0, wide: LEADING, edge: false }).over());
        }
        (class.ascii() != 0).then(|| self.taking(Set { ascii: class.ascii(), wide: 0, edge: false }))
    }
}

/// What the matches of a program begin with.
fn beginnings(program: &Program) -> Vec<Beginning> {
    let mut all = Vec::new();
    let mut ways = vec![Way { step: 0, beginning: [Set::ANYTHING; LANES], told: 1, border: false, steps: 0 }];
    while let Some(mut way) = ways.pop() {
        let step = program.steps.get(way.step).copied().unwrap_or(Step::Done);
        if way.told == LANES || way.steps > MOST_STEPS || all.len() + ways.len() > MOST_WAYS {
            all.push(way.over());
            continue;
        }
        let next = way.to(way.step + 1);
        match step {
            Step::Done => all.push(way.over()),
            Step::Byte(byte) => ways.push(next.taking(Set::of(byte))),
            Step::Text { from, to } => {
                let words = program.words.as_bytes().get(from..to).unwrap_or_default();
                ways.push(words.iter().fold(next, |way, &byte| way.taking(Set::of(byte))));
            }
            Step::Class(class) => ways.extend(next.through(&program.classes[class], &mut all)),
            Step::Run { class, least, most, .. } => {
                let mut after = Some(next);
                let room = u32::try_from(LANES).unwrap_or_default();
                for taken in 0..=most.min(room) {
                    let Some(here) = after else { break };
                    if taken >= least || here.told == LANES {
                        ways.push(here);
                    }
                    if here.told == LANES {
                        break;
                    }
                    after = here.through(&program.classes[class], &mut all);
                }
            }
            Step::Look(look) => {
                match look {
                    Look::Start if way.told == 1 => way.beginning[0] = Set::EDGE,
                    Look::Border | Look::AsciiBorder if way.told == 1 => way.border = true,
                    _ => {}
                }
                ways.push(way.to(way.step + 1));
            }
            Step::Save(_) => ways.push(next),
            Step::Either(first, second) | Step::If { first, second, .. } => {
                ways.extend([way.to(first), way.to(second)]);
            }
            Step::Jump(to) => ways.push(way.to(to)),
            Step::Switch(switch) => ways.extend(program.switches[switch].all().into_iter().map(|to| way.to(to))),
        }
    }
    all
}

/// The table of a program.
fn table(program: &Program) -> Box<Table> {
    let mut all = beginnings(program);
    let first = program.first;
    let first = Set { ascii: first.ascii, wide: if first.wide { LEADING } else { 0 }, edge: first.end };
    for beginning in &mut all {
        beginning[1].keep(first);
    }
    // Those that are alike come side by side, and so become one kind where there are too many.
    all.sort_unstable_by_key(|&[before, first, second, third]| (first, second, third, before));
    all.dedup();
    let mut lanes: Vec<(Set, u64)> = Vec::new();
    let each = all.len().div_ceil(KINDS).max(1);
    for (kind, alike) in all.chunks(each).enumerate() {
        for lane in 0..LANES {
            let mut set = Set { ascii: 0, wide: 0, edge: false };
            for beginning in alike {
                set.add(beginning[lane]);
            }
            lanes.push((set, 1 << (lane * KINDS + kind)));
        }
    }
    lanes.sort_unstable();
    let mut table = Box::new([0; EDGE + 1]);
    for same in lanes.chunk_by(|(one, _), (other, _)| one == other) {
        let bits = same.iter().fold(0, |all, (_, bits)| all | bits);
        let Some(&(set, _)) = same.first() else { continue };
        let held = (0..128).map(|at| (at, set.ascii >> at)).chain((0..128).map(|at| (at + 128, set.wide >> at)));
        for (place, _) in held.filter(|(_, held)| held & 1 == 1) {
            table[place] |= bits;
        }
        if set.edge {
            table[EDGE] |= bits;
        }
    }
    table
}

impl From<Starts> for Rows {
    fn from(Starts(found): Starts) -> Self {
        let mut rows = Self::default();
        for &bits in found.get().iter().flat_map(|table| table.iter()) {
            let place = rows.rows.iter().position(|&row| row == bits).unwrap_or(rows.rows.len());
            let Ok(of) = u8::try_from(place) else { return Self::default() };
            if place == rows.rows.len() {
                rows.rows.push(bits);
            }
            rows.of.push(of);
        }
        rows
    }
}

impl From<Rows> for Starts {
    fn from(Rows { rows, of }: Rows) -> Self {
        let all: Option<Vec<u64>> = of.iter().map(|&of| rows.get(usize::from(of)).copied()).collect();
        let table = all.and_then(|all| Box::try_from(all).ok());
        Self(table.map_or_else(OnceLock::new, OnceLock::from))
    }
}

/// It follows from the program.
impl fmt::Debug for Starts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Starts")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::regex::syntax;

    fn check(pattern: &str, text: &str, expected: &[usize]) {
        let (node, _) = syntax::read(pattern).expect("a pattern");
        let program = Program::of(&node).expect("a program");
        let mut starts = Vec::new();
        program.starts.find(&program, text.as_bytes(), 0, |at| {
            starts.push(at);
            None::<()>
        });
        assert_eq!(starts, expected, "{pattern} in {text}");
    }

    #[test]
    fn tells_where_a_match_may_begin() {
        check("the", "the other thing the", &[0, 5, 16]);
        check(r"\bthe\b", "the other the.", &[0, 10]);
        check(r"\b(?:he|she)", "he the she he", &[0, 7, 11]);
        check("a?b", "ab b a", &[0, 1, 3]);
        check("[0-9]{2,}x", "12x 1x 123", &[0, 7]);
        check("(?:^|, )and", "and sand, and", &[0, 8]);
        check("\u{e9}t", "\u{e9}t\u{e9} et", &[0]);
        check("x*", "ab\u{e9}", &[0, 1, 2, 4]);
        check("[^a]b", "ab \u{e9}b", &[3]);
    }
}
