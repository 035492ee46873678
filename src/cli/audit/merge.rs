//! Merge: one result of the parts of an audit that were done apart, if they were made alike and nothing is lost between them.

use crate::cli::args::Shared;
use crate::cli::audit::args::Merge;
use crate::cli::audit::gather::Item;
use crate::cli::audit::journal::{self, Journal};
use crate::cli::audit::refusal::Refusal;
use crate::cli::audit::run;
use crate::cli::audit::settings::{self, WORDS_KEPT};
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::cli::problem::Problem;
use ehcp_lint::Terms;
use std::collections::BTreeMap;
use std::path::Path;

/// A record of a part: where it stands, and the beginning of the hash of its file.
struct Known {
    item: Item,
    hash: u64,
}

pub(crate) fn merge(merge: &Merge, shared: &Shared) -> Result<Exit, Problem> {
    let mut meta = merge.shown.meta.as_deref().map(run::metadata).transpose()?;
    let mut journals: Vec<Journal> = Vec::new();
    let mut known: Vec<Known> = Vec::new();
    for part in &merge.parts {
        let shown = part.display().to_string();
        if !part.join(journal::NAME).is_file() {
            return Err(Refusal::NoPart(shown).into());
        }
        let journal = Journal::open(part)?;
        if let (Some(first), Some(path)) = (journals.first(), merge.parts.first()) {
            alike(first, path, &journal, part)?;
        }
        known.extend(records(&journal, journals.len(), &shown)?);
        journals.push(journal);
    }
    let Some(mut terms) = journals.first().map(|journal| journal.terms.clone()) else { return Ok(Exit::Usage) };
    with_words(&mut terms, merge.shown.with_text)?;
    terms.shown.push(("parts".to_owned(), journals.len().to_string()));
    let items = apart(known, merge, shared, &mut terms);
    run::empty(&merge.output, merge.overwrite)?;
    run::finish(&merge.output, journals, &items, &merge.shown, terms, &mut meta, shared)
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

/// The records of a part. Of a file that was read twice, because it changed, the last reading counts.
fn records(journal: &Journal, number: usize, shown: &str) -> Result<Vec<Known>, Problem> {
    let mut records: BTreeMap<String, Known> = BTreeMap::new();
    let ended = journal.each(|entry| {
        let hash = u64::from_str_radix(entry.file.id(), 16).unwrap_or(0);
        let item = Item { name: entry.file.name.clone(), journal: number, place: entry.place };
        records.insert(entry.file.name, Known { item, hash });
    })?;
    let Some(gone) = ended else { return Err(Refusal::Unfinished(shown.to_owned(), records.len()).into()) };
    for name in gone {
        records.remove(&name);
    }
    Ok(records.into_values().collect())
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
fn apart(mut known: Vec<Known>, merge: &Merge, shared: &Shared, terms: &mut Terms) -> Vec<Item> {
    known.sort_by(|one, other| (&one.item.name, one.item.journal).cmp(&(&other.item.name, other.item.journal)));
    let clash = |pair: &[Known]| matches!(pair, [one, other] if one.item.name == other.item.name && (one.hash != other.hash || one.hash == 0));
    if known.windows(2).any(clash) {
        for one in &mut known {
            let part = merge.parts.get(one.item.journal).map(|part| part.to_string_lossy().replace('\\', "/"));
            one.item.name = format!("{}/{}", part.unwrap_or_default().trim_end_matches('/'), one.item.name);
        }
        known.sort_by(|one, other| one.item.name.cmp(&other.item.name));
        terms.shown.push(("names begin with that of their part".to_owned(), settings::yes(true)));
        if !shared.quiet {
            output::note("Parts hold different files of the same name: all names begin with that of their part.");
        }
    }
    known.dedup_by(|one, other| one.item.name == other.item.name);
    known.into_iter().map(|one| one.item).collect()
}
