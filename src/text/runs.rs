//! Which runs of characters a text holds: most patterns can match in few texts, and this tells so without a search.

use crate::text::lacked::Lacked;
use crate::text::searched::Searched;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::{Arc, OnceLock};

/// The runs of three characters that a text holds, and how its words begin and end, as bits of a table. It may seem to hold
/// more than the text does, and never less.
///
/// Capitals are small, every digit is the same, and so are apostrophes, and hyphens and spaces of any width.
#[derive(Clone)]
pub(crate) struct Runs {
    table: Vec<u64>,
    /// How far the number of a run has to be shifted to be a place of the table.
    shift: u32,
    /// Whether the text holds a letter that is another's capital and no ASCII letter: then nothing is told.
    odd: bool,
}

/// What is told of a text when it is first asked for: its runs, and which patterns it lacks.
#[derive(Clone, Debug, Default)]
pub(crate) struct LazyRuns {
    runs: Arc<OnceLock<Runs>>,
    /// Patterns that it does not hold.
    pub(crate) lacked: Lacked,
}

/// One run, or the beginning or the end of a word, as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Run(u32);

/// What stands for a character in runs.
pub(crate) type Sign = u8;

/// A space, a hyphen, the end of the text.
pub(crate) const SPACE: Sign = 0;
const DIGIT: Sign = 27;
const LOW_LINE: Sign = 28;
const MARK: Sign = 29;
/// What comes before the first two characters of a word.
const BEGINS: Sign = 60;
/// What comes before the last two.
const ENDS: Sign = 61;
/// What comes before two characters, and twice before one that tells something by itself.
const ALONE: Sign = 62;
/// Another character.
const WIDE: Sign = 63;

const SIGNS: [Sign; 128] = {
    let mut signs = [WIDE; 128];
    let mut mark = MARK;
    let mut byte = 0_u8;
    while byte < 128 {
        signs[byte as usize] = match byte {
            b'a'..=b'z' => byte - b'a' + 1,
            b'A'..=b'Z' => byte - b'A' + 1,
            b'0'..=b'9' => DIGIT,
            b'_' => LOW_LINE,
            b'-' | b' ' | b'\t'..=b'\r' => SPACE,
            0..=31 | 127 => WIDE,
            _ => {
                mark += 1;
                mark - 1
            }
        };
        byte += 1;
    }
    signs
};

/// For each sign, the ASCII characters that it stands for, one bit for each.
const CHARACTERS: [u128; 64] = {
    let mut characters = [0; 64];
    let mut byte = 0;
    while byte < 128 {
        characters[SIGNS[byte] as usize] |= 1 << byte;
        byte += 1;
    }
    characters
};

/// The ASCII characters that a sign stands for, one bit for each.
pub(crate) fn characters_of(sign: Sign) -> u128 {
    CHARACTERS[usize::from(sign & 63)]
}

/// The sign of a character.
#[inline]
pub(crate) fn sign(c: char) -> Sign {
    match c {
        '\0'..='\u{7f}' => SIGNS[c as usize & 127],
        '\u{2018}' | '\u{2019}' => SIGNS[b'\'' as usize],
        '\u{2010}'..='\u{2015}' => SPACE,
        c if c.is_whitespace() => SPACE,
        _ => WIDE,
    }
}

/// Whether it stands for a character of an ASCII word.
pub(crate) fn is_of_word(sign: Sign) -> bool {
    (1..=LOW_LINE).contains(&sign)
}

/// Whether it stands for no letter and no space.
fn tells_alone(sign: Sign) -> bool {
    sign == DIGIT || sign == WIDE || (MARK..BEGINS).contains(&sign)
}

impl Run {
    /// Three characters in a row.
    pub(crate) fn of(first: Sign, second: Sign, third: Sign) -> Self {
        let number = u32::from(first) << 12 | u32::from(second) << 6 | u32::from(third);
        Self((number + 1).wrapping_mul(0x9e37_79b1))
    }

    /// A digit, a mark or another rare character, where it is one: it tells something by itself.
    pub(crate) fn alone(sign: Sign) -> Option<Self> {
        tells_alone(sign).then(|| Self::of(ALONE, ALONE, sign))
    }

    /// Two characters, where one of them tells something by itself.
    pub(crate) fn pair(first: Sign, second: Sign) -> Option<Self> {
        (tells_alone(first) || tells_alone(second)).then(|| Self::of(ALONE, first, second))
    }

    /// A word that begins with these characters; the second is a space where it has but one.
    pub(crate) fn begins(first: Sign, second: Sign) -> Self {
        Self::of(BEGINS, first, if is_of_word(second) { second } else { SPACE })
    }

