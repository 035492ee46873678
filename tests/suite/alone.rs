//! One process or two: a small Word or text file gives the same report, notes and exit status, whoever reads it.

use std::fs;
use std::path::Path;
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Status, standard output, standard error.
fn outcome(arguments: &[&str]) -> (Option<i32>, Vec<u8>, Vec<u8>) {
    let output = Command::new(assert_cmd::cargo::cargo_bin("ehcp-lint"))
        .current_dir(root())
        .args(arguments)
        .output()
        .expect("the program ran");
    (output.status.code(), output.stdout, output.stderr)
}

fn check(path: &Path) {
    let path = path.to_str().expect("a path");
    for command in [&["check", path][..], &["check", path, "--format", "json"], &["extract", path]] {
        let apart = [&["--apart"], command].concat();
        assert!(outcome(command) == outcome(&apart), "{command:?}");
    }
}

#[test]
fn who_reads_a_file_does_not_show() {
    check(&root().join("corpus/02-posy/plan.docx"));
    let broken = fs::read_dir(root().join("corpus/broken")).expect("a folder").map(|entry| entry.expect("one").path());
    let words: Vec<_> = broken.filter(|path| path.extension().is_some_and(|ending| ending != "pdf")).collect();
    assert!(words.len() > 2, "{words:?}");
    for path in words {
        check(&path);
    }
}

/// Long enough that the first process gives the file to another, at least where tests run slowly.
#[test]
fn a_long_text_is_read_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("long.txt");
    let statement = "The child will have access to support as needed, and opportunities as appropriate.";
    fs::write(&path, format!("Section F\n\n{}", [statement; 600].join("\n\n"))).expect("written");
    check(&path);
}

/// `-` is standard input, whatever files there are.
#[test]
fn a_file_called_dash_is_not_taken_for_standard_input() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("-"), "Section F\n\nWords of the file.").expect("written");
    let mut command = assert_cmd::Command::cargo_bin("ehcp-lint").expect("the program");
    let command =
        command.current_dir(folder.path()).args(["extract", "-"]).write_stdin("Section F\n\nWords of the pipe.");
    let output = command.output().expect("the program ran");
    assert!(String::from_utf8_lossy(&output.stdout).contains("Words of the pipe."));
}
