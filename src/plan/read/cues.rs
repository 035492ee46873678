//! The words by which statements are cut and told apart, as patterns over folded text.

use crate::plan::lexicon::{self, AnyOf};
use crate::text::Folded;
use crate::text::latin::{ANYWHERE, BEGINNING};
use serde::Deserialize;
use std::sync::LazyLock;

/// One list of `lexicon/statements.toml`.
#[derive(Debug)]
pub(crate) struct Cue(AnyOf);

impl Cue {
    /// Whether these words hold the cue.
    pub(crate) fn is_in(&self, words: &Folded) -> bool {
        self.0.is_match(words.trimmed())
    }

    /// Whether some of these words may hold it.
    pub(crate) fn may_be_in(&self, words: &Folded) -> bool {
        self.0.may_match(words.trimmed())
    }
}

/// All lists.
#[derive(Debug)]
pub(crate) struct Cues {
    /// A sentence that completes the one before it.
    pub(crate) completes: Cue,
    /// One that begins like that and says something of its own.
    pub(crate) asserts: Cue,
    /// How much, how long, how often.
    pub(crate) measures: Cue,
    /// Something is to be done or must be the case.
    pub(crate) modal: Cue,
    /// A paragraph that covers the list before it.
    pub(crate) lead_out: Cue,
    /// The end of a paragraph that leads into a list.
    pub(crate) lead_in: Cue,
    /// "As above".
    pub(crate) as_above: Cue,
    /// How to read the plan, how it is reviewed, how funding works.
    pub(crate) explains: Cue,
    /// The same, wherever it stands.
    pub(crate) explains_anywhere: Cue,
    /// Where the next words come from.
    pub(crate) introduces: Cue,
    /// "None required."
    pub(crate) nothing: Cue,
    /// A form's fields, left as they were.
    pub(crate) unfilled: Cue,
    /// What happened.
    pub(crate) history: Cue,
    /// "Delivered by", which is no history.
    pub(crate) passive: Cue,
    /// Provision that was taken out of the plan.
    pub(crate) withdrawn: Cue,
    /// A sentence that begins in the past.
    pub(crate) past: Cue,
    /// The present.
    pub(crate) present: Cue,
    /// A difficulty.
    pub(crate) difficulty: Cue,
    /// A strength.
    pub(crate) strength: Cue,
    /// Section I without a placement.
    pub(crate) no_placement: Cue,
    /// Text about the list of advices.
    pub(crate) about_advice: Cue,
    /// What outcomes say.
    pub(crate) outcome: Cue,
    /// A hope for adult life, which is no outcome.
    pub(crate) aspiration: Cue,
    /// A heading over what is no need.
    pub(crate) no_need_heading: Cue,
    /// A heading over what is no outcome.
    pub(crate) no_outcome_heading: Cue,
    /// A heading over words to the reader.
    pub(crate) note_heading: Cue,
    /// Those who make provision.
    pub(crate) actor: Cue,
}

