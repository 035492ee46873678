//! XML as a tree of elements, for the parts of a form that a PDF keeps as XML.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Deeper than any form nests, and more elements than any has.
const MAX_DEPTH: usize = 200;
const MAX_ELEMENTS: usize = 500_000;

/// An element; of its name and those of its attributes, what stands after the prefix.
#[derive(Default)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) nodes: Vec<Node>,
}

/// What stands in an element.
pub(super) enum Node {
    Element(Element),
    Words(String),
}

impl Element {
    /// The outermost element of a text; of what breaks off, as far as it goes.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut reader = Reader::from_str(text);
        // Programs that fill forms in write what no XML is, and read it again.
        let rules = reader.config_mut();
        (rules.allow_dangling_amp, rules.allow_unmatched_ends, rules.check_end_names) = (true, true, false);
        let mut open = vec![Self::default()];
        for _ in 0..8 * MAX_ELEMENTS {
            match reader.read_event() {
                Ok(Event::Start(start)) if open.len() < MAX_DEPTH => open.push(Self::begin(&start)),
                Ok(Event::Empty(start)) => open.last_mut()?.nodes.push(Node::Element(Self::begin(&start))),
                Ok(Event::Text(words)) => open.last_mut()?.push(&words),
                Ok(Event::CData(words)) => open.last_mut()?.push(&words),
                Ok(Event::GeneralRef(name)) => open.last_mut()?.push(&referred(&name)),
                Ok(Event::End(_)) if open.len() > 1 => Self::close(&mut open),
                Ok(Event::Start(_) | Event::DocType(_) | Event::Eof) | Err(_) => break,
                Ok(_) => {}
            }
        }
        while open.len() > 1 {
            Self::close(&mut open);
        }
        open.pop()?.nodes.into_iter().find_map(|node| if let Node::Element(found) = node { Some(found) } else { None })
    }

    fn begin(start: &BytesStart<'_>) -> Self {
        let local = |name: &str| name.rsplit(':').next().unwrap_or_default().to_owned();
        let mut attributes = start.attributes();
        let attributes = attributes.with_checks(false).flatten().map(|attribute| {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            (local(attribute.key.0), value.unwrap_or_default().into_owned())
        });
        Self { name: local(start.name().0), attributes: attributes.collect(), nodes: Vec::new() }
    }

    fn close(open: &mut Vec<Self>) {
        if let (Some(done), Some(parent)) = (open.pop(), open.last_mut()) {
            parent.nodes.push(Node::Element(done));
        }
    }

    fn push(&mut self, words: &str) {
        match self.nodes.last_mut() {
            Some(Node::Words(before)) => before.push_str(words),
            _ => self.nodes.push(Node::Words(words.to_owned())),
        }
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The elements directly inside.
    pub(super) fn children(&self) -> impl Iterator<Item = &Self> {
        self.nodes.iter().filter_map(|node| if let Node::Element(element) = node { Some(element) } else { None })
    }

    /// The first of a name directly inside.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children().find(|child| child.name == name)
    }

    /// The first of a name at any depth.
    pub(super) fn find(&self, name: &str) -> Option<&Self> {
        if self.name == name { Some(self) } else { self.children().find_map(|child| child.find(name)) }
    }

    /// All words in it.
    pub(super) fn words(&self) -> String {
        let mut words = String::new();
        self.gather(&mut words);
        words
    }

    fn gather(&self, words: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Words(text) => words.push_str(text),
                Node::Element(element) => element.gather(words),
            }
        }
    }
}

/// What a reference stands for; nothing where that is not known.
fn referred(name: &BytesRef<'_>) -> String {
    match name.resolve_char_ref() {
        Ok(Some(letter)) => letter.to_string(),
        _ => resolve_predefined_entity(name).unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_attributes_and_words_are_read() {
        let tree = Element::parse("<?x y?><a:b k='1 &amp; 2' n:l=''><c>one <d>&lt;t&#119;o&gt;</d></c><c/></a:b>")
            .expect("xml");
        assert_eq!((tree.name.as_str(), tree.attribute("k"), tree.attribute("l")), ("b", Some("1 & 2"), Some("")));
        assert_eq!((tree.children().count(), tree.words().as_str()), (2, "one <two>"));
        assert_eq!(tree.find("d").map(Element::words).as_deref(), Some("<two>"));
    }

    #[test]
    fn what_is_broken_is_read_as_far_as_it_goes() {
        assert_eq!(Element::parse("<a><b>one").expect("xml").words(), "one");
        assert_eq!(Element::parse("<a><b>one & two</c></a>").expect("xml").words(), "one & two");
        let deep = Element::parse(&"<a>".repeat(9_000)).expect("xml");
        assert!(deep.find("b").is_none());
        assert!(Element::parse("no").is_none() && Element::parse("").is_none());
    }
}
