//! Schedule: one row for each finding, for an advocate: a workbook or comma-separated values, with columns to be filled in.

use crate::render::cell::harmless;
use crate::render::clean::clean;
use crate::render::papers::measure;
use crate::render::papers::paper::{Paper, PaperError};
use crate::render::papers::person::{Person, Voice};
use crate::render::papers::points::sort;
use crate::render::papers::wording::kinds;
use crate::render::prose;
use crate::report::Report;
use crate::rules::{Anchor, Finding};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

/// The columns with their widths in characters.
const COLUMNS: [(&str, u16); 10] = [
    ("No.", 5),
    ("Section", 8),
    ("Page", 6),
    ("Words of the plan", 32),
    ("Defect", 16),
    ("What is missing or weak", 22),
    ("Authority", 21),
    ("Wording sought", 26),
    ("Evidence", 14),
    ("Council\u{2019}s response", 14),
];

/// The columns of the second sheet.
const UNCHECKED: [(&str, u16); 3] = [("Page", 8), ("What was not checked", 60), ("Why it matters", 80)];

/// A cell of a workbook holds no more characters.
const LONGEST: usize = 32_000;
/// Size of the type in points.
const SIZE: u16 = 9;
/// A row of a workbook is no higher, in points.
const HIGHEST: u32 = 409;
/// A4, as the format numbers paper.
const A4: u8 = 9;

type Row = [String; COLUMNS.len()];

/// The schedule as a workbook.
pub fn schedule_workbook(report: &Report<'_>) -> Result<Paper, PaperError> {
    let bytes = workbook(report).map_err(|_| PaperError::Workbook)?;
    Ok(Paper { bytes, pages: None, left_out: 0, notices: Vec::new() })
}

/// The schedule as comma-separated values; what was not checked are rows at its end.
pub fn schedule_csv(report: &Report<'_>) -> Paper {
    let mark = "\u{feff}".as_bytes().to_vec();
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(mark);
    // Writing to memory cannot fail.
    let _ = out.write_record(COLUMNS.map(|(name, _)| name));
    for row in rows(report) {
        let _ = out.write_record(row.map(|cell| harmless(&cell)));
    }
    for (page, what, why) in unchecked(report) {
        let mut row = Row::default();
        row[2] = page;
        "Not checked".clone_into(&mut row[4]);
        row[5] = format!("{what} {why}");
        let _ = out.write_record(row.map(|cell| harmless(&cell)));
    }
    Paper { bytes: out.into_inner().unwrap_or_default(), pages: None, left_out: 0, notices: Vec::new() }
}

fn rows(report: &Report<'_>) -> Vec<Row> {
    let person = Person::of(report.plan.profile(), Some(Voice::Parent));
    let row = |(at, finding): (usize, &Finding<'_>)| {
        let page = match finding.anchor {
            Anchor::Text(span) => prose::page(&report.plan, span),
            Anchor::Missing(_) => None,
        };
        let words = if finding.statement_text.is_empty() { &finding.quote } else { &finding.statement_text };
        let authority: Vec<&str> = finding.rule.authority.iter().map(|authority| authority.cite.as_str()).collect();
        let softened = finding.softened.map_or_else(String::new, |reason| format!(" {reason}"));
        [
            (at + 1).to_string(),
            finding.section.map_or("Whole plan", |letter| letter.as_str()).to_owned(),
            page.map_or_else(String::new, |page| page.to_string()),
            words.clone(),
            finding.rule.title.clone(),
            format!("{}{softened}", finding.message),
            authority.join("; "),
            sought(&kinds().request(finding, sort(&report.plan, finding), &person)),
            String::new(),
            String::new(),
        ]
    };
    report.findings.iter().enumerate().map(row).collect()
}

