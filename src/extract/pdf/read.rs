//! The order of work: pages, their parts, furniture, paragraphs, what page ends cut, and the document.

use super::aligned::align;
use super::blocks::{Block, Table, blocks};
use super::columns;
use super::depths::depths;
use super::form::Form;
use super::furniture::{Aside, set_aside};
use super::glyphs::File;
use super::headings::Headings;
use super::joins::join;
use super::lines::SOFT;
use super::measure::Measure;
use super::page::{Area, Page, Projection};
use super::paragraphs::{Paragraph, Printed};
use super::recognised;
use super::regions::{Flow, regions};
use super::second::{self, Words};
use super::sense::Sense;
use super::title_rows::free_title_rows;
use crate::document::{
    BlockKind, Builder, Document, Emphasis, FileName, FurnitureKind, GapKind, NewBlock, Place, Stamp,
};
use crate::extract::{Access, ExtractError, docx};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A file that is larger, or pages beyond these, are no plan.
const MAX_BYTES: usize = 256 << 20;
const MAX_PAGES: usize = 2_000;
/// A file with more different words aslant has drawings, not watermarks.
const MAX_WATERMARKS: usize = 20;
/// A picture that covers this much of the page may hold text.
const BIG_PICTURE: f32 = 0.12;
/// A page with fewer glyphs that is mostly a picture is a picture.
const FEW_GLYPHS: usize = 10;
/// A page number of a bundle has fewer glyphs, stands this near the top or the foot, and the picture under it covers so much.
const MOST_STAMPED: usize = 80;
const MARGIN: f32 = 0.1;
const SCAN: f32 = 0.7;

const BLANK: &str = "its pages are blank";

pub(super) fn sniff(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    head.windows(5).any(|window| window == b"%PDF-")
}

pub(super) fn read(bytes: &[u8], access: &Access) -> Result<Document, ExtractError> {
    if bytes.len() > MAX_BYTES {
        return Err(ExtractError::TooLarge { what: "more than 256 megabytes" });
    }
    let first = first(bytes, access);
    match first {
        Err(ExtractError::Damaged { .. } | ExtractError::NoText { what: BLANK, .. }) => {
            second::document(bytes, access).map_or(first, Ok)
        }
        _ => first,
    }
}

/// The one plan in a portfolio: its pages are counted as its own.
fn inside(plan: &[u8], access: &Access) -> Result<Document, ExtractError> {
    if sniff(plan) { document_of(plan, access, true) } else { (docx::FORMAT.read)(plan, access) }
}

/// What the first reader makes of the file, with words of the second on pages that the first cannot read.
fn first(bytes: &[u8], access: &Access) -> Result<Document, ExtractError> {
    document_of(bytes, access, false)
}

