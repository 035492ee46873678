//! Draft or final: every sign of it in the document, weighed.

use crate::document::Document;
use crate::plan::profile::{DateRole, Known, PlanDate, Stage};
use crate::plan::read::dates;
use crate::plan::read::pairs::{Field, Pair};
use crate::text::Regex;
use crate::text::{Folded, Span, levelled, own_pattern};
use std::sync::LazyLock;

/// Where a sign stands, and so what it weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    /// The value of "Status", "Version".
    Status,
    /// A line of the cover that is no sentence.
    Title,
    /// A running header or footer.
    Furniture,
    /// A date filled in beside "Final EHCP issued".
    Dated,
    /// Words that only a draft, or only a final plan, says of itself.
    Wording,
}

impl Source {
    fn weight(self) -> u32 {
        match self {
            Source::Status => 6,
            Source::Title => 5,
            Source::Furniture => 4,
            Source::Dated => 3,
            Source::Wording => 2,
        }
    }
}

/// One sign of a stage.
#[derive(Clone, Copy, Debug)]
struct Sign {
    stage: Stage,
    source: Source,
    span: Span,
}

/// What short words say, first match wins.
static SAID: LazyLock<Vec<(Regex, Stage)>> = LazyLock::new(|| {
    vec![
        (
            own_pattern!(
                r"notice of (?:proposed )?amend|propos\w+ (?:plan )?amend|amend\w+ (?:notice|proposed|draft)|draft (?:of )?(?:proposed )?amend|amend\w* [^.;|]{0,24}\(?(?:draft|proposed)\b|draft (?:following|after) (?:an? |the )?(?:annual |early |interim )?review|propos[^.;|]{0,20}amend"
            ),
            Stage::AmendmentDraft,
        ),
        (own_pattern!(r"draft[^.;|]{0,30}re-?assessment|re-?assessment[^.;|]{0,30}draft"), Stage::ReassessmentDraft),
        (own_pattern!(r"\bamended\b"), Stage::Amended),
        (own_pattern!(r"\bfinal[^.;|]{0,16}\d{1,2}[ /.-]"), Stage::Final),
        (own_pattern!(r"\bdraft\b|\bproposed\b|not for implementation|not (?:yet )?final\b"), Stage::Draft),
        (own_pattern!(r"\bfinal(?:ised)?\b"), Stage::Final),
    ]
});

/// Wording of a sentence that only one kind of plan has.
static WORDED: LazyLock<Vec<(Regex, Stage)>> = LazyLock::new(|| {
    vec![
        (
            own_pattern!(
                r"(?:in|at|of|to) (?:a|the|this) (?:proposed|draft) (?:ehc ?p?|ehcp )?(?:plan|stage)|at (?:the )?draft stage|this (?:is a )?(?:draft|proposed) (?:ehcp?|plan|education)|responds? to this draft|this draft\b"
            ),
            Stage::Draft,
        ),
        (
            own_pattern!(
                r"(?:after|when|once|until) (?:the|this|your|my) (?:ehcp? |ehc )?plan (?:is|has been) (?:finalised|made final)"
            ),
            Stage::Draft,
        ),
        (
            own_pattern!(r"\bthese proposed amendments|this (?:notice|plan) shows the (?:proposed )?amendments"),
            Stage::AmendmentDraft,
        ),
        (own_pattern!(r"this (?:is (?:a|an|the) )?amended (?:final )?(?:ehcp?|plan|education)"), Stage::Amended),
        (
            own_pattern!(
                r"this (?:is (?:a|the) )?final (?:ehcp?|plan|education)|this (?:ehcp?|plan|document) (?:was|has been) (?:finalised|made final|issued as final)|plan was finalised"
            ),
            Stage::Final,
        ),
    ]
});

/// A choice that nobody made: words of both kinds with a stroke between.
static CHOICE: LazyLock<Regex> = LazyLock::new(|| {
    let word = r"(?:draft|proposed|amended|final)(?: (?:plan|ehcp?|final))*";
    own_pattern!(&format!(r"{word} ?[/|,] ?{word}(?: ?(?:[/|,]|or) ?{word})*"))
});

