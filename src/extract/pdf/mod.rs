//! PDF files: glyphs and ruling lines on pages, put together again to paragraphs and tables.

mod aligned;
mod blocks;
mod fonts;
mod furniture;
mod glyphs;
mod grids;
mod headings;
mod joins;
mod label;
mod lines;
mod measure;
mod page;
mod paragraphs;
mod read;
mod regions;
mod symbols;

#[cfg(test)]
mod tests;

use crate::extract::Format;

pub(crate) const FORMAT: Format = Format { name: "pdf", sniff: read::sniff, read: read::read };
