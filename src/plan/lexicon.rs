//! The word lists of the field (`lexicon/*.toml`), as they stand in the binary.

use crate::text::latin;
use regex::Regex;
use serde::de::DeserializeOwned;

/// Every list: its path below `lexicon/` without `.toml`, and its text.
const SOURCES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/lexicon.rs"));

/// The list of this name.
///
/// # Panics
///
/// Where there is no such list or it does not fit `T`: a mistake in the source tree, which the test below finds.
pub(crate) fn list<T: DeserializeOwned>(name: &str) -> T {
    let source = SOURCES.iter().find(|(path, _)| *path == name).map_or("", |(_, text)| text);
    toml::from_str(source).unwrap_or_else(|error| panic!("lexicon/{name}.toml: {error}"))
}

/// One pattern that matches where any of `patterns` does, between `before` and `after`.
///
/// # Panics
///
/// Where a pattern is none: a mistake in the lexicon's files, which are in the binary; every test that reads a plan finds it.
pub(crate) fn any_of(before: &str, patterns: &[String], after: &str) -> Regex {
    let joined = if patterns.is_empty() { r"[^\s\S]".to_owned() } else { patterns.join("|") };
    Regex::new(&latin(&format!("{before}(?:{joined}){after}"))).unwrap_or_else(|error| panic!("lexicon: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_toml() {
        assert!(!SOURCES.is_empty());
        for (name, _) in SOURCES {
            assert!(!list::<toml::Table>(name).is_empty(), "{name}");
        }
    }
}
