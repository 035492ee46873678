//! The same document without its words: shape, places and gaps stay, so that whatever points into it still points somewhere.

use crate::document::levels::Levels;
use crate::document::{Document, GapKind, Prints, Sources};

impl Document {
    /// Whether its words were taken out.
    pub fn is_redacted(&self) -> bool {
        self.redacted
    }

    /// The same document without its words. A word becomes one `x` and as much white space as it was longer, so that every
    /// span still fits and words can still be counted; labels of blocks and the way back into the file go too.
    #[must_use]
    pub fn redacted(mut self) -> Self {
        self.text = masked(&self.text);
        for block in &mut self.blocks {
            block.label = None;
        }
        for gap in &mut self.gaps {
            if let GapKind::Attached(name) = &mut gap.kind {
                name.0.clear();
            }
        }
        self.sources = Sources::default();
        self.prints = Prints::default();
        self.levels = Levels::default();
        self.redacted = true;
        self
    }
}

/// As many bytes as `text` has, of which every one can begin or end a span. Lines stay lines.
fn masked(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut in_word = false;
    for c in text.chars() {
        let (first, rest) = match c {
            '\n' => ('\n', ' '),
            c if c.is_alphanumeric() && !in_word => ('x', ' '),
            _ => (' ', ' '),
        };
        in_word = !c.is_whitespace() && (in_word || c.is_alphanumeric());
        masked.push(first);
        masked.extend(std::iter::repeat_n(rest, c.len_utf8() - 1));
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(masked(text), expected);
        assert_eq!(masked(text).len(), text.len());
    }

    #[test]
    fn keeps_lengths_and_counts_and_nothing_else() {
        check("", "");
        check("Sam, aged 7\nlikes it.", "x    x    x\nx     x  ");
        check("\u{2022} Zo\u{eb}\u{2019}s d\u{e9}jeuner", "    x        x        ");
    }

    #[test]
    fn the_shape_stays() {
        let document = Document::from_notation("# Section F\n\n- Speech therapy\n\n| Sam | weekly |");
        let redacted = document.clone().redacted();
        assert!(redacted.is_redacted() && !document.is_redacted());
        assert_eq!(redacted.blocks().len(), document.blocks().len());
        assert_eq!(redacted.text().len(), document.text().len());
        assert!(!redacted.text().contains(|c: char| c.is_alphanumeric() && c != 'x'));
    }
}
