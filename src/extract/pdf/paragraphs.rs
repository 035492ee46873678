//! From lines to paragraphs and items of lists: where one ends and the next begins.

use super::direction;
use super::label::{is_number, label};
use super::lines::{Line, SOFT, Weight};
use super::measure::{Leads, Measure, follows};
use super::page::Area;

/// A paragraph, or an item of a list.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) label: Option<String>,
    pub(super) depth: u8,
    pub(super) page: u32,
    /// From this byte of the text on, that page.
    pub(super) breaks: Vec<(usize, u32)>,
    /// Where its words stand.
    pub(super) printed: Vec<Printed>,
    /// How much of it, its label left out, is bold.
    pub(super) weight: Weight,
    pub(super) size: f32,
    /// Where its label or, without one, its first line begins.
    pub(super) left: f32,
    /// Its first line and its last, for what comes before and after.
    pub(super) first: Line,
    pub(super) last: Line,
    /// How many lines it has.
    pub(super) lines: usize,
    /// Where its first words begin after the label, and its later lines.
    pub(super) body: f32,
    /// Where its lines may end.
    pub(super) right: f32,
}

/// Where a word of a paragraph stands: from this byte of its text on, on that page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Printed {
    pub(super) at: usize,
    pub(super) length: usize,
    pub(super) page: u32,
    pub(super) area: Area,
}

/// The words of a line whose text begins at this byte of a paragraph's.
fn printed(line: &Line, at: usize) -> impl Iterator<Item = Printed> {
    line.words.iter().enumerate().map(move |(index, word)| Printed {
        at: at + word.at,
        length: line.word(index).len(),
        page: line.page,
        area: Area { left: word.left, right: word.right, ..line.area },
    })
}

/// Words that are as short as the ends of broken ones.
const SHORT_WORDS: &[&str] = &[
    "a", "am", "an", "as", "at", "be", "by", "do", "go", "he", "i", "if", "in", "is", "it", "me", "my", "no", "of",
    "on", "or", "so", "to", "up", "us", "we",
];
/// Longer ends of words that are no words.
const SUFFIXES: &[&str] = &["ing", "ion", "ent", "ons", "nce", "ity", "ies", "tion", "ment", "ness"];

/// Others, after a hyphen.
const LONG_SUFFIXES: &[&str] =
    &["ally", "ance", "ence", "ical", "ings", "ional", "ively", "ments", "sion", "sions", "tional", "tions", "tive"];

/// A paragraph of more bytes is none, whatever the file says.
const MOST_STATED: usize = 6_000;
/// Lines this much further in or out do not go on with a paragraph.
const INDENT: f32 = 3.0;
/// So near under each other they begin at one place.
const HANGING: f32 = 1.0;
/// What a second line may stand further in than the first words of the paragraph.
const FIRST_INDENT: f32 = 8.0;

impl Paragraph {
    /// The paragraph that begins with this line, in a space that ends at `right`.
    pub(super) fn begin(line: Line, right: f32) -> Self {
        let label = label(&line);
        Self::labelled(line, label, right)
    }

    fn labelled(line: Line, label: Option<(usize, String)>, right: f32) -> Self {
        let body = label.as_ref().and_then(|(words, _)| line.part(*words, line.words.len()));
        let words = body.as_ref().unwrap_or(&line);
        let read = direction::as_read(words);
        let words = read.as_ref().unwrap_or(words);
        Self {
            text: words.text.clone(),
            label: label.map(|(_, label)| label),
            depth: 0,
            page: line.page,
            breaks: Vec::new(),
            printed: printed(words, 0).collect(),
            weight: words.weight,
            size: line.size,
            left: line.area.left,
            body: words.area.left,
            right,
            lines: 1,
            last: line.clone(),
            first: line,
        }
    }

    /// Goes on with a line.
    fn extend(&mut self, line: Line) {
        if self.hangs(&line) {
            let label = (1, self.first.word(0).to_owned());
            *self = Self::labelled(self.first.clone(), Some(label), self.right);
        }
        let read = direction::as_read(&line);
        let words = read.as_ref().unwrap_or(&line);
        let at = if self.broken(&line) {
            let at = self.text.len();
            self.text.push_str(&words.text);
            at
        } else {
            self.append(&words.text)
        };
        self.printed.extend(printed(words, at));
        self.weight = self.weight.and(line.weight);
        if self.lines == 1 {
            self.body = line.area.left;
        }
        self.lines += 1;
        self.last = line;
    }

