//! Gather: from the journal to the results, in the order of the names, whatever order the files were read in.
//!
//! Two do it, side by side where two cores may be kept busy: one reads the records and finds what plans share, the other (the
//! clerk) writes the tables of what is in each plan and sums up.

use crate::cli::audit::across::{self, Tables};
use crate::cli::audit::items::Items;
use crate::cli::audit::journal::{Journal, Reader};
use crate::cli::audit::spill::{Room, Spill};
use crate::cli::problem::{Problem, why};
use ehcp_lint::{Across, Metadata, Record, Sentence, Sighting, TableError, TableFiles, Tally, Templates};
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;

/// Stands after the name of a file until all of them are whole.
const PART: &str = ".part";
/// So many records wait for the clerk at most.
const WAITING: usize = 2;

/// What was gathered.
pub(crate) struct Gathered {
    pub(crate) tally: Tally,
    pub(crate) across: Across,
    /// Files that the user's table has no row about.
    pub(crate) without_meta: u64,
    /// Files that are not yet under their own names.
    pub(crate) files: Vec<PathBuf>,
}

/// What shapes the tables.
#[derive(Clone, Copy)]
pub(crate) struct Choice {
    pub(crate) with_text: bool,
    pub(crate) no_paths: bool,
    /// How many cores may be kept busy.
    pub(crate) jobs: usize,
}

/// Gathers the records of `items` into tables in `folder`.
pub(crate) fn gather(
    (folder, room): (&Path, &Room),
    journals: &[Journal],
    items: &Items,
    tally: Tally,
    meta: &mut Option<Metadata>,
    choice: Choice,
) -> Result<Gathered, Problem> {
    let columns = meta.as_ref().map_or_else(Vec::new, |meta| meta.columns.clone());
    let mut files = Vec::new();
    room.sweep();
    let file = |name: &str| {
        let path = folder.join(format!("{name}{PART}"));
        files.push(path.clone());
        File::create(path).map(BufWriter::new)
    };
    let aside = |name: &str| room.file(&format!("rows-{name}"));
    let tables = TableFiles::open(choice.with_text, choice.no_paths, &columns, file, aside);
    let (of_each, of_all) = tables.map_err(|error| failed(folder, &error))?;
    let gathering = Gathering {
        folder,
        room,
        tables: of_all,
        templates: Templates::default(),
        plans: Vec::new(),
        sentences: room.spill("sentences"),
        sightings: room.spill("sightings"),
        compared: (0, 0),
        without_meta: 0,
    };
    let readers = journals.iter().map(Journal::reader).collect::<Result<Vec<Reader>, _>>()?;
    let mut clerk = Clerk { tables: of_each, tally };
    let (tally, (without_meta, across)) = if choice.jobs < 2 {
        let gathering = gathering.of(readers, items, meta, |sheet| clerk.take(&sheet).map(|()| true))?;
        let tally = clerk.close().map_err(|error| failed(folder, &error))?;
        (tally, gathering.finish()?)
    } else {
        thread::scope(|scope| {
            let (hand, sheets) = mpsc::sync_channel::<Sheet>(WAITING);
            let clerk = scope.spawn(move || {
                sheets.iter().try_for_each(|sheet| clerk.take(&sheet))?;
                clerk.close()
            });
            // A clerk that takes no more says why when it is asked at the end.
            let mine = gathering.of(readers, items, meta, |sheet| Ok(hand.send(sheet).is_ok()));
            drop(hand);
            let mine = mine.and_then(Gathering::finish);
            let tally = clerk.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            let tally = tally.map_err(|error| failed(folder, &error))?;
            Ok::<_, Problem>((tally, mine?))
        })?
    };
    room.clear();
    Ok(Gathered { tally, across, without_meta, files })
}

/// Gives the files their own names, once all of them are whole.
pub(crate) fn settle(files: &[PathBuf]) -> Result<(), Problem> {
    for part in files {
        let name = part.to_string_lossy();
        let whole = PathBuf::from(name.strip_suffix(PART).unwrap_or(&name));
        fs::rename(part, &whole).map_err(|error| failed(&whole, &error.into()))?;
    }
    Ok(())
}

