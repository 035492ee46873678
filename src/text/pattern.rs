//! A small pattern language over tokens, in which lexicons and rules are written.
//!
//! A pattern is a row of words: `access to`. It may hold
//! `<class>` a class of the lexicon, `(a|b c)` a choice, `word?` or `(…)?` something optional,
//! `..3` up to three words between, `stem*` any word that begins so,
//! `#` a number, `#clock`, `#date`, `#money`, `#name` (a capital), `~(` and `~)` brackets, other marks as themselves.
//! Hyphens count as spaces. A gap never crosses `|`, a full stop, a semicolon, a colon or a bracket.

use crate::text::automaton::{Automaton, Known, Position, Rests, State};
use crate::text::element::{self, Element, Sequence};
use crate::text::first::First;
use crate::text::flat::{Flat, Layout, Part, View};
use crate::text::lacked::{Lacked, PatternNumber};
use crate::text::phrase::{ClassNumber, Phrase};
use crate::text::prepared::Prepared;
use crate::text::token::{Shape, Token};
use crate::text::tree::{self, Tree};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, MutexGuard};
use thiserror::Error;

/// A pattern that cannot be read.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{what} in the pattern “{pattern}”")]
pub(crate) struct PatternError {
    pattern: String,
    what: String,
}

/// Named classes of patterns, and patterns that use them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grammar {
    names: BTreeMap<String, usize>,
    classes: Vec<Class>,
    /// Classes that are ready.
    prepared: Option<&'static Prepared>,
}

/// A list of patterns, any of which may match.
#[derive(Clone, Default)]
pub(crate) struct Class {
    /// What its matches begin with: most words begin none.
    first: First,
    /// The patterns, by what they begin with.
    tree: Place,
    /// What has been found out about them.
    automaton: Automaton,
    /// By which it is remembered what begins none of them.
    words: ClassNumber,
    /// By which texts remember that they lack them.
    number: PatternNumber,
}

/// A tree that is laid out.
#[derive(Clone, Default)]
enum Place {
    /// There is none.
    #[default]
    Nowhere,
    /// In the binary.
    Standing(&'static Flat, usize),
    /// Made when a file was read.
    Made(Arc<Flat>, usize),
}

impl Grammar {
    /// A grammar for which some classes are ready, whether any or no pattern is found among them.
    pub(crate) fn with(prepared: &'static Prepared) -> Self {
        Self { prepared: Some(prepared), ..Self::default() }
    }

    /// Adds a class. Classes that its patterns name must have been added before: so nothing can go in circles.
    pub(crate) fn add<'a, P>(&mut self, name: &str, patterns: P) -> Result<(), PatternError>
    where
        P: IntoIterator<Item = &'a str> + Clone,
    {
        let class = self.class(patterns)?;
        self.names.insert(name.to_owned(), self.classes.len());
        self.classes.push(class);
        Ok(())
    }

    /// The class of this name.
    pub(crate) fn named(&self, name: &str) -> Option<&Class> {
        self.classes.get(*self.names.get(name)?)
    }

    /// Reads a list of patterns that use this grammar's classes, unless it is ready.
    pub(crate) fn class<'a, P>(&self, patterns: P) -> Result<Class, PatternError>
    where
        P: IntoIterator<Item = &'a str> + Clone,
    {
        if let Some(class) = self.prepared.and_then(|prepared| prepared.class(patterns.clone())) {
            return Ok(class);
        }
        let (first, tree) = self.read(patterns)?;
        let mut layout = Layout::default();
        let at = layout.tree(&tree) as usize;
        Ok(Class { first, tree: Place::Made(Arc::new(layout.done()), at), ..Class::default() })
    }

    /// Reads a list of patterns: what a match begins with, and the patterns by what they begin with.
    pub(crate) fn read<'a>(&self, patterns: impl IntoIterator<Item = &'a str>) -> Result<(First, Tree), PatternError> {
        let (mut first, mut tree) = (First::default(), Tree::default());
        for pattern in patterns {
            let elements = self.parse(pattern)?;
            if self.begin(&elements, &mut first) {
                first.anything();
            }
            for row in tree::opened(elements) {
                tree.insert(row);
            }
        }
        first.settle();
        tree.settle();
        Ok((first, tree))
    }