    /// Goes on with what stands on the next page, or in the next part of its cell.
    pub(super) fn join(&mut self, next: Self) {
        let at = self.append(&next.text);
        if next.page != self.last.page {
            self.breaks.push((at, next.page));
        }
        self.breaks.extend(next.breaks.iter().map(|&(from, page)| (from + at, page)));
        self.printed.extend(next.printed.iter().map(|word| Printed { at: word.at + at, ..*word }));
        self.weight = self.weight.and(next.weight);
        self.lines += next.lines;
        (self.last, self.right) = (next.last, next.right);
    }

    fn append(&mut self, text: &str) -> usize {
        if self.text.ends_with(SOFT) || is_broken_off(&self.text, text) {
            self.text.pop();
            let end = self.text.len();
            if let Some(last) = self.printed.last_mut() {
                last.length = last.length.min(end.saturating_sub(last.at));
            }
            self.text.push_str(text);
            return end;
        }
        let mut before = self.text.chars().rev();
        let (last, previous) = (before.next(), before.next());
        let glued = matches!(last, Some('-' | '/' | '–' | '—' | '\u{2010}' | '\u{2011}'))
            && previous.is_some_and(char::is_alphanumeric);
        if !glued && last.is_some() {
            self.text.push(' ');
        }
        let at = self.text.len();
        self.text.push_str(text);
        at
    }

    /// Whether a narrow column broke its last word in two, so that this line begins with the end of it.
    fn broken(&self, line: &Line) -> bool {
        let first = line.words.first().map_or(0.0, |word| word.right - word.left);
        let word = ends_a_word(line.word(0)) && self.text.ends_with(char::is_alphabetic);
        !self.last.closed
            && (word || ends_a_date(&self.text, line.word(0)) || ends_a_number(&self.text, line.word(0)))
            && self.last.words.len() == 1
            && self.right - self.last.area.right < first.min(0.6 * line.size)
    }

    /// Whether this line goes on with it, where lines of a paragraph stand `lead` apart.
    fn takes(&self, line: &Line, lead: f32) -> bool {
        if line.turned || self.last.turned {
            return false;
        }
        if let Some(same) = self.stated(line) {
            return same;
        }
        let gap = line.base - self.last.base;
        let apart = gap > lead + 1.2 + 0.04 * line.size && !(follows(&self.last, line) && gap < 1.8 * line.size);
        !apart && gap > 0.4 * line.size && self.goes_on(line)
    }

    /// Whether this line belongs to it, where a tagged file says so and is to be believed: some tag every line as a
    /// paragraph, others a whole page.
    fn stated(&self, line: &Line) -> Option<bool> {
        let (ours, other) = (self.last.paragraph, line.paragraph);
        if ours == 0 || other == 0 || self.text.len() > MOST_STATED {
            return None;
        }
        if ours == other {
            return label(line).is_none().then_some(true);
        }
        let goes_on = line.text.starts_with(char::is_lowercase) && !ends_sentence(&self.text);
        (!goes_on).then_some(false)
    }

    /// Whether this line, wherever it stands, goes on with it.
    pub(super) fn goes_on(&self, line: &Line) -> bool {
        if line.turned || self.last.turned {
            return false;
        }
        if let Some(same) = self.stated(line) {
            return same;
        }
        let size = (line.size - self.last.size).abs() > 0.08 * self.last.size;
        let (ours, other) = (self.weight, line.weight);
        let weight = ours.is_bold() && other.is_plain() || ours.is_plain() && other.is_bold();
        if size || weight || label(line).is_some() {
            return false;
        }
        let left = line.area.left;
        let aligned = (left - self.body).abs() < INDENT;
        // A first line may stand further in, or out, than those after it.
        let second = self.lines == 1 && (left - self.left).abs() < 45.0 && left < self.body + FIRST_INDENT;
        let centred = {
            let middle = |line: &Line| f32::midpoint(line.area.left, line.area.right);
            (middle(&self.last) - middle(line)).abs() < 2.0
        };
        (aligned || second || centred || self.hangs(line)) && self.full(line)
    }

