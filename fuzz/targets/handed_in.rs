//! What users hand in beside plans: a settings file (after "s"), or a table about plans and of judgements (after anything else).
#![no_main]

// The program's own room: it is no library. Only what reads these files is asked.
#[path = "../../src/cli/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the rest of the program")]
mod cli;

use cli::allow::Allowance;
use cli::args::MoreRules;
use cli::audit::table::lines_of;
use cli::config::Config;
use cli::in_force::{self, InForce};
use cli::problem::Problem;
use ehcp_lint::{Agreement, Ballots, Look, Metadata, show_error};
use libfuzzer_sys::fuzz_target;
use miette::Diagnostic;
use std::path::Path;

fuzz_target!(|bytes: &[u8]| {
    match bytes.split_first() {
        Some((b's', settings)) => {
            if let Err(problem) = of_settings(&String::from_utf8_lossy(settings)) {
                said(&problem);
            }
        }
        Some((_, table)) => of_table(table),
        None => {}
    }
});

/// Settings: refused with a place in the file, or in force over a plan.
fn of_settings(text: &str) -> Result<(), Problem> {
    let mut config = Config::of(Path::new("ehcp-lint.toml"), text.to_owned())?;
    // Folders of rules stand on the disk.
    config.settings.rules.clear();
    let InForce { all, .. } = InForce::of(&MoreRules { rules: Vec::new() }, &[], &[], Some(&config))?;
    let today = jiff::civil::date(2026, 1, 1);
    let mut report = promises::sample();
    let before = report.findings.len();
    for (number, allow) in config.settings.allow.iter().enumerate() {
        let allowance = Allowance::of(&config, number, allow, in_force::meant(&config, &all, &allow.rule)?, today)?;
        let used = allowance.apply(&mut report);
        if let Some(notice) = allowance.notice(&config, used) {
            said(&notice);
        }
    }
    assert!(report.findings.len() <= before, "an allowance takes findings out");
    Ok(())
}

/// A table about plans, and the same as one of judgements.
fn of_table(bytes: &[u8]) {
    let Ok(lines) = lines_of(bytes) else { return };
    let width = lines.first().map_or(0, Vec::len);
    match Metadata::of(lines.clone()) {
        Ok(mut table) => {
            assert!(table.columns.len() < width);
            for name in lines.iter().flatten() {
                if let Some(values) = table.values(name) {
                    assert_eq!(values.len(), table.columns.len(), "a value for each column");
                }
            }
            assert!(table.unused() <= table.len());
        }
        Err(error) => said(&error),
    }
    match Ballots::of(lines) {
        Ok(ballots) => {
            for row in Agreement::of(&ballots, |ballot| Some(ballot.plan.len() % 2 == 0)).rows {
                for (share, (low, high)) in [row.precision, row.recall].into_iter().flatten() {
                    assert!((0.0..=1.0).contains(&share) && 0.0 <= low && low <= high && high <= 1.0, "{share} in {low} to {high}");
                }
                assert!(row.kappa.is_none_or(|(kappa, _)| (-1.0..=1.0).contains(&kappa)), "{:?}", row.kappa);
            }
        }
        Err(error) => said(&error),
    }
}

/// What is wrong is said in words, and drawn into the user's file.
fn said(error: &dyn Diagnostic) {
    assert!(!show_error(error, &Look { width: 40, ..Look::PLAIN }).trim().is_empty());
}
