//! Frame: how one diagnostic is drawn, be it a finding or an error: message, marked words, help.
//!
//! A handler of our own for miette's protocol: miette's graphical one numbers the lines of an excerpt,
//! and a plan has no line numbers; and it does not wrap, and a paragraph is longer than a screen is wide.

use crate::render::clean::clean;
use crate::render::wrap::{hang, rows, width};
use crate::render::writer::Look;
use miette::{Diagnostic, LabeledSpan, ReportHandler, Severity};
use std::fmt::{self, Write as _};
use std::ops::Range;

/// Rows of an excerpt that are shown whole; a longer one is cut to the rows around its marks.
const WHOLE: usize = 6;

/// Draws diagnostics for a look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame(pub(crate) Look);

/// Colours and weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paint {
    Error,
    Warning,
    Advice,
    Strong,
    Faint,
    Good,
}

/// An error as a person is to see it: what is wrong, and what to do.
pub fn show_error(error: &dyn Diagnostic, look: &Look) -> String {
    Frame(*look).draw(error)
}

impl Frame {
    pub(crate) fn draw(self, diagnostic: &dyn Diagnostic) -> String {
        struct Drawn<'d>(Frame, &'d dyn Diagnostic);
        impl fmt::Display for Drawn<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.debug(self.1, f)
            }
        }
        Drawn(self, diagnostic).to_string()
    }

    pub(crate) fn paint(self, paint: Paint, text: &str) -> String {
        let code = match paint {
            _ if !self.0.color || text.is_empty() => return text.to_owned(),
            Paint::Error => "1;31",
            Paint::Warning => "1;33",
            Paint::Advice => "1;36",
            Paint::Strong => "1",
            Paint::Faint => "2",
            Paint::Good => "32",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }

    /// The marked words, framed: rows of text, each with its marks below it.
    pub(crate) fn excerpt(self, text: &str, labels: &[LabeledSpan], paint: Paint) -> String {
        let marks: Vec<Range<usize>> = labels.iter().map(|l| l.offset()..l.offset() + l.len()).collect();
        if !self.0.unicode {
            return self.bracketed(text, &marks, labels);
        }
        let rows = rows(text, &marks, self.0.width.saturating_sub(5));
        let mut out = self.paint(Paint::Faint, "   \u{2577}") + "\n";
        let bar = self.paint(Paint::Faint, "   \u{2502}");
        let mut last = None;
        for at in shown_rows(&rows, &marks) {
            if last.is_some_and(|last| last + 1 < at) || last.is_none() && at > 0 {
                let _ = writeln!(out, "{bar} {}", self.paint(Paint::Faint, "\u{2026}"));
            }
            last = Some(at);
            let row = &rows[at];
            let _ = writeln!(out, "{bar} {}", text[row.clone()].trim_end());
            if let Some(under) = self.underline(text, row, labels, paint) {
                for line in under {
                    let _ = writeln!(out, "{bar} {line}");
                }
            }
        }
        if last.is_some_and(|last| last + 1 < rows.len()) {
            let _ = writeln!(out, "{bar} {}", self.paint(Paint::Faint, "\u{2026}"));
        }
        out + &self.paint(Paint::Faint, "   \u{2575}") + "\n"
    }

    /// The lines below one row: the marks, and what the label of one that ends here says.
    fn underline(self, text: &str, row: &Range<usize>, labels: &[LabeledSpan], paint: Paint) -> Option<Vec<String>> {
        let mut line = String::new();
        let mut columns = 0;
        let mut said: Option<(usize, &str)> = None;
        for label in labels {
            let (start, end) = (label.offset().max(row.start), (label.offset() + label.len()).min(row.end));
            if start >= end {
                continue;
            }
            let from = width(&text[row.start..start]);
            let length = width(&text[start..end]).max(1);
            line.push_str(&" ".repeat(from.saturating_sub(columns)));
            line.push_str(&self.paint(paint, &"\u{2501}".repeat(length)));
            columns = from + length;
            if label.offset() + label.len() <= row.end {
                said = label.label().map(|words| (from, words)).or(said);
            }
        }
        if columns == 0 {
            return None;
        }
        let room = self.0.width.saturating_sub(5);
        let mut lines = vec![line];
        match said {
            Some((_, words)) if columns + 1 + width(words) <= room => {
                let _ = write!(lines[0], " {}", self.paint(paint, words));
            }
            Some((from, words)) => {
                let indent = if from + width(words) <= room { from } else { 0 };
                let label = " ".repeat(indent);
                lines.extend(hang(&label, words, room).lines().map(|line| self.paint(paint, line)));
            }
            None => {}
        }
        Some(lines)
    }

    /// The same without a frame, for files, pipes and screen readers: the marked words in brackets.
    fn bracketed(self, text: &str, marks: &[Range<usize>], labels: &[LabeledSpan]) -> String {
        let (text, marks) = bracket(text, marks);
        let rows = rows(&text, &marks, self.0.width.saturating_sub(4));
        let mut out = String::new();
        let mut last = None;
        for at in shown_rows(&rows, &marks) {
            if last.is_some_and(|last| last + 1 < at) || last.is_none() && at > 0 {
                out.push_str("    ...\n");
            }
            last = Some(at);
            let _ = writeln!(out, "    {}", text[rows[at].clone()].trim_end());
        }
        if last.is_some_and(|last| last + 1 < rows.len()) {
            out.push_str("    ...\n");
        }
        for words in labels.iter().filter_map(LabeledSpan::label) {
            let _ = writeln!(out, "{}", hang("    -> ", words, self.0.width));
        }
        out
    }
}

