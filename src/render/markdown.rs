//! Markdown: a report to paste into a mail or an issue.

use crate::render::clean::clean;
use crate::render::excerpt::Excerpt;
use crate::render::next;
use crate::render::part::{Part, Standing, in_a_row};
use crate::render::prose;
use crate::render::run::Entry;
use crate::render::summary::counts;
use crate::render::tally;
use crate::render::writer::Look;
use crate::report::{Counts, Report};
use crate::rules::{Finding, Severity};
use std::fmt::Write as _;

/// The report on a document.
pub(crate) fn one(entry: &Entry<'_>, _: Standing, _: &Look) -> Vec<u8> {
    let mut out = String::new();
    let _ = writeln!(out, "# {}", escaped(&entry.path));
    match &entry.outcome {
        Ok(report) => document(entry, report, &mut out),
        Err(failure) => {
            let _ = writeln!(out, "\n**Could not be read.** {} {}", escaped(&failure.message), escaped(&failure.help));
        }
    }
    out.into_bytes()
}

/// The reports on all documents, with a line between them.
pub(crate) fn join(parts: &[Part<'_>], _: &Look) -> Vec<u8> {
    in_a_row(parts, "\n---\n\n")
}

fn document(entry: &Entry<'_>, report: &Report<'_>, out: &mut String) {
    let _ = writeln!(out, "\n{}", escaped(&prose::about(&report.plan)));
    for (label, words) in prose::gaps(&report.plan) {
        let label = if label == "not read" { "Not read" } else { "Read by OCR" };
        let _ = writeln!(out, "\n**{label}:** {}", escaped(&words));
    }
    let _ = writeln!(out, "\n**{}.**", counts(report.counts()));
    let (specific, provisions) = tally::specific(report);
    if provisions > 0 {
        let _ = writeln!(out, "{specific} of {provisions} provisions are specific enough to be relied on.");
    }
    let _ = writeln!(out, "\n## What to do next\n");
    for (number, step) in (1..).zip(next::steps(report, next::ASK_FOR)) {
        let _ = writeln!(out, "{number}. {}", escaped(&step));
    }
    for (letter, findings) in report.by_section() {
        let title = letter
            .map_or_else(|| "The whole plan".to_owned(), |letter| format!("Section {letter}: {}", letter.title()));
        let _ = writeln!(out, "\n## {title} ({})\n", counts(Counts::of(findings.iter().copied())));
        for finding in findings {
            finding_text(report, finding, out);
        }
    }
    let mut list = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let _ = writeln!(out, "\n## {title}\n\n{}", lines.join("\n"));
        }
    };
    let notes = report.notes.iter().map(|note| format!("- {} (`{}`)", escaped(&note.message), note.rule.id));
    list("Could not be told, because a part was not read", notes.collect());
    let allowed = report.allowed.iter().map(|allowed| {
        let finding = &allowed.finding;
        let place = prose::place(&report.plan, finding);
        format!(
            "- {place}: {} Allowed: {} (`{}`)",
            escaped(&finding.message),
            escaped(&allowed.reason),
            finding.rule.id
        )
    });
    list("Left out, because the settings allow it", allowed.collect());
    let _ = writeln!(out, "\nChecked with ehcp-lint {}; file {}.", env!("CARGO_PKG_VERSION"), short(&entry.sha256));
}

/// The beginning of a file's SHA-256: enough to tell two files apart.
fn short(sha256: &str) -> &str {
    sha256.get(..12).unwrap_or(sha256)
}

fn finding_text(report: &Report<'_>, finding: &Finding<'_>, out: &mut String) {
    let severity = match finding.severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Advice => "Advice",
    };
    let place = prose::place(&report.plan, finding);
    let _ = writeln!(out, "- **{severity}**, {place}: {}", escaped(&finding.message));
    if let Some(excerpt) = Excerpt::of(&report.plan, finding, String::new()) {
        let _ = writeln!(out, "  > {}\n", marked(&excerpt));
    }
    let _ = writeln!(out, "  What to ask for: {}", escaped(&finding.help));
    if let Some(softened) = finding.softened {
        let _ = writeln!(out, "  {}", escaped(softened));
    }
    let cites: Vec<&str> = finding.rule.authority.iter().map(|authority| authority.cite.as_str()).collect();
    let _ = writeln!(out, "  Rests on: {} (`{}`)\n", escaped(&cites.join("; ")), finding.rule.id);
}

/// The excerpt with its marks in bold, unless they are all of it.
fn marked(excerpt: &Excerpt) -> String {
    let mut out = String::new();
    let mut from = 0;
    let marked: usize = excerpt.marks.iter().map(std::ops::Range::len).sum();
    let everything = marked * 10 >= excerpt.text.len() * 9;
    for mark in excerpt.marks.iter().filter(|_| !everything) {
        let (Some(before), Some(words)) = (excerpt.text.get(from..mark.start), excerpt.text.get(mark.clone())) else {
            continue;
        };
        let inner = words.trim();
        let lead = words.len() - words.trim_start().len();
        out.push_str(&inline(before));
        out.push_str(&words[..lead]);
        let _ = write!(out, "**{}**", inline(inner));
        out.push_str(&words[lead + inner.len()..]);
        from = mark.end;
    }
    out.push_str(&inline(excerpt.text.get(from..).unwrap_or_default()));
    begun(out)
}

/// Words that Markdown leaves as they are.
fn escaped(words: &str) -> String {
    begun(inline(clean(words).trim()))
}

/// Words in the middle of a line.
fn inline(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '#') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The same at the beginning of a line, where some words would begin a list or underline a heading.
fn begun(mut out: String) -> String {
    if out.starts_with(['-', '+', '=', ':']) {
        out.insert(0, '\\');
    }
    let digits = out.chars().take_while(char::is_ascii_digit).count();
    if digits > 0 && out[digits..].starts_with(['.', ')']) {
        out.insert(digits, '\\');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: &str) {
        assert_eq!(escaped(words), expected);
    }

    #[test]
    fn nothing_is_taken_for_markdown() {
        check("<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>");
        check("1. One * two_three", "1\\. One \\* two\\_three");
        check("- item", "\\- item");
        check("# Head\n[link](http://x) | cell", "\\# Head \\[link\\](http://x) \\| cell");
        check("12 hours & 5", "12 hours \\& 5");
    }

    #[test]
    fn marks_stand_out_unless_they_are_everything() {
        let excerpt = |mark: std::ops::Range<usize>| Excerpt {
            text: "one two *three*".to_owned(),
            marks: std::iter::once(mark).collect(),
            ..Excerpt::default()
        };
        assert_eq!(marked(&excerpt(4..7)), "one **two** \\*three\\*");
        assert_eq!(marked(&excerpt(0..15)), "one two \\*three\\*");
    }
}
