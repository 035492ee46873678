//! From the PDF engine to pages of glyphs, rules and pictures. Only `codes.rs`, `fonts.rs` and `skeleton.rs` name the engine's types, too.

use super::canvas::Canvas;
use super::extras::{self, Written};
use super::falls::Turn;
use super::fonts::Fonts;
use super::form::{self, Form};
use super::ligatures::may_be_one;
use super::lines::SOFT;
use super::page::{Area, Glyph, Look, Page, Projection};
use super::structure;
use super::symbols;
use super::tags::Tags;
use super::turned::Stroke;
use crate::extract::{Access, ExtractError};
use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};
use hayro_syntax::object::Dict;
use hayro_syntax::page::Page as Source;
use hayro_syntax::{LoadPdfError, Pdf};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// More than any page of a plan.
const MAX_PICTURES: usize = 2_000;
/// What falls or rises more, in parts of how far it goes on, is no level text.
const ASLANT: f64 = 0.03;

/// An open file.
pub(super) struct File(pub(super) Pdf);

impl File {
    /// Opens the bytes of a file, with the password if there is one.
    pub(super) fn open(bytes: &[u8], access: &Access) -> Result<Self, ExtractError> {
        const DAMAGED: ExtractError = ExtractError::Damaged { format: "pdf", what: "its pages cannot be found" };
        let password = access.password.as_deref().unwrap_or_default();
        let open = |password: &str| {
            catch_unwind(AssertUnwindSafe(|| Pdf::new_with_password(bytes.to_vec(), password)))
                .unwrap_or(Err(LoadPdfError::Invalid))
        };
        let mut opened = open(password);
        if opened.is_err() && !password.is_empty() {
            opened = open("");
        }
        match opened {
            Ok(file) => Ok(Self(file)),
            Err(LoadPdfError::Decryption(_)) if password.is_empty() => Err(ExtractError::Encrypted { format: "pdf" }),
            Err(LoadPdfError::Decryption(_)) => Err(ExtractError::WrongPassword { format: "pdf" }),
            Err(LoadPdfError::Invalid) => Err(DAMAGED),
        }
    }

