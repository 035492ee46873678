//! `audit agree`: findings beside what people saw in the same plans.

use crate::cli::args::Shared;
use crate::cli::audit::args::Agree;
use crate::cli::audit::refusal::Refusal;
use crate::cli::audit::table::{csv_lines, rows};
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::cli::problem::Problem;
use ehcp_lint::{Agreement, AgreementRow, Ballot, Ballots};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What findings.csv says of one plan.
#[derive(Default)]
struct Found {
    categories: BTreeSet<String>,
    sections: BTreeSet<(String, String)>,
    statements: BTreeSet<(String, u64)>,
}

pub(crate) fn run(agree: &Agree, shared: &Shared) -> Result<Exit, Problem> {
    let ballots = Ballots::of(csv_lines(&agree.human)?).map_err(Refusal::Ballots)?;
    let mut plans: BTreeMap<String, Found> = BTreeMap::new();
    let mut named: BTreeMap<String, String> = BTreeMap::new();
    for row in rows(&agree.results, "plans.csv")? {
        let field = |name: &str| row.get(name).cloned().unwrap_or_default();
        if matches!(field("outcome").as_str(), "read" | "part") {
            plans.entry(field("plan")).or_default();
            named.insert(field("path"), field("plan"));
        }
    }
    for row in rows(&agree.results, "findings.csv")? {
        let field = |name: &str| row.get(name).cloned().unwrap_or_default();
        let Some(found) = plans.get_mut(&field("plan")) else { continue };
        found.categories.insert(field("category"));
        found.sections.insert((field("category"), field("section")));
        if let Ok(statement) = field("statement").parse() {
            found.statements.insert((field("category"), statement));
        }
    }
    let says = |ballot: &Ballot| {
        let by_path = || plans.get(named.get(ballot.path.as_ref()?)?);
        let id = named.get(&ballot.plan).unwrap_or(&ballot.plan);
        let found = plans.get(id).or_else(by_path)?;
        let category = ballot.category.as_str().to_owned();
        Some(match (&ballot.statement, &ballot.section) {
            (Some(statement), _) => found.statements.contains(&(category, *statement)),
            (None, Some(section)) => found.sections.contains(&(category, section.clone())),
            (None, None) => found.categories.contains(&category),
        })
    };
    let agreement = Agreement::of(&ballots, says);
    if !agreement.rows.iter().any(|row| row.other == "ehcp-lint") {
        return Err(Refusal::NoneJudged(agree.human.display().to_string()).into());
    }
    if let Some(path) = &agree.output {
        output::write(csv(&agreement.rows).as_bytes(), Some(path), std::slice::from_ref(&agree.human))?;
    }
    let mut text = text(&agreement, shared.quiet);
    if ballots.open > 0 {
        let lines = if ballots.open == 1 { "1 line says".to_owned() } else { format!("{} lines say", ballots.open) };
        let _ = writeln!(text, "\n{lines} neither yes nor no, and count for nothing.");
    }
    output::print(text.as_bytes())?;
    Ok(Exit::Clean)
}

const HEADS: [&str; 17] = [
    "rater",
    "other",
    "category",
    "plans",
    "both_yes",
    "other_alone",
    "rater_alone",
    "both_no",
    "kappa",
    "kappa_low",
    "kappa_high",
    "precision",
    "precision_low",
    "precision_high",
    "recall",
    "recall_low",
    "recall_high",
];

fn csv(rows: &[AgreementRow]) -> String {
    let number = |value: Option<f64>| value.map_or(String::new(), |value| format!("{value:.4}"));
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut lines = vec![HEADS.join(",")];
    for row in rows {
        let mut fields = vec![quoted(&row.rater), quoted(&row.other), category(row).to_owned(), row.plans.to_string()];
        fields.extend(row.counts.iter().map(u64::to_string));
        let kappa = row.kappa.and_then(|(_, interval)| interval);
        fields.extend(
            [row.kappa.map(|(value, _)| value), kappa.map(|(low, _)| low), kappa.map(|(_, high)| high)].map(number),
        );
        for share in [row.precision, row.recall] {
            let parts =
                [share.map(|(value, _)| value), share.map(|(_, (low, _))| low), share.map(|(_, (_, high))| high)];
            fields.extend(parts.map(number));
        }
        lines.push(fields.join(","));
    }
    lines.join("\n") + "\n"
}

fn category(row: &AgreementRow) -> &'static str {
    row.category.map_or("all", |category| category.as_str())
}

fn text(agreement: &Agreement, quiet: bool) -> String {
    let mut text = String::new();
    let mut judges = ("", "");
    for row in &agreement.rows {
        if judges != (&row.rater, &row.other) {
            judges = (&row.rater, &row.other);
            let gap = if text.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{gap}{} beside {}", row.other, row.rater);
            text.push_str(
                "  category                 plans  both other rater  none  kappa                precision            recall\n",
            );
        }
        let [both, other, rater, none] = row.counts;
        let kappa = row.kappa.map_or("\u{2013}".to_owned(), |(value, interval)| shown(value, interval));
        let share = |share: Option<(f64, (f64, f64))>| {
            share.map_or("\u{2013}".to_owned(), |(value, interval)| shown(value, Some(interval)))
        };
        let line = format!(
            "  {:<24} {:>5} {both:>5} {other:>5} {rater:>5} {none:>5}  {kappa:<20} {:<20} {}",
            category(row),
            row.plans,
            share(row.precision),
            share(row.recall)
        );
        text.push_str(line.trim_end());
        text.push('\n');
    }
    if !quiet {
        text.push_str(
            "\nboth, other, rater, none: how often both said yes, one of them alone, or neither. Kappa is agreement beyond \
             chance (1 is\nfull, 0 is chance; \u{2013} where one of them always said the same). In brackets: 95 % intervals, \
             drawn by plan; Wilson's for\nfewer than ten plans.\n",
        );
    }
    if !agreement.unmatched.is_empty() {
        let count = agreement.unmatched.len();
        let _ = writeln!(text, "\n{count} of the plans that people judged are not among those that were read.");
    }
    text
}

fn shown(value: f64, interval: Option<(f64, f64)>) -> String {
    let range = interval.map_or(String::new(), |(low, high)| format!(" ({low:.2}\u{2013}{high:.2})"));
    format!("{value:.2}{range}")
}
