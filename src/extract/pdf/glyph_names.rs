//! The letters of glyphs that the file does not spell out, by the tables of the font that is embedded in it.

use hayro_font::OutlineGlyph;
use hayro_interpret::hayro_cmap::{BfString, CMap, CidFamily, load_embedded};
use skrifa::raw::ps::agl;
use skrifa::raw::ps::cff::CffFontRef;
use skrifa::raw::ps::cff::charset::Charset;
use skrifa::{FontRef, GlyphId, GlyphNames, MetadataProvider as _};
use std::collections::BTreeMap;

/// Fonts that are asked in one file.
const MAX_FONTS: usize = 400;
/// The names in a font stand before its outlines.
const HEAD: usize = 4096;

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
        && let Some(names) = font.charset()
    {
        if font.is_cid() {
            return numbered(&font, &names);
        }
        for glyph in 0..names.num_glyphs() {
            let name = names.string_id(GlyphId::new(glyph)).and_then(|name| font.string(name));
            if let Some(letter) = name.and_then(|name| named(std::str::from_utf8(name).ok()?)) {
                letters.insert(glyph, letter);
            }
        }
    }
    letters
}

/// The letters of a font whose glyphs bear the numbers of one of Adobe's collections, which has a list of them.
fn numbered(font: &CffFontRef<'_>, numbers: &Charset<'_>) -> BTreeMap<u32, char> {
    // The two names of the collection stand one behind the other.
    let head = font.data().get(..font.data().len().min(HEAD)).unwrap_or_default();
    let named = |name: &&str| head.windows(name.len()).any(|bytes| bytes == name.as_bytes());
    let collection = ["AdobeJapan1", "AdobeGB1", "AdobeCNS1", "AdobeKorea1"].into_iter().find(named);
    let ordering = collection.and_then(|name| name.strip_prefix("Adobe"));
    let list = ordering.and_then(|name| CidFamily::from_registry_ordering(b"Adobe", name.as_bytes()).ucs2_cmap());
    let Some(list) = list.and_then(load_embedded).and_then(|list| CMap::parse(list, load_embedded)) else {
        return BTreeMap::new();
    };
    let letter = |glyph: u32| match list.lookup_bf_string(numbers.string_id(GlyphId::new(glyph))?.to_u16().into())? {
        BfString::Char(letter) => Some((glyph, letter)),
        BfString::String(_) => None,
    };
    (0..numbers.num_glyphs()).filter_map(letter).collect()
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
