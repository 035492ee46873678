//! Gather: from the journal to the results, in the order of the names, whatever order the files were read in.

use crate::cli::audit::across::{self, Tables};
use crate::cli::audit::find::Found;
use crate::cli::audit::journal::{Journal, Place, Reader};
use crate::cli::audit::spill::Spill;
use crate::cli::problem::{Problem, why};
use ehcp_lint::{Across, Metadata, Record, Sentence, Sighting, TableError, TableFiles, Tally, Templates};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// The folder for what does not fit into memory.
const SPILL: &str = "spill.part";
/// Stands after the name of a file until all of them are whole.
const PART: &str = ".part";

/// A record to be gathered: its name, and where it stands.
pub(crate) struct Item {
    pub(crate) name: String,
    pub(crate) journal: usize,
    pub(crate) place: Place,
}

/// The items of the files that were found, in their order; those that were not read yet are left out.
pub(crate) fn items(journal: &Journal, found: &[Found]) -> Result<Vec<Item>, Problem> {
    let mut places: Vec<Option<Place>> = vec![None; found.len()];
    journal.each(|entry| {
        let at = found.binary_search_by(|file| file.name.as_str().cmp(&entry.file.name));
        if let Some(place) = at.ok().and_then(|at| places.get_mut(at)) {
            *place = Some(entry.place);
        }
    })?;
    let known = found.iter().zip(places).filter_map(|(file, place)| Some((file, place?)));
    Ok(known.map(|(file, place)| Item { name: file.name.clone(), journal: 0, place }).collect())
}

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
    folder: &Path,
    journals: &[Journal],
    items: &[Item],
    tally: Tally,
    meta: &mut Option<Metadata>,
    (with_text, no_paths): (bool, bool),
) -> Result<Gathered, Problem> {
    let columns = meta.as_ref().map_or_else(Vec::new, |meta| meta.columns.clone());
    let mut files = Vec::new();
    let spill = folder.join(SPILL);
    // What an audit left that was stopped here.
    let _ = fs::remove_dir_all(&spill);
    let file = |name: &str| {
        let path = folder.join(format!("{name}{PART}"));
        files.push(path.clone());
        File::create(path).map(BufWriter::new)
    };
    let aside = |name: &str| {
        fs::create_dir_all(&spill)?;
        File::options().read(true).write(true).create(true).truncate(true).open(spill.join(format!("rows-{name}")))
    };
    let tables = TableFiles::open(with_text, no_paths, &columns, file, aside);
    let mut gathering = Gathering {
        folder,
        tables: tables.map_err(|error| failed(folder, &error))?,
        tally,
        templates: Templates::default(),
        plans: Vec::new(),
        sentences: Spill::new(&folder.join(SPILL), "sentences"),
        sightings: Spill::new(&folder.join(SPILL), "sightings"),
        provisions: 0,
    };
    let mut without_meta = 0;
    let mut copies: BTreeMap<u64, u64> = BTreeMap::new();
    let mut readers = journals.iter().map(Journal::reader).collect::<Result<Vec<Reader>, _>>()?;
    for item in items {
        let Some(reader) = readers.get_mut(item.journal) else { continue };
        let mut record = reader.record(item.place)?;
        record.file.name.clone_from(&item.name);
        let row = meta.as_mut().and_then(|meta| meta.values(&item.name).map(<[String]>::to_vec));
        without_meta += u64::from(row.is_none());
        gathering.add(&record, row.unwrap_or_default(), &columns, &mut copies)?;
    }
    let (tally, across) = gathering.finish()?;
    let _ = fs::remove_dir_all(&spill);
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
    fn add(
        &mut self,
        record: &Record,
        mut row: Vec<String>,
        columns: &[String],
        copies: &mut BTreeMap<u64, u64>,
    ) -> Result<(), Problem> {
        let id = u64::from_str_radix(record.id(), 16).ok();
        let copy = id.map_or(0, |id| {
            let count = copies.entry(id).or_default();
            *count += 1;
            *count - 1
        });
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
            spill: self.folder.join(SPILL),
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
