//! From glyphs to lines of text: what stands on one height, from left to right, with the spaces between.

use super::direction;
use super::drop_caps;
use super::heights::heights;
use super::page::{Area, Glyph, Page};
use std::collections::BTreeMap;

/// A word of a line: where its text begins, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Word {
    pub(super) at: usize,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) weight: Weight,
}

/// How many of the letters of some text are there, bold, and italic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Weight {
    letters: u32,
    bold: u32,
    italic: u32,
}

impl Weight {
    /// Of so many letters, so many of which are bold, and so many italic.
    pub(super) fn of(letters: u32, bold: u32, italic: u32) -> Self {
        Self { letters, bold, italic }
    }

    fn add(&mut self, other: Self) {
        self.letters += other.letters;
        self.bold += other.bold;
        self.italic += other.italic;
    }

    /// Every letter is bold.
    pub(super) fn is_bold(self) -> bool {
        self.letters > 0 && self.bold == self.letters
    }

    /// There are letters, and none is bold.
    pub(super) fn is_plain(self) -> bool {
        self.letters > 0 && self.bold == 0
    }

    /// Every letter is italic.
    pub(super) fn is_italic(self) -> bool {
        self.letters > 0 && self.italic == self.letters
    }

    /// Of two texts together.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.add(other);
        self
    }
}

/// One line of text.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) words: Vec<Word>,
    pub(super) area: Area,
    pub(super) base: f32,
    pub(super) size: f32,
    pub(super) page: u32,
    pub(super) weight: Weight,
    pub(super) artifact: bool,
    /// The paragraph that a tagged file says most of it belongs to; 0 is none.
    pub(super) paragraph: u32,
    /// A space is written at its end: its last word is not broken.
    pub(super) closed: bool,
    /// It stands on its side, or runs in some other direction.
    pub(super) turned: bool,
}

impl Line {
    /// The height at which it is taken to stand: the middle of its small letters.
    pub(super) fn middle(&self) -> f32 {
        self.base - 0.3 * self.size
    }

    /// The words from index `from` up to `to` as a line of their own.
    pub(super) fn part(&self, from: usize, to: usize) -> Option<Self> {
        let words = self.words.get(from..to)?;
        let (first, last) = (words.first()?, words.last()?);
        let end = self.words.get(to).map_or(self.text.len(), |next| next.at);
        let text = self.text.get(first.at..end)?.trim_end().to_owned();
        let area = Area { left: first.left, right: last.right, ..self.area };
        let words: Vec<Word> = words.iter().map(|word| Word { at: word.at - first.at, ..*word }).collect();
        let weight = words.iter().fold(Weight::default(), |sum, word| sum.and(word.weight));
        let Self { base, size, page, artifact, paragraph, turned, .. } = *self;
        let closed = self.closed || end < self.text.len();
        Some(Self { text, words, area, base, size, page, weight, artifact, paragraph, closed, turned })
    }

    /// The text of the word at `index`.
    pub(super) fn word(&self, index: usize) -> &str {
        let Some(word) = self.words.get(index) else { return "" };
        let end = self.words.get(index + 1).map_or(self.text.len(), |next| next.at);
        self.text.get(word.at..end).unwrap_or_default().trim_end()
    }
}

/// A hyphen at the end of a line that is none where the word is not broken.
pub(super) const SOFT: &str = "\u{ad}";
/// A gap this wide, in parts of the size of type, is a space.
const SPACE: f32 = 0.17;
/// The same where letters stand as close as their widths say, as in condensed type.
const TIGHT_SPACE: f32 = 0.13;
const TIGHT: f32 = 0.03;
/// And one this narrow is none, whatever was written.
const UNSEEN: f32 = 0.02;
/// The same letter this near is printed twice to look bold.
const OVERPRINT: f32 = 0.18;
/// And covers this much of it, or else type is narrow: the two letters of "ll".
const COVERED: f32 = 0.6;

