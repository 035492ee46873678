//! Text levelled for matching: case, quotes, dashes, ligatures and spaces, with a way back to the bytes.

use crate::text::Span;

/// A text in which what looks alike is alike, for matching only.
///
/// Lower case; curly quotes and primes straight; every dash and no-break hyphen `-`; every space,
/// tab and line break one space (never two in a row); soft hyphens and zero-width characters gone;
/// `ﬁ` is `fi`; `½` is `1/2`. The stored text of a document stays as it was in the file.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    text: String,
    /// For each byte of `text`, the byte of the original at which its character begins.
    from: Vec<usize>,
    /// For each byte of `text`, the byte of the original after its character.
    to: Vec<usize>,
}

impl Folded {
    /// Folds `original`.
    pub fn of(original: &str) -> Self {
        let mut folded = Folded {
            text: String::with_capacity(original.len()),
            from: Vec::with_capacity(original.len()),
            to: Vec::with_capacity(original.len()),
        };
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

    /// The span of the original that a span of the folded text came from.
    pub fn original(&self, span: Span) -> Span {
        if span.is_empty() || span.end > self.text.len() {
            let at = self.from.get(span.start).copied().unwrap_or_else(|| self.to.last().copied().unwrap_or(0));
            return Span::new(at, at);
        }
        Span::new(self.from[span.start], self.to[span.end - 1])
    }
}

/// What is made while a text is folded.
trait Folding {
    /// Adds a character that stands for the bytes of the original from one to another.
    fn add(&mut self, c: char, from: usize, to: usize);
    /// Another space after one: it goes up to here.
    fn widen(&mut self, to: usize);
    /// Whether the last character is a space.
    fn ends_in_space(&self) -> bool;
}

impl Folding for Folded {
    fn add(&mut self, c: char, from: usize, to: usize) {
        self.text.push(c);
        for _ in 0..c.len_utf8() {
            self.from.push(from);
            self.to.push(to);
        }
    }

    fn widen(&mut self, to: usize) {
        if let Some(last) = self.to.last_mut() {
            *last = to;
        }
    }

    fn ends_in_space(&self) -> bool {
        self.text.ends_with(' ')
    }
}

impl Folding for String {
    fn add(&mut self, c: char, _: usize, _: usize) {
        self.push(c);
    }

    fn widen(&mut self, _: usize) {}

    fn ends_in_space(&self) -> bool {
        self.ends_with(' ')
    }
}

fn fold(original: &str, out: &mut impl Folding) {
    for (from, c) in original.char_indices() {
        let to = from + c.len_utf8();
        let mut all = |text: &str| text.chars().for_each(|c| out.add(c, from, to));
        match c {
            // most of what plans hold
            '!'..='~' if c != '`' => out.add(c.to_ascii_lowercase(), from, to),
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
}
