//! Items: which records of the journals are gathered, in the order of their names, and which of them are copies.

use crate::cli::audit::find::{Files, Listing, named, parted};
use crate::cli::audit::journal::{Entry, Journal, Place};
use crate::cli::audit::spill::{Room, Sorted, Spill, Stream};
use crate::cli::problem::Problem;
use std::io;

/// A record to be gathered: its name, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) name: String,
    /// The number of its journal.
    pub(crate) journal: u32,
    /// Of two readings of one file, the later has the larger number.
    pub(crate) reading: u64,
    pub(crate) place: Place,
    /// The beginning of the hash of its file; nothing where its bytes could not be had.
    pub(crate) hash: u64,
}

impl Item {
    /// The item of a line of a journal.
    pub(crate) fn of(entry: &Entry, journal: u32) -> Self {
        Self {
            name: entry.file.name.clone(),
            journal,
            reading: entry.place.offset,
            place: entry.place,
            hash: u64::from_str_radix(entry.file.id(), 16).unwrap_or(0),
        }
    }

    /// As bytes whose order is that of names, journals and readings.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut more = Vec::with_capacity(32);
        more.extend(self.journal.to_be_bytes());
        more.extend(self.reading.to_be_bytes());
        more.extend(self.place.offset.to_be_bytes());
        more.extend(self.place.length.to_be_bytes());
        more.extend(self.hash.to_be_bytes());
        named(&self.name, &more)
    }

    /// From such bytes.
    pub(crate) fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let (name, more) = parted(bytes)?;
        let (journal, more) = more.split_first_chunk()?;
        let (reading, more) = more.split_first_chunk()?;
        let (offset, more) = more.split_first_chunk()?;
        let (length, more) = more.split_first_chunk()?;
        Some(Self {
            name: String::from_utf8_lossy(name).into_owned(),
            journal: u32::from_be_bytes(*journal),
            reading: u64::from_be_bytes(*reading),
            place: Place { offset: u64::from_be_bytes(*offset), length: u32::from_be_bytes(*length) },
            hash: u64::from_be_bytes(more.try_into().ok()?),
        })
    }
}

/// Items, in the order of their names.
pub(crate) struct Items {
    sorted: Sorted,
    /// How many there are.
    pub(crate) count: usize,
    /// Those whose bytes came before: their number, and how often.
    copies: Sorted,
}

impl Items {
    /// The items from the first on, each with the number of those before it that have the same bytes.
    pub(crate) fn stream(&self) -> io::Result<ItemStream<'_>> {
        let mut copies = self.copies.stream()?;
        let next = copies.next_as(pair)?;
        Ok(ItemStream { items: self.sorted.stream()?, number: 0, copies, next })
    }
}

/// Goes through items.
pub(crate) struct ItemStream<'i> {
    items: Stream<'i>,
    number: u64,
    copies: Stream<'i>,
    next: Option<(u64, u64)>,
}

impl ItemStream<'_> {
    /// The next item, and how often its bytes came before.
    pub(crate) fn next(&mut self) -> io::Result<Option<(Item, u64)>> {
        let Some(item) = self.items.next_as(Item::of_bytes)? else { return Ok(None) };
        let mut before = 0;
        if let Some((_, times)) = self.next.filter(|(number, _)| *number == self.number) {
            before = times;
            self.next = self.copies.next_as(pair)?;
        }
        self.number += 1;
        Ok(Some((item, before)))
    }
}

/// Items that are being collected, each name once, in their order.
pub(crate) struct Collected<'r> {
    room: &'r Room,
    items: Spill,
    hashes: Spill,
    count: usize,
}

impl<'r> Collected<'r> {
    pub(crate) fn new(room: &'r Room) -> Self {
        Self { room, items: room.spill("items"), hashes: room.spill("hashes"), count: 0 }
    }

