//! Words that take a promise away: vague, conditional, delegated, not binding. Judged for the whole statement.

use crate::plan::read::facts::{PieceOf, Wording};
use crate::plan::vocabulary::{begins_clause, begins_own_clause};
use crate::plan::{Fact, FactKind, Letter, Need, Plan, Role, Sort, Statement, StatementKind, Strength};
use crate::rules::hit::{Anchor, Confidence, Hit};
use crate::rules::named::{Named, covers};
use crate::rules::patterns::Patterns;
use crate::text::Span;
use crate::text::token::{Shape, Token};
use serde::Deserialize;
use std::cell::LazyCell;

/// Flags statements by their weak words: one hit for each statement, with all of them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct WeakWords {
    /// In statements of these sections; in all, where none is given.
    #[serde(default)]
    within: Vec<Named<Letter>>,
    /// Words that weaken whatever else is said.
    #[serde(default)]
    always: Patterns,
    /// Words that their own clause can pin down by saying when and how long.
    #[serde(default)]
    unless_pinned: Patterns,
    /// The same, where a share of the day pins nothing down: "opportunities throughout the day".
    #[serde(default)]
    unless_counted: Patterns,
    /// The same, for words so common that they count only where no other rule finds the promise taken away: "further
    /// sessions, to be agreed" is delegated, and "further" adds nothing.
    #[serde(default)]
    only_alone: Patterns,
    /// Words that are harmless where nothing is missing that must be stated.
    #[serde(default)]
    unless_complete: Patterns,
    /// Verbs that weaken only where they govern the main clause.
    #[serde(default)]
    governing: Patterns,
    /// Words that weaken unless they speak of the child ("once he has settled"), which `about_child` tells.
    #[serde(default)]
    unless_about_child: Patterns,
    #[serde(default)]
    about_child: Patterns,
    /// Longer wordings that hold one of these and are harmless.
    #[serde(default)]
    except: Patterns,
    /// What a statement may be about without any content of its own: then it is held to `unless-complete` even when complete.
    #[serde(default)]
    contentless: Patterns,
    /// Words that say nothing of what is done ("time with a trusted adult"), for `also = ["no-content"]`.
    #[serde(default)]
    empty: Patterns,
    /// Words that leave what is done to another paper: they count even where all is stated, if the statement names no
    /// content but `contentless` words.
    #[serde(default)]
    content_elsewhere: Patterns,
    /// What else counts.
    #[serde(default)]
    also: Vec<Also>,
}

/// What else a rule about weak words can flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Also {
    /// Facts that are said too loosely, where that is why something is missing.
    LooseFacts,
    /// Statements that say when and with whom, and nothing of what is done (Redbridge v HO).
    NoContent,
    /// Statements that speak of provision that stands elsewhere ("these hours will be reduced").
    Terms,
    /// Statements of funding, and nothing else.
    Funding,
}

