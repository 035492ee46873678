//! How right the findings are over the whole corpus, held against the table in `docs/accuracy.md`.
//!
//! `cargo test --test suite accuracy -- --nocapture` prints the figures. With `EHCP_ACCURACY=write` in the environment it
//! writes them into `docs/accuracy.md`, with `EHCP_ACCURACY=banks` it prints two figures of each bank of statements, with
//! `EHCP_ACCURACY=list` every miss and false alarm of the plans
//! that are neither unread nor held out.

use crate::corpus::{READINGS, Reading};
use crate::scoring::{LengthOnly, OF_STATEMENTS, Score, Share, Tally, list, score, text, tokens};
use crate::statements::{Bank, banks};
use ehcp_lint::{Entry, Look, Run, WRITERS};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::{env, fs};

/// Which plans stand in which column. A plan that is named nowhere is one of [`THE_REST`]; a column without plans is left out.
///
/// Nobody tunes on the plans that are unread or held out: their misses and false alarms are not listed, and no rule, word or test is written
/// for one of their statements.
const GROUPS: &[(&str, &[&str])] = &[
    ("development", &["02-posy", "03-ciaran", "06-reece", "09-aleena"]),
    (
        UNREAD,
        &[
            "73-jess",
            "75-ottilie",
            "77-shanice",
            "84-zainab",
            "86-lacey",
            "88-jermaine",
            "90-harvey",
            "100-orla",
            "101-viktor",
            "103-haroon",
            "104-skye",
            "106-elowen",
            "107-kwabena",
            "108-rosalind",
        ],
    ),
    (HELD_OUT, &["66-mercy", "67-dermot", "68-anneliese", "69-person-g", "70-saoirse"]),
];
/// Plans as ordinary officers write them.
const UNREAD: &str = "unread plans";
/// Plans that were made to be on no list.
const HELD_OUT: &str = "held out";
const THE_REST: &str = "corpus";
const ALL: &str = "all";
/// The same for statements by themselves.
const SINGLE: &str = "statements";
const SINGLE_UNREAD: &str = "unread statements";

/// Statements by themselves, judged once.
static BANKS: LazyLock<Vec<Bank>> = LazyLock::new(banks);

/// What a figure may fall by, in thousandths, before the test fails.
const SLACK: i64 = 10;
/// The figure that is better when lower.
const FLAGGED: &str = "ok provision flagged";
const NONE: &str = "–";

const COMMAND: &str = "EHCP_ACCURACY=write cargo test --test suite accuracy";
const BEGIN: &str = "<!-- figures: written by tests/suite/accuracy.rs; the rest of this file is written by hand -->";
const END: &str = "<!-- end of figures -->";

#[test]
fn accuracy_has_not_fallen() {
    let mode = env::var("EHCP_ACCURACY").unwrap_or_default();
    let groups = groups();
    let single = single_groups();
    let figures = figures(&groups, &single);
    println!("{figures}");
    if mode == "list" {
        let read = |group: &&Group| ![ALL, UNREAD, HELD_OUT, SINGLE_UNREAD].contains(&group.name);
        let lines = groups.iter().chain(&single).filter(read).flat_map(|group| &group.score.errors);
        lines.for_each(|line| println!("{line}"));
    }
    if mode == "banks" {
        for bank in BANKS.iter() {
            let [f1, flagged] = [bank.score.micro(), bank.score.sound_flagged.value()].map(figure);
            println!("{}: F1 {f1}, {FLAGGED} {flagged}", bank.name);
        }
    }
    if mode == "write" {
        fs::write(document(), rewritten(&figures)).expect("docs/accuracy.md");
    }
    let written = fs::read_to_string(document())
        .ok()
        .and_then(|text| Some(text.split_once(BEGIN)?.1.split_once(END)?.0.to_owned()))
        .filter(|written| !read_figures(written).is_empty())
        .unwrap_or_else(|| panic!("the table in docs/accuracy.md is missing: {COMMAND}"));
    let fallen = fallen(&written, &figures);
    assert!(
        fallen.is_empty(),
        "worse than docs/accuracy.md says, by more than a point:\n{}\nEHCP_ACCURACY=list shows the errors",
        fallen.join("\n")
    );
}

