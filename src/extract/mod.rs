//! Bytes → Document: decides by content, never by file name; what cannot be read becomes a gap.

mod aside;
mod docx;
mod format;
mod pdf;
mod plain;
mod relative;

pub use aside::{Aside, AsidePlace, asides};
#[cfg(test)]
pub(crate) use docx::fixture;
pub(crate) use docx::{Fault, Package, Relation, Written};
pub use format::{Access, ExtractError, Format, Recogniser, SecondReader, View};
pub use pdf::RecognisedWord;
pub(crate) use pdf::{PageObject, Skeleton, skeleton};
#[cfg(feature = "cli")]
pub use pdf::{Picture, page_picture, plain_words};
pub use plain::decoded;

use crate::document::Document;

/// Who signs the comments in annotated copies of plans: they are no reader's.
pub(crate) const ANNOTATOR: &str = "ehcp-lint";

/// Every format that can be read, in the order in which they are tried.
pub static FORMATS: &[Format] = &[docx::FORMAT, pdf::FORMAT, plain::FORMAT];

/// Reads a document of any known format.
pub fn extract(bytes: &[u8], access: &Access) -> Result<Document, ExtractError> {
    if bytes.is_empty() {
        return Err(ExtractError::Empty);
    }
    if let Some(relative) = relative::known_relative(bytes) {
        return Err(relative);
    }
    (format_of(bytes).ok_or(ExtractError::UnknownFormat)?.read)(bytes, access)
}

/// The format that these bytes are in, as far as their looks tell.
pub fn format_of(bytes: &[u8]) -> Option<&'static Format> {
    FORMATS.iter().find(|format| (format.sniff)(bytes))
}
