//! Report → bytes. Pure: told the width, never asks. Every writer shows every finding and every gap.

mod cell;
mod clean;
mod contract;
mod csv;
mod excerpt;
mod extracted;
mod frame;
mod html;
mod json;
mod junit;
mod markdown;
mod next;
pub mod papers;
mod part;
pub(crate) mod prose;
mod quoted;
mod rule_page;
mod run;
mod sarif;
mod summary;
mod tally;
mod terminal;
mod wrap;
mod writer;

pub use clean::clean;
pub use frame::show_error;
pub use json::{extract_schema, report_schema};
pub use part::{Outline, Part, Standing};
#[cfg(feature = "audit")]
pub(crate) use prose::{area as area_words, page as page_of};
pub use rule_page::{rule_page, rules_index, rules_table};
pub use run::{Entry, Failure, Run};
pub use writer::{Detail, Look, Writer};

/// Every way to write a report: one row, one `--format`.
pub static WRITERS: &[Writer] = &[
    Writer {
        name: "pretty",
        purpose: "for a person at a screen",
        extension: "txt",
        media_type: "text/plain",
        one: terminal::pretty,
        join: terminal::join,
    },
    Writer {
        name: "plain",
        purpose: "the same without colours and frames, for files and screen readers",
        extension: "txt",
        media_type: "text/plain",
        one: terminal::plain,
        join: terminal::join_plain,
    },
    Writer {
        name: "html",
        purpose: "a page to read and print: the plan with everything marked and explained",
        extension: "html",
        media_type: "text/html",
        one: html::one,
        join: html::join,
    },
    Writer {
        name: "json",
        purpose: "for other programs; docs/schema/report.schema.json describes it",
        extension: "json",
        media_type: "application/json",
        one: json::one,
        join: json::join,
    },
    Writer {
        name: "jsonl",
        purpose: "the documents of the JSON, one a line",
        extension: "jsonl",
        media_type: "application/jsonl",
        one: json::line,
        join: json::join_lines,
    },
    Writer {
        name: "sarif",
        purpose: "SARIF 2.1.0, for programs that show the findings of checkers",
        extension: "sarif",
        media_type: "application/sarif+json",
        one: sarif::one,
        join: sarif::join,
    },
    Writer {
        name: "csv",
        purpose: "one row for each finding, for a spreadsheet",
        extension: "csv",
        media_type: "text/csv",
        one: csv::one,
        join: csv::join,
    },
    Writer {
        name: "markdown",
        purpose: "for a mail or an issue",
        extension: "md",
        media_type: "text/markdown",
        one: markdown::one,
        join: markdown::join,
    },
    Writer {
        name: "junit",
        purpose: "each rule as a test, for build servers",
        extension: "xml",
        media_type: "application/xml",
        one: junit::one,
        join: junit::join,
    },
];

/// Every way to write what was read.
pub static EXTRACT_WRITERS: &[Writer] = &[
    Writer {
        name: "text",
        purpose: "the words with marks for page, section, table and row",
        extension: "txt",
        media_type: "text/plain",
        one: extracted::text,
        join: extracted::join,
    },
    Writer {
        name: "markdown",
        purpose: "the sections with their lists and tables",
        extension: "md",
        media_type: "text/markdown",
        one: extracted::markdown,
        join: extracted::join,
    },
    Writer {
        name: "json",
        purpose: "for other programs; docs/schema/extract.schema.json describes it",
        extension: "json",
        media_type: "application/json",
        one: json::extract,
        join: json::join,
    },
];