/// The lines that these glyphs of a page form, from top to bottom.
pub(super) fn lines(page: &Page, glyphs: &[usize]) -> Vec<Line> {
    let mut order: Vec<&Glyph> = Vec::with_capacity(glyphs.len());
    order.extend(glyphs.iter().filter_map(|&at| page.glyphs.get(at)));
    let caps = drop_caps::take(page, &mut order);
    let mut lines = level(page, order);
    let first = |line: &Line| {
        let near = |glyph: &&Glyph| (glyph.base - line.base).abs() < 0.5 && (glyph.left - line.area.left).abs() < 0.5;
        glyphs.iter().filter_map(|&at| page.glyphs.get(at)).find(near).is_some_and(|glyph| glyph.space)
    };
    for (cap, glyph) in caps {
        if !cap.put(&mut lines, first) {
            lines.push(line(page, vec![glyph]));
            lines.sort_by(|a, b| a.base.total_cmp(&b.base));
        }
    }
    lines
}

/// Lines of glyphs of which none is a large first letter.
fn level(page: &Page, mut order: Vec<&Glyph>) -> Vec<Line> {
    order.sort_by(|a, b| a.base.total_cmp(&b.base));
    heights(order).map(|glyphs| line(page, glyphs)).filter(|line| !line.words.is_empty()).collect()
}

fn line(page: &Page, glyphs: Vec<&Glyph>) -> Line {
    let paragraph = most_frequent(&glyphs);
    let text = String::with_capacity(glyphs.len() + glyphs.len() / 2);
    let words = Vec::with_capacity(glyphs.len() / 4 + 1);
    let mut line = Line { page: page.number, artifact: true, paragraph, text, words, ..Line::default() };
    // With its letters.
    let mut last: Option<(&Glyph, &str)> = None;
    // How far apart the letters of words stand here.
    let mut usual = f32::NEG_INFINITY;
    let mut soft: Option<&Glyph> = None;
    for (glyph, doubled) in ordered(page, glyphs) {
        let drawn = page.letters(glyph);
        let mut text = drawn;
        if text == SOFT {
            soft = Some(glyph);
            continue;
        }
        // One that is seen inside a line is a hyphen, one that is not says nothing; before a hyphen it makes it soft.
        match soft.take() {
            Some(_) if matches!(text, "-" | "\u{2010}") => text = SOFT,
            Some(hyphen)
                if hyphen.width() > UNSEEN * 5.0 * glyph.size && glyph.left > hyphen.right - 0.1 * glyph.size =>
            {
                line.text.push('-');
                last = Some((hyphen, SOFT));
            }
            _ => {}
        }
        let apart = last.is_none_or(|(before, said)| {
            let gap = glyph.left - before.right;
            // A space that is taken back, as some programs write one after letters that are drawn as one.
            let unseen = gap.abs() < UNSEEN * glyph.size && usual.abs() < UNSEEN * glyph.size;
            let apart = glyph.space && !unseen
                || gap
                    > if usual.abs() < TIGHT * glyph.size { TIGHT_SPACE } else { SPACE } * glyph.size.max(before.size)
                || is_note(said, before, text, glyph, &line)
                || is_noted(before, text, glyph, &line)
                || weight_turns(said, before, text, glyph);
            if !apart {
                usual = gap;
            }
            apart
        });
        if apart {
            if last.is_some() {
                line.text.push(' ');
            }
            let weight = Weight::default();
            line.words.push(Word { at: line.text.len(), left: glyph.left, right: glyph.right, weight });
        }
        line.text.push_str(text);
        let letters = u32::from(wordy(text));
        let bold = letters * u32::from(glyph.look.bold || doubled);
        if let Some(word) = line.words.last_mut() {
            word.right = word.right.max(glyph.right);
            word.weight.add(Weight { letters, bold, italic: letters * u32::from(glyph.look.italic) });
        }
        line.artifact &= glyph.artifact;
        if glyph.size > line.size {
            (line.size, line.base) = (glyph.size, glyph.base);
        }
        last = Some((glyph, drawn));
    }
    line.closed = last.is_some_and(|(glyph, _)| glyph.closed);
    if line.text.ends_with(SOFT) || soft.is_some_and(|_| last.is_some()) {
        line.text.truncate(line.text.trim_end_matches(SOFT).len());
        line.text.push_str(SOFT);
    }
    line.weight = line.words.iter().fold(Weight::default(), |sum, word| sum.and(word.weight));
    let left = line.words.first().map_or(0.0, |word| word.left);
    let right = line.words.iter().map(|word| word.right).fold(left, f32::max);
    line.area = Area { left, right, top: line.base - 0.75 * line.size, bottom: line.base + 0.25 * line.size };
    direction::spell(&mut line);
    line
}

