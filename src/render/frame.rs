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
        // Marks on every word point at nothing: they are left out, and what they say stands below.
        let whole = covers(text, &marks);
        let said = labels.iter().find_map(LabeledSpan::label).filter(|_| whole);
        let marks = if whole { Vec::new() } else { marks };
        if !self.0.unicode {
            return self.bracketed(text, &marks, labels);
        }
        let rows = rows(text, &marks, self.0.width.saturating_sub(5));
        let bar = self.paint(Paint::Faint, "   \u{2502}");
        let mut out = self.paint(Paint::Faint, "   \u{2577}") + "\n";
        for row in shown_rows(&rows, &marks) {
            let Some(row) = row.and_then(|at| rows.get(at)) else {
                let _ = writeln!(out, "{bar} {}", self.paint(Paint::Faint, "\u{2026}"));
                continue;
            };
            let _ = writeln!(out, "{bar} {}", text[row.clone()].trim_end());
            let under = if whole { None } else { self.underline(text, row, labels, paint) };
            for line in under.into_iter().flatten() {
                let _ = writeln!(out, "{bar} {line}");
            }
        }
        let end = match said {
            None => self.paint(Paint::Faint, "   \u{2575}"),
            Some(words) => {
                let text = hang("   \u{2570} ", words, self.0.width);
                let words = text.strip_prefix("   \u{2570}").unwrap_or(&text);
                self.paint(Paint::Faint, "   \u{2570}") + &self.paint(paint, words)
            }
        };
        out + &end + "\n"
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
        for row in shown_rows(&rows, &marks) {
            let words = row.and_then(|at| rows.get(at)).map_or("...", |row| text[row.clone()].trim_end());
            let _ = writeln!(out, "    {words}");
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

/// Whether the marks cover every word; what joins the cells of a row is none.
fn covers(text: &str, marks: &[Range<usize>]) -> bool {
    let mut done = 0;
    let mut between = String::new();
    for mark in marks {
        between.push_str(text.get(done..mark.start).unwrap_or_default());
        done = mark.end;
    }
    between.push_str(text.get(done..).unwrap_or_default());
    !between.contains(char::is_alphanumeric)
}

/// Which rows to show: all of a short excerpt, else those with marks and their neighbours; `None` where some are left out.
fn shown_rows(rows: &[Range<usize>], marks: &[Range<usize>]) -> Vec<Option<usize>> {
    let marked =
        |at: usize| rows.get(at).is_some_and(|row| marks.iter().any(|m| m.start < row.end && row.start < m.end));
    let near = |at: usize| marked(at) || marked(at + 1) || at.checked_sub(1).is_some_and(marked);
    let wanted = |at: usize| rows.len() <= WHOLE || if marks.is_empty() { at < WHOLE } else { near(at) };
    let mut shown = Vec::new();
    for at in 0..rows.len() {
        if wanted(at) {
            shown.push(Some(at));
        } else if shown.last() != Some(&None) {
            shown.push(None);
        }
    }
    shown
}

/// The lines of `text` on which `length` bytes from `at` stand.
fn lines_of(text: &str, at: usize, length: usize) -> Range<usize> {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let end =
        text.get(at + length..).and_then(|after| after.find('\n')).map_or(text.len(), |newline| at + length + newline);
    start..end.max(start)
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
        let mut labels: Vec<LabeledSpan> = diagnostic.labels().map(Iterator::collect).unwrap_or_default();
        let first = labels.first().map(|label| *label.inner());
        if let (Some(source), Some(span)) = (diagnostic.source_code(), first)
            && let Ok(contents) = source.read_span(&span, 0, 0)
        {
            let is_file = contents.language().is_some();
            if let Some(name) = contents.name() {
                let line = if is_file { format!(", line {}", contents.line() + 1) } else { String::new() };
                let place = format!("{}{line}", clean(name));
                writeln!(f, "{}", self.paint(Paint::Faint, &hang("  in ", &place, self.0.width)))?;
            }
            // A file of the user's is shown by the whole lines that the label stands on.
            let wider = if is_file { source.read_span(&span, 1, 1).ok() } else { None };
            let contents = wider.as_ref().unwrap_or(&contents);
            // An excerpt is clean already; a rule file is shown by the lines its label stands on.
            let text = std::str::from_utf8(contents.data()).unwrap_or_default();
            let from = contents.span().offset();
            let (text, start) = if is_file {
                let lines = lines_of(text, span.offset().saturating_sub(from), span.len());
                (text.get(lines.clone()).unwrap_or_default(), from + lines.start)
            } else {
                (text, from)
            };
            let text = text.replace(|c: char| c.is_ascii_control(), " ");
            for label in &mut labels {
                let at = label.offset().saturating_sub(start).min(text.len());
                let length = label.len().min(text.len() - at);
                *label = LabeledSpan::new(label.label().map(str::to_owned), at, length);
            }
            f.write_str(&self.excerpt(&text, &labels, paint))?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::writer::Detail;

    /// Draws `text` with the words between `«»` marked, the first mark labelled.
    fn check(text: &str, width: usize, unicode: bool, expected: &str) {
        let mut plain = String::new();
        let mut labels = Vec::new();
        for (at, piece) in text.split(['\u{ab}', '\u{bb}']).enumerate() {
            if at % 2 == 1 {
                let label = labels.is_empty().then(|| "how often?".to_owned());
                labels.push(LabeledSpan::new(label, plain.len(), piece.len()));
            }
            plain.push_str(piece);
        }
        let frame = Frame(Look { width, color: false, unicode, detail: Detail::Usual });
        assert_eq!(frame.excerpt(&plain, &labels, Paint::Warning), expected);
    }

    #[test]
    fn marks_stand_below_their_words() {
        check(
            "Sam has \u{ab}access to\u{bb} help and \u{ab}support\u{bb}.",
            40,
            true,
            "   \u{2577}\n   \u{2502} Sam has access to help and support.\n   \u{2502}         \u{2501}\u{2501}\u{2501}\u{2501}\u{2501}\u{2501}\u{2501}\u{2501}\u{2501}          \
             \u{2501}\u{2501}\u{2501}\u{2501}\u{2501}\u{2501}\u{2501}\n   \u{2502}         how often?\n   \u{2575}\n",
        );
        check(
            "\u{4e2d}\u{6587} \u{ab}help\u{bb}",
            40,
            true,
            "   \u{2577}\n   \u{2502} \u{4e2d}\u{6587} help\n   \u{2502}      \u{2501}\u{2501}\u{2501}\u{2501} how often?\n   \u{2575}\n",
        );
    }

    #[test]
    fn a_mark_on_every_word_is_no_mark() {
        check("\u{ab}Help.\u{bb}", 40, true, "   \u{2577}\n   \u{2502} Help.\n   \u{2570} how often?\n");
    }

    #[test]
    fn without_frames_words_stand_in_brackets() {
        check("Sam has \u{ab}help\u{bb}.", 40, false, "    Sam has [help].\n    -> how often?\n");
    }

    #[test]
    fn a_long_excerpt_keeps_the_rows_with_marks() {
        let words = |n: usize| vec!["abcde"; n].join(" ");
        let text = format!("{} \u{ab}marked\u{bb} {}", words(20), words(20));
        let row = "    abcde abcde abcde\n";
        let expected = format!("    ...\n{row}    abcde abcde [marked]\n{row}    ...\n    -> how often?\n");
        check(&text, 25, false, &expected);
    }
}
