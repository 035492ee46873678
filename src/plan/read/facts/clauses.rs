//! Later clauses that promise something of their own: "…for an hour each term, and will also provide direct therapy".

use crate::plan::read::facts::wording::{Piece, PieceOf, Wording};
use crate::plan::read::facts::{find, shortfall, sort};
use crate::plan::vocabulary::Vocabulary;
use crate::plan::{Need, Role, Sort};
use std::ops::Range;

/// What the later clauses of a statement promise without saying when or how much. Who gives it, the first clause may have
/// said for all; in a row, the other cells are said of all that is in it.
pub(super) fn missing(vocabulary: &Vocabulary, wording: &Wording) -> Vec<Need> {
    let [piece] = &wording.pieces[..] else { return Vec::new() };
    if piece.place != PieceOf::Part(Role::What) {
        return Vec::new();
    }
    let mut missing: Vec<Need> = Vec::new();
    for clause in later(vocabulary, wording) {
        let words = wording.tokens[clause].to_vec();
        let piece = Piece { range: 0..words.len(), place: PieceOf::Part(Role::What) };
        let alone = Wording { tokens: words, pieces: vec![piece] };
        let facts = find::facts(vocabulary, &alone);
        let (sort, sure) = sort::sort(vocabulary, &alone, &facts);
        if matches!(sort, Sort::Direct | Sort::Indirect | Sort::AdultSupport | Sort::Unclear) {
            let needs = shortfall::sorted(vocabulary, &alone, &facts, sort, sure).missing.into_iter();
            missing.extend(needs.filter(|need| matches!(need, Need::Frequency | Need::Duration | Need::Amount)));
        }
    }
    missing.sort_unstable();
    missing.dedup();
    missing
}

/// The clauses behind the first that have a subject or a verb of their own.
fn later(vocabulary: &Vocabulary, wording: &Wording) -> Vec<Range<usize>> {
    let found = vocabulary.grammar.find_all(&vocabulary.own_clause, &wording.tokens);
    let ends = found.iter().skip(1).map(|&(from, _)| from).chain([wording.tokens.len()]);
    found.iter().zip(ends).map(|(&(from, _), end)| from..end).collect()
}
