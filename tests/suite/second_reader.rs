//! The second reader of PDFs: what only it can read is read, and what breaks it breaks nothing else.

use assert_cmd::Command;
use std::fmt::Write as _;

const WORDS: &str = "BT /F1 0.3 Tf 50 700 Td (Posy will have an hour of speech therapy each week.) Tj ET";

/// A PDF of one page. Its letters are too small for the first reader, not for the second.
fn pdf(resources: &str, content: &str, object: &str) -> Vec<u8> {
    let stream = format!("<</Length {}>>stream\n{content}\nendstream", content.len());
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        &format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>{resources}>>>>"
        ),
        &stream,
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        object,
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut table = "xref\n0 7\n0000000000 65535 f \n".to_owned();
    for (at, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        let _ = write!(file, "{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    let start = file.len();
    let _ = write!(file, "{table}trailer<</Size 7/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
    file.into_bytes()
}

fn ran(arguments: &[&str], input: Vec<u8>) -> (Option<i32>, String) {
    let mut command = Command::cargo_bin("ehcp-lint").expect("the program was built");
    let output = command.args(arguments).write_stdin(input).output().expect("the program ran");
    (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
}

#[test]
fn what_only_the_second_reader_reads_is_read() {
    let file = pdf("", WORDS, "null");
    let (code, json) = ran(&["extract", "-", "--format", "json"], file.clone());
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((code, &json["documents"][0]["reader"]), (Some(0), &serde_json::json!("pdf-extract")), "{json}");
    let (_, text) = ran(&["extract", "-"], file);
    assert!(text.contains("an hour of speech therapy") && text.contains("pdf-extract"), "{text}");
}

#[test]
fn what_breaks_the_second_reader_breaks_nothing_else() {
    let form = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length 5>>stream\n/X Do\nendstream";
    for (resources, before) in [
        // A form that holds itself: a stack overflow.
        ("/XObject<</X 6 0 R>>", "/X Do "),
        // A kind of colour that it does not know: a panic.
        ("/ColorSpace<</C[/Indexed/DeviceRGB 1 <000000ffffff>]>>", "/C cs 0 sc "),
    ] {
        let (code, report) = ran(&["check", "-"], pdf(resources, &format!("{before}{WORDS}"), form));
        assert_eq!(code, Some(3), "{report}");
        assert!(report.contains("There is no text in this PDF file"), "{report}");
    }
}

#[test]
fn nobody_is_shown_the_command_behind_it() {
    for arguments in [&["--help"][..], &["man"], &["completions", "bash"]] {
        let (_, text) = ran(arguments, Vec::new());
        assert!(!text.contains("isolated") && text.contains("extract"), "{arguments:?}");
    }
}
