//! Claim: a place where a section begins.

use crate::document::Document;
use crate::plan::letter::Letter;
use crate::plan::read::label::Form;
use crate::text::Span;
use std::ops::Range;

/// A place where a section begins, or where a part begins that belongs to none.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    /// The sections. None: a part outside all of them.
    pub(crate) letters: Vec<Letter>,
    /// How the label says so.
    pub(crate) form: Form,
    /// The blocks of the label.
    pub(crate) blocks: Range<usize>,
    /// Whether it is one of several column headings.
    pub(crate) in_columns: bool,
    /// Where content begins inside the last of them, as a byte of the document's text.
    pub(crate) body: Option<usize>,
}

impl Claim {
    /// The words of the label.
    pub(crate) fn span(&self, document: &Document) -> Option<Span> {
        let blocks = document.blocks().get(self.blocks.clone())?;
        let whole = blocks.iter().map(|block| block.span).reduce(Span::cover)?;
        Some(Span::new(whole.start, self.body.unwrap_or(whole.end)))
    }

    /// A part outside all sections that begins at `block`, whose words may be its heading.
    pub(crate) fn outside(blocks: Range<usize>) -> Self {
        Self { letters: Vec::new(), form: Form::Word, blocks, in_columns: false, body: None }
    }

    /// The section, where it claims one alone.
    pub(crate) fn single(&self) -> Option<Letter> {
        match self.letters.as_slice() {
            &[letter] => Some(letter),
            _ => None,
        }
    }
}
