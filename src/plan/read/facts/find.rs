//! Facts in a wording: the lexicon's patterns, and what a filled column says by itself.

use crate::plan::read::facts::wording::{PieceOf, Wording};
use crate::plan::vocabulary::Vocabulary;
use crate::plan::{Fact, FactKind, Role, Strength};
use crate::text::phrase::Phrase;
use crate::text::token::{Shape, Token};
use std::cell::LazyCell;

/// A fact with its place among the tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) kind: FactKind,
    pub(super) strength: Strength,
    pub(super) at: (usize, usize),
}

impl Found {
    pub(super) fn fact(self, wording: &Wording) -> Fact {
        Fact { kind: self.kind, strength: self.strength, span: wording.span(self.at) }
    }

    fn overlaps(&self, (from, to): (usize, usize)) -> bool {
        self.at.0 < to && from < self.at.1
    }
}

/// "The targets in Maya's speech and language programme will be" has ten words; with commas there are a few more.
const LONGEST_SUBJECT: usize = 12;

/// Every fact of `wording`, in order.
pub(super) fn facts(vocabulary: &Vocabulary, wording: &Wording) -> Vec<Found> {
    let tokens = &wording.tokens;
    let grammar = &vocabulary.grammar;
    let heads = |at: usize| {
        let own = wording.pieces.iter().any(|piece| piece.range.start == at && matches!(piece.place, PieceOf::Part(_)));
        own || at.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(|token| token.text == ":")
    };
    // "Sam's programme will be monitored by the therapist each term": nothing stands before it but what is monitored.
    let alone = |at: usize| {
        let own =
            wording.pieces.iter().find(|piece| piece.range.contains(&at) && matches!(piece.place, PieceOf::Part(_)));
        let before = own.map_or(&[][..], |piece| &tokens[piece.range.start..at]);
        let passive = before.last().is_some_and(|token| matches!(token.text.as_str(), "be" | "is" | "are"));
        passive
            && before.len() <= LONGEST_SUBJECT
            && before.iter().all(|token| token.shape != Shape::Mark || token.text == ",")
    };
    let words = wording.phrase();
    let harmless = grammar.find_all(&vocabulary.no_condition, words);
    let condition = |from: usize| !harmless.iter().any(|&(a, b)| (a..b).contains(&from));
    let masks = grammar.find_all(&vocabulary.masks, words).into_iter();
    let mut masked: Vec<_> = masks.filter(|&(from, _)| condition(from)).collect();
    masked.extend(
        grammar
            .find_all(&vocabulary.inner_masks, words)
            .into_iter()
            .filter(|&(from, _)| !heads(from) && !alone(from) && condition(from)),
    );
    let masked: Vec<_> = masked.into_iter().map(|(from, to)| (from, first_clause(wording, from, to))).collect();
    let aside =
        |at: usize| matches!(wording.place(at), Some(PieceOf::Part(Role::Review | Role::Comment | Role::Reference)));
    // A fact is taken back where it begins; loose words also where they only run into what says it better.
    let masks = |found: &Found, (from, to): (usize, usize)| match found.strength {
        Strength::Vague => found.overlaps((from, to)),
        _ => (from..to).contains(&found.at.0),
    };
    let free = |found: &Found| !aside(found.at.0) && !masked.iter().any(|&mask| masks(found, mask));
    let mut facts: Vec<Found> = Vec::new();
    for cues in &vocabulary.facts {
        let others = LazyCell::new(|| grammar.find_all(&cues.not, words));
        let matches = grammar.find_all(&cues.any, words).into_iter();
        let found = matches.map(|at| Found { kind: cues.kind, strength: cues.strength, at });
        facts.extend(found.filter(|found| !others.iter().any(|&other| found.overlaps(other))).filter(|found| {
            // Money and qualifications are said of whoever decides, too.
            free(found) || matches!(cues.kind, FactKind::Money | FactKind::Expertise) && !aside(found.at.0)
        }));
    }
    // "up to 5 hours a week" is no amount, though "5 hours a week" would be one; "when he is ready" is no trigger.
    let vague: Vec<(usize, usize)> = facts.iter().filter(|f| f.strength == Strength::Vague).map(|f| f.at).collect();
    let timed = |kind| is_time(kind) || kind == FactKind::Date;
    facts.retain(|f| f.strength == Strength::Vague || !timed(f.kind) || !vague.iter().any(|&v| f.overlaps(v)));
    facts.extend(providers(vocabulary, wording, words, &masked).into_iter().filter(|f| !aside(f.at.0)));
    facts.extend(columns(vocabulary, wording, &facts, &masked));
    facts.sort_by_key(|f| (f.at, f.kind));
    facts
}

/// Where a mask ends that begins its sentence: "So that he can join in, the TA will…" speaks of the provision from the comma on.
fn first_clause(wording: &Wording, from: usize, to: usize) -> usize {
    let text = |at: usize| wording.tokens.get(at).map_or(".", |token| token.text.as_str());
    let begins = from == 0 || matches!(text(from - 1), "." | "|" | ":" | ";");
    let comma = |&at: &usize| {
        let next = (at + 1..at + 9).take_while(|&at| !matches!(text(at), "," | "." | ";" | "|"));
        text(at) == ","
            && next.into_iter().any(|at| matches!(text(at), "will" | "shall" | "must" | "to" | "requires" | "needs"))
    };
    let goes_on = |&at: &usize| comma(&at) && matches!(text(at + 1), "and" | "then");
    // "Subject to funding, tuition from a tutor": a sentence without a verb.
    let verbless =
        !wording.tokens.iter().any(|token| matches!(token.text.as_str(), "will" | "shall" | "must" | "should"));
    if begins && verbless && matches!(text(from), "subject" | "once" | "provided" | "if" | "when") {
        (from..to).find(|&at| text(at) == ",").unwrap_or(to)
    } else if begins {
        let any_comma = || (from..to).find(|&at| text(at) == "," && text(from) == "so");
        (from..to).find(comma).or_else(any_comma).unwrap_or(to)
    } else {
        (from..to).find(goes_on).unwrap_or(to)
    }
}

