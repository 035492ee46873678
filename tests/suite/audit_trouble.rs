//! An audit in trouble: what hangs, eats memory, changes or vanishes, a full disk, a kill, and parts that do not fit together.

use crate::cli::{check, ehcp_lint, run};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

pub(crate) struct Home(TempDir);

impl Home {
    pub(crate) fn new() -> Self {
        let home = Self(tempfile::tempdir().expect("a folder"));
        fs::create_dir(home.path("plans")).expect("a folder");
        home
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn text(&self, name: &str) -> String {
        self.path(name).to_string_lossy().into_owned()
    }

    /// Twelve plans whose bytes differ, in the folder `plans`.
    pub(crate) fn twelve_plans(&self) {
        self.copy("02-posy/plan.pdf", "plans/00.pdf");
        let plan = fs::read(self.path("plans/00.pdf")).expect("a plan");
        for copy in 1..12 {
            let copied = [plan.as_slice(), format!("\n% {copy}\n").as_bytes()].concat();
            fs::write(self.path(&format!("plans/{copy:02}.pdf")), copied).expect("written");
        }
    }

    pub(crate) fn copy(&self, from: &str, to: &str) {
        let target = self.path(to);
        fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
        fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(from), target).expect("a plan");
    }

    /// Path to outcome and reason of every file of the results.
    fn outcomes(&self, out: &str) -> BTreeMap<String, (String, String)> {
        let mut reader = csv::Reader::from_path(self.path(out).join("plans.csv")).expect("a table");
        let rows = reader.deserialize().map(|row| row.expect("a row"));
        rows.map(|row: BTreeMap<String, String>| (row["path"].clone(), (row["outcome"].clone(), row["reason"].clone())))
            .collect()
    }

    /// Every row about this file in the tables that hold nothing about others.
    fn rows_about(&self, out: &str, path: &str) -> Vec<String> {
        let plans = fs::read_to_string(self.path(out).join("plans.csv")).expect("a table");
        let plan = plans.lines().find(|line| line.contains(path)).expect("a row").to_owned();
        let id = plan.split(',').next().expect("an id").to_owned();
        let mut rows = vec![plan];
        for table in ["findings", "statements", "identifiers"] {
            let table = fs::read_to_string(self.path(out).join(format!("{table}.csv"))).expect("a table");
            rows.extend(table.lines().filter(|line| line.starts_with(&id)).map(str::to_owned));
        }
        rows
    }
}

fn is(outcome: &str, reason: &str) -> (String, String) {
    (outcome.to_owned(), reason.to_owned())
}

/// A plan whose reading takes long: the time comes from its bytes alone.
fn slow() -> String {
    let mut text = "# Section B\n\n".to_owned();
    for number in 0..40_000 {
        let _ = write!(text, "Sam has difficulty with speech and language as appropriate {number}.\n\n");
    }
    text += "# Section F\n\n";
    for number in 0..40_000 {
        let _ = write!(text, "Sam will have access to speech and language therapy as appropriate {number}.\n\n");
    }
    text
}

