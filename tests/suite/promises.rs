//! What `SECURITY.md` promises, from outside: no network, nothing left behind, whole files or none, no steering of terminals.

use ehcp_lint::{Access, Detail, EXTRACT_WRITERS, Entry, Failure, Look, Rules, Run, WRITERS, lint};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const PLAN: &str = "corpus/02-posy/plan.docx";
const PDF: &str = "corpus/02-posy/plan.pdf";
const SCAN: &str = "tests/fixtures/scan-one-page.pdf";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn program() -> PathBuf {
    assert_cmd::cargo::cargo_bin("ehcp-lint")
}

fn ran(arguments: &[&str]) -> Output {
    Command::new(program()).current_dir(root()).args(arguments).output().expect("the program ran")
}

fn said(output: &Output) -> String {
    let all = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The calls to the network that a command and everything it starts make; `None` where strace is not there to tell.
fn network_calls(command: &[&str]) -> Option<Vec<String>> {
    let log = tempfile::NamedTempFile::new().expect("a file");
    let traced = Command::new("strace")
        .current_dir(root())
        .args(["-f", "-qq", "-e", "trace=%network", "-o"])
        .arg(log.path())
        .args(command)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    traced.ok()?;
    let log = fs::read_to_string(log.path()).expect("a log");
    let calls =
        log.lines().filter(|line| ["socket(", "connect(", "sendto(", "bind("].iter().any(|call| line.contains(call)));
    Some(calls.map(str::to_owned).collect())
}

/// The control comes first: the same watching sees a program that does open a socket.
#[test]
fn no_socket_is_opened() {
    let control = network_calls(&["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/9"]);
    let Some(control) = control.filter(|calls| !calls.is_empty()) else {
        eprintln!("SKIPPED: strace or bash is not installed, so nobody watched for sockets");
        assert!(std::env::var_os("EHCP_LINT_STRACE").is_none(), "strace was to be there");
        return;
    };
    assert!(control.iter().any(|call| call.contains("socket(")), "{control:?}");
    let program = program();
    let program = program.to_str().expect("a path");
    for arguments in [
        &["check", PLAN, PDF, "corpus/broken/noise.pdf", "--format", "json"][..],
        &["extract", PDF],
        &["check", "--ocr", SCAN],
        &["rules", "list"],
    ] {
        let command: Vec<&str> = std::iter::once(program).chain(arguments.iter().copied()).collect();
        let mut calls = network_calls(&command).expect("strace was there before");
        if arguments.contains(&"--ocr") {
            // Tesseract's own libraries ask the daemon of this computer that knows its users.
            calls.retain(|call| !call.contains("AF_UNIX") && !call.contains("/nscd/"));
        }
        assert_eq!(calls, Vec::<String>::new(), "{arguments:?}");
    }
}

#[test]
fn nothing_is_left_behind() {
    let temporary = tempfile::tempdir().expect("a folder");
    let out = tempfile::tempdir().expect("a folder");
    let report = out.path().join("report.json");
    for arguments in [
        &[
            "check",
            PLAN,
            PDF,
            "corpus/broken/truncated.pdf",
            "--format",
            "json",
            "-o",
            report.to_str().expect("a path"),
        ][..],
        &["extract", PDF],
        &["check", "--ocr", SCAN],
    ] {
        let mut command = Command::new(program());
        let environment = ["TMPDIR", "TMP", "TEMP"].map(|name| (name, temporary.path()));
        command.current_dir(root()).args(arguments).envs(environment).output().expect("the program ran");
        assert_eq!(fs::read_dir(temporary.path()).expect("the folder").count(), 0, "{arguments:?}");
    }
    let left: Vec<_> =
        fs::read_dir(out.path()).expect("the folder").map(|entry| entry.expect("one").file_name()).collect();
    assert_eq!(left, ["report.json"]);
}

/// A file without an end, and one that is gone before it is read.
#[cfg(unix)]
#[test]
fn what_has_no_end_or_is_gone_is_said() {
    let output = ran(&["check", "/dev/zero"]);
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert!(said(&output).contains("larger than 256 megabytes"), "{}", said(&output));
    let folder = tempfile::tempdir().expect("a folder");
    std::os::unix::fs::symlink("gone.docx", folder.path().join("link.docx")).expect("linked");
    fs::copy(root().join(PLAN), folder.path().join("plan.docx")).expect("copied");
    let pipe = Command::new("mkfifo").arg(folder.path().join("pipe.pdf")).status();
    assert!(pipe.is_ok_and(|status| status.success()), "no pipe was made");
    let output = ran(&["check", &folder.path().to_string_lossy(), "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let paths: Vec<_> =
        json["documents"].as_array().expect("documents").iter().map(|document| &document["error"]).collect();
    assert_eq!(paths, [&serde_json::Value::Null], "{json}");
}

/// By its own name, round a corner, and through links of both kinds.
#[test]
fn a_plan_is_never_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let plan = path("plan.docx");
    fs::copy(root().join(PLAN), &plan).expect("copied");
    fs::create_dir(path("below")).expect("made");
    fs::hard_link(&plan, path("hard.docx")).expect("linked");
    let mut names = vec![plan.clone(), path("below/../plan.docx"), path("hard.docx")];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&plan, path("soft.docx")).expect("linked");
        names.push(path("soft.docx"));
    }
    let before = fs::read(&plan).expect("the plan");
    for name in names {
        let output = ran(&["check", &plan, "--format", "json", "-o", &name]);
        assert_eq!(output.status.code(), Some(2), "{name}: {}", said(&output));
        assert!(said(&output).contains("A plan is never written over"), "{name}: {}", said(&output));
        assert!(fs::read(&plan).expect("the plan") == before, "{name}");
    }
}

