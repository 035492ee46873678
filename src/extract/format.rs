//! What an input format is, and the ways in which reading a file can fail.

use crate::document::Document;
use crate::extract::aside::Aside;
use crate::extract::pdf::RecognisedWord;
use miette::Diagnostic;
use thiserror::Error;

/// One input format: a row of [`FORMATS`](crate::FORMATS).
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name in reports: `docx`, `pdf`, `text`.
    pub name: &'static str,
    /// Whether these bytes look like it.
    pub sniff: fn(&[u8]) -> bool,
    /// Whether what reads them is code of this project, within limits that keep time and memory in proportion to the file.
    pub own: bool,
    /// Reads them.
    pub read: fn(&[u8], &Access) -> Result<Document, ExtractError>,
    /// What they hold beside their text.
    pub asides: fn(&[u8], &Access) -> Vec<Aside>,
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
    /// Recognises the letters on pages of a PDF that are pictures.
    pub recogniser: Option<Recogniser>,
    /// Nobody will ask where the words stand on pages: the document keeps no prints of them.
    pub unplaced: bool,
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

/// Recognises the words on these pages of a PDF, which are pictures: page, from one, and words.
pub type Recogniser = fn(&[u8], &Access, &[u32]) -> Vec<(u32, Vec<RecognisedWord>)>;

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
    #[error("This {} is damaged: {what}.", called(format))]
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
    #[error("This {} is locked with a password.", called(format))]
    #[diagnostic(
        code(extract::encrypted),
        help(
            "Give the password with --password. If you do not have it, ask the council for a copy without a password."
        )
    )]
    Encrypted {
        /// Name of the format.
        format: &'static str,
    },
    /// Encrypted, and the password that was given does not open it.
    #[error("The password that was given does not open this {}.", called(format))]
    #[diagnostic(
        code(extract::password),
        help(
            "Check it for capital letters and spaces. If you do not have it, ask the council for a copy without a password."
        )
    )]
    WrongPassword {
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
    /// A PDF of which every page is a picture.
    #[error(
        "This PDF is a scan: every page is a picture, and {}.",
        if *.tried { "no words could be recognised in them" } else { "there is no text in it" }
    )]
    #[diagnostic(
        code(extract::scan),
        help(
            "Ask the council for the Word file, or for a PDF with text in it (one in which you can select words).{}",
            if *tried { "" } else { " Or install tesseract, which recognises letters in pictures, and use --ocr." }
        )
    )]
    Scan {
        /// Whether the letters were to be recognised, and none were.
        tried: bool,
    },
    /// Readable, but without a word in it.
    #[error("There is no text in this {}: {what}.", called(format))]
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

/// What people call a file of a format.
fn called(format: &str) -> &'static str {
    match format {
        "docx" => "Word file",
        "pdf" => "PDF file",
        _ => "text file",
    }
}
