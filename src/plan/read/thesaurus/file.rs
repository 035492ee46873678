//! `lexicon/thesaurus.toml` as it is written, and the thesaurus that it makes: for `build.rs`.

use crate::plan::read::thesaurus::terms::{
    Common, Concept, ConceptId, Condition, Levelled, ListId, Particular, Term, Thesaurus,
};
use crate::plan::read::words::Words;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Source {
    difficulty: Vec<String>,
    reassuring: Vec<String>,
    common: Vec<String>,
    areas: Vec<String>,
    groups: BTreeMap<String, Vec<String>>,
    concept: Vec<ConceptSource>,
    condition: Vec<ConditionSource>,
    particular: Vec<ParticularSource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConceptSource {
    name: String,
    #[serde(default)]
    broad: bool,
    signs: Vec<String>,
    topics: Vec<String>,
    answers: Vec<String>,
    #[serde(default)]
    helps: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConditionSource {
    terms: Vec<String>,
    brings: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ParticularSource {
    title: String,
    terms: Vec<String>,
    serves: Vec<String>,
}

/// Collects patterns, each once, while terms are read.
#[derive(Default)]
struct Patterns<'s> {
    known: BTreeMap<&'s str, usize>,
    terms: Vec<Vec<Term>>,
    lists: usize,
}

impl<'s> Patterns<'s> {
    fn terms(&mut self, written: &'s [String], groups: &'s BTreeMap<String, Vec<String>>) -> ListId {
        let list = self.lists;
        self.lists += 1;
        for entry in written {
            match entry.strip_prefix('@') {
                Some(group) => groups.get(group).into_iter().flatten().for_each(|member| self.term(member, list)),
                None => self.term(entry, list),
            }
        }
        list
    }

    fn term(&mut self, written: &'s str, list: ListId) {
        let mut parts = written.split('&').map(|part| self.pattern(part.trim()));
        if let Some(first) = parts.next() {
            let others = parts.collect();
            self.terms[first].push(Term { others, list });
        }
    }

    fn pattern(&mut self, written: &'s str) -> usize {
        *self.known.entry(written).or_insert_with(|| {
            self.terms.push(Vec::new());
            self.terms.len() - 1
        })
    }
}

impl Thesaurus {
    /// The thesaurus of this file.
    pub(crate) fn of(source: &Source) -> Self {
        let mut patterns = Patterns::default();
        let groups = &source.groups;
        let names: BTreeMap<&str, usize> =
            source.concept.iter().enumerate().map(|(index, c)| (c.name.as_str(), index)).collect();
        let ids = |listed: &[String]| -> BTreeSet<ConceptId> {
            if listed.iter().any(|name| name == "*") {
                return (0..names.len()).map(ConceptId).collect();
            }
            listed.iter().filter_map(|name| names.get(name.as_str())).map(|&index| ConceptId(index)).collect()
        };
        let difficulty = patterns.terms(&source.difficulty, groups);
        let reassuring = patterns.terms(&source.reassuring, groups);
        let conditions = source
            .condition
            .iter()
            .map(|c| Condition { terms: patterns.terms(&c.terms, groups), brings: ids(&c.brings) })
            .collect();
        let particulars = source
            .particular
            .iter()
            .map(|p| Particular {
                title: p.title.clone(),
                terms: patterns.terms(&p.terms, groups),
                serves: ids(&p.serves),
            })
            .collect();
        let concepts = source
            .concept
            .iter()
            .map(|c| Concept {
                name: c.name.clone(),
                broad: c.broad,
                signs: patterns.terms(&c.signs, groups),
                topics: patterns.terms(&c.topics, groups),
                answers: patterns.terms(&c.answers, groups),
                helps: patterns.terms(&c.helps, groups),
            })
            .collect();
        let mut open = vec![false; patterns.terms.len()];
        for (written, pattern) in &patterns.known {
            open[*pattern] = written.ends_with('*');
        }
        let plain =
            patterns.known.iter().map(|(written, pattern)| (Levelled::of(written.trim_end_matches('*')).0, *pattern));
        Self {
            words: Words::of(plain),
            open,
            terms: patterns.terms,
            lists: patterns.lists,
            difficulty,
            reassuring,
            common: by_first_byte(&source.common),
            areas: source.areas.clone(),
            concepts,
            conditions,
            particulars,
        }
    }
}

fn by_first_byte(common: &[String]) -> BTreeMap<u8, Vec<Common>> {
    let mut by_first: BTreeMap<u8, Vec<Common>> = BTreeMap::new();
    for entry in common {
        let stem = entry.strip_suffix('*');
        let Some(&first) = stem.unwrap_or(entry).as_bytes().first() else { continue };
        let known = stem.map_or_else(|| Common::Word(entry.clone()), |stem| Common::Stem(stem.to_owned()));
        by_first.entry(first).or_default().push(known);
    }
    by_first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::lexicon;
    use crate::plan::read::thesaurus::thesaurus;

    #[test]
    fn reads_its_file() {
        let read: Source = lexicon::list("thesaurus");
        assert_eq!(format!("{:?}", Thesaurus::of(&read)), format!("{:?}", thesaurus()), "build.rs laid out this file");
        let names: BTreeSet<&str> = read.concept.iter().map(|c| c.name.as_str()).collect();
        let used = read.condition.iter().flat_map(|c| &c.brings).chain(read.particular.iter().flat_map(|p| &p.serves));
        for name in used.filter(|name| *name != "*") {
            assert!(names.contains(name.as_str()), "{name} is no concept");
        }
        let concepts =
            read.concept.iter().flat_map(|c| c.signs.iter().chain(&c.topics).chain(&c.answers).chain(&c.helps));
        for group in concepts.filter_map(|term| term.strip_prefix('@')) {
            assert!(read.groups.contains_key(group), "{group} is no group");
        }
        assert!(names.len() <= 128, "links hold concepts against each other as the bits of one number");
    }
}
