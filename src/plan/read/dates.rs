//! Dates in the ways people write them: pure, over any text.

use crate::text::{Captures, Memory, Regex};
use crate::text::{Folded, Span, own_pattern};
use jiff::civil::Date;
use std::sync::LazyLock;

/// A date or a stretch of time that a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Its first day.
    pub(crate) first: Date,
    /// Its last day; the same for a whole date.
    pub(crate) last: Date,
    /// How exactly it is given.
    pub(crate) precision: Precision,
    /// The words, in the text that was searched.
    pub(crate) span: Span,
}

/// How exactly a date is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Precision {
    /// "12/03/2025".
    Day,
    /// "March 2025".
    Month,
    /// "Spring Term 2025".
    Term,
    /// "the academic year 2024/25", "by 2025".
    Year,
}

const MONTH: &str = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|\
                     oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";

/// One way of writing a date: its pattern over folded text, and how to read the captures.
struct Form {
    /// Whether a text may hold one, which is sooner told than looked for.
    may_be: MayBe,
    pattern: Regex,
    read: fn(&Captures<'_>) -> Option<(Date, Date, Precision)>,
}

type MayBe = fn(&Holds) -> bool;

/// What a text holds of what dates are made of.
struct Holds {
    /// Four digits side by side.
    year: bool,
    /// Two numbers with a stroke, a dot or a dash between.
    parts: bool,
    /// The letters that a month begins with.
    month: bool,
}

impl Holds {
    fn of(levelled: &str) -> Self {
        let bytes = levelled.as_bytes();
        let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
        // A space may stand on each side.
        let beside = |near: Option<usize>, far: Option<usize>| {
            digit(near) || near.and_then(|near| bytes.get(near)) == Some(&b' ') && digit(far)
        };
        let parts = |(at, byte): (usize, &u8)| {
            matches!(byte, b'/' | b'.' | b'-')
                && beside(Some(at + 1), Some(at + 2))
                && beside(at.checked_sub(1), at.checked_sub(2))
        };
        let month = |three: &[u8]| {
            let three: Option<&[u8; 3]> = three.try_into().ok();
            three.is_some_and(|three| NAMES.iter().any(|name| name.as_bytes() == three))
        };
        Self {
            year: bytes.windows(4).any(|four| four.iter().all(u8::is_ascii_digit)),
            parts: bytes.iter().enumerate().any(parts),
            month: bytes.windows(3).any(month),
        }
    }
}

/// The ways, most exact first: words that one of them has read are not read again.
static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let form = |may_be, pattern: &str, read| {
        let pattern = own_pattern!(&pattern.replace("MONTH", MONTH));
        Form { may_be, pattern, read }
    };
    let parts: MayBe = |holds| holds.parts;
    let month_only: MayBe = |holds| holds.month;
    let year_only: MayBe = |holds| holds.year;
    let of_month: MayBe = |holds| holds.month && holds.year;
    vec![
        form(parts, r"\b(\d{4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})\b", |c| day(c, 3, 2, 1)),
        form(parts, r"\b(\d{1,2})\s?/\s?(\d{1,2})\s?/\s?(\d{4}|\d{2})\b", |c| day(c, 1, 2, 3)),
        form(parts, r"\b(\d{1,2})\s?\.\s?(\d{1,2})\s?\.\s?(\d{4}|\d{2})\b", |c| day(c, 1, 2, 3)),
        form(parts, r"\b(\d{1,2})\s?-\s?(\d{1,2})\s?-\s?(\d{4}|\d{2})\b", |c| day(c, 1, 2, 3)),
        form(
            of_month,
            r"\b(\d{1,2}) ?(?:st|nd|rd|th)?[ ,/-]{0,2}(?:of |day of )?(MONTH)\.?[ ,/-]{0,2}(\d{4})\b",
            |c| day(c, 1, 2, 3),
        ),
        form(month_only, r"\b(\d{1,2})(?:st|nd|rd|th)?[ /-]?(MONTH)[ /'-]{1,2}(\d{2})(?:$|[ ]?[,.;:|)])", |c| {
            day(c, 1, 2, 3)
        }),
        form(of_month, r"\b(MONTH)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b", |c| day(c, 2, 1, 3)),
        form(of_month, r"\b(MONTH)\.?[ ,/-]{1,2}(?:of )?(\d{4})\b", month),
        form(year_only, r"\b(autumn|spring|summer)(?: term)?,? (?:of )?(\d{4})(?: ?[-/] ?(\d{4}|\d{2}))?\b", term),
        form(year_only, r"\b(?:academic|school) year (?:of )?(\d{4}) ?(?:[-/]|to) ?(\d{4}|\d{2})\b", school_year),
        form(year_only, r"\b(\d{4}) ?(?:[-/]|to) ?(\d{4}|\d{2}) (?:academic|school) year\b", school_year),
        form(year_only, r"\b(?:by|in|since|during|before|until|end of) (20\d{2})\b", |c| {
            let year = year(c.get(1)?.as_str())?;
            Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?, Precision::Year))
        }),
    ]
});

