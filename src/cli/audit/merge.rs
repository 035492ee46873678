//! Merge: one result of the parts of an audit that were done apart, if they were made alike and nothing is lost between them.

use crate::cli::args::Shared;
use crate::cli::audit::args::Merge;
use crate::cli::audit::items::{Collected, Item, Items};
use crate::cli::audit::journal::{self, Journal};
use crate::cli::audit::refusal::Refusal;
use crate::cli::audit::run;
use crate::cli::audit::settings::{self, WORDS_KEPT};
use crate::cli::audit::spill::{Room, Sorted, Spill};
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::cli::problem::Problem;
use ehcp_lint::Terms;
use std::collections::BTreeSet;
use std::io;
use std::path::Path;

pub(crate) fn merge(merge: &Merge, shared: &Shared) -> Result<Exit, Problem> {
    let mut meta = merge.shown.meta.as_deref().map(run::metadata).transpose()?;
    let mut journals: Vec<Journal> = Vec::new();
    let room = Room::of(&merge.output);
    let (mut known, mut gone) = (room.spill("records"), Vec::new());
    for part in &merge.parts {
        let shown = part.display().to_string();
        if !part.join(journal::NAME).is_file() {
            return Err(Refusal::NoPart(shown).into());
        }
        let journal = Journal::open(part)?;
        if let (Some(first), Some(path)) = (journals.first(), merge.parts.first()) {
            alike(first, path, &journal, part)?;
        }
        gone.push(records(&journal, journals.len(), &shown, &mut known, &room)?);
        journals.push(journal);
    }
    let Some(mut terms) = journals.first().map(|journal| journal.terms.clone()) else { return Ok(Exit::Usage) };
    with_words(&mut terms, merge.shown.with_text)?;
    terms.shown.push(("parts".to_owned(), journals.len().to_string()));
    let known = known.sorted().and_then(|known| last(&known, &gone, &room)).map_err(|error| room.failed(&error))?;
    let items = apart(&known, merge, shared, &mut terms, &room)?;
    run::empty(&merge.output, merge.overwrite)?;
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    run::finish((&merge.output, &room, jobs), journals, &items, &merge.shown, terms, &mut meta, shared)
}

/// Refuses parts that were not made alike, and says what differs.
fn alike(first: &Journal, path: &Path, other: &Journal, part: &Path) -> Result<(), Problem> {
    let mut differences = first.terms.differences(&other.terms);
    if first.key != other.key {
        differences.push("the secret words after --part".to_owned());
    }
    if differences.is_empty() {
        return Ok(());
    }
    let (first, other) = (path.display().to_string(), part.display().to_string());
    Err(Refusal::Unlike(first, other, differences.join("; ")).into())
}

/// Takes up the records of a part; the names of its files that are gone.
fn records(
    journal: &Journal,
    number: usize,
    shown: &str,
    known: &mut Spill,
    room: &Room,
) -> Result<BTreeSet<String>, Problem> {
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    let (mut count, mut failed) = (0, None);
    let ended = journal.each(|entry| {
        count += 1;
        if let Err(error) = known.push(&Item::of(&entry, number).to_bytes()) {
            failed.get_or_insert(error);
        }
    })?;
    if let Some(error) = failed {
        return Err(room.failed(&error));
    }
    let gone = ended.ok_or_else(|| Refusal::Unfinished(shown.to_owned(), count))?;
    Ok(gone.into_iter().collect())
}

/// What still counts of the records: of a file that one part read twice, because it changed, the last reading.
fn last(known: &Sorted, gone: &[BTreeSet<String>], room: &Room) -> io::Result<Sorted> {
    let mut last = room.spill("last");
    let mut stream = known.stream()?;
    let mut next = stream.next_as(Item::of_bytes)?;
    while let Some(item) = next {
        next = stream.next_as(Item::of_bytes)?;
        let again = next.as_ref().is_some_and(|next| next.name == item.name && next.journal == item.journal);
        let is_gone = gone.get(item.journal as usize).is_some_and(|gone| gone.contains(&item.name));
        if !again && !is_gone {
            last.push(&item.to_bytes())?;
        }
    }
    last.sorted()
}

/// Whether words of plans are shown is said here, if the parts hold them.
fn with_words(terms: &mut Terms, wanted: bool) -> Result<(), Problem> {
    if let Some((_, kept)) = terms.shown.iter_mut().find(|(name, _)| name == WORDS_KEPT) {
        if wanted && *kept != settings::yes(true) {
            return Err(Refusal::NoWords.into());
        }
        *kept = settings::yes(wanted);
    }
    Ok(())
}

/// The items by name. A file that two parts read is one. Where two parts hold different files of one name, all names begin
/// with that of their part, so that none is lost.
fn apart(known: &Sorted, merge: &Merge, shared: &Shared, terms: &mut Terms, room: &Room) -> Result<Items, Problem> {
    let failed = |error: io::Error| room.failed(&error);
    if !clash(known).map_err(failed)? {
        return collected(known, room).map_err(failed);
    }
    terms.shown.push(("names begin with that of their part".to_owned(), settings::yes(true)));
    if !shared.quiet {
        output::note("Parts hold different files of the same name: all names begin with that of their part.");
    }
    let renamed = || {
        let mut renamed = room.spill("renamed");
        let mut stream = known.stream()?;
        while let Some(mut item) = stream.next_as(Item::of_bytes)? {
            let part = merge.parts.get(item.journal as usize).map(|part| part.to_string_lossy().replace('\\', "/"));
            item.name = format!("{}/{}", part.unwrap_or_default().trim_end_matches('/'), item.name);
            renamed.push(&item.to_bytes())?;
        }
        collected(&renamed.sorted()?, room)
    };
    renamed().map_err(failed)
}

/// Whether two parts hold different files of one name.
fn clash(known: &Sorted) -> io::Result<bool> {
    let mut stream = known.stream()?;
    let mut before: Option<Item> = None;
    while let Some(item) = stream.next_as(Item::of_bytes)? {
        if before.is_some_and(|before| before.name == item.name && (before.hash != item.hash || before.hash == 0)) {
            return Ok(true);
        }
        before = Some(item);
    }
    Ok(false)
}

fn collected(known: &Sorted, room: &Room) -> io::Result<Items> {
    let mut collected = Collected::new(room);
    let mut stream = known.stream()?;
    let mut before = None;
    while let Some(item) = stream.next_as(Item::of_bytes)? {
        if before.as_ref() != Some(&item.name) {
            collected.push(&item)?;
            before = Some(item.name);
        }
    }
    collected.items()
}
