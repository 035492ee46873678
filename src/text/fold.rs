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
        for (at, c) in original.char_indices() {
            folded.push(c, at, at + c.len_utf8());
        }
        folded
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

    fn push(&mut self, c: char, from: usize, to: usize) {
        match c {
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2032}' | '\u{b4}' | '`' => self.add('\'', from, to),
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2033}' => self.add('"', from, to),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => self.add('-', from, to),
            '\u{d7}' => self.add('x', from, to),
            '\u{bd}' => self.add_all("1/2", from, to),
            '\u{bc}' => self.add_all("1/4", from, to),
            '\u{be}' => self.add_all("3/4", from, to),
            '\u{fb00}' => self.add_all("ff", from, to),
            '\u{fb01}' => self.add_all("fi", from, to),
            '\u{fb02}' => self.add_all("fl", from, to),
            '\u{fb03}' => self.add_all("ffi", from, to),
            '\u{fb04}' => self.add_all("ffl", from, to),
            '\u{2026}' => self.add_all("...", from, to),
            c if c.is_whitespace() => {
                if self.text.ends_with(' ') {
                    if let Some(last) = self.to.last_mut() {
                        *last = to;
                    }
                } else {
                    self.add(' ', from, to);
                }
            }
            c => {
                for lower in c.to_lowercase() {
                    self.add(lower, from, to);
                }
            }
        }
    }

    fn add_all(&mut self, text: &str, from: usize, to: usize) {
        for c in text.chars() {
            self.add(c, from, to);
        }
    }

    fn add(&mut self, c: char, from: usize, to: usize) {
        self.text.push(c);
        for _ in 0..c.len_utf8() {
            self.from.push(from);
            self.to.push(to);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(original: &str, folded: &str) {
        assert_eq!(Folded::of(original).text(), folded);
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