impl WeakWords {
    pub(crate) const VALUES: &'static [&'static str] = &[];

    pub(crate) fn hits(&self, plan: &Plan) -> Vec<Hit> {
        let statements = plan.statements().iter().enumerate();
        let provision =
            statements.filter(|(_, s)| s.kind == StatementKind::Provision && covers(&self.within, &s.letter));
        let wordings = plan.wordings();
        let hit = |index, statement| self.hit(statement, wordings.of_statement(index));
        provision.filter_map(|(index, statement)| hit(index, statement).map(|hit| hit.on(index))).collect()
    }

    /// "Strategies, as advised by the therapist": who and when may be said, but not what.
    fn has_no_content(&self, statement: &Statement, wording: &Wording) -> bool {
        let sized =
            |fact: &Fact| matches!(fact.kind, FactKind::Duration | FactKind::Total) && fact.strength > Strength::Vague;
        let own = wording.pieces.iter().find(|piece| matches!(piece.place, PieceOf::Part(Role::What)));
        !statement.facts.iter().any(sized)
            && own.is_some_and(|piece| {
                let head = &wording.tokens[piece.range.start..piece.range.end.min(piece.range.start + 4)];
                !self.contentless.find_all(head).is_empty()
            })
    }

    /// "Communication activities, in line with his support plan": a general word, and nothing that says which.
    fn names_no_content(&self, wording: &Wording, elsewhere: &[(usize, usize)]) -> bool {
        let listed = |token: &Token| matches!(token.text.as_str(), ":" | "(" | "such" | "including" | "eg" | "namely");
        let commas = wording.tokens.iter().filter(|token| token.text == ",").count();
        let mut general = self.contentless.find_in(wording).into_iter();
        let own = |at: usize| matches!(wording.place(at), Some(PieceOf::Part(Role::What)));
        let outside = |at: usize| !elsewhere.iter().any(|&(from, to)| from <= at && at < to);
        commas < 3 && !wording.tokens.iter().any(listed) && general.any(|(at, _)| own(at) && outside(at))
    }

    fn hit(&self, statement: &Statement, wording: &Wording) -> Option<Hit> {
        let sorted = statement.sorted.as_ref()?;
        if self.also.contains(&Also::Funding) {
            return funding_hit(statement, sorted.sort);
        }
        if matches!(sorted.sort, Sort::Funding | Sort::Terms) && !self.also.contains(&Also::Terms) {
            return None;
        }
        // Most statements hold nothing that they could take back.
        let harmless = LazyCell::new(|| self.except.find_in(wording));
        let aside = |from: usize| {
            matches!(wording.place(from), Some(PieceOf::Part(Role::Review | Role::Comment | Role::Reference)))
        };
        let judged = |&(from, to): &(usize, usize)| {
            !aside(from) && !in_quotes(wording, from) && !harmless.iter().any(|&(a, b)| a <= from && from < b && a < to)
        };
        // "Some family support": a harmless wording takes back what lies within it, no more.
        let apart = |&(from, to): &(usize, usize)| {
            !aside(from) && !in_quotes(wording, from) && !harmless.iter().any(|&(a, b)| a <= from && to <= b)
        };
        let complete = sorted.missing.is_empty();
        let mut found: Vec<(usize, usize)> = self.always.find_in(wording);
        let child = LazyCell::new(|| self.about_child.find_in(wording));
        let others = self.unless_about_child.find_in(wording).into_iter();
        found.extend(others.filter(|&(from, to)| !child.iter().any(|&(a, b)| a < to && from < b)));
        let loose = |patterns: &Patterns, pin: Pin| -> Vec<(usize, usize)> {
            let outside = patterns.find_in(wording).into_iter().filter(|&(from, _)| !in_purpose(wording, from));
            outside.filter(|&at| !is_pinned(statement, wording, at, pin)).collect()
        };
        found.extend(loose(&self.unless_pinned, Pin::Time));
        found.extend(loose(&self.unless_counted, Pin::Count));
        let mut taken = self.unless_complete.find_in(wording);
        if !taken.is_empty() && complete && !self.has_no_content(statement, wording) {
            taken.retain(|&(from, _)| stands_apart(statement, wording, from));
        }
        found.extend(taken);
        let elsewhere = self.content_elsewhere.find_in(wording);
        if !elsewhere.is_empty() && self.names_no_content(wording, &elsewhere) {
            found.extend(elsewhere);
        }
        found.extend(self.governing.find_in(wording).into_iter().filter(|&(at, _)| governs(wording, at)));
        let mut marks: Vec<Span> = found.into_iter().filter(judged).map(|at| wording.span(at)).collect();
        let mut soft: Vec<Span> =
            loose(&self.only_alone, Pin::Time).into_iter().filter(apart).map(|at| wording.span(at)).collect();
        let mut vague = statement.facts.iter().filter(|fact| fact.strength == Strength::Vague).peekable();
        if self.also.contains(&Also::LooseFacts)
            && vague.peek().is_some()
            && (lacks_time(statement) || only_lead_in_pins(statement, wording))
        {
            let vague = vague.map(|fact| fact.span);
            let (cells, words): (Vec<_>, Vec<_>) = vague.partition(|&span| is_sentence(wording, span));
            soft.extend(cells);
            marks.extend(
                words.into_iter().filter(|span| !marks.iter().any(|mark| mark.overlaps(*span))).collect::<Vec<_>>(),
            );
        }
        if self.also.contains(&Also::NoContent) && marks.is_empty() {
            marks.extend(says_nothing_of_what(&self.empty, statement, wording));
        }
        let yields = marks.is_empty();
        marks.extend(soft);
        let marks = merged(marks);
        let first = *marks.first()?;
        let confidence = if sorted.sure { Confidence::High } else { Confidence::Medium };
        let hit = Hit { anchor: Anchor::Text(first), marks, yields, ..Hit::text(first, Some(statement.letter)) };
        Some(hit.sure(confidence))
    }
}