    /// Whether a second line stands under the words after a number, which is a label then, however near the words are.
    fn hangs(&self, line: &Line) -> bool {
        let under = self.first.words.get(1).is_some_and(|word| (word.left - line.area.left).abs() < HANGING);
        self.lines == 1 && self.label.is_none() && under && is_number(self.first.word(0))
    }

    /// Whether its last line had no room for the first word of this one.
    pub(super) fn full(&self, line: &Line) -> bool {
        let room = self.right - self.last.area.right;
        let slack = need(line) + space(&self.last, line) - room;
        if !(-0.6..=0.1).contains(&slack) {
            return slack > 0.0;
        }
        line.text.starts_with(char::is_lowercase) || !ends_sentence(&self.text)
    }
}

/// Whether a text ends in a hyphen that only breaks a word, as what follows is nothing but the end of one.
fn is_broken_off(text: &str, next: &str) -> bool {
    let end = next.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    let broken = || text.trim_end_matches(['-', '\u{2010}']).ends_with(|letter: char| letter.is_ascii_lowercase());
    text.ends_with(['-', '\u{2010}']) && (SUFFIXES.contains(&end) || LONG_SUFFIXES.contains(&end)) && broken()
}

/// Whether it is the end of a word, and no word.
pub(super) fn ends_a_word(word: &str) -> bool {
    let rest = word.trim_end_matches(|letter: char| !letter.is_alphabetic());
    let short = rest.len() <= 2 && !SHORT_WORDS.contains(&rest) || SUFFIXES.contains(&rest);
    short && !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Whether a word is the rest of the year in which a text ends: "27/11/202" and "6".
fn ends_a_date(text: &str, word: &str) -> bool {
    let date = text.rsplit(' ').next().unwrap_or_default();
    let mut parts = date.split(['/', '.']);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (day, month, year) = (parts.next(), parts.next(), parts.next());
    let short = |part: Option<&str>| part.is_some_and(|part| digits(part) && part.len() <= 2);
    short(day)
        && short(month)
        && parts.next().is_none()
        && digits(word)
        && year.is_some_and(|year| digits(year) && year.len() + word.len() == 4)
}

/// Whether a word is the last digit of a number in a list that is all the text there is: "K1" and "0".
fn ends_a_number(text: &str, word: &str) -> bool {
    let digits = text.strip_prefix(|letter: char| letter.is_ascii_uppercase()).unwrap_or_default();
    let digit = |word: &str| word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_digit());
    digit(digits) && digit(word)
}

/// Whether a text ends as sentences do.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['’', '\'', '"', '”', ')', ']']).ends_with(['.', '!', '?', ':', ';'])
}

/// The width of what must stand on one line: the first word, or its part up to a hyphen.
fn need(line: &Line) -> f32 {
    let Some(word) = line.words.first() else { return 0.0 };
    let text = line.word(0);
    let width = word.right - word.left;
    let mut letters = text.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        let after = letters.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if matches!(letter, '-' | '–' | '—') && after {
            let (part, whole) = (text[..at].chars().count() + 1, text.chars().count());
            #[expect(clippy::cast_precision_loss, reason = "small numbers")]
            return width * part as f32 / whole as f32;
        }
    }
    width
}

/// The usual width of a space in two lines.
fn space(one: &Line, other: &Line) -> f32 {
    let gaps = |line: &Line| line.words.windows(2).map(|pair| pair[1].left - pair[0].right).collect::<Vec<f32>>();
    let mut all = gaps(one);
    all.extend(gaps(other));
    all.sort_by(f32::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(0.25 * one.size).min(0.5 * one.size)
}

/// The space that lines stand in: where it ends, and whether it is part of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Space {
    pub(super) right: f32,
    pub(super) inside: bool,
}