/// A record on its way to the tables.
struct Sheet {
    record: Record,
    /// How often its bytes came before.
    copy: u64,
    /// The id of its template.
    template: String,
    /// Its row of the user's table.
    row: Vec<String>,
}

/// Writes the tables of what is in each plan, and sums up.
struct Clerk {
    tables: Tables,
    tally: Tally,
}

impl Clerk {
    fn take(&mut self, sheet: &Sheet) -> Result<(), TableError> {
        let Sheet { record, copy, template, row } = sheet;
        if *copy > 0 {
            self.tally.add_copy();
        } else {
            self.tally.add(record, row);
        }
        self.tables.add(record, *copy, template, row)
    }

    fn close(self) -> Result<Tally, TableError> {
        self.tables.close()?;
        Ok(self.tally)
    }
}

/// Reads the records, and keeps what plans are compared by.
struct Gathering<'g> {
    folder: &'g Path,
    room: &'g Room,
    tables: Tables,
    templates: Templates,
    /// The ids of the plans, by number.
    plans: Vec<u64>,
    sentences: Spill,
    sightings: Spill,
    /// Statements that are long enough to be compared, and the provisions among them.
    compared: (u64, u64),
    without_meta: u64,
}

impl Gathering<'_> {
    /// Takes up all records, and hands them on until they are not taken any more.
    fn of(
        mut self,
        mut readers: Vec<Reader>,
        items: &Items,
        meta: &mut Option<Metadata>,
        mut hand: impl FnMut(Sheet) -> Result<bool, TableError>,
    ) -> Result<Self, Problem> {
        let columns = meta.as_ref().map_or(0, |meta| meta.columns.len());
        let mut stream = items.stream().map_err(|error| self.room.failed(&error))?;
        while let Some((item, copy)) = stream.next().map_err(|error| self.room.failed(&error))? {
            let Some(reader) = readers.get_mut(item.journal as usize) else { continue };
            let mut record = reader.record(item.place)?;
            record.file.name.clone_from(&item.name);
            let row = meta.as_mut().and_then(|meta| meta.values(&item.name).map(<[String]>::to_vec));
            self.without_meta += u64::from(row.is_none());
            let mut row = row.unwrap_or_default();
            row.resize(columns, String::new());
            let template = self.template(&record, copy)?;
            let sheet = Sheet { record, copy, template, row };
            if !hand(sheet).map_err(|error| failed(self.folder, &error))? {
                break;
            }
        }
        Ok(self)
    }

    /// Keeps what a plan is compared by; the id of its template.
    fn template(&mut self, record: &Record, copy: u64) -> Result<String, Problem> {
        if !record.is_plan() || copy > 0 {
            return Ok(String::new());
        }
        let number = u32::try_from(self.plans.len()).unwrap_or(u32::MAX);
        let of = self.templates.place(record);
        self.plans.push(u64::from_str_radix(record.id(), 16).unwrap_or(0));
        for statement in record.statements.iter().filter(|statement| statement.key.is_some()) {
            self.compared.0 += 1;
            self.compared.1 += u64::from(statement.kind == "provision");
        }
        let spilt = Sentence::of(record, number, of)
            .iter()
            .try_for_each(|sentence| self.sentences.push(&sentence.to_bytes()))
            .and_then(|()| {
                Sighting::of(record, number).iter().try_for_each(|one| self.sightings.push(&one.to_bytes()))
            });
        spilt.map_err(|error| failed(self.folder, &error.into()))?;
        Ok(self.templates.id(of).to_owned())
    }

    /// Writes what plans have in common; how many files the user's table has no row about.
    fn finish(mut self) -> Result<(u64, Across), Problem> {
        let found = across::Found {
            room: self.room,
            templates: self.templates,
            plans: self.plans,
            sentences: self.sentences,
            sightings: self.sightings,
            compared: self.compared,
        };
        let across = found.written(&mut self.tables).map_err(|error| failed(self.folder, &error))?;
        self.tables.close().map_err(|error| failed(self.folder, &error))?;
        Ok((self.without_meta, across))
    }
}

fn failed(folder: &Path, error: &TableError) -> Problem {
    let why = error.io().map_or_else(|| error.to_string(), why);
    Problem::NotWritten { path: folder.display().to_string(), why }
}
