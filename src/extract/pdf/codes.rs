//! What the codes of a font stand for, where the file does not spell its letters out: by the dictionary of the font.

use hayro_interpret::hayro_cmap::{BfString, CMap, CidFamily, load_embedded};
use hayro_syntax::object::{Array, Dict, Name, String as Text};
use skrifa::raw::ps::agl;
use skrifa::raw::tables::post::DEFAULT_GLYPH_NAMES;

/// What tells the letters of a font.
#[derive(Clone)]
pub(super) enum Codes {
    /// The codes are those of the letters.
    Letters,
    /// They are numbers in one of Adobe's collections, which has a list of them.
    Numbers(&'static [u8]),
    /// They are numbers of glyphs, in the order that fonts of Windows share. The font is not in the file.
    Order,
    /// The tables of the font that is in the file.
    Tables,
    /// Nothing: they are numbers of glyphs in a font that is not in the file.
    Nothing,
}

/// Families in which this order holds. Those of the later ones (Calibri, Cambria, Segoe) have orders of their own.
const ORDERED: &[&str] =
    &["arial", "couriernew", "georgia", "impact", "tahoma", "timesnewroman", "trebuchet", "verdana"];

impl Codes {
    pub(super) fn of(font: &Dict<'_>) -> Self {
        if font.get::<Name<'_>>("ToUnicode").is_some_and(|name| name.starts_with(b"Identity")) {
            return Self::Letters;
        }
        let Some(inner) = font.get::<Array<'_>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next())
        else {
            return Self::Tables;
        };
        let identity = font.get::<Name<'_>>("Encoding").is_some_and(|name| name.starts_with(b"Identity"));
        let collection = inner.get::<Dict<'_>>("CIDSystemInfo").and_then(|info| {
            let (registry, ordering) = (info.get::<Text<'_>>("Registry")?, info.get::<Text<'_>>("Ordering")?);
            CidFamily::from_registry_ordering(&registry, &ordering).ucs2_cmap().and_then(load_embedded)
        });
        let descriptor = inner.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
        let within = ["FontFile", "FontFile2", "FontFile3"].iter().any(|key| descriptor.contains_key(*key));
        let name = font.get::<Name<'_>>("BaseFont").map(|name| name.as_str().to_ascii_lowercase().replace(' ', ""));
        let ordered = || name.is_some_and(|name| ORDERED.iter().any(|family| name.starts_with(family)));
        match collection.filter(|_| identity) {
            Some(list) => Self::Numbers(list),
            None if within => Self::Tables,
            None if identity && ordered() => Self::Order,
            None => Self::Nothing,
        }
    }
}

/// The letter that stands at this place in the order of glyphs that fonts of Windows share: a few signs first, then
/// those of ASCII, then the others that a Macintosh knew.
pub(super) fn in_order(glyph: u32) -> Option<char> {
    let name = DEFAULT_GLYPH_NAMES.get(usize::try_from(glyph).ok()?)?;
    agl::name_to_char(name).filter(|letter| !letter.is_control())
}

/// The letter with this number in the list of a collection.
pub(super) fn numbered(list: &CMap, number: u32) -> Option<char> {
    match list.lookup_bf_string(number)? {
        BfString::Char(letter) => Some(letter),
        BfString::String(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glyphs_of_windows_stand_in_order() {
        let word: String = [81, 82, 87, 76, 70, 72, 3, 112].into_iter().filter_map(in_order).collect();
        assert_eq!(word, "notice é");
        assert_eq!([in_order(0), in_order(258), in_order(u32::MAX)], [None; 3]);
    }
}
