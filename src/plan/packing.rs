//! Packing: a TOML document that was read → what `packed.rs` reads. For `build.rs`.

use crate::plan::packed::{ARRAY, OTHER, STRING, TABLE};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Packs a document that was read from `source`: its numbers and its words.
pub(crate) fn packed(source: &str, document: Spanned<DeTable<'_>>) -> (Vec<u8>, String) {
    let mut writer = Writer { source, numbers: Vec::new(), words: String::new() };
    let span = document.span();
    writer.value(&Spanned::new(span, DeValue::Table(document.into_inner())));
    (writer.numbers, writer.words)
}

struct Writer<'s> {
    source: &'s str,
    numbers: Vec<u8>,
    words: String,
}

impl Writer<'_> {
    fn number(&mut self, number: usize) {
        let mut rest = number;
        while rest > 127 {
            self.numbers.push(rest.to_le_bytes()[0] | 128);
            rest >>= 7;
        }
        self.numbers.push(rest.to_le_bytes()[0]);
    }

    fn span(&mut self, span: &Range<usize>) {
        self.number(span.start);
        self.number(span.len());
    }

    fn words(&mut self, words: &str) {
        self.number(words.len());
        self.words.push_str(words);
    }

    fn kind(&mut self, kind: u64) {
        self.numbers.push(kind.to_le_bytes()[0]);
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>) {
        self.span(&value.span());
        match value.get_ref() {
            DeValue::String(words) => {
                self.kind(STRING);
                self.words(words);
            }
            DeValue::Array(values) => {
                self.kind(ARRAY);
                self.number(values.len());
                values.iter().for_each(|value| self.value(value));
            }
            DeValue::Table(table) => {
                self.kind(TABLE);
                self.number(table.len());
                for (key, value) in table {
                    self.span(&key.span());
                    self.words(key.get_ref());
                    self.value(value);
                }
            }
            _ => {
                self.kind(OTHER);
                let written = self.source.get(value.span()).unwrap_or_default();
                self.words(written);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::packed::Packed;

    #[test]
    fn what_was_packed_is_what_was_read() {
        let source = "a = \"plain\"\nb = ['''two\nlines''', \"\\u00e9\"]\nlong = 1_000\nday = 2022-07-01\nyes = true\n\
                      'quoted key' = {}\n[[t]]\nx.y = -1.5\n[[t]]\nhex = 0xff\n";
        let read = || DeTable::parse(source).expect("TOML");
        let (numbers, words) = packed(source, read());
        let again = Packed::standing(numbers.leak(), words.leak()).table().expect("packed");
        assert_eq!(format!("{again:?}"), format!("{:?}", read()));
    }
}
