//! Journal: one line for each file that was read, written whole, so that an audit that is stopped in any way can go on.

use crate::cli::audit::refusal::Refusal;
use crate::cli::problem::{Problem, why};
use crate::cli::reading::sha256;
use ehcp_lint::{FileFacts, NameKey, Record, Terms};
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Its name in the folder of the results.
pub(crate) const NAME: &str = "journal.jsonl";
/// The first word of the first line.
const MARK: &str = "ehcp-lint-audit-2";
/// The first word of the line that says that all files were read.
const END: &str = "end";
/// The first line, with all rules in force, is some ten kilobytes long.
const LONGEST_HEADER: u64 = 1 << 20;

/// An open journal. Nobody else can open it for writing meanwhile.
pub(crate) struct Journal {
    path: PathBuf,
    pen: Mutex<Pen>,
    /// What the audit goes by.
    pub(crate) terms: Terms,
    /// The key for hashes of names.
    pub(crate) key: NameKey,
}

/// The file, and the line that is being written: one buffer for all of them.
struct Pen {
    file: File,
    line: String,
}

/// Where a record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) offset: u64,
    pub(crate) length: u32,
}

/// A line that was found whole: when its file was last changed, where the record stands, and which file it is about.
pub(crate) struct Entry {
    pub(crate) modified: u128,
    pub(crate) place: Place,
    pub(crate) file: FileFacts,
}

impl Journal {
    /// A new journal.
    pub(crate) fn create(folder: &Path, terms: &Terms, key: NameKey) -> Result<Self, Problem> {
        let path = folder.join(NAME);
        let file = options().create(true).open(&path).map_err(|error| failed(&path, &error))?;
        lock(&file, folder)?;
        file.set_len(0).map_err(|error| failed(&path, &error))?;
        let pen = Mutex::new(Pen { file, line: String::new() });
        let journal = Self { path, pen, terms: terms.clone(), key };
        let key = to_hex(&journal.key.0);
        journal.write(&[MARK, " ", &key, " ", &terms.to_line()]).map_err(|error| failed(&journal.path, &error))?;
        Ok(journal)
    }

    /// The journal of an audit that was begun.
    pub(crate) fn open(folder: &Path) -> Result<Self, Problem> {
        let path = folder.join(NAME);
        let file = options().open(&path).map_err(|error| failed(&path, &error))?;
        lock(&file, folder)?;
        let mut first = String::new();
        let read = BufReader::new(&file).take(LONGEST_HEADER).read_line(&mut first);
        // Bytes that are no text are no header either.
        if let Err(error) =
            read.or_else(|error| if error.kind() == io::ErrorKind::InvalidData { Ok(0) } else { Err(error) })
        {
            return Err(failed(&path, &error));
        }
        let parts: Vec<&str> = checked(&first).unwrap_or_default().splitn(3, ' ').collect();
        let header = match parts.as_slice() {
            [MARK, key, terms] => {
                let key = of_hex(key).and_then(|key| key.try_into().ok()).map(NameKey);
                Terms::of_line(terms).zip(key)
            }
            _ => None,
        };
        let (terms, key) = header.ok_or_else(|| Refusal::NoJournal(folder.display().to_string()))?;
        Ok(Self { path, pen: Mutex::new(Pen { file, line: String::new() }), terms, key })
    }

    /// Adds a record, as its line.
    pub(crate) fn add(&self, record: &str, modified: u128) -> Result<(), Problem> {
        self.write(&[&modified.to_string(), "\t", record]).map_err(|error| failed(&self.path, &error))
    }

    /// Says that all files of a part were read; `gone` are those that were read once and are no more.
    pub(crate) fn end(&self, gone: &[String]) -> Result<(), Problem> {
        let gone: Vec<String> = gone.iter().map(|name| to_hex(name.as_bytes())).collect();
        self.write(&[END, " ", &gone.join(" ")]).map_err(|error| failed(&self.path, &error))
    }

    /// Hands over every whole record, in the order in which they were written, and cuts off what was torn. Where all files
    /// were read, the names of those that are gone.
    pub(crate) fn each(&self, mut take: impl FnMut(Entry)) -> Result<Option<Vec<String>>, Problem> {
        let (good, ended) = self.read(&mut take).map_err(|error| failed(&self.path, &error))?;
        let pen = self.pen.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        pen.file.set_len(good).map_err(|error| failed(&self.path, &error))?;
        Ok(ended)
    }

