//! Output: reports to standard output or a file, notes to standard error.

use crate::cli::problem::{Problem, why};
use ehcp_lint::{Entry, clean};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// A line for the person at the screen, apart from the report.
pub(crate) fn note(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// A document that could not be read: what is wrong and what to do, for the person at the screen.
pub(crate) fn note_failure(entry: &Entry<'_>) {
    if let Err(failure) = &entry.outcome {
        note(&format!("{}: {} {}", clean(&entry.path), failure.message, failure.help));
    }
}

/// Writes `bytes` to the file, or to standard output where none is named.
pub(crate) fn write(bytes: &[u8], file: Option<&Path>, inputs: &[PathBuf]) -> Result<(), Problem> {
    match file {
        Some(file) => write_file(bytes, file, inputs),
        None => print(bytes),
    }
}

/// Writes to standard output.
pub(crate) fn print(bytes: &[u8]) -> Result<(), Problem> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Err(Problem::ClosedPipe),
        Err(error) => Err(Problem::NotWritten { path: "standard output".to_owned(), why: why(&error) }),
    }
}

/// Writes beside the file and then renames: nobody ever sees half a report, and a document is never written over.
fn write_file(bytes: &[u8], file: &Path, inputs: &[PathBuf]) -> Result<(), Problem> {
    let shown = file.display().to_string();
    if let Ok(there) = fs::canonicalize(file)
        && inputs.iter().any(|input| fs::canonicalize(input).is_ok_and(|input| input == there))
    {
        return Err(Problem::OverInput { path: shown });
    }
    let failed = |error: &io::Error| Problem::NotWritten { path: shown.clone(), why: why(error) };
    let Some(name) = file.file_name().filter(|_| !file.is_dir()) else {
        return Err(Problem::NotWritten { path: shown, why: "it is a folder".to_owned() });
    };
    let name = format!(".{}.{}.part", name.to_string_lossy(), std::process::id());
    let part = file.with_file_name(name);
    let written = File::create_new(&part)
        .and_then(|mut open| open.write_all(bytes).and_then(|()| open.sync_all()))
        .and_then(|()| fs::rename(&part, file));
    written.map_err(|error| {
        let _ = fs::remove_file(&part);
        failed(&error)
    })
}
