//! A regular expression as steps that a search takes, one after the other.

use crate::text::regex::class::{Class, holds};
use crate::text::regex::starts::Starts;
use crate::text::regex::syntax::{Look, Node};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A pattern for the beginning of a text with more steps than these is asked about first.
const LONG_LOOK: usize = 48;
/// More choices than these get a switch.
const FEW: usize = 4;

/// More steps than any pattern of the field has; what needs more is left to the library.
const MOST_STEPS: usize = 20_000;

/// The steps, and what they refer to.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Program {
    pub(super) steps: Vec<Step>,
    /// The words of all steps, one after the other.
    pub(super) words: String,
    pub(super) classes: Vec<Class>,
    pub(super) switches: Vec<Switch>,
    pub(super) nexts: Vec<Next>,
    /// What a match can begin with.
    pub(super) first: Next,
    /// The same of its first characters and the one before, told when it is first searched for, if not before.
    pub(super) starts: Starts,
    /// How near the end of the text a match begins, where it must reach it.
    pub(super) reach: Option<usize>,
    /// Whether it can only match at the beginning of a text.
    pub(super) anchored: bool,
}

/// One step. Numbers are indexes.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) enum Step {
    /// This byte.
    Byte(u8),
    /// These bytes of the words.
    Text { from: usize, to: usize },
    /// One character of a class.
    Class(usize),
    /// Characters of a class, as many as can be or as few.
    Run { class: usize, least: u32, most: u32, way: Way },
    /// A condition on the place.
    Look(Look),
    /// Remembers the place.
    Save(usize),
    /// Goes on at the first, and later perhaps at the second.
    Either(usize, usize),
    /// The same, where the next byte can begin what stands at the first; else at the second alone.
    If { next: usize, first: usize, second: usize },
    /// Goes on elsewhere.
    Jump(usize),
    /// Goes on wherever the next byte allows it.
    Switch(usize),
    /// That was all.
    Done,
}

/// How a run of characters is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Way {
    /// As many as there are, and fewer where that leads nowhere; what can follow has this index.
    Most(usize),
    /// As many as there are: what follows can begin with none of them.
    All,
    /// As few as can be, and more where that leads nowhere.
    Least,
}

/// What can come next: bytes, or the end of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Next {
    /// One bit for each ASCII character.
    pub(super) ascii: u128,
    /// Any other character.
    pub(super) wide: bool,
    pub(super) end: bool,
}

/// One bit for each ASCII letter and digit and the low line.
pub(super) const OF_WORDS: u128 = {
    let (mut bits, mut byte) = (0, 0_u8);
    while byte < 128 {
        bits |= ((byte.is_ascii_alphanumeric() || byte == b'_') as u128) << byte;
        byte += 1;
    }
    bits
};

impl Next {
    const ANYTHING: Self = Self { ascii: u128::MAX, wide: true, end: true };

    /// Whether this can be the next byte.
    pub(super) fn has(&self, next: Option<u8>) -> bool {
        match next {
            Some(byte @ ..128) => holds(self.ascii, byte),
            Some(_) => self.wide,
            None => self.end,
        }
    }

    /// Whether both can come next in one place.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.ascii & other.ascii != 0 || self.wide && other.wide || self.end && other.end
    }

    fn add(&mut self, other: &Self) {
        self.ascii |= other.ascii;
        self.wide |= other.wide;
        self.end |= other.end;
    }

    /// The places of a switch that it opens.
    fn places(self) -> impl Iterator<Item = usize> {
        let mut left = self.ascii;
        let ascii = std::iter::from_fn(move || {
            let place = (left != 0).then(|| left.trailing_zeros() as usize);
            left &= left.wrapping_sub(1);
            place
        });
        ascii.chain(self.wide.then_some(WIDE)).chain(self.end.then_some(END))
    }
}

/// The places of a switch, after those of the ASCII characters.
const WIDE: usize = 128;
const END: usize = 129;

/// For each next byte, where a search can go on, the best first.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Switch {
    /// Where the list of each place begins; it ends where the next begins.
    begins: Box<[u32]>,
    steps: Vec<usize>,
}

impl Switch {
    pub(super) fn choices(&self, next: Option<u8>) -> &[usize] {
        let place = next.map_or(END, |byte| usize::from(byte).min(WIDE));
        self.steps.get(self.begins[place] as usize..self.begins[place + 1] as usize).unwrap_or_default()
    }

