//! Working document: sections of a plan in the tribunal's key: plain as it stands, bold for what is asked to come in, bold
//! and struck through for what is asked to go, footnotes for the evidence.

use crate::document::{Block, BlockKind, Cell as DrawnCell, Table as DrawnTable};
use crate::plan::lexicon::list;
use crate::plan::{Letter, Plan};
use crate::render::papers::edits::{Edits, Sentences};
use crate::render::papers::measure;
use crate::render::papers::paper::Paper;
use crate::render::papers::person::{Person, Voice};
use crate::render::papers::sheet::{Cell, Look, Merge, Paragraph, Piece, Run, Sheet, Table};
use crate::render::papers::word;
use crate::render::papers::wording::fill;
use crate::render::prose;
use crate::report::Report;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// The most pages of A4 that the tribunal takes for a working document.
const MOST_PAGES: usize = 25;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Words {
    title: String,
    about: String,
    key_heading: String,
    key: Vec<Key>,
    key_others: String,
    bold_note: String,
    brackets: String,
    note: String,
    sections: String,
    unread: String,
    not_told: String,
    not_found: String,
    need: String,
    moved: String,
    answered: String,
    remark: String,
    section_text: String,
    verb: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Key {
    words: String,
    #[serde(default)]
    look: KeyLook,
    means: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum KeyLook {
    #[default]
    Plain,
    Bold,
    BoldStruck,
}

fn words() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(|| list("papers/working-document"));
    &WORDS
}

/// The working document of these sections.
pub fn working_document(report: &Report<'_>, letters: &[Letter]) -> Paper {
    let words = words();
    let person = Person::of(report.plan.profile(), Some(Voice::Parent));
    let sentences = Sentences {
        note: &words.note,
        need: &words.need,
        moved: &words.moved,
        answered: &words.answered,
        remark: &words.remark,
        section_text: &words.section_text,
        verb: &words.verb,
    };
    let edits = Edits::of(report, letters, &person, &sentences);
    let mut sheet = Sheet {
        title: words.title.clone(),
        size: 22,
        margin: 1134,
        gap: 120,
        bold_headings: false,
        numbered: true,
        pieces: Vec::new(),
    };
    head(&mut sheet, report, letters, &person);
    let made = edits.made;
    Copying { plan: &report.plan, letters, edits }.into(&mut sheet);
    let pages = measure::pages(&sheet);
    let mut notices = vec![format!(
        "About {} of A4, one more or fewer, measured from the widths of the letters; the tribunal takes at most {MOST_PAGES}.",
        prose::count(pages, "page", "pages")
    )];
    let elsewhere = report.findings.len().saturating_sub(made);
    if elsewhere > 0 {
        notices.push(format!(
            "{} not in these sections, and so not in this document. The schedule has all of them.",
            prose::count(elsewhere, "finding is", "findings are")
        ));
    }
    notices.push("Fill in the footnotes: who says so, in which report, where.".to_owned());
    Paper { bytes: word::bytes(&sheet), pages: Some(pages), left_out: elsewhere, notices }
}

fn head(sheet: &mut Sheet, report: &Report<'_>, letters: &[Letter], person: &Person) {
    let words = words();
    sheet.say(Look::Heading(1), words.title.as_str());
    let full = person.full.as_deref().unwrap_or("[name]");
    let values = [("full", full), ("plan", prose::stage(&report.plan))];
    sheet.say(Look::Plain, fill(&words.about, &values));
    sheet.say(Look::Heading(2), words.key_heading.as_str());
    let row = |key: &Key| {
        let bold = key.look != KeyLook::Plain;
        let run = Run { bold, struck: key.look == KeyLook::BoldStruck, ..Run::plain(key.words.as_str()) };
        vec![Cell::of(vec![Paragraph::of(vec![run])]), Cell::say(key.means.as_str())]
    };
    let rows = words.key.iter().map(row).collect();
    sheet.pieces.push(Piece::Table(Table { shares: vec![1, 2], header_rows: 0, rows }));
    sheet.say(Look::Plain, format!("{} {} {}", words.key_others, words.bold_note, words.brackets));
    let names: Vec<&str> = letters.iter().map(|letter| letter.as_str()).collect();
    sheet.say(Look::Plain, fill(&words.sections, &[("sections", &prose::list(&names, "and"))]));
    let unread = report.unread();
    if !unread.is_empty() {
        sheet.say(Look::Plain, words.unread.as_str());
    }
    for unread in &unread {
        let page = unread.page.map_or_else(String::new, |page| format!("page {page}: "));
        sheet.say(Look::Item(0), format!("\u{2022}\t{page}{}. {}", unread.what, unread.why_it_matters));
    }
    if !report.notes.is_empty() {
        sheet.say(Look::Plain, words.not_told.as_str());
    }
    for note in &report.notes {
        sheet.say(Look::Item(0), format!("\u{2022}\t{}", note.message));
    }
}

/// Copies sections of a plan, with edits.
struct Copying<'c> {
    plan: &'c Plan,
    letters: &'c [Letter],
    edits: Edits,
}

