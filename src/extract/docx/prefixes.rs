//! Which namespace each prefix of a part stands for, and so what its elements are.

use super::names::{self, Tag};
use super::tree::{Fault, NOT_XML};
use memchr::memmem;
use quick_xml::events::BytesStart;
use quick_xml::name::{NamespaceResolver, QName};

/// What declares a namespace.
const DECLARATION: &str = "xmlns";
/// More declarations than any word processor has open at once.
const MOST_OPEN: usize = 2048;
/// A part has about forty names of elements.
const NAMES: usize = 64;

/// The namespaces that are declared where a part is being read. Nearly always the first element declares them for the whole part.
pub(super) struct Prefixes<'t> {
    text: &'t [u8],
    /// Where the next declaration stands, as far as has been looked: at or after the element that was opened last.
    next: usize,
    resolver: NamespaceResolver,
    /// For each open element: whether it declares any.
    declares: Vec<bool>,
    /// What names mean that were asked for since the last declaration, each in a place that follows from its letters.
    known: Vec<(String, Tag)>,
}

impl<'t> Prefixes<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let mut resolver = NamespaceResolver::default();
        resolver.set_max_namespace_bindings(MOST_OPEN);
        let known = vec![(String::new(), Tag::Other); NAMES];
        Self { text: text.as_bytes(), next: 0, resolver, declares: Vec::new(), known }
    }

    /// An element begins, whose start tag stands between these places.
    pub(super) fn open(&mut self, start: &BytesStart<'_>, (from, to): (u32, u32)) -> Result<(), Fault> {
        let declares = self.may_declare(from as usize, to as usize) && start.attributes_raw().contains(DECLARATION);
        if declares {
            self.resolver.push(start).map_err(|_| NOT_XML)?;
            self.forget();
        }
        self.declares.push(declares);
        Ok(())
    }

    pub(super) fn close(&mut self) {
        if self.declares.pop() == Some(true) {
            self.resolver.pop();
            self.forget();
        }
    }

    /// What an element is.
    pub(super) fn tag(&mut self, start: &BytesStart<'_>) -> Tag {
        let name = start.name();
        let sum = name.0.bytes().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte)));
        if let Some((known, tag)) = self.known.get(sum % NAMES)
            && known == name.0
        {
            return *tag;
        }
        let (local, prefix) = name.decompose();
        let space = names::bound(&self.resolver.resolve_prefix(prefix, true));
        let tag = space.map_or(Tag::Other, |space| names::tag(space, local.into_inner()));
        if let Some((known, meaning)) = self.known.get_mut(sum % NAMES) {
            name.0.clone_into(known);
            *meaning = tag;
        }
        tag
    }

    /// Whether every namespace that a choice requires is one whose text we find.
    pub(super) fn understand(&self, choice: &BytesStart<'_>) -> bool {
        let requires = choice.attributes().flatten().find(|a| a.key.local_name().into_inner() == "Requires");
        requires.is_some_and(|requires| {
            requires.value.split_ascii_whitespace().all(|prefix| {
                let name = format!("{prefix}:x");
                names::is_understood(&self.resolver.resolve_element(QName(&name)).0)
            })
        })
    }

    /// Whether a declaration can stand in a tag between these places. Tags are asked for in their order.
    fn may_declare(&mut self, from: usize, to: usize) -> bool {
        if self.next < from {
            let ahead = self.text.get(from..).unwrap_or_default();
            self.next = memmem::find(ahead, DECLARATION.as_bytes()).map_or(usize::MAX, |ahead| from + ahead);
        }
        self.next < to
    }

    fn forget(&mut self) {
        for (name, tag) in &mut self.known {
            name.clear();
            *tag = Tag::Other;
        }
    }
}
