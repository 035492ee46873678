//! Read: the files of an audit to their records, in the pool.

use crate::cli::audit::args::Over;
use crate::cli::audit::find::Found;
use crate::cli::audit::refusal::Refusal;
use crate::cli::input;
use crate::cli::isolated::{self, Limits};
use crate::cli::pool::{Lost, Message, Pool};
use crate::cli::problem::{Problem, why};
use crate::cli::reading::sha256;
use ehcp_lint::{FileFacts, NameKey, Outcome, Record};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// Reads all files and hands over the lines of their records as they come, in no order. Ends early where it is told to stop.
pub(crate) fn records(
    over: &Over,
    files: &[&Found],
    key: &NameKey,
    stop: &AtomicBool,
    take: impl Fn(&Found, &FileFacts, &str) -> Result<(), Problem> + Sync,
) -> Result<(), Problem> {
    let jobs = over.jobs.or_else(|| std::thread::available_parallelism().ok());
    let limits = Limits {
        time: Duration::from_secs(over.time_limit.get().into()),
        memory: u64::from(over.memory_limit.get()) << 20,
        ..isolated::DOCUMENT
    };
    let pool = Pool {
        jobs: jobs.map_or(1, std::num::NonZeroUsize::get),
        limits,
        greeting: Message::default().bytes(key.0),
        stop: Some(stop),
    };
    let question = |at: usize| {
        let (path, name) = files.get(at).map_or((Path::new(""), ""), |file| (&file.path, &file.name));
        Message::default().path(path).text(name)
    };
    pool.ask(files.len(), question, |at, answer| {
        let Some(file) = files.get(at) else { return Ok(()) };
        let line = answer.map(|mut fields| fields.text());
        let lost = |reason: &str| {
            let record = lost(file, reason);
            take(file, &record.file, &record.to_line())
        };
        match line {
            Ok(line) => match line.as_deref().and_then(|line| FileFacts::of_line(line).zip(Some(line))) {
                Some((facts, line)) => take(file, &facts, line),
                None => lost("crashed"),
            },
            Err(Lost::Crashed) => lost("crashed"),
            Err(Lost::OutOfTime) => lost("timeout"),
            Err(Lost::NotStarted(error)) => Err(Refusal::NoWorker(why(&error)).into()),
        }
    })
}

/// The record of a file that no worker survived.
fn lost(file: &Found, reason: &str) -> Record {
    let bytes = input::bytes_again(&file.path);
    Record::unread(FileFacts {
        name: file.name.clone(),
        sha256: if bytes.is_empty() { String::new() } else { sha256(&bytes) },
        bytes: bytes.len() as u64,
        outcome: Outcome::Unread,
        reason: reason.to_owned(),
    })
}
