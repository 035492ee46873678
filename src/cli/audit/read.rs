//! Read: the files of an audit to their records, in the pool.

use crate::cli::audit::args::Over;
use crate::cli::audit::find::{Files, Found};
use crate::cli::audit::refusal::Refusal;
use crate::cli::audit::spill::Room;
use crate::cli::input;
use crate::cli::isolated::{self, Limits};
use crate::cli::pool::{Lost, Message, Pool};
use crate::cli::problem::{Problem, why};
use crate::cli::reading::sha256;
use ehcp_lint::{FileFacts, NameKey, Outcome, Record};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Reads all files and hands over the lines of their records as they come, in no order. Ends early where it is told to stop.
pub(crate) fn records(
    over: &Over,
    (files, room): (&Files, &Room),
    key: &NameKey,
    stop: &AtomicBool,
    take: impl Fn(&Found, &FileFacts, &str) -> Result<(), Problem> + Sync,
) -> Result<(), Problem> {
    let limits = Limits {
        time: Duration::from_secs(over.time_limit.get().into()),
        memory: u64::from(over.memory_limit.get()) << 20,
        ..isolated::DOCUMENT
    };
    let pool = Pool { jobs: over.jobs(), limits, greeting: Message::default().bytes(key.0), stop: Some(stop) };
    let stream = Mutex::new(files.stream().map_err(|error| room.failed(&error))?);
    // Those that are being read, by the number of the question; none where the list could not be read.
    let asked: Mutex<BTreeMap<usize, io::Result<Found>>> = Mutex::default();
    let question = |at: usize| {
        let next = held(&stream).next().and_then(|file| file.ok_or_else(|| io::ErrorKind::UnexpectedEof.into()));
        let question = next.as_ref().map_or_else(
            |_| Message::default().path(Path::new("")).text(""),
            |file| Message::default().path(&file.path).text(&file.name),
        );
        held(&asked).insert(at, next);
        question
    };
    pool.ask(files.count, question, |at, answer| {
        let Some(file) = held(&asked).remove(&at) else { return Ok(()) };
        let file = &file.map_err(|error| room.failed(&error))?;
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

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
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
