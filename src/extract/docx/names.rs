//! The element names that the reader knows, by namespace and not by prefix.

use crate::extract::View;
use quick_xml::name::ResolveResult;
use std::sync::LazyLock;

/// What a node of a part is. Elements that are not named here are [`Tag::Other`]: what stands in them is still read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// A comment of a reader, and the part that holds them.
    Comment,
    Comments,
    /// Characters of a text element.
    Characters,
    /// A character or entity reference of a text element.
    Reference,
    Other,
    AbstractNum,
    AbstractNumId,
    AltChunk,
    AlternateContent,
    BasedOn,
    Body,
    Bold,
    Break,
    CellDeleted,
    CellInserted,
    CellProperties,
    Chart,
    CheckBox,
    Checked,
    Choice,
    ContentProperties,
    ControlContent,
    ControlEnd,
    ControlProperties,
    Decorative,
    Default,
    Deleted,
    DeletedCode,
    DeletedText,
    Diagram,
    DocDefaults,
    DocPart,
    Document,
    Drawing,
    DropDown,
    DropEntry,
    EndnoteReference,
    Endnotes,
    EvenAndOdd,
    Extent,
    Fallback,
    FieldCharacter,
    FieldCode,
    FieldData,
    FieldSimple,
    FootnoteReference,
    Footnotes,
    FooterReference,
    FrameProperties,
    GridBefore,
    GridSpan,
    HeaderReference,
    HorizontalMerge,
    ImageData,
    IndentLevel,
    Inserted,
    Italic,
    LegalNumbers,
    Level,
    LevelOverride,
    LevelRestart,
    LevelText,
    MovedFrom,
    MovedTo,
    Name,
    NoBreakHyphen,
    Note,
    Num,
    NumFormat,
    NumId,
    NumProperties,
    NumStyleLink,
    Numbering,
    Object,
    OleObject,
    OutlineLevel,
    Override,
    Paragraph,
    ParagraphDefaults,
    ParagraphProperties,
    ParagraphStyleName,
    Picture,
    PlaceholderShown,
    PositionalTab,
    Relationship,
    Result,
    Row,
    RowHeader,
    RowProperties,
    RubyText,
    Run,
    RunDefaults,
    RunProperties,
    RunStyleName,
    SectionProperties,
    Settings,
    Shape,
    SoftHyphen,
    Start,
    StartOverride,
    ContentControl,
    Style,
    Styles,
    SubDocument,
    Symbol,
    Size,
    Tab,
    Table,
    TableCell,
    TableProperties,
    Text,
    TextBox,
    TextPath,
    TitlePage,
    Underline,
    Vanish,
    VerticalMerge,
}

impl Tag {
    /// What an element is to someone who looks at the document so: before the changes, what was put in is not there yet,
    /// and what was deleted is text like any other.
    pub(super) fn seen(self, view: View) -> Self {
        match (view, self) {
            (View::Accepted, Tag::DeletedCode | Tag::DeletedText) | (View::Original, Tag::Inserted) => Tag::Deleted,
            (View::Original, Tag::MovedTo) => Tag::MovedFrom,
            (View::Original, Tag::CellInserted) => Tag::CellDeleted,
            (View::Original | View::All, Tag::Deleted) => Tag::Inserted,
            (View::Original | View::All, Tag::MovedFrom) => Tag::MovedTo,
            (View::Original | View::All, Tag::CellDeleted) => Tag::CellInserted,
            (View::Original | View::All, Tag::DeletedText) => Tag::Text,
            (View::Original | View::All, Tag::DeletedCode) => Tag::FieldCode,
            _ => self,
        }
    }
}

/// The namespaces that matter; a transitional and a strict address are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    Word,
    Word14,
    Compatibility,
    WordDrawing,
    Picture,
    Chart,
    Diagram,
    Decorative,
    Vml,
    Office,
    Math,
    Package,
}

