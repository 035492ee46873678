//! Whether an outcome is specific, measurable, time-bound, and the child's own.

use crate::plan::read::facts::wording::{Piece, PieceOf, Wording};
use crate::plan::vocabulary::Vocabulary;
use crate::plan::{Need, Role};
use crate::text::token::{Shape, Token};

/// What an outcome lacks, and where among its tokens it describes what others will do.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Lack {
    pub(super) missing: Vec<Need>,
    pub(super) provision: Option<(usize, usize)>,
}

/// What an outcome lacks, and whether it describes what others will do.
pub(super) fn judge(vocabulary: &Vocabulary, wording: &Wording) -> Lack {
    let grammar = &vocabulary.grammar;
    let patterns = &vocabulary.outcomes;
    // The number of a row, in a column without a heading, measures nothing.
    let numbers = |piece: &Piece| wording.tokens[piece.range.clone()].iter().all(|token| token.shape != Shape::Word);
    let in_part = |at: usize, wanted: &dyn Fn(Role) -> bool| {
        let piece = wording.pieces.iter().find(|piece| piece.range.contains(&at));
        piece.is_some_and(|piece| match piece.place {
            PieceOf::Part(role) => wanted(role) && (role != Role::Other || wanted(Role::Date) || !numbers(piece)),
            PieceOf::LeadIn => true,
            PieceOf::LeadOut => false,
        })
    };
    let all = wording.phrase();
    let find = |class, wanted: &dyn Fn(Role) -> bool| -> Vec<(usize, usize)> {
        grammar.find_all(class, all).into_iter().filter(|&(at, _)| in_part(at, wanted)).collect()
    };
    let words = |role: Role| matches!(role, Role::What | Role::Other);
    let dated = |role: Role| matches!(role, Role::What | Role::Other | Role::Date | Role::Measure);
    let outside = |found: Vec<(usize, usize)>, covers: &[(usize, usize)]| {
        found.into_iter().any(|(from, to)| !covers.iter().any(|&(a, b)| a < to && from < b))
    };
    let timed = find(&patterns.timed, &dated);
    let not_provision = find(&patterns.not_provision, &words);
    let provision = find(&patterns.provision, &words)
        .into_iter()
        .find(|&(from, to)| !not_provision.iter().any(|&(a, b)| a < to && from < b));
    // "A physiotherapist will see Sam": somebody else is the one who acts.
    let actor = grammar.find_all(&vocabulary.providers, all).into_iter().find(|&(from, to)| {
        let modal = |token: &Token| matches!(token.text.as_str(), "will" | "shall" | "should" | "must");
        let acts = wording.tokens.iter().take(to + 1).skip(from).any(modal);
        let begins = wording.pieces.iter().any(|piece| piece.range.contains(&from) && from - piece.range.start <= 4);
        // "With his book Kitto will tell his teacher": the child acts.
        let child = (from + 1..to).any(|at| {
            wording.tokens[at].capital
                && wording.tokens.get(at + 1).is_some_and(modal)
                && !titled(&wording.tokens[at - 1])
                && wording.tokens[at - 1].text != "the"
        });
        acts && begins && !child && in_part(from, &words)
    });
    let provision = provision.or(actor);
    let unspecific = find(&patterns.unspecific, &words);
    let mut covers = timed.clone();
    covers.extend(own_number(&wording.tokens));
    covers.extend(find(&patterns.uncounted, &words));
    let measured = outside(find(&patterns.measured, &words), &covers);
    // What others will do is measured by how often they will.
    let often = || !find(&patterns.often, &words).is_empty();
    let measured = measured || provision.is_some() && (others_have_done(wording) || often());
    covers.extend(&unspecific);
    let act =
        (outside(find(&patterns.act, &words), &covers) || does_something(vocabulary, wording)) && provision.is_none();
    let mut missing = Vec::new();
    if !unspecific.is_empty() && !act && !measured && !pursues(wording, &unspecific) && provision.is_none() {
        missing.push(Need::Specific);
    }
    let compared = !measured && !find(&patterns.compared, &words).is_empty();
    if !measured && (!act || compared) {
        missing.push(Need::Measurable);
    }
    if timed.is_empty() {
        missing.push(Need::TimeBound);
    }
    Lack { missing, provision }
}

/// The number that an outcome bears ("6. Sam will…"), which measures nothing.
fn own_number(tokens: &[Token]) -> Option<(usize, usize)> {
    let (first, second) = (tokens.first()?, tokens.get(1)?);
    let ends = matches!(second.text.as_str(), "." | ")" | ":");
    (first.shape == Shape::Number && ends).then_some((0, 2))
}

/// "Mrs", before a name.
fn titled(token: &Token) -> bool {
    matches!(token.text.as_str(), "mrs" | "mr" | "ms" | "miss" | "dr")
}

/// "The therapist will have written him a programme": whether that is done by then, anybody can tell.
fn others_have_done(wording: &Wording) -> bool {
    let text = |at: usize| wording.tokens.get(at).map_or("", |token| token.text.as_str());
    (1..wording.tokens.len()).any(|at| {
        let child = wording.tokens[at - 1].capital || matches!(text(at - 1), "he" | "she" | "they" | "i");
        (text(at), text(at + 1)) == ("will", "have")
            && !child
            && !wording.tokens.get(at + 2).is_some_and(|done| done.capital)
            && ["ed", "en", "put", "set", "made", "built", "shown", "found", "bought", "taught", "held"]
                .iter()
                .any(|end| text(at + 2).ends_with(end))
    })
}

/// "More confident in talking to his friends": what the child will be better at is named.
fn pursues(wording: &Wording, unspecific: &[(usize, usize)]) -> bool {
    let text = |at: usize| wording.tokens.get(at).map_or("", |token| token.text.as_str());
    let names = |at: usize| {
        matches!(text(at), "in" | "at" | "when" | "about")
            && text(at + 1).len() > 5
            && !wording.tokens.get(at + 1).is_some_and(|name| name.capital)
            && text(at + 1).ends_with("ing")
            && !matches!(
                text(at + 1),
                "learning" | "training" | "reading" | "writing" | "spelling" | "everything" | "evening" | "morning"
            )
    };
    unspecific.iter().any(|&(from, to)| (from..to + 2).any(names))
}

/// Whether what stands after "will" (or "to" at the beginning) is a verb that names no mere state.
fn does_something(vocabulary: &Vocabulary, wording: &Wording) -> bool {
    let Some(piece) =
        wording.pieces.iter().find(|piece| matches!(piece.place, PieceOf::Part(Role::What | Role::Other)))
    else {
        return false;
    };
    let tokens = &wording.tokens[piece.range.clone()];
    let begins = tokens.first().filter(|token| token.text == "to").map(|_| 0);
    let verb =
        tokens.iter().position(|token| matches!(token.text.as_str(), "will" | "shall")).or(begins).map(|at| at + 1);
    let Some(mut verb) = verb else { return false };
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    while matches!(
        word(verb),
        "also" | "then" | "usually" | "independently" | "regularly" | "consistently" | "confidently"
    ) {
        verb += 1;
    }
    if (word(verb), word(verb + 1), word(verb + 2)) == ("be", "able", "to") {
        verb += 3;
    }
    let from = verb.min(tokens.len());
    let is_word = tokens.get(from).is_some_and(|token| token.shape == crate::text::token::Shape::Word);
    is_word && !vocabulary.grammar.find_all(&vocabulary.outcomes.state, &tokens[from..]).iter().any(|&(at, _)| at == 0)
}
