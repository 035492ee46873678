//! JSON: the report, and what was read, for other programs.

use crate::plan::{Letter, Plan, Statement};
use crate::render::clean::in_json;
use crate::render::contract::{
    About, Allowed, Authority, Checked, Counts, Document, Envelope, Extract, Extracted, ExtractedCell,
    ExtractedSection, ExtractedStatement, ExtractedTable, Failure, Finding, NotTold, SCHEMA_VERSION, Section, Summary,
    Tool, Unread, Unreadable,
};
use crate::render::part::{self, Part, Standing, in_a_row};
use crate::render::prose;
use crate::render::quoted::{Quoted, place};
use crate::render::run::Entry;
use crate::render::writer::Look;
use crate::report::{self, Report};
use crate::rules;
use serde::Serialize;

/// How the list of documents is written where there are none.
const NO_DOCUMENTS: &str = "\"documents\": []";

/// The report on a document, as it stands in the object of all.
pub(crate) fn one(entry: &Entry<'_>, _: Standing, _: &Look) -> Vec<u8> {
    indented(&document(entry))
}

/// What was read of a document, as it stands in the object of all.
pub(crate) fn extract(entry: &Entry<'_>, _: Standing, _: &Look) -> Vec<u8> {
    indented(&extracted(entry))
}

