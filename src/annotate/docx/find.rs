//! Finds where in the main part a remark belongs: at its words, or as near to them as Word allows a comment.

use super::outline::Outline;
use super::place::{Fit, Place};
use crate::annotate::remark::Remark;
use crate::document::Document;
use crate::text::Span;
use std::ops::Range;

/// What places are found with.
pub(super) struct Finder<'a> {
    pub(super) document: &'a Document,
    pub(super) outline: &'a Outline,
    /// The name of the main part.
    pub(super) part: &'a str,
    /// How many bytes of the main part stand before its text.
    pub(super) begins: usize,
    /// The parts of footnotes and endnotes: name, how many bytes stand before the text, and each note's bytes, kind and id.
    pub(super) notes: &'a [NotePart],
}

/// A part of footnotes or endnotes.
pub(super) struct NotePart {
    pub(super) name: String,
    pub(super) begins: usize,
    pub(super) notes: Vec<(Range<usize>, &'static str, i64)>,
}

/// Where a comment goes, and how well it fits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// `None`: nowhere in the text, so that it needs a paragraph of its own.
    pub(super) range: Option<(Place, Place)>,
    pub(super) fit: Fit,
}

impl Finder<'_> {
    /// Where the comment of a remark goes.
    pub(super) fn find(&self, remark: &Remark) -> Found {
        let span = remark.at;
        if let Some((start, end, fit)) = self.within(span) {
            return Found { range: Some((start, end)), fit };
        }
        if let Some((start, end)) = self.reference(span) {
            return Found { range: Some((start, end)), fit: Fit::Note };
        }
        let furniture = self.document.furniture().iter().any(|furniture| furniture.span.overlaps(span));
        let block = if furniture { 0 } else { self.document.block_at(span.start) };
        let fit = if furniture { Fit::Furniture } else { Fit::Near };
        Found { range: self.near(block), fit }
    }

    /// The places around a span of the body.
    fn within(&self, span: Span) -> Option<(Place, Place, Fit)> {
        let mut bytes: Option<Range<usize>> = None;
        for source in self.document.sources().of(span).filter(|source| source.part == self.part) {
            let own = source.bytes.start.checked_sub(self.begins)?..source.bytes.end.checked_sub(self.begins)?;
            bytes = Some(bytes.map_or(own.clone(), |all| all.start.min(own.start)..all.end.max(own.end)));
        }
        self.outline.around(&bytes?)
    }

    /// The places around the reference to the note in which a span stands.
    fn reference(&self, span: Span) -> Option<(Place, Place)> {
        let source = self.document.sources().of(span).next()?;
        let part = self.notes.iter().find(|part| part.name == source.part)?;
        let at = source.bytes.start.checked_sub(part.begins)?;
        let &(_, kind, id) = part.notes.iter().find(|(bytes, ..)| bytes.contains(&at))?;
        let &reference = self.outline.references.get(&(kind, id))?;
        let (start, end, _) = self.outline.around(&(reference..reference + 1))?;
        Some((start, end))
    }

    /// The places around the words of the block nearest to this one that can bear a comment; before it, if there is one.
    fn near(&self, block: usize) -> Option<(Place, Place)> {
        let blocks = self.document.blocks();
        let before = (0..=block).rev();
        let mut all = before.chain(block + 1..blocks.len());
        let found = all.find_map(|index| self.within(blocks.get(index)?.span));
        found.map(|(start, end, _)| (start, end))
    }
}
