//! What sort of provision a statement is, from its cues.

use crate::plan::read::facts::find::Found;
use crate::plan::read::facts::wording::{PieceOf, Wording};
use crate::plan::vocabulary::{SortCues, Vocabulary};
use crate::plan::{FactKind, Role, Sort, Strength};
use crate::text::pattern::Class;
use crate::text::phrase::{LazyMatches, Phrase};
use crate::text::token::{Shape, Token};
use std::cell::LazyCell;

/// The sort of a statement, and whether its words leave little doubt.
pub(super) fn sort(vocabulary: &Vocabulary, wording: &Wording, facts: &[Found]) -> (Sort, bool) {
    let mut what = words_of(wording, |place| matches!(place, PieceOf::Part(Role::What | Role::Other)));
    if let Some(begun) = begun(wording) {
        what.splice(0..0, begun);
    }
    if is_funding(vocabulary, &what, facts, wording) {
        return (Sort::Funding, true);
    }
    // "Coaching, so that she learns to plan a piece of work": what it is for says what it is only where nothing else does.
    let before = before_purpose(&what);
    let by_cues = |words: &[Token]| {
        // All its words, and nothing before them: where patterns match there is told already.
        let whole = words.len() == wording.tokens.len() && words == wording.tokens;
        let told = LazyMatches::default();
        by_cues(vocabulary, if whole { wording.phrase() } else { Phrase::of(words, &told) })
    };
    let all = || if before.len() < what.len() { by_cues(&what) } else { None };
    // "Counting and matching (Numicon, toy sheep)", one to one each day: what it is done with makes no equipment of it.
    let outside = || {
        is_session(facts)
            && before.iter().any(|token| token.text == "(")
            && by_cues(&outside_brackets(before)).is_none()
    };
    let found = by_cues(before).or_else(all);
    if let Some(found) = found.filter(|&(sort, _)| sort != Sort::Equipment || !outside()) {
        return found;
    }
    let lead = words_of(wording, |place| matches!(place, PieceOf::LeadIn | PieceOf::LeadOut));
    // What stands before a list says what its items are for more often than what they are.
    let by_lead = by_strong_cues(vocabulary, Phrase::of(&lead, &LazyMatches::default())).map(|(_, sort)| (sort, false));
    by_lead.unwrap_or_else(|| if is_session(facts) { (Sort::Direct, false) } else { (Sort::Unclear, false) })
}

/// "Sand tray work, 1:1, 45 minutes weekly": whatever it is, it comes in sessions with somebody.
fn is_session(facts: &[Found]) -> bool {
    let states = |kinds: &[FactKind]| facts.iter().any(|f| f.strength > Strength::Vague && kinds.contains(&f.kind));
    states(&[FactKind::GroupSize]) && states(&[FactKind::Frequency]) && !states(&[FactKind::Occasion])
}

/// The words that stand in no brackets.
fn outside_brackets(tokens: &[Token]) -> Vec<Token> {
    let mut inside = false;
    let outside = tokens.iter().filter(|token| {
        let mark = matches!(token.text.as_str(), "(" | ")");
        inside = if mark { token.text == "(" } else { inside };
        !mark && !inside
    });
    outside.cloned().collect()
}

/// The words before "so that", where they say anything.
fn before_purpose(tokens: &[Token]) -> &[Token] {
    let so_that = |pair: &[Token]| pair[0].text == "so" && pair[1].text == "that";
    let end = tokens.windows(2).position(so_that);
    &tokens[..end.unwrap_or(tokens.len())]
}

/// The last words of a lead-in that its items go on from: "All staff will:".
fn begun(wording: &Wording) -> Option<Vec<Token>> {
    let lead = wording.pieces.iter().find(|piece| piece.place == PieceOf::LeadIn)?;
    let words: Vec<&Token> = wording.tokens[lead.range.clone()].iter().filter(|token| token.text != ":").collect();
    let last = words.last()?;
    let goes_on = matches!(last.text.as_str(), "will" | "to" | "shall" | "must" | "should");
    goes_on.then(|| words[words.len().saturating_sub(6)..].iter().map(|&token| token.clone()).collect())
}

