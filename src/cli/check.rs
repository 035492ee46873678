//! `check`: files in, a report out.

use crate::cli::args::{Check, Shared};
use crate::cli::exit::Exit;
use crate::cli::problem::Problem;
use crate::cli::setup::{Setup, Setups, Uses};
use crate::cli::target::targets;
use crate::cli::{input, look, ocr, output, reading, rehearsal};
use ehcp_lint::{Report, Run};
use std::collections::BTreeMap;

pub(crate) fn run(check: &Check, shared: &Shared) -> Result<Exit, Problem> {
    let files = input::files(&check.paths)?;
    let targets = targets(check.format.as_deref(), &check.output, &files)?;
    ocr::ready(check.judging.reading.any.ocr)?;
    let alone = match rehearsal::alone(&files) {
        Ok(verdict) => verdict,
        Err(done) => return Ok(done),
    };
    let setups = Setups::of(&files, &check.judging.config, |config| {
        Setup::of_check(&check.judging.asked(check.fail_on), config)
    })?;
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
    let run = check.redaction.apply(Run { entries });
    let written = targets.iter().map(|target| {
        let look = look::output(shared, target.file.is_some());
        ((target.writer.write)(&run, &look), target.file.as_deref())
    });
    output::write_all(&written.collect::<Vec<_>>(), &files)?;
    let on_screen = targets.iter().any(|target| target.file.is_none() && target.writer.media_type == "text/plain");
    if !on_screen {
        run.entries.iter().for_each(output::note_failure);
    }
    setups.note(&uses, shared, check.redaction.redact);
    Ok(exit(&run, found))
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