#[test]
fn what_cannot_be_written_is_said_and_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    fs::write(&file, "kept").expect("written");
    for (name, words) in
        [("file/report.json", "folder"), ("nowhere/report.json", "folder"), (".", "could not be written")]
    {
        let path = folder.path().join(name);
        let output = ran(&["check", PLAN, "--format", "json", "-o", &path.to_string_lossy()]);
        assert_eq!(output.status.code(), Some(2), "{name}: {}", said(&output));
        assert!(said(&output).contains(words), "{name}: {}", said(&output));
    }
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1);
    assert_eq!(fs::read(&file).expect("the file"), b"kept");
}

/// A full disk, as a limit on the size of files, and as the device that is always full.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_report() {
    use std::os::unix::fs::FileTypeExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let report = folder.path().join("report.json");
    fs::write(&report, "old").expect("written");
    let script = r#"trap "" XFSZ; ulimit -f 8; exec "$0" check "$1" --format json -o "$2""#;
    let output = Command::new("/bin/sh")
        .current_dir(root())
        .args(["-c", script])
        .args([program().as_path(), Path::new(PLAN), report.as_path()])
        .output()
        .expect("the shell ran");
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("could not be written"), "{}", said(&output));
    assert_eq!(fs::read(&report).expect("the report"), b"old");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1);
    for arguments in [&["check", PLAN, "--format", "json", "-o", "/dev/full"][..], &["check", PLAN, "--format", "json"]]
    {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("the device");
        let output = Command::new(program()).current_dir(root()).args(arguments).stdout(full).output();
        let output = output.expect("the program ran");
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains("no space left"), "{}", said(&output));
    }
    assert!(fs::metadata("/dev/full").expect("the device").file_type().is_char_device(), "a device was replaced");
}

/// Whether this user may mount something where only he sees it; says so where not.
#[cfg(target_os = "linux")]
pub(crate) fn can_mount() -> bool {
    let able = Command::new("unshare").args(["-rm", "true"]).stderr(Stdio::null()).status();
    let able = able.is_ok_and(|status| status.success());
    if !able {
        eprintln!("SKIPPED: unshare -rm is not to be had here, so nothing was mounted");
        assert!(std::env::var_os("EHCP_LINT_UNSHARE").is_none(), "unshare was to be there");
    }
    able
}

