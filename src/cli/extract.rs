//! `extract`: what was read of documents.

use crate::cli::args::{Extract, Shared};
use crate::cli::config::Config;
use crate::cli::documents::{self, Work};
use crate::cli::exit::Exit;
use crate::cli::pool::Desk;
use crate::cli::problem::Problem;
use crate::cli::reading::Source;
use crate::cli::setup::{Setup, Setups};
use crate::cli::{input, look, ocr, output};
use ehcp_lint::EXTRACT_WRITERS;

/// Shows what was read of a file, or of those of a folder; or, at the desk of a process of a pool, of those that it is asked
/// about.
pub(crate) fn run(extract: &Extract, shared: &Shared, desk: Option<Desk>) -> Result<Exit, Problem> {
    let setup = |config: Option<Config>| Ok(Setup::of_extract(&extract.reading, config));
    if let Some(desk) = desk {
        return Ok(documents::serve(desk, (false, false), &extract.config, setup));
    }
    let files = input::files(std::slice::from_ref(&extract.path))?;
    ocr::ready(extract.reading.any.ocr)?;
    let Some(writer) = EXTRACT_WRITERS.iter().find(|writer| writer.name == extract.format) else {
        return Ok(Exit::Usage);
    };
    let source = match files.as_slice() {
        [file] => match documents::watched(file) {
            Ok(source) => source,
            Err(done) => return Ok(done),
        },
        _ => Source::Path,
    };
    let setups = Setups::of(&files, &extract.config, setup)?;
    let look = look::output(shared, extract.output.is_some());
    let work = Work { judge: false, redact: false, writers: vec![(writer, look)] };
    let made = documents::made(&files, &setups, &work, source);
    let bytes = (writer.join)(&documents::parts(&made, 0), &look);
    for one in &made {
        output::note_failure(&one.outline.path, &one.outline.outcome);
    }
    if made.iter().any(|one| one.outline.outcome.is_ok()) || writer.name == "json" {
        output::write(&bytes, extract.output.as_deref(), &files)?;
    }
    Ok(documents::exit(&made))
}