/// `within`: it stands in a portfolio, and of portfolios in portfolios the cover alone is read.
fn document_of(bytes: &[u8], access: &Access, within: bool) -> Result<Document, ExtractError> {
    let file = File::open(bytes, access)?;
    if let Some(plan) = file.plan_inside().filter(|_| !within) {
        return inside(&plan, access);
    }
    let mut pages: Vec<Flow> = Vec::new();
    let mut gaps: Vec<(GapKind, u32)> = Vec::new();
    let mut to_file: Vec<Projection> = Vec::new();
    let mut watermarks: Vec<Aside> = Vec::new();
    let tags = file.tags();
    file.each_page(&tags, MAX_PAGES, |mut page| {
        to_file.push(page.to_file);
        for text in &page.watermarks {
            let known = watermarks.iter_mut().find(|known: &&mut Aside| known.text == *text);
            if let Some(known) = known {
                known.pages += 1;
            } else {
                let (kind, text) = (FurnitureKind::Header, text.clone());
                watermarks.push(Aside { kind, text, page: page.number, pages: 1, numbered: false });
            }
        }
        gaps.extend(unread(&page).into_iter().map(|gap| (gap, page.number)));
        if is_stamped_scan(&page) {
            page.glyphs.clear();
        }
        let sorted = catch_unwind(AssertUnwindSafe(|| regions(&page, &tags)));
        if sorted.is_err() && !page.damaged {
            gaps.push((GapKind::PageDamaged, page.number));
        }
        pages.push(sorted.unwrap_or_else(|_| Flow { area: page.area(), items: Vec::new(), continues: false }));
    });
    if file.pages() > MAX_PAGES {
        gaps.push((GapKind::Limit("pages"), u32::try_from(MAX_PAGES).unwrap_or(u32::MAX)));
    }
    let recognised = recognised::read(bytes, access, &mut pages, &mut gaps);
    let attached = file.attached();
    set_nonsense_aside(&mut pages, &mut gaps);
    let mut words = Words::of(bytes, access, &mut pages, &mut gaps);
    if pages.iter().all(Flow::is_empty) && words.is_empty() {
        let any = |kind: &GapKind| gaps.iter().any(|(gap, _)| gap == kind);
        if any(&GapKind::PageWithoutText) {
            return Err(ExtractError::Scan { tried: access.recogniser.is_some() });
        }
        let what = if any(&GapKind::Garbled) {
            "its letters are stored so that no word can be made out"
        } else if any(&GapKind::PageDamaged) {
            "its pages are damaged"
        } else {
            BLANK
        };
        return Err(ExtractError::NoText { format: "pdf", what });
    }
    let mut form = None;
    if file.is_form() && is_placeholder(&pages) {
        form = file.form();
        gaps.push((GapKind::Form { read: form.is_some() }, 0));
        gaps.sort_by_key(|&(_, page)| page);
    }
    watermarks.truncate(MAX_WATERMARKS);
    let aside = watermarks.into_iter().chain(set_aside(&mut pages));
    free_title_rows(&mut pages);
    for page in &mut pages {
        columns::part(page);
        align(page);
    }
    let measure = Measure::of(&pages);
    let reader = match () {
        () if recognised => recognised::READER,
        () if words.is_empty() => second::FIRST,
        () => second::BOTH,
    };
    let blocks = |(page, flow)| words.take(page, measure.size).unwrap_or_else(|| blocks(flow, &measure));
    let mut all = join((1..).zip(pages).map(blocks).collect());
    depths(&mut all);
    let Form { blocks, around, size } = form.unwrap_or_default();
    all.extend(blocks);

    let outside =
        all.iter().filter_map(|block| if let Block::Paragraph(paragraph) = block { Some(&**paragraph) } else { None });
    let headings = Headings::of(outside, if size > 0.0 { size } else { measure.size });

    let mut builder = Builder::new("pdf");
    builder.reader(reader);
    builder.pages(u32::try_from(file.pages()).unwrap_or(u32::MAX));
    gaps.reverse();
    let unplaced = access.unplaced;
    Writer { builder: &mut builder, headings, gaps: &mut gaps, to_file: &to_file, unplaced }.document(all);
    for name in attached {
        builder.gap(GapKind::Attached(FileName(name)), Place::default());
    }
    let around =
        around.into_iter().map(|text| Aside { kind: FurnitureKind::Header, text, page: 0, pages: 1, numbered: false });
    for Aside { kind, text, page, pages, numbered } in aside.chain(around) {
        builder.furniture_on(kind, &text, place(page), (pages, numbered));
    }
    Ok(builder.finish())
}

/// Whether the pages hold nothing but a request to open the file in another program.
fn is_placeholder(pages: &[Flow]) -> bool {
    let mut text = String::new();
    for page in pages {
        page.each_line(&mut |line| text.push_str(&line.text.to_lowercase()));
    }
    text.len() < 2_000 && (text.contains("adobe") || text.contains("please wait"))
}

/// Empties the pages whose words are mostly none, and says so.
fn set_nonsense_aside(pages: &mut [Flow], gaps: &mut Vec<(GapKind, u32)>) {
    for (number, page) in (1..).zip(pages) {
        let mut sense = Sense::default();
        let mut more = 0;
        page.each_line(&mut |line| more += line.text.len() + 1);
        // A page of English need not be read to its end to tell that it is one.
        page.each_line(&mut |line| {
            if !sense.stays_sensible(more) {
                more -= line.text.len() + 1;
                sense.read(&line.text);
            }
        });
        if !sense.stays_sensible(more) && sense.is_garbled() {
            page.items.clear();
            gaps.retain(|(gap, at)| *at != number || !matches!(gap, GapKind::UnmappedGlyphs(_)));
            gaps.push((GapKind::Garbled, number));
        }
    }
    gaps.sort_by_key(|&(_, page)| page);
}

/// Whether a page is a picture on which a bundle's page number was printed, and no more.
fn is_stamped_scan(page: &Page) -> bool {
    let whole = page.area();
    let scan = page.pictures.iter().any(|picture| picture.surface() > SCAN * whole.surface());
    let in_margin = |base: f32| base < MARGIN * whole.bottom || base > (1.0 - MARGIN) * whole.bottom;
    scan && page.glyphs.len() < MOST_STAMPED && page.glyphs.iter().all(|glyph| in_margin(glyph.base))
}

