//! A small pattern language over tokens, in which lexicons and rules are written.
//!
//! A pattern is a row of words: `access to`. It may hold
//! `<class>` a class of the lexicon, `(a|b c)` a choice, `word?` or `(…)?` something optional,
//! `..3` up to three words between, `stem*` any word that begins so,
//! `#` a number, `#clock`, `#date`, `#money`, `#name` (a capital), `~(` and `~)` brackets, other marks as themselves.
//! Hyphens count as spaces. A gap never crosses `|`, a full stop, a semicolon, a colon or a bracket.

use crate::text::element::{self, Element, Sequence};
use crate::text::first::First;
use crate::text::flat::{Flat, Layout, Part, View};
use crate::text::places::Places;
use crate::text::prepared::Prepared;
use crate::text::token::{Shape, Token};
use crate::text::tree::{self, Tree};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
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
        Ok(Class { first, tree: Place::Made(Arc::new(layout.done()), at) })
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
        let tokens = tokens.get(at..)?;
        self.class_ends(class, tokens, 0).last().filter(|&end| end > 0).map(|end| at + end)
    }

    /// Every match of `class`, leftmost and longest first, none inside another: `[first token, token after)`.
    pub(crate) fn find_all(&self, class: &Class, tokens: &[Token]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            if let Some(end) = self.longest(class, tokens, at) {
                found.push((at, end));
                at = end;
            } else {
                at += 1;
            }
        }
        found
    }

    /// Whether `class` matches anywhere.
    pub(crate) fn matches(&self, class: &Class, tokens: &[Token]) -> bool {
        (0..tokens.len()).any(|at| self.longest(class, tokens, at).is_some())
    }

    /// Where matches of `class` that begin at token `at` can end.
    fn class_ends(&self, class: &Class, tokens: &[Token], at: usize) -> Places {
        match tokens.get(at) {
            Some(token) if class.first.admits(token) => {
                class.tree.view().map_or(Places::NONE, |(view, tree)| self.ends(view, tree, tokens, Places::one(at)))
            }
            _ => Places::NONE,
        }
    }

    /// Where rows of the tree at `tree` that begin at any of some places can end.
    fn ends(&self, view: View<'_>, tree: usize, tokens: &[Token], from: Places) -> Places {
        let node = view.node(tree);
        let mut ends = if node.over { from } else { Places::NONE };
        if from == Places::NONE {
            return ends;
        }
        let held = |place: usize| tokens.get(place).and_then(|token| view.word(node, token));
        if let Some(place) = from.only().filter(|_| node.words > 0) {
            if let Some(held) = held(place) {
                ends.join(self.ends(view, view.after(node, held), tokens, Places::one(place + 1)));
            }
        } else if node.words > 0 {
            // What goes on from one word goes on from all places behind it at once.
            let mut after: Vec<(usize, Places)> = Vec::new();
            for (place, held) in from.iter().filter_map(|place| Some((place, held(place)?))) {
                match after.iter_mut().find(|(known, _)| *known == held) {
                    Some((_, places)) => places.add(place + 1),
                    None => after.push((held, Places::one(place + 1))),
                }
            }
            for (held, places) in after {
                ends.join(self.ends(view, view.after(node, held), tokens, places));
            }
        }
        for (part, rest) in view.others(node) {
            let places = self.after(view, part, tokens, from);
            if places != Places::NONE {
                ends.join(self.ends(view, rest, tokens, places));
            }
        }
        ends
    }

    /// The places after one element.
    fn after(&self, view: View<'_>, part: Part<'_>, tokens: &[Token], from: Places) -> Places {
        match part {
            Part::OneOf(words) => from.steps(tokens, |token| view.holds(words, token)),
            Part::Stem(stem) => from.steps(tokens, |token| token.shape == Shape::Word && token.text.starts_with(stem)),
            Part::Shape(shape) => from.steps(tokens, |token| token.shape == shape),
            Part::Name => from.steps(tokens, |token| token.shape == Shape::Word && token.capital),
            Part::Class(index) => {
                let class = self.classes.get(index);
                from.each(|at| class.map_or(Places::NONE, |class| self.class_ends(class, tokens, at)))
            }
            Part::Gap(most) => from.each(|at| {
                let goes_on = |place: &usize| tokens.get(*place).is_some_and(|token| !stops_gap(token));
                let over = (at..at + most).take_while(goes_on).count();
                Places::range(at, at + over)
            }),
            Part::Choice(tree) => self.ends(view, tree, tokens, from),
            Part::Optional(tree) => {
                let mut ends = self.ends(view, tree, tokens, from);
                ends.join(from);
                ends
            }
        }
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
        Self { first, tree: Place::Standing(flat, tree) }
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

fn stops_gap(token: &Token) -> bool {
    matches!(token.text.as_str(), "|" | "." | ";" | ":" | "(" | ")" | "?" | "!")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token::tokens;

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
