//! What holds of every document and every report, whatever was read. Tests and fuzzing share it.

use ehcp_lint::{Anchor, Document, Report, Span};

/// Every block, cell and gap lies in the text, in order, on the boundaries of characters.
pub(crate) fn document_holds(document: &Document) {
    let text = document.text();
    let mut end = 0;
    for block in document.blocks() {
        assert!(text.get(block.span.start..block.span.end).is_some(), "a block outside the text");
        assert!(block.span.start >= end, "blocks overlap");
        end = block.span.end;
    }
    for table in document.tables() {
        for cell in &table.cells {
            assert!(document.blocks().get(cell.blocks.clone()).is_some(), "a cell with blocks that are not there");
        }
    }
    for furniture in document.furniture() {
        assert!(inside(text, furniture.span), "a running header outside the text");
    }
    assert!(document.gaps().iter().all(|gap| gap.at <= text.len()), "a gap after the end");
}

/// Every statement, fact, link and finding points into the text, and what a finding quotes stands there.
pub(crate) fn report_holds(report: &Report<'_>) {
    let plan = &report.plan;
    let text = plan.document().text();
    for statement in plan.statements() {
        for part in &statement.parts {
            assert!(inside(text, part.span), "a statement outside the text");
        }
        for fact in &statement.facts {
            assert!(inside(text, fact.span), "a fact outside the text");
        }
    }
    for finding in &report.findings {
        if let Anchor::Text(span) = finding.anchor {
            assert!(inside(text, span), "{} points outside the text", finding.rule.id);
            assert!(text.get(span.start..span.end) == Some(&*finding.quote), "{} misquotes", finding.rule.id);
        } else {
            assert!(finding.quote.is_empty(), "{} quotes what is missing", finding.rule.id);
        }
        for mark in &finding.marks {
            assert!(inside(text, *mark), "{} marks outside the text", finding.rule.id);
        }
        assert!(!finding.message.is_empty() && finding.fingerprint.len() == 16);
    }
}

fn inside(text: &str, span: Span) -> bool {
    text.get(span.start..span.end).is_some()
}
