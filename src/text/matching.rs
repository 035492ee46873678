//! Matching: where the patterns of a class stand in a row of tokens.

use crate::text::automaton::{Known, Patterns, Position, Rests, State};
use crate::text::first::First;
use crate::text::flat::{Part, View};
use crate::text::mask::Mask;
use crate::text::pattern::{Class, Grammar};
use crate::text::phrase::Phrase;
use crate::text::token::{Shape, Token};

/// No pattern reaches further than so many tokens.
const LONGEST: usize = 127;

impl Grammar {
    /// The longest match of `class` that begins at token `at`: the index after its last token.
    pub(crate) fn longest(&self, class: &Class, tokens: &[Token], at: usize) -> Option<usize> {
        class.may_begin(tokens.get(at)?).then(|| self.longest_known(class, &mut class.known(), tokens, at)).flatten()
    }

    /// Every match of `class`, leftmost and longest first, none inside another: `[first token, token after)`.
    pub(crate) fn find_all<'t>(&self, class: &Class, words: impl Into<Phrase<'t>>) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        self.look(class, words.into(), |from, to| {
            found.push((from, to));
            true
        });
        found
    }

    /// Whether `class` matches anywhere.
    pub(crate) fn matches<'t>(&self, class: &Class, words: impl Into<Phrase<'t>>) -> bool {
        let mut any = false;
        self.look(class, words.into(), |_, _| {
            any = true;
            false
        });
        any
    }

    /// Tells `found` of every match of `class`, for as long as it says to go on.
    fn look(&self, class: &Class, words: Phrase<'_>, mut found: impl FnMut(usize, usize) -> bool) {
        if let Some(told) = words.matches(self, class) {
            debug_assert!(told.clone().eq(self.alone(class, words.tokens)), "matched together and alone");
            let _ = told.into_iter().all(|(from, to)| found(from, to));
            return;
        }
        let _ = self.alone(class, words.tokens).all(|(from, to)| found(from, to));
    }

    /// Every match of `class`, looked for by itself.
    fn alone<'a>(&'a self, class: &'a Class, tokens: &'a [Token]) -> impl Iterator<Item = (usize, usize)> + 'a {
        let mut known = None;
        let mut free = 0;
        tokens.iter().enumerate().filter_map(move |(at, token)| {
            if at < free || !class.may_begin(token) {
                return None;
            }
            let known = known.get_or_insert_with(|| class.known());
            free = self.longest_known(class, known, tokens, at)?;
            Some((at, free))
        })
    }

    /// The longest match, by what is known of the class.
    fn longest_known(&self, class: &Class, known: &mut Known, tokens: &[Token], at: usize) -> Option<usize> {
        let own = class.tree()?.0;
        let (mut state, mut end) = (State::BEGIN, None);
        for (index, token) in tokens.iter().enumerate().skip(at).take(LONGEST) {
            state = self.step(own, &[], known, state, token);
            if state == State::NOWHERE {
                if index == at {
                    class.words.add(token.number);
                }
                break;
            }
            if known.is_over(state) {
                end = Some(index + 1);
            }
        }
        end
    }

    /// Tells of every match of classes that are matched together: the class, the first token, the token after the last. `own` is
    /// what their trees are read from, `firsts` what their matches begin with. Of two matches of a class none lies inside the other.
    pub(super) fn all_known(
        &self,
        own: View<'_>,
        firsts: &[First],
        known: &mut Known,
        tokens: &[Token],
        mut found: impl FnMut(u16, usize, usize),
    ) {
        // Classes that match from one place on, and where.
        let mut here: Vec<(u16, usize)> = Vec::new();
        // For each class that matched, the first token after it.
        let mut free: Vec<(u16, usize)> = Vec::new();
        for at in 0..tokens.len() {
            let mut state = State::BEGIN;
            for (index, token) in tokens.iter().enumerate().skip(at).take(LONGEST) {
                state = self.step(own, firsts, known, state, token);
                if state == State::NOWHERE {
                    break;
                }
                for &class in known.over(state) {
                    match here.iter_mut().find(|(known, _)| *known == class) {
                        Some((_, end)) => *end = index + 1,
                        None => here.push((class, index + 1)),
                    }
                }
            }
            for (class, end) in here.drain(..) {
                match free.iter_mut().find(|(known, _)| *known == class) {
                    Some((_, free)) if at < *free => continue,
                    Some((_, free)) => *free = end,
                    None => free.push((class, end)),
                }
                found(class, at, end);
            }
        }
    }

    /// Where a token leads from a state, by what is known, or else found out now. `firsts` tells what the matches of classes begin
    /// with, by their numbers; where it tells nothing, anything may come first.
    #[inline]
    fn step(&self, own: View<'_>, firsts: &[First], known: &mut Known, state: State, token: &Token) -> State {
        if let Some(next) = known.after(state, token) {
            return next;
        }
        known.find(state, token, &Standing { grammar: self, own, firsts })
    }

    /// Adds where a pattern that stands at `at` stands after a token.
    fn go_on(&self, own: View<'_>, at: Position, token: &Token, rests: &mut Rests, after: &mut Vec<Position>) {
        let Some(view) = self.view(own, at) else { return };
        if at.gap > 0 && !token.stops_gap() {
            after.push(Position { gap: at.gap - 1, ..at });
        }
        let node = view.node(at.tree);
        if node.over
            && let Some(rest) = at.rest.and_then(|rest| rests.kept(rest))
        {
            self.go_on(own, rest, token, rests, after);
        }
        if let Some(held) = view.word(node, token) {
            after.push(Position { tree: view.after(node, held), gap: 0, ..at });
        }
        for (part, rest) in view.others(node) {
            let behind = Position { tree: rest, gap: 0, ..at };
            match part {
                Part::Gap(gap) => self.go_on(own, Position { gap, ..behind }, token, rests, after),
                Part::Class(index) => {
                    let inner = self.class_at(index).filter(|inner| inner.first.admits(token));
                    if let Some((_, tree)) = inner.and_then(Class::tree) {
                        let rest = Some(rests.keep(behind));
                        let inner = Position { class: Some(index), tree, gap: 0, rest, ..at };
                        self.go_on(own, inner, token, rests, after);
                    }
                }
                Part::Choice(tree) | Part::Optional(tree) => {
                    let rest = Some(rests.keep(behind));
                    self.go_on(own, Position { tree, rest, ..behind }, token, rests, after);
                    if let Part::Optional(_) = part {
                        self.go_on(own, behind, token, rests, after);
                    }
                }
                part => {
                    if is_it(view, part, token) {
                        after.push(behind);
                    }
                }
            }
        }
    }

    /// Adds what a pattern that stands at `at` can go on with.
    fn admit(&self, own: View<'_>, at: Position, rests: &mut Rests, mask: &mut Mask) {
        let Some(view) = self.view(own, at) else { return };
        let node = view.node(at.tree);
        if node.over
            && let Some(rest) = at.rest.and_then(|rest| rests.kept(rest))
        {
            self.admit(own, rest, rests, mask);
        }
        view.keys(node.next_words()).for_each(|key| mask.word(key));
        for (part, rest) in view.others(node) {
            let behind = Position { tree: rest, gap: 0, ..at };
            match part {
                Part::Gap(_) => self.admit(own, behind, rests, mask),
                Part::Class(index) => self.class_at(index).into_iter().for_each(|inner| mask.class(&inner.first)),
                Part::Choice(tree) | Part::Optional(tree) => {
                    let rest = Some(rests.keep(behind));
                    self.admit(own, Position { tree, rest, ..behind }, rests, mask);
                    if let Part::Optional(_) = part {
                        self.admit(own, behind, rests, mask);
                    }
                }
                Part::OneOf(words) => view.keys(words).for_each(|key| mask.word(key)),
                Part::Stem(stem) => mask.stem(stem),
                Part::Shape(shape) => mask.shape(shape),
                Part::Name => mask.name(),
            }
        }
    }

    /// Whether a pattern that stands at `at` can end there.
    fn is_over(&self, own: View<'_>, at: Position, rests: &mut Rests) -> bool {
        let Some(view) = self.view(own, at) else { return false };
        let node = view.node(at.tree);
        let over = node.over
            && match at.rest {
                Some(rest) => rests.kept(rest).is_some_and(|rest| self.is_over(own, rest, rests)),
                None => true,
            };
        over || view.others(node).any(|(part, rest)| {
            let behind = Position { tree: rest, gap: 0, ..at };
            match part {
                Part::Gap(_) | Part::Optional(_) => self.is_over(own, behind, rests),
                Part::Choice(tree) => {
                    let rest = Some(rests.keep(behind));
                    self.is_over(own, Position { tree, rest, ..behind }, rests)
                }
                _ => false,
            }
        })
    }

    /// What the tree of a position is read from.
    fn view<'c>(&'c self, own: View<'c>, at: Position) -> Option<View<'c>> {
        match at.class {
            Some(index) => self.class_at(index)?.tree().map(|(view, _)| view),
            None => Some(own),
        }
    }
}

