//! Tally: records in, sums out: every figure by every group, in room that does not grow with the number of plans.

use crate::audit::columns::{ColumnKind, UNKNOWN};
use crate::audit::interval::{Clustered, Draws, Share};
use crate::audit::record::{Outcome, Record};
use crate::audit::rows::{LOOSE, Provisions, categories};
use crate::audit::sketch::hash;
use crate::plan::Letter;
use crate::rules::Category;
use std::collections::{BTreeMap, BTreeSet};

/// A grouping with more groups than this is no grouping.
pub(crate) const MOST_GROUPS: usize = 60;

/// What the tally goes by.
#[derive(Clone, Debug, Default)]
pub struct TallySettings {
    /// Names of the columns of the user's table.
    pub meta: Vec<String>,
    /// What each of them holds.
    pub kinds: Vec<ColumnKind>,
    /// For each of them, how words are shown that rows spell differently.
    pub spellings: Vec<BTreeMap<String, String>>,
    /// The rules in force, with their categories.
    pub rules: Vec<(String, Category)>,
    /// A group with fewer plans is not shown by itself.
    pub smallest: u64,
}

/// What groups plans, besides all of them.
pub(crate) const OWN_GROUPINGS: &[(&str, &str)] = &[
    ("all", "all plans"),
    ("stage", "stage"),
    ("setting", "kind of setting"),
    ("phase", "phase of education"),
    ("issued", "quarter of issue"),
];

/// Values by figure, by grouping (its number), and by group.
#[derive(Debug)]
pub(crate) struct Cells<T>(BTreeMap<String, BTreeMap<usize, BTreeMap<String, T>>>);

impl<T> Default for Cells<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: Default> Cells<T> {
    /// The value of a group, if there is one.
    pub(crate) fn get(&self, figure: &str, grouping: usize, group: &str) -> Option<&T> {
        self.0.get(figure)?.get(&grouping)?.get(group)
    }

    /// The groups of a grouping, in the order of their names.
    pub(crate) fn groups(&self, figure: &str, grouping: usize) -> impl Iterator<Item = (&str, &T)> {
        let groups = self.0.get(figure).and_then(|groupings| groupings.get(&grouping));
        groups.into_iter().flatten().map(|(group, value)| (group.as_str(), value))
    }

    /// Changes a value, which is made where it is not there. Most are there, and then nothing is copied.
    fn change(&mut self, figure: &str, (grouping, group): (usize, &str), change: impl FnOnce(&mut T)) {
        let known = self.0.get_mut(figure).and_then(|groupings| groupings.get_mut(&grouping)?.get_mut(group));
        if let Some(value) = known {
            change(value);
        } else {
            let groupings = self.0.entry(figure.to_owned()).or_default();
            change(groupings.entry(grouping).or_default().entry(group.to_owned()).or_default());
        }
    }
}

/// The grouping by sections, or by rules: it has no number of its own.
pub(crate) const BY_NAME: usize = usize::MAX;

/// Numbers of plans by value: a distribution, kept whole.
pub(crate) type Spread = BTreeMap<u32, u64>;

/// Sums over records.
#[derive(Default)]
pub struct Tally {
    pub(crate) settings: TallySettings,
    pub(crate) outcomes: BTreeMap<Outcome, u64>,
    pub(crate) reasons: BTreeMap<(Outcome, String), u64>,
    pub(crate) copies: u64,
    pub(crate) shares: Cells<Share>,
    pub(crate) clustered: Cells<Clustered>,
    pub(crate) spreads: Cells<Spread>,
    pub(crate) findings: BTreeMap<String, u64>,
    pub(crate) statements: u64,
    pub(crate) identifiers: BTreeMap<(String, String), Share>,
    pub(crate) identified: Share,
    pub(crate) identified_anonymised: Share,
    pub(crate) bad_numbers: u64,
    groups: Vec<BTreeSet<String>>,
    /// Groupings that have too many groups to be shown.
    pub(crate) crowded: BTreeSet<usize>,
}

impl Tally {
    /// An empty tally.
    pub fn new(settings: TallySettings) -> Self {
        let groups = vec![BTreeSet::new(); OWN_GROUPINGS.len() + settings.meta.len()];
        Self { settings, groups, ..Self::default() }
    }

    /// Files of each outcome.
    pub fn files(&self, outcome: Outcome) -> u64 {
        self.outcomes.get(&outcome).copied().unwrap_or(0)
    }

    /// Plans that were read, whole or in part.
    pub fn plans(&self) -> u64 {
        self.files(Outcome::Read) + self.files(Outcome::Part)
    }

    /// Why files were not read, with how many of each.
    pub fn reasons(&self) -> impl Iterator<Item = (Outcome, &str, u64)> {
        self.reasons.iter().map(|((outcome, reason), &count)| (*outcome, reason.as_str(), count))
    }

