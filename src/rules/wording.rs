//! Wording: a list of phrases and patterns out of a rule file, and where a folded text holds one of them.

use crate::rules::phrases::{at_beginning, joined, made_from, pattern};
use crate::text::{Regex, Searched, Span, ready};
use serde::{Deserialize, Deserializer};
use std::sync::OnceLock;

/// Phrases, and patterns between slashes, as one automaton that is built when it is first asked.
///
/// A phrase is levelled as the text is, stands on whole words, and a space in it also means a hyphen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wording {
    entries: Vec<String>,
    automaton: OnceLock<Option<Regex>>,
    /// The same for the beginning of a text.
    at_beginning: OnceLock<Option<Regex>>,
}

impl Wording {
    /// The wording of one phrase or pattern.
    pub(crate) fn of(entry: &str) -> Self {
        Self { entries: vec![entry.to_owned()], ..Self::default() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Where `folded` (a text that was levelled) holds one of them: leftmost first, none overlapping.
    pub(crate) fn find_all<'t>(&self, folded: impl Searched<'t>) -> Vec<Span> {
        self.automaton().map_or_else(Vec::new, |regex| regex.find_iter(folded).map(|m| m.range().into()).collect())
    }

    /// Whether `folded` holds one of them.
    pub(crate) fn is_in<'t>(&self, folded: impl Searched<'t>) -> bool {
        self.automaton().is_some_and(|regex| regex.is_match(folded))
    }

    /// Where `folded` begins with one of them: the first of those that [`Wording::find_all`] finds, where it stands at the beginning.
    pub(crate) fn begins<'t>(&self, folded: impl Searched<'t>) -> Option<Span> {
        let ready = || ready(made_from(true, &self.entries));
        let read = || Regex::new(&at_beginning(&joined(&self.entries)?)).ok();
        let regex = self.at_beginning.get_or_init(|| ready().or_else(read));
        regex.as_ref()?.find(folded).map(|found| found.range().into())
    }

    fn automaton(&self) -> Option<&Regex> {
        let ready = || ready(made_from(false, &self.entries));
        self.automaton.get_or_init(|| ready().or_else(|| Regex::new(&joined(&self.entries)?).ok())).as_ref()
    }
}

impl<'de> Deserialize<'de> for Wording {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self { entries: Vec::deserialize(deserializer)?, ..Self::default() })
    }
}

/// What is wrong with one string of a `[check]` table, if it is a pattern or could be meant as one.
pub(crate) fn fault(entry: &str) -> Option<String> {
    if entry.chars().any(char::is_control) {
        return Some("this holds a control character: write patterns between '…', not between \"…\"".to_owned());
    }
    let pattern = pattern(entry)?;
    let regex = match Regex::new(pattern) {
        Ok(regex) => regex,
        Err(error) => return Some(format!("this pattern cannot be read: {error}")),
    };
    if regex.is_match("") {
        return Some("this pattern matches nothing at all, and so everywhere".to_owned());
    }
    let mut escaped = false;
    let capital = pattern.chars().any(|c| {
        let counts = c.is_uppercase() && !escaped;
        escaped = c == '\\' && !escaped;
        counts
    });
    capital.then(|| "text is in lower case when it is matched: a capital never fits".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Folded;

    fn check(entries: &[&str], text: &str, expected: &[&str]) {
        let wording = Wording { entries: entries.iter().map(|&e| e.to_owned()).collect(), ..Wording::default() };
        let folded = Folded::of(text);
        let found: Vec<&str> =
            wording.find_all(&folded).into_iter().map(|span| folded.original(span).of(text)).collect();
        assert_eq!(found, expected);
        assert_eq!(wording.is_in(&folded), !expected.is_empty());
        let first = wording.find_all(&folded).first().copied().filter(|span| span.start == 0);
        assert_eq!(wording.begins(&folded), first);
    }

    #[test]
    fn finds_phrases_on_whole_words() {
        check(&["as required"], "Help as\nrequired, as  Required.", &["as\nrequired", "as  Required"]);
        check(&["access to"], "accessing toys", &[]);
        check(&["small group"], "Small\u{2011}group work", &["Small\u{2011}group"]);
        check(&["up to", "up to 5"], "up to 5 hours", &["up to 5"]);
        check(&[], "anything", &[]);
    }

    #[test]
    fn finds_patterns() {
        check(&[r"/up to \d+/", "tbc"], "TBC: up to 12 hours", &["TBC", "up to 12"]);
    }

    #[test]
    fn refuses_patterns_that_cannot_mean_what_they_say() {
        let faulty = |entry: &str| fault(entry).is_some();
        assert!(faulty("/a*/"), "empty");
        assert!(faulty("/(/"), "broken");
        assert!(faulty("/TBC/"), "capital");
        assert!(faulty("\u{8}up to\u{8}"), "backspace");
        assert!(!faulty(r"/\Btbc\S/") && !faulty("TBC"));
    }
}
