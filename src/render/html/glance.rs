//! The beginning of a report: what was read and what was not, the plan at a glance, and what to do first.

use crate::plan::Letter;
use crate::render::html::note;
use crate::render::html::page::heading;
use crate::render::html::told::{Told, badge};
use crate::render::next;
use crate::render::prose;
use crate::render::run::Entry;
use crate::render::summary::counts;
use crate::render::tally;
use crate::report::Counts;
use crate::rules::{Anchor, Finding, Severity};
use maud::{Markup, html};

/// Findings that the reader is sent to first.
const FIRST: usize = 5;

/// What was read, and what was not.
pub(crate) fn read(entry: &Entry<'_>, told: &Told<'_>) -> Markup {
    let plan = told.plan();
    let document = plan.document();
    let gaps = document.gaps();
    let found: Vec<&str> = Letter::ALL.into_iter().filter(|&l| plan.section(l).present()).map(Letter::as_str).collect();
    let lost: Vec<&str> =
        Letter::ALL.into_iter().filter(|&l| l != Letter::J && !plan.section(l).present()).map(Letter::as_str).collect();
    html! {
        section class="card" aria-labelledby=(told.labelled("read")) {
            (heading(told.level, &format!("{}-read", told.id), &html! { "What was read" }))
            dl class="facts" {
                div { dt { "File" } dd { (entry.path) } }
                div { dt { "Kind" } dd { (prose::about(plan)) } }
                div { dt { "Sections found" } dd { (if found.is_empty() { "none".to_owned() } else { found.join(", ") }) } }
                @if !lost.is_empty() { div { dt { "Sections not found" } dd { (lost.join(", ")) } } }
                div { dt { "Judged" } dd { (prose::count(plan.statements().len(), "statement", "statements")) ": each need, outcome and provision on its own" } }
            }
            @if gaps.is_empty() {
                p { span aria-hidden="true" { "\u{2713} " } "All of the file could be read." }
            } @else {
                p class="warned" {
                    strong { span aria-hidden="true" { "! " } "Not all of the file could be read." }
                    " What is listed here was not checked. Read it yourself, or ask the council for a file in which the words can be selected."
                }
                table {
                    caption { "What could not be read" }
                    thead { tr { th scope="col" { "Where" } th scope="col" { "What" } th scope="col" { "Why it matters" } } }
                    tbody {
                        @for gap in gaps {
                            tr {
                                td { @match gap.place.page { Some(page) => { "Page " (page) } None => { "In the file" } } }
                                td { (prose::gap(gap)) }
                                td { (prose::gap_matters(plan, gap)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Every section with a word and a sign, and how many provisions are specific.
pub(crate) fn sections(told: &Told<'_>) -> Markup {
    let (specific, provisions) = tally::specific(told.report);
    html! {
        section class="card" aria-labelledby=(told.labelled("glance")) {
            (heading(told.level, &format!("{}-glance", told.id), &html! { "The plan at a glance" }))
            p class="lead" {
                @if told.report.findings.is_empty() { "Nothing was found in what could be read." }
                @else { "There is something to look at: " strong { (counts(told.report.counts())) } "." }
            }
            @if provisions > 0 {
                p {
                    strong { (specific) " of " (provisions) } " provisions are specific enough to be relied on. "
                    "A provision is one piece of help. It is specific when it says what will happen, how often, for how long and by whom."
                }
                p { meter min="0" max=(provisions) value=(specific) aria-label="Provisions that are specific" { (specific) " of " (provisions) } }
            }
            (note::key())
            table class="glance" {
                caption { "The sections of the plan" }
                thead { tr { th scope="col" { "Section" } th scope="col" { "What it is for" } th scope="col" { "What was found" } } }
                tbody {
                    @for letter in Letter::ALL { (row(told, letter)) }
                    @let whole: Vec<&Finding<'_>> = told.report.findings.iter().filter(|f| f.section.is_none()).collect();
                    @if !whole.is_empty() {
                        tr {
                            th scope="row" { "All" }
                            td { "The plan as a whole" }
                            td { (state(Counts::of(whole.iter().copied()))) }
                        }
                    }
                }
            }
        }
    }
}

fn row(told: &Told<'_>, letter: Letter) -> Markup {
    let here = told.report.findings.iter().filter(|finding| finding.section == Some(letter));
    let counted = Counts::of(here);
    let present = told.plan().section(letter).present();
    let doubts = told.report.notes.iter().filter(|note| note.section == Some(letter)).count();
    html! {
        tr {
            th scope="row" { a href={ "#" (told.id) "-s-" (letter.as_str()) } { span class="hidden" { "Section " } (letter.as_str()) } }
            td { (letter.title()) }
            td {
                @if !present {
                    (absent(told, letter))
                    @if counted.total() > 0 { ". " (state(counted)) }
                } @else if counted.total() > 0 {
                    (state(counted))
                } @else {
                    span class="fine" { span aria-hidden="true" { "\u{2713} " } "Nothing found" }
                }
                @if doubts > 0 { " \u{b7} " span aria-hidden="true" { "? " } (prose::count(doubts, "question", "questions")) " could not be answered" }
            }
        }
    }
}

fn absent(told: &Told<'_>, letter: Letter) -> Markup {
    let missing =
        |finding: &Finding<'_>| finding.anchor == Anchor::Missing(Some(letter)) && finding.section != Some(letter);
    let finding = told.report.findings.iter().position(missing);
    html! {
        @if letter == Letter::J && finding.is_none() {
            span aria-hidden="true" { "\u{2013} " } "Not there. It is needed only with a direct payment"
        } @else if told.plan().read_whole() {
            strong { span aria-hidden="true" { "\u{2717} " } "Could not be found" }
            @if let Some(index) = finding { ": " (told.link(index)) }
        } @else {
            strong { span aria-hidden="true" { "? " } "Not found" } ", but a part of the file could not be read"
        }
    }
}

/// "■ 1 error, ▲ 9 warnings".
fn state(counts: Counts) -> Markup {
    let parts: Vec<(Severity, String)> = Severity::ALL
        .into_iter()
        .filter(|&severity| counts.get(severity) > 0)
        .map(|severity| {
            let many = if severity == Severity::Advice { "advice" } else { severity.as_str() };
            let plural = if severity == Severity::Advice { "advice".to_owned() } else { format!("{many}s") };
            (severity, prose::count(counts.get(severity), many, &plural))
        })
        .collect();
    html! {
        @for (at, (severity, words)) in parts.iter().enumerate() {
            @if at > 0 { " " }
            span class={ "badge " (severity.as_str()) } {
                span aria-hidden="true" { (crate::render::html::told::sign(*severity)) " " } (words)
            }
        }
    }
}

/// What to do first.
pub(crate) fn first(told: &Told<'_>) -> Markup {
    let begin = begin(told);
    html! {
        section class="card next" aria-labelledby=(told.labelled("first")) {
            (heading(told.level, &format!("{}-first", told.id), &html! { "What to do first" }))
            ol { @for step in next::steps(told.report, next::ASK_FOR) { li { (step) } } }
            @if !begin.is_empty() {
                p { "The first to look at:" }
                ul {
                    @for index in &begin {
                        @if let Some(finding) = told.finding(*index) {
                            li {
                                (badge(finding.severity)) " "
                                @if let Some(letter) = finding.section { "Section " (letter) ": " }
                                (finding.message) " (" (told.link(*index)) ")"
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The gravest findings, at most one of each rule until there is no other.
fn begin(told: &Told<'_>) -> Vec<usize> {
    let mut indices: Vec<usize> = (0..told.report.findings.len()).collect();
    let rank = |index: &usize| {
        told.finding(*index).map(|f| {
            (std::cmp::Reverse(f.severity), !told.is_first(*index), f.section != Some(Letter::F), told.number(*index))
        })
    };
    indices.sort_by_key(rank);
    let errors = told.report.counts().errors;
    indices.truncate(if errors > 0 { errors.min(FIRST) } else { 3 });
    indices
}
