//! Tests of the whole reader, on small packages made in memory: one test for each thing that Word files do.

mod changes;
mod controls;
mod features;
pub(crate) mod fixture;
mod package;
mod paragraphs;
mod sources;
mod tables;

use super::FORMAT;
use crate::document::{BlockKind, Document, FurnitureKind};
use crate::extract::{Access, ExtractError};
use fixture::Fixture;

fn read(bytes: &[u8]) -> Result<Document, ExtractError> {
    assert!((FORMAT.sniff)(bytes), "not taken for a Word file");
    (FORMAT.read)(bytes, &Access::default())
}

/// A document, one block a line: its kind, its cell as table.row.column, its label and its words.
fn show(document: &Document) -> String {
    let mut lines: Vec<String> = Vec::new();
    for block in document.blocks() {
        let kind = match block.kind {
            BlockKind::Heading { level } => format!("h{level}"),
            BlockKind::Paragraph => "p".to_owned(),
            BlockKind::ListItem { depth } => format!("li{depth}"),
        };
        let cell = block.cell.map_or(String::new(), |c| format!("@{}.{}.{}", c.table, c.row, c.column));
        let label = block.label.as_ref().map_or(String::new(), |label| format!(" <{label}>"));
        lines.push(format!("{kind}{cell}{label} {}", document.slice(block.span)));
    }
    for furniture in document.furniture() {
        let kind = match furniture.kind {
            FurnitureKind::Header => "header",
            FurnitureKind::Footer => "footer",
        };
        lines.push(format!("{kind} {}", document.slice(furniture.span)));
    }
    lines.extend(document.gaps().iter().map(|gap| format!("gap {:?}", gap.kind)));
    lines.join("\n")
}

/// Reads a package and compares it with what `show` should make of it.
fn check(fixture: Fixture, expected: &str) {
    assert_eq!(show(&read(&fixture.build()).expect("readable")), expected);
}

/// The same for a document of nothing but a body.
fn check_body(body: &str, expected: &str) {
    check(Fixture::body(body), expected);
}
