//! `check`: files in, a report out.

use crate::cli::args::{Check, Shared};
use crate::cli::exit::Exit;
use crate::cli::problem::Problem;
use crate::cli::setup::{Setup, Setups, Uses};
use crate::cli::{input, look, output, reading, rehearsal};
use ehcp_lint::{Report, Run, WRITERS, Writer, show_error};
use std::collections::BTreeMap;
use std::io::IsTerminal;

pub(crate) fn run(check: &Check, shared: &Shared) -> Result<Exit, Problem> {
    let files = input::files(&check.paths)?;
    let alone = match rehearsal::alone(&files) {
        Ok(verdict) => verdict,
        Err(done) => return Ok(done),
    };
    let setups = Setups::of(&files, &check.config, |config| Setup::of_check(check, config))?;
    let mut uses: BTreeMap<usize, Uses> = BTreeMap::new();
    let mut entries = Vec::new();
    let mut found = false;
    let mut setup_of = setups.each(&files);
    rehearsal::each(&files, alone, |_, verdict| {
        let Some((file, setup, number)) = setup_of.next() else { return };
        let mut entry = reading::checked(file, verdict, &setup.told, &setup.rules);
        if let Ok(report) = &mut entry.outcome {
            setup.judge(file, report, uses.entry(number).or_default());
            found |= Report::worst(report).is_some_and(|worst| setup.fail_on.is_some_and(|floor| worst >= floor));
        }
        entries.push(entry);
    });
    let run = Run { entries };
    let to_file = check.output.is_some();
    let Some(writer) = writer(check.format.as_deref(), to_file) else { return Ok(Exit::Usage) };
    let bytes = (writer.write)(&run, &look::output(shared, to_file));
    output::write(&bytes, check.output.as_deref(), &files)?;
    if to_file || writer.media_type != "text/plain" {
        run.entries.iter().for_each(output::note_failure);
    }
    if !shared.quiet {
        for notice in setups.notices(&uses) {
            output::note(show_error(&notice, &look::errors(shared)).trim_end());
        }
    }
    Ok(exit(&run, found))
}

/// The writer that was asked for: `pretty` on a terminal and `plain` otherwise, where none was.
fn writer(format: Option<&str>, to_file: bool) -> Option<&'static Writer> {
    let usual = if !to_file && std::io::stdout().is_terminal() { "pretty" } else { "plain" };
    WRITERS.iter().find(|writer| writer.name == format.unwrap_or(usual))
}

/// The exit status: that a document could not be read beats everything.
pub(crate) fn exit(run: &Run<'_>, found: bool) -> Exit {
    if run.unreadable() > 0 {
        Exit::Unreadable
    } else if found {
        Exit::Findings
    } else {
        Exit::Clean
    }
}
