//! Across: what plans have in common, from entries that were spilt while they were gathered, in passes over sorted entries.

use crate::cli::audit::spill::{Room, Sorted, Spill};
use ehcp_lint::{
    Across, Band, Candidate, Cluster, Counting, Neighbours, Origin, Sentence, Sighting, Standing, Standings,
    StrangerRow, Strangers, TableError, TableFiles, Templates, Tying, TyingTrace,
};
use std::fs::File;
use std::io::{self, BufWriter};

/// How many of the most frequent sentences the dashboard lists.
const TOP: usize = 50;

/// What was found in the plans that is compared across them.
pub(crate) struct Found<'r> {
    /// The folder for what does not fit into memory.
    pub(crate) room: &'r Room,
    pub(crate) templates: Templates,
    /// The ids of the plans, by number.
    pub(crate) plans: Vec<u64>,
    pub(crate) sentences: Spill,
    pub(crate) sightings: Spill,
    /// Statements that are long enough to be compared, and the provisions among them.
    pub(crate) compared: (u64, u64),
}

pub(crate) type Tables = TableFiles<BufWriter<File>, File>;

impl Found<'_> {
    /// Writes what plans have in common into the tables; what the dashboard shows of it.
    pub(crate) fn written(self, tables: &mut Tables) -> Result<Across, TableError> {
        let Self { room, templates, plans, sentences, sightings, compared } = self;
        let passes = Passes { room, plans };
        let mut across = Across::default();
        let standings = passes.standings(&sentences.sorted()?)?;
        passes.clusters(&standings, &templates, tables, &mut across)?;
        drop(standings);
        (across.compared, across.copied_provisions.1) = compared;
        most_frequent(&mut across.top);
        across.templates = templates.rows();
        across.templates.iter().try_for_each(|row| tables.add_template(row))?;
        across.strangers = passes.strangers(sightings, tables)?;
        Ok(across)
    }
}

struct Passes<'r> {
    room: &'r Room,
    plans: Vec<u64>,
}

