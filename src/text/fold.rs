//! Text levelled for matching: case, quotes, dashes, ligatures and spaces, with a way back to the bytes.

use crate::text::lacked::Lacked;
use crate::text::runs::{LazyRuns, Runs, sign};
use crate::text::searched::Searched;
use crate::text::span::Span;
use std::sync::Arc;

/// A text in which what looks alike is alike, for matching only.
///
/// Lower case; curly quotes and primes straight; every dash and no-break hyphen `-`; every space,
/// tab and line break one space (never two in a row); soft hyphens and zero-width characters gone;
/// `ﬁ` is `fi`; `½` is `1/2`. The stored text of a document stays as it was in the file.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    text: String,
    /// Where each piece of `text` came from, in order.
    pieces: Vec<Piece>,
    runs: LazyRuns,
}

/// A piece of levelled text: bytes that stand for one byte of the original each, or one character that does not.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// Where it begins in the levelled text.
    at: usize,
    /// Where it begins in the original.
    from: usize,
    /// Where it ends in the original, if it is one character; else each byte is one byte.
    to: Option<usize>,
}

impl Folded {
    /// Folds `original`.
    pub fn of(original: &str) -> Self {
        let text = String::with_capacity(original.len());
        let mut folded = Folded { text, ..Folded::default() };
        fold(original, &mut folded);
        folded
    }

    /// The folded text of `original` alone, where nobody has to find the way back.
    pub(crate) fn text_of(original: &str) -> String {
        let mut text = String::with_capacity(original.len());
        fold(original, &mut text);
        text
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The folded text without the spaces around it.
    pub(crate) fn trimmed(&self) -> Trimmed<'_> {
        Trimmed(self)
    }

    /// Whether the folded text has the runs of `original`, from which it was made: one sign for each of its signs, and the same.
    pub(crate) fn has_runs_of(&self, original: &str) -> bool {
        let nexts = self.pieces.iter().skip(1).map(|piece| piece.at).chain([self.text.len()]);
        let mut after = 0;
        let same = self.pieces.iter().zip(nexts).all(|(piece, next)| {
            let begins =
                std::mem::replace(&mut after, piece.to.unwrap_or(piece.from + (next - piece.at))) == piece.from;
            let only = |text: Option<&str>| {
                let mut characters = text?.chars();
                characters.next().filter(|_| characters.next().is_none()).map(sign)
            };
            let levelled = || only(self.text.get(piece.at..next));
            begins && piece.to.is_none_or(|to| levelled().is_some() && levelled() == only(original.get(piece.from..to)))
        });
        same && after == original.len()
    }

    /// What is told of the folded text.
    pub(crate) fn told(&self) -> &LazyRuns {
        &self.runs
    }

    /// The runs of characters that the folded text holds.
    fn runs(&self) -> &Runs {
        self.runs.of(&self.text)
    }

    /// The span of the original that a span of the folded text came from.
    pub fn original(&self, span: Span) -> Span {
        if span.is_empty() || span.end > self.text.len() {
            let end = || self.text.len().checked_sub(1).map_or(0, |last| self.source(last).1);
            let at = if span.start < self.text.len() { self.source(span.start).0 } else { end() };
            return Span::new(at, at);
        }
        Span::new(self.source(span.start).0, self.source(span.end - 1).1)
    }

    /// Where the character that a byte of the folded text belongs to begins and ends in the original.
    fn source(&self, at: usize) -> (usize, usize) {
        let next = self.pieces.partition_point(|piece| piece.at <= at);
        let Some(piece) = next.checked_sub(1).and_then(|last| self.pieces.get(last)) else { return (0, 0) };
        match piece.to {
            Some(to) => (piece.from, to),
            None => (piece.from + (at - piece.at), piece.from + (at - piece.at) + 1),
        }
    }
}

/// A folded text without the spaces around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trimmed<'t>(&'t Folded);

