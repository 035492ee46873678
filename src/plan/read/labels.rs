//! Which blocks open a section. Contents pages, guides to the plan and sentences that mention a section do not.

use crate::document::{Block, BlockKind, Document};
use crate::plan::read::claim::Claim;
use crate::plan::read::grid::{self, Grid};
use crate::plan::read::label::{self, Form, Label};
use crate::plan::read::look::{self, Looks};
use crate::plan::read::{apart, contents, resolve, series};

/// Every claim, in reading order. Those of several sections are still to be divided.
pub(crate) fn claims(document: &Document, grids: &[Grid], looks: Looks) -> Vec<Claim> {
    let mut claims = candidates(document, grids, looks);
    series::complete(document, &mut claims, looks);
    contents::drop(document, &mut claims, grids);
    resolve::drop_weaker_forms(document, &mut claims, grids);
    apart::complete(document, &mut claims, looks);
    claims
}

fn candidates(document: &Document, grids: &[Grid], looks: Looks) -> Vec<Claim> {
    let mut found: Vec<Claim> = Vec::new();
    let mut index = 0;
    while let Some(block) = document.blocks().get(index) {
        let claim = if in_grid_header(document, grids, block) { None } else { candidate(document, index, looks) };
        index = claim.as_ref().map_or(index + 1, |claim| claim.blocks.end);
        found.extend(claim);
    }
    found
}

/// The claim that begins at a block, by its words and its look.
fn candidate(document: &Document, index: usize, looks: Looks) -> Option<Claim> {
    let block = document.blocks().get(index)?;
    let text = document.slice(block.span);
    let stands_out = looks.stands_out(document, index);
    if stands_out && label::is_outside(text) && !is_column_heading(document, block) {
        return Some(Claim::outside(index..index + 1));
    }
    if block.cell.is_none() && index + 1 == document.blocks().len() && label::is_print_out(text) {
        return Some(Claim::outside(index..index + 1));
    }
    let (label, offset) = read_block(block, text)?;
    let last = title_apart(document, index, &label);
    let titled = label.titled || last > index;
    let in_list = matches!(block.kind, BlockKind::ListItem { .. }) && !stands_out;
    let fits = match label.form {
        Form::Word => !is_bare_reference(document, block, titled) && (!in_list || titled),
        Form::Letter => titled && (stands_out || !in_list && !beside_other_cells(document, block)),
        Form::Statutory | Form::Title => stands_out && !beside_text(document, block),
    };
    let body = label.body.and_then(|at| (at + block.span.start).checked_sub(offset)).filter(|_| last == index);
    fits.then_some(Claim {
        letters: label.letters,
        form: label.form,
        blocks: index..last + 1,
        in_columns: is_column_heading(document, block),
        body,
    })
}

/// The label of a block, its list number read with it ("Section A" may be automatic numbering),
/// and how many bytes of what was read are that number.
fn read_block(block: &Block, text: &str) -> Option<(Label, usize)> {
    let numbered = block.label.as_deref().filter(|number| number.contains(char::is_alphanumeric)).and_then(|number| {
        let read = label::read(&format!("{number} {text}")).filter(|label| label.form >= Form::Letter)?;
        Some((read, number.len() + 1))
    });
    numbered.or_else(|| Some((label::read(text)?, 0)))
}

/// The last block of a label whose title stands apart: in the next line or cell ("SECTION A | The views…").
fn title_apart(document: &Document, index: usize, label: &Label) -> usize {
    let (Some(block), Some(next)) = (document.blocks().get(index), document.blocks().get(index + 1)) else {
        return index;
    };
    let beside = match (block.cell, next.cell) {
        (None, None) => true,
        (Some(ours), Some(theirs)) => ours.table == theirs.table && ours.row.abs_diff(theirs.row) <= 1,
        _ => false,
    };
    let text = document.slice(next.span);
    let own = label::read(text).is_some_and(|other| other.form >= Form::Letter);
    let lower = match (block.kind, next.kind) {
        (BlockKind::Heading { level }, BlockKind::Heading { level: below }) => below > level,
        _ => false,
    };
    let wanted = !label.titled && label.body.is_none() && beside && !own && !lower;
    let surely = !look::as_strong(next, block);
    if wanted && label::is_title_of(&label.letters, text, surely) && !is_long_sentence(text) {
        index + 1
    } else {
        index
    }
}

fn is_long_sentence(text: &str) -> bool {
    text.ends_with('.') && text.split_whitespace().count() > 45
}

fn in_grid_header(document: &Document, grids: &[Grid], block: &Block) -> bool {
    grids.iter().any(|grid| {
        let row = grid::cell_in(document, block.cell, grid.table).map(|cell| cell.row);
        row.is_some() && row == grid.header
    })
}

/// "Section F" alone in a cell behind another: a column that says which section something informed.
fn is_bare_reference(document: &Document, block: &Block, titled: bool) -> bool {
    let Some(at) = block.cell else { return false };
    !titled && at.column > 0 && document.tables().get(at.table as usize).is_some_and(|table| table.columns > 1)
}

/// Whether the block stands in a row of a table with words in other cells too.
fn beside_other_cells(document: &Document, block: &Block) -> bool {
    let Some(at) = block.cell else { return false };
    let Some(table) = document.tables().get(at.table as usize) else { return false };
    table.row(at.row).filter(|cell| !cell.blocks.is_empty()).count() > 2
}

/// Whether the block stands in a row whose other cells hold text, not headings.
fn beside_text(document: &Document, block: &Block) -> bool {
    let Some(at) = block.cell else { return false };
    let Some(table) = document.tables().get(at.table as usize) else { return false };
    let others = table.row(at.row).filter(|cell| cell.column != at.column && !cell.blocks.is_empty());
    at.row >= table.header_rows && others.count() > 0
}

/// Whether the block is one of several column headings.
fn is_column_heading(document: &Document, block: &Block) -> bool {
    let Some(at) = block.cell else { return false };
    document
        .tables()
        .get(at.table as usize)
        .is_some_and(|table| table.row(at.row).filter(|cell| !cell.blocks.is_empty()).count() > 1)
}
