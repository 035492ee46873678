//! Words that are alike to everything that judges: two statements that differ in such words alone are judged in the same way.
//!
//! Most of them are names and numbers: in these the statements of a council's template differ.

use crate::text::flat::Cell;
use crate::text::token::{Key, Shape, Token};
use std::collections::BTreeSet;

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
    /// What [`files`] made.
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

/// The numbers of words and of stems, as they are to stand in the binary. For `build.rs`.
#[allow(dead_code, reason = "only build.rs asks")]
pub(crate) fn files<'w>(
    words: impl Iterator<Item = &'w str>,
    stems: impl Iterator<Item = &'w str>,
) -> (Vec<u8>, Vec<u8>) {
    fn keys<'w>(words: impl Iterator<Item = &'w str>) -> Vec<u8> {
        let keys: BTreeSet<u32> = words.map(|word| Key::of(word).short()).collect();
        keys.into_iter().flat_map(u32::to_le_bytes).collect()
    }
    (keys(words), keys(stems))
}

/// Every word and number that stands as a literal in a source file, before its tests. For `build.rs`.
#[allow(dead_code, reason = "only build.rs asks")]
pub(crate) fn words_of(source: &str) -> impl Iterator<Item = &str> {
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    // Where a mark of quotation opens and where it closes is not asked: what lies between two literals is no word.
    source.split('"').filter(|piece| {
        !piece.is_empty()
            && piece.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'\'')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token::tokens;

    #[test]
    fn names_are_alike_and_words_of_patterns_are_not() {
        let (words, stems) = files(["will", "may", "12"].into_iter(), ["therap"].into_iter());
        let told = ToldApart::standing(words.leak(), stems.leak());
        let levelled =
            |text: &str| tokens(text).iter().map(|token| told.letters(token).to_owned()).collect::<Vec<_>>().join(" ");
        assert_eq!(levelled("Marek will see Ada's Therapist"), "* will see *'s therapist");
        assert_eq!(levelled("Will, May and the TA: x 12 at 9.30"), "will , may and the ta : x 12 at *");
        assert_eq!(ToldApart::default().letters(&tokens("Marek")[0]), "marek");
    }

    #[test]
    fn words_of_a_source_file_are_found() {
        let source = r#"matches!(text(at), "mrs" | "mr") && end == "'s" || say("no word")
            #[cfg(test)] mod tests { "marek" }"#;
        assert_eq!(words_of(source).collect::<Vec<_>>(), ["mrs", "mr", "'s"]);
    }
}
