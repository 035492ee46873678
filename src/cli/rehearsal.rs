//! Runs of many documents: each is first read and judged in a process of its own, so that none can end or stall the run.

use crate::cli::args::{Arguments, Command};
use crate::cli::config::Config;
use crate::cli::exit::Exit;
use crate::cli::isolated::{self, Ended, Job};
use crate::cli::setup::Setup;
use crate::cli::{args, config, input, ocr, reading};
use clap::Parser;
use ehcp_lint::{Failure, Look, Run, WRITERS};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// What a rehearsal told of a document.
#[derive(Clone, Debug, Default)]
pub(crate) enum Verdict {
    /// Nobody rehearsed it.
    #[default]
    NotAsked,
    /// These bytes, by their SHA-256, can be read here: it ended, with a report or with a reason why there is none.
    Safe(String),
    /// It must not be read here.
    Stopped(Failure),
}

impl Verdict {
    /// Whether these bytes may be read here.
    pub(crate) fn allows(self, bytes: &[u8]) -> Result<(), Failure> {
        match self {
            Self::Stopped(failure) => Err(failure),
            Self::Safe(sha256) if sha256 != reading::sha256(bytes) => Err(Failure {
                message: "This file changed while it was being read, and nothing of it was checked.".to_owned(),
                help: "Wait until it is saved or downloaded completely, and check it again.".to_owned(),
            }),
            Self::Safe(_) | Self::NotAsked => Ok(()),
        }
    }
}

/// For a command on a single document: has it done by a process that is watched. What that process ended with, where it
/// did; otherwise the verdict on the document.
pub(crate) fn alone(files: &[PathBuf]) -> Result<Verdict, Exit> {
    // Every command that reads has the option under this one name.
    let ocr = isolated::given().any(|argument| argument == "--ocr");
    let limits = if ocr { ocr::DOCUMENT } else { isolated::DOCUMENT };
    match if files.len() == 1 { isolated::watched(limits) } else { None } {
        Some(Ended::Finished(status)) => Err(Exit::of(status)),
        Some(ended) => Ok(Verdict::Stopped(failure(ended))),
        None => Ok(Verdict::NotAsked),
    }
}

/// Hands each file over with its verdict, in their order. Of many, rehearsals run ahead on as many processes as there are
/// cores; the verdict on a single one is known.
pub(crate) fn each(files: &[PathBuf], alone: Verdict, mut take: impl FnMut(&Path, Verdict)) {
    if let [file] = files {
        return take(file, alone);
    }
    let workers = thread::available_parallelism().map_or(2, usize::from).min(files.len());
    let next = AtomicUsize::new(0);
    let (send, receive) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..workers {
            let (send, next) = (send.clone(), &next);
            scope.spawn(move || {
                while let Some((index, file)) =
                    Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|index| Some((index, files.get(index)?)))
                {
                    if send.send((index, of(file))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        let mut early = BTreeMap::new();
        for (index, file) in files.iter().enumerate() {
            while !early.contains_key(&index) {
                let Ok((other, verdict)) = receive.recv() else { break };
                early.insert(other, verdict);
            }
            take(file, early.remove(&index).unwrap_or_default());
        }
    });
}

/// The verdict on one file.
fn of(file: &Path) -> Verdict {
    if input::is_stdin(file) {
        return Verdict::NotAsked;
    }
    // A file that cannot be opened is no danger; why it cannot is said where it is read.
    let Ok(bytes) = input::bytes(file) else { return Verdict::NotAsked };
    let sha256 = reading::sha256(&bytes);
    let arguments: Vec<OsString> = std::iter::once(file.into()).chain(isolated::given().skip(1)).collect();
    match isolated::run(Job::Rehearse, &arguments, bytes, isolated::DOCUMENT).ended {
        Ended::Finished(_) => Verdict::Safe(sha256),
        // Without a process of its own, a run goes on as it would for a single document.
        Ended::NotStarted => Verdict::NotAsked,
        ended => Verdict::Stopped(failure(ended)),
    }
}

/// What a document that was stopped is reported with.
pub(crate) fn failure(ended: Ended) -> Failure {
    let seconds = isolated::DOCUMENT.time.as_secs();
    let message = if ended == Ended::OutOfTime {
        format!("Reading this file was given up after {seconds} seconds, and nothing of it was checked.")
    } else {
        "Something in this file made ehcp-lint stumble or run out of memory, and nothing of it was checked.".to_owned()
    };
    Failure {
        message,
        help: "Open it in the program it was made with, save it under a new name, and check that file. If it is a bundle, \
               check the plan in it as a file of its own."
            .to_owned(),
    }
}

/// The other end: the path of the document and the arguments of the run; its bytes are the input. It writes nothing.
pub(crate) fn work(arguments: &[OsString], bytes: &[u8]) -> Exit {
    let Some((path, given)) = arguments.split_first() else { return Exit::Usage };
    let path = Path::new(path);
    let given = std::iter::once(OsString::new()).chain(given.iter().cloned());
    let Ok(Arguments { command: Command::Check(check), .. }) = Arguments::try_parse_from(args::given(given)) else {
        return Exit::Usage;
    };
    let found = match &check.judging.config.config {
        _ if check.judging.config.no_config => None,
        Some(file) => Some(file.clone()),
        None => config::find(path),
    };
    let Ok(config) = found.as_deref().map(Config::read).transpose() else { return Exit::Usage };
    let Ok(mut setup) = Setup::of_check(&check.judging.asked(check.fail_on), config) else { return Exit::Usage };
    // Pictures have processes of their own.
    setup.told.ocr = false;
    let entry = reading::checked_bytes(path, bytes, &setup.told, &setup.rules);
    let run = Run { entries: vec![entry] };
    // What a writer does with it belongs to what could go wrong.
    let name = check.format.as_deref().unwrap_or("plain");
    if let Some(writer) = WRITERS.iter().find(|writer| writer.name == name) {
        let _ = (writer.write)(&run, &Look::PLAIN);
    }
    Exit::Clean
}
