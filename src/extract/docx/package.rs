//! The package: entries of the zip by name, within limits, and the relationships between them.

use super::encoding::Written;
use super::known_parts::{KnownParts, Packed};
use super::names::Tag;
use super::tree::{Fault, Tree};
use crate::extract::{ExtractError, View};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::Arc;
use zip::ZipArchive;
use zip::result::ZipError;

const ENTRIES: usize = 10_000;
/// The text of 5,000 pages and more.
const PART_BYTES: u64 = 64 << 20;
const MOST_AT_ONCE: usize = 4 << 20;
const ALL_BYTES: u64 = 256 << 20;

/// An open package.
pub(crate) struct Package<'b> {
    packed: &'b [u8],
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Entry by name, in lower case, with `/` between folders.
    entries: BTreeMap<String, usize>,
    /// How many more bytes may be unpacked.
    left: u64,
    view: View,
}

/// One relationship of a part.
#[derive(Debug)]
pub(crate) struct Relation {
    pub(crate) id: String,
    /// The last word of its type, the same in transitional and strict files: `styles`, `header`.
    pub(crate) role: String,
    /// Name of the part that it leads to; `None` where that is outside the package.
    pub(crate) target: Option<String>,
}

impl<'b> Package<'b> {
    pub(crate) fn open(bytes: &'b [u8], view: View) -> Result<Self, ExtractError> {
        Self::open_within(bytes, ALL_BYTES, view)
    }

