//! Later clauses that promise something of their own: "…for an hour each term, and will also provide direct therapy".

use crate::plan::read::facts::wording::{Piece, PieceOf, Wording};
use crate::plan::read::facts::{find, shortfall, sort};
use crate::plan::vocabulary::Vocabulary;
use crate::plan::{FactKind, Need, Role, Sort, Strength};
use std::ops::Range;

/// What the later clauses of a statement promise without saying when or how much. Who gives it, the first clause may have
/// said for all; in a row, the other cells are said of all that is in it.
pub(super) fn missing(vocabulary: &Vocabulary, wording: &Wording) -> Vec<Need> {
    let [piece] = &wording.pieces[..] else { return Vec::new() };
    if piece.place != PieceOf::Part(Role::What) {
        return Vec::new();
    }
    // "Should he run off, the head rings home, and a mentor follows": both are done then.
    let reacts = wording.tokens.first().is_some_and(|first| first.text == "should");
    let mut missing: Vec<Need> = Vec::new();
    for (clause, further) in later(vocabulary, wording).into_iter().filter(|&(_, further)| further || !reacts) {
        let words = wording.tokens[clause].to_vec();
        let piece = Piece { range: 0..words.len(), place: PieceOf::Part(Role::What) };
        let alone = Wording { tokens: words, pieces: vec![piece], ..Wording::default() };
        let facts = find::facts(vocabulary, &alone);
        let loosely = facts.iter().any(|f| f.kind == FactKind::Total && f.strength == Strength::Vague);
        let (sort, sure) = sort::sort(vocabulary, &alone, &facts);
        // What more there is has to be stated whatever it is; of the rest, what somebody comes or stays for.
        let asked = matches!(sort, Sort::Direct | Sort::Indirect | Sort::AdultSupport);
        if asked || further && matches!(sort, Sort::Unclear | Sort::Equipment) {
            let needs = shortfall::sorted(vocabulary, &alone, &facts, sort, sure).missing;
            // "On the same day": what says when at all belongs to the whole.
            let untimed = needs.contains(&Need::Frequency) || loosely && needs.contains(&Need::Amount);
            let asked =
                needs.into_iter().filter(|need| matches!(need, Need::Frequency | Need::Duration | Need::Amount));
            missing.extend(asked.filter(|_| untimed));
        }
    }
    missing.sort_unstable();
    missing.dedup();
    missing
}

/// The clauses behind the first that have a subject or a verb of their own, and whether each promises something more.
fn later(vocabulary: &Vocabulary, wording: &Wording) -> Vec<(Range<usize>, bool)> {
    let starts = |class, further| {
        let found = vocabulary.grammar.find_all(class, wording.phrase());
        found.into_iter().map(move |(from, _)| (from, further))
    };
    let mut found: Vec<(usize, bool)> =
        starts(&vocabulary.own_clause, false).chain(starts(&vocabulary.further_clause, true)).collect();
    found.sort_unstable();
    let ends = found.iter().skip(1).map(|&(from, _)| from).chain([wording.tokens.len()]);
    found.iter().zip(ends).map(|(&(from, further), end)| (from..end, further)).collect()
}
