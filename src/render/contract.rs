//! The JSON that other programs rely on, as types: what these say is what the schema says.

use schemars::JsonSchema;
use serde::Serialize;

/// The version of the JSON; keys may be added to it, none taken away or changed.
pub(crate) const SCHEMA_VERSION: u32 = 1;

/// A report of ehcp-lint.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Envelope<D> {
    /// Version of this format.
    pub(crate) schema_version: u32,
    /// What made it.
    pub(crate) tool: Tool,
    /// The documents, sorted by path.
    pub(crate) documents: Vec<D>,
    /// Counts over all documents.
    pub(crate) summary: Summary,
}

/// What made the report.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Tool {
    /// Its name.
    pub(crate) name: String,
    /// Its version.
    pub(crate) version: String,
    /// The edition of its rules: year and month.
    pub(crate) rules: String,
}

/// One document: checked, or not readable.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Document {
    /// A document that was checked.
    Checked(Box<Checked>),
    /// A document that could not be read.
    Unreadable(Unreadable),
}

/// A document that was checked.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Checked {
    /// Where it came from, the stage it is at.
    #[serde(flatten)]
    pub(crate) about: About,
    /// All twelve sections, in order, found or not.
    pub(crate) sections: Vec<Section>,
    /// How many statements were judged.
    pub(crate) statements: usize,
    /// What could not be read, and so was not checked.
    pub(crate) unread: Vec<Unread>,
    /// What could not be told, because it may stand in a part that could not be read.
    pub(crate) not_told: Vec<NotTold>,
    /// What was found, in reading order.
    pub(crate) findings: Vec<Finding>,
    /// What was found and is left out of the findings, because the user's settings allow it.
    pub(crate) allowed: Vec<Allowed>,
}

/// What is known of a document before its sections.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct About {
    /// The path as it was given, or `-` for standard input.
    pub(crate) path: String,
    /// `docx`, `pdf` or `text`.
    pub(crate) format: String,
    /// Which reader read it: the name of the format, or for a PDF `hayro`, `pdf-extract` (words only) or
    /// `hayro and pdf-extract`.
    pub(crate) reader: String,
    /// SHA-256 of the file.
    pub(crate) sha256: String,
    /// Number of pages; null where the format has none until it is laid out.
    pub(crate) pages: Option<u32>,
    /// `draft`, `final`, `amended` or `unknown`.
    pub(crate) stage: String,
    /// The words from which the stage was read and where they stand; null where it is unknown.
    pub(crate) stage_basis: Option<String>,
}

/// A document that could not be read.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Unreadable {
    /// The path as it was given.
    pub(crate) path: String,
    /// SHA-256 of the file.
    pub(crate) sha256: String,
    /// Why, and what to do.
    pub(crate) error: Failure,
}

/// Why a document could not be read.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Failure {
    /// What is wrong.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) help: String,
}

/// One section of the plan.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Section {
    /// A, B, C, D, E, F, G, H1, H2, I, J or K.
    pub(crate) id: String,
    /// Whether it was found.
    pub(crate) present: bool,
    /// Its heading as printed.
    pub(crate) heading: Option<String>,
    /// The first and the last page that it stands on.
    pub(crate) pages: Option<[u32; 2]>,
    /// How many words it holds.
    pub(crate) words: usize,
    /// How many statements it holds.
    pub(crate) statements: usize,
}

/// Something that could not be read.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Unread {
    /// The page, where known.
    pub(crate) page: Option<u32>,
    /// What it is.
    pub(crate) what: String,
    /// Which sections may be there.
    pub(crate) why_it_matters: String,
}

/// Something that could not be told.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct NotTold {
    /// The rule that asks.
    pub(crate) rule: String,
    /// The section it asks about; null for the whole plan.
    pub(crate) section: Option<String>,
    /// What the finding would have said.
    pub(crate) message: String,
}

/// A finding that the user's settings allow.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Allowed {
    /// The rule.
    pub(crate) rule: String,
    /// The section it stands in; null for the whole plan.
    pub(crate) section: Option<String>,
    /// Why it is allowed, in the words of the settings.
    pub(crate) reason: String,
    /// The same for the same finding in the same text.
    pub(crate) fingerprint: String,
}

