//! Repeats: the same sentence, or nearly the same, in many plans, found group by group so that no run is too large.
//!
//! What is compared are entries of a fixed size. They are brought into order outside (on disk, where they are many), and
//! come back here in groups: sentences of one key, then candidates of one band, then standings of one cluster.

use crate::audit::interval::mix;
use crate::audit::record::Record;
use crate::audit::rows::Repeated;
use crate::audit::sketch::{self, PLACES, Sketch};
use crate::audit::templates::Templates;
use std::collections::{BTreeMap, BTreeSet};

/// Two sentences are nearly the same where so many places of their sketches are equal: about four fifths of their runs of
/// three words are shared.
const EQUAL: usize = 26;
/// Places in a band: sentences that agree in all places of one band are compared. With eight bands of four, sentences that
/// share four fifths are compared with a probability of 98 %.
const BAND: usize = 4;
/// Of a band's group, so many sentences are compared with every other; the rest with these.
const LEADERS: usize = 64;
/// Of more pairs than this, the rest are left out, and the report says so.
const MOST_EDGES: usize = 4_000_000;
/// A template of fewer plans says nothing of what a template brings.
const TEMPLATE_PLANS: u64 = 5;

const SECTIONS: [&str; 12] = ["A", "B", "C", "D", "E", "F", "G", "H1", "H2", "I", "J", "K"];
const KINDS: [&str; 6] = ["need", "outcome", "provision", "placement", "advice", "other"];

/// One statement, by the key of its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sentence {
    key: u64,
    plan: u32,
    statement: u32,
    template: u32,
    section: u8,
    kind: u8,
    sketch: Option<Sketch>,
}

/// One sentence in one band of its sketch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    band: u64,
    key: u64,
    sketch: Sketch,
}

/// A statement whose sentence stands more than once, by its cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    cluster: u64,
    key: u64,
    plan: u32,
    statement: u32,
    template: u32,
    section: u8,
    kind: u8,
}

impl Sentence {
    /// The statements of a plan that can be compared: the plan's number, and that of its template.
    pub fn of(record: &Record, plan: u32, template: u32) -> Vec<Self> {
        let place = |all: &[&str], word: &str| {
            all.iter().position(|known| *known == word).and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX)
        };
        let one = |(number, statement): (u32, &crate::audit::record::StatementFacts)| {
            Some(Self {
                key: statement.key?,
                plan,
                statement: number,
                template,
                section: place(&SECTIONS, &statement.section),
                kind: place(&KINDS, &statement.kind),
                sketch: sketch::of_hex(&statement.sketch),
            })
        };
        (1..).zip(&record.statements).filter_map(one).collect()
    }

    /// How many bytes one is.
    pub const SIZE: usize = 23 + PLACES;

    /// Whether two have one key.
    pub fn same(&self, other: &Self) -> bool {
        self.key == other.key
    }

    /// As bytes whose order is that of the keys.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(23 + PLACES);
        bytes.extend(self.key.to_be_bytes());
        bytes.extend(self.plan.to_be_bytes());
        bytes.extend(self.statement.to_be_bytes());
        bytes.extend(self.template.to_be_bytes());
        bytes.extend([self.section, self.kind, u8::from(self.sketch.is_some())]);
        bytes.extend(self.sketch.unwrap_or_default());
        bytes
    }

    /// From such bytes.
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let mut from = From(bytes);
        let (key, plan, statement, template) = (from.long()?, from.short()?, from.short()?, from.short()?);
        let [section, kind, has] = from.take::<3>()?;
        let sketch = from.take::<PLACES>()?;
        Some(Self { key, plan, statement, template, section, kind, sketch: (has == 1).then_some(sketch) })
    }

    /// The candidates of a sentence: one for each band, none where it has no sketch.
    pub fn candidates(&self) -> Vec<Candidate> {
        let Some(sketch) = self.sketch else { return Vec::new() };
        let bands = (0u64..).zip(sketch.chunks(BAND));
        bands
            .map(|(number, places)| {
                let places = places.iter().fold(0u64, |all, &place| all << 8 | u64::from(place));
                Candidate { band: mix(places << 8 | number), key: self.key, sketch }
            })
            .collect()
    }

    /// The standings of the sentences of one key, if they stand in more than one plan or are near to others.
    pub fn standings(group: &[Sentence], edges: &Edges) -> Vec<Standing> {
        let Some(first) = group.first() else { return Vec::new() };
        let alone = group.iter().all(|sentence| sentence.plan == first.plan);
        let cluster = edges.root(first.key);
        if alone && cluster.is_none() {
            return Vec::new();
        }
        let standing = |sentence: &Sentence| Standing {
            cluster: cluster.unwrap_or(sentence.key),
            key: sentence.key,
            plan: sentence.plan,
            statement: sentence.statement,
            template: sentence.template,
            section: sentence.section,
            kind: sentence.kind,
        };
        group.iter().map(standing).collect()
    }
}