impl<'t> Searched<'t> for &'t Folded {
    fn words(self) -> &'t str {
        &self.text
    }

    fn runs(self) -> Option<&'t Runs> {
        Some(self.runs())
    }

    fn lacked(self) -> Option<&'t Lacked> {
        Some(&self.runs.lacked)
    }
}

impl<'t> Searched<'t> for &'t Arc<Folded> {
    fn words(self) -> &'t str {
        &self.text
    }

    fn runs(self) -> Option<&'t Runs> {
        Some(Folded::runs(self))
    }

    fn lacked(self) -> Option<&'t Lacked> {
        Some(&self.runs.lacked)
    }
}

impl<'t> Searched<'t> for Trimmed<'t> {
    fn words(self) -> &'t str {
        self.0.text.trim()
    }

    /// Those of the whole: no word is cut where only spaces go.
    fn runs(self) -> Option<&'t Runs> {
        Some(self.0.runs())
    }

    /// Where nothing goes, they are the same words.
    fn lacked(self) -> Option<&'t Lacked> {
        (self.words().len() == self.0.text.len()).then_some(&self.0.runs.lacked)
    }
}

/// What is made while a text is folded.
trait Folding {
    /// Adds ASCII characters that stand at `from` in the original, as they are but in lower case.
    fn add_plain(&mut self, words: &str, from: usize);
    /// Adds a character that stands for the bytes of the original from one to another.
    fn add(&mut self, c: char, from: usize, to: usize);
    /// Another space after one: it goes up to here.
    fn widen(&mut self, to: usize);
    /// Whether the last character is a space.
    fn ends_in_space(&self) -> bool;
}

impl Folding for Folded {
    fn add_plain(&mut self, words: &str, from: usize) {
        self.pieces.push(Piece { at: self.text.len(), from, to: None });
        self.text.add_plain(words, from);
    }

    fn add(&mut self, c: char, from: usize, to: usize) {
        self.pieces.push(Piece { at: self.text.len(), from, to: Some(to) });
        self.text.push(c);
    }

    fn widen(&mut self, to: usize) {
        let last = self.text.len().saturating_sub(1);
        let (from, _) = self.source(last);
        match self.pieces.last_mut() {
            Some(piece) if piece.at == last => piece.to = Some(to),
            _ => self.pieces.push(Piece { at: last, from, to: Some(to) }),
        }
    }

    fn ends_in_space(&self) -> bool {
        self.text.ends_with(' ')
    }
}

impl Folding for String {
    fn add_plain(&mut self, words: &str, _: usize) {
        let begin = self.len();
        self.push_str(words);
        if let Some(added) = self.get_mut(begin..) {
            added.make_ascii_lowercase();
        }
    }

    fn add(&mut self, c: char, _: usize, _: usize) {
        self.push(c);
    }

    fn widen(&mut self, _: usize) {}

    fn ends_in_space(&self) -> bool {
        self.ends_with(' ')
    }
}

fn fold(original: &str, out: &mut impl Folding) {
    let bytes = original.as_bytes();
    let mut from = 0;
    while from < bytes.len() {
        let plain = from + plain(&bytes[from..], out.ends_in_space());
        if let Some(words) = original.get(from..plain).filter(|words| !words.is_empty()) {
            out.add_plain(words, from);
            from = plain;
            continue;
        }
        let Some(c) = original.get(from..).and_then(|rest| rest.chars().next()) else { return };
        let to = from + c.len_utf8();
        fold_one(c, from, to, out);
        from = to;
    }
}

/// How many bytes at the beginning are the same when they are levelled, but for their case: most of what plans hold.
fn plain(bytes: &[u8], after_space: bool) -> usize {
    let mut space = after_space;
    let stays = bytes.iter().take_while(|&&byte| {
        let stays = byte > b' ' && byte < 0x7f && byte != b'`' || byte == b' ' && !space;
        space = byte == b' ';
        stays
    });
    stays.count()
}