/// A request as an instruction: "Please say how often." is "Say how often."
fn sought(request: &str) -> String {
    let Some(rest) = request.strip_prefix("Please ") else { return request.to_owned() };
    let rest = rest.replace(". Please ", ". ").replace("tell me ", "say ");
    let mut characters = rest.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// What could not be read and what could therefore not be told: page, what, why.
fn unchecked(report: &Report<'_>) -> Vec<(String, String, String)> {
    let page = |page: Option<u32>| page.map_or_else(String::new, |page| page.to_string());
    let unread = report.unread().into_iter();
    let unread = unread.map(|unread| (page(unread.page), format!("Not read: {}.", unread.what), unread.why_it_matters));
    let notes = report.notes.iter().map(|note| {
        let what = format!("Could not be told: {}", note.message);
        (String::new(), what, "The answer may stand in a part that could not be read.".to_owned())
    });
    unread.chain(notes).collect()
}

fn workbook(report: &Report<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // the day on which it was made is not for a file to tell: the same plan gives the same bytes
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title("Schedule of points").set_creation_datetime(&made));
    let sheet = workbook.add_worksheet();
    sheet.set_name("Points")?;
    let rows: Vec<Vec<String>> = rows(report).into_iter().map(Vec::from).collect();
    fill(sheet, &COLUMNS, &rows)?;
    let unchecked: Vec<Vec<String>> =
        unchecked(report).into_iter().map(|(page, what, why)| vec![page, what, why]).collect();
    if !unchecked.is_empty() {
        let sheet = workbook.add_worksheet();
        sheet.set_name("Not checked")?;
        fill(sheet, &UNCHECKED, &unchecked)?;
    }
    workbook.save_to_buffer()
}

/// Fills a sheet, sets it up for print, and keeps its first row in view.
fn fill(sheet: &mut Worksheet, columns: &[(&str, u16)], rows: &[Vec<String>]) -> Result<(), XlsxError> {
    let cell = Format::new()
        .set_font_name("Arial")
        .set_font_size(SIZE)
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin);
    let text = cell.clone().set_num_format("@");
    let number = cell.clone().set_align(FormatAlign::Center);
    let head = cell.clone().set_bold().set_background_color("#E7E6E6");
    for (column, &(name, width)) in (0..).zip(columns) {
        sheet.write_string_with_format(0, column, name, &head)?;
        sheet.set_column_width(column, width)?;
    }
    for (at, row) in (1..).zip(rows) {
        let lines = columns.iter().zip(row).map(|(&(_, width), words)| measure::lines_in(words, inner(width), SIZE));
        // programs differ in whether they make room for wrapped words; a height that is stated is kept by all
        sheet.set_row_height(at, (lines.max().unwrap_or(1) * u32::from(SIZE) * 5 / 4 + 3).min(HIGHEST))?;
        for (column, words) in (0..).zip(row) {
            let words: String = clean(words).chars().take(LONGEST).collect();
            match words.parse::<u32>() {
                Ok(count) if column == 0 || columns[usize::from(column)].0 == "Page" => {
                    sheet.write_number_with_format(at, column, count, &number)?;
                }
                _ => drop(sheet.write_string_with_format(at, column, words, &text)?),
            }
        }
    }
    sheet.set_row_height(0, 2 * u32::from(SIZE) * 5 / 4 + 3)?;
    let last = u16::try_from(columns.len()).unwrap_or(1) - 1;
    sheet.autofilter(0, 0, u32::try_from(rows.len()).unwrap_or(u32::MAX), last)?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_margins(0.4, 0.4, 0.5, 0.5, 0.2, 0.2);
    sheet.set_footer("&CPage &P of &N");
    Ok(())
}

/// The room for words in a column so many characters wide, in twentieths of a point.
fn inner(width: u16) -> u32 {
    u32::from(width) * 105 - 80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_become_instructions() {
        assert_eq!(sought("Please say how often. Please take it out."), "Say how often. take it out.");
        assert_eq!(sought("Why?"), "Why?");
    }
}
