//! Runs of many documents: what is wrong with one changes nothing for another.

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The documents of a run over a folder: name and everything said of it.
fn documents(folder: &Path) -> Vec<(String, Value)> {
    let mut command = Command::cargo_bin("ehcp-lint").expect("the program was built");
    let output = command.arg("check").arg(folder).args(["--format", "json"]).output().expect("the program ran");
    let mut json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let documents = json["documents"].as_array_mut().expect("documents");
    let each = documents.drain(..).map(|mut document| {
        let path = document["path"].take();
        let name = path.as_str().and_then(|path| path.rsplit('/').next()).expect("a name").to_owned();
        (name, document)
    });
    each.collect()
}

/// Twenty good plans alone, and between hostile files and good ones with a few bytes changed.
#[test]
fn hostile_files_change_nothing_for_good_ones() {
    let (alone, mixed) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let plans = fs::read_dir(root().join("corpus")).expect("corpus").filter_map(Result::ok).map(|entry| entry.path());
    let mut plans: Vec<_> = plans.filter(|plan| plan.join("gold.json").is_file()).collect();
    plans.sort();
    for (number, plan) in plans.iter().take(10).enumerate() {
        for ending in ["docx", "pdf"] {
            let bytes = fs::read(plan.join(format!("plan.{ending}"))).expect("a plan");
            for folder in [&alone, &mixed] {
                fs::write(folder.path().join(format!("{number:02}-plan.{ending}")), &bytes).expect("written");
            }
            let mut broken = bytes.clone();
            for at in (number * 97..broken.len()).step_by(1013) {
                broken[at] ^= 0x55;
            }
            fs::write(mixed.path().join(format!("{number:02}-broken.{ending}")), &broken).expect("written");
        }
    }
    for entry in fs::read_dir(root().join("corpus/broken")).expect("corpus/broken") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "docx" || ending == "pdf") {
            let name = format!("05-{}", path.file_name().unwrap_or_default().to_string_lossy());
            fs::copy(&path, mixed.path().join(name)).expect("copied");
        }
    }
    let expected = documents(alone.path());
    let found = documents(mixed.path());
    let good: Vec<_> = found.iter().filter(|(name, _)| name.contains("-plan.") && !name.contains("scanned")).collect();
    assert_eq!(expected.len(), 20);
    assert_eq!(good.len(), 20);
    for (expected, found) in expected.iter().zip(good) {
        assert!(expected == found, "{} is reported otherwise among hostile files", expected.0);
        assert!(expected.1["error"].is_null() && !expected.1["findings"].as_array().expect("findings").is_empty());
    }
    assert!(found.len() > 45, "the hostile files were not there");
}
