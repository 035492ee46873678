//! Which blocks look like headings. Files are not to be trusted with this alone, so their words count elsewhere.

use crate::document::{Block, BlockKind, Document};

/// What a heading looks like beside the running text of this document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Looks {
    /// The size of type in which most of the text is set; 0 where sizes are not known.
    body: f32,
}

impl Looks {
    /// Measures the document.
    pub(crate) fn of(document: &Document) -> Self {
        let mut sizes: Vec<(f32, usize)> = Vec::new();
        for block in document.blocks() {
            let size = block.emphasis.size;
            match sizes.iter_mut().find(|(known, _)| (known - size).abs() < 0.05) {
                Some((_, bytes)) => *bytes += block.span.len(),
                None => sizes.push((size, block.span.len())),
            }
        }
        Self { body: sizes.into_iter().max_by_key(|&(_, bytes)| bytes).map_or(0.0, |(size, _)| size) }
    }

    /// Whether the block is set apart from running text: a heading style, bold, larger, capitals, or a heading cell.
    pub(crate) fn stands_out(self, document: &Document, index: usize) -> bool {
        let Some(block) = document.blocks().get(index) else { return false };
        let text = document.slice(block.span);
        matches!(block.kind, BlockKind::Heading { .. })
            || block.emphasis.bold
            || block.emphasis.underline
            || self.is_larger(block)
            || is_upper_case(text)
            || in_heading_cell(document, block)
    }

    /// Whether the block is set in larger type than running text.
    pub(crate) fn is_larger(self, block: &Block) -> bool {
        self.body > 0.0 && block.emphasis.size > self.body * 1.08
    }

    /// Whether the block is set in smaller type than running text.
    pub(crate) fn is_smaller(self, block: &Block) -> bool {
        block.emphasis.size > 0.0 && block.emphasis.size < self.body * 0.96
    }
}

/// Whether `block` looks at least as much like a heading as `other` does.
pub(crate) fn as_strong(block: &Block, other: &Block) -> bool {
    match (block.kind, other.kind) {
        (BlockKind::Heading { level }, BlockKind::Heading { level: others }) => level <= others,
        (BlockKind::Heading { .. }, _) => true,
        (_, BlockKind::Heading { .. }) => false,
        _ => {
            let (ours, theirs) = (block.emphasis, other.emphasis);
            ours.size > theirs.size - 0.3 && (ours.bold || !theirs.bold) && (ours.underline || !theirs.underline)
        }
    }
}

/// Whether two blocks are set in one and the same look, and both in boxes or both in none.
pub(crate) fn is_alike(document: &Document, one: usize, other: usize) -> bool {
    let (Some(ours), Some(theirs)) = (document.blocks().get(one), document.blocks().get(other)) else { return false };
    let boxed = |block: &Block| block.cell.map(|_| in_heading_cell(document, block));
    as_strong(ours, theirs)
        && as_strong(theirs, ours)
        && ours.emphasis.italic == theirs.emphasis.italic
        && boxed(ours) == boxed(theirs)
}

fn is_upper_case(text: &str) -> bool {
    text.chars().filter(|c| c.is_uppercase()).count() > 3 && !text.chars().any(char::is_lowercase)
}

/// A cell that the format calls a heading cell, or the first row of a box.
fn in_heading_cell(document: &Document, block: &Block) -> bool {
    let Some(at) = block.cell else { return false };
    let Some(table) = document.tables().get(at.table as usize) else { return false };
    at.row < table.header_rows
        || table.columns == 1 && at.row == 0 && table.rows > 1
        || table.cell(at.row, at.column).is_some_and(|cell| cell.header)
}
