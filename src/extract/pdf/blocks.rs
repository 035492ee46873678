//! Paragraphs and tables in reading order, as they stand on one page and, joined, in the document.

use super::joins::join_blocks;
use super::measure::Measure;
use super::page::Area;
use super::paragraphs::{Paragraph, Space, paragraphs};
use super::regions::{Cell, Flow, Item, Ruled, StatedPart};
use crate::document::TableSource;

/// A paragraph or a table.
#[derive(Clone, Debug)]
pub(super) enum Block {
    Paragraph(Box<Paragraph>),
    Table(Table),
}

/// A table, or the part of it on one page.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// Edges of the columns.
    pub(super) edges: Vec<f32>,
    pub(super) rows: usize,
    /// By row, then column.
    pub(super) cells: Vec<TableCell>,
    /// Rows at the top that are printed again on later pages.
    pub(super) header_rows: usize,
    pub(super) open_top: bool,
    pub(super) open_bottom: bool,
    pub(super) source: TableSource,
    /// Which part of a table that a tagged file states it is.
    pub(super) stated: Option<StatedPart>,
}

/// A cell of it.
#[derive(Clone, Debug)]
pub(super) struct TableCell {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) rows: usize,
    pub(super) columns: usize,
    /// Where it ends on its page.
    pub(super) bottom: f32,
    pub(super) blocks: Vec<Block>,
}

impl TableCell {
    /// Its words, tables inside it left out.
    pub(super) fn text(&self) -> String {
        let words = self.blocks.iter().filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.text.as_str()),
            Block::Table(_) => None,
        });
        words.collect::<Vec<_>>().join(" ")
    }

    /// Every word of it is bold, and there are some.
    pub(super) fn bold(&self) -> bool {
        !self.blocks.is_empty()
            && self.blocks.iter().all(|block| matches!(block, Block::Paragraph(p) if p.weight.is_bold()))
    }
}

impl Table {
    /// The cells that begin in a row.
    pub(super) fn row(&self, row: usize) -> impl Iterator<Item = &TableCell> {
        self.cells.iter().filter(move |cell| cell.row == row)
    }
}

/// The blocks of a page.
pub(super) fn blocks(page: Flow, measure: &Measure) -> Vec<Block> {
    let right = measure.right(page.area.right);
    of_flow(page, Space { right, inside: false }, measure)
}

fn of_flow(flow: Flow, space: Space, measure: &Measure) -> Vec<Block> {
    let mut found = Vec::new();
    let mut lines = Vec::new();
    for item in flow.items {
        if let Item::Line(line) = item {
            lines.push(line);
            continue;
        }
        found.extend(
            paragraphs(std::mem::take(&mut lines), space, measure)
                .into_iter()
                .map(|paragraph| Block::Paragraph(Box::new(paragraph))),
        );
        match item {
            Item::Grid(grid) => found.push(Block::Table(of_grid(grid, measure))),
            Item::Frame(flow) => {
                let right = flow.area.right - padding([&flow].into_iter(), 15.0);
                let column = flow.continues;
                let framed = of_flow(flow, Space { right, inside: true }, measure);
                if column { join_blocks(&mut found, framed) } else { found.extend(framed) }
            }
            Item::Line(_) => {}
        }
    }
    found.extend(paragraphs(lines, space, measure).into_iter().map(|paragraph| Block::Paragraph(Box::new(paragraph))));
    found
}

fn of_grid(grid: Ruled, measure: &Measure) -> Table {
    let padding = padding(grid.cells.iter().map(|cell| &cell.flow), 8.0);
    let of_cell = |cell: Cell| {
        let right = cell.flow.area.right - padding;
        let Cell { row, column, rows, columns, flow } = cell;
        let bottom = flow.area.bottom;
        TableCell { row, column, rows, columns, bottom, blocks: of_flow(flow, Space { right, inside: true }, measure) }
    };
    Table {
        rows: grid.rows,
        cells: grid.cells.into_iter().map(of_cell).collect(),
        edges: grid.edges,
        header_rows: grid.stated.map_or(0, |part| part.header_rows.saturating_sub(part.first_row).min(grid.rows)),
        open_top: grid.open_top,
        open_bottom: grid.open_bottom,
        source: grid.source,
        stated: grid.stated,
    }
}

/// The space kept free at the sides of cells: what the lines that begin furthest left leave.
fn padding<'f>(flows: impl Iterator<Item = &'f Flow>, most: f32) -> f32 {
    let lines = flows.flat_map(|flow| flow.items.iter().map(move |item| (item, flow.area)));
    let left = |(item, area): (&Item, Area)| match item {
        Item::Line(line) => Some(line.area.left - area.left),
        _ => None,
    };
    lines.filter_map(left).fold(most, f32::min).max(0.5)
}