/// One JSON object with all documents.
pub(crate) fn join(parts: &[Part<'_>], _: &Look) -> Vec<u8> {
    let mut frame = serde_json::to_string_pretty(&envelope(parts)).unwrap_or_default();
    frame.push('\n');
    // The frame is written as of no documents, and what was written of each is put into it.
    match frame.split_once(NO_DOCUMENTS) {
        Some((before, after)) if !parts.is_empty() => {
            let open = NO_DOCUMENTS.trim_end_matches(']');
            let documents = in_a_row(parts, ",\n    ");
            [before.as_bytes(), open.as_bytes(), b"\n    ", &documents, b"\n  ]", after.as_bytes()].concat()
        }
        _ => frame.into_bytes(),
    }
}

/// The report on a document as one JSON object in one line.
pub(crate) fn line(entry: &Entry<'_>, _: Standing, _: &Look) -> Vec<u8> {
    let mut out = in_json(serde_json::to_string(&document(entry)).unwrap_or_default());
    out.push('\n');
    out.into_bytes()
}

/// The lines of all documents.
pub(crate) fn join_lines(parts: &[Part<'_>], _: &Look) -> Vec<u8> {
    in_a_row(parts, "")
}

/// The JSON Schema of a report.
pub fn report_schema() -> String {
    schema(&schemars::schema_for!(Envelope<Document>))
}

/// The JSON Schema of what `extract` writes.
pub fn extract_schema() -> String {
    schema(&schemars::schema_for!(Envelope<Extract>))
}

fn schema(schema: &schemars::Schema) -> String {
    serde_json::to_string_pretty(schema).unwrap_or_default() + "\n"
}

/// Indented as in the list of documents. Strings and numbers into memory: there is nothing to fail; and a line break in a
/// string is written as two letters.
fn indented(value: &impl Serialize) -> Vec<u8> {
    in_json(serde_json::to_string_pretty(value).unwrap_or_default().replace('\n', "\n    ")).into_bytes()
}

/// What stands around the documents.
fn envelope(parts: &[Part<'_>]) -> Envelope<()> {
    let counts = part::counts(parts);
    Envelope {
        schema_version: SCHEMA_VERSION,
        tool: Tool {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            rules: rules::Rules::EDITION.to_owned(),
        },
        documents: Vec::new(),
        summary: Summary {
            documents: parts.len(),
            unreadable: part::unreadable(parts),
            findings: Counts { error: counts.errors, warning: counts.warnings, advice: counts.advice },
        },
    }
}

fn document(entry: &Entry<'_>) -> Document {
    match &entry.outcome {
        Err(failure) => Document::Unreadable(unreadable(entry, failure)),
        Ok(report) => Document::Checked(Box::new(Checked {
            about: about(entry, &report.plan),
            sections: Letter::ALL.into_iter().map(|letter| section(&report.plan, letter)).collect(),
            statements: report.plan.statements().len(),
            unread: unread(&report.plan),
            not_told: report.notes.iter().map(not_told).collect(),
            findings: report.findings.iter().map(|one| finding(report, one)).collect(),
            allowed: report.allowed.iter().map(allowed).collect(),
        })),
    }
}

fn extracted(entry: &Entry<'_>) -> Extract {
    let report = match &entry.outcome {
        Err(failure) => return Extract::Unreadable(unreadable(entry, failure)),
        Ok(report) => report,
    };
    let plan = &report.plan;
    let sections = Letter::ALL.into_iter().map(|letter| ExtractedSection {
        section: section(plan, letter),
        text: plan.section(letter).text(plan.document()),
    });
    Extract::Read(Box::new(Extracted {
        about: about(entry, plan),
        sections: sections.collect(),
        statements: plan.cut_statements().iter().map(|one| statement(plan, one)).collect(),
        tables: tables(plan),
        unread: unread(plan),
    }))
}

fn unreadable(entry: &Entry<'_>, failure: &crate::render::run::Failure) -> Unreadable {
    Unreadable {
        path: entry.path.clone(),
        sha256: entry.sha256.clone(),
        error: Failure { message: failure.message.clone(), help: failure.help.clone() },
    }
}

fn about(entry: &Entry<'_>, plan: &Plan) -> About {
    About {
        path: entry.path.clone(),
        format: plan.document().format().to_owned(),
        reader: plan.document().reader().to_owned(),
        sha256: entry.sha256.clone(),
        pages: plan.document().pages(),
        stage: prose::stage_word(plan).to_owned(),
        stage_basis: prose::stage_basis(plan),
    }
}

fn section(plan: &Plan, letter: Letter) -> Section {
    let section = plan.section(letter);
    let document = plan.document();
    Section {
        id: letter.to_string(),
        present: section.present(),
        heading: section.heading(document).map(str::to_owned),
        pages: section.pages(document).map(|(first, last)| [first, last]),
        words: section.words(document),
        statements: plan.cut_statements().iter().filter(|statement| statement.letter == letter).count(),
    }
}

fn unread(plan: &Plan) -> Vec<Unread> {
    let gaps = plan.document().gaps().iter();
    gaps.map(|gap| Unread {
        page: gap.place.page,
        what: prose::gap(gap),
        why_it_matters: prose::gap_matters(plan, gap),
    })
    .collect()
}

fn not_told(note: &rules::Note<'_>) -> NotTold {
    NotTold {
        rule: note.rule.id.clone(),
        section: note.section.map(|letter| letter.to_string()),
        message: note.message.clone(),
    }
}

fn allowed(allowed: &report::Allowed<'_>) -> Allowed {
    Allowed {
        rule: allowed.finding.rule.id.clone(),
        section: allowed.finding.section.map(|letter| letter.to_string()),
        reason: allowed.reason.clone(),
        fingerprint: allowed.finding.fingerprint.clone(),
    }
}

fn statement(plan: &Plan, statement: &Statement) -> ExtractedStatement {
    ExtractedStatement {
        section: statement.letter.to_string(),
        kind: statement.kind.as_str().to_owned(),
        text: plan.words_of(statement),
        page: prose::page(plan, statement.span()),
        table: statement.row.map(|(table, _)| table + 1),
        row: statement.row.map(|(_, row)| row + 1),
        area: statement.area.map(|area| prose::area(area).to_owned()),
    }
}

fn tables(plan: &Plan) -> Vec<ExtractedTable> {
    let document = plan.document();
    let blocks = |range: std::ops::Range<usize>| document.blocks().get(range).unwrap_or_default();
    let tables = document.tables().iter().map(|table| ExtractedTable {
        page: table.cells.iter().flat_map(|cell| blocks(cell.blocks.clone())).find_map(|block| block.place.page),
        header_rows: table.header_rows,
        cells: table
            .cells
            .iter()
            .map(|cell| {
                let lines: Vec<&str> = blocks(cell.blocks.clone()).iter().map(|b| document.slice(b.span)).collect();
                ExtractedCell {
                    row: cell.row + 1,
                    column: cell.column + 1,
                    row_span: cell.row_span,
                    column_span: cell.column_span,
                    text: lines.join("\n"),
                }
            })
            .collect(),
    });
    tables.collect()
}

fn finding(report: &Report<'_>, finding: &rules::Finding<'_>) -> Finding {
    let plan = &report.plan;
    let quoted = Quoted::of(plan, finding);
    Finding {
        rule: finding.rule.id.clone(),
        category: finding.rule.category.as_str().to_owned(),
        severity: finding.severity.as_str().to_owned(),
        confidence: finding.confidence.as_str().to_owned(),
        section: finding.section.map(|letter| letter.to_string()),
        message: finding.message.clone(),
        help: finding.help.clone(),
        softened: finding.softened.map(str::to_owned),
        missing: finding.missing.iter().map(|need| need.as_str().to_owned()).collect(),
        place: place(plan, finding, &quoted),
        statement: quoted.statement,
        quote: quoted.quote,
        authority: finding
            .rule
            .authority
            .iter()
            .map(|authority| Authority { cite: authority.cite.clone(), force: authority.force.as_str().to_owned() })
            .collect(),
        fingerprint: finding.fingerprint.clone(),
    }
}
