//! What a PDF holds beside its pages: attached files, and words that forms and notes show without drawing them.

use crate::extract::ANNOTATOR;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, Rect, Stream, String as Text};
use hayro_syntax::page::Page;

/// Attached files and notes that are looked at, and how deep lists of them and fields may nest.
const MAX_FILES: usize = 200;
const MAX_NOTES: usize = 5_000;
const MAX_DEPTH: u32 = 16;

/// An attached file.
pub(super) struct Attached<'a> {
    pub(super) name: String,
    stream: Option<Stream<'a>>,
}

impl Attached<'_> {
    /// What is in it, if it begins like a file that can be read as a plan.
    pub(super) fn plan(&self) -> Option<Vec<u8>> {
        let bytes = self.stream.as_ref()?.decoded_data().ok()?;
        let begins = bytes.starts_with(b"%PDF-") || bytes.starts_with(b"PK\x03\x04");
        begins.then(|| bytes.into_owned())
    }
}

/// Words that belong on a page and are not drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Written {
    /// Where, in the page's own measure.
    pub(super) at: (f64, f64, f64, f64),
    pub(super) words: String,
}

/// What the notes on a page come to.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) written: Vec<Written>,
    /// Notes of readers, which are no part of the text.
    pub(super) comments: u32,
}

fn catalog(file: &Pdf) -> Option<Dict<'_>> {
    file.xref().get::<Dict<'_>>(file.xref().root_id())
}

/// Whether the file is a cover around other files.
pub(super) fn is_portfolio(file: &Pdf) -> bool {
    catalog(file).is_some_and(|catalog| catalog.contains_key("Collection"))
}

/// The files attached to the document as a whole.
pub(super) fn attached(file: &Pdf) -> Vec<Attached<'_>> {
    let tree = catalog(file).and_then(|catalog| catalog.get::<Dict<'_>>("Names"));
    let tree = tree.and_then(|names| names.get::<Dict<'_>>("EmbeddedFiles"));
    let mut found = Vec::new();
    if let Some(tree) = tree {
        leaves(&tree, &mut found, 0);
    }
    found
}

fn leaves<'a>(node: &Dict<'a>, found: &mut Vec<Attached<'a>>, depth: u32) {
    if let Some(names) = node.get::<Array<'a>>("Names") {
        for entry in names.iter::<Object<'a>>() {
            if let (Object::Dict(entry), true) = (entry, found.len() < MAX_FILES) {
                found.push(of_entry(&entry));
            }
        }
    }
    if let (Some(kids), true) = (node.get::<Array<'a>>("Kids"), depth < MAX_DEPTH && found.len() < MAX_FILES) {
        kids.iter::<Dict<'a>>().for_each(|kid| leaves(&kid, found, depth + 1));
    }
}

fn of_entry<'a>(entry: &Dict<'a>) -> Attached<'a> {
    let name = entry.get::<Text<'_>>("UF").or_else(|| entry.get::<Text<'_>>("F"));
    let files = entry.get::<Dict<'a>>("EF");
    let stream = files.and_then(|files| files.get::<Stream<'a>>("UF").or_else(|| files.get::<Stream<'a>>("F")));
    Attached { name: name.map(|name| decoded(&name)).unwrap_or_default(), stream }
}

