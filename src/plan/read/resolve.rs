//! Which claims stand where several could: letters before mere titles, the parts before the whole.

use crate::document::Document;
use crate::plan::letter::Letter;
use crate::plan::read::claim::Claim;
use crate::plan::read::grid::Grid;
use crate::plan::read::label::Form;
use crate::plan::read::look;

/// How many sections must bear letters for a plan to be one that letters its sections.
const LETTERED: usize = 3;

/// In a plan that letters its sections, headings without letters are headings inside sections, unless
/// nothing else claims theirs; and where the word "Section" leads, a mere letter is a number.
pub(crate) fn drop_weaker_forms(document: &Document, claims: &mut Vec<Claim>, grids: &[Grid]) {
    drop_column_headings(claims);
    let explicit: Vec<Claim> =
        claims.iter().filter(|claim| claim.form >= Form::Letter && !claim.letters.is_empty()).cloned().collect();
    let in_grids: Vec<Letter> = grids.iter().flat_map(Grid::letters).collect();
    let by_word = distinct(explicit.iter().filter(|claim| claim.form == Form::Word).filter_map(Claim::single));
    let lettered = distinct(explicit.iter().flat_map(|claim| claim.letters.clone()).chain(in_grids.iter().copied()));
    let plain = lettered.len() < LETTERED;
    let claimed_alone =
        |letter: &Letter| in_grids.contains(letter) || explicit.iter().any(|claim| claim.single() == Some(*letter));
    let block = |claim: &Claim| document.blocks().get(claim.blocks.start);
    let typical = explicit.iter().find(|claim| claim.form == Form::Word).or(explicit.first()).and_then(block);
    let like_others = |claim: &Claim| match (block(claim), typical) {
        (Some(ours), Some(theirs)) => look::as_strong(ours, theirs),
        _ => true,
    };
    // The sign-off after the list of advice need not look like a section: it can cut off nothing else.
    let last = claims.iter().rfind(|claim| !claim.letters.is_empty()).cloned();
    let ends_advice = |claim: &Claim| {
        last.as_ref().is_some_and(|last| last.letters == [Letter::K] && last.blocks.start < claim.blocks.start)
    };
    // "Outcomes and provision by area", above tables whose rows or columns have letters.
    let mut starts = grid_starts(document, grids);
    starts.extend(explicit.iter().map(|claim| (claim.blocks.start, claim.letters.clone())));
    starts.sort_by_key(|&(start, _)| start);
    let heads_them = |claim: &Claim| {
        let own = |(_, letters): &(usize, Vec<Letter>)| letters.iter().all(|letter| claim.letters.contains(letter));
        let (before, after) = starts.split_at(starts.partition_point(|&(start, _)| start < claim.blocks.start));
        claim.letters.len() > 1 && !before.iter().any(own) && after.first().is_some_and(own)
    };
    claims.retain(|claim| match claim.form {
        Form::Word => !claim.letters.is_empty() || plain || like_others(claim) || ends_advice(claim),
        Form::Letter => by_word.len() < LETTERED || !claim.letters.iter().all(|letter| by_word.contains(letter)),
        Form::Statutory if plain => true,
        Form::Statutory => (!claim.letters.iter().any(claimed_alone) || heads_them(claim)) && like_others(claim),
        Form::Title => plain,
    });
}

/// A column headed "Outcomes" claims nothing under a heading that claims Section E, nor beside a column
/// headed "Provision": that is a grid.
fn drop_column_headings(claims: &mut Vec<Claim>) {
    let weak = |claim: &Claim| claim.in_columns && claim.form <= Form::Statutory;
    let keep: Vec<bool> = (0..claims.len())
        .map(|at| {
            let claim = &claims[at];
            let beside = |other: &Claim| weak(other) && other.letters != claim.letters;
            let neighbour = claims.get(at + 1).is_some_and(beside) || at > 0 && beside(&claims[at - 1]);
            let above = claims[..at].iter().rev().find(|other| !other.in_columns);
            let covered = above.is_some_and(|above| claim.letters.iter().any(|letter| above.letters.contains(letter)));
            !weak(claim) || !neighbour && !covered
        })
        .collect();
    let mut keep = keep.into_iter();
    claims.retain(|_| keep.next().unwrap_or(true));
}

/// The block that each grid begins with, and the sections of its columns.
fn grid_starts(document: &Document, grids: &[Grid]) -> Vec<(usize, Vec<Letter>)> {
    grids.iter().map(|grid| (grid.first_block(document), grid.letters())).collect()
}

fn distinct(letters: impl Iterator<Item = Letter>) -> Vec<Letter> {
    let mut letters: Vec<Letter> = letters.collect();
    letters.sort_unstable();
    letters.dedup();
    letters
}

/// A label that names several sections keeps those that nothing below it claims: "Sections B, E and F" above
/// a grid with a column for each is divided. What stands under it before that belongs to the first.
pub(crate) fn divide(document: &Document, claims: &mut [Claim], grids: &[Grid]) {
    let grid_starts = grid_starts(document, grids);
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
