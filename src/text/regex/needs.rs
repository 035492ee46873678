//! What a text must hold, at least, for a pattern to match it: runs of characters, all of them or one of several.

use crate::text::regex::syntax::{Look, Node};
use crate::text::runs::{Run, Runs, SPACE, Sign, is_of_word, sign};
use serde::{Deserialize, Serialize};

/// No more runs than these are asked for at one place: a few of them tell as much as all.
const MOST_RUNS: usize = 4;
/// A pattern with more choices than these is looked for at once.
const MOST_CHOICES: usize = 600;

/// What a text must hold.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Needs {
    /// All of these runs.
    Runs(Box<[Run]>),
    /// All of these.
    All(Box<[Needs]>),
    /// One of these.
    One(Choices),
}

/// Several needs of which one is enough.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Choices {
    /// One run of each, side by side, as most texts do not even hold that.
    leads: Vec<Run>,
    /// What else each needs, if anything.
    rests: Vec<Option<Needs>>,
    /// Those that need no single run.
    others: Vec<Needs>,
}

impl Needs {
    /// What every text must hold that `node` matches; `None` where nothing can be said.
    pub(super) fn of(node: &Node) -> Option<Self> {
        let needs = in_place(node, Reading::default(), &Tail::default())?;
        (needs.size() <= MOST_CHOICES).then_some(needs)
    }

    /// Whether a text with these runs may hold it. Where it may not, the pattern does not match.
    pub(super) fn may_be_in(&self, runs: &Runs) -> bool {
        match self {
            Needs::Runs(needed) => needed.iter().all(|&run| runs.may_hold(run)),
            Needs::All(all) => all.iter().all(|needs| needs.may_be_in(runs)),
            Needs::One(choices) => {
                let mut led = choices.leads.iter().zip(&choices.rests).filter(|&(&lead, _)| runs.may_hold(lead));
                led.any(|(_, rest)| rest.as_ref().is_none_or(|needs| needs.may_be_in(runs)))
                    || choices.others.iter().any(|needs| needs.may_be_in(runs))
            }
        }
    }

    fn size(&self) -> usize {
        match self {
            Needs::Runs(_) => 1,
            Needs::All(parts) => parts.iter().map(Needs::size).sum(),
            Needs::One(choices) => choices.leads.len() + choices.others.iter().map(Needs::size).sum::<usize>(),
        }
    }

    /// One of these.
    fn one(all: Vec<Self>) -> Self {
        let mut choices = Choices::default();
        for needs in all {
            choices.add(needs);
        }
        Needs::One(choices)
    }
}

impl Choices {
    fn add(&mut self, needs: Needs) {
        match needs {
            Needs::Runs(runs) => self.lead(&runs, Vec::new()),
            Needs::All(parts) => {
                let mut parts = parts.into_vec();
                let led = parts.iter().position(|part| matches!(part, Needs::Runs(_))).map(|at| parts.remove(at));
                match led {
                    Some(Needs::Runs(runs)) => self.lead(&runs, parts),
                    _ => self.others.push(Needs::All(parts.into())),
                }
            }
            Needs::One(choices) => {
                self.leads.extend(choices.leads);
                self.rests.extend(choices.rests);
                self.others.extend(choices.others);
            }
        }
    }

    fn lead(&mut self, runs: &[Run], mut rest: Vec<Needs>) {
        let Some((&lead, more)) = runs.split_first() else { return };
        if !more.is_empty() {
            rest.insert(0, Needs::Runs(more.into()));
        }
        self.leads.push(lead);
        self.rests.push(if rest.len() < 2 { rest.pop() } else { Some(Needs::All(rest.into())) });
    }
}

/// What stands straight after a part.
#[derive(Clone, Default)]
struct Tail {
    /// Whether a word begins or ends between.
    border: bool,
    /// The first characters.
    signs: Vec<Sign>,
}

