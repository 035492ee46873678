//! Lines and columns of a text, for people and for formats that need them.

use std::num::NonZeroU32;

/// Where a byte stands, counted as people count: lines and columns from one, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from one.
    pub line: NonZeroU32,
    /// Column in characters, from one.
    pub column: NonZeroU32,
}

/// Where each line of a text begins.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lines(Vec<usize>);

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(text.bytes().enumerate().filter(|&(_, b)| b == b'\n').map(|(at, _)| at + 1));
        Self(starts)
    }

    pub(crate) fn position(&self, text: &str, at: usize) -> Position {
        let line = self.0.partition_point(|&start| start <= at).saturating_sub(1);
        let start = self.0.get(line).copied().unwrap_or(0);
        let column = text.get(start..at).map_or(0, |before| before.chars().count());
        Position { line: counted(line), column: counted(column) }
    }
}

fn counted(from_zero: usize) -> NonZeroU32 {
    u32::try_from(from_zero).ok().and_then(|n| NonZeroU32::MIN.checked_add(n)).unwrap_or(NonZeroU32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, at: usize, line: u32, column: u32) {
        let found = Lines::of(text).position(text, at);
        assert_eq!((found.line.get(), found.column.get()), (line, column), "{text:?} at {at}");
    }

    #[test]
    fn counts_from_one_in_characters() {
        check("", 0, 1, 1);
        check("ab\ncd", 0, 1, 1);
        check("ab\ncd", 3, 2, 1);
        check("ab\ncd", 4, 2, 2);
        check("\u{e9}x", 2, 1, 2);
        check("ab\n", 3, 2, 1);
    }
}
