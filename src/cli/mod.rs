//! The room of files, terminal, environment and exit codes. It belongs to the program and sees only the facade.
//!
//! What reads files that users hand in beside plans is open to `fuzz/targets/handed_in.rs`, which is built around this room.

mod allocator;
pub(crate) mod allow;
#[cfg(unix)]
mod alone;
mod annotate;
pub(crate) mod args;
#[cfg(feature = "audit")]
pub(crate) mod audit;
mod check;
pub(crate) mod config;
mod day;
mod documents;
mod exit;
mod explain;
mod extract;
pub(crate) mod in_force;
mod input;
mod isolated;
mod letter;
mod look;
mod ocr;
mod one_plan;
mod output;
mod paper;
mod pool;
pub(crate) mod problem;
mod reading;
mod redact;
mod rules;
mod schedule;
mod second;
mod setup;
mod shell;
mod target;
mod working_document;

use args::{Arguments, Command};
use clap::Parser;
use ehcp_lint::show_error;
pub(crate) use exit::Exit;
use pool::Desk;
use problem::Problem;
use std::{panic, thread};

/// Deeply nested files need a deep stack: reading one must not end in a crash.
const STACK: usize = 64 * 1024 * 1024;

/// Runs the program. A panic is a fault of the program's own: it is said in one line, without a word of the plan.
pub(crate) fn main() -> Exit {
    panic::set_hook(Box::new(|_| {}));
    let worker = thread::Builder::new().stack_size(STACK).spawn(run);
    if let Ok(Ok(exit)) = worker.map(thread::JoinHandle::join) {
        return exit;
    }
    output::note("error: Something went wrong inside ehcp-lint. Please report what you did; do not send the plan.");
    Exit::Unreadable
}

fn run() -> Exit {
    if let Some(exit) = isolated::asked(std::env::args_os()) {
        return exit;
    }
    let arguments = match Arguments::try_parse_from(args::given(isolated::given())) {
        Ok(arguments) => arguments,
        Err(error) => {
            let usage = error.use_stderr();
            let _ = error.print();
            return if usage { Exit::Usage } else { Exit::Clean };
        }
    };
    let shared = arguments.shared;
    let desk = Desk::of_this_process();
    let done = match arguments.command {
        #[cfg(feature = "audit")]
        Command::Audit(audit) => audit::run(&audit, &shared, desk),
        Command::Check(check) => check::run(&check, &shared, desk),
        Command::Extract(extract) => extract::run(&extract, &shared, desk),
        Command::Annotate(annotate) => annotate::run(&annotate, &shared),
        Command::Letter(letter) => letter::run(&letter, &shared),
        Command::Schedule(schedule) => schedule::run(&schedule, &shared),
        Command::WorkingDocument(document) => working_document::run(&document, &shared),
        Command::Explain(explain) => explain::run(&explain, &shared),
        Command::Rules(rules) => rules::run(&rules, &shared),
        Command::Completions { shell } => shell::completions(shell),
        Command::Man => shell::manual(),
    };
    match done {
        Ok(exit) => exit,
        Err(Problem::ClosedPipe) => Exit::Clean,
        Err(problem) => {
            output::note(show_error(&problem, &look::errors(&shared)).trim_end());
            Exit::Usage
        }
    }
}