/// Whether words are a whole cell that says something at length ("We will work this out together"): a rule that knows
/// what it says knows better than that it names no time.
fn is_sentence(wording: &Wording, span: Span) -> bool {
    wording
        .pieces
        .iter()
        .any(|piece| piece.range.len() > 1 && wording.span((piece.range.start, piece.range.end)) == span)
}

/// Whether a fact says the word at `span`. "12 hours of short breaks a month" is a measure with what is measured inside it:
/// of one, only the words at both ends are its own.
fn says(wording: &Wording, fact: &Fact, span: Span) -> bool {
    if !fact.span.contains(span) || !matches!(fact.kind, FactKind::Frequency | FactKind::Total) {
        return fact.span.contains(span);
    }
    let inside = wording.tokens.iter().filter(|token| fact.span.contains(token.span));
    let before = inside.clone().filter(|token| token.span.end <= span.start).count();
    let behind = inside.filter(|token| token.span.start >= span.end).count();
    before < AMOUNT || behind < UNIT
}

/// "12 hours of" has three words.
const AMOUNT: usize = 3;

/// "A month" has two words.
const UNIT: usize = 2;

/// The words of a statement that, without its times and people, has none left: "Two hours each week with the pastoral team."
fn says_nothing_of_what(empty: &Patterns, statement: &Statement, wording: &Wording) -> Option<Span> {
    let sized = |f: &Fact| matches!(f.kind, FactKind::Duration | FactKind::Total) && f.strength > Strength::Vague;
    if !statement.facts.iter().any(sized) {
        return None;
    }
    let what = wording.pieces.iter().find(|piece| matches!(piece.place, PieceOf::Part(Role::What)))?;
    let stated = |span: Span| statement.facts.iter().any(|fact| says(wording, fact, span));
    let tokens = after_receipt(&wording.tokens[what.range.clone()]);
    let filler = empty.find_all(tokens);
    let plain = |&(at, token): &(usize, &Token)| {
        token.shape == Shape::Word && !token.capital && !filler.iter().any(|&(from, to)| (from..to).contains(&at))
    };
    // A night in somebody's care is what is given.
    let stays = |token: &Token| {
        matches!(token.text.as_str(), "night" | "nights" | "overnight" | "weekend" | "weekends" | "respite")
    };
    if tokens.iter().any(stays) {
        return None;
    }
    let nothing_left = tokens.iter().enumerate().filter(plain).all(|(_, token)| stated(token.span));
    let named = tokens.iter().filter(|token| token.shape == Shape::Word).count() > 1;
    let times = |f: &&Fact| sized(f) && tokens.first().is_some_and(|token| f.span.contains(token.span));
    // "Intervention" under "Provision", whatever the other cells say.
    let of_row = wording.pieces.iter().filter(|piece| matches!(piece.place, PieceOf::Part(_))).count() > 1;
    let alone = tokens.iter().all(|token| token.shape == Shape::Word);
    if of_row && nothing_left && !named && alone && !filler.is_empty() {
        return Some(wording.span((what.range.start, what.range.end)));
    }
    let opens = |word: &str| tokens.iter().take(4).any(|token| token.text == word);
    let begins = statement.facts.iter().any(|f| times(&f))
        || tokens.iter().take(2).any(|token| token.text == "time")
        || opens("input")
        || opens("involvement");
    // "An hour of one-to-one time with somebody" says no more than that it is one to one.
    let time = tokens.iter().any(|token| token.text == "time");
    let cell = wording.span((what.range.start, what.range.end));
    let group = |f: &&Fact| f.kind == FactKind::Group || f.kind == FactKind::GroupSize && !time;
    let grouped = statement.facts.iter().filter(group).any(|f| cell.contains(f.span));
    (nothing_left && named && begins && !grouped).then_some(cell)
}

/// What stands after "Sam will have": who receives it says nothing of what it is.
fn after_receipt(tokens: &[Token]) -> &[Token] {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let subject = tokens.first().is_some_and(|token| token.capital || matches!(word(0), "he" | "she"));
    let spends = (0..6.min(tokens.len())).find(|&at| (word(at), word(at + 1)) == ("will", "spend"));
    if let Some(at) = spends {
        return &tokens[at + 2..];
    }
    let receives = matches!(word(2), "have" | "get" | "receive" | "spend")
        || (word(2), word(3)) == ("be", "given")
        || (word(2), word(3)) == ("be", "offered");
    let after = if word(2) == "be" { 4 } else { 3 };
    let after = after + usize::from(matches!(word(after), ":"));
    if subject && matches!(word(1), "will" | "shall" | "to" | "must") && receives { &tokens[after..] } else { tokens }
}

