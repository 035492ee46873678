//! The numbers by which statements name each other: those that a need or outcome bears, and those that provision names.

use crate::document::Document;
use crate::plan::{Letter, Statement};
use crate::text::{Folded, Memory, Regex, own_pattern};
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    own_pattern!(
        r"\b(outcomes?|needs?|targets?|aims?|section|[bcden])[ .]?((?:[bcden]?\d{1,2}(?:\.\d{1,2})*(?: ?(?:,|and|&|-|to|;) ?)?)+)"
    )
});
static NUMBER: LazyLock<Regex> = LazyLock::new(|| own_pattern!(r"\d{1,2}(?:\.\d{1,2})*"));

/// The numbers that a need or outcome bears: its list label, or a cell that is nothing but a number.
pub(super) fn own_numbers(document: &Document, statement: &Statement) -> BTreeSet<String> {
    let label = document.blocks().get(statement.block).and_then(|block| block.label.as_deref()).unwrap_or("");
    let cells = statement.parts.iter().map(|part| document.slice(part.span));
    let first = cells.clone().next().and_then(|words| words.split_whitespace().next()).unwrap_or("");
    cells.chain([label, first]).filter_map(|cell| number(cell, statement.letter)).collect()
}

/// "B1.2", "E2)", "3." or "Outcome 3" as a bare number.
fn number(cell: &str, letter: Letter) -> Option<String> {
    // Most cells are sentences, and this tells it soonest.
    let last = cell.trim_end_matches(['.', ')', ':', ' ']).as_bytes().last();
    if last.is_none_or(|last| matches!(last, 0x21..0x7f) && !last.is_ascii_digit()) {
        return None;
    }
    let folded = Folded::text_of(cell.trim());
    let mut rest = folded.as_str();
    for prefix in ["outcome ", "need ", "target "] {
        rest = rest.strip_prefix(prefix).unwrap_or(rest);
    }
    let section = letter.as_str().to_ascii_lowercase();
    let prefixed = rest.strip_prefix(&section).or_else(|| rest.strip_prefix('n').filter(|_| letter.holds_needs()));
    rest = prefixed.unwrap_or(rest).trim_start();
    let number = rest.trim_end_matches(['.', ')', ':', ' ']);
    let plain = !number.is_empty() && number.len() <= 6 && number.starts_with(|c: char| c.is_ascii_digit());
    (plain && number.chars().all(|c| c.is_ascii_digit() || c == '.')).then(|| number.to_owned())
}

/// The numbers that a statement and its heading name.
pub(super) fn named(document: &Document, statement: &Statement) -> Arc<BTreeSet<(char, String)>> {
    static NAMED: Memory<BTreeSet<(char, String)>> = Memory::new();
    let cells = statement.parts.iter().map(|part| part.span);
    let spans = statement.heading.into_iter().chain(statement.lead_in).chain(cells);
    // Most name none: they have no digit, nor a fraction that is levelled to digits.
    let may_hold_digit = |span| document.slice(span).bytes().any(|byte| byte.is_ascii_digit() || byte == 0xc2);
    if !spans.clone().any(may_hold_digit) {
        return Arc::default();
    }
    let words = spans.map(|span| document.slice(span)).collect::<Vec<_>>().join(" \n ");
    NAMED.of(&words, || named_numbers(&words))
}

/// Whether a word that may name a number stands before some digits of levelled text.
fn may_name_numbers(levelled: &str) -> bool {
    let names = |word: &str| {
        matches!(word.strip_suffix('s').unwrap_or(word), "outcome" | "need" | "target" | "aim" | "section")
            || matches!(word, "b" | "c" | "d" | "e" | "n")
    };
    let last_word = |text: &str| text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
    levelled.match_indices(|c: char| c.is_ascii_digit()).any(|(at, _)| {
        let before = &levelled[..at];
        if before.ends_with(|c: char| c.is_ascii_digit()) {
            return false;
        }
        let word = &before[last_word(before)..];
        if word.is_empty() {
            // "outcome 4"
            before.strip_suffix([' ', '.']).is_some_and(|before| names(&before[last_word(before)..]))
        } else {
            // "n4", "section b2"; "outcome4", "sectionb2"
            names(word) || word.strip_suffix(['b', 'c', 'd', 'e', 'n']).is_some_and(names)
        }
    })
}

/// The numbers of needs and outcomes that some words name: "Outcomes 1 and 2", "B2", "Need 4", "E1-E3".
fn named_numbers(words: &str) -> BTreeSet<(char, String)> {
    let mut named = BTreeSet::new();
    let folded = Folded::text_of(words);
    if !may_name_numbers(&folded) {
        return named;
    }
    for found in REFERENCE.captures_iter(&folded) {
        let (Some(what), Some(list)) = (found.get(1), found.get(2)) else { continue };
        let initial = match what.as_str() {
            "outcome" | "outcomes" | "target" | "targets" | "aim" | "aims" => 'e',
            "need" | "needs" | "n" => 'b',
            "section" => match list.as_str().chars().next() {
                Some(letter @ 'b'..='e') => letter,
                _ => continue,
            },
            other => other.chars().next().unwrap_or(' '),
        };
        let numbers: Vec<&str> = NUMBER.find_iter(list.as_str()).map(|n| n.as_str()).collect();
        named.extend(numbers.iter().map(|&n| (initial, n.to_owned())));
        // "outcomes 2 to 5"
        if let ([first, last], true) = (numbers.as_slice(), list.as_str().contains("to") || list.as_str().contains('-'))
            && let (Ok(first), Ok(last)) = (first.parse::<u8>(), last.parse::<u8>())
        {
            named.extend((first..=last.min(first.saturating_add(20))).map(|n| (initial, n.to_string())));
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_named(words: &str, expected: &[(char, &str)]) {
        let expected: BTreeSet<(char, String)> = expected.iter().map(|&(c, n)| (c, n.to_owned())).collect();
        assert_eq!(named_numbers(words), expected, "{words}");
        assert!(expected.is_empty() || may_name_numbers(&Folded::text_of(words)), "{words}");
    }

    #[test]
    fn reads_references() {
        check_named("Outcomes 1 and 2 \u{2013} Reading, spelling and writing", &[('e', "1"), ('e', "2")]);
        check_named("Outcome 3", &[('e', "3")]);
        check_named("Meets need B2.1", &[('b', "2.1")]);
        check_named("N4, N6", &[('b', "4"), ('b', "6")]);
        check_named("(E1, E4)", &[('e', "1"), ('e', "4")]);
        check_named("Outcomes 2-4", &[('e', "2"), ('e', "3"), ('e', "4")]);
        check_named("He needs 2 breaks", &[('b', "2")]);
        check_named("Half-termly, 30 minutes", &[]);
    }

    #[test]
    fn reads_numbers() {
        for (cell, expected) in [
            ("1", Some("1")),
            ("B1.2", Some("1.2")),
            ("2.", Some("2")),
            ("Outcome 4", Some("4")),
            ("Daily", None),
            ("20 minutes", None),
        ] {
            assert_eq!(number(cell, Letter::B).as_deref(), expected, "{cell}");
        }
    }
}
