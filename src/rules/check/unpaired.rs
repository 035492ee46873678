//! A need that no provision answers, and provision that answers no need.

use crate::plan::read::subjects::{subject, words};
use crate::plan::read::thesaurus::{Concepts, Particular, thesaurus};
use crate::plan::{Evidence, Letter, Link, Plan, Sort, Statement, StatementKind};
use crate::rules::hit::{Confidence, Hit};
use serde::Deserialize;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// Flags needs of Section B without provision in Section F, or provision in F without a need in B.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Unpaired {
    /// Which half stands alone.
    lone: Half,
    /// The weakest link that counts as an answer.
    #[serde(default = "clear")]
    weight: u32,
    /// How many statements the other section must hold before anything can be told from it.
    #[serde(default = "few")]
    at_least: usize,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Half {
    Need,
    Provision,
}

fn clear() -> u32 {
    2
}

fn few() -> usize {
    3
}

impl Unpaired {
    pub(crate) const VALUES: &'static [&'static str] = &["topics", "elsewhere"];

    pub(crate) fn hits(&self, plan: &Plan) -> Vec<Hit> {
        let other = match self.lone {
            Half::Need => Letter::F,
            Half::Provision => Letter::B,
        };
        let known = plan.statements_of(other).filter(|s| s.kind != StatementKind::Other).count();
        if known < self.at_least {
            return Vec::new();
        }
        match self.lone {
            Half::Need => self.needs(plan),
            Half::Provision => provisions(plan),
        }
    }

    fn needs(&self, plan: &Plan) -> Vec<Hit> {
        // Several sentences that speak of the same thing are one fact: the first is flagged.
        let mut found: Vec<(Concepts, Hit)> = Vec::new();
        let told = Told::of(plan);
        for (index, need) in of_kind(plan, Letter::B, StatementKind::Need) {
            let about = plan.subject(index);
            let concepts = thesaurus().foremost(about.reading(), thesaurus().plain_needs(about.reading()));
            if concepts.is_empty() || self.answered(&told, index, concepts, Letter::F) {
                continue;
            }
            if found.iter().any(|(known, _)| known.meet(concepts)) {
                continue;
            }
            let topics: Vec<&str> = concepts.iter().map(|c| thesaurus().name(c)).collect();
            let elsewhere = [Letter::G, Letter::H1, Letter::H2]
                .into_iter()
                .find(|&letter| self.answered(&told, index, concepts, letter));
            let mut hit = Hit::text(need.span(), Some(Letter::B))
                .on(index)
                .absent_from(Letter::F)
                .with("topics", topics.join(", "))
                .sure(Confidence::Medium);
            hit.marks = need.parts.iter().map(|part| part.span).filter(|span| !span.is_empty()).collect();
            if let Some(letter) = elsewhere {
                hit = hit.with("elsewhere", format!("Section {letter}"));
            }
            found.push((concepts, hit));
        }
        found.into_iter().map(|(_, hit)| hit).collect()
    }

    /// Whether something in the section `letter` answers the need with this index, which is about these concepts. What may
    /// answer it counts under the same heading, and where no headings part areas; words do not, where nearly all
    /// provision names the numbers of its needs.
    fn answered(&self, told: &Told<'_>, need: usize, concepts: Concepts, letter: Letter) -> bool {
        let plan = told.plan;
        let statement = |index: usize| plan.statements().get(index).filter(|s| s.letter == letter);
        let said = |link: &&Link| link.weight >= self.weight && link.evidence != Evidence::Terms;
        if Link::of(plan.links(), need).iter().filter(said).any(|link| statement(link.to).is_some()) {
            return true;
        }
        if told.names_needs(letter) {
            return false;
        }
        let area = plan.statements().get(need).and_then(|s| s.area);
        let terms = Link::of(plan.links(), need).iter().filter(|link| link.evidence == Evidence::Terms);
        terms.filter_map(|link| Some((link.to, statement(link.to)?))).any(|(index, provision)| {
            let Some(Answers { plain, helps }) = told.answers(index) else { return false };
            plain.meet(concepts) || provision.area == area && helps.meet(concepts)
        })
    }
}

