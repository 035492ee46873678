//! Gap: something in the file that could not be read.

use crate::document::Place;
use std::fmt;

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
    /// A form that only another program builds (XFA). Where it was read, its words are there, in the order in which the file
    /// stores them; else there are only those of the page that stands in for it.
    Form {
        /// Whether its words could be read.
        read: bool,
    },
    /// A file that is attached, by its name.
    Attached(FileName),
    /// So many comments of readers, which are no part of the plan and were left out.
    Comments(u32),
    /// A limit was reached, by its name; what comes after was not read.
    Limit(&'static str),
}

impl GapKind {
    /// Whether a part of the plan may stand there: where it may, nothing can be called absent.
    pub fn may_hold_plan(&self) -> bool {
        !matches!(self, Self::Comments(_))
    }

    /// Whether its words are there all the same, to be compared with the file itself.
    pub fn was_read(&self) -> bool {
        matches!(self, Self::Recognised | Self::Form { read: true })
    }
}

/// The name of a file, which may hold a child's: `Debug` does not print it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct FileName(pub String);

impl fmt::Debug for FileName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "FileName({} bytes)", self.0.len())
    }
}