/// The paragraph to which most of the glyphs belong.
fn most_frequent(glyphs: &[&Glyph]) -> u32 {
    let Some(first) = glyphs.first().map(|glyph| glyph.mark.paragraph) else { return 0 };
    if glyphs.iter().all(|glyph| glyph.mark.paragraph == first) {
        return first;
    }
    let mut counted: Vec<(u32, usize)> = Vec::new();
    for glyph in glyphs {
        match counted.iter_mut().find(|(paragraph, _)| *paragraph == glyph.mark.paragraph) {
            Some((_, count)) => *count += 1,
            None => counted.push((glyph.mark.paragraph, 1)),
        }
    }
    counted.into_iter().max_by_key(|&(_, count)| count).map_or(0, |(paragraph, _)| paragraph)
}

/// The glyphs of a line from left to right, and whether each was printed twice. What was written in one go stays
/// together, even where something else was written over its end.
fn ordered<'p>(page: &Page, mut glyphs: Vec<&'p Glyph>) -> Vec<(&'p Glyph, bool)> {
    glyphs.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut single = once(page, &glyphs, |_| 0);
    if single.iter().any(|(_, doubled)| *doubled) {
        // A word may be printed whole once, and in parts the other time: the letters of the longer are kept.
        let mut all: Vec<(&Glyph, bool)> = glyphs.iter().map(|glyph| (*glyph, false)).collect();
        all.sort_by_key(|(glyph, _)| glyph.letters.start);
        let lengths: BTreeMap<u32, usize> = written(all)
            .into_iter()
            .flat_map(|chunk| {
                let length = chunk.len();
                chunk.into_iter().map(move |(glyph, _)| (glyph.letters.start, length))
            })
            .collect();
        single = once(page, &glyphs, |glyph| lengths.get(&glyph.letters.start).copied().unwrap_or(0));
    }
    // Most lines are drawn from left to right: what was written in one go stands together already.
    if single.is_sorted_by_key(|(glyph, _)| glyph.letters.start) {
        return single;
    }
    single.sort_by_key(|(glyph, _)| glyph.letters.start);
    let mut chunks = written(single);
    chunks.sort_by(|a, b| {
        let left = |chunk: &[(&Glyph, bool)]| chunk.first().map_or(0.0, |(glyph, _)| glyph.left);
        left(a).total_cmp(&left(b))
    });
    chunks.concat()
}

/// Glyphs from left to right, each once, and whether it was printed twice; of two, the one that counts more, or the first.
fn once<'p>(page: &Page, glyphs: &[&'p Glyph], counts: impl Fn(&Glyph) -> usize) -> Vec<(&'p Glyph, bool)> {
    let mut single: Vec<(&Glyph, bool)> = Vec::with_capacity(glyphs.len());
    for &glyph in glyphs {
        let same = |(before, _): &&mut (&Glyph, bool)| {
            glyph.left - before.left < (OVERPRINT * glyph.size).min(COVERED * before.width())
                && page.letters(before) == page.letters(glyph)
        };
        match single.iter_mut().rev().take(2).find(same) {
            Some((kept, doubled)) => {
                *doubled = true;
                if counts(glyph) > counts(kept) {
                    *kept = glyph;
                }
            }
            None => single.push((glyph, false)),
        }
    }
    single
}

/// Glyphs in the order in which they are drawn, parted where one does not stand behind the one before it.
fn written(glyphs: Vec<(&Glyph, bool)>) -> Vec<Vec<(&Glyph, bool)>> {
    let mut chunks: Vec<Vec<(&Glyph, bool)>> = Vec::new();
    for (glyph, doubled) in glyphs {
        match chunks.last_mut() {
            Some(chunk)
                if chunk.last().is_some_and(|(before, _)| {
                    let gap = glyph.left - before.right;
                    glyph.left >= before.left && gap > -0.3 * glyph.size && gap < glyph.size
                }) =>
            {
                chunk.push((glyph, doubled));
            }
            _ => chunks.push(vec![(glyph, doubled)]),
        }
    }
    chunks
}

