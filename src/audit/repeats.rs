//! Repeats: the same sentence, or nearly the same, in many plans, found in one pass after the other.
//!
//! What is compared are entries of a fixed size. They are brought into order outside (on disk, where they are many), and
//! come back here one by one: sentences by key, then candidates by band, then standings by cluster. No pass remembers
//! more than grows with what one plan holds, but for four bytes of each plan.

use crate::audit::components::Neighbours;
use crate::audit::interval::mix;
use crate::audit::record::Record;
use crate::audit::rows::Repeated;
use crate::audit::sketch::{self, PLACES, Sketch};
use crate::audit::templates::Templates;
use std::collections::BTreeMap;
use std::vec::Drain;

/// Two sentences are nearly the same where so many places of their sketches are equal: about four fifths of their runs of
/// three words are shared.
const EQUAL: usize = 26;
/// Places in a band: sentences that agree in all places of one band are compared. With eight bands of four, sentences that
/// share four fifths are compared with a probability of 98 %.
const BAND: usize = 4;
/// Of a band's group, so many sentences are compared with every other; the rest with these.
const LEADERS: usize = 64;
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

    /// What is the same for the same sentence.
    pub fn key(&self) -> u64 {
        self.key
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
}

impl Candidate {
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
    /// The id of its cluster.
    pub fn cluster(&self) -> u64 {
        self.cluster
    }

    /// The number of its plan.
    pub fn plan(&self) -> u32 {
        self.plan
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

/// Tells which sentences are near.
#[derive(Default)]
pub struct Band {
    band: u64,
    leaders: Vec<Candidate>,
}

impl Band {
    /// Takes up the next candidate in their order; what it is near to, by their keys.
    pub fn take(&mut self, candidate: Candidate) -> Option<Neighbours> {
        if self.band != candidate.band {
            self.band = candidate.band;
            self.leaders.clear();
        }
        let near = |leader: &&Candidate| sketch::equal_places(&leader.sketch, &candidate.sketch) >= EQUAL;
        let leader = self.leaders.iter().find(near);
        if let Some(leader) = leader {
            return (leader.key != candidate.key).then(|| Neighbours::of(leader.key, candidate.key));
        }
        if self.leaders.len() < LEADERS {
            self.leaders.push(candidate);
        }
        None
    }
}

/// Finds the statements whose sentences stand in more than one plan or are near to others.
#[derive(Default)]
pub struct Standings {
    key: Option<u64>,
    plan: u32,
    found: bool,
    /// Those of one plan, as long as no other has the sentence.
    waiting: Vec<Standing>,
}

impl Standings {
    /// Takes up the next sentence in their order, with the cluster of its key where it is near to others; what stands.
    pub fn take(&mut self, sentence: &Sentence, cluster: Option<u64>) -> Drain<'_, Standing> {
        if self.key != Some(sentence.key) {
            self.waiting.clear();
            (self.key, self.plan, self.found) = (Some(sentence.key), sentence.plan, cluster.is_some());
        }
        self.found |= sentence.plan != self.plan;
        self.waiting.push(Standing {
            cluster: cluster.unwrap_or(sentence.key),
            key: sentence.key,
            plan: sentence.plan,
            statement: sentence.statement,
            template: sentence.template,
            section: sentence.section,
            kind: sentence.kind,
        });
        self.waiting.drain(..if self.found { self.waiting.len() } else { 0 })
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
}

impl Cluster {
    /// The row of one of its statements; `plan` is the id of its plan.
    pub fn row(&self, standing: &Standing, plan: String) -> Repeated<'_> {
        Repeated {
            sentence: &self.id,
            plan,
            statement: u64::from(standing.statement),
            section: named(&SECTIONS, standing.section),
            kind: named(&KINDS, standing.kind),
            origin: self.origin.as_str(),
            plans: self.plans,
            wordings: self.wordings,
        }
    }
}

/// Counts clusters, one after the other.
pub struct Counting<'t> {
    templates: &'t Templates,
    /// For each plan, the number of the last cluster that it has a statement of.
    seen: Vec<u32>,
    number: u32,
    open: Open,
}

