//! Need, provision, outcome: which help answers which need and what it is to lead to, with the reason and the gaps.

use crate::plan::{Evidence, Link, Statement, StatementKind};
use crate::render::html::page::heading;
use crate::render::html::told::Told;
use crate::render::prose;
use crate::rules::Category;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// The weakest link that counts: more than one shared general term, as the rules on unpaired needs have it.
const CLEAR: u32 = 2;

/// The most provisions that are listed for one need; what comes after them is weaker.
const MOST: usize = 3;

/// The most outcomes that are listed for one need.
const MOST_OUTCOMES: usize = 2;

/// The table of needs with what answers them, then what answers none.
pub(crate) fn table(told: &Told<'_>) -> Markup {
    let needs: Vec<(usize, &Statement)> = told.statements(StatementKind::Need).collect();
    let provisions: Vec<(usize, &Statement)> = told.statements(StatementKind::Provision).collect();
    let outcomes: Vec<(usize, &Statement)> = told.statements(StatementKind::Outcome).collect();
    if needs.is_empty() && provisions.is_empty() && outcomes.is_empty() {
        return html! {};
    }
    let served = served(told);
    let mut links: BTreeMap<usize, Vec<&Link>> = BTreeMap::new();
    for link in clear(told) {
        links.entry(link.from).or_default().push(link);
    }
    let answering: BTreeSet<usize> =
        clear(told).filter(|link| kind(told, link.from) == Some(StatementKind::Need)).map(|link| link.to).collect();
    let lone: Vec<usize> =
        provisions.iter().map(|(index, _)| *index).filter(|index| !answering.contains(index)).collect();
    let unserved: Vec<usize> =
        outcomes.iter().map(|(index, _)| *index).filter(|index| !links.contains_key(index)).collect();
    let unanswered = needs.iter().filter(|(index, _)| !links.contains_key(index)).count();
    html! {
        section class="pairs" aria-labelledby=(told.labelled("pairs")) {
            (heading(told.level, &format!("{}-pairs", told.id), &html! { "Needs, help and outcomes" }))
            p {
                "Every need in Section B should have help in Section F, and the help should lead somewhere. This table shows what seems to belong together, the closest first, and why: "
                "they stand in one row, one names the other\u{2019}s number, they are on the same topic, or under the same area of need. "
                "It can be wrong: read the words before you rely on it."
            }
            p class="lead" {
                (prose::count(needs.len(), "need", "needs")) ", " strong { (unanswered) " without help that could be matched" } ". "
                (prose::count(outcomes.len(), "outcome", "outcomes")) ", " strong { (unserved.len()) " without help that could be matched" } ". "
                @if links.is_empty() { "Nothing could be matched at all." }
            }
            @if told.report.is_redacted() {
                p { "Which is which is left out of this report with the words of the plan. The notes say what was found." }
            } @else if !needs.is_empty() {
                table class="matrix" {
                    caption { "Each need, the help that answers it, and the outcome that the help is for" }
                    thead { tr { th scope="col" { "Need" } th scope="col" { "Help that seems to answer it" } th scope="col" { "Outcome it is for" } } }
                    tbody { @for (index, need) in &needs { (row(told, *index, need, links.get(index).map_or(&[], Vec::as_slice), &served)) } }
                }
            }
            @if !told.report.is_redacted() {
            (list(told, "Help for which no need could be matched", &lone, Category::ProvisionWithoutNeed))
            (list(told, "Outcomes for which no help could be matched", &unserved, Category::OutcomeIsProvision))
            }
        }
    }
}

/// The links that are strong enough.
fn clear<'t>(told: &Told<'t>) -> impl Iterator<Item = &'t Link> {
    told.plan().links().iter().filter(|link| link.weight >= CLEAR)
}

fn kind(told: &Told<'_>, statement: usize) -> Option<StatementKind> {
    told.plan().statements().get(statement).map(|statement| statement.kind)
}

/// The outcomes of each provision, the strongest first.
fn served(told: &Told<'_>) -> BTreeMap<usize, Vec<usize>> {
    let mut served: BTreeMap<usize, Vec<(u32, usize)>> = BTreeMap::new();
    for link in clear(told).filter(|link| kind(told, link.from) == Some(StatementKind::Outcome)) {
        served.entry(link.to).or_default().push((link.weight, link.from));
    }
    let strongest = |mut all: Vec<(u32, usize)>| {
        all.sort_by_key(|&(weight, index)| (std::cmp::Reverse(weight), index));
        all.into_iter().map(|(_, index)| index).take(2).collect()
    };
    served.into_iter().map(|(provision, outcomes)| (provision, strongest(outcomes))).collect()
}