/// `text` with its marks in brackets, and where they then stand.
pub(crate) fn bracket(text: &str, marks: &[Range<usize>]) -> (String, Vec<Range<usize>>) {
    let mut out = String::with_capacity(text.len() + 2 * marks.len());
    let mut moved = Vec::with_capacity(marks.len());
    let mut done = 0;
    for mark in marks {
        out.push_str(&text[done..mark.start]);
        let from = out.len();
        out.push('[');
        out.push_str(&text[mark.clone()]);
        out.push(']');
        moved.push(from..out.len());
        done = mark.end;
    }
    out.push_str(&text[done..]);
    (out, moved)
}

/// Which rows to show: all of a short excerpt, else those with marks and their neighbours.
fn shown_rows(rows: &[Range<usize>], marks: &[Range<usize>]) -> Vec<usize> {
    let marked =
        |at: usize| rows.get(at).is_some_and(|row| marks.iter().any(|m| m.start < row.end && row.start < m.end));
    if rows.len() <= WHOLE {
        return (0..rows.len()).collect();
    }
    let near: Vec<usize> =
        (0..rows.len()).filter(|&at| marked(at) || marked(at + 1) || at.checked_sub(1).is_some_and(marked)).collect();
    if near.is_empty() { (0..WHOLE.min(rows.len())).collect() } else { near }
}

impl ReportHandler for Frame {
    fn debug(&self, diagnostic: &dyn Diagnostic, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (word, paint) = match diagnostic.severity() {
            Some(Severity::Warning) => ("warning", Paint::Warning),
            Some(Severity::Advice) => ("advice", Paint::Advice),
            Some(Severity::Error) | None => ("error", Paint::Error),
        };
        let word = self.paint(paint, word);
        match diagnostic.code() {
            Some(code) => writeln!(f, "{word} {}", self.paint(Paint::Faint, &clean(&code.to_string())))?,
            None => writeln!(f, "{word}")?,
        }
        writeln!(f, "{}", self.paint(Paint::Strong, &hang("  ", &clean(&diagnostic.to_string()), self.0.width)))?;
        let labels: Vec<LabeledSpan> = diagnostic.labels().map(Iterator::collect).unwrap_or_default();
        let first = labels.first().map(|label| *label.inner());
        if let (Some(source), Some(span)) = (diagnostic.source_code(), first)
            && let Ok(contents) = source.read_span(&span, 0, 0)
        {
            if let Some(name) = contents.name() {
                writeln!(f, "{}", self.paint(Paint::Faint, &hang("  in ", &clean(name), self.0.width)))?;
            }
            let text = std::str::from_utf8(contents.data()).unwrap_or_default();
            f.write_str(&self.excerpt(text, &labels, paint))?;
        }
        if let Some(help) = diagnostic.help() {
            writeln!(f, "{}", hang("  help: ", &clean(&help.to_string()), self.0.width))?;
        }
        if let Some(authority) = diagnostic.url() {
            writeln!(f, "{}", hang("  law:  ", &clean(&authority.to_string()), self.0.width))?;
        }
        Ok(())
    }
}
