//! Agreement: how far the findings agree with what people saw in the same plans: Cohen's kappa, precision and recall.

use crate::audit::interval::{Draws, REPLICATES, ratio, whole, wilson};
use crate::audit::sketch::hash;
use crate::rules::Category;
use miette::Diagnostic;
use std::collections::{BTreeMap, BTreeSet};
use thiserror::Error;

/// With fewer plans than this there is no interval for kappa.
const FEWEST: usize = 10;
/// Each rater is compared with each: with more, the column is another one.
const MOST_RATERS: usize = 50;

/// What one person saw: whether a category is there, in a plan, in one of its sections or in one of its statements.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ballot {
    /// Id or path of the plan.
    pub plan: String,
    /// Its path, where that is said beside the id: a spreadsheet takes some ids for numbers, and spoils them.
    pub path: Option<String>,
    /// The category.
    pub category: Category,
    /// The section, where the judgement is about one.
    pub section: Option<String>,
    /// The number of the statement, where it is about one.
    pub statement: Option<u64>,
    /// Who judged.
    pub rater: String,
    /// What they saw.
    pub present: bool,
}

/// All ballots of a file.
#[derive(Clone, Debug, Default)]
pub struct Ballots {
    /// The ballots.
    pub all: Vec<Ballot>,
    /// Lines that say neither yes nor no: nobody judged yet.
    pub open: usize,
}

/// Why a file of ballots cannot be used.
#[derive(Debug, Error, Diagnostic, PartialEq, Eq)]
pub enum BallotError {
    /// A column is not there.
    #[error("No column is called \u{201c}{0}\u{201d}.")]
    #[diagnostic(help(
        "The first line names the columns: plan, category and present; section, statement and rater if you have them."
    ))]
    NoColumn(&'static str),
    /// A category is none.
    #[error("Line {0}: there is no category called \u{201c}{1}\u{201d}.")]
    #[diagnostic(help("docs/labels.md lists them; \u{201c}ehcp-lint rules list\u{201d} shows them beside the rules."))]
    Category(usize, String),
    /// Neither yes nor no.
    #[error("Line {0}: \u{201c}{1}\u{201d} under \u{201c}present\u{201d} is neither yes nor no.")]
    #[diagnostic(help("Write yes or no (1 or 0, true or false)."))]
    Present(usize, String),
    /// There are too many raters to compare each with each.
    #[error("{0} different names stand under \u{201c}rater\u{201d}; at most {most} people can be compared with each other.", most = MOST_RATERS)]
    #[diagnostic(help(
        "Write who judged under \u{201c}rater\u{201d}, spelt alike on every line; or leave the column out."
    ))]
    Raters(usize),
    /// A statement is no number.
    #[error("Line {0}: \u{201c}{1}\u{201d} under \u{201c}statement\u{201d} is no number.")]
    #[diagnostic(help("Use the number of the column \u{201c}statement\u{201d} of statements.csv, or leave it empty."))]
    Statement(usize, String),
    /// The same twice.
    #[error("Lines {0} and {1} are the same judgement by the same rater.")]
    #[diagnostic(help("Give each rater one line for each plan and category (and section, and statement)."))]
    Twice(usize, usize),
    /// Nothing but names of columns.
    #[error("No line of the table says yes or no.")]
    #[diagnostic(help("Each line below the names of the columns is one judgement: plan, category, present."))]
    Empty,
}

