//! Pool: one worker for each core, fed with files; one that dies or takes too long is replaced.

use crate::cli::audit::find::Found;
use crate::cli::audit::refusal::Refusal;
use crate::cli::audit::worker::{bytes_of, to_hex};
use crate::cli::problem::{Problem, why};
use crate::cli::reading::sha256;
use ehcp_lint::{FileFacts, NameKey, Outcome, Record};
use std::fs;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// After so many plans a worker is replaced, so that memory it does not give back does not add up.
const PLANS: usize = 1000;
/// How often a thread that waits looks whether it should stop.
const GLANCE: Duration = Duration::from_millis(100);

/// What the workers go by.
pub(crate) struct Pool<'p> {
    pub(crate) jobs: usize,
    pub(crate) limit: Duration,
    pub(crate) key: &'p NameKey,
    pub(crate) stop: &'p AtomicBool,
}

/// Why there is no record.
enum Lost {
    Time,
    Crash,
    Stopped,
}

impl Pool<'_> {
    /// Reads all files and hands over their records as they come, in no order. Ends early where it is told to stop.
    pub(crate) fn read(
        &self,
        files: &[Found],
        take: impl Fn(&Found, Record) -> Result<(), Problem> + Sync,
    ) -> Result<(), Problem> {
        let next = AtomicUsize::new(0);
        let failed: Mutex<Option<Problem>> = Mutex::new(None);
        let fail = |problem: Problem| {
            failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(problem);
        };
        let given_up = || failed.lock().unwrap_or_else(PoisonError::into_inner).is_some();
        thread::scope(|scope| {
            for _ in 0..self.jobs.min(files.len()) {
                scope.spawn(|| {
                    let mut worker = None;
                    while !self.stop.load(Ordering::SeqCst) && !given_up() {
                        let Some(file) = files.get(next.fetch_add(1, Ordering::SeqCst)) else { break };
                        match self.one(&mut worker, file) {
                            Ok(Some(record)) => take(file, record).unwrap_or_else(&fail),
                            Ok(None) => break,
                            Err(problem) => fail(problem),
                        }
                    }
                });
            }
        });
        failed.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err)
    }

    /// The record of one file. A crash may be owed to what the worker read before, so a fresh one tries once more.
    fn one(&self, worker: &mut Option<Worker>, file: &Found) -> Result<Option<Record>, Problem> {
        let mut reason = "crashed";
        for _ in 0..2 {
            let mut ready = match worker.take().filter(|worker| worker.plans < PLANS) {
                Some(worker) => worker,
                None => Worker::start(self.key).map_err(|error| Refusal::NoWorker(why(&error)))?,
            };
            match ready.ask(file, self.limit, self.stop) {
                Ok(record) => {
                    *worker = Some(ready);
                    return Ok(Some(record));
                }
                Err(Lost::Stopped) => return Ok(None),
                Err(Lost::Crash) => {}
                Err(Lost::Time) => {
                    reason = "timeout";
                    break;
                }
            }
        }
        Ok(Some(lost(file, reason)))
    }
}

/// The record of a file that no worker survived.
fn lost(file: &Found, reason: &str) -> Record {
    let bytes = fs::read(&file.path).unwrap_or_default();
    Record::unread(FileFacts {
        name: file.name.clone(),
        sha256: if bytes.is_empty() { String::new() } else { sha256(&bytes) },
        bytes: bytes.len() as u64,
        outcome: Outcome::Unread,
        reason: reason.to_owned(),
    })
}

/// A process that reads plans.
struct Worker {
    child: Child,
    input: ChildStdin,
    answers: Receiver<String>,
    plans: usize,
}

impl Worker {
    /// Starts this program once more, with the same arguments.
    fn start(key: &NameKey) -> io::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(crate::cli::isolated::given().skip(1)).arg("--worker");
        // An interrupt from the keyboard goes to the audit alone, which then ends its workers.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("it has no input and output"));
        };
        let (send, answers) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if send.send(line).is_err() {
                    break;
                }
            }
        });
        // A worker that is gone at once is noticed when it is asked.
        let _ = writeln!(input, "{}", to_hex(&key.0));
        Ok(Self { child, input, answers, plans: 0 })
    }

    fn ask(&mut self, file: &Found, limit: Duration, stop: &AtomicBool) -> Result<Record, Lost> {
        self.plans += 1;
        let line = format!("{} {}\n", to_hex(&bytes_of(&file.path)), to_hex(file.name.as_bytes()));
        self.input.write_all(line.as_bytes()).map_err(|_| Lost::Crash)?;
        let end = Instant::now() + limit;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.answers.recv_timeout(left.min(GLANCE)) {
                Ok(line) => return Record::of_line(&line).ok_or(Lost::Crash),
                Err(RecvTimeoutError::Disconnected) => return Err(Lost::Crash),
                Err(RecvTimeoutError::Timeout) if stop.load(Ordering::SeqCst) => return Err(Lost::Stopped),
                Err(RecvTimeoutError::Timeout) if left.is_zero() => return Err(Lost::Time),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
