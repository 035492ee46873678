//! Documents: each file of a command to what is written of it, read and judged once: here, or in a pool where there are several.

#[cfg(unix)]
use crate::cli::alone;
use crate::cli::args::ConfigChoice;
use crate::cli::config::Config;
use crate::cli::exit::Exit;
use crate::cli::isolated::{self, Ended, Limits};
use crate::cli::pool::{Desk, Fields, Lost, Message, Pool};
use crate::cli::problem::Problem;
use crate::cli::reading::{self, Source};
use crate::cli::setup::{Setup, Setups, Uses};
use crate::cli::{input, ocr, pool};
use ehcp_lint::{
    Counts, Detail, EXTRACT_WRITERS, Entry, Failure, Look, Outline, PlaceInRun, WRITERS, Writer, WrittenPart,
};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// What is to be made of each document.
#[derive(Clone, Debug)]
pub(crate) struct Work {
    /// Whether it is judged, and not only read.
    pub(crate) judge: bool,
    /// Whether its words are left out.
    pub(crate) redact: bool,
    /// How it is written, each time.
    pub(crate) writers: Vec<(&'static Writer, Look)>,
}

/// What was made of one document.
#[derive(Debug)]
pub(crate) struct Made<'r> {
    pub(crate) outline: Outline<'r>,
    /// By each writer.
    written: Vec<Vec<u8>>,
    uses: Uses,
    /// Whether something was found for which the exit status is 1.
    pub(crate) found: bool,
}

/// For a command on a single document: has it done by a process that is watched, unless it may be done here. What that process
/// ended with, where it did; otherwise where the document is to be read from.
pub(crate) fn watched(file: &Path) -> Result<Source, Exit> {
    #[cfg(unix)]
    if let Some(bytes) = alone::bytes(file) {
        return Ok(Source::Bytes(bytes));
    }
    #[cfg(not(unix))]
    let _ = file;
    match isolated::watched(limits()) {
        Some(Ended::Finished(status)) => Err(Exit::of(status)),
        Some(ended) => Ok(Source::Lost(failure(ended == Ended::OutOfTime))),
        None => Ok(Source::Path),
    }
}

