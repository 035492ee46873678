//! Tests of comments in Word files, on small packages made in memory: one for each thing that words can stand in.

use super::find::Finder;
use super::outline::Outline;
use super::place::Fit;
use super::splice::{Mark, spliced};
use super::word;
use crate::annotate::annotated::{AnnotateError, Annotated, annotate};
use crate::annotate::remark::Remark;
use crate::extract::fixture::{Fixture, p, part, run, sdt};
use crate::extract::{Access, Package, View, extract};
use crate::plan::Plan;
use crate::report::Report;
use crate::rules::Rules;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The main part with a comment at each of `words`, numbered from 0, and how well each fits. The marks are shown as
/// `[0:` and `:0]`.
fn marked(fixture: Fixture, words: &[&str]) -> (String, Vec<Fit>) {
    let file = fixture.build();
    let document = extract(&file, &Access::default()).expect("readable");
    let mut package = Package::open(&file, View::Accepted).expect("a package");
    let main = package.main_part().expect("a main part");
    let relations = package.relations(&main).expect("relationships");
    let notes = word::notes(&mut package, &relations).expect("notes");
    let text = word::written(&mut package, &main).expect("text");
    let body = &text.text[text.mark()..];
    let outline = Outline::read(body).expect("a Word document");
    let part = package.name(&main).into_owned();
    let finder = Finder { document: &document, outline: &outline, part: &part, begins: text.mark(), notes: &notes };
    let mut marks = Vec::new();
    let mut fits = Vec::new();
    for (id, words) in (0..).zip(words) {
        let at = document.text().find(words).unwrap_or_else(|| panic!("{words} is not in the text"));
        let found = finder.find(&Remark::at((at..at + words.len()).into()));
        fits.push(found.fit);
        marks.push(Mark { id, range: found.range });
    }
    let mut shown = spliced(body, &outline, &marks);
    for mark in &marks {
        let id = mark.id;
        for w in ["w", "x", "main"] {
            let end =
                format!("<{w}:commentRangeEnd {w}:id=\"{id}\"/><{w}:r><{w}:commentReference {w}:id=\"{id}\"/></{w}:r>");
            shown = shown.replace(&end, &format!(":{id}]"));
            shown = shown.replace(&format!("<{w}:commentRangeStart {w}:id=\"{id}\"/>"), &format!("[{id}:"));
        }
    }
    assert!(!shown.contains("commentRange"), "a mark without its other half: {shown}");
    (shown, fits)
}

/// A body with one comment at `words`, shown; the comment fits so.
fn check(body: &str, words: &str, fit: Fit, expected: &str) {
    let (shown, fits) = marked(Fixture::body(body), &[words]);
    let shown = shown.split("<w:body>").nth(1).and_then(|rest| rest.split("</w:body>").next()).unwrap_or_default();
    assert_eq!((shown, fits.as_slice()), (expected, [fit].as_slice()));
}

#[test]
fn words_of_a_run_are_cut_out_with_its_look() {
    let look = "<w:rPr><w:b/></w:rPr>";
    let body = format!("<w:p><w:r w:rsidR='1'>{look}<w:t>They may get help.</w:t></w:r></w:p>");
    let expected = format!(
        "<w:p><w:r w:rsidR='1'>{look}<w:t xml:space=\"preserve\">They </w:t></w:r>[0:<w:r w:rsidR='1'>{look}\
         <w:t xml:space=\"preserve\">may get</w:t></w:r>:0]<w:r w:rsidR='1'>{look}<w:t xml:space=\"preserve\"> help.</w:t></w:r></w:p>"
    );
    check(&body, "may get", Fit::Exact, &expected);
    // nothing is cut where the words are the whole run
    check(&p("<w:r><w:t>May.</w:t></w:r>"), "May.", Fit::Exact, "<w:p>[0:<w:r><w:t>May.</w:t></w:r>:0]</w:p>");
    // and no space is declared where none stands at the cut
    check(
        &p("<w:r><w:t>non-may</w:t></w:r>"),
        "may",
        Fit::Exact,
        "<w:p><w:r><w:t>non-</w:t></w:r>[0:<w:r><w:t>may</w:t></w:r>:0]</w:p>",
    );
}