/// What `node` needs, where this has been read straight before it and that comes straight after it.
fn in_place(node: &Node, before: Reading, after: &Tail) -> Option<Needs> {
    let mut row = Vec::new();
    flatten(node, &mut row);
    let mut reading = before;
    for (at, node) in row.iter().enumerate() {
        let tail = || tail_of(row.get(at + 1..).unwrap_or_default(), after);
        match node {
            Node::Words(words) => words.chars().for_each(|c| reading.take(sign(c))),
            Node::Class(class) => {
                if let Some(sign) = class.sign() {
                    reading.take(sign);
                } else {
                    let few: Option<Vec<Node>> =
                        class.few().map(|few| few.into_iter().map(|one| Node::Words(one.into())).collect());
                    reading.choose(few.as_deref(), &tail());
                }
            }
            // What stands before the first character is as good as a space.
            Node::Look(Look::Start | Look::End | Look::Border | Look::AsciiBorder) => reading.stand_at_border(),
            Node::Choice(choices) => reading.choose(Some(choices), &tail()),
            Node::Times { node, least, most, .. } => reading.repeat(node, *least, *most, &tail()),
            Node::Look(Look::NoBorder) | Node::Group(..) | Node::Row(_) => {}
        }
    }
    if after.border {
        reading.stand_at_border();
    }
    after.signs.iter().for_each(|&sign| reading.take(sign));
    reading.end();
    match reading.all.len() {
        0 => None,
        1 => reading.all.pop(),
        _ => {
            // What is told soonest comes first.
            reading.all.sort_by_key(|needs| !matches!(needs, Needs::Runs(_)));
            Some(Needs::All(reading.all.into()))
        }
    }
}

/// What a row begins with, and what comes after it where it is over.
fn tail_of(row: &[&Node], after: &Tail) -> Tail {
    let mut tail = Tail::default();
    for node in row {
        match node {
            Node::Look(Look::End | Look::Border | Look::AsciiBorder) if tail.signs.is_empty() => tail.border = true,
            Node::Words(words) => tail.signs.extend(words.chars().take(2).map(sign)),
            Node::Class(class) => match class.sign() {
                Some(sign) => tail.signs.push(sign),
                None => return tail,
            },
            _ => return tail,
        }
        if tail.signs.len() > 1 {
            tail.signs.truncate(2);
            return tail;
        }
    }
    if tail.signs.is_empty() {
        return Tail { border: tail.border || after.border, signs: after.signs.clone() };
    }
    // A border after the first of two would have to be told apart.
    if !after.border {
        tail.signs.extend(after.signs.iter().take(1));
    }
    tail
}

/// The parts of a row, those of rows within it too.
fn flatten<'n, 'p>(node: &'n Node<'p>, row: &mut Vec<&'n Node<'p>>) {
    match node {
        Node::Row(nodes) => nodes.iter().for_each(|node| flatten(node, row)),
        Node::Group(_, node) => flatten(node, row),
        node => row.push(node),
    }
}

/// What has been read of a row.
#[derive(Clone, Default)]
struct Reading {
    all: Vec<Needs>,
    /// Characters in a row, and before which of them a word begins or ends.
    signs: Vec<Sign>,
    borders: Vec<usize>,
    /// Whether a word begins or ends here, where no character has been read.
    border: bool,
}

impl Reading {
    fn take(&mut self, sign: Sign) {
        if self.signs.is_empty() && self.border {
            self.borders.push(0);
        }
        self.border = false;
        self.signs.push(sign);
    }

    fn stand_at_border(&mut self) {
        if self.signs.is_empty() {
            self.border = true;
        } else {
            self.borders.push(self.signs.len());
        }
    }

    /// One of several stands here; `None` for anything.
    fn choose(&mut self, choices: Option<&[Node]>, tail: &Tail) {
        let head = self.head();
        self.end();
        let needs: Option<Vec<Needs>> =
            choices.and_then(|choices| choices.iter().map(|choice| in_place(choice, head.clone(), tail)).collect());
        self.all.extend(needs.map(Needs::one));
    }

    /// The last characters that were read, for what goes on from them.
    fn head(&self) -> Self {
        let skipped = self.signs.len().saturating_sub(2);
        let borders = self.borders.iter().filter_map(|border| border.checked_sub(skipped));
        Self {
            all: Vec::new(),
            signs: self.signs.iter().skip(skipped).copied().collect(),
            borders: borders.collect(),
            border: self.border,
        }
    }

    fn repeat(&mut self, node: &Node, least: u32, most: Option<u32>, tail: &Tail) {
        let one = match node {
            Node::Class(class) => class.sign(),
            Node::Words(words) => words.chars().next().filter(|c| words.len() == c.len_utf8()).map(sign),
            _ => None,
        };
        match one {
            // "m ?/": with it or without.
            Some(_) if (least, most) == (0, Some(1)) => self.choose(Some(&[node.clone(), Node::Row(Vec::new())]), tail),
            Some(sign) => {
                (0..least.min(8)).for_each(|_| self.take(sign));
                if most != Some(least) || least > 8 {
                    self.end();
                    // What follows comes after as many of them, and where that is none, after who knows what.
                    (0..least.min(8)).for_each(|_| self.take(sign));
                }
            }
            None if least == 0 => self.end(),
            // The first of them comes after what was read, and only where there is one alone, what follows comes after it.
            None if most == Some(1) => self.choose(Some(std::slice::from_ref(node)), tail),
            None => self.choose(Some(std::slice::from_ref(node)), &Tail::default()),
        }
    }

