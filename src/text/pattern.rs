//! A small pattern language over tokens, in which lexicons and rules are written.
//!
//! A pattern is a row of words: `access to`. It may hold
//! `<class>` a class of the lexicon, `(a|b c)` a choice, `word?` or `(…)?` something optional,
//! `..3` up to three words between, `stem*` any word that begins so,
//! `#` a number, `#clock`, `#date`, `#money`, `#name` (a capital), `~(` and `~)` brackets, other marks as themselves.
//! Hyphens count as spaces. A gap never crosses `|`, a full stop, a semicolon, a colon or a bracket.

use crate::text::first::First;
use crate::text::token::{Key, Shape, Token};
use std::cmp::Ordering;
use std::collections::BTreeMap;
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
}

/// A list of patterns, any of which may match.
#[derive(Clone, Debug, Default)]
pub(crate) struct Class {
    /// What its matches begin with: most words begin none.
    first: First,
    /// Patterns of one plain word, the greater part. Sorted.
    words: Vec<Word>,
    /// What follows the first word in patterns that begin with one, by that word. Sorted.
    by_word: Vec<(Word, Vec<Sequence>)>,
    /// The others, and what each begins with.
    others: Vec<(First, Sequence)>,
}

type Word = (Key, String);
type Sequence = Vec<Element>;

#[derive(Clone, Debug)]
enum Element {
    Word(Key, String),
    /// One of these words. Sorted.
    OneOf(Vec<Word>),
    Stem(String),
    Class(usize),
    Shape(Shape),
    Name,
    Gap(usize),
    Choice(Vec<Vec<Element>>),
    Optional(Vec<Element>),
}

impl Grammar {
    /// Adds a class. Classes that its patterns name must have been added before: so nothing can go in circles.
    pub(crate) fn add<'a>(
        &mut self,
        name: &str,
        patterns: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), PatternError> {
        let class = self.class(patterns)?;
        self.names.insert(name.to_owned(), self.classes.len());
        self.classes.push(class);
        Ok(())
    }

    /// Reads a list of patterns that use this grammar's classes.
    pub(crate) fn class<'a>(&self, patterns: impl IntoIterator<Item = &'a str>) -> Result<Class, PatternError> {
        let mut class = Class::default();
        let mut by_word: BTreeMap<Word, Vec<Sequence>> = BTreeMap::new();
        for pattern in patterns {
            let mut elements = self.parse(pattern)?;
            let mut first = First::default();
            if self.begin(&elements, &mut first) {
                first.anything();
            }
            class.first.add(&first);
            match elements.as_slice() {
                [Element::Word(key, word)] => class.words.push((*key, word.clone())),
                [Element::Word(key, word), ..] => {
                    let word = (*key, word.clone());
                    elements.remove(0);
                    by_word.entry(word).or_default().push(elements);
                }
                _ => class.others.push((first, elements)),
            }
        }
        class.words.sort_unstable();
        class.words.dedup();
        class.by_word = by_word.into_iter().collect();
        Ok(class)
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
            Element::Choice(choices) => {
                // Every choice has its say, also after one that may be empty.
                choices.iter().filter(|choice| self.begin(choice, first)).count() > 0
            }
            Element::Optional(inner) => {
                self.begin(inner, first);
                true
            }
        })
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
        let Some(token) = tokens.get(at).filter(|token| class.first.admits(token)) else { return Places::NONE };
        let mut ends = Places::NONE;
        if held(&class.words, token).is_some() {
            ends.add(at + 1);
        }
        if let Ok(found) = class.by_word.binary_search_by(|(word, _)| compare(word, token)) {
            for rest in class.by_word.get(found).map_or(&[][..], |(_, rests)| rests) {
                ends.join(self.ends(rest, tokens, Places::one(at + 1)));
            }
        }
        for (first, elements) in &class.others {
            if first.admits(token) {
                ends.join(self.ends(elements, tokens, Places::one(at)));
            }
        }
        ends
    }

    /// Where matches of `elements` that begin at any of some places can end.
    fn ends(&self, elements: &[Element], tokens: &[Token], from: Places) -> Places {
        elements.iter().fold(from, |from, element| match element {
            Element::Word(key, word) => from.steps(tokens, |token| token.key == *key && token.text == *word),
            Element::OneOf(words) => from.steps(tokens, |token| held(words, token).is_some()),
            Element::Stem(stem) => {
                from.steps(tokens, |token| token.shape == Shape::Word && token.text.starts_with(stem.as_str()))
            }
            Element::Shape(shape) => from.steps(tokens, |token| token.shape == *shape),
            Element::Name => from.steps(tokens, |token| token.shape == Shape::Word && token.capital),
            Element::Class(index) => {
                let class = self.classes.get(*index);
                from.each(|at| class.map_or(Places::NONE, |class| self.class_ends(class, tokens, at)))
            }
            Element::Gap(most) => from.each(|at| {
                let goes_on = |place: &usize| tokens.get(*place).is_some_and(|token| !stops_gap(token));
                let over = (at..at + most).take_while(goes_on).count();
                Places::range(at, at + over)
            }),
            Element::Choice(choices) => choices.iter().fold(Places::NONE, |mut ends, choice| {
                ends.join(self.ends(choice, tokens, from));
                ends
            }),
            Element::Optional(inner) => {
                let mut ends = self.ends(inner, tokens, from);
                ends.join(from);
                ends
            }
        })
    }

    fn parse(&self, pattern: &str) -> Result<Vec<Element>, PatternError> {
        let fail = |what: String| PatternError { pattern: pattern.to_owned(), what };
        let mut reader = Reader { grammar: self, rest: pattern };
        let elements = reader.sequence().map_err(fail)?;
        if !reader.rest.is_empty() {
            return Err(fail(format!("nothing opens the “{}”", &reader.rest[..1])));
        }
        let empty = |elements: &[Element]| elements.iter().all(|e| matches!(e, Element::Gap(_) | Element::Optional(_)));
        if empty(&elements) {
            return Err(fail("there is no word that must stand there".to_owned()));
        }
        Ok(elements)
    }
}

