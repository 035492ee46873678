//! Letters that Calibri draws as one and no code stands for: told by how wide they are, where a file gives them a wrong code or none.

/// Letters drawn as one, and how wide they are in thousandths of the size of type: upright, bold, italic, bold italic.
/// Calibri's widths, which Carlito shares. The pairs that Unicode has codes for ("fi") are spelled out by their code.
const WIDTHS: &[(&str, [f32; 4])] = &[
    ("ti", [557.1, 585.4, 557.1, 585.4]),
    ("tt", [634.3, 656.2, 634.3, 656.2]),
    ("ft", [615.7, 635.7, 611.3, 631.3]),
    ("tti", [856.0, 894.5, 856.0, 894.5]),
    ("tf", [612.3, 632.8, 612.3, 632.8]),
    ("fft", [894.5, 920.9, 890.1, 916.5]),
    ("ttf", [911.6, 942.4, 911.6, 942.4]),
];
/// Widths are written as whole thousandths, mostly, rounded or cut off.
const NEAR: f32 = 1.1;

/// Whether letters of this font may be drawn as one.
pub(super) fn has_ligatures(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains("calibri") || name.contains("carlito")
}

/// The letters of a glyph of such a font.
pub(super) fn of_width(width: f32, bold: bool, italic: bool) -> Option<&'static str> {
    let look = usize::from(bold) + 2 * usize::from(italic);
    let distance = |widths: &[f32; 4]| widths.get(look).map_or(f32::INFINITY, |known| (known - width).abs());
    let (letters, widths) = WIDTHS.iter().min_by(|one, other| distance(&one.1).total_cmp(&distance(&other.1)))?;
    (distance(widths) < NEAR).then_some(*letters)
}

/// What files say such a glyph is: a private code, a letter that is not known, or the one whose code is the number of the glyph,
/// which makes "communicaƟon" and "aƩend".
pub(super) fn may_be_one(letter: char) -> bool {
    const NUMBERS: &[char] = &['\u{14C}', '\u{14D}', '\u{19E}', '\u{19F}', '\u{1A9}', '\u{1AB}'];
    ('\u{E000}'..='\u{F8FF}').contains(&letter) || letter == char::REPLACEMENT_CHARACTER || NUMBERS.contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_drawn_as_one_are_told_by_their_width() {
        for (width, bold, italic, expected) in [
            (557.0, false, false, Some("ti")),
            (616.0, false, false, Some("ft")),
            (612.0, false, false, Some("tf")),
            (634.0, false, false, Some("tt")),
            (585.0, true, false, Some("ti")),
            (611.3, false, true, Some("ft")),
            (916.5, true, true, Some("fft")),
            (500.0, false, false, None),
            (600.0, true, false, None),
        ] {
            assert_eq!(of_width(width, bold, italic), expected, "{width}");
        }
        assert!(has_ligatures("EAAAAA+Carlito-Bold") && has_ligatures("Calibri,Italic") && !has_ligatures("Wingdings"));
    }
}