    /// Whether it is a form of the kind that only Adobe's programs fill in and draw (XFA).
    pub(super) fn is_form(&self) -> bool {
        let root = self.0.xref().get::<Dict<'_>>(self.0.xref().root_id());
        root.and_then(|root| root.get::<Dict<'_>>("AcroForm")).is_some_and(|form| form.contains_key("XFA"))
    }

    /// What such a form says.
    pub(super) fn form(&self) -> Option<Form> {
        catch_unwind(AssertUnwindSafe(|| form::form(&self.0))).ok().flatten()
    }

    /// What the file says of its own structure.
    pub(super) fn tags(&self) -> Tags {
        catch_unwind(AssertUnwindSafe(|| structure::tags(&self.0))).unwrap_or_default()
    }

    /// The one file in a portfolio that can be read as a plan.
    pub(super) fn plan_inside(&self) -> Option<Vec<u8>> {
        if !extras::is_portfolio(&self.0) {
            return None;
        }
        let plans = || extras::attached(&self.0).iter().filter_map(extras::Attached::plan).collect::<Vec<_>>();
        let mut plans = catch_unwind(AssertUnwindSafe(plans)).ok()?;
        let plan = plans.pop()?;
        plans.is_empty().then_some(plan)
    }

    /// The names of the files attached to it.
    pub(super) fn attached(&self) -> Vec<String> {
        let names = || extras::attached(&self.0).into_iter().map(|file| file.name).collect();
        catch_unwind(AssertUnwindSafe(names)).unwrap_or_default()
    }

    /// The engine's own view of it.
    pub(super) fn engine(&self) -> &Pdf {
        &self.0
    }

    /// Number of pages.
    pub(super) fn pages(&self) -> usize {
        self.0.pages().len()
    }

    /// Hands each of the first `most` pages over, one at a time.
    pub(super) fn each_page(&self, tags: &Tags, most: usize, mut take: impl FnMut(Page)) {
        let cache = InterpreterCache::new();
        let settings = InterpreterSettings::default();
        let mut fonts = Fonts::new();
        for (index, source) in self.0.pages().iter().take(most).enumerate() {
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            let of_page = (tags, number);
            let mut canvas = drawn(&self.0, source, &cache, &settings, &mut fonts, of_page, Turn::default());
            if let Some(turn) = canvas.falls.turn(canvas.turned, canvas.page.glyphs.len()) {
                canvas = drawn(&self.0, source, &cache, &settings, &mut fonts, of_page, turn);
            }
            let mut page = canvas.page;
            (page.turned, page.watermarks) = canvas.aslant.finish();
            page.uncover(canvas.hidden);
            page.number = number;
            take(page);
        }
    }
}

/// Draws a page, turned.
fn drawn<'a>(
    file: &'a Pdf,
    source: &Source<'a>,
    cache: &InterpreterCache<'a>,
    settings: &InterpreterSettings,
    fonts: &mut Fonts<'a>,
    tags: (&Tags, u32),
    by: Turn,
) -> Canvas {
    let (width, height) = source.render_dimensions();
    let (wide, high) = (f64::from(width), f64::from(height));
    let upright = Affine::new(source.initial_transform(true).as_coeffs());
    let turn = Affine::new(by.coefficients(wide, high));
    let (width, height) = if by.quarters % 2 == 1 { (height, width) } else { (width, height) };
    let mut canvas = Canvas::new(width, height);
    canvas.page.to_file = Projection((turn * upright).inverse().as_coeffs());
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let finished = catch_unwind(AssertUnwindSafe(|| {
        let mut context = Context::new(turn * upright, bounds, cache, file.xref(), settings.clone());
        interpret_page(source, &mut context, &mut Pen { canvas: &mut canvas, fonts, source, tags });
        let notes = extras::notes(source);
        canvas.page.comments = notes.comments;
        for Written { at, words } in notes.written {
            let at = area((turn * upright).transform_rect_bbox(Rect::new(at.0, at.1, at.2, at.3)));
            canvas.write(at, &words);
        }
    }));
    canvas.page.damaged = finished.is_err();
    canvas
}

