//! What a sort of provision must state, and what this statement does not (the table of `labels.md`).

use crate::plan::read::facts::find::Found;
use crate::plan::read::facts::wording::{Piece, PieceOf, Wording};
use crate::plan::vocabulary::Vocabulary;
use crate::plan::{FactKind, Need, Role, Sort, Sorted, Strength};
use crate::text::token::Token;

/// What the facts of a statement say, for asking.
struct Stated {
    /// Those that can be relied on.
    facts: Vec<Found>,
}

impl Stated {
    fn any(&self, kinds: &[FactKind]) -> bool {
        self.facts.iter().any(|f| kinds.contains(&f.kind))
    }

    fn often(&self) -> bool {
        self.any(&[FactKind::Frequency, FactKind::Coverage])
    }

    fn provider(&self) -> bool {
        self.any(&[FactKind::Provider])
    }

    fn unsized_group(&self) -> bool {
        self.any(&[FactKind::Group]) && !self.any(&[FactKind::GroupSize])
    }
}

/// The sort with what is missing.
pub(super) fn sorted(vocabulary: &Vocabulary, wording: &Wording, facts: &[Found], sort: Sort, sure: bool) -> Sorted {
    use FactKind::{Coverage, Date, Duration, Frequency, Occasion, Total};
    let evaded = untold(wording, facts, |piece| wording.filled(piece));
    let unsaid = untold(wording, facts, |_| true);
    let counts = |found: &&Found| found.strength > Strength::Vague && !(unsaid && in_passing(wording, found));
    let stated = Stated { facts: facts.iter().filter(counts).copied().collect() };
    let loosely = facts.iter().any(|f| f.kind == Frequency && f.strength == Strength::Vague);
    // Nothing at all is a valid amount of "up to three hours".
    let capped = facts.iter().any(|f| f.kind == Total && f.strength == Strength::Vague);
    let at_most = capped && !stated.any(&[Total, Duration]);
    let somewhere = |f: &Found| only_where(vocabulary, wording, f);
    let occasions = || stated.facts.iter().filter(|f| f.kind == Occasion && !somewhere(f));
    let occasion = occasions().next().is_some();
    let comes_round = |f: &Found| !hangs(vocabulary, wording, f) && !comes_once(vocabulary, wording, f);
    let round = occasions().any(comes_round);
    let mut missing = Vec::new();
    let mut must = |need: Need, there: bool| {
        if !there {
            missing.push(need);
        }
    };
    match sort {
        Sort::Direct => {
            // Where times are stated, somebody keeps them: only then has it to be said who.
            let open = !stated.any(&[Frequency, Duration, Total]);
            let gives_it = || open && vocabulary.grammar.matches(&vocabulary.shortfall.gives_it, wording.phrase());
            must(Need::Provider, stated.provider() || gives_it());
            must(Need::Group, !stated.unsized_group());
            let sized = stated.any(&[Duration])
                || stated.facts.iter().any(|f| f.kind == Total && !counted(vocabulary, wording, f));
            let round = round && !loosely;
            // "Up to three afternoons a week, from 3.15", "3.15 to 4.15, as needed": the clock says when they begin, not how
            // many there are.
            let often = stated.facts.iter().any(|f| {
                matches!(f.kind, Frequency | Coverage) && !((capped || loosely) && by_the_clock(vocabulary, wording, f))
            });
            must(Need::Frequency, often || stated.any(&[Total]) || round || sized && stated.any(&[Date]));
            // "Before each trip, a story read with Joel": what hangs on an event takes as long as that needs.
            let with_event = round
                && !stated.any(&[Frequency, Total])
                && !evaded
                && !vocabulary.grammar.matches(&vocabulary.shortfall.has_length, wording.phrase());
            must(Need::Duration, sized || with_event || stated.any(&[Coverage]));
        }
        Sort::AdultSupport => {
            let amount = stated.any(&[Total, Coverage]) || stated.any(&[Frequency]) && stated.any(&[Duration]);
            let whose_hours = || vocabulary.grammar.matches(&vocabulary.shortfall.whose_hours, wording.phrase());
            must(Need::Provider, stated.provider() || whose_hours());
            must(Need::Group, !stated.unsized_group());
            let routine = stated.often()
                && (vocabulary.grammar.matches(&vocabulary.shortfall.takes_as_long, wording.phrase())
                    || vocabulary.grammar.matches(&vocabulary.routines, wording.phrase()));
            let occasions =
                !evaded && occasion_is_amount(vocabulary, wording, facts) || whole_part(vocabulary, wording, &stated);
            must(Need::Amount, !at_most && (amount || routine || occasions));
        }
        Sort::Indirect => {
            must(Need::Provider, stated.provider() || service(vocabulary, wording));
            let total = stated.any(&[Total]);
            must(Need::Frequency, total || stated.often() || stated.any(&[Date]) || round && !loosely);
            let covered = stated.facts.iter().any(|f| f.kind == Coverage && !somewhere(f));
            must(Need::Duration, total || covered || stated.any(&[Duration]));
        }
        Sort::Training => {
            must(Need::Item, !bare_training(vocabulary, wording));
            must(Need::Expertise, says_how_well(wording, facts) || trainer(vocabulary, wording, facts));
            must(Need::Group, says_who_learns(vocabulary, wording));
            must(Need::Date, stated.any(&[Date, Frequency]));
        }
        Sort::Assessment => {
            must(Need::Provider, stated.provider() || service(vocabulary, wording));
            let when = stated.any(&[Date, Frequency, Coverage]) || occasions().any(|f| every_time(wording, f));
            let once = facts.iter().any(|f| comes_once(vocabulary, wording, f));
            let comes_again = !once && recurs(vocabulary, wording);
            let refers_on = refers_on(vocabulary, wording);
            must(if comes_again || refers_on { Need::Frequency } else { Need::Date }, when);
            // What a service gives takes time; an assessment takes what it takes.
            must(Need::Duration, when || !refers_on);
        }
        Sort::Equipment => {
            must(Need::Item, !unnamed_item(vocabulary, wording));
            must(Need::Frequency, stated.often() || stated.any(&[Occasion, Date]));
        }
        Sort::Strategy => {
            must(Need::Provider, stated.provider() || child_does(vocabulary, wording));
            must(Need::Frequency, stated.often() || stated.any(&[Occasion, Date]));
        }
        Sort::Unclear => missing = of_unclear(vocabulary, wording, &stated, at_most, occasion),
        Sort::Funding => {
            let bought = vocabulary.grammar.matches(&vocabulary.bought, wording.phrase());
            if bought && !stated.any(&[Total, Duration]) {
                must(Need::Provider, stated.provider());
                must(Need::Amount, false);
            }
        }
        Sort::Terms => {}
    }
    Sorted { sort, sure, missing }
}