/// One that is slow, one that is waited for without end, and one that is gone, each after it was found: they cost themselves,
/// and what is said of the others is what is said of them alone.
#[cfg(unix)]
#[test]
fn what_hangs_and_what_vanishes_is_said_and_costs_nothing_else() {
    let home = Home::new();
    for (from, to) in
        [("02-posy/plan.docx", "c.docx"), ("22-nell/plan.docx", "e.docx"), ("03-ciaran/plan.docx", "g.docx")]
    {
        home.copy(from, &format!("plans/{to}"));
    }
    assert_eq!(run(&["audit", &home.text("plans"), "-o", &home.text("alone"), "--time-limit", "30"]).code, 0);
    fs::write(home.path("plans/a.txt"), slow()).expect("written");
    for name in ["b.docx", "d.docx", "f.docx"] {
        home.copy("02-posy/plan.docx", &format!("plans/{name}"));
    }
    let begin = Instant::now();
    let mut audit = Command::new(env!("CARGO_BIN_EXE_ehcp-lint"))
        .args(["audit", &home.text("plans"), "-o", &home.text("out"), "--time-limit", "2", "--jobs", "1"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("started");
    // The journal is begun when all files were found; the slow one is read first.
    let journal = home.path("out/journal.jsonl");
    while fs::metadata(&journal).map_or(0, |about| about.len()) == 0 {
        assert!(begin.elapsed() < Duration::from_secs(30), "no journal");
        std::thread::sleep(Duration::from_millis(1));
    }
    fs::remove_file(home.path("plans/b.docx")).expect("removed");
    let pipe = Command::new("mkfifo").arg(home.path("plans/b.docx")).status();
    assert!(pipe.is_ok_and(|status| status.success()), "no pipe was made");
    fs::remove_file(home.path("plans/d.docx")).expect("removed");
    home.copy("broken/truncated.docx", "plans/f.docx");
    assert_eq!(audit.wait().expect("ended").code(), Some(3));
    let outcomes = home.outcomes("out");
    for (name, expected) in [
        ("a.txt", is("unread", "timeout")),
        ("b.docx", is("unread", "timeout")),
        ("c.docx", is("read", "")),
        ("d.docx", is("unread", "no-access")),
        ("e.docx", is("read", "")),
        ("f.docx", is("unread", "damaged")),
        ("g.docx", is("read", "")),
    ] {
        assert_eq!(outcomes[name], expected, "{name}");
    }
    for name in ["c.docx", "e.docx", "g.docx"] {
        assert!(home.rows_about("alone", name).len() > 20, "{name}");
        assert_eq!(home.rows_about("alone", name), home.rows_about("out", name), "{name}");
    }
    assert!(begin.elapsed() < Duration::from_mins(1), "a limit of two seconds did not end it");
}

/// A file whose text takes more memory than one plan may have.
#[cfg(target_os = "linux")]
#[test]
fn what_eats_memory_is_said_and_costs_nothing_else() {
    let home = Home::new();
    home.copy("02-posy/plan.docx", "plans/a.docx");
    home.copy("22-nell/plan.docx", "plans/c.docx");
    assert_eq!(run(&["audit", &home.text("plans"), "-o", &home.text("alone"), "--memory-limit", "400"]).code, 0);
    fs::write(home.path("plans/b.txt"), slow().repeat(10)).expect("written");
    let limits = ["--memory-limit", "400", "--time-limit", "300"];
    let plans = home.text("plans");
    let out = home.text("out");
    assert_eq!(run(&[&["audit", &plans, "-o", &out], &limits[..]].concat()).code, 3);
    assert_eq!(home.outcomes("out")["b.txt"], is("unread", "crashed"));
    for name in ["a.docx", "c.docx"] {
        assert_eq!(home.rows_about("alone", name), home.rows_about("out", name), "{name}");
    }
    // The same for `check`, whose processes have what this shell leaves them.
    let script = r#"ulimit -v 400000; exec "$0" check "$1" "$2" "$3" --format json"#;
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", script, env!("CARGO_BIN_EXE_ehcp-lint")]);
    let output =
        shell.args(["a.docx", "b.txt", "c.docx"]).current_dir(home.path("plans")).output().expect("the shell ran");
    assert_eq!(output.status.code(), Some(3));
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let error = found["documents"][1]["error"]["message"].as_str().expect("an error");
    assert!(error.contains("run out of memory"), "{error}");
    let alone = ehcp_lint(&["check", "a.docx", "c.docx", "--format", "json"]).current_dir(home.path("plans")).output();
    let alone: serde_json::Value = serde_json::from_slice(&alone.expect("the program ran").stdout).expect("JSON");
    assert!(found["documents"][0] == alone["documents"][0] && found["documents"][2] == alone["documents"][1]);
}

/// A disk that is full when the journal is written, when the tables are, or at the very end: an error that says so, no results
/// that look whole, and the same results once there is room.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_ends_an_audit_that_can_go_on() {
    if !crate::promises::can_mount() {
        return;
    }
    let home = Home::new();
    for plan in ["02-posy", "22-nell", "03-ciaran", "12-child-r"] {
        home.copy(&format!("{plan}/plan.docx"), &format!("plans/{plan}.docx"));
    }
    assert_eq!(run(&["audit", &home.text("plans"), "-o", &home.text("whole"), "--with-text"]).code, 0);
    fs::create_dir(home.path("disk")).expect("a folder");
    let script = r#"
        mount -t tmpfs -o size="$4"k tmpfs "$2" || exit 99
        "$0" audit "$1" -o "$2/out" -j 1 --with-text; echo "first $?"
        test -e "$2/out/run.json" && echo "looks whole"
        mount -o remount,size=64m "$2" || exit 98
        "$0" audit "$1" -o "$2/out" --resume --with-text >/dev/null; echo "second $?"
        cp -r "$2/out" "$3""#;
    let (mut in_journal, mut in_tables) = (0, 0);
    for size in [48, 120, 240, 480, 800, 1200] {
        let copy = home.path(&format!("copy-{size}"));
        let ran = Command::new("unshare")
            .args(["-rm", "/bin/sh", "-c", script, env!("CARGO_BIN_EXE_ehcp-lint")])
            .args([home.path("plans"), home.path("disk"), copy.clone()])
            .arg(size.to_string())
            .output()
            .expect("unshare ran");
        let all = String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
        let said = all.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(ran.status.success(), "{size}: {said}");
        assert!(said.contains("second 0"), "{size}: {said}");
        assert!(same(&home.path("whole"), &copy), "{size}");
        if said.contains("first 0") {
            continue;
        }
        assert!(said.contains("first 2") && said.contains("could not be written: no space left"), "{size}: {said}");
        assert!(!said.contains("looks whole"), "{size}");
        *(if said.contains("journal.jsonl") { &mut in_journal } else { &mut in_tables }) += 1;
    }
    assert!(in_journal > 0 && in_tables > 0, "{in_journal} in the journal, {in_tables} after it");
}

/// Killed while it gathers, in the moment before the results get their names: it goes on to the same results.
#[cfg(unix)]
#[test]
fn an_audit_that_was_killed_at_its_end_goes_on_to_the_same_results() {
    let home = Home::new();
    for plan in ["02-posy", "22-nell"] {
        home.copy(&format!("{plan}/plan.docx"), &format!("plans/{plan}.docx"));
    }
    let (plans, out) = (home.text("plans"), home.text("out"));
    assert_eq!(run(&["audit", &plans, "-o", &home.text("whole")]).code, 0);
    let mut killed = 0;
    for wait in [0, 5, 10, 20, 40, 80, 160] {
        let _ = fs::remove_dir_all(home.path("out"));
        let mut audit = Command::new(env!("CARGO_BIN_EXE_ehcp-lint"));
        let audit = audit.args(["audit", &plans, "-o", &out]).stdout(Stdio::null()).stderr(Stdio::null());
        let mut audit = audit.spawn().expect("started");
        let part = home.path("out/plans.csv.part");
        while !part.exists() && audit.try_wait().expect("a child").is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_millis(wait));
        audit.kill().expect("killed");
        audit.wait().expect("ended");
        if home.path("out/journal.jsonl").is_file() {
            killed += 1;
            let ran = run(&["audit", &plans, "-o", &out, "--resume"]);
            assert_eq!(ran.code, 0, "{}", ran.err);
        }
        assert!(same(&home.path("whole"), &home.path("out")), "after {wait} ms");
    }
    assert!(killed > 0, "it was never killed in time");
}

