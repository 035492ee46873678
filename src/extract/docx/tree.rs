//! A part of the package as a flat list of nodes, in the order of the file; each knows the bytes it came from.

use super::names::Tag;
use super::prefixes::Prefixes;
use crate::extract::View;
use quick_xml::events::attributes::{Attribute, Attributes};
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;
use quick_xml::{Reader, XmlVersion};
use std::borrow::Cow;

/// Deeper than any word processor nests.
const DEPTH: usize = 1024;
/// A plan of 500 pages has about 150,000.
const NODES: usize = 4_000_000;
/// Of a part that a word processor writes, about so many bytes are one node.
const BYTES_OF_A_NODE: usize = 32;

/// Why a part could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// What is wrong, in plain words.
    Damaged(&'static str),
    /// The limit that was reached.
    Limit(&'static str),
}

pub(super) const NOT_XML: Fault = Fault::Damaged("one of its parts breaks off or is not well-formed XML");

/// The nodes of a part. Nodes are named by their index; those of a subtree stand together, so a reader can
/// go on at `at + 1` to look into a node and at `end(at)` to pass over it, and never needs to recurse.
#[derive(Debug, Default)]
pub(super) struct Tree {
    text: String,
    nodes: Vec<Node>,
    /// Where the text begins in the part: after its byte order mark. `None`: its bytes are not those of the part.
    begins: Option<u32>,
}

/// `from..to` are bytes of the part (after a byte order mark): the characters of a text, the start tag of an element.
#[derive(Clone, Copy, Debug)]
struct Node {
    tag: Tag,
    end: u32,
    from: u32,
    to: u32,
}

impl Tree {
    /// Parses a part. Only what is read is kept: of alternatives the one that is understood, and text only
    /// where it is text of the document. What tracked changes are to `view` is settled here, once for all readers.
    pub(super) fn parse(text: String, view: View) -> Result<Self, Fault> {
        let nodes = Growing { view, ..Growing::default() }.read(&text)?;
        Ok(Self { text, nodes, begins: None })
    }

    /// The same, of a part whose bytes are those of the text from `begins` on.
    pub(super) fn begins_at(self, begins: Option<u32>) -> Self {
        Self { begins, ..self }
    }

    /// The bytes of the part that a node came from: of an element, its start tag.
    pub(super) fn bytes(&self, at: usize) -> Option<(u32, u32)> {
        let (node, begins) = (self.nodes.get(at)?, self.begins?);
        Some((node.from.checked_add(begins)?, node.to.checked_add(begins)?))
    }

    /// What the outermost element is.
    pub(super) fn root(&self) -> Tag {
        self.tag(0)
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn tag(&self, at: usize) -> Tag {
        self.nodes.get(at).map_or(Tag::Other, |node| node.tag)
    }

    /// The node after the last one inside `at`; always beyond `at`.
    pub(super) fn end(&self, at: usize) -> usize {
        self.nodes.get(at).map_or(at + 1, |node| node.end as usize)
    }

    /// The elements directly inside `at`.
    pub(super) fn children(&self, at: usize) -> impl Iterator<Item = usize> {
        let end = self.end(at);
        let mut next = at + 1;
        std::iter::from_fn(move || {
            let child = next;
            next = self.end(child);
            (child < end).then_some(child)
        })
    }

    /// The first `tag` directly inside `at`.
    pub(super) fn child(&self, at: usize, tag: Tag) -> Option<usize> {
        self.children(at).find(|&child| self.tag(child) == tag)
    }

    /// Every `tag` at any depth, in order.
    pub(super) fn all(&self, tag: Tag) -> impl Iterator<Item = usize> {
        self.nodes.iter().enumerate().filter(move |(_, node)| node.tag == tag).map(|(at, _)| at)
    }

    /// The value of an attribute, by its local name.
    pub(super) fn attribute(&self, at: usize, name: &str) -> Option<Cow<'_, str>> {
        let node = self.nodes.get(at)?;
        let start = self.text.get(node.from as usize..node.to as usize)?;
        let start = start.strip_prefix('<')?.strip_suffix('>')?;
        let start = start.strip_suffix('/').unwrap_or(start);
        let name_end = start.find(|c: char| c.is_ascii_whitespace())?;
        let mut attributes = Attributes::new(start, name_end);
        let found = attributes.with_checks(false).flatten().find(|a| local(a.key) == name && a.key.0 != "xmlns")?;
        Some(value(found))
    }

    /// `w:val`.
    pub(super) fn value(&self, at: usize) -> Option<Cow<'_, str>> {
        self.attribute(at, "val")
    }

    /// `w:val` as a number.
    pub(super) fn number<N: std::str::FromStr>(&self, at: usize) -> Option<N> {
        self.value(at)?.trim().parse().ok()
    }

    /// `w:val` of the first `tag` inside `at`.
    pub(super) fn child_value(&self, at: usize, tag: Tag) -> Option<Cow<'_, str>> {
        self.value(self.child(at, tag)?)
    }

    /// `w:val` of the first `tag` inside `at`, as a number.
    pub(super) fn child_number<N: std::str::FromStr>(&self, at: usize, tag: Tag) -> Option<N> {
        self.number(self.child(at, tag)?)
    }

    /// Whether an on-off property is on: it is unless it says otherwise.
    pub(super) fn is_on(&self, at: usize) -> bool {
        !matches!(self.value(at).as_deref(), Some("0" | "false" | "off" | "none"))
    }

    /// Whether an on-off property stands inside `at` and is on.
    pub(super) fn has(&self, at: usize, tag: Tag) -> bool {
        self.child(at, tag).is_some_and(|child| self.is_on(child))
    }

    /// The characters of a text node as they stand in the file.
    pub(super) fn characters(&self, at: usize) -> &str {
        self.nodes.get(at).and_then(|node| self.text.get(node.from as usize..node.to as usize)).unwrap_or("")
    }

    /// The character that a reference stands for.
    pub(super) fn referred(&self, at: usize) -> Option<char> {
        let name = self.characters(at).strip_prefix('&')?.strip_suffix(';')?;
        match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => {
                let number = name.strip_prefix('#')?;
                let code = match number.strip_prefix('x') {
                    Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                    None => number.parse().ok()?,
                };
                char::from_u32(code)
            }
        }
    }

    /// The nodes of one kind below `at` that are not inside another of that kind, looked for only through wrappers
    /// (content controls, custom XML, insertions), each with whether it is in a control that shows its prompt.
    pub(super) fn wrapped(&self, at: usize, wanted: Tag) -> Vec<(usize, bool)> {
        let end = self.end(at);
        let mut found = Vec::new();
        let mut prompt_end = 0;
        let mut at = at + 1;
        while at < end {
            match self.tag(at) {
                tag if tag == wanted => {
                    found.push((at, at < prompt_end));
                    at = self.end(at);
                }
                Tag::ContentControl => {
                    if self.shows_prompt(at) {
                        prompt_end = prompt_end.max(self.end(at));
                    }
                    at += 1;
                }
                Tag::ControlContent
                | Tag::Inserted
                | Tag::MovedTo
                | Tag::AlternateContent
                | Tag::Choice
                | Tag::Fallback
                | Tag::Other => at += 1,
                _ => at = self.end(at),
            }
        }
        found
    }

    /// Whether a content control still shows its prompt.
    pub(super) fn shows_prompt(&self, control: usize) -> bool {
        self.child(control, Tag::ControlProperties)
            .is_some_and(|properties| self.has(properties, Tag::PlaceholderShown))
    }
}

