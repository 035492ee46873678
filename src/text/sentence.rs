//! Where sentences begin and end.

use crate::text::Span;

/// Words with a full stop that do not end a sentence, as they stand before the stop, in lower case.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "miss", "dr", "prof", "rev", "st", "e.g", "i.e", "eg", "ie", "etc", "approx", "min", "mins",
    "hr", "hrs", "no", "nos", "vs", "v", "inc", "incl", "dept", "tel", "cf", "para", "paras", "p", "pp", "s", "ss",
    "reg", "regs", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "a.m", "p.m",
    "ft", "yr", "yrs", "wk", "wks", "max",
];

/// Abbreviations that something always follows.
const NEVER_LAST: &[&str] = &["e.g", "i.e", "eg", "ie", "mr", "mrs", "ms", "dr", "prof", "st", "cf", "vs"];

/// Words that a capital letter follows as a name: "Band C." is no initial.
const DESIGNATORS: &[&str] = &[
    "band",
    "section",
    "sections",
    "grade",
    "range",
    "part",
    "level",
    "tier",
    "group",
    "appendix",
    "block",
    "vitamin",
    "hepatitis",
    "class",
    "set",
    "schedule",
    "room",
    "option",
    "type",
    "step",
];

/// Words that, with a capital, begin a sentence even after an abbreviation.
const OPENERS: &[&str] = &[
    "The", "A", "An", "This", "These", "It", "He", "She", "They", "All", "Each", "Every", "In", "At", "If", "When",
    "Where", "There", "His", "Her", "Their", "Staff", "Adults", "For", "To", "By", "No",
];

/// The sentences of `text`, as spans of it without the space around them, in order.
///
/// A stop ends a sentence when a space and then a capital, a digit, a quote or a bracket follow, and
/// what stands before it is no known abbreviation and no single initial. A semicolon ends nothing.
pub(crate) fn sentences(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    let marks = text.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'.' | b'!' | b'?' | b'\n'));
    for (at, mark) in marks {
        let after = at + 1;
        let numbered = mark == b'.' && is_clause_number(text.get(start..at).unwrap_or_default().trim());
        let ends = if mark == b'\n' { Some(after) } else { ends_sentence(text, at, after).filter(|_| !numbered) };
        if let Some(end) = ends.filter(|&end| end > start) {
            push(text, start, end, &mut found);
            start = end;
        }
    }
    push(text, start, text.len(), &mut found);
    found
}

/// The byte after the sentence that the stop at `at` ends, closing quotes and brackets included.
fn ends_sentence(text: &str, at: usize, after: usize) -> Option<usize> {
    let rest = &text[after..];
    let closing: usize = rest
        .chars()
        .take_while(|c| matches!(c, '\'' | '"' | ')' | ']' | '\u{2019}' | '\u{201d}'))
        .map(char::len_utf8)
        .sum();
    let mut following = rest[closing..].chars();
    let Some(space) = following.next() else { return Some(after + closing) };
    if !space.is_whitespace() {
        return None;
    }
    let next = following.find(|c| !c.is_whitespace());
    let opens = next.is_none_or(|c| {
        c.is_uppercase()
            || c.is_ascii_digit()
            || matches!(c, '\'' | '"' | '(' | '[' | '\u{2018}' | '\u{201c}' | '\u{ab}' | '<' | '\u{2022}' | '\u{a3}')
    });
    if !opens || is_aside(rest[closing..].trim_start()) {
        return None;
    }
    if text[..after].ends_with('.') && closing == 0 {
        let word = text[..at].rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '/')).next().unwrap_or("");
        let lower = word.to_lowercase();
        let before = text[..at].trim_end_matches(word).split_whitespace().next_back().unwrap_or("").to_lowercase();
        let initial = word.chars().count() == 1
            && word.chars().all(char::is_uppercase)
            && !DESIGNATORS.contains(&before.as_str());
        // "3.15 to 4 p.m. Monday" goes on; "until 4 p.m. The adult" does not.
        let follows = rest[closing..].split_whitespace().next().unwrap_or("");
        let short = ABBREVIATIONS.contains(&lower.as_str())
            && (NEVER_LAST.contains(&lower.as_str()) || !OPENERS.contains(&follows));
        if next.is_some() && (initial || short) {
            return None;
        }
    }
    Some(after + closing)
}

fn push(text: &str, start: usize, end: usize, found: &mut Vec<Span>) {
    let raw = &text[start..end];
    let from = start + (raw.len() - raw.trim_start().len());
    let to = from + raw.trim().len();
    if to > from {
        found.push(Span::new(from, to));
    }
}

/// "(EOTAS)", the last that a text says: it belongs to what stands before.
fn is_aside(rest: &str) -> bool {
    let inside = rest.trim_end().strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    inside.is_some_and(|words| words.len() <= 12 && !words.contains(char::is_whitespace))
}

/// "F2", "12", "4.1": the number of a clause, which what follows belongs to.
fn is_clause_number(words: &str) -> bool {
    let number = words.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or(words);
    let digits = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (1..=5).contains(&number.len()) && digits && number.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = sentences(text).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn cuts_at_stops_that_end_something() {
        check("One. Two.", &["One.", "Two."]);
        check("At 9.30 am he goes. Then he rests.", &["At 9.30 am he goes.", "Then he rests."]);
        check("Dr. N. Sefton came. She left.", &["Dr. N. Sefton came.", "She left."]);
        check("Equipment, e.g. A laptop, is used.", &["Equipment, e.g. A laptop, is used."]);
        check("He said \u{2018}no.\u{2019} Then he went.", &["He said \u{2018}no.\u{2019}", "Then he went."]);
        check("He reads. F2. The TA helps. F3.", &["He reads.", "F2. The TA helps.", "F3."]);
        check("Two in Year 2. Three.", &["Two in Year 2.", "Three."]);
        check("  \n ", &[]);
        check("No stop at all", &["No stop at all"]);
        check("It is funded at Band C. Posy will go.", &["It is funded at Band C.", "Posy will go."]);
        check("Twice a week for 20 mins. The TA will lead.", &["Twice a week for 20 mins.", "The TA will lead."]);
        check("He goes at 4 p.m. Monday to Friday.", &["He goes at 4 p.m. Monday to Friday."]);
        check("By a tutor. (EOTAS)", &["By a tutor. (EOTAS)"]);
        check("By a tutor. (He likes her.) At home.", &["By a tutor.", "(He likes her.)", "At home."]);
    }
}
