//! The word lists of the field (`lexicon/*.toml`), as they stand in the binary.

use crate::plan::packed::Packed;
use crate::text::latin;
use crate::text::{Regex, Searched};
use serde::de::DeserializeOwned;
use std::sync::OnceLock;
use toml::de::Deserializer;

/// Every list: its path below `lexicon/` without `.toml`, and what stands in it.
const LISTS: &[(&str, Packed)] = include!(concat!(env!("OUT_DIR"), "/lexicon.packed.rs"));

/// The list of this name.
///
/// # Panics
///
/// Where there is no such list or it does not fit `T`: a mistake in the source tree, which the tests find.
pub(crate) fn list<T: DeserializeOwned>(name: &str) -> T {
    let packed = LISTS.iter().find(|(path, _)| *path == name).map_or(Packed::standing(&[], ""), |(_, packed)| *packed);
    let read = packed.table().and_then(|table| T::deserialize(Deserializer::from(table)));
    read.unwrap_or_else(|error| panic!("lexicon/{name}.toml: {error}"))
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

/// The same, made ready when it is first asked.
#[derive(Debug)]
pub(crate) struct AnyOf {
    source: (&'static str, Vec<String>, &'static str),
    ready: OnceLock<Regex>,
}

impl AnyOf {
    /// Matches where any of `patterns` does, between `before` and `after`.
    pub(crate) fn new(before: &'static str, patterns: &[String], after: &'static str) -> Self {
        Self { source: (before, patterns.to_vec(), after), ready: OnceLock::new() }
    }

    /// Whether it matches anywhere.
    pub(crate) fn is_match<'t>(&self, text: impl Searched<'t>) -> bool {
        self.pattern().is_match(text)
    }

    /// Whether the text may hold what a match needs.
    pub(crate) fn may_match<'t>(&self, text: impl Searched<'t>) -> bool {
        self.pattern().may_match(text)
    }

    fn pattern(&self) -> &Regex {
        let (before, patterns, after) = &self.source;
        self.ready.get_or_init(|| any_of(before, patterns, after))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use toml::de::DeTable;

    /// The same lists as they are written.
    const SOURCES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/lexicon.rs"));

    #[test]
    fn what_is_packed_is_what_the_files_say() {
        assert!(!SOURCES.is_empty() && SOURCES.len() == LISTS.len());
        for ((name, text), (packed_as, packed)) in SOURCES.iter().zip(LISTS) {
            let (read, packed) = (DeTable::parse(text).expect(name), packed.table().expect(name));
            assert_eq!(name, packed_as);
            assert_eq!(format!("{packed:?}"), format!("{read:?}"), "{name}");
            assert!(!read.get_ref().is_empty(), "{name}");
        }
    }
}
