//! Desk: where a process of a pool answers questions, one after the other, until there are no more.

use crate::cli::exit::Exit;
use crate::cli::isolated;
use crate::cli::pool::message::{Fields, Message};
use std::ffi::OsString;
use std::io::{self, StdinLock};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use std::{process, thread};

/// The argument that makes this program a process of a pool; three numbers follow it. It is no command: it stands in no help
/// and no completion.
pub(crate) const SERVING: &str = "--serving";
/// A process of a pool has no limit on its seconds in all, only on those of each document.
const NO_END: u64 = 10 * 365 * 24 * 3600;
/// So much later than whoever asked, the process ends itself: it asked may be gone.
const GRACE: Duration = Duration::from_secs(5);
/// A question can hold a whole document, which came through standard input.
const LONGEST_QUESTION: u64 = 300 << 20;

/// The desk of this process.
pub(crate) struct Desk {
    /// What one answer may take.
    time: Duration,
    questions: StdinLock<'static>,
}

impl Desk {
    /// The desk of this process, if it is one of a pool. It is bound by its limits from here on.
    pub(crate) fn of_this_process() -> Option<Self> {
        let [memory, seconds, _] = numbers()?;
        isolated::limit(memory, NO_END);
        Some(Self { time: Duration::from_secs(seconds), questions: io::stdin().lock() })
    }

    /// What every process of the pool is told first.
    pub(crate) fn greeting(&mut self) -> Option<Fields> {
        Fields::read(&mut self.questions, LONGEST_QUESTION)
    }

    /// Answers every question. A question that cannot be answered ends it: it can only be owed to a mistake.
    pub(crate) fn serve(mut self, mut answer: impl FnMut(Fields) -> Option<Message>) -> Exit {
        let began = Arc::new(Mutex::new(None));
        watch(Arc::clone(&began), self.time + GRACE);
        while let Some(question) = Fields::read(&mut self.questions, LONGEST_QUESTION) {
            set(&began, Some(Instant::now()));
            let Some(answer) = answer(question) else { return Exit::Usage };
            set(&began, None);
            if answer.write(&mut io::stdout().lock()).is_err() {
                break;
            }
        }
        Exit::Clean
    }
}

/// How many cores this process may keep busy: all of them, or its share where it is one of a pool.
pub(crate) fn cores() -> usize {
    let share = numbers().and_then(|[_, _, cores]| usize::try_from(cores).ok());
    share.or_else(|| thread::available_parallelism().ok().map(usize::from)).unwrap_or(1).max(1)
}

/// Memory in bytes, seconds for one document, and cores.
fn numbers() -> Option<[u64; 3]> {
    let mut arguments = std::env::args_os().skip(1);
    let number = |argument: Option<OsString>| argument?.to_str()?.parse().ok();
    if arguments.next()? != SERVING {
        return None;
    }
    Some([number(arguments.next())?, number(arguments.next())?, number(arguments.next())?])
}

/// Ends this process where one document takes too long: a thread that never returns cannot be ended in any other way.
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
