//! What an input format is, and the ways in which reading a file can fail.

use crate::document::Document;
use miette::Diagnostic;
use thiserror::Error;

/// One input format: a row of [`FORMATS`](crate::FORMATS).
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name in reports: `docx`, `pdf`, `text`.
    pub name: &'static str,
    /// Whether these bytes look like it.
    pub sniff: fn(&[u8]) -> bool,
    /// Reads them.
    pub read: fn(&[u8], &Access) -> Result<Document, ExtractError>,
}

/// What there is to open a document with.
#[derive(Clone, Default)]
pub struct Access {
    /// Password of an encrypted file.
    pub password: Option<String>,
    /// Which text is read of a document in which changes are tracked.
    pub view: View,
    /// Finds plain words in a PDF where the reader of PDFs fails.
    pub second_reader: Option<SecondReader>,
}

/// Which text a document has, where changes in it are tracked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// As it is once every change is accepted.
    #[default]
    Accepted,
    /// As it was before the changes.
    Original,
    /// What was deleted beside what was put in its place; what was moved, at both places.
    All,
}

/// Finds the words of these pages of a PDF, or of all where none is named: page, from one, and words. The bytes are
/// those that another reader failed over: it has to see to it itself that it ends, and ends well.
pub type SecondReader = fn(&[u8], &Access, &[u32]) -> Vec<(u32, String)>;

/// Why there is no document at all. Messages name the kind of file and what to do; they hold no word of it.
#[derive(Debug, Error, Diagnostic)]
#[non_exhaustive]
pub enum ExtractError {
    /// No bytes.
    #[error("This file is empty.")]
    #[diagnostic(code(extract::empty), help("Check that it was saved or downloaded completely, and try again."))]
    Empty,
    /// Not a format that can be read.
    #[error("This is not a Word, PDF or text file.")]
    #[diagnostic(
        code(extract::unknown),
        help("Open it in the program it was made with, save it as .docx or PDF, and check that file.")
    )]
    UnknownFormat,
    /// A format that is known and not read.
    #[error("This is {what}, which cannot be read yet.")]
    #[diagnostic(code(extract::relative), help("{todo}"))]
    Relative {
        /// The kind of file, with its article.
        what: &'static str,
        /// What to do about it.
        todo: &'static str,
    },
    /// The right format, but broken.
    #[error("This {format} file is damaged: {what}.")]
    #[diagnostic(
        code(extract::damaged),
        help(
            "It may be half a download. Ask for it again, or open it, save it under a new name, and check that file."
        )
    )]
    Damaged {
        /// Name of the format.
        format: &'static str,
        /// What is wrong, in plain words.
        what: &'static str,
    },
    /// Encrypted, and no password or a wrong one was given.
    #[error("This {format} file is locked with a password.")]
    #[diagnostic(code(extract::encrypted), help("Give the password with --password, or save a copy without one."))]
    Encrypted {
        /// Name of the format.
        format: &'static str,
    },
    /// Larger than a plan can be.
    #[error("This file is too large to be read safely: {what}.")]
    #[diagnostic(
        code(extract::limit),
        help("A plan is far smaller. If it is a bundle, check the plan in it as a file of its own.")
    )]
    TooLarge {
        /// The limit that was reached.
        what: &'static str,
    },
    /// Readable, but without a word in it.
    #[error("There is no text in this {format} file: {what}.")]
    #[diagnostic(
        code(extract::no_text),
        help("Ask the council for the Word file, or for a PDF with text in it (one in which you can select words).")
    )]
    NoText {
        /// Name of the format.
        format: &'static str,
        /// Why, as far as it can be told: "every page is a picture".
        what: &'static str,
    },
}

/// The error for a kind of file that is known and not read, by its first bytes.
pub(crate) fn known_relative(bytes: &[u8]) -> Option<ExtractError> {
    const SAVE_AS: &str =
        "Open it in the program it was made with, choose Save As, save it as .docx or PDF, and check that file.";
    const PICTURE: &str =
        "A picture holds no text that can be checked. Ask the council for the Word file or a PDF with text in it.";
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let (what, todo) = if starts(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Some(ole(bytes));
    } else if starts(b"{\\rtf") {
        ("a rich text (.rtf) file", SAVE_AS)
    } else if is_picture(bytes) {
        ("a picture", PICTURE)
    } else if starts(b"<!DOCTYPE html") || starts(b"<!doctype html") || starts(b"<html") || starts(b"<HTML") {
        ("a web page", "Open it in a browser, print it to PDF, and check that file.")
    } else if starts(b"PK\x03\x04") && zip_mentions(bytes, b"application/vnd.oasis.opendocument") {
        ("an OpenDocument (.odt) file", SAVE_AS)
    } else if starts(b"PK\x03\x04") && zip_mentions(bytes, b"Index/Document.iwa") {
        ("a Pages file", SAVE_AS)
    } else {
        return None;
    };
    Some(ExtractError::Relative { what, todo })
}

fn is_picture(bytes: &[u8]) -> bool {
    let magics: [&[u8]; 5] = [b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"II*\0", b"MM\0*"];
    let bitmap = bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]);
    let camera =
        bytes.get(4..12).is_some_and(|b| b.starts_with(b"ftyp") && (b.ends_with(b"heic") || b.ends_with(b"mif1")));
    magics.iter().any(|magic| bytes.starts_with(magic)) || bitmap || camera
}

/// Old Office files, Outlook messages and encrypted new ones share one container.
fn ole(bytes: &[u8]) -> ExtractError {
    let utf16 = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let holds = |name: &str| {
        let wanted = utf16(name);
        bytes.windows(wanted.len()).any(|window| window == wanted)
    };
    if holds("EncryptedPackage") {
        ExtractError::Relative {
            what: "a Word file locked with a password",
            todo: "Open it in Word, take the password off (File, Info, Protect Document), save it, and check that file.",
        }
    } else if holds("__properties_version") {
        ExtractError::Relative {
            what: "an e-mail (.msg)",
            todo: "Open it, save the plan that is attached to it, and check that file.",
        }
    } else if holds("WordDocument") {
        ExtractError::Relative {
            what: "an old Word (.doc) file",
            todo: "Open it in Word or LibreOffice, choose Save As, save it as .docx, and check that file.",
        }
    } else {
        ExtractError::Relative {
            what: "an old Office file",
            todo: "Open it in the program it was made with, choose Save As, save it as .docx or PDF, and check that file.",
        }
    }
}

fn zip_mentions(bytes: &[u8], what: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    let tail = &bytes[bytes.len().saturating_sub(65_536)..];
    [head, tail].iter().any(|part| part.windows(what.len()).any(|window| window == what))
}
