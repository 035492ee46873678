//! What to do next: what the stage of the plan allows, where to begin, and what writes the letter.

use crate::plan::{Letter, Stage};
use crate::render::prose;
use crate::report::Report;
use crate::rules::Severity;

/// What to ask for, where a line called "help" says it.
pub(crate) const HELP_LINE: &str = "what the line \u{201c}help\u{201d} says to ask for";

/// What to ask for, where those words stand before it.
pub(crate) const ASK_FOR: &str = "what stands after \u{201c}What to ask for\u{201d}";

/// The two steps for the reader of a report; `ask` says where the report says what to ask for.
pub(crate) fn steps(report: &Report<'_>, ask: &str) -> [String; 2] {
    [by_stage(report), where_to_begin(report, ask)]
}

/// That the letter need not be written by hand: for those who read the report where commands are given. Nothing where there
/// is nothing to write about, or where the stage has to be said first.
pub(crate) fn letter(report: &Report<'_>) -> Option<&'static str> {
    let known = report.plan.profile().stage.value().is_some();
    (known && !report.findings.is_empty() && !report.is_redacted()).then_some(
        "\u{201c}ehcp-lint letter PLAN -o letter.docx\u{201d} writes such a letter, to finish and send; with --short it has one \
         page. PLAN is the path of this plan.",
    )
}

/// Time limits as the Regulations put them; no date is worked out, because it hangs on the day of service.
fn by_stage(report: &Report<'_>) -> String {
    let words = match report.plan.profile().stage.value() {
        Some(Stage::Draft | Stage::ReassessmentDraft) => {
            "This is a draft. You have at least 15 days, beginning with the day it was served on you, to comment on it, \
             ask for a meeting and ask for a school (SEND Regulations 2014, reg 13(1)(a))."
        }
        Some(Stage::AmendmentDraft) => {
            "These are proposed amendments. You have at least 15 days to comment on them \
             (SEND Regulations 2014, reg 22(2))."
        }
        Some(Stage::Final | Stage::Amended) => {
            "This is a final plan. You can ask the council to put it right, and appeal about Sections B, F and I to the \
             tribunal (Children and Families Act 2014, s.51); the letter that came with the plan gives the time limit."
        }
        None => {
            "The plan does not say whether it is a draft or final, so Section I was judged with care. If you know, add \
             --stage draft or --stage final."
        }
    };
    words.to_owned()
}

fn where_to_begin(report: &Report<'_>, ask: &str) -> String {
    let errors = report.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let in_section = |letter| report.findings.iter().filter(|finding| finding.section == Some(letter)).count();
    let fullest = Letter::ALL.into_iter().rev().max_by_key(|&letter| in_section(letter));
    match (report.findings.is_empty(), errors, fullest) {
        (true, ..) if report.plan.read_whole() => {
            "Nothing was found. Read it against the reports it is based on: whether every need in them is in the plan, \
             this program cannot know."
                .to_owned()
        }
        (true, ..) => {
            "Nothing was found in what could be read. Ask the council for the parts that could not.".to_owned()
        }
        (_, 1.., _) => format!(
            "Begin with the {}: the law requires what is missing there. Then write to the council with the section, the \
             words, and {ask}.",
            prose::count(errors, "error", "errors")
        ),
        (_, 0, Some(letter)) if in_section(letter) > 0 => format!(
            "Begin with Section {letter}, where most was found: write to the council with the words, and {ask}."
        ),
        _ => format!("Write to the council with the words, and {ask}."),
    }
}
