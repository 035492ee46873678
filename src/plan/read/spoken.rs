//! Labels with nothing between them and their values, as some PDFs print a record: "Date of birth 17/05/2009 NCY 11".

use crate::plan::read::dates;
use crate::plan::read::pairs::{Field, Pair, date_field};
use crate::text::{Folded, Regex, Span, own_pattern};
use std::cell::LazyCell;
use std::sync::LazyLock;

/// A line that begins with a label and goes on with its value, with nothing between: as some PDFs print a record.
static SPOKEN: LazyLock<Vec<(Regex, Field)>> = LazyLock::new(|| {
    vec![
        (own_pattern!(r"^(date of birth|d\.?o\.?b\.?) \d"), Field::Born),
        (
            own_pattern!(
                r"^(ncy|nc year|national curriculum year(?: group)?|year group) (?:year )?(?:\d|reception|nursery)"
            ),
            Field::Year,
        ),
        (own_pattern!(r"^(full name|child's name|name of child|young person's name) [a-z]"), Field::Name),
        (own_pattern!(r"^(forename\(s\)|forenames?|first name) [a-z]"), Field::FirstName),
        (own_pattern!(r"^(surname|family name) [a-z]"), Field::Surname),
        (own_pattern!(r"^((?:plan )?status) (?:draft|final|amended|proposed)"), Field::Stage),
    ]
});

/// A line cut before each label that its value follows with nothing between: records printed side by side.
pub(super) fn at_spoken_labels(line: &str) -> Vec<(usize, &str)> {
    static DATED: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(r"^(?:draft|final|amended|request|review|annual|next|date)\b[a-z ]{0,40}(?: \d{1,2}[/. -]|$)")
    });
    if line.len() > 300 {
        return vec![(0, line)];
    }
    let mut cuts = vec![0];
    for (at, c) in line.char_indices() {
        let opens = c.is_uppercase() && line.get(..at).is_some_and(|before| before.ends_with(' '));
        if opens {
            let rest = line.get(at..).unwrap_or("");
            if !may_begin_record(rest) {
                continue;
            }
            let folded = Folded::of(rest);
            if DATED.is_match(&folded) || SPOKEN.iter().any(|(pattern, _)| pattern.is_match(&folded)) {
                cuts.push(at);
            }
        }
    }
    let ends = cuts.iter().skip(1).copied().chain([line.len()]);
    cuts.iter().zip(ends).filter_map(|(&from, to)| Some((from, line.get(from..to)?))).collect()
}

/// Whether these words may begin as such a label does, by their first two letters: most do not.
fn may_begin_record(words: &str) -> bool {
    let &[first, second, ..] = words.as_bytes() else { return false };
    if !first.is_ascii() || !second.is_ascii() {
        return true;
    }
    matches!(
        &[first.to_ascii_lowercase(), second.to_ascii_lowercase()],
        b"dr"
            | b"fi"
            | b"am"
            | b"re"
            | b"an"
            | b"ne"
            | b"da"
            | b"d."
            | b"do"
            | b"nc"
            | b"na"
            | b"ye"
            | b"fu"
            | b"ch"
            | b"yo"
            | b"fo"
            | b"su"
            | b"fa"
            | b"pl"
            | b"st"
    )
}

/// The pair of a piece of a line, if it is one.
pub(super) fn spoken_pair(line: &str, at: usize) -> Option<Pair> {
    let trimmed = line.trim();
    if trimmed.is_empty() || trimmed.len() > 120 {
        return None;
    }
    let at = at + (line.len() - line.trim_start().len());
    let folded = LazyCell::new(|| Folded::of(trimmed));
    let spoken = SPOKEN.iter().filter(|_| may_begin_record(trimmed));
    let captured = spoken.into_iter().find_map(|(pattern, field)| {
        let label = pattern.captures(&*folded)?.get(1)?;
        Some((*field, label.end()))
    });
    let (field, end) = captured.or_else(|| {
        // "Draft issued 12/05/2025": short words before a date that ends the line.
        let date = dates::first(trimmed)?;
        let before = folded.text().get(..)?;
        let label = trimmed.get(..date.span.start)?.trim_end();
        let words = label.split_whitespace().count();
        (1..=6).contains(&words).then_some(())?;
        (trimmed.len() - date.span.end < 30).then_some(())?;
        let lowered = before.get(..label.len())?;
        Some((date_field(lowered)?, label.len()))
    })?;
    let value = trimmed.get(end..)?;
    let start = at + end + (value.len() - value.trim_start().len());
    Some(Pair { field, label: Span::new(at, at + end), value: Span::new(start, at + trimmed.len()) })
}