#[test]
fn words_over_runs_and_paragraphs_and_cells() {
    check(
        &p("<w:r><w:t>a m</w:t></w:r><w:proofErr/><w:r><w:t>ay b</w:t></w:r>"),
        "may",
        Fit::Exact,
        "<w:p><w:r><w:t xml:space=\"preserve\">a </w:t></w:r>[0:<w:r><w:t xml:space=\"preserve\">m</w:t></w:r>\
         <w:proofErr/><w:r><w:t xml:space=\"preserve\">ay</w:t></w:r>:0]<w:r><w:t xml:space=\"preserve\"> b</w:t></w:r></w:p>",
    );
    check(
        &(p("<w:r><w:t>One</w:t></w:r>") + &p("<w:r><w:t>Two</w:t></w:r>")),
        "One\nTwo",
        Fit::Exact,
        "<w:p>[0:<w:r><w:t>One</w:t></w:r></w:p><w:p><w:r><w:t>Two</w:t></w:r>:0]</w:p>",
    );
    let cell = |words: &str| format!("<w:tc><w:tcPr/>{}</w:tc>", p(words));
    let table = |one: &str, two: &str| format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell(one), cell(two));
    let (one, two) = ("<w:r><w:t>One</w:t></w:r>", "<w:r><w:t>Two</w:t></w:r>");
    check(&table(one, two), "One\nTwo", Fit::Exact, &table(&format!("[0:{one}"), &format!("{two}:0]")));
}

#[test]
fn a_run_is_cut_between_what_is_in_it() {
    check(
        &p("<w:r><w:t>a</w:t><w:tab/><w:t>b &amp; c</w:t><w:br/></w:r>"),
        "b &",
        Fit::Exact,
        "<w:p><w:r><w:t>a</w:t><w:tab/></w:r>[0:<w:r><w:t xml:space=\"preserve\">b &amp;</w:t></w:r>:0]\
         <w:r><w:t xml:space=\"preserve\"> c</w:t><w:br/></w:r></w:p>",
    );
    check(
        &p("<w:r><w:t>a <![CDATA[may be]]> b</w:t></w:r>"),
        "may",
        Fit::Exact,
        "<w:p><w:r><w:t xml:space=\"preserve\">a </w:t></w:r>[0:<w:r><w:t xml:space=\"preserve\"><![CDATA[may be]]></w:t></w:r>:0]\
         <w:r><w:t xml:space=\"preserve\"> b</w:t></w:r></w:p>",
    );
}

#[test]
fn comments_may_overlap() {
    let (shown, fits) = marked(Fixture::body(&p(&run("ab cd ef"))), &["ab cd", "cd ef", "cd"]);
    let run = |words: &str| format!("<w:r><w:t xml:space='preserve'>{words}</w:t></w:r>");
    let expected = format!("[0:{}[1:[2:{}:0]:2]{}:1]", run("ab "), run("cd"), run(" ef"));
    assert!(shown.contains(&expected), "{shown}");
    assert_eq!(fits, [Fit::Exact; 3]);
}

#[test]
fn links_insertions_and_open_controls_are_cut_inside() {
    for wrap in [
        |inner: &str| format!("<w:hyperlink r:id='x'>{inner}</w:hyperlink>"),
        |inner: &str| format!("<w:ins w:id='1' w:author='a'>{inner}</w:ins>"),
        |inner: &str| sdt("<w:alias w:val='F'/>", inner),
        |inner: &str| format!("<w:smartTag w:uri='u' w:element='e'>{inner}</w:smartTag>"),
    ] {
        let cut = "<w:r><w:t>x</w:t></w:r>[0:<w:r><w:t>may</w:t></w:r>:0]";
        check(&p(&wrap("<w:r><w:t>xmay</w:t></w:r>")), "may", Fit::Exact, &p(&wrap(cut)));
    }
}

