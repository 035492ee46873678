//! Where the words of a document stand in its file.

use super::{Fixture, read};
use crate::document::Document;
use crate::extract::docx::encoding::Written;
use quick_xml::escape::unescape;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The bytes of a part, unpacked and in UTF-8.
fn part(file: &[u8], name: &str) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(file)).expect("a package");
    let mut bytes = Vec::new();
    archive.by_name(name).expect("a part of that name").read_to_end(&mut bytes).expect("unpacks");
    Written::read(bytes).expect("Unicode").text.into_bytes()
}

/// Each source of a document as `words=bytes`, the bytes as they stand in the part; in brackets where they stand in for the words.
fn show(file: &[u8], document: &Document) -> String {
    let mut shown = Vec::new();
    for source in document.sources().iter() {
        let bytes = part(file, source.part)[source.bytes.clone()].to_vec();
        let bytes = String::from_utf8(bytes).expect("whole characters");
        let words = document.slice(source.span);
        if source.literal {
            assert_eq!(unescape(&bytes).expect("only references of XML"), words);
            shown.push(format!("{words}={bytes}"));
        } else {
            shown.push(format!("{words}=[{bytes}]"));
        }
    }
    shown.join("|")
}

fn check(fixture: Fixture, expected: &str) {
    let file = fixture.build();
    assert_eq!(show(&file, &read(&file).expect("readable")), expected);
}

const BODY: &str =
    "<w:p><w:r><w:t xml:space='preserve'>  Speech &amp; lan</w:t></w:r><w:r><w:t>gu&#228;ge </w:t></w:r></w:p>";

#[test]
fn words_stand_where_they_were_read() {
    check(Fixture::body(BODY), "Speech =Speech |&=&amp;| lan= lan|gu=gu|\u{e4}=&#228;|ge=ge");
}

#[test]
fn elements_stand_in_for_what_they_print() {
    check(
        Fixture::body(
            "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>\u{f0fc} b</w:t><w:sym w:font='Wingdings' w:char='F0FE'/></w:r></w:p>",
        ),
        "a=a|\t=[<w:tab/>]|\u{2713} b=[\u{f0fc} b]|\u{2611}=[<w:sym w:font='Wingdings' w:char='F0FE'/>]",
    );
}

#[test]
fn a_byte_order_mark_counts() {
    let xml = super::fixture::part("document", &format!("<w:body>{BODY}</w:body>"));
    check(Fixture::document(format!("\u{feff}{xml}")), "Speech =Speech |&=&amp;| lan= lan|gu=gu|\u{e4}=&#228;|ge=ge");
    let utf16: Vec<u8> = format!("\u{feff}{xml}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(Fixture::document(utf16), "Speech =Speech |&=&amp;| lan= lan|gu=gu|\u{e4}=&#228;|ge=ge");
}

#[test]
fn parts_have_their_own_names() {
    let p = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
    let body = "<w:p><w:r><w:t>text</w:t><w:footnoteReference w:id='1'/></w:r></w:p><w:altChunk r:id='a'/>\
                <w:sectPr><w:headerReference r:id='h1'/></w:sectPr>";
    let file = Fixture::body(body)
        .main("word/Main.xml")
        .related(
            "footnotes",
            "footnotes",
            super::fixture::part("footnotes", &format!("<w:footnote w:id='1'>{}</w:footnote>", p("note"))),
        )
        .furniture("h1", "hdr", &p("DRAFT"))
        .related("a", "aFChunk", Fixture::body(&p("inserted")).build())
        .build();
    let document = read(&file).expect("readable");
    let found: Vec<(&str, &str)> =
        document.sources().iter().map(|source| (document.slice(source.span), source.part)).collect();
    assert_eq!(found, [("text", "word/Main.xml"), ("note", "word/footnotes.xml"), ("DRAFT", "word/h1.xml")]);
}

#[test]
fn a_span_has_the_sources_of_its_own_words() {
    let file = Fixture::body(BODY).build();
    let document = read(&file).expect("readable");
    for (words, expected) in [("peech & l", "peech |&| l"), ("guage", ""), ("lan", "lan"), ("u\u{e4}g", "u|\u{e4}|g")] {
        let span =
            document.text().find(words).map_or_else(crate::text::Span::default, |at| (at..at + words.len()).into());
        let found: Vec<&str> = document.sources().of(span).map(|source| document.slice(source.span)).collect();
        assert_eq!(found.join("|"), expected);
        for source in document.sources().of(span).filter(|source| source.literal) {
            let bytes = part(&file, source.part)[source.bytes.clone()].to_vec();
            assert_eq!(unescape(&String::from_utf8_lossy(&bytes)).expect("references"), document.slice(source.span));
        }
    }
}

#[test]
fn debug_holds_no_word() {
    let document = read(&Fixture::body(BODY).build()).expect("readable");
    let shown = format!("{:?} {document:?}", document.sources());
    assert!(shown.starts_with("Sources { parts: 1, pieces: 6 }") && !shown.contains("Speech"), "{shown}");
}