impl Ballots {
    /// The ballots of these lines: the first names the columns.
    pub fn of(lines: impl IntoIterator<Item = Vec<String>>) -> Result<Self, BallotError> {
        let mut lines = (1..).zip(lines);
        let names: Vec<String> = lines.next().map(|(_, names)| names).unwrap_or_default();
        let names: Vec<String> =
            names.iter().map(|name| name.trim_start_matches('\u{feff}').trim().to_lowercase()).collect();
        let at = |wanted: &[&str]| names.iter().position(|name| wanted.contains(&name.as_str()));
        let plan = at(&["plan", "file", "path"]).ok_or(BallotError::NoColumn("plan"))?;
        let category = at(&["category"]).ok_or(BallotError::NoColumn("category"))?;
        let present = at(&["present"]).ok_or(BallotError::NoColumn("present"))?;
        let (section, statement, rater) = (at(&["section"]), at(&["statement"]), at(&["rater"]));
        let path = at(&["path", "file"]).filter(|path| *path != plan);
        let mut seen: BTreeMap<Ballot, usize> = BTreeMap::new();
        let mut open = 0;
        for (number, fields) in lines {
            let field = |at: usize| fields.get(at).map_or("", |field| field.trim());
            let option = |at: Option<usize>| at.map(field).filter(|field| !field.is_empty());
            let label = field(category);
            if field(present).is_empty() {
                open += 1;
                continue;
            }
            let ballot = Ballot {
                plan: field(plan).replace('\\', "/"),
                path: option(path).map(|path| path.replace('\\', "/")),
                category: Category::named(&label.to_lowercase())
                    .ok_or_else(|| BallotError::Category(number, label.to_owned()))?,
                section: option(section).map(str::to_uppercase),
                statement: option(statement)
                    .map(|text| text.parse().map_err(|_| BallotError::Statement(number, text.to_owned())))
                    .transpose()?,
                rater: option(rater).unwrap_or("people").to_owned(),
                present: yes(field(present)).ok_or_else(|| BallotError::Present(number, field(present).to_owned()))?,
            };
            let other = Ballot { present: !ballot.present, ..ballot.clone() };
            if let Some(&before) = seen.get(&ballot).or_else(|| seen.get(&other)) {
                return Err(BallotError::Twice(before, number));
            }
            seen.insert(ballot, number);
        }
        if seen.is_empty() {
            return Err(BallotError::Empty);
        }
        let raters = seen.keys().map(|ballot| ballot.rater.as_str()).collect::<BTreeSet<_>>().len();
        if raters > MOST_RATERS {
            return Err(BallotError::Raters(raters));
        }
        Ok(Self { all: seen.into_keys().collect(), open })
    }
}

fn yes(word: &str) -> Option<bool> {
    match word.to_lowercase().as_str() {
        "yes" | "y" | "1" | "true" | "present" => Some(true),
        "no" | "n" | "0" | "false" | "absent" => Some(false),
        _ => None,
    }
}

/// How far two judges agree.
#[derive(Clone, Debug, Default)]
pub struct Agreement {
    /// Which judges: a rater and `ehcp-lint`, or two raters.
    pub rows: Vec<AgreementRow>,
    /// Ballots about plans that the audit did not read.
    pub unmatched: Vec<String>,
}

/// The agreement on one category.
#[derive(Clone, Debug)]
pub struct AgreementRow {
    /// The judge that counts as right for precision and recall.
    pub rater: String,
    /// The other.
    pub other: String,
    /// The category; none for all of them together.
    pub category: Option<Category>,
    /// Plans that were judged.
    pub plans: usize,
    /// Judgements: both yes, other alone, rater alone, both no.
    pub counts: [u64; 4],
    /// Cohen's kappa and its interval; none where one of them always said the same.
    pub kappa: Option<(f64, Option<(f64, f64)>)>,
    /// How many of the other's yes are right.
    pub precision: Option<(f64, (f64, f64))>,
    /// How many of the rater's yes the other found.
    pub recall: Option<(f64, (f64, f64))>,
}

/// One judgement by two: which plan, what the rater saw, what the other saw.
type Pair<'b> = (&'b str, bool, bool);

