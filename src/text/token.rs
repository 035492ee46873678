//! Words and numbers of a text, levelled, each with its place.

use crate::text::fold::Folded;
use crate::text::numbered::{Number, numbered};
use crate::text::span::Span;
use std::ops::Deref;
use std::sync::Arc;

/// One word, number or mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// The levelled text: lower case, straight quotes, no hyphen.
    pub(crate) text: Letters,
    /// Its key.
    pub(crate) key: Key,
    /// The number of the word with this look.
    pub(crate) number: Number,
    /// Where it stands in the original.
    pub(crate) span: Span,
    /// What it looks like.
    pub(crate) shape: Shape,
    /// Whether the original begins with a capital.
    pub(crate) capital: bool,
}

impl Token {
    /// A mark that does not stand in the text.
    pub(crate) fn mark(mark: &str, span: Span) -> Self {
        let key = Key::of(mark);
        let number = numbered().number(mark, key, Shape::Mark, false);
        Self { text: mark.into(), key, number, span, shape: Shape::Mark, capital: false }
    }

    /// Whether no gap of a pattern reaches over it.
    pub(crate) fn stops_gap(&self) -> bool {
        self.shape == Shape::Mark && matches!(self.text.as_str(), "|" | "." | ";" | ":" | "(" | ")" | "?" | "!")
    }
}

/// The levelled text of a token, which all tokens of the same word share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Letters(pub(crate) Arc<str>);

impl Letters {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Letters {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Letters {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl PartialEq<&str> for Letters {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == **other
    }
}

/// A number made from a word: other numbers, other words. Comparing them spares comparing letters, where words differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key(u64);

impl Key {
    /// The key of a word.
    pub(crate) fn of(word: &str) -> Self {
        // FNV-1a
        let mixed = word
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        Self(mixed ^ mixed >> 32)
    }

    /// Half of it: nearly always other for other words.
    pub(crate) fn short(self) -> u32 {
        u32::try_from(self.0 & u64::from(u32::MAX)).unwrap_or_default()
    }
}

/// What a token looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Letters.
    Word,
    /// Digits: `12`, `1.5`, `1,500`.
    Number,
    /// A time of day: `9.30`, `15:05`.
    Clock,
    /// A day: `12/3/25`, `2025-03-12`.
    Date,
    /// A sum: `£6,000`.
    Money,
    /// A mark: `,` `:` `(` `|` …
    Mark,
}

impl Shape {
    /// Every shape, in the order of their numbers.
    pub(crate) const ALL: [Self; 6] = [Self::Word, Self::Number, Self::Clock, Self::Date, Self::Money, Self::Mark];
}

/// The tokens of `text`. A hyphen between letters parts two tokens ("half-termly" is "half", "termly"),
/// and so does the border of digits and letters ("20mins", "x3").
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    tokens_of(text, &Folded::of(text))
}

/// The tokens of `text`, which was levelled before.
pub(crate) fn tokens_of(text: &str, folded: &Folded) -> Vec<Token> {
    let level = folded.text();
    let bytes = level.as_bytes();
    let mut found = Vec::with_capacity(level.len() / 5);
    let mut words = numbered();
    let mut at = 0;
    while at < bytes.len() {
        let c = bytes[at];
        let (end, shape) = if c == b' ' || c == b'-' && !is_dash_between_spaces(bytes, at) {
            at += 1;
            continue;
        } else if c.is_ascii_digit() {
            number(bytes, at)
        } else if level[at..].starts_with('\u{a3}') {
            let digits = at + '\u{a3}'.len_utf8();
            let digits = if bytes.get(digits) == Some(&b' ') { digits + 1 } else { digits };
            let end = if bytes.get(digits).is_some_and(u8::is_ascii_digit) { number(bytes, digits).0 } else { at + 2 };
            (end, Shape::Money)
        } else if c.is_ascii_alphabetic() || c >= 0x80 {
            word(level, at)
        } else {
            (at + 1, Shape::Mark)
        };
        let levelled = &level[at..end];
        let end = if shape == Shape::Word { end + one_or_more(&level[end..]) } else { end };
        let span = folded.original(Span::new(at, end));
        let capital = may_be_name(span.of(text), levelled);
        let key = Key::of(levelled);
        let number = words.number(levelled, key, shape, capital);
        let text = words.letters(number).unwrap_or_else(|| levelled.into());
        found.push(Token { text, key, number, span, shape, capital });
        at = end;
    }
    found
}

