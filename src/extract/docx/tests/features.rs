//! What is left of the list of things that Word files do, each in a small package.

use super::fixture::{p, run, sdt, zipped};
use super::{Fixture, check, check_body, read, show};

#[test]
fn reads_controls_with_a_choice_a_date_or_a_source() {
    let list = "<w:dropDownList w:lastValue='2'><w:listItem w:displayText='Daily' w:value='1'/>\
                <w:listItem w:displayText='Weekly' w:value='2'/></w:dropDownList>";
    let bound = "<w:dataBinding w:xpath='/plan/name' w:storeItemID='{0}'/><w:text/>";
    let date = "<w:date w:fullDate='2025-07-17T00:00:00Z'><w:dateFormat w:val='dd MMMM yyyy'/></w:date>";
    for (properties, shown) in [(list, "Weekly"), (bound, "Sam"), (date, "17 July 2025")] {
        check_body(&p(&(run("x: ") + &sdt(properties, &run(shown)) + &run("."))), &format!("p x: {shown}."));
    }
}

#[test]
fn reads_controls_nested_in_a_cell() {
    let inner = sdt("", &(p(&sdt("", &(run("one ") + &sdt("", &run("two"))))) + &sdt("", &p(&run("three")))));
    check_body(&format!("<w:tbl><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>"), "p@0.0.0 one two\np@0.0.0 three");
}

#[test]
fn keeps_the_words_around_an_old_text_box() {
    for shape in ["shape", "rect", "roundrect"] {
        let pict = format!(
            "<w:pict><v:{shape}><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:{shape}></w:pict>",
            p(&run("boxed"))
        );
        let host = format!("{}<w:r>{pict}<w:t> same run</w:t></w:r>{}", run("before"), run(" after"));
        check_body(&(p(&host) + &p(&run("next"))), "p before same run after\np boxed\np next");
    }
    let pair = format!(
        "<w:pict><v:group><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape>\
         <v:rect><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:rect></v:group></w:pict>",
        p(&run("left")),
        p(&run("right"))
    );
    check_body(&p(&(run("x") + &format!("<w:r>{pair}</w:r>"))), "p x\np left\np right");
}

#[test]
fn reads_headers_of_earlier_sections() {
    let section = |id: &str| format!("<w:sectPr><w:headerReference w:type='default' r:id='{id}'/></w:sectPr>");
    let body = format!("<w:p><w:pPr>{}</w:pPr>{}</w:p>{}{}", section("h1"), run("one"), p(&run("two")), section("h2"));
    check(
        Fixture::body(&body).furniture("h1", "hdr", &p(&run("DRAFT"))).furniture("h2", "hdr", &p(&run("Annex"))),
        "p one\np two\nheader DRAFT\nheader Annex",
    );
}

#[test]
fn reads_page_numbers_in_a_footer() {
    let field = |code: &str, result: &str| format!("<w:fldSimple w:instr='{code}'>{}</w:fldSimple>", run(result));
    let footer = p(&(run("Page ") + &field("PAGE", "1") + &run(" of ") + &field("NUMPAGES", "9")));
    let body = p(&run("text")) + "<w:sectPr><w:footerReference r:id='f'/></w:sectPr>";
    check(Fixture::body(&body).furniture("f", "ftr", &footer), "p text\nfooter Page 1 of 9");
}

#[test]
fn reads_strict_files_whole() {
    let styles = "<w:style w:type='paragraph' w:styleId='S'><w:name w:val='heading 1'/></w:style>";
    let body = format!(
        "<w:p><w:pPr><w:pStyle w:val='S'/></w:pPr>{}<w:r><w:footnoteReference w:id='1'/></w:r></w:p>\
         <w:sectPr><w:headerReference r:id='h'/></w:sectPr>",
        run("text")
    );
    let fixture = Fixture::body(&body)
        .part("styles", styles)
        .part("footnotes", &format!("<w:footnote w:id='1'>{}</w:footnote>", p(&run("note"))))
        .furniture("h", "hdr", &p(&run("DRAFT")));
    check(fixture.strict(), "h1 text\np <1> note\nheader DRAFT");
}

#[test]
fn goes_on_without_parts_that_are_not_there() {
    for role in ["styles", "numbering", "settings", "footnotes"] {
        let mut fixture = Fixture::body(&p(&run("text")));
        fixture.lost(role);
        let shown = show(&read(&fixture.build()).expect("readable"));
        assert!(shown == "p text" || shown == format!("p text\ngap PartDamaged({role:?})"), "{role}: {shown}");
    }
}

#[test]
fn survives_strange_numbers_and_marks() {
    let body = "<w:p><w:bookmarkStart w:id='-1' w:name='x'/><w:commentRangeStart w:id='-7'/><w:r><w:rPr><w:sz w:val='11pt'/>\
                <w:szCs w:val=''/></w:rPr><w:t>text</w:t></w:r><w:commentRangeEnd w:id='-7'/><w:bookmarkEnd w:id='-1'/></w:p>";
    check_body(body, "p text");
}

#[test]
fn reads_documents_with_macros_and_templates() {
    for kind in [
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    ] {
        let types = format!(
            "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>\
             <Override PartName='/a/plan.xml' ContentType='{kind}'/></Types>"
        );
        let xml = super::fixture::part("document", &format!("<w:body>{}</w:body>", p(&run("text"))));
        let file = zipped(&[
            ("[Content_Types].xml".to_owned(), types.into_bytes()),
            ("a/plan.xml".to_owned(), xml.into_bytes()),
        ]);
        assert_eq!(show(&read(&file).expect("readable")), "p text", "{kind}");
    }
}
