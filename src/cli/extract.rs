//! `extract`: what was read of one document.

use crate::cli::args::{Extract, Shared};
use crate::cli::exit::Exit;
use crate::cli::problem::Problem;
use crate::cli::setup::{Setup, Setups};
use crate::cli::{check, input, look, ocr, output, reading, rehearsal};
use ehcp_lint::{EXTRACT_WRITERS, Run};

pub(crate) fn run(extract: &Extract, shared: &Shared) -> Result<Exit, Problem> {
    let files = input::files(std::slice::from_ref(&extract.path))?;
    ocr::ready(extract.reading.any.ocr)?;
    let alone = match rehearsal::alone(&files) {
        Ok(verdict) => verdict,
        Err(done) => return Ok(done),
    };
    let setups = Setups::of(&files, &extract.config, |config| Ok(Setup::of_extract(&extract.reading, config)))?;
    let mut entries = Vec::new();
    for (file, setup, _) in setups.each(&files) {
        entries.push(reading::read(file, alone.clone(), &setup.told, extract.format == "json"));
    }
    let run = Run { entries };
    let Some(writer) = EXTRACT_WRITERS.iter().find(|writer| writer.name == extract.format) else {
        return Ok(Exit::Usage);
    };
    let to_file = extract.output.is_some();
    let bytes = (writer.write)(&run, &look::output(shared, to_file));
    run.entries.iter().for_each(output::note_failure);
    if run.unreadable() < run.entries.len() || writer.name == "json" {
        output::write(&bytes, extract.output.as_deref(), &files)?;
    }
    Ok(check::exit(&run, false))
}
