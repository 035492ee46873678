//! Whatever comes in: no panic, every span inside the text and on character boundaries, the same bytes twice.

use ehcp_lint::{
    Access, Anchor, Document, EXTRACT_WRITERS, Entry, Failure, Look, Plan, Report, Rules, Run, WRITERS, extract, lint,
};
use proptest::prelude::*;

fn rules() -> Rules {
    Rules::built_in()
}

/// Holds what every report on every input promises.
fn check(bytes: &[u8]) {
    let rules = rules();
    let outcome = lint(bytes, &Access::default(), &rules).map_err(|error| Failure::of(&error));
    if let Ok(report) = &outcome {
        check_document(report.plan.document());
        check_report(report);
    }
    let run = Run { entries: vec![Entry::new("plan", bytes, outcome)] };
    for writer in WRITERS.iter().chain(EXTRACT_WRITERS) {
        let look = Look { width: 40, ..Look::PLAIN };
        let once = (writer.write)(&run, &look);
        assert!(std::str::from_utf8(&once).is_ok(), "{} does not write UTF-8", writer.name);
        assert!(once == (writer.write)(&run, &look), "{} writes other bytes the second time", writer.name);
    }
}

fn check_document(document: &Document) {
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
    assert!(document.gaps().iter().all(|gap| gap.at <= text.len()), "a gap after the end");
}

fn check_report(report: &Report<'_>) {
    let plan = &report.plan;
    let text = plan.document().text();
    for statement in plan.statements() {
        for part in &statement.parts {
            assert!(text.get(part.span.start..part.span.end).is_some(), "a statement outside the text");
        }
    }
    for finding in &report.findings {
        if let Anchor::Text(span) = finding.anchor {
            assert!(text.get(span.start..span.end).is_some(), "{} points outside the text", finding.rule.id);
        }
        for mark in &finding.marks {
            assert!(text.get(mark.start..mark.end).is_some(), "{} marks outside the text", finding.rule.id);
        }
        assert!(!finding.message.is_empty() && finding.fingerprint.len() == 16);
    }
}

/// Text that looks a little like a plan: headings, list items, rows, odd characters.
fn planlike() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        "# Section [A-K][12]?: [A-Za-z ]{0,30}",
        "- [A-Za-z0-9 ,.]{0,60}",
        r"\| [A-Za-z ]{0,20} \| [0-9a-z ]{0,20} \|",
        r"\|-\|-\|",
        "Sam will (have|receive|access) [a-z ]{0,40} (weekly|as required|up to [0-9] hours)\\.",
        "[\u{0}-\u{ff}\u{2010}-\u{2030}\u{fb00}-\u{fb06}]{0,40}",
        Just(String::new()),
    ];
    prop::collection::vec(line, 0..30).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        check(&bytes);
    }

    #[test]
    fn any_text(text in "\\PC{0,400}") {
        check(text.as_bytes());
    }

    #[test]
    fn anything_like_a_plan(text in planlike()) {
        check(text.as_bytes());
    }

    #[test]
    fn a_damaged_word_file(at in 0usize..44_000, byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = include_bytes!("../../corpus/02-posy/plan.docx").to_vec();
        let at = at.min(bytes.len() - 1);
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        check_only_reading(&bytes);
    }

    #[test]
    fn a_damaged_pdf(at in 0usize..54_000, byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = include_bytes!("../../corpus/02-posy/plan.pdf").to_vec();
        let at = at.min(bytes.len() - 1);
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        check_only_reading(&bytes);
    }
}

/// A whole report takes longer than reading does, and a damaged file is about reading.
fn check_only_reading(bytes: &[u8]) {
    if let Ok(document) = extract(bytes, &Access::default()) {
        check_document(&document);
        let plan = Plan::read(document);
        assert!(plan.statements().iter().all(|s| s.parts.iter().all(|p| p.span.end <= plan.document().text().len())));
    }
}