/// The length of the "(s)" that "aid(s)" ends with: one or more of them.
fn one_or_more(after: &str) -> usize {
    let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    ["(s)", "(es)"]
        .iter()
        .find(|plural| after.strip_prefix(**plural).is_some_and(ends))
        .map_or(0, |plural| plural.len())
}

/// Who gives provision, and whom it is given to: at the beginning of a sentence they have a capital, and are no names.
const NO_NAMES: [&str; 16] = [
    "staff",
    "adult",
    "adults",
    "teacher",
    "teachers",
    "parents",
    "school",
    "college",
    "nursery",
    "tutors",
    "lecturers",
    "assistants",
    "practitioners",
    "everyone",
    "pupils",
    "children",
];

/// A capital that is not that of an abbreviation ("TA") or of a word that is known to be no name.
fn may_be_name(word: &str, levelled: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && !(levelled.len() < 6 && letters.next().is_some_and(char::is_uppercase))
        && !NO_NAMES.contains(&levelled)
}

fn is_dash_between_spaces(bytes: &[u8], at: usize) -> bool {
    let free = |b: Option<&u8>| b.is_none_or(|&b| b == b' ');
    free(at.checked_sub(1).and_then(|before| bytes.get(before))) && free(bytes.get(at + 1))
}

/// The end of the word at `at`: letters, and apostrophes between them.
fn word(level: &str, at: usize) -> (usize, Shape) {
    let mut end = at;
    for (offset, c) in level[at..].char_indices() {
        let inside = c.is_alphabetic()
            || c == '\'' && level[at + offset + 1..].chars().next().is_some_and(char::is_alphabetic) && offset > 0;
        if !inside {
            break;
        }
        end = at + offset + c.len_utf8();
    }
    if end == at {
        let width = level[at..].chars().next().map_or(1, char::len_utf8);
        return (at + width, Shape::Mark);
    }
    (end, Shape::Word)
}

/// The end and the shape of the number at `at`.
fn number(bytes: &[u8], at: usize) -> (usize, Shape) {
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let first = digits(at);
    let mut end = at + first;
    let joined =
        |end: usize, mark: u8| bytes.get(end) == Some(&mark) && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
    for mark in *b"/.-" {
        if joined(end, mark) {
            let second = digits(end + 1);
            let later = end + 1 + second;
            if joined(later, mark) {
                let third = digits(later + 1);
                let lengths = (first, second, third);
                if matches!(lengths, (1..=2, 1..=2, 2 | 4) | (4, 1..=2, 1..=2)) {
                    return (later + 1 + third, Shape::Date);
                }
            }
        }
    }
    if first <= 2 {
        for mark in *b".:" {
            if joined(end, mark) && digits(end + 1) == 2 {
                return (end + 3, Shape::Clock);
            }
        }
    }
    while joined(end, b',') && digits(end + 1) == 3 {
        end += 4;
    }
    if joined(end, b'.') {
        end += 1 + digits(end + 1);
    } else if joined(end, b'/') && first == 1 && digits(end + 1) == 1 {
        end += 2; // a fraction
    }
    (end, Shape::Number)
}

#[cfg(test)]
mod tests {
    use super::Shape::{Clock, Date, Mark, Money, Number, Word};
    use super::*;

    fn check(text: &str, expected: &str) {
        let found: Vec<String> = tokens(text).into_iter().map(|t| t.text.as_str().to_owned()).collect();
        assert_eq!(found.join("_"), expected, "{text}");
    }

    #[test]
    fn cuts_words_numbers_and_marks() {
        check("half-termly, x3 20mins", "half_termly_,_x_3_20_mins");
        check("1:1 at 9.30 am \u{2013} 3 \u{d7} 1.5 hrs", "1_:_1_at_9.30_am_-_3_x_1.5_hrs");
        check("Sam\u{2019}s \u{a3}11,300 by 12/03/2025", "sam's_\u{a3}11,300_by_12/03/2025");
        check("child's 'calm' card; 25%", "child's_'_calm_'_card_;_25_%");
        check("Aid(s), class(es) (s)", "aid_,_class_(_s_)");
        check("", "");
    }

    #[test]
    fn knows_shapes() {
        let shapes: Vec<Shape> = tokens("12 8.45 1.5 2025-03-12 \u{a3}9 go |").into_iter().map(|t| t.shape).collect();
        assert_eq!(shapes, [Number, Clock, Number, Date, Money, Word, Mark]);
    }
}