/// Every date in `text`, in order; no two overlap. Years are sane: 1980 to 2069.
pub(crate) fn find(text: &str) -> Vec<Found> {
    static FOUND: Memory<Vec<Found>> = Memory::new();
    if !may_hold_year(text) {
        debug_assert!(all(text).is_empty(), "a date without a year");
        return Vec::new();
    }
    FOUND.of(text, || all(text)).to_vec()
}

fn all(text: &str) -> Vec<Found> {
    let folded = Folded::of(text);
    let mut taken: Vec<Span> = Vec::new();
    let mut found = Vec::new();
    let holds = Holds::of(folded.text());
    for form in FORMS.iter() {
        if !(form.may_be)(&holds) {
            debug_assert!(form.pattern.find(&folded).is_none());
            continue;
        }
        for captures in form.pattern.captures_iter(&folded) {
            let Some(whole) = captures.get(0) else { continue };
            let words = words_of(&captures).unwrap_or(Span::from(whole.range()));
            if taken.iter().any(|span| span.overlaps(words)) || runs_on(folded.text(), words) {
                continue;
            }
            if let Some((first, last, precision)) = (form.read)(&captures) {
                taken.push(words);
                found.push(Found { first, last, precision, span: folded.original(words) });
            }
        }
    }
    found.sort_by_key(|found| found.span);
    found
}

/// Whether a text has a year in four digits, or two digits that may be one, as every form does. Most have none, but minutes and
/// weeks; levelled, a fraction has digits too, and other characters may go from between two.
fn may_hold_year(text: &str) -> bool {
    if !text.is_ascii() {
        return text.contains(|c: char| c.is_ascii_digit() || ('\u{bc}'..='\u{be}').contains(&c));
    }
    let bytes = text.as_bytes();
    let mut rest = bytes.iter().enumerate();
    while let Some((begin, _)) = rest.find(|(_, byte)| byte.is_ascii_digit()) {
        let end = rest.find(|(_, byte)| !byte.is_ascii_digit()).map_or(bytes.len(), |(end, _)| end);
        match end - begin {
            4.. => return true,
            2 if may_be_year(&bytes[..begin], &bytes[end..]) => return true,
            _ => {}
        }
    }
    false
}

/// Whether two digits between these words stand as a year does: behind a stroke, or behind a month and at the end of something.
fn may_be_year(before: &[u8], after: &[u8]) -> bool {
    let is_word = |byte: &&u8| !matches!(byte, b'\t'..=b'\r' | b' ');
    match before.iter().rev().find(is_word) {
        Some(b'/' | b'.' | b'-' | b'\'' | b'`') => true,
        Some(byte) if byte.is_ascii_alphabetic() => {
            after.iter().find(is_word).is_none_or(|byte| matches!(byte, b',' | b'.' | b';' | b':' | b'|' | b')'))
        }
        _ => false,
    }
}

/// The first date in `text`.
pub(crate) fn first(text: &str) -> Option<Found> {
    find(text).into_iter().next()
}

/// From the first to the last captured word: what a pattern looks at besides is no part of the date.
fn words_of(captures: &Captures<'_>) -> Option<Span> {
    let groups = captures.iter().skip(1).flatten();
    groups.map(|group| Span::from(group.range())).reduce(Span::cover)
}

/// Whether the number goes on, as in "F1.2.2024.3" or a telephone number.
fn runs_on(text: &str, span: Span) -> bool {
    let mut before = text.get(..span.start).unwrap_or("").chars().rev();
    let mut after = text.get(span.end..).unwrap_or("").chars();
    let joins = |c: Option<char>| c.is_some_and(|c| matches!(c, '/' | '.' | '-' | '+'));
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    (joins(after.next()) && digit(after.next())) || (joins(before.next()) && digit(before.next()))
}

fn day(c: &Captures<'_>, day: usize, month: usize, year: usize) -> Option<(Date, Date, Precision)> {
    let date = Date::new(
        self::year(c.get(year)?.as_str())?,
        month_number(c.get(month)?.as_str())?,
        c.get(day)?.as_str().parse().ok()?,
    )
    .ok()?;
    Some((date, date, Precision::Day))
}