/// A disk that can only be read, and a folder in which the user may not write: one line says so, and nothing is left.
#[cfg(target_os = "linux")]
#[test]
fn where_nothing_may_be_written_it_is_said_and_nothing_is_left() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    fs::create_dir_all(out.join("in")).expect("a folder");
    fs::write(out.join("report.json"), "old").expect("written");
    for name in ["a.docx", "b.docx"] {
        fs::copy(root().join(PLAN), out.join("in").join(name)).expect("copied");
    }
    let read_only = r#"mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" || exit 99; shift; exec "$0" "$@""#;
    let nobody = r#"shift; exec setpriv --reuid 65534 --regid 65534 --clear-groups "$0" "$@""#;
    let program = program();
    let by_mode = Command::new("/bin/sh")
        .args(["-c", nobody])
        .args([program.as_path(), &out, Path::new("--version")])
        .current_dir("/")
        .output()
        .expect("the shell ran");
    let mut ways: Vec<(Vec<&str>, &str)> = Vec::new();
    if can_mount() {
        ways.push((vec!["unshare", "-rm", "/bin/sh", "-c", read_only], "read-only file system"));
    }
    if by_mode.status.success() {
        ways.push((vec!["/bin/sh", "-c", nobody], "permission denied"));
    } else {
        eprintln!("SKIPPED: the program cannot be run as nobody here: {}", said(&by_mode));
    }
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("open to all");
    fs::set_permissions(&out, fs::Permissions::from_mode(0o555)).expect("closed");
    let (plan, plans) = (out.join("in/a.docx"), out.join("in"));
    let (plan, plans) = (plan.to_str().expect("a path"), plans.to_str().expect("a path"));
    for (way, why) in ways {
        for (command, name) in [
            (vec!["check", plan], "report.json"),
            (vec!["check", plans], "report.html"),
            (vec!["extract", plan], "plan.txt"),
            (vec!["annotate", plan], "copy.docx"),
            (vec!["letter", plan, "--stage", "draft"], "letter.docx"),
            (vec!["schedule", plan], "schedule.xlsx"),
            (vec!["working-document", plan], "working.docx"),
            (vec!["audit", plans], "results"),
        ] {
            let (first, rest) = way.split_first().expect("a program");
            let output = Command::new(first)
                .args(rest)
                .args([program.as_path(), &out])
                .args(&command)
                .arg("-o")
                .arg(out.join(name))
                .current_dir("/")
                .output()
                .expect("it ran");
            assert_eq!(output.status.code(), Some(2), "{command:?}: {}", said(&output));
            assert!(said(&output).contains(&format!("could not be written: {why}")), "{command:?}: {}", said(&output));
            let mut left: Vec<_> =
                fs::read_dir(&out).expect("the folder").flatten().map(|one| one.file_name()).collect();
            left.sort();
            assert_eq!(left, ["in", "report.json"], "{command:?}");
        }
    }
    fs::set_permissions(&out, fs::Permissions::from_mode(0o755)).expect("open");
    assert_eq!(fs::read(out.join("report.json")).expect("the report"), b"old");
}

