//! Spill: entries brought into order with little memory: sorted runs on disk, merged as streams.

use crate::cli::problem::{Problem, why};
use std::cmp::Reverse;
use std::collections::binary_heap::{BinaryHeap, PeekMut};
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Bytes that are held in memory before they go to disk.
const HELD: usize = 128 << 10;
/// So many runs are merged to one.
const RUNS: usize = 16;
/// Bytes that are read of a run at once.
const READ: usize = 16 << 10;
/// Files of this process are numbered, so that what is still read is never written over by what bears the same name.
static FILES: AtomicUsize = AtomicUsize::new(0);
/// A room is called so, with the number of its process between.
const FRONT: &str = "spill-";
const END: &str = ".part";
/// Before an entry stands how long it is.
const LENGTH: usize = 4;

/// The folder for what does not fit into memory, within that of the results.
pub(crate) struct Room(PathBuf);

impl Room {
    /// The room of this process. Nothing is made before it is needed.
    pub(crate) fn of(out: &Path) -> Self {
        Self(out.join(format!("{FRONT}{}{END}", std::process::id())))
    }

    /// Takes away what an audit left that was ended here. The folder must be this process's own.
    pub(crate) fn sweep(&self) {
        let entries = self.0.parent().and_then(|out| fs::read_dir(out).ok()).into_iter().flatten().flatten();
        for entry in
            entries.filter(|entry| entry.path() != self.0 && Self::is_one(&entry.file_name().to_string_lossy()))
        {
            let _ = fs::remove_dir_all(entry.path());
        }
    }

    /// Takes away everything in it, before the results look whole: nothing is read from it again.
    pub(crate) fn clear(&self) {
        let _ = fs::remove_dir_all(&self.0);
    }

    /// Whether a file of this name is a room.
    pub(crate) fn is_one(name: &str) -> bool {
        let number = name.strip_prefix(FRONT).and_then(|name| name.strip_suffix(END));
        number.is_some_and(|number| number.parse::<u32>().is_ok())
    }

    /// No entries yet.
    pub(crate) fn spill(&self, name: &'static str) -> Spill {
        Spill::new(&self.0, name)
    }

    /// A new file to write to and read from.
    pub(crate) fn file(&self, name: &str) -> io::Result<File> {
        fs::create_dir_all(&self.0)?;
        File::options().read(true).write(true).create(true).truncate(true).open(self.0.join(name))
    }

    /// Why something could not be kept here.
    pub(crate) fn failed(&self, error: &io::Error) -> Problem {
        Problem::NotWritten { path: self.0.display().to_string(), why: why(error) }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.clear();
    }
}

/// Entries to be ordered by their bytes. What it holds in memory has a bound, however many there are.
pub(crate) struct Spill {
    folder: PathBuf,
    name: &'static str,
    /// Entries, each after its length.
    held: Vec<u8>,
    /// Where in `held` each begins.
    starts: Vec<u32>,
    /// Runs on disk: those of one level are merged to one of the next.
    levels: Vec<Vec<PathBuf>>,
}

impl Spill {
    /// No entries yet. Files are made in the folder only when they are needed, and taken away at the end.
    fn new(folder: &Path, name: &'static str) -> Self {
        Self { folder: folder.to_owned(), name, held: Vec::new(), starts: Vec::new(), levels: Vec::new() }
    }