/// Which blocks are copied, and as what.
#[derive(Default)]
struct Chosen {
    /// The section of each block that is copied.
    letter: BTreeMap<usize, Letter>,
    /// Those that are headings.
    headings: BTreeSet<usize>,
    /// Those that stand in sections which are not copied.
    others: BTreeSet<usize>,
}

impl Copying<'_> {
    fn into(mut self, sheet: &mut Sheet) {
        let chosen = self.chosen();
        let blocks = self.plan.document().blocks();
        let ends_at = last_blocks(&chosen);
        let mut done_tables = BTreeSet::new();
        let mut current = None;
        for (&index, &letter) in &chosen.letter {
            let Some(block) = blocks.get(index) else { continue };
            if current != Some(letter) {
                if !self.is_labelled(letter) {
                    sheet.say(Look::Heading(2), format!("Section {letter}: {}", letter.title()));
                }
                current = Some(letter);
            }
            let mut last = index;
            match block.cell.and_then(|cell| self.outermost(cell.table)) {
                Some(table) => {
                    if done_tables.insert(table) {
                        sheet.pieces.extend(self.table(table, &chosen).map(Piece::Table));
                    }
                    last =
                        chosen.letter.keys().copied().filter(|&other| self.is_in(other, table)).max().unwrap_or(index);
                }
                None => sheet.pieces.push(Piece::Paragraph(self.paragraph(index, block, &chosen))),
            }
            for (&letter, &end) in &ends_at {
                if end == index || (end == last && end > index) || (end == last && index == last) {
                    self.end(sheet, letter);
                }
            }
        }
        for &letter in self.letters {
            if !self.plan.section(letter).present() {
                let values = [("section", letter.as_str()), ("title", letter.title())];
                sheet.say(Look::Heading(2), fill(&words().not_found, &values));
            }
            self.end(sheet, letter);
        }
    }

    fn chosen(&self) -> Chosen {
        let mut chosen = Chosen::default();
        for fragment in self.plan.fragments() {
            let letter = fragment.letters.iter().copied().find(|letter| self.letters.contains(letter));
            for &index in fragment.headings.iter().chain(&fragment.blocks) {
                match letter {
                    Some(letter) => drop(chosen.letter.entry(index).or_insert(letter)),
                    None => drop(chosen.others.insert(index)),
                }
            }
            if letter.is_some() {
                chosen.headings.extend(&fragment.headings);
            }
        }
        chosen.others.retain(|index| !chosen.letter.contains_key(index));
        chosen
    }

    fn is_labelled(&self, letter: Letter) -> bool {
        self.plan.section(letter).fragments.iter().any(|fragment| fragment.label.is_some())
    }

    /// What is asked for at the end of a section, once.
    fn end(&mut self, sheet: &mut Sheet, letter: Letter) {
        for run in self.edits.ends.remove(&letter).unwrap_or_default() {
            sheet.push(Look::Plain, vec![run]);
        }
    }

    fn paragraph(&self, index: usize, block: &Block, chosen: &Chosen) -> Paragraph {
        let mut runs = self.edits.runs(self.plan, block.span);
        if let Some(label) = block.label.as_ref().filter(|label| !label.is_empty()) {
            runs.insert(0, Run::plain(format!("{label}\t")));
        }
        let look = match block.kind {
            BlockKind::ListItem { depth } => Look::Item(depth),
            _ if block.cell.is_some_and(|cell| self.outermost(cell.table).is_some()) => Look::Plain,
            _ if chosen.headings.contains(&index) => Look::Heading(2),
            BlockKind::Heading { .. } => Look::Heading(3),
            BlockKind::Paragraph => Look::Plain,
        };
        if !matches!(look, Look::Item(_))
            && let Some(first) = runs.first_mut().filter(|_| block.label.is_some())
        {
            first.words = first.words.replace('\t', " ");
        }
        Paragraph { look, runs, keep: false }
    }

    /// The table to copy for a block in some table: the outermost around it that has columns. A table of one column is
    /// only a frame, and what stands in it is copied as if it stood alone. `None`: there are only frames.
    fn outermost(&self, table: u32) -> Option<u32> {
        let tables = self.plan.document().tables();
        let mut found = None;
        let mut around = Some(table);
        for _ in 0..=tables.len() {
            let Some((number, table)) = around.and_then(|number| Some((number, tables.get(number as usize)?))) else {
                break;
            };
            if table.columns > 1 {
                found = Some(number);
            }
            around = table.parent.map(|parent| parent.table);
        }
        found
    }

    fn is_in(&self, block: usize, table: u32) -> bool {
        let cell = self.plan.document().blocks().get(block).and_then(|block| block.cell);
        cell.is_some_and(|cell| self.outermost(cell.table) == Some(table))
    }

    /// The rows and columns of a table that the sections need, headings of columns included.
    fn table(&mut self, number: u32, chosen: &Chosen) -> Option<Table> {
        let drawn = self.plan.document().tables().get(number as usize)?.clone();
        let wanted = |cell: &DrawnCell| cell.blocks.clone().any(|block| chosen.letter.contains_key(&block));
        let rows: Vec<u32> = (0..drawn.rows)
            .filter(|&row| row < drawn.header_rows || drawn.cells.iter().any(|c| covers_row(c, row) && wanted(c)))
            .collect();
        let foreign = |cell: &DrawnCell| {
            !cell.blocks.is_empty() && cell.blocks.clone().all(|block| chosen.others.contains(&block))
        };
        let columns: Vec<u32> = (0..drawn.columns)
            .filter(|&column| {
                let cells: Vec<&DrawnCell> =
                    rows.iter().filter_map(|&row| drawn.cell(row, column)).filter(|c| !c.blocks.is_empty()).collect();
                cells.is_empty() || !cells.iter().all(|cell| foreign(cell))
            })
            .collect();
        let mut made = Vec::new();
        for &row in &rows {
            made.push(self.row(number, &drawn, row, &rows, &columns, chosen));
        }
        let header_rows = rows.iter().filter(|&&row| row < drawn.header_rows).count();
        let header_rows = if header_rows < made.len() { header_rows } else { 0 };
        let shares = shares(&made, columns.len());
        (!made.is_empty() && !columns.is_empty()).then_some(Table { shares, header_rows, rows: made })
    }

    fn row(
        &mut self,
        number: u32,
        drawn: &DrawnTable,
        row: u32,
        rows: &[u32],
        columns: &[u32],
        chosen: &Chosen,
    ) -> Vec<Cell> {
        let mut cells: Vec<Cell> = Vec::new();
        let mut last: Option<(u32, u32)> = None;
        for &column in columns {
            let Some(cell) = drawn.cell(row, column) else {
                cells.push(Cell::of(Vec::new()));
                last = None;
                continue;
            };
            if last == Some((cell.row, cell.column)) {
                if let Some(cell) = cells.last_mut() {
                    cell.span += 1;
                }
                continue;
            }
            last = Some((cell.row, cell.column));
            let goes_on = rows.iter().any(|&next| next > row && covers_row(cell, next));
            let began = rows.iter().find(|&&first| covers_row(cell, first)) != Some(&row);
            let merge = match (began, goes_on) {
                (true, _) => Merge::Continue,
                (false, true) => Merge::Begin,
                (false, false) => Merge::None,
            };
            let mut paragraphs = Vec::new();
            if !began {
                for index in cell.blocks.clone().filter(|index| !chosen.others.contains(index)) {
                    if let Some(block) = self.plan.document().blocks().get(index) {
                        paragraphs.push(self.paragraph(index, block, chosen));
                    }
                }
                if let Some(put) = self.edits.cells.remove(&(number, cell.row, cell.column)) {
                    paragraphs.push(Paragraph::of(put));
                }
            }
            cells.push(Cell { span: 1, merge, paragraphs });
        }
        cells
    }
}

/// The last block of each section, after which its additions stand.
fn last_blocks(chosen: &Chosen) -> BTreeMap<Letter, usize> {
    chosen.letter.iter().map(|(&index, &letter)| (letter, index)).collect()
}

fn covers_row(cell: &DrawnCell, row: u32) -> bool {
    (cell.row..cell.row + cell.row_span).contains(&row)
}

/// The widths of columns by how much stands in them: none very narrow, none hogging the page.
fn shares(rows: &[Vec<Cell>], columns: usize) -> Vec<u32> {
    let mut shares = vec![8_u32; columns];
    for row in rows {
        let mut column = 0;
        for cell in row {
            let words: usize = cell.paragraphs.iter().map(|p| p.words().chars().count()).sum();
            if cell.span == 1
                && let Some(share) = shares.get_mut(column)
            {
                let root = u32::try_from(words).unwrap_or(u32::MAX).isqrt() + 2;
                *share = (*share).max(root.min(24));
            }
            column += cell.span;
        }
    }
    shares
}
