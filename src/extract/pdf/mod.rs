//! PDF files: glyphs and ruling lines on pages, put together again to paragraphs and tables.

mod aligned;
mod aside;
mod blocks;
mod canvas;
mod codes;
mod columns;
mod depths;
mod direction;
mod drop_caps;
mod extras;
mod falls;
mod fonts;
mod form;
mod form_words;
mod furniture;
mod glyph_names;
mod glyphs;
mod grids;
mod headings;
mod heights;
mod joins;
mod label;
mod ligatures;
mod lines;
mod markup;
mod measure;
mod page;
mod paragraphs;
#[cfg(feature = "cli")]
mod picture;
#[cfg(feature = "cli")]
mod plain_words;
mod read;
mod recognised;
mod regions;
mod said;
mod second;
mod sense;
mod skeleton;
mod structure;
mod symbols;
mod tags;
mod title_rows;
mod turned;

#[cfg(test)]
mod tests;

use crate::extract::Format;
#[cfg(feature = "cli")]
pub use picture::{Picture, page_picture};
#[cfg(feature = "cli")]
pub use plain_words::plain_words;
pub use recognised::RecognisedWord;
pub(crate) use skeleton::{PageObject, Skeleton, skeleton};

pub(crate) const FORMAT: Format =
    Format { name: "pdf", sniff: read::sniff, own: false, read: read::read, asides: aside::asides };
