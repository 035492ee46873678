//! Run: an audit from its folders to its results: what is new is read, what was read is taken from the journal.

use crate::cli::args::Shared;
use crate::cli::audit::args::{Over, Shown};
use crate::cli::audit::find;
use crate::cli::audit::gather::{self, Choice, Gathered};
use crate::cli::audit::items::{self, Items};
use crate::cli::audit::journal::{self, Journal};
use crate::cli::audit::progress;
use crate::cli::audit::read;
use crate::cli::audit::refusal::Refusal;
use crate::cli::audit::settings;
use crate::cli::audit::spill::Room;
use crate::cli::audit::table::csv_lines;
use crate::cli::exit::Exit;
use crate::cli::problem::{Problem, why};
use crate::cli::reading::sha256;
use crate::cli::{ocr, output};
use ehcp_lint::{About, Metadata, NameKey, Outcome, Tally, TallySettings, Terms, dashboard, run_facts};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::hash::{BuildHasher as _, RandomState};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::UNIX_EPOCH;

/// The file that says that an audit has ended.
const ENDED: &str = "run.json";
const DASHBOARD: &str = "dashboard.html";

pub(crate) fn run(over: &Over, shared: &Shared) -> Result<Exit, Problem> {
    let Some(folder) = over.output.as_deref() else { return Ok(Exit::Usage) };
    ocr::ready(over.reading.ocr)?;
    let setup = settings::setup(over)?;
    let terms = settings::terms(over, &setup);
    let mut meta = over.shown.meta.as_deref().map(metadata).transpose()?;
    if !over.resume {
        empty(folder, over.overwrite)?;
    }
    let room = Room::of(folder);
    // The user's table often lies beside the plans, and is none.
    let found = find::files(&over.dirs, folder, over.shown.meta.as_deref(), &room)?;
    if found.count == 0 {
        let path = over.dirs.first().map(|dir| dir.display().to_string()).unwrap_or_default();
        return Err(Problem::NothingThere { path });
    }
    let Some(journal) = open(over, folder, &terms)? else {
        output::note("This audit has ended: its results are whole.");
        return Ok(Exit::Clean);
    };
    let stop = stopper();
    let left = if over.resume { Some(items::left(&journal, &found, &room, changed)?) } else { None };
    let left = left.as_ref().unwrap_or(&found);
    let bar = progress::reading(left.count, found.count, shared);
    let failures = AtomicU64::new(0);
    read::records(over, (left, &room), &journal.key, &stop, |file, facts, line| {
        if facts.outcome == Outcome::Unread {
            let unread = failures.fetch_add(1, Ordering::SeqCst) + 1;
            bar.set_message(format!("{unread} unread"));
        }
        bar.inc(1);
        journal.add(line, changed(&file.path).0)
    })?;
    bar.finish_and_clear();
    let items = items::of_files(&journal, &found, &room)?;
    if stop.load(Ordering::SeqCst) && items.count < found.count {
        output::note(&format!(
            "Stopped: {} of {} files were read. The same command with --resume goes on.",
            items.count, found.count
        ));
        return Ok(Exit::Stopped);
    }
    if over.part.is_some() {
        journal.end(&items::gone(&journal, &found, &room)?)?;
        let files = if items.count == 1 { "1 file".to_owned() } else { format!("{} files", items.count) };
        output::note(&format!("This part is done: {files}. \u{201c}ehcp-lint audit merge\u{201d} takes it."));
        return Ok(Exit::Clean);
    }
    finish((folder, &room, over.jobs()), vec![journal], &items, &over.shown, terms, &mut meta, shared)
}

/// Everything after the reading, on so many cores.
pub(crate) fn finish(
    (folder, room, jobs): (&Path, &Room, usize),
    journals: Vec<Journal>,
    items: &Items,
    shown: &Shown,
    terms: Terms,
    meta: &mut Option<Metadata>,
    shared: &Shared,
) -> Result<Exit, Problem> {
    let rules = terms.categories();
    let mut settings = terms.shown;
    settings.push(("names of files left out".to_owned(), settings::yes(shown.no_paths)));
    settings.push(("smallest group shown".to_owned(), shown.smallest_group.to_string()));
    let tally = Tally::new(TallySettings {
        meta: meta.as_ref().map_or_else(Vec::new, |meta| meta.columns.clone()),
        kinds: meta.as_ref().map_or_else(Vec::new, |meta| meta.kinds.clone()),
        spellings: meta.as_ref().map_or_else(Vec::new, |meta| meta.spellings.clone()),
        rules,
        smallest: shown.smallest_group,
    });
    let choice = Choice { with_text: shown.with_text, no_paths: shown.no_paths, jobs };
    let turning = progress::gathering(shared);
    let Gathered { tally, across, without_meta, mut files } =
        gather::gather((folder, room), &journals, items, tally, meta, choice)?;
    let about = About {
        settings,
        meta: meta.as_ref().map(|meta| (meta.len(), meta.unused())),
        without_meta: if meta.is_some() { without_meta } else { 0 },
    };
    let last = [(DASHBOARD, dashboard(&tally, &across, &about)), (ENDED, run_facts(&tally, &across, &about))];
    for (name, bytes) in last {
        let path = folder.join(format!("{name}.part"));
        fs::write(&path, bytes).map_err(|error| failed(&path, &error))?;
        files.push(path);
    }
    gather::settle(&files)?;
    drop(turning);
    if journals.len() == 1 && folder.join(journal::NAME).is_file() {
        journals.into_iter().try_for_each(Journal::remove)?;
    }
    if !shared.quiet {
        output::print(summary(&tally, folder, &about).as_bytes())?;
    }
    Ok(if tally.files(Outcome::Unread) > 0 { Exit::Unreadable } else { Exit::Clean })
}