/// The plans of one column, and how well they were read.
struct Group {
    name: &'static str,
    plans: usize,
    score: Score,
    /// Findings that are in both formats of a plan, out of those that are in either.
    in_both: Share,
    /// The statements of the truth, each once.
    statements: Vec<&'static Value>,
}

fn groups() -> Vec<Group> {
    let known: Vec<&str> = GROUPS.iter().flat_map(|(_, plans)| *plans).copied().collect();
    let absent = known.iter().find(|plan| !READINGS.iter().any(|reading| reading.plan == **plan));
    assert!(absent.is_none(), "GROUPS names a plan that is not there: {absent:?}");
    let of = |name: &'static str, holds: &dyn Fn(&str) -> bool| {
        let mut group =
            Group { name, plans: 0, score: Score::default(), in_both: Share::default(), statements: Vec::new() };
        for plan in READINGS.chunk_by(|a, b| a.plan == b.plan).filter(|plan| holds(&plan[0].plan)) {
            group.take(plan);
        }
        group
    };
    let mut groups: Vec<Group> =
        GROUPS.iter().map(|(name, plans)| of(name, &|plan: &str| plans.contains(&plan))).collect();
    groups.insert(1, of(THE_REST, &|plan| !known.contains(&plan)));
    groups.retain(|group| group.plans > 0);
    groups.push(of(ALL, &|_| true));
    groups
}

/// Statements by themselves, as groups of their own: those whose errors have been read, and those nobody has read.
fn single_groups() -> Vec<Group> {
    let of = |name: &'static str, unread: bool| {
        let mut group =
            Group { name, plans: 0, score: Score::default(), in_both: Share::default(), statements: Vec::new() };
        for bank in BANKS.iter().filter(|bank| bank.unread == unread) {
            group.plans += 1;
            group.score.add(&bank.score);
            group.statements.extend(&bank.statements);
        }
        group
    };
    let mut groups = vec![of(SINGLE, false), of(SINGLE_UNREAD, true)];
    groups.retain(|group| group.plans > 0);
    groups
}

impl Group {
    /// Adds one plan in its formats.
    fn take(&mut self, plan: &'static [Reading]) {
        let checked: Vec<Value> = plan.iter().map(checked).collect();
        for (reading, checked) in plan.iter().zip(&checked) {
            self.score.add(&score(&reading.name(), &reading.gold, checked));
        }
        self.plans += 1;
        self.statements.extend(list(&plan[0].gold, "statements"));
        let mut counts: BTreeMap<(&str, &str, String), [u32; 2]> = BTreeMap::new();
        for (format, checked) in checked.iter().enumerate() {
            for finding in list(checked, "findings") {
                counts.entry(identity(finding)).or_default()[format] += 1;
            }
        }
        for ((rule, section, words), [word, pdf]) in counts {
            self.in_both.part += f64::from(word.min(pdf));
            self.in_both.whole += f64::from(word.max(pdf));
            if word != pdf {
                let only = if word > pdf { "DOCX" } else { "PDF" };
                self.score.errors.push(format!("ONLY-{only} {rule} {} {section}: {words}", plan[0].plan));
            }
        }
    }
}

/// The object that `--format json` has for a file.
fn checked(reading: &Reading) -> Value {
    let report = reading.outcome.as_ref().unwrap_or_else(|error| panic!("{}: {error}", reading.name())).clone();
    let run = Run { entries: vec![Entry::new(reading.name(), &reading.bytes, Ok(report))] };
    let writer = WRITERS.iter().find(|writer| writer.name == "json").expect("a JSON writer");
    let mut value: Value = serde_json::from_slice(&writer.write(&run, &Look::PLAIN)).expect("JSON");
    value["documents"][0].take()
}

/// What makes two findings the same one in two formats: the rule, the section, and the letters and digits of the statement.
fn identity(finding: &Value) -> (&str, &str, String) {
    let words = ["statement", "quote", "message"].map(|key| text(finding, key));
    let words = words.into_iter().find(|words| !words.is_empty()).unwrap_or_default();
    (text(finding, "rule"), text(finding, "section"), tokens(words).concat())
}

