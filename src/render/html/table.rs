//! A table of the plan, as far as it belongs to one section: headers, merged cells, and the notes of a row below it.

use crate::document::{Block, BlockKind, Cell};
use crate::plan::Letter;
use crate::render::clean::clean;
use crate::render::html::marks::Spot;
use crate::render::html::words::Page;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// One cell to write.
struct Shown<'b> {
    blocks: Vec<(usize, &'b Block)>,
    rows: usize,
    columns: usize,
    header: bool,
    column: u32,
}

/// The blocks of `run`, which stand in the table of this index. In one column alone they are written as paragraphs.
pub(crate) fn table(
    page: &Page<'_>,
    table: u32,
    run: &[(usize, &Block)],
    headings: &BTreeSet<usize>,
    section: Option<Letter>,
) -> Markup {
    let cells = run.iter().filter_map(|(_, block)| block.cell);
    let rows: BTreeSet<u32> = cells.clone().map(|cell| cell.row).collect();
    let columns: BTreeSet<u32> = cells.map(|cell| cell.column).collect();
    if columns.len() < 2 {
        return html! {
            @for (index, block) in run {
                div class="unit" {
                    div class="said" {
                        (page.page_mark(*index, block))
                        (paragraph(page, *index, block, headings.contains(index)))
                    }
                    div class="notes" { (page.notes_at(&[Spot::Block(*index)], section)) }
                }
            }
        };
    }
    let headers = headers(page, run, headings);
    let titles = titles(page, run, &headers);
    let mut taken: BTreeSet<(u32, u32)> = BTreeSet::new();
    let mut open_until = 0;
    let mut waiting: Vec<Spot> = Vec::new();
    let first_page = run.first().map(|(index, block)| page.page_mark(*index, block));
    let mut lines: Vec<(Vec<Shown<'_>>, Markup)> = Vec::new();
    let mut by_cell: BTreeMap<(u32, u32), Vec<(usize, &Block)>> = BTreeMap::new();
    for &(index, block) in run {
        if let Some(at) = block.cell {
            by_cell.entry((at.row, at.column)).or_default().push((index, block));
        }
    }
    for &row in &rows {
        let shown = row_cells(page, table, row, &rows, &columns, &by_cell, &headers, &mut taken, &mut open_until);
        waiting.extend(shown.iter().flat_map(|cell| cell.blocks.iter().map(|(index, _)| Spot::Block(*index))));
        // A row of notes may not cut through a cell that goes on below.
        let notes = if open_until <= row {
            page.notes_at(&std::mem::take(&mut waiting), section)
        } else {
            html! {}
        };
        lines.push((shown, notes));
    }
    let left = page.notes_at(&waiting, section);
    html! {
        (first_page.unwrap_or_default())
        table class="printed-table" {
            caption { "Table " (table + 1) " of the plan" @if let Some(letter) = section { ", Section " (letter) } }
            tbody {
                @for (shown, notes) in &lines {
                    @if !shown.is_empty() { tr { @for cell in shown { (written(page, cell, &titles)) } } }
                    @if !notes.0.is_empty() { tr class="row-notes" { td colspan=(columns.len()) { (notes) } } }
                }
            }
        }
        @if !left.0.is_empty() { div class="loose" { (left) } }
    }
}

fn written(page: &Page<'_>, cell: &Shown<'_>, titles: &BTreeMap<u32, String>) -> Markup {
    let title = titles.get(&cell.column).filter(|_| cell.columns == 1);
    html! {
        @if cell.header {
            th scope="col" rowspan=[many(cell.rows)] colspan=[many(cell.columns)] { (inside(page, cell)) }
        } @else {
            td rowspan=[many(cell.rows)] colspan=[many(cell.columns)] data-title=[title] { (inside(page, cell)) }
        }
    }
}

fn many(count: usize) -> Option<usize> {
    Some(count).filter(|&count| count > 1)
}

/// The blocks that head columns: what the plan reads as headings, what statements are read under, what the file marks.
fn headers(page: &Page<'_>, run: &[(usize, &Block)], headings: &BTreeSet<usize>) -> BTreeSet<usize> {
    let plan = page.told.plan();
    let mut headers: BTreeSet<usize> = headings.clone();
    let read_under = plan.statements().iter().flat_map(|statement| &statement.parts).filter_map(|part| part.header);
    headers.extend(read_under.map(|span| plan.document().block_at(span.start)));
    let marked = run.iter().filter(|(_, block)| {
        block.cell.is_some_and(|at| {
            let table = plan.document().tables().get(at.table as usize);
            table.is_some_and(|table| at.row < table.header_rows)
        })
    });
    headers.extend(marked.map(|(index, _)| *index));
    headers
}

/// The words at the head of each column, for a narrow screen on which rows are stacked.
fn titles(page: &Page<'_>, run: &[(usize, &Block)], headers: &BTreeSet<usize>) -> BTreeMap<u32, String> {
    let heads = run.iter().filter(|(index, _)| headers.contains(index));
    heads.filter_map(|(_, block)| Some((block.cell?.column, clean(page.told.plan().slice(block.span))))).collect()
}

#[expect(clippy::too_many_arguments, reason = "the state of one walk over a table")]
fn row_cells<'b>(
    page: &Page<'_>,
    table: u32,
    row: u32,
    rows: &BTreeSet<u32>,
    columns: &BTreeSet<u32>,
    by_cell: &BTreeMap<(u32, u32), Vec<(usize, &'b Block)>>,
    headers: &BTreeSet<usize>,
    taken: &mut BTreeSet<(u32, u32)>,
    open_until: &mut u32,
) -> Vec<Shown<'b>> {
    let Some(known) = page.told.plan().document().tables().get(table as usize) else { return Vec::new() };
    let mut shown = Vec::new();
    for &column in columns {
        if taken.contains(&(row, column)) {
            continue;
        }
        let cell: Option<&Cell> = known.cell(row, column);
        let over = |start: u32, span: u32| start..start.saturating_add(span.max(1));
        let covered = |range: Range<u32>, used: &BTreeSet<u32>, from: u32| -> Vec<u32> {
            used.range(range).copied().filter(|&at| at >= from).collect()
        };
        let own_rows = cell.map_or(vec![row], |cell| covered(over(cell.row, cell.row_span), rows, row));
        let own_columns =
            cell.map_or(vec![column], |cell| covered(over(cell.column, cell.column_span), columns, column));
        // A cell may not run into one that is there already.
        let free = own_columns.iter().take_while(|&&at| !taken.contains(&(row, at))).count().max(1);
        let own_columns = own_columns.get(..free).unwrap_or_default();
        for &at_row in &own_rows {
            taken.extend(own_columns.iter().map(|&at| (at_row, at)));
        }
        *open_until = (*open_until).max(own_rows.last().copied().unwrap_or(row));
        let blocks = cell.and_then(|cell| by_cell.get(&(cell.row, cell.column))).cloned().unwrap_or_default();
        let header = !blocks.is_empty() && blocks.iter().all(|(index, _)| headers.contains(index));
        shown.push(Shown { blocks, rows: own_rows.len(), columns: own_columns.len(), header, column });
    }
    shown
}

/// The paragraphs and lists of a cell.
fn inside(page: &Page<'_>, cell: &Shown<'_>) -> Markup {
    let is_item = |block: &Block| matches!(block.kind, BlockKind::ListItem { .. });
    html! {
        @for run in cell.blocks.chunk_by(|(_, a), (_, b)| is_item(a) == is_item(b)) {
            @if run.first().is_some_and(|(_, block)| is_item(block)) {
                ul { @for (index, block) in run { li id=(page.told.block_id(*index)) { (page.words(*index, block)) } } }
            } @else {
                @for (index, block) in run { p id=(page.told.block_id(*index)) { (page.words(*index, block)) } }
            }
        }
    }
}

fn paragraph(page: &Page<'_>, index: usize, block: &Block, is_heading: bool) -> Markup {
    let item = matches!(block.kind, BlockKind::ListItem { .. });
    html! {
        p id=(page.told.block_id(index)) class=[match (is_heading, item) { (true, _) => Some("printed"), (_, true) => Some("item"), _ => None }] {
            (page.words(index, block))
        }
    }
}
