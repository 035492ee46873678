//! `docs/reading.md` keeps its word: each test that it names as a proof exists.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The names of all functions below `folder`.
fn functions(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder of ours") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            functions(&path, names);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).expect("a text file");
            let after = text.split("#[test]").skip(1);
            names.extend(after.filter_map(|rest| Some(rest.split_once("fn ")?.1.split_once('(')?.0.to_owned())));
        }
    }
}

#[test]
fn the_tests_that_reading_names_exist() {
    let page = fs::read_to_string(root().join("docs/reading.md")).expect("docs/reading.md");
    let mut names = BTreeSet::new();
    functions(&root().join("src"), &mut names);
    functions(&root().join("tests"), &mut names);
    let features = page.split("## What is read").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("the table");
    let rows = features.lines().filter(|line| line.starts_with('|')).skip(2);
    let mut count = 0;
    let mut unknown = Vec::new();
    for row in rows {
        let tests: Vec<&str> = row.rsplit('|').nth(1).expect("a last cell").split('`').skip(1).step_by(2).collect();
        assert!(!tests.is_empty(), "no test proves: {row}");
        unknown.extend(tests.into_iter().filter(|name| !names.contains(*name)).map(str::to_owned));
        count += 1;
    }
    assert!(count > 30, "the table of docs/reading.md was not found");
    assert!(unknown.is_empty(), "no such test: {unknown:?}");
}