#[test]
fn what_word_writes_anew_is_marked_whole() {
    let field = |code: &str, inner: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> {code} x</w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType='separate'/></w:r>{inner}<w:r><w:fldChar w:fldCharType='end'/></w:r>"
        )
    };
    let words = "<w:r><w:t>x may x</w:t></w:r>";
    for whole in [
        sdt("<w:text/>", words),
        sdt("<w:dropDownList/>", words),
        sdt("<w:lock w:val='sdtContentLocked'/>", words),
        sdt("<w:dataBinding w:xpath='x'/>", words),
        field("REF", words),
        format!("<w:fldSimple w:instr='DATE'>{words}</w:fldSimple>"),
        format!("<mc:AlternateContent><mc:Choice Requires='w14'>{words}</mc:Choice></mc:AlternateContent>"),
    ] {
        check(&p(&whole), "may", Fit::Wider, &p(&format!("[0:{whole}:0]")));
    }
    let cut = "<w:r><w:t>x</w:t></w:r>[0:<w:r><w:t>may</w:t></w:r>:0]";
    check(&p(&field("HYPERLINK", "<w:r><w:t>xmay</w:t></w:r>")), "may", Fit::Exact, &p(&field("HYPERLINK", cut)));
}

#[test]
fn a_control_around_a_paragraph_is_open_unless_its_value_stands_elsewhere() {
    let before = p("<w:r><w:t>Before</w:t></w:r>");
    let inner = "<w:r><w:t>may</w:t></w:r>";
    let control = |properties: &str, inner: &str| before.clone() + &sdt(properties, &p(inner));
    check(&control("<w:text/>", inner), "may", Fit::Exact, &control("<w:text/>", &format!("[0:{inner}:0]")));
    let bound = sdt("<w:dataBinding w:xpath='x'/>", &p(inner));
    check(
        &(before.clone() + &bound),
        "may",
        Fit::Near,
        &format!("<w:p>[0:<w:r><w:t>Before</w:t></w:r>:0]</w:p>{bound}"),
    );
    // where nothing else bears a comment, it gets a paragraph of its own
    check(&bound, "may", Fit::Near, &format!("<w:p>[0::0]</w:p>{bound}"));
}

#[test]
fn words_in_a_text_box_are_commented_on_at_its_drawing() {
    let inner = p(&run("in the box"));
    let drawn = format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>{inner}</w:txbxContent>\
         </wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{inner}</w:txbxContent>\
         </v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    );
    let (host, old) = (
        run("Host"),
        format!(
            "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        ),
    );
    check(&p(&format!("{host}{drawn}")), "the box", Fit::TextBox, &p(&format!("{host}[0:{drawn}:0]")));
    check(&p(&format!("{host}{old}")), "the box", Fit::TextBox, &p(&format!("{host}[0:{old}:0]")));
}

#[test]
fn words_in_notes_and_headers_are_commented_on_in_the_text() {
    let note = part("footnotes", &format!("<w:footnote w:id='7'>{}</w:footnote>", p(&run("the note"))));
    let body = "<w:p><w:r><w:t>Text</w:t><w:footnoteReference w:id='7'/></w:r></w:p>\
                <w:sectPr><w:headerReference r:id='h1'/></w:sectPr>";
    let fixture = Fixture::body(body).related("footnotes", "footnotes", note).furniture("h1", "hdr", &p(&run("DRAFT")));
    let (shown, fits) = marked(fixture, &["the note", "DRAFT"]);
    let expected = "[1:<w:r><w:t>Text</w:t></w:r>:1][0:<w:r><w:footnoteReference w:id='7'/></w:r>:0]";
    assert!(shown.contains(expected), "{shown}");
    assert_eq!(fits, [Fit::Note, Fit::Furniture]);
}

