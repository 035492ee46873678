//! Tracked changes: the document as it is once they are accepted.

use super::check_body;

fn run(words: &str) -> String {
    format!("<w:r><w:t xml:space='preserve'>{words}</w:t></w:r>")
}

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
