//! Text that does not run from left to right: column headings that stand on their side, labels in margins, watermarks.

use super::lines::{Line, Weight, Word};
use super::page::{Area, Look};
use super::paragraphs::ends_a_word;
use super::tags::Mark;

/// More turned letters than this on a page are a drawing.
const MOST: usize = 20_000;
/// A gap this wide, in parts of the size of type, is a space; a wider one ends the line.
const SPACE: f32 = 0.17;
const END: f32 = 1.5;
/// Lines of one text are no further apart than this, in parts of the size of type.
const LEADING: f32 = 2.0;
/// How far from upright, level or upside down is still that.
const SLANT: f32 = 0.09;
/// Slanted letters of this many points are a watermark.
const WATERMARK: f32 = 24.0;

/// One letter, from where it begins to where the next may.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stroke {
    pub(super) from: (f32, f32),
    pub(super) to: (f32, f32),
    pub(super) size: f32,
    pub(super) look: Look,
    pub(super) artifact: bool,
    pub(super) mark: Mark,
}

/// Words in one direction.
#[derive(Clone, Debug)]
pub(super) struct Run {
    text: String,
    /// Which way it runs; of length one.
    way: (f32, f32),
    /// Where its last line begins and ends.
    line: ((f32, f32), (f32, f32)),
    size: f32,
    weight: Weight,
    artifact: bool,
    pub(super) mark: Mark,
    pub(super) area: Area,
}

/// The turned text of a page, in the order in which the file draws it.
#[derive(Clone, Debug, Default)]
pub(super) struct Turned {
    pub(super) runs: Vec<Run>,
    letters: usize,
    /// A space was written last.
    space: bool,
}

impl Turned {
    /// Adds a letter, or the few that a glyph stands for.
    pub(super) fn add(&mut self, letters: &str, stroke: Stroke) {
        self.letters += 1;
        let (across, down) = (stroke.to.0 - stroke.from.0, stroke.to.1 - stroke.from.1);
        let length = across.hypot(down);
        if self.letters > MOST || length <= 0.0 {
            return;
        }
        let way = (across / length, down / length);
        if letters.trim().is_empty() {
            self.space = true;
            return;
        }
        let space = std::mem::take(&mut self.space);
        let one = u32::from(letters.chars().any(char::is_alphanumeric));
        let weight = Weight::of(one, one * u32::from(stroke.look.bold), one * u32::from(stroke.look.italic));
        let area = stroke.area(way);
        let next = self.runs.last_mut().filter(|run| run.way.0 * way.0 + run.way.1 * way.1 > 0.995);
        if let Some(run) = next
            && let Some(apart) = run.goes_on(stroke.from, stroke.size)
        {
            if space || apart {
                run.text.push(' ');
            }
            run.text.push_str(letters);
            run.line.1 = stroke.to;
            run.size = run.size.max(stroke.size);
            run.weight = run.weight.and(weight);
            run.artifact &= stroke.artifact;
            run.area = run.area.with(&area);
            return;
        }
        let Stroke { from, to, size, artifact, mark, .. } = stroke;
        self.runs.push(Run { text: letters.to_owned(), way, line: (from, to), size, weight, artifact, mark, area });
    }

    /// Joins the lines of each text, and parts the watermarks from the rest.
    pub(super) fn finish(self) -> (Vec<Run>, Vec<String>) {
        let mut runs: Vec<Run> = Vec::new();
        for run in self.runs {
            match runs.last_mut().filter(|before| before.is_followed_by(&run)) {
                Some(before) => {
                    if !before.is_broken_by(&run) {
                        before.text.push(' ');
                    }
                    before.text.push_str(&run.text);
                    before.line = run.line;
                    before.weight = before.weight.and(run.weight);
                    before.area = before.area.with(&run.area);
                }
                None => runs.push(run),
            }
        }
        let (marks, runs): (Vec<Run>, Vec<Run>) = runs.into_iter().partition(Run::is_watermark);
        (runs, marks.into_iter().map(|run| run.text).collect())
    }
}

impl Stroke {
    /// Where the letter stands: its height is to the left of where it runs.
    fn area(&self, way: (f32, f32)) -> Area {
        let up = (way.1 * 0.75 * self.size, -way.0 * 0.75 * self.size);
        let down = (-up.0 / 3.0, -up.1 / 3.0);
        let corners =
            [self.from, self.to].into_iter().flat_map(|(x, y)| [(x + up.0, y + up.1), (x + down.0, y + down.1)]);
        let of = |(x, y): (f32, f32)| Area { left: x, top: y, right: x, bottom: y };
        corners.map(of).reduce(|area, corner| area.with(&corner)).unwrap_or_default()
    }
}

