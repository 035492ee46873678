//! One job in a process of its own, with limits: what it breaks, eats or never ends is lost with it.
//!
//! The contract. A request is a [`Job`], arguments, and bytes; the process is this program, started anew, which gets the bytes on
//! its standard input and writes bytes, the answer, to its standard output. The answer may be cut short where the job was
//! stopped: [`Ended`] says how it ended, and whoever asked decides what a part of an answer is worth. To add a job, add a
//! variant and the function that does it; the function may panic, overflow its stack, run out of memory or never return. Its
//! standard error is dropped, so no word of a plan can get out that way.

use crate::cli::exit::Exit;
use crate::cli::{allocator, ocr, pool, second};
use std::ffi::OsString;
use std::io::{self, Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// The argument that makes this program do a job. It is no command: it stands in no help and no completion.
const ARGUMENT: &str = "--isolated";

/// The argument that makes this program run a whole command within limits, watched by the process that the user started.
const WATCHED: &str = "--watched";

/// The argument that makes this program have a document read by another process, whatever kind of file it is.
const APART: &str = "--apart";

/// What a process may use.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// From its start to its end.
    pub(crate) time: Duration,
    /// Bytes of address space, where the system can limit them (not on Windows).
    pub(crate) memory: u64,
    /// Bytes that it may write.
    pub(crate) output: u64,
}

/// The limits for reading and judging one document, and for all that is written of it. A plan of 40 pages takes a tenth of a
/// second and a tenth of the memory.
pub(crate) const DOCUMENT: Limits = Limits { time: Duration::from_mins(1), memory: 1 << 30, output: 256 << 20 };

/// What can be done in a process of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Job {
    /// The plain words of pages of a PDF.
    Words,
    /// The words in the picture of a page of a PDF.
    Recognise,
}

impl Job {
    const ALL: &[(&str, Job)] = &[("words", Job::Words), ("recognise", Job::Recognise)];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, job)| *job == self).map_or("", |(name, _)| name)
    }

    /// The work itself, in the process of its own.
    fn work(self, arguments: &[OsString], input: &[u8]) -> Exit {
        match self {
            Job::Words => second::work(arguments, input),
            Job::Recognise => ocr::work(arguments, input),
        }
    }
}

/// What became of a job.
#[derive(Debug)]
pub(crate) struct Answer {
    /// What it wrote, until it ended.
    pub(crate) bytes: Vec<u8>,
    /// How it ended.
    pub(crate) ended: Ended,
}

/// How a job ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// Of itself, with this exit status.
    Finished(i32),
    /// It was stopped, because its time was up.
    OutOfTime,
    /// It was stopped, because it wrote too much.
    TooMuch,
    /// It crashed: a stack overflow, no more memory, a fault.
    Crashed,
    /// It could not be started at all.
    NotStarted,
}

/// Does a job in a process of its own.
pub(crate) fn run(job: Job, arguments: &[OsString], input: Vec<u8>, limits: Limits) -> Answer {
    let not_started = Answer { bytes: Vec::new(), ended: Ended::NotStarted };
    let Ok(program) = std::env::current_exe() else { return not_started };
    let mut command = Command::new(program);
    let limit = [limits.memory, limits.time.as_secs().max(1)].map(|limit| OsString::from(limit.to_string()));
    allocator::in_limits(&mut command).arg(ARGUMENT).arg(job.name()).args(limit).args(arguments);
    piped(command, input, limits)
}

/// Runs the command that the user gave once more, in a process with limits that shares this one's terminal and files, and
/// tells how it ended. For commands that read one document: if it is stopped, this process is still there to say so.
/// `None` where this is that process already, or none can be had: the work is then to be done here.
pub(crate) fn watched(limits: Limits) -> Option<Ended> {
    if first_is(WATCHED) {
        return None;
    }
    let mut command = Command::new(std::env::current_exe().ok()?);
    allocator::in_limits(&mut command)
        .args([WATCHED, &limits.memory.to_string(), &limits.time.as_secs().to_string()])
        .args(given().skip(1));
    let mut child = command.spawn().ok()?;
    let ended = waited(&mut child, Instant::now() + limits.time);
    if ended.is_none() {
        let _ = child.kill();
        let _ = child.wait();
    }
    Some(ended.unwrap_or(Ended::OutOfTime))
}

