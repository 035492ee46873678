//! Tables: places, merged cells, headers, nesting.

use super::{Fixture, check_body, read};
use crate::document::Document;

fn cell(properties: &str, words: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>")
}

fn row(properties: &str, cells: &[String]) -> String {
    format!("<w:tr><w:trPr>{properties}</w:trPr>{}</w:tr>", cells.concat())
}

fn table(rows: &[String]) -> String {
    format!("<w:tbl><w:tblPr/><w:tblGrid/>{}</w:tbl>", rows.concat())
}

fn document(body: &str) -> Document {
    read(&Fixture::body(body).build()).expect("readable")
}

const FIRST: &str = "<w:vMerge w:val='restart'/>";
const FURTHER: &str = "<w:vMerge/>";

#[test]
fn places_cells() {
    let plain = |words: &str| cell("", words);
    let body = table(&[
        row("", &[cell("<w:gridSpan w:val='2'/>", "title"), plain("c")]),
        row("", &[cell(FIRST, "tall"), plain("b1"), plain("c1")]),
        row("", &[cell(FURTHER, "unseen"), plain("b2"), plain("c2")]),
        row("<w:gridBefore w:val='1'/>", &[plain("b3"), plain("c3")]),
    ]);
    check_body(
        &body,
        "p@0.0.0 title\np@0.0.2 c\np@0.1.0 tall\np@0.1.1 b1\np@0.1.2 c1\np@0.2.1 b2\np@0.2.2 c2\np@0.3.1 b3\np@0.3.2 c3",
    );
    let document = document(&body);
    let table = &document.tables()[0];
    assert_eq!((table.rows, table.columns, table.cells.len()), (4, 3, 9));
    let tall = table.cell(2, 0).expect("the merged cell");
    assert_eq!((tall.row, tall.row_span, tall.column_span), (1, 2, 1));
    assert_eq!(table.cell(0, 1).map(|title| title.column_span), Some(2));
}

#[test]
fn keeps_a_further_cell_that_has_nothing_above_it() {
    check_body(&table(&[row("", &[cell(FURTHER, "alone")])]), "p@0.0.0 alone");
    check_body(
        &table(&[
            row("", &[cell("", "above")]),
            row("", &[cell(FURTHER, "first")]),
            row("", &[cell(FURTHER, "unseen")]),
        ]),
        "p@0.0.0 above\np@0.1.0 first",
    );
}

#[test]
fn merges_across_as_old_files_do() {
    let body =
        table(&[row("", &[cell("<w:hMerge w:val='restart'/>", "wide"), cell("<w:hMerge/>", ""), cell("", "c")])]);
    check_body(&body, "p@0.0.0 wide\np@0.0.2 c");
}

#[test]
fn counts_header_rows() {
    let header = "<w:tblHeader/>";
    let body = |rows: &[(&str, &str)]| {
        let rows: Vec<String> =
            rows.iter().map(|(mark, words)| row(mark, &[cell("", words), cell("", words)])).collect();
        document(&table(&rows)).tables()[0].clone()
    };
    assert_eq!(body(&[(header, "a"), ("", "b")]).header_rows, 1);
    assert_eq!(body(&[(header, "a"), (header, "b"), ("", "c")]).header_rows, 2);
    assert_eq!(body(&[("", "a"), (header, "b")]).header_rows, 0);
    assert_eq!(body(&[("<w:tblHeader w:val='false'/>", "a")]).header_rows, 0);
    assert!(body(&[(header, "a"), ("", "b")]).cells.iter().all(|cell| cell.header == (cell.row == 0)));
}

#[test]
fn counts_a_header_row_below_the_title_of_the_table() {
    let body = table(&[
        row("", &[cell("<w:gridSpan w:val='2'/>", "Outcome 1")]),
        row("<w:tblHeader/>", &[cell("", "What"), cell("", "Who")]),
        row("", &[cell("", "x"), cell("", "y")]),
    ]);
    let document = document(&body);
    let table = &document.tables()[0];
    assert_eq!(table.header_rows, 2);
    let headers: Vec<u32> = table.cells.iter().filter(|cell| cell.header).map(|cell| cell.row).collect();
    assert_eq!(headers, [1, 1]);
}

#[test]
fn knows_row_headers_by_their_style() {
    let styles = "<w:style w:styleId='TH'><w:name w:val='Table Heading'/></w:style>";
    let th = "<w:tc><w:p><w:pPr><w:pStyle w:val='TH'/></w:pPr><w:r><w:t>By whom</w:t></w:r></w:p></w:tc>".to_owned();
    let body = table(&[row("", &[th, cell("", "TA")])]);
    let document = read(&Fixture::body(&body).part("styles", styles).build()).expect("readable");
    assert_eq!(document.tables()[0].cells.iter().map(|cell| cell.header).collect::<Vec<_>>(), [true, false]);
    assert_eq!(document.tables()[0].header_rows, 0);
}

#[test]
fn keeps_each_paragraph_of_a_cell() {
    let body = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>one</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>two</w:t></w:r></w:p></w:tc>\
                <w:tc><w:p/></w:tc></w:tr></w:tbl><w:p><w:r><w:t>after</w:t></w:r></w:p>";
    check_body(body, "p@0.0.0 one\np@0.0.0 two\np after");
    let document = document(body);
    assert_eq!(document.tables()[0].cells.iter().map(|cell| cell.blocks.len()).collect::<Vec<_>>(), [2, 0]);
}

#[test]
fn nests_tables() {
    let inner = table(&[row("", &[cell("", "in")])]);
    let body = format!(
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>before</w:t></w:r></w:p>{inner}<w:p><w:r><w:t>after</w:t></w:r></w:p></w:tc>{}</w:tr></w:tbl>",
        cell("", "beside")
    );
    check_body(&body, "p@0.0.0 before\np@1.0.0 in\np@0.0.0 after\np@0.0.1 beside");
    let document = document(&body);
    assert_eq!(document.tables()[1].parent.map(|parent| (parent.table, parent.row, parent.column)), Some((0, 0, 0)));
}

#[test]
fn reads_rows_and_cells_in_content_controls() {
    let sdt = |prompt: &str, inner: &str| {
        format!("<w:sdt><w:sdtPr>{prompt}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>")
    };
    let prompted = sdt("<w:showingPlcHdr/>", &cell("", "Choose an item."));
    let body =
        table(&[sdt("", &sdt("", &row("", &[cell("", "a"), prompted]))), row("", &[cell("", "c"), cell("", "d")])]);
    check_body(&body, "p@0.0.0 a\np@0.0.1 Choose an item.\np@0.1.0 c\np@0.1.1 d");
    let prompts: Vec<bool> = document(&body).blocks().iter().map(|block| block.emphasis.placeholder).collect();
    assert_eq!(prompts, [false, true, false, false]);
}

#[test]
fn survives_strange_spans() {
    let body = table(&[
        row("<w:gridBefore w:val='4000000000'/>", &[cell("", "gone")]),
        row("", &[cell("<w:gridSpan w:val='-3'/>", "a")]),
    ]);
    check_body(&body, "p@0.1.0 a");
    check_body(&format!("<w:tbl/>{}<w:p><w:r><w:t>x</w:t></w:r></w:p>", table(&[])), "p x");
}