    /// Every place where it can go on.
    pub(super) fn all(&self) -> BTreeSet<usize> {
        self.steps.iter().copied().collect()
    }

    fn of(branches: &[(Next, usize)]) -> Self {
        let mut begins: Box<[u32]> = [0; END + 2].into();
        for place in branches.iter().flat_map(|(first, _)| first.places()) {
            begins[place + 1] += 1;
        }
        for place in 0..=END {
            begins[place + 1] += begins[place];
        }
        let mut steps = vec![0; begins[END + 1] as usize];
        let mut free = begins.clone();
        for (first, step) in branches {
            for place in first.places() {
                steps[free[place] as usize] = *step;
                free[place] += 1;
            }
        }
        Self { begins, steps }
    }
}

impl Program {
    /// The program of what was read; `None` where it would be too long.
    pub(super) fn of(node: &Node) -> Option<Self> {
        let mut program = Self { anchored: node.is_anchored(), ..Self::default() };
        program.first = first_of(node);
        program.reach = node.longest().filter(|_| node.ends_the_text());
        program.put(node)?;
        program.steps.push(Step::Done);
        Some(program)
    }

    /// Finds out where matches can begin, for one who searches often and wants it known beforehand.
    pub(super) fn find_starts(&self) {
        if !self.anchored {
            self.starts.find_out(self);
        }
    }

    /// Whether a text is asked first what it holds: a short look at its beginning is sooner taken.
    pub(super) fn is_sought(&self) -> bool {
        !self.anchored || self.steps.len() > LONG_LOOK
    }

    fn put(&mut self, node: &Node) -> Option<()> {
        if self.steps.len() > MOST_STEPS {
            return None;
        }
        match node {
            Node::Words(words) => match words.as_bytes() {
                [] => {}
                &[byte] => self.steps.push(Step::Byte(byte)),
                _ => {
                    let from = self.words.len();
                    self.words.push_str(words);
                    self.steps.push(Step::Text { from, to: self.words.len() });
                }
            },
            Node::Class(class) => {
                let class = self.class(Class::clone(class));
                self.steps.push(Step::Class(class));
            }
            Node::Look(look) => self.steps.push(Step::Look(*look)),
            Node::Group(number, inner) => {
                self.steps.push(Step::Save(number * 2));
                self.put(inner)?;
                self.steps.push(Step::Save(number * 2 + 1));
            }
            Node::Row(row) => {
                for (at, node) in row.iter().enumerate() {
                    match (node, class_of(node)) {
                        (Node::Times { least, most, greedy: true, .. }, Some(class)) => {
                            let mut next = Next::default();
                            let over = row[at + 1..].iter().all(|node| begin(node, &mut next));
                            let ours = Next { ascii: class.ascii(), wide: class.has_wide(), end: false };
                            let way = match over {
                                true => self.most(Next::ANYTHING),
                                false if ours.meets(&next) => self.most(next),
                                false => Way::All,
                            };
                            self.put_run(class.into_owned(), *least, *most, way);
                        }
                        _ => self.put(node)?,
                    }
                }
            }
            Node::Choice(choices) => self.put_choice(choices)?,
            Node::Times { node, least, most, greedy } => self.put_times(node, *least, *most, *greedy)?,
        }
        Some(())
    }

    fn class(&mut self, class: Class) -> usize {
        self.classes.push(class);
        self.classes.len() - 1
    }

    /// A step that is filled in later.
    fn hole(&mut self) -> usize {
        self.steps.push(Step::Done);
        self.steps.len() - 1
    }

    fn put_choice(&mut self, choices: &[Node]) -> Option<()> {
        if choices.len() <= FEW {
            return self.put_few(choices);
        }
        let switch = self.hole();
        let mut branches = Vec::with_capacity(choices.len());
        let mut ends = Vec::with_capacity(choices.len());
        for choice in choices {
            branches.push((first_of(choice), self.steps.len()));
            self.put(choice)?;
            ends.push(self.hole());
        }
        let after = self.steps.len();
        for end in ends {
            self.steps[end] = Step::Jump(after);
        }
        self.switches.push(Switch::of(&branches));
        self.steps[switch] = Step::Switch(self.switches.len() - 1);
        Some(())
    }

