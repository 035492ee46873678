//! A small pattern language over tokens, in which lexicons and rules are written.
//!
//! A pattern is a row of words: `access to`. It may hold
//! `<class>` a class of the lexicon, `(a|b c)` a choice, `word?` or `(…)?` something optional,
//! `..3` up to three words between, `stem*` any word that begins so,
//! `#` a number, `#clock`, `#date`, `#money`, `#name` (a capital), `~(` and `~)` brackets, `~-` a dash between spaces, other marks as themselves.
//! Hyphens count as spaces. A gap never crosses `|`, a full stop, a semicolon, a colon or a bracket.

use crate::text::automaton::{Automaton, Known};
use crate::text::element::{self, Element, Sequence};
use crate::text::first::First;
use crate::text::flat::{Flat, Layout, View};
use crate::text::idle::ClassNumber;
use crate::text::prepared::Prepared;
use crate::text::together::{Matches, Number, Together};
use crate::text::token::Token;
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
    pub(super) prepared: Option<&'static Prepared>,
    /// Those of them that are matched together.
    together: Together,
}

/// A list of patterns, any of which may match.
#[derive(Clone, Default)]
pub(crate) struct Class {
    /// What its matches begin with: most words begin none.
    pub(super) first: First,
    /// The patterns, by what they begin with.
    tree: Place,
    /// What has been found out about them.
    automaton: Automaton,
    /// By which it is remembered what begins none of them.
    pub(super) words: ClassNumber,
    /// What it is among classes that are matched together.
    pub(super) number: Option<Number>,
}

/// A tree that is laid out.
#[derive(Clone, Default)]
enum Place {
    /// There is none.
    #[default]
    Nowhere,
    /// In the binary.
    Standing(&'static Flat, u32),
    /// Made when a file was read.
    Made(Arc<Flat>, u32),
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
        let class = self.read_or_ready(patterns)?;
        self.names.insert(name.to_owned(), self.classes.len());
        self.classes.push(class);
        Ok(())
    }

    /// The class of this name.
    pub(crate) fn named(&self, name: &str) -> Option<&Class> {
        let class = self.classes.get(*self.names.get(name)?)?;
        self.together.take_in(class);
        Some(class)
    }

    /// The class with this index.
    pub(super) fn class_at(&self, index: u16) -> Option<&Class> {
        self.classes.get(usize::from(index))
    }

    /// Reads a list of patterns that use this grammar's classes, unless it is ready.
    pub(crate) fn class<'a, P>(&self, patterns: P) -> Result<Class, PatternError>
    where
        P: IntoIterator<Item = &'a str> + Clone,
    {
        let class = self.read_or_ready(patterns)?;
        self.together.take_in(&class);
        Ok(class)
    }

    fn read_or_ready<'a, P>(&self, patterns: P) -> Result<Class, PatternError>
    where
        P: IntoIterator<Item = &'a str> + Clone,
    {
        if let Some(class) = self.prepared.and_then(|prepared| prepared.class(patterns.clone())) {
            return Ok(class);
        }
        let (first, tree) = self.read(patterns)?;
        let mut layout = Layout::default();
        let at = layout.tree(&tree);
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

    /// Where these classes match in these tokens, all of them told at once.
    pub(crate) fn matches_together(&self, tokens: &[Token]) -> Matches {
        let Some(prepared) = self.prepared else { return Matches::default() };
        self.together.matches(self, prepared, tokens)
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
    pub(crate) fn standing(number: Option<Number>, first: First, flat: &'static Flat, tree: u32) -> Self {
        Self { first, tree: Place::Standing(flat, tree), number, ..Self::default() }
    }

    /// Whether a match may begin with `token`.
    pub(super) fn may_begin(&self, token: &Token) -> bool {
        self.words.may_begin(token.number, || self.first.admits(token))
    }

    /// What has been found out about it by itself.
    pub(super) fn known(&self) -> MutexGuard<'_, Known> {
        self.automaton.known(self.tree().map_or(0, |(_, tree)| tree))
    }

    /// Its tree, and what that is read from.
    pub(super) fn tree(&self) -> Option<(View<'_>, u32)> {
        match &self.tree {
            Place::Nowhere => None,
            Place::Standing(flat, at) => Some((flat.view(), *at)),
            Place::Made(flat, at) => Some((flat.view(), *at)),
        }
    }
}

/// Its patterns are hundreds of lines; tests write them all, to compare.
impl fmt::Debug for Class {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[cfg(test)]
        {
            let mut written = String::new();
            if let Some((view, at)) = self.tree() {
                view.written(at, &mut written);
            }
            let origin = if let Place::Made(..) = self.tree { "made" } else { "ready" };
            write!(out, "Class:{origin} {:?} {written}", self.first)
        }
        #[cfg(not(test))]
        out.debug_struct("Class").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::flat::Part;
    use crate::text::matching::is_it;
    use crate::text::token::tokens;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// Where the tree at `tree` can end that begins at token `at`: every branch tried, nothing remembered.
    fn ends(grammar: &Grammar, view: View<'_>, tree: u32, tokens: &[Token], at: usize) -> BTreeSet<usize> {
        let node = view.node(tree);
        let mut found: BTreeSet<usize> = node.over.then_some(at).into_iter().collect();
        let token = tokens.get(at);
        if let Some(held) = token.and_then(|token| view.word(node, token)) {
            found.extend(ends(grammar, view, view.after(node, held), tokens, at + 1));
        }
        for (part, rest) in view.others(node) {
            let places: BTreeSet<usize> = match part {
                Part::Gap(most) => {
                    let goes_on = |at: &usize| tokens.get(*at).is_some_and(|token| !token.stops_gap());
                    (at..=at + (at..at + usize::from(most)).take_while(goes_on).count()).collect()
                }
                Part::Class(index) => {
                    let (view, tree) = grammar.class_at(index).and_then(Class::tree).expect("a tree");
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
                let (view, tree) = class.tree().expect("a tree");
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
        check("# (to|~-|-) #", "from 4 - 5 or 6-7 or 8 9", Some("4 - 5"));
        check("access to", "accessory", None);
    }

    #[test]
    fn refuses_what_cannot_match_sensibly() {
        for pattern in ["", "..3", "a?", "<nothing>", "(a", "a)", "..x"] {
            assert!(Grammar::default().class([pattern]).is_err(), "{pattern}");
        }
    }
}
