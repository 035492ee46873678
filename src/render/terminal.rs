//! The report for a person at a screen: findings grouped by section, then a summary and what to do next.

use crate::plan::Letter;
use crate::render::clean::clean;
use crate::render::excerpt::Excerpt;
use crate::render::frame::{Frame, Paint, bracket};
use crate::render::part::{Part, Standing, in_a_row};
use crate::render::prose;
use crate::render::run::Entry;
use crate::render::summary;
use crate::render::wrap::{hang, rows, width};
use crate::render::writer::{Detail, Look};
use crate::report::{Counts, Report};
use crate::rules::{Anchor, Finding, Severity};
use miette::{Diagnostic, LabeledSpan, SourceCode};
use std::collections::BTreeSet;
use std::fmt::{self, Write as _};

/// Findings of one rule in one section that are shown in full; the others follow as a list.
const IN_FULL: usize = 3;

/// The report on a document for a terminal, as wide and as colourful as the look allows.
pub(crate) fn pretty(entry: &Entry<'_>, _: Standing, look: &Look) -> Vec<u8> {
    let mut out = String::new();
    entry_text(entry, Frame(*look), &mut out);
    out.into_bytes()
}

/// The reports on all documents, and what they come to together.
pub(crate) fn join(parts: &[Part<'_>], look: &Look) -> Vec<u8> {
    let mut out = in_a_row(parts, "\n");
    if parts.len() > 1 && look.detail > Detail::Less {
        out.extend(summary::all(parts, Frame(*look)).into_bytes());
    }
    out
}

/// The same for a file, a pipe or a screen reader: no colours, no frames.
pub(crate) fn plain(entry: &Entry<'_>, standing: Standing, look: &Look) -> Vec<u8> {
    pretty(entry, standing, &bare(look))
}

/// The same for a file, a pipe or a screen reader: no colours, no frames.
pub(crate) fn join_plain(parts: &[Part<'_>], look: &Look) -> Vec<u8> {
    join(parts, &bare(look))
}

fn bare(look: &Look) -> Look {
    Look { color: false, unicode: false, ..*look }
}

fn entry_text(entry: &Entry<'_>, frame: Frame, out: &mut String) {
    let columns = frame.0.width;
    let path = clean(&entry.path);
    let report = match &entry.outcome {
        Ok(report) => report,
        Err(failure) => {
            let words = format!("{path}: {}", clean(&failure.message));
            let text = hang("error: ", &words, columns);
            let _ = writeln!(
                out,
                "{}{}",
                frame.paint(Paint::Error, "error:"),
                text.strip_prefix("error:").unwrap_or(&text)
            );
            let _ = writeln!(out, "{}", hang("  help: ", &clean(&failure.help), columns));
            return;
        }
    };
    title(&path, report, frame, out);
    let mut told = BTreeSet::new();
    for (letter, here) in report.by_section() {
        heading(letter, Counts::of(here.iter().copied()), frame, out);
        for group in by_rule(&here) {
            group_text(&path, report, &group, frame, &mut told, out);
        }
    }
    if frame.0.detail > Detail::Less {
        summary::one(report, frame, out);
    }
}

fn title(path: &str, report: &Report<'_>, frame: Frame, out: &mut String) {
    let plan = &report.plan;
    let about = clean(&prose::about(plan));
    let _ = writeln!(out, "{}", frame.paint(Paint::Strong, path));
    let _ = writeln!(out, "{}", hang("", &about, frame.0.width));
    summary::gaps(report, frame, out);
}

fn heading(letter: Option<Letter>, counts: Counts, frame: Frame, out: &mut String) {
    let columns = frame.0.width;
    let name = match letter {
        Some(letter) => format!("Section {letter}: {}", letter.title()),
        None => "The whole plan".to_owned(),
    };
    let counts = summary::counts(counts);
    let rule = if frame.0.unicode { "\u{2500}" } else { "-" };
    let gap = columns.saturating_sub(width(&name) + width(&counts) + 2);
    let _ = writeln!(out);
    if gap >= 2 {
        let name = frame.paint(Paint::Strong, &name);
        let _ = writeln!(out, "{name} {} {counts}", frame.paint(Paint::Faint, &rule.repeat(gap)));
    } else {
        let _ = writeln!(out, "{}", frame.paint(Paint::Strong, &hang("", &name, columns)));
        let _ = writeln!(out, "  {counts}");
    }
}

/// The findings of each rule together, the gravest rule first, otherwise in reading order.
fn by_rule<'f, 'r>(findings: &[&'f Finding<'r>]) -> Vec<Vec<&'f Finding<'r>>> {
    let mut groups: Vec<Vec<&'f Finding<'r>>> = Vec::new();
    for &finding in findings {
        match groups.iter_mut().find(|group| group.iter().any(|other| other.rule.id == finding.rule.id)) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.iter().map(|finding| finding.severity).max()));
    groups
}

fn group_text(
    path: &str,
    report: &Report<'_>,
    group: &[&Finding<'_>],
    frame: Frame,
    told: &mut BTreeSet<String>,
    out: &mut String,
) {
    let in_full = if frame.0.detail == Detail::More || group.len() <= IN_FULL + 1 { group.len() } else { IN_FULL };
    for &finding in group.iter().take(in_full) {
        let shown = Shown::new(path, report, finding, told);
        out.push('\n');
        out.push_str(&frame.draw(&shown));
    }
    let Some((first, _)) = group.get(in_full..).and_then(|others| others.split_first()) else { return };
    let _ = writeln!(out, "\n  and {} more of {}:", group.len() - in_full, first.rule.id);
    for &finding in &group[in_full..] {
        out.push_str(&listed(report, finding, frame));
    }
}

/// One line for one finding: where, and the words with as much around them as fits.
fn listed(report: &Report<'_>, finding: &Finding<'_>, frame: Frame) -> String {
    let place = match finding.anchor {
        Anchor::Text(span) => prose::page(&report.plan, span).map_or_else(
            || prose::paragraph(&report.plan, span.start).map_or(String::new(), |n| format!("para {n}")),
            |page| format!("page {page}"),
        ),
        Anchor::Missing(_) => String::new(),
    };
    let label = format!("    {place:<9} ");
    let room = frame.0.width.saturating_sub(width(&label));
    let Some(excerpt) = Excerpt::of(&report.plan, finding, String::new()) else {
        return format!("{}\n", hang("    - ", &clean(&finding.message), frame.0.width));
    };
    let words = around(&excerpt, room);
    format!("{label}{words}\n")
}

/// The first mark in brackets with the words around it, in one row of `room` columns.
fn around(excerpt: &Excerpt, room: usize) -> String {
    let (text, marks) = bracket(&excerpt.text, excerpt.marks.get(..1).unwrap_or_default());
    let room = room.max(12);
    if width(&text) <= room {
        return text;
    }
    let Some(mark) = marks.first() else { return text };
    let mut start = mark.start;
    // A few words before the mark, if the mark leaves room for them.
    let before = room.saturating_sub(width(&text[mark.clone()])).min(room / 3);
    for (at, _) in text[..mark.start].match_indices(' ').rev() {
        if width(&text[at + 1..mark.start]) > before {
            break;
        }
        start = at + 1;
    }
    if width(&text[..mark.start]) <= before {
        start = 0;
    }
    let lead = if start > 0 { "\u{2026} " } else { "" };
    let tail = &text[start..];
    let fit = rows(tail, &[], room.saturating_sub(width(lead) + 2));
    match fit.as_slice() {
        [] => lead.to_owned(),
        [only] => format!("{lead}{}", &tail[only.clone()]),
        [first, ..] => format!("{lead}{} \u{2026}", &tail[first.clone()]),
    }
}

/// A finding in the words of miette's protocol.
struct Shown<'f> {
    finding: &'f Finding<'f>,
    excerpt: Option<Excerpt>,
    help: Option<String>,
    law: Option<String>,
}

impl<'f> Shown<'f> {
    /// Help and law are said once for the same words: `told` remembers.
    fn new(path: &str, report: &Report<'_>, finding: &'f Finding<'f>, told: &mut BTreeSet<String>) -> Self {
        let excerpt = Excerpt::of(&report.plan, finding, format!("{path}, {}", prose::place(&report.plan, finding)));
        let cites: Vec<&str> = finding.rule.authority.iter().map(|authority| authority.cite.as_str()).collect();
        let mut help = finding.help.clone();
        if let Some(reason) = finding.softened {
            help = format!("{help} {reason}");
        }
        let mut once = |key: String| told.insert(key);
        Self {
            finding,
            excerpt,
            help: once(format!("{} {help}", finding.rule.id)).then_some(help),
            law: once(finding.rule.id.clone()).then(|| cites.join("; ")).filter(|law| !law.is_empty()),
        }
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.finding.message)
    }
}

impl fmt::Debug for Shown<'_> {
    /// The rule only: no word of a plan may reach a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.finding.rule.id)
    }
}

impl std::error::Error for Shown<'_> {}

impl Diagnostic for Shown<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.finding.rule.id))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.finding.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Advice => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    /// The authority stands where other programs link to a page of theirs.
    fn url<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.law.as_ref().map(|law| Box::new(law) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let labels = self.excerpt.as_ref()?.labels();
        Some(Box::new(labels.into_iter()))
    }
}
