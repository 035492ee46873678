//! A package with some of its parts written anew; the packed bytes of every other part are copied as they are.

use super::fault;
use crate::annotate::annotated::AnnotateError;
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// `package` with these parts in place of its own, by the number of their entry, and these after all others.
pub(super) fn copied(
    package: &[u8],
    changed: &BTreeMap<usize, Vec<u8>>,
    added: &[(String, Vec<u8>)],
) -> Result<Vec<u8>, AnnotateError> {
    const BROKEN: AnnotateError = fault("its table of contents is broken");
    let mut archive = ZipArchive::new(Cursor::new(package)).map_err(|_| BROKEN)?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(package.len() + package.len() / 8)));
    writer.set_raw_comment(archive.comment().into()).map_err(|_| BROKEN)?;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|_| BROKEN)?;
        let Some(bytes) = changed.get(&index) else {
            writer.raw_copy_file(entry).map_err(|_| BROKEN)?;
            continue;
        };
        let method = match entry.compression() {
            CompressionMethod::Stored => CompressionMethod::Stored,
            _ => CompressionMethod::Deflated,
        };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(entry.last_modified().unwrap_or_default());
        let name = entry.name().map_err(|_| BROKEN)?;
        writer.start_file(name, options).map_err(|_| BROKEN)?;
        drop(entry);
        writer.write_all(bytes).map_err(|_| BROKEN)?;
    }
    for (name, bytes) in added {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        writer.start_file(name.as_str(), options.last_modified_time(zip::DateTime::default())).map_err(|_| BROKEN)?;
        writer.write_all(bytes).map_err(|_| BROKEN)?;
    }
    Ok(writer.finish().map_err(|_| BROKEN)?.into_inner())
}
