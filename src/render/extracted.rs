//! What was read, for a person: the way to see whether a file was understood before trusting a report on it.

use crate::document::{Block, BlockKind, Document, FurnitureKind, GapKind, Table};
use crate::plan::{Fragment, Letter, Plan};
use crate::render::clean::clean;
use crate::render::part::{Part, Standing, in_a_row};
use crate::render::prose;
use crate::render::run::Entry;
use crate::render::wrap::hang;
use crate::render::writer::Look;
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The words in reading order, one paragraph a line, with marks where a page, section, table or row begins.
pub(crate) fn text(entry: &Entry<'_>, _: Standing, look: &Look) -> Vec<u8> {
    write(entry, look, |plan, out| {
        let letters = letters(plan);
        let mut last = Mark::default();
        let form = plan.document().gaps().iter().any(|gap| gap.kind == GapKind::Form { read: true });
        for (block, letters) in plan.document().blocks().iter().zip(letters) {
            let mark = Mark { page: block.place.page, letters, row: block.cell.map(|cell| (cell.table, cell.row)) };
            if form && last.page.is_some() && mark.page.is_none() {
                out.push_str("\n[the form, as the file stores it]");
            }
            mark.write_changes(&last, out);
            last = mark;
            if let Some(cell) = block.cell {
                let _ = write!(out, "  {}: ", cell.column + 1);
            }
            let label = block.label.as_ref().map_or(String::new(), |label| format!("{} ", clean(label)));
            let _ = writeln!(out, "{label}{}", over_pages(plan.document(), block));
            last.page = block.place_at(block.span.end).page;
        }
        for furniture in plan.document().furniture() {
            let name = match furniture.kind {
                FurnitureKind::Header => "header",
                FurnitureKind::Footer => "footer",
            };
            let page = furniture.place.page.map_or_else(String::new, |page| format!(", from page {page}"));
            let numbers = if furniture.numbered { ", with other numbers" } else { "" };
            let often =
                if furniture.pages > 1 { format!(", on {} pages{numbers}", furniture.pages) } else { String::new() };
            let _ = writeln!(out, "\n[{name}{page}{often}]\n{}", clean(plan.slice(furniture.span)));
        }
    })
}

/// The words of a block with a mark where it goes on to another page.
fn over_pages(document: &Document, block: &Block) -> String {
    let mut words = String::new();
    let mut from = block.span.start;
    for &(at, page) in &block.page_breaks {
        let part = document.slice(Span::new(from, at));
        let _ = write!(words, "{} [page {page}] ", clean(part.trim_end()));
        from = at;
    }
    words + &clean(document.slice(Span::new(from, block.span.end)))
}

/// The sections in the order of their letters, with headings, lists and tables; then what stands in none.
pub(crate) fn markdown(entry: &Entry<'_>, _: Standing, look: &Look) -> Vec<u8> {
    write(entry, look, |plan, out| {
        for letter in Letter::ALL {
            let section = plan.section(letter);
            if !section.present() {
                let _ = writeln!(out, "\n## Section {letter}: not found");
                continue;
            }
            let _ = writeln!(out, "\n## Section {letter}");
            if let Some(heading) = section.heading(plan.document()) {
                let pages = match section.pages(plan.document()) {
                    Some((first, last)) if first == last => format!(", page {first}"),
                    Some((first, last)) => format!(", pages {first} to {last}"),
                    None => String::new(),
                };
                let _ = writeln!(out, "\n*{}*{pages}", clean(heading));
            }
            for fragment in section.fragments {
                fragment_markdown(plan.document(), &under_label(plan.document(), fragment), out);
            }
        }
        let letters = letters(plan);
        let outside: Vec<usize> = (0..letters.len()).filter(|&at| letters[at].is_empty()).collect();
        if !outside.is_empty() {
            out.push_str("\n## In no section\n");
            fragment_markdown(plan.document(), &outside, out);
        }
    })
}

/// The frame of both: a title for the document, what could not be read, or why there is nothing.
fn write(entry: &Entry<'_>, look: &Look, body: impl Fn(&Plan, &mut String)) -> Vec<u8> {
    let mut out = String::new();
    let _ = writeln!(out, "# {}", clean(&entry.path));
    match &entry.outcome {
        Err(failure) => {
            let _ = writeln!(out, "\nnot read: {} {}", clean(&failure.message), clean(&failure.help));
        }
        Ok(report) => {
            for (label, words) in prose::gaps(&report.plan) {
                let _ = writeln!(out, "\n{}", hang(&format!("{label}: "), &words, look.width));
            }
            body(&report.plan, &mut out);
        }
    }
    out.into_bytes()
}

