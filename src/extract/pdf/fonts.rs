//! What fonts tell: whether they are bold or italic, and of letters what the file does not spell out. Embedded fonts tell by
//! themselves; of others the file's font dictionaries must be asked.

use super::codes::{self, Codes};
use super::glyph_names::GlyphLetters;
use super::page::Look;
use hayro_font::{Font, FontCache, FontGlyph, OutlineGlyph};
use hayro_interpret::InterpreterSettings;
use hayro_interpret::font::Glyph as Drawn;
use hayro_interpret::hayro_cmap::{CMap, load_embedded};
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
    named: Vec<Named<'a>>,
    letters: GlyphLetters,
    /// Letters that the file does not spell out, by glyph and code.
    told: BTreeMap<(u128, u32), Option<char>>,
    lists: BTreeMap<usize, Option<CMap>>,
    cache: FontCache<'a>,
    settings: InterpreterSettings,
    /// Resource dictionaries that were searched, by where their bytes are.
    seen: BTreeSet<usize>,
}

/// A font that a page names.
struct Named<'a> {
    font: Font<'a>,
    look: Look,
    codes: Codes,
}

impl<'a> Fonts<'a> {
    pub(super) fn new() -> Self {
        Self {
            looks: BTreeMap::new(),
            named: Vec::new(),
            letters: GlyphLetters::default(),
            told: BTreeMap::new(),
            lists: BTreeMap::new(),
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
            None => self.find(glyph, page, false).map(|named| named.look).unwrap_or_default(),
        };
        if self.looks.len() < MAX_LOOKS {
            self.looks.insert(key, look);
        }
        look
    }

    /// The letter of a glyph that the file does not spell out, where its font tells.
    pub(super) fn letter(&mut self, glyph: &Drawn<'_>, page: &Page<'a>) -> Option<char> {
        let Drawn::Outline(outline) = glyph else { return None };
        let code = outline.char_code();
        let key = (outline.identifier().cache_key(), code);
        if let Some(letter) = self.told.get(&key) {
            return *letter;
        }
        let codes = self.find(outline, page, true).map_or(Codes::Tables, |named| named.codes.clone());
        let letter = match codes {
            Codes::Letters => char::from_u32(code).filter(|letter| !letter.is_control()),
            Codes::Numbers(list) => {
                let parse = || CMap::parse(list, load_embedded);
                let list = self.lists.entry(list.as_ptr().addr()).or_insert_with(parse);
                list.as_ref().and_then(|list| codes::numbered(list, code))
            }
            Codes::Order => codes::in_order(code),
            Codes::Tables => self.letters.of(outline),
            Codes::Nothing => None,
        };
        if self.told.len() < MAX_LOOKS {
            self.told.insert(key, letter);
        }
        letter
    }

    /// Looks for the font of a glyph among those that the page names; where `silent`, one that does not spell it out.
    fn find(&mut self, glyph: &OutlineGlyph, page: &Page<'a>, silent: bool) -> Option<&Named<'a>> {
        self.search(page.resources(), 0);
        let wanted = glyph.identifier();
        let same = |named: &&Named<'a>| match named.font.glyph(glyph.glyph_id(), glyph.char_code()) {
            FontGlyph::Outline(outline) => {
                outline.identifier() == wanted && !(silent && outline.as_unicode().is_some())
            }
            FontGlyph::Type3(_) => false,
        };
        self.named.iter().find(same)
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
                self.named.push(Named { font, look: of_dictionary(&dict), codes: Codes::of(&dict) });
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
