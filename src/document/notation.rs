//! The plain notation: how rule examples, tests, text files and standard input write a document.
//!
//! ```text
//! # Section F                 a heading; ## one level down
//! A paragraph, which goes on
//! until a blank line.
//!
//! - a list item               also *, •, 1., (a)
//!
//! | Provision | By whom |     a table row; a row of dashes below it makes a header row
//! |-----------|---------|
//! | Scribe    | TA      |
//! ```

use crate::document::builder::NewBlock;
use crate::document::{BlockKind, Builder, Document, TableSource};

impl Document {
    /// Reads the plain notation. Every text is some document: nothing is refused.
    pub fn from_notation(text: &str) -> Self {
        let mut builder = Builder::new("text");
        let mut paragraph = String::new();
        let mut rows: Vec<&str> = Vec::new();
        for line in text.lines().map(str::trim) {
            if is_row(line) {
                end_paragraph(&mut paragraph, &mut builder);
                rows.push(line);
                continue;
            }
            end_table(&mut rows, &mut builder);
            if line.is_empty() {
                end_paragraph(&mut paragraph, &mut builder);
            } else if let Some((level, heading)) = heading(line) {
                end_paragraph(&mut paragraph, &mut builder);
                builder.block(NewBlock { kind: BlockKind::Heading { level }, ..NewBlock::paragraph(heading) });
            } else if let Some((label, item)) = list_item(line) {
                end_paragraph(&mut paragraph, &mut builder);
                builder.block(NewBlock {
                    kind: BlockKind::ListItem { depth: 0 },
                    label: Some(label.to_owned()),
                    ..NewBlock::paragraph(item)
                });
            } else {
                if !paragraph.is_empty() {
                    paragraph.push(' ');
                }
                paragraph.push_str(line);
            }
        }
        end_table(&mut rows, &mut builder);
        end_paragraph(&mut paragraph, &mut builder);
        builder.finish()
    }
}

fn end_paragraph(paragraph: &mut String, builder: &mut Builder) {
    builder.block(NewBlock::paragraph(paragraph));
    paragraph.clear();
}

fn is_row(line: &str) -> bool {
    line.len() > 1 && line.starts_with('|') && line.ends_with('|')
}

fn end_table(rows: &mut Vec<&str>, builder: &mut Builder) {
    if rows.is_empty() {
        return;
    }
    builder.begin_table(TableSource::Stated);
    let mut at = 0;
    for row in rows.drain(..) {
        let inner = &row[1..row.len() - 1];
        if inner.chars().all(|c| matches!(c, '-' | ':' | '|' | ' ')) && inner.contains('-') {
            builder.header_rows(at);
            continue;
        }
        for (column, cell) in (0..).zip(inner.split('|')) {
            builder.begin_cell(at, column, 1, 1, false);
            builder.block(NewBlock::paragraph(cell));
            builder.end_cell();
        }
        at += 1;
    }
    builder.end_table();
}

fn heading(line: &str) -> Option<(u8, &str)> {
    let level = line.bytes().take_while(|&b| b == b'#').count();
    let text = line[level..].strip_prefix(' ')?;
    (1..=6).contains(&level).then(|| (u8::try_from(level).unwrap_or(6), text.trim()))
}

/// A bullet or a number, and what follows it.
fn list_item(line: &str) -> Option<(&str, &str)> {
    let (label, rest) = line.split_once(char::is_whitespace)?;
    let bullet = matches!(label, "-" | "*" | "\u{2022}" | "\u{25aa}" | "\u{25e6}" | "\u{2013}" | "o");
    let numbered = |inner: &str| {
        !inner.is_empty()
            && (inner.len() <= 2 && inner.bytes().all(|b| b.is_ascii_digit())
                || inner.len() == 1 && inner.bytes().all(|b| b.is_ascii_lowercase()))
    };
    let number = label.strip_suffix(['.', ')']).is_some_and(|inner| numbered(inner.trim_start_matches('(')));
    (bullet || number).then(|| (label, rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let document = Document::from_notation(text);
        let found: Vec<String> = document
            .blocks()
            .iter()
            .map(|b| {
                let kind = match b.kind {
                    BlockKind::Heading { level } => format!("h{level}"),
                    BlockKind::Paragraph => "p".to_owned(),
                    BlockKind::ListItem { .. } => "li".to_owned(),
                };
                let cell = b.cell.map_or(String::new(), |c| format!("@{}.{}.{}", c.table, c.row, c.column));
                format!("{kind}{cell} {}", document.slice(b.span))
            })
            .collect();
        assert_eq!(found.join("\n"), expected);
    }

    #[test]
    fn reads_headings_paragraphs_lists_and_tables() {
        check("# F\nOne\ntwo.\n\nThree.\n- a\n(b) c", "h1 F\np One two.\np Three.\nli a\nli c");
        check("|A|B|\n|-|-|\n|1||", "p@0.0.0 A\np@0.0.1 B\np@0.1.0 1");
        check("3 sessions a week", "p 3 sessions a week");
    }

    #[test]
    fn keeps_empty_cells_and_header_rows() {
        let document = Document::from_notation("|A|B|\n|-|-|\n|1||");
        let table = &document.tables()[0];
        assert_eq!((table.rows, table.columns, table.header_rows, table.cells.len()), (2, 2, 1, 4));
        assert!(table.cell(1, 1).is_some_and(|c| c.blocks.is_empty()));
    }
}