/// The stage, and whether the signs leave little doubt.
///
/// Signs of a draft are weighed against signs of a final plan; the heavier side wins, a draw is silence.
pub(crate) fn read(
    document: &Document,
    pairs: &[Pair],
    plan_dates: &[PlanDate],
    title: &[Span],
    earlier: bool,
    placed: Option<bool>,
) -> (Known<Stage>, bool) {
    let signs = signs(document, pairs, plan_dates, title);
    let weigh = |draft: bool| -> u32 {
        signs.iter().filter(|sign| sign.stage.is_draft() == draft).map(|sign| sign.source.weight()).sum()
    };
    let (mut draft, mut last) = (weigh(true), weigh(false));
    // An empty Section I is what a draft looks like, and a filled one what a final plan looks like: a nudge, no more.
    if draft + last > 0 {
        match placed {
            Some(true) => last += 1,
            Some(false) => draft += 1,
            None => {}
        }
    }
    let heaviest = |wanted: &dyn Fn(Stage) -> bool| {
        let fitting = signs.iter().filter(|sign| wanted(sign.stage));
        fitting.max_by_key(|sign| (sign.source.weight(), std::cmp::Reverse(sign.span))).copied()
    };
    let reviewed = plan_dates.iter().any(|date| matches!(date.role, DateRole::Review | DateRole::PreviousReview));
    let first = plan_dates.iter().any(|date| date.role == DateRole::FirstFinal);
    let heavier = match draft.cmp(&last) {
        std::cmp::Ordering::Equal => return (Known::Unsaid, false),
        std::cmp::Ordering::Greater => heaviest(&Stage::is_draft),
        std::cmp::Ordering::Less => heaviest(&|stage| !stage.is_draft()),
    };
    let Some(sign) = heavier else { return (Known::Unsaid, false) };
    let says = |stage: Stage| heaviest(&|other| other == stage);
    let (stage, span) = if sign.stage.is_draft() {
        match (says(Stage::ReassessmentDraft), says(Stage::AmendmentDraft)) {
            (Some(re), _) => (Stage::ReassessmentDraft, re.span),
            (None, Some(amendment)) => (Stage::AmendmentDraft, amendment.span),
            (None, None) if reviewed || first || earlier => (Stage::AmendmentDraft, sign.span),
            (None, None) => (sign.stage, sign.span),
        }
    } else {
        match says(Stage::Amended) {
            Some(amended) => (Stage::Amended, amended.span),
            None => (sign.stage, sign.span),
        }
    };
    let (more, less) = (draft.max(last), draft.min(last));
    (Known::Said(stage, span), more >= 4 && more - less >= 3)
}

fn signs(document: &Document, pairs: &[Pair], plan_dates: &[PlanDate], title: &[Span]) -> Vec<Sign> {
    let mut signs = Vec::new();
    let mut short = |span: Span, source: Source| {
        if let Some((stage, words)) = said(document.slice(span)) {
            signs.push(Sign { stage, source, span: words.shift(span.start) });
        }
    };
    for pair in pairs.iter().filter(|pair| pair.field == Field::Stage) {
        short(pair.value, Source::Status);
    }
    for &span in title {
        short(span, Source::Title);
    }
    for furniture in document.furniture() {
        short(furniture.span, Source::Furniture);
    }
    for date in plan_dates {
        let stage = match date.role {
            DateRole::Draft => Stage::Draft,
            DateRole::Final => Stage::Final,
            DateRole::Amended => Stage::Amended,
            _ => continue,
        };
        // A draft's date says nothing in a plan that has a final one.
        let superseded = stage == Stage::Draft
            && plan_dates
                .iter()
                .any(|other| matches!(other.role, DateRole::Final | DateRole::Amended) && other.date >= date.date);
        if !superseded {
            signs.push(Sign { stage, source: Source::Dated, span: date.span });
        }
    }
    for block in document.blocks() {
        let folded = document.levelled(block.span);
        if !may_be_worded(folded.text()) {
            debug_assert!(!WORDED.iter().any(|(pattern, _)| pattern.is_match(&folded)));
            continue;
        }
        for (pattern, stage) in WORDED.iter() {
            if let Some(found) = pattern.find(&folded) {
                let span = folded.original(Span::from(found.range())).shift(block.span.start);
                if !signs.iter().any(|sign| sign.source == Source::Wording && sign.stage == *stage) {
                    signs.push(Sign { stage: *stage, source: Source::Wording, span });
                }
                break;
            }
        }
    }
    signs
}