/// Whether the words before a list say when, and the item itself only how loosely ("…will: reassure her as appropriate").
fn only_lead_in_pins(statement: &Statement, wording: &Wording) -> bool {
    let parts = || wording.pieces.iter().filter(|piece| matches!(piece.place, PieceOf::Part(_)));
    let own = |fact: &Fact| parts().any(|piece| begins_in(&wording.tokens[piece.range.clone()], fact));
    let led = wording.pieces.iter().any(|piece| piece.place == PieceOf::LeadIn);
    let mut facts = statement.facts.iter().filter(|fact| PINS.contains(&fact.kind));
    led && facts.clone().any(|fact| own(fact) && fact.strength == Strength::Vague)
        && !facts.any(|fact| own(fact) && fact.strength > Strength::Vague)
}

/// Whether when or how much is not stated.
fn lacks_time(statement: &Statement) -> bool {
    let time = |need: &Need| matches!(need, Need::Frequency | Need::Duration | Need::Amount | Need::Item | Need::Date);
    statement.sorted.as_ref().is_some_and(|sorted| sorted.missing.iter().any(time))
}

/// The marks in reading order, those that share words as one.
fn merged(mut marks: Vec<Span>) -> Vec<Span> {
    marks.sort_unstable();
    marks.into_iter().fold(Vec::new(), |mut apart: Vec<Span>, mark| {
        match apart.last_mut() {
            Some(last) if last.overlaps(mark) => *last = last.cover(mark),
            _ => apart.push(mark),
        }
        apart
    })
}

/// Money stands where provision should.
fn funding_hit(statement: &Statement, sort: Sort) -> Option<Hit> {
    let money: Vec<Span> = statement.facts.iter().filter(|f| f.kind == FactKind::Money).map(|f| f.span).collect();
    let first = *money.first().filter(|_| sort == Sort::Funding)?;
    Some(Hit { anchor: Anchor::Text(first), marks: money, ..Hit::text(first, Some(statement.letter)) })
}

/// Whether the statement, and the clause in which the words stand, say when and how much.
fn is_pinned(statement: &Statement, wording: &Wording, (from, _): (usize, usize), pin: Pin) -> bool {
    if lacks_time(statement) {
        return false;
    }
    let (start, end, first) = clause(wording, from);
    let inside = |fact: &Fact| begins_in(&wording.tokens[start..end], fact);
    let mut plain = statement.facts.iter().filter(|fact| fact.strength > Strength::Vague);
    match pin {
        // Nothing is missing of when and how much, and the first clause is what that is said of.
        Pin::Time => first || plain.any(|fact| PINS.contains(&fact.kind) && inside(fact)),
        Pin::Count => plain.any(|fact| COUNTS.contains(&fact.kind) && (first || inside(fact))),
    }
}

/// Whether words stand in a later clause that says neither when nor how much ("…weekly for an hour, and the amount of
/// his help in lessons will be decided by the school").
fn stands_apart(statement: &Statement, wording: &Wording, from: usize) -> bool {
    let (start, end, _) = clause(wording, from);
    let pins = |f: &Fact| f.strength > Strength::Vague && PINS.contains(&f.kind);
    let inside = |f: &Fact| begins_in(&wording.tokens[start..end], f);
    begins_own_clause(&wording.tokens, start) && !statement.facts.iter().any(|fact| pins(fact) && inside(fact))
}

/// Whether a fact begins among these tokens: with the words that follow it, it may run into the next clause.
fn begins_in(tokens: &[Token], fact: &Fact) -> bool {
    tokens.iter().any(|token| token.span.start == fact.span.start)
}

/// What has to be said for a loose word to be harmless.
#[derive(Clone, Copy, Debug)]
enum Pin {
    /// When or how much.
    Time,
    /// How many or how long: a share of the day will not do.
    Count,
}

/// What pins a loose word down.
const PINS: &[FactKind] = &[
    FactKind::Frequency,
    FactKind::Coverage,
    FactKind::Duration,
    FactKind::Total,
    FactKind::Occasion,
    FactKind::Date,
    FactKind::GroupSize,
];

