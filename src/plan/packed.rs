//! TOML documents that were read when the program was built, packed: a fraction of the work of reading them again.

use std::borrow::Cow;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, Error};

/// A document that was read: what it is made of as numbers, and its keys and strings one after the other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Packed {
    numbers: &'static [u8],
    words: &'static str,
}

/// What a value is.
pub(crate) const STRING: u64 = 0;
pub(crate) const ARRAY: u64 = 1;
pub(crate) const TABLE: u64 = 2;
/// A number, a day, `true`: as it stands in the file.
pub(crate) const OTHER: u64 = 3;

impl Packed {
    /// What `packing.rs` made.
    pub(crate) const fn standing(numbers: &'static [u8], words: &'static str) -> Self {
        Self { numbers, words }
    }

    /// The document, as reading the file gives it.
    pub(crate) fn table(self) -> Result<Spanned<DeTable<'static>>, Error> {
        let mut reader = Reader { numbers: self.numbers.iter(), words: self.words };
        let span = reader.span();
        let kind = reader.number();
        let DeValue::Table(table) = reader.value(kind)? else { return DeTable::parse("") };
        Ok(Spanned::new(span, table))
    }
}

struct Reader {
    numbers: std::slice::Iter<'static, u8>,
    words: &'static str,
}

impl Reader {
    fn number(&mut self) -> u64 {
        let (mut number, mut shift) = (0, 0);
        for byte in self.numbers.by_ref() {
            number |= u64::from(byte & 127) << shift;
            if byte & 128 == 0 || shift > 49 {
                break;
            }
            shift += 7;
        }
        number
    }

    fn amount(&mut self) -> usize {
        usize::try_from(self.number()).unwrap_or_default()
    }

    fn span(&mut self) -> Range<usize> {
        let (start, length) = (self.amount(), self.amount());
        start..start + length
    }

    fn words(&mut self) -> &'static str {
        let length = self.amount();
        let (words, rest) = self.words.split_at_checked(length).unwrap_or_default();
        self.words = rest;
        words
    }

    fn value(&mut self, kind: u64) -> Result<DeValue<'static>, Error> {
        Ok(match kind {
            STRING => DeValue::String(Cow::Borrowed(self.words())),
            ARRAY => {
                let mut array = DeArray::new();
                for _ in 0..self.amount() {
                    array.push(self.spanned()?);
                }
                DeValue::Array(array)
            }
            TABLE => {
                let mut table = DeTable::new();
                for _ in 0..self.amount() {
                    let key = Spanned::new(self.span(), Cow::Borrowed(self.words()));
                    table.insert(key, self.spanned()?);
                }
                DeValue::Table(table)
            }
            other => {
                debug_assert_eq!(other, OTHER, "packing.rs writes no other");
                DeValue::parse(self.words())?.into_inner()
            }
        })
    }

    fn spanned(&mut self) -> Result<Spanned<DeValue<'static>>, Error> {
        let span = self.span();
        let kind = self.number();
        Ok(Spanned::new(span, self.value(kind)?))
    }
}