fn space(address: &str) -> Option<Space> {
    if let Some(strict) = address.strip_prefix("http://purl.oclc.org/ooxml/") {
        return Some(match strict {
            "wordprocessingml/main" => Space::Word,
            "drawingml/wordprocessingDrawing" => Space::WordDrawing,
            "drawingml/picture" => Space::Picture,
            "drawingml/chart" => Space::Chart,
            "drawingml/diagram" => Space::Diagram,
            "officeDocument/math" => Space::Math,
            _ => return None,
        });
    }
    if let Some(transitional) = address.strip_prefix("http://schemas.openxmlformats.org/") {
        return Some(match transitional {
            "wordprocessingml/2006/main" => Space::Word,
            "markup-compatibility/2006" => Space::Compatibility,
            "drawingml/2006/wordprocessingDrawing" => Space::WordDrawing,
            "drawingml/2006/picture" => Space::Picture,
            "drawingml/2006/chart" => Space::Chart,
            "drawingml/2006/diagram" => Space::Diagram,
            "officeDocument/2006/math" => Space::Math,
            "package/2006/relationships" | "package/2006/content-types" => Space::Package,
            _ => return None,
        });
    }
    match address {
        "http://schemas.microsoft.com/office/word/2010/wordml" => Some(Space::Word14),
        "http://schemas.microsoft.com/office/drawing/2014/chartex" => Some(Space::Chart),
        "http://schemas.microsoft.com/office/drawing/2017/decorative" => Some(Space::Decorative),
        "urn:schemas-microsoft-com:vml" => Some(Space::Vml),
        "urn:schemas-microsoft-com:office:office" => Some(Space::Office),
        _ => None,
    }
}

/// Whether a choice that requires this namespace can be read: its text boxes are where we look for them.
pub(super) fn is_understood(namespace: &ResolveResult<'_>) -> bool {
    let ResolveResult::Bound(namespace) = namespace else { return false };
    let address = namespace.into_inner();
    space(address).is_some()
        || address.starts_with("http://schemas.microsoft.com/office/word/")
        || address.starts_with("http://schemas.microsoft.com/office/drawing/")
}

/// The namespace, if it matters.
pub(super) fn bound(namespace: &ResolveResult<'_>) -> Option<Space> {
    let ResolveResult::Bound(namespace) = namespace else { return None };
    space(namespace.into_inner())
}

/// What an element of this namespace and local name is.
pub(super) fn tag(space: Space, local: &str) -> Tag {
    let Some(&initial) = local.as_bytes().first() else { return Tag::Other };
    let (from, to) = INITIALS.get(usize::from(initial)).copied().unwrap_or_default();
    let alike = TAGS.get(from..to).unwrap_or_default();
    // Few names begin with one letter, and fewer of them are as long.
    let named = alike.iter().find(|&&(name, of, _)| name.len() == local.len() && of == space && name == local);
    named.map_or(Tag::Other, |&(.., tag)| tag)
}

/// Where the names begin and end that begin with each letter.
static INITIALS: LazyLock<[(usize, usize); 128]> = LazyLock::new(|| {
    std::array::from_fn(|letter| {
        let until = |limit: usize| {
            TAGS.partition_point(|(name, ..)| name.bytes().next().is_none_or(|b| usize::from(b) < limit))
        };
        (until(letter), until(letter + 1))
    })
});

