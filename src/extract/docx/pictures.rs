//! Pictures, charts and embedded files: what may hold words that cannot be read.

use super::names::Tag;
use super::tree::Tree;
use crate::document::GapKind;

/// In points, about 4 cm by 2 cm: what is smaller is a logo or an ornament.
const LEAST: (f64, f64) = (113.0, 57.0);
const EMU_PER_POINT: f64 = 12_700.0;

/// Watches the nodes of a paragraph go by; each drawing is one gap at most.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    /// The drawing or shape that the reader is in: its end, its size, and whether it has been reported.
    end: usize,
    size: Option<(f64, f64)>,
    done: bool,
}

impl Pictures {
    /// Looks at a node; gives the gap that it makes.
    pub(super) fn see(&mut self, tree: &Tree, at: usize, tag: Tag) -> Option<GapKind> {
        if at >= self.end {
            *self = Self::default();
        }
        match tag {
            Tag::Drawing => self.end = tree.end(at),
            // The picture of an embedded file is no gap beside the file itself.
            Tag::Object => (self.end, self.done) = (tree.end(at), true),
            Tag::Shape if self.end == 0 => {
                self.end = tree.end(at);
                self.size = tree.attribute(at, "style").as_deref().and_then(style_size);
            }
            Tag::Extent => {
                let side = |name| tree.attribute(at, name)?.trim().parse::<f64>().ok().map(|emu| emu / EMU_PER_POINT);
                self.size = side("cx").zip(side("cy"));
            }
            Tag::Decorative if tree.is_on(at) => self.done = true,
            Tag::Picture | Tag::ImageData if self.is_large() => return self.once(GapKind::Picture),
            Tag::Chart | Tag::Diagram => return self.once(GapKind::Drawing),
            Tag::OleObject => {
                let program = tree.attribute(at, "ProgID").unwrap_or_default();
                return (!program.starts_with("Equation")).then_some(GapKind::Embedded);
            }
            Tag::SubDocument => return Some(GapKind::Embedded),
            _ => {}
        }
        None
    }

    fn once(&mut self, gap: GapKind) -> Option<GapKind> {
        (!std::mem::replace(&mut self.done, true)).then_some(gap)
    }

    /// Whether it could hold words; a picture of unknown size could.
    fn is_large(&self) -> bool {
        self.size.is_none_or(|(width, height)| width > LEAST.0 && height > LEAST.1)
    }
}

/// Width and height of a VML style, in points.
fn style_size(style: &str) -> Option<(f64, f64)> {
    let mut sides = (None, None);
    for property in style.split(';') {
        let Some((name, value)) = property.split_once(':') else { continue };
        match name.trim() {
            "width" => sides.0 = points(value.trim()),
            "height" => sides.1 = points(value.trim()),
            _ => {}
        }
    }
    sides.0.zip(sides.1)
}

fn points(measure: &str) -> Option<f64> {
    let unit = measure.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(measure.len());
    let (number, unit) = measure.split_at(unit);
    let factor = match unit {
        "pt" => 1.0,
        "in" => 72.0,
        "cm" => 28.35,
        "mm" => 2.835,
        "px" | "" => 0.75,
        _ => return None,
    };
    number.trim().parse::<f64>().ok().map(|number| number * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_sizes_of_old_drawings() {
        for (style, expected) in [
            ("position:absolute;width:436pt;height:153pt", Some((436.0, 153.0))),
            ("width:2in; height:96px", Some((144.0, 72.0))),
            ("width:100%;height:1pt", None),
            ("", None),
        ] {
            assert_eq!(style_size(style), expected, "{style}");
        }
    }
}
