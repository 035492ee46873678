//! Find: every file below the folders of an audit, each once, whatever links lead where. The list of them lies on disk.

use crate::cli::audit::spill::{Room, Sorted, Spill, Stream};
use crate::cli::input;
use crate::cli::pool::{path_of_bytes, path_to_bytes};
use crate::cli::problem::{Problem, why};
use std::collections::BTreeSet;
use std::fs;
use std::hash::{BuildHasher as _, RandomState};
use std::io;
use std::path::{Path, PathBuf};

/// A file that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Its path below the folder that was given, with `/`; where several were given, the folder stands before it.
    pub(crate) name: String,
    /// Where it is.
    pub(crate) path: PathBuf,
}

/// Files, in the order of their names.
pub(crate) struct Files {
    sorted: Sorted,
    /// How many there are.
    pub(crate) count: usize,
}

impl Files {
    /// The files from the first on.
    pub(crate) fn stream(&self) -> io::Result<FileStream<'_>> {
        self.sorted.stream().map(FileStream)
    }
}

/// Goes through files.
pub(crate) struct FileStream<'f>(Stream<'f>);

impl FileStream<'_> {
    /// The next file.
    pub(crate) fn next(&mut self) -> io::Result<Option<Found>> {
        self.0.next_as(|entry| {
            let (name, path) = parted(entry)?;
            Some(Found { name: String::from_utf8_lossy(name).into_owned(), path: path_of_bytes(path.to_vec()) })
        })
    }
}

/// Files that are being listed.
pub(crate) struct Listing {
    spill: Spill,
    count: usize,
}

impl Listing {
    pub(crate) fn new(room: &Room) -> Self {
        Self { spill: room.spill("files"), count: 0 }
    }

    pub(crate) fn push(&mut self, name: &str, path: &Path) -> io::Result<()> {
        self.count += 1;
        self.spill.push(&named(name, &path_to_bytes(path)))
    }

    pub(crate) fn files(self) -> io::Result<Files> {
        Ok(Files { count: self.count, sorted: self.spill.sorted()? })
    }
}

/// An entry that is ordered by a name: no name holds the zero that stands behind it.
pub(crate) fn named(name: &str, more: &[u8]) -> Vec<u8> {
    [name.as_bytes(), &[0], more].concat()
}

/// The name of such an entry, and what stands behind it.
pub(crate) fn parted(entry: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = entry.iter().position(|&byte| byte == 0)?;
    Some((entry.get(..end)?, entry.get(end + 1..)?))
}

/// The files below `dirs`, by name. What lies in `out` is left out, and the file `but`; so are hidden files and what Word
/// keeps beside a file that is open.
pub(crate) fn files(dirs: &[PathBuf], out: &Path, but: Option<&Path>, room: &Room) -> Result<Files, Problem> {
    let true_path = |path: &Path| fs::canonicalize(path).ok();
    let mut walk = Walk {
        out: true_path(out),
        but: but.and_then(true_path),
        hashes: RandomState::new(),
        folders: BTreeSet::new(),
        links: BTreeSet::new(),
        listing: Listing::new(room),
        failed: None,
    };
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
    let failed = walk.failed;
    failed.map_or_else(|| walk.listing.files(), Err).map_err(|error| room.failed(&error))
}

struct Walk {
    out: Option<PathBuf>,
    but: Option<PathBuf>,
    hashes: RandomState,
    /// Hashes of the true paths of folders that were walked: a link can lead back into one.
    folders: BTreeSet<u64>,
    /// Hashes of the true paths of files that links led to.
    links: BTreeSet<u64>,
    listing: Listing,
    /// Why a file could not be listed.
    failed: Option<io::Error>,
}

impl Walk {
    fn folder(&mut self, folder: &Path, prefix: &str) -> io::Result<()> {
        let true_path = fs::canonicalize(folder)?;
        if self.out.as_ref() == Some(&true_path) || !self.folders.insert(self.hashes.hash_one(&true_path)) {
            return Ok(());
        }
        let holds_but = self.but.as_ref().is_some_and(|but| but.parent() == Some(&true_path));
        // Links and folders in the order of their names, so that of two that lead to one thing the same always counts.
        let mut later = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') || name.starts_with("~$") {
                continue;
            }
            let (path, kind) = (entry.path(), entry.file_type()?);
            if !kind.is_file() {
                later.push((entry.file_name(), name, path));
            } else if !(holds_but && fs::canonicalize(&path).ok() == self.but) {
                self.list(&format!("{prefix}{name}"), &path);
            }
        }
        later.sort();
        for (_, name, path) in later {
            // A link that leads nowhere is no file.
            let Ok(about) = fs::metadata(&path) else { continue };
            if about.is_dir() {
                // A folder that may not be opened must not end the audit of the others.
                let _ = self.folder(&path, &format!("{prefix}{name}/"));
            } else if about.is_file() && self.is_new(&path) {
                self.list(&format!("{prefix}{name}"), &path);
            }
        }
        Ok(())
    }

    fn list(&mut self, name: &str, path: &Path) {
        if let Err(error) = self.listing.push(name, path) {
            self.failed.get_or_insert(error);
        }
    }

    /// Whether a file that a link leads to is met for the first time by a link. What lies in a folder of the audit itself is
    /// found there.
    fn is_new(&mut self, path: &Path) -> bool {
        fs::canonicalize(path).is_ok_and(|path| self.links.insert(self.hashes.hash_one(&path)))
    }
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
