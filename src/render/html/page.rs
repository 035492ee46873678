//! The page: head, contents, one article for each document, and what holds for all of them.

use crate::render::clean;
use crate::render::html::marks::Marks;
use crate::render::html::told::Told;
use crate::render::html::{ends, glance, pairs, words};
use crate::render::part::{Part, Standing};
use crate::render::prose;
use crate::render::run::{Entry, Failure};
use crate::render::summary::counts;
use crate::render::writer::Look;
use crate::report::Report;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// All of the look; it is part of the page, so that nothing has to be fetched.
const STYLE: &str = include_str!("style.css");

/// Nothing may be fetched, run or sent: the page's own style is all there is.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The report on a document, as it stands in the page.
pub(crate) fn one(entry: &Entry<'_>, standing: Standing, _: &Look) -> Vec<u8> {
    article(entry, standing.number, standing.of != 1).into_string().into_bytes()
}

/// The reports on all documents as one page.
pub(crate) fn join(parts: &[Part<'_>], _: &Look) -> Vec<u8> {
    let several = parts.len() != 1;
    let title = match parts {
        [one] => format!("What to look at in {}", name(&one.outline.path)),
        all => format!("What to look at in {}", prose::count(all.len(), "plan", "plans")),
    };
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="robots" content="noindex";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a class="skip" href="#report" { "Skip to the report" }
                header class="top" {
                    p class="maker" { "EHC plan check" }
                    h1 { (title) }
                    p { "This report was made on this computer. Nothing was sent anywhere." }
                }
                @if several { (contents(parts)) }
                main id="report" {
                    @for part in parts { (PreEscaped(part.text())) }
                }
                footer class="end" {
                    (ends::limits())
                    p {
                        "Made by ehcp-lint " (env!("CARGO_PKG_VERSION")) ", rules of " (crate::rules::Rules::EDITION) ". "
                        "It is not legal advice."
                    }
                }
            }
        }
    };
    // Whatever came from a plan or a path: nothing in the file may steer a screen, and some characters are no HTML.
    let shown = |c: char| if c == '\n' { Some(c) } else { clean::shown(c) };
    page.into_string().chars().filter_map(shown).collect::<String>().into_bytes()
}

/// The last part of a path: what people call a file.
fn name(path: &str) -> &str {
    match path.rsplit('/').next() {
        Some("-" | "") | None => "the plan",
        Some(name) => name,
    }
}

fn contents(parts: &[Part<'_>]) -> Markup {
    html! {
        nav class="contents" aria-label="Plans in this report" {
            h2 { "Plans in this report" }
            ol {
                @for (number, part) in (1..).zip(parts) {
                    li {
                        a href={ "#d" (number) } { (part.outline.path) }
                        ": "
                        @match &part.outline.outcome {
                            Ok(found) => { (counts(*found)) }
                            Err(_) => { "could not be read" }
                        }
                    }
                }
            }
        }
    }
}

fn article(entry: &Entry<'_>, number: usize, several: bool) -> Markup {
    let id = format!("d{number}");
    let level = if several { 3 } else { 2 };
    html! {
        article id=(id) aria-labelledby=[several.then(|| format!("{id}-title"))] {
            @if several { h2 id={ (id) "-title" } { (entry.path) } }
            @match &entry.outcome {
                Err(failure) => { (unreadable(entry, failure, &id, level)) }
                Ok(report) => { (readable(entry, report, &id, level)) }
            }
        }
    }
}

fn unreadable(entry: &Entry<'_>, failure: &Failure, id: &str, level: u8) -> Markup {
    html! {
        section class="card" aria-labelledby={ (id) "-read" } {
            (heading(level, &format!("{id}-read"), &html! { "This document could not be read" }))
            p { strong { (failure.message) } }
            p { (failure.help) }
            p class="small" { "File: " (entry.path) }
        }
    }
}

fn readable(entry: &Entry<'_>, report: &Report<'_>, id: &str, level: u8) -> Markup {
    let told = Told::of(report, id, level);
    let marks = Marks::of(&told);
    html! {
        (glance::read(entry, &told))
        (glance::sections(&told))
        (glance::first(&told))
        (pairs::table(&told))
        (words::plan(&told, &marks))
        (ends::allowed(&told))
        (ends::quiet(&told))
    }
}

/// A heading of this level: parts of a report stand one level lower where there are several reports.
pub(crate) fn heading(level: u8, id: &str, words: &Markup) -> Markup {
    match level {
        2 => html! { h2 id=(id) { (words) } },
        3 => html! { h3 id=(id) { (words) } },
        4 => html! { h4 id=(id) { (words) } },
        5 => html! { h5 id=(id) { (words) } },
        _ => html! { h6 id=(id) { (words) } },
    }
}
