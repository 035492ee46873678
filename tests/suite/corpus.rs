//! Whole plans: every section found, the stage right, findings that fit their words; hostile files end quickly.

use ehcp_lint::{Access, Anchor, FORMATS, Report, Rules, extract, lint};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// Every plan of the corpus in every format: name, truth, bytes.
fn plans() -> Vec<(String, serde_json::Value, Vec<u8>)> {
    let mut plans = Vec::new();
    for entry in fs::read_dir(corpus()).expect("corpus") {
        let folder = entry.expect("an entry").path();
        let Ok(gold) = fs::read_to_string(folder.join("gold.json")) else { continue };
        let gold: serde_json::Value = serde_json::from_str(&gold).expect("gold.json is JSON");
        for name in ["plan.docx", "plan.pdf"] {
            let path = folder.join(name);
            let bytes = fs::read(&path).expect("each plan in both formats");
            let shown = format!("{}/{name}", folder.file_name().unwrap_or_default().to_string_lossy());
            plans.push((shown, gold.clone(), bytes));
        }
    }
    assert!(plans.len() >= 8, "the corpus was not found");
    plans.sort_by(|a, b| a.0.cmp(&b.0));
    plans
}

fn report<'r>(name: &str, bytes: &[u8], rules: &'r Rules) -> Report<'r> {
    lint(bytes, &Access::default(), rules).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn every_section_is_found() {
    let rules = Rules::default();
    let mut lost = Vec::new();
    for (name, gold, bytes) in plans() {
        let report = report(&name, &bytes, &rules);
        for letter in ehcp_lint::Letter::ALL {
            let text = gold["sections"][letter.as_str()].as_str().unwrap_or_default();
            if text.split_whitespace().count() > 3 && !report.plan.section(letter).present() {
                lost.push(format!("{name}: Section {letter}"));
            }
        }
    }
    assert!(lost.is_empty(), "not found:\n{}", lost.join("\n"));
}

#[test]
fn the_stage_is_right() {
    let rules = Rules::default();
    for (name, gold, bytes) in plans() {
        let report = report(&name, &bytes, &rules);
        let stage = report.plan.profile().stage.value().map(|stage| stage.as_str());
        assert_eq!(stage, gold["meta"]["stage"].as_str(), "{name}");
    }
}

#[test]
fn sections_hold_their_own_words() {
    let rules = Rules::default();
    let words = |text: &str| {
        let word = |w: &str| w.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
        text.split_whitespace().map(word).filter(|w| w.len() > 3).collect::<BTreeSet<String>>()
    };
    let mut wrong = Vec::new();
    for (name, gold, bytes) in plans() {
        let report = report(&name, &bytes, &rules);
        for letter in ehcp_lint::Letter::ALL {
            let wanted = words(gold["sections"][letter.as_str()].as_str().unwrap_or_default());
            let found = words(&report.plan.section(letter).text(report.plan.document()));
            let held = wanted.intersection(&found).count();
            if held * 10 < wanted.len() * 9 {
                wrong.push(format!("{name}: Section {letter} holds {held} of {} words", wanted.len()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn findings_fit_their_words() {
    let rules = Rules::built_in();
    for (name, _, bytes) in plans() {
        let report = report(&name, &bytes, &rules);
        assert!(!report.findings.is_empty(), "{name}: nothing was found");
        let mut prints = BTreeSet::new();
        for finding in &report.findings {
            let rule = &finding.rule.id;
            match finding.anchor {
                Anchor::Text(span) => assert_eq!(report.plan.slice(span), finding.quote, "{name}: {rule}"),
                Anchor::Missing(_) => assert!(finding.quote.is_empty(), "{name}: {rule}"),
            }
            assert!(!finding.message.contains(['{', '}']) && !finding.help.contains('{'), "{name}: {rule}");
            assert!(prints.insert(&finding.fingerprint), "{name}: {rule} has the fingerprint of another finding");
        }
    }
}

#[test]
fn two_runs_agree() {
    let rules = Rules::built_in();
    let (name, _, bytes) = plans().swap_remove(0);
    let prints = |report: &Report<'_>| report.findings.iter().map(|f| f.fingerprint.clone()).collect::<Vec<_>>();
    assert_eq!(prints(&report(&name, &bytes, &rules)), prints(&report(&name, &bytes, &rules)));
}

#[test]
fn hostile_files_end_quickly_and_without_a_document() {
    let mut count = 0;
    for entry in fs::read_dir(corpus().join("broken")).expect("corpus/broken") {
        let path = entry.expect("an entry").path();
        let bytes = fs::read(&path).expect("a file");
        let start = Instant::now();
        let read = extract(&bytes, &Access::default());
        assert!(start.elapsed() < Duration::from_secs(20), "{} takes too long", path.display());
        if let Ok(document) = read {
            let known = FORMATS.iter().any(|format| format.name == document.format());
            assert!(known, "{} is read as {}", path.display(), document.format());
        }
        count += 1;
    }
    assert!(count >= 6, "corpus/broken was not found");
}