/// What a statement lacks of which it could not be told what it is: only one that says nothing of when is held to anything.
fn of_unclear(vocabulary: &Vocabulary, wording: &Wording, stated: &Stated, at_most: bool, occasion: bool) -> Vec<Need> {
    use FactKind::{Coverage, Date, Duration, Frequency, Occasion, Total};
    let cell = wording.pieces.iter().any(|piece| piece.place == PieceOf::Part(Role::Measure));
    let group = stated.unsized_group().then_some(Need::Group);
    let provider = (!stated.provider()).then_some(Need::Provider);
    let by_the_clock = stated.any(&[Frequency]) && !stated.any(&[Coverage, Occasion, Date, Duration, Total]);
    let never = !stated.often() && !occasion && !stated.any(&[Date, Total]);
    let rest = if at_most {
        vec![provider, Some(Need::Amount)]
    } else if by_the_clock && stated.provider() && cell {
        vec![Some(Need::Duration)]
    } else if never && cell && stated.any(&[Duration]) {
        vec![Some(Need::Frequency)]
    } else if never && !stated.any(&[Duration]) {
        // Those who come for it give their time; what class staff do all day has no length.
        let expert = vocabulary.grammar.matches(&vocabulary.experts, wording.phrase());
        vec![provider, Some(Need::Frequency), expert.then_some(Need::Duration)]
    } else {
        Vec::new()
    };
    [group].into_iter().chain(rest).flatten().collect()
}

