//! Block: a heading, paragraph or list item, and where it stands.

use crate::text::Span;

/// One paragraph of the document: never more than one, never a part of one.
#[derive(Clone, Debug)]
pub struct Block {
    /// What the format says it is.
    pub kind: BlockKind,
    /// Its words.
    pub span: Span,
    /// Page, for formats that have them.
    pub place: Place,
    /// The number or bullet printed before it that is no part of its text ("F1.2", "(a)", "•").
    pub label: Option<String>,
    /// How it looks.
    pub emphasis: Emphasis,
    /// The innermost table cell that it stands in.
    pub cell: Option<CellRef>,
    /// Where the block goes on to another page: from this byte of the text on, that page.
    pub page_breaks: Vec<(usize, u32)>,
}

impl Block {
    /// The place of the byte `at` of the text, for a block that may run over a page end.
    pub fn place_at(&self, at: usize) -> Place {
        let page = self.page_breaks.iter().rev().find(|&&(from, _)| from <= at).map(|&(_, page)| page);
        Place { page: page.or(self.place.page) }
    }
}

/// What the format says a block is. A heading here is a style or a guess about type size;
/// whether it opens a section of a plan is for the plan to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading; level from one.
    Heading {
        /// 1 is the highest.
        level: u8,
    },
    /// A paragraph.
    Paragraph,
    /// An item of a list, bulleted or numbered.
    ListItem {
        /// 0 is the outermost.
        depth: u8,
    },
}

/// Where a block stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Page, from one.
    pub page: Option<u32>,
}

/// A cell of a table, by its first row and column, from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    /// Index into `Document::tables`.
    pub table: u32,
    /// Row.
    pub row: u32,
    /// Column.
    pub column: u32,
}

/// How the whole of a block looks. A look that only some of its words have does not count.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "four independent looks of a paragraph")]
pub struct Emphasis {
    /// All bold.
    pub bold: bool,
    /// All italic.
    pub italic: bool,
    /// All underlined.
    pub underline: bool,
    /// Size of type in points; 0 where it is not known.
    pub size: f32,
    /// A content control that still shows its prompt ("Click or tap here to enter text.").
    pub placeholder: bool,
}

/// Text of a running header or footer, kept beside the body.
#[derive(Clone, Debug)]
pub struct Furniture {
    /// Header or footer.
    pub kind: FurnitureKind,
    /// Its words, in the document's text after the body.
    pub span: Span,
    /// The first page that it stands on.
    pub place: Place,
    /// On how many pages it stands, but for the numbers in it; one where that is not known.
    pub pages: u32,
    /// The numbers in it are others on other pages.
    pub numbered: bool,
}

/// Which furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FurnitureKind {
    /// At the top of a page.
    Header,
    /// At the foot of a page.
    Footer,
}
