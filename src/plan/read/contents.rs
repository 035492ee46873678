//! Contents pages and guides to the plan: they name every section, and none stands there.

use crate::document::Document;
use crate::plan::letter::Letter;
use crate::plan::read::claim::Claim;
use crate::plan::read::grid::Grid;
use std::collections::BTreeMap;
use std::ops::Range;

/// A contents page or a guide names at least so many sections.
const SECTIONS: usize = 6;

/// A plan has no more of them than these: contents, a guide, a summary, a key.
const GUIDES: usize = 4;

/// Drops the claims of contents pages and guides, before the plan and after it: such a part names many
/// sections, each once, and most of them come again with more to say.
pub(crate) fn drop(document: &Document, claims: &mut Vec<Claim>, grids: &[Grid]) {
    for drop_one in [drop_first, drop_last] {
        for _ in 0..GUIDES {
            if !drop_one(document, claims, grids) {
                break;
            }
        }
    }
}

fn drop_first(document: &Document, claims: &mut Vec<Claim>, grids: &[Grid]) -> bool {
    let Some(split) = first_repeat(claims) else { return false };
    let (guide, plan) = claims.split_at(split);
    let from = guide.iter().find(|claim| !claim.letters.is_empty()).map_or(0, |claim| claim.blocks.start);
    let until = plan[0].blocks.start;
    let ends = document.blocks().len();
    let is_guide = repeats(guide, plan, grids) && words(document, from..until) < words(document, until..ends) / 2;
    if is_guide {
        claims.splice(..split, [Claim::outside(from..from)]);
    }
    is_guide
}

fn drop_last(document: &Document, claims: &mut Vec<Claim>, grids: &[Grid]) -> bool {
    let backwards: Vec<Claim> = claims.iter().rev().cloned().collect();
    let Some(split) = first_repeat(&backwards).map(|split| claims.len() - split) else { return false };
    let (plan, guide) = claims.split_at(split);
    let (from, until) = (plan[0].blocks.start, guide[0].blocks.start);
    let ends = document.blocks().len();
    let is_guide = repeats(guide, plan, grids) && words(document, until..ends) < words(document, from..until) / 2;
    if is_guide {
        claims.splice(split.., [Claim::outside(until..until)]);
    }
    is_guide
}

/// The first claim whose section was claimed before, with another between.
fn first_repeat(claims: &[Claim]) -> Option<usize> {
    let mut seen: BTreeMap<Letter, usize> = BTreeMap::new();
    (0..claims.len()).find(|&at| {
        let before = claims[at].single().and_then(|letter| seen.insert(letter, at));
        before.is_some_and(|before| before + 1 < at)
    })
}

/// Whether the guide names enough sections, and most of them come again in the plan.
fn repeats(guide: &[Claim], plan: &[Claim], grids: &[Grid]) -> bool {
    let mut named: Vec<Letter> = guide.iter().filter_map(Claim::single).collect();
    named.sort_unstable();
    named.dedup();
    let in_grids = |letter: Letter| grids.iter().any(|grid| grid.columns.contains(&letter));
    let again = |letter: Letter| in_grids(letter) || plan.iter().any(|claim| claim.letters.contains(&letter));
    named.len() >= SECTIONS && named.iter().filter(|&&letter| again(letter)).count() * 10 >= named.len() * 7
}

/// About how many words stand in these blocks: as many as spaces, and one more for each block.
fn words(document: &Document, blocks: Range<usize>) -> usize {
    let blocks = document.blocks().get(blocks).unwrap_or_default();
    blocks.iter().map(|block| 1 + document.slice(block.span).bytes().filter(|&byte| byte == b' ').count()).sum()
}
