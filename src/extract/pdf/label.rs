//! The bullet or number that a line begins with.

use super::lines::Line;
use super::symbols::is_bullet;

/// A wider gap, in parts of the size of type, than between two words of a sentence.
const TAB: f32 = 0.45;

/// How many words at the beginning of a line are its label, and the label.
pub(super) fn label(line: &Line) -> Option<(usize, String)> {
    let first = line.word(0);
    let (word, next) = (line.words.first()?, line.words.get(1)?);
    let tab = next.left - word.right > TAB * line.size;
    let mut letters = first.chars();
    let single = letters.next().filter(|_| letters.next().is_none());
    let bullet = match single {
        Some(mark) if is_bullet(mark) => true,
        Some('o' | '-' | '–' | '—' | '*' | '>' | '\u{FFFD}') => tab,
        _ => false,
    };
    (bullet || tab && is_number(first)).then(|| (1, first.to_owned()))
}

/// "1.", "F1.2", "(a)", "iv)", "B2".
pub(super) fn is_number(word: &str) -> bool {
    let inner = word.trim_start_matches(['(', '[']).trim_end_matches([')', ']', '.', ':']);
    let bracketed = inner.len() < word.len();
    if inner.is_empty() || inner.len() > 10 || !inner.is_ascii() {
        return false;
    }
    let digits = inner.bytes().filter(u8::is_ascii_digit).count();
    let parts =
        |part: &str| part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_alphanumeric()) && !part.is_empty();
    let roman = inner.bytes().all(|byte| b"ivxlIVXL".contains(&byte));
    let lone = inner.len() == 1 && inner.bytes().all(|byte| byte.is_ascii_alphabetic());
    if digits == 0 {
        return bracketed && (lone || roman);
    }
    let slash_of_date = inner.contains('/') && !inner.starts_with(|letter: char| letter.is_ascii_alphabetic());
    let counted = !slash_of_date
        && inner.split(['.', '/']).all(parts)
        && inner.bytes().filter(u8::is_ascii_alphabetic).count() <= 2;
    counted && (bracketed || inner.contains('.') || inner.len() <= 3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::pdf::lines::{lines, tests::page};

    fn check(words: &[(&str, f32, f32)], expected: Option<&str>) {
        let page = page(words);
        let all: Vec<usize> = (0..page.glyphs.len()).collect();
        let found = label(&lines(&page, &all)[0]);
        assert_eq!(found.as_ref().map(|(_, label)| label.as_str()), expected, "{words:?}");
    }

    #[test]
    fn bullets_and_numbers_with_a_gap_are_labels() {
        check(&[("•", 0.0, 0.0), ("one", 8.0, 0.0)], Some("•"));
        check(&[("-", 0.0, 0.0), ("one", 18.0, 0.0)], Some("-"));
        check(&[("-", 0.0, 0.0), ("one", 7.5, 0.0)], None);
        check(&[("F1.2", 0.0, 0.0), ("one", 40.0, 0.0)], Some("F1.2"));
        check(&[("(a)", 0.0, 0.0), ("one", 25.0, 0.0)], Some("(a)"));
        check(&[("12.", 0.0, 0.0), ("one", 25.0, 0.0)], Some("12."));
        check(&[("B2", 0.0, 0.0), ("one", 25.0, 0.0)], Some("B2"));
        check(&[("H1/H2.1", 0.0, 0.0), ("one", 55.0, 0.0)], Some("H1/H2.1"));
    }

    #[test]
    fn words_are_no_labels() {
        check(&[("I", 0.0, 0.0), ("one", 25.0, 0.0)], None);
        check(&[("2025", 0.0, 0.0), ("one", 45.0, 0.0)], None);
        check(&[("Age", 0.0, 0.0), ("one", 25.0, 0.0)], None);
        check(&[("(12/3/25)", 0.0, 0.0), ("one", 55.0, 0.0)], None);
        check(&[("2", 0.0, 0.0), ("one", 7.5, 0.0)], None);
    }
}
