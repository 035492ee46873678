//! Large first letters that reach over several lines: each belongs to the first word of the first of them.

use super::lines::{Line, Word};
use super::page::{Area, Glyph, Page};

/// It is so much larger than the type around it.
const LARGER: f32 = 1.8;
/// How far the lines beside it stand from it, in parts of its size: at most, and over its edge.
const BESIDE: f32 = 0.6;
const OVER: f32 = 0.2;

/// A large first letter.
pub(super) struct DropCap {
    letters: String,
    area: Area,
    base: f32,
    size: f32,
}

/// Takes out of these glyphs the letters that may be large first ones.
pub(super) fn take<'p>(page: &Page, glyphs: &mut Vec<&'p Glyph>) -> Vec<(DropCap, &'p Glyph)> {
    #[expect(clippy::cast_precision_loss, reason = "a page has few glyphs")]
    let usual = glyphs.iter().map(|glyph| glyph.size).sum::<f32>() / glyphs.len().max(1) as f32;
    let large = |glyph: &Glyph| glyph.size > LARGER * usual;
    if !glyphs.iter().any(|glyph| large(glyph)) {
        return Vec::new();
    }
    let alone = |cap: &Glyph| {
        !glyphs.iter().any(|other| {
            let beside = (other.left - cap.right).abs().min((cap.left - other.right).abs()) < BESIDE * cap.size;
            large(other) && other.letters != cap.letters && (other.base - cap.base).abs() < cap.size && beside
        })
    };
    let is_cap = |glyph: &Glyph| page.letters(glyph).chars().all(char::is_uppercase) && large(glyph) && alone(glyph);
    let caps: Vec<&Glyph> = glyphs.iter().copied().filter(|glyph| is_cap(glyph)).collect();
    glyphs.retain(|glyph| !caps.iter().any(|cap| cap.letters == glyph.letters));
    let of = |glyph: &'p Glyph| {
        let (letters, area) = (page.letters(glyph).to_owned(), glyph.area());
        (DropCap { letters, area, base: glyph.base, size: glyph.size }, glyph)
    };
    caps.into_iter().map(of).collect()
}

impl DropCap {
    /// Puts it before the first of the lines that stand beside it, and these lines under it; false where there are
    /// not two of them.
    pub(super) fn put(&self, lines: &mut [Line], space: impl Fn(&Line) -> bool) -> bool {
        let beside = |line: &Line| {
            let (from, to) = (self.area.right - OVER * self.size, self.area.right + BESIDE * self.size);
            (from..to).contains(&line.area.left)
                && (self.base - 0.85 * self.size..self.base + 0.1 * self.size).contains(&line.middle())
        };
        if lines.iter().filter(|line| beside(line)).count() < 2 {
            return false;
        }
        for (at, line) in lines.iter_mut().filter(|line| beside(line)).enumerate() {
            line.area.left = self.area.left;
            if at > 0 {
                continue;
            }
            let apart = space(line);
            let before = if apart { format!("{} ", self.letters) } else { self.letters.clone() };
            line.text.insert_str(0, &before);
            line.words.iter_mut().for_each(|word| word.at += before.len());
            if let Some(word) = line.words.first_mut().filter(|_| !apart) {
                (word.at, word.left) = (0, self.area.left);
            } else {
                let weight = line.words.first().map(|word| word.weight).unwrap_or_default();
                let (left, right) = (self.area.left, self.area.right);
                line.words.insert(0, Word { at: 0, left, right, weight });
            }
        }
        true
    }
}
