//! Annotations as objects of a PDF: highlights with a note, notes alone, and how both look.

use super::marks::Strip;
use crate::extract::ANNOTATOR;
use crate::rules::Severity;
use std::fmt::Write as _;

/// The side of the icon of a note that stands alone, in points.
pub(super) const ICON: f32 = 18.0;

/// What every annotation has: the page's object, its name in the file, what it says, how grave it is.
pub(super) struct Note<'n> {
    pub(super) page: (u32, u16),
    pub(super) name: String,
    pub(super) words: &'n str,
    pub(super) severity: Option<Severity>,
}

/// How something looks: the entries and the content of its stream.
pub(super) type Look = (String, Vec<u8>);

impl Note<'_> {
    /// A highlight over these strips, whose look is the object `look`.
    pub(super) fn highlight(&self, strips: &[Strip], look: u32) -> Vec<u8> {
        let mut corners = String::new();
        for (x, y) in strips.iter().flat_map(Strip::corners) {
            let _ = write!(corners, "{} {} ", number(x), number(y));
        }
        let own = format!("/Subtype /Highlight /QuadPoints [{}] /F 4", corners.trim_end());
        self.annotation(&own, rectangle(strips), look)
    }

    /// A note alone, with its lower left corner there.
    pub(super) fn icon(&self, (left, bottom): (f32, f32), look: u32) -> Vec<u8> {
        // printed, and neither turned nor enlarged with the page
        self.annotation(
            "/Subtype /Text /Name /Comment /Open false /F 28",
            [left, bottom, left + ICON, bottom + ICON],
            look,
        )
    }

    fn annotation(&self, own: &str, rectangle: [f32; 4], look: u32) -> Vec<u8> {
        let (page, generation) = self.page;
        let colour = colour(self.severity);
        let (name, author, words) = (text(&self.name), text(ANNOTATOR), text(self.words));
        format!(
            "<< /Type /Annot {own} /Rect [{}] /P {page} {generation} R /C [{colour}] /T {author} /NM {name} \
             /Contents {words} /AP << /N {look} 0 R >> >>",
            bounds(rectangle)
        )
        .into_bytes()
    }
}

/// How a highlight looks: its colour over the page, so that the words stay dark. The sides are drawn as curves, although
/// they are straight: whoever looks for the lines of tables on the page, as this program does, must not find these.
pub(super) fn highlight_look(strips: &[Strip], severity: Option<Severity>) -> Look {
    let mut content = format!("/Over gs {} rg\n", colour(severity));
    for strip in strips {
        let [upper_left, upper_right, lower_left, lower_right] = strip.corners().map(|(x, y)| point(x, y));
        let _ = writeln!(
            content,
            "{upper_left} m {upper_right} l {upper_right} {lower_right} {lower_right} c {lower_left} l \
             {lower_left} {upper_left} {upper_left} c h f"
        );
    }
    (form(rectangle(strips), "/ExtGState << /Over << /Type /ExtGState /BM /Multiply >> >>"), content.into_bytes())
}

/// How a note alone looks: a sheet with lines on it.
pub(super) fn icon_look(severity: Option<Severity>) -> Look {
    let content = format!(
        "{} rg 0.3 G 1 w 3 1 m 15 1 l 17 1 17 1 17 3 c 17 15 l 17 17 17 17 15 17 c 3 17 l 1 17 1 17 1 15 c 1 3 l 1 1 1 1 3 1 c b\n\
         0.3 g 4 12 m 14 12 l 14 13 14 13 14 13 c 4 13 l h f 4 8.5 m 14 8.5 l 14 9.5 14 9.5 14 9.5 c 4 9.5 l h f \
         4 5 m 10 5 l 10 6 10 6 10 6 c 4 6 l h f\n",
        colour(severity)
    );
    (form([0.0, 0.0, ICON, ICON], ""), content.into_bytes())
}

fn form(rectangle: [f32; 4], resources: &str) -> String {
    format!(
        "/Type /XObject /Subtype /Form /BBox [{}] /Resources << {resources} >> /Group << /S /Transparency >>",
        bounds(rectangle)
    )
}

/// Red for what the law requires, yellow for what cannot be relied on, blue for advice and for what is said of the copy.
fn colour(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::Error) => "1 0.72 0.7",
        Some(Severity::Warning) => "1 0.92 0.45",
        Some(Severity::Advice) | None => "0.72 0.86 1",
    }
}

/// The smallest rectangle around strips: left, bottom, right, top.
fn rectangle(strips: &[Strip]) -> [f32; 4] {
    let corners = strips.iter().flat_map(Strip::corners);
    let none = [f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY];
    corners.fold(none, |[left, bottom, right, top], (x, y)| [left.min(x), bottom.min(y), right.max(x), top.max(y)])
}

fn bounds(rectangle: [f32; 4]) -> String {
    rectangle.map(number).join(" ")
}

fn point(x: f32, y: f32) -> String {
    format!("{} {}", number(x), number(y))
}

/// A number as PDF writes it, to a hundredth of a point.
fn number(value: f32) -> String {
    let written = format!("{value:.2}");
    let short = written.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

/// A string of the file: in its own short encoding where that has all the letters.
fn text(words: &str) -> String {
    let mut short = String::from("(");
    for letter in words.chars() {
        match letter {
            '\n' => short.push_str("\\n"),
            '(' | ')' | '\\' => short.extend(['\\', letter]),
            ' '..='~' => short.push(letter),
            _ => match code(letter) {
                Some(code) => drop(write!(short, "\\{code:03o}")),
                None => return wide(words),
            },
        }
    }
    short + ")"
}

/// The code of a letter beyond ASCII in the encoding of PDF's own strings.
fn code(letter: char) -> Option<u8> {
    match letter {
        '\u{2022}' => Some(0x80),
        '\u{2026}' => Some(0x83),
        '\u{2014}' => Some(0x84),
        '\u{2013}' => Some(0x85),
        '\u{201c}' => Some(0x8D),
        '\u{201d}' => Some(0x8E),
        '\u{2018}' => Some(0x8F),
        '\u{2019}' => Some(0x90),
        '\u{20ac}' => Some(0xA0),
        '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{ff}' => u8::try_from(letter).ok(),
        _ => None,
    }
}

/// A string in UTF-16.
fn wide(words: &str) -> String {
    let mut wide = String::from("<FEFF");
    for unit in words.encode_utf16() {
        let _ = write!(wide, "{unit:04X}");
    }
    wide + ">"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_short_where_they_can_be() {
        assert_eq!(text("a (b) \\ c\n\u{201c}\u{a3}5\u{201d}"), "(a \\(b\\) \\\\ c\\n\\215\\2435\\216)");
        assert_eq!(text("\u{2011}x"), "<FEFF20110078>");
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!([1.0, 0.5, -0.001, 99.999, 12.344].map(number), ["1", "0.5", "0", "100", "12.34"]);
    }
}