/// What the notes and the form fields on a page say that is not drawn.
pub(super) fn notes(page: &Page<'_>) -> Notes {
    let mut notes = Notes::default();
    let Some(all) = page.raw().get::<Array<'_>>("Annots") else { return notes };
    for note in all.iter::<Dict<'_>>().take(MAX_NOTES) {
        // hidden, or not to be shown
        if note.get::<u32>("F").unwrap_or(0) & (2 | 32) != 0 {
            continue;
        }
        let kind = note.get::<Name<'_>>("Subtype");
        let comment = matches!(
            kind.as_deref(),
            Some(b"Text" | b"Highlight" | b"Underline" | b"Squiggly" | b"StrikeOut" | b"Caret" | b"Popup" | b"Ink")
        );
        if comment {
            let said = note.get::<Text<'_>>("Contents").is_some_and(|words| !decoded(&words).trim().is_empty());
            let ours = note.get::<Text<'_>>("T").is_some_and(|author| decoded(&author) == ANNOTATOR);
            notes.comments += u32::from(said && !ours);
            continue;
        }
        if is_drawn(&note) {
            continue;
        }
        let words = match kind.as_deref() {
            Some(b"FreeText") => note.get::<Text<'_>>("Contents").map(|words| decoded(&words)),
            Some(b"Stamp") => note.get::<Name<'_>>("Name").map(|name| name.as_str().to_uppercase()),
            Some(b"Widget") => value(&note),
            _ => None,
        };
        if let (Some(words), Some(at)) = (words, note.get::<Rect>("Rect")) {
            notes.written.push(Written { at: (at.x0, at.y0, at.x1, at.y1), words });
        }
    }
    notes
}

/// Whether it has a picture of itself, which is drawn with the page.
fn is_drawn(note: &Dict<'_>) -> bool {
    let Some(looks) = note.get::<Dict<'_>>("AP") else { return false };
    match looks.get::<Object<'_>>("N") {
        Some(Object::Stream(_)) => true,
        // One for each state: the one that is off may have none.
        Some(Object::Dict(states)) => !states.is_empty(),
        _ => false,
    }
}

/// The value of a form field, as it would be shown.
fn value(field: &Dict<'_>) -> Option<String> {
    const PASSWORD: u32 = 1 << 13;
    const PUSH_BUTTON: u32 = 1 << 16;
    let flags = inherited::<u32>(field, "Ff").unwrap_or(0);
    match inherited::<Name<'_>>(field, "FT")?.as_ref() {
        b"Tx" | b"Ch" if flags & PASSWORD == 0 => match inherited::<Object<'_>>(field, "V")? {
            Object::String(words) => Some(decoded(&words)),
            Object::Array(chosen) => {
                Some(chosen.iter::<Text<'_>>().map(|words| decoded(&words)).collect::<Vec<_>>().join(", "))
            }
            _ => None,
        },
        b"Btn" if flags & PUSH_BUTTON == 0 => {
            let state = field.get::<Name<'_>>("AS").or_else(|| inherited::<Name<'_>>(field, "V"));
            let on = state.is_some_and(|state| state.as_ref() != b"Off");
            Some(if on { "\u{2612}" } else { "\u{2610}" }.to_owned())
        }
        _ => None,
    }
}

/// An entry of a field, or of one that it belongs to.
fn inherited<'a, T: TryFrom<Object<'a>>>(field: &Dict<'a>, key: &str) -> Option<T> {
    let mut field = field.clone();
    for _ in 0..MAX_DEPTH {
        if let Some(found) = field.get::<Object<'a>>(key) {
            return T::try_from(found).ok();
        }
        field = field.get::<Dict<'a>>("Parent")?;
    }
    None
}

/// A text string: in UTF-16, UTF-8, or the encoding of its own that PDF has.
fn decoded(text: &Text<'_>) -> String {
    let bytes = text.as_bytes();
    if let Some(wide) = bytes.strip_prefix(b"\xFE\xFF") {
        let units = wide.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        return char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    }
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return String::from_utf8_lossy(rest).into_owned();
    }
    let letter = |&byte: &u8| match byte {
        0x80 => '\u{2022}',
        0x83 => '\u{2026}',
        0x84 => '\u{2014}',
        0x85 => '\u{2013}',
        0x8D => '\u{201C}',
        0x8E => '\u{201D}',
        0x8F => '\u{2018}',
        0x90 => '\u{2019}',
        0x93 => '\u{FB01}',
        0x94 => '\u{FB02}',
        0xA0 => '\u{20AC}',
        other => char::from(other),
    };
    bytes.iter().map(letter).collect()
}