    /// Adds what a match of `elements` can begin with; says whether it can be over before it begins.
    fn begin(&self, elements: &[Element], first: &mut First) -> bool {
        elements.iter().all(|element| match element {
            Element::Word(key, _) => first.word(*key),
            Element::OneOf(words) => words.iter().any(|(key, _)| first.word(*key)),
            Element::Stem(stem) => first.stem(stem),
            Element::Shape(shape) => first.shape(*shape),
            Element::Name => first.name(),
            Element::Gap(_) => first.anything(),
            Element::Class(index) => self.classes.get(*index).is_some_and(|class| {
                first.add(&class.first);
                false
            }),
            Element::Choice(tree) => self.begin_tree(tree, first),
            Element::Optional(tree) => {
                self.begin_tree(tree, first);
                true
            }
        })
    }

    /// The same of one of several rows.
    fn begin_tree(&self, tree: &Tree, first: &mut First) -> bool {
        let mut over = tree.over;
        for ((key, _), _) in &tree.words {
            first.word(*key);
        }
        // Every choice has its say, also after one that may be empty.
        for (element, rest) in &tree.others {
            over |= self.begin(std::slice::from_ref(element), first) && self.begin_tree(rest, first);
        }
        over
    }

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

    /// The same in words of which it is remembered what they lack.
    pub(crate) fn find_all_again(&self, class: &Class, words: Phrase<'_>, lacked: &Lacked) -> Vec<(usize, usize)> {
        if lacked.has(&class.number) {
            return Vec::new();
        }
        let found = self.find_all(class, words);
        if found.is_empty() {
            lacked.add(&class.number);
        }
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
        if words.lacks(&class.words) {
            return;
        }
        let mut known = None;
        let mut free = 0;
        for (at, token) in words.tokens.iter().enumerate() {
            if at < free || !class.may_begin(token) {
                continue;
            }
            let known = known.get_or_insert_with(|| class.known());
            if let Some(end) = self.longest_known(class, known, words.tokens, at) {
                free = end;
                if !found(at, end) {
                    return;
                }
            }
        }
    }

