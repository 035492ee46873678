//! The choice of what is shown: radio buttons and boxes that style alone obeys. Where it does not, everything is shown.

use crate::plan::Letter;
use crate::render::html::told::{Told, class, sign, word};
use crate::rules::Severity;
use maud::{Markup, html};

/// The controls for one report.
pub(crate) fn choices(told: &Told<'_>) -> Markup {
    let counts = told.report.counts();
    let in_section =
        |section: Option<Letter>| told.report.findings.iter().filter(|finding| finding.section == section).count();
    html! {
        div class="choices" role="group" aria-label="What is shown" {
            fieldset {
                legend { "Show one section, or all" }
                (radio(told, "all", "All", true, told.report.findings.len()))
                (radio(told, "whole", "No section", false, in_section(None)))
                @for letter in Letter::ALL { (radio(told, class(Some(letter)), letter.as_str(), false, in_section(Some(letter)))) }
            }
            fieldset {
                legend { "Show notes that are" }
                @for severity in Severity::ALL {
                    @let id = format!("{}-show-{}", told.id, severity.as_str());
                    span class="choice" {
                        input type="checkbox" id=(id) class={ "show-" (severity.as_str()) } checked;
                        label for=(id) {
                            span aria-hidden="true" { (sign(severity)) " " }
                            (word(severity)) " (" (counts.get(severity)) ")"
                        }
                    }
                }
            }
            p class="partly" { "Only a part of the report is shown, here and when you print. Choose \u{201c}All\u{201d} and tick every box to see all of it." }
        }
    }
}

fn radio(told: &Told<'_>, name: &str, words: &str, checked: bool, findings: usize) -> Markup {
    let id = format!("{}-show-{name}", told.id);
    html! {
        span class="choice" {
            input type="radio" name={ (told.id) "-show" } id=(id) class={ "show-" (name) } checked[checked];
            label for=(id) {
                @if words.len() <= 2 { span class="hidden" { "Section " } }
                (words) " (" (findings) ")"
            }
        }
    }
}
