//! Content controls, text boxes, fields, notes, headers, pictures, inserted documents.

use super::fixture::{p, run, sdt};
use super::{Fixture, check, check_body, read};

fn drawing(inner: &str) -> String {
    format!("<w:drawing><wp:inline><wp:extent cx='5400000' cy='1800000'/>{inner}</wp:inline></w:drawing>")
}

fn text_box(inner: &str) -> String {
    drawing(&format!("<wps:wsp><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></wps:wsp>"))
}

#[test]
fn reads_content_controls() {
    let nested = sdt("<w:alias w:val='Section F'/>", &format!("{}{}", p(&run("one")), sdt("", &p(&run("two")))));
    check_body(&nested, "p one\np two");
    check_body(&p(&format!("{}{}", run("Name: "), sdt("<w:text/>", &run("Sam")))), "p Name: Sam");
    let ticked = sdt("<w14:checkbox><w14:checked w14:val='1'/></w14:checkbox>", &run("\u{2612}"));
    check_body(&p(&format!("{ticked}{}", run(" Yes"))), "p \u{2612} Yes");
}

#[test]
fn tells_prompts_from_answers() {
    let prompt = "<w:showingPlcHdr/>";
    let click = run("Click or tap here to enter text.");
    let body = [
        sdt(prompt, &p(&click)),
        p(&sdt(prompt, &click)),
        p(&format!("{}{}", run("Name: "), sdt(prompt, &click))),
        sdt("<w:showingPlcHdr w:val='0'/>", &p(&click)),
        p(&click),
    ]
    .concat();
    let document = read(&Fixture::body(&body).build()).expect("readable");
    let prompts: Vec<bool> = document.blocks().iter().map(|block| block.emphasis.placeholder).collect();
    assert_eq!(prompts, [true, true, false, false, false]);
}

#[test]
fn reads_a_text_box_once_and_after_its_paragraph() {
    let inner = p(&run("boxed"));
    let old =
        format!("<w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict>");
    let both = format!(
        "<mc:AlternateContent><mc:Choice Requires='wps'>{}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>",
        text_box(&inner)
    );
    let host = |anchored: &str| p(&format!("{}<w:r>{anchored}</w:r>{}", run("before "), run("after")));
    for anchored in [both.clone(), old, text_box(&inner), both.replace("'wps'", "'zz'")] {
        check_body(&(host(&anchored) + &p(&run("next"))), "p before after\np boxed\np next");
    }
    let neither = both.replace("'wps'", "'zz'").replace("mc:Fallback", "mc:Other");
    check_body(&p(&(run("x") + &format!("<w:r>{neither}</w:r>"))), "p x\np boxed");
}

#[test]
fn reads_what_is_in_text_boxes() {
    let table = format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", p(&run("cell")));
    let inner =
        format!("{}{table}{}", sdt("", &p(&run("control"))), p(&format!("<w:r>{}</w:r>", text_box(&p(&run("inner"))))));
    check_body(&p(&format!("<w:r>{}</w:r>", text_box(&inner))), "p control\np@0.0.0 cell\np inner");
    let pair = drawing(&format!(
        "<wpg:wgp><wps:wsp><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></wps:wsp>\
         <wps:wsp><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></wps:wsp></wpg:wgp>",
        p(&run("left")),
        p(&run("right"))
    ));
    check_body(&p(&format!("<w:r>{pair}</w:r>")), "p left\np right");
    let in_cell =
        format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", p(&format!("<w:r>{}</w:r>", text_box(&p(&run("x"))))));
    check_body(&in_cell, "p@0.0.0 x");
}

#[test]
fn takes_one_of_two_ways_to_say_a_paragraph() {
    let body = format!(
        "<mc:AlternateContent><mc:Choice Requires='w14'>{}</mc:Choice><mc:Choice Requires='w14'>{}</mc:Choice><mc:Fallback>{1}</mc:Fallback></mc:AlternateContent>",
        p(&run("new")),
        p(&run("old"))
    );
    check_body(&body, "p new");
}

fn mark(kind: &str) -> String {
    format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>")
}

