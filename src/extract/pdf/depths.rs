//! How deep items of lists stand, told by where they begin: over the ends of pages, and in each cell by itself.

use super::blocks::Block;
use super::paragraphs::Paragraph;
use std::collections::BTreeMap;

/// What begins this near begins at the same place.
const SAME_PLACE: f32 = 3.0;
/// Pages that begin at one place before it counts as the margin of right or left pages.
const LEAST_PAGES: usize = 2;

/// Says how deep each item of a list stands. It has to be asked of blocks that are joined: what a list on the page before was is
/// known to none of its pages.
pub(super) fn depths(blocks: &mut [Block]) {
    let margins = Margins::of(blocks);
    of_blocks(blocks, margins);
}

fn of_blocks(blocks: &mut [Block], margins: Margins) {
    let mut open: Vec<f32> = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => paragraph.depth = depth(&mut open, paragraph, margins),
            Block::Table(table) => table.cells.iter_mut().for_each(|cell| of_blocks(&mut cell.blocks, margins)),
        }
    }
}

/// The depth of a paragraph below the lists that are open, which begin at these places; opens its own.
fn depth(open: &mut Vec<f32>, paragraph: &Paragraph, margins: Margins) -> u8 {
    let left = paragraph.left - margins.shift(paragraph.page);
    if paragraph.label.is_none() {
        if open.first().is_none_or(|&first| left < first + SAME_PLACE) {
            open.clear();
        }
        return 0;
    }
    while open.last().is_some_and(|&last| left < last - SAME_PLACE) {
        open.pop();
    }
    if open.last().is_none_or(|&last| left > last + SAME_PLACE) {
        open.push(left);
    }
    u8::try_from(open.len().saturating_sub(1)).unwrap_or(u8::MAX)
}

/// Where the text of even and odd pages begins: a plan that is printed to be bound has its inner margin now left, now right.
#[derive(Clone, Copy, Debug, Default)]
struct Margins {
    even: f32,
    odd: f32,
}

impl Margins {
    fn of(blocks: &[Block]) -> Self {
        let mut pages: BTreeMap<u32, f32> = BTreeMap::new();
        for block in blocks {
            if let Block::Paragraph(paragraph) = block {
                let left = pages.entry(paragraph.page).or_insert(paragraph.left);
                *left = left.min(paragraph.left);
            }
        }
        let margin = |odd: bool| {
            let lefts = || pages.iter().filter(|&(page, _)| (page % 2 == 1) == odd).map(|(_, &left)| left);
            let least = lefts().reduce(f32::min)?;
            (lefts().filter(|left| left - least < SAME_PLACE).count() >= LEAST_PAGES).then_some(least)
        };
        match (margin(false), margin(true)) {
            (Some(even), Some(odd)) => Self { even, odd },
            _ => Self::default(),
        }
    }

    fn shift(self, page: u32) -> f32 {
        if page % 2 == 1 { self.odd } else { self.even }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::TableSource;
    use crate::extract::pdf::blocks::{Table, TableCell};

    /// What stands at the left edge, on a page: `(a)` and `•` are labels, anything else a paragraph.
    fn block(&(page, label, left): &(u32, &str, f32)) -> Block {
        let label = (label != "p").then(|| label.to_owned());
        Block::Paragraph(Box::new(Paragraph { label, page, left, ..Paragraph::default() }))
    }

    fn found(blocks: &[Block]) -> Vec<u8> {
        let one = |block: &Block| match block {
            Block::Paragraph(paragraph) => vec![paragraph.depth],
            Block::Table(table) => table.cells.iter().flat_map(|cell| found(&cell.blocks)).collect(),
        };
        blocks.iter().flat_map(one).collect()
    }

    fn check(paragraphs: &[(u32, &str, f32)], expected: &[u8]) {
        let mut blocks: Vec<Block> = paragraphs.iter().map(block).collect();
        depths(&mut blocks);
        assert_eq!(found(&blocks), expected, "{paragraphs:?}");
    }

    #[test]
    fn a_list_goes_on_over_the_end_of_a_page() {
        check(&[(1, "F2", 50.0), (1, "(a)", 70.0), (2, "(b)", 70.0), (2, "F3", 50.0)], &[0, 1, 1, 0]);
        check(&[(1, "•", 50.0), (1, "o", 70.0), (2, "•", 50.0), (3, "o", 70.0)], &[0, 1, 0, 1]);
        // The rest of an item, in a paragraph of its own.
        check(&[(1, "F2", 50.0), (1, "(a)", 70.0), (2, "p", 90.0), (2, "(b)", 70.0)], &[0, 1, 0, 1]);
    }

    #[test]
    fn a_paragraph_ends_it() {
        check(&[(1, "F2", 50.0), (1, "(a)", 70.0), (2, "p", 50.0), (2, "•", 70.0)], &[0, 1, 0, 0]);
        check(&[(1, "F2", 50.0), (1, "(a)", 70.0), (1, "p", 50.0), (2, "•", 70.0)], &[0, 1, 0, 0]);
    }

    #[test]
    fn margins_may_change_from_page_to_page() {
        check(
            &[
                (1, "p", 50.0),
                (2, "p", 80.0),
                (3, "p", 50.0),
                (3, "F2", 50.0),
                (3, "(a)", 70.0),
                (4, "(b)", 100.0),
                (4, "F3", 80.0),
            ],
            &[0, 0, 0, 0, 1, 1, 0],
        );
        // Two pages are too few to tell.
        check(&[(1, "F2", 50.0), (1, "(a)", 70.0), (2, "(b)", 70.0)], &[0, 1, 1]);
    }

    #[test]
    fn lists_in_cells_are_their_own() {
        let cell = |column: usize, blocks: &[(u32, &str, f32)]| TableCell {
            row: 0,
            column,
            rows: 1,
            columns: 1,
            bottom: 0.0,
            blocks: blocks.iter().map(block).collect(),
        };
        let cells = vec![
            cell(0, &[(1, "•", 60.0), (1, "o", 80.0), (2, "o", 80.0), (2, "•", 60.0)]),
            cell(1, &[(1, "•", 200.0), (2, "o", 220.0)]),
        ];
        let table = Table {
            edges: vec![50.0, 190.0, 330.0],
            rows: 1,
            cells,
            header_rows: 0,
            open_top: false,
            open_bottom: false,
            source: TableSource::Ruled,
            stated: None,
        };
        let mut blocks = vec![block(&(1, "•", 50.0)), Block::Table(table), block(&(2, "o", 70.0))];
        depths(&mut blocks);
        assert_eq!(found(&blocks), [0, 0, 1, 1, 0, 0, 1, 1]);
    }
}
