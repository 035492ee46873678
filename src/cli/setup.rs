//! Setup: what the command line and a settings file together ask for, and what it does to a report.

use crate::cli::allow::Allowance;
use crate::cli::args::{Asked, ConfigChoice, FailOn, Floor, Reading, Shared};
use crate::cli::config::{self, Config, Notice};
use crate::cli::in_force::{self, InForce};
use crate::cli::problem::Problem;
use crate::cli::reading::Told;
use crate::cli::{look, output};
use ehcp_lint::{Report, Rules, Severity, show_error};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What is asked for with documents that share a settings file.
#[derive(Debug)]
pub(crate) struct Setup {
    pub(crate) rules: Rules,
    pub(crate) told: Told,
    /// What is less grave is left out.
    floor: Option<Severity>,
    /// From here on the exit status is 1.
    pub(crate) fail_on: Option<Severity>,
    /// How grave the findings of a rule (by id) are to count.
    levels: BTreeMap<String, Severity>,
    allowances: Vec<Allowance>,
    config: Option<Config>,
}

/// The setups of a run, and which document has which.
#[derive(Debug, Default)]
pub(crate) struct Setups {
    all: Vec<Setup>,
    /// The settings file of each.
    known: Vec<Option<PathBuf>>,
    of: Vec<usize>,
}

/// Which allowances could be about some document that was checked, and which of them were used, by number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Uses {
    pub(crate) asked: BTreeSet<usize>,
    pub(crate) used: BTreeSet<usize>,
}

impl Uses {
    /// Adds what was used for another document.
    pub(crate) fn add(&mut self, more: &Self) {
        self.asked.extend(&more.asked);
        self.used.extend(&more.used);
    }
}

impl Setups {
    /// The setup of each of `files`; those with the same settings file share one, which `make` makes.
    pub(crate) fn of(
        files: &[PathBuf],
        choice: &ConfigChoice,
        make: impl Fn(Option<Config>) -> Result<Setup, Problem>,
    ) -> Result<Self, Problem> {
        let mut setups = Self::default();
        for file in files {
            let number = setups.number_of(file, choice, &make)?;
            setups.of.push(number);
        }
        Ok(setups)
    }

    /// The number of the setup of a file, which `make` makes where no file had it before.
    pub(crate) fn number_of(
        &mut self,
        file: &Path,
        choice: &ConfigChoice,
        make: impl Fn(Option<Config>) -> Result<Setup, Problem>,
    ) -> Result<usize, Problem> {
        let path = match &choice.config {
            _ if choice.no_config => None,
            Some(path) => Some(path.clone()),
            None => config::find(file),
        };
        if let Some(number) = self.known.iter().position(|other| *other == path) {
            return Ok(number);
        }
        self.all.push(make(path.as_deref().map(Config::read).transpose()?)?);
        self.known.push(path);
        Ok(self.all.len() - 1)
    }

    /// The setup of this number.
    pub(crate) fn get(&self, number: usize) -> Option<&Setup> {
        self.all.get(number)
    }

    /// Each of the files with its setup and the setup's number.
    pub(crate) fn each<'s>(&'s self, files: &'s [PathBuf]) -> impl Iterator<Item = (&'s Path, &'s Setup, usize)> {
        let pairs = files.iter().zip(&self.of);
        pairs.filter_map(|(file, &number)| Some((file.as_path(), self.all.get(number)?, number)))
    }

    /// Says what the settings say in vain, when all documents were checked; `redacted` without the settings' own words,
    /// which can hold names.
    pub(crate) fn note(&self, uses: &BTreeMap<usize, Uses>, shared: &Shared, redacted: bool) {
        if shared.quiet {
            return;
        }
        for notice in self.notices(uses) {
            let words = if redacted { format!("note: {notice}") } else { show_error(&notice, &look::errors(shared)) };
            output::note(words.trim_end());
        }
    }

    fn notices(&self, uses: &BTreeMap<usize, Uses>) -> Vec<Notice> {
        let mut notices = Vec::new();
        for (number, setup) in self.all.iter().enumerate() {
            let (Some(config), Some(uses)) = (&setup.config, uses.get(&number)) else { continue };
            for (number, allowance) in setup.allowances.iter().enumerate().filter(|(n, _)| uses.asked.contains(n)) {
                notices.extend(allowance.notice(config, uses.used.contains(&number)));
            }
        }
        notices
    }
}

impl Setup {
    /// What a command that judges plans and its settings ask for. What stands on the command line wins.
    pub(crate) fn of_check(asked: &Asked<'_>, config: Option<Config>) -> Result<Self, Problem> {
        let chosen = asked.chosen;
        let InForce { all, rules, levels } =
            InForce::of(&chosen.more, &chosen.select, &chosen.ignore, config.as_ref())?;
        let settings = config.as_ref().map(|config| &config.settings);
        let told = Told::of(asked.reading, settings);
        let mut allowances = Vec::new();
        if let Some(config) = &config {
            let today = told.as_of.unwrap_or_else(today);
            for (number, allow) in config.settings.allow.iter().enumerate() {
                let rules = in_force::meant(config, &all, &allow.rule)?;
                allowances.push(Allowance::of(config, number, allow, rules, today)?);
            }
        }
        let floor = asked.min_severity.or(settings.and_then(|settings| settings.min_severity));
        let fail_on = asked.fail_on.or(settings.and_then(|settings| settings.fail_on)).unwrap_or(FailOn::Warning);
        Ok(Self {
            rules,
            told,
            floor: floor.map(Floor::severity),
            fail_on: fail_on.severity(),
            levels,
            allowances,
            config,
        })
    }

    /// What `extract` and its settings ask for: how documents are read, and nothing else.
    pub(crate) fn of_extract(reading: &Reading, config: Option<Config>) -> Self {
        Self {
            rules: Rules::default(),
            told: Told::of(reading, config.as_ref().map(|config| &config.settings)),
            floor: None,
            fail_on: None,
            levels: BTreeMap::new(),
            allowances: Vec::new(),
            config,
        }
    }

    /// Makes the findings as grave as they are to count, and takes out what is allowed and what is below the floor.
    pub(crate) fn judge(&self, path: &Path, report: &mut Report<'_>, uses: &mut Uses) {
        for finding in &mut report.findings {
            if let Some(&severity) = self.levels.get(&finding.rule.id) {
                finding.severity = severity;
                finding.softened = None;
            }
        }
        for (number, allowance) in self.allowances.iter().enumerate() {
            if allowance.is_about(path, &self.rules) {
                uses.asked.insert(number);
                if allowance.apply(report) {
                    uses.used.insert(number);
                }
            }
        }
        if let Some(floor) = self.floor {
            report.keep_from(floor);
        }
    }
}

/// Today, for allowances that end. Nothing else of the program knows the day.
fn today() -> Date {
    let now = jiff::Timestamp::now();
    jiff::tz::TimeZone::UTC.to_datetime(now).date()
}
