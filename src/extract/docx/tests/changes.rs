//! Tracked changes: the document as it is once they are accepted, as it was, and both.

use super::fixture::{p, run};
use super::{Fixture, check, check_body, show};
use crate::extract::docx::FORMAT;
use crate::extract::{Access, View};

#[test]
fn takes_insertions_and_drops_deletions() {
    check_body(
        &format!(
            "<w:p>{}<w:ins w:id='1'>{}<w:del w:id='2'><w:r><w:delText>never</w:delText></w:r></w:del></w:ins>\
             <w:del w:id='3'><w:r><w:delText>was</w:delText><w:tab/></w:r></w:del></w:p>",
            run("kept "),
            run("added")
        ),
        "p kept added",
    );
    check_body(
        &format!(
            "<w:p><w:ins><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt><w:hyperlink>{}</w:hyperlink></w:ins></w:p>",
            run("a"),
            run("b")
        ),
        "p ab",
    );
}

#[test]
fn takes_text_where_it_was_moved_to() {
    check_body(
        &format!(
            "<w:p><w:moveFrom>{0}</w:moveFrom></w:p><w:p>{1}<w:moveTo>{0}</w:moveTo></w:p>",
            run("moved"),
            run("here: ")
        ),
        "p here: moved",
    );
}

#[test]
fn joins_paragraphs_whose_mark_is_deleted() {
    let deleted_mark = "<w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>";
    check_body(
        &format!(
            "<w:p>{deleted_mark}{}</w:p><w:p>{deleted_mark}</w:p><w:p>{}</w:p><w:p>{}</w:p>",
            run("one "),
            run("two"),
            run("three")
        ),
        "p one two\np three",
    );
    check_body(
        &format!(
            "<w:tbl><w:tr><w:tc><w:p>{deleted_mark}{}</w:p></w:tc></w:tr></w:tbl><w:p>{}</w:p>",
            run("in"),
            run("out")
        ),
        "p@0.0.0 in\np out",
    );
    check_body(&format!("<w:p>{deleted_mark}{}</w:p>", run("last")), "p last");
    let inserted_mark = "<w:pPr><w:rPr><w:ins w:id='1'/></w:rPr></w:pPr>";
    check_body(&format!("<w:p>{inserted_mark}{}</w:p><w:p>{}</w:p>", run("one"), run("two")), "p one\np two");
}

#[test]
fn drops_deleted_rows_and_cells() {
    let row = |mark: &str, cell: &str, words: &str| {
        format!(
            "<w:tr><w:trPr>{mark}</w:trPr><w:tc><w:tcPr>{cell}</w:tcPr><w:p>{}</w:p></w:tc><w:tc><w:p>{0}</w:p></w:tc></w:tr>",
            run(words)
        )
    };
    let rows = [row("<w:ins/>", "", "new"), row("<w:del/>", "", "old"), row("", "<w:cellDel/>", "half")].concat();
    check_body(&format!("<w:tbl>{rows}</w:tbl>"), "p@0.0.0 new\np@0.0.1 new\np@0.1.0 half");
    check_body(&format!("<w:tbl>{}</w:tbl><w:p>{}</w:p>", row("<w:del/>", "", "old"), run("x")), "p x");
}

#[test]
fn does_not_read_comments() {
    check_body(
        &format!(
            "<w:p><w:commentRangeStart w:id='0'/>{}<w:commentRangeEnd w:id='0'/><w:r><w:commentReference w:id='0'/></w:r></w:p>",
            run("x")
        ),
        "p x",
    );
}

#[test]
fn says_that_comments_were_left_out() {
    let comment = |id: u8, words: &str| format!("<w:comment w:id='{id}'>{}</w:comment>", p(&run(words)));
    let comments = comment(0, "Ask Mr Fell") + &comment(1, "why?") + &comment(2, " ");
    let fixture = || Fixture::body(&p(&run("x")));
    check(fixture().part("comments", &comments), "p x\ngap Comments(2)");
    check(fixture().part("comments", &comment(0, "")), "p x");
}

