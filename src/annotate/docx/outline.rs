//! The main part of a Word file as bytes: its runs, what must not be cut, and where nothing may be put at all.

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Namespaces of the text of a document, transitional and strict.
const WORD: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];
const MATHS: [&str; 2] =
    ["http://schemas.openxmlformats.org/officeDocument/2006/math", "http://purl.oclc.org/ooxml/officeDocument/math"];
const COMPATIBILITY: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";

/// Controls whose content is one value: Word writes it anew, and what is put between its letters goes lost.
const VALUES: &[&str] =
    &["text", "dropDownList", "comboBox", "date", "checkbox", "picture", "citation", "equation", "dataBinding"];

/// Fields whose result is text like any other.
const TEXT_FIELDS: &[&str] = &["HYPERLINK", "TOC", "FORMTEXT"];

/// What there is to know of a part to put marks into it. All ranges are bytes of its text, after a byte order mark.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// The namespace of its text.
    pub(super) namespace: String,
    /// A prefix of that namespace which holds everywhere; without one, elements must declare it themselves.
    pub(super) prefix: Option<String>,
    /// The runs that stand in paragraphs and not in other runs.
    pub(super) runs: Vec<Run>,
    /// What may be marked as a whole only: fields, controls, deletions, formulas.
    pub(super) whole: Vec<Range<usize>>,
    /// Where no mark may stand.
    pub(super) closed: Vec<Range<usize>>,
    /// Where each footnote and endnote is referred to, by the name of its element and its id.
    pub(super) references: BTreeMap<(&'static str, i64), usize>,
    /// The ids of comments that have marks already.
    pub(super) ids: BTreeSet<i64>,
    /// Where the body begins.
    pub(super) body: Option<usize>,
}

/// A run.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) outer: Range<usize>,
    pub(super) start_tag: Range<usize>,
    pub(super) properties: Option<Range<usize>>,
    pub(super) pieces: Vec<Piece>,
}

/// One thing in a run: text, a tab, a drawing.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) outer: Range<usize>,
    pub(super) start_tag: Range<usize>,
    /// The characters, if it is text.
    pub(super) text: Option<Range<usize>>,
    /// What of the characters cannot be cut, because it is written as character data.
    pub(super) uncut: Vec<Range<usize>>,
    /// It holds a text box.
    pub(super) has_box: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    Alternative,
    Body,
    Box,
    Code,
    Control,
    ControlProperties,
    Deleted,
    Field,
    FieldMark,
    Formula,
    Paragraph,
    Run,
    RunProperties,
    Text,
    Other,
}

#[derive(Debug)]
struct Open {
    name: Name,
    start: usize,
    /// It began inside a paragraph.
    inline: bool,
    /// A control whose content is one value, and one whose value stands in another part.
    value: bool,
    bound: bool,
}

/// A field that has begun: where its first run begins, in which paragraph, and its code.
#[derive(Debug)]
struct Field {
    start: usize,
    paragraph: usize,
    code: String,
}

#[derive(Debug, Default)]
struct Scan {
    outline: Outline,
    open: Vec<Open>,
    /// How many elements were open when the paragraph, and the run, began.
    paragraph: Option<usize>,
    run: Option<(usize, Run)>,
    paragraphs: usize,
    fields: Vec<Field>,
    /// Fields that end in the open run.
    ended: Vec<Field>,
}

impl Outline {
    /// Reads the text of a part; `None` where it is not what it was when the document was read.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut reader = NsReader::from_str(text);
        let mut scan = Scan::default();
        loop {
            let from = usize::try_from(reader.buffer_position()).ok()?;
            let event = reader.read_event().ok()?;
            let bytes = from..usize::try_from(reader.buffer_position()).ok()?;
            match event {
                Event::Start(tag) => scan.start(&reader, &tag, bytes),
                Event::Empty(tag) => {
                    let end = bytes.end;
                    scan.start(&reader, &tag, bytes);
                    scan.stop(end, end);
                }
                Event::End(_) => scan.stop(bytes.start, bytes.end),
                Event::CData(_) => scan.character_data(bytes),
                Event::Text(words) => scan.code(&words),
                Event::Eof => break,
                _ => {}
            }
        }
        let Scan { mut outline, .. } = scan;
        outline.whole = joined(outline.whole);
        outline.closed = joined(outline.closed);
        outline.runs.sort_by_key(|run| run.outer.start);
        (!outline.namespace.is_empty()).then_some(outline)
    }
}

