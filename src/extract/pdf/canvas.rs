//! What was drawn so far of a page. Knows nothing of PDF.

use super::falls::Falls;
use super::page::{Area, Glyph, Page, Rule};
use super::symbols;
use super::tags::Mark;
use super::turned::Turned;
use std::panic::resume_unwind;

/// More than any page of a plan; a page that reaches one of these is given up there.
const MAX_GLYPHS: usize = 200_000;
const MAX_STEPS: u32 = 2_000_000;
const MAX_RULES: usize = 40_000;

/// What was drawn so far.
pub(super) struct Canvas {
    pub(super) page: Page,
    pub(super) hidden: Page,
    pub(super) clips: Vec<Area>,
    /// For each open mark: whether it says that what it holds is no part of the document proper, and what that belongs to.
    pub(super) marks: Vec<(bool, Mark)>,
    /// Where the last space of the last run stood: height and size.
    pub(super) space: Option<(f32, f32)>,
    /// Glyphs that run downwards, backwards, upwards: so many quarters against the clock, from one, make them upright.
    pub(super) turned: [u32; 3],
    /// What they, and others that run aslant, say.
    pub(super) aslant: Turned,
    /// How much lines fall.
    pub(super) falls: Falls,
    steps: u32,
}

impl Canvas {
    pub(super) fn new(width: f32, height: f32) -> Self {
        let hidden = Page { width, height, ..Page::default() };
        // A page of text holds about as much.
        let page = Page { text: String::with_capacity(4096), glyphs: Vec::with_capacity(1024), ..hidden.clone() };
        Self {
            hidden,
            clips: vec![page.area()],
            page,
            marks: Vec::new(),
            space: None,
            turned: [0; 3],
            aslant: Turned::default(),
            falls: Falls::default(),
            steps: 0,
        }
    }

    /// Stops the page when it has taken too long. The engine has no other way to be stopped.
    pub(super) fn step(&mut self, cost: usize) {
        self.steps = self.steps.saturating_add(u32::try_from(cost).unwrap_or(u32::MAX)).saturating_add(1);
        if self.steps > MAX_STEPS || self.page.glyphs.len().max(self.hidden.glyphs.len()) > MAX_GLYPHS {
            resume_unwind(Box::new("page budget"));
        }
    }

    pub(super) fn shown(&self, area: &Area) -> bool {
        self.clips.last().is_none_or(|clip| {
            area.right >= clip.left - 1.0
                && area.left <= clip.right + 1.0
                && area.bottom >= clip.top - 1.0
                && area.top <= clip.bottom + 1.0
        })
    }

    fn rule(&mut self, horizontal: bool, at: f32, from: f32, to: f32, weak: bool) {
        let (from, to) = (from.min(to), from.max(to));
        let area = if horizontal {
            Area { left: from, right: to, top: at, bottom: at }
        } else {
            Area { left: at, right: at, top: from, bottom: to }
        };
        if self.page.rules.len() < MAX_RULES && self.shown(&area) {
            self.page.rules.push(Rule { horizontal, at, from, to, weak });
        }
    }

    /// Something filled: thin things are rules, larger ones have edges.
    pub(super) fn filled(&mut self, area: Area) {
        if area.height() <= 3.0 && area.width() > area.height() {
            self.rule(true, f32::midpoint(area.top, area.bottom), area.left, area.right, false);
        } else if area.width() <= 3.0 {
            self.rule(false, f32::midpoint(area.left, area.right), area.top, area.bottom, false);
        } else if area.width() > 20.0 && area.height() > 9.0 && area.height() < 0.9 * self.page.height {
            self.rule(true, area.top, area.left, area.right, true);
            self.rule(true, area.bottom, area.left, area.right, true);
        }
    }

    /// Something round: where it is as small as a bullet, browsers draw it as one.
    pub(super) fn dot(&mut self, area: Area) {
        let (width, height) = (area.width(), area.height());
        if (1.5..6.0).contains(&width) && (width - height).abs() < 0.4 && self.shown(&area) {
            let start = self.page.text.len();
            self.page.text.push('•');
            let letters = self.page.letters_from(start);
            let (base, size) = (area.bottom + 0.5 * height, 2.5 * height);
            let (artifact, mark) = self.marks.last().copied().unwrap_or_default();
            let plain = Glyph::plain(letters, (area.left, area.right), base, size);
            self.page.glyphs.push(Glyph { artifact, mark, ..plain });
        }
    }

    /// Words that the file does not draw, set into an area as a program would: their letters are taken to be even.
    pub(super) fn write(&mut self, area: Area, words: &str) {
        let lines = words.lines().filter(|line| !line.trim().is_empty()).count().max(1);
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let size = (0.8 * area.height() / lines as f32).clamp(6.0, 11.0);
        let (advance, mut base) = (0.5 * size, area.top + size);
        for line in words.lines() {
            let mut left = area.left + 2.0;
            for word in line.split_whitespace() {
                #[expect(clippy::cast_precision_loss, reason = "small numbers")]
                let width = advance * word.chars().count() as f32;
                if left + width > area.right && left > area.left + 2.0 {
                    (left, base) = (area.left + 2.0, base + 1.15 * size);
                }
                self.step(word.len());
                let start = self.page.text.len();
                word.chars().for_each(|letter| symbols::push(&mut self.page.text, letter));
                let letters = self.page.letters_from(start);
                let right = left + width;
                let plain = Glyph::plain(letters, (left, right), base, size);
                self.page.glyphs.push(Glyph { space: true, closed: true, ..plain });
                left = right + advance;
            }
            base += 1.15 * size;
        }
    }

    pub(super) fn stroked(&mut self, from: (f32, f32), to: (f32, f32)) {
        if (from.1 - to.1).abs() < 0.6 {
            self.rule(true, f32::midpoint(from.1, to.1), from.0, to.0, false);
        } else if (from.0 - to.0).abs() < 0.6 {
            self.rule(false, f32::midpoint(from.0, to.0), from.1, to.1, false);
        }
    }
}
