//! Whether a font is bold or italic. Embedded fonts tell; of others the file's font dictionaries must be asked.

use super::glyph_names::GlyphLetters;
use super::page::Look;
use hayro_font::{Font, FontCache, FontGlyph, OutlineGlyph};
use hayro_interpret::InterpreterSettings;
use hayro_interpret::font::Glyph as Drawn;
use hayro_syntax::object::{Dict, Name, Stream};
use hayro_syntax::page::{Page, Resources};
use std::collections::{BTreeMap, BTreeSet};

/// Fonts looked at in one file, and how deep forms are searched for them.
const MAX_FONTS: usize = 400;
const MAX_DEPTH: u32 = 6;
const MAX_LOOKS: usize = 100_000;

/// The looks of fonts, learned as they are met.
pub(super) struct Fonts<'a> {
    looks: BTreeMap<u128, Look>,
    named: Vec<(Font<'a>, Look)>,
    letters: GlyphLetters,
    cache: FontCache<'a>,
    settings: InterpreterSettings,
    /// Resource dictionaries that were searched, by where their bytes are.
    seen: BTreeSet<usize>,
}

impl<'a> Fonts<'a> {
    pub(super) fn new() -> Self {
        Self {
            looks: BTreeMap::new(),
            named: Vec::new(),
            letters: GlyphLetters::default(),
            cache: FontCache::new(),
            settings: InterpreterSettings::default(),
            seen: BTreeSet::new(),
        }
    }

    /// How the font of a glyph looks.
    pub(super) fn look(&mut self, glyph: &OutlineGlyph, page: &Page<'a>) -> Look {
        let key = glyph.identifier().cache_key();
        if let Some(look) = self.looks.get(&key) {
            return *look;
        }
        let look = match glyph.font_data() {
            Some(data) => {
                let named = data.postscript_name.as_deref().map(of_name).unwrap_or_default();
                Look {
                    bold: named.bold || data.weight.is_some_and(|weight| weight >= 600),
                    italic: named.italic || data.is_italic,
                }
            }
            None => self.named(glyph, page),
        };
        if self.looks.len() < MAX_LOOKS {
            self.looks.insert(key, look);
        }
        look
    }

    /// The letter of a glyph that the file does not spell out, where its font tells.
    pub(super) fn letter(&mut self, glyph: &Drawn<'_>) -> Option<char> {
        match glyph {
            Drawn::Outline(outline) => self.letters.of(outline),
            Drawn::Type3(_) => None,
        }
    }

    /// Looks for the font among those that the page names.
    fn named(&mut self, glyph: &OutlineGlyph, page: &Page<'a>) -> Look {
        self.search(page.resources(), 0);
        let wanted = glyph.identifier();
        let same = |font: &Font<'a>| match font.glyph(glyph.glyph_id(), glyph.char_code()) {
            FontGlyph::Outline(outline) => outline.identifier() == wanted,
            FontGlyph::Type3(_) => false,
        };
        self.named.iter().find(|(font, _)| same(font)).map(|(_, look)| *look).unwrap_or_default()
    }

    fn search(&mut self, resources: &Resources<'a>, depth: u32) {
        let parent =
            resources.fonts.data().as_ptr().addr() ^ resources.x_objects.data().as_ptr().addr().rotate_left(17);
        if depth > MAX_DEPTH || !self.seen.insert(parent) {
            return;
        }
        for name in resources.fonts.keys() {
            let Some(dict) = resources.fonts.get::<Dict<'a>>(&*name) else { continue };
            if self.named.len() >= MAX_FONTS || !self.seen.insert(dict.data().as_ptr().addr()) {
                continue;
            }
            let (fonts, maps) = (&self.settings.font_resolver, &self.settings.cmap_resolver);
            if let Some(font) = self.cache.font(&dict, fonts, maps) {
                self.named.push((font, of_dictionary(&dict)));
            }
        }
        for name in resources.x_objects.keys() {
            let Some(form) = resources.x_objects.get::<Stream<'a>>(&*name) else { continue };
            if let Some(inner) = form.dict().get::<Dict<'a>>("Resources") {
                self.search(&Resources::new(inner), depth + 1);
            }
        }
    }
}

fn of_dictionary(dict: &Dict<'_>) -> Look {
    let named = dict.get::<Name<'_>>("BaseFont").map(|name| of_name(name.as_str())).unwrap_or_default();
    let Some(descriptor) = dict.get::<Dict<'_>>("FontDescriptor") else { return named };
    let flags = descriptor.get::<u32>("Flags").unwrap_or(0);
    let weight = descriptor.get::<f32>("FontWeight").unwrap_or(0.0);
    Look {
        bold: named.bold || flags & (1 << 18) != 0 || weight >= 600.0,
        italic: named.italic || flags & (1 << 6) != 0,
    }
}

/// What a font's name says.
fn of_name(name: &str) -> Look {
    let name = name.to_ascii_lowercase();
    let any = |words: &[&str]| words.iter().any(|word| name.contains(word));
    Look { bold: any(&["bold", "black", "heavy", "demi"]), italic: any(&["italic", "oblique"]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, bold: bool, italic: bool) {
        assert_eq!(of_name(name), Look { bold, italic }, "{name}");
    }

    #[test]
    fn a_name_tells_the_look() {
        check("ABCDEF+LiberationSans-Bold", true, false);
        check("Calibri,BoldItalic", true, true);
        check("Helvetica-Oblique", false, true);
        check("Arial-Black", true, false);
        check("TimesNewRomanPSMT", false, false);
    }
}
