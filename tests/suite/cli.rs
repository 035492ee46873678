//! Whole command lines: exit status, one clear line for each mistake, standard input, files; the README's examples.

use assert_cmd::Command;
use std::fs;
use std::path::Path;

pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs the program in the project's folder.
pub(crate) fn ehcp_lint(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("ehcp-lint").expect("the program was built");
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("NO_COLOR")
        .env("LC_ALL", "C.UTF-8")
        .env_remove("COLUMNS");
    command.args(arguments);
    command
}

pub(crate) fn run(arguments: &[&str]) -> Ran {
    ran(&mut ehcp_lint(arguments))
}

pub(crate) fn ran(command: &mut Command) -> Ran {
    let output = command.output().expect("the program ran");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let ran = Ran { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) };
    for words in ["panicked", "backtrace", "RUST_BACKTRACE", "unwrap", "os error"] {
        assert!(!ran.err.contains(words) && !ran.out.contains(words), "`{words}` after {command:?}");
    }
    ran
}

/// The command ends so, and says so.
pub(crate) fn check(arguments: &[&str], code: i32, says: &[&str]) {
    let ran = run(arguments);
    let all = format!("{}{}", ran.out, ran.err);
    assert_eq!(ran.code, code, "{arguments:?}\n{all}");
    let flat = all.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in says {
        assert!(flat.contains(words), "{arguments:?} does not say {words:?}:\n{all}");
    }
}

#[test]
fn checks_a_word_file_and_a_pdf() {
    for plan in ["corpus/02-posy/plan.docx", "corpus/02-posy/plan.pdf"] {
        let with_command = run(&["check", plan]);
        let alone = run(&[plan]);
        assert_eq!((with_command.code, &with_command.out), (1, &alone.out), "{plan}");
        for words in ["Section F", "What to do next", "provisions are specific", "draft plan"] {
            assert!(alone.out.contains(words), "{plan} without {words:?}");
        }
        assert!(alone.err.is_empty(), "{}", alone.err);
    }
}

#[test]
fn every_broken_file_ends_in_one_clear_line() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/broken");
    let mut count = 0;
    for entry in fs::read_dir(folder).expect("corpus/broken") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        count += 1;
        let ran = run(&["check", &format!("corpus/broken/{name}")]);
        assert_eq!(ran.code, 3, "{name}: {}{}", ran.out, ran.err);
        assert!(ran.out.contains("help:") && ran.out.lines().count() <= 6, "{name}:\n{}", ran.out);
        let json = run(&["check", &format!("corpus/broken/{name}"), "--format", "json"]);
        let value: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
        assert_eq!((json.code, &value["summary"]["unreadable"]), (3, &serde_json::json!(1)), "{name}");
        assert_eq!(json.err.lines().count(), 1, "{name}:\n{}", json.err);
    }
    assert!(count >= 6, "only {count} broken files");
}

