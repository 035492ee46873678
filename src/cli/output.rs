//! Output: reports to standard output or a file, notes to standard error.

use crate::cli::problem::{Problem, why};
use ehcp_lint::{Failure, clean};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// From here on nothing may be done twice.
fn settle() {
    #[cfg(unix)]
    crate::cli::alone::settle();
}

/// A line for the person at the screen, apart from the report.
pub(crate) fn note(line: &str) {
    settle();
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// A document that could not be read: what is wrong and what to do, for the person at the screen.
pub(crate) fn note_failure<T>(path: &str, outcome: &Result<T, Failure>) {
    if let Err(failure) = outcome {
        note(&format!("{}: {} {}", clean(path), clean(&failure.message), clean(&failure.help)));
    }
}

/// Writes `bytes` to the file, or to standard output where none is named.
pub(crate) fn write(bytes: &[u8], file: Option<&Path>, inputs: &[PathBuf]) -> Result<(), Problem> {
    write_all(&[(bytes.to_vec(), file)], inputs)
}

/// Writes each of the reports to its file, or to standard output where it has none. Files are written whole beside their
/// places and renamed together when all of them are there: nobody ever sees half a report, or one report of two.
pub(crate) fn write_all(reports: &[(Vec<u8>, Option<&Path>)], inputs: &[PathBuf]) -> Result<(), Problem> {
    settle();
    let mut parts = Vec::new();
    let mut files = reports.iter().filter_map(|(bytes, file)| file.map(|file| (bytes, file)));
    let placed = files
        .try_for_each(|(bytes, file)| {
            // A pipe or a device is written to, not replaced.
            if fs::metadata(file).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
                return fs::write(file, bytes).map_err(|error| failed(file, &error));
            }
            write_part(bytes, file, inputs).map(|part| parts.push((part, file)))
        })
        .and_then(|()| parts.iter().try_for_each(|(part, file)| fs::rename(part, file).map_err(|e| failed(file, &e))));
    if let Err(problem) = placed {
        for (part, _) in &parts {
            let _ = fs::remove_file(part);
        }
        return Err(problem);
    }
    reports.iter().filter(|(_, file)| file.is_none()).try_for_each(|(bytes, _)| print(bytes))
}

/// Writes to standard output.
pub(crate) fn print(bytes: &[u8]) -> Result<(), Problem> {
    settle();
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Err(Problem::ClosedPipe),
        Err(error) => Err(Problem::NotWritten { path: "standard output".to_owned(), why: why(&error) }),
    }
}

/// Writes beside the place of the file, and gives the name there. A document is never written over.
fn write_part(bytes: &[u8], file: &Path, inputs: &[PathBuf]) -> Result<PathBuf, Problem> {
    let shown = file.display().to_string();
    if let Ok(there) = fs::canonicalize(file)
        && inputs.iter().any(|input| same_file(input, &there))
    {
        return Err(Problem::OverInput { path: shown });
    }
    let Some(name) = file.file_name().filter(|_| !file.is_dir()) else {
        return Err(Problem::NotWritten { path: shown, why: "it is a folder".to_owned() });
    };
    let part = file.with_file_name(format!(".{}.{}.part", name.to_string_lossy(), std::process::id()));
    let written = File::create_new(&part).and_then(|mut open| open.write_all(bytes).and_then(|()| open.sync_all()));
    written.map(|()| part.clone()).map_err(|error| {
        let _ = fs::remove_file(&part);
        failed(file, &error)
    })
}

/// Whether both paths lead to one file, by whatever name: a link of any kind.
fn same_file(input: &Path, there: &Path) -> bool {
    #[cfg(unix)]
    if let (Ok(input), Ok(there)) = (fs::metadata(input), fs::metadata(there)) {
        use std::os::unix::fs::MetadataExt as _;
        return (input.dev(), input.ino()) == (there.dev(), there.ino());
    }
    fs::canonicalize(input).is_ok_and(|input| input == there)
}

fn failed(file: &Path, error: &io::Error) -> Problem {
    Problem::NotWritten { path: file.display().to_string(), why: why(error) }
}
