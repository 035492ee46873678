//! Classes of characters: one bit for each ASCII character, ranges and properties for the others.

use crate::text::runs::{self, Sign};
use regex_syntax::hir::{self, ClassUnicode, ClassUnicodeRange, HirKind};
use serde::{Deserialize, Serialize};

/// A class of characters.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Class {
    /// One bit for each ASCII character.
    ascii: u128,
    /// The other characters, before they are negated.
    ranges: Vec<(char, char)>,
    properties: Vec<Property>,
    negated: bool,
}

/// What a letter after a `\` says of a character.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
enum Property {
    Space,
    NoSpace,
    NoWord,
}

impl Property {
    fn has(self, c: char) -> bool {
        match self {
            Property::Space => c.is_whitespace(),
            Property::NoSpace => !c.is_whitespace(),
            Property::NoWord => !is_word(c),
        }
    }
}

impl Class {
    /// Every character but a line break: what `.` means.
    pub(super) fn but_line_breaks() -> Self {
        let mut class = Self::default();
        class.add('\n', '\n');
        class.negate();
        class
    }

    /// Whether `c` is in it.
    pub(super) fn has(&self, c: char) -> bool {
        let number = u32::from(c);
        if let Some(byte) = u8::try_from(number).ok().filter(u8::is_ascii) {
            return self.has_ascii(byte);
        }
        let listed = self.ranges.iter().any(|&(from, to)| from <= c && c <= to)
            || self.properties.iter().any(|property| property.has(c));
        listed != self.negated
    }

    /// Whether the ASCII character `byte` is in it.
    pub(super) fn has_ascii(&self, byte: u8) -> bool {
        holds(self.ascii, byte)
    }

    /// Its ASCII characters, one bit for each.
    pub(super) fn ascii(&self) -> u128 {
        self.ascii
    }

    /// Whether any other character may be in it.
    pub(super) fn has_wide(&self) -> bool {
        self.negated || !self.properties.is_empty() || !self.ranges.is_empty()
    }

    /// Its characters, each by itself, where they are few.
    pub(super) fn few(&self) -> Option<Vec<String>> {
        let few = self.ascii.count_ones() <= 4 && !self.has_wide();
        let held = || (0..128_u8).filter(|&byte| self.has_ascii(byte));
        few.then(|| held().map(|byte| char::from(byte).to_string()).collect())
    }

    /// What stands for every one of its characters in runs, where that is one sign. The two letters that are ASCII letters in
    /// another case are left out: texts that hold them are searched.
    pub(super) fn sign(&self) -> Option<Sign> {
        if self.negated || self.properties.iter().any(|property| !matches!(property, Property::Space)) {
            return None;
        }
        let ascii = (self.ascii != 0).then(|| runs::sign(char::from(self.ascii.trailing_zeros().to_le_bytes()[0])));
        let space = (!self.properties.is_empty()).then_some(runs::SPACE);
        let other_case = |c: char| c == '\u{212a}' && self.has_ascii(b'k') || c == '\u{17f}' && self.has_ascii(b's');
        let mut sign = ascii.or(space);
        for &(from, to) in &self.ranges {
            if u32::from(to) - u32::from(from) > 16 {
                return None;
            }
            for c in (from..=to).filter(|&c| !other_case(c)) {
                if *sign.get_or_insert(runs::sign(c)) != runs::sign(c) {
                    return None;
                }
            }
        }
        sign.filter(|&sign| self.ascii & !runs::characters_of(sign) == 0 && space.is_none_or(|space| space == sign))
    }

    /// Adds the characters from one to another.
    pub(super) fn add(&mut self, from: char, to: char) {
        let (low, high) = (u32::from(from), u32::from(to));
        for number in low..=high.min(127) {
            self.ascii |= 1 << number;
        }
        if high > 127 {
            self.ranges.push((from.max('\u{80}'), to));
        }
    }

    /// `\s`
    pub(super) fn add_space(&mut self) {
        self.add_all(Property::Space);
    }

    /// `\S`
    pub(super) fn add_no_space(&mut self) {
        self.add_all(Property::NoSpace);
    }

    /// `\W`
    pub(super) fn add_no_word(&mut self) {
        self.add_all(Property::NoWord);
    }

    /// A property of characters, such as `L`; `None` where there is none of this name.
    pub(super) fn add_property(&mut self, name: &str) -> Option<()> {
        let known = regex_syntax::parse(&format!(r"\p{{{name}}}")).ok()?;
        let HirKind::Class(hir::Class::Unicode(class)) = known.kind() else { return None };
        class.ranges().iter().for_each(|range| self.add(range.start(), range.end()));
        Some(())
    }

    /// Adds what differs from its characters in case alone.
    pub(super) fn in_any_case(&mut self) {
        for byte in b'a'..=b'z' {
            let both = 1 << byte | 1 << byte.to_ascii_uppercase();
            if self.ascii & both != 0 {
                self.ascii |= both;
            }
        }
        // The two others that are the same as ASCII letters in another case.
        for (letter, other) in [(b'k', '\u{212a}'), (b's', '\u{17f}')] {
            if self.has_ascii(letter) {
                self.ranges.push((other, other));
            }
        }
        if self.ranges.iter().all(|&(from, _)| matches!(from, '\u{212a}' | '\u{17f}')) {
            return;
        }
        let ranges = self.ranges.iter().map(|&(from, to)| ClassUnicodeRange::new(from, to));
        let mut class = ClassUnicode::new(ranges);
        if class.try_case_fold_simple().is_ok() {
            self.ranges.clear();
            class.ranges().iter().for_each(|range| self.add(range.start(), range.end()));
        }
    }

    /// Turns it into all that it is not.
    pub(super) fn negate(&mut self) {
        self.ascii = !self.ascii;
        self.negated = !self.negated;
    }

    fn add_all(&mut self, property: Property) {
        self.properties.push(property);
        for byte in (0..128_u8).filter(|&byte| property.has(char::from(byte))) {
            self.ascii |= 1 << byte;
        }
    }
}

/// Whether a set of ASCII characters, one bit for each, holds this one. Looking into one byte of it is sooner done than shifting all.
#[inline]
pub(super) fn holds(ascii: u128, byte: u8) -> bool {
    ascii.to_le_bytes().get(usize::from(byte >> 3)).is_some_and(|bits| bits >> (byte & 7) & 1 == 1)
}

/// Whether a character can be part of a word, in any script.
pub(super) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    regex_syntax::try_is_word_character(c).unwrap_or_else(|_| c.is_alphanumeric())
}
