//! How a page is to be turned before it is read: by quarters, or, where it was scanned aslant, by what its lines fall.

/// A turn of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Turn {
    /// Quarters against the clock.
    pub(super) quarters: usize,
    /// How many points its lines fall for each that they go on.
    pub(super) fall: f64,
}

impl Turn {
    /// What it makes of the points of a page of this size, as the six numbers of a matrix.
    pub(super) fn coefficients(self, wide: f64, high: f64) -> [f64; 6] {
        match self.quarters {
            1 => [0.0, -1.0, 1.0, 0.0, 0.0, wide],
            2 => [-1.0, 0.0, 0.0, -1.0, wide, high],
            3 => [0.0, 1.0, -1.0, 0.0, high, 0.0],
            _ => {
                // About the middle of the page.
                let (sine, cosine) = (-self.fall.atan()).sin_cos();
                let (x, y) = (0.5 * wide, 0.5 * high);
                [cosine, sine, -sine, cosine, x - cosine * x + sine * y, y - sine * x - cosine * y]
            }
        }
    }
}

/// Falls are counted in steps of this size, as many up as down.
const STEP: f64 = 0.005;
const STEPS: usize = 40;
/// What falls less is level enough.
const LEAST: f64 = 0.004;
/// Fewer letters are no page.
const FEW: u32 = 40;

/// How many letters a page has, and how many of them stand on lines that fall so much.
#[derive(Clone, Debug)]
pub(super) struct Falls {
    letters: u32,
    steps: [u32; 2 * STEPS + 1],
    sums: [f64; 2 * STEPS + 1],
}

impl Default for Falls {
    fn default() -> Self {
        Self { letters: 0, steps: [0; 2 * STEPS + 1], sums: [0.0; 2 * STEPS + 1] }
    }
}

impl Falls {
    /// Adds a letter that goes on so far and falls so much meanwhile.
    pub(super) fn note(&mut self, across: f64, down: f64) {
        self.letters += 1;
        if down.abs() <= LEAST * across || across <= 0.0 {
            return;
        }
        let fall = down / across;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "clamped"
        )]
        let step = (fall / STEP + STEPS as f64).round().clamp(0.0, 2.0 * STEPS as f64) as usize;
        if let (Some(count), Some(sum)) = (self.steps.get_mut(step), self.sums.get_mut(step)) {
            *count += 1;
            *sum += fall;
        }
    }

    /// How the page has to be turned, if most of it does not run from left to right: of so many glyphs that run downwards,
    /// backwards and upwards, and so many others.
    pub(super) fn turn(&self, turned: [u32; 3], others: usize) -> Option<Turn> {
        let most = turned.iter().copied().max().unwrap_or(0);
        if most as usize > others {
            let quarters = turned.iter().position(|&count| count == most).map_or(0, |at| at + 1);
            return Some(Turn { quarters, fall: 0.0 });
        }
        self.usual().map(|fall| Turn { quarters: 0, fall })
    }

    /// How much the lines of most letters fall, if they are not level.
    fn usual(&self) -> Option<f64> {
        let near = |at: usize| at.saturating_sub(1)..(at + 2).min(self.steps.len());
        let count = |at: usize| self.steps.get(near(at)).unwrap_or_default().iter().sum::<u32>();
        let most = (0..self.steps.len()).max_by_key(|&at| count(at))?;
        let letters = count(most);
        let enough = self.letters >= FEW && letters * 2 > self.letters;
        enough.then(|| self.sums.get(near(most)).unwrap_or_default().iter().sum::<f64>() / f64::from(letters))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(letters: &[(u32, f64)], expected: Option<f64>) {
        let mut falls = Falls::default();
        for &(count, fall) in letters {
            (0..count).for_each(|_| falls.note(5.0, 5.0 * fall));
        }
        let rounded = falls.usual().map(|fall| (fall * 1000.0).round() / 1000.0);
        assert_eq!(rounded, expected);
    }

    #[test]
    fn what_most_lines_do_counts() {
        check(&[(100, 0.0)], None);
        check(&[(100, 0.02), (20, 0.0)], Some(0.02));
        check(&[(50, -0.021), (50, -0.019)], Some(-0.02));
        check(&[(100, 0.02), (120, 0.0)], None);
        check(&[(30, 0.02)], None);
    }
}
