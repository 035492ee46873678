//! What fonts tell: whether they are bold or italic, and of letters what the file does not spell out. Embedded fonts tell by
//! themselves; of others the file's font dictionaries must be asked.

use super::codes::{self, Codes};
use super::glyph_names::GlyphLetters;
use super::ligatures;
use super::page::Look;
use super::said::Said;
use hayro_font::{Font, FontCache, FontGlyph, GlyphIdentifier, OutlineGlyph};
use hayro_interpret::InterpreterSettings;
use hayro_interpret::font::Glyph as Drawn;
use hayro_interpret::hayro_cmap::{CMap, load_embedded};
use hayro_syntax::object::{Dict, Name, Stream};
use hayro_syntax::page::{Page, Resources};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash as _, Hasher};

/// Fonts looked at in one file, and how deep forms are searched for them.
const MAX_FONTS: usize = 400;
const MAX_DEPTH: u32 = 6;
const MAX_LOOKS: usize = 100_000;

/// The looks of fonts, learned as they are met.
pub(super) struct Fonts<'a> {
    looks: BTreeMap<Outline, Look>,
    /// What the codes of the run that is being read say.
    pub(super) said: Said,
    named: Vec<Named<'a>>,
    letters: GlyphLetters,
    /// Letters that the file does not spell out, by glyph and code.
    told: BTreeMap<(u128, u32), Option<char>>,
    /// Letters that are drawn as one, by glyph and code.
    ligatures: BTreeMap<(u128, u32), Option<&'static str>>,
    lists: BTreeMap<usize, Option<CMap>>,
    /// What tells the letters of a font, by what is drawn and its name.
    known: BTreeMap<(u128, String), Codes>,
    cache: FontCache<'a>,
    settings: InterpreterSettings,
    /// Resource dictionaries that were searched, by where their bytes are.
    seen: BTreeSet<usize>,
}

/// What tells an outline from others, as the engine would hash it: the font that it is part of, and the numbers behind that.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Outline {
    font: u128,
    glyph: u64,
}

impl Outline {
    fn of(glyph: &GlyphIdentifier) -> Self {
        let mut outline = Self::default();
        glyph.hash(&mut outline);
        outline
    }
}

impl Hasher for Outline {
    fn write_u128(&mut self, font: u128) {
        self.font = font;
    }

    fn write_u32(&mut self, number: u32) {
        self.glyph = self.glyph << 32 | u64::from(number);
    }

    fn write_isize(&mut self, number: isize) {
        self.write_u32(u32::from(number != 0));
    }

    fn write(&mut self, bytes: &[u8]) {
        // Nothing is written so; if it were, it would still count.
        for byte in bytes {
            self.glyph = self.glyph.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn finish(&self) -> u64 {
        self.glyph
    }
}

/// A font that a page names.
struct Named<'a> {
    dict: Dict<'a>,
    /// Loaded when it is first held against a glyph: most never are.
    font: OnceCell<Option<Font<'a>>>,
    /// Its name, without the mark of a part of a font.
    name: String,
    look: Look,
    codes: Codes,
}

impl<'a> Fonts<'a> {
    pub(super) fn new() -> Self {
        Self {
            looks: BTreeMap::new(),
            said: Said::new(),
            named: Vec::new(),
            letters: GlyphLetters::default(),
            told: BTreeMap::new(),
            ligatures: BTreeMap::new(),
            lists: BTreeMap::new(),
            known: BTreeMap::new(),
            cache: FontCache::new(),
            settings: InterpreterSettings::default(),
            seen: BTreeSet::new(),
        }
    }

    /// How the font of a glyph looks.
    pub(super) fn look(&mut self, glyph: &OutlineGlyph, page: &Page<'a>) -> Look {
        let key = Outline::of(&glyph.identifier());
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
            None => self.find(glyph, page, |_| true, |_| true).map(|named| named.look).unwrap_or_default(),
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
        let codes = self.codes(outline, page);
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

    /// The letters of a glyph that stands for more than one, where no code does and its font is known to have such.
    pub(super) fn ligature(&mut self, glyph: &Drawn<'_>, page: &Page<'a>) -> Option<&'static str> {
        let Drawn::Outline(outline) = glyph else { return None };
        let key = (outline.identifier().cache_key(), outline.char_code());
        if let Some(letters) = self.ligatures.get(&key) {
            return *letters;
        }
        let width = outline.advance_width().unwrap_or_default();
        let of = |named: &Named<'a>| ligatures::of_width(width, named.look.bold, named.look.italic);
        let letters = self.find(outline, page, |named| ligatures::has_ligatures(&named.name), |_| true).and_then(of);
        if self.ligatures.len() < MAX_LOOKS {
            self.ligatures.insert(key, letters);
        }
        letters
    }

    /// What tells the letters of the font of a glyph that the file does not spell out.
    fn codes(&mut self, glyph: &OutlineGlyph, page: &Page<'a>) -> Codes {
        // Fonts that are not in the file may share the one that stands in for them; their names tell them apart.
        let Some(data) = glyph.font_data() else { return Codes::Tables };
        let key = (data.cache_key, data.postscript_name.unwrap_or_default());
        if let Some(codes) = self.known.get(&key) {
            return codes.clone();
        }
        let codes = self
            .find(glyph, page, |named| named.name == key.1, |outline| outline.as_unicode().is_none())
            .map_or(Codes::Tables, |named| named.codes.clone());
        if self.known.len() < MAX_FONTS {
            self.known.insert(key, codes.clone());
        }
        codes
    }

    /// Looks for the font of a glyph among those that the page names, and that may be the one by what they say and by what
    /// they make of the glyph.
    fn find(
        &mut self,
        glyph: &OutlineGlyph,
        page: &Page<'a>,
        may_be: impl Fn(&Named<'a>) -> bool,
        fits: impl Fn(&OutlineGlyph) -> bool,
    ) -> Option<&Named<'a>> {
        self.search(page.resources(), 0);
        let wanted = glyph.identifier();
        let (cache, settings) = (&self.cache, &self.settings);
        let (fonts, maps) = (&settings.font_resolver, &settings.cmap_resolver);
        let same = |named: &&Named<'a>| {
            let font = || named.font.get_or_init(|| cache.font(&named.dict, fonts, maps)).as_ref();
            may_be(named)
                && font().is_some_and(|font| match font.glyph(glyph.glyph_id(), glyph.char_code()) {
                    FontGlyph::Outline(outline) => outline.identifier() == wanted && fits(&outline),
                    FontGlyph::Type3(_) => false,
                })
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
            let name = dict.get::<Name<'_>>("BaseFont").map(|name| whole(name.as_str()).to_owned());
            let (look, codes) = (of_dictionary(&dict), Codes::of(&dict));
            self.named.push(Named { dict, font: OnceCell::new(), name: name.unwrap_or_default(), look, codes });
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

/// The name of a font without the mark of a part: `ABCDEF+Arial`.
fn whole(name: &str) -> &str {
    match name.split_once('+') {
        Some((mark, rest)) if mark.len() == 6 => rest,
        _ => name,
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