fn words_of(wording: &Wording, wanted: impl Fn(PieceOf) -> bool) -> Vec<Token> {
    let pieces = wording.pieces.iter().filter(|piece| wanted(piece.place));
    pieces.flat_map(|piece| wording.tokens[piece.range.clone()].iter().cloned()).collect()
}

/// A strong cue decides wherever it stands, the first winning; else the first plain cue does.
fn by_cues(vocabulary: &Vocabulary, words: Phrase<'_>) -> Option<(Sort, bool)> {
    let plain = |strategy: bool| {
        let sorts = vocabulary.sorts.iter().filter(|cues| (cues.sort == Sort::Strategy) == strategy);
        let found = sorts.filter_map(|cues| first(vocabulary, cues, &cues.any, words).map(|at| (at, cues.sort)));
        found.min_by_key(|&(at, _)| at)
    };
    // A strategy is known by the want of anything else: its words stand in every sort.
    let plain = plain(false).or_else(|| plain(true));
    match (by_strong_cues(vocabulary, words), plain) {
        (Some((_, sort)), Some((_, other))) => Some((sort, sort == other)),
        (Some((_, sort)), None) | (None, Some((_, sort))) => Some((sort, true)),
        (None, None) => None,
    }
}

fn by_strong_cues(vocabulary: &Vocabulary, words: Phrase<'_>) -> Option<(usize, Sort)> {
    let found = vocabulary
        .sorts
        .iter()
        .filter_map(|cues| first(vocabulary, cues, &cues.strong, words).map(|at| (at, cues.sort)));
    found.min_by_key(|&(at, _)| at)
}

/// The first token of the first match of `class` that nothing harmless covers.
fn first(vocabulary: &Vocabulary, cues: &SortCues, class: &Class, words: Phrase<'_>) -> Option<usize> {
    let mut found = vocabulary.grammar.find_all(class, words).into_iter();
    let not = LazyCell::new(|| vocabulary.grammar.find_all(&cues.not, words));
    found.find(|&(from, to)| !not.iter().any(|&(a, b)| a < to && from < b)).map(|(from, _)| from)
}

/// Money, and little else: a sum or a band stands where provision should.
fn is_funding(vocabulary: &Vocabulary, what: &[Token], facts: &[Found], wording: &Wording) -> bool {
    let in_what = |found: &&Found| matches!(wording.place(found.at.0), Some(PieceOf::Part(Role::What | Role::Other)));
    let in_amount = |found: &&Found| in_what(found) || wording.place(found.at.0) == Some(PieceOf::Part(Role::Measure));
    // Money on which provision depends ("if the budget will stretch") is not what is given.
    let condition = |f: &&Found| {
        let mut after = wording.tokens[f.at.1..].iter().take(1).map(|token| token.text.as_str());
        let hangs = after
            .any(|word| matches!(word, "permitting" | "allowing" | "dependent" | "willing" | "permits" | "allows"));
        let before = wording.tokens[..f.at.0].iter().rev().take(5).map(|token| token.text.as_str());
        hangs
            || before.take_while(|word| !matches!(*word, "." | "|")).any(|word| {
                matches!(
                    word,
                    "if" | "when"
                        | "once"
                        | "until"
                        | "unless"
                        | "provided"
                        | "subject"
                        | "while"
                        | "whilst"
                        | "should"
                        | "where"
                        | "within"
                        | "as"
                )
            })
    };
    let money: usize = facts
        .iter()
        .filter(|f| f.kind == FactKind::Money)
        .filter(in_amount)
        .filter(|f| !condition(f))
        .map(|f| f.at.1 - f.at.0)
        .sum();
    let given = facts.iter().any(|f| {
        matches!(f.kind, FactKind::Duration | FactKind::Total | FactKind::GroupSize | FactKind::Coverage)
            && in_amount(&f)
    });
    let words = what.iter().filter(|token| token.shape != Shape::Mark).count();
    let sum = vocabulary.grammar.matches(&vocabulary.sum, what);
    sum || money > 0 && !given && (words <= 14 + 2 * money || vocabulary.grammar.matches(&vocabulary.paid, what))
}
