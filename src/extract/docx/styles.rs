//! Styles: what a paragraph or a run inherits, resolved along `basedOn`.

use super::names::Tag;
use super::tree::Tree;
use std::collections::BTreeMap;

/// Longer chains are circles.
const CHAIN: usize = 32;

/// What run properties say; `None` where they say nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Face {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) underline: Option<bool>,
    pub(super) hidden: Option<bool>,
    /// In points.
    pub(super) size: Option<f32>,
}

/// How a run looks in the end.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "four independent looks of a run")]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) underline: bool,
    pub(super) hidden: bool,
    /// In points; 0 where nothing says it.
    pub(super) size: f32,
}

/// What paragraph properties say of numbering; `None` where they say nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct NumberReference {
    /// `w:numId`; 0 takes the numbering away.
    pub(super) number: Option<i64>,
    pub(super) level: Option<usize>,
}

/// A style with all that it inherits.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Style {
    pub(super) face: Face,
    pub(super) numbering: NumberReference,
    /// From zero; nine is body text.
    pub(super) outline: Option<u8>,
    /// The format's mark for the cells that head a row or column of a table.
    pub(super) table_heading: bool,
    /// Its name says bulleted or numbered list.
    pub(super) list: bool,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: BTreeMap<String, Style>,
    default_paragraph: Style,
    base: Face,
}

impl Face {
    /// What the `w:rPr` at `properties` says.
    pub(super) fn read(tree: &Tree, properties: usize) -> Self {
        let mut face = Self::default();
        for child in tree.children(properties) {
            match tree.tag(child) {
                Tag::Bold => face.bold = Some(tree.is_on(child)),
                Tag::Italic => face.italic = Some(tree.is_on(child)),
                Tag::Underline => face.underline = Some(tree.is_on(child)),
                Tag::Vanish => face.hidden = Some(tree.is_on(child)),
                Tag::Size => face.size = tree.value(child).and_then(|value| points(&value)),
                _ => {}
            }
        }
        face
    }

    fn over(self, below: Self) -> Self {
        Self {
            bold: self.bold.or(below.bold),
            italic: self.italic.or(below.italic),
            underline: self.underline.or(below.underline),
            hidden: self.hidden.or(below.hidden),
            size: self.size.or(below.size),
        }
    }
}

impl Styles {
    /// Reads the styles part.
    pub(super) fn read(tree: &Tree) -> Self {
        let mut stated = BTreeMap::new();
        let mut default_paragraph = None;
        let mut base = Face::default();
        for child in tree.children(0) {
            match tree.tag(child) {
                Tag::Style => {
                    let Some(id) = tree.attribute(child, "styleId") else { continue };
                    let is_paragraph = tree.attribute(child, "type").is_none_or(|kind| kind == "paragraph");
                    if is_paragraph && tree.attribute(child, "default").is_some_and(|on| on == "1" || on == "true") {
                        default_paragraph = Some(id.clone().into_owned());
                    }
                    stated.insert(id.into_owned(), Stated::read(tree, child));
                }
                Tag::DocDefaults => {
                    let properties =
                        tree.child(child, Tag::RunDefaults).and_then(|at| tree.child(at, Tag::RunProperties));
                    // Word's own size, where the file says none.
                    base = properties.map_or_else(Face::default, |at| Face::read(tree, at));
                    base.size = base.size.or(Some(10.0));
                }
                _ => {}
            }
        }
        let by_id: BTreeMap<String, Style> = stated.keys().map(|id| (id.clone(), resolved(&stated, id))).collect();
        let default_paragraph = default_paragraph.and_then(|id| by_id.get(&id).copied()).unwrap_or_default();
        Self { by_id, default_paragraph, base }
    }

    /// The style of a paragraph that names `id`, or none.
    pub(super) fn paragraph(&self, id: Option<&str>) -> Style {
        let Some(id) = id else { return self.default_paragraph };
        self.by_id.get(id).copied().unwrap_or_else(|| unknown(id))
    }

    /// How a run looks: its own properties over its character style over the paragraph's style over the defaults.
    /// Two styles that both turn bold on turn it off, as a word in italics is upright in a passage in italics.
    pub(super) fn look(&self, paragraph: &Style, character: Option<&str>, own: Face) -> Look {
        let above = paragraph.face;
        let character = character.and_then(|id| self.by_id.get(id)).map_or_else(Face::default, |style| style.face);
        let toggled = |pick: fn(&Face) -> Option<bool>| {
            pick(&own).unwrap_or_else(|| {
                let (above, character) = (pick(&above), pick(&character));
                pick(&self.base).unwrap_or(false) || above.unwrap_or(false) != character.unwrap_or(false)
            })
        };
        let layered = own.over(character).over(above).over(self.base);
        Look {
            bold: toggled(|face| face.bold),
            italic: toggled(|face| face.italic),
            underline: layered.underline.unwrap_or(false),
            hidden: toggled(|face| face.hidden),
            size: layered.size.unwrap_or(0.0),
        }
    }

    /// The list that a numbering style stands for.
    pub(super) fn number_of(&self, id: &str) -> Option<i64> {
        self.by_id.get(id)?.numbering.number
    }
}

/// A style as the file states it.
#[derive(Debug)]
struct Stated {
    based_on: Option<String>,
    style: Style,
}

