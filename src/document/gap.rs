//! Gap: something in the file that could not be read.

use crate::document::Place;

/// Something in the file that could not be read. Not an error and not a finding: it is carried to every report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// What it is.
    pub kind: GapKind,
    /// Page, where known.
    pub place: Place,
    /// Where in the document's text it would stand: the byte at which the next block begins.
    pub at: usize,
}

/// What could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GapKind {
    /// A page that is a picture: there is no text on it.
    PageWithoutText,
    /// A page on which the reader gave up; what it read until then is kept.
    PageDamaged,
    /// So many glyphs whose letters the file does not tell.
    UnmappedGlyphs(u32),
    /// A page whose words are mostly no words: its letters were mapped wrongly.
    Garbled,
    /// A page, or without a page all of the file, of which a second reader gave the words only: no tables, and perhaps
    /// not their order.
    WordsOnly,
    /// A page that is a picture, whose words were recognised in it: letters may be wrong.
    Recognised,
    /// A picture large enough to hold text.
    Picture,
    /// A chart or drawing.
    Drawing,
    /// A part of the file that another program must read (an embedded file, web content in a Word file).
    Embedded,
    /// A part of the file that is damaged, by its role ("numbering", "footnotes").
    PartDamaged(&'static str),
    /// A limit was reached, by its name; what comes after was not read.
    Limit(&'static str),
}
