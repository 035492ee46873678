//! Spill: entries of a fixed size, brought into order with little memory: what is too much is held on disk meanwhile.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// Entries are parted by the first six bits: hashes stand first in them, so the parts are of one size.
const PARTS: usize = 64;
/// Bytes that are held in memory before they go to disk.
const HELD: usize = 1 << 20;

/// Entries to be ordered.
pub(crate) struct Spill {
    folder: PathBuf,
    name: &'static str,
    size: usize,
    held: usize,
    parts: Vec<Vec<u8>>,
    on_disk: bool,
}

impl Spill {
    /// No entries yet. Files are made in the folder only when they are needed, and taken away at the end.
    pub(crate) fn new(folder: &Path, name: &'static str, size: usize) -> Self {
        Self { folder: folder.to_owned(), name, size, held: 0, parts: vec![Vec::new(); PARTS], on_disk: false }
    }

    /// Adds an entry.
    pub(crate) fn push(&mut self, entry: &[u8]) -> io::Result<()> {
        debug_assert_eq!(entry.len(), self.size, "entries of one size");
        let part = usize::from(entry.first().copied().unwrap_or(0) >> 2);
        if let Some(part) = self.parts.get_mut(part) {
            part.extend_from_slice(entry);
            self.held += entry.len();
        }
        if self.held >= HELD { self.write() } else { Ok(()) }
    }

    /// Hands over all entries in order, a part at a time: entries that begin alike are always in one part.
    pub(crate) fn each(&self, mut take: impl FnMut(&[&[u8]]) -> io::Result<()>) -> io::Result<()> {
        for (number, held) in self.parts.iter().enumerate() {
            let mut bytes = Vec::new();
            if self.on_disk && self.path(number).exists() {
                File::open(self.path(number))?.read_to_end(&mut bytes)?;
            }
            bytes.extend_from_slice(held);
            let mut entries: Vec<&[u8]> = bytes.chunks_exact(self.size).collect();
            entries.sort_unstable();
            take(&entries)?;
        }
        Ok(())
    }

    fn write(&mut self) -> io::Result<()> {
        self.on_disk = true;
        fs::create_dir_all(&self.folder)?;
        for number in 0..PARTS {
            let path = self.path(number);
            if let Some(part) = self.parts.get_mut(number).filter(|part| !part.is_empty()) {
                OpenOptions::new().create(true).append(true).open(path)?.write_all(part)?;
                part.clear();
            }
        }
        self.held = 0;
        Ok(())
    }

    fn path(&self, part: usize) -> PathBuf {
        self.folder.join(format!("{}-{part:02}", self.name))
    }
}

impl Drop for Spill {
    fn drop(&mut self) {
        for number in (0..PARTS).filter(|_| self.on_disk) {
            let _ = fs::remove_file(self.path(number));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comes_back_in_order_from_memory_and_disk() {
        let folder = std::env::temp_dir().join(format!("ehcp-lint-spill-{}", std::process::id()));
        let mut spill = Spill::new(&folder, "test", 4);
        let numbers = (0..1000u32).map(|number| number.wrapping_mul(2_654_435_769));
        for (at, number) in numbers.clone().enumerate() {
            spill.push(&number.to_be_bytes()).expect("written");
            if at % 300 == 0 {
                spill.write().expect("written");
            }
        }
        let mut found = Vec::new();
        spill
            .each(|part| {
                found.extend(part.iter().map(|entry| u32::from_be_bytes((*entry).try_into().expect("four bytes"))));
                Ok(())
            })
            .expect("read");
        let mut expected: Vec<u32> = numbers.collect();
        expected.sort_unstable();
        assert_eq!(found, expected);
        drop(spill);
        assert_eq!(fs::read_dir(&folder).expect("the folder").count(), 0);
        fs::remove_dir(&folder).expect("an empty folder");
    }
}
