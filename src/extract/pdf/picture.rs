//! A page as a picture: what its images show, in grey, for a program that recognises letters. No text and no lines are drawn.

use super::glyphs::File;
use crate::extract::Access;
use hayro_interpret::font::GlyphRun;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps, InterpreterCache,
    InterpreterSettings, LumaData, SoftMask, interpret_page,
};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// What programs that recognise letters are made for.
const DOTS_PER_INCH: f64 = 300.0;
/// A page of A4 has nine million at that.
const MOST_DOTS: f64 = 30e6;
const MOST_DOTS_OF_IMAGE: u64 = 100_000_000;
const MOST_IMAGES: usize = 2_000;

/// The picture of a page: rows of grey dots from the top, 255 is white.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Dots in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Dots in an inch: so many for 72 points.
    pub resolution: f32,
    /// The dots.
    pub grey: Vec<u8>,
}

/// What the images on a page of a PDF (from one) show; `None` where there are none.
///
/// Made for a hostile file to break, as images are large: a caller runs it in a process that may die, with limits.
pub fn page_picture(bytes: &[u8], access: &Access, page: u32) -> Option<Picture> {
    let file = File::open(bytes, access).ok()?;
    let source = file.0.pages().get((page as usize).checked_sub(1)?)?;
    let (width, height) = source.render_dimensions();
    let (width, height) = (f64::from(width).max(1.0), f64::from(height).max(1.0));
    let scale = (DOTS_PER_INCH / 72.0).min((MOST_DOTS / (width * height)).sqrt());
    let (wide, high) = (dots(width * scale)?, dots(height * scale)?);
    let mut canvas = Canvas { width: wide, height: high, grey: vec![255; (wide * high) as usize], images: 0 };
    let upright = Affine::scale(scale) * Affine::new(source.initial_transform(true).as_coeffs());
    let bounds = Rect::new(0.0, 0.0, width * scale, height * scale);
    let cache = InterpreterCache::new();
    // What was drawn before it stumbled is kept.
    let _ = catch_unwind(AssertUnwindSafe(|| {
        let mut context = Context::new(upright, bounds, &cache, file.0.xref(), InterpreterSettings::default());
        interpret_page(source, &mut context, &mut canvas);
    }));
    let Canvas { grey, images, .. } = canvas;
    #[expect(clippy::cast_possible_truncation, reason = "a number of dots in an inch")]
    let resolution = (scale * 72.0) as f32;
    (images > 0).then_some(Picture { width: wide, height: high, resolution, grey })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked before")]
fn dots(length: f64) -> Option<u32> {
    let length = length.ceil();
    (1.0..=MOST_DOTS).contains(&length).then_some(length as u32)
}

struct Canvas {
    width: u32,
    height: u32,
    grey: Vec<u8>,
    images: usize,
}

impl Canvas {
    /// Draws an image: for each dot that it covers, what `shade` says of that place in it, and how much it covers.
    fn draw(&mut self, place: Affine, size: (u32, u32), shade: impl Fn(usize) -> (u8, u8)) {
        let (width, height) = (f64::from(size.0), f64::from(size.1));
        let covered = place.transform_rect_bbox(Rect::new(0.0, 0.0, width, height));
        if place.determinant().abs() < 1e-9 || !covered.is_finite() {
            return;
        }
        let back = place.inverse();
        let [a, b, c, d, ..] = back.as_coeffs();
        // As many samples across a dot as the image has dots there.
        let samples = a.abs().max(b.abs()).max(c.abs()).max(d.abs()).ceil().clamp(1.0, 4.0);
        for y in between(covered.y0, covered.y1, self.height) {
            for x in between(covered.x0, covered.x1, self.width) {
                let (mut dark, mut weight) = (0u32, 0u32);
                let mut down = 0.5;
                while down < samples {
                    let mut across = 0.5;
                    while across < samples {
                        let at = back * Point::new(f64::from(x) + across / samples, f64::from(y) + down / samples);
                        if (0.0..width).contains(&at.x) && (0.0..height).contains(&at.y) {
                            let (grey, cover) = shade(index(at, size.0));
                            dark += u32::from(255 - grey) * u32::from(cover) / 255;
                            weight += 1;
                        }
                        across += 1.0;
                    }
                    down += 1.0;
                }
                let dot = (y as usize) * (self.width as usize) + x as usize;
                if let Some(dot) = self.grey.get_mut(dot).filter(|_| weight > 0) {
                    *dot = (*dot).min(u8::try_from(255 - dark / weight).unwrap_or(0));
                }
            }
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place inside the image")]
fn index(at: Point, width: u32) -> usize {
    (at.y as usize) * (width as usize) + at.x as usize
}

/// The rows or columns of dots from one edge to the other.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
fn between(from: f64, to: f64, most: u32) -> std::ops::Range<u32> {
    let clamped = |edge: f64| edge.clamp(0.0, f64::from(most)) as u32;
    clamped(from.floor())..clamped(to.ceil())
}

impl<'a> Device<'a> for Canvas {
    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.images += 1;
        let size = u64::from(image.width()) * u64::from(image.height());
        if self.images > MOST_IMAGES || size > MOST_DOTS_OF_IMAGE {
            resume_unwind(Box::new("image budget"));
        }
        let scaled = |(across, down): (f32, f32)| {
            props.transform * Affine::scale_non_uniform(f64::from(across), f64::from(down))
        };
        match image {
            Image::Raster(raster) => raster.with_rgba(
                |data, alpha| {
                    let size = (data.width(), data.height());
                    // A mask of another size than its image is rare and left out.
                    let alpha = alpha.filter(|alpha| (alpha.width, alpha.height) == size);
                    let cover = |at: usize| alpha.as_ref().map_or(255, |alpha| byte(&alpha.data, at));
                    let place = scaled(data.scale_factors());
                    match &data {
                        ImageData::Luma(luma) => self.draw(place, size, |at| (byte(&luma.data, at), cover(at))),
                        ImageData::Rgb(rgb) => self.draw(place, size, |at| (grey(&rgb.data, at), cover(at))),
                    }
                },
                None,
            ),
            Image::Stencil(stencil) => stencil.with_stencil(
                |luma: LumaData, _| {
                    let place = scaled(luma.scale_factors);
                    self.draw(place, (luma.width, luma.height), |at| (0, byte(&luma.data, at)));
                },
                None,
            ),
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

fn byte(data: &[u8], at: usize) -> u8 {
    data.get(at).copied().unwrap_or(255)
}

fn grey(data: &[u8], at: usize) -> u8 {
    let [red, green, blue] = [0, 1, 2].map(|part| u32::from(byte(data, at * 3 + part)));
    u8::try_from((red * 299 + green * 587 + blue * 114) / 1000).unwrap_or(255)
}
