//! Words that were recognised in the picture of a page, as the glyphs of a page like any other.

use super::page::{Glyph, Page};
use super::regions::{Flow, regions};
use super::tags::Tags;
use crate::document::GapKind;
use crate::extract::Access;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Name of the reader in reports, where a page was read in this way.
pub(super) const READER: &str = "hayro, and OCR of pictures";

/// A word that was recognised, in points from the top left corner of its page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecognisedWord {
    /// The word.
    pub text: String,
    /// The line that it stands in: words of a line have the same number, and follow each other.
    pub line: u32,
    /// Where it begins.
    pub left: f32,
    /// Its highest point.
    pub top: f32,
    /// Where it ends.
    pub right: f32,
    /// Its lowest point.
    pub bottom: f32,
}

/// Parts of the size of letters: how high capitals stand, and how deep a "g" reaches.
const CAPITAL: f32 = 0.72;
const DEPTH: f32 = 0.21;
/// Lines that differ by less are of one size: boxes around recognised letters are no finer.
const SAME_SIZE: f32 = 0.2;

/// Reads the pages that are pictures, if there is somebody to recognise what they show. Whether any was.
pub(super) fn read(bytes: &[u8], access: &Access, pages: &mut [Flow], gaps: &mut [(GapKind, u32)]) -> bool {
    let Some(recognise) = access.recogniser else { return false };
    let wanted: Vec<u32> =
        gaps.iter().filter(|(kind, _)| *kind == GapKind::PageWithoutText).map(|&(_, page)| page).collect();
    let found = if wanted.is_empty() { Vec::new() } else { recognise(bytes, access, &wanted) };
    let mut any = false;
    for (number, words) in found {
        let flow = (number as usize).checked_sub(1).and_then(|at| pages.get_mut(at));
        let Some(flow) = flow.filter(|_| wanted.contains(&number)) else { continue };
        let area = flow.area;
        let page = page(number, (area.right, area.bottom), &words);
        let Ok(read) = catch_unwind(AssertUnwindSafe(|| regions(&page, &Tags::default()))) else { continue };
        if !read.is_empty() {
            *flow = read;
            any = true;
            for (kind, at) in gaps.iter_mut().filter(|(kind, _)| *kind == GapKind::PageWithoutText) {
                if *at == number {
                    *kind = GapKind::Recognised;
                }
            }
        }
    }
    any
}

/// A page of these words.
fn page(number: u32, (width, height): (f32, f32), words: &[RecognisedWord]) -> Page {
    let mut page = Page { number, width, height, ..Page::default() };
    let words: Vec<&RecognisedWord> = words.iter().filter(|word| sound(word)).collect();
    let lines: Vec<&[&RecognisedWord]> = words.chunk_by(|a, b| a.line == b.line).collect();
    let mut measures: Vec<(f32, f32)> = lines.iter().map(|line| measure(line)).collect();
    let mut sizes: Vec<f32> = measures.iter().map(|&(_, size)| size).collect();
    sizes.sort_by(f32::total_cmp);
    let usual = sizes.get(sizes.len() / 2).copied().unwrap_or_default();
    for (_, size) in &mut measures {
        if (*size - usual).abs() < SAME_SIZE * usual {
            *size = usual;
        }
    }
    for (line, (base, size)) in lines.into_iter().zip(measures) {
        for (at, word) in line.iter().enumerate() {
            add(&mut page, word, at > 0, base, size);
        }
    }
    page
}

fn sound(word: &RecognisedWord) -> bool {
    let finite = [word.left, word.top, word.right, word.bottom].iter().all(|edge| edge.is_finite());
    finite && word.right > word.left && word.bottom > word.top && !word.text.trim().is_empty()
}

/// The height on which the letters of a line stand, and their size.
fn measure(line: &[&RecognisedWord]) -> (f32, f32) {
    let middle = |mut edges: Vec<f32>| {
        edges.sort_by(f32::total_cmp);
        edges.get(edges.len() / 2).copied()
    };
    let tall =
        |word: &&&RecognisedWord| word.text.contains(|c: char| c.is_uppercase() || "bdfhklt0123456789".contains(c));
    let deep = |word: &&&RecognisedWord| word.text.contains(|c: char| "gjpqyQ,;()[]|".contains(c));
    let top = middle(line.iter().filter(tall).map(|word| word.top).collect());
    let bottom = middle(line.iter().filter(|word| !deep(word)).map(|word| word.bottom).collect());
    let high = line.iter().map(|word| word.top).fold(f32::MAX, f32::min);
    let low = line.iter().map(|word| word.bottom).fold(f32::MIN, f32::max);
    match (top, bottom) {
        (Some(top), Some(base)) if base > top => (base, (base - top) / CAPITAL),
        (Some(top), _) if low > top => (low - DEPTH / (CAPITAL + DEPTH) * (low - top), (low - top) / (CAPITAL + DEPTH)),
        (_, Some(base)) if base > high => (base, (base - high) / CAPITAL),
        _ => (low, (low - high).max(1.0)),
    }
}

/// Adds the letters of a word, each as wide as the next: where a letter stands in its word decides nothing.
fn add(page: &mut Page, word: &RecognisedWord, space: bool, base: f32, size: f32) {
    let letters: Vec<char> = word.text.trim().chars().filter(|letter| !letter.is_control()).collect();
    let mut left = word.left;
    #[expect(clippy::cast_precision_loss, reason = "a word has few letters")]
    let step = (word.right - word.left) / letters.len().max(1) as f32;
    for (at, letter) in letters.into_iter().enumerate() {
        let start = page.text.len();
        page.text.push(letter);
        let right = left + step;
        let plain = Glyph::plain(page.letters_from(start), (left, right), base, size);
        page.glyphs.push(Glyph { space: space && at == 0, ..plain });
        left = right;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, line: u32, left: f32, right: f32, top: f32, bottom: f32) -> RecognisedWord {
        RecognisedWord { text: text.to_owned(), line, left, top, right, bottom }
    }

    #[test]
    fn words_become_lines_on_one_height() {
        let words = [
            word("Section", 1, 50.0, 90.0, 100.0, 108.0),
            word("F:", 1, 94.0, 104.0, 100.2, 108.1),
            word("gym", 2, 50.0, 70.0, 122.0, 130.0),
            word("time", 2, 74.0, 94.0, 120.0, 128.0),
            word("\u{7}", 2, 96.0, 97.0, 120.0, 128.0),
            word("nowhere", 3, f32::NAN, 94.0, 120.0, 128.0),
        ];
        let page = page(3, (595.0, 842.0), &words);
        let mut lines = Vec::new();
        regions(&page, &Tags::default()).each_line(&mut |line| lines.push((line.text.clone(), line.base.round())));
        assert_eq!(lines, [("Section F:".to_owned(), 108.0), ("gym time".to_owned(), 128.0)]);
    }
}