#[test]
fn a_broken_file_does_not_end_a_run() {
    let ran = run(&["check", "corpus/02-posy/plan.docx", "corpus/broken/noise.pdf", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(ran.code, 3);
    assert_eq!(value["documents"].as_array().map(Vec::len), Some(2));
    assert_eq!(value["documents"][0]["path"], "corpus/02-posy/plan.docx");
    assert!(value["documents"][1]["error"]["help"].as_str().is_some_and(|help| !help.is_empty()));
}

#[test]
fn mistakes_get_a_suggestion() {
    check(&["corpus/02-posy/plan.dox"], 2, &["no file", "Did you mean", "plan.docx"]);
    check(&["chek", "plan.docx"], 2, &["Did you mean the command", "check"]);
    check(&["check", "nowhere/at/all.docx"], 2, &["no file", "Check the spelling"]);
    check(&["check", "corpus/02-posy/plan.docx", "--formt", "json"], 2, &["--format"]);
    check(&["check", "corpus/02-posy/plan.docx", "--format", "jsn"], 2, &["json", "jsonl", "plain", "pretty"]);
    check(&["explain", "plan/section-mising"], 2, &["Did you mean", "plan/section-missing"]);
    check(&["check", "corpus/02-posy/plan.docx", "--select", "vage"], 2, &["Did you mean", "vague"]);
    check(&["check", "corpus/02-posy/plan.docx", "--rules", "nowhere"], 2, &["no such folder"]);
    check(&["check", "src"], 2, &["no Word, PDF or text file"]);
    check(&["check"], 2, &["PATH"]);
    check(&[], 2, &["Usage"]);
}

#[test]
fn choices_decide_what_is_shown_and_the_exit_status() {
    let plan = "corpus/02-posy/plan.docx";
    check(&["check", plan, "--fail-on", "never"], 0, &["Summary"]);
    check(&["check", plan, "--select", "plan/section-missing"], 0, &["No findings"]);
    check(&["check", plan, "--stage", "final"], 1, &["as given for this check"]);
    let all = run(&["check", plan, "--format", "json"]);
    let some = run(&["check", plan, "--format", "json", "--ignore", "provision/"]);
    assert!(all.out.contains("\"provision/") && !some.out.contains("\"provision/"));
    let quiet = run(&["check", plan, "--quiet"]);
    assert!(!quiet.out.contains("What to do next") && quiet.err.is_empty());
    let coloured = run(&["check", plan, "--format", "pretty", "--color", "always"]);
    assert!(coloured.out.contains("\u{1b}["));
    let bare = ran(ehcp_lint(&["check", plan, "--format", "pretty"]).env("NO_COLOR", "1"));
    assert!(!bare.out.contains("\u{1b}["));
}

#[test]
fn reads_standard_input() {
    let text = "# Section F: Special educational provision\n\nSam will have access to support as required.\n";
    let ran = ran(ehcp_lint(&["check", "-", "--format", "json"]).write_stdin(text));
    let value: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(value["documents"][0]["path"], "-");
    assert_eq!(value["documents"][0]["format"], "text");
    let word = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/02-posy/plan.docx")).expect("a plan");
    let ran = self::ran(ehcp_lint(&["-"]).write_stdin(word));
    assert_eq!(ran.code, 1);
    let ran = self::ran(ehcp_lint(&["-"]).write_stdin(""));
    assert_eq!(ran.code, 3);
    assert!(ran.out.contains("This file is empty"), "{}", ran.out);
}

#[test]
fn a_report_goes_to_a_file_and_never_over_a_plan() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = folder.path().join("plan.docx");
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/02-posy/plan.docx"), &plan).expect("a copy");
    let before = fs::read(&plan).expect("the plan");
    let (plan_name, report) = (plan.to_string_lossy().into_owned(), folder.path().join("report.json"));
    let report_name = report.to_string_lossy().into_owned();
    check(&["check", &plan_name, "--format", "json", "-o", &report_name], 1, &[]);
    let value: serde_json::Value = serde_json::from_slice(&fs::read(&report).expect("a report")).expect("JSON");
    assert_eq!(value["schema_version"], 1);
    check(&["check", &plan_name, "-o", &plan_name], 2, &["never written over"]);
    assert!(fs::read(&plan).expect("the plan") == before);
    check(&["check", &plan_name, "-o", &folder.path().join("no/such/x.txt").to_string_lossy()], 2, &["does not exist"]);
    let left: Vec<_> = fs::read_dir(folder.path()).expect("the folder").collect();
    assert_eq!(left.len(), 2, "nothing is left behind");
}

#[test]
fn a_folder_means_the_plans_in_it_in_order() {
    let ran = run(&["check", "corpus/03-ciaran", "corpus/02-posy", "--format", "jsonl"]);
    let paths: Vec<String> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["path"].to_string())
        .collect();
    let mut sorted = paths.clone();
    sorted.sort();
    assert_eq!((paths.len(), paths), (4, sorted));
}

#[test]
fn a_closed_pipe_is_no_failure() {
    use std::process::{Command, Stdio};
    let program = assert_cmd::cargo::cargo_bin("ehcp-lint");
    let mut child = Command::new(program)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["rules", "list"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program ran");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ended");
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
}