/// The place of a token among words that are sorted.
fn held(words: &[Word], token: &Token) -> Option<usize> {
    words.binary_search_by(|word| compare(word, token)).ok()
}

fn compare((key, word): &Word, token: &Token) -> Ordering {
    key.cmp(&token.key).then_with(|| word.as_str().cmp(&token.text))
}

/// Places in a row of tokens, one bit for each. No pattern reaches further than they do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Places(u128);

impl Places {
    const NONE: Self = Self(0);

    fn one(place: usize) -> Self {
        let mut one = Self::NONE;
        one.add(place);
        one
    }

    /// From one to another, both among them.
    fn range(from: usize, to: usize) -> Self {
        (from..=to).map(Self::one).fold(Self::NONE, |all, one| Self(all.0 | one.0))
    }

    fn add(&mut self, place: usize) {
        if place < 128 {
            self.0 |= 1 << place;
        }
    }

    fn join(&mut self, other: Self) {
        self.0 |= other.0;
    }

    fn last(self) -> Option<usize> {
        self.0.checked_ilog2().map(|place| place as usize)
    }

    /// What `after` makes of each, together.
    fn each(self, mut after: impl FnMut(usize) -> Self) -> Self {
        let mut left = self.0;
        let mut all = Self::NONE;
        while left != 0 {
            all.join(after(left.trailing_zeros() as usize));
            left &= left - 1;
        }
        all
    }

    /// The places after tokens that fit.
    fn steps(self, tokens: &[Token], fits: impl Fn(&Token) -> bool) -> Self {
        self.each(|at| if tokens.get(at).is_some_and(&fits) { Self::one(at + 1) } else { Self::NONE })
    }
}

fn stops_gap(token: &Token) -> bool {
    matches!(token.text.as_str(), "|" | "." | ";" | ":" | "(" | ")" | "?" | "!")
}

struct Reader<'g, 'p> {
    grammar: &'g Grammar,
    rest: &'p str,
}

impl Reader<'_, '_> {
    /// Elements up to the end, a `|` or a `)`.
    fn sequence(&mut self) -> Result<Vec<Element>, String> {
        let mut elements = Vec::new();
        loop {
            self.rest = self.rest.trim_start_matches([' ', '-']);
            let Some(first) = self.rest.chars().next() else { return Ok(elements) };
            let element = match first {
                '~' if self.rest.starts_with("~(") || self.rest.starts_with("~)") => {
                    let (mark, rest) = self.rest.split_at(2);
                    self.rest = rest;
                    Element::Word(Key::of(&mark[1..]), mark[1..].to_owned())
                }
                '|' | ')' => return Ok(elements),
                '(' => {
                    self.rest = &self.rest[1..];
                    self.choice()?
                }
                '<' => {
                    let end = self.rest.find('>').ok_or("a “<” is not closed")?;
                    let name = &self.rest[1..end];
                    let index = *self.grammar.names.get(name).ok_or_else(|| format!("there is no class “{name}”"))?;
                    self.rest = &self.rest[end + 1..];
                    Element::Class(index)
                }
                _ => self.word(&mut elements)?,
            };
            if let Some(rest) = self.rest.strip_prefix('?') {
                self.rest = rest;
                elements.push(Element::Optional(vec![element]));
            } else {
                elements.push(element);
            }
        }
    }

    fn choice(&mut self) -> Result<Element, String> {
        let mut choices = Vec::new();
        loop {
            choices.push(self.sequence()?);
            let mark = self.rest.chars().next().ok_or("a “(” is not closed")?;
            self.rest = &self.rest[1..];
            if mark == ')' {
                let word = |choice: &Vec<Element>| match choice.as_slice() {
                    [Element::Word(key, word)] => Some((*key, word.clone())),
                    _ => None,
                };
                let words: Option<Vec<Word>> = choices.iter().map(word).collect();
                return Ok(words.map_or(Element::Choice(choices), |mut words| {
                    words.sort_unstable();
                    Element::OneOf(words)
                }));
            }
        }
    }

    /// One word, stem, gap, shape or mark. A word that is several tokens leaves all but its last in `before`.
    fn word(&mut self, before: &mut Vec<Element>) -> Result<Element, String> {
        let end = self.rest.find([' ', '(', ')', '|', '<', '?', '-']).unwrap_or(self.rest.len()).max(1);
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        if let Some(most) = word.strip_prefix("..") {
            return most.parse().map(Element::Gap).map_err(|_| format!("“{word}” is no gap"));
        }
        match word {
            "#" => return Ok(Element::Shape(Shape::Number)),
            "#clock" => return Ok(Element::Shape(Shape::Clock)),
            "#date" => return Ok(Element::Shape(Shape::Date)),
            "#money" => return Ok(Element::Shape(Shape::Money)),
            "#name" => return Ok(Element::Name),
            _ => {}
        }
        if let Some(stem) = word.strip_suffix('*') {
            return Ok(Element::Stem(stem.to_lowercase()));
        }
        if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Ok(Element::Word(Key::of(word), word.to_owned()));
        }
        let mut tokens = crate::text::token::tokens(word);
        let last = tokens.pop().ok_or_else(|| format!("“{word}” is no word"))?;
        before.extend(tokens.into_iter().map(|token| Element::Word(token.key, token.text)));
        Ok(Element::Word(last.key, last.text))
    }
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
