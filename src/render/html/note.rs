//! A note: one finding explained to a person: what is wrong, what to ask for, why it matters, on what authority, how sure.

use crate::render::html::page::heading;
use crate::render::html::told::{Told, badge, class};
use crate::render::prose;
use crate::rules::{Anchor, Confidence, Finding, Force};
use maud::{Markup, html};
use std::fmt::Write as _;

/// The notes of these findings, for beside or below the words. `marked`: whether there are words to go back to.
pub(crate) fn notes(told: &Told<'_>, findings: &[usize], level: u8, marked: bool) -> Markup {
    html! {
        @for &index in findings {
            @if let Some(finding) = told.finding(index) { (note(told, index, finding, level, marked)) }
        }
    }
}

fn note(told: &Told<'_>, index: usize, finding: &Finding<'_>, level: u8, marked: bool) -> Markup {
    let number = told.number(index);
    let id = format!("{}-n{number}", told.id);
    let title = html! {
        span class="number" { span class="hidden" { "Note " } (number) } " "
        (badge(finding.severity)) " "
        (finding.rule.title)
    };
    html! {
        div class={ "note " (finding.severity.as_str()) " in-" (class(finding.section)) } {
            (heading(level, &id, &title))
            p class="wrong" { (finding.message) }
            p { strong { "What to ask for: " } (finding.help) }
            @if let Some(reason) = finding.softened { p class="small" { (reason) } }
            (reasons(told, index, finding))
            p class="small" {
                (place(told, finding))
                @if marked { span class="jump" { " \u{b7} " a href={ "#" (told.id) "-m" (number) } { "See the words" span class="hidden" { " of note " (number) } } } }
                " \u{b7} Rule " code { (finding.rule.id) }
            }
        }
    }
}

/// Why it matters, open for the first finding of a rule and one press away for the others, which are like it.
fn reasons(told: &Told<'_>, index: usize, finding: &Finding<'_>) -> Markup {
    let first = told.is_first(index);
    let rule = finding.rule;
    html! {
        details open[first] {
            summary {
                "Why it matters, and how sure"
                @if !first {
                    @if let Some(like) = told.first_like(finding) { " (as in note " (like) ")" }
                }
                span class="hidden" { ", note " (told.number(index)) }
            }
            p { (rule.why) }
            p { strong { "What it rests on" } }
            ul {
                @for authority in &rule.authority {
                    li {
                        @match &authority.source {
                            Some(source) => { a href=(source) rel="noreferrer noopener" { (authority.cite) } }
                            None => { (authority.cite) }
                        }
                        " (" (force(authority.force)) "): " (authority.says)
                    }
                }
            }
            p { strong { "How sure: " } (sure(finding.confidence)) }
            @if let Some(limits) = &rule.limits { p { strong { "What a program cannot tell: " } (limits) } }
        }
    }
}

fn place(told: &Told<'_>, finding: &Finding<'_>) -> String {
    let place = prose::place(told.plan(), finding);
    let mut characters = place.chars();
    let mut place: String = characters.next().into_iter().flat_map(char::to_uppercase).chain(characters).collect();
    if let Anchor::Text(span) = finding.anchor
        && prose::page(told.plan(), span).is_none()
        && let Some(paragraph) = prose::paragraph(told.plan(), span.start)
    {
        let _ = write!(place, ", paragraph {paragraph}");
    }
    place
}

/// How strongly an authority binds, in plain words.
fn force(force: Force) -> &'static str {
    match force {
        Force::Must => "law: it must be followed",
        Force::Case => "a court or tribunal decided so",
        Force::Should => "guidance that councils must have a good reason not to follow",
        Force::Practice => "good practice",
    }
}

fn sure(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::High => "very. The words leave little doubt.",
        Confidence::Medium => "likely. Read the words yourself before you rely on it.",
        Confidence::Low => "worth a look. The words can be read in more than one way.",
    }
}

/// What could not be told, because a part of the file could not be read.
pub(crate) fn untold(told: &Told<'_>, section: Option<crate::plan::Letter>) -> Markup {
    let notes: Vec<_> = told.report.notes.iter().filter(|note| note.section == section).collect();
    html! {
        @if !notes.is_empty() {
            div class="untold" {
                p { strong { span aria-hidden="true" { "? " } "Could not tell" } ", because a part of the file could not be read. If that part does not say otherwise:" }
                ul {
                    @for note in notes { li { (note.message) " " code { (note.rule.id) } } }
                }
            }
        }
    }
}

/// The key to the three severities.
pub(crate) fn key() -> Markup {
    use crate::rules::Severity;
    html! {
        dl class="key" {
            @for severity in Severity::ALL {
                div {
                    dt { (badge(severity)) }
                    dd {
                        @match severity {
                            Severity::Error => { "The law asks for something, and the plan does not show it." }
                            Severity::Warning => { "Official guidance or court decisions are against it, or it cannot be relied on as it is written." }
                            Severity::Advice => { "It would be better otherwise." }
                        }
                    }
                }
            }
        }
    }
}
