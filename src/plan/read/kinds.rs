//! What a statement states, by its section and its words.

use crate::plan::area::Area;
use crate::plan::letter::Letter;
use crate::plan::read::cues::CUES;
use crate::plan::read::roles::{self, Topic};
use crate::plan::statement::StatementKind;
use crate::text::Folded;

/// The kind of a statement of `letter` that reads `text` (levelled, `words`) under `heading`.
pub(crate) fn kind(letter: Letter, text: &str, words: &Folded, heading: Option<&Folded>) -> StatementKind {
    match letter {
        _ if heading.is_some_and(|heading| sets_aside(letter, heading)) => StatementKind::Other,
        Letter::B | Letter::C | Letter::D if is_need(words) => StatementKind::Need,
        Letter::E if is_outcome(words) => StatementKind::Outcome,
        Letter::F | Letter::G | Letter::H1 | Letter::H2 if is_provision(text, words) => StatementKind::Provision,
        Letter::I if !explains(words) && !CUES.no_placement.is_in(words) => StatementKind::Placement,
        Letter::K if !is_about_advice(text, words) && !is_unfilled_row(text) => StatementKind::Advice,
        _ => StatementKind::Other,
    }
}

/// Whether a whole paragraph only explains: then it is one statement, however many sentences it has.
pub(crate) fn explains(paragraph: &Folded) -> bool {
    CUES.explains.is_in(paragraph) || CUES.explains_anywhere.is_in(paragraph) || introduces(paragraph)
}

/// Whether a sentence says where the words after it come from.
pub(crate) fn introduces(sentence: &Folded) -> bool {
    CUES.introduces.is_in(sentence)
}

/// Whether a paragraph says that there is nothing to say.
pub(crate) fn says_nothing(paragraph: &Folded) -> bool {
    CUES.nothing.is_in(paragraph) || CUES.unfilled.is_in(paragraph)
}

/// The topic of a heading that says what all below it is: "Outcomes", "Provision". "Outcome 2" stands over both.
pub(crate) fn topic_of(heading: &str) -> Option<Topic> {
    let numbered = heading.contains(|c: char| c.is_ascii_digit());
    match roles::topics(heading).as_slice() {
        &[topic] if !numbered && topic <= Topic::Provision => Some(topic),
        _ => None,
    }
}

/// The section, of several that share one text, to which a statement belongs.
pub(crate) fn letter_among(
    letters: &[Letter],
    words: &Folded,
    topic: Option<Topic>,
    area: Option<Area>,
) -> Option<Letter> {
    let first = |fits: &dyn Fn(Letter) -> bool| letters.iter().copied().find(|&letter| fits(letter));
    let by_area = |letter: Letter| match area {
        Some(Area::Health) => matches!(letter, Letter::C | Letter::G),
        Some(Area::SocialCare) => matches!(letter, Letter::D | Letter::H1 | Letter::H2),
        _ => matches!(letter, Letter::B | Letter::F),
    };
    let provision = || first(&|l| l.holds_provision() && by_area(l)).or_else(|| first(&Letter::holds_provision));
    let needs = || first(&|l| l.holds_needs() && by_area(l)).or_else(|| first(&Letter::holds_needs));
    let outcome = || first(&|letter| letter == Letter::E);
    let by_heading = match topic {
        Some(Topic::Outcome) => outcome(),
        Some(Topic::Provision) => provision(),
        Some(Topic::Need) => needs(),
        _ => None,
    };
    let by_words = || {
        if CUES.outcome.is_in(words) && !CUES.actor.is_in(words) {
            outcome()
        } else if CUES.modal.is_in(words) && !CUES.difficulty.is_in(words) {
            provision()
        } else {
            needs().or_else(provision)
        }
    };
    by_heading.or_else(by_words).or_else(|| letters.first().copied())
}

fn is_need(words: &Folded) -> bool {
    let over = CUES.past.is_in(words) && !CUES.present.is_in(words);
    let harmless = || CUES.history.is_in(words) || CUES.strength.is_in(words);
    !over && !explains(words) && !says_nothing(words) && (CUES.difficulty.is_in(words) || !harmless())
}

/// Whether a heading says that what stands below it is no need, outcome or provision: "Strengths", "Long-term aims",
/// "How to read this section".
fn sets_aside(letter: Letter, heading: &Folded) -> bool {
    (letter.holds_needs() && CUES.no_need_heading.is_in(heading))
        || (letter == Letter::E && CUES.no_outcome_heading.is_in(heading))
        || CUES.note_heading.is_in(heading)
}

fn is_outcome(words: &Folded) -> bool {
    !explains(words) && !says_nothing(words) && !CUES.aspiration.is_in(words)
}