    /// Adds an entry.
    pub(crate) fn push(&mut self, entry: &[u8]) -> io::Result<()> {
        if self.held.len() + LENGTH + entry.len() > HELD && !self.held.is_empty() {
            self.write()?;
        }
        let (start, length) = (u32::try_from(self.held.len()), u32::try_from(entry.len()));
        let (Ok(start), Ok(length)) = (start, length) else {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "an entry is too long"));
        };
        // Room doubles, but for no more than is held.
        let (needed, most) = (LENGTH + entry.len(), HELD.saturating_sub(self.held.len()));
        if self.held.capacity() - self.held.len() < needed {
            self.held.reserve_exact(self.held.len().min(most).max(needed));
        }
        self.starts.push(start);
        self.held.extend_from_slice(&length.to_le_bytes());
        self.held.extend_from_slice(entry);
        Ok(())
    }

    /// All entries in order.
    pub(crate) fn sorted(mut self) -> io::Result<Sorted> {
        if self.levels.is_empty() {
            self.order();
            let (held, starts) = (std::mem::take(&mut self.held), std::mem::take(&mut self.starts));
            return Ok(Sorted { held, starts, file: None });
        }
        self.write()?;
        (self.held, self.starts) = (Vec::new(), Vec::new());
        // From the least level, which has the shortest runs, to the last.
        for level in 0..self.levels.len() {
            self.merge(level)?;
        }
        let file = self.levels.last_mut().and_then(Vec::pop);
        Ok(Sorted { held: Vec::new(), starts: Vec::new(), file })
    }

    fn order(&mut self) {
        let held = &self.held;
        let mut keyed: Vec<(u128, u32)> = self.starts.iter().map(|&start| (front(entry(held, start)), start)).collect();
        keyed.sort_unstable_by(|(one_front, one), (other_front, other)| {
            one_front.cmp(other_front).then_with(|| entry(held, *one).cmp(entry(held, *other)))
        });
        self.starts.clear();
        self.starts.extend(keyed.iter().map(|(_, start)| start));
    }

    /// Writes what is held as a run.
    fn write(&mut self) -> io::Result<()> {
        self.order();
        let path = self.path()?;
        let mut file = BufWriter::new(File::create(&path)?);
        self.keep(0, path);
        for &start in &self.starts {
            put(&mut file, entry(&self.held, start))?;
        }
        file.flush()?;
        self.held.clear();
        self.starts.clear();
        let mut level = 0;
        while self.levels.get(level).is_some_and(|runs| runs.len() >= RUNS) {
            self.merge(level)?;
            level += 1;
        }
        Ok(())
    }

    /// Makes one run of the next level of all runs of a level; of the last level, if it has one run alone, nothing.
    fn merge(&mut self, level: usize) -> io::Result<()> {
        let runs = self.levels.get(level).map_or(&[][..], Vec::as_slice);
        match runs {
            [] => return Ok(()),
            [_] if level + 1 == self.levels.len() => return Ok(()),
            _ => {}
        }
        let mut sources = runs.iter().map(|run| Source::open(run)).collect::<io::Result<Vec<Source>>>()?;
        let path = self.path()?;
        let mut file = BufWriter::new(File::create(&path)?);
        self.keep(level + 1, path);
        let mut heap = BinaryHeap::new();
        for (at, source) in sources.iter_mut().enumerate() {
            let mut first = Vec::new();
            if source.next(&mut first)? {
                heap.push(Reverse((front(&first), first, at)));
            }
        }
        while let Some(mut least) = heap.peek_mut() {
            let Reverse((before, bytes, at)) = &mut *least;
            put(&mut file, bytes)?;
            let more = sources.get_mut(*at).map_or(Ok(false), |source| source.next(bytes))?;
            if more {
                *before = front(bytes);
            } else {
                PeekMut::pop(least);
            }
        }
        file.flush()?;
        for run in self.levels.get_mut(level).map(std::mem::take).unwrap_or_default() {
            let _ = fs::remove_file(run);
        }
        Ok(())
    }

    fn keep(&mut self, level: usize, run: PathBuf) {
        if self.levels.len() <= level {
            self.levels.resize(level + 1, Vec::new());
        }
        if let Some(runs) = self.levels.get_mut(level) {
            runs.push(run);
        }
    }

    fn path(&self) -> io::Result<PathBuf> {
        fs::create_dir_all(&self.folder)?;
        Ok(self.folder.join(format!("{}-{}", self.name, FILES.fetch_add(1, Ordering::Relaxed))))
    }
}

impl Drop for Spill {
    fn drop(&mut self) {
        for run in self.levels.iter().flatten() {
            let _ = fs::remove_file(run);
        }
    }
}

/// Entries in order, to be gone through as often as one likes.
pub(crate) struct Sorted {
    held: Vec<u8>,
    starts: Vec<u32>,
    file: Option<PathBuf>,
}

impl Sorted {
    /// The entries from the first on.
    pub(crate) fn stream(&self) -> io::Result<Stream<'_>> {
        let source = self.file.as_deref().map(Source::open).transpose()?;
        Ok(Stream { of: self, at: 0, source, entry: Vec::new() })
    }
}

