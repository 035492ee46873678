//! The second reader: plain words where the first reader fails or finds letters without text.

use super::blocks::Block;
use super::paragraphs::Paragraph;
use super::regions::Flow;
use super::sense::Sense;
use crate::document::{Builder, Document, GapKind, NewBlock, Place};
use crate::extract::Access;
use std::collections::BTreeMap;

/// Names of the readers in reports.
pub(super) const FIRST: &str = "hayro";
pub(super) const SECOND: &str = "pdf-extract";
pub(super) const BOTH: &str = "hayro and pdf-extract";

/// The words of these pages, or of all where none is named, as far as the second reader, if there is one, finds any.
pub(super) fn words(bytes: &[u8], access: &Access, pages: &[u32]) -> Vec<(u32, String)> {
    let mut found = access.second_reader.map(|read| read(bytes, access, pages)).unwrap_or_default();
    found.retain(|(page, text)| (pages.is_empty() || pages.contains(page)) && Sense::of(text).usable() > 0);
    found.sort_by_key(|&(page, _)| page);
    found.dedup_by_key(|&mut (page, _)| page);
    found
}

/// The words of the pages on which the second reader finds more.
pub(super) struct Words(BTreeMap<u32, String>);

impl Words {
    /// Asks the second reader for the pages with letters that the first could not read. Where it does better, the
    /// page is emptied and its gap changed.
    pub(super) fn of(bytes: &[u8], access: &Access, pages: &mut [Flow], gaps: &mut Vec<(GapKind, u32)>) -> Self {
        let poor =
            |kind: &GapKind| matches!(kind, GapKind::PageDamaged | GapKind::UnmappedGlyphs(_) | GapKind::Garbled);
        let mut wanted: Vec<u32> = gaps.iter().filter(|(kind, _)| poor(kind)).map(|&(_, page)| page).collect();
        wanted.dedup();
        let mut better = BTreeMap::new();
        let found = if wanted.is_empty() { Vec::new() } else { words(bytes, access, &wanted) };
        for (page, text) in found {
            let Some(flow) = (page as usize).checked_sub(1).and_then(|at| pages.get_mut(at)) else { continue };
            let mut sense = Sense::default();
            flow.each_line(&mut |line| sense.read(&line.text));
            if Sense::of(&text).usable() > sense.usable() {
                flow.items.clear();
                gaps.retain(|(kind, at)| *at != page || !poor(kind));
                gaps.push((GapKind::WordsOnly, page));
                better.insert(page, text);
            }
        }
        gaps.sort_by_key(|&(_, page)| page);
        Self(better)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The paragraphs of a page, in letters of this size, if it is among them.
    pub(super) fn take(&mut self, page: u32, size: f32) -> Option<Vec<Block>> {
        let text = self.0.remove(&page)?;
        let block = |text| Block::Paragraph(Box::new(Paragraph { text, page, size, ..Paragraph::default() }));
        Some(paragraphs(&text).into_iter().map(block).collect())
    }
}

/// A document of plain words alone.
pub(super) fn document(bytes: &[u8], access: &Access) -> Option<Document> {
    let pages = words(bytes, access, &[]);
    let &(last, _) = pages.last()?;
    let mut builder = Builder::new("pdf");
    builder.reader(SECOND);
    builder.pages(last);
    builder.gap(GapKind::WordsOnly, Place::default());
    for (page, text) in &pages {
        for paragraph in paragraphs(text) {
            builder.block(NewBlock { place: Place { page: Some(*page) }, ..NewBlock::paragraph(&paragraph) });
        }
    }
    Some(builder.finish())
}

/// The paragraphs of a page of plain words: one ends at a blank line, or at a line that stops short.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let width = |line: &str| line.chars().count();
    let longest = text.lines().map(|line| width(line.trim())).max().unwrap_or(0);
    let mut paragraphs: Vec<String> = Vec::new();
    let mut ended = true;
    for line in text.lines() {
        let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
        match paragraphs.last_mut().filter(|_| !ended) {
            _ if words.is_empty() => {}
            Some(open) => {
                open.push(' ');
                open.push_str(&words);
            }
            None => paragraphs.push(words.clone()),
        }
        ended = width(&words) * 4 < longest * 3;
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::ExtractError;
    use crate::extract::pdf::FORMAT;

    #[test]
    fn lines_become_paragraphs() {
        let page =
            "Heading\nA line that is as long as any on this page\nand its end.\n\nAnother\u{a0}one,  with spaces.\n";
        let expected =
            ["Heading", "A line that is as long as any on this page and its end.", "Another one, with spaces."];
        assert_eq!(paragraphs(page), expected);
        assert!(paragraphs(" \n\n").is_empty());
    }

    fn access() -> Access {
        let second_reader: crate::extract::SecondReader = |_, _, pages| {
            let text = "Section F\nThe words of a page that nobody else could read, to the end of it";
            if pages.is_empty() {
                vec![(1, text.to_owned()), (3, " ".to_owned())]
            } else {
                vec![(pages[0], text.to_owned())]
            }
        };
        Access { second_reader: Some(second_reader), ..Access::default() }
    }

    #[test]
    fn a_file_that_the_first_reader_cannot_read_has_its_words() {
        let document = (FORMAT.read)(b"%PDF-1.7\n", &access()).expect("words");
        assert_eq!((document.reader(), document.blocks().len(), document.pages()), (SECOND, 2, Some(1)));
        assert_eq!(document.blocks()[1].place.page, Some(1));
        assert_eq!(document.gaps().iter().map(|gap| &gap.kind).collect::<Vec<_>>(), [&GapKind::WordsOnly]);
        let error = (FORMAT.read)(b"%PDF-1.7\n", &Access::default()).expect_err("no second reader");
        assert!(matches!(error, ExtractError::Damaged { .. }));
    }
}
