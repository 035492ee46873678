//! What cannot be read, and what is locked: the report says what the file is, why it was not read, and what to do.

use ehcp_lint::{Access, ExtractError, Failure, extract};
use std::fs;
use std::path::Path;

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("a file of ours")
}

fn read(bytes: &[u8], password: &str) -> Result<String, ExtractError> {
    let access = Access { password: Some(password.to_owned()).filter(|given| !given.is_empty()), ..Access::default() };
    extract(bytes, &access).map(|document| document.text().to_owned())
}

/// The message and the help for these bytes hold these words.
fn check(name: &str, expected: &[&str]) {
    let error = extract(&fixture(name), &Access::default()).expect_err(name);
    let Failure { message, help } = Failure::of(&error);
    let said = format!("{message} {help}");
    for words in expected {
        assert!(said.contains(words), "{name}: {said}");
    }
    assert!(!help.is_empty() && message.ends_with('.') && help.ends_with('.'), "{name}: {said}");
}

#[test]
fn files_that_cannot_be_read_are_named() {
    check("corpus/broken/empty.pdf", &["empty", "downloaded"]);
    check("corpus/broken/noise.docx", &["Word file is damaged", "half a download"]);
    check("corpus/broken/truncated.pdf", &["PDF file is damaged"]);
    check("corpus/broken/picture.png", &["a picture", "the Word file", "--ocr"]);
    check(
        "corpus/broken/scanned-plan.pdf",
        &["This PDF is a scan", "every page is a picture", "the Word file", "tesseract", "--ocr"],
    );
    check("corpus/broken/zip-without-document.docx", &["ZIP archive", "Unpack it"]);
    check("tests/fixtures/locked-agile.docx", &["Word file is locked with a password", "--password", "the council"]);
    check("tests/fixtures/locked.pdf", &["PDF file is locked with a password", "--password", "the council"]);
}

/// A form whose pages only say that another program is needed, and a form with words on its page.
#[test]
fn a_form_that_only_adobe_can_show_is_named() {
    let form = |words: &str| {
        let content = format!("BT /F1 12 Tf 50 700 Td ({words}) Tj ET");
        format!(
            "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/AcroForm<</XFA(x)/Fields[]>>>>endobj\n\
             2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
             3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 5 0 R/Resources<</Font<</F1 4 0 R>>>>>>endobj\n\
             4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n\
             5 0 obj<</Length {}>>stream\n{content}\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
            content.len()
        )
    };
    let document = |words: &str| extract(form(words).as_bytes(), &Access::default()).expect("words");
    let gaps = |words: &str| document(words).gaps().len();
    assert_eq!(gaps("Please wait. If this message stays, get Adobe Reader."), 1);
    assert_eq!(gaps("Sam will have an hour of therapy each week."), 0);
}

/// Locked by four programs in four ways: Word's ways since 2010 and of 2007, that of `LibreOffice`, and a PDF with AES.
#[test]
fn a_password_opens_what_it_locks() {
    for (name, password) in [
        ("tests/fixtures/locked-agile.docx", "Sesam\u{e9} 1"),
        ("tests/fixtures/locked-standard.docx", "Sesam\u{e9} 1"),
        ("tests/fixtures/locked-libreoffice.docx", "Sesam\u{e9} 1"),
        ("tests/fixtures/locked.pdf", "Sesame 1"),
    ] {
        let bytes = fixture(name);
        let text = read(&bytes, password).expect(name);
        assert!(text.contains("Sam will have access to a speech and language therapist"), "{name}: {text}");
        assert!(matches!(read(&bytes, "sesame 1"), Err(ExtractError::WrongPassword { .. })), "{name}");
        assert!(matches!(read(&bytes, ""), Err(ExtractError::Encrypted { .. })), "{name}");
    }
}

/// Nothing can be put into a locked file, with its password or without: one sentence says what to do, and nothing is written.
#[test]
fn a_locked_file_is_not_annotated() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, password, kind) in [
        ("locked-agile.docx", "Sesam\u{e9} 1", "Word"),
        ("locked-standard.docx", "Sesam\u{e9} 1", "Word"),
        ("locked-libreoffice.docx", "Sesam\u{e9} 1", "Word"),
        ("locked.pdf", "Sesame 1", "PDF"),
        ("pdf/owner-locked.pdf", "", "PDF"),
    ] {
        let copy = folder.path().join("copy").with_extension(Path::new(name).extension().expect("an ending"));
        let (name, copy_name) = (format!("tests/fixtures/{name}"), copy.to_string_lossy().into_owned());
        for more in [&[][..], &["--password", password]] {
            let arguments = [&["annotate", name.as_str(), "-o", copy_name.as_str()], more].concat();
            let says = [
                format!("This {kind} file is locked with a password, and nothing can be put into a locked file"),
                "Save a copy without the password".to_owned(),
            ];
            crate::cli::check(&arguments, 3, &says.each_ref().map(String::as_str));
            assert!(!copy.exists(), "{arguments:?}");
        }
        if !password.is_empty() {
            let arguments = ["annotate", &name, "-o", &copy_name, "--password", "wrong"];
            crate::cli::check(&arguments, 3, &["password that was given does not open"]);
        }
    }
}

/// A lock with every byte of its description changed in turn: an error or the text, and nothing else.
#[test]
fn a_broken_lock_is_an_error() {
    for name in ["locked-agile.docx", "locked-standard.docx", "locked-libreoffice.docx"] {
        let name = &format!("tests/fixtures/{name}");
        let whole = fixture(name);
        for at in (0..whole.len()).step_by(509) {
            let mut bytes = whole.clone();
            bytes[at] ^= 0xff;
            let _ = read(&bytes, "x");
            bytes.truncate(at);
            assert!(read(&bytes, "x").is_err(), "{name} cut at {at}");
        }
    }
}
