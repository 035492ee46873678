//! Packages that are unusual, broken, hostile or something else.

use super::fixture::{part, zipped};
use super::{Fixture, check, read, show};
use crate::extract::ExtractError;
use crate::extract::docx::FORMAT;

const BODY: &str = "<w:p><w:r><w:t>text \u{e9}</w:t></w:r></w:p>";

fn document() -> String {
    part("document", &format!("<w:body>{BODY}</w:body>"))
}

#[test]
fn goes_by_namespace_and_not_by_prefix() {
    let strict = document().replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    );
    let other = document().replace("<w:", "<ns0:").replace("</w:", "</ns0:").replace("xmlns:w=", "xmlns:ns0=");
    let none = document().replace("<w:", "<").replace("</w:", "</").replace("xmlns:w=", "xmlns=");
    for xml in [strict, other, none] {
        check(Fixture::document(xml), "p text \u{e9}");
    }
}

#[test]
fn reads_other_encodings() {
    let xml = document();
    let utf16 = format!("\u{feff}{}", xml.replace("UTF-8", "UTF-16"))
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect::<Vec<u8>>();
    check(Fixture::document(utf16), "p text \u{e9}");
    check(Fixture::document(format!("\u{feff}{xml}")), "p text \u{e9}");
    let latin =
        xml.replace("UTF-8", "ISO-8859-1").chars().map(|c| u8::try_from(c).expect("Latin-1")).collect::<Vec<u8>>();
    check(Fixture::document(latin), "p text \u{e9}");
}

#[test]
fn finds_the_main_part() {
    check(Fixture::body(BODY).main("Plan/Main Part.xml"), "p text \u{e9}");
    let mut backslashes = Fixture::body(BODY);
    backslashes.backslashes = true;
    check(backslashes, "p text \u{e9}");
    let bare = [("word/document.xml".to_owned(), document().into_bytes())];
    assert_eq!(show(&read(&zipped(&bare)).expect("readable")), "p text \u{e9}");
    let list = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Override PartName='/x.xml' \
                 ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/></Types>";
    let typed = [("[Content_Types].xml".to_owned(), list.into()), ("x.xml".to_owned(), document().into_bytes())];
    assert_eq!(show(&read(&zipped(&typed)).expect("readable")), "p text \u{e9}");
}

#[test]
fn reads_a_package_with_bytes_in_front() {
    let list = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>";
    let parts =
        [("[Content_Types].xml".to_owned(), list.into()), ("word/document.xml".to_owned(), document().into_bytes())];
    let bytes = [&b"\r\n\r\n"[..], &zipped(&parts)].concat();
    assert_eq!(show(&read(&bytes).expect("readable")), "p text \u{e9}");
    assert!(!(FORMAT.sniff)(b"Words about PK\x03\x04 and PK\x05\x06"));
}

#[test]
fn goes_on_without_broken_parts() {
    for role in ["styles", "numbering", "footnotes", "endnotes"] {
        let expected = format!("p text \u{e9}\ngap PartDamaged({role:?})");
        check(Fixture::body(BODY).related("x", role, "<w:broken"), &expected);
        check(Fixture::body(BODY).related("x", role, "<other/>"), &expected);
    }
    let section = "<w:sectPr><w:headerReference r:id='h'/></w:sectPr>";
    check(
        Fixture::body(&format!("{BODY}{section}")).related("h", "header", "<w:hdr"),
        "p text \u{e9}\ngap PartDamaged(\"header or footer\")",
    );
}

#[test]
fn survives_elements_without_values() {
    let body = "<w:p><w:pPr><w:pStyle/><w:numPr><w:ilvl/><w:numId w:val=''/></w:numPr><w:jc/><w:outlineLvl w:val='x'/></w:pPr>\
                <w:r><w:rPr><w:highlight/><w:sz w:val='11pt'/><w:rStyle/></w:rPr><w:t>text</w:t><w:sym/><w:fldChar/>\
                <w:footnoteReference/></w:r></w:p><w:altChunk/><w:sectPr><w:headerReference/></w:sectPr>";
    check(Fixture::body(body), "p text");
}

