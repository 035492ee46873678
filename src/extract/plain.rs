//! Text files and standard input, in the plain notation.

use crate::document::Document;
use crate::extract::{Access, ExtractError, Format};

pub(crate) const FORMAT: Format = Format { name: "text", sniff, read, asides: |_, _| Vec::new() };

/// Text is what has no zero byte and few other control characters in its first 8 KiB, in UTF-8 or Latin-1.
fn sniff(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(8192)];
    let odd = head.iter().filter(|&&b| b < 32 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    !head.contains(&0) && odd * 100 <= head.len()
}

fn read(bytes: &[u8], _: &Access) -> Result<Document, ExtractError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let document = match std::str::from_utf8(bytes) {
        Ok(text) => Document::from_notation(text),
        Err(_) => Document::from_notation(&bytes.iter().map(|&b| char::from(b)).collect::<String>()),
    };
    if document.blocks().is_empty() {
        return Err(ExtractError::NoText { format: "text", what: "it holds only blank lines" });
    }
    Ok(document)
}