fn fold_one(c: char, from: usize, to: usize, out: &mut impl Folding) {
    let mut all = |text: &str| text.chars().for_each(|c| out.add(c, from, to));
    match c {
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2032}' | '\u{b4}' | '`' => out.add('\'', from, to),
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2033}' => out.add('"', from, to),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => out.add('-', from, to),
        '\u{d7}' => out.add('x', from, to),
        '\u{bd}' => all("1/2"),
        '\u{bc}' => all("1/4"),
        '\u{be}' => all("3/4"),
        '\u{fb00}' => all("ff"),
        '\u{fb01}' => all("fi"),
        '\u{fb02}' => all("fl"),
        '\u{fb03}' => all("ffi"),
        '\u{fb04}' => all("ffl"),
        '\u{2026}' => all("..."),
        c if c.is_whitespace() && out.ends_in_space() => out.widen(to),
        c if c.is_whitespace() => out.add(' ', from, to),
        c => c.to_lowercase().for_each(|lower| out.add(lower, from, to)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(original: &str, folded: &str) {
        assert_eq!(&Folded::text_of(original), folded);
    }

    #[test]
    fn levels_what_looks_alike() {
        check("One\u{2011}to\u{a0}one", "one-to one");
        check("Sam\u{2019}s \u{201c}plan\u{201d}", "sam's \"plan\"");
        check("a  b\n\tc", "a b c");
        check("e\u{fb03}cient co\u{ad}op", "efficient coop");
        check("3 \u{d7} 20 mins", "3 x 20 mins");
    }

    #[test]
    fn finds_the_way_back() {
        let original = "A \u{201c}\u{bd}\u{201d} day";
        let folded = Folded::of(original);
        let at = folded.text().find("1/2").expect("folded");
        assert_eq!(folded.original(Span::new(at, at + 3)).of(original), "\u{bd}");
        let at = folded.text().find("day").expect("folded");
        assert_eq!(folded.original(Span::new(at, at + 3)).of(original), "day");
    }

    #[test]
    fn knows_when_its_runs_are_those_of_the_original() {
        let check = |original: &str, expected: bool| {
            let folded = Folded::of(original);
            let signs = |text: &str| text.chars().map(sign).collect::<Vec<_>>();
            assert_eq!(folded.has_runs_of(original), expected, "{original}");
            assert!(!expected || signs(original) == signs(folded.text()), "{original}");
        };
        for same in
            ["", "Sam\u{2019}s plan, 12.5", "one\u{2011}to-one\u{a0}help", "\u{c9}mile", "\u{2018}A\u{2019} b\tc"]
        {
            check(same, true);
        }
        for other in
            ["a  b", "a\u{ad}b", "\u{ad}a", "a\u{ad}", "\u{bd} day", "o\u{fb01}ce", "3 \u{d7} 2", "\u{212a}2", "`a"]
        {
            check(other, false);
        }
    }

    #[test]
    fn every_byte_knows_its_character() {
        let original = "Ab  c\u{2019}s \t \u{130}x \u{bd}\u{ad} `end ";
        let folded = Folded::of(original);
        assert_eq!(folded.text(), Folded::text_of(original));
        let words: Vec<&str> = folded
            .text()
            .char_indices()
            .map(|(at, c)| folded.original(Span::new(at, at + c.len_utf8())).of(original))
            .collect();
        let expected = [
            "A", "b", "  ", "c", "\u{2019}", "s", " \t ", "\u{130}", "\u{130}", "x", " ", "\u{bd}", "\u{bd}", "\u{bd}",
            " ", "`", "e", "n", "d", " ",
        ];
        assert_eq!(words, expected);
        assert_eq!(folded.original(Span::new(2, 2)), Span::new(2, 2));
        assert_eq!(folded.original(Span::new(90, 99)), Span::new(original.len(), original.len()));
        assert_eq!(Folded::of("").original(Span::new(0, 1)), Span::new(0, 0));
    }
}