/// Files that vanish or change after they were found, while others are read.
#[cfg(unix)]
#[test]
fn a_file_that_changes_while_others_are_read_is_read_as_it_then_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    // As many pipes as there are processes: each waits at one, until it is opened here.
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let pipes: Vec<PathBuf> = (0..cores).map(|number| path(&format!("0-{number:03}"))).collect();
    let made = Command::new("mkfifo").args(&pipes).status();
    assert!(made.is_ok_and(|status| status.success()), "no pipes were made");
    for name in ["1-gone.docx", "2-cut.docx", "3-other.docx", "4-same.docx"] {
        fs::copy(root().join(PLAN), path(name)).expect("copied");
    }
    let files = ["1-gone.docx", "2-cut.docx", "3-other.docx", "4-same.docx"].map(path);
    let check = Command::new(program())
        .arg("check")
        .args(&pipes)
        .args(&files)
        .args(["--format", "json", "--no-config"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("started");
    // Opening a pipe to write to it waits for whoever reads it.
    let open: Vec<fs::File> =
        pipes.iter().map(|pipe| fs::OpenOptions::new().write(true).open(pipe).expect("a pipe")).collect();
    fs::remove_file(path("1-gone.docx")).expect("removed");
    let half = fs::read(path("2-cut.docx")).expect("a plan");
    fs::write(path("2-cut.docx"), &half[..half.len() / 2]).expect("cut");
    fs::copy(root().join("corpus/22-nell/plan.docx"), path("3-other.docx")).expect("copied");
    drop(open);
    let output = check.wait_with_output().expect("ended");
    assert_eq!(output.status.code(), Some(3));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let documents = &json["documents"].as_array().expect("documents")[cores..];
    let error = |at: usize| documents[at]["error"]["message"].as_str().unwrap_or_default().to_owned();
    assert!(error(0).contains("could not be opened"), "{}", error(0));
    assert!(error(1).contains("damaged"), "{}", error(1));
    let alone = |plan: &str| -> serde_json::Value {
        let output = ran(&["check", plan, "--format", "json", "--no-config"]);
        serde_json::from_slice(&output.stdout).expect("JSON")
    };
    for (at, plan) in [(2, "corpus/22-nell/plan.docx"), (3, PLAN)] {
        assert!(documents[at]["findings"] == alone(plan)["documents"][0]["findings"], "{plan}");
    }
}

/// Killed with no chance to say so, a command leaves no process that goes on and writes its report.
#[cfg(target_os = "linux")]
#[test]
fn a_command_that_is_killed_takes_its_processes_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("pipe.txt");
    assert!(Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()), "no pipe was made");
    let report = folder.path().join("report.json");
    for more in [None, Some(PLAN)] {
        let mut child = Command::new(program())
            .current_dir(root())
            .arg("check")
            .arg(&pipe)
            .args(more)
            .arg("-o")
            .arg(&report)
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        // Open, so that the process that reads is there.
        let mut open = fs::OpenOptions::new().write(true).open(&pipe).expect("the pipe");
        child.kill().expect("killed");
        child.wait().expect("ended");
        let end = std::time::Instant::now() + std::time::Duration::from_secs(20);
        let mut gone = false;
        while !gone && std::time::Instant::now() < end {
            // Writing to a pipe that nobody reads is an error.
            gone = std::io::Write::write_all(&mut open, b"# Section F\n\n").is_err();
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        assert!(gone, "{more:?}: the process that reads is still there");
        assert!(!report.exists(), "{more:?}");
    }
}

/// Killed at any moment, there is a whole report or none.
#[cfg(unix)]
#[test]
fn a_run_that_is_killed_leaves_a_whole_report_or_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = folder.path().join("report.json");
    let mut whole = 0;
    for milliseconds in [1, 20, 60, 150, 300, 600, 20_000] {
        let _ = fs::remove_file(&report);
        let mut child = Command::new(program())
            .current_dir(root())
            .args(["check", PLAN, PDF, "--format", "json", "-o"])
            .arg(&report)
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        let end = std::time::Instant::now() + std::time::Duration::from_millis(milliseconds);
        while std::time::Instant::now() < end && child.try_wait().expect("a child").is_none() {
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        let _ = child.kill();
        let _ = child.wait();
        if let Ok(text) = fs::read_to_string(&report) {
            serde_json::from_str::<serde_json::Value>(&text).expect("a whole report");
            whole += 1;
        }
    }
    assert!(whole > 0, "no run was long enough to write its report");
}

