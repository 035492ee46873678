//! Reading: one file to one entry of a run, whatever is in it: an error or a panic becomes the reason it was not read.

use crate::cli::args::{MoreRules, Reading, SettingChoice, StageChoice};
use crate::cli::config::Settings;
use crate::cli::day::Day;
use crate::cli::input;
use crate::cli::ocr;
use crate::cli::problem::Problem;
use crate::cli::second;
use ehcp_lint::{
    Access, AnnotateError, Annotated, Entry, ExtractError, Failure, Plan, Report, Rules, Setting, Stage, View,
    annotate, extract,
};
use jiff::civil::Date;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// What the user says of a plan, whatever it says of itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    stage: Option<Stage>,
    pub(crate) as_of: Option<Date>,
    born: Option<Date>,
    setting: Option<Setting>,
    password: Option<String>,
    view: View,
    /// Whether letters are to be recognised on pages that are pictures.
    pub(crate) ocr: bool,
    /// Whether nobody will ask where words stand on pages.
    pub(crate) unplaced: bool,
}

impl Told {
    /// What the command line says, and where it says nothing, what the settings say.
    pub(crate) fn of(reading: &Reading, settings: Option<&Settings>) -> Self {
        let day = |given: Option<Day>, set: Option<Day>| given.or(set).map(|Day(day)| day);
        Self {
            stage: reading.any.stage.or(settings.and_then(|settings| settings.stage)).and_then(StageChoice::stage),
            as_of: day(reading.any.as_of, settings.and_then(|settings| settings.as_of)),
            born: day(reading.dob, settings.and_then(|settings| settings.dob)),
            setting: reading.setting.or(settings.and_then(|settings| settings.setting)).map(SettingChoice::setting),
            password: reading.any.password.clone(),
            view: reading.any.view.view(),
            ocr: reading.any.ocr,
            unplaced: false,
        }
    }
}

/// The rules that the names mean, or all where there are none.
pub(crate) fn selected(all: &Rules, names: &[String]) -> Result<Rules, Problem> {
    if names.is_empty() {
        return Ok(all.clone());
    }
    all.select(names).map_err(|unknown| no_such_rule(all, &unknown.name))
}

/// The ids of the rules that the names mean.
pub(crate) fn ignored(all: &Rules, names: &[String]) -> Result<Vec<String>, Problem> {
    let meant = if names.is_empty() { Rules::default() } else { selected(all, names)? };
    Ok(meant.iter().map(|rule| rule.id.clone()).collect())
}

/// The built-in rules and those of the folders that were given.
pub(crate) fn all_rules(more: &MoreRules) -> Result<Rules, Problem> {
    more.rules.iter().try_fold(Rules::built_in(), |rules, folder| with_folder(rules, folder))
}

/// These rules and those of a folder.
pub(crate) fn with_folder(rules: Rules, folder: &Path) -> Result<Rules, Problem> {
    let files = input::rule_files(folder)?;
    rules.with(files.iter().map(|(id, text)| (id.as_str(), text.as_str()))).map_err(Problem::RuleFile)
}

/// The problem of a name that no rule answers to, with the nearest that one does.
pub(crate) fn no_such_rule(rules: &Rules, name: &str) -> Problem {
    Problem::NoSuchRule { name: name.to_owned(), help: suggestion(rules, name) }
}

/// What to do about a name that no rule answers to.
pub(crate) fn suggestion(rules: &Rules, name: &str) -> String {
    let all = "\u{201c}ehcp-lint rules list\u{201d} shows them all.";
    match input::nearest(name, rules.names()) {
        Some(near) => format!("Did you mean \u{201c}{near}\u{201d}? {all}"),
        None => all.to_owned(),
    }
}

/// Where the bytes of a document come from.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    /// Its path.
    Path,
    /// They were read already: standard input.
    Bytes(Vec<u8>),
    /// They must not be read here: a process that did so was ended, or they could not be had.
    Lost(Failure),
}

/// Reads and judges one file, which has to be a plan, and lets `judge` change the report.
pub(crate) fn checked<'r>(
    path: &Path,
    source: Source,
    told: &Told,
    rules: &'r Rules,
    judge: impl FnOnce(&mut Report<'r>),
) -> Entry<'r> {
    guarded(path, source, |bytes| {
        let mut report = judged(plan(bytes, told)?, rules)?;
        judge(&mut report);
        Ok(report)
    })
}