fn is_time(kind: FactKind) -> bool {
    matches!(kind, FactKind::Frequency | FactKind::Duration | FactKind::Total | FactKind::Coverage | FactKind::Occasion)
}

/// Who gives it: roles and services that no mask and no other meaning covers.
fn providers(vocabulary: &Vocabulary, wording: &Wording, words: Phrase<'_>, masked: &[(usize, usize)]) -> Vec<Found> {
    let others = vocabulary.grammar.find_all(&vocabulary.not_providers, words);
    // Who is named first counts: in "The SENCo will meet with parents" what is said of parents takes nothing from the SENCo.
    let covered = |found: &Found| masked.iter().chain(&others).any(|&(from, to)| (from..to).contains(&found.at.0));
    let found = vocabulary.grammar.find_all(&vocabulary.providers, words).into_iter();
    let provider = |at| Found { kind: FactKind::Provider, strength: Strength::Plain, at };
    let known: Vec<Found> = found.map(provider).filter(|found| !covered(found)).collect();
    let aside = |at: usize| matches!(wording.place(at), Some(PieceOf::Part(Role::Review | Role::Comment)));
    if known.iter().any(|found| !aside(found.at.0)) {
        return known;
    }
    let nobody = vocabulary.grammar.find_all(&vocabulary.not_by_position, words);
    let somebody = vocabulary.grammar.find_all(&vocabulary.by_position, words).into_iter().map(provider);
    somebody.filter(|found| !covered(found) && !nobody.iter().any(|&at| found.overlaps(at))).collect()
}

/// What a filled cell says by its column alone: under "By whom" a name is a provider; under "How often" a time or a
/// place says when, and other words evade the question.
fn columns(vocabulary: &Vocabulary, wording: &Wording, facts: &[Found], masked: &[(usize, usize)]) -> Vec<Found> {
    let grammar = &vocabulary.grammar;
    let mut added = Vec::new();
    for piece in wording.pieces.iter().filter(|piece| wording.filled(piece)) {
        let at = (piece.range.start, piece.range.end);
        let inside = |kinds: &[FactKind], strength: Strength| {
            facts.iter().any(|f| f.strength == strength && kinds.contains(&f.kind) && f.overlaps(at))
        };
        let mask = masked.iter().any(|&(from, to)| from < at.1 && at.0 < to);
        match piece.place {
            PieceOf::Part(Role::Provider) => {
                let decided_later =
                    wording.tokens[piece.range.clone()].iter().take(2).map(|t| t.text.as_str()).eq(["to", "be"]);
                if !inside(&[FactKind::Provider], Strength::Plain) && !mask && !decided_later {
                    added.push(Found { kind: FactKind::Provider, strength: Strength::Weak, at });
                }
            }
            PieceOf::Part(Role::Measure) => {
                let times = [FactKind::Frequency, FactKind::Coverage, FactKind::Date];
                let sized = |at: usize| {
                    let sizes = [FactKind::Duration, FactKind::Total];
                    facts.iter().any(|f| sizes.contains(&f.kind) && (f.at.0..f.at.1).contains(&at))
                };
                let word = |at: &usize| wording.tokens.get(*at).is_some_and(|token| token.shape == Shape::Word);
                let other = piece.range.clone().filter(|at| word(at) && !sized(*at)).count();
                let only_sizes = other < 3 && piece.range.clone().any(sized);
                let vague = inside(&[FactKind::Frequency, FactKind::Total], Strength::Vague);
                if inside(&times, Strength::Plain) || vague || mask || only_sizes {
                    continue;
                }
                let words = &wording.tokens[piece.range.clone()];
                if names_a_time(words) && grammar.matches(&vocabulary.column, words) {
                    let loose = grammar.matches(&vocabulary.not_column, words);
                    let (kind, strength) = if loose {
                        (FactKind::Frequency, Strength::Vague)
                    } else {
                        (FactKind::Occasion, Strength::Plain)
                    };
                    added.push(Found { kind, strength, at });
                } else if !facts.iter().any(|f| f.strength > Strength::Vague && f.overlaps(at))
                    && !grammar.matches(&vocabulary.lasting, words)
                {
                    added.push(Found { kind: FactKind::Frequency, strength: Strength::Vague, at });
                }
            }
            _ => {}
        }
    }
    added
}

/// Whether the words of a "How often" cell name a time or place ("On her desk, every room"): they hang on nothing but
/// the child ("if they are not too busy" says on what it depends, not when).
fn names_a_time(words: &[Token]) -> bool {
    let word = |at: usize| words.get(at).map_or("", |token| token.text.as_str());
    let child =
        |at: usize| matches!(word(at), "he" | "she" | "his" | "her" | "i") || words.get(at).is_some_and(|t| t.capital);
    let hangs = (0..words.len()).any(|at| match word(at) {
        "if" | "when" | "where" | "unless" | "until" => !child(at + 1),
        "subject" | "depending" | "dependent" | "pending" | "depends" | "flexible" | "variable" | "varies"
        | "ongoing" | "some" | "drop" | "available" | "freely" => true,
        "to" => word(at + 1) == "be",
        _ => false,
    });
    let says_who = matches!(word(0), "we" | "it" | "they" | "this" | "as");
    !hangs && !says_who
}