    /// A word that ends with these characters; the first is a space where it has but one.
    pub(crate) fn ends(last_but_one: Sign, last: Sign) -> Self {
        Self::of(ENDS, if is_of_word(last_but_one) { last_but_one } else { SPACE }, last)
    }
}

impl Runs {
    /// The runs of `text`.
    pub(crate) fn of(text: &str) -> Self {
        // Sixteen bits for each run: few of them are set by chance.
        let bits = (text.len() * 16).next_power_of_two().clamp(256, 1 << 20);
        let mut runs = Self { table: vec![0; bits / 64], shift: 32 - bits.trailing_zeros(), odd: false };
        let (mut before, mut this) = (SPACE, SPACE);
        for c in text.chars().chain([' ']) {
            let next = sign(c);
            runs.add(Run::of(before, this, next));
            let (word_before, word, word_next) = (is_of_word(before), is_of_word(this), is_of_word(next));
            if word && !word_before {
                runs.add(Run::begins(this, next));
            }
            if word && !word_next {
                runs.add(Run::ends(before, this));
            }
            // Most characters are letters and spaces, which tell nothing by themselves.
            if this >= DIGIT || next >= DIGIT {
                runs.add_telling(this, next);
                // The two letters that are `k` and `s` in another case.
                runs.odd |= matches!(c, '\u{212a}' | '\u{17f}');
            }
            (before, this) = (this, next);
        }
        runs
    }

    fn add_telling(&mut self, this: Sign, next: Sign) {
        for run in [Run::alone(next), Run::pair(this, next)].into_iter().flatten() {
            self.add(run);
        }
    }

    fn add(&mut self, run: Run) {
        let place = (run.0 >> self.shift) as usize;
        if let Some(bits) = self.table.get_mut(place >> 6) {
            *bits |= 1 << (place & 63);
        }
    }

    /// Whether the text may hold `run`.
    pub(crate) fn may_hold(&self, run: Run) -> bool {
        let place = (run.0 >> self.shift) as usize;
        self.table.get(place >> 6).is_none_or(|bits| bits >> (place & 63) & 1 == 1)
    }

    /// Whether nothing can be told of the text.
    pub(crate) fn is_odd(&self) -> bool {
        self.odd
    }
}

/// A text as it is, with its runs: for many patterns over one text.
#[derive(Clone)]
pub(crate) struct Told<'t> {
    text: &'t str,
    runs: Arc<LazyRuns>,
}

impl<'t> Told<'t> {
    /// This text, of which nothing has been told yet.
    pub(crate) fn new(text: &'t str) -> Self {
        Self::again(text, Arc::default())
    }

    /// This text, with what was told of the same text before.
    pub(crate) fn again(text: &'t str, runs: Arc<LazyRuns>) -> Self {
        Self { text, runs }
    }
}

impl<'t> Searched<'t> for &'t Told<'_> {
    fn words(self) -> &'t str {
        self.text
    }

    fn runs(self) -> Option<&'t Runs> {
        Some(self.runs.of(self.text))
    }

    fn lacked(self) -> Option<&'t Lacked> {
        Some(&self.runs.lacked)
    }
}

impl LazyRuns {
    /// Those of another text with the same signs.
    pub(crate) fn like(other: &Self) -> Self {
        Self { runs: Arc::clone(&other.runs), lacked: Lacked::default() }
    }

    /// The runs of `text`, which has to be the same text every time.
    pub(crate) fn of(&self, text: &str) -> &Runs {
        self.runs.get_or_init(|| Runs::of(text))
    }
}

/// Without a word of the text.
impl fmt::Debug for Runs {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Runs({})", self.table.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(word: &str) -> Run {
        let signs: Vec<Sign> = word.chars().map(sign).collect();
        Run::of(signs[0], signs[1], signs[2])
    }

    #[test]
    fn tells_what_a_text_does_not_hold() {
        let runs = Runs::of("A one-to-one TA, 12 hours");
        for held in ["one", "e t", "-to", "TA,", "ta,", "99 ", "our"] {
            assert!(runs.may_hold(run(held)), "{held}");
        }
        for other in ["two", "eto", "t,a", "(12", "abc"] {
            assert!(!runs.may_hold(run(other)), "{other}");
        }
        let (a, n, t) = (sign('a'), sign('n'), sign('t'));
        assert!(runs.may_hold(Run::begins(t, a)) && runs.may_hold(Run::ends(t, a)));
        assert!(runs.may_hold(Run::begins(a, SPACE)) && runs.may_hold(Run::ends(SPACE, a)));
        assert!(!runs.may_hold(Run::begins(n, sign('e'))) && !runs.may_hold(Run::ends(sign('o'), n)));
        assert!(!runs.is_odd() && Runs::of("3 \u{212a}").is_odd());
    }
}
