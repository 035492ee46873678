//! Words that are alike to everything that judges: two statements that differ in such words alone are judged in the same way.
//!
//! Most of them are names and numbers: in these the statements of a council's template differ.

use crate::text::flat::Cell;
use crate::text::token::{Key, Shape, Token};

/// Keys of the words that are told apart: by a pattern that stands in the binary, or by the source of the program.
///
/// It holds a little more than it should, where two words share half a key, and never less. The source may look at a part of a
/// word only where the word is written small.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ToldApart {
    /// Whole words. Sorted.
    words: &'static [Cell],
    /// With what words begin. Sorted.
    stems: &'static [Cell],
}

impl ToldApart {
    /// What `making.rs` wrote.
    pub(crate) const fn standing(words: &'static [u8], stems: &'static [u8]) -> Self {
        Self { words: words.as_chunks().0, stems: stems.as_chunks().0 }
    }

    /// What a token is to all that judge: other tokens of the same look and with the same letters here are judged alike.
    pub(crate) fn letters<'t>(&self, token: &'t Token) -> &'t str {
        let alike = match token.shape {
            Shape::Word => token.capital,
            Shape::Mark => false,
            Shape::Number | Shape::Clock | Shape::Date | Shape::Money => true,
        };
        if !alike || self.tells(token) {
            &token.text
        } else if token.text.ends_with("'s") {
            "*'s"
        } else {
            "*"
        }
    }

    fn tells(&self, token: &Token) -> bool {
        let word: &str = &token.text;
        let among =
            |keys: &[Cell], key: Key| keys.binary_search_by_key(&key.short(), |cell| u32::from_le_bytes(*cell)).is_ok();
        let begins = || word.char_indices().skip(1).map(|(end, _)| &word[..end]).chain([word]);
        self.words.is_empty() || among(self.words, token.key) || begins().any(|begin| among(self.stems, Key::of(begin)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::making::Making;
    use crate::text::pattern::Grammar;
    use crate::text::token::tokens;

    #[test]
    fn names_are_alike_and_words_of_patterns_are_not() {
        let mut making = Making::default();
        let patterns = ["(will|may) ..2 therap*"];
        let (first, tree) = Grammar::default().read(patterns).expect("patterns");
        making.add(patterns, &first, &tree);
        let (words, stems) = making.told_apart(["12"].into_iter());
        let told = ToldApart::standing(words.leak(), stems.leak());
        let levelled =
            |text: &str| tokens(text).iter().map(|token| told.letters(token).to_owned()).collect::<Vec<_>>().join(" ");
        assert_eq!(levelled("Marek will see Ada's Therapist"), "* will see *'s therapist");
        assert_eq!(levelled("Will, May and the TA: x 12 at 9.30"), "will , may and the ta : x 12 at *");
        assert_eq!(ToldApart::default().letters(&tokens("Marek")[0]), "marek");
    }
}