fn document() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/accuracy.md")
}

/// `docs/accuracy.md` with new figures; what is written by hand is kept.
fn rewritten(figures: &str) -> String {
    let old = fs::read_to_string(document()).unwrap_or_else(|_| format!("# Accuracy\n\n{BEGIN}\n{END}\n"));
    let (before, rest) = old.split_once(BEGIN).expect("the line before the figures");
    let (_, after) = rest.split_once(END).expect("the line after the figures");
    let today = jiff::Timestamp::now().to_string();
    let today = today.get(..10).unwrap_or_default();
    format!("{before}{BEGIN}\n\nMeasured on {today} by `{COMMAND}`.\n\n{figures}\n{END}{after}")
}

// ---------------------------------------------------------------------------------------------------------- the tables

fn figures(groups: &[Group], single: &[Group]) -> String {
    let judged = [("n", gold as Cell), ("P", precision), ("R", recall), ("F1", f1), ("length", length)];
    let mut about_plans: Vec<&str> =
        groups.iter().flat_map(|g| g.score.categories.keys().map(String::as_str)).collect();
    about_plans.retain(|category| !OF_STATEMENTS.contains(category));
    about_plans.sort_unstable();
    about_plans.dedup();
    format!(
        "Statement by statement:\n\n{}\nThe plan as a whole:\n\n{}\nAll together:\n\n{}\nStatements by themselves:\n\n{}\n{}",
        by_category(groups, OF_STATEMENTS, &judged),
        by_category(groups, &about_plans, &judged[..4]),
        together(groups, true),
        by_category(single, OF_STATEMENTS, &judged),
        together(single, false)
    )
}

/// One cell: what stands in it for a category of a group.
type Cell = fn(&Group, &str) -> String;

fn tally(group: &Group, category: &str) -> Tally {
    group.score.categories.get(category).copied().unwrap_or_default()
}

fn gold(group: &Group, category: &str) -> String {
    tally(group, category).gold().to_string()
}

fn precision(group: &Group, category: &str) -> String {
    figure(tally(group, category).precision())
}

fn recall(group: &Group, category: &str) -> String {
    figure(tally(group, category).recall())
}

fn f1(group: &Group, category: &str) -> String {
    figure(tally(group, category).f1())
}

fn length(group: &Group, category: &str) -> String {
    LengthOnly::best(category, &group.statements).map_or_else(
        || NONE.to_owned(),
        |best| format!("{} {}{}", figure(Some(best.f1)), if best.shorter { '≤' } else { '≥' }, best.words),
    )
}

fn figure(value: Option<f64>) -> String {
    value.map_or_else(|| NONE.to_owned(), |value| format!("{value:.3}"))
}

fn by_category(groups: &[Group], categories: &[&str], columns: &[(&str, Cell)]) -> String {
    let mut rows = vec![vec!["category".to_owned()]];
    rows[0].extend(groups.iter().flat_map(|group| columns.iter().map(|(name, _)| format!("{} {name}", group.name))));
    for category in categories {
        let cells = groups.iter().flat_map(|group| columns.iter().map(|(_, cell)| cell(group, category)));
        rows.push(std::iter::once((*category).to_owned()).chain(cells).collect());
    }
    table(&rows)
}

/// `plans`: the groups are of whole plans, which have sections, a stage and two formats.
fn together(groups: &[Group], plans: bool) -> String {
    let mut rows = vec![vec!["figure".to_owned()]];
    rows[0].extend(groups.iter().map(|group| group.name.to_owned()));
    let mut row = |name: &str, cell: &dyn Fn(&Group) -> String| {
        rows.push(std::iter::once(name.to_owned()).chain(groups.iter().map(cell)).collect());
    };
    row(if plans { "plans, each in two formats" } else { "authors" }, &|group| group.plans.to_string());
    row("statements of provision without fault", &|group| format!("{:.0}", group.score.sound_flagged.whole));
    row(FLAGGED, &|group| figure(group.score.sound_flagged.value()));
    row("agreement on `missing`", &|group| figure(group.score.missing.value()));
    if plans {
        row("sections found", &|group| figure(group.score.sections.value()));
        row("stage right", &|group| figure(group.score.stages.value()));
        row("findings in DOCX and PDF alike", &|group| figure(group.in_both.value()));
    }
    row("F1, all findings alike", &|group| figure(group.score.micro()));
    row("F1, mean of categories", &|group| figure(group.score.macro_f1()));
    table(&rows)
}