/// The value of an attribute; as it stands in the file where its references cannot be resolved.
fn value(attribute: Attribute<'_>) -> Cow<'_, str> {
    attribute.normalized_value(XmlVersion::Implicit1_0).unwrap_or(attribute.value)
}

fn local(name: QName<'_>) -> &str {
    name.local_name().into_inner()
}

/// A tree in the making.
#[derive(Default)]
struct Growing {
    view: View,
    nodes: Vec<Node>,
    open: Vec<usize>,
    /// How deep inside an element that is left out.
    left_out: usize,
    /// For each open alternative: whether its choice is made.
    chosen: Vec<bool>,
}

impl Growing {
    fn read(mut self, text: &str) -> Result<Vec<Node>, Fault> {
        self.nodes.reserve((text.len() / BYTES_OF_A_NODE).min(NODES));
        let mut reader = Reader::from_str(text);
        let mut prefixes = Prefixes::of(text);
        loop {
            let from = reader.buffer_position();
            let event = reader.read_event().map_err(|_| NOT_XML)?;
            let bytes = (narrow(from)?, narrow(reader.buffer_position())?);
            match event {
                Event::Start(start) => {
                    if self.open.len() + self.left_out >= DEPTH {
                        return Err(Fault::Limit("its parts are nested too deeply"));
                    }
                    // How parts of tables look, nobody asks: half of what stands in a file's styles.
                    if start.local_name().into_inner() == "tblStylePr" {
                        reader.read_to_end(start.name()).map_err(|_| NOT_XML)?;
                        continue;
                    }
                    prefixes.open(&start, bytes)?;
                    self.start(&mut prefixes, &start, bytes)?;
                }
                Event::Empty(start) => {
                    prefixes.open(&start, bytes)?;
                    if self.left_out == 0 {
                        let tag = prefixes.tag(&start).seen(self.view);
                        if tag != Tag::Other {
                            self.add(tag, bytes)?;
                        }
                    }
                    prefixes.close();
                }
                Event::End(_) => {
                    prefixes.close();
                    self.stop()?;
                }
                Event::Text(_) if self.in_text() && bytes.1 > bytes.0 => self.add(Tag::Characters, bytes)?,
                Event::GeneralRef(_) if self.in_text() => self.add(Tag::Reference, bytes)?,
                Event::CData(_) if self.in_text() => {
                    let inner = (bytes.0.saturating_add(9), bytes.1.saturating_sub(3));
                    self.add(Tag::Characters, inner)?;
                }
                Event::DocType(_) => return Err(Fault::Damaged("it declares a document type, which Word never does")),
                Event::Eof if self.open.is_empty() && self.left_out == 0 && !self.nodes.is_empty() => {
                    return Ok(self.nodes);
                }
                Event::Eof => return Err(NOT_XML),
                _ => {}
            }
        }
    }

    fn start(&mut self, prefixes: &mut Prefixes<'_>, start: &BytesStart<'_>, bytes: (u32, u32)) -> Result<(), Fault> {
        if self.left_out > 0 {
            self.left_out += 1;
            return Ok(());
        }
        let tag = prefixes.tag(start).seen(self.view);
        if let (Tag::Choice | Tag::Fallback, Some(chosen)) = (tag, self.chosen.last_mut()) {
            if *chosen || tag == Tag::Choice && !prefixes.understand(start) {
                self.left_out = 1;
                return Ok(());
            }
            *chosen = true;
        }
        if tag == Tag::AlternateContent {
            self.chosen.push(false);
        }
        self.open.push(self.nodes.len());
        self.add(tag, bytes)
    }

    fn stop(&mut self) -> Result<(), Fault> {
        if self.left_out > 0 {
            self.left_out -= 1;
            return Ok(());
        }
        let end = narrow(self.nodes.len() as u64)?;
        let node = self.open.pop().and_then(|at| self.nodes.get_mut(at));
        if let Some(node) = node {
            node.end = end;
            if node.tag == Tag::AlternateContent {
                self.chosen.pop();
            }
        }
        Ok(())
    }

    fn add(&mut self, tag: Tag, (from, to): (u32, u32)) -> Result<(), Fault> {
        if self.nodes.len() >= NODES {
            return Err(Fault::Limit("one of its parts has too many elements"));
        }
        let end = narrow(self.nodes.len() as u64 + 1)?;
        self.nodes.push(Node { tag, end, from, to });
        Ok(())
    }

    /// Whether the innermost open element holds text that is read.
    fn in_text(&self) -> bool {
        let innermost = self.open.last().and_then(|&at| self.nodes.get(at));
        self.left_out == 0 && innermost.is_some_and(|node| matches!(node.tag, Tag::Text | Tag::FieldCode))
    }
}

fn narrow(position: u64) -> Result<u32, Fault> {
    u32::try_from(position).map_err(|_| Fault::Limit("one of its parts is too large"))
}