/// Whether this process was started by another of this program, or by itself, to read a document in a certain way.
#[cfg(unix)]
pub(crate) fn is_told_how() -> bool {
    [WATCHED, APART, pool::SERVING].into_iter().any(first_is)
}

fn first_is(argument: &str) -> bool {
    std::env::args_os().nth(1).is_some_and(|first| first == argument)
}

/// Begins anew, in the place of this process and with all that it holds let go of, and has the document read by another
/// process. Returns only where that cannot be done.
#[cfg(unix)]
pub(crate) fn begin_apart() {
    use std::os::unix::process::CommandExt as _;
    if let Ok(program) = std::env::current_exe() {
        let _ = Command::new(program).arg(APART).args(given().skip(1)).exec();
    }
}

/// The arguments that the user gave, the name of the program first. Where this process is a watched one, it is bound by
/// its limits from here on.
pub(crate) fn given() -> impl Iterator<Item = OsString> {
    let mut arguments: Vec<OsString> = std::env::args_os().collect();
    let ours = match arguments.get(1) {
        Some(first) if first == WATCHED => 3,
        Some(first) if first == pool::SERVING => 4,
        Some(first) if first == APART => 1,
        _ => 0,
    };
    let ours: Vec<OsString> = arguments.drain(1..(1 + ours).min(arguments.len())).collect();
    if ours.first().is_some_and(|first| first == WATCHED) {
        let mut numbers = ours.iter().filter_map(|limit| limit.to_str()?.parse().ok());
        if let (Some(memory), Some(seconds)) = (numbers.next(), numbers.next()) {
            limit(memory, seconds);
        }
    }
    arguments.into_iter()
}

/// Does the job that these arguments ask for, if they ask for one: the other end of [`run`].
pub(crate) fn asked(arguments: impl IntoIterator<Item = OsString>) -> Option<Exit> {
    let mut arguments = arguments.into_iter().skip(1);
    if arguments.next()? != ARGUMENT {
        return None;
    }
    let name = arguments.next()?;
    let number = |argument: Option<OsString>| argument?.to_str()?.parse::<u64>().ok();
    let (memory, seconds) = (number(arguments.next())?, number(arguments.next())?);
    let &(_, job) = Job::ALL.iter().find(|(known, _)| name == *known)?;
    limit(memory, seconds);
    let mut input = Vec::new();
    if io::stdin().lock().read_to_end(&mut input).is_err() {
        return Some(Exit::Unreadable);
    }
    Some(job.work(&arguments.collect::<Vec<_>>(), &input))
}

/// Binds this process to its memory and its seconds of work, and to the life of whoever started it: it must not write a report
/// when that one was killed. No image of it is left where it crashes.
#[cfg(unix)]
pub(crate) fn limit(memory: u64, seconds: u64) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
    for (resource, most) in [(Resource::As, memory), (Resource::Cpu, seconds), (Resource::Core, 0)] {
        // Where it is bound more tightly already, that stays.
        let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    }
}

#[cfg(not(unix))]
pub(crate) fn limit(_: u64, _: u64) {}

/// Runs a program with this input until it ends or reaches a limit; the limits of memory are its own business.
pub(crate) fn piped(mut command: Command, input: Vec<u8>, limits: Limits) -> Answer {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return Answer { bytes: Vec::new(), ended: Ended::NotStarted } };
    let end = Instant::now() + limits.time;
    let (bytes, stopped) = read_along(&mut child, input, limits.output, end);
    let ended = stopped.or_else(|| waited(&mut child, end));
    if ended.is_none() || stopped.is_some() {
        let _ = child.kill();
        let _ = child.wait();
    }
    Answer { bytes, ended: ended.unwrap_or(Ended::OutOfTime) }
}