impl Agreement {
    /// How far ballots agree with findings, and raters with each other. `found` says what the findings say to a ballot: none
    /// where its plan was not read.
    pub fn of(ballots: &Ballots, found: impl Fn(&Ballot) -> Option<bool>) -> Self {
        let mut unmatched: BTreeSet<String> = BTreeSet::new();
        let mut with_tool: BTreeMap<&str, Vec<(Category, Pair<'_>)>> = BTreeMap::new();
        let mut units: BTreeMap<Unit<'_>, Vec<&Ballot>> = BTreeMap::new();
        for ballot in &ballots.all {
            match found(ballot) {
                Some(found) => {
                    let pair = (ballot.plan.as_str(), ballot.present, found);
                    with_tool.entry(&ballot.rater).or_default().push((ballot.category, pair));
                }
                None => drop(unmatched.insert(ballot.plan.clone())),
            }
            units.entry(Unit::of(ballot)).or_default().push(ballot);
        }
        let mut between: BTreeMap<(&str, &str), Vec<(Category, Pair<'_>)>> = BTreeMap::new();
        for judged in units.values() {
            for (at, one) in judged.iter().enumerate() {
                for other in judged.iter().skip(at + 1) {
                    let (one, other) = if one.rater <= other.rater { (one, other) } else { (other, one) };
                    let pair = (one.plan.as_str(), one.present, other.present);
                    between.entry((&one.rater, &other.rater)).or_default().push((one.category, pair));
                }
            }
        }
        let tool = with_tool.iter().flat_map(|(rater, pairs)| rows(rater, "ehcp-lint", pairs));
        let raters = between.iter().flat_map(|((rater, other), pairs)| rows(rater, other, pairs));
        Self { rows: tool.chain(raters).collect(), unmatched: unmatched.into_iter().collect() }
    }
}

/// What was judged, whoever judged it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Unit<'b>(&'b str, Category, Option<&'b str>, Option<u64>);

impl<'b> Unit<'b> {
    fn of(ballot: &'b Ballot) -> Self {
        Self(&ballot.plan, ballot.category, ballot.section.as_deref(), ballot.statement)
    }
}

/// One row for each category, and one for all of them.
fn rows(rater: &str, other: &str, pairs: &[(Category, Pair<'_>)]) -> Vec<AgreementRow> {
    let categories: BTreeSet<Category> = pairs.iter().map(|(category, _)| *category).collect();
    let of = |category: Option<Category>| {
        let chosen = pairs.iter().filter(|(known, _)| category.is_none_or(|category| *known == category));
        row(rater, other, category, &chosen.map(|(_, pair)| *pair).collect::<Vec<_>>())
    };
    let all = if categories.len() > 1 { Some(of(None)) } else { None };
    categories.iter().map(|&category| of(Some(category))).chain(all).collect()
}

fn row(rater: &str, other: &str, category: Option<Category>, pairs: &[Pair<'_>]) -> AgreementRow {
    let mut by_plan: BTreeMap<&str, [u64; 4]> = BTreeMap::new();
    for &(plan, seen, found) in pairs {
        let counts = by_plan.entry(plan).or_default();
        if let Some(count) = counts.get_mut(cell(seen, found)) {
            *count += 1;
        }
    }
    let counts = by_plan.values().fold([0; 4], added);
    let again = replicates(&by_plan);
    let enough = by_plan.len() >= FEWEST;
    let interval = |figure: fn(&[u64; 4]) -> Option<f64>| {
        let mut values: Vec<f64> = again.iter().filter_map(figure).collect();
        values.sort_by(f64::total_cmp);
        let at = |part: usize| values.get((values.len() * part / 1000).min(values.len().saturating_sub(1))).copied();
        if enough { Some((at(25)?, at(975)?)) } else { None }
    };
    let share = |figure: fn(&[u64; 4]) -> Option<f64>, hits: u64, of: u64| {
        let value = figure(&counts)?;
        let sure = hits == 0 || hits == of;
        let interval = if sure { None } else { interval(figure) };
        let plans = (by_plan.len() as u64).min(of);
        Some((value, interval.or_else(|| wilson(hits, of, plans))?))
    };
    let [both, found_alone, seen_alone, _] = counts;
    AgreementRow {
        rater: rater.to_owned(),
        other: other.to_owned(),
        category,
        plans: by_plan.len(),
        counts,
        kappa: kappa(&counts).map(|value| (value, interval(kappa))),
        precision: share(precision, both, both + found_alone),
        recall: share(recall, both, both + seen_alone),
    }
}

fn cell(seen: bool, found: bool) -> usize {
    match (seen, found) {
        (true, true) => 0,
        (false, true) => 1,
        (true, false) => 2,
        (false, false) => 3,
    }
}

fn added(mut sum: [u64; 4], counts: &[u64; 4]) -> [u64; 4] {
    sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    sum
}

/// The counts with whole plans drawn again, as for the shares of statements.
fn replicates(by_plan: &BTreeMap<&str, [u64; 4]>) -> Vec<[u64; 4]> {
    let mut again = vec![[0; 4]; REPLICATES];
    for (plan, counts) in by_plan {
        Draws::of(hash(plan)).add(counts, &mut again);
    }
    again
}

/// Cohen's kappa: agreement beyond what chance would give. None where one judge always said the same: there is nothing that
/// chance could have done otherwise.
fn kappa(&[both, found, seen, neither]: &[u64; 4]) -> Option<f64> {
    let n = whole(both + found + seen + neither);
    let (yes, found_yes) = (whole(both + seen), whole(both + found));
    let always = |yes: f64| yes == 0.0 || (n - yes) == 0.0;
    if always(yes) || always(found_yes) {
        return None;
    }
    let agree = whole(both + neither) / n;
    let chance = (yes * found_yes + (n - yes) * (n - found_yes)) / (n * n);
    Some((agree - chance) / (1.0 - chance))
}

fn precision(&[both, found, ..]: &[u64; 4]) -> Option<f64> {
    (both + found > 0).then(|| ratio(both, both + found))
}

fn recall(&[both, _, seen, _]: &[u64; 4]) -> Option<f64> {
    (both + seen > 0).then(|| ratio(both, both + seen))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ballots(lines: &[&str]) -> Result<Ballots, BallotError> {
        Ballots::of(lines.iter().map(|line| line.split(',').map(str::to_owned).collect()))
    }

    /// Cohen's own kind of table: 20 both yes, 5 and 10 alone, 15 both no.
    #[test]
    fn kappa_is_cohens() {
        let value = kappa(&[20, 5, 10, 15]).expect("a value");
        assert!((value - 0.4).abs() < 1e-9, "{value}");
        for one_always_said_the_same in [[5, 0, 0, 0], [9, 3, 0, 0], [9, 0, 3, 0], [0, 3, 0, 9], [0; 4]] {
            assert_eq!(kappa(&one_always_said_the_same), None, "{one_always_said_the_same:?}");
        }
        assert_eq!((precision(&[20, 5, 10, 15]), recall(&[20, 5, 10, 15])), (Some(0.8), Some(2.0 / 3.0)));
    }

    #[test]
    fn judges_are_compared_by_category() {
        let ballots = ballots(&[
            "plan,category,present,rater",
            "p1,vague,yes,Ann",
            "p2,vague,no,Ann",
            "p3,vague,yes,Ann",
            "p1,vague,yes,Bob",
            "p2,vague,yes,Bob",
            "p9,vague,yes,Bob",
        ])
        .expect("ballots");
        let found = |ballot: &Ballot| match ballot.plan.as_str() {
            "p1" => Some(true),
            "p2" | "p3" => Some(false),
            _ => None,
        };
        let agreement = Agreement::of(&ballots, found);
        let shown: Vec<String> =
            agreement.rows.iter().map(|row| format!("{} {} {:?}", row.rater, row.other, row.counts)).collect();
        assert_eq!(shown, ["Ann ehcp-lint [1, 0, 1, 1]", "Bob ehcp-lint [1, 0, 1, 0]", "Ann Bob [1, 1, 0, 0]"]);
        assert_eq!(agreement.unmatched, ["p9"]);
        let (recall, (low, high)) = agreement.rows[0].recall.expect("a share");
        assert!(low < recall && recall < high && high - low > 0.5, "{low} {high}");
    }

    #[test]
    fn says_what_is_wrong() {
        let check = |lines: &[&str], expected| assert_eq!(ballots(lines).err(), Some(expected), "{lines:?}");
        check(&["plan,present", "a,yes"], BallotError::NoColumn("category"));
        check(&["plan,category,present", "a,vage,yes"], BallotError::Category(2, "vage".to_owned()));
        check(&["plan,category,present", "a,vague,maybe"], BallotError::Present(2, "maybe".to_owned()));
        check(&["plan,category,present,statement", "a,vague,no,x"], BallotError::Statement(2, "x".to_owned()));
        check(&["plan,category,present", "a,vague,no", "a,vague,yes"], BallotError::Twice(2, 3));
        let many: Vec<String> = (0..=MOST_RATERS).map(|number| format!("a,vague,yes,{number}")).collect();
        let many: Vec<&str> =
            std::iter::once("plan,category,present,rater").chain(many.iter().map(String::as_str)).collect();
        check(&many, BallotError::Raters(MOST_RATERS + 1));
        check(&["plan,category,present"], BallotError::Empty);
        check(&["plan,category,present", "a,vague,"], BallotError::Empty);
    }

    #[test]
    fn a_sheet_that_is_half_filled_in_counts_as_far_as_it_goes() {
        let lines = [
            "plan,path,category,present,rater",
            "1.2E+15,a\\b.pdf,vague,TRUE,",
            "p2,c.pdf,vague,,",
            "p2,c.pdf,late,No,Ann",
        ];
        let ballots = ballots(&lines).expect("ballots");
        assert_eq!(ballots.open, 1);
        let told: Vec<_> =
            ballots.all.iter().map(|one| (one.path.as_deref(), one.present, one.rater.as_str())).collect();
        assert_eq!(told, [(Some("a/b.pdf"), true, "people"), (Some("c.pdf"), false, "Ann")]);
    }
}