impl Candidate {
    /// How many bytes one is.
    pub const SIZE: usize = 16 + PLACES;

    /// Whether two are in one band.
    pub fn same(&self, other: &Self) -> bool {
        self.band == other.band
    }

    /// As bytes whose order is that of the bands.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(16 + PLACES);
        bytes.extend(self.band.to_be_bytes());
        bytes.extend(self.key.to_be_bytes());
        bytes.extend(self.sketch);
        bytes
    }

    /// From such bytes.
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let mut from = From(bytes);
        Some(Self { band: from.long()?, key: from.long()?, sketch: from.take::<PLACES>()? })
    }
}

impl Standing {
    /// How many bytes one is.
    pub const SIZE: usize = 30;

    /// Whether two are of one cluster.
    pub fn same(&self, other: &Self) -> bool {
        self.cluster == other.cluster
    }

    /// As bytes whose order is that of the clusters.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(30);
        bytes.extend(self.cluster.to_be_bytes());
        bytes.extend(self.key.to_be_bytes());
        bytes.extend(self.plan.to_be_bytes());
        bytes.extend(self.statement.to_be_bytes());
        bytes.extend(self.template.to_be_bytes());
        bytes.extend([self.section, self.kind]);
        bytes
    }

    /// From such bytes.
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let mut from = From(bytes);
        let (cluster, key) = (from.long()?, from.long()?);
        let (plan, statement, template) = (from.short()?, from.short()?, from.short()?);
        let [section, kind] = from.take::<2>()?;
        Some(Self { cluster, key, plan, statement, template, section, kind })
    }
}

/// Which sentences are near: of each, another that it belongs with.
#[derive(Default)]
pub struct Edges {
    parent: BTreeMap<u64, u64>,
    /// Whether there were more than could be kept.
    pub cut: bool,
}

impl Edges {
    /// Compares the candidates of one band, in their order.
    pub fn compare(&mut self, group: &[Candidate]) {
        let mut leaders: Vec<&Candidate> = Vec::new();
        for candidate in group {
            let near = |leader: &&&Candidate| sketch::equal_places(&leader.sketch, &candidate.sketch) >= EQUAL;
            match leaders.iter().find(near) {
                Some(leader) if leader.key != candidate.key => self.join(leader.key, candidate.key),
                None if leaders.len() < LEADERS => leaders.push(candidate),
                _ => {}
            }
        }
    }

    fn join(&mut self, one: u64, other: u64) {
        if self.parent.len() >= MOST_EDGES {
            self.cut = true;
            return;
        }
        let (one, other) = (self.settle(one), self.settle(other));
        let (least, most) = (one.min(other), one.max(other));
        self.parent.insert(most, least);
    }

    /// The root of a key, which becomes its parent.
    fn settle(&mut self, key: u64) -> u64 {
        let root = self.root(key).unwrap_or(key);
        self.parent.insert(key, root);
        root
    }

    /// The least key of the cluster of a key; none where it is near to no other.
    pub fn root(&self, key: u64) -> Option<u64> {
        let mut root = *self.parent.get(&key)?;
        while let Some(&next) = self.parent.get(&root).filter(|&&next| next != root) {
            root = next;
        }
        Some(root)
    }
}

/// Why a sentence stands in many plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The template brings it.
    Template,
    /// It was copied from plan to plan.
    Copied,
}

impl Origin {
    /// The word of the data files.
    pub fn as_str(self) -> &'static str {
        match self {
            Origin::Template => "template",
            Origin::Copied => "copied",
        }
    }
}

/// A sentence that stands in more than one plan.
#[derive(Clone, Debug)]
pub struct Cluster {
    /// Its id.
    pub id: String,
    /// Why it does.
    pub origin: Origin,
    /// In how many plans.
    pub plans: u64,
    /// In how many statements.
    pub statements: u64,
    /// In how many wordings.
    pub wordings: u64,
    /// How many of its statements are provisions.
    pub provisions: u64,
    /// The section and kind that most of them have.
    pub section: &'static str,
    /// Their kind.
    pub kind: &'static str,
    standings: Vec<Standing>,
}