impl Drop for Sorted {
    fn drop(&mut self) {
        if let Some(file) = &self.file {
            let _ = fs::remove_file(file);
        }
    }
}

/// Goes through entries.
pub(crate) struct Stream<'s> {
    of: &'s Sorted,
    at: usize,
    source: Option<Source>,
    entry: Vec<u8>,
}

impl Stream<'_> {
    /// The next entry.
    pub(crate) fn next(&mut self) -> io::Result<Option<&[u8]>> {
        if let Some(source) = &mut self.source {
            return Ok(if source.next(&mut self.entry)? { Some(&self.entry) } else { None });
        }
        let start = self.of.starts.get(self.at).copied();
        self.at += 1;
        Ok(start.map(|start| entry(&self.of.held, start)))
    }

    /// The next entry as what it stands for.
    pub(crate) fn next_as<T>(&mut self, read: impl Fn(&[u8]) -> Option<T>) -> io::Result<Option<T>> {
        Ok(self.next()?.and_then(read))
    }
}

/// A run on disk that is read.
struct Source(BufReader<File>);

impl Source {
    fn open(run: &Path) -> io::Result<Self> {
        Ok(Self(BufReader::with_capacity(READ, File::open(run)?)))
    }

    /// Reads the next entry; whether there was one.
    fn next(&mut self, entry: &mut Vec<u8>) -> io::Result<bool> {
        let mut length = [0; LENGTH];
        match self.0.read_exact(&mut length) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(false),
            other => other?,
        }
        entry.resize(u32::from_le_bytes(length) as usize, 0);
        self.0.read_exact(entry)?;
        Ok(true)
    }
}

fn put(file: &mut impl io::Write, entry: &[u8]) -> io::Result<()> {
    let length = u32::try_from(entry.len()).unwrap_or(u32::MAX);
    file.write_all(&length.to_le_bytes())?;
    file.write_all(entry)
}

/// The first sixteen bytes as a number: where they differ, the order of two entries is told without looking further.
fn front(entry: &[u8]) -> u128 {
    let whole = entry.first_chunk().copied().unwrap_or_else(|| {
        let mut padded = [0; 16];
        padded.iter_mut().zip(entry).for_each(|(place, byte)| *place = *byte);
        padded
    });
    u128::from_be_bytes(whole)
}

/// The entry that begins here.
fn entry(held: &[u8], start: u32) -> &[u8] {
    let from = held.get(start as usize..).unwrap_or_default();
    let Some((length, rest)) = from.split_first_chunk::<LENGTH>() else { return &[] };
    rest.get(..u32::from_le_bytes(*length) as usize).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers as words of different lengths, so that order by bytes is not order by length.
    fn check(name: &'static str, numbers: u32, every: u32) {
        let folder = std::env::temp_dir().join(format!("ehcp-lint-spill-{}-{name}", std::process::id()));
        let mut spill = Spill::new(&folder, name);
        let mut expected: Vec<Vec<u8>> = Vec::new();
        for number in 0..numbers {
            let entry = number.wrapping_mul(2_654_435_769).to_string().into_bytes();
            spill.push(&entry).expect("written");
            expected.push(entry);
            if every > 0 && number % every == 0 {
                spill.write().expect("written");
            }
        }
        expected.sort();
        let sorted = spill.sorted().expect("sorted");
        for _ in 0..2 {
            let (mut stream, mut found) = (sorted.stream().expect("open"), Vec::new());
            while let Some(entry) = stream.next().expect("read") {
                found.push(entry.to_vec());
            }
            assert!(found == expected, "{name}");
        }
        let files = || fs::read_dir(&folder).map_or(0, Iterator::count);
        assert!(files() <= 1, "runs that were merged are gone");
        drop(sorted);
        assert_eq!(files(), 0);
        let _ = fs::remove_dir(&folder);
    }

    #[test]
    fn comes_back_in_order_from_memory_and_disk() {
        check("empty", 0, 0);
        check("memory", 1000, 0);
        check("one run", 1000, 999);
        check("runs", 1000, 300);
        check("levels", 3000, 10);
        check("full", 100_000, 0);
    }
}