fn summary(tally: &Tally, folder: &Path, about: &About) -> String {
    let (findings, statements) = tally.totals();
    let mut text = format!(
        "{} read, {} of them in part; {} not read; {}; {}.\n{} in {}.\n",
        many(tally.plans(), "plan", "plans"),
        tally.files(Outcome::Part),
        many(tally.files(Outcome::Unread), "file", "files"),
        many(tally.files(Outcome::NotPlan), "document that is no plan", "documents that are no plans"),
        many(tally.files(Outcome::NotDocument), "other file", "other files"),
        many(findings, "finding", "findings"),
        many(statements, "statement", "statements"),
    );
    if let Some((rows, unused)) = about.meta {
        let _ = writeln!(
            text,
            "Table: {}, {unused} about no file that was found; {} without a row.",
            many(rows as u64, "row", "rows"),
            many(about.without_meta, "file", "files"),
        );
    }
    let _ = writeln!(text, "Open {} in a browser.", folder.join(DASHBOARD).display());
    text
}

/// "1 file", "2 files".
fn many(count: u64, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// The journal of this audit, new or to go on with; none where it has ended.
fn open(over: &Over, folder: &Path, terms: &Terms) -> Result<Option<Journal>, Problem> {
    let shown = folder.display().to_string();
    let begun = folder.join(journal::NAME).is_file();
    if over.resume {
        if !begun {
            let ended = folder.join(ENDED).is_file();
            return if ended { Ok(None) } else { Err(Refusal::Nothing(shown).into()) };
        }
        let journal = Journal::open(folder)?;
        let differences = journal.terms.differences(terms);
        let alike = differences.is_empty();
        return if alike { Ok(Some(journal)) } else { Err(Refusal::Other(shown, differences.join("; ")).into()) };
    }
    Journal::create(folder, terms, key(over.part.as_deref())).map(Some)
}

/// Makes the folder, or makes sure that it is empty or may be written over.
pub(crate) fn empty(folder: &Path, overwrite: bool) -> Result<(), Problem> {
    let shown = folder.display().to_string();
    fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    let entries = fs::read_dir(folder).map_err(|error| failed(folder, &error))?;
    let there: BTreeSet<String> = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| !Room::is_one(name))
        .collect();
    let (begun, ended) = (there.contains(journal::NAME), there.contains(ENDED));
    match () {
        () if there.is_empty() => Ok(()),
        () if !begun && !ended => Err(Refusal::Strange(shown).into()),
        () if !overwrite && begun => Err(Refusal::Stopped(shown).into()),
        () if !overwrite => Err(Refusal::Finished(shown).into()),
        () => {
            // Who is at work there keeps the journal locked; a result that is no longer whole must not look so.
            if begun {
                drop(Journal::open(folder).or_else(|problem| match &problem {
                    Problem::Audit(refusal) if matches!(**refusal, Refusal::Busy(_)) => Err(problem),
                    _ => Journal::create(folder, &Terms::default(), key(None)),
                })?);
            }
            let _ = fs::remove_file(folder.join(ENDED));
            Ok(())
        }
    }
}

/// A key for hashes of names: from the secret that parts share, or else by chance.
fn key(secret: Option<&str>) -> NameKey {
    let mut key = [0; 16];
    if let Some(secret) = secret {
        let digest = sha256(secret.as_bytes());
        key.iter_mut().zip(digest.bytes()).for_each(|(byte, digit)| *byte = digit);
    } else {
        for half in key.chunks_mut(8) {
            half.copy_from_slice(&RandomState::new().hash_one(0u8).to_be_bytes());
        }
    }
    NameKey(key)
}

/// When a file was last changed, in nanoseconds, and its size in bytes.
fn changed(path: &Path) -> (u128, u64) {
    let about = fs::metadata(path).ok();
    let time = about.as_ref().and_then(|about| about.modified().ok());
    let since = time.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    (since.map_or(0, |since| since.as_nanos()), about.map_or(0, |about| about.len()))
}

/// A flag that an interrupt from the keyboard raises; the second one ends the program at once.
fn stopper() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&stop);
    let _ = ctrlc::set_handler(move || {
        if raised.swap(true, Ordering::SeqCst) {
            std::process::exit(i32::from(Exit::Stopped as u8));
        }
    });
    stop
}

pub(crate) fn metadata(path: &Path) -> Result<Metadata, Problem> {
    Ok(Metadata::of(csv_lines(path)?).map_err(Refusal::Metadata)?)
}

fn failed(path: &Path, error: &std::io::Error) -> Problem {
    Problem::NotWritten { path: path.display().to_string(), why: why(error) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_by_chance_differ_and_keys_of_a_secret_do_not() {
        assert!(key(None) != key(None));
        assert!(key(Some("a")) == key(Some("a")) && key(Some("a")) != key(Some("b")));
    }
}
