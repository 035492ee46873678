//! Phrases, and patterns between slashes, as one regular expression: for rules, and for `build.rs`, which makes it ready.

use crate::text::Folded;
use crate::text::latin::latin;

/// All of them as one pattern.
pub(crate) fn joined(entries: &[String]) -> Option<String> {
    // Longer entries first, so that of two that begin at the same word the longer wins.
    let mut sources: Vec<String> = entries.iter().map(|entry| source(entry)).collect();
    sources.sort_by_key(|source| std::cmp::Reverse(source.len()));
    (!sources.is_empty()).then(|| latin(&sources.join("|")))
}

/// The same pattern for the beginning of a text.
pub(crate) fn at_beginning(joined: &str) -> String {
    format!("^(?:{joined})")
}

/// What the one or the other is known by, where it was made ready when the program was built.
pub(crate) fn made_from(beginning: bool, entries: &[String]) -> impl Iterator<Item = &str> {
    beginning.then_some("^").into_iter().chain(entries.iter().map(String::as_str))
}

/// The pattern of an entry between slashes.
pub(crate) fn pattern(entry: &str) -> Option<&str> {
    entry.strip_prefix('/')?.strip_suffix('/')
}

fn source(entry: &str) -> String {
    if let Some(pattern) = pattern(entry) {
        return format!("(?:{pattern})");
    }
    let phrase = Folded::of(entry.trim());
    let phrase = phrase.text();
    let mut source = String::from("(?:");
    if phrase.starts_with(char::is_alphanumeric) {
        source.push_str(r"\b");
    }
    for c in phrase.chars() {
        if matches!(c, ' ' | '-') {
            source.push_str("[ -]");
        } else {
            source.push_str(&regex_syntax::escape(c.encode_utf8(&mut [0; 4])));
        }
    }
    if phrase.ends_with(char::is_alphanumeric) {
        source.push_str(r"\b");
    }
    source.push(')');
    source
}
