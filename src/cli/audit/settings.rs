//! Settings: what an audit goes by, and a mark by which a resumed one knows that it goes by the same.

use crate::cli::args::{Asked, Reading};
use crate::cli::audit::args::Over;
use crate::cli::config::{self, Config};
use crate::cli::input;
use crate::cli::problem::Problem;
use crate::cli::reading::sha256;
use crate::cli::setup::Setup;
use ehcp_lint::Rules;
use std::fmt::Write as _;
use std::path::PathBuf;

/// The settings file: the one that is named, or else the nearest upwards from the first folder. One audit has one, so that
/// all plans are held to the same.
fn config(over: &Over) -> Option<PathBuf> {
    match &over.config.config {
        _ if over.config.no_config => None,
        Some(path) => Some(path.clone()),
        None => over.dirs.first().and_then(|dir| config::find(&dir.join("plan"))),
    }
}

/// The setup of all plans.
pub(crate) fn setup(over: &Over) -> Result<Setup, Problem> {
    let config = config(over).as_deref().map(Config::read).transpose()?;
    let reading = Reading { any: over.reading.clone(), dob: None, setting: None };
    Setup::of_check(&Asked { reading: &reading, chosen: &over.chosen, min_severity: None, fail_on: None }, config)
}

/// Names and values of what shapes the results: for `run.json` and the dashboard. How many processes did the work is not
/// among them: it must not matter.
pub(crate) fn shown(over: &Over, setup: &Setup) -> Vec<(String, String)> {
    let choice = |given: &[String]| if given.is_empty() { "\u{2014}".to_owned() } else { given.join(", ") };
    vec![
        ("version".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
        ("rule pack".to_owned(), Rules::EDITION.to_owned()),
        ("rules in force".to_owned(), setup.rules.iter().len().to_string()),
        ("only these rules".to_owned(), choice(&over.chosen.select)),
        ("not these rules".to_owned(), choice(&over.chosen.ignore)),
        ("folders of further rules".to_owned(), over.chosen.more.rules.len().to_string()),
        ("settings file".to_owned(), if config(over).is_some() { "yes" } else { "no" }.to_owned()),
        (
            "stage given".to_owned(),
            format!("{:?}", over.reading.stage).to_lowercase().replace("some(", "").replace(')', ""),
        ),
        (
            "judged as of".to_owned(),
            over.reading.as_of.map_or("the date of each plan".to_owned(), |day| day.0.to_string()),
        ),
        ("tracked changes".to_owned(), format!("{:?}", over.reading.view).to_lowercase()),
        ("letters in pictures recognised".to_owned(), if over.reading.ocr { "yes" } else { "no" }.to_owned()),
        ("words of plans kept".to_owned(), if over.shown.with_text { "yes" } else { "no" }.to_owned()),
        ("seconds for one plan".to_owned(), over.time_limit.to_string()),
        ("megabytes for one plan".to_owned(), over.memory_limit.to_string()),
    ]
}

/// A hash of everything that shapes what is found in a plan.
pub(crate) fn mark(over: &Over, setup: &Setup) -> Result<String, Problem> {
    let mut text = String::new();
    for (name, value) in shown(over, setup) {
        let _ = writeln!(text, "{name}\t{value}");
    }
    for rule in setup.rules.iter() {
        let _ = writeln!(text, "{}", rule.id);
    }
    for folder in &over.chosen.more.rules {
        for (id, rule) in input::rule_files(folder)? {
            let _ = writeln!(text, "{id}\n{rule}");
        }
    }
    if let Some(path) = config(over) {
        text.push_str(&std::fs::read_to_string(path).unwrap_or_default());
    }
    Ok(sha256(text.as_bytes()))
}