/// Whether the number of a note stands at the end of a word: "reports¹", not "20 m²".
fn is_note(before: &str, one: &Glyph, text: &str, other: &Glyph, line: &Line) -> bool {
    let raised = other.size < 0.8 * one.size && one.base - other.base > 0.2 * one.size;
    let word = || line.words.last().and_then(|word| line.text.get(word.at..)).unwrap_or_default();
    raised
        && text.starts_with(|letter: char| letter.is_ascii_digit())
        && (before.ends_with(['.', ',', ';', ')', '”', '’'])
            || word().chars().filter(|letter| letter.is_alphabetic()).count() > 3)
}

/// Whether the number of a note stands before what it says: "¹The".
fn is_noted(number: &Glyph, text: &str, other: &Glyph, line: &Line) -> bool {
    let raised = number.size < 0.8 * other.size && other.base - number.base > 0.2 * other.size;
    let word = || line.words.last().and_then(|word| line.text.get(word.at..)).unwrap_or_default();
    raised && text.starts_with(char::is_alphabetic) && word().chars().all(|letter| letter.is_ascii_digit())
}

/// Whether a bold label touches what it labels: `ParentsAnn`.
fn weight_turns(before: &str, one: &Glyph, text: &str, other: &Glyph) -> bool {
    let label = || before.ends_with(|c: char| c.is_lowercase() || matches!(c, ')' | ':' | ']'));
    one.look.bold && !other.look.bold && label() && text.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
}