/// The same in the names of files, which somebody else chose too: on both outputs, in every format, and in an audit's tables.
#[cfg(unix)]
#[test]
fn no_name_of_a_file_steers_a_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let plans = folder.path().join("plans");
    fs::create_dir(&plans).expect("a folder");
    let name = "\u{1b}[31mred\u{7} \u{9b}1m \u{202e}turned\nnew <script>";
    fs::copy(root().join(PLAN), plans.join(format!("{name}.docx"))).expect("copied");
    fs::write(plans.join(format!("{name}.pdf")), b"%PDF-1.7 nothing").expect("written");
    // Opens, and cannot be read: the message names it.
    std::os::unix::fs::symlink("/proc/self/mem", plans.join(format!("{name}-memory.pdf"))).expect("linked");
    fs::copy(
        root().join(PLAN),
        plans.join(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(b"no text \xff\xfe.docx")),
    )
    .expect("copied");
    let out = |name: &str| folder.path().join(name);
    let mut check = Command::new(program());
    check.arg("check").arg(&plans).args(["--format", "plain", "--color", "never"]);
    let mut outputs = vec![check.output().expect("the program ran")];
    for writer in WRITERS.iter().filter(|writer| writer.name != "pretty") {
        let mut check = Command::new(program());
        check.arg("check").arg(&plans).args(["--format", writer.name, "-o"]).arg(out(writer.name));
        outputs.push(check.output().expect("the program ran"));
    }
    let mut audit = Command::new(program());
    outputs.push(audit.arg("audit").arg(&plans).arg("-o").arg(out("audit")).output().expect("the program ran"));
    let mut texts: Vec<(String, Vec<u8>)> = Vec::new();
    for output in outputs {
        assert_eq!(output.status.code(), Some(3), "{}", said(&output));
        texts.push(("an output".to_owned(), [output.stdout, output.stderr].concat()));
    }
    for writer in WRITERS.iter().filter(|writer| writer.name != "pretty") {
        texts.push((writer.name.to_owned(), fs::read(out(writer.name)).expect("a report")));
    }
    for name in ["plans.csv", "identifiers.csv", "dashboard.html", "run.json"] {
        texts.push((name.to_owned(), fs::read(out("audit").join(name)).expect("a result")));
    }
    assert!(texts.iter().any(|(_, text)| String::from_utf8_lossy(text).contains("red")), "no name is shown at all");
    for (what, text) in texts {
        let text = String::from_utf8(text).expect("UTF-8");
        let steers = |c: char| (c.is_control() && !"\r\n".contains(c)) || matches!(c, '\u{202a}'..='\u{202e}');
        assert!(!text.contains(steers), "{what}: {:?}", text.split(steers).next().map(str::len));
        assert!(!what.ends_with("html") || !text.contains("<script"), "{what}");
    }
}

/// Escapes, single-byte escapes and marks that turn the direction, in the words, a heading, a cell and a path.
#[test]
fn no_text_of_a_plan_steers_a_terminal() {
    const HOSTILE: &str = "Final Education, Health and Care Plan\n\n# Section B: Needs \u{1b}]0;title\u{7}\n\nSam \u{9b}31m needs \
        \u{202e}pleh\u{202c} with \u{2066}reading\u{2069}.\n\n# Section F: Provision\n\nSam will have access to \u{1b}[2J support \
        as \u{9d}required\u{9c}.\n\n| By whom\u{8} | How often |\n|---|---|\n| a \u{90}TA | as \u{200f}needed\u{7f} |\n";
    let rules = Rules::built_in();
    let bytes = HOSTILE.as_bytes();
    let outcome = lint(bytes, &Access::default(), &rules).map_err(|error| Failure::of(&error));
    assert!(outcome.as_ref().is_ok_and(|report| !report.findings.is_empty()));
    let run = Run { entries: vec![Entry::new("pl\u{1b}[2J\u{202e}an.txt", bytes, outcome)] };
    let mut texts = 0;
    for writer in WRITERS.iter().chain(EXTRACT_WRITERS) {
        if !writer.media_type.starts_with("text/") {
            continue;
        }
        texts += 1;
        for detail in [Detail::Less, Detail::Usual, Detail::More] {
            let written = writer.write(&run, &Look { detail, ..Look::PLAIN });
            let text = String::from_utf8(written).expect("UTF-8");
            let turns =
                |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
            let steering = text.chars().find(|&c| (c.is_control() && !matches!(c, '\n' | '\r')) || turns(c));
            assert_eq!(steering, None, "{} at {detail:?}", writer.name);
        }
    }
    assert!(texts >= 4, "only {texts} writers of text");
}
