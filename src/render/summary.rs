//! The tail of a terminal report: what was not read, the sections found, counts, what to do next.

use crate::plan::Letter;
use crate::render::clean::clean;
use crate::render::frame::{Frame, Paint};
use crate::render::next;
use crate::render::part::{self, Part};
use crate::render::prose;
use crate::render::tally;
use crate::render::wrap::hang;
use crate::report::{Counts, Report};
use std::fmt::Write as _;

/// "1 error, 9 warnings, 4 advice", without what is none.
pub(crate) fn counts(counts: Counts) -> String {
    let mut parts = Vec::new();
    if counts.errors > 0 {
        parts.push(prose::count(counts.errors, "error", "errors"));
    }
    if counts.warnings > 0 {
        parts.push(prose::count(counts.warnings, "warning", "warnings"));
    }
    if counts.advice > 0 {
        parts.push(format!("{} advice", counts.advice));
    }
    if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") }
}

/// What could not be read, and which sections may be there.
pub(crate) fn gaps(report: &Report<'_>, frame: Frame, out: &mut String) {
    for (label, words) in prose::gaps(&report.plan) {
        let label = format!("{label}: ");
        let text = hang(&label, &words, frame.0.width);
        let rest = text.strip_prefix(&label).unwrap_or(&text);
        let _ = writeln!(out, "{}{rest}", frame.paint(Paint::Warning, &label));
    }
}

/// What could not be told, because it may stand in a part that was not read.
fn notes(report: &Report<'_>, frame: Frame, out: &mut String) {
    if report.notes.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n  Could not be told, because a part was not read:");
    for note in &report.notes {
        let _ = writeln!(out, "{}", hang("    - ", &clean(&note.message), frame.0.width));
    }
}

/// The summary of one report.
pub(crate) fn one(report: &Report<'_>, frame: Frame, out: &mut String) {
    let columns = frame.0.width;
    let _ = writeln!(out, "\n{}", frame.paint(Paint::Strong, "Summary"));
    out.push_str(&sections(report, frame));
    let groups = report.by_section();
    if !groups.is_empty() {
        let _ = writeln!(out, "\n  {:<14}{:>7}{:>10}{:>8}", "", "errors", "warnings", "advice");
    }
    let all = report.counts();
    for (letter, findings) in groups {
        let name = letter.map_or_else(|| "Whole plan".to_owned(), |letter| format!("Section {letter}"));
        let _ = writeln!(out, "{}", row(&name, Counts::of(findings)));
    }
    if all.total() > 0 {
        let _ = writeln!(out, "{}", frame.paint(Paint::Strong, &row("All", all)));
    }
    let (specific, provisions) = tally::specific(report);
    if provisions > 0 {
        let line = format!("{specific} of {provisions} provisions are specific enough to be relied on.");
        let _ = writeln!(out, "\n{}", hang("  ", &line, columns));
    }
    if all.total() == 0 {
        let _ = writeln!(out, "\n  No findings.");
    }
    if !report.allowed.is_empty() {
        let line = format!(
            "{} left out, because the settings allow {}.",
            prose::count(report.allowed.len(), "finding is", "findings are"),
            if report.allowed.len() == 1 { "it" } else { "them" }
        );
        let _ = writeln!(out, "\n{}", hang("  ", &line, columns));
    }
    notes(report, frame, out);
    let _ = writeln!(out, "\n{}", frame.paint(Paint::Strong, "What to do next"));
    let steps = next::steps(report, next::HELP_LINE).into_iter().chain(next::letter(report).map(str::to_owned));
    for (number, step) in (1..).zip(steps) {
        let step = if frame.0.unicode { step } else { step.replace(['\u{201c}', '\u{201d}'], "\"") };
        let _ = writeln!(out, "{}", hang(&format!("  {number}. "), &step, columns));
    }
}

/// The last line of a run of several documents.
pub(crate) fn all(parts: &[Part<'_>], frame: Frame) -> String {
    let documents = prose::count(parts.len(), "document", "documents");
    let mut line = format!("{documents}: {}", counts(part::counts(parts)));
    let unreadable = part::unreadable(parts);
    if unreadable > 0 {
        let _ = write!(line, "; {unreadable} could not be read");
    }
    format!("\n{}\n", frame.paint(Paint::Strong, &hang("", &line, frame.0.width)))
}

/// Which sections were found, one mark for each. That J is not there says nothing: it is needed only with a budget.
fn sections(report: &Report<'_>, frame: Frame) -> String {
    let (yes, no, unsure) = if frame.0.unicode { ("\u{2713}", "\u{2717}", "?") } else { ("yes", "no", "?") };
    let mut line = String::from("  Sections found:");
    let mut used = line.len();
    for letter in Letter::ALL {
        let (mark, paint) = match report.plan.section(letter).present() {
            true => (yes, Paint::Good),
            false if letter == Letter::J => (if frame.0.unicode { "\u{2013}" } else { "-" }, Paint::Faint),
            false if report.plan.read_whole() => (no, Paint::Error),
            false => (unsure, Paint::Warning),
        };
        let cell = format!("  {letter} {mark}");
        let columns = cell.chars().count();
        if used + columns > frame.0.width {
            line.push_str("\n                 ");
            used = 17;
        }
        let _ = write!(line, "  {letter} {}", frame.paint(paint, mark));
        used += columns;
    }
    line.push('\n');
    line
}

fn row(name: &str, counts: Counts) -> String {
    let number = |n: usize| if n == 0 { "-".to_owned() } else { n.to_string() };
    format!("  {name:<14}{:>7}{:>10}{:>8}", number(counts.errors), number(counts.warnings), number(counts.advice))
}