impl Scan {
    fn start(&mut self, reader: &NsReader<&[u8]>, tag: &BytesStart<'_>, bytes: Range<usize>) {
        let resolved = reader.resolver().resolve_element(tag.name()).0;
        let namespace = if let ResolveResult::Bound(namespace) = &resolved { namespace.into_inner() } else { "" };
        let local_name = tag.local_name();
        let local = local_name.into_inner();
        if self.open.is_empty() && WORD.contains(&namespace) {
            namespace.clone_into(&mut self.outline.namespace);
            self.outline.prefix = prefix_of(tag, namespace);
        }
        let name = name(namespace, local);
        let word = WORD.contains(&namespace);
        if word {
            self.refer(tag, local, bytes.start);
        }
        if self.open.last().is_some_and(|open| open.name == Name::ControlProperties) {
            self.control(tag, local);
        }
        let depth = self.open.len();
        if let Some((run_depth, run)) = &mut self.run {
            if depth == *run_depth + 1 && name != Name::RunProperties {
                let text = (name == Name::Text).then_some(bytes.end..bytes.end);
                run.pieces.push(Piece {
                    outer: bytes.clone(),
                    start_tag: bytes.clone(),
                    text,
                    uncut: Vec::new(),
                    has_box: false,
                });
                if name == Name::FieldMark {
                    self.field(tag);
                }
            } else if let (Name::Box, Some(piece)) = (name, run.pieces.last_mut()) {
                piece.has_box = true;
            }
        } else if name == Name::Run && self.paragraph.is_some() {
            let run = Run { outer: bytes.clone(), start_tag: bytes.clone(), properties: None, pieces: Vec::new() };
            self.run = Some((depth, run));
        } else if name == Name::Paragraph && self.paragraph.is_none() {
            self.paragraph = Some(depth);
            self.paragraphs += 1;
        } else if name == Name::Body {
            self.outline.body = self.outline.body.or(Some(bytes.end));
        }
        let inline = self.paragraph.is_some_and(|paragraph| paragraph < depth);
        self.open.push(Open { name, start: bytes.start, inline, value: false, bound: false });
    }

    /// Closes the innermost element, whose end tag begins and ends there.
    fn stop(&mut self, tag: usize, end: usize) {
        let Some(open) = self.open.pop() else { return };
        let depth = self.open.len();
        let outer = open.start..end;
        if let Some((run_depth, run)) = &mut self.run {
            if depth == *run_depth + 1 {
                if open.name == Name::RunProperties {
                    run.properties = Some(outer);
                } else if let Some(piece) = run.pieces.last_mut() {
                    piece.outer.end = end;
                    if let Some(text) = &mut piece.text {
                        text.end = tag.max(text.start);
                    }
                }
            } else if depth == *run_depth {
                run.outer.end = end;
                self.outline.runs.extend(self.run.take().map(|(_, run)| run));
                for field in std::mem::take(&mut self.ended) {
                    let kind = field.code.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
                    if field.paragraph == self.paragraphs && !TEXT_FIELDS.contains(&kind.as_str()) {
                        self.outline.whole.push(field.start..end);
                    }
                }
            }
            return;
        }
        match open.name {
            Name::Paragraph if self.paragraph == Some(depth) => self.paragraph = None,
            Name::Control if open.inline && (open.value || open.bound) => self.outline.whole.push(outer),
            Name::Control if open.bound => self.outline.closed.push(outer),
            Name::Alternative | Name::Deleted | Name::Field | Name::Formula if open.inline => {
                self.outline.whole.push(outer);
            }
            Name::Alternative => self.outline.closed.push(outer),
            _ => {}
        }
    }

    /// Notes and comments that are referred to.
    fn refer(&mut self, tag: &BytesStart<'_>, local: &str, at: usize) {
        let Some(id) = attribute(tag, "id").and_then(|id| id.trim().parse().ok()) else { return };
        match local {
            "footnoteReference" => drop(self.outline.references.entry(("footnote", id)).or_insert(at)),
            "endnoteReference" => drop(self.outline.references.entry(("endnote", id)).or_insert(at)),
            "commentRangeStart" | "commentRangeEnd" | "commentReference" => drop(self.outline.ids.insert(id)),
            _ => {}
        }
    }

