//! Stripes: rows put aside on disk column by column, to be read again one column after the other.

use crate::audit::rows::Value;
use bytes::Bytes;
use std::collections::BTreeMap;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// Bytes that are held in memory before they go to disk.
const HELD: usize = 64 << 10;

/// Rows that were put aside. They go to disk in stripes: of some rows all values of the first column, then of the second…
pub(crate) struct Stripes<S> {
    aside: S,
    /// The values of each column that are not on disk.
    held: Vec<Vec<u8>>,
    /// For each stripe on disk, how many bytes of each column it has.
    on_disk: Vec<Vec<u32>>,
    bytes: usize,
    rows: usize,
}

/// Values of one column, in their order, each among those of its kind.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Values {
    /// For each row, whether it has a value.
    pub(crate) there: Vec<bool>,
    /// Text. What stood in the column shortly before is not copied again.
    pub(crate) texts: Vec<Bytes>,
    /// Whole numbers.
    pub(crate) wholes: Vec<i64>,
    /// True or false.
    pub(crate) flags: Vec<bool>,
}

impl<S: Read + Write + Seek> Stripes<S> {
    /// No rows, of so many columns.
    pub(crate) fn new(columns: usize, aside: S) -> Self {
        Self { aside, held: vec![Vec::new(); columns], on_disk: Vec::new(), bytes: 0, rows: 0 }
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.rows
    }

    /// Adds a row; what it lacks is empty.
    pub(crate) fn push(&mut self, row: &[Value<'_>]) -> io::Result<()> {
        let cells = row.iter().chain(std::iter::repeat(&Value::Empty));
        for (column, value) in self.held.iter_mut().zip(cells) {
            let before = column.len();
            put(column, value);
            self.bytes += column.len() - before;
        }
        self.rows += 1;
        if self.bytes < HELD {
            return Ok(());
        }
        let mut lengths = Vec::with_capacity(self.held.len());
        for column in &mut self.held {
            self.aside.write_all(column)?;
            lengths.push(u32::try_from(column.len()).unwrap_or(u32::MAX));
            column.clear();
        }
        self.on_disk.push(lengths);
        self.bytes = 0;
        Ok(())
    }

    /// Hands over the values of a column, some at a time.
    pub(crate) fn column<E: From<io::Error>>(
        &mut self,
        number: usize,
        mut take: impl FnMut(Values) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut begin = 0u64;
        for stripe in &self.on_disk {
            let before: u64 = stripe.iter().take(number).map(|&length| u64::from(length)).sum();
            let mut bytes = vec![0; stripe.get(number).map_or(0, |&length| length as usize)];
            self.aside.seek(SeekFrom::Start(begin + before))?;
            self.aside.read_exact(&mut bytes)?;
            take(Values::of(&bytes))?;
            begin += stripe.iter().map(|&length| u64::from(length)).sum::<u64>();
        }
        take(self.held.get(number).map_or_else(Values::default, |bytes| Values::of(bytes)))
    }

    /// Forgets all rows.
    pub(crate) fn clear(&mut self) -> io::Result<()> {
        self.held.iter_mut().for_each(Vec::clear);
        self.on_disk.clear();
        (self.bytes, self.rows) = (0, 0);
        self.aside.seek(SeekFrom::Start(0)).map(drop)
    }
}

const EMPTY: u8 = 0;
const TEXT: u8 = 1;
const WHOLE: u8 = 2;
const NO: u8 = 3;
const YES: u8 = 4;

fn put(column: &mut Vec<u8>, value: &Value<'_>) {
    match value {
        Value::Empty => column.push(EMPTY),
        Value::Flag(flag) => column.push(if *flag { YES } else { NO }),
        Value::Whole(number) => {
            column.push(WHOLE);
            column.extend_from_slice(&number.to_le_bytes());
        }
        Value::Text(text) => {
            column.push(TEXT);
            column.extend_from_slice(&(text.len() as u64).to_le_bytes());
            column.extend_from_slice(text.as_bytes());
        }
    }
}

impl Values {
    /// The values that these bytes hold.
    fn of(bytes: &[u8]) -> Self {
        let mut values = Self::default();
        let mut recent = Recent::default();
        let mut at = 0;
        while let Some(next) = values.take(bytes, at, &mut recent) {
            at = next;
        }
        values
    }

