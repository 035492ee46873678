//! Words made safe for a terminal: nothing in a plan may steer the screen it is shown on.

use std::fmt::Write as _;

/// What is shown for a character of a document: nothing for what has no width, a space for what steers.
pub(crate) fn shown(c: char) -> Option<char> {
    match c {
        // soft hyphens, zero-width and direction marks: some terminals draw them, others reverse the line
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206f}'
        | '\u{feff}' => None,
        c if c.is_control() || c.is_whitespace() => Some(' '),
        c => Some(c),
    }
}

/// `text` with every character as it is shown. A line break becomes a space.
pub fn clean(text: &str) -> String {
    text.chars().filter_map(shown).collect()
}

/// JSON in which nothing steers a terminal either, and which means the same: what it leaves as it is, and a screen does not,
/// is written as an escape.
pub(crate) fn in_json(json: String) -> String {
    let steers = |c: char| matches!(c, '\u{7f}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !json.chars().any(steers) {
        return json;
    }
    json.chars().fold(String::with_capacity(json.len()), |mut out, c| {
        if steers(c) {
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_means_the_same_and_steers_nothing() {
        let words = "a\u{9b}31m \u{202e}b\u{7f} \u{eb}";
        let json = in_json(serde_json::to_string(words).expect("JSON"));
        assert_eq!(json, "\"a\\u009b31m \\u202eb\\u007f \u{eb}\"");
        assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), words);
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(clean(text), expected);
    }

    #[test]
    fn takes_away_what_steers_a_terminal() {
        check("a\u{1b}[31mred", "a [31mred");
        check("one\rtwo\nthree\tfour\u{b}five", "one two three four five");
        check("c1 \u{9b}31m", "c1  31m");
        check("bi\u{202e}di\u{ad}", "bidi");
        check("Zo\u{eb} \u{2019}s \u{a3}5\u{a0}a week", "Zo\u{eb} \u{2019}s \u{a3}5 a week");
    }
}