/// Patterns of a grammar that stand somewhere.
struct Standing<'g> {
    grammar: &'g Grammar,
    /// What their trees are read from.
    own: View<'g>,
    /// What the matches of classes begin with, by their numbers.
    firsts: &'g [First],
}

impl Patterns for Standing<'_> {
    fn go_on(&self, from: &[Position], first: bool, token: &Token, rests: &mut Rests, after: &mut Vec<Position>) {
        let begins = |of: u16| self.firsts.get(usize::from(of)).is_none_or(|first| first.admits(token));
        for &position in from.iter().filter(|position| !first || begins(position.of)) {
            self.grammar.go_on(self.own, position, token, rests, after);
        }
    }

    fn is_over(&self, at: Position, rests: &mut Rests) -> bool {
        self.grammar.is_over(self.own, at, rests)
    }

    fn admit(&self, at: Position, rests: &mut Rests, mask: &mut Mask) {
        self.grammar.admit(self.own, at, rests, mask);
    }
}

/// Whether a token is what an element of one token asks for.
pub(super) fn is_it(view: View<'_>, part: Part<'_>, token: &Token) -> bool {
    match part {
        Part::OneOf(words) => view.holds(words, token),
        Part::Stem(stem) => token.shape == Shape::Word && token.text.starts_with(stem),
        Part::Shape(shape) => token.shape == shape,
        Part::Name => token.shape == Shape::Word && token.capital,
        Part::Class(_) | Part::Gap(_) | Part::Choice(_) | Part::Optional(_) => false,
    }
}
