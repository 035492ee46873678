//! Word files, and their parts: what is no ZIP archive is packed into one, part after part.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Names of the parts, in the order in which they stand in the input, with a form feed between.
const PARTS: [&str; 8] = [
    "word/document.xml",
    "word/styles.xml",
    "word/numbering.xml",
    "word/_rels/document.xml.rels",
    "word/header1.xml",
    "word/footnotes.xml",
    "word/comments.xml",
    "[Content_Types].xml",
];

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        promises::of_bytes(bytes);
    } else if let Some(package) = packed(bytes) {
        promises::of_bytes(&package);
    }
});

fn packed(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, part) in PARTS.iter().zip(bytes.split(|&byte| byte == 0x0c)) {
        zip.start_file(*name, options).ok()?;
        zip.write_all(part).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}
