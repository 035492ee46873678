//! Characters of symbol fonts, as the Unicode characters that they look like.

use std::borrow::Cow;

/// The character at `code` of a symbol font (`F0FE` of Wingdings is a ticked box).
pub(super) fn symbol(font: &str, code: u32) -> char {
    let place = if (0xF000..=0xF0FF).contains(&code) { code - 0xF000 } else { code };
    let known = match font.to_ascii_lowercase().as_str() {
        "symbol" => find(SYMBOL, place),
        "wingdings" => find(WINGDINGS, place),
        "wingdings 2" => find(WINGDINGS_2, place),
        "webdings" => find(WEBDINGS, place),
        _ => None,
    };
    known.unwrap_or_else(|| match char::from_u32(code) {
        Some(c) if !is_private(c) => c,
        _ => guessed(place),
    })
}

/// Text in which characters of symbol fonts may stand, whose font is not known.
pub(super) fn legible(text: &str) -> Cow<'_, str> {
    if !text.is_ascii() && text.chars().any(is_private) {
        Cow::Owned(text.chars().map(|c| if is_private(c) { guessed(u32::from(c) - 0xF000) } else { c }).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// The bullet that a level of a list prints.
pub(super) fn bullet(text: &str) -> String {
    let bullet = legible(text.trim());
    bullet.replace(char::REPLACEMENT_CHARACTER, "\u{2022}")
}

fn is_private(c: char) -> bool {
    ('\u{f000}'..='\u{f0ff}').contains(&c)
}

/// What a place in an unknown symbol font most likely shows.
fn guessed(place: u32) -> char {
    find(WINGDINGS, place).or_else(|| find(SYMBOL, place)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

fn find(table: &[(u32, char)], place: u32) -> Option<char> {
    table.iter().find(|&&(at, _)| at == place).map(|&(_, c)| c)
}

static SYMBOL: &[(u32, char)] = &[
    (0xA3, '\u{2264}'),
    (0xA5, '\u{221e}'),
    (0xAC, '\u{2190}'),
    (0xAE, '\u{2192}'),
    (0xB0, '\u{b0}'),
    (0xB1, '\u{b1}'),
    (0xB3, '\u{2265}'),
    (0xB4, '\u{d7}'),
    (0xB7, '\u{2022}'),
    (0xB8, '\u{f7}'),
    (0xB9, '\u{2260}'),
    (0xBC, '\u{2026}'),
    (0xBE, '\u{2014}'),
    (0xD7, '\u{b7}'),
    (0xDE, '\u{21d2}'),
];

static WINGDINGS: &[(u32, char)] = &[
    (0x4A, '\u{263a}'),
    (0x6C, '\u{25cf}'),
    (0x6D, '\u{25cb}'),
    (0x6E, '\u{25a0}'),
    (0x6F, '\u{2610}'),
    (0x71, '\u{2610}'),
    (0x72, '\u{2610}'),
    (0x75, '\u{25c6}'),
    (0x76, '\u{2756}'),
    (0x77, '\u{2b25}'),
    (0x78, '\u{2612}'),
    (0x9E, '\u{b7}'),
    (0x9F, '\u{2022}'),
    (0xA1, '\u{25cb}'),
    (0xA7, '\u{25aa}'),
    (0xA8, '\u{2610}'),
    (0xB7, '\u{2022}'),
    (0xD8, '\u{27a2}'),
    (0xDC, '\u{27b2}'),
    (0xE0, '\u{2192}'),
    (0xE8, '\u{2794}'),
    (0xF0, '\u{21e8}'),
    (0xFB, '\u{2717}'),
    (0xFC, '\u{2713}'),
    (0xFD, '\u{2612}'),
    (0xFE, '\u{2611}'),
];

static WINGDINGS_2: &[(u32, char)] = &[
    (0x4F, '\u{2717}'),
    (0x50, '\u{2713}'),
    (0x51, '\u{2612}'),
    (0x52, '\u{2611}'),
    (0x53, '\u{2612}'),
    (0x54, '\u{2612}'),
    (0x95, '\u{2022}'),
    (0x96, '\u{2022}'),
    (0x97, '\u{25cf}'),
    (0xA1, '\u{25a0}'),
    (0xA2, '\u{25a0}'),
    (0xA3, '\u{2610}'),
];

static WEBDINGS: &[(u32, char)] =
    &[(0x31, '\u{2610}'), (0x61, '\u{2713}'), (0x63, '\u{2610}'), (0x67, '\u{25a0}'), (0x72, '\u{2717}')];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_symbols_by_font() {
        for (font, code, expected) in [
            ("Wingdings", 0xF0FE, '\u{2611}'),
            ("Wingdings", 0xA8, '\u{2610}'),
            ("Wingdings 2", 0xF052, '\u{2611}'),
            ("Symbol", 0xF0B7, '\u{2022}'),
            ("MS Gothic", 0x2612, '\u{2612}'),
            ("Nobody's", 0xF0B7, '\u{2022}'),
            ("Nobody's", 0xF021, '\u{fffd}'),
        ] {
            assert_eq!(symbol(font, code), expected, "{font} {code:x}");
        }
    }

    #[test]
    fn makes_text_legible() {
        assert_eq!(legible("\u{f0fc} done"), "\u{2713} done");
        assert_eq!(legible("done"), "done");
        assert_eq!(bullet("\u{f021}"), "\u{2022}");
        assert_eq!(bullet("\u{2013}"), "\u{2013}");
    }
}
