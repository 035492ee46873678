//! `check`: files in, a report out.

use crate::cli::args::{Check, Shared};
use crate::cli::exit::Exit;
use crate::cli::problem::Problem;
use crate::cli::{input, look, output, reading};
use ehcp_lint::{Entry, Run, Severity, WRITERS, Writer};
use std::io::IsTerminal;

pub(crate) fn run(check: &Check, shared: &Shared) -> Result<Exit, Problem> {
    let rules = reading::rules(&check.chosen)?;
    let files = input::files(&check.paths)?;
    let mut entries: Vec<Entry<'_>> = files.iter().map(|file| reading::checked(file, &check.reading, &rules)).collect();
    if let Some(floor) = check.min_severity {
        for report in entries.iter_mut().filter_map(|entry| entry.outcome.as_mut().ok()) {
            report.keep_from(floor.severity());
        }
    }
    let run = Run { entries };
    let to_file = check.output.is_some();
    let Some(writer) = writer(check.format.as_deref(), to_file) else { return Ok(Exit::Usage) };
    let bytes = (writer.write)(&run, &look::output(shared, to_file));
    output::write(&bytes, check.output.as_deref(), &files)?;
    if to_file || writer.media_type != "text/plain" {
        run.entries.iter().for_each(output::note_failure);
    }
    Ok(exit(&run, check.fail_on.severity()))
}

/// The writer that was asked for: `pretty` on a terminal and `plain` otherwise, where none was.
fn writer(format: Option<&str>, to_file: bool) -> Option<&'static Writer> {
    let usual = if !to_file && std::io::stdout().is_terminal() { "pretty" } else { "plain" };
    WRITERS.iter().find(|writer| writer.name == format.unwrap_or(usual))
}

/// The exit status: that a document could not be read beats everything.
pub(crate) fn exit(run: &Run<'_>, fail_on: Option<Severity>) -> Exit {
    let worst = run.reports().filter_map(ehcp_lint::Report::worst).max();
    if run.unreadable() > 0 {
        Exit::Unreadable
    } else if fail_on.is_some_and(|floor| worst.is_some_and(|worst| worst >= floor)) {
        Exit::Findings
    } else {
        Exit::Clean
    }
}