    fn most(&mut self, follows: Next) -> Way {
        self.nexts.push(follows);
        Way::Most(self.nexts.len() - 1)
    }

    fn put_run(&mut self, class: Class, least: u32, most: Option<u32>, way: Way) {
        let class = self.class(class);
        self.steps.push(Step::Run { class, least, most: most.unwrap_or(u32::MAX), way });
    }

    /// Choices one after the other: for few of them a switch is not worth its room.
    fn put_few(&mut self, choices: &[Node]) -> Option<()> {
        let Some((last, others)) = choices.split_last() else { return Some(()) };
        let mut ends = Vec::with_capacity(others.len());
        for choice in others {
            let turn = self.hole();
            self.put(choice)?;
            ends.push(self.hole());
            self.nexts.push(first_of(choice));
            let second = self.steps.len();
            self.steps[turn] = Step::If { next: self.nexts.len() - 1, first: turn + 1, second };
        }
        self.put(last)?;
        let after = self.steps.len();
        for end in ends {
            self.steps[end] = Step::Jump(after);
        }
        Some(())
    }

    fn put_times(&mut self, node: &Node, least: u32, most: Option<u32>, greedy: bool) -> Option<()> {
        if let Some(class) = single(node) {
            let way = if greedy { self.most(Next::ANYTHING) } else { Way::Least };
            self.put_run(class.into_owned(), least, most, way);
            return Some(());
        }
        for _ in 0..least {
            self.put(node)?;
        }
        let first = first_of(node);
        let peeks = greedy && first != Next::ANYTHING;
        if peeks {
            self.nexts.push(first);
        }
        let next = self.nexts.len().saturating_sub(1);
        let turn = |go: usize, stop: usize| match (peeks, greedy) {
            (true, _) => Step::If { next, first: go, second: stop },
            (false, true) => Step::Either(go, stop),
            (false, false) => Step::Either(stop, go),
        };
        let Some(most) = most else {
            let begin = self.hole();
            self.put(node)?;
            self.steps.push(Step::Jump(begin));
            self.steps[begin] = turn(begin + 1, self.steps.len());
            return Some(());
        };
        let mut turns = Vec::new();
        for _ in least..most {
            turns.push(self.hole());
            self.put(node)?;
        }
        let after = self.steps.len();
        for at in turns {
            self.steps[at] = turn(at + 1, after);
        }
        Some(())
    }
}

/// The class that `node` takes a run of, if it does.
fn class_of<'n>(node: &'n Node<'_>) -> Option<Cow<'n, Class>> {
    let Node::Times { node, .. } = node else { return None };
    single(node)
}

/// The class of a node that is one character.
fn single<'n>(node: &'n Node<'_>) -> Option<Cow<'n, Class>> {
    match node {
        Node::Class(class) => Some(Cow::Borrowed(class)),
        Node::Words(words) => words.chars().next().filter(|first| words.len() == first.len_utf8()).map(|only| {
            let mut class = Class::default();
            class.add(only, only);
            Cow::Owned(class)
        }),
        _ => None,
    }
}

/// What a match of `node` can begin with; anything, where it can be empty.
pub(super) fn first_of(node: &Node) -> Next {
    let mut first = Next::default();
    if begin(node, &mut first) { Next::ANYTHING } else { first }
}

/// Adds what a match of `node` can begin with; says whether it can be over before it begins.
fn begin(node: &Node, first: &mut Next) -> bool {
    match node {
        Node::Words(words) => {
            match words.as_bytes().first() {
                Some(&byte @ ..128) => first.ascii |= 1 << byte,
                Some(_) => first.wide = true,
                None => return true,
            }
            false
        }
        Node::Class(class) => {
            first.add(&Next { ascii: class.ascii(), wide: class.has_wide(), end: false });
            false
        }
        Node::Look(_) => true,
        Node::Group(_, node) => begin(node, first),
        Node::Row(row) => row.iter().all(|node| begin(node, first)),
        // Every choice has its say, also after one that may be empty.
        Node::Choice(choices) => choices.iter().filter(|node| begin(node, first)).count() > 0,
        Node::Times { node, least, .. } => begin(node, first) || *least == 0,
    }
}
