//! Metadata: the user's own table about the plans, joined by file name.

use crate::audit::columns::ColumnKind;
use miette::Diagnostic;
use std::collections::{BTreeMap, BTreeSet};
use thiserror::Error;

/// The user's table: for each file the values of the other columns.
#[derive(Clone, Debug, Default)]
pub struct Metadata {
    /// Names of its columns, without the one that names the file.
    pub columns: Vec<String>,
    /// What each of them holds.
    pub kinds: Vec<ColumnKind>,
    /// For each of them, words that are spelt with and without capitals, in small letters, and how most rows spell them.
    pub spellings: Vec<BTreeMap<String, String>>,
    rows: BTreeMap<String, Vec<String>>,
    /// Last parts of paths that stand in one row alone.
    ends: BTreeMap<String, Option<String>>,
    used: BTreeSet<String>,
    /// Rows that name no file.
    nameless: usize,
}

/// Why the table cannot be used.
#[derive(Debug, Error, Diagnostic, PartialEq, Eq)]
pub enum MetadataError {
    /// No column names the file.
    #[error("No column of the table is called \u{201c}file\u{201d}.")]
    #[diagnostic(help(
        "The first line names the columns, separated by commas. One of them must be \u{201c}file\u{201d} (or \
         \u{201c}path\u{201d}) and hold the name of each plan's file, as seen from the folder that is audited."
    ))]
    NoFile,
    /// Two rows about one file.
    #[error("Lines {0} and {1} of the table are about the same file.")]
    #[diagnostic(help("Each file may stand in one line only."))]
    Twice(usize, usize),
    /// A row has another number of fields than the first.
    #[error("Line {0} of the table has {1} fields, and the first line has {2}.")]
    #[diagnostic(help("A field that holds a comma must stand between double quotes."))]
    Fields(usize, usize, usize),
    /// Two columns of one name.
    #[error("Two columns of the table are called \u{201c}{0}\u{201d}.")]
    #[diagnostic(help("Give each column a name of its own."))]
    Columns(String),
}

impl Metadata {
    /// The table of these lines: the first names the columns.
    pub fn of(lines: impl IntoIterator<Item = Vec<String>>) -> Result<Self, MetadataError> {
        let mut lines = (1..).zip(lines);
        let names: Vec<String> =
            lines.next().map(|(_, names)| names).unwrap_or_default().iter().map(|name| plain(name)).collect();
        let file = names.iter().position(|name| matches!(name.as_str(), "file" | "path" | "filename" | "file_name"));
        let file = file.ok_or(MetadataError::NoFile)?;
        for (at, name) in names.iter().enumerate() {
            if names.iter().skip(at + 1).any(|other| other == name) {
                return Err(MetadataError::Columns(name.clone()));
            }
        }
        let mut table = Self::default();
        let mut at: BTreeMap<String, usize> = BTreeMap::new();
        for (number, mut fields) in lines {
            if fields.len() != names.len() {
                return Err(MetadataError::Fields(number, fields.len(), names.len()));
            }
            let name = slashed(&fields.remove(file));
            if name.is_empty() {
                table.nameless += 1;
                continue;
            }
            if let Some(&before) = at.get(&name) {
                return Err(MetadataError::Twice(before, number));
            }
            at.insert(name.clone(), number);
            let end = name.rsplit('/').next().unwrap_or(&name).to_owned();
            let only = if table.ends.contains_key(&end) { None } else { Some(name.clone()) };
            table.ends.insert(end, only);
            table.rows.insert(name, fields.iter().map(|field| field.trim().to_owned()).collect());
        }
        table.columns = names.into_iter().enumerate().filter(|(at, _)| *at != file).map(|(_, name)| name).collect();
        let values = |column: usize| table.rows.values().map(move |row| row.get(column).map_or("", String::as_str));
        table.kinds = (0..table.columns.len()).map(|column| ColumnKind::of(values(column))).collect();
        table.spellings = (0..table.columns.len()).map(|column| spellings(values(column))).collect();
        Ok(table)
    }

