//! Lines of a given width, broken between words and, where it can be helped, never inside a mark.

use std::ops::Range;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns that `text` takes.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// The rows of `text`, none wider than `columns`. A mark that fits on a row is kept whole;
/// a word that is wider than a row is cut.
pub(crate) fn rows(text: &str, marks: &[Range<usize>], columns: usize) -> Vec<Range<usize>> {
    let columns = columns.max(8);
    let kept: Vec<&Range<usize>> =
        marks.iter().filter(|mark| text.get((*mark).clone()).is_some_and(|words| width(words) <= columns)).collect();
    let mut rows = Vec::new();
    let mut row: Option<Range<usize>> = None;
    for unit in units(text, &kept) {
        let joined = row.as_ref().map(|open| open.start..unit.end);
        match joined {
            Some(longer) if width(&text[longer.clone()]) <= columns => row = Some(longer),
            _ => {
                rows.extend(row.take());
                row = Some(cut_long(text, unit, columns, &mut rows));
            }
        }
    }
    rows.extend(row);
    rows
}

/// Stretches that stay together: words, and the marked words from the first to the last.
fn units(text: &str, kept: &[&Range<usize>]) -> Vec<Range<usize>> {
    let mut units: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = kept.iter().any(|mark| mark.start < at && at < mark.end);
        if c != ' ' || inside {
            start.get_or_insert(at);
        } else if let Some(from) = start.take() {
            units.push(from..at);
        }
    }
    units
}

/// Puts what is wider than a row on rows of its own, at spaces where there are any; returns what is left.
fn cut_long(text: &str, mut unit: Range<usize>, columns: usize, rows: &mut Vec<Range<usize>>) -> Range<usize> {
    while width(&text[unit.clone()]) > columns {
        let mut taken = 0;
        let mut end = unit.start;
        let mut space = None;
        for (at, c) in text[unit.clone()].char_indices() {
            taken += c.width().unwrap_or(0);
            if taken > columns {
                break;
            }
            end = unit.start + at + c.len_utf8();
            if c == ' ' && at > 0 {
                space = Some(unit.start + at);
            }
        }
        let end = space.unwrap_or(end).max(unit.start + 1);
        rows.push(unit.start..end);
        unit.start = end + text[end..unit.end].len() - text[end..unit.end].trim_start().len();
    }
    unit
}

/// `label` and then `text`, in lines of at most `columns`; the second and later ones begin below the text.
pub(crate) fn hang(label: &str, text: &str, columns: usize) -> String {
    let indent = width(label);
    let lines: Vec<&str> = rows(text, &[], columns.saturating_sub(indent)).into_iter().map(|row| &text[row]).collect();
    format!("{label}{}", lines.join(&format!("\n{}", " ".repeat(indent))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, marked: &str, columns: usize, expected: &[&str]) {
        let at = text.find(marked).expect("the mark is in the text");
        let mark = at..at + marked.len();
        let found: Vec<&str> = rows(text, std::slice::from_ref(&mark), columns).into_iter().map(|r| &text[r]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn breaks_between_words_and_outside_marks() {
        check("one two three four", "one", 10, &["one two", "three four"]);
        check("one two three four", "two three", 11, &["one", "two three", "four"]);
        check("abcdefghijklmnop q", "q", 10, &["abcdefghij", "klmnop q"]);
        check("one two three four five", "one two three four five", 12, &["one two", "three four", "five"]);
        check("", "", 10, &[]);
    }

    #[test]
    fn counts_columns_and_not_bytes() {
        check("\u{2019}\u{2019}\u{2019}\u{2019} \u{e9}\u{e9}\u{e9}\u{e9}\u{e9}", "\u{e9}", 10, &["’’’’ ééééé"]);
        check("\u{4e2d}\u{6587}\u{4e2d}\u{6587} \u{4e2d}\u{6587}", "", 10, &["中文中文", "中文"]);
    }

    #[test]
    fn hangs_the_lines_after_the_first() {
        assert_eq!(hang("help: ", "one two three", 14), "help: one two\n      three");
        assert_eq!(hang("", "a b", 80), "a b");
    }
}