/// Reads and judges one file as `check` does, lets `judge` change the report, and makes the annotated copy.
pub(crate) fn annotated<'r>(
    path: &Path,
    source: Source,
    told: &Told,
    rules: &'r Rules,
    judge: impl FnOnce(&mut Report<'r>),
) -> (Entry<'r>, Option<Result<Annotated, AnnotateError>>) {
    let mut copy = None;
    let entry = guarded(path, source, |bytes| {
        // Whoever gave the password would then be told that it is of no use.
        let plan = plan_or_why(bytes, told).map_err(|error| match error {
            ExtractError::Encrypted { format: "docx" } => Failure::of(&AnnotateError::Locked { format: "Word" }),
            ExtractError::Encrypted { .. } => Failure::of(&AnnotateError::Locked { format: "PDF" }),
            error => Failure::of(&error),
        });
        let mut report = judged(plan?, rules)?;
        judge(&mut report);
        copy = Some(annotate(bytes, &report));
        Ok(report)
    });
    (entry, copy)
}

/// SHA-256 of bytes, as reports show it.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Entry::new("", bytes, Err(Failure { message: String::new(), help: String::new() })).sha256
}

fn judged(plan: Plan, rules: &Rules) -> Result<Report<'_>, Failure> {
    if let Some(other) = plan.other() {
        return Err(Failure {
            message: format!("This looks like {}, and not like an EHC plan. It was not checked.", other.name),
            help: other.ask.clone(),
        });
    }
    if plan.fragments().is_empty() && plan.read_whole() {
        return Err(Failure {
            message: "This does not look like an EHC plan: none of its sections A to K was found.".to_owned(),
            help: "Check that it is the plan itself and not a letter or a report. The command \u{201c}extract\u{201d} \
                   shows what was read."
                .to_owned(),
        });
    }
    let verdict = rules.check(&plan);
    Ok(Report::new(plan, verdict))
}

/// Reads one file and judges nothing.
pub(crate) fn read<'r>(path: &Path, source: Source, told: &Told) -> Entry<'r> {
    guarded(path, source, |bytes| {
        let plan = plan(bytes, told)?;
        Ok(Report::new(plan, ehcp_lint::Verdict::default()))
    })
}

fn plan(bytes: &[u8], told: &Told) -> Result<Plan, Failure> {
    plan_or_why(bytes, told).map_err(|error| Failure::of(&error))
}

/// What there is to open a document with.
pub(crate) fn access(told: &Told) -> Access {
    Access {
        password: told.password.clone(),
        view: told.view,
        second_reader: Some(second::words),
        recogniser: told.ocr.then_some(ocr::words),
        unplaced: told.unplaced,
    }
}

/// The plan in the bytes of a file, as the user says it is to be read.
pub(crate) fn plan_or_why(bytes: &[u8], told: &Told) -> Result<Plan, ExtractError> {
    let mut plan = Plan::read(extract(bytes, &access(told))?);
    if let Some(stage) = told.stage {
        plan = plan.at_stage(stage);
    }
    if let Some(day) = told.as_of {
        plan = plan.as_of(day);
    }
    if let Some(day) = told.born {
        plan = plan.born_on(day);
    }
    if let Some(setting) = told.setting {
        plan = plan.in_setting(setting);
    }
    Ok(plan)
}

/// An entry for `path`, whatever happens on the way: a panic over one file must not end a run of many.
fn guarded<'r>(path: &Path, source: Source, report: impl FnOnce(&[u8]) -> Result<Report<'r>, Failure>) -> Entry<'r> {
    let bytes = match source {
        Source::Path => input::bytes(path).map_err(|problem| Failure::of(&problem)),
        Source::Bytes(bytes) => Ok(bytes),
        Source::Lost(failure) => return Entry::new(shown(path), &input::bytes_again(path), Err(failure)),
    };
    match bytes {
        Ok(bytes) => {
            let outcome = catch_unwind(AssertUnwindSafe(|| report(&bytes))).unwrap_or_else(|_| Err(stumbled()));
            Entry::new(shown(path), &bytes, outcome)
        }
        Err(failure) => Entry::new(shown(path), &[], Err(failure)),
    }
}

/// What is said of a document over which the program panicked.
pub(crate) fn stumbled() -> Failure {
    Failure {
        message: "Something in this file made ehcp-lint stumble, and nothing of it was checked.".to_owned(),
        help: "Open it in the program it was made with, save it under a new name, and check that file.".to_owned(),
    }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
