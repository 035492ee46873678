//! Reads docx files.

use crate::document::Document;
use crate::extract::{Access, ExtractError, Format};

pub(crate) const FORMAT: Format = Format { name: "docx", sniff, read };

fn sniff(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

fn read(_: &[u8], _: &Access) -> Result<Document, ExtractError> {
    Err(ExtractError::UnknownFormat)
}
