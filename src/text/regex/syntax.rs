//! Reads a regular expression: that part of the syntax which the patterns of this field are written in.

use crate::text::regex::class::Class;
use crate::text::regex::factor;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A part of a regular expression.
#[derive(Clone, Debug)]
pub(super) enum Node<'p> {
    /// These characters.
    Words(Cow<'p, str>),
    /// One character out of a class.
    Class(Box<Class>),
    /// A condition on where it stands.
    Look(Look),
    /// A part whose place is remembered, by its number.
    Group(usize, Box<Node<'p>>),
    /// One after the other; none is the empty text.
    Row(Vec<Node<'p>>),
    /// The first that fits.
    Choice(Vec<Node<'p>>),
    /// So many times.
    Times { node: Box<Node<'p>>, least: u32, most: Option<u32>, greedy: bool },
}

/// A condition on a place of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Look {
    /// The beginning of the text.
    Start,
    /// The end of the text.
    End,
    /// A word begins or ends, in any script.
    Border,
    /// None does.
    NoBorder,
    /// An ASCII word begins or ends.
    AsciiBorder,
}

/// What is written, and how many groups there are, the whole being the first; `None` where it uses another part of the syntax.
pub(super) fn read(pattern: &str) -> Option<(Node<'_>, usize)> {
    let mut reader = Reader { rest: pattern, any_case: false, groups: 1 };
    let node = reader.choice()?;
    reader.rest.is_empty().then_some((node, reader.groups))
}

struct Reader<'p> {
    rest: &'p str,
    any_case: bool,
    groups: usize,
}

impl<'p> Reader<'p> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn take(&mut self) -> Option<char> {
        let mut rest = self.rest.chars();
        let next = rest.next();
        self.rest = rest.as_str();
        next
    }

    fn skip(&mut self, prefix: &str) -> bool {
        self.rest.strip_prefix(prefix).inspect(|rest| self.rest = rest).is_some()
    }

    /// Up to the end or a `)`.
    fn choice(&mut self) -> Option<Node<'p>> {
        let first = self.row()?;
        if self.peek() != Some('|') {
            return Some(first);
        }
        let mut choices = vec![first];
        while self.skip("|") {
            choices.push(self.row()?);
        }
        Some(factor::choice(choices))
    }

    /// Up to the end, a `|` or a `)`.
    fn row(&mut self) -> Option<Node<'p>> {
        let mut row: Vec<Node<'p>> = Vec::new();
        while let Some(next) = self.peek() {
            if matches!(next, '|' | ')') {
                break;
            }
            let plain = self.plain();
            if !plain.is_empty() {
                match row.last_mut() {
                    Some(Node::Words(before)) => before.to_mut().push_str(plain),
                    _ => row.push(Node::Words(plain.into())),
                }
                continue;
            }
            let atom = self.atom()?;
            let atom = self.times(atom)?;
            match (row.last_mut(), atom) {
                (Some(Node::Words(before)), Node::Words(words)) => before.to_mut().push_str(&words),
                // Where only a flag is set, nothing stands.
                (_, Node::Row(none)) if none.is_empty() => {}
                (_, atom) => row.push(atom),
            }
        }
        Some(factor::row(row))
    }

    /// The characters up to one that has a meaning, all but the one that may stand several times.
    fn plain(&mut self) -> &'p str {
        if self.any_case {
            return "";
        }
        let has_meaning = |byte: u8| {
            matches!(byte, b'^' | b'$' | b'.' | b'[' | b'\\' | b'(' | b')' | b'|' | b'*' | b'+' | b'?' | b'{')
        };
        let end = self.rest.bytes().position(has_meaning).unwrap_or(self.rest.len());
        let counted = matches!(self.rest.as_bytes().get(end), Some(b'*' | b'+' | b'?' | b'{'));
        let plain = &self.rest[..end];
        let last = plain.chars().next_back().filter(|_| counted).map_or(0, char::len_utf8);
        let (plain, rest) = self.rest.split_at(end - last);
        self.rest = rest;
        plain
    }

    /// One character, class, condition or group; an empty row where only a flag is set.
    fn atom(&mut self) -> Option<Node<'p>> {
        Some(match self.take()? {
            '^' => Node::Look(Look::Start),
            '$' => Node::Look(Look::End),
            '.' => Node::Class(Class::but_line_breaks().into()),
            '[' => Node::Class(self.class()?.into()),
            '\\' => self.escape()?,
            '(' => return self.group(),
            '*' | '+' | '?' | '{' => return None,
            c => self.character(c),
        })
    }

    fn character(&self, c: char) -> Node<'p> {
        if self.any_case && (c.is_ascii_alphabetic() || !c.is_ascii()) {
            let mut class = Class::default();
            class.add(c, c);
            class.in_any_case();
            return Node::Class(class.into());
        }
        Node::Words(c.to_string().into())
    }

    /// What follows a `(`.
    fn group(&mut self) -> Option<Node<'p>> {
        let outside = self.any_case;
        let number = if self.skip("?:") {
            None
        } else if self.skip("?i)") {
            self.any_case = true;
            return Some(Node::Row(Vec::new()));
        } else if self.skip("?i:") {
            self.any_case = true;
            None
        } else if self.skip(r"?-u:\b)") {
            return Some(Node::Look(Look::AsciiBorder));
        } else if self.rest.starts_with('?') {
            return None;
        } else {
            self.groups += 1;
            Some(self.groups - 1)
        };
        let inner = self.choice()?;
        self.any_case = outside;
        if !self.skip(")") {
            return None;
        }
        Some(match number {
            Some(number) => Node::Group(number, Box::new(inner)),
            // A row of its own, so that its words do not melt into those before it.
            None if matches!(inner, Node::Words(_)) => Node::Row(vec![inner]),
            None => inner,
        })
    }

    /// How often `node` may stand, if that is said.
    fn times(&mut self, node: Node<'p>) -> Option<Node<'p>> {
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                let end = self.rest.find('}')?;
                let within = self.rest.get(1..end)?;
                self.rest = self.rest.get(end..)?;
                match within.split_once(',') {
                    Some((least, "")) => (least.parse().ok()?, None),
                    Some((least, most)) => (least.parse().ok()?, Some(most.parse().ok()?)),
                    None => (within.parse().ok()?, Some(within.parse().ok()?)),
                }
            }
            _ => return Some(node),
        };
        self.take();
        let greedy = !self.skip("?");
        // A part that can be empty could stand there for ever.
        let endless = most.is_none_or(|most| most > 1) && node.can_be_empty();
        let odd = most.is_some_and(|most| most < least) || matches!(self.peek(), Some('*' | '+' | '?' | '{'));
        (!endless && !odd).then(|| Node::Times { node: Box::new(node), least, most, greedy })
    }

    /// What follows a `\`.
    fn escape(&mut self) -> Option<Node<'p>> {
        Some(match self.peek()? {
            'b' => {
                self.take();
                Node::Look(Look::Border)
            }
            'B' => {
                self.take();
                Node::Look(Look::NoBorder)
            }
            's' | 'S' | 'W' | 'p' => {
                let mut class = Class::default();
                self.named(&mut class)?;
                Node::Class(class.into())
            }
            _ => {
                let c = self.escaped()?;
                self.character(c)
            }
        })
    }

    /// The class that a letter after a `\` names, added to `class`.
    fn named(&mut self, class: &mut Class) -> Option<()> {
        match self.take()? {
            's' => class.add_space(),
            'S' => class.add_no_space(),
            'W' => class.add_no_word(),
            _ => {
                let end = self.rest.find('}').filter(|_| self.rest.starts_with('{'))?;
                class.add_property(self.rest.get(1..end)?)?;
                self.rest = self.rest.get(end + 1..)?;
            }
        }
        Some(())
    }

    /// The character that what follows a `\` stands for.
    fn escaped(&mut self) -> Option<char> {
        match self.take()? {
            'n' => Some('\n'),
            't' => Some('\t'),
            'r' => Some('\r'),
            'x' if !self.rest.starts_with('{') => {
                let (digits, rest) = self.rest.split_at_checked(2)?;
                self.rest = rest;
                char::from_u32(u32::from_str_radix(digits, 16).ok()?)
            }
            'x' | 'u' => {
                let end = self.rest.find('}').filter(|_| self.rest.starts_with('{'))?;
                let number = u32::from_str_radix(self.rest.get(1..end)?, 16).ok()?;
                self.rest = self.rest.get(end + 1..)?;
                char::from_u32(number)
            }
            c if c.is_ascii_punctuation() || c == ' ' => Some(c),
            _ => None,
        }
    }

    /// What follows a `[`.
    fn class(&mut self) -> Option<Class> {
        let mut class = Class::default();
        let negated = self.skip("^");
        let mut first = true;
        loop {
            let from = match self.take()? {
                ']' if !first => break,
                '[' => return None,
                '\\' if matches!(self.peek(), Some('s' | 'S' | 'W' | 'p')) => {
                    self.named(&mut class)?;
                    first = false;
                    continue;
                }
                '\\' => self.escaped()?,
                // Two of them have a meaning of their own.
                c @ ('&' | '~' | '-') if self.peek() == Some(c) => return None,
                c => c,
            };
            first = false;
            let mut after = self.rest.chars();
            if after.next() == Some('-') && after.next().is_some_and(|c| c != ']') {
                self.take();
                let to = match self.take()? {
                    '\\' => self.escaped()?,
                    '[' => return None,
                    c => c,
                };
                if to < from {
                    return None;
                }
                class.add(from, to);
            } else {
                class.add(from, from);
            }
        }
        if self.any_case {
            class.in_any_case();
        }
        if negated {
            class.negate();
        }
        Some(class)
    }
}

