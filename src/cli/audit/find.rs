//! Find: every file below the folders of an audit, each once, whatever links lead where.

use crate::cli::input;
use crate::cli::problem::{Problem, why};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A file that was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    /// Its path below the folder that was given, with `/`; where several were given, the folder stands before it.
    pub(crate) name: String,
    /// Where it is.
    pub(crate) path: PathBuf,
}

/// The files below `dirs`, by name. What lies in `out` is left out; so are hidden files and what Word keeps beside a file
/// that is open.
pub(crate) fn files(dirs: &[PathBuf], out: &Path) -> Result<Vec<Found>, Problem> {
    let mut walk = Walk { out: fs::canonicalize(out).ok(), ..Walk::default() };
    for dir in dirs {
        let shown = dir.display().to_string();
        if !dir.is_dir() {
            if dir.exists() {
                let help =
                    "Give the folder that the plans are in; for one plan there is the command \u{201c}check\u{201d}.";
                return Err(Problem::NoSuchPath { path: shown, help: help.to_owned() });
            }
            return Err(input::files(std::slice::from_ref(dir)).err().unwrap_or(Problem::NothingThere { path: shown }));
        }
        let prefix = if dirs.len() > 1 { format!("{}/", slashed(dir).trim_end_matches('/')) } else { String::new() };
        walk.folder(dir, &prefix)
            .map_err(|error| Problem::NoAccess { path: dir.display().to_string(), why: why(&error) })?;
    }
    let mut found = walk.found;
    found.sort();
    Ok(found)
}

#[derive(Default)]
struct Walk {
    out: Option<PathBuf>,
    /// Folders that were walked, by their true path: a link can lead back into one.
    folders: BTreeSet<PathBuf>,
    /// Files that were found through folders that overlap or links, by their true path.
    files: BTreeSet<PathBuf>,
    found: Vec<Found>,
}

impl Walk {
    fn folder(&mut self, folder: &Path, prefix: &str) -> std::io::Result<()> {
        let true_path = fs::canonicalize(folder)?;
        if self.out.as_ref() == Some(&true_path) || !self.folders.insert(true_path) {
            return Ok(());
        }
        let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') || name.starts_with("~$") {
                continue;
            }
            let path = entry.path();
            let link = entry.file_type()?.is_symlink();
            // A link that leads nowhere is no file.
            let Ok(about) = fs::metadata(&path) else { continue };
            if about.is_dir() {
                // A folder that may not be opened must not end the audit of the others.
                let _ = self.folder(&path, &format!("{prefix}{name}/"));
            } else if about.is_file() && self.is_new(&path, link) {
                self.found.push(Found { name: format!("{prefix}{name}"), path });
            }
        }
        Ok(())
    }

    /// Whether a file is met for the first time. Only links can lead to one twice: folders are walked once.
    fn is_new(&mut self, path: &Path, link: bool) -> bool {
        if !link {
            return true;
        }
        let Ok(true_path) = fs::canonicalize(path) else { return false };
        // What lies in a folder of the audit is found there anyway, or was.
        self.files.insert(true_path)
    }
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