/// The lists. Each is compiled when it is first asked.
pub(crate) static CUES: LazyLock<Cues> = LazyLock::new(|| {
    let words: Words = lexicon::list("statements");
    let anywhere = |list: &[String]| Cue(AnyOf::new(ANYWHERE, list));
    let begins = |list: &[String]| Cue(AnyOf::new(BEGINNING, list));
    Cues {
        completes: begins(&words.completes),
        asserts: begins(&words.asserts),
        measures: anywhere(&words.measures),
        modal: anywhere(&words.modal),
        lead_out: begins(&words.lead_out),
        lead_in: anywhere(&words.lead_in),
        as_above: Cue(AnyOf::new(("^", r"[\s.]*$"), &words.as_above)),
        explains: begins(&words.explains),
        explains_anywhere: anywhere(&words.explains_anywhere),
        introduces: begins(&words.introduces),
        unfilled: begins(&words.unfilled),
        nothing: Cue(AnyOf::new(
            (r"^(?:assessed|at present|currently|at this time|following \w+ ?\w*)?[;:,. -]*", ""),
            &words.nothing,
        )),
        history: anywhere(&words.history),
        passive: anywhere(&words.passive),
        withdrawn: anywhere(&words.withdrawn),
        past: begins(&words.past),
        present: anywhere(&words.present),
        difficulty: anywhere(&words.difficulty),
        strength: anywhere(&words.strength),
        no_placement: anywhere(&words.no_placement),
        about_advice: anywhere(&words.about_advice),
        outcome: anywhere(&words.outcome),
        aspiration: begins(&words.aspiration),
        no_need_heading: Cue(AnyOf::new((r"^[\w.]{0,4} ?", r"[\s:]*$"), &words.no_need_heading)),
        no_outcome_heading: Cue(AnyOf::new((r"^[\w.]{0,4} ?", r"[\s:]*$"), &words.no_outcome_heading)),
        note_heading: Cue(AnyOf::new((r"^[\w.]{0,4} ?", r"[\s:]*$"), &words.note_heading)),
        actor: anywhere(&words.actor),
    }
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    completes: Vec<String>,
    asserts: Vec<String>,
    measures: Vec<String>,
    modal: Vec<String>,
    lead_out: Vec<String>,
    lead_in: Vec<String>,
    as_above: Vec<String>,
    explains: Vec<String>,
    explains_anywhere: Vec<String>,
    introduces: Vec<String>,
    nothing: Vec<String>,
    unfilled: Vec<String>,
    history: Vec<String>,
    passive: Vec<String>,
    withdrawn: Vec<String>,
    past: Vec<String>,
    present: Vec<String>,
    difficulty: Vec<String>,
    strength: Vec<String>,
    no_placement: Vec<String>,
    about_advice: Vec<String>,
    outcome: Vec<String>,
    aspiration: Vec<String>,
    no_need_heading: Vec<String>,
    no_outcome_heading: Vec<String>,
    note_heading: Vec<String>,
    actor: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::read::kinds::explains;

    #[test]
    fn cues_that_most_statements_are_asked_about_stand_ready() {
        let Cues { modal, measures, completes, history, present, outcome, actor, explains, .. } = &*CUES;
        for cue in [modal, measures, completes, history, present, outcome, actor, explains] {
            assert!(cue.0.is_ready(), "build.rs knows what stands around {cue:?}");
        }
    }

    #[test]
    fn knows_explanation() {
        for text in [
            "Each table below should be read with the outcome or outcomes to which it refers.",
            "Provision records are listed by group.",
            "A field which is blank in the record was not completed by the case officer.",
            "Steps towards these outcomes will be agreed with the setting after the plan is finalised.",
            "The local authority will review this plan every twelve months.",
            "This plan will be reviewed in March 2026.",
            "Section F sets out what must be provided.",
        ] {
            assert!(explains(&Folded::of(text)), "{text}");
        }
        for text in [
            "The school will review the programme each term.",
            "This programme will be delivered daily by a teaching assistant.",
            "A part-time teaching assistant will work with Sam.",
            "Each row of the visual timetable will have one symbol.",
        ] {
            assert!(!explains(&Folded::of(text)), "{text}");
        }
    }

    #[test]
    fn knows_nothing() {
        for text in [
            "None required.",
            "None specified following the sensory needs assessment.",
            "Not applicable: Sam is not a disabled child with assessed needs under this Act.",
            "Assessed; no provision is required under section 2.",
            "No needs identified.",
            "No social care needs were identified through the assessment.",
            "Sam is not known to Children's Social Care.",
        ] {
            assert!(CUES.nothing.is_in(&Folded::of(text)), "{text}");
        }
        assert!(
            !CUES.nothing.is_in(&Folded::of("No copying from the board; all notes printed for Sam in every lesson."))
        );
    }
}