    /// The longest match, by what is known of the class.
    fn longest_known(&self, class: &Class, known: &mut Known, tokens: &[Token], at: usize) -> Option<usize> {
        let (mut state, mut end) = (State::BEGIN, None);
        for (index, token) in tokens.iter().enumerate().skip(at).take(LONGEST) {
            state = match known.after(state, token.number) {
                Some(next) => next,
                None => known.find(state, token.number, |from, rests| self.after(class, from, token, rests)),
            };
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

    /// Where patterns stand after a token, and whether one can end there.
    fn after(&self, class: &Class, from: &[Position], token: &Token, rests: &mut Rests) -> (Vec<Position>, bool) {
        let mut after = Vec::new();
        for &position in from {
            self.go_on(class, position, token, rests, &mut after);
        }
        let over = after.iter().any(|&position| self.is_over(class, position, rests));
        (after, over)
    }

    /// Adds where a pattern that stands at `at` stands after a token.
    fn go_on(&self, class: &Class, at: Position, token: &Token, rests: &mut Rests, after: &mut Vec<Position>) {
        let Some(view) = self.view(class, at) else { return };
        if at.gap > 0 && !stops_gap(token) {
            after.push(Position { gap: at.gap - 1, ..at });
        }
        let node = view.node(at.tree);
        if node.over
            && let Some(rest) = at.rest.and_then(|rest| rests.kept(rest))
        {
            self.go_on(class, rest, token, rests, after);
        }
        if let Some(held) = view.word(node, token) {
            after.push(Position { tree: view.after(node, held), gap: 0, ..at });
        }
        for (part, rest) in view.others(node) {
            let behind = Position { tree: rest, gap: 0, ..at };
            match part {
                Part::Gap(gap) => self.go_on(class, Position { gap, ..behind }, token, rests, after),
                Part::Class(index) => {
                    let inner = self.classes.get(index).filter(|inner| inner.first.admits(token));
                    if let Some((_, tree)) = inner.and_then(|inner| inner.tree.view()) {
                        let rest = Some(rests.keep(behind));
                        self.go_on(class, Position { class: Some(index), tree, gap: 0, rest }, token, rests, after);
                    }
                }
                Part::Choice(tree) | Part::Optional(tree) => {
                    let rest = Some(rests.keep(behind));
                    self.go_on(class, Position { tree, rest, ..behind }, token, rests, after);
                    if let Part::Optional(_) = part {
                        self.go_on(class, behind, token, rests, after);
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

    /// Whether a pattern that stands at `at` can end there.
    fn is_over(&self, class: &Class, at: Position, rests: &mut Rests) -> bool {
        let Some(view) = self.view(class, at) else { return false };
        let node = view.node(at.tree);
        let over = node.over
            && match at.rest {
                Some(rest) => rests.kept(rest).is_some_and(|rest| self.is_over(class, rest, rests)),
                None => true,
            };
        over || view.others(node).any(|(part, rest)| {
            let behind = Position { tree: rest, gap: 0, ..at };
            match part {
                Part::Gap(_) | Part::Optional(_) => self.is_over(class, behind, rests),
                Part::Choice(tree) => {
                    let rest = Some(rests.keep(behind));
                    self.is_over(class, Position { tree, rest, ..behind }, rests)
                }
                _ => false,
            }
        })
    }

    /// What the tree of a position is read from.
    fn view<'c>(&'c self, class: &'c Class, at: Position) -> Option<View<'c>> {
        let of = at.class.map_or(Some(class), |index| self.classes.get(index))?;
        of.tree.view().map(|(view, _)| view)
    }

    fn parse(&self, pattern: &str) -> Result<Sequence, PatternError> {
        let fail = |what: String| PatternError { pattern: pattern.to_owned(), what };
        let elements = element::read(pattern, &|name| self.names.get(name).copied()).map_err(fail)?;
        if elements.iter().all(|element| matches!(element, Element::Gap(_) | Element::Optional(_))) {
            return Err(fail("there is no word that must stand there".to_owned()));
        }
        Ok(elements)
    }
}

impl Class {
    /// A class that stands in the binary.
    pub(crate) fn standing(first: First, flat: &'static Flat, tree: usize) -> Self {
        Self { first, tree: Place::Standing(flat, tree), ..Self::default() }
    }

    /// Whether a match may begin with `token`.
    fn may_begin(&self, token: &Token) -> bool {
        self.words.may_begin(token.number, || self.first.admits(token))
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.automaton.known(self.tree.view().map_or(0, |(_, tree)| tree))
    }
}

impl Place {
    fn view(&self) -> Option<(View<'_>, usize)> {
        match self {
            Self::Nowhere => None,
            Self::Standing(flat, at) => Some((flat.view(), *at)),
            Self::Made(flat, at) => Some((flat.view(), *at)),
        }
    }
}

/// Its patterns are hundreds of lines; tests write them all, to compare.
impl fmt::Debug for Class {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[cfg(test)]
        {
            let mut written = String::new();
            if let Some((view, at)) = self.tree.view() {
                view.written(at, &mut written);
            }
            let origin = if let Place::Made(..) = self.tree { "made" } else { "ready" };
            write!(out, "Class:{origin} {:?} {written}", self.first)
        }
        #[cfg(not(test))]
        out.debug_struct("Class").finish_non_exhaustive()
    }
}

/// No pattern reaches further than so many tokens.
const LONGEST: usize = 127;

/// Whether a token is what an element of one token asks for.
fn is_it(view: View<'_>, part: Part<'_>, token: &Token) -> bool {
    match part {
        Part::OneOf(words) => view.holds(words, token),
        Part::Stem(stem) => token.shape == Shape::Word && token.text.starts_with(stem),
        Part::Shape(shape) => token.shape == shape,
        Part::Name => token.shape == Shape::Word && token.capital,
        Part::Class(_) | Part::Gap(_) | Part::Choice(_) | Part::Optional(_) => false,
    }
}

fn stops_gap(token: &Token) -> bool {
    matches!(token.text.as_str(), "|" | "." | ";" | ":" | "(" | ")" | "?" | "!")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token::tokens;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// Where the tree at `tree` can end that begins at token `at`: every branch tried, nothing remembered.
    fn ends(grammar: &Grammar, view: View<'_>, tree: usize, tokens: &[Token], at: usize) -> BTreeSet<usize> {
        let node = view.node(tree);
        let mut found: BTreeSet<usize> = node.over.then_some(at).into_iter().collect();
        let token = tokens.get(at);
        if let Some(held) = token.and_then(|token| view.word(node, token)) {
            found.extend(ends(grammar, view, view.after(node, held), tokens, at + 1));
        }
        for (part, rest) in view.others(node) {
            let places: BTreeSet<usize> = match part {
                Part::Gap(most) => {
                    let goes_on = |at: &usize| tokens.get(*at).is_some_and(|token| !stops_gap(token));
                    (at..=at + (at..at + most).take_while(goes_on).count()).collect()
                }
                Part::Class(index) => {
                    let (view, tree) = grammar.classes[index].tree.view().expect("a tree");
                    ends(grammar, view, tree, tokens, at)
                }
                Part::Choice(tree) => ends(grammar, view, tree, tokens, at),
                Part::Optional(tree) => ends(grammar, view, tree, tokens, at).into_iter().chain([at]).collect(),
                part => token.filter(|token| is_it(view, part, token)).map(|_| at + 1).into_iter().collect(),
            };
            found.extend(places.into_iter().flat_map(|at| ends(grammar, view, rest, tokens, at)));
        }
        found
    }

    const PATTERNS: &[&str] = &[
        "access to",
        "# times <per> <unit>",
        "(a|each) ..2 (unit|<unit>)",
        "<count> ..1 <per>? <unit>",
        "week ..3",
        "(a? b?)? day",
        "..2 week",
        "#name ..1 (will|<many> (a|b c)?)",
        "te* (a|per)?",
        "(half|#|a (b|<unit>)) term",
        "a <unit>? ..2 <unit> .",
    ];

    proptest! {
        #[test]
        fn what_is_remembered_is_what_is_found_anew(
            text in "((a|b|c|per|each|day|week|half|term|Week|Anna|will|teas|3|times|access|to|unit|[.]|,) ){0,14}"
        ) {
            let mut grammar = Grammar::default();
            grammar.add("unit", ["day", "week", "half term"]).expect("unit");
            grammar.add("per", ["a", "per", "each"]).expect("per");
            grammar.add("many", ["#", "a", "b", "half (a|b)"]).expect("many");
            grammar.add("count", ["<many>", "<many> (to|,)? <many>"]).expect("count");
            let all = PATTERNS.iter().map(|pattern| vec![*pattern]).chain([PATTERNS.to_vec()]);
            let tokens = tokens(&text);
            for patterns in all {
                let class = grammar.class(patterns.clone()).expect("patterns");
                let (view, tree) = class.tree.view().expect("a tree");
                // Twice: the second time all is remembered.
                for at in (0..tokens.len()).chain(0..tokens.len()) {
                    let expected = ends(&grammar, view, tree, &tokens, at).last().copied().filter(|&end| end > at);
                    prop_assert_eq!(grammar.longest(&class, &tokens, at), expected, "{:?} at {}", patterns, at);
                }
            }
        }
    }

    fn check(pattern: &str, text: &str, expected: Option<&str>) {
        let mut grammar = Grammar::default();
        grammar.add("unit", ["day", "week", "half term"]).expect("unit");
        grammar.add("per", ["a", "per", "each"]).expect("per");
        let class = grammar.class([pattern]).expect("pattern");
        let tokens = tokens(text);
        let found = grammar
            .find_all(&class, &tokens)
            .first()
            .map(|&(from, to)| &text[tokens[from].span.start..tokens[to - 1].span.end]);
        assert_eq!(found, expected, "{pattern} on {text}");
    }

    #[test]
    fn matches_words_classes_gaps_and_choices() {
        check("access to", "He has Access\u{a0}to it", Some("Access\u{a0}to"));
        check("# times <per> <unit>", "2 times a half-term", Some("2 times a half-term"));
        check(
            "# ..2 sessions <per> ..1 <unit>",
            "3 short taught sessions each school week",
            Some("3 short taught sessions each school week"),
        );
        check(
            "as (advised|directed) by ..2 therap*",
            "as directed by the speech therapist",
            Some("as directed by the speech therapist"),
        );
        check("regular(ly)?", "regular", Some("regular"));
        check("small? group", "a group", Some("group"));
        check("by ..3 staff", "by Monday. The staff", None);
        check("mr #name", "Mr Fell", Some("Mr Fell"));
        check("1:1", "1:1 help", Some("1:1"));
        check("~( # ~)", "group (4) of", Some("(4)"));
        check("access to", "accessory", None);
    }

    #[test]
    fn refuses_what_cannot_match_sensibly() {
        for pattern in ["", "..3", "a?", "<nothing>", "(a", "a)", "..x"] {
            assert!(Grammar::default().class([pattern]).is_err(), "{pattern}");
        }
    }
}