    /// Takes up the value that begins at a place; where the next one begins.
    fn take(&mut self, bytes: &[u8], at: usize, recent: &mut Recent) -> Option<usize> {
        let sort = *bytes.get(at)?;
        let at = at + 1;
        let next = match sort {
            TEXT => {
                let (length, from) = (u64::from_le_bytes(chunk(bytes, at)?), at + 8);
                let end = from.checked_add(usize::try_from(length).ok()?)?;
                self.texts.push(recent.text(bytes.get(from..end)?));
                end
            }
            WHOLE => {
                self.wholes.push(i64::from_le_bytes(chunk(bytes, at)?));
                at + 8
            }
            NO | YES => {
                self.flags.push(sort == YES);
                at
            }
            _ => at,
        };
        self.there.push(sort != EMPTY);
        Some(next)
    }
}

/// Text that was met shortly before: most columns hold few different words.
#[derive(Default)]
struct Recent(BTreeMap<u8, Bytes>);

impl Recent {
    fn text(&mut self, text: &[u8]) -> Bytes {
        let edge = |byte: Option<&u8>| byte.copied().unwrap_or_default();
        let place =
            edge(text.first()).wrapping_mul(31) ^ edge(text.last()).wrapping_mul(7) ^ edge(text.get(text.len() / 2));
        if let Some(known) = self.0.get(&place).filter(|known| *known == text) {
            return known.clone();
        }
        let copied = Bytes::copy_from_slice(text);
        self.0.insert(place, copied.clone());
        copied
    }
}

fn chunk(bytes: &[u8], at: usize) -> Option<[u8; 8]> {
    bytes.get(at..)?.first_chunk().copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn columns_come_back_as_rows_went() {
        let row = |number: i64| {
            let text = "word ".repeat(usize::try_from(number % 50).unwrap_or(0));
            vec![Value::Whole(number), Value::from(text), Value::Flag(number % 3 == 0)]
        };
        let expected = |rows: i64, column: usize| {
            let mut expected = Values::default();
            for number in 0..rows {
                let value = row(number).get(column).cloned().unwrap_or(Value::Empty);
                expected.there.push(value != Value::Empty);
                match value {
                    Value::Text(text) => expected.texts.push(text.into_owned().into()),
                    Value::Whole(number) => expected.wholes.push(number),
                    Value::Flag(flag) => expected.flags.push(flag),
                    Value::Empty => {}
                }
            }
            expected
        };
        let mut stripes = Stripes::new(4, Cursor::new(Vec::new()));
        for rows in [9000, 0, 10, 7000] {
            (0..rows).for_each(|number| stripes.push(&row(number)).expect("put aside"));
            assert_eq!(i64::try_from(stripes.len()), Ok(rows));
            for column in 0..4 {
                let mut found = Values::default();
                stripes
                    .column(column, |values| {
                        found.there.extend(values.there);
                        found.texts.extend(values.texts);
                        found.wholes.extend(values.wholes);
                        found.flags.extend(values.flags);
                        Ok::<(), io::Error>(())
                    })
                    .expect("read");
                assert!(found == expected(rows, column), "{rows} rows, column {column}");
            }
            stripes.clear().expect("cleared");
        }
    }

    #[test]
    fn bytes_that_end_early_hold_no_half_value() {
        let mut column = Vec::new();
        put(&mut column, &Value::Whole(7));
        put(&mut column, &Value::from("words"));
        let whole = Values::of(&column);
        assert_eq!((whole.there.len(), whole.texts.len()), (2, 1));
        for end in 9..column.len() {
            assert_eq!(Values::of(&column[..end]).there, [true], "{end}");
        }
    }
}
