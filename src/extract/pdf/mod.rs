//! PDF files: glyphs and ruling lines on pages, put together again to paragraphs and tables.

mod fonts;
mod glyphs;
mod grids;
mod lines;
mod page;
mod regions;
mod symbols;

use crate::document::Document;
use crate::extract::{Access, ExtractError, Format};

pub(crate) const FORMAT: Format = Format { name: "pdf", sniff, read };

fn sniff(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF-")
}

fn read(bytes: &[u8], access: &Access) -> Result<Document, ExtractError> {
    let file = glyphs::File::open(bytes, access)?;
    let mut n = 0;
    file.each_page(10, |page| {
        n += 1;
        eprintln!("{} glyphs {} rules {} pics {} unm {} dam {}", n, page.glyphs.len(), page.rules.len(), page.pictures.len(), page.unmapped, page.damaged);
    });
    let _ = file.pages();
    Err(ExtractError::UnknownFormat)
}