fn wordy(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::extract::pdf::page::Look;
    use crate::extract::pdf::tags::Mark;

    /// A page with these words, each at its place, in 10 point type of which each letter is 5 wide.
    pub(in crate::extract::pdf) fn page(words: &[(&str, f32, f32)]) -> Page {
        let mut page = Page { number: 1, width: 600.0, height: 800.0, ..Page::default() };
        for &(word, left, base) in words {
            let bold = word.starts_with('*');
            let mut left = left;
            for letter in word.trim_start_matches('*').chars() {
                let start = u32::try_from(page.text.len()).expect("small");
                page.text.push(letter);
                let end = u32::try_from(page.text.len()).expect("small");
                page.glyphs.push(Glyph {
                    letters: start..end,
                    left,
                    right: left + 5.0,
                    base,
                    size: 10.0,
                    look: Look { bold, italic: false },
                    space: false,
                    closed: false,
                    artifact: false,
                    mark: Mark::default(),
                });
                left += 5.0;
            }
        }
        page
    }

    fn check(words: &[(&str, f32, f32)], expected: &[&str]) {
        let page = page(words);
        let all: Vec<usize> = (0..page.glyphs.len()).collect();
        let found: Vec<String> = lines(&page, &all).into_iter().map(|line| line.text).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn words_form_lines() {
        check(&[("two", 20.0, 30.0), ("one", 0.0, 30.0), ("three", 0.0, 42.0)], &["one two", "three"]);
        check(&[("20", 0.0, 30.0), ("m", 10.0, 30.0), ("2", 15.0, 27.0)], &["20m2"]);
        check(&[("bold", 0.0, 30.0), ("bold", 0.5, 30.0)], &["bold"]);
        check(&[("bold", 0.0, 30.0), ("bold", 0.5, 30.0), ("bold", 0.5, 30.2), ("bold", 1.0, 30.0)], &["bold"]);
        check(&[("over", 0.0, 30.0), ("written", 15.0, 30.0)], &["overwritten"]);
        // Condensed type, whose letters stand as their widths say.
        check(&[("two", 0.0, 30.0), ("words", 16.5, 30.0)], &["two words"]);
        check(&[("one", 0.0, 30.0), ("word", 16.0, 30.0)], &["oneword"]);
        check(&[("Lod", 0.0, 30.0), ("ing", 20.0, 30.0), ("Lodging", 0.0, 30.2)], &["Lodging"]);
    }

    #[test]
    fn a_space_that_is_taken_back_is_none() {
        let mut page = page(&[("defi", 0.0, 30.0), ("nir", 20.0, 30.0), ("it", 37.5, 30.0)]);
        page.glyphs.iter_mut().filter(|glyph| [20.0, 37.5].contains(&glyph.left)).for_each(|glyph| glyph.space = true);
        assert_eq!(
            lines(&page, &(0..page.glyphs.len()).collect::<Vec<_>>())[0].text,
            "defi nir it".replacen(' ', "", 1)
        );
    }

    #[test]
    fn a_soft_hyphen_counts_at_the_end_of_a_line() {
        let mut page = page(&[
            ("co\u{ad}", 0.0, 30.0),
            ("op", 10.0, 30.0),
            ("em\u{ad}", 0.0, 42.0),
            ("e\u{ad}-", 0.0, 54.0),
            ("a\u{ad}b", 0.0, 66.0),
        ]);
        for glyph in page.glyphs.iter_mut().filter(|glyph| glyph.base < 60.0) {
            if page.text.get(glyph.letters.start as usize..glyph.letters.end as usize) == Some(SOFT) {
                glyph.right = glyph.left;
            }
        }
        page.glyphs[10].left = 5.0;
        let found = lines(&page, &(0..page.glyphs.len()).collect::<Vec<_>>());
        let texts: Vec<&str> = found.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, ["coop", "em\u{ad}", "e\u{ad}", "a-b"]);
    }

    #[test]
    fn the_number_of_a_note_is_a_word_of_its_own() {
        let raise = |words: &[(&str, f32, f32)]| {
            let mut page = page(words);
            page.glyphs.iter_mut().filter(|glyph| glyph.base < 30.0).for_each(|glyph| glyph.size = 6.0);
            lines(&page, &(0..page.glyphs.len()).collect::<Vec<_>>())[0].text.clone()
        };
        assert_eq!(raise(&[("reports", 0.0, 30.0), ("12", 35.0, 27.0)]), "reports 12");
        assert_eq!(raise(&[("20", 0.0, 30.0), ("cm", 10.0, 30.0), ("2", 20.0, 27.0)]), "20cm2");
        assert_eq!(raise(&[("12", 0.0, 27.0), ("The", 10.0, 30.0)]), "12 The");
    }

    #[test]
    fn a_large_first_letter_begins_its_word() {
        let mut page = page(&[
            ("C", 0.0, 54.0),
            ("ora", 26.0, 30.0),
            ("has", 45.0, 30.0),
            ("two", 26.0, 42.0),
            ("cats", 26.0, 54.0),
            ("now", 0.0, 66.0),
        ]);
        (page.glyphs[0].size, page.glyphs[0].right) = (40.0, 25.0);
        let all: Vec<usize> = (0..page.glyphs.len()).collect();
        let found = lines(&page, &all);
        let texts: Vec<&str> = found.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, ["Cora has", "two", "cats", "now"]);
        assert_eq!((found[0].word(0), found[0].word(1), found[1].area.left), ("Cora", "has", 0.0));
    }

    #[test]
    fn narrow_letters_are_not_printed_twice() {
        let mut page = page(&[("w", 0.0, 10.0), ("i", 5.0, 10.0), ("l", 6.5, 10.0), ("l", 8.0, 10.0)]);
        page.glyphs.iter_mut().skip(1).for_each(|glyph| glyph.right = glyph.left + 1.5);
        assert_eq!(lines(&page, &[0, 1, 2, 3])[0].text, "will");
    }

    #[test]
    fn a_line_is_bold_when_all_of_it_is() {
        let page = page(&[("*all", 0.0, 10.0), ("*one", 0.0, 30.0), ("not", 20.0, 30.0), ("none", 0.0, 50.0)]);
        let all: Vec<usize> = (0..page.glyphs.len()).collect();
        let found: Vec<(bool, bool)> =
            lines(&page, &all).iter().map(|line| (line.weight.is_bold(), line.weight.is_plain())).collect();
        assert_eq!(found, [(true, false), (false, false), (false, true)]);
    }

    #[test]
    fn a_part_of_a_line_is_a_line() {
        let page = page(&[("one", 0.0, 10.0), ("two", 20.0, 10.0), ("three", 80.0, 10.0)]);
        let all: Vec<usize> = (0..page.glyphs.len()).collect();
        let whole = lines(&page, &all).remove(0);
        let part = whole.part(1, 3).expect("two words");
        assert_eq!((part.text.as_str(), part.area.left, part.word(1)), ("two three", 20.0, "three"));
    }
}