/// Sorted by name.
static TAGS: &[(&str, Space, Tag)] = &[
    ("AlternateContent", Space::Compatibility, Tag::AlternateContent),
    ("Choice", Space::Compatibility, Tag::Choice),
    ("Fallback", Space::Compatibility, Tag::Fallback),
    ("OLEObject", Space::Office, Tag::OleObject),
    ("Override", Space::Package, Tag::Override),
    ("Relationship", Space::Package, Tag::Relationship),
    ("abstractNum", Space::Word, Tag::AbstractNum),
    ("abstractNumId", Space::Word, Tag::AbstractNumId),
    ("altChunk", Space::Word, Tag::AltChunk),
    ("b", Space::Word, Tag::Bold),
    ("basedOn", Space::Word, Tag::BasedOn),
    ("body", Space::Word, Tag::Body),
    ("br", Space::Word, Tag::Break),
    ("cellDel", Space::Word, Tag::CellDeleted),
    ("cellIns", Space::Word, Tag::CellInserted),
    ("chart", Space::Chart, Tag::Chart),
    ("checkBox", Space::Word, Tag::CheckBox),
    ("checked", Space::Word, Tag::Checked),
    ("comment", Space::Word, Tag::Comment),
    ("comments", Space::Word, Tag::Comments),
    ("cr", Space::Word, Tag::Break),
    ("customXmlPr", Space::Word, Tag::ContentProperties),
    ("ddList", Space::Word, Tag::DropDown),
    ("decorative", Space::Decorative, Tag::Decorative),
    ("default", Space::Word, Tag::Default),
    ("del", Space::Word, Tag::Deleted),
    ("delInstrText", Space::Word, Tag::DeletedCode),
    ("delText", Space::Word, Tag::DeletedText),
    ("docDefaults", Space::Word, Tag::DocDefaults),
    ("docPartGallery", Space::Word, Tag::DocPart),
    ("document", Space::Word, Tag::Document),
    ("drawing", Space::Word, Tag::Drawing),
    ("endnote", Space::Word, Tag::Note),
    ("endnoteReference", Space::Word, Tag::EndnoteReference),
    ("endnotes", Space::Word, Tag::Endnotes),
    ("evenAndOddHeaders", Space::Word, Tag::EvenAndOdd),
    ("extent", Space::WordDrawing, Tag::Extent),
    ("ffData", Space::Word, Tag::FieldData),
    ("fldChar", Space::Word, Tag::FieldCharacter),
    ("fldSimple", Space::Word, Tag::FieldSimple),
    ("footerReference", Space::Word, Tag::FooterReference),
    ("footnote", Space::Word, Tag::Note),
    ("footnoteReference", Space::Word, Tag::FootnoteReference),
    ("footnotes", Space::Word, Tag::Footnotes),
    ("framePr", Space::Word, Tag::FrameProperties),
    ("gridBefore", Space::Word, Tag::GridBefore),
    ("gridSpan", Space::Word, Tag::GridSpan),
    ("hMerge", Space::Word, Tag::HorizontalMerge),
    ("headerReference", Space::Word, Tag::HeaderReference),
    ("i", Space::Word, Tag::Italic),
    ("ilvl", Space::Word, Tag::IndentLevel),
    ("imagedata", Space::Vml, Tag::ImageData),
    ("ins", Space::Word, Tag::Inserted),
    ("instrText", Space::Word, Tag::FieldCode),
    ("isLgl", Space::Word, Tag::LegalNumbers),
    ("listEntry", Space::Word, Tag::DropEntry),
    ("lvl", Space::Word, Tag::Level),
    ("lvlOverride", Space::Word, Tag::LevelOverride),
    ("lvlRestart", Space::Word, Tag::LevelRestart),
    ("lvlText", Space::Word, Tag::LevelText),
    ("moveFrom", Space::Word, Tag::MovedFrom),
    ("moveTo", Space::Word, Tag::MovedTo),
    ("name", Space::Word, Tag::Name),
    ("noBreakHyphen", Space::Word, Tag::NoBreakHyphen),
    ("num", Space::Word, Tag::Num),
    ("numFmt", Space::Word, Tag::NumFormat),
    ("numId", Space::Word, Tag::NumId),
    ("numPr", Space::Word, Tag::NumProperties),
    ("numStyleLink", Space::Word, Tag::NumStyleLink),
    ("numbering", Space::Word, Tag::Numbering),
    ("object", Space::Word, Tag::Object),
    ("outlineLvl", Space::Word, Tag::OutlineLevel),
    ("oval", Space::Vml, Tag::Shape),
    ("p", Space::Word, Tag::Paragraph),
    ("pPr", Space::Word, Tag::ParagraphProperties),
    ("pPrDefault", Space::Word, Tag::ParagraphDefaults),
    ("pStyle", Space::Word, Tag::ParagraphStyleName),
    ("pic", Space::Picture, Tag::Picture),
    ("ptab", Space::Word, Tag::PositionalTab),
    ("r", Space::Word, Tag::Run),
    ("rPr", Space::Word, Tag::RunProperties),
    ("rPrDefault", Space::Word, Tag::RunDefaults),
    ("rStyle", Space::Word, Tag::RunStyleName),
    ("rect", Space::Vml, Tag::Shape),
    ("relIds", Space::Diagram, Tag::Diagram),
    ("result", Space::Word, Tag::Result),
    ("roundrect", Space::Vml, Tag::Shape),
    ("rt", Space::Word, Tag::RubyText),
    ("sdt", Space::Word, Tag::ContentControl),
    ("sdtContent", Space::Word, Tag::ControlContent),
    ("sdtEndPr", Space::Word, Tag::ControlEnd),
    ("sdtPr", Space::Word, Tag::ControlProperties),
    ("sectPr", Space::Word, Tag::SectionProperties),
    ("settings", Space::Word, Tag::Settings),
    ("shape", Space::Vml, Tag::Shape),
    ("showingPlcHdr", Space::Word, Tag::PlaceholderShown),
    ("smartTagPr", Space::Word, Tag::ContentProperties),
    ("softHyphen", Space::Word, Tag::SoftHyphen),
    ("start", Space::Word, Tag::Start),
    ("startOverride", Space::Word, Tag::StartOverride),
    ("style", Space::Word, Tag::Style),
    ("styles", Space::Word, Tag::Styles),
    ("subDoc", Space::Word, Tag::SubDocument),
    ("sym", Space::Word, Tag::Symbol),
    ("sz", Space::Word, Tag::Size),
    ("t", Space::Math, Tag::Text),
    ("t", Space::Word, Tag::Text),
    ("tab", Space::Word, Tag::Tab),
    ("tbl", Space::Word, Tag::Table),
    ("tblHeader", Space::Word, Tag::RowHeader),
    ("tblPr", Space::Word, Tag::TableProperties),
    ("tc", Space::Word, Tag::TableCell),
    ("tcPr", Space::Word, Tag::CellProperties),
    ("textpath", Space::Vml, Tag::TextPath),
    ("titlePg", Space::Word, Tag::TitlePage),
    ("tr", Space::Word, Tag::Row),
    ("trPr", Space::Word, Tag::RowProperties),
    ("txbxContent", Space::Word, Tag::TextBox),
    ("u", Space::Word, Tag::Underline),
    ("vMerge", Space::Word, Tag::VerticalMerge),
    ("vanish", Space::Word, Tag::Vanish),
];

#[cfg(test)]
mod tests {
    use super::*;
    use quick_xml::name::Namespace;

    #[test]
    fn is_sorted() {
        assert!(TAGS.is_sorted_by_key(|&(name, ..)| name));
    }

    fn check(address: &str, local: &str, expected: Tag) {
        let space = bound(&ResolveResult::Bound(Namespace(address)));
        assert_eq!(space.map_or(Tag::Other, |space| tag(space, local)), expected, "{address} {local}");
    }

    #[test]
    fn goes_by_namespace() {
        check("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "p", Tag::Paragraph);
        check("http://purl.oclc.org/ooxml/wordprocessingml/main", "p", Tag::Paragraph);
        check("http://schemas.openxmlformats.org/officeDocument/2006/math", "t", Tag::Text);
        check("http://schemas.openxmlformats.org/drawingml/2006/main", "p", Tag::Other);
        check("urn:else", "p", Tag::Other);
    }
}