    /// All findings, and all statements.
    pub fn totals(&self) -> (u64, u64) {
        (self.findings.values().sum(), self.statements)
    }

    /// Adds a file that has the same bytes as one before it: it counts as a copy alone.
    pub fn add_copy(&mut self) {
        self.copies += 1;
    }

    /// Adds a file, with the values of its row of the user's table.
    pub fn add(&mut self, record: &Record, meta: &[String]) {
        *self.outcomes.entry(record.file.outcome).or_default() += 1;
        if !record.file.reason.is_empty() {
            *self.reasons.entry((record.file.outcome, record.file.reason.clone())).or_default() += 1;
        }
        if !record.is_plan() {
            return;
        }
        let groups = self.groups_of(record, meta);
        let draws = Draws::of(hash(&record.file.sha256));
        self.statements += record.statements.len() as u64;
        for finding in &record.findings {
            match self.findings.get_mut(&finding.rule) {
                Some(count) => *count += 1,
                None => *self.findings.entry(finding.rule.clone()).or_default() += 1,
            }
        }
        let groups: Vec<(usize, &str)> = groups.iter().map(|(number, group)| (*number, group.as_str())).collect();
        self.add_provisions(record, &groups, &draws);
        self.add_sections(record, &groups);
        self.add_categories(record, &groups);
        self.add_identifiers(record);
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        for &group in &groups {
            self.spread("findings", group, number(record.findings.len()));
            if let Some(plan) = &record.plan {
                self.spread("words", group, u32::try_from(plan.words / 100 * 100).unwrap_or(u32::MAX));
                plan.pages.into_iter().for_each(|pages| self.spread("pages", group, pages));
            }
        }
    }

    fn add_provisions(&mut self, record: &Record, groups: &[(usize, &str)], draws: &Draws) {
        let on: Vec<BTreeSet<&str>> = categories(record);
        let in_f = Provisions::of(record, &on, "F");
        for &group in groups {
            for (figure, hits) in [("both", in_f.both), ("quantified", in_f.quantified), ("specified", in_f.specified)]
            {
                self.cluster(figure, group, hits, in_f.all, draws);
            }
            self.spread("provisions", group, u32::try_from(in_f.all).unwrap_or(u32::MAX));
            if let Some(share) = (in_f.both * 100).checked_div(in_f.all) {
                self.spread("both", group, u32::try_from(share).unwrap_or(0));
            }
        }
        for letter in Letter::ALL.into_iter().filter(|letter| letter.holds_provision()) {
            let section = letter.as_str();
            let here: Vec<&BTreeSet<&str>> = record
                .statements
                .iter()
                .zip(&on)
                .filter(|(statement, _)| statement.kind == "provision" && statement.section == section)
                .map(|(_, on)| on)
                .collect();
            for category in LOOSE.iter().copied().chain(["unquantified"]) {
                let hits = here.iter().filter(|on| on.contains(category)).count() as u64;
                let key = format!("statements:{category}");
                self.cluster(&key, (BY_NAME, section), hits, here.len() as u64, draws);
            }
        }
    }

    fn add_sections(&mut self, record: &Record, groups: &[(usize, &str)]) {
        for letter in Letter::ALL {
            for (figure, category) in [("missing", "section-missing"), ("empty", "section-empty")] {
                let found = record.found_in(category, letter);
                if found || !record.not_told(category, Some(letter.as_str())) {
                    self.share(figure, (BY_NAME, letter.as_str()), found);
                }
            }
        }
        let Some(plan) = &record.plan else { return };
        let told = plan.names_placement || plan.gaps == 0;
        if told && !plan.otherwise {
            for &group in groups {
                self.share("no-placement", group, !plan.names_placement);
            }
        }
    }

    fn add_categories(&mut self, record: &Record, groups: &[(usize, &str)]) {
        let found: BTreeSet<&str> = record.findings.iter().map(|finding| finding.category.as_str()).collect();
        let rules: BTreeSet<&str> = record.findings.iter().map(|finding| finding.rule.as_str()).collect();
        let in_section: BTreeSet<(&str, Option<&str>)> =
            record.findings.iter().map(|f| (f.category.as_str(), f.section.as_deref())).collect();
        let untold: BTreeSet<&str> =
            record.plan.iter().flat_map(|plan| &plan.not_told).map(|(category, _)| category.as_str()).collect();
        let in_force = std::mem::take(&mut self.settings.rules);
        let categories: BTreeSet<Category> = in_force.iter().map(|(_, category)| *category).collect();
        for category in categories.into_iter().map(Category::as_str) {
            let hit = found.contains(category);
            if !hit && untold.contains(category) {
                continue;
            }
            let figure = format!("category:{category}");
            for &group in groups {
                self.share(&figure, group, hit);
            }
            let figure = format!("section:{category}");
            for letter in Letter::ALL {
                let here = in_section.contains(&(category, Some(letter.as_str())));
                self.share(&figure, (BY_NAME, letter.as_str()), here);
            }
        }
        for (rule, category) in &in_force {
            let hit = rules.contains(rule.as_str());
            if hit || !untold.contains(category.as_str()) {
                self.share(&format!("rule:{}", category.as_str()), (BY_NAME, rule), hit);
            }
        }
        self.settings.rules = in_force;
    }