#[test]
fn keeps_what_is_anchored_in_a_paragraph_that_runs_out() {
    let boxed = format!("<w:r><w:drawing><w:txbxContent><w:p>{}</w:p></w:txbxContent></w:drawing></w:r>", run("boxed"));
    let host = format!("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}{boxed}</w:p>", run("host"));
    check_body(
        &format!("<w:tbl><w:tr><w:tc>{host}</w:tc></w:tr></w:tbl>{host}"),
        "p@0.0.0 host\np@0.0.0 boxed\np host\np boxed",
    );
    let table = format!("<w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl>", run("cell"));
    check_body(&(host + &table), "p host\np boxed\np@0.0.0 cell");
}

/// What each view makes of a body: accepted, original, all.
fn views(body: &str, expected: [&str; 3]) {
    let file = Fixture::body(body).build();
    for (view, expected) in [View::Accepted, View::Original, View::All].into_iter().zip(expected) {
        let access = Access { view, ..Access::default() };
        let document = (FORMAT.read)(&file, &access);
        assert_eq!(document.map_or_else(|error| error.to_string(), |document| show(&document)), expected, "{view:?}");
    }
}

#[test]
fn shows_the_document_before_its_changes_and_all_of_them() {
    let deleted =
        |words: &str| format!("<w:del><w:r><w:delText xml:space='preserve'>{words}</w:delText></w:r></w:del>");
    let inserted = |words: &str| format!("<w:ins>{}</w:ins>", run(words));
    views(
        &format!("<w:p>{}{}{}</w:p>", run("He will "), deleted("have "), inserted("be offered ")),
        ["p He will be offered", "p He will have", "p He will have be offered"],
    );
    views(&format!("<w:p>{}<w:ins>{}{}</w:ins></w:p>", run("a"), run("b"), deleted("c")), ["p ab", "p a", "p abc"]);
    views(
        &format!("<w:p><w:moveFrom>{0}</w:moveFrom></w:p><w:p>{1}<w:moveTo>{0}</w:moveTo></w:p>", run("m"), run("n")),
        ["p nm", "p m\np n", "p m\np nm"],
    );
    let field = "<w:del><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:delInstrText>REF x</w:delInstrText></w:r>\
         <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:delText>Section F</w:delText></w:r>\
         <w:r><w:fldChar w:fldCharType='end'/></w:r></w:del>";
    views(&format!("<w:p>{}{field}</w:p>", run("see ")), ["p see", "p see Section F", "p see Section F"]);
}

#[test]
fn shows_rows_cells_and_paragraph_marks_before_the_changes() {
    let p = |mark: &str, words: &str| format!("<w:p><w:pPr><w:rPr>{mark}</w:rPr></w:pPr>{}</w:p>", run(words));
    views(
        &(p("<w:ins/>", "one ") + &p("", "two") + &p("<w:del/>", "three ") + &p("", "four")),
        ["p one\np two\np three four", "p one two\np three\np four", "p one\np two\np three\np four"],
    );
    let row = |mark: &str, cell: &str, words: &str| {
        let (tr, p) = (format!("<w:trPr>{mark}</w:trPr>"), p("", words));
        format!("<w:tr>{tr}<w:tc><w:tcPr>{cell}</w:tcPr>{p}</w:tc><w:tc>{p}</w:tc></w:tr>")
    };
    views(
        &format!(
            "<w:tbl>{}{}{}</w:tbl>",
            row("<w:ins/>", "", "new"),
            row("<w:del/>", "", "old"),
            row("", "<w:cellIns/>", "half")
        ),
        [
            "p@0.0.0 new\np@0.0.1 new\np@0.1.0 half\np@0.1.1 half",
            "p@0.0.0 old\np@0.0.1 old\np@0.1.0 half",
            "p@0.0.0 new\np@0.0.1 new\np@0.1.0 old\np@0.1.1 old\np@0.2.0 half\np@0.2.1 half",
        ],
    );
}
