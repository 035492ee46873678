//! Settings: what the command line and a settings file together make an audit go by.

use crate::cli::args::{Asked, Reading};
use crate::cli::audit::args::Over;
use crate::cli::config::{self, Config};
use crate::cli::problem::Problem;
use crate::cli::reading::sha256;
use crate::cli::setup::Setup;
use ehcp_lint::{Rules, Terms};
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
    let asked = Asked { reading: &reading, chosen: &over.chosen, min_severity: None, fail_on: None };
    let mut setup = Setup::of_check(&asked, config)?;
    setup.told.unplaced = true;
    Ok(setup)
}

/// Names and values of what shapes the results: for `run.json` and the dashboard. How many processes did the work is not
/// among them: it must not matter.
fn shown(over: &Over, setup: &Setup) -> Vec<(String, String)> {
    let choice = |given: &[String]| if given.is_empty() { "\u{2014}".to_owned() } else { given.join(", ") };
    vec![
        ("version".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
        ("rule pack".to_owned(), Rules::EDITION.to_owned()),
        ("rules in force".to_owned(), setup.rules.iter().len().to_string()),
        ("only these rules".to_owned(), choice(&over.chosen.select)),
        ("not these rules".to_owned(), choice(&over.chosen.ignore)),
        ("folders of further rules".to_owned(), over.chosen.more.rules.len().to_string()),
        ("settings file".to_owned(), yes(config(over).is_some())),
        (
            "stage given".to_owned(),
            format!("{:?}", over.reading.stage).to_lowercase().replace("some(", "").replace(')', ""),
        ),
        (
            "judged as of".to_owned(),
            over.reading.as_of.map_or("the date of each plan".to_owned(), |day| day.0.to_string()),
        ),
        ("tracked changes".to_owned(), format!("{:?}", over.reading.view).to_lowercase()),
        ("letters in pictures recognised".to_owned(), yes(over.reading.ocr)),
        (WORDS_KEPT.to_owned(), yes(over.shown.with_text)),
        ("seconds for one plan".to_owned(), over.time_limit.to_string()),
        ("megabytes for one plan".to_owned(), over.memory_limit.to_string()),
    ]
}

/// The name of the setting that says whether words of plans are kept.
pub(crate) const WORDS_KEPT: &str = "words of plans kept";

/// "yes" or "no".
pub(crate) fn yes(fact: bool) -> String {
    if fact { "yes" } else { "no" }.to_owned()
}

/// The terms of an audit.
pub(crate) fn terms(over: &Over, setup: &Setup) -> Terms {
    let rules = setup.rules.iter().map(|rule| (rule.id.clone(), rule.category, sha256(format!("{rule:?}").as_bytes())));
    let config = config(over).and_then(|path| std::fs::read(path).ok());
    Terms {
        shown: shown(over, setup),
        rules: rules.collect(),
        config: config.map_or_else(String::new, |text| sha256(&text)),
    }
}
