//! The letters of glyphs that the file does not spell out, by the tables of the font that is embedded in it.

use hayro_font::OutlineGlyph;
use skrifa::raw::ps::agl;
use skrifa::raw::ps::cff::CffFontRef;
use skrifa::{FontRef, GlyphId, GlyphNames, MetadataProvider as _};
use std::collections::BTreeMap;

/// Fonts that are asked in one file.
const MAX_FONTS: usize = 400;

/// From glyphs to letters, for each font that was asked.
#[derive(Default)]
pub(super) struct GlyphLetters(BTreeMap<u128, BTreeMap<u32, char>>);

impl GlyphLetters {
    /// The letter that a glyph shows, where its font tells.
    pub(super) fn of(&mut self, glyph: &OutlineGlyph) -> Option<char> {
        let font = glyph.font_data()?;
        if !self.0.contains_key(&font.cache_key) && self.0.len() < MAX_FONTS {
            self.0.insert(font.cache_key, letters(font.data.as_ref().as_ref()));
        }
        self.0.get(&font.cache_key)?.get(&glyph.glyph_id().to_u32()).copied()
    }
}

/// The letters of the glyphs of a font: by its map from letters to glyphs, and where that says nothing by their names.
fn letters(data: &[u8]) -> BTreeMap<u32, char> {
    let mut letters = BTreeMap::new();
    if let Ok(font) = FontRef::from_index(data, 0) {
        for (code, glyph) in font.charmap().mappings() {
            // Of two letters with one glyph, the first is the plain one: space and no-break space.
            if let Some(letter) = char::from_u32(code).filter(|letter| !letter.is_control()) {
                letters.entry(glyph.to_u32()).or_insert(letter);
            }
        }
        for (glyph, name) in GlyphNames::new(&font).iter().filter(|(_, name)| !name.is_synthesized()) {
            if let Some(letter) = named(name.as_str()) {
                letters.entry(glyph.to_u32()).or_insert(letter);
            }
        }
    } else if let Ok(font) = CffFontRef::new(data, 0, None)
        && let Some(names) = font.charset().filter(|_| !font.is_cid())
    {
        for glyph in 0..names.num_glyphs() {
            let name = names.string_id(GlyphId::new(glyph)).and_then(|name| font.string(name));
            if let Some(letter) = name.and_then(|name| named(std::str::from_utf8(name).ok()?)) {
                letters.insert(glyph, letter);
            }
        }
    }
    letters
}

/// The letter that a glyph's name means: `eacute`, `uni00E9`, `a.alt`.
fn named(name: &str) -> Option<char> {
    let base = name.split('.').next().filter(|base| !base.is_empty())?;
    agl::name_to_char(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_letters() {
        for (name, letter) in
            [("A", Some('A')), ("eacute", Some('é')), ("uni2013", Some('–')), ("a.alt", Some('a')), ("g37", None)]
        {
            assert_eq!(named(name), letter, "{name}");
        }
    }

    #[test]
    fn what_is_no_font_tells_nothing() {
        for data in [&b""[..], b"\x01\0\x04\x01", b"\0\x01\0\0\0\x01", &[0xff; 64]] {
            assert!(letters(data).is_empty());
        }
    }
}