#[test]
fn other_prefixes_strict_files_byte_order_marks_and_utf_16() {
    let body = p("<w:r><w:t>a may</w:t></w:r>");
    let xml = part("document", &format!("<w:body>{body}</w:body>"));
    let cut = "<w:r><w:t xml:space=\"preserve\">a </w:t></w:r>[0:<w:r><w:t xml:space=\"preserve\">may</w:t></w:r>:0]";
    let (shown, _) = marked(Fixture::document(format!("\u{feff}{xml}")), &["may"]);
    assert!(shown.contains(cut), "{shown}");
    let utf16: Vec<u8> = format!("\u{feff}{xml}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (shown, _) = marked(Fixture::document(utf16), &["may"]);
    assert!(shown.contains(cut), "{shown}");
    let (shown, _) = marked(Fixture::body(&body).strict(), &["may"]);
    assert!(shown.contains(cut), "{shown}");
    let other = xml.replace("w:", "x:").replace("xmlns:w=", "xmlns:x=");
    let (shown, _) = marked(Fixture::document(other), &["may"]);
    assert!(shown.contains(&cut.replace("w:", "x:")), "{shown}");
    let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let bare = format!("<document xmlns='{word}'><body><p><r><t>a may</t></r></p></body></document>");
    let file = Fixture::document(bare).build();
    let outcome = copy_of(&file);
    let main = text_of(&outcome.bytes, "word/document.xml");
    let start = format!("<w:commentRangeStart xmlns:w=\"{word}\" w:id=\"0\"/>");
    assert!(main.contains(&start), "{main}");
    assert!(extract(&outcome.bytes, &Access::default()).is_ok_and(|document| document.text() == "a may"));
}

/// The copy of a file, with the comments that the built-in rules give it.
fn copy_of(file: &[u8]) -> Annotated {
    let rules = Rules::built_in();
    let plan = Plan::read(extract(file, &Access::default()).expect("readable"));
    let verdict = rules.check(&plan);
    annotate(file, &Report::new(plan, verdict)).expect("a copy")
}

fn text_of(file: &[u8], part: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(file)).expect("a package");
    let mut text = String::new();
    archive.by_name(part).expect("a part of that name").read_to_string(&mut text).expect("UTF-8");
    text
}

const F: &str = "<w:p><w:r><w:t>Section F: Special educational provision</w:t></w:r></w:p>\
                 <w:p><w:r><w:t>Sam will have support as required.</w:t></w:r></w:p>";

#[test]
fn comments_join_those_that_are_there() {
    let comments = part("comments", "<w:comment w:id='4'><w:p/></w:comment>");
    let file = Fixture::body(F).related("c", "comments", comments.clone()).build();
    let copy = copy_of(&file);
    let after = text_of(&copy.bytes, "word/c.xml");
    assert!(after.starts_with(comments.trim_end_matches("</w:comments>")), "{after}");
    assert!(after.contains("w:id=\"5\"") && !after.contains("w:id=\"4\""), "{after}");
    assert_eq!(text_of(&copy.bytes, "word/_rels/document.xml.rels"), text_of(&file, "word/_rels/document.xml.rels"));
    // a copy of the copy has all of them
    let again = copy_of(&copy.bytes);
    let after = text_of(&again.bytes, "word/c.xml");
    assert_eq!(after.matches("<w:comment ").count(), 1 + 2 * copy.comments);
}

#[test]
fn a_package_learns_of_its_first_comments() {
    let types = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'></Types>";
    let file = Fixture::body(F).entry("[Content_Types].xml", types).entry("word/comments.xml", "not ours").build();
    let copy = copy_of(&file);
    assert_eq!(text_of(&copy.bytes, "word/comments.xml"), "not ours");
    assert!(text_of(&copy.bytes, "word/_rels/document.xml.rels").contains("Target=\"comments1.xml\""));
    assert!(text_of(&copy.bytes, "[Content_Types].xml").contains("PartName=\"/word/comments1.xml\""));
    assert!(text_of(&copy.bytes, "word/comments1.xml").contains("w:initials=\"EL\""));
    assert_eq!((copy.ending, copy.warning), ("docx", None));
}

#[test]
fn signatures_and_macros_are_told_of() {
    let types = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Override \
                 PartName='/word/document.xml' ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/></Types>";
    let file = Fixture::body(F).entry("[Content_Types].xml", types).entry("_xmlsignatures/sig1.xml", "<a/>").build();
    let copy = copy_of(&file);
    assert_eq!(copy.ending, "docm");
    let warning = copy.warning.expect("a warning");
    assert!(text_of(&copy.bytes, "word/comments.xml").contains(warning));
}

#[test]
fn text_cannot_be_annotated() {
    let rules = Rules::built_in();
    let plan = Plan::read(extract(b"Section F\n\nSam may get help.", &Access::default()).expect("text"));
    let verdict = rules.check(&plan);
    let error = annotate(b"", &Report::new(plan, verdict));
    assert_eq!(error, Err(AnnotateError::Format { format: "text" }));
}

#[test]
fn debug_holds_no_word() {
    let shown = format!("{:?}", copy_of(&Fixture::body(F).build()));
    assert!(shown.starts_with("Annotated { bytes: ") && !shown.contains("Sam"), "{shown}");
}
