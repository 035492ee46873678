//! Fluid: what the plotting library draws, as SVG that fits every width: places along it are per cent, heights are pixels, and
//! words keep their size.

use crate::audit::dashboard::page::escaped;
use plotters::style::RGBColor;
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};
use std::convert::Infallible;
use std::fmt::Write as _;

/// The width that the library draws on: one is a hundredth of a per cent.
pub(crate) const WIDTH: u32 = 10_000;
/// Dots are no larger, in pixels: those that mark something, and those of lines.
const DOTS: (u32, u32) = (5, 3);

/// Lines, dots and words. The page gives the colours; what the library knows are names for them.
pub(crate) const INK: RGBColor = RGBColor(0, 0, 0);
/// Lines behind the figures.
pub(crate) const GRID: RGBColor = RGBColor(1, 1, 1);
/// Areas.
pub(crate) const AREA: RGBColor = RGBColor(2, 2, 2);
/// Dots that stand out.
pub(crate) const MARK: RGBColor = RGBColor(3, 3, 3);

fn class(color: BackendColor) -> &'static str {
    match color.rgb {
        (1, 1, 1) => " class=\"grid\"",
        (2, 2, 2) => " class=\"area\"",
        (3, 3, 3) => " class=\"mark\"",
        _ => "",
    }
}

/// A drawing of so many pixels' height.
pub(crate) struct Fluid<'o> {
    out: &'o mut String,
    height: u32,
}

impl<'o> Fluid<'o> {
    /// Writes its elements to `out`.
    pub(crate) fn new(out: &'o mut String, height: u32) -> Self {
        Self { out, height }
    }
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Fluid<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (WIDTH, self.height)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    /// Nothing that is drawn here is made of single points.
    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Drawn {
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        if style.color().alpha == 0.0 {
            return Ok(());
        }
        let (x, to_x, class) = (along(from.0), along(to.0), class(style.color()));
        let _ = write!(self.out, "<line{class} x1=\"{x}\" y1=\"{}\" x2=\"{to_x}\" y2=\"{}\"/>", from.1, to.1);
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(&mut self, one: BackendCoord, other: BackendCoord, style: &S, _: bool) -> Drawn {
        let (x, width, class) = (along(one.0), along(other.0 - one.0), class(style.color()));
        let (top, height) = (one.1.min(other.1), (other.1 - one.1).abs());
        let _ = write!(self.out, "<rect{class} x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"/>");
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let mut points = path.into_iter();
        let mut last = points.next();
        for point in points {
            if let Some(from) = last.replace(point) {
                self.draw_line(from, point, style)?;
            }
        }
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, middle: BackendCoord, radius: u32, style: &S, _: bool) -> Drawn {
        let (x, class) = (along(middle.0), class(style.color()));
        let radius = radius.min(if class.is_empty() { DOTS.1 } else { DOTS.0 });
        let _ = write!(self.out, "<circle{class} cx=\"{x}\" cy=\"{}\" r=\"{radius}\"/>", middle.1);
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, words: &str, style: &S, (x, y): BackendCoord) -> Drawn {
        // Words at the edges stand inside of them.
        let anchor = match style.anchor().h_pos {
            HPos::Center if x <= 0 => "start",
            HPos::Center if x + 1 >= WIDTH.cast_signed() => "end",
            HPos::Center => "middle",
            HPos::Left => "start",
            HPos::Right => "end",
        };
        let down = match style.anchor().v_pos {
            VPos::Top => " dy=\".76em\"",
            VPos::Center => " dy=\".35em\"",
            VPos::Bottom => "",
        };
        let (x, words) = (along(x), escaped(words));
        let _ = write!(self.out, "<text x=\"{x}\" y=\"{y}\"{down} text-anchor=\"{anchor}\">{words}</text>");
        Ok(())
    }
}

/// A place along the width.
fn along(x: i32) -> String {
    format!("{:.2}%", f64::from(x) * 100.0 / f64::from(WIDTH))
}