fn field(code: &str, result: &str) -> String {
    format!(
        "{}<w:r><w:instrText>{code}</w:instrText></w:r>{}{}{}",
        mark("begin"),
        mark("separate"),
        run(result),
        mark("end")
    )
}

#[test]
fn reads_the_results_of_fields() {
    check_body(&p(&field("REF x", "Section F")), "p Section F");
    let nested = format!(
        "{}<w:r><w:instrText>IF </w:instrText></w:r>{}<w:r><w:instrText> = 1</w:instrText></w:r>{}{}{}{}",
        mark("begin"),
        field("PAGE", "unseen"),
        mark("separate"),
        run("yes "),
        field("REF y", "and"),
        mark("end")
    );
    check_body(&p(&(nested + &run(" more"))), "p yes and more");
    check_body(&p(&format!("<w:fldSimple w:instr='DATE'>{}</w:fldSimple>", run("1 May"))), "p 1 May");
    let over_two = format!(
        "{}{}",
        p(&(mark("begin") + "<w:r><w:instrText>TOC</w:instrText></w:r>" + &mark("separate") + &run("one"))),
        p(&(run("two") + &mark("end")))
    );
    check_body(&over_two, "p one\np two");
    let button = format!(
        "{}<w:r><w:instrText>MACROBUTTON  NoMacro [Click here]</w:instrText></w:r>{}",
        mark("begin"),
        mark("end")
    );
    check_body(&p(&(run("Name: ") + &button)), "p Name: [Click here]");
}

#[test]
fn does_not_take_what_follows_a_broken_field_for_its_code() {
    check_body(&(p(&(mark("begin") + &run("one"))) + &p(&run("two"))), "p one\np two");
    check_body(&p(&(mark("end") + &run("one") + &mark("separate"))), "p one");
    let boxed = text_box(&p(&(mark("begin") + &run("in"))));
    check_body(&(p(&format!("{}<w:r>{boxed}</w:r>", run("out"))) + &p(&run("next"))), "p out\np in\np next");
}

#[test]
fn reads_form_fields() {
    let form = |data: &str, result: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:name w:val='x'/>{data}</w:ffData></w:fldChar></w:r>\
             <w:r><w:instrText>FORM</w:instrText></w:r>{}{}{}",
            mark("separate"),
            run(result),
            mark("end")
        )
    };
    check_body(&p(&form("<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>", "")), "p \u{2612}");
    check_body(&p(&form("<w:checkBox><w:default w:val='0'/></w:checkBox>", "")), "p \u{2610}");
    let list = "<w:ddList><w:result w:val='1'/><w:listEntry w:val='Daily'/><w:listEntry w:val='Weekly'/></w:ddList>";
    check_body(&p(&form(list, "Weekly")), "p Weekly");
    check_body(&p(&form("<w:textInput/>", "typed")), "p typed");
}

#[test]
fn reads_notes_after_their_paragraph() {
    let note = |id: i32, words: &str| {
        format!("<w:footnote w:id='{id}'>{}</w:footnote>", p(&format!("<w:r><w:footnoteRef/></w:r>{}", run(words))))
    };
    let notes = format!(
        "<w:footnote w:type='separator' w:id='-1'>{}</w:footnote>{}{}",
        p(&run("-")),
        note(2, " first"),
        note(3, " second")
    );
    let end = format!(
        "<w:endnote w:id='2'>{}{}</w:endnote>",
        p(&run("end")),
        p(&run("more <w:x/>").replace("more <w:x/>", "more"))
    );
    let reference = |kind: &str, id: i32| format!("<w:r><w:{kind}Reference w:id='{id}'/></w:r>");
    let body = p(&format!("{}{}{}", run("One"), reference("footnote", 2), run(" text.")))
        + &p(&format!(
            "{}{}{}{}",
            run("Two"),
            reference("footnote", 3),
            reference("endnote", 2),
            reference("footnote", 9)
        ));
    check(
        Fixture::body(&body).part("footnotes", &notes).part("endnotes", &end),
        "p One text.\np <1> first\np Two\np <2> second\np <i> end\np more",
    );
}