/// Whether levelled words hold one of those of which every wording of a stage has one. Most have none.
fn may_be_worded(levelled: &str) -> bool {
    levelled.as_bytes().windows(5).any(|word| matches!(word, b"draft" | b"final" | b"amend" | b"propo"))
}

/// What a title, a status or a footer says, with the words that say it.
fn said(text: &str) -> Option<(Stage, Span)> {
    if text.len() > 400 {
        return None;
    }
    let folded = levelled(text);
    let ticked = ticked(folded.text());
    let (words, offset) = ticked.map_or((folded.text(), 0), |span| (span.of(folded.text()), span.start));
    if ticked.is_none()
        && let Some(choice) = CHOICE.find(words)
    {
        let (draft, last) = (["draft", "proposed"], ["final", "amended"]);
        let holds = |list: &[&str]| list.iter().any(|word| choice.as_str().contains(word));
        if holds(&draft) && holds(&last) {
            return None;
        }
    }
    let (pattern, stage) = SAID.iter().find(|(pattern, _)| pattern.is_match(words))?;
    let found = pattern.find(words)?;
    let span = Span::new(found.start() + offset, found.end() + offset);
    Some((*stage, folded.original(span)))
}

/// The words after the ticked box of a row of boxes, up to the next box.
fn ticked(text: &str) -> Option<Span> {
    const TICKS: [&str; 5] = ["\u{2611}", "\u{2612}", "\u{2714}", "[x]", "\u{2713}"];
    const BOXES: [&str; 7] = ["\u{2610}", "\u{2611}", "\u{2612}", "\u{2714}", "\u{2713}", "[x]", "[ ]"];
    let (at, tick) = TICKS.iter().filter_map(|tick| Some((text.find(tick)?, tick))).min()?;
    let start = at + tick.len();
    let rest = text.get(start..)?;
    let end = BOXES.iter().filter_map(|next| rest.find(next)).min().unwrap_or(rest.len());
    Some(Span::new(start, start + end))
}

/// A date in a line that is no pair ("Final 17/01/2025" in a footer), by the words before it.
pub(crate) fn dated_words(text: &str, at: usize) -> Vec<PlanDate> {
    let found = dates::find(text);
    let mut from = 0;
    let mut read = Vec::new();
    for date in found {
        let before = text.get(from..date.span.start).unwrap_or("");
        from = date.span.end;
        let folded = Folded::of(before);
        let clause = folded.text().rsplit(['.', ';', '|', '\u{2022}']).next().unwrap_or("");
        let words: Vec<&str> = clause.split_whitespace().collect();
        let near = words.get(words.len().saturating_sub(6)..).unwrap_or(&[]).join(" ");
        if near.contains("print") {
            continue;
        }
        if let Some(Field::Date(role)) = crate::plan::read::pairs::date_field(&near) {
            read.push(PlanDate { role, date: date.first, span: date.span.shift(at) });
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<Stage>) {
        assert_eq!(said(text).map(|(stage, _)| stage), expected, "{text}");
    }

    #[test]
    fn hears_what_short_words_say() {
        check("DRAFT EDUCATION, HEALTH AND CARE PLAN", Some(Stage::Draft));
        check("Proposed (draft) v1", Some(Stage::Draft));
        check("EHCP - Ciaran Boothroyd - Final 17/01/2025", Some(Stage::Final));
        check("Final draft", Some(Stage::Draft));
        check("Education, Health and Care Plan - Amended Final", Some(Stage::Amended));
        check("Final (amended)", Some(Stage::Amended));
        check("Proposed amended plan", Some(Stage::AmendmentDraft));
        check("Amended plan (draft)", Some(Stage::AmendmentDraft));
        check("Draft following re-assessment", Some(Stage::ReassessmentDraft));
        check("Education, Health and Care Plan", None);
    }

    #[test]
    fn leaves_a_choice_that_nobody_made() {
        check("Draft/Proposed/Amended/Final", None);
        check("Draft / Final", None);
        check("Proposed/draft", Some(Stage::Draft));
        check("\u{2610} Draft \u{2612} Final \u{2610} Amended", Some(Stage::Final));
    }
}
