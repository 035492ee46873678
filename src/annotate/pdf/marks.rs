//! Where words are marked on pages: the prints of single words joined to strips of lines.

use crate::document::{Document, Print};
use crate::text::Span;
use std::collections::BTreeMap;

type Point = (f32, f32);

/// A strip of a line; it may be turned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Strip {
    pub(super) upper_left: Point,
    pub(super) upper_right: Point,
    pub(super) lower_left: Point,
}

impl Strip {
    pub(super) fn lower_right(&self) -> Point {
        let ((left, top), (low_left, low_top)) = (self.upper_left, self.lower_left);
        (self.upper_right.0 + low_left - left, self.upper_right.1 + low_top - top)
    }

    /// How long it is.
    pub(super) fn length(&self) -> f32 {
        (self.upper_right.0 - self.upper_left.0).hypot(self.upper_right.1 - self.upper_left.1)
    }

    /// Its corners, in the order in which viewers want them.
    pub(super) fn corners(&self) -> [Point; 4] {
        [self.upper_left, self.upper_right, self.lower_left, self.lower_right()]
    }

    /// Goes on with a word that stands next to its right end, as the line runs. Whether it does.
    fn take(&mut self, word: &Print) -> bool {
        let along = (self.upper_right.0 - self.upper_left.0, self.upper_right.1 - self.upper_left.1);
        let down = (self.lower_left.0 - self.upper_left.0, self.lower_left.1 - self.upper_left.1);
        let (length, height) = (along.0.hypot(along.1), down.0.hypot(down.1));
        if length <= 0.0 || height <= 0.0 {
            return false;
        }
        let gap = (word.upper_left.0 - self.upper_right.0, word.upper_left.1 - self.upper_right.1);
        let forward = (gap.0 * along.0 + gap.1 * along.1) / length;
        let aside = (gap.0 * down.0 + gap.1 * down.1) / height;
        let near = aside.abs() < 0.1 * height && (-0.5 * height..1.2 * height).contains(&forward);
        if near {
            self.upper_right = word.upper_right;
        }
        near
    }
}

/// The strips that mark some words, by page.
pub(super) fn strips(document: &Document, words: &[Span]) -> BTreeMap<u32, Vec<Strip>> {
    let mut pages: BTreeMap<u32, Vec<Strip>> = BTreeMap::new();
    for span in words {
        let mut fresh = true;
        for word in document.prints().of(*span, document.text()) {
            let strips = pages.entry(word.page).or_default();
            // words of two groups are never one strip, however near they stand
            if fresh || !strips.last_mut().is_some_and(|last| last.take(&word)) {
                let Print { upper_left, upper_right, lower_left, .. } = word;
                strips.push(Strip { upper_left, upper_right, lower_left });
            }
            fresh = false;
        }
    }
    pages
}
