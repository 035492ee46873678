//! The end of a report: what is allowed, which rules found nothing, and what no program can judge.

use crate::render::html::page::heading;
use crate::render::html::told::Told;
use crate::render::prose;
use crate::rules::{Quiet, Silence};
use maud::{Markup, html};

/// What was found and is left out, because the settings allow it.
pub(crate) fn allowed(told: &Told<'_>) -> Markup {
    html! {
        @if !told.report.allowed.is_empty() {
            section class="card" aria-labelledby=(told.labelled("allowed")) {
                (heading(told.level, &format!("{}-allowed", told.id), &html! { "Left out, because your settings allow it" }))
                ul {
                    @for allowed in &told.report.allowed {
                        li {
                            (prose::place(told.plan(), &allowed.finding)) ": " (allowed.finding.message)
                            " Allowed because: " (allowed.reason) " " code { (allowed.finding.rule.id) }
                        }
                    }
                }
            }
        }
    }
}

/// The rules that found nothing, and those that did not apply.
pub(crate) fn quiet(told: &Told<'_>) -> Markup {
    let (passed, others): (Vec<&Quiet<'_>>, Vec<&Quiet<'_>>) =
        told.report.quiet.iter().partition(|quiet| quiet.why == Silence::NothingFound);
    html! {
        @if !told.report.quiet.is_empty() {
            section class="card" aria-labelledby=(told.labelled("quiet")) {
                (heading(told.level, &format!("{}-quiet", told.id), &html! { "What else was looked for" }))
                details {
                    summary { "Looked for and not found (" (passed.len()) ")" }
                    ul { @for quiet in passed { li { (quiet.rule.title) " " code { (quiet.rule.id) } } } }
                }
                @if !others.is_empty() {
                    details {
                        summary { "Did not apply to this plan (" (others.len()) ")" }
                        ul { @for quiet in others { li { (quiet.rule.title) ": " (prose::silence(&quiet.why)) " " code { (quiet.rule.id) } } } }
                    }
                }
            }
        }
    }
}

/// What no program can judge.
pub(crate) fn limits() -> Markup {
    html! {
        section class="card" aria-labelledby="limits" {
            h2 id="limits" { "What a program cannot judge" }
            ul {
                li { "Whether the help is the right help, or enough of it. Only people who know the child can say that." }
                li { "Whether every need in the reports by professionals is in the plan. Read them beside it." }
                li { "Whether the help is really given." }
                li { "Whether something is unlawful. That is for a tribunal or a court." }
                li { "Whether wording that it did not mark is good. It knows the usual weak words and not all of them." }
            }
        }
    }
}
