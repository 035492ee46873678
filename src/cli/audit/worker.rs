//! Worker: what a process of the pool does for an audit: from the path of a file to its record.

use crate::cli::audit::args::Over;
use crate::cli::audit::settings;
use crate::cli::exit::Exit;
use crate::cli::input;
use crate::cli::pool::{Desk, Message};
use crate::cli::problem::Problem;
use crate::cli::reading::{self, sha256};
use crate::cli::setup::{Setup, Uses};
use ehcp_lint::{Examined, ExtractError, FileFacts, NameKey, Outcome, Record, Report, asides, examine};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Reads plans: the greeting is the key for names; a question is a path and a name, the answer a record.
pub(crate) fn serve(mut desk: Desk, over: &Over) -> Result<Exit, Problem> {
    let setup = settings::setup(over)?;
    let key = desk.greeting().and_then(|mut fields| fields.bytes()?.try_into().ok()).map(NameKey);
    let Some(key) = key else { return Ok(Exit::Usage) };
    Ok(desk.serve(|mut fields| {
        let path = fields.path()?;
        let file = FileFacts {
            name: fields.text()?,
            sha256: String::new(),
            bytes: 0,
            outcome: Outcome::Unread,
            reason: String::new(),
        };
        Some(Message::default().text(&record(&path, file, &setup, &key, over.shown.with_text).to_line()))
    }))
}

/// The record of a file, whatever is in it.
fn record(path: &Path, mut file: FileFacts, setup: &Setup, key: &NameKey, with_text: bool) -> Record {
    let unread = |mut file: FileFacts, outcome, reason: &str| {
        file.outcome = outcome;
        reason.clone_into(&mut file.reason);
        Record::unread(file)
    };
    file.bytes = fs::metadata(path).map_or(0, |about| about.len());
    let bytes = match input::bytes(path) {
        Ok(bytes) => bytes,
        Err(Problem::TooLarge { .. }) => return unread(file, Outcome::Unread, "too-large"),
        Err(_) => return unread(file, Outcome::Unread, "no-access"),
    };
    file.sha256 = sha256(&bytes);
    file.bytes = bytes.len() as u64;
    let kept = file.clone();
    let made = catch_unwind(AssertUnwindSafe(|| {
        let plan = match reading::plan_or_why(&bytes, &setup.told) {
            Ok(plan) => plan,
            Err(error) => {
                let (outcome, reason) = reason(&error);
                return unread(file, outcome, reason);
            }
        };
        if plan.other().is_some() {
            return unread(file, Outcome::NotPlan, "other-law");
        }
        if plan.fragments().is_empty() {
            let (outcome, reason) =
                if plan.read_whole() { (Outcome::NotPlan, "") } else { (Outcome::Unread, "no-section") };
            return unread(file, outcome, reason);
        }
        let rules = &setup.rules;
        let verdict = if with_text { rules.check(&plan) } else { rules.check_unworded(&plan) };
        let mut report = Report::new(plan, verdict);
        setup.judge(path, &mut report, &mut Uses::default());
        let asides = asides(&bytes, &reading::access(&setup.told));
        examine(Examined { file, report: &report, asides: &asides, key, with_text })
    }));
    made.unwrap_or_else(|_| unread(kept, Outcome::Unread, "stumbled"))
}

/// What became of a file, in words of a closed list: docs/audit.md has them.
fn reason(error: &ExtractError) -> (Outcome, &'static str) {
    match error {
        ExtractError::Empty => (Outcome::Unread, "empty"),
        ExtractError::UnknownFormat => (Outcome::NotDocument, "unknown-format"),
        ExtractError::Relative { .. } => (Outcome::Unread, "other-format"),
        ExtractError::Damaged { .. } => (Outcome::Unread, "damaged"),
        ExtractError::Encrypted { .. } => (Outcome::Unread, "locked"),
        ExtractError::TooLarge { .. } => (Outcome::Unread, "too-large"),
        ExtractError::NoText { .. } => (Outcome::Unread, "no-text"),
        _ => (Outcome::Unread, "other"),
    }
}
