//! Reading: one file to one entry of a run, whatever is in it: an error or a panic becomes the reason it was not read.

use crate::cli::args::{Chosen, MoreRules, Reading};
use crate::cli::input;
use crate::cli::problem::Problem;
use crate::cli::second;
use ehcp_lint::{Access, Entry, Failure, Plan, Report, Rules, Verdict, extract};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// The rules in force.
pub(crate) fn rules(chosen: &Chosen) -> Result<Rules, Problem> {
    let all = all_rules(&chosen.more)?;
    let named = |unknown: ehcp_lint::UnknownRule| no_such_rule(&all, &unknown.name);
    let selected = if chosen.select.is_empty() { all.clone() } else { all.select(&chosen.select).map_err(named)? };
    let named = |unknown: ehcp_lint::UnknownRule| no_such_rule(&all, &unknown.name);
    selected.ignore(&chosen.ignore).map_err(named)
}

/// The built-in rules and those of the folders that were given.
pub(crate) fn all_rules(more: &MoreRules) -> Result<Rules, Problem> {
    let mut rules = Rules::built_in();
    for folder in &more.rules {
        let files = input::rule_files(folder)?;
        rules = rules.with(files.iter().map(|(id, text)| (id.as_str(), text.as_str()))).map_err(Problem::RuleFile)?;
    }
    Ok(rules)
}

/// The problem of a name that no rule answers to, with the nearest that one does.
pub(crate) fn no_such_rule(rules: &Rules, name: &str) -> Problem {
    let help = match input::nearest(name, rules.names()) {
        Some(near) => {
            format!("Did you mean \u{201c}{near}\u{201d}? \u{201c}ehcp-lint rules list\u{201d} shows them all.")
        }
        None => "\u{201c}ehcp-lint rules list\u{201d} shows them all.".to_owned(),
    };
    Problem::NoSuchRule { name: name.to_owned(), help }
}

/// Reads and judges one file, which has to be a plan.
pub(crate) fn checked<'r>(path: &Path, reading: &Reading, rules: &'r Rules) -> Entry<'r> {
    guarded(path, |bytes| {
        let plan = plan(bytes, reading)?;
        if plan.fragments().is_empty() && plan.read_whole() {
            return Err(Failure {
                message: "This does not look like an EHC plan: none of its sections A to K was found.".to_owned(),
                help: "Check that it is the plan itself and not a letter or a report. The command \u{201c}extract\u{201d} \
                       shows what was read."
                    .to_owned(),
            });
        }
        let Verdict { findings, notes } = rules.check(&plan);
        Ok(Report { plan, findings, notes })
    })
}

/// Reads one file and judges nothing.
pub(crate) fn read<'r>(path: &Path, reading: &Reading) -> Entry<'r> {
    guarded(path, |bytes| Ok(Report { plan: plan(bytes, reading)?, findings: Vec::new(), notes: Vec::new() }))
}

fn plan(bytes: &[u8], reading: &Reading) -> Result<Plan, Failure> {
    let access = Access { password: reading.password.clone(), second_reader: Some(second::words) };
    let plan = Plan::read(extract(bytes, &access).map_err(|error| Failure::of(&error))?);
    Ok(match reading.stage.stage() {
        Some(stage) => plan.at_stage(stage),
        None => plan,
    })
}

/// An entry for `path`, whatever happens on the way: a panic over one file must not end a run of many.
fn guarded<'r>(path: &Path, report: impl FnOnce(&[u8]) -> Result<Report<'r>, Failure>) -> Entry<'r> {
    let shown = path.to_string_lossy().replace('\\', "/");
    let bytes = match input::bytes(path) {
        Ok(bytes) => bytes,
        Err(problem) => return Entry::new(shown, &[], Err(Failure::of(&problem))),
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| report(&bytes))).unwrap_or_else(|_| {
        Err(Failure {
            message: "Something in this file made ehcp-lint stumble, and nothing of it was checked.".to_owned(),
            help: "Open it in the program it was made with, save it under a new name, and check that file.".to_owned(),
        })
    });
    Entry::new(shown, &bytes, outcome)
}
