//! Which blocks open a section. Contents pages, guides to the plan and sentences that mention a section do not.

use crate::document::{Block, BlockKind, Document};
use crate::plan::read::claim::Claim;
use crate::plan::read::grid::{self, Grid};
use crate::plan::read::label::{self, Form, Label};
use crate::plan::read::look::Looks;
use crate::plan::read::{contents, resolve};

/// Every claim, in reading order. Those of several sections are still to be divided.
pub(crate) fn claims(document: &Document, grids: &[Grid], looks: Looks) -> Vec<Claim> {
    let mut claims = candidates(document, grids, looks);
    contents::drop(document, &mut claims, grids);
    resolve::drop_weaker_forms(document, &mut claims, grids);
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
    let (label, offset) = read_block(block, text)?;
    let last = title_apart(document, index, &label);
    let titled = label.titled || last > index;
    let in_list = matches!(block.kind, BlockKind::ListItem { .. }) && !stands_out;
    let fits = match label.form {
        Form::Word => !is_bare_reference(document, block, titled) && !(in_list && !titled),
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
    let wanted = !label.titled && label.body.is_none() && beside && !own;
    if wanted && label::is_title_of(&label.letters, text) && !is_long_sentence(text) { index + 1 } else { index }
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

/// Drops the claims of a contents page or a guide to the plan: it names many sections, each once, and
/// most of them come again with more to say.
fn drop_contents(document: &Document, claims: &mut Vec<Claim>, grids: &[Grid]) {
    let in_grids = |letter: Letter| grids.iter().any(|grid| grid.columns.contains(&letter));
    let ends = document.blocks().len();
    let words = |range: Range<usize>| -> usize {
        let blocks = document.blocks().get(range).unwrap_or_default();
        blocks.iter().map(|block| document.slice(block.span).split_whitespace().count()).sum()
    };
    let start = |claim: &Claim| claim.blocks.start;
    if let Some(split) = first_repeat(claims) {
        let (guide, plan) = claims.split_at(split);
        let (from, until) = (start(&guide[0]), start(&plan[0]));
        if repeats(guide, plan, &in_grids) && words(from..until) < words(until..ends) / 2 {
            let outside = Claim { letters: Vec::new(), form: Form::Word, blocks: from..from, body: None };
            claims.splice(..split, [outside]);
        }
    }
    let backwards: Vec<Claim> = claims.iter().rev().cloned().collect();
    if let Some(split) = first_repeat(&backwards).map(|split| claims.len() - split) {
        let (plan, guide) = claims.split_at(split);
        let (from, until) = (start(&plan[0]), start(&guide[0]));
        if repeats(guide, plan, &in_grids) && words(until..ends) < words(from..until) / 2 {
            let outside = Claim { letters: Vec::new(), form: Form::Word, blocks: until..until, body: None };
            claims.splice(split.., [outside]);
        }
    }
}

/// The first claim whose section was claimed before, with another between.
fn first_repeat(claims: &[Claim]) -> Option<usize> {
    (1..claims.len()).find(|&at| {
        let letter = claims[at].single();
        letter.is_some()
            && claims[..at - 1].iter().any(|before| before.single() == letter)
            && claims[at - 1].single() != letter
    })
}

fn repeats(guide: &[Claim], plan: &[Claim], in_grids: &dyn Fn(Letter) -> bool) -> bool {
    let mut named: Vec<Letter> = guide.iter().filter_map(Claim::single).collect();
    named.sort_unstable();
    named.dedup();
    let again =
        named.iter().filter(|&&letter| in_grids(letter) || plan.iter().any(|claim| claim.letters.contains(&letter)));
    named.len() >= CONTENTS && again.count() * 10 >= named.len() * 7
}

/// In a plan that letters its sections, headings without letters are headings inside sections, unless
/// nothing else claims theirs; and where the word "Section" leads, a mere letter is a number.
fn drop_weaker_forms(document: &Document, claims: &mut Vec<Claim>, grids: &[Grid]) {
    let explicit: Vec<Claim> =
        claims.iter().filter(|claim| claim.form >= Form::Letter && !claim.letters.is_empty()).cloned().collect();
    let by_word: Vec<Letter> =
        explicit.iter().filter(|claim| claim.form == Form::Word).filter_map(Claim::single).collect();
    let in_grids: Vec<Letter> = grids.iter().flat_map(Grid::letters).collect();
    let mut lettered: Vec<Letter> =
        explicit.iter().flat_map(|claim| claim.letters.clone()).chain(in_grids.clone()).collect();
    lettered.sort_unstable();
    lettered.dedup();
    let plain = lettered.len() < LETTERED;
    let mut distinct = by_word.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let claimed_alone =
        |letter: &Letter| in_grids.contains(letter) || explicit.iter().any(|claim| claim.single() == Some(*letter));
    let like_others = |claim: &Claim| {
        let block = |claim: &Claim| document.blocks().get(claim.blocks.start);
        let typical = explicit.iter().find(|claim| claim.form == Form::Word).or(explicit.first());
        let (Some(ours), Some(theirs)) = (block(claim), typical.and_then(block)) else { return true };
        look::as_strong(ours, theirs)
    };
    claims.retain(|claim| match claim.form {
        Form::Word => !claim.letters.is_empty() || plain || like_others(claim),
        Form::Letter => distinct.len() < LETTERED || !claim.letters.iter().all(|letter| by_word.contains(letter)),
        Form::Statutory => {
            plain
                || !claim.letters.iter().any(claimed_alone)
                    && (claim.letters.iter().any(|letter| lettered.contains(letter)) || like_others(claim))
        }
        Form::Title => plain,
    });
}

/// A label that names several sections keeps those that nothing below it claims: "Sections B, E and F" above
/// a grid with a column for each is divided. What stands under it before that belongs to the first.
pub(crate) fn divide(document: &Document, claims: &mut [Claim], grids: &[Grid]) {
    let grid_starts: Vec<(usize, Vec<Letter>)> =
        grids.iter().map(|grid| (grid.first_block(document), grid.letters())).collect();
    let anywhere: Vec<Letter> = claims.iter().filter_map(Claim::single).collect();
    for at in 0..claims.len() {
        let letters = claims[at].letters.clone();
        if letters.len() < 2 {
            continue;
        }
        let own = |other: &Claim| {
            !other.letters.is_empty()
                && other.letters.len() < letters.len()
                && other.letters.iter().all(|letter| letters.contains(letter))
        };
        let below = claims[at + 1..].iter().take_while(|other| own(other));
        let end = claims.get(at + 1 + below.clone().count()).map_or(usize::MAX, |next| next.blocks.start);
        let mut divided: Vec<Letter> = below.flat_map(|other| other.letters.clone()).collect();
        let from = claims[at].blocks.end;
        divided.extend(
            grid_starts
                .iter()
                .filter(|&&(start, _)| (from..end).contains(&start))
                .flat_map(|(_, letters)| letters.clone()),
        );
        if claims[at].form <= Form::Statutory {
            divided.extend(&anywhere);
        }
        let kept: Vec<Letter> = letters.iter().copied().filter(|letter| !divided.contains(letter)).collect();
        claims[at].letters = if kept.is_empty() { letters[..1].to_vec() } else { kept };
    }
}