/// The engine's callbacks.
struct Pen<'p, 'a> {
    canvas: &'p mut Canvas,
    fonts: &'p mut Fonts<'a>,
    source: &'p Source<'a>,
    /// And the number of the page.
    tags: (&'p Tags, u32),
}

impl<'a> Device<'a> for Pen<'_, 'a> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.canvas.step(run.glyphs().len());
        self.fonts.said.begin();
        let Some(first) = run.glyphs().first() else { return };
        let look = match &**first {
            Drawn::Outline(outline) => self.fonts.look(outline, self.source),
            Drawn::Type3(_) => Look::default(),
        };
        // A run that is condensed as a whole is so by intent; glyphs that are each stretched on their own only
        // fit another font's widths.
        let ratio = |transform: Affine| {
            let [a, b, c, d, ..] = transform.as_coeffs();
            let across = length(c, d);
            if across > 0.0 { length(a, b) / across } else { 1.0 }
        };
        let shape = |transform: Affine| {
            let [a, b, c, d, ..] = transform.as_coeffs();
            [a, b, c, d].map(f64::to_bits)
        };
        let same = shape(first.transform());
        let near = |glyph: Affine| (ratio(glyph) - ratio(first.transform())).abs() < 0.01;
        let mut rest = run.glyphs().iter().skip(1);
        let even = rest.all(|glyph| shape(glyph.transform()) == same || near(glyph.transform()));
        let hidden = matches!(mode, DrawMode::Invisible);
        for glyph in run.glyphs() {
            let transform = props.transform * glyph.transform();
            let stretch = if even { 1.0 } else { 1.0 / ratio(glyph.transform()).max(0.01) };
            self.glyph(glyph, transform, stretch, look, hidden);
        }
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.canvas.step(path.elements().len());
        if path.elements().len() > 4000 {
            return; // a drawing
        }
        let path = props.transform * path;
        match mode {
            DrawMode::Stroke(_) => {
                path.segments().for_each(|segment| {
                    if let hayro_interpret::kurbo::PathSeg::Line(line) = segment {
                        self.canvas.stroked(point(line.p0), point(line.p1));
                    }
                });
            }
            _ => {
                for part in path.elements().split_inclusive(|element| matches!(element, PathEl::ClosePath)) {
                    let curved = part.iter().any(|e| matches!(e, PathEl::QuadTo(..) | PathEl::CurveTo(..)));
                    let bounds = area(BezPath::from_vec(part.to_vec()).bounding_box());
                    if curved { self.canvas.dot(bounds) } else { self.canvas.filled(bounds) }
                }
            }
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        self.canvas.step(4);
        let rect = props.transform.transform_rect_bbox(*rect);
        if matches!(mode, DrawMode::Stroke(_) | DrawMode::FillAndStroke(..)) {
            let corners = [(rect.x0, rect.y0), (rect.x1, rect.y0), (rect.x1, rect.y1), (rect.x0, rect.y1)];
            for (from, to) in corners.iter().zip(corners.iter().cycle().skip(1)) {
                self.canvas.stroked(point(Point::from(*from)), point(Point::from(*to)));
            }
        } else {
            self.canvas.filled(area(rect));
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.canvas.step(0);
        let pixels = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let drawn = area(props.transform.transform_rect_bbox(pixels));
        let shown = self.canvas.clips.last().map_or(drawn, |clip| drawn.overlap(clip));
        if self.canvas.page.pictures.len() < MAX_PICTURES && shown.surface() > 0.0 {
            self.canvas.page.pictures.push(shown);
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.canvas.step(clip.path.elements().len());
        let bounds = area(clip.path.bounding_box());
        let clip = self.canvas.clips.last().map_or(bounds, |outer| outer.overlap(&bounds));
        self.canvas.clips.push(clip);
    }

    fn pop_clip(&mut self) {
        if self.canvas.clips.len() > 1 {
            self.canvas.clips.pop();
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        let (artifact, around) = self.canvas.marks.last().copied().unwrap_or_default();
        let id = properties.and_then(|properties| properties.get::<u32>("MCID"));
        let (tags, page) = self.tags;
        let mark = id.map_or(around, |id| tags.mark(page, id));
        self.canvas.marks.push((artifact || tag == b"Artifact", mark));
    }

    fn end_marked_content(&mut self) {
        self.canvas.marks.pop();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.canvas.step(0);
    }

    fn pop_transparency_group(&mut self) {}
}

impl Pen<'_, '_> {
    fn glyph(&mut self, glyph: &Drawn<'_>, transform: Affine, stretch: f64, look: Look, hidden: bool) {
        let canvas = &mut *self.canvas;
        let origin = transform * Point::ZERO;
        let up = transform * Point::new(0.0, 1000.0) - origin;
        let size = narrow(length(up.x, up.y));
        let advance = || match glyph {
            Drawn::Outline(outline) => outline.advance_width().unwrap_or(500.0),
            Drawn::Type3(drawing) => drawing.advance_width().unwrap_or(500.0),
        };
        let advance = self.fonts.said.advance(glyph.char_code(), advance);
        let end = transform * Point::new(f64::from(advance) * stretch, 0.0);
        if !(0.5..2000.0).contains(&size) || !origin.is_finite() || !end.is_finite() {
            return;
        }
        let (across, down) = (end.x - origin.x, end.y - origin.y);
        let level = across >= 0.0 && down.abs() <= 0.2 * across + 0.01;
        if level {
            canvas.falls.note(across, down);
        }
        // Hidden letters are not drawn as they stand; a line of them is as level as the programs that found it could tell.
        if !level || !hidden && down.abs() > ASLANT * across + 0.01 {
            let way = if down.abs() <= across.abs() { 1 } else { usize::from(down < 0.0) * 2 };
            let slanted = level || down.abs().min(across.abs()) > 0.2 * down.abs().max(across.abs());
            canvas.turned[way] += u32::from(!slanted);
            let mut letters = String::new();
            if !hidden && spell(self.fonts, self.source, glyph, &mut letters) && letters != SOFT {
                let (artifact, mark) = canvas.marks.last().copied().unwrap_or_default();
                let (from, to) = ((narrow(origin.x), narrow(origin.y)), (narrow(end.x), narrow(end.y)));
                canvas.aslant.add(&letters, Stroke { from, to, size, look, artifact, mark });
            }
            return;
        }
        let (left, right, base) = (narrow(origin.x), narrow(end.x), narrow(origin.y));
        if !canvas.shown(&Area { left, right, top: base - size, bottom: base + 0.2 * size }) {
            return;
        }
        let (artifact, mark) = canvas.marks.last().copied().unwrap_or_default();
        let page = if hidden { &mut canvas.hidden } else { &mut canvas.page };
        let start = page.text.len();
        if !spell(self.fonts, self.source, glyph, &mut page.text) {
            page.unmapped += 1;
            page.text.push(char::REPLACEMENT_CHARACTER);
        }
        let letters = page.text.get(start..).unwrap_or_default();
        let near = |(at, tall): (f32, f32)| (at - base).abs() < 0.3 * tall.max(size);
        let seen = letters.starts_with(|letter: char| letter.is_ascii_graphic());
        if !seen && letters.trim().is_empty() {
            if !letters.is_empty() {
                canvas.space = Some((base, size));
                if let Some(before) = page.glyphs.last_mut().filter(|before| near((before.base, before.size))) {
                    before.closed = true;
                }
            }
            page.text.truncate(start);
            return;
        }
        let space = canvas.space.take().is_some_and(near);
        let letters = page.letters_from(start);
        page.glyphs.push(Glyph { letters, left, right, base, size, look, space, closed: false, artifact, mark });
    }
}

/// Writes the letters of a glyph; false where nothing tells them.
fn spell<'a>(fonts: &mut Fonts<'a>, page: &Source<'a>, glyph: &Drawn<'_>, text: &mut String) -> bool {
    let code = glyph.char_code();
    if let Some(letter) = fonts.said.letter(code) {
        symbols::push(text, letter);
        return true;
    }
    match glyph.as_unicode() {
        // Where it stands tells whether it is to be read.
        Some(BfString::Char('\u{ad}')) => text.push_str(SOFT),
        Some(BfString::Char(letter)) if may_be_one(letter) => match fonts.ligature(glyph, page) {
            Some(letters) => text.push_str(letters),
            None => symbols::push(text, letter),
        },
        Some(BfString::Char(letter)) => {
            fonts.said.keep(code, letter);
            symbols::push(text, letter);
        }
        Some(BfString::String(letters)) => {
            symbols::in_order(&letters).chars().for_each(|letter| symbols::push(text, letter));
        }
        None => match fonts.letter(glyph, page) {
            Some(letter) => symbols::push(text, letter),
            None => match fonts.ligature(glyph, page) {
                Some(letters) => text.push_str(letters),
                None => return false,
            },
        },
    }
    true
}

fn point(point: Point) -> (f32, f32) {
    (narrow(point.x), narrow(point.y))
}

fn area(rect: Rect) -> Area {
    let rect = rect.abs();
    Area { left: narrow(rect.x0), top: narrow(rect.y0), right: narrow(rect.x1), bottom: narrow(rect.y1) }
}

/// How long a way is. Most go straight across or straight down.
fn length(across: f64, down: f64) -> f64 {
    if across == 0.0 {
        down.abs()
    } else if down == 0.0 {
        across.abs()
    } else {
        across.hypot(down)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "points on a page need no more")]
fn narrow(value: f64) -> f32 {
    value as f32
}