fn damaged(fixture: Fixture) {
    assert!(matches!(read(&fixture.build()), Err(ExtractError::Damaged { .. })));
}

#[test]
fn refuses_damaged_main_parts() {
    let xml = document();
    for end in ["</w:p>", "</w:t>", "</w:body>", "</w:document>"] {
        let cut = xml.split(end).next().expect("a first piece");
        damaged(Fixture::document(cut));
    }
    damaged(Fixture::document(""));
    damaged(Fixture::document(xml.replace("</w:r>", "")));
    damaged(Fixture::document(xml.replace("w:document", "w:styles")));
    damaged(Fixture::document(xml.replace("?>", "?><!DOCTYPE x [<!ENTITY a 'aaaa'>]>")));
    damaged(Fixture::document(b"\xE9".to_vec()));
}

#[test]
fn refuses_damaged_packages() {
    let bytes = Fixture::body(BODY).build();
    for length in [4, 40, bytes.len() / 2, bytes.len() - 30] {
        assert!(matches!(read(&bytes[..length]), Err(ExtractError::Damaged { .. })), "cut at {length}");
    }
    // Every byte in turn: whatever comes of it, it is no panic.
    let mut changed = bytes.clone();
    for at in 0..bytes.len() {
        changed[at] ^= 0x55;
        if changed.starts_with(b"PK\x03\x04") {
            let _ = read(&changed).map(|document| show(&document));
        }
        changed[at] ^= 0x55;
    }
    assert_eq!(changed, bytes);
}

#[test]
fn refuses_what_is_too_deep_or_too_large() {
    let deep = |times: usize| {
        format!("{}{BODY}{}", "<w:tbl><w:tr><w:tc>".repeat(times), "</w:tc></w:tr></w:tbl>".repeat(times))
    };
    assert!(read(&Fixture::body(&deep(300)).build()).is_ok());
    assert!(matches!(read(&Fixture::body(&deep(1500)).build()), Err(ExtractError::TooLarge { .. })));
    let bomb = vec![b' '; (64 << 20) + 1];
    assert!(matches!(read(&Fixture::document(bomb).build()), Err(ExtractError::TooLarge { .. })));
    let many: Vec<(String, Vec<u8>)> = (0..10_001).map(|at| (format!("{at}"), Vec::new())).collect();
    assert!(matches!(read(&zipped(&many)), Err(ExtractError::TooLarge { .. })));
}

#[test]
fn names_what_is_no_word_document() {
    for (name, content, expected) in [
        ("xl/workbook.xml", "", "a spreadsheet (.xlsx)"),
        ("ppt/presentation.xml", "", "a presentation (.pptx)"),
        ("mimetype", "application/epub+zip", "an e-book (.epub)"),
        ("mimetype", "application/vnd.oasis.opendocument.text", "an OpenDocument file"),
        ("plan.pdf", "", "a ZIP archive and no Word document"),
    ] {
        match read(&zipped(&[(name.to_owned(), content.into())])) {
            Err(ExtractError::Relative { what, .. }) => assert_eq!(what, expected),
            other => panic!("{name}: {other:?}"),
        }
    }
    let flat = b"<?xml version='1.0'?><pkg:package xmlns:pkg='http://schemas.microsoft.com/office/2006/xmlPackage'/>";
    assert!(matches!(read(flat), Err(ExtractError::Relative { what: "a Word XML document (.xml)", .. })));
}

#[test]
fn says_when_there_is_no_text() {
    let blank = read(&Fixture::body("<w:p/>").build());
    assert!(matches!(blank, Err(ExtractError::NoText { what: "its pages are blank", .. })));
    let picture = "<w:p><w:r><w:drawing><wp:inline><wp:extent cx='9000000' cy='9000000'/><pic:pic/></wp:inline></w:drawing></w:r></w:p>";
    let scan = read(&Fixture::body(picture).build());
    assert!(matches!(scan, Err(ExtractError::NoText { what: "it holds only pictures", .. })));
}