/// "Every morning" is a clear share of an adult's day where it stands for itself, in the cell that says how much.
fn whole_part(vocabulary: &Vocabulary, wording: &Wording, stated: &Stated) -> bool {
    stated.facts.iter().any(|f| {
        let words = &wording.tokens[f.at.0..f.at.1];
        f.kind == FactKind::Frequency
            && wording.place(f.at.0) == Some(PieceOf::Part(Role::Measure))
            && vocabulary.grammar.longest(&vocabulary.shortfall.share_of_day, words, 0) == Some(words.len())
    })
}

/// "12 sessions" says how many, not how long.
fn counted(vocabulary: &Vocabulary, wording: &Wording, found: &Found) -> bool {
    let words = &wording.tokens[found.at.0..found.at.1];
    let holds = |class| vocabulary.grammar.matches(class, words);
    holds(&vocabulary.shortfall.counted) && !holds(&vocabulary.shortfall.clocked)
}

/// "3.15 pm".
fn by_the_clock(vocabulary: &Vocabulary, wording: &Wording, found: &Found) -> bool {
    let words = &wording.tokens[found.at.0..found.at.1];
    vocabulary.grammar.longest(&vocabulary.shortfall.clock, words, 0) == Some(words.len())
}

/// "Once she reaches the top of the list" and "until he moves" say from when to when, not how often.
fn hangs(vocabulary: &Vocabulary, wording: &Wording, found: &Found) -> bool {
    vocabulary.grammar.longest(&vocabulary.shortfall.not_often, &wording.tokens, found.at.0).is_some()
}

/// Whether a cell under "How often", of those that are asked, states neither a time nor an amount.
fn untold(wording: &Wording, facts: &[Found], asked: impl Fn(&Piece) -> bool) -> bool {
    let times = |f: &Found| {
        use FactKind::{Coverage, Date, Duration, Frequency, GroupSize, Occasion, Total};
        let kinds = [Coverage, Date, Duration, Frequency, GroupSize, Occasion, Total];
        f.strength > Strength::Vague && kinds.contains(&f.kind)
    };
    wording.pieces.iter().any(|piece| {
        piece.place == PieceOf::Part(Role::Measure)
            && asked(piece)
            && !facts.iter().any(|f| times(f) && piece.range.contains(&f.at.0))
    })
}

/// An occasion without "each" or "every": where the cell for it evades the question, it answers nothing.
fn in_passing(wording: &Wording, found: &Found) -> bool {
    found.kind == FactKind::Occasion && !every_time(wording, found)
}

/// "Before each trip", "in all lessons".
fn every_time(wording: &Wording, found: &Found) -> bool {
    let each = |token: &Token| matches!(token.text.as_str(), "each" | "every" | "all");
    wording.tokens[found.at.0..found.at.1].iter().any(each)
}

/// "At lunchtimes and breaks" is a clear share of the day; "in lessons" is none.
fn occasion_is_amount(vocabulary: &Vocabulary, wording: &Wording, facts: &[Found]) -> bool {
    if facts.iter().any(|f| f.kind == FactKind::Frequency && f.strength == Strength::Vague) {
        return false;
    }
    facts.iter().filter(|f| f.kind == FactKind::Occasion).any(|f| {
        let first = wording.tokens.get(f.at.0).map(|token| token.text.as_str());
        let in_measure = wording.place(f.at.0) == Some(PieceOf::Part(Role::Measure));
        // "When she starts in Reception" is a day, not a share of days.
        if comes_once(vocabulary, wording, f) || only_where(vocabulary, wording, f) {
            return false;
        }
        let second = wording.tokens.get(f.at.0 + 1).map_or("", |token| token.text.as_str());
        let outside_lessons = ["assembl", "trip", "exam", "test"].iter().any(|stem| second.starts_with(stem));
        let place = first != Some("on") && matches!(second, "home" | "school" | "college" | "nursery" | "work");
        in_measure
            || !place && matches!(first, Some("at" | "during" | "before" | "after" | "on" | "if" | "when" | "whenever"))
            || first == Some("in") && outside_lessons
    })
}