#[test]
fn survives_a_note_in_itself() {
    let again = "<w:r><w:footnoteReference w:id='1'/></w:r>";
    let notes = format!("<w:footnote w:id='1'>{}</w:footnote>", p(&(run("note") + again)));
    check(Fixture::body(&p(&(run("text") + again))).part("footnotes", &notes), "p text\np <1> note");
}

#[test]
fn sets_headers_and_footers_aside() {
    let sections = |more: &str| {
        format!(
            "{}<w:sectPr><w:headerReference w:type='default' r:id='h1'/><w:footerReference r:id='f1'/>\
             <w:headerReference w:type='first' r:id='h2'/><w:headerReference w:type='even' r:id='h3'/>{more}</w:sectPr>",
            p(&run("body"))
        )
    };
    let fixture = |more: &str| {
        Fixture::body(&sections(more))
            .furniture("h1", "hdr", &p(&run("DRAFT")))
            .furniture("h2", "hdr", &p(&run("First page")))
            .furniture("h3", "hdr", &p(&run("Even page")))
            .furniture("f1", "ftr", &(p(&(run("Page ") + &field("PAGE", "1"))) + &p(&run("Council"))))
    };
    check(fixture(""), "p body\nheader DRAFT\nfooter Page 1\nCouncil");
    check(fixture("<w:titlePg/>"), "p body\nheader DRAFT\nfooter Page 1\nCouncil\nheader First page");
    check(
        fixture("").part("settings", "<w:evenAndOddHeaders/>"),
        "p body\nheader DRAFT\nfooter Page 1\nCouncil\nheader Even page",
    );
}

#[test]
fn reads_a_watermark() {
    let watermark =
        "<w:r><w:pict><v:shape style='width:400pt;height:100pt'><v:textpath string='DRAFT'/></v:shape></w:pict></w:r>";
    let section = "<w:sectPr><w:headerReference r:id='h1'/></w:sectPr>";
    check(Fixture::body(&(p(&run("body")) + section)).furniture("h1", "hdr", &p(watermark)), "p body\nheader DRAFT");
}

#[test]
fn says_what_it_cannot_read() {
    let after = |inner: &str| p(&(run("x") + &format!("<w:r>{inner}</w:r>")));
    let picture = |cx: u32, cy: u32| {
        format!("<w:drawing><wp:inline><wp:extent cx='{cx}' cy='{cy}'/><pic:pic/></wp:inline></w:drawing>")
    };
    let shape = |style: &str| format!("<w:pict><v:shape style='{style}'><v:imagedata r:id='i'/></v:shape></w:pict>");
    for (inner, expected) in [
        (picture(5_400_000, 1_800_000), "\ngap Picture"),
        (picture(1_400_000, 700_000), ""),
        (shape("width:436pt;height:153pt"), "\ngap Picture"),
        (shape("width:30pt;height:30pt"), ""),
        (drawing("<c:chart r:id='c'/>"), "\ngap Drawing"),
        (drawing("<dgm:relIds r:dm='d'/>"), "\ngap Drawing"),
        (drawing("<wps:wsp/>"), ""),
        (drawing("<pic:pic/><pic:pic/>"), "\ngap Picture"),
        (
            format!("<w:object>{}<o:OLEObject ProgID='Excel.Sheet.12'/></w:object>", shape("width:436pt;height:153pt")),
            "\ngap Embedded",
        ),
        ("<w:object><o:OLEObject ProgID='Equation.3'/></w:object>".to_owned(), ""),
    ] {
        check_body(&after(&inner), &format!("p x{expected}"));
    }
}

#[test]
fn reads_inserted_documents() {
    let chunk = |id: &str| p(&run("before")) + &format!("<w:altChunk r:id='{id}'/>") + &p(&run("after"));
    let inner = Fixture::body(&p(&run("inserted"))).build();
    check(Fixture::body(&chunk("a")).related("a", "aFChunk", inner), "p before\np inserted\np after");
    check(Fixture::body(&chunk("a")).related("a", "aFChunk", "<html/>"), "p before\np after\ngap Embedded");
    check(Fixture::body(&chunk("nothing")), "p before\np after\ngap Embedded");
}