fn row(
    told: &Told<'_>,
    index: usize,
    need: &Statement,
    links: &[&Link],
    served: &BTreeMap<usize, Vec<usize>>,
) -> Markup {
    let mut answers = links.to_vec();
    answers.sort_by_key(|link| (link.evidence, std::cmp::Reverse(link.weight), link.to));
    let more = answers.len().saturating_sub(MOST);
    answers.truncate(MOST);
    let outcomes = outcomes_of(&answers, served);
    html! {
        tr class=[answers.is_empty().then_some("gap")] {
            th scope="row" { (statement(told, need, None)) }
            td data-title="Help that seems to answer it" {
                @if answers.is_empty() { (gap(told, index)) } @else {
                    ul {
                        @for link in &answers {
                            @if let Some(provision) = told.plan().statements().get(link.to) {
                                li { (statement(told, provision, Some(link))) }
                            }
                        }
                    }
                    @if more > 0 { p class="small" { "and " (more) " more that match less well" } }
                }
            }
            td data-title="Outcome it is for" {
                @if outcomes.is_empty() { span aria-hidden="true" { "\u{2013} " } "No outcome could be matched" } @else {
                    ul { @for outcome in outcomes { @if let Some(outcome) = told.plan().statements().get(outcome) { li { (statement(told, outcome, None)) } } } }
                }
            }
        }
    }
}

/// What is said of a need that nothing could be matched with.
fn gap(told: &Told<'_>, need: usize) -> Markup {
    html! {
        @match told.of_category(need, Category::NeedWithoutProvision) {
            Some(finding) => { strong { span aria-hidden="true" { "\u{2717} " } "Nothing found that answers this need" } ": " (told.link(finding)) }
            None => { span aria-hidden="true" { "? " } "Nothing could be matched. Look for it yourself: it may be worded in another way, or stand elsewhere." }
        }
    }
}

/// The outcomes that most of the answers serve.
fn outcomes_of(answers: &[&Link], served: &BTreeMap<usize, Vec<usize>>) -> Vec<usize> {
    let mut times: BTreeMap<usize, usize> = BTreeMap::new();
    for outcome in answers.iter().filter_map(|link| served.get(&link.to)).flatten() {
        *times.entry(*outcome).or_default() += 1;
    }
    let most = times.values().copied().max().unwrap_or_default();
    let mut outcomes: Vec<(usize, usize)> = times.into_iter().filter(|(_, times)| times * 2 > most).collect();
    outcomes.sort_by_key(|&(outcome, times)| (std::cmp::Reverse(times), outcome));
    outcomes.into_iter().map(|(outcome, _)| outcome).take(MOST_OUTCOMES).collect()
}

/// The beginning of a statement with a link to where it stands; for an answer, whether it is specific, and why it is one.
fn statement(told: &Told<'_>, statement: &Statement, link: Option<&Link>) -> Markup {
    let page = prose::page(told.plan(), statement.span()).map_or_else(String::new, |page| format!(", page {page}"));
    let place = html! { "Section " (statement.letter) (page) };
    html! {
        (told.short(statement))
        span class="where" {
            @if told.report.is_redacted() { (place) } @else { a href={ "#" (told.block_id(statement.block)) } { (place) } }
            @if let Some(link) = link { " \u{b7} " (why(link.evidence)) " \u{b7} " (specific(told, link.to, statement)) }
        }
    }
}

fn specific(told: &Told<'_>, index: usize, provision: &Statement) -> Markup {
    let notes = told.unspecific(index);
    let complete = provision.sorted.as_ref().is_none_or(|sorted| sorted.missing.is_empty());
    html! {
        @match notes.as_slice() {
            [] if complete => { span class="fine" { span aria-hidden="true" { "\u{2713} " } "specific" } }
            [] => { span class="open" { span aria-hidden="true" { "\u{25b2} " } "not specific" } }
            [first, ..] => { span class="open" { span aria-hidden="true" { "\u{25b2} " } "not specific: " (told.link(*first)) } }
        }
    }
}

/// Why two statements are taken to belong together.
fn why(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Row => "same row",
        Evidence::Reference => "same number",
        Evidence::Terms => "same topic",
        Evidence::Area => "same area of need",
    }
}

fn list(told: &Told<'_>, title: &str, indices: &[usize], category: Category) -> Markup {
    html! {
        @if !indices.is_empty() {
            details {
                summary { (title) " (" (indices.len()) ")" }
                ul {
                    @for index in indices {
                        @if let Some(one) = told.plan().statements().get(*index) {
                            li { (statement(told, one, None)) @if let Some(finding) = told.of_category(*index, category) { ": " (told.link(finding)) } }
                        }
                    }
                }
            }
        }
    }
}