/// What could not be read of a page.
fn unread(page: &Page) -> Vec<GapKind> {
    let mut gaps = Vec::new();
    if page.comments > 0 {
        gaps.push(GapKind::Comments(page.comments));
    }
    if page.damaged {
        gaps.push(GapKind::PageDamaged);
    }
    let whole = page.area().surface().max(1.0);
    let largest = page.pictures.iter().map(|picture| picture.surface() / whole).fold(0.0, f32::max);
    let covered = page.pictures.iter().map(|picture| picture.surface() / whole).sum::<f32>();
    if page.glyphs.len() < FEW_GLYPHS && covered > 0.4 || is_stamped_scan(page) {
        gaps.push(GapKind::PageWithoutText);
    } else if largest > BIG_PICTURE {
        gaps.push(GapKind::Picture);
    }
    let many = page.glyphs.len() / 20;
    if page.unmapped as usize > many.max(10) {
        gaps.push(GapKind::UnmappedGlyphs(page.unmapped));
    }
    gaps
}

fn place(page: u32) -> Place {
    Place { page: Some(page).filter(|&page| page > 0) }
}

/// Writes blocks into a document, and gaps where their pages begin.
struct Writer<'w> {
    builder: &'w mut Builder,
    headings: Headings,
    /// From the last page to the first.
    gaps: &'w mut Vec<(GapKind, u32)>,
    /// For each page, from its points to those of the file.
    to_file: &'w [Projection],
    /// Nobody will ask where words stand.
    unplaced: bool,
}

impl Writer<'_> {
    fn document(mut self, blocks: Vec<Block>) {
        self.blocks(blocks, false);
        self.gaps_until(u32::MAX);
    }

    fn gaps_until(&mut self, page: u32) {
        while let Some((kind, at)) = self.gaps.pop_if(|(_, at)| *at <= page) {
            self.builder.gap(kind, place(at));
        }
    }

    fn blocks(&mut self, blocks: Vec<Block>, inside: bool) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => self.paragraph(*paragraph, inside),
                Block::Table(table) => self.table(table),
            }
        }
    }

    fn paragraph(&mut self, paragraph: Paragraph, inside: bool) {
        if !inside {
            self.gaps_until(paragraph.page);
        }
        let kind = match self.headings.level(&paragraph).filter(|_| !inside) {
            Some(level) => BlockKind::Heading { level },
            None if paragraph.label.is_some() => BlockKind::ListItem { depth: paragraph.depth },
            None => BlockKind::Paragraph,
        };
        let printed = if self.unplaced { &[] } else { paragraph.printed.as_slice() };
        let stamps: Vec<Stamp> = printed.iter().filter_map(|word| self.stamp(word)).collect();
        let Paragraph { mut text, label, page, breaks, weight, size, .. } = paragraph;
        if text.ends_with(SOFT) {
            text.truncate(text.len() - SOFT.len());
            text.push('-');
        }
        let (bold, italic) = (weight.is_bold(), weight.is_italic());
        let size = (size * 20.0).round() / 20.0;
        let emphasis = Emphasis { bold, italic, size, ..Emphasis::default() };
        let page_breaks = breaks;
        let new = NewBlock { kind, label, emphasis, place: place(page), page_breaks, ..NewBlock::paragraph(&text) };
        self.builder.printed(new, &stamps);
    }

    /// Where a word stands, in the coordinates of the file.
    fn stamp(&self, word: &Printed) -> Option<Stamp> {
        let to_file = self.to_file.get(usize::try_from(word.page).ok()?.checked_sub(1)?)?;
        let Area { left, top, right, bottom } = word.area;
        let [one, two, three] = [(left, top), (right, top), (left, bottom)].map(|(x, y)| to_file.of(x, y));
        let (at, length) = (u32::try_from(word.at).ok()?, u32::try_from(word.length).ok()?);
        Some(Stamp { at, length, page: word.page, corners: [one.0, one.1, two.0, two.1, three.0, three.1] })
    }

    fn table(&mut self, table: Table) {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let header_rows = table.header_rows;
        self.builder.begin_table(table.source);
        self.builder.header_rows(number(header_rows));
        for cell in table.cells {
            let header = cell.row < header_rows;
            self.builder.begin_cell(
                number(cell.row),
                number(cell.column),
                number(cell.rows),
                number(cell.columns),
                header,
            );
            self.blocks(cell.blocks, true);
            self.builder.end_cell();
        }
        self.builder.end_table();
    }
}
