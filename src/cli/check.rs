//! `check`: files in, a report out.

use crate::cli::args::{Check, Shared};
use crate::cli::config::Config;
use crate::cli::documents::{self, Work};
use crate::cli::exit::Exit;
use crate::cli::pool::Desk;
use crate::cli::problem::Problem;
use crate::cli::reading::Source;
use crate::cli::setup::{Setup, Setups};
use crate::cli::target::targets;
use crate::cli::{input, look, ocr, output};

/// Checks the files; or, at the desk of a process of a pool, those that it is asked about.
pub(crate) fn run(check: &Check, shared: &Shared, desk: Option<Desk>) -> Result<Exit, Problem> {
    let setup = |config: Option<Config>| Setup::of_check(&check.judging.asked(check.fail_on), config);
    let redact = check.redaction.redact;
    if let Some(desk) = desk {
        return Ok(documents::serve(desk, (true, redact), &check.judging.config, setup));
    }
    let files = input::files(&check.paths)?;
    let targets = targets(check.format.as_deref(), &check.output, &files)?;
    ocr::ready(check.judging.reading.any.ocr)?;
    let source = match files.as_slice() {
        [file] => match documents::watched(file) {
            Ok(source) => source,
            Err(done) => return Ok(done),
        },
        _ => Source::Path,
    };
    let setups = Setups::of(&files, &check.judging.config, setup)?;
    let writers = targets.iter().map(|target| (target.writer, look::output(shared, target.file.is_some())));
    let work = Work { judge: true, redact, writers: writers.collect() };
    let made = documents::made(&files, &setups, &work, source);
    let written = targets.iter().zip(&work.writers).enumerate().map(|(number, (target, (writer, look)))| {
        ((writer.join)(&documents::parts(&made, number), look), target.file.as_deref())
    });
    output::write_all(&written.collect::<Vec<_>>(), &files)?;
    let on_screen = targets.iter().any(|target| target.file.is_none() && target.writer.media_type == "text/plain");
    for one in made.iter().filter(|_| !on_screen) {
        output::note_failure(&one.outline.path, &one.outline.outcome);
    }
    setups.note(&documents::uses(&made, &files, &setups), shared, redact);
    Ok(documents::exit(&made))
}