impl Stated {
    fn read(tree: &Tree, at: usize) -> Self {
        let mut style = Style::default();
        if let Some(properties) = tree.child(at, Tag::RunProperties) {
            style.face = Face::read(tree, properties);
        }
        if let Some(properties) = tree.child(at, Tag::ParagraphProperties) {
            style.outline = tree.child_number(properties, Tag::OutlineLevel);
            style.numbering = numbering(tree, properties);
        }
        let name = tree.child_value(at, Tag::Name).unwrap_or_default().to_lowercase();
        style.outline = style.outline.or_else(|| heading_of_name(&name));
        style.table_heading = name == "table heading";
        style.list = name.starts_with("list bullet") || name.starts_with("list number");
        Self { based_on: tree.child_value(at, Tag::BasedOn).map(std::borrow::Cow::into_owned), style }
    }
}

/// What paragraph properties say of numbering.
pub(super) fn numbering(tree: &Tree, properties: usize) -> NumberReference {
    let Some(at) = tree.child(properties, Tag::NumProperties) else { return NumberReference::default() };
    NumberReference {
        number: tree.child_number(at, Tag::NumId),
        level: tree.child_number(at, Tag::IndentLevel).map(|level: usize| level.min(8)),
    }
}

/// A style with what it inherits.
fn resolved(stated: &BTreeMap<String, Stated>, id: &str) -> Style {
    let mut style = Style::default();
    let mut next = Some(id);
    for _ in 0..CHAIN {
        let Some(above) = next.and_then(|id| stated.get(id)) else { break };
        style.face = style.face.over(above.style.face);
        style.outline = style.outline.or(above.style.outline);
        style.numbering.number = style.numbering.number.or(above.style.numbering.number);
        style.numbering.level = style.numbering.level.or(above.style.numbering.level);
        style.table_heading |= above.style.table_heading;
        style.list |= above.style.list;
        next = above.based_on.as_deref();
    }
    style
}

/// A style that the file names and does not have; Word's own ids still tell headings.
fn unknown(id: &str) -> Style {
    let name = id.to_lowercase();
    let name = name.strip_prefix("heading").map_or(name.clone(), |level| format!("heading {}", level.trim()));
    Style { outline: heading_of_name(&name), list: name.starts_with("listbullet"), ..Style::default() }
}

/// The outline level that Word gives its own heading styles.
fn heading_of_name(name: &str) -> Option<u8> {
    if name == "title" {
        return Some(0);
    }
    let level: u8 = name.strip_prefix("heading ")?.parse().ok()?;
    (1..=9).contains(&level).then(|| level - 1)
}

/// Half-points, or a measure with its unit, as points.
fn points(value: &str) -> Option<f32> {
    let value = value.trim();
    let points = match value.strip_suffix("pt") {
        Some(points) => points.trim().parse().ok()?,
        None => value.parse::<f32>().ok()? / 2.0,
    };
    (0.5..=1638.0).contains(&points).then_some(points)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::View;

    const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    fn styles(inner: &str) -> Styles {
        let xml = format!("<w:styles xmlns:w='{WORD}'>{inner}</w:styles>");
        Styles::read(&Tree::parse(xml, View::Accepted).expect("well-formed"))
    }

    #[test]
    fn inherits_and_survives_circles() {
        let styles = styles(
            "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='22'/></w:rPr></w:rPrDefault></w:docDefaults>\
             <w:style w:styleId='N' w:default='1'><w:name w:val='Normal'/></w:style>\
             <w:style w:styleId='H'><w:name w:val='heading 2'/><w:basedOn w:val='N'/><w:rPr><w:b/></w:rPr></w:style>\
             <w:style w:styleId='X'><w:name w:val='Section'/><w:basedOn w:val='H'/><w:rPr><w:sz w:val='30'/></w:rPr></w:style>\
             <w:style w:styleId='Y'><w:basedOn w:val='Z'/></w:style><w:style w:styleId='Z'><w:basedOn w:val='Y'/></w:style>\
             <w:style w:type='character' w:styleId='S'><w:rPr><w:b/></w:rPr></w:style>",
        );
        let section = styles.paragraph(Some("X"));
        assert_eq!(section.outline, Some(1));
        let look = styles.look(&section, None, Face::default());
        assert_eq!((look.bold, look.size), (true, 15.0));
        assert!(!styles.look(&section, Some("S"), Face::default()).bold, "two styles toggle");
        assert!(styles.look(&styles.paragraph(None), Some("S"), Face::default()).bold);
        assert!(!styles.look(&section, None, Face { bold: Some(false), ..Face::default() }).bold);
        assert_eq!(styles.paragraph(Some("Y")).outline, None);
        let plain = styles.look(&styles.paragraph(None), None, Face::default());
        assert_eq!(plain, Look { size: 11.0, ..Look::default() });
    }

    #[test]
    fn knows_headings_that_the_file_does_not_define() {
        let styles = Styles::default();
        assert_eq!(styles.paragraph(Some("Heading2")).outline, Some(1));
        assert_eq!(styles.paragraph(Some("Footing2")).outline, None);
    }

    #[test]
    fn reads_strange_sizes() {
        for (value, expected) in
            [("22", Some(11.0)), ("11pt", Some(11.0)), ("", None), ("-3", None), ("21.5", Some(10.75)), ("NaN", None)]
        {
            assert_eq!(points(value), expected, "{value}");
        }
    }
}
