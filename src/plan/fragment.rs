//! Fragment: one place where a section stands. A section is the set of its fragments.

use crate::document::Document;
use crate::plan::{Area, Letter, written};
use crate::text::{Span, telling_words};

/// One place where a section stands: real grids lay B, F and E side by side, and plans repeat them for each area of need.
#[derive(Clone, Debug)]
pub struct Fragment {
    /// The sections that claim this text. More than one where they share one undivided text ("E and F").
    pub letters: Vec<Letter>,
    /// The words of the label that claims it. `None` where only a list number did.
    pub label: Option<Span>,
    /// The area of need that it is for, where a heading or row says so.
    pub area: Option<Area>,
    /// Its blocks, labels and column headings left out, in reading order.
    pub blocks: Vec<usize>,
    /// Label blocks and column headings, which belong to it and are none of its content.
    pub headings: Vec<usize>,
}

/// A section of a plan.
#[derive(Clone, Debug)]
pub struct Section<'p> {
    /// Which.
    pub letter: Letter,
    /// Where it stands. Empty: it could not be found.
    pub fragments: Vec<&'p Fragment>,
}

impl Section<'_> {
    /// Whether its heading was found.
    pub fn present(&self) -> bool {
        !self.fragments.is_empty()
    }

    /// The words of its first label; nothing where they were taken out.
    pub fn heading<'d>(&self, document: &'d Document) -> Option<&'d str> {
        if document.is_redacted() {
            return None;
        }
        self.fragments.iter().find_map(|f| f.label).map(|span| document.slice(span))
    }

    /// Its whole text in reading order, one block a line, cells of a row joined by ` | `; without its label and without
    /// typed numbers, with the titles of rows that stand over its cells. The names in record cards are said once, like the
    /// headings of columns.
    pub fn text(&self, document: &Document) -> String {
        written::text(self, document)
    }

    /// How many words it holds.
    pub fn words(&self, document: &Document) -> usize {
        self.fragments
            .iter()
            .flat_map(|f| &f.blocks)
            .filter_map(|&index| document.blocks().get(index))
            .map(|block| telling_words(document.slice(block.span)))
            .sum()
    }

    /// The first and last page it stands on, where the document has pages.
    pub fn pages(&self, document: &Document) -> Option<(u32, u32)> {
        let pages = self.fragments.iter().flat_map(|f| f.headings.iter().chain(&f.blocks)).filter_map(|&index| {
            let block = document.blocks().get(index)?;
            let last = block.place_at(block.span.end).page;
            block.place.page.map(|first| (first, last.unwrap_or(first)))
        });
        pages.fold(None, |range, (first, last)| match range {
            None => Some((first, last)),
            Some((from, to)) => Some((from.min(first), to.max(last))),
        })
    }
}