/// Makes of each file what `work` asks for, in their order. Each is in the hands of a process that can be ended.
pub(crate) fn made<'s>(files: &'s [PathBuf], setups: &'s Setups, work: &Work, alone: Source) -> Vec<Made<'s>> {
    let of = files.len();
    let here = |(number, (file, setup, _)): (usize, (&Path, &'s Setup, usize)), source: Source| {
        one(file, source, PlaceInRun { number, of }, setup, work)
    };
    let places: Vec<_> = (1..).zip(setups.each(files)).collect();
    if let [place] = places.as_slice() {
        return vec![here(*place, alone)];
    }
    // Standard input can be read once, and by nobody else.
    let given: BTreeMap<usize, Result<Vec<u8>, Problem>> =
        (0..).zip(files).filter(|(_, file)| input::is_stdin(file)).map(|(at, file)| (at, input::bytes(file))).collect();
    let source = |at: usize| match given.get(&at) {
        None => Source::Path,
        Some(Ok(bytes)) => Source::Bytes(bytes.clone()),
        Some(Err(problem)) => Source::Lost(Failure::of(problem)),
    };
    let pool = Pool { jobs: pool::cores().min(of), limits: limits(), greeting: greeting(work), stop: None };
    let done: Mutex<Vec<Option<Made<'s>>>> = Mutex::new(places.iter().map(|_| None).collect());
    let asked = pool.ask(
        of,
        |at| {
            question(
                files.get(at).map_or(Path::new(""), PathBuf::as_path),
                PlaceInRun { number: at + 1, of },
                source(at),
            )
        },
        |at, answer| {
            let Some(&place) = places.get(at) else { return Ok(()) };
            let (_, (_, setup, _)) = place;
            let made = match answer.map(|fields| answered(fields, setup)) {
                Ok(Some(made)) => made,
                // Without a process of its own, a document is read as if it were the only one.
                Err(Lost::NotStarted(_)) => here(place, source(at)),
                Ok(None) | Err(Lost::Crashed) => here(place, Source::Lost(failure(false))),
                Err(Lost::OutOfTime) => here(place, Source::Lost(failure(true))),
            };
            if let Some(slot) = done.lock().unwrap_or_else(PoisonError::into_inner).get_mut(at) {
                *slot = Some(made);
            }
            Ok(())
        },
    );
    debug_assert!(asked.is_ok(), "nothing above can fail");
    done.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().flatten().collect()
}

/// The parts that the writer of this number wrote.
pub(crate) fn parts<'m>(made: &'m [Made<'m>], writer: usize) -> Vec<WrittenPart<'m>> {
    let parts = made.iter().map(|one| WrittenPart {
        outline: &one.outline,
        bytes: one.written.get(writer).map(Vec::as_slice).unwrap_or_default(),
    });
    parts.collect()
}

/// What was used of each setup, by its number.
pub(crate) fn uses(made: &[Made<'_>], files: &[PathBuf], setups: &Setups) -> BTreeMap<usize, Uses> {
    let mut uses: BTreeMap<usize, Uses> = BTreeMap::new();
    for (one, (_, _, number)) in made.iter().zip(setups.each(files)) {
        uses.entry(number).or_default().add(&one.uses);
    }
    uses
}

/// The exit status: that a document could not be read beats everything.
pub(crate) fn exit(made: &[Made<'_>]) -> Exit {
    if made.iter().any(|one| one.outline.outcome.is_err()) {
        Exit::Unreadable
    } else if made.iter().any(|one| one.found) {
        Exit::Findings
    } else {
        Exit::Clean
    }
}

/// The limits on one document.
fn limits() -> Limits {
    // Every command that reads has the option under this one name.
    let ocr = isolated::given().any(|argument| argument == "--ocr");
    if ocr { ocr::DOCUMENT } else { isolated::DOCUMENT }
}

/// What a document is reported with whose process was ended.
fn failure(out_of_time: bool) -> Failure {
    let message = if out_of_time {
        let seconds = limits().time.as_secs();
        format!("Reading this file was given up after {seconds} seconds, and nothing of it was checked.")
    } else {
        "Something in this file made ehcp-lint stumble or run out of memory, and nothing of it was checked.".to_owned()
    };
    Failure {
        message,
        help: "Open it in the program it was made with, save it under a new name, and check that file. If it is a bundle, \
               check the plan in it as a file of its own."
            .to_owned(),
    }
}

/// One document, whatever happens on the way.
fn one<'s>(file: &Path, source: Source, place: PlaceInRun, setup: &'s Setup, work: &Work) -> Made<'s> {
    let (mut uses, mut found) = (Uses::default(), false);
    let mut entry = if work.judge {
        reading::checked(file, source, &setup.told, &setup.rules, |report| {
            setup.judge(file, report, &mut uses);
            found = report.worst().is_some_and(|worst| setup.fail_on.is_some_and(|floor| worst >= floor));
        })
    } else {
        reading::read(file, source, &setup.told)
    };
    if work.redact {
        entry = entry.redacted(place.number);
    }
    let write = |entry: &Entry<'_>| -> Vec<Vec<u8>> {
        work.writers.iter().map(|(writer, look)| (writer.one)(entry, place, look)).collect()
    };
    // What is read only when it is asked for is read by the writers.
    let written = catch_unwind(AssertUnwindSafe(|| write(&entry))).unwrap_or_else(|_| {
        found = false;
        entry.outcome = Err(reading::stumbled());
        write(&entry)
    });
    Made { outline: Outline::of(&entry), written, uses, found }
}

/// What a process of the pool is told first: how to write. It sees no terminal and must not ask.
fn greeting(work: &Work) -> Message {
    work.writers.iter().fold(Message::default(), |message, (writer, look)| {
        let Look { width, color, unicode, detail } = *look;
        message.text(writer.name).numbers([width, usize::from(color), usize::from(unicode), detail as usize])
    })
}

fn greeted(mut fields: Fields, known: &'static [Writer]) -> Option<Vec<(&'static Writer, Look)>> {
    let mut writers = Vec::new();
    while let Some(name) = fields.text() {
        let &[width, color, unicode, detail] = fields.numbers()?.as_slice() else { return None };
        let detail = [Detail::Less, Detail::Usual, Detail::More].into_iter().find(|known| *known as usize == detail)?;
        let look = Look { width, color: color == 1, unicode: unicode == 1, detail };
        writers.push((known.iter().find(|writer| writer.name == name)?, look));
    }
    Some(writers)
}

fn question(file: &Path, place: PlaceInRun, source: Source) -> Message {
    let message = Message::default().path(file).numbers([place.number, place.of]);
    match source {
        Source::Path => message.text("path"),
        Source::Bytes(bytes) => message.text("bytes").bytes(bytes),
        Source::Lost(Failure { message: why, help }) => message.text("lost").text(&why).text(&help),
    }
}

/// The other end: answers for the command that was given, whose setups `setup_of` makes.
pub(crate) fn serve(
    mut desk: Desk,
    (judge, redact): (bool, bool),
    choice: &ConfigChoice,
    setup_of: impl Fn(Option<Config>) -> Result<Setup, Problem>,
) -> Exit {
    let known = if judge { WRITERS } else { EXTRACT_WRITERS };
    let Some(writers) = desk.greeting().and_then(|fields| greeted(fields, known)) else { return Exit::Usage };
    let work = Work { judge, redact, writers };
    let mut setups = Setups::default();
    desk.serve(|mut fields| {
        let file = fields.path()?;
        let &[number, of] = fields.numbers()?.as_slice() else { return None };
        let source = match fields.text()?.as_str() {
            "path" => Source::Path,
            "bytes" => Source::Bytes(fields.bytes()?),
            _ => Source::Lost(Failure { message: fields.text()?, help: fields.text()? }),
        };
        let setup = setups.number_of(&file, choice, &setup_of).ok()?;
        let made = one(&file, source, PlaceInRun { number, of }, setups.get(setup)?, &work);
        Some(answer(made))
    })
}

fn answer(made: Made<'_>) -> Message {
    let Made { outline: Outline { path, outcome, rules }, written, uses, found } = made;
    let rules: Vec<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
    let mut message = Message::default().text(&path).text(&rules.join("\n"));
    message = message.numbers(uses.asked).numbers(uses.used).number(found.into());
    message = match outcome {
        Ok(Counts { errors, warnings, advice }) => message.text("read").numbers([errors, warnings, advice]),
        Err(Failure { message: why, help }) => message.text("lost").text(&why).text(&help),
    };
    written.into_iter().fold(message, Message::bytes)
}

fn answered(mut fields: Fields, setup: &Setup) -> Option<Made<'_>> {
    let path = fields.text()?;
    let rules = fields.text()?.lines().filter_map(|id| setup.rules.get(id)).collect();
    let uses = Uses { asked: fields.numbers()?.into_iter().collect(), used: fields.numbers()?.into_iter().collect() };
    let found = fields.number()? == 1;
    let outcome = if fields.text()? == "read" {
        let &[errors, warnings, advice] = fields.numbers()?.as_slice() else { return None };
        Ok(Counts { errors, warnings, advice })
    } else {
        Err(Failure { message: fields.text()?, help: fields.text()? })
    };
    let written = std::iter::from_fn(|| fields.bytes()).collect();
    Some(Made { outline: Outline { path, outcome, rules }, written, uses, found })
}