/// What says how many or how long.
const COUNTS: &[FactKind] = &[FactKind::Frequency, FactKind::Duration, FactKind::Total];

/// The clause around a token, and whether it is the statement's first. "And further help if she struggles" is a
/// clause of its own: a number before it does not pin it down.
fn clause(wording: &Wording, at: usize) -> (usize, usize, bool) {
    let tokens = &wording.tokens;
    let begins = |at: usize| begins_clause(tokens, at);
    let piece = wording.pieces.iter().find(|piece| piece.range.contains(&at));
    let (low, high) = piece.map_or((0, tokens.len()), |piece| (piece.range.start, piece.range.end));
    let start = (low..at).rev().find(|&at| begins(at));
    let end = (at..high).find(|&at| begins(at)).unwrap_or(high);
    (start.unwrap_or(low), end, start.is_none())
}

/// Whether a token stands between quotation marks: what a card or a person says promises nothing.
fn in_quotes(wording: &Wording, at: usize) -> bool {
    let tokens = &wording.tokens;
    let quote = |at: usize| tokens.get(at).is_some_and(|token| matches!(token.text.as_str(), "'" | "\""));
    let touches =
        |left: usize| tokens.get(left).zip(tokens.get(left + 1)).is_some_and(|(a, b)| a.span.end == b.span.start);
    let opens = |at: usize| quote(at) && touches(at) && (at == 0 || !touches(at - 1));
    let closes = |at: usize| quote(at) && at > 0 && touches(at - 1) && !touches(at);
    let before = (0..at).rev().take(LONGEST_SENTENCE).find(|&before| opens(before) || closes(before));
    let mut after = (at..tokens.len()).take(LONGEST_SENTENCE);
    before.is_some_and(opens) && after.find(|&after| opens(after) || closes(after)).is_some_and(closes)
}

/// No sentence that people write has more tokens.
const LONGEST_SENTENCE: usize = 1000;

/// Whether a token stands in a purpose ("so that she can be helped to begin"), which promises nothing either way.
fn in_purpose(wording: &Wording, at: usize) -> bool {
    let tokens = &wording.tokens;
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    // A sentence without an end is not searched through for each of its words.
    let clause = (0..at).rev().take(LONGEST_SENTENCE).take_while(|&before| !matches!(word(before), "." | ";" | "|"));
    clause.into_iter().any(|before| {
        (word(before), word(before + 1)) == ("so", "that") && word(before + 2) != "there" || word(before) == "because"
    })
}

/// Whether a verb governs the main clause: no "who", "that", "when" … stands between it and the clause's beginning.
fn governs(wording: &Wording, at: usize) -> bool {
    let begins = at
        .checked_sub(1)
        .and_then(|before| wording.tokens.get(before))
        .is_none_or(|t| matches!(t.text.as_str(), "." | "|" | ":"));
    if begins && wording.tokens.get(at).is_some_and(|token| token.text == "should") {
        return false; // "Should he be away" means "if he is away"
    }
    if !begins && wording.tokens.get(at).is_some_and(|token| token.capital) {
        return false; // a month or a name
    }
    let word = |at: usize| wording.tokens.get(at).map_or("", |token| token.text.as_str());
    if word(at) == "would" && at.checked_sub(1).is_some_and(|before| matches!(word(before), "he" | "she")) {
        return false; // "the words she would otherwise miss"
    }
    let before = wording.tokens[..at].iter().rev().map(|token| token.text.as_str());
    let clause = before.take_while(|word| !matches!(*word, "." | ";" | ":" | "|" | "," | "-" | "("));
    // "Where possible the same teacher should take them": what is only possible makes no clause of its own.
    let mut after = "";
    !clause.into_iter().any(|word| {
        let aside = matches!(after, "possible" | "practicable" | "appropriate" | "necessary" | "needed" | "feasible");
        after = word;
        !aside
            && matches!(
                word,
                "who"
                    | "which"
                    | "that"
                    | "so"
                    | "because"
                    | "when"
                    | "whenever"
                    | "if"
                    | "where"
                    | "while"
                    | "as"
                    | "whom"
                    | "whose"
                    | "what"
                    | "whatever"
                    | "how"
                    | "until"
                    | "unless"
                    | "although"
                    | "than"
                    | "why"
                    | "whether"
            )
    })
}