    fn read(&self, take: &mut impl FnMut(Entry)) -> io::Result<(u64, Option<Vec<String>>)> {
        let mut lines = BufReader::new(File::open(&self.path)?);
        let mut good = 0;
        // Parts can be put together to one, so that one ends before another begins.
        let (mut gone, mut ended) = (Vec::new(), false);
        let mut line = String::new();
        loop {
            line.clear();
            // A torn line can end in the middle of a letter.
            let read = match lines.read_line(&mut line) {
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::InvalidData => break,
                Err(error) => return Err(error),
            };
            let Some(text) = checked(&line) else { break };
            if let Some(names) = text.strip_prefix(END) {
                gone.extend(names.split_whitespace().filter_map(|name| String::from_utf8(of_hex(name)?).ok()));
                ended = true;
            } else if let Some((modified, text)) = text.split_once('\t') {
                let entry = modified.parse().ok().zip(FileFacts::of_line(text));
                let Some((modified, file)) = entry else { break };
                ended = false;
                let behind = (read - CHECK - 1).saturating_sub(text.len()) as u64;
                let place =
                    Place { offset: good + CHECK as u64 + behind, length: u32::try_from(text.len()).unwrap_or(0) };
                take(Entry { modified, place, file });
            }
            good += read as u64;
        }
        Ok((good, ended.then_some(gone)))
    }

    /// A reader of records by their places.
    pub(crate) fn reader(&self) -> Result<Reader, Problem> {
        Ok(Reader {
            file: File::open(&self.path).map_err(|error| failed(&self.path, &error))?,
            path: self.path.clone(),
            text: Vec::new(),
        })
    }

    /// Takes the journal away, as it holds hashes of names.
    pub(crate) fn remove(self) -> Result<(), Problem> {
        fs::remove_file(&self.path).map_err(|error| failed(&self.path, &error))
    }

    /// One line, in one go: its check, the text, a line break.
    fn write(&self, text: &[&str]) -> io::Result<()> {
        let mut pen = self.pen.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let Pen { file, line } = &mut *pen;
        line.clear();
        line.extend(std::iter::repeat_n(' ', CHECK));
        line.extend(text.iter().copied());
        let sum = check(line.get(CHECK..).unwrap_or_default());
        line.replace_range(..sum.len(), &sum);
        line.push('\n');
        file.seek(SeekFrom::End(0))?;
        file.write_all(line.as_bytes())
    }
}

/// Reads records by their places.
pub(crate) struct Reader {
    file: File,
    path: PathBuf,
    /// The last line that was read: one buffer for all of them.
    text: Vec<u8>,
}

impl Reader {
    /// The record at a place.
    pub(crate) fn record(&mut self, place: Place) -> Result<Record, Problem> {
        self.text.resize(place.length as usize, 0);
        let read = self.file.seek(SeekFrom::Start(place.offset)).and_then(|_| self.file.read_exact(&mut self.text));
        read.map_err(|error| failed(&self.path, &error))?;
        std::str::from_utf8(&self.text).ok().and_then(Record::of_line).ok_or_else(|| Problem::NotWritten {
            path: self.path.display().to_string(),
            why: "it changed while it was read".to_owned(),
        })
    }
}

/// Characters of a check and of the space after it.
const CHECK: usize = 17;

fn check(text: &str) -> String {
    sha256(text.as_bytes()).chars().take(CHECK - 1).collect()
}

/// The text of a line that is whole.
fn checked(line: &str) -> Option<&str> {
    let (sum, text) = line.strip_suffix('\n')?.split_once(' ')?;
    (sum == check(text)).then_some(text)
}

/// Bytes as digits.
fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn of_hex(hex: &str) -> Option<Vec<u8>> {
    let digits = hex.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
    digits.collect()
}

/// Only the user may read it: it holds names of files and hashes of names.
fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn lock(file: &File, folder: &Path) -> Result<(), Problem> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(Refusal::Busy(folder.display().to_string()).into()),
        // Where a disk knows no locks there are none to mind.
        _ => Ok(()),
    }
}

fn failed(path: &Path, error: &io::Error) -> Problem {
    Problem::NotWritten { path: path.display().to_string(), why: why(error) }
}
