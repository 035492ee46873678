//! Several reports at once: each ending says its format; all of them are written, or none.

use crate::cli::check;
use std::fs;
use std::path::{Path, PathBuf};

struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        let home = Self(tempfile::tempdir().expect("a folder"));
        fs::write(home.path("plan.txt"), "# Section F\n\nSam will have access to help as needed.\n").expect("written");
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn check(&self, outputs: &[&str], more: &[&str], code: i32, says: &[&str]) {
        let plan = self.path("plan.txt").to_string_lossy().into_owned();
        let outputs: Vec<String> = outputs.iter().map(|name| self.path(name).to_string_lossy().into_owned()).collect();
        let mut arguments = vec!["check", plan.as_str()];
        for output in &outputs {
            arguments.extend(["-o", output.as_str()]);
        }
        arguments.extend(more);
        check(&arguments, code, says);
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    fn files(&self) -> Vec<String> {
        let names = fs::read_dir(self.0.path()).expect("a folder").flatten();
        let mut names: Vec<String> = names.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

#[test]
fn each_ending_says_its_format() {
    let home = Home::new();
    home.check(&["r.json", "r.csv", "r.md", "r.sarif", "r.xml", "r.jsonl", "r.txt"], &[], 1, &[]);
    assert!(home.read("r.json").starts_with("{\n  \"schema_version\": 1"));
    assert!(home.read("r.csv").starts_with("\u{feff}document,kind,"));
    assert!(home.read("r.md").starts_with("# "));
    assert!(home.read("r.sarif").contains("\"version\": \"2.1.0\""));
    assert!(home.read("r.xml").starts_with("<?xml") && home.read("r.xml").contains("<testsuites"));
    assert!(home.read("r.jsonl").lines().count() == 1 && home.read("r.txt").contains("Summary"));
}

#[test]
fn a_format_that_is_said_holds_for_all() {
    let home = Home::new();
    home.check(&["a.json", "b"], &["--format", "csv"], 1, &[]);
    assert_eq!(home.read("a.json"), home.read("b"));
    assert!(home.read("b").starts_with("\u{feff}document,"));
}

#[test]
fn mistakes_are_said_before_anything_is_written() {
    let home = Home::new();
    home.check(&["a.json", "r.jsno"], &[], 2, &["cannot be told from its ending", "Did you mean", "r.json", ".sarif"]);
    home.check(&["a.json", "report"], &[], 2, &["cannot be told from its ending", "--format"]);
    home.check(&["a.json", "a.json"], &[], 2, &["given twice"]);
    home.check(&["a.json", "./a.json"], &[], 2, &["given twice"]);
    home.check(&["a.json", "plan.txt"], &[], 2, &["never written over"]);
    home.check(&["a.json", "no/such/r.json"], &[], 2, &["does not exist"]);
    assert_eq!(home.files(), ["plan.txt"]);
}

#[test]
fn all_are_written_or_none() {
    let home = Home::new();
    fs::create_dir(home.path("folder.csv")).expect("a folder");
    home.check(&["a.json", "folder.csv"], &[], 2, &["it is a folder"]);
    assert_eq!(home.files(), ["folder.csv", "plan.txt"]);
    fs::write(home.path("a.json"), "old").expect("written");
    home.check(&["a.json", "folder.csv"], &[], 2, &["it is a folder"]);
    assert_eq!(home.read("a.json"), "old");
    assert!(Path::new(&home.path("folder.csv")).is_dir());
}
