//! Letters as they are meant: private codes of symbol fonts, ligatures, odd spaces and soft hyphens.

use super::direction;
use std::borrow::Cow;

/// The letters of one glyph. Ghostscript writes those of "ti" and other pairs with the two bytes of each the wrong way round, which
/// makes them Chinese.
pub(super) fn in_order(letters: &str) -> Cow<'_, str> {
    let turned = |letter: char| {
        let turned = u32::from(letter).swap_bytes() >> 16;
        u8::try_from(turned).ok().filter(u8::is_ascii_alphabetic).map(char::from)
    };
    match letters.chars().map(turned).collect::<Option<String>>() {
        Some(turned) if letters.chars().count() > 1 => Cow::Owned(turned),
        _ => Cow::Borrowed(letters),
    }
}

/// Adds a letter to the text of a page.
pub(super) fn push(text: &mut String, letter: char) {
    match letter {
        '!'..='~' => text.push(letter),
        // Wingdings and Symbol, as Word writes them; OpenSymbol, as LibreOffice does.
        '\u{F0B7}' | '\u{F06C}' | '\u{F09F}' | '\u{E00C}' | '\u{F097}' | '\u{E00A}' => text.push('•'),
        '\u{F0A7}' | '\u{F06E}' | '\u{E00B}' => text.push('▪'),
        '\u{F0D8}' | '\u{F0E8}' | '\u{F0F0}' => text.push('➢'),
        '\u{F0FC}' | '\u{F050}' => text.push('✓'),
        '\u{F078}' | '\u{F0FD}' | '\u{F053}' => text.push('☒'),
        '\u{F0FE}' | '\u{F052}' => text.push('☑'),
        '\u{F0A8}' | '\u{F06F}' | '\u{F0A3}' | '\u{F071}' => text.push('☐'),
        '\u{F02D}' => text.push('-'),
        // Letters that are drawn as one.
        '\u{FB00}' => text.push_str("ff"),
        '\u{FB01}' => text.push_str("fi"),
        '\u{FB02}' => text.push_str("fl"),
        '\u{FB03}' => text.push_str("ffi"),
        '\u{FB04}' => text.push_str("ffl"),
        '\u{FB05}' | '\u{FB06}' => text.push_str("st"),
        // Not there to be read.
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}' => {}
        letter if letter.is_whitespace() || letter.is_control() => text.push(' '),
        letter => match direction::plain(letter) {
            Some(letters) => text.extend(letters),
            None => text.push(letter),
        },
    }
}

/// Whether this is a mark that opens an item of a list.
pub(super) fn is_bullet(letter: char) -> bool {
    matches!(
        letter,
        '•' | '▪'
            | '◦'
            | '●'
            | '○'
            | '■'
            | '□'
            | '➢'
            | '‣'
            | '⁃'
            | '∙'
            | '·'
            | '►'
            | '▸'
            | '❖'
            | '✓'
            | '✔'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(letters: &str, expected: &str) {
        let mut text = String::new();
        letters.chars().for_each(|letter| push(&mut text, letter));
        assert_eq!(text, expected);
    }

    #[test]
    fn pairs_of_letters_come_in_order() {
        assert_eq!(in_order("\u{7400}\u{6900}"), "ti");
        for letters in ["\u{7400}", "ti", "\u{7400}\u{4e2d}", ""] {
            assert_eq!(in_order(letters), letters);
        }
    }

    #[test]
    fn letters_are_as_they_are_meant() {
        check("\u{F0FE}\u{F0FD}\u{F0A8}", "☑☒☐");
        check("\u{F0B7}", "•");
        check("\u{FB01}t", "fit");
        check("co\u{AD}op", "coop");
        check("a\u{A0}b", "a b");
        check("½ £5 é ☐", "½ £5 é ☐");
    }
}