impl Cluster {
    /// The cluster of these standings; none where they are all of one plan.
    pub fn of(group: &[Standing], templates: &Templates) -> Option<Self> {
        let plans: BTreeSet<u32> = group.iter().map(|standing| standing.plan).collect();
        if plans.len() < 2 {
            return None;
        }
        let by_template: BTreeSet<(u32, u32)> = group.iter().map(|s| (s.template, s.plan)).collect();
        let mut counts: BTreeMap<u32, u64> = BTreeMap::new();
        for (template, _) in by_template {
            *counts.entry(template).or_default() += 1;
        }
        let brought = counts.iter().any(|(&template, &count)| {
            let all = templates.plans(template);
            all >= TEMPLATE_PLANS && count * 2 >= all
        });
        let mut places: BTreeMap<(u8, u8), u64> = BTreeMap::new();
        for standing in group {
            *places.entry((standing.section, standing.kind)).or_default() += 1;
        }
        let usual = places.into_iter().max_by_key(|&(place, count)| (count, std::cmp::Reverse(place)));
        let (section, kind) = usual.map_or((u8::MAX, u8::MAX), |(place, _)| place);
        Some(Self {
            id: group.first().map_or_else(String::new, |standing| format!("{:016x}", standing.cluster)),
            origin: if brought { Origin::Template } else { Origin::Copied },
            plans: plans.len() as u64,
            statements: group.len() as u64,
            wordings: group.iter().map(|standing| standing.key).collect::<BTreeSet<_>>().len() as u64,
            provisions: group.iter().filter(|standing| named(&KINDS, standing.kind) == "provision").count() as u64,
            section: named(&SECTIONS, section),
            kind: named(&KINDS, kind),
            standings: group.to_vec(),
        })
    }

    /// The cluster without the list of its statements, which can be long.
    #[must_use]
    pub fn without_standings(mut self) -> Self {
        self.standings = Vec::new();
        self
    }

    /// Its rows, with the id of each plan by its number.
    pub fn rows<'c>(&'c self, id: impl Fn(u32) -> String + 'c) -> impl Iterator<Item = Repeated> + 'c {
        self.standings.iter().map(move |standing| Repeated {
            sentence: self.id.clone(),
            plan: id(standing.plan),
            statement: u64::from(standing.statement),
            section: named(&SECTIONS, standing.section).to_owned(),
            kind: named(&KINDS, standing.kind).to_owned(),
            origin: self.origin.as_str(),
            plans: self.plans,
            wordings: self.wordings,
        })
    }
}

fn named(all: &[&'static str], at: u8) -> &'static str {
    all.get(usize::from(at)).copied().unwrap_or("")
}

/// Reads numbers off the front of bytes.
pub(crate) struct From<'b>(pub(crate) &'b [u8]);

impl From<'_> {
    pub(crate) fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (front, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*front)
    }

    pub(crate) fn long(&mut self) -> Option<u64> {
        self.take().map(u64::from_be_bytes)
    }

    pub(crate) fn short(&mut self) -> Option<u32> {
        self.take().map(u32::from_be_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(key: u64, plan: u32, places: u8) -> Sentence {
        let mut sketch = [7; PLACES];
        sketch.iter_mut().rev().take(usize::from(places)).for_each(|place| *place = 9);
        Sentence { key, plan, statement: 1, template: 0, section: 5, kind: 2, sketch: Some(sketch) }
    }

    #[test]
    fn entries_come_back_from_bytes_as_they_went() {
        let one = sentence(u64::MAX - 3, 70_000, 2);
        assert_eq!(Sentence::of_bytes(&one.to_bytes()), Some(one));
        let candidate = one.candidates()[3];
        assert_eq!(Candidate::of_bytes(&candidate.to_bytes()), Some(candidate));
        let standing = Sentence::standings(&[one, sentence(one.key, 3, 2)], &Edges::default())[0];
        assert_eq!(Standing::of_bytes(&standing.to_bytes()), Some(standing));
        assert_eq!(Sentence::of_bytes(&one.to_bytes()[1..]), None);
        assert!(sentence(1, 2, 0).to_bytes() < sentence(2, 1, 0).to_bytes());
    }

    #[test]
    fn near_sentences_become_one_cluster() {
        let all = [sentence(10, 1, 0), sentence(20, 2, 3), sentence(30, 3, 20), sentence(40, 4, 4)];
        let mut candidates: Vec<Candidate> = all.iter().flat_map(Sentence::candidates).collect();
        candidates.sort();
        let mut edges = Edges::default();
        candidates.chunk_by(|a, b| a.band == b.band).for_each(|group| edges.compare(group));
        assert_eq!((edges.root(20), edges.root(40), edges.root(30)), (Some(10), Some(10), None));
        let standings: Vec<Standing> =
            all.iter().flat_map(|one| Sentence::standings(std::slice::from_ref(one), &edges)).collect();
        let cluster = Cluster::of(&standings, &Templates::default()).expect("three plans");
        assert_eq!((cluster.plans, cluster.wordings, cluster.section, cluster.kind), (3, 3, "F", "provision"));
        assert_eq!(cluster.origin, Origin::Copied);
    }

    #[test]
    fn a_sentence_twice_in_one_plan_is_no_copy() {
        let twice = [sentence(10, 1, 0), sentence(10, 1, 0)];
        assert!(Sentence::standings(&twice, &Edges::default()).is_empty());
    }
}