/// Ctrl-C: it stops cleanly, says how far it came and how to go on, and goes on to the same results.
#[cfg(unix)]
#[test]
fn an_audit_that_was_interrupted_goes_on_to_the_same_results() {
    let home = Home::new();
    home.twelve_plans();
    let (plans, out) = (home.text("plans"), home.text("out"));
    assert_eq!(run(&["audit", &plans, "-o", &home.text("whole")]).code, 0);
    let audit = Command::new(env!("CARGO_BIN_EXE_ehcp-lint"))
        .args(["audit", &plans, "-o", &out, "--jobs", "1"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    let journal = home.path("out/journal.jsonl");
    let end = Instant::now() + Duration::from_mins(1);
    while fs::read_to_string(&journal).map_or(0, |text| text.lines().count()) < 3 {
        assert!(Instant::now() < end, "the journal does not grow");
        std::thread::sleep(Duration::from_millis(2));
    }
    let interrupted = Command::new("kill").args(["-INT", &audit.id().to_string()]).status().expect("kill");
    assert!(interrupted.success());
    let ended = audit.wait_with_output().expect("ended");
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(130), "{said}");
    assert!(said.contains("of 12 files were read") && said.contains("--resume"), "{said}");
    assert!(!home.path("out/run.json").exists(), "a stopped audit must not look whole");
    assert_eq!(run(&["audit", &plans, "-o", &out, "--resume"]).code, 0);
    assert!(same(&home.path("whole"), &home.path("out")));
}

/// The same files with the same bytes.
pub(crate) fn same(one: &Path, other: &Path) -> bool {
    let files = |folder: &Path| -> BTreeMap<String, Vec<u8>> {
        let entries = fs::read_dir(folder).expect("a folder").flatten();
        entries
            .map(|entry| (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap_or_default()))
            .collect()
    };
    let (one, other) = (files(one), files(other));
    for name in one.keys().chain(other.keys()) {
        assert!(one.get(name) == other.get(name), "{name} differs");
    }
    one.len() > 10
}

#[test]
fn parts_that_were_made_otherwise_are_refused_and_the_difference_is_named() {
    let home = Home::new();
    home.copy("02-posy/plan.docx", "plans/one/plan.docx");
    home.copy("22-nell/plan.docx", "plans/two/plan.docx");
    let part = |of: &str, name: &str, secret: &str, more: &[&str]| {
        let (plans, out) = (home.text(&format!("plans/{of}")), home.text(name));
        assert_eq!(run(&[&["audit", &plans, "-o", &out, "--part", secret], more].concat()).code, 0, "{name}");
    };
    part("one", "a", "s", &[]);
    part("two", "b", "s", &["--select", "vague"]);
    part("two", "c", "t", &["--as-of", "2026-01-01"]);
    part("two", "d", "s", &[]);
    let merge = |other: &str, more: &[&str], code: i32, says: &[&str]| {
        let (one, other, out) = (home.text("a"), home.text(other), home.text("out"));
        check(&[&["audit", "merge", &one, &other, "-o", &out], more].concat(), code, says);
        assert_eq!(home.path("out").exists(), code != 2, "{other}");
    };
    merge("b", &[], 2, &["not made alike", "only these rules (\u{2014}; vague)", "rules in force ("]);
    merge("c", &[], 2, &["judged as of (the date of each plan; 2026-01-01)", "secret words after --part"]);
    merge("d", &["--with-text"], 2, &["hold no words of the plans", "--with-text"]);
    // A part that was stopped has no last line yet.
    let journal = home.path("a/journal.jsonl");
    let whole = fs::read_to_string(&journal).expect("a journal");
    let lines: Vec<&str> = whole.split_inclusive('\n').collect();
    fs::write(&journal, lines[..lines.len() - 1].concat()).expect("written");
    merge("d", &[], 2, &["was not finished", "--resume"]);
    fs::write(&journal, whole).expect("written");
    // Different files of one name: neither is lost.
    merge("d", &[], 0, &["2 plans read", "names begin with that of their part"]);
    let outcomes = home.outcomes("out");
    let names: Vec<&str> = outcomes.keys().filter_map(|name| name.rsplit_once("/plan").map(|(part, _)| part)).collect();
    assert_eq!(names, [home.text("a"), home.text("d")]);
    // What the parts went by stands in what is made of them.
    let facts: serde_json::Value =
        serde_json::from_slice(&fs::read(home.path("out/run.json")).expect("run.json")).expect("JSON");
    assert_eq!(facts["settings"]["parts"], "2");
    assert_eq!(facts["settings"]["only_these_rules"], "\u{2014}");
    let (b, out) = (home.text("b"), home.text("b-alone"));
    check(&["audit", "merge", &b, "-o", &out], 0, &["1 plan read"]);
    let facts: serde_json::Value =
        serde_json::from_slice(&fs::read(home.path("b-alone/run.json")).expect("run.json")).expect("JSON");
    assert_eq!(facts["settings"]["only_these_rules"], "vague");
    assert_eq!(facts["rules"].as_array().expect("rules").len(), 1, "rules that were not in force are listed");
}

/// What was read before a stop, and is gone or was changed since, counts as an audit that was never stopped would count it.
#[test]
fn a_part_that_goes_on_forgets_what_is_gone() {
    let home = Home::new();
    home.copy("02-posy/plan.docx", "plans/a.docx");
    home.copy("22-nell/plan.docx", "plans/b.docx");
    let (plans, part) = (home.text("plans"), home.text("part"));
    let audit = ["audit", &plans, "-o", &part, "--part", "s"];
    assert_eq!(run(&audit).code, 0);
    fs::remove_file(home.path("plans/a.docx")).expect("removed");
    home.copy("03-ciaran/plan.docx", "plans/b.docx");
    assert_eq!(run(&[&audit[..], &["--resume"]].concat()).code, 0);
    check(&["audit", "merge", &part, "-o", &home.text("merged")], 0, &["1 plan read"]);
    assert_eq!(run(&["audit", &plans, "-o", &home.text("whole")]).code, 0);
    for table in ["plans", "findings", "statements", "identifiers", "templates", "repeated", "strangers"] {
        let read = |out: &str| fs::read_to_string(home.path(out).join(format!("{table}.csv"))).expect("a table");
        assert_eq!(read("merged"), read("whole"), "{table}");
    }
}
