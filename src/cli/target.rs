//! Target: where a report goes and how it is written there. `-o` may be given several times; each ending says its format.

use crate::cli::input;
use crate::cli::problem::Problem;
use ehcp_lint::{WRITERS, Writer};
use std::fs;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// Endings that people use besides the usual one of a format: ending and name of the format.
const ALSO: &[(&str, &str)] = &[("htm", "html"), ("markdown", "markdown"), ("ndjson", "jsonl"), ("text", "plain")];

/// One place to write to.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    /// The file; none for standard output.
    pub(crate) file: Option<PathBuf>,
    /// The format.
    pub(crate) writer: &'static Writer,
}

/// The places to write to: the files of `outputs`, or standard output where there are none. `format` holds for all of
/// them; without it the ending of each file says the format. Whatever could not be written later is refused now.
pub(crate) fn targets(format: Option<&str>, outputs: &[PathBuf], inputs: &[PathBuf]) -> Result<Vec<Target>, Problem> {
    let asked = format.and_then(named);
    if outputs.is_empty() {
        let writer = asked.or_else(usual).ok_or_else(|| unknown_ending(Path::new("-")))?;
        return Ok(vec![Target { file: None, writer }]);
    }
    let mut targets: Vec<Target> = Vec::new();
    let mut known: Vec<PathBuf> = Vec::new();
    for file in outputs {
        if input::is_stdin(file) {
            let writer = asked.or_else(usual).ok_or_else(|| unknown_ending(file))?;
            targets.push(Target { file: None, writer });
            continue;
        }
        let shown = || file.display().to_string();
        let place = place_of(file).ok_or_else(|| Problem::NoFolder { path: shown() })?;
        if known.contains(&place) {
            return Err(Problem::SameOutput { path: shown() });
        }
        if inputs.iter().any(|input| fs::canonicalize(input).is_ok_and(|input| input == place)) {
            return Err(Problem::OverInput { path: shown() });
        }
        known.push(place);
        let writer = asked.or_else(|| by_ending(file)).ok_or_else(|| unknown_ending(file))?;
        targets.push(Target { file: Some(file.clone()), writer });
    }
    Ok(targets)
}

fn named(name: &str) -> Option<&'static Writer> {
    WRITERS.iter().find(|writer| writer.name == name)
}

/// What suits standard output: `pretty` on a terminal and `plain` otherwise.
fn usual() -> Option<&'static Writer> {
    named(if std::io::stdout().is_terminal() { "pretty" } else { "plain" })
}

/// The format that the ending of a file says. A text file gets the plain one, of the two that are text.
fn by_ending(file: &Path) -> Option<&'static Writer> {
    let ending = ending(file)?;
    if let Some((_, name)) = ALSO.iter().find(|(also, _)| *also == ending) {
        return named(name);
    }
    let mut fitting = WRITERS.iter().filter(|writer| writer.extension == ending);
    fitting.next_back()
}

fn ending(file: &Path) -> Option<String> {
    Some(file.extension()?.to_string_lossy().to_lowercase())
}

fn unknown_ending(file: &Path) -> Problem {
    let mut endings: Vec<&str> = WRITERS.iter().map(|writer| writer.extension).collect();
    endings.sort_unstable();
    endings.dedup();
    let near = ending(file).and_then(|ending| input::nearest(&ending, endings.iter().copied()));
    let near = near.map(|near| format!("Did you mean \u{201c}{}\u{201d}? ", file.with_extension(near).display()));
    let all: Vec<String> = endings.iter().map(|ending| format!(".{ending}")).collect();
    let help = format!(
        "{}Endings that are known: {}. Or say the format with --format.",
        near.unwrap_or_default(),
        all.join(", ")
    );
    Problem::UnknownEnding { path: file.display().to_string(), help }
}

/// Where the file will be, however it is spelt; nothing where its folder does not exist.
fn place_of(file: &Path) -> Option<PathBuf> {
    if let Ok(there) = fs::canonicalize(file) {
        return Some(there);
    }
    let folder = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Some(fs::canonicalize(folder).ok().filter(|folder| folder.is_dir())?.join(file.file_name()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(file: &str, expected: Option<&str>) {
        assert_eq!(by_ending(Path::new(file)).map(|writer| writer.name), expected, "{file}");
    }

    #[test]
    fn endings_say_the_format() {
        check("report.txt", Some("plain"));
        check("report.json", Some("json"));
        check("a.b/REPORT.JSONL", Some("jsonl"));
        check("report.ndjson", Some("jsonl"));
        check("report.xyz", None);
        check("report", None);
    }

    #[test]
    fn every_other_ending_is_one_of_a_format() {
        for (_, name) in ALSO.iter().filter(|(_, name)| !matches!(*name, "html" | "markdown")) {
            assert!(named(name).is_some(), "{name}");
        }
    }
}