/// "At the garden centre" says where, and not when.
fn only_where(vocabulary: &Vocabulary, wording: &Wording, found: &Found) -> bool {
    vocabulary.grammar.longest(&vocabulary.shortfall.only_where, &wording.tokens, found.at.0).is_some()
}

/// "Before she starts at college" is a day.
fn comes_once(vocabulary: &Vocabulary, wording: &Wording, found: &Found) -> bool {
    vocabulary.grammar.matches(&vocabulary.shortfall.comes_once, &wording.tokens[found.at.0..found.at.1])
}

/// "Sam will leave five minutes early", also where "Sam will:" stands before a list.
fn child_does(vocabulary: &Vocabulary, wording: &Wording) -> bool {
    let words = wording.tokens.iter().filter(|token| !matches!(token.text.as_str(), ":" | "|"));
    vocabulary.grammar.matches(&vocabulary.shortfall.child_does, &words.cloned().collect::<Vec<_>>())
}

/// Whether the work of a service is named ("SALT re-assessment"), which says who in an assessment.
fn service(vocabulary: &Vocabulary, wording: &Wording) -> bool {
    vocabulary.grammar.matches(&vocabulary.services, wording.phrase())
}

/// Whether the level of training is said: that staff will be "trained" says none.
fn says_how_well(wording: &Wording, facts: &[Found]) -> bool {
    let bare = |f: &Found| {
        f.at.1 - f.at.0 == 1
            && wording.tokens.get(f.at.0).is_some_and(|token| matches!(token.text.as_str(), "trained" | "experienced"))
    };
    facts.iter().any(|f| f.kind == FactKind::Expertise && f.strength > Strength::Vague && !bare(f))
}

/// "Training" with nothing said of what it is in.
fn bare_training(vocabulary: &Vocabulary, wording: &Wording) -> bool {
    let words: Vec<&str> = wording.tokens.iter().map(|token| token.text.as_str()).collect();
    let Some(at) = words
        .iter()
        .position(|w| matches!(*w, "training" | "trained" | "train" | "trains" | "course" | "cpd" | "inset"))
    else {
        return false;
    };
    let before = at.checked_sub(1).and_then(|before| words.get(before)).copied().unwrap_or("|");
    let after = words.get(at + 1).copied().unwrap_or("|");
    let names = |word: &str| matches!(word, "in" | "on" | "about" | "around" | "covering" | "regarding");
    let titled = words.iter().skip(at + 1).take(8).any(|word| *word == ":");
    let sentence = words.iter().skip(at + 1).take_while(|word| !matches!(**word, "." | "|"));
    let named_after =
        matches!(after, "'" | ":" | "to" | "\"" | "-") || sentence.into_iter().take(12).any(|word| names(word));
    let bare_before = matches!(before, "|" | ".")
        || at.checked_sub(1).is_some_and(|before| {
            vocabulary.grammar.longest(&vocabulary.shortfall.untold_training, &wording.tokens, before).is_some()
        });
    bare_before && !named_after && !titled
}