    fn add_identifiers(&mut self, record: &Record) {
        let found: BTreeSet<(String, String)> =
            record.identifiers.iter().map(|known| (known.what.clone(), known.place.clone())).collect();
        let telling = record.identifiers.iter().any(|known| known.what != "person");
        self.identified.count(telling);
        if record.plan.as_ref().is_some_and(|plan| plan.anonymised) {
            self.identified_anonymised.count(telling);
        }
        self.bad_numbers += record.identifiers.iter().filter(|known| known.valid == Some(false)).count() as u64;
        for key in found {
            self.identifiers.entry(key).or_default().hits += 1;
        }
    }

    /// The groups that a plan belongs to.
    fn groups_of(&mut self, record: &Record, meta: &[String]) -> Vec<(usize, String)> {
        let Some(plan) = &record.plan else { return Vec::new() };
        let unknown = || UNKNOWN.to_owned();
        let own = [
            "all".to_owned(),
            plan.stage.clone(),
            plan.setting.clone().unwrap_or_else(unknown),
            plan.year_group.map_or_else(unknown, |year| phase(year).to_owned()),
            plan.issued.as_deref().and_then(quarter).unwrap_or_else(unknown),
        ];
        let kind = |column: usize| self.settings.kinds.get(column).copied().unwrap_or_default();
        let group = |column: usize| {
            let group = kind(column).group(meta.get(column).map_or("", String::as_str));
            let spelt = self.settings.spellings.get(column).and_then(|words| words.get(&group.to_lowercase()));
            spelt.cloned().unwrap_or(group)
        };
        let meta: Vec<String> = (0..self.settings.meta.len()).map(group).collect();
        let mut groups: Vec<(usize, String)> = Vec::new();
        for (grouping, value) in own.into_iter().chain(meta).enumerate() {
            let Some(known) = self.groups.get_mut(grouping) else { continue };
            if known.contains(&value) || known.len() < MOST_GROUPS {
                known.insert(value.clone());
                groups.push((grouping, value));
            } else {
                self.crowded.insert(grouping);
            }
        }
        groups
    }

    fn share(&mut self, figure: &str, group: (usize, &str), hit: bool) {
        self.shares.change(figure, group, |share| share.count(hit));
    }

    fn cluster(&mut self, figure: &str, group: (usize, &str), hits: u64, of: u64, draws: &Draws) {
        self.clustered.change(figure, group, |share| share.add(hits, of, draws));
    }

    fn spread(&mut self, figure: &str, group: (usize, &str), value: u32) {
        self.spreads.change(figure, group, |spread| *spread.entry(value).or_default() += 1);
    }

    /// The share of provisions in Section F that are specified and quantified, over all plans.
    pub fn provisions(&self, figure: &str) -> Option<&Clustered> {
        self.clustered.get(figure, 0, "all")
    }
}

fn phase(year: i16) -> &'static str {
    match year {
        ..0 => "early years",
        0..=6 => "primary (Reception to Year 6)",
        7..=11 => "secondary (Years 7 to 11)",
        _ => "after Year 11",
    }
}

/// The quarter of a month: "2025 Q1".
fn quarter(month: &str) -> Option<String> {
    let (year, month) = month.split_once('-')?;
    let month: u32 = month.parse().ok()?;
    Some(format!("{year} Q{}", month.div_ceil(3)))
}

/// The value below which a part of a distribution lies, in hundredths: the least value that so many reach or stay below.
pub(crate) fn quantile(spread: &Spread, hundredths: u64) -> Option<u32> {
    let all: u64 = spread.values().sum();
    let rank = (all * hundredths).div_ceil(100).max(1);
    let mut below = 0;
    spread.iter().find_map(|(&value, &count)| {
        below += count;
        (below >= rank).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_occur() {
        let spread: Spread = [(1, 2), (5, 1), (9, 1)].into();
        let check = |hundredths, expected| assert_eq!(quantile(&spread, hundredths), expected, "{hundredths}");
        check(0, Some(1));
        check(50, Some(1));
        check(51, Some(5));
        check(75, Some(5));
        check(100, Some(9));
        assert_eq!(quantile(&Spread::new(), 50), None);
    }

    #[test]
    fn quarters_and_phases() {
        assert_eq!(quarter("2025-01").as_deref(), Some("2025 Q1"));
        assert_eq!(quarter("2025-12").as_deref(), Some("2025 Q4"));
        assert_eq!((phase(-1), phase(0), phase(11), phase(12)), ("early years", phase(6), phase(7), "after Year 11"));
    }
}
