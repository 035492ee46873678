//! What stands on one page, in points from its top left corner: glyphs, ruling lines, pictures. Knows nothing of PDF.

use super::tags::Mark;
use super::turned::Run;
use std::ops::Range;

/// A rectangle; `y` grows downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Area {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
}

impl Area {
    pub(super) fn width(&self) -> f32 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f32 {
        self.bottom - self.top
    }

    pub(super) fn surface(&self) -> f32 {
        self.width().max(0.0) * self.height().max(0.0)
    }

    pub(super) fn holds(&self, x: f32, y: f32) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    /// Whether `other` lies in it, give or take `slack`.
    pub(super) fn contains(&self, other: &Self, slack: f32) -> bool {
        other.left >= self.left - slack
            && other.right <= self.right + slack
            && other.top >= self.top - slack
            && other.bottom <= self.bottom + slack
    }

    /// The smallest area that holds both.
    pub(super) fn with(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    pub(super) fn overlap(&self, other: &Self) -> Self {
        Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }
}

/// From the points of a page as a reader sees it, right and down from its upper left corner, to those of the file.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Projection(pub(super) [f64; 6]);

impl Projection {
    /// Where a point stands in the file.
    #[expect(clippy::cast_possible_truncation, reason = "points on a page need no more")]
    pub(crate) fn of(self, across: f32, down: f32) -> (f32, f32) {
        let [xx, yx, xy, yy, x0, y0] = self.0;
        let (across, down) = (f64::from(across), f64::from(down));
        ((xx * across + xy * down + x0) as f32, (yx * across + yy * down + y0) as f32)
    }
}

/// How a glyph looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) italic: bool,
}

/// One glyph that is not a space.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// Its letters, in the page's text.
    pub(super) letters: Range<u32>,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) base: f32,
    pub(super) size: f32,
    pub(super) look: Look,
    /// A space was written before it, on the same line.
    pub(super) space: bool,
    /// And one behind it.
    pub(super) closed: bool,
    /// Marked as no part of the document proper: running headers and footers.
    pub(super) artifact: bool,
    /// What a tagged file says that it belongs to.
    pub(super) mark: Mark,
}

impl Glyph {
    /// Letters that were not drawn as such, in plain type and with no space beside them: bullets, values of forms, recognised words.
    pub(super) fn plain(letters: Range<u32>, (left, right): (f32, f32), base: f32, size: f32) -> Self {
        let (look, mark) = (Look::default(), Mark::default());
        Self { letters, left, right, base, size, look, space: false, closed: false, artifact: false, mark }
    }

    /// The height at which it is taken to stand: the middle of a small letter.
    pub(super) fn middle(&self) -> f32 {
        self.base - 0.3 * self.size
    }

    /// Where it stands.
    pub(super) fn area(&self) -> Area {
        Area {
            left: self.left,
            right: self.right,
            top: self.base - 0.75 * self.size,
            bottom: self.base + 0.25 * self.size,
        }
    }

    /// How wide it is.
    pub(super) fn width(&self) -> f32 {
        self.right - self.left
    }

    /// Where it is taken to stand across the page.
    pub(super) fn centre(&self) -> f32 {
        f32::midpoint(self.left, self.right)
    }
}

/// A horizontal or vertical line: drawn, or the edge of something filled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rule {
    pub(super) horizontal: bool,
    /// Its height on the page, or its place across it.
    pub(super) at: f32,
    pub(super) from: f32,
    pub(super) to: f32,
    /// Only the edge of a filled area.
    pub(super) weak: bool,
}

/// One page.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    /// From one.
    pub(super) number: u32,
    pub(super) width: f32,
    pub(super) height: f32,
    /// The letters of all glyphs, in the order in which the file draws them.
    pub(super) text: String,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
    pub(super) pictures: Vec<Area>,
    /// Glyphs whose letters the file does not tell.
    pub(super) unmapped: u32,
    /// Text that runs in another direction.
    pub(super) turned: Vec<Run>,
    /// Large slanted words over or under the text.
    pub(super) watermarks: Vec<String>,
    /// Comments of readers on it.
    pub(super) comments: u32,
    /// From its points to those of the file.
    pub(super) to_file: Projection,
    /// Reading it stopped early.
    pub(super) damaged: bool,
}

impl Page {
    /// Adds the invisible text over a scan, found by recognising letters. It counts where nothing else is printed, and beside a
    /// few printed words: a page of a bundle bears its number.
    pub(super) fn uncover(&mut self, hidden: Self) {
        let scan = self.pictures.iter().map(Area::surface).fold(0.0, f32::max) > 0.5 * self.area().surface();
        let nothing = self.glyphs.len() < 10 && hidden.glyphs.len() > self.glyphs.len();
        if nothing {
            (self.glyphs, self.text) = (hidden.glyphs, hidden.text);
        } else if scan && hidden.glyphs.len() > 3 * self.glyphs.len() {
            let from = self.letters_from(self.text.len()).start;
            let moved = |glyph: Glyph| Glyph { letters: glyph.letters.start + from..glyph.letters.end + from, ..glyph };
            self.text.push_str(&hidden.text);
            self.glyphs.extend(hidden.glyphs.into_iter().map(moved));
        }
    }

    pub(super) fn letters(&self, glyph: &Glyph) -> &str {
        self.text.get(glyph.letters.start as usize..glyph.letters.end as usize).unwrap_or_default()
    }

    /// The letters from this byte of the text to its end: those of a glyph that was just written there.
    pub(super) fn letters_from(&self, start: usize) -> Range<u32> {
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        number(start)..number(self.text.len())
    }

    pub(super) fn area(&self) -> Area {
        Area { left: 0.0, top: 0.0, right: self.width, bottom: self.height }
    }
}
