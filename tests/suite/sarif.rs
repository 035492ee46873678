//! SARIF: it fits the schema of OASIS, and its regions hold the quoted words.

use crate::corpus::{READINGS, Reading};
use ehcp_lint::{Entry, Failure, Look, Run, WRITERS};
use serde_json::Value;
use std::fs;
use std::path::Path;

fn log(run: &Run<'_>) -> Value {
    let writer = WRITERS.iter().find(|writer| writer.name == "sarif").expect("a writer");
    serde_json::from_slice(&writer.write(run, &Look::PLAIN)).expect("JSON")
}

/// One document of the corpus and one that could not be read.
fn run(reading: &Reading) -> Run<'static> {
    let report = reading.report().clone();
    let failure = Failure { message: "It is damaged.".to_owned(), help: "Save it again.".to_owned() };
    let entries = vec![
        Entry::new(reading.name(), &reading.bytes, Ok(report)),
        Entry::new("My plan (old).docx", b"", Err(failure)),
    ];
    Run { entries }
}

#[test]
fn every_plan_fits_the_schema_of_oasis() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schema/sarif-schema-2.1.0.json");
    let schema = serde_json::from_str(&fs::read_to_string(path).expect("the schema")).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a sound schema");
    for reading in READINGS.iter() {
        for log in [log(&run(reading)), log(&run(reading).redacted())] {
            let wrong: Vec<String> =
                validator.iter_errors(&log).map(|e| format!("{e} at {}", e.instance_path)).take(5).collect();
            assert!(wrong.is_empty(), "{}: {}", reading.name(), wrong.join("\n"));
        }
    }
    assert!(!validator.is_valid(&serde_json::json!({"version": "2.1.0"})), "the schema refuses nothing");
}

#[test]
fn regions_hold_the_words_and_rules_are_described() {
    let mut regions = 0;
    for reading in READINGS.iter() {
        let run = run(reading);
        let log = log(&run);
        let one = &log["runs"][0];
        let text: Vec<char> =
            one["artifacts"][0]["contents"]["text"].as_str().expect("the words that were read").chars().collect();
        let report = run.reports().next().expect("a report");
        let results = one["results"].as_array().expect("results");
        assert_eq!(results.len(), report.findings.len() + report.allowed.len(), "{}", reading.name());
        for (result, finding) in results.iter().zip(&report.findings) {
            assert_eq!(result["partialFingerprints"]["ehcpLintFingerprint/v1"], finding.fingerprint);
            let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
            assert_eq!(one["tool"]["driver"]["rules"][index]["id"], finding.rule.id);
            let region = &result["locations"][0]["physicalLocation"]["region"];
            let (Some(at), Some(length)) = (region["charOffset"].as_u64(), region["charLength"].as_u64()) else {
                assert!(finding.quote.is_empty(), "{} has words and no region", finding.rule.id);
                continue;
            };
            let (at, length) = (usize::try_from(at).expect("small"), usize::try_from(length).expect("small"));
            let words: String = text[at..at + length].iter().collect();
            assert_eq!(region["snippet"]["text"], words);
            assert_eq!(words, finding.quote);
            regions += 1;
        }
        let told = one["invocations"][0]["toolExecutionNotifications"].as_array().expect("notifications");
        let gaps = report.plan.document().gaps().len();
        assert_eq!(told.len(), gaps + report.notes.len() + 1, "{}", reading.name());
        assert_eq!(one["invocations"][0]["executionSuccessful"], false);
        assert_eq!(one["artifacts"][1]["location"]["uri"], "My%20plan%20%28old%29.docx");
    }
    assert!(regions > 500, "only {regions} regions were looked at");
}