impl Passes<'_> {
    fn entries(&self, name: &'static str) -> Spill {
        self.room.spill(name)
    }

    fn id(&self, plan: u32) -> u64 {
        self.plans.get(plan as usize).copied().unwrap_or(0)
    }

    /// The statements whose sentences stand in more than one plan, by cluster.
    fn standings(&self, sentences: &Sorted) -> io::Result<Sorted> {
        let members = self.members(self.near(sentences)?)?;
        let mut members = members.stream()?;
        let mut member = members.next_as(Neighbours::of_bytes)?;
        let mut spilt = self.entries("standings");
        let mut standings = Standings::default();
        let mut stream = sentences.stream()?;
        while let Some(sentence) = stream.next_as(Sentence::of_bytes)? {
            while member.is_some_and(|member| member.member().0 < sentence.key()) {
                member = members.next_as(Neighbours::of_bytes)?;
            }
            let cluster = member.map(|member| member.member()).filter(|(key, _)| *key == sentence.key());
            for standing in standings.take(&sentence, cluster.map(|(_, cluster)| cluster)) {
                spilt.push(&standing.to_bytes())?;
            }
        }
        spilt.sorted()
    }

    /// Which sentences are near to which.
    fn near(&self, sentences: &Sorted) -> io::Result<Spill> {
        let mut candidates = self.entries("candidates");
        let mut last = None;
        let mut stream = sentences.stream()?;
        while let Some(sentence) = stream.next_as(Sentence::of_bytes)? {
            if last.replace(sentence.key()) != Some(sentence.key()) {
                for candidate in sentence.candidates() {
                    candidates.push(&candidate.to_bytes())?;
                }
            }
        }
        let candidates = candidates.sorted()?;
        let mut near = self.entries("near");
        let mut band = Band::default();
        let mut stream = candidates.stream()?;
        while let Some(candidate) = stream.next_as(Candidate::of_bytes)? {
            if let Some(pair) = band.take(candidate) {
                near.push(&pair.to_bytes())?;
            }
        }
        Ok(near)
    }

    /// Each sentence that is near to others, with the least of those that it belongs with.
    fn members(&self, near: Spill) -> io::Result<Sorted> {
        let mut pairs = near.sorted()?;
        let mut before = TyingTrace::default();
        loop {
            let mut after = TyingTrace::default();
            let (mut both, mut members) = (self.entries("both"), self.entries("members"));
            let mut stream = pairs.stream()?;
            while let Some(pair) = stream.next_as(Neighbours::of_bytes)? {
                if after.add(pair) {
                    both.push(&pair.to_bytes())?;
                    both.push(&pair.turned().to_bytes())?;
                    members.push(&pair.to_bytes())?;
                    members.push(&pair.centre().to_bytes())?;
                }
            }
            if before == after {
                return members.sorted();
            }
            before = after;
            let larger = self.tied(&both.sorted()?, "larger", Tying::larger)?;
            pairs = self.tied(&larger, "smaller", Tying::smaller)?;
        }
    }

    fn tied(
        &self,
        pairs: &Sorted,
        name: &'static str,
        tie: impl Fn(&mut Tying, Neighbours) -> Option<Neighbours>,
    ) -> io::Result<Sorted> {
        let (mut tied, mut tying) = (self.entries(name), Tying::default());
        let mut stream = pairs.stream()?;
        while let Some(pair) = stream.next_as(Neighbours::of_bytes)? {
            if let Some(pair) = tie(&mut tying, pair) {
                tied.push(&pair.to_bytes())?;
            }
        }
        tied.sorted()
    }

    /// Counts each cluster, then writes its rows: two streams go through the same standings, one ahead of the other.
    fn clusters(
        &self,
        standings: &Sorted,
        templates: &Templates,
        tables: &mut Tables,
        across: &mut Across,
    ) -> Result<(), TableError> {
        let mut counting = Counting::new(templates, self.plans.len());
        let (mut ahead, mut behind) = (standings.stream()?, standings.stream()?);
        let mut next = ahead.next_as(Standing::of_bytes)?;
        while let Some(first) = next {
            let mut count = 0u64;
            while let Some(standing) = next.filter(|standing| standing.cluster() == first.cluster()) {
                counting.take(&standing);
                count += 1;
                next = ahead.next_as(Standing::of_bytes)?;
            }
            let cluster = counting.end(first.cluster());
            for _ in 0..count {
                let Some(standing) = behind.next_as(Standing::of_bytes)? else { break };
                if let Some(cluster) = &cluster {
                    tables.add_repeated(&cluster.row(&standing, hex(self.id(standing.plan()))))?;
                }
            }
            if let Some(cluster) = cluster {
                shown(across, cluster);
            }
        }
        Ok(())
    }

    /// Writes the pairs of plans of which one holds what is the other's: how many pairs, and how many plans hold it.
    fn strangers(&self, sightings: Spill, tables: &mut Tables) -> Result<(u64, u64), TableError> {
        let sightings = sightings.sorted()?;
        let mut pairs = self.entries("strangers");
        let mut strangers = Strangers::default();
        let mut stream = sightings.stream()?;
        while let Some(sighting) = stream.next_as(Sighting::of_bytes)? {
            for (plan, owner) in strangers.take(&sighting) {
                pairs.push(&[self.id(plan).to_be_bytes(), self.id(owner).to_be_bytes()].concat())?;
            }
        }
        let pairs = pairs.sorted()?;
        let mut stream = pairs.stream()?;
        let read = |bytes: &[u8]| {
            let (plan, other) = bytes.split_first_chunk()?;
            Some((u64::from_be_bytes(*plan), u64::from_be_bytes(other.try_into().ok()?)))
        };
        let (mut of, mut plans, mut last) = (0, 0, None);
        let mut next = stream.next_as(read)?;
        while let Some((plan, other)) = next {
            let mut values = 0;
            while next == Some((plan, other)) {
                values += 1;
                next = stream.next_as(read)?;
            }
            tables.add_stranger(&StrangerRow { plan: hex(plan), other: hex(other), values })?;
            of += 1;
            plans += u64::from(last.replace(plan) != Some(plan));
        }
        Ok((of, plans))
    }
}

fn hex(id: u64) -> String {
    format!("{id:016x}")
}

/// Takes a cluster up into what the dashboard shows.
fn shown(across: &mut Across, cluster: Cluster) {
    let (sentences, statements) = across.sentences.entry(cluster.origin.as_str()).or_default();
    *sentences += 1;
    *statements += cluster.statements;
    if cluster.origin == Origin::Copied {
        across.copied_provisions.0 += cluster.provisions;
        *across.spread.entry(u32::try_from(cluster.plans).unwrap_or(u32::MAX)).or_default() += 1;
    }
    across.top.push(cluster);
    if across.top.len() > TOP * 20 {
        most_frequent(&mut across.top);
    }
}

fn most_frequent(clusters: &mut Vec<Cluster>) {
    clusters.sort_by(|a, b| (b.plans, &a.id).cmp(&(a.plans, &b.id)));
    clusters.truncate(TOP);
}
