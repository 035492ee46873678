//! Scans: without tesseract the way to it, with it the words, marked as what they are.

use assert_cmd::Command;
use ehcp_lint::{Access, ExtractError, GapKind, RecognisedWord, extract};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Output;

const SCAN: &str = "corpus/broken/scanned-plan.pdf";
/// One page in black and white, a little crooked.
const PAGE: &str = "tests/fixtures/scan-one-page.pdf";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn ran(arguments: &[&str], path: Option<&Path>) -> Output {
    let mut command = Command::cargo_bin("ehcp-lint").expect("the program was built");
    if let Some(path) = path {
        command.env("PATH", path);
    }
    command.current_dir(root()).args(arguments).output().expect("the program ran")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Somebody who recognises the same words on every page, whoever is asked.
fn recognised(_: &[u8], _: &Access, pages: &[u32]) -> Vec<(u32, Vec<RecognisedWord>)> {
    let lines = ["Section F: Special educational provision", "Sam will have access to a therapist as required."];
    let words = lines.iter().zip([100.0, 130.0]).flat_map(|(line, top)| {
        line.split(' ').zip(0u8..).map(move |(word, at)| RecognisedWord {
            text: word.to_owned(),
            line: if top > 110.0 { 2 } else { 1 },
            left: 50.0 + 60.0 * f32::from(at),
            top,
            right: 105.0 + 60.0 * f32::from(at),
            bottom: top + 9.0,
        })
    });
    let words: Vec<RecognisedWord> = words.collect();
    pages.iter().map(|&page| (page, words.clone())).collect()
}

#[test]
fn recognised_words_are_read_and_marked() {
    let bytes = fs::read(root().join(SCAN)).expect("the scan");
    let access = Access { recogniser: Some(recognised), ..Access::default() };
    let document = extract(&bytes, &access).expect("words");
    assert!(document.text().contains("Sam will have access to a therapist as required."), "{}", document.text());
    let marks: Vec<_> = document.gaps().iter().map(|gap| (&gap.kind, gap.place.page)).collect();
    assert_eq!(marks, [1, 2, 3, 4].map(|page| (&GapKind::Recognised, Some(page))));
    assert!(document.reader().contains("OCR"));
    let nothing: Access = Access { recogniser: Some(|_, _, _| Vec::new()), ..Access::default() };
    assert!(matches!(extract(&bytes, &nothing), Err(ExtractError::Scan { tried: true })));
    assert!(matches!(extract(&bytes, &Access::default()), Err(ExtractError::Scan { tried: false })));
}

#[test]
fn a_good_pdf_asks_for_no_recognition() {
    let bytes = fs::read(root().join("corpus/02-posy/plan.pdf")).expect("a plan");
    let access = Access { recogniser: Some(|_, _, _| panic!("nothing to recognise")), ..Access::default() };
    assert!(extract(&bytes, &access).is_ok());
}

#[test]
fn without_tesseract_the_message_says_how_to_get_it() {
    let empty = tempfile::tempdir().expect("a folder");
    let output = ran(&["check", "--ocr", PAGE], Some(empty.path()));
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    for words in ["tesseract", "not found", "apt install tesseract-ocr", "brew install tesseract", "winget"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(output.stdout.is_empty());
}

/// A tesseract that is too old, has no English, hangs or fails: an error or a report, and nothing left behind.
#[cfg(unix)]
#[test]
fn a_tesseract_that_misbehaves_is_no_danger() {
    use std::os::unix::fs::PermissionsExt as _;
    let check = |script: &str, code: i32, words: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        let program = folder.path().join("tesseract");
        fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("written");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("made a program");
        let output = ran(&["check", "--ocr", PAGE], Some(folder.path()));
        let said = text(&output.stdout) + &text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{script}: {said}");
        assert!(said.contains(words), "{script}: {said}");
    };
    let sound = "case $1 in --version) echo tesseract 5.3.0;; --list-langs) echo eng;;";
    check("echo tesseract 3.04.01", 2, "older than version 4");
    check("case $1 in --version) echo tesseract v5.0.0;; *) echo deu;; esac", 2, "English");
    check("exit 1", 2, "not found");
    check(&format!("{sound} *) exit 1;; esac"), 3, "no words could be recognised");
    check(&format!("{sound} *) echo nonsense;; esac"), 3, "no words could be recognised");
    check(&format!("{sound} *) kill -9 $$;; esac"), 3, "no words could be recognised");
}

/// With tesseract where it is installed; where it is not, the test says so and holds the message alone.
#[test]
fn a_scan_is_read_with_tesseract() {
    let output = ran(&["check", "--ocr", PAGE, "--format", "json"], None);
    if output.status.code() == Some(2) {
        assert!(text(&output.stderr).contains("tesseract"));
        eprintln!("SKIPPED: tesseract is not installed, so no scan was read");
        return;
    }
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let document = &json["documents"][0];
    let present = |letter: &str| {
        let sections = document["sections"].as_array().expect("sections");
        sections.iter().any(|section| section["id"] == letter && section["present"] == true)
    };
    for letter in ["B", "F", "I"] {
        assert!(present(letter), "Section {letter} was not found in the scan");
    }
    let unread = document["unread"].as_array().expect("unread");
    assert!(
        unread.len() == 1 && unread.iter().all(|page| page["what"].as_str().is_some_and(|what| what.contains("OCR")))
    );
    let findings = document["findings"].as_array().expect("findings");
    let on_page = || findings.iter().filter(|finding| !finding["place"]["page"].is_null());
    assert!(on_page().count() > 0, "few findings in the scan");
    assert!(on_page().all(|finding| finding["confidence"] == "low"));
}