    /// Opens a package inside this one, reads it, and charges this one with what it unpacked.
    pub(super) fn inside<T>(
        &mut self,
        bytes: &[u8],
        read: impl FnOnce(&mut Package<'_>) -> Result<T, ExtractError>,
    ) -> Result<T, ExtractError> {
        let mut inner = Package::open_within(bytes, self.left, self.view)?;
        let result = read(&mut inner);
        self.left = inner.left;
        result
    }

    fn open_within(bytes: &'b [u8], left: u64, view: View) -> Result<Self, ExtractError> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| damaged("it is not complete, or its table of contents is broken"))?;
        if archive.len() > ENTRIES {
            return Err(ExtractError::TooLarge { what: "it has more than 10,000 parts" });
        }
        let names = archive.file_names_raw().enumerate();
        let entries = names.map(|(at, name)| (levelled(&String::from_utf8_lossy(name)), at)).collect();
        Ok(Self { packed: bytes, archive, entries, left, view })
    }

    /// Name of the main part.
    pub(crate) fn main_part(&mut self) -> Result<String, ExtractError> {
        let relations = self.relations("").unwrap_or_default();
        let main = relations.into_iter().find(|relation| relation.role == "officedocument").and_then(|r| r.target);
        let main = main.filter(|name| self.holds(name)).or_else(|| self.main_by_content_type());
        match main {
            Some(name) if !name.starts_with("xl/") && !name.starts_with("ppt/") => Ok(name),
            _ if self.holds("word/document.xml") => Ok("word/document.xml".to_owned()),
            _ => Err(self.relative()),
        }
    }

    /// The parts, by name.
    pub(super) fn part_names(&self) -> Vec<String> {
        self.entries.keys().cloned().collect()
    }

    fn holds(&self, name: &str) -> bool {
        self.entries.contains_key(name)
    }

    /// The part that the list of content types calls the main part of a Word document.
    fn main_by_content_type(&mut self) -> Option<String> {
        let types = self.tree("[content_types].xml").ok()?;
        let main = types.all(Tag::Override).find(|&at| {
            types.attribute(at, "ContentType").is_some_and(|of| of.contains("word") && of.ends_with(".main+xml"))
        })?;
        let name = levelled(&types.attribute(main, "PartName")?);
        self.holds(&name).then_some(name)
    }

    /// What this is, when it is no Word document.
    fn relative(&mut self) -> ExtractError {
        const SAVE_AS: &str =
            "Open it in the program it was made with, choose Save As, save it as .docx or PDF, and check that file.";
        let starts = |folder: &str| self.entries.keys().any(|name| name.starts_with(folder));
        let (what, todo) = if starts("xl/") {
            ("a spreadsheet (.xlsx)", SAVE_AS)
        } else if starts("ppt/") {
            ("a presentation (.pptx)", SAVE_AS)
        } else if starts("word/") {
            return damaged("its main part is not in it");
        } else {
            match self.bytes("mimetype").as_deref() {
                Ok(kind) if kind.starts_with(b"application/epub") => ("an e-book (.epub)", SAVE_AS),
                Ok(kind) if kind.starts_with(b"application/vnd.oasis") => ("an OpenDocument file", SAVE_AS),
                _ => ("a ZIP archive and no Word document", "Unpack it, and check the plan that is in it."),
            }
        };
        ExtractError::Relative { what, todo }
    }

    /// Unpacks a part.
    pub(crate) fn bytes(&mut self, name: &str) -> Result<Vec<u8>, Fault> {
        let entry = self.entry(name).ok_or(Fault::Damaged("one of its parts is not in it"))?;
        let limit = PART_BYTES.min(self.left);
        let part = self.archive.by_index(entry).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
                Fault::Damaged("one of its parts is encrypted")
            }
            _ => Fault::Damaged("one of its parts cannot be unpacked"),
        })?;
        // What the entry says of its size is not believed, but few say more than is true.
        let said = usize::try_from(part.size().min(limit)).unwrap_or(usize::MAX);
        let mut bytes = Vec::with_capacity(said.min(MOST_AT_ONCE) + 1);
        part.take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| Fault::Damaged("one of its parts does not unpack to what it was"))?;
        let read = bytes.len() as u64;
        if read > limit {
            return Err(Fault::Limit("it unpacks to more than a document can hold"));
        }
        self.left -= read;
        Ok(bytes)
    }

    /// Parses a part.
    pub(super) fn tree(&mut self, name: &str) -> Result<Tree, Fault> {
        let written = Written::read(self.bytes(name)?)?;
        let begins = written.mark();
        let mut text = written.text;
        text.drain(..begins);
        Ok(Tree::parse(text, self.view)?.begins_at(u32::try_from(begins).ok()))
    }

    /// What is told of a part: what is kept since a file held the same part, or else what `tell` says, which must follow from the
    /// part and the view alone.
    pub(super) fn told<T>(
        &mut self,
        name: &str,
        known: &KnownParts<T>,
        tell: impl FnOnce(&mut Self) -> Result<T, Fault>,
    ) -> Result<Arc<T>, Fault> {
        let part = self.packed(name);
        let limit = PART_BYTES.min(self.left);
        if let Some((told, size)) = part.and_then(|part| known.find(part)).filter(|&(_, size)| size <= limit) {
            self.left -= size;
            return Ok(told);
        }
        let before = self.left;
        let told = Arc::new(tell(self)?);
        if let Some(part) = part {
            known.keep(part, before - self.left, Arc::clone(&told));
        }
        Ok(told)
    }

    /// A part as it stands in the package.
    fn packed(&mut self, name: &str) -> Option<Packed<&'b [u8]>> {
        let entry = self.entry(name)?;
        let part = self.archive.by_index_raw(entry).ok().filter(|part| !part.encrypted())?;
        let ahead = self.packed.get(usize::try_from(part.data_start()?).ok()?..)?;
        let bytes = ahead.get(..usize::try_from(part.compressed_size()).ok()?)?;
        Some(Packed { view: self.view, method: part.compression(), sum: part.crc32(), bytes })
    }

    /// The name of a part as it stands in the package.
    pub(crate) fn name<'n>(&'n self, part: &'n str) -> Cow<'n, str> {
        let entry = self.entries.get(part);
        let name = entry.and_then(|&entry| self.archive.name_for_index(entry)?.ok());
        name.unwrap_or(Cow::Borrowed(part))
    }

    /// The number of a part's entry in the zip.
    pub(crate) fn entry(&self, part: &str) -> Option<usize> {
        self.entries.get(&levelled(part)).copied()
    }

    /// Whether the package bears a digital signature.
    pub(crate) fn is_signed(&self) -> bool {
        self.entries.keys().any(|name| name.starts_with("_xmlsignatures/"))
    }

    /// The relationships of a part; of the package itself for `""`. A part without any has none.
    pub(crate) fn relations(&mut self, part: &str) -> Result<Vec<Relation>, Fault> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = levelled(&format!("{folder}/_rels/{file}.rels"));
        if !self.holds(&name) {
            return Ok(Vec::new());
        }
        let tree = self.tree(&name)?;
        let relation = |at| {
            let kind = tree.attribute(at, "Type")?;
            let outside = tree.attribute(at, "TargetMode").is_some_and(|mode| mode == "External");
            let target = tree.attribute(at, "Target").filter(|_| !outside);
            Some(Relation {
                id: tree.attribute(at, "Id")?.into_owned(),
                role: kind.rsplit('/').next().unwrap_or("").to_ascii_lowercase(),
                target: target.map(|target| beside(folder, &target)),
            })
        };
        Ok(tree.all(Tag::Relationship).filter_map(relation).collect())
    }
}

fn damaged(what: &'static str) -> ExtractError {
    ExtractError::Damaged { format: "docx", what }
}

/// A name as the package looks it up.
fn levelled(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// The part that a target names, seen from a folder.
fn beside(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let path = if target.starts_with('/') { target } else { format!("{folder}/{target}") };
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            _ => steps.push(step),
        }
    }
    steps.join("/").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_parts_beside_each_other() {
        for (folder, target, expected) in [
            ("word", "styles.xml", "word/styles.xml"),
            ("word", "/word/Styles.xml", "word/styles.xml"),
            ("word", "../custom/item.xml", "custom/item.xml"),
            ("", "word\\document.xml", "word/document.xml"),
            ("word", "../../../x.xml", "x.xml"),
        ] {
            assert_eq!(beside(folder, target), expected);
        }
    }
}