/// What is told of a plan's provision once, for all needs.
struct Told<'p> {
    plan: &'p Plan,
    /// The provision that names the number of a need.
    naming: BTreeSet<usize>,
    /// By the index of the statement, what it answers.
    answers: Vec<OnceCell<Answers>>,
}

/// What provision answers, and what it may answer.
struct Answers {
    plain: Concepts,
    helps: Concepts,
}

impl<'p> Told<'p> {
    fn of(plan: &'p Plan) -> Self {
        let is_need = |index: usize| plan.statements().get(index).is_some_and(|s| s.kind == StatementKind::Need);
        let naming = plan.links().iter().filter(|link| link.evidence == Evidence::Reference && is_need(link.from));
        let naming = naming.map(|link| link.to).collect();
        Self { plan, naming, answers: plan.statements().iter().map(|_| OnceCell::new()).collect() }
    }

    /// Whether nearly all provision of a section names the numbers of the needs that it answers.
    fn names_needs(&self, letter: Letter) -> bool {
        let (mut all, mut named) = (0, 0);
        for (index, _) in of_kind(self.plan, letter, StatementKind::Provision) {
            all += 1;
            named += usize::from(self.naming.contains(&index));
        }
        all >= FEW_NUMBERED && named * 10 >= all * 9
    }

    fn answers(&self, index: usize) -> Option<&Answers> {
        let answers = || {
            let said = self.plan.subject(index).reading().said();
            Answers { plain: said.plain_answers(), helps: said.helps() }
        };
        Some(self.answers.get(index)?.get_or_init(answers))
    }
}

/// Two rows with a number each may be chance.
const FEW_NUMBERED: usize = 5;

fn provisions(plan: &Plan) -> Vec<Hit> {
    let mut needed = Concepts::default();
    let of_needs = |statement: &Statement| matches!(statement.letter, Letter::B | Letter::C | Letter::D);
    for (index, statement) in plan.statements().iter().enumerate().filter(|(_, statement)| of_needs(statement)) {
        let words = words(plan.document(), statement);
        let about = if words.split_whitespace().nth(6).is_none() {
            // The name of an area of need states none.
            subject(&thesaurus().without_areas(&words))
        } else {
            plan.subject(index)
        };
        needed = needed.or(thesaurus().touches(about.reading()));
    }
    let mut found: BTreeMap<&str, Hit> = BTreeMap::new();
    for (index, provision) in of_kind(plan, Letter::F, StatementKind::Provision) {
        let sort = provision.sorted.as_ref().map(|sorted| sorted.sort);
        if matches!(sort, Some(Sort::Training | Sort::Assessment | Sort::Funding)) {
            continue;
        }
        let about = plan.subject(index);
        let particulars = thesaurus().particulars(about.reading());
        // "Articulation, by a speech and language therapist": that therapy serves another need does not make this serve one.
        let stands = |particular: &&Particular| {
            !particular.serves_any(needed)
                && particulars.iter().all(|other| !other.serves_any(needed) || other.is_wider_than(particular))
        };
        if let Some(particular) = particulars.iter().copied().find(stands) {
            let mut hit = Hit::text(provision.span(), Some(Letter::F))
                .on(index)
                .absent_from(Letter::B)
                .with("topics", particular.title.as_str());
            hit.marks = provision.parts.iter().map(|part| part.span).filter(|span| !span.is_empty()).collect();
            found.entry(particular.title.as_str()).or_insert_with(|| hit.sure(Confidence::Medium));
        }
    }
    let mut hits: Vec<Hit> = found.into_values().collect();
    hits.sort_by_key(|hit| hit.statement);
    hits
}

fn of_kind(plan: &Plan, letter: Letter, kind: StatementKind) -> impl Iterator<Item = (usize, &Statement)> {
    plan.statements().iter().enumerate().filter(move |(_, s)| s.letter == letter && s.kind == kind)
}
