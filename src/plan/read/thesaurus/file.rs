//! `lexicon/thesaurus.toml` as it is written, and the thesaurus that it makes: for `build.rs`.

use crate::plan::read::thesaurus::concepts::{ConceptId, Concepts};
use crate::plan::read::thesaurus::terms::{
    Concept, Condition, Levelled, ListId, Particular, STEM, Saying, Says, Term, Terms, Thesaurus,
};
use crate::plan::read::words::Words;
use serde::Deserialize;
use std::collections::BTreeMap;

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

/// A term without the first of its patterns.
struct TermSource {
    /// Those that must be there too.
    others: Vec<usize>,
    /// Those that must not.
    barred: Vec<usize>,
    list: ListId,
}

/// Collects patterns, each once, while terms are read.
#[derive(Default)]
struct Patterns<'s> {
    known: BTreeMap<&'s str, usize>,
    /// By the first of their patterns.
    terms: Vec<Vec<TermSource>>,
    lists: Vec<Option<Saying>>,
}

impl<'s> Patterns<'s> {
    fn terms(&mut self, written: &'s [String], groups: &'s BTreeMap<String, Vec<String>>) -> ListId {
        self.saying(None, written, groups)
    }

    /// The list of these terms, which say this of a concept.
    fn saying(
        &mut self,
        saying: Option<Saying>,
        written: &'s [String],
        groups: &'s BTreeMap<String, Vec<String>>,
    ) -> ListId {
        let list = self.lists.len();
        self.lists.push(saying);
        for entry in written {
            match entry.strip_prefix('@') {
                Some(group) => groups.get(group).into_iter().flatten().for_each(|member| self.term(member, list)),
                None => self.term(entry, list),
            }
        }
        list
    }

    fn term(&mut self, written: &'s str, list: ListId) {
        let mut parts = written.split('&').map(str::trim);
        let Some(first) = parts.next().map(|first| self.pattern(first)) else { return };
        let (mut others, mut barred) = (Vec::new(), Vec::new());
        for part in parts {
            match part.strip_prefix('!') {
                Some(part) => barred.push(self.pattern(part.trim())),
                None => others.push(self.pattern(part)),
            }
        }
        self.terms[first].push(TermSource { others, barred, list });
    }

    fn pattern(&mut self, written: &'s str) -> usize {
        *self.known.entry(written).or_insert_with(|| {
            self.terms.push(Vec::new());
            self.terms.len() - 1
        })
    }
}

impl Terms {
    /// The terms of each pattern.
    fn of(all: Vec<Vec<TermSource>>) -> Self {
        let mut terms = Self::default();
        for by_pattern in all {
            terms.begins.push(terms.all.len());
            for TermSource { others, barred, list } in by_pattern {
                let from = terms.others.len();
                terms.others.extend(others);
                let to = terms.others.len();
                terms.others.extend(barred);
                terms.all.push(Term { list, others: (from, to), barred: terms.others.len() });
            }
        }
        terms.begins.push(terms.all.len());
        terms
    }
}

impl Thesaurus {
    /// The thesaurus of this file.
    pub(crate) fn of(source: &Source) -> Self {
        let mut patterns = Patterns::default();
        let groups = &source.groups;
        let names: BTreeMap<&str, usize> =
            source.concept.iter().enumerate().map(|(index, c)| (c.name.as_str(), index)).collect();
        let ids = |listed: &[String]| -> Concepts {
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
        let mut concepts = Vec::new();
        for (of, c) in source.concept.iter().enumerate().map(|(index, c)| (ConceptId(index), c)) {
            let mut saying = |what, terms| patterns.saying(Some(Saying { what, of }), terms, groups);
            concepts.push(Concept { name: c.name.clone(), signs: saying(Says::Signs, &c.signs) });
            saying(Says::Topics, &c.topics);
            saying(Says::Answers, &c.answers);
            saying(Says::Helps, &c.helps);
        }
        let broad = source.concept.iter().enumerate().filter(|(_, c)| c.broad).map(|(index, _)| ConceptId(index));
        let mut open = vec![false; patterns.terms.len()];
        for (written, pattern) in &patterns.known {
            open[*pattern] = written.ends_with('*');
        }
        let plain =
            patterns.known.iter().map(|(written, pattern)| (Levelled::of(written.trim_end_matches('*')).0, *pattern));
        Self {
            words: Words::of(plain),
            open,
            terms: Terms::of(patterns.terms),
            lists: patterns.lists,
            difficulty,
            reassuring,
            common: common(&source.common),
            areas: source.areas.clone(),
            concepts,
            broad: broad.collect(),
            conditions,
            particulars,
        }
    }
}

/// Words, and stems with `*` behind them.
fn common(written: &[String]) -> Words {
    let entries = written.iter().map(|entry| match entry.strip_suffix('*') {
        Some(stem) => (stem.to_owned(), STEM),
        None => (entry.clone(), 0),
    });
    Words::of(entries)
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
        let names: std::collections::BTreeSet<&str> = read.concept.iter().map(|c| c.name.as_str()).collect();
        let used = read.condition.iter().flat_map(|c| &c.brings).chain(read.particular.iter().flat_map(|p| &p.serves));
        for name in used.filter(|name| *name != "*") {
            assert!(names.contains(name.as_str()), "{name} is no concept");
        }
        let concepts =
            read.concept.iter().flat_map(|c| c.signs.iter().chain(&c.topics).chain(&c.answers).chain(&c.helps));
        for group in concepts.filter_map(|term| term.strip_prefix('@')) {
            assert!(read.groups.contains_key(group), "{group} is no group");
        }
        assert!(names.len() <= 128, "a set of concepts is the bits of one number");
    }
}
