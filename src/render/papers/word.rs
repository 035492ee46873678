//! Word: a sheet as a Word file, with `docx-rs`. What that crate cannot say is put into its XML before it is packed.

use crate::render::clean::shown;
use crate::render::papers::sheet::{Cell, Look, Merge, Paragraph, Piece, Run, Sheet, Table};
use docx_rs::{
    AlignmentType, BreakType, Docx, FieldCharType, Footer, Footnote, HeightRule, InstrNUMPAGES, InstrPAGE, InstrText,
    LineSpacing, PageMargin, RunFonts, SpecialIndentType, Style, StyleType, TableCellMargins, TableLayoutType,
    TableRow, VMergeType, WidthType, XMLDocx,
};
use std::io::Cursor;

/// A4, in twentieths of a point.
pub(crate) const PAGE: (u32, u32) = (11_906, 16_838);
/// The space between the edge of a cell and its words.
pub(crate) const CELL_SIDE: u32 = 90;
/// The space above and below the words of a cell.
pub(crate) const CELL_TOP: u32 = 40;
/// The type: its measures are those of Helvetica, and free programs have a twin of it.
const FONT: &str = "Arial";
/// How far a list stands in, for each level.
pub(crate) const STEP: u32 = 284;

/// A row with fewer characters stays on one page. A longer one has to break, or its end would be lost below the page.
const UNBROKEN: usize = 500;

/// Stands in a footnote where its number belongs, until the XML is finished: no document may hold it.
const NUMBER_HERE: char = '\u{e0ff}';
/// What `docx-rs` writes for a row that is marked as a header row: it knows no such rows.
const HEADER_MARK: &str = r#"<w:trHeight w:val="1" w:hRule="atLeast" />"#;

/// The bytes of the file: the same for the same sheet.
pub(crate) fn bytes(sheet: &Sheet) -> Vec<u8> {
    let mut notes = 0;
    let mut docx = Docx::new()
        .page_size(PAGE.0, PAGE.1)
        .page_margin(margins(sheet))
        .default_size(sheet.size as usize)
        .default_fonts(RunFonts::new().ascii(FONT).hi_ansi(FONT).cs(FONT).east_asia(FONT));
    for level in 1..=3_u8 {
        docx = docx.add_style(heading(sheet, level));
    }
    let number = Style::new("FootnoteReference", StyleType::Character).name("footnote reference");
    docx = docx.add_style(number);
    if sheet.numbered {
        docx = docx.footer(footer());
    }
    let mut new_page = false;
    let width = PAGE.0 - 2 * sheet.margin;
    for piece in &sheet.pieces {
        match piece {
            Piece::NewPage => new_page = true,
            Piece::Paragraph(paragraph) => {
                let made = self::paragraph(paragraph, sheet.gap, &mut notes).page_break_before(new_page);
                docx = docx.add_paragraph(made);
                new_page = false;
            }
            Piece::Table(table) => {
                docx = docx.add_table(self::table(table, width, &mut notes));
                // two tables would become one without a paragraph between them
                docx = docx.add_paragraph(docx_rs::Paragraph::new().line_spacing(spacing(0, sheet.gap)));
            }
        }
    }
    pack(finished(docx.build(), sheet))
}

fn margins(sheet: &Sheet) -> PageMargin {
    let side = i32::try_from(sheet.margin).unwrap_or(0);
    PageMargin::new().top(side).bottom(side).left(side).right(side).header(side / 2).footer(side / 2).gutter(0)
}

fn heading(sheet: &Sheet, level: u8) -> Style {
    let size = sheet.size + [6, 2, 0][usize::from(level.clamp(1, 3)) - 1];
    let style = Style::new(format!("Heading{level}"), StyleType::Paragraph)
        .name(format!("heading {level}"))
        .based_on("Normal")
        .next("Normal")
        .size(size as usize)
        .outline_lvl(usize::from(level) - 1);
    if sheet.bold_headings { style.bold() } else { style }
}

fn footer() -> Footer {
    let field = |run: docx_rs::Run, instr| {
        run.add_field_char(FieldCharType::Begin, false)
            .add_instr_text(instr)
            .add_field_char(FieldCharType::Separate, false)
            .add_text("1")
            .add_field_char(FieldCharType::End, false)
    };
    let paragraph = docx_rs::Paragraph::new()
        .align(AlignmentType::Center)
        .add_run(docx_rs::Run::new().add_text("Page "))
        .add_run(field(docx_rs::Run::new(), InstrText::PAGE(InstrPAGE {})))
        .add_run(docx_rs::Run::new().add_text(" of "))
        .add_run(field(docx_rs::Run::new(), InstrText::NUMPAGES(InstrNUMPAGES {})));
    Footer::new().add_paragraph(paragraph)
}