#[test]
fn extract_shows_what_was_read() {
    let plan = "corpus/02-posy/plan.docx";
    check(&["extract", plan], 0, &["[Section F]", "Posy"]);
    check(&["extract", "corpus/02-posy/plan.pdf"], 0, &["[page 1]", "[footer, from page 1, on"]);
    check(&["extract", plan, "--format", "markdown"], 0, &["## Section F", "## In no section"]);
    let ran = run(&["extract", plan, "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert!(value["documents"][0]["statements"].as_array().is_some_and(|statements| statements.len() > 20));
    assert!(value["documents"][0]["sections"][5]["text"].as_str().is_some_and(|text| text.len() > 200));
    check(&["extract", "corpus/broken/noise.pdf"], 3, &[]);
}

#[test]
fn rules_explain_themselves() {
    check(&["explain", "plan/section-missing"], 0, &["Why it matters", "What to ask for", "The law", "Flagged"]);
    check(&["rules", "list"], 0, &["plan/section-missing"]);
    check(&["rules", "test"], 0, &["0 of them not as the rule says"]);
    let folder = tempfile::tempdir().expect("a folder");
    check(&["rules", "docs", "-o", &folder.path().to_string_lossy()], 0, &["pages written"]);
    assert!(folder.path().join("plan/section-missing.md").is_file());
}

#[test]
fn a_wrong_rule_file_is_drawn() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(folder.path().join("plan")).expect("a folder");
    let sound = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/plan/section-missing.toml");
    let faulty = format!("severety = \"error\"\n{}", fs::read_to_string(sound).expect("a rule file"));
    fs::write(folder.path().join("plan/mine.toml"), faulty).expect("a file");
    let rules = folder.path().to_string_lossy().into_owned();
    check(&["rules", "list", "--rules", &rules], 2, &["plan/mine", "severety", "help:"]);
    check(&["check", "corpus/02-posy/plan.docx", "--rules", &rules], 2, &["severety"]);
}

#[test]
fn the_shell_gets_its_files() {
    check(&["completions", "bash"], 0, &["ehcp-lint"]);
    check(&["man"], 0, &[".TH"]);
    check(&["--version"], 0, &[env!("CARGO_PKG_VERSION")]);
    check(&["--help"], 0, &["Examples:", "Exit status"]);
    let commands = [
        "check",
        "extract",
        "annotate",
        "letter",
        "schedule",
        "working-document",
        "audit",
        "explain",
        "rules",
        "completions",
    ];
    for command in commands {
        check(&[command, "--help"], 0, &["Example"]);
    }
}

/// The README's picture is real output: its lines, in this order, stand in the report. `…` stands for what is left out.
#[test]
fn the_readme_shows_real_output() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("README.md");
    let picture = readme.split("```text\n").nth(1).and_then(|rest| rest.split("\n```").next()).expect("a picture");
    let ran = ran(ehcp_lint(&["check", "corpus/02-posy/plan.docx", "--format", "pretty"]).env("COLUMNS", "80"));
    let mut lines = ran.out.lines();
    for line in picture.lines().filter(|line| *line != "\u{2026}") {
        assert!(lines.any(|real| real == line), "not in the report, or not in this order: {line}");
    }
}

/// Every line of the README that runs the program does what the README says.
#[test]
fn the_readme_is_true() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("README.md");
    let lines: Vec<&str> = readme
        .lines()
        .filter_map(|line| {
            let line = line.trim().strip_prefix("$ ").unwrap_or(line.trim());
            line.strip_prefix("ehcp-lint ").or_else(|| line.strip_prefix("cargo run --release -- "))
        })
        .collect();
    assert!(lines.len() >= 4, "the README shows only {} commands", lines.len());
    let folder = tempfile::tempdir().expect("a folder");
    for line in lines {
        let line = line.split("  ").next().unwrap_or(line);
        let mut written = false; // what stands behind -o
        let arguments: Vec<String> = line
            .split_whitespace()
            .map(|word| {
                let output = std::mem::replace(&mut written, word == "-o");
                match word {
                    word if output => folder.path().join(word).to_string_lossy().into_owned(),
                    "plan.docx" | "plan.pdf" => format!("corpus/02-posy/{word}"),
                    "plans/" => "corpus/02-posy".to_owned(),
                    word => word.to_owned(),
                }
            })
            .collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let ran = run(&arguments);
        assert!(ran.code == 0 || ran.code == 1, "README: {line}\n{}{}", ran.out, ran.err);
        assert!(!ran.out.is_empty() || line.contains(" -o "), "README: {line} prints nothing");
    }
}