/// All documents, one after the other.
pub(crate) fn join(parts: &[Part<'_>], _: &Look) -> Vec<u8> {
    in_a_row(parts, "\n")
}

/// Where a paragraph stands, as far as a mark says it.
#[derive(Default, PartialEq, Eq)]
struct Mark {
    page: Option<u32>,
    letters: Vec<Letter>,
    row: Option<(u32, u32)>,
}

impl Mark {
    fn write_changes(&self, last: &Mark, out: &mut String) {
        let mut marks = String::new();
        if let Some(page) = self.page.filter(|_| self.page != last.page) {
            let _ = write!(marks, "[page {page}]");
        }
        if self.letters != last.letters {
            let names: Vec<&str> = self.letters.iter().map(|letter| letter.as_str()).collect();
            let names =
                if names.is_empty() { "no section".to_owned() } else { format!("Section {}", names.join(", ")) };
            let _ = write!(marks, "[{names}]");
        }
        if let Some((table, row)) = self.row.filter(|_| self.row != last.row) {
            let _ = write!(marks, "[table {}, row {}]", table + 1, row + 1);
        } else if self.row.is_none() && last.row.is_some() {
            marks.push_str("[end of table]");
        }
        if !marks.is_empty() {
            let _ = writeln!(out, "\n{marks}");
        }
    }
}

/// The sections of each block, headings included.
fn letters(plan: &Plan) -> Vec<Vec<Letter>> {
    let mut letters: Vec<Vec<Letter>> = vec![Vec::new(); plan.document().blocks().len()];
    for fragment in plan.fragments() {
        for &index in fragment.headings.iter().chain(&fragment.blocks) {
            if let Some(of_block) = letters.get_mut(index) {
                of_block.extend(&fragment.letters);
                of_block.sort_unstable();
                of_block.dedup();
            }
        }
    }
    letters
}

/// The blocks of a fragment with the headings that stand in it, but not its own, which is said before.
fn under_label(document: &Document, fragment: &Fragment) -> Vec<usize> {
    let is_label = |index: &&usize| {
        let block = document.blocks().get(**index);
        block.is_some_and(|block| fragment.label.is_some_and(|label| label.overlaps(block.span)))
    };
    let mut blocks: Vec<usize> = fragment.headings.iter().filter(|index| !is_label(index)).copied().collect();
    blocks.extend(&fragment.blocks);
    blocks.sort_unstable();
    blocks.dedup();
    blocks
}

fn fragment_markdown(document: &Document, blocks: &[usize], out: &mut String) {
    let blocks: Vec<&Block> = blocks.iter().filter_map(|&index| document.blocks().get(index)).collect();
    let table = |block: &&Block| block.cell.map(|cell| cell.table);
    for run in blocks.chunk_by(|a, b| table(a) == table(b)) {
        if run.first().and_then(table).is_some() {
            table_markdown(document, run, out);
        } else {
            for block in run {
                let _ = writeln!(out, "{}", paragraph_markdown(block, &clean(document.slice(block.span))));
            }
        }
    }
}

/// The cells that these blocks stand in as a table: the columns they use, empty cells kept, a title over all of them above. Markdown wants a heading row;
/// the first one serves.
fn table_markdown(document: &Document, run: &[&Block], out: &mut String) {
    let mut cells: BTreeMap<(u32, u32), String> = BTreeMap::new();
    for block in run {
        let Some(cell) = block.cell else { continue };
        let words = clean(document.slice(block.span)).replace('|', "\\|");
        let table = document.tables().get(cell.table as usize);
        let over_all = |table: &Table| {
            table.columns > 1 && table.cell(cell.row, 0).is_some_and(|first| first.column_span >= table.columns)
        };
        if cells.is_empty() && table.is_some_and(over_all) {
            let _ = writeln!(out, "\n**{words}**");
            continue;
        }
        let text = cells.entry((cell.row, cell.column)).or_default();
        if !text.is_empty() {
            text.push_str("<br>");
        }
        text.push_str(&words);
    }
    let rows: BTreeSet<u32> = cells.keys().map(|&(row, _)| row).collect();
    let columns: BTreeSet<u32> = cells.keys().map(|&(_, column)| column).collect();
    for (at, row) in rows.into_iter().enumerate() {
        out.push_str(if at == 0 { "\n|" } else { "|" });
        for &column in &columns {
            let _ = write!(out, " {} |", cells.get(&(row, column)).map_or("", String::as_str));
        }
        out.push('\n');
        if at == 0 {
            let _ = writeln!(out, "|{}", "---|".repeat(columns.len()));
        }
    }
}

fn paragraph_markdown(block: &Block, words: &str) -> String {
    match block.kind {
        BlockKind::Heading { level } => format!("\n{} {words}", "#".repeat(usize::from(level.clamp(1, 4)) + 2)),
        BlockKind::ListItem { depth } => {
            let number = block.label.as_deref().filter(|label| label.chars().any(char::is_alphanumeric));
            let number = number.map_or_else(String::new, |number| format!("{} ", clean(number)));
            format!("{}- {number}{words}", "  ".repeat(usize::from(depth)))
        }
        BlockKind::Paragraph => format!("\n{words}"),
    }
}