fn spacing(before: u32, after: u32) -> LineSpacing {
    LineSpacing::new().before(before).after(after)
}

fn paragraph(paragraph: &Paragraph, gap: u32, notes: &mut usize) -> docx_rs::Paragraph {
    let mut made = docx_rs::Paragraph::new();
    made = match paragraph.look {
        Look::Plain => made.line_spacing(spacing(0, gap)),
        Look::Heading(level) => {
            made.style(&format!("Heading{}", level.clamp(1, 3))).line_spacing(spacing(gap, gap / 2)).keep_next(true)
        }
        Look::Item(depth) => {
            let left = i32::try_from(STEP * (u32::from(depth) + 1)).unwrap_or(0);
            let hanging = SpecialIndentType::Hanging(i32::try_from(STEP).unwrap_or(0));
            made.indent(Some(left), Some(hanging), None, None).line_spacing(spacing(0, gap / 2))
        }
        Look::Line => made.line_spacing(spacing(0, 0)),
        Look::Right => made.line_spacing(spacing(0, 0)).align(AlignmentType::Right),
    };
    if paragraph.keep {
        made = made.keep_next(true);
    }
    for run in &paragraph.runs {
        made = made.add_run(self::run(run));
        if let Some(note) = &run.note {
            *notes += 1;
            made = made.add_run(reference(*notes, note));
        }
    }
    made
}

fn run(run: &Run) -> docx_rs::Run {
    let mut made = docx_rs::Run::new();
    for (at, line) in run.words.split('\n').enumerate() {
        if at > 0 {
            made = made.add_break(BreakType::TextWrapping);
        }
        for (at, piece) in line.split('\t').enumerate() {
            if at > 0 {
                made = made.add_tab();
            }
            made = made.add_text(safe(piece));
        }
    }
    made = if run.bold { made.bold() } else { made };
    if run.struck { made.strike() } else { made }
}

/// What may stand in XML: no control characters, none that steers, and none of our own marks.
fn safe(words: &str) -> String {
    words.chars().filter(|&c| c != NUMBER_HERE && !matches!(c, '\u{fffe}' | '\u{ffff}')).filter_map(shown).collect()
}

/// The number in the text and the note at the foot of the page.
fn reference(id: usize, note: &str) -> docx_rs::Run {
    let number = docx_rs::Run::new().style("FootnoteReference").add_text(NUMBER_HERE);
    let words = docx_rs::Run::new().size(16).add_text(format!(" {}", safe(note)));
    let content = docx_rs::Paragraph::new().line_spacing(spacing(0, 0)).add_run(number).add_run(words);
    let mut footnote = Footnote { id, content: Vec::new() };
    footnote.content.push(content);
    docx_rs::Run::new().add_footnote_reference(footnote)
}

