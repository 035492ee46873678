//! The lexicon: the words of the field, kept as data in `lexicon/`, read once.

use crate::plan::{FactKind, Sort, Strength};
use crate::text::pattern::{Class, Grammar, PatternError};
use regex::Regex;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::sync::LazyLock;

const SOURCES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/lexicon.rs"));

/// The words that facts and sorts are read with.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    /// Classes that patterns can name.
    pub(crate) grammar: Grammar,
    /// Words that speak of something else: what they cover states nothing.
    pub(crate) masks: Class,
    /// What states a fact, by kind and strength.
    pub(crate) facts: Vec<(FactKind, Strength, Class)>,
    /// Who, and what looks like who and is not.
    pub(crate) providers: Class,
    pub(crate) not_providers: Class,
    pub(crate) services: Class,
    /// Cues for each sort of provision.
    pub(crate) sorts: Vec<SortCues>,
    /// Patterns for outcomes.
    pub(crate) outcomes: Outcomes,
    /// Things too general to be an item.
    pub(crate) generic: Class,
}

/// Cues for one sort of provision.
#[derive(Debug)]
pub(crate) struct SortCues {
    pub(crate) sort: Sort,
    pub(crate) strong: Class,
    pub(crate) any: Class,
    pub(crate) not: Class,
}

/// Patterns for outcomes.
#[derive(Debug, Default)]
pub(crate) struct Outcomes {
    pub(crate) timed: Class,
    pub(crate) measured: Class,
    pub(crate) unspecific: Class,
    pub(crate) act: Class,
    pub(crate) provision: Class,
    pub(crate) not_provision: Class,
    pub(crate) state: Class,
}

/// The lexicon in the binary.
pub(crate) fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| load(SOURCES).unwrap_or_default());
    &LEXICON
}

/// The text of one file of the lexicon, for the rooms that read their own.
pub(crate) fn source(name: &str) -> &'static str {
    SOURCES.iter().find(|(file, _)| *file == name).map_or("", |(_, text)| text)
}

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
/// Where a pattern is none: a mistake in the source tree.
pub(crate) fn any_of(before: &str, patterns: &[String], after: &str) -> Regex {
    let joined = if patterns.is_empty() { r"[^\s\S]".to_owned() } else { patterns.join("|") };
    Regex::new(&format!("{before}(?:{joined}){after}")).unwrap_or_else(|error| panic!("lexicon: {error}"))
}

/// Why a lexicon file cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LexiconError {
    #[error("lexicon/{file}.toml: {error}")]
    Toml { file: String, error: toml::de::Error },
    #[error("lexicon: {0}")]
    Pattern(#[from] PatternError),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    class: Vec<NamedClass>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamedClass {
    name: String,
    any: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Providers {
    plain: Vec<String>,
    not: Vec<String>,
    service: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Measures {
    mask: Vec<Patterns>,
    fact: Vec<FactPatterns>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Patterns {
    any: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FactPatterns {
    kind: FactKind,
    #[serde(default)]
    strength: Strength,
    any: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sorts {
    sort: Vec<SortPatterns>,
    generic: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SortPatterns {
    name: Sort,
    #[serde(default)]
    strong: Vec<String>,
    any: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OutcomePatterns {
    timed: Vec<String>,
    measured: Vec<String>,
    unspecific: Vec<String>,
    act: Vec<String>,
    provision: Vec<String>,
    not_provision: Vec<String>,
    state: Vec<String>,
}

fn load(sources: &[(&str, &str)]) -> Result<Lexicon, LexiconError> {
    let mut lexicon = Lexicon::default();
    let words: Words = parse(sources, "words")?;
    for class in &words.class {
        lexicon.grammar.add(&class.name, class.any.iter().map(String::as_str))?;
    }
    let grammar = &lexicon.grammar;
    let read = |patterns: &[String]| grammar.class(patterns.iter().map(String::as_str));
    let measures: Measures = parse(sources, "measures")?;
    let masks: Vec<String> = measures.mask.into_iter().flat_map(|mask| mask.any).collect();
    let masks = read(&masks)?;
    let mut facts = Vec::new();
    for fact in &measures.fact {
        facts.push((fact.kind, fact.strength, read(&fact.any)?));
    }
    let providers: Providers = parse(sources, "providers")?;
    let (plain, not, service) = (read(&providers.plain)?, read(&providers.not)?, read(&providers.service)?);
    let sorts: Sorts = parse(sources, "sorts")?;
    let mut cues = Vec::new();
    for sort in &sorts.sort {
        cues.push(SortCues {
            sort: sort.name,
            strong: read(&sort.strong)?,
            any: read(&sort.any)?,
            not: read(&sort.not)?,
        });
    }
    let generic = read(&sorts.generic)?;
    let outcomes: OutcomePatterns = parse(sources, "outcomes")?;
    let outcomes = Outcomes {
        timed: read(&outcomes.timed)?,
        measured: read(&outcomes.measured)?,
        unspecific: read(&outcomes.unspecific)?,
        act: read(&outcomes.act)?,
        provision: read(&outcomes.provision)?,
        not_provision: read(&outcomes.not_provision)?,
        state: read(&outcomes.state)?,
    };
    lexicon.masks = masks;
    lexicon.facts = facts;
    (lexicon.providers, lexicon.not_providers, lexicon.services) = (plain, not, service);
    lexicon.sorts = cues;
    lexicon.outcomes = outcomes;
    lexicon.generic = generic;
    Ok(lexicon)
}

fn parse<T: for<'de> Deserialize<'de>>(sources: &[(&str, &str)], name: &str) -> Result<T, LexiconError> {
    let text = sources.iter().find(|(file, _)| *file == name).map_or("", |(_, text)| text);
    toml::from_str(text).map_err(|error| LexiconError::Toml { file: name.to_owned(), error })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicon_in_the_binary_can_be_read() {
        let loaded = load(SOURCES);
        assert!(loaded.is_ok(), "{}", loaded.err().map(|e| e.to_string()).unwrap_or_default());
    }

    #[test]
    fn every_list_is_toml() {
        assert!(!SOURCES.is_empty());
        for (name, _) in SOURCES {
            assert!(!list::<toml::Table>(name).is_empty(), "{name}");
        }
    }
}
