//! Workers: the processes of a pool, fed with questions; one that dies or takes too long is replaced.

use crate::cli::allocator;
use crate::cli::isolated::{self, Ended, Limits};
use crate::cli::pool::desk::SERVING;
use crate::cli::pool::message::{Fields, Message};
use crate::cli::problem::Problem;
use std::io;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// After so many documents a worker is replaced, so that memory it does not give back does not add up.
const DOCUMENTS: usize = 1000;
/// How often a thread that waits looks whether it should stop.
const GLANCE: Duration = Duration::from_millis(100);

/// What the workers go by.
pub(crate) struct Pool<'p> {
    /// How many of them there are.
    pub(crate) jobs: usize,
    /// The time and output of one answer, and the memory of a worker.
    pub(crate) limits: Limits,
    /// What each of them is told first.
    pub(crate) greeting: Message,
    /// Raised by whoever wants it to stop, who then ends the workers: an interrupt from the keyboard does not reach them.
    /// Without it, it does.
    pub(crate) stop: Option<&'p AtomicBool>,
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Lost {
    /// It took too long.
    OutOfTime,
    /// The worker crashed over it, twice.
    Crashed,
    /// No worker can be had.
    NotStarted(io::Error),
}

/// Why a worker gave no answer.
enum Missed {
    Time,
    Crash,
    Stopped,
}

impl Pool<'_> {
    /// Asks the questions of these numbers, from none to `count`, and hands over what came of each, in no order. Ends early
    /// where it is told to stop, or where an answer cannot be taken.
    pub(crate) fn ask(
        &self,
        count: usize,
        question: impl Fn(usize) -> Message + Sync,
        take: impl Fn(usize, Result<Fields, Lost>) -> Result<(), Problem> + Sync,
    ) -> Result<(), Problem> {
        let next = AtomicUsize::new(0);
        let failed: Mutex<Option<Problem>> = Mutex::new(None);
        let given_up = || failed.lock().unwrap_or_else(PoisonError::into_inner).is_some();
        thread::scope(|scope| {
            for _ in 0..self.jobs.min(count) {
                scope.spawn(|| {
                    let mut worker = None;
                    while !self.stopped() && !given_up() {
                        let number = next.fetch_add(1, Ordering::SeqCst);
                        if number >= count {
                            break;
                        }
                        let Some(answer) = self.one(&mut worker, &question(number)) else { break };
                        if let Err(problem) = take(number, answer) {
                            failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(problem);
                        }
                    }
                });
            }
        });
        failed.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err)
    }

    fn stopped(&self) -> bool {
        self.stop.is_some_and(|stop| stop.load(Ordering::SeqCst))
    }

    /// The answer to one question; nothing where it was told to stop. A crash may be owed to what the worker read before, so
    /// a fresh one tries once more.
    fn one(&self, worker: &mut Option<Worker>, question: &Message) -> Option<Result<Fields, Lost>> {
        for _ in 0..2 {
            let ready = worker.take().filter(|worker| worker.documents < DOCUMENTS);
            let mut ready = match ready.map_or_else(|| Worker::start(self), Ok) {
                Ok(ready) => ready,
                Err(error) => return Some(Err(Lost::NotStarted(error))),
            };
            match ready.ask(question, self) {
                Ok(answer) => {
                    *worker = Some(ready);
                    return Some(Ok(answer));
                }
                Err(Missed::Stopped) => return None,
                Err(Missed::Time) => return Some(Err(Lost::OutOfTime)),
                Err(Missed::Crash) => {}
            }
        }
        Some(Err(Lost::Crashed))
    }
}

/// A process that reads documents.
struct Worker {
    child: Child,
    input: ChildStdin,
    answers: Receiver<Fields>,
    /// Reads what it says.
    reader: Option<JoinHandle<()>>,
    documents: usize,
}

impl Worker {
    /// Starts this program once more, with the same arguments.
    fn start(pool: &Pool<'_>) -> io::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        let cores = thread::available_parallelism().map_or(1, usize::from) / pool.jobs.max(1);
        let numbers = [pool.limits.memory, pool.limits.time.as_secs(), cores as u64];
        allocator::in_limits(&mut command)
            .arg(SERVING)
            .args(numbers.map(|number| number.to_string()))
            .args(isolated::given().skip(1));
        #[cfg(unix)]
        if pool.stop.is_some() {
            std::os::unix::process::CommandExt::process_group(&mut command, 0);
        }
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let (Some(mut input), Some(mut output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("it has no input and output"));
        };
        let (send, answers) = mpsc::channel();
        let most = pool.limits.output;
        let reader = thread::spawn(move || {
            while let Some(answer) = Fields::read(&mut output, most) {
                if send.send(answer).is_err() {
                    break;
                }
            }
        });
        // A worker that is gone at once is noticed when it is asked.
        let _ = pool.greeting.write(&mut input);
        Ok(Self { child, input, answers, reader: Some(reader), documents: 0 })
    }

    fn ask(&mut self, question: &Message, pool: &Pool<'_>) -> Result<Fields, Missed> {
        self.documents += 1;
        if question.write(&mut self.input).is_err() {
            return Err(self.missed());
        }
        let end = Instant::now() + pool.limits.time;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.answers.recv_timeout(left.min(GLANCE)) {
                Ok(answer) => return Ok(answer),
                Err(RecvTimeoutError::Disconnected) => return Err(self.missed()),
                Err(RecvTimeoutError::Timeout) if pool.stopped() => return Err(Missed::Stopped),
                Err(RecvTimeoutError::Timeout) if left.is_zero() => return Err(Missed::Time),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    /// What became of a worker that says no more.
    fn missed(&mut self) -> Missed {
        let _ = self.child.kill();
        match self.child.wait().map(isolated::ended) {
            Ok(Ended::OutOfTime) => Missed::Time,
            _ => Missed::Crash,
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        // It ends with the process. Waited for, so that the next worker's thread takes over its memory.
        self.reader.take().map(JoinHandle::join);
    }
}
