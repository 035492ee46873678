//! Patterns that know Latin letters only: they say the same of what plans hold and are ready several times sooner.

/// What stands before and after patterns that are put together.
pub(crate) type Around = (&'static str, &'static str);
/// Anywhere in a text.
pub(crate) const ANYWHERE: Around = ("", "");
/// At the beginning of a text.
pub(crate) const BEGINNING: Around = ("^", "");
/// The whole of a text.
pub(crate) const WHOLE: Around = ("^", "$");
/// At the beginning of a line that goes on, as in "In this section the special educational needs of…".
pub(crate) const TITLE: Around = ("^(?:in this section,? )?(?:the |my |our |any |a )?", r"(?:\b|$)");
/// Whole words, anywhere.
pub(crate) const WORDS: Around = (r"\b", r"\b");

/// `pattern` with the letters, digits and word borders of all the world's scripts narrowed to Latin ones:
/// `\w`, `\d` and `\b` mean Latin letters up to U+024F, the digits 0 to 9, and the border of an ASCII word.
/// For levelled text.
pub(crate) fn latin(pattern: &str) -> String {
    with(pattern, r"0-9a-z_\u{e0}-\u{24f}", Some(r"(?-u:\b)"))
}

/// One pattern that matches where any of `patterns` does, between what stands around them.
pub(crate) fn any_of((before, after): Around, patterns: &[String]) -> String {
    let joined = if patterns.is_empty() { r"[^\s\S]".to_owned() } else { patterns.join("|") };
    latin(&format!("{before}(?:{joined}){after}"))
}

/// What such a pattern is known by, where it was made ready when the program was built.
pub(crate) fn made_from((before, after): Around, patterns: &[String]) -> impl Iterator<Item = &str> {
    [before, after].into_iter().chain(patterns.iter().map(String::as_str))
}

/// `pattern` with `\w` and `\d` narrowed to Latin letters up to U+024F, small and large, and the digits 0 to 9.
pub(crate) fn narrowed(pattern: &str) -> String {
    with(pattern, r"0-9A-Za-z_\u{c0}-\u{24f}", None)
}

/// `pattern` with `letters` for `\w`, the digits 0 to 9 for `\d`, and `border` for `\b`.
fn with(pattern: &str, letters: &str, border: Option<&str>) -> String {
    let mut out = String::with_capacity(pattern.len() + 64);
    let mut in_class = false;
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('w') if in_class => out.push_str(letters),
                Some('w') => out.extend(["[", letters, "]"]),
                Some('d') if in_class => out.push_str("0-9"),
                Some('d') => out.push_str("[0-9]"),
                Some('b') if !in_class => out.push_str(border.unwrap_or(r"\b")),
                Some(other) => out.extend(['\\', other]),
                None => out.push('\\'),
            },
            '[' => {
                in_class = true;
                out.push(c);
            }
            ']' => {
                in_class = false;
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{latin, narrowed};
    use regex::Regex;

    fn check(pattern: &str, text: &str, expected: Option<&str>) {
        let found = Regex::new(&latin(pattern)).expect("a pattern");
        assert_eq!(found.find(text).map(|found| found.as_str()), expected, "{pattern} on {text}");
    }

    #[test]
    fn says_the_same_of_levelled_text() {
        check(r"\b\w+'s\b", "in zo\u{eb}'s plan", Some("zo\u{eb}'s"));
        check(r"[\w'-]+ \d+", "ks2-3 12", Some("ks2-3 12"));
        check(r"\[\w\]", "[a]", Some("[a]"));
        check(r"\bing\b", "reading", None);
    }

    #[test]
    fn keeps_capitals_and_borders_in_other_text() {
        let pattern = Regex::new(&narrowed(r"\b[\w-]+ \W*\d\b")).expect("a pattern");
        let found = pattern.find("for \u{c9}loi-Zo\u{eb} (7").map(|found| found.as_str());
        assert_eq!(found, Some("\u{c9}loi-Zo\u{eb} (7"));
    }
}