    /// The characters in a row end here.
    fn end(&mut self) {
        let signs = std::mem::take(&mut self.signs);
        let borders = std::mem::take(&mut self.borders);
        self.border = false;
        let sign = |at: usize| signs.get(at).copied();
        let mut runs: Vec<(u32, Run)> = Vec::new();
        for three in signs.windows(3) {
            if let &[a, b, c] = three {
                runs.push((commonness(&[a, b, c]), Run::of(a, b, c)));
            }
        }
        runs.extend(signs.windows(2).filter_map(|two| match two {
            &[a, b] => Some((commonness(&[a, b]), Run::pair(a, b)?)),
            _ => None,
        }));
        runs.extend(signs.iter().filter_map(|&sign| Some((commonness(&[sign]), Run::alone(sign)?))));
        // Borders stand where one was asked for, and between a word and what is none.
        let asked = |at: usize| borders.contains(&at);
        for (at, &this) in signs.iter().enumerate().filter(|&(_, &this)| is_of_word(this)) {
            let (before, after) = (at.checked_sub(1).and_then(sign), sign(at + 1));
            let begins = asked(at) || before.is_some_and(|before| !is_of_word(before));
            let ends = asked(at + 1) || after.is_some_and(|after| !is_of_word(after));
            if begins && (ends || after.is_some()) {
                let next = if ends { SPACE } else { after.unwrap_or(SPACE) };
                runs.push((commonness(&[this, next]), Run::begins(this, next)));
            }
            if ends && (begins || before.is_some()) {
                let last = if begins { SPACE } else { before.unwrap_or(SPACE) };
                runs.push((commonness(&[last, this]), Run::ends(last, this)));
            }
        }
        runs.sort_unstable();
        runs.dedup();
        if !runs.is_empty() {
            self.all.push(Needs::Runs(runs.into_iter().take(MOST_RUNS).map(|(_, run)| run).collect()));
        }
    }
}

/// How common characters are, together: the rarest tell most.
fn commonness(signs: &[Sign]) -> u32 {
    const COMMON: &[u8] = b"etaoinsrhldcumfpgwybvkxjqz";
    let of = |sign: Sign| match sign {
        SPACE => 24,
        1..=26 => {
            let place = COMMON.iter().position(|&letter| letter - b'a' + 1 == sign);
            26 - u32::try_from(place.unwrap_or(26)).unwrap_or(26)
        }
        _ => 2,
    };
    // The beginning or the end of a word tells less than three characters.
    signs.iter().map(|&sign| of(sign)).sum::<u32>() + if signs.len() < 3 { 14 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::regex::syntax;

    fn check(pattern: &str, held: &[&str], not: &[&str]) {
        let (node, _) = syntax::read(pattern).expect("a pattern");
        let needs = Needs::of(&node).expect("needs");
        for text in held {
            assert!(needs.may_be_in(&Runs::of(text)), "{pattern} in {text}");
        }
        for text in not {
            assert!(!needs.may_be_in(&Runs::of(text)), "{pattern} in {text}");
        }
    }

    #[test]
    fn tells_where_a_pattern_cannot_match() {
        check(
            r"(?i)speech[ -]therap(?:y|ist)",
            &["Speech-therapy", "his speech therapist"],
            &["speech", "a therapist"],
        );
        check(r"\b(?:he|she|they)\b", &["He will", "and she"], &["the", "shell", "there hence"]);
        check(
            r"\b(?:sections?|section f) is\b",
            &["Sections is", "section f is"],
            &["section", "section has", "sections island"],
        );
        check(r"\b[0-9]{1,2}/[0-9]{4}\b", &["1/2025", "the 12/2024."], &["1/25", "12-2024", "and/or"]);
        check("m ?/ ?f|x{3,}", &["m / f", "xxx"], &["mf", "xx x"]);
        check("(?:a|the) cat['\u{2019}]s", &["the cat\u{2019}s", "a cat's"], &["cats", "some cat's"]);
        check(r"^(?:outcomes?|aims?) \(\W*\)$", &["aims ()", "outcome ( )"], &["aims", "outcomes"]);
    }

    #[test]
    fn says_nothing_of_what_can_be_anything() {
        for pattern in ["", r"\w*", "a?", "(?:abc|.)", r"[^a]{3}", "abc|"] {
            let pattern = pattern.replace(r"\w", "[a-z]");
            let (node, _) = syntax::read(&pattern).expect("a pattern");
            assert!(Needs::of(&node).is_none(), "{pattern}");
        }
    }
}
