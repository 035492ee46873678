//! Input: the paths of a command as the files to read, and a near name for one that does not exist.

use crate::cli::args::Arguments;
use crate::cli::problem::{Problem, why};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A larger file is not read.
pub(crate) const MOST_BYTES: u64 = 256 << 20;

/// Endings of files that are read when a folder is given.
const ENDINGS: &[&str] = &["docx", "pdf"];

/// The files that `paths` mean, folders opened, sorted, none twice. Refuses a path that does not exist.
pub(crate) fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Problem> {
    let mut files = Vec::new();
    for path in paths {
        if is_stdin(path) {
            files.push(path.clone());
        } else if path.is_dir() {
            let before = files.len();
            walk(path, &mut files)?;
            if files.len() == before {
                return Err(Problem::NothingThere { path: path.display().to_string() });
            }
        } else if path.exists() {
            files.push(path.clone());
        } else {
            return Err(Problem::NoSuchPath { path: path.display().to_string(), help: suggestion(path) });
        }
    }
    files.sort();
    files.dedup();
    Ok(files)
}

/// Whether the path means standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The bytes of a file, or of standard input. No document is as large as the limit; a device has no end.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, Problem> {
    let bytes = if is_stdin(path) {
        to_end(std::io::stdin().lock(), 0)
    } else {
        fs::File::open(path).and_then(|file| {
            let length = file.metadata().map_or(0, |told| told.len());
            to_end(file, length)
        })
    };
    let bytes = bytes.map_err(|error| Problem::NoAccess { path: path.display().to_string(), why: why(&error) })?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Problem::TooLarge { path: path.display().to_string() });
    }
    Ok(bytes)
}

/// All of it up to the limit, and a byte more where there is more. It is said to be so long. Room for it is asked for once, and once more where
/// it is longer: a list that grew by itself would take several times its size of what a process may have.
fn to_end(mut source: impl Read, length: u64) -> std::io::Result<Vec<u8>> {
    const LIKELY: u64 = 16 << 20;
    let most = MOST_BYTES + 1;
    let likely = if length > 0 { length.min(MOST_BYTES) + 1 } else { LIKELY };
    let mut bytes = Vec::new();
    for room in [likely, most] {
        let more = room.saturating_sub(bytes.len() as u64);
        bytes.try_reserve_exact(usize::try_from(more).unwrap_or(usize::MAX))?;
        if source.by_ref().take(more).read_to_end(&mut bytes)? < usize::try_from(more).unwrap_or(usize::MAX) {
            break;
        }
    }
    Ok(bytes)
}

/// The bytes of a file over which a process was ended, for its hash. What is no file is not read: it would be waited for
/// once more.
pub(crate) fn bytes_again(path: &Path) -> Vec<u8> {
    if is_stdin(path) || !path.is_file() {
        return Vec::new();
    }
    bytes(path).unwrap_or_default()
}

/// The rule files below `folder`: id and text, in the order of the ids.
pub(crate) fn rule_files(folder: &Path) -> Result<Vec<(String, String)>, Problem> {
    let failed = |why: String| Problem::NoRules { path: folder.display().to_string(), why };
    if !folder.is_dir() {
        return Err(failed("there is no such folder".to_owned()));
    }
    let mut paths = Vec::new();
    collect(folder, &|path| path.extension().is_some_and(|ending| ending == "toml"), &mut paths)
        .map_err(|error| failed(why(&error)))?;
    paths.sort();
    if paths.is_empty() {
        return Err(failed("it holds no .toml file".to_owned()));
    }
    let mut files = Vec::new();
    for path in paths {
        let id = path.strip_prefix(folder).unwrap_or(&path).with_extension("");
        let id = id.to_string_lossy().replace('\\', "/");
        files.push((id, fs::read_to_string(&path).map_err(|error| failed(why(&error)))?));
    }
    Ok(files)
}

/// The name among `known` that `given` was most likely meant to be.
pub(crate) fn nearest<'k>(given: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let scored = known.into_iter().map(|name| (strsim::damerau_levenshtein(given, name), name));
    let (distance, name) = scored.min_by_key(|&(distance, _)| distance)?;
    (distance <= 1 + given.chars().count() / 4).then_some(name)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Problem> {
    let wanted = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        // Word keeps "~$plan.docx" beside a file that is open.
        ENDINGS.contains(&ending.as_str()) && !name.starts_with("~$") && !name.starts_with('.')
    };
    collect(folder, &wanted, files)
        .map_err(|error| Problem::NoAccess { path: folder.display().to_string(), why: why(&error) })
}

fn collect(folder: &Path, wanted: &dyn Fn(&Path) -> bool, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        // A link to a folder is not followed: it could lead back here.
        if entry.file_type()?.is_dir() {
            collect(&path, wanted, files)?;
        // A pipe that is named like a plan would be waited for without end.
        } else if wanted(&path) && path.is_file() {
            files.push(path);
        }
    }
    Ok(())
}

/// What to do about a path that does not exist.
fn suggestion(path: &Path) -> String {
    const CHECK: &str = "Check the spelling, or drag the file into this window to give its path.";
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|beside| !beside.starts_with('.'))
        .collect();
    if let Some(near) = nearest(&name, beside.iter().map(String::as_str)) {
        return format!("Did you mean \u{201c}{}\u{201d}?", path.with_file_name(near).display());
    }
    let program = <Arguments as clap::CommandFactory>::command();
    let commands = program.get_subcommands().map(clap::Command::get_name).chain(["help"]);
    match nearest(&name, commands) {
        Some(command) => format!("Did you mean the command \u{201c}{command}\u{201d}?"),
        None => CHECK.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(given: &str, expected: Option<&str>) {
        assert_eq!(nearest(given, ["check", "plan.docx", "provision/vague"]), expected);
    }

    #[test]
    fn all_of_a_file_is_read_however_long_it_is_said_to_be() {
        let held = vec![7; 100_000];
        for said in [0, 1, 99_999, 100_000, 100_001, u64::MAX] {
            assert_eq!(to_end(held.as_slice(), said).expect("read"), held, "{said}");
        }
        let endless = to_end(std::io::repeat(1).take(MOST_BYTES * 2), 0).expect("read");
        assert_eq!(endless.len() as u64, MOST_BYTES + 1);
    }

    #[test]
    fn finds_the_near_name() {
        check("chek", Some("check"));
        check("plan.dox", Some("plan.docx"));
        check("provison/vauge", Some("provision/vague"));
        check("placement", None);
    }
}