fn is_provision(text: &str, words: &Folded) -> bool {
    // What a clause holds, the whole holds too.
    let past = CUES.history.may_be_in(words) && {
        let clause = Folded::of(main_clause(text));
        CUES.history.is_in(&clause) && !CUES.passive.is_in(&clause)
    };
    let past = (past && !CUES.measures.is_in(words) || CUES.withdrawn.is_in(words)) && !CUES.modal.is_in(words);
    !past && !explains(words) && !says_nothing(words)
}

/// What stands before the first reason, purpose or description: "Chances to meet people, because she lost touch…".
fn main_clause(text: &str) -> &str {
    let ends = [
        " because ",
        " so that ",
        " who ",
        " which ",
        " since ",
        " that ",
        " | ",
        " when ",
        " where ",
        " if ",
        " once ",
        " until ",
        " unless ",
        " provided ",
        " subject to ",
        " as soon as ",
        " as long as ",
    ]
    .map(|end| text.find(end));
    &text[..ends.into_iter().flatten().min().unwrap_or(text.len())]
}

/// A row of a form that names an advice, and of which nothing is filled in.
pub(crate) fn is_unfilled_row(text: &str) -> bool {
    let unfilled = |words: &str| CUES.unfilled.is_in(&Folded::of(words));
    unfilled(text) || text.split_once(" | ").is_some_and(|(_, rest)| unfilled(rest))
}

fn is_about_advice(text: &str, words: &Folded) -> bool {
    text.split_whitespace().count() > 12 && CUES.about_advice.is_in(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(letter: Letter, text: &str, expected: StatementKind) {
        assert_eq!(kind(letter, text, &Folded::of(text), None), expected, "{text}");
    }

    #[test]
    fn tells_needs_from_history_and_strengths() {
        check(Letter::B, "He spells phonetically at best.", StatementKind::Need);
        check(Letter::B, "She has about twelve spoken words.", StatementKind::Need);
        check(Letter::B, "She started at the nursery in January 2024 and goes on five mornings.", StatementKind::Other);
        check(Letter::B, "His verbal reasoning is in the high average range.", StatementKind::Other);
        check(Letter::B, "No needs identified.", StatementKind::Other);
        check(Letter::B, "He was diagnosed with ADHD in November 2023 after a two-year wait.", StatementKind::Other);
        check(Letter::B, "He was born early and has a severe hearing loss.", StatementKind::Need);
        let under = |heading: &str| {
            kind(Letter::B, "She reads well.", &Folded::of("She reads well."), Some(&Folded::of(heading)))
        };
        assert_eq!(under("Strengths"), StatementKind::Other);
        assert_eq!(under("Strengths and needs"), StatementKind::Need);
        check(Letter::C, "Reviewed at the eye hospital; no treatment is available at present.", StatementKind::Need);
    }

    #[test]
    fn tells_provision_from_what_was_taken_out_and_from_words_to_the_reader() {
        check(
            Letter::F,
            "The nurture group that was in the first plan was taken out in May 2022.",
            StatementKind::Other,
        );
        check(Letter::F, "The support that was withdrawn in May 2022 will be put back.", StatementKind::Provision);
        check(Letter::F, "This is the part of the plan that tells you what help he must have.", StatementKind::Other);
        check(Letter::F, "The paragraphs below are taken from the psychologist's advice.", StatementKind::Other);
        let words = "The Quay is the academy's resourced provision for ten students.";
        let under = |heading: &str| kind(Letter::F, words, &Folded::of(words), Some(&Folded::of(heading)));
        assert_eq!(under("How to read this section"), StatementKind::Other);
        assert_eq!(under("Communication and interaction"), StatementKind::Provision);
    }

    #[test]
    fn tells_provision_from_explanation() {
        check(Letter::F, "Visual timetable.", StatementKind::Provision);
        check(Letter::F, "The school has delivered a range of interventions.", StatementKind::Other);
        check(Letter::H1, "None required.", StatementKind::Other);
        check(Letter::G, "Heart follow-up.", StatementKind::Provision);
        check(Letter::F, "High needs funding at Band 7, paid to the school.", StatementKind::Provision);
    }

    #[test]
    fn divides_a_shared_text() {
        let shared = [Letter::E, Letter::F];
        let of = |text: &str, heading: Option<&str>| {
            letter_among(&shared, &Folded::of(text), heading.and_then(topic_of), None)
        };
        assert_eq!(of("By the end of Year 6 Sam will write a page.", None), Some(Letter::E));
        assert_eq!(of("A TA will read with Sam daily.", None), Some(Letter::F));
        assert_eq!(of("Scribe", Some("Provision")), Some(Letter::F));
        assert_eq!(of("By 31 May the class teacher will complete the course.", None), Some(Letter::F));
        assert_eq!(of("Sam will be able to dress without help.", Some("Outcome 2")), Some(Letter::E));
        let social = [Letter::H1, Letter::H2];
        assert_eq!(letter_among(&social, &Folded::of("Short breaks, 3 hours a week."), None, None), Some(Letter::H1));
    }
}