impl Node<'_> {
    /// Whether it can match no character at all.
    pub(super) fn can_be_empty(&self) -> bool {
        match self {
            Node::Words(words) => words.is_empty(),
            Node::Class(_) => false,
            Node::Look(_) => true,
            Node::Group(_, node) => node.can_be_empty(),
            Node::Row(row) => row.iter().all(Node::can_be_empty),
            Node::Choice(choices) => choices.iter().any(Node::can_be_empty),
            Node::Times { node, least, .. } => *least == 0 || node.can_be_empty(),
        }
    }

    /// Whether it can only match at the beginning of a text.
    pub(super) fn is_anchored(&self) -> bool {
        match self {
            Node::Look(look) => *look == Look::Start,
            Node::Group(_, node) => node.is_anchored(),
            Node::Row(row) => row.first().is_some_and(Node::is_anchored),
            Node::Choice(choices) => choices.iter().all(Node::is_anchored),
            Node::Words(_) | Node::Class(_) => false,
            Node::Times { node, least, .. } => *least > 0 && node.is_anchored(),
        }
    }

    /// Whether it can only match where the text ends.
    pub(super) fn ends_the_text(&self) -> bool {
        match self {
            Node::Look(look) => *look == Look::End,
            Node::Group(_, node) => node.ends_the_text(),
            Node::Row(row) => row.last().is_some_and(Node::ends_the_text),
            Node::Choice(choices) => choices.iter().all(Node::ends_the_text),
            Node::Words(_) | Node::Class(_) | Node::Times { .. } => false,
        }
    }

    /// The most bytes it can match, where that is bounded.
    pub(super) fn longest(&self) -> Option<usize> {
        match self {
            Node::Words(words) => Some(words.len()),
            Node::Class(class) => Some(if class.has_wide() { 4 } else { 1 }),
            Node::Look(_) => Some(0),
            Node::Group(_, node) => node.longest(),
            Node::Row(row) => row.iter().map(Node::longest).sum(),
            Node::Choice(choices) => choices.iter().map(Node::longest).try_fold(0, |most, of| Some(most.max(of?))),
            Node::Times { node, most, .. } => node.longest()?.checked_mul(usize::try_from((*most)?).ok()?),
        }
    }
}
