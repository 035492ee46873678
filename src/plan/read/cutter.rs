//! The section being cut: the headings that stand over the next statement, and the statements so far.

use crate::document::Document;
use crate::plan::area::Area;
use crate::plan::letter::Letter;
use crate::plan::read::cues::CUES;
use crate::plan::read::kinds;
use crate::plan::read::look::{self, Looks};
use crate::plan::read::roles::Topic;
use crate::plan::statement::{Part, Role, Statement, StatementKind};
use crate::text::{Span, levelled};
use std::borrow::Cow;

/// A section while it is cut into statements.
#[derive(Clone, Debug)]
pub(crate) struct Cutter<'d> {
    /// The document.
    pub(crate) document: &'d Document,
    /// What headings look like in it.
    pub(crate) looks: Looks,
    /// The sections that the text belongs to.
    pub(crate) letters: Vec<Letter>,
    /// The label of the section, which stands over what has no heading of its own.
    pub(crate) label: Option<Span>,
    /// What stands over the next statement.
    pub(crate) over: Over,
    /// The statements so far.
    pub(crate) found: Vec<Statement>,
    /// How many there were when the last heading came.
    headed: usize,
}

/// What stands over a statement.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Over {
    /// The heading, caption or row title.
    pub(crate) heading: Option<Span>,
    /// The area of need that it, or a heading above it, names.
    pub(crate) area: Option<Area>,
    /// What the last heading of that sort says that all below it is, where sections share a text.
    topic: Option<Topic>,
    /// The block of the heading that names the area.
    area_block: Option<usize>,
    /// The words that lead into the list.
    pub(crate) lead_in: Option<Span>,
    /// The words that cover the list.
    pub(crate) lead_out: Option<Span>,
    /// Table and row.
    pub(crate) row: Option<(u32, u32)>,
}

impl<'d> Cutter<'d> {
    /// Begins a section or a part of one.
    pub(crate) fn new(document: &'d Document, looks: Looks, letters: &[Letter], area: Option<Area>) -> Self {
        let over = Over { area, ..Over::default() };
        Self { document, looks, letters: letters.to_vec(), label: None, over, found: Vec::new(), headed: 0 }
    }

    /// The first of the letters: the one whose habits the text follows.
    pub(crate) fn letter(&self) -> Letter {
        self.letters.first().copied().unwrap_or(Letter::F)
    }

    /// Whether prose is cut into sentences: where needs, outcomes and provision stand.
    pub(crate) fn cuts_sentences(&self) -> bool {
        self.letters.iter().any(|&letter| letter.holds_needs() || letter.holds_provision() || letter == Letter::E)
    }

    /// Puts a heading over what follows. One that names no area, and looks weaker than the one that did, leaves the area.
    pub(crate) fn head(&mut self, heading: Span, block: usize) {
        self.over.heading = Some(heading);
        self.headed = self.found.len();
        self.over.lead_in = None;
        self.over.topic = kinds::topic_of(self.document.slice(heading)).or(self.over.topic);
        if let Some(area) = Area::named(self.document.slice(heading)) {
            self.over.area = Some(area);
            self.over.area_block = Some(block);
            return;
        }
        let blocks = self.document.blocks();
        let area_block = self.over.area_block.and_then(|at| blocks.get(at));
        if let (Some(ours), Some(theirs)) = (blocks.get(block), area_block)
            && look::as_strong(ours, theirs)
        {
            self.over.area = None;
            self.over.area_block = None;
        }
    }

    /// Adds a statement of one span.
    pub(crate) fn say(&mut self, span: Span) {
        self.add(vec![Part { span, role: Role::What, header: None, stands_for: None }], None);
    }

    /// Adds a statement that only explains.
    pub(crate) fn explain(&mut self, span: Span) {
        self.add(vec![Part { span, role: Role::What, header: None, stands_for: None }], Some(StatementKind::Other));
    }

    /// Adds a statement of several parts.
    pub(crate) fn say_row(&mut self, mut parts: Vec<Part>) {
        // "As above" in a record stands for the same field of the record before it.
        if let Some(before) = self.found.last().filter(|before| before.parts.len() == parts.len()) {
            for (part, above) in parts.iter_mut().zip(&before.parts) {
                if part.stands_for.is_none() && CUES.as_above.is_in(&self.document.levelled(part.span)) {
                    part.stands_for = above.stands_for.or(Some(above.span)).filter(|span| !span.is_empty());
                }
            }
        }
        if parts.iter().any(|part| !part.span.is_empty()) {
            self.add(parts, None);
        }
    }

    /// Puts words that cover all above them ("All of the above…") over the statements since the last heading.
    pub(crate) fn cover_above(&mut self, words: Span) {
        for statement in self.found.iter_mut().skip(self.headed) {
            statement.lead_out = statement.lead_out.or(Some(words));
        }
    }

    /// Whether anything stands between the last heading and here.
    pub(crate) fn has_above(&self) -> bool {
        self.found.len() > self.headed
    }

    fn add(&mut self, parts: Vec<Part>, kind: Option<StatementKind>) {
        let spans: Vec<Span> = parts.iter().map(|part| part.span).filter(|span| !span.is_empty()).collect();
        let text = match spans.as_slice() {
            &[only] => Cow::Borrowed(self.document.slice(only)),
            several => {
                Cow::Owned(several.iter().map(|&span| self.document.slice(span)).collect::<Vec<_>>().join(" | "))
            }
        };
        let words = match spans.as_slice() {
            &[only] => self.document.levelled(only),
            _ => levelled(&text),
        };
        let heading = self.over.heading.or(self.label).map(|span| self.document.levelled(span));
        let letter = match self.letters.as_slice() {
            &[letter] => letter,
            several => kinds::letter_among(several, &words, self.over.topic, self.over.area).unwrap_or(Letter::F),
        };
        let start = spans.first().map_or(0, |span| span.start);
        self.found.push(Statement {
            letter,
            kind: kind.unwrap_or_else(|| kinds::kind(letter, &text, &words, heading.as_deref())),
            parts,
            lead_in: self.over.lead_in,
            lead_out: self.over.lead_out,
            heading: self.over.heading,
            area: self.over.area,
            row: self.over.row,
            block: self.document.block_at(start),
            facts: Vec::new(),
            sorted: None,
            judged: None,
        });
    }
}