/// What is known of the cluster that is being counted.
#[derive(Default)]
struct Open {
    key: Option<u64>,
    plans: u64,
    statements: u64,
    wordings: u64,
    provisions: u64,
    templates: BTreeMap<u32, u64>,
    places: BTreeMap<(u8, u8), u64>,
}

impl<'t> Counting<'t> {
    /// Of so many plans, which have these templates.
    pub fn new(templates: &'t Templates, plans: usize) -> Self {
        Self { templates, seen: vec![0; plans], number: 1, open: Open::default() }
    }

    /// Takes up the next standing of a cluster in their order.
    pub fn take(&mut self, standing: &Standing) {
        let open = &mut self.open;
        if open.key != Some(standing.key) {
            open.key = Some(standing.key);
            open.wordings += 1;
        }
        open.statements += 1;
        open.provisions += u64::from(named(&KINDS, standing.kind) == "provision");
        *open.places.entry((standing.section, standing.kind)).or_default() += 1;
        if let Some(seen) = self.seen.get_mut(standing.plan as usize).filter(|seen| **seen != self.number) {
            *seen = self.number;
            open.plans += 1;
            *open.templates.entry(standing.template).or_default() += 1;
        }
    }

    /// The cluster whose standings were taken up; none where they are all of one plan.
    pub fn end(&mut self, id: u64) -> Option<Cluster> {
        self.number += 1;
        let open = std::mem::take(&mut self.open);
        if open.plans < 2 {
            return None;
        }
        let brought = open.templates.iter().any(|(&template, &count)| {
            let all = self.templates.plans(template);
            all >= TEMPLATE_PLANS && count * 2 >= all
        });
        let usual = open.places.into_iter().max_by_key(|&(place, count)| (count, std::cmp::Reverse(place)));
        let (section, kind) = usual.map_or((u8::MAX, u8::MAX), |(place, _)| place);
        Some(Cluster {
            id: format!("{id:016x}"),
            origin: if brought { Origin::Template } else { Origin::Copied },
            plans: open.plans,
            statements: open.statements,
            wordings: open.wordings,
            provisions: open.provisions,
            section: named(&SECTIONS, section),
            kind: named(&KINDS, kind),
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
        let mut standings = Standings::default();
        let standing = standings.take(&one, Some(1)).next().expect("it is near to another");
        assert_eq!(Standing::of_bytes(&standing.to_bytes()), Some(standing));
        assert_eq!(Sentence::of_bytes(&one.to_bytes()[1..]), None);
        assert!(sentence(1, 2, 0).to_bytes() < sentence(2, 1, 0).to_bytes());
    }

    #[test]
    fn near_sentences_become_one_cluster() {
        let all = [sentence(10, 1, 0), sentence(20, 2, 3), sentence(30, 3, 20), sentence(40, 4, 4)];
        let mut candidates: Vec<Candidate> = all.iter().flat_map(Sentence::candidates).collect();
        candidates.sort();
        let mut band = Band::default();
        let mut near: Vec<Neighbours> = candidates.into_iter().filter_map(|candidate| band.take(candidate)).collect();
        near.sort();
        near.dedup();
        assert_eq!(near, [Neighbours::of(20, 10), Neighbours::of(40, 10)]);
        let templates = Templates::default();
        let (mut standings, mut counting) = (Standings::default(), Counting::new(&templates, 5));
        for one in &all {
            let cluster = (one.key != 30).then_some(10);
            standings.take(one, cluster).for_each(|standing| counting.take(&standing));
        }
        let cluster = counting.end(10).expect("three plans");
        assert_eq!((cluster.plans, cluster.wordings, cluster.section, cluster.kind), (3, 3, "F", "provision"));
        assert_eq!(cluster.origin, Origin::Copied);
    }

    #[test]
    fn a_sentence_twice_in_one_plan_is_no_copy() {
        let mut standings = Standings::default();
        assert_eq!(standings.take(&sentence(10, 1, 0), None).len(), 0);
        assert_eq!(standings.take(&sentence(10, 1, 0), None).len(), 0);
        assert_eq!(standings.take(&sentence(10, 2, 0), None).len(), 3);
        assert_eq!(standings.take(&sentence(10, 2, 0), None).len(), 1);
        assert_eq!(standings.take(&sentence(20, 2, 0), None).len(), 0);
    }
}
