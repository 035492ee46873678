//! CSV: one row for each finding, and for whatever else must be known to trust them, for a spreadsheet.

use crate::render::cell::harmless;
use crate::render::contract::Place;
use crate::render::part::{Part, Standing, in_a_row};
use crate::render::prose;
use crate::render::quoted::{Quoted, place};
use crate::render::run::{Entry, Failure};
use crate::render::writer::Look;
use crate::report::Report;
use crate::rules::Finding;

/// The columns; `docs/reports.md` says what each holds.
pub(crate) const COLUMNS: [&str; 22] = [
    "document",
    "kind",
    "severity",
    "section",
    "rule",
    "category",
    "message",
    "help",
    "quote",
    "statement",
    "missing",
    "page",
    "paragraph",
    "table",
    "row",
    "confidence",
    "authority",
    "softened",
    "allowed",
    "stage",
    "sha256",
    "fingerprint",
];

/// What tells spreadsheet programs that the file is UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The rows of a document.
pub(crate) fn one(entry: &Entry<'_>, _: Standing, _: &Look) -> Vec<u8> {
    records(Vec::new(), rows(entry).into_iter().map(Row::cells))
}

/// The names of the columns over the rows of all documents.
pub(crate) fn join(parts: &[Part<'_>], _: &Look) -> Vec<u8> {
    let mut out = records(BYTE_ORDER_MARK.to_vec(), [COLUMNS.map(str::to_owned)].into_iter());
    out.extend(in_a_row(parts, ""));
    out
}

fn records(before: Vec<u8>, records: impl Iterator<Item = [String; COLUMNS.len()]>) -> Vec<u8> {
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(before);
    // Writing to memory cannot fail.
    records.for_each(|record| drop(out.write_record(record)));
    out.into_inner().unwrap_or_default()
}

/// One row by the names of its columns; what is not given stays empty.
#[derive(Default)]
struct Row(Vec<(&'static str, String)>);

impl Row {
    fn new(entry: &Entry<'_>, kind: &str) -> Self {
        let stage = entry.outcome.as_ref().map_or("", |report| prose::stage_word(&report.plan));
        Self::default()
            .with("document", &entry.path)
            .with("kind", kind)
            .with("stage", stage)
            .with("sha256", &entry.sha256)
    }

    fn with(mut self, column: &'static str, words: &str) -> Self {
        self.0.push((column, words.to_owned()));
        self
    }

    fn number(self, column: &'static str, number: Option<impl ToString>) -> Self {
        self.with(column, &number.map_or_else(String::new, |number| number.to_string()))
    }

    fn cells(self) -> [String; COLUMNS.len()] {
        COLUMNS.map(|column| {
            let cell = self.0.iter().find(|(name, _)| *name == column);
            cell.map_or_else(String::new, |(_, words)| harmless(words))
        })
    }
}

fn rows(entry: &Entry<'_>) -> Vec<Row> {
    let report = match &entry.outcome {
        Ok(report) => report,
        Err(Failure { message, help }) => {
            return vec![Row::new(entry, "unreadable").with("message", message).with("help", help)];
        }
    };
    let mut rows: Vec<Row> = Vec::new();
    for gap in report.plan.document().gaps() {
        let row = Row::new(entry, "unread").with("message", &prose::gap(gap));
        rows.push(row.with("help", &prose::gap_matters(&report.plan, gap)).number("page", gap.place.page));
    }
    rows.extend(report.findings.iter().map(|finding| finding_row(entry, report, finding, "finding")));
    for note in &report.notes {
        let row = Row::new(entry, "not-told").with("rule", &note.rule.id).with("message", &note.message);
        let section = note.section.map_or("", |letter| letter.as_str());
        rows.push(row.with("category", note.rule.category.as_str()).with("section", section));
    }
    for allowed in &report.allowed {
        rows.push(finding_row(entry, report, &allowed.finding, "allowed").with("allowed", &allowed.reason));
    }
    if rows.is_empty() {
        rows.push(Row::new(entry, "nothing-found").with("message", "Nothing was found."));
    }
    rows
}

fn finding_row(entry: &Entry<'_>, report: &Report<'_>, finding: &Finding<'_>, kind: &str) -> Row {
    let quoted = Quoted::of(&report.plan, finding);
    let Place { page, paragraph, table, row, .. } = place(&report.plan, finding, &quoted);
    let missing: Vec<&str> = finding.missing.iter().map(|need| need.as_str()).collect();
    let cites: Vec<&str> = finding.rule.authority.iter().map(|authority| authority.cite.as_str()).collect();
    Row::new(entry, kind)
        .with("severity", finding.severity.as_str())
        .with("section", finding.section.map_or("", |letter| letter.as_str()))
        .with("rule", &finding.rule.id)
        .with("category", finding.rule.category.as_str())
        .with("message", &finding.message)
        .with("help", &finding.help)
        .with("quote", quoted.quote.as_deref().unwrap_or_default())
        .with("statement", quoted.statement.as_deref().unwrap_or_default())
        .with("missing", &missing.join("; "))
        .number("page", page)
        .number("paragraph", paragraph)
        .number("table", table)
        .number("row", row)
        .with("confidence", finding.confidence.as_str())
        .with("authority", &cites.join("; "))
        .with("softened", finding.softened.unwrap_or_default())
        .with("fingerprint", &finding.fingerprint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: &str) {
        assert_eq!(harmless(words), expected);
    }

    #[test]
    fn nothing_begins_a_formula() {
        check("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")");
        check("- a list item", "'- a list item");
        check("\t=1+1", "'=1+1");
        check("\r\n@SUM(A1)", "'@SUM(A1)");
        check("\u{feff}+44 20", "'+44 20");
        check("plain\nwords, \"quoted\"", "plain words, \"quoted\"");
        check("-", "-");
    }
}
