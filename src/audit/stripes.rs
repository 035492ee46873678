//! Stripes: rows put aside on disk column by column, to be read again one column after the other.

use crate::audit::rows::Value;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// Bytes that are held in memory before they go to disk.
const HELD: usize = 256 << 10;

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
    pub(crate) fn push(&mut self, row: &[Value]) -> io::Result<()> {
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
        mut take: impl FnMut(Vec<Value>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut begin = 0u64;
        for stripe in &self.on_disk {
            let before: u64 = stripe.iter().take(number).map(|&length| u64::from(length)).sum();
            let mut bytes = vec![0; stripe.get(number).map_or(0, |&length| length as usize)];
            self.aside.seek(SeekFrom::Start(begin + before))?;
            self.aside.read_exact(&mut bytes)?;
            take(values(&bytes))?;
            begin += stripe.iter().map(|&length| u64::from(length)).sum::<u64>();
        }
        take(self.held.get(number).map_or_else(Vec::new, |bytes| values(bytes)))
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

fn put(column: &mut Vec<u8>, value: &Value) {
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

fn values(mut bytes: &[u8]) -> Vec<Value> {
    let mut values = Vec::new();
    while let Some((value, rest)) = value(bytes) {
        values.push(value);
        bytes = rest;
    }
    values
}

/// The first value, and what comes after it.
fn value(bytes: &[u8]) -> Option<(Value, &[u8])> {
    let (&sort, rest) = bytes.split_first()?;
    Some(match sort {
        TEXT => {
            let (length, rest) = rest.split_first_chunk()?;
            let (text, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
            (Value::Text(String::from_utf8_lossy(text).into_owned()), rest)
        }
        WHOLE => {
            let (number, rest) = rest.split_first_chunk()?;
            (Value::Whole(i64::from_le_bytes(*number)), rest)
        }
        NO => (Value::Flag(false), rest),
        YES => (Value::Flag(true), rest),
        _ => (Value::Empty, rest),
    })
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
        let mut stripes = Stripes::new(4, Cursor::new(Vec::new()));
        for rows in [9000, 0, 10, 7000] {
            (0..rows).for_each(|number| stripes.push(&row(number)).expect("put aside"));
            assert_eq!(i64::try_from(stripes.len()), Ok(rows));
            for column in 0..4 {
                let mut found = Vec::new();
                stripes
                    .column(column, |values| {
                        found.extend(values);
                        Ok::<(), io::Error>(())
                    })
                    .expect("read");
                let expected = |number| row(number).get(column).cloned().unwrap_or(Value::Empty);
                assert!(found == (0..rows).map(expected).collect::<Vec<_>>(), "{rows} rows, column {column}");
            }
            stripes.clear().expect("cleared");
        }
    }
}
