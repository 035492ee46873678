//! Gather: from the journal to the results, in the order of the names, whatever order the files were read in.

use crate::cli::audit::across::{self, Tables};
use crate::cli::audit::items::Items;
use crate::cli::audit::journal::{Journal, Reader};
use crate::cli::audit::spill::{Room, Spill};
use crate::cli::problem::{Problem, why};
use ehcp_lint::{Across, Metadata, Record, Sentence, Sighting, TableError, TableFiles, Tally, Templates};
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// Stands after the name of a file until all of them are whole.
const PART: &str = ".part";

/// What was gathered.
pub(crate) struct Gathered {
    pub(crate) tally: Tally,
    pub(crate) across: Across,
    /// Files that the user's table has no row about.
    pub(crate) without_meta: u64,
    /// Files that are not yet under their own names.
    pub(crate) files: Vec<PathBuf>,
}

/// Gathers the records of `items` into tables in `folder`.
pub(crate) fn gather(
    (folder, room): (&Path, &Room),
    journals: &[Journal],
    items: &Items,
    tally: Tally,
    meta: &mut Option<Metadata>,
    (with_text, no_paths): (bool, bool),
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
    let tables = TableFiles::open(with_text, no_paths, &columns, file, aside);
    let mut gathering = Gathering {
        folder,
        room,
        tables: tables.map_err(|error| failed(folder, &error))?,
        tally,
        templates: Templates::default(),
        plans: Vec::new(),
        sentences: room.spill("sentences"),
        sightings: room.spill("sightings"),
        provisions: 0,
    };
    let mut without_meta = 0;
    let mut readers = journals.iter().map(Journal::reader).collect::<Result<Vec<Reader>, _>>()?;
    let mut stream = items.stream().map_err(|error| room.failed(&error))?;
    while let Some((item, copy)) = stream.next().map_err(|error| room.failed(&error))? {
        let Some(reader) = readers.get_mut(item.journal as usize) else { continue };
        let mut record = reader.record(item.place)?;
        record.file.name.clone_from(&item.name);
        let row = meta.as_mut().and_then(|meta| meta.values(&item.name).map(<[String]>::to_vec));
        without_meta += u64::from(row.is_none());
        gathering.add(&record, row.unwrap_or_default(), &columns, copy)?;
    }
    let (tally, across) = gathering.finish()?;
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

struct Gathering<'g> {
    folder: &'g Path,
    room: &'g Room,
    tables: Tables,
    tally: Tally,
    templates: Templates,
    /// The ids of the plans, by number.
    plans: Vec<u64>,
    sentences: Spill,
    sightings: Spill,
    /// Provisions that are long enough to be compared.
    provisions: u64,
}

impl Gathering<'_> {
    fn add(&mut self, record: &Record, mut row: Vec<String>, columns: &[String], copy: u64) -> Result<(), Problem> {
        let id = u64::from_str_radix(record.id(), 16).ok();
        row.resize(columns.len(), String::new());
        if copy > 0 {
            self.tally.add_copy();
        } else {
            self.tally.add(record, &row);
        }
        let mut template = String::new();
        if record.is_plan() && copy == 0 {
            let number = u32::try_from(self.plans.len()).unwrap_or(u32::MAX);
            let of = self.templates.place(record);
            self.templates.id(of).clone_into(&mut template);
            self.plans.push(id.unwrap_or(0));
            let long = record.statements.iter().filter(|s| s.kind == "provision" && s.key.is_some()).count();
            self.provisions += long as u64;
            let spilt = Sentence::of(record, number, of)
                .iter()
                .try_for_each(|sentence| self.sentences.push(&sentence.to_bytes()))
                .and_then(|()| {
                    Sighting::of(record, number).iter().try_for_each(|one| self.sightings.push(&one.to_bytes()))
                });
            spilt.map_err(|error| failed(self.folder, &error.into()))?;
        }
        self.tables.add(record, copy, &template, &row).map_err(|error| failed(self.folder, &error))
    }

    fn finish(mut self) -> Result<(Tally, Across), Problem> {
        let found = across::Found {
            room: self.room,
            templates: self.templates,
            plans: self.plans,
            sentences: self.sentences,
            sightings: self.sightings,
            provisions: self.provisions,
        };
        let across = found.written(&mut self.tables).map_err(|error| failed(self.folder, &error))?;
        self.tables.close().map_err(|error| failed(self.folder, &error))?;
        Ok((self.tally, across))
    }
}

fn failed(folder: &Path, error: &TableError) -> Problem {
    let why = error.io().map_or_else(|| error.to_string(), why);
    Problem::NotWritten { path: folder.display().to_string(), why }
}