/// A Markdown table, its columns aligned for people who read the source.
fn table(rows: &[Vec<String>]) -> String {
    let widths: Vec<usize> = (0..rows[0].len())
        .map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0).max(3))
        .collect();
    let mut out = String::new();
    for (index, row) in rows.iter().enumerate() {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| match column {
            0 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        let _ = writeln!(out, "| {} |", cells.collect::<Vec<_>>().join(" | "));
        if index == 0 {
            let rules = widths.iter().enumerate().map(|(column, &width)| match column {
                0 => "-".repeat(width),
                _ => format!("{}:", "-".repeat(width - 1)),
            });
            let _ = writeln!(out, "| {} |", rules.collect::<Vec<_>>().join(" | "));
        }
    }
    out
}

// ------------------------------------------------------------------------------------------------- holding them against

/// Every figure of the tables in a Markdown text, in thousandths, by row and column. Counts and thresholds are none.
fn read_figures(markdown: &str) -> BTreeMap<(String, String), i64> {
    let mut figures = BTreeMap::new();
    let mut header: Vec<String> = Vec::new();
    for line in markdown.lines() {
        let cells: Vec<String> = match line.strip_prefix('|').and_then(|line| line.strip_suffix('|')) {
            Some(row) => row.split('|').map(|cell| cell.trim().to_owned()).collect(),
            None => Vec::new(),
        };
        if cells.is_empty() || header.is_empty() {
            header = cells;
            continue;
        }
        for (column, cell) in header.iter().zip(&cells).skip(1) {
            let thousandths = cell.split_once('.').filter(|(_, fraction)| fraction.len() == 3);
            if let Some(value) = thousandths.and_then(|(whole, fraction)| format!("{whole}{fraction}").parse().ok()) {
                figures.insert((cells[0].clone(), column.clone()), value);
            }
        }
    }
    figures
}

/// The figures that are worse in `now` than in `written` by more than [`SLACK`], or are gone.
fn fallen(written: &str, now: &str) -> Vec<String> {
    let now = read_figures(now);
    let mut fallen = Vec::new();
    for (key, was) in read_figures(written) {
        let is = now.get(&key).copied();
        let worse = is.is_none_or(|is| if key.0 == FLAGGED { is - was > SLACK } else { was - is > SLACK });
        if worse {
            let is = is.map_or_else(|| "gone".to_owned(), |is| format!("0.{is:03}").replace("0.1000", "1.000"));
            let was = format!("0.{was:03}").replace("0.1000", "1.000");
            fallen.push(format!("{} / {}: {was} → {is}", key.0, key.1));
        }
    }
    fallen
}

#[test]
fn accuracy_notices_what_falls() {
    let written = "| category | all n | all P | all length |\n| --- | --: | --: | --: |\n| vague | 9 | 1.000 | 0.500 ≤4 |\n\n\
                   | figure | all |\n| --- | --: |\n| ok provision flagged | 0.020 |\n| sections found | 0.900 |\n";
    let check = |from: &str, to: &str, expected: &[&str]| {
        assert_eq!(fallen(written, &written.replace(from, to)), expected, "{from} → {to}");
    };
    check("", "", &[]);
    check("1.000", "0.990", &[]);
    check("1.000", "0.989", &["vague / all P: 1.000 → 0.989"]);
    check("1.000", NONE, &["vague / all P: 1.000 → gone"]);
    check("0.020", "0.031", &["ok provision flagged / all: 0.020 → 0.031"]);
    check("0.020", "0.000", &[]);
    check("0.900", "0.880", &["sections found / all: 0.900 → 0.880"]);
    check("| 9 ", "| 1 ", &[]);
    check("0.500 ≤4", "0.100 ≤4", &[]);
}