/// A "By whom" column names who trains, or a specialist is named who is not among those who learn.
fn trainer(vocabulary: &Vocabulary, wording: &Wording, facts: &[Found]) -> bool {
    let experts = vocabulary.grammar.find_all(&vocabulary.experts, wording.phrase());
    let expert = |f: &Found| experts.iter().any(|&(from, to)| f.at.0 < to && from < f.at.1);
    // "Every member of the team" is who learns.
    let learning = vocabulary.grammar.find_all(&vocabulary.shortfall.learning, wording.phrase());
    let seeing_to_it = vocabulary.grammar.find_all(&vocabulary.shortfall.sees_to_it, wording.phrase());
    let learns = |f: &Found| learning.iter().chain(&seeing_to_it).any(|&(from, to)| (from..to).contains(&f.at.0));
    facts.iter().any(|f| {
        f.kind == FactKind::Provider
            && !learns(f)
            && (expert(f)
                || matches!(wording.place(f.at.0), Some(PieceOf::Part(Role::Provider | Role::ProviderAndMeasure))))
    })
}

/// Whether anybody is named who learns: staff of one sort or another.
fn says_who_learns(vocabulary: &Vocabulary, wording: &Wording) -> bool {
    let tokens = &wording.tokens;
    let unnamed = vocabulary.grammar.find_all(&vocabulary.shortfall.unnamed_learner, tokens);
    // A specialist under "By whom" is who trains, and nobody under "Review" learns.
    let trains = |at: usize| match wording.place(at) {
        Some(PieceOf::Part(Role::Review | Role::Comment | Role::Reference)) => true,
        Some(PieceOf::Part(Role::Provider)) => {
            let cell = wording.pieces.iter().find(|piece| piece.range.contains(&at));
            // "Nurse, for both TAs" names both.
            let before = |cell: &Piece| &tokens[cell.range.start..at];
            let whom =
                |cell: &Piece| before(cell).iter().any(|token| matches!(token.text.as_str(), "for" | "to" | "of"));
            cell.is_some_and(|cell| {
                vocabulary.grammar.matches(&vocabulary.experts, &tokens[cell.range.clone()]) && !whom(cell)
            })
        }
        _ => false,
    };
    let mut learners = vocabulary.grammar.find_all(&vocabulary.shortfall.learner, tokens).into_iter();
    learners.any(|(at, _)| !trains(at) && !unnamed.iter().any(|&(from, to)| (from..to).contains(&at)))
}

/// Health follow-up and monitoring go on: how often is what they must state. An assessment is made by a day.
fn recurs(vocabulary: &Vocabulary, wording: &Wording) -> bool {
    vocabulary.grammar.matches(&vocabulary.shortfall.recurring, wording.phrase())
}

/// "Referral to the dietitian".
fn refers_on(vocabulary: &Vocabulary, wording: &Wording) -> bool {
    let holds = |class| vocabulary.grammar.matches(class, wording.phrase());
    holds(&vocabulary.shortfall.refers_on) && !holds(&vocabulary.shortfall.assesses_too)
}

/// Only general things are named, or another is to say which.
fn unnamed_item(vocabulary: &Vocabulary, wording: &Wording) -> bool {
    let grammar = &vocabulary.grammar;
    let Some(cues) = vocabulary.sorts.iter().find(|cues| cues.sort == Sort::Equipment) else { return false };
    let what: Vec<_> = wording
        .pieces
        .iter()
        .filter(|piece| matches!(piece.place, PieceOf::Part(Role::What | Role::Other)))
        .flat_map(|piece| wording.tokens[piece.range.clone()].iter().cloned())
        .collect();
    let named = grammar.find_all(&cues.any, &what);
    let general = grammar.find_all(&vocabulary.generic, &what);
    let only_general =
        !named.is_empty() && named.iter().all(|at| general.iter().any(|wide| wide.0 <= at.0 && at.1 <= wide.1));
    // Who brings it may be a specialist; the thing is named all the same.
    let by_whom = |at: usize| wording.place(at) == Some(PieceOf::Part(Role::Provider));
    let told = wording.tokens.iter().enumerate().filter(|&(at, _)| !by_whom(at)).map(|(_, token)| token);
    let until = |token: &&Token| !matches!(token.text.as_str(), "unless" | "if" | "when");
    let clause: Vec<Token> = told.take_while(until).cloned().collect();
    let clause = clause.as_slice();
    let left_open = grammar.matches(&vocabulary.shortfall.left_open, clause);
    only_general && left_open
}
