//! Table: CSV files that the user gives, and those that an audit wrote, as lines of fields.

use crate::cli::audit::refusal::Refusal;
use crate::cli::problem::Problem;
use std::collections::BTreeMap;
use std::path::Path;

/// The lines of a CSV file, the names of its columns first.
pub(crate) fn csv_lines(path: &Path) -> Result<Vec<Vec<String>>, Problem> {
    let failed = |why: String| Problem::from(Refusal::NoTable(path.display().to_string(), why));
    let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_path(path);
    let mut reader = reader.map_err(|error| failed(plain(&error)))?;
    let lines = reader.records().map(|line| line.map(|line| line.iter().map(str::to_owned).collect()));
    lines.collect::<Result<_, _>>().map_err(|error| failed(plain(&error)))
}

/// A table that an audit wrote: each row by the names of its columns.
pub(crate) fn rows(folder: &Path, name: &'static str) -> Result<Vec<BTreeMap<String, String>>, Problem> {
    let path = folder.join(name);
    if !path.is_file() || !folder.join("run.json").is_file() {
        let lacking = if path.is_file() { "run.json" } else { name };
        return Err(Refusal::NoResults(folder.display().to_string(), lacking).into());
    }
    let mut lines = csv_lines(&path)?.into_iter();
    let names = lines.next().unwrap_or_default();
    Ok(lines.map(|line| names.iter().cloned().zip(line).collect()).collect())
}

/// What is wrong, without a word of the file.
fn plain(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Io(error) => crate::cli::problem::why(error),
        csv::ErrorKind::Utf8 { pos, .. } => {
            let line = pos.as_ref().map_or(0, csv::Position::line);
            format!("line {line} is not written in UTF-8")
        }
        _ => "it is no CSV".to_owned(),
    }
}