    pub(crate) fn push(&mut self, item: &Item) -> io::Result<()> {
        if item.hash != 0 {
            self.hashes.push(&[item.hash.to_be_bytes(), (self.count as u64).to_be_bytes()].concat())?;
        }
        self.count += 1;
        self.items.push(&item.to_bytes())
    }

    pub(crate) fn items(self) -> io::Result<Items> {
        let hashes = self.hashes.sorted()?;
        let mut copies = self.room.spill("copies");
        let mut stream = hashes.stream()?;
        let (mut last, mut times) = (None, 0u64);
        while let Some((hash, number)) = stream.next_as(pair)? {
            times = if last.replace(hash) == Some(hash) { times + 1 } else { 0 };
            if times > 0 {
                copies.push(&[number.to_be_bytes(), times.to_be_bytes()].concat())?;
            }
        }
        Ok(Items { sorted: self.items.sorted()?, count: self.count, copies: copies.sorted()? })
    }
}

fn pair(bytes: &[u8]) -> Option<(u64, u64)> {
    let (one, other) = bytes.split_first_chunk()?;
    Some((u64::from_be_bytes(*one), u64::from_be_bytes(other.try_into().ok()?)))
}

/// Everything that stands in a journal, by name; of a file that was read twice, the later reading comes later.
pub(crate) fn readings(
    journal: &Journal,
    room: &Room,
    mut also: impl FnMut(&Entry) -> Vec<u8>,
) -> Result<Sorted, Problem> {
    let mut spill = room.spill("readings");
    let mut failed = None;
    journal.each(|entry| {
        if let Err(error) = spill.push(&also(&entry)) {
            failed.get_or_insert(error);
        }
    })?;
    failed.map_or_else(|| spill.sorted(), Err).map_err(|error| room.failed(&error))
}

/// Goes through what stands in a journal beside the files that were found.
struct Beside<'s, T> {
    stream: Stream<'s>,
    read: fn(&[u8]) -> Option<(String, T)>,
    next: Option<(String, T)>,
}

impl<'s, T> Beside<'s, T> {
    fn new(sorted: &'s Sorted, read: fn(&[u8]) -> Option<(String, T)>) -> io::Result<Self> {
        let mut stream = sorted.stream()?;
        let next = stream.next_as(read)?;
        Ok(Self { stream, read, next })
    }

    /// The last that stands there under this name; `other` gets the names that were passed over. Names are asked for in
    /// their order.
    fn last(&mut self, name: Option<&str>, mut other: impl FnMut(&str)) -> io::Result<Option<T>> {
        let mut last = None;
        while let Some((known, what)) = self.next.take() {
            match name {
                Some(name) if known.as_str() > name => {
                    self.next = Some((known, what));
                    break;
                }
                Some(name) if known == name => last = Some(what),
                _ => other(&known),
            }
            self.next = self.stream.next_as(self.read)?;
        }
        Ok(last)
    }
}

/// The items of the files that were found; those that were not read yet are left out.
pub(crate) fn of_files(journal: &Journal, files: &Files, room: &Room) -> Result<Items, Problem> {
    let readings = readings(journal, room, |entry| Item::of(entry, 0).to_bytes())?;
    let collect = || {
        let named = |bytes: &[u8]| Item::of_bytes(bytes).map(|item| (item.name.clone(), item));
        let mut beside = Beside::new(&readings, named)?;
        let mut collected = Collected::new(room);
        let mut stream = files.stream()?;
        while let Some(file) = stream.next()? {
            if let Some(item) = beside.last(Some(&file.name), |_| {})? {
                collected.push(&item)?;
            }
        }
        collected.items()
    };
    collect().map_err(|error| room.failed(&error))
}

