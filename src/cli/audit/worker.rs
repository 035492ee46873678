//! Worker: a process that reads plans for an audit, one after the other, until its input ends: what breaks it costs one plan.

use crate::cli::audit::args::Over;
use crate::cli::audit::settings;
use crate::cli::exit::Exit;
use crate::cli::isolated;
use crate::cli::problem::Problem;
use crate::cli::reading::{self, sha256};
use crate::cli::setup::{Setup, Uses};
use ehcp_lint::{Examined, ExtractError, FileFacts, NameKey, Outcome, Record, Report, asides, examine};
use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::{self, BufRead as _, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use std::{fs, process, thread};

/// A file that is larger is no plan, and is not read into memory.
const LARGEST: u64 = 512 << 20;
/// A worker has no limit on its seconds in all, only on those of each plan.
const NO_END: u64 = 10 * 365 * 24 * 3600;
/// So much later than whoever asked, the worker ends itself: it asked may be gone.
const GRACE: Duration = Duration::from_secs(5);

/// Reads plans: on each line of standard input a path and a name, on each line of standard output a record.
pub(crate) fn serve(over: &Over) -> Result<Exit, Problem> {
    isolated::limit(u64::from(over.memory_limit.get()) << 20, NO_END);
    let setup = settings::setup(over)?;
    let mut lines = io::stdin().lock().lines();
    let Some(key) = lines.next().and_then(Result::ok).and_then(|line| of_hex(&line)?.try_into().ok()).map(NameKey)
    else {
        return Ok(Exit::Usage);
    };
    let began = Arc::new(Mutex::new(None));
    watch(Arc::clone(&began), Duration::from_secs(over.time_limit.get().into()) + GRACE);
    for line in lines.map_while(Result::ok) {
        let Some((path, name)) = line.split_once(' ').and_then(|(path, name)| Some((of_hex(path)?, of_hex(name)?)))
        else {
            return Ok(Exit::Usage);
        };
        set(&began, Some(Instant::now()));
        let file = FileFacts {
            name: String::from_utf8_lossy(&name).into_owned(),
            sha256: String::new(),
            bytes: 0,
            outcome: Outcome::Unread,
            reason: String::new(),
        };
        let record = record(&PathBuf::from(os(path)), file, &setup, &key, over.shown.with_text);
        set(&began, None);
        let mut out = io::stdout().lock();
        if writeln!(out, "{}", record.to_line()).and_then(|()| out.flush()).is_err() {
            break;
        }
    }
    Ok(Exit::Clean)
}

/// The record of a file, whatever is in it.
fn record(path: &Path, mut file: FileFacts, setup: &Setup, key: &NameKey, with_text: bool) -> Record {
    let unread = |mut file: FileFacts, outcome, reason: &str| {
        file.outcome = outcome;
        reason.clone_into(&mut file.reason);
        Record::unread(file)
    };
    file.bytes = fs::metadata(path).map_or(0, |about| about.len());
    if file.bytes > LARGEST {
        return unread(file, Outcome::Unread, "too-large");
    }
    let Ok(bytes) = fs::read(path) else { return unread(file, Outcome::Unread, "no-access") };
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
        let verdict = setup.rules.check(&plan);
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

/// Ends this process where one plan takes too long: a thread that never returns cannot be ended in any other way.
fn watch(began: Arc<Mutex<Option<Instant>>>, limit: Duration) {
    thread::spawn(move || {
        loop {
            thread::sleep(Duration::from_secs(1));
            let since = *began.lock().unwrap_or_else(PoisonError::into_inner);
            if since.is_some_and(|since: Instant| since.elapsed() > limit) {
                process::exit(i32::from(Exit::Unreadable as u8));
            }
        }
    });
}

fn set(began: &Mutex<Option<Instant>>, now: Option<Instant>) {
    *began.lock().unwrap_or_else(PoisonError::into_inner) = now;
}

/// Bytes as digits: a path can hold anything, a line break too.
pub(crate) fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

pub(crate) fn of_hex(hex: &str) -> Option<Vec<u8>> {
    let digits = hex.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
    digits.collect()
}

/// The bytes of a path.
#[cfg(unix)]
pub(crate) fn bytes_of(path: &Path) -> Vec<u8> {
    std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).to_vec()
}

#[cfg(unix)]
fn os(bytes: Vec<u8>) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes)
}

/// The bytes of a path.
#[cfg(not(unix))]
pub(crate) fn bytes_of(path: &Path) -> Vec<u8> {
    path.to_string_lossy().into_owned().into_bytes()
}

#[cfg(not(unix))]
fn os(bytes: Vec<u8>) -> OsString {
    OsString::from(String::from_utf8_lossy(&bytes).into_owned())
}
