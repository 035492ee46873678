//! Cell: words for one cell of a spreadsheet, which must never be taken for a formula.

use crate::render::clean::clean;

/// The words on one line; what would begin a formula gets an apostrophe before it.
pub(crate) fn harmless(words: &str) -> String {
    let words = clean(words);
    let words = words.trim();
    let formula = words.starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    // `-` alone is the name of standard input.
    if formula && words.chars().count() > 1 { format!("'{words}") } else { words.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: &str) {
        assert_eq!(harmless(words), expected);
    }

    #[test]
    fn no_cell_is_a_formula() {
        check("=1+1", "'=1+1");
        check(" \t@SUM(A1)", "'@SUM(A1)");
        check("-5 hours", "'-5 hours");
        check("\u{ff1d}1", "'\u{ff1d}1");
        check("\r\n+44", "'+44");
        check("-", "-");
        check("Speech\nand language", "Speech and language");
    }
}
