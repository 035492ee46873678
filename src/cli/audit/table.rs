//! Table: CSV files that the user gives, and those that an audit wrote, as lines of fields.

use crate::cli::audit::refusal::Refusal;
use crate::cli::problem::Problem;
use ehcp_lint::decoded;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What a workbook of a spreadsheet program begins with: it is a package.
const WORKBOOK: &[u8] = b"PK\x03\x04";

/// The lines of a CSV file, the names of its columns first; those without a word are left out.
pub(crate) fn csv_lines(path: &Path) -> Result<Vec<Vec<String>>, Problem> {
    let failed = |why: String| Problem::from(Refusal::NoTable(path.display().to_string(), why));
    let bytes = fs::read(path).map_err(|error| failed(crate::cli::problem::why(&error)))?;
    lines_of(&bytes).map_err(|why| failed(why.to_owned()))
}

/// The same of its bytes, or why there are none. Spreadsheet programs write commas, semicolons or tabs, in UTF-8, UTF-16 or
/// Windows' own letters, as the country is.
pub(crate) fn lines_of(bytes: &[u8]) -> Result<Vec<Vec<String>>, &'static str> {
    if bytes.starts_with(WORKBOOK) {
        return Err("it is a workbook, and no CSV");
    }
    let text = decoded(bytes);
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.has_headers(false).flexible(true).delimiter(separator(&text)).from_reader(text.as_bytes());
    let lines = reader.records().map(|line| line.map(|line| line.iter().map(str::to_owned).collect()));
    let lines: Result<Vec<Vec<String>>, _> = lines.collect();
    let mut lines = lines.map_err(|_| "it is no CSV")?;
    lines.retain(|line| line.iter().any(|field| !field.trim().is_empty()));
    Ok(lines)
}

/// What stands between the names of the columns.
fn separator(text: &str) -> u8 {
    let names = text.lines().next().unwrap_or_default();
    let count = |separator: u8| names.bytes().filter(|&byte| byte == separator).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|&separator| count(separator)).unwrap_or(b',')
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, bytes: &[u8], expected: &[&[&str]]) {
        let path = std::env::temp_dir().join(format!("ehcp-lint-table-{}-{name}", std::process::id()));
        fs::write(&path, bytes).expect("written");
        let lines = csv_lines(&path);
        fs::remove_file(&path).expect("removed");
        assert_eq!(lines.expect("a table"), expected, "{name}");
    }

    #[test]
    fn tables_are_read_as_spreadsheet_programs_write_them() {
        let expected: &[&[&str]] = &[&["file", "Council"], &["a.pdf", "M\u{fc}ller, \u{a3}5"]];
        let commas = "file,Council\r\na.pdf,\"M\u{fc}ller, \u{a3}5\"\r\n,\r\n";
        check("UTF-8", commas.as_bytes(), expected);
        check("with its mark", format!("\u{feff}{commas}").as_bytes(), expected);
        check("semicolons", "file;Council\na.pdf;M\u{fc}ller, \u{a3}5\n;\n".as_bytes(), expected);
        check("Windows", b"file,Council\r\na.pdf,\"M\xfcller, \xa35\"\r\n", expected);
        let tabs = "\u{feff}file\tCouncil\r\na.pdf\tM\u{fc}ller, \u{a3}5\r\n";
        check("UTF-16", &tabs.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(), expected);
        check("one column", b"file\na\n", &[&["file"], &["a"]]);
    }
}