/// One finding.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Finding {
    /// The id of the rule; ids are promises.
    pub(crate) rule: String,
    /// The kind of defect.
    pub(crate) category: String,
    /// `error`, `warning` or `advice`.
    pub(crate) severity: String,
    /// `high`, `medium` or `low`.
    pub(crate) confidence: String,
    /// The section it stands in; null for the whole plan.
    pub(crate) section: Option<String>,
    /// What is wrong.
    pub(crate) message: String,
    /// What to ask for.
    pub(crate) help: String,
    /// Why it is less grave here than the authority says; null where it is not.
    pub(crate) softened: Option<String>,
    /// The whole statement that was judged, a table row with its cells joined by ` | `; null where something is not there.
    pub(crate) statement: Option<String>,
    /// The words to look at, as they stand in the document.
    pub(crate) quote: Option<String>,
    /// What is not stated.
    pub(crate) missing: Vec<String>,
    /// Where it stands.
    pub(crate) place: Place,
    /// What the rule rests on.
    pub(crate) authority: Vec<Authority>,
    /// Sixteen hexadecimal digits: the same for the same finding in the same text.
    pub(crate) fingerprint: String,
}

/// Where a finding stands.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Place {
    /// Page of the document.
    pub(crate) page: Option<u32>,
    /// Paragraph, from one: on its page, or in the document where there are no pages.
    pub(crate) paragraph: Option<usize>,
    /// Table of the document, from one.
    pub(crate) table: Option<u32>,
    /// Row of that table, from one.
    pub(crate) row: Option<u32>,
    /// Where the quote begins in `statement`, in characters (Unicode code points) from zero; null where it lies outside.
    pub(crate) start: Option<usize>,
    /// Where it ends.
    pub(crate) end: Option<usize>,
}

/// What a rule rests on.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Authority {
    /// Act and section, regulation, paragraph of the Code, or case.
    pub(crate) cite: String,
    /// `must`, `case`, `should` or `practice`.
    pub(crate) force: String,
}

/// Counts over all documents.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Summary {
    /// How many documents there were.
    pub(crate) documents: usize,
    /// How many of them could not be read.
    pub(crate) unreadable: usize,
    /// Findings by severity.
    pub(crate) findings: Counts,
}

/// Findings by severity.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Counts {
    /// The law requires it.
    pub(crate) error: usize,
    /// Guidance or case law is against it.
    pub(crate) warning: usize,
    /// Better practice.
    pub(crate) advice: usize,
}

/// One document of `extract`: what was read, without findings.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Extract {
    /// A document that was read.
    Read(Box<Extracted>),
    /// A document that could not be read.
    Unreadable(Unreadable),
}

/// A document that was read.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Extracted {
    /// Where it came from, the stage it is at.
    #[serde(flatten)]
    pub(crate) about: About,
    /// All twelve sections, in order, with their text.
    pub(crate) sections: Vec<ExtractedSection>,
    /// Every statement, in reading order.
    pub(crate) statements: Vec<ExtractedStatement>,
    /// Every table, in reading order.
    pub(crate) tables: Vec<ExtractedTable>,
    /// What could not be read.
    pub(crate) unread: Vec<Unread>,
}

/// One section with its text.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ExtractedSection {
    /// The section.
    #[serde(flatten)]
    pub(crate) section: Section,
    /// Its whole text in reading order; empty where it was not found.
    pub(crate) text: String,
}

/// One statement.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ExtractedStatement {
    /// Its section.
    pub(crate) section: String,
    /// `need`, `outcome`, `provision`, `placement`, `advice` or `other`.
    pub(crate) kind: String,
    /// Its words; a table row with its cells joined by ` | `.
    pub(crate) text: String,
    /// The page on which it begins.
    pub(crate) page: Option<u32>,
    /// Its table, from one.
    pub(crate) table: Option<u32>,
    /// Its row of that table, from one.
    pub(crate) row: Option<u32>,
    /// The area of need it stands under.
    pub(crate) area: Option<String>,
}

/// One table.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ExtractedTable {
    /// The page on which it begins.
    pub(crate) page: Option<u32>,
    /// How many rows the document marks as headings.
    pub(crate) header_rows: u32,
    /// Its cells by row and column; a merged cell stands once.
    pub(crate) cells: Vec<ExtractedCell>,
}

/// One cell.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ExtractedCell {
    /// Row, from one.
    pub(crate) row: u32,
    /// Column, from one.
    pub(crate) column: u32,
    /// How many rows it covers.
    pub(crate) row_span: u32,
    /// How many columns it covers.
    pub(crate) column_span: u32,
    /// Its words, one paragraph a line.
    pub(crate) text: String,
}