    /// The values for a file: by its path, or by its name alone where one row has that name and no folder.
    pub fn values(&mut self, path: &str) -> Option<&[String]> {
        let end = path.rsplit('/').next().unwrap_or(path);
        let by_end = || self.ends.get(end).cloned().flatten().filter(|name| !name.contains('/'));
        let name = if self.rows.contains_key(path) { path.to_owned() } else { by_end()? };
        self.used.insert(name.clone());
        self.rows.get(&name).map(Vec::as_slice)
    }

    /// How many rows are about no file that was found.
    pub fn unused(&self) -> usize {
        self.len() - self.used.len()
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len() + self.nameless
    }

    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A name of a column as the data files spell it.
fn plain(name: &str) -> String {
    let plain: String = name
        .trim_start_matches('\u{feff}')
        .trim()
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '_' })
        .collect();
    plain.split('_').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_")
}

/// Words that differ in their capitals alone are one word: how most rows spell it.
fn spellings<'v>(values: impl Iterator<Item = &'v str>) -> BTreeMap<String, String> {
    let mut known: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
    for value in values {
        *known.entry(value.to_lowercase()).or_default().entry(value).or_default() += 1;
    }
    let several = known.into_iter().filter(|(_, spelt)| spelt.len() > 1);
    several
        .filter_map(|(word, spelt)| {
            let most = spelt.into_iter().max_by_key(|&(spelling, count)| (count, std::cmp::Reverse(spelling)));
            Some((word, most?.0.to_owned()))
        })
        .collect()
}

fn slashed(path: &str) -> String {
    let path = path.trim().replace('\\', "/");
    path.strip_prefix("./").map_or(path.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(lines: &[&str]) -> Result<Metadata, MetadataError> {
        Metadata::of(lines.iter().map(|line| line.split(',').map(str::to_owned).collect()))
    }

    #[test]
    fn joins_by_path_and_by_a_name_that_is_the_only_one() {
        let mut meta = table(&["\u{feff}File,Local Authority", "a\\one.pdf, North", "two.pdf,South", "b/one.pdf,East"])
            .expect("a table");
        assert_eq!(meta.columns, ["local_authority"]);
        assert_eq!(meta.values("a/one.pdf"), Some(&["North".to_owned()][..]));
        assert_eq!(meta.values("deep/two.pdf"), Some(&["South".to_owned()][..]));
        assert_eq!(meta.values("c/one.pdf"), None);
        assert_eq!((meta.unused(), meta.len()), (1, 3));
    }

    #[test]
    fn rows_without_a_file_are_counted_and_spellings_are_one() {
        let lines = ["File Name,School (60),Need", "a,x,SLCN", "b,X,slcn", "c,x,SLCN", ",y,ASD", ",y,ASD"];
        let mut meta = table(&lines).expect("a table");
        assert_eq!(meta.columns, ["school_60", "need"]);
        assert!(meta.values("a").is_some() && meta.values("").is_none());
        assert_eq!((meta.unused(), meta.len()), (4, 5));
        let one = |word: &str, spelling: &str| BTreeMap::from([(word.to_owned(), spelling.to_owned())]);
        assert_eq!(meta.spellings, [one("x", "x"), one("slcn", "SLCN")]);
    }

    #[test]
    fn says_what_is_wrong() {
        let check = |lines: &[&str], expected| assert_eq!(table(lines).err(), Some(expected), "{lines:?}");
        check(&["name,need", "a,b"], MetadataError::NoFile);
        check(&["file,need", "a,b", "a,c"], MetadataError::Twice(2, 3));
        check(&["file,need", "a"], MetadataError::Fields(2, 1, 2));
        check(&["file,need,Need"], MetadataError::Columns("need".to_owned()));
        check(&[], MetadataError::NoFile);
    }
}
