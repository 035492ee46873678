//! Reads pdf files.

use crate::document::Document;
use crate::extract::{Access, ExtractError, Format};

pub(crate) const FORMAT: Format = Format { name: "pdf", sniff, read };

fn sniff(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF-")
}

fn read(_: &[u8], _: &Access) -> Result<Document, ExtractError> {
    Err(ExtractError::UnknownFormat)
}
