//! Whatever comes in: no panic, every span inside the text and on character boundaries, the same bytes twice.

use crate::invariants::{document_holds, report_holds};
use ehcp_lint::{Access, EXTRACT_WRITERS, Entry, Failure, Look, Plan, Rules, Run, WRITERS, extract, lint};
use proptest::prelude::*;

fn rules() -> Rules {
    Rules::built_in()
}

/// Holds what every report on every input promises.
fn check(bytes: &[u8]) {
    let rules = rules();
    let outcome = lint(bytes, &Access::default(), &rules).map_err(|error| Failure::of(&error));
    if let Ok(report) = &outcome {
        document_holds(report.plan.document());
        report_holds(report);
    }
    let run = Run { entries: vec![Entry::new("plan", bytes, outcome)] };
    for writer in WRITERS.iter().chain(EXTRACT_WRITERS) {
        let look = Look { width: 40, ..Look::PLAIN };
        let once = writer.write(&run, &look);
        assert!(std::str::from_utf8(&once).is_ok(), "{} does not write UTF-8", writer.name);
        assert!(once == writer.write(&run, &look), "{} writes other bytes the second time", writer.name);
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

/// Reads the same bytes twice.
fn reads_alike(bytes: &[u8]) {
    let read =
        || extract(bytes, &Access::default()).map(|document| (document.text().to_owned(), document.gaps().to_vec()));
    match (read(), read()) {
        (Ok(once), Ok(again)) => assert!(once == again, "the same bytes are read in two ways"),
        (once, again) => assert!(once.is_err() && again.is_err(), "the same bytes are read once and refused once"),
    }
}

/// A whole report takes longer than reading does, and a damaged file is about reading.
fn check_only_reading(bytes: &[u8]) {
    reads_alike(bytes);
    if let Ok(document) = extract(bytes, &Access::default()) {
        document_holds(&document);
        let plan = Plan::read(document);
        assert!(plan.statements().iter().all(|s| s.parts.iter().all(|p| p.span.end <= plan.document().text().len())));
    }
}