/// The names of files that were read once and were not found again.
pub(crate) fn gone(journal: &Journal, files: &Files, room: &Room) -> Result<Vec<String>, Problem> {
    let readings = readings(journal, room, |entry| named(&entry.file.name, &[]))?;
    let look = || {
        let mut beside = Beside::new(&readings, |bytes| {
            let (name, _) = parted(bytes)?;
            Some((String::from_utf8_lossy(name).into_owned(), ()))
        })?;
        let mut gone: Vec<String> = Vec::new();
        let mut take = |name: &str| {
            if gone.last().is_none_or(|last| last != name) {
                gone.push(name.to_owned());
            }
        };
        let mut stream = files.stream()?;
        while let Some(file) = stream.next()? {
            beside.last(Some(&file.name), &mut take)?;
        }
        beside.last(None, &mut take)?;
        Ok(gone)
    };
    look().map_err(|error: io::Error| room.failed(&error))
}

/// The files that are still to be read: those that are not in the journal, or were changed since. `changed` says when a file
/// was last changed, and its size.
pub(crate) fn left(
    journal: &Journal,
    files: &Files,
    room: &Room,
    changed: impl Fn(&std::path::Path) -> (u128, u64),
) -> Result<Files, Problem> {
    let readings = readings(journal, room, |entry| {
        let more =
            [&entry.place.offset.to_be_bytes()[..], &entry.modified.to_be_bytes(), &entry.file.bytes.to_be_bytes()];
        named(&entry.file.name, &more.concat())
    })?;
    let look = || {
        let mut beside = Beside::new(&readings, |bytes| {
            let (name, more) = parted(bytes)?;
            let (_, more) = more.split_first_chunk::<8>()?;
            let (modified, size) = more.split_first_chunk()?;
            let then = (u128::from_be_bytes(*modified), u64::from_be_bytes(size.try_into().ok()?));
            Some((String::from_utf8_lossy(name).into_owned(), then))
        })?;
        let mut left = Listing::new(room);
        let mut stream = files.stream()?;
        while let Some(file) = stream.next()? {
            if beside.last(Some(&file.name), |_| {})? != Some(changed(&file.path)) {
                left.push(&file.name, &file.path)?;
            }
        }
        left.files()
    };
    look().map_err(|error| room.failed(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(name: &str, hash: u64) -> Item {
        let place = Place { offset: 1 << 40, length: 7 };
        Item { name: name.to_owned(), journal: 3, reading: 1 << 40, place, hash }
    }

    #[test]
    fn items_come_in_order_with_how_often_their_bytes_came_before() {
        let room = Room::of(&std::env::temp_dir().join("ehcp-lint-items"));
        let mut collected = Collected::new(&room);
        for (name, hash) in [("a", 5), ("a b", 0), ("a/b", 5), ("b", 9), ("\u{e4}", 5), ("\u{f6}", 0)] {
            let one = item(name, hash);
            assert_eq!(Item::of_bytes(&one.to_bytes()), Some(one.clone()));
            collected.push(&one).expect("kept");
        }
        let items = collected.items().expect("sorted");
        let (mut stream, mut found) = (items.stream().expect("open"), Vec::new());
        while let Some((item, before)) = stream.next().expect("read") {
            found.push((item.name, before));
        }
        let found: Vec<(&str, u64)> = found.iter().map(|(name, before)| (name.as_str(), *before)).collect();
        assert_eq!(found, [("a", 0), ("a b", 0), ("a/b", 1), ("b", 0), ("\u{e4}", 2), ("\u{f6}", 0)]);
    }

    #[test]
    fn a_name_comes_before_those_that_begin_with_it() {
        let mut all = ["b", "a/b", "a", "a b"].map(|name| item(name, 1).to_bytes());
        all.sort();
        let names: Vec<String> = all.iter().filter_map(|bytes| Item::of_bytes(bytes)).map(|item| item.name).collect();
        assert_eq!(names, ["a", "a b", "a/b", "b"]);
        assert!(Room::is_one("spill-12.part") && !Room::is_one("spill-of-mine.part") && !Room::is_one("spill-.part"));
    }
}
