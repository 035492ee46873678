//! Prints: where the words of a document stand on its pages, so that they can be marked there.

use crate::text::Span;
use std::fmt;

/// Where a word stands on a page, in the coordinates of the file: points, `y` growing upwards, as far as the page is not
/// turned. The word itself may be turned: its corners say which way it is up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Print {
    /// The word, in the document's text.
    pub span: Span,
    /// Page, from one.
    pub page: u32,
    /// Its upper left corner, as a reader sees it.
    pub upper_left: (f32, f32),
    /// Its upper right corner.
    pub upper_right: (f32, f32),
    /// Its lower left corner.
    pub lower_left: (f32, f32),
}

/// The prints of a document: empty for a format without pages.
#[derive(Clone, Default)]
pub struct Prints(Vec<Stamp>);

/// The print of a word of one block; `at` is its first byte, in the block's text until it is in a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stamp {
    pub(crate) at: u32,
    pub(crate) length: u32,
    pub(crate) page: u32,
    /// Upper left, upper right, lower left.
    pub(crate) corners: [f32; 6],
}

impl Prints {
    /// How many words have one.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is known of where the words stand.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The prints of the words of `span`, cut to it: where within a word, by how wide its letters usually are.
    pub fn of<'p>(&'p self, span: Span, text: &'p str) -> impl Iterator<Item = Print> + 'p {
        let first = self.0.partition_point(|stamp| stamp.span().end <= span.start);
        let stamps = self.0.iter().skip(first).take_while(move |stamp| (stamp.at as usize) < span.end);
        stamps.filter_map(move |stamp| stamp.within(span, text))
    }

    /// Adds those of a block of which the words at `kept` now stand at `at` of the document's text.
    pub(super) fn add(&mut self, stamps: &[Stamp], kept: Span, at: usize) {
        for stamp in stamps.iter().filter(|stamp| stamp.span().overlaps(kept)) {
            let at = (stamp.at as usize + at).saturating_sub(kept.start);
            let Ok(at) = u32::try_from(at) else { return };
            self.0.push(Stamp { at, ..*stamp });
        }
    }
}

impl Stamp {
    fn span(&self) -> Span {
        Span::new(self.at as usize, self.at as usize + self.length as usize)
    }

    /// What of it lies in `span`.
    fn within(&self, span: Span, text: &str) -> Option<Print> {
        let own = self.span();
        let cut = Span::new(own.start.max(span.start), own.end.min(span.end));
        if cut.is_empty() {
            return None;
        }
        let wide = |to: usize| text.get(own.start..to).map_or(0.0, |before| before.chars().map(width).sum::<f32>());
        let all = wide(own.end).max(0.1);
        let share = |to: usize| wide(to) / all;
        let [left, top, right, slope, low_left, low_top] = self.corners;
        let (across, down) = ((right - left, slope - top), (low_left - left, low_top - top));
        let along = |share: f32| (left + share * across.0, top + share * across.1);
        let (upper_left, upper_right) = (along(share(cut.start)), along(share(cut.end)));
        let lower_left = (upper_left.0 + down.0, upper_left.1 + down.1);
        Some(Print { span: cut, page: self.page, upper_left, upper_right, lower_left })
    }
}

/// How wide a letter is in most type, in parts of its size.
fn width(letter: char) -> f32 {
    match letter {
        'i' | 'j' | 'l' | '\'' | '\u{2018}' | '\u{2019}' | '|' => 0.24,
        '.' | ',' | ':' | ';' | '!' | 'I' | 'f' | 't' | '/' | '(' | ')' | '[' | ']' => 0.29,
        'r' | '-' | '"' | '\u{201c}' | '\u{201d}' => 0.36,
        'm' | 'w' | 'M' | 'W' => 0.83,
        letter if letter.is_uppercase() => 0.67,
        _ => 0.53,
    }
}

impl fmt::Debug for Prints {
    /// Sizes only, like the document's.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prints").field("words", &self.0.len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_word_has_its_share_of_the_print() {
        let stamp = |at, length, left: f32| {
            let right = left + 30.0;
            Stamp { at, length, page: 3, corners: [left, 700.0, right, 700.0, left, 690.0] }
        };
        let text = "may/can do";
        let mut prints = Prints::default();
        prints.add(&[stamp(2, 7, 100.0), stamp(10, 2, 140.0)], Span::new(2, 12), 0);
        let check = |from: usize, to: usize, expected: &[(f32, f32)]| {
            let found: Vec<(f32, f32)> =
                prints.of(Span::new(from, to), text).map(|print| (print.upper_left.0, print.upper_right.0)).collect();
            assert_eq!(found, expected, "{from}..{to}");
        };
        check(0, 10, &[(100.0, 130.0), (140.0, 170.0)]);
        check(8, 9, &[(140.0, 155.0)]);
        check(7, 8, &[]);
        let half: Vec<f32> = prints.of(Span::new(0, 3), text).map(|print| print.upper_right.0.round()).collect();
        assert_eq!(half, [115.0]);
        assert_eq!(
            prints.of(Span::new(0, 1), text).next().map(|print| (print.page, print.lower_left)),
            Some((3, (100.0, 690.0)))
        );
    }
}