fn table(table: &Table, width: u32, notes: &mut usize) -> docx_rs::Table {
    let columns = widths(&table.shares, width);
    let rows = table.rows.iter().enumerate().map(|(at, cells)| row(cells, &columns, at < table.header_rows, notes));
    docx_rs::Table::new(rows.collect())
        .set_grid(columns.iter().map(|&column| column as usize).collect())
        .width(width as usize, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .margins(
            TableCellMargins::new()
                .margin_left(CELL_SIDE as usize, WidthType::Dxa)
                .margin_right(CELL_SIDE as usize, WidthType::Dxa)
                .margin_top(CELL_TOP as usize, WidthType::Dxa)
                .margin_bottom(CELL_TOP as usize, WidthType::Dxa),
        )
}

/// The widths of columns that have these shares of `width`.
pub(crate) fn widths(shares: &[u32], width: u32) -> Vec<u32> {
    let all: u32 = shares.iter().sum::<u32>().max(1);
    shares.iter().map(|&share| width * share / all).collect()
}

fn row(cells: &[Cell], columns: &[u32], header: bool, notes: &mut usize) -> TableRow {
    let mut column = 0;
    let mut made = Vec::new();
    for cell in cells {
        let covered = columns.iter().skip(column).take(cell.span.max(1));
        column += cell.span.max(1);
        let mut new = docx_rs::TableCell::new().width(covered.sum::<u32>() as usize, WidthType::Dxa);
        if cell.span > 1 {
            new = new.grid_span(cell.span);
        }
        new = match cell.merge {
            Merge::None => new,
            Merge::Begin => new.vertical_merge(VMergeType::Restart),
            Merge::Continue => new.vertical_merge(VMergeType::Continue),
        };
        for paragraph in &cell.paragraphs {
            new = new.add_paragraph(self::paragraph(paragraph, 0, notes).keep_next(header));
        }
        if cell.paragraphs.is_empty() {
            new = new.add_paragraph(docx_rs::Paragraph::new().line_spacing(spacing(0, 0)));
        }
        made.push(new);
    }
    let row = TableRow::new(made);
    match () {
        () if header => row.row_height(1.0).height_rule(HeightRule::AtLeast),
        () if !breaks(cells) => row.cant_split(),
        () => row,
    }
}

/// Whether a row may break between pages.
pub(crate) fn breaks(cells: &[Cell]) -> bool {
    let words: usize = cells.iter().flat_map(|cell| &cell.paragraphs).map(|p| p.words().chars().count()).sum();
    words > UNBROKEN
}

/// Puts in what the crate cannot say: header rows, the numbers of footnotes, the language, the title; and takes out empty
/// properties, which stand where the format's schema has no place for them.
fn finished(mut built: XMLDocx, sheet: &Sheet) -> XMLDocx {
    let empty = "<w:rPr />";
    let mark = format!(r#"<w:t xml:space="preserve">{NUMBER_HERE}</w:t>"#);
    built.document = replaced(&built.document, &[(HEADER_MARK, "<w:tblHeader />"), (empty, "")]);
    let raised = r#"<w:rPr><w:rStyle w:val="FootnoteReference" /></w:rPr>"#;
    let separators = r#"<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator /></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator /></w:r></w:p></w:footnote><w:footnote w:id="1">"#;
    built.footnotes = replaced(
        &built.footnotes,
        &[
            (empty, ""),
            (raised, r#"<w:rPr><w:rStyle w:val="FootnoteReference" /><w:vertAlign w:val="superscript" /></w:rPr>"#),
            (&mark, "<w:footnoteRef />"),
            (r#"<w:footnote w:id="1">"#, separators),
        ],
    );
    built.document = replaced(
        &built.document,
        &[(raised, r#"<w:rPr><w:rStyle w:val="FootnoteReference" /><w:vertAlign w:val="superscript" /></w:rPr>"#)],
    );
    built.styles = replaced(
        &built.styles,
        &[("</w:rPr></w:rPrDefault>", r#"<w:lang w:val="en-GB" /></w:rPr></w:rPrDefault>"#), (empty, "")],
    );
    let title =
        format!("<dc:creator></dc:creator><dc:title>{}</dc:title><dc:language>en-GB</dc:language>", sheet.title);
    built.doc_props.core = replaced(
        &built.doc_props.core,
        &[
            ("<dc:creator>unknown</dc:creator>", &title),
            ("<cp:lastModifiedBy>unknown</cp:lastModifiedBy>", "<cp:lastModifiedBy></cp:lastModifiedBy>"),
        ],
    );
    built
}

fn replaced(part: &[u8], pairs: &[(&str, &str)]) -> Vec<u8> {
    let text = String::from_utf8_lossy(part).into_owned();
    pairs.iter().fold(text, |text, (from, to)| text.replace(from, to)).into_bytes()
}

fn pack(built: XMLDocx) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    // writing to memory cannot fail, and an empty file would be seen at once
    if built.pack(&mut file).is_err() {
        return Vec::new();
    }
    file.into_inner()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        let mut sheet = Sheet { size: 22, margin: 1134, gap: 120, bold_headings: true, ..Sheet::default() };
        sheet.say(Look::Heading(1), "A & B");
        let noted = Run { note: Some("A note <1>".to_owned()), ..Run::bold("bold") };
        sheet.push(Look::Plain, vec![Run::plain("Plain \u{1}and "), noted, Run { struck: true, ..Run::bold("gone") }]);
        let row = |one: &str, two: &str| vec![Cell::say(one), Cell::say(two)];
        let rows = vec![row("Head", "Head 2"), row("a", "b")];
        sheet.pieces.push(Piece::Table(Table { shares: vec![1, 2], header_rows: 1, rows }));
        sheet
    }

    #[test]
    fn is_the_same_every_time() {
        assert_eq!(bytes(&sheet()), bytes(&sheet()));
    }
}