fn month(c: &Captures<'_>) -> Option<(Date, Date, Precision)> {
    let first = Date::new(year(c.get(2)?.as_str())?, month_number(c.get(1)?.as_str())?, 1).ok()?;
    Some((first, first.last_of_month(), Precision::Month))
}

/// Autumn to December, spring to April, summer to July. "Spring 2024/25" is in 2025, autumn in 2024.
fn term(c: &Captures<'_>) -> Option<(Date, Date, Precision)> {
    let season = c.get(1)?.as_str();
    let of = match (season, c.get(3)) {
        ("autumn", _) | (_, None) => c.get(2)?,
        (_, Some(second)) => second,
    };
    let year = year(of.as_str())?;
    let (from, to) = match season {
        "autumn" => (9, 12),
        "spring" => (1, 4),
        _ => (4, 7),
    };
    Some((Date::new(year, from, 1).ok()?, Date::new(year, to, 1).ok()?.last_of_month(), Precision::Term))
}

fn school_year(c: &Captures<'_>) -> Option<(Date, Date, Precision)> {
    let (from, to) = (year(c.get(1)?.as_str())?, year(c.get(2)?.as_str())?);
    (to == from + 1).then_some(())?;
    Some((Date::new(from, 9, 1).ok()?, Date::new(to, 8, 31).ok()?, Precision::Year))
}

fn year(words: &str) -> Option<i16> {
    let number: i16 = words.parse().ok()?;
    let year = match (words.len(), number) {
        (2, 0..=69) => 2000 + number,
        (2, _) => 1900 + number,
        _ => number,
    };
    (1980..2070).contains(&year).then_some(year)
}

/// What the name of each month begins with.
const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

fn month_number(words: &str) -> Option<i8> {
    let named = words.get(..3).and_then(|start| NAMES.iter().position(|name| *name == start));
    match named {
        Some(index) => i8::try_from(index + 1).ok(),
        None => words.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = find(text)
            .iter()
            .map(|f| {
                let days = if f.first == f.last { f.first.to_string() } else { format!("{}..{}", f.first, f.last) };
                format!("{days} {:?}", f.span.of(text))
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn reads_whole_dates() {
        check("12/3/25", &["2025-03-12 \"12/3/25\""]);
        check("12.03.2025", &["2025-03-12 \"12.03.2025\""]);
        check("12-03-2025", &["2025-03-12 \"12-03-2025\""]);
        check("2025-03-12", &["2025-03-12 \"2025-03-12\""]);
        check("12th March 2025", &["2025-03-12 \"12th March 2025\""]);
        check("on the 1st of\nMay, 2025.", &["2025-05-01 \"1st of\\nMay, 2025\""]);
        check("12-Mar-25", &["2025-03-12 \"12-Mar-25\""]);
        check("March 12th, 2025", &["2025-03-12 \"March 12th, 2025\""]);
        check("23/11/2007 (17 yrs 5 mths)", &["2007-11-23 \"23/11/2007\""]);
        check("Wednesday 12 Sept 2025 at 9.30", &["2025-09-12 \"12 Sept 2025\""]);
        check("01/02/2024 - 03/04/2025", &["2024-02-01 \"01/02/2024\"", "2025-04-03 \"03/04/2025\""]);
    }

    #[test]
    fn reads_stretches_of_time() {
        check("by July 2023", &["2023-07-01..2023-07-31 \"July 2023\""]);
        check("Spring Term 2025", &["2025-01-01..2025-04-30 \"Spring Term 2025\""]);
        check("autumn term 2024/25", &["2024-09-01..2024-12-31 \"autumn term 2024/25\""]);
        check("summer 2024-25", &["2025-04-01..2025-07-31 \"summer 2024-25\""]);
        check("the academic year 2024/25", &["2024-09-01..2025-08-31 \"2024/25\""]);
        check("in 2023 he", &["2023-01-01..2023-12-31 \"2023\""]);
    }

    #[test]
    fn leaves_what_is_no_date() {
        check("31/02/2025", &[]);
        check("2 x 45 mins, 3.15 to 4 pm", &[]);
        check("F1.2.3 and 10.1.2.2024", &[]);
        check("He may 20 minutes later", &[]);
        check("Children and Families Act 2014", &[]);
        check("01/01/1850", &[]);
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_spans_fit(text in r"[0-9/.\- a-zA-Zé½“’]{0,60}") {
            let mut end = 0;
            for found in find(&text) {
                prop_assert!(found.span.start >= end && text.get(found.span.start..found.span.end).is_some());
                prop_assert!(found.first <= found.last);
                end = found.span.end;
            }
        }
    }
}
