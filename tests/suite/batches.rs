//! Runs of many documents: what is wrong with one changes nothing for another.

use assert_cmd::Command;
use ehcp_lint::{Access, Entry, Failure, Look, Rules, Run, WRITERS, lint};
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

/// What processes of a pool write one by one and the program joins is what the library writes of all at once, in every format.
#[test]
fn a_report_on_many_is_what_one_process_would_write() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = |file: &str| folder.path().join(file).to_string_lossy().replace('\\', "/");
    for (from, to) in [
        ("03-ciaran/plan.docx", "a.docx"),
        ("broken/noise.pdf", "b.pdf"),
        ("02-posy/plan.pdf", "c.pdf"),
        ("broken/truncated.docx", "d.docx"),
        ("12-child-r/plan.docx", "e.docx"),
    ] {
        fs::copy(root().join("corpus").join(from), folder.path().join(to)).expect("copied");
    }
    let rules = Rules::built_in();
    let run = || Run {
        entries: ["a.docx", "b.pdf", "c.pdf", "d.docx", "e.docx"]
            .into_iter()
            .map(|file| {
                let bytes = fs::read(folder.path().join(file)).expect("a file");
                let outcome = lint(&bytes, &Access::default(), &rules).map_err(|error| Failure::of(&error));
                Entry::new(name(file), &bytes, outcome)
            })
            .collect(),
    };
    for (option, run) in [(None, run()), (Some("--redact"), run().redacted())] {
        let out = tempfile::tempdir().expect("a folder");
        let mut command = Command::cargo_bin("ehcp-lint").expect("the program was built");
        command.arg("check").arg(folder.path()).args(option).arg("--no-config").env_remove("COLUMNS");
        let files = |writer: &str| out.path().join(writer);
        for writer in WRITERS.iter().filter(|writer| !["pretty", "plain"].contains(&writer.name)) {
            command.arg("-o").arg(files(writer.name).with_extension(writer.extension));
        }
        let output = command.args(["-o", "-"]).output().expect("the program ran");
        assert_eq!(output.status.code(), Some(3));
        for writer in WRITERS.iter().filter(|writer| writer.name != "pretty") {
            let found = match writer.name {
                "plain" => output.stdout.clone(),
                name => fs::read(files(name).with_extension(writer.extension)).expect("a report"),
            };
            assert!(found == writer.write(&run, &Look::PLAIN), "{} {option:?}", writer.name);
        }
    }
}

/// What can be read only once is read once: a pipe, and standard input, among other documents.
#[cfg(unix)]
#[test]
fn each_document_is_read_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|status| status.success()), "no pipe was made");
    let plan = root().join("corpus/02-posy/plan.docx");
    let bytes = fs::read(&plan).expect("a plan");
    let writer = std::thread::spawn({
        let (pipe, bytes) = (pipe.clone(), bytes.clone());
        move || fs::write(pipe, bytes)
    });
    let mut command = Command::cargo_bin("ehcp-lint").expect("the program was built");
    command.arg("check").args([&pipe, &plan]).args(["-", "--format", "json"]).write_stdin(bytes);
    let output = command.output().expect("the program ran");
    writer.join().expect("a thread").expect("written");
    let mut json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let documents = json["documents"].as_array_mut().expect("documents");
    assert_eq!(documents.len(), 3);
    let paths: Vec<Value> = documents.iter_mut().map(|document| document["path"].take()).collect();
    assert!(documents.iter().all(|document| *document == documents[0]), "{paths:?}");
    assert!(!documents[0]["findings"].as_array().expect("findings").is_empty());
}

/// A table of thousands of rows and a sentence of thousands of words: what once took time with the square of their size, and
/// would now be given up. The limit is the program's own.
#[test]
fn time_does_not_grow_with_the_square_of_the_size() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = "| Regular help | as needed | staff | often |\n".repeat(3000);
    let table = format!("# Section F\n\nHelp as needed.\n\n# Section I\n\nHill School\n\n| a | b | c | d |\n{rows}");
    let sentence = vec!["Sam will have access to help as appropriate"; 12_000].join(" and ");
    for (name, text, format) in
        [("table.txt", table, "html"), ("sentence.txt", format!("# Section F\n\n{sentence}.\n"), "json")]
    {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("written");
        let mut command = Command::cargo_bin("ehcp-lint").expect("the program was built");
        let output = command.arg("check").arg(&path).args(["--format", format]).output().expect("the program ran");
        assert_eq!(output.status.code(), Some(1), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