    /// A property of the innermost control.
    fn control(&mut self, tag: &BytesStart<'_>, local: &str) {
        let Some(control) = self.open.iter_mut().rev().find(|open| open.name == Name::Control) else { return };
        control.bound |= local == "dataBinding";
        control.value |= VALUES.contains(&local)
            || local == "lock" && attribute(tag, "val").is_some_and(|lock| lock.to_lowercase().contains("content"));
    }

    /// A mark of a field, in the open run.
    fn field(&mut self, tag: &BytesStart<'_>) {
        let Some((_, run)) = &self.run else { return };
        match attribute(tag, "fldCharType").as_deref() {
            Some("begin") => {
                let (start, paragraph) = (run.outer.start, self.paragraphs);
                self.fields.push(Field { start, paragraph, code: String::new() });
            }
            Some("end") => self.ended.extend(self.fields.pop()),
            _ => {}
        }
    }

    fn code(&mut self, words: &str) {
        if let (Some(Open { name: Name::Code, .. }), Some(field)) = (self.open.last(), self.fields.last_mut()) {
            field.code.push_str(words);
        }
    }

    fn character_data(&mut self, bytes: Range<usize>) {
        let depth = self.open.len();
        if let Some((run_depth, run)) = &mut self.run
            && depth == *run_depth + 2
            && let Some(piece) = run.pieces.last_mut().filter(|piece| piece.text.is_some())
        {
            piece.uncut.push(bytes);
        }
    }
}

/// The notes of a part of notes: the bytes of each, the name of its element, its id.
pub(super) fn notes(text: &str) -> Vec<(Range<usize>, &'static str, i64)> {
    let mut reader = NsReader::from_str(text);
    let mut notes = Vec::new();
    let mut open: Option<(usize, &'static str, i64)> = None;
    loop {
        let Ok(from) = usize::try_from(reader.buffer_position()) else { return notes };
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                let kind = ["footnote", "endnote"].into_iter().find(|kind| tag.local_name().into_inner() == *kind);
                let id = attribute(&tag, "id").and_then(|id| id.trim().parse().ok());
                if let (Some(kind), Some(id)) = (kind, id) {
                    open = Some((from, kind, id));
                }
            }
            Ok(Event::End(tag)) => {
                if let Some((start, kind, id)) = open.filter(|(_, kind, _)| tag.local_name().into_inner() == *kind) {
                    notes.push((start..usize::try_from(reader.buffer_position()).unwrap_or(start), kind, id));
                    open = None;
                }
            }
            Ok(Event::Eof) | Err(_) => return notes,
            Ok(_) => {}
        }
    }
}

/// The value of an attribute, by its local name.
pub(super) fn attribute(tag: &BytesStart<'_>, local: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).flatten().find(|one| one.key.local_name().into_inner() == local)?;
    Some(found.value.into_owned())
}

/// A prefix that an element declares for a namespace.
pub(super) fn prefix_of(tag: &BytesStart<'_>, namespace: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let declared = attributes.with_checks(false).flatten().find(|one| {
        one.key.prefix().is_some_and(|prefix| prefix.into_inner() == "xmlns") && one.value.as_ref() == namespace
    })?;
    Some(declared.key.local_name().into_inner().to_owned())
}

fn name(namespace: &str, local: &str) -> Name {
    if namespace == COMPATIBILITY {
        return if local == "AlternateContent" { Name::Alternative } else { Name::Other };
    }
    if MATHS.contains(&namespace) {
        return if matches!(local, "oMath" | "oMathPara") { Name::Formula } else { Name::Other };
    }
    if !WORD.contains(&namespace) {
        return Name::Other;
    }
    match local {
        "body" => Name::Body,
        "del" | "moveFrom" => Name::Deleted,
        "fldChar" => Name::FieldMark,
        "fldSimple" => Name::Field,
        "instrText" => Name::Code,
        "p" => Name::Paragraph,
        "r" => Name::Run,
        "rPr" => Name::RunProperties,
        "sdt" => Name::Control,
        "sdtPr" => Name::ControlProperties,
        "t" => Name::Text,
        "txbxContent" => Name::Box,
        _ => Name::Other,
    }
}

/// Ranges in order, those that overlap made one.
fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}