/// Feeds the process and listens to it until it closes its output. The two threads end when it does.
fn read_along(child: &mut Child, input: Vec<u8>, most: u64, end: Instant) -> (Vec<u8>, Option<Ended>) {
    let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return (Vec::new(), Some(Ended::NotStarted));
    };
    thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let mut stdout = stdout.take(most + 1);
        let mut part = vec![0; 64 << 10];
        while let Ok(length @ 1..) = stdout.read(&mut part) {
            if send.send(part.get(..length).unwrap_or_default().to_vec()).is_err() {
                break;
            }
        }
    });
    let mut output = Vec::new();
    loop {
        match receive.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(part) => output.extend(part),
            Err(mpsc::RecvTimeoutError::Timeout) => return (output, Some(Ended::OutOfTime)),
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
        }
    }
    let too_much = output.len() as u64 > most;
    output.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    (output, too_much.then_some(Ended::TooMuch))
}

/// How a process ended that has closed its output; `None` where it goes on all the same.
fn waited(child: &mut Child, end: Instant) -> Option<Ended> {
    let begin = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(ended(status)),
            Ok(None) if Instant::now() < end => {
                if !woken(child, end.saturating_duration_since(Instant::now())) {
                    // It is looked at again after a sixteenth of its time so far: nobody waits much longer than it takes.
                    thread::sleep((begin.elapsed() / 16).clamp(Duration::from_micros(200), Duration::from_millis(10)));
                }
            }
            _ => return None,
        }
    }
}

/// Sleeps until the process ends or the time is up; `false` where the system cannot wake us.
#[cfg(target_os = "linux")]
fn woken(child: &Child, most: Duration) -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::process::{Pid, PidfdFlags, pidfd_open};
    let Ok(process) = pidfd_open(Pid::from_child(child), PidfdFlags::empty()) else { return false };
    let most =
        Timespec { tv_sec: i64::try_from(most.as_secs()).unwrap_or(i64::MAX), tv_nsec: most.subsec_nanos().into() };
    poll(&mut [PollFd::new(&process, PollFlags::IN)], Some(&most)).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn woken(_: &Child, _: Duration) -> bool {
    false
}

/// How a process ended.
pub(crate) fn ended(status: std::process::ExitStatus) -> Ended {
    status.code().map_or_else(|| killed(status), Ended::Finished)
}

/// A process that a signal ended: the one that ends its seconds of work, or a crash.
#[cfg(unix)]
fn killed(status: std::process::ExitStatus) -> Ended {
    use std::os::unix::process::ExitStatusExt as _;
    let time = rustix::process::Signal::XCPU.as_raw();
    if status.signal() == Some(time) { Ended::OutOfTime } else { Ended::Crashed }
}

#[cfg(not(unix))]
fn killed(_: std::process::ExitStatus) -> Ended {
    Ended::Crashed
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    const TIGHT: Limits = Limits { time: Duration::from_secs(2), memory: 1 << 30, output: 100_000 };

    fn check(script: &str, bytes: &[u8], ended: Ended) {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script]);
        let begin = Instant::now();
        let answer = piped(command, vec![b'x'; 1 << 20], TIGHT);
        assert_eq!(answer.ended, ended, "{script}");
        assert!(answer.bytes.starts_with(bytes) && answer.bytes.len() <= 100_000, "{script}");
        assert!(begin.elapsed() < Duration::from_secs(8), "{script}");
    }

    #[test]
    fn a_process_that_misbehaves_ends_and_leaves_what_it_wrote() {
        check("printf one", b"one", Ended::Finished(0));
        check("printf one; exit 3", b"one", Ended::Finished(3));
        check("printf one; kill -SEGV $$", b"one", Ended::Crashed);
        check("printf one; exec sleep 100", b"one", Ended::OutOfTime);
        check("printf one; exec >&-; exec sleep 100", b"one", Ended::OutOfTime);
        check("printf one; exec yes", b"oney\ny\n", Ended::TooMuch);
        check("exec /nonexistent/program", b"", Ended::Finished(127));
    }

    #[test]
    fn a_program_that_is_not_there_is_said_so() {
        let answer = piped(Command::new("/nonexistent/program"), Vec::new(), TIGHT);
        assert_eq!((answer.ended, answer.bytes.len()), (Ended::NotStarted, 0));
    }

    #[test]
    fn every_job_has_its_name() {
        for (name, job) in Job::ALL {
            assert_eq!(job.name(), *name);
        }
    }
}