/// The paragraphs that these lines form.
pub(super) fn paragraphs(lines: Vec<Line>, space: Space, measure: &Measure) -> Vec<Paragraph> {
    let local = Leads::of(&lines);
    let mut found: Vec<Paragraph> = Vec::new();
    for line in lines {
        let lead = local.lead(line.size).unwrap_or_else(|| measure.lead(line.size, space.inside));
        match found.last_mut() {
            Some(last) if last.takes(&line, lead) => last.extend(line),
            _ => found.push(Paragraph::begin(line, space.right)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::pdf::lines::{lines, tests::page};
    use crate::extract::pdf::page::Area;
    use crate::extract::pdf::regions::{Flow, Item};

    fn check(words: &[(&str, f32, f32)], expected: &[&str]) {
        let page = page(words);
        let all: Vec<usize> = (0..page.glyphs.len()).collect();
        let lines = lines(&page, &all);
        let area = Area { right: 100.0, ..Area::default() };
        let flow = Flow { area, items: lines.iter().cloned().map(Item::Line).collect(), continues: false };
        let found = paragraphs(lines, Space { right: 100.0, inside: false }, &Measure::of(&[flow]));
        let found: Vec<String> =
            found.iter().map(|p| p.label.as_ref().map_or(p.text.clone(), |l| format!("{l}|{}", p.text))).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_line_without_room_for_the_next_word_goes_on() {
        check(&[("aaaaaaaaaa", 0.0, 0.0), ("bbbbbb", 55.0, 0.0), ("cccc", 0.0, 12.0)], &["aaaaaaaaaa bbbbbb cccc"]);
        check(&[("aaaaaaaaaa", 0.0, 0.0), ("bb", 55.0, 0.0), ("Cccc", 0.0, 12.0)], &["aaaaaaaaaa bb", "Cccc"]);
    }

    #[test]
    fn a_hyphen_at_the_line_end_is_kept() {
        check(&[("aaaaaaaaa", 0.0, 0.0), ("bb-", 80.0, 0.0), ("cccc", 0.0, 12.0)], &["aaaaaaaaa bb-cccc"]);
    }

    #[test]
    fn bullets_and_numbers_begin_items() {
        check(
            &[
                ("•", 0.0, 0.0),
                ("aaaaaaaaaaaaaaaaa", 12.0, 0.0),
                ("bb", 12.0, 12.0),
                ("(a)", 12.0, 24.0),
                ("cc", 36.0, 24.0),
                ("•", 0.0, 36.0),
                ("dd", 12.0, 36.0),
            ],
            &["•|aaaaaaaaaaaaaaaaa bb", "(a)|cc", "•|dd"],
        );
    }

    #[test]
    fn a_space_at_the_end_of_a_line_ends_its_word() {
        for (closed, expected) in [(false, "Frequency"), (true, "Frequenc y")] {
            let page = page(&[("Frequenc", 0.0, 0.0), ("y", 0.0, 12.0)]);
            let mut found = lines(&page, &(0..page.glyphs.len()).collect::<Vec<_>>());
            found[0].closed = closed;
            let mut paragraph = Paragraph::begin(found.remove(0), 41.0);
            paragraph.extend(found.remove(0));
            assert_eq!(paragraph.text, expected);
        }
    }

    #[test]
    fn a_hyphen_before_an_ending_breaks_a_word() {
        for (text, next, expected) in [
            ("communica-", "tion.", "communication."),
            ("develop-", "ment and", "development and"),
            ("self-", "esteem", "self-esteem"),
            ("Year 7-", "tion", "Year 7-tion"),
            ("co\u{ad}", "op", "coop"),
        ] {
            let mut paragraph = Paragraph { text: text.to_owned(), ..Paragraph::default() };
            let at = paragraph.append(next);
            assert_eq!((paragraph.text.as_str(), &paragraph.text[at..]), (expected, next));
        }
    }

    #[test]
    fn a_year_that_was_cut_is_the_end_of_a_date() {
        assert!(ends_a_number("K1", "0") && !ends_a_number("K1", "10") && !ends_a_number("See K1", "0"));
        assert!(ends_a_date("By 27/11/202", "6"));
        assert!(!ends_a_date("27/11/2026", "6"));
        assert!(!ends_a_date("27/11", "2026"));
        assert!(!ends_a_date("27/11/202", "6th"));
        assert!(!ends_a_date("", "2026"));
    }

    #[test]
    fn weight_size_and_distance_part_paragraphs() {
        check(&[("*aaaaaaaaaaaaaaaaaaa", 0.0, 0.0), ("bbbb", 0.0, 12.0)], &["aaaaaaaaaaaaaaaaaaa", "bbbb"]);
        check(&[("aaaaaaaaaaaaaaaaaaa", 0.0, 0.0), ("bbbb", 0.0, 30.0)], &["aaaaaaaaaaaaaaaaaaa", "bbbb"]);
    }
}
