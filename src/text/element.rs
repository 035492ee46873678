//! One pattern of the small pattern language, read into its elements.

use crate::text::token::{Key, Shape};
use crate::text::tree::Tree;
use std::sync::Arc;

/// A word with its key.
pub(crate) type Word = (Key, Arc<str>);
/// A row of elements.
pub(crate) type Sequence = Vec<Element>;

/// One element of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Element {
    /// This word.
    Word(Key, Arc<str>),
    /// One of these words. Sorted.
    OneOf(Arc<[Word]>),
    /// Any word that begins so.
    Stem(Arc<str>),
    /// The class with this index.
    Class(usize),
    /// Any token of a shape.
    Shape(Shape),
    /// A word with a capital.
    Name,
    /// Up to so many tokens.
    Gap(usize),
    /// One of several rows.
    Choice(Arc<Tree>),
    /// One of several rows, or nothing.
    Optional(Arc<Tree>),
}

/// The elements of `pattern`, or what is wrong with it. `class` tells the index of a class by its name.
pub(crate) fn read(pattern: &str, class: &dyn Fn(&str) -> Option<usize>) -> Result<Sequence, String> {
    let mut reader = Reader { class, rest: pattern };
    let elements = reader.sequence()?;
    if !reader.rest.is_empty() {
        return Err(format!("nothing opens the “{}”", &reader.rest[..1]));
    }
    Ok(elements)
}

struct Reader<'c, 'p> {
    class: &'c dyn Fn(&str) -> Option<usize>,
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
                '~' if ["~(", "~)", "~-"].iter().any(|mark| self.rest.starts_with(mark)) => {
                    let (mark, rest) = self.rest.split_at(2);
                    self.rest = rest;
                    Element::Word(Key::of(&mark[1..]), mark[1..].into())
                }
                '|' | ')' => return Ok(elements),
                '(' => {
                    self.rest = &self.rest[1..];
                    self.choice()?
                }
                '<' => {
                    let end = self.rest.find('>').ok_or("a “<” is not closed")?;
                    let name = &self.rest[1..end];
                    let index = (self.class)(name).ok_or_else(|| format!("there is no class “{name}”"))?;
                    self.rest = &self.rest[end + 1..];
                    Element::Class(index)
                }
                _ => self.word(&mut elements)?,
            };
            if let Some(rest) = self.rest.strip_prefix('?') {
                self.rest = rest;
                elements.push(Element::Optional(Arc::new(Tree::of([vec![element]]))));
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
                return Ok(match words {
                    Some(mut words) => {
                        words.sort_unstable();
                        Element::OneOf(words.into())
                    }
                    None => Element::Choice(Arc::new(Tree::of(choices))),
                });
            }
        }
    }

    /// One word, stem, gap, shape or mark. A word that is several tokens leaves all but its last in `before`.
    fn word(&mut self, before: &mut Vec<Element>) -> Result<Element, String> {
        let ends = |byte: u8| matches!(byte, b' ' | b'(' | b')' | b'|' | b'<' | b'?' | b'-');
        let end = self.rest.bytes().position(ends).unwrap_or(self.rest.len()).max(1);
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
            return Ok(Element::Stem(stem.to_lowercase().into()));
        }
        if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Ok(Element::Word(Key::of(word), word.into()));
        }
        let mut tokens = crate::text::token::tokens(word);
        let last = tokens.pop().ok_or_else(|| format!("“{word}” is no word"))?;
        before.extend(tokens.into_iter().map(|token| Element::Word(token.key, token.text.as_str().into())));
        Ok(Element::Word(last.key, last.text.as_str().into()))
    }
}
