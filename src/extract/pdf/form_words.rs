//! The words of a form that another program builds: plain, or written as a web page is, with their type.

use super::markup::{Element, Node};
use super::symbols;
use std::collections::BTreeMap;

/// What stands no further apart than this is on one line, in points.
const SAME_LINE: f32 = 6.0;

/// How words are set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Font {
    /// In points.
    pub(super) size: f32,
    pub(super) bold: bool,
}

impl Default for Font {
    fn default() -> Self {
        Self { size: 10.0, bold: false }
    }
}

impl Font {
    /// That of a part of a form.
    pub(super) fn of(part: &Element) -> Self {
        let Some(font) = part.child("font") else { return Self::default() };
        let size = font.attribute("size").map(points).filter(|size| *size > 0.0);
        Self { size: size.unwrap_or(10.0), bold: font.attribute("weight") == Some("bold") }
    }

    /// As the style of an element changes it.
    fn styled(mut self, element: &Element) -> Self {
        self.bold |= matches!(element.name.as_str(), "b" | "strong");
        for rule in element.attribute("style").unwrap_or_default().split(';') {
            match rule.split_once(':').map(|(key, value)| (key.trim(), value.trim())) {
                Some(("font-weight", weight)) => self.bold = weight == "bold",
                Some(("font-size", size)) if points(size) > 0.0 => self.size = points(size),
                _ => {}
            }
        }
        self
    }
}

/// A paragraph.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Said {
    pub(super) text: String,
    pub(super) bullet: bool,
    pub(super) font: Font,
}

impl Said {
    /// One without words.
    pub(super) fn plain(font: Font) -> Self {
        Self { text: String::new(), bullet: false, font }
    }
}

/// The paragraphs of a value.
pub(super) fn paragraphs(value: &Element, font: Font) -> Vec<Said> {
    let mut said = Vec::new();
    if let Some(body) = value.find("body") {
        gather(body, font, false, &mut said);
    } else {
        // Of other values (pictures, lines) nothing is said.
        let kinds = ["text", "date", "time", "dateTime", "integer", "decimal", "float", "boolean"];
        let kind = value.children().next();
        if kind.is_none_or(|kind| value.name != "value" || kinds.contains(&kind.name.as_str())) {
            let line = |line: &str| Said { text: line.to_owned(), ..Said::plain(font) };
            said.extend(value.words().lines().map(line));
        }
    }
    said.retain(|said| !said.text.trim().is_empty());
    let mut joined: Vec<Said> = Vec::new();
    for next in said {
        match joined.last_mut() {
            // A line that was ended by hand.
            Some(before) if goes_on(before, &next) => {
                before.text.push(' ');
                before.text.push_str(&next.text);
            }
            _ => joined.push(next),
        }
    }
    joined
}

/// Whether a sentence goes on with the next line.
fn goes_on(before: &Said, next: &Said) -> bool {
    let open = !before.text.trim_end().ends_with(['.', ';', ':', '!', '?']);
    open && !next.bullet && before.font == next.font && next.text.trim_start().starts_with(char::is_lowercase)
}

fn gather(element: &Element, font: Font, bullet: bool, said: &mut Vec<Said>) {
    for node in &element.nodes {
        match node {
            Node::Words(words) => {
                if said.is_empty() {
                    said.push(Said { bullet, ..Said::plain(font) });
                }
                let Some(last) = said.last_mut() else { return };
                if !words.trim().is_empty() {
                    // A paragraph is bold if all of it is.
                    let bold = font.bold && (last.font.bold || last.text.trim().is_empty());
                    last.font = Font { bold, ..font };
                }
                last.text.push_str(&words.replace(['\n', '\r', '\t'], " "));
            }
            Node::Element(inner) => {
                let font = font.styled(inner);
                let block =
                    matches!(inner.name.as_str(), "p" | "div" | "li" | "br" | "h1" | "h2" | "h3" | "tr" | "ul" | "ol");
                if block {
                    let bullet = inner.name == "li" || bullet && inner.name == "p";
                    said.push(Said { bullet, ..Said::plain(font) });
                }
                gather(inner, font, inner.name == "li", said);
                if block && inner.name != "br" {
                    said.push(Said::plain(font));
                }
            }
        }
    }
}