impl Run {
    /// Whether what begins at a point goes on with the line, and if so, whether after a space.
    fn goes_on(&self, from: (f32, f32), size: f32) -> Option<bool> {
        let (ahead, aside) = self.distance(from);
        let tall = self.size.max(size);
        (aside.abs() < 0.42 * tall && (-0.3 * tall..END * tall).contains(&ahead)).then_some(ahead > SPACE * tall)
    }

    /// How far ahead of its end a point stands, and how far below its line.
    fn distance(&self, (x, y): (f32, f32)) -> (f32, f32) {
        let (across, down) = (x - self.line.1.0, y - self.line.1.1);
        (across * self.way.0 + down * self.way.1, down * self.way.0 - across * self.way.1)
    }

    /// Whether `next` is the next line of the same text.
    fn is_followed_by(&self, next: &Self) -> bool {
        let same = self.way.0 * next.way.0 + self.way.1 * next.way.1 > 0.995 && self.mark == next.mark;
        let (ahead, below) = self.distance(next.line.0);
        let tall = self.size.max(next.size);
        same && ahead < 0.0 && (0.5 * tall..LEADING * tall).contains(&below)
    }

    /// Whether a low cell broke its last word in two, so that `next` begins with the end of it.
    fn is_broken_by(&self, next: &Self) -> bool {
        self.text.ends_with(char::is_alphabetic) && ends_a_word(next.text.split(' ').next().unwrap_or_default())
    }

    fn is_watermark(&self) -> bool {
        let slanted = self.way.0.abs().min(self.way.1.abs()) > SLANT;
        slanted && self.size >= WATERMARK
    }

    /// As a line of its own, at the middle of where it stands.
    pub(super) fn line(&self, page: u32) -> Line {
        let Area { left, right, top, bottom } = self.area;
        let text = self.text.trim().to_owned();
        let word = Word { at: 0, left, right, weight: self.weight };
        Line {
            text,
            words: vec![word],
            area: self.area,
            base: f32::midpoint(top, bottom) + 0.3 * self.size,
            size: self.size,
            page,
            weight: self.weight,
            artifact: self.artifact,
            paragraph: self.mark.paragraph,
            closed: false,
            turned: true,
        }
    }

    /// The middle of where it stands.
    pub(super) fn middle(&self) -> (f32, f32) {
        (f32::midpoint(self.area.left, self.area.right), f32::midpoint(self.area.top, self.area.bottom))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes words upwards or downwards from a point, in letters of 10 points that are 5 wide.
    fn write(turned: &mut Turned, words: &str, (x, mut y): (f32, f32), step: f32) {
        for letter in words.chars() {
            let stroke = Stroke {
                from: (x, y),
                to: (x, y + step),
                size: 10.0,
                look: Look::default(),
                artifact: false,
                mark: Mark::default(),
            };
            if letter != ' ' {
                turned.add(&letter.to_string(), stroke);
            }
            y += step;
        }
    }

    #[test]
    fn headings_on_their_side_are_read() {
        let mut turned = Turned::default();
        write(&mut turned, "How often", (100.0, 300.0), -5.0);
        write(&mut turned, "By whom or", (200.0, 300.0), -5.0);
        write(&mut turned, "by what", (212.0, 300.0), -5.0);
        write(&mut turned, "Down", (300.0, 200.0), 5.0);
        write(&mut turned, "Sectio", (400.0, 300.0), -5.0);
        write(&mut turned, "n A", (412.0, 300.0), -5.0);
        let (runs, marks) = turned.finish();
        let lines: Vec<Line> = runs.iter().map(|run| run.line(1)).collect();
        let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, ["How often", "By whom or by what", "Down", "Section A"]);
        assert!((lines[0].area.top - 255.0).abs() < 0.1 && (lines[0].area.left - 92.5).abs() < 0.1);
        assert!(marks.is_empty());
    }

    #[test]
    fn large_slanted_letters_are_a_watermark() {
        let mut turned = Turned::default();
        for (at, letter) in (0_u8..).zip("DRAFT".chars()) {
            let at = 40.0 * f32::from(at);
            let (from, to) = ((at, 400.0 - at), (at + 40.0, 360.0 - at));
            let (look, mark) = (Look::default(), Mark::default());
            turned.add(&letter.to_string(), Stroke { from, to, size: 72.0, look, artifact: false, mark });
        }
        let (runs, marks) = turned.finish();
        assert_eq!((runs.len(), marks), (0, vec!["DRAFT".to_owned()]));
    }
}