/// The parts in the order in which they are read: those with places of their own from top to bottom, the others as they come.
pub(super) fn in_order(part: &Element) -> Vec<&Element> {
    let mut parts: Vec<&Element> = part.children().collect();
    let placed = matches!(part.attribute("layout"), None | Some("position"));
    if placed && matches!(part.name.as_str(), "subform" | "area" | "exclGroup" | "pageArea") {
        let at = |part: &&Element, key| part.attribute(key).map_or(0.0, points);
        parts.sort_by(|a, b| at(a, "y").total_cmp(&at(b, "y")));
        let mut from = 0;
        while let Some(first) = parts.get(from) {
            let top = at(first, "y");
            let line = parts.iter().skip(from).take_while(|part| at(part, "y") - top < SAME_LINE).count();
            if let Some(line) = parts.get_mut(from..from + line) {
                line.sort_by(|a, b| at(a, "x").total_cmp(&at(b, "x")));
            }
            from += line.max(1);
        }
    }
    parts
}

/// Whether a part is not shown.
pub(super) fn is_hidden(part: &Element) -> bool {
    matches!(part.attribute("presence"), Some("hidden" | "invisible" | "inactive"))
}

/// What stands beside a field or a choice.
pub(super) fn caption(part: &Element) -> String {
    part.child("caption").filter(|caption| !is_hidden(caption)).and_then(|caption| caption.child("value")).map_or_else(
        String::new,
        |value| {
            let said = paragraphs(value, Font::default());
            clean(&said.into_iter().map(|said| said.text).collect::<Vec<_>>().join(" "))
        },
    )
}

/// A caption before its value.
pub(super) fn labelled(caption: String) -> String {
    let ended = caption.ends_with(|end: char| end.is_ascii_punctuation() && end != ')');
    if ended { caption } else { caption + ":" }
}

/// What the value of a box is where it is ticked.
pub(super) fn on_value(field: &Element) -> Option<String> {
    Some(clean(&field.child("items")?.children().next()?.words()))
}

/// A box and what stands beside it.
pub(super) fn ticked(on: bool, caption: &str) -> String {
    format!("{} {caption}", if on { '\u{2612}' } else { '\u{2610}' })
}

/// Words as they are meant, with one space between them.
pub(super) fn clean(words: &str) -> String {
    let mut letters = String::with_capacity(words.len());
    words.chars().for_each(|letter| symbols::push(&mut letters, letter));
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A measure in points: `12pt`, `25.4mm`, `1in`.
pub(super) fn points(measure: &str) -> f32 {
    let measure = measure.trim();
    let end = measure.find(|letter: char| letter.is_ascii_alphabetic()).unwrap_or(measure.len());
    let (number, unit) = measure.split_at(end);
    let unit = match unit {
        "pt" => 1.0,
        "mm" => 72.0 / 25.4,
        "cm" => 72.0 / 2.54,
        _ => 72.0,
    };
    number.trim().parse::<f32>().ok().filter(|number| number.is_finite()).unwrap_or(0.0) * unit
}

/// Size of type as a whole number.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
pub(super) fn tenths(size: f32) -> u32 {
    (size * 10.0).round().clamp(0.0, 1e5) as u32
}

/// The size in which most letters are set.
#[expect(clippy::cast_precision_loss, reason = "small numbers")]
pub(super) fn usual_size(letters: &BTreeMap<u32, usize>) -> f32 {
    letters.iter().max_by_key(|&(_, count)| *count).map_or(0.0, |(&size, _)| size as f32 / 10.0)
}

/// The text of a stream: UTF-16 where it says so, else UTF-8.
pub(super) fn decoded(bytes: &[u8]) -> String {
    let wide = |rest: &[u8], of: fn([u8; 2]) -> u16| {
        let units = rest.chunks_exact(2).map(|pair| of([pair[0], pair[1]]));
        char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    match bytes {
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}
