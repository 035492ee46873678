//! Sources: where the words of a document stand in its file, so that a copy of the file can be annotated there.

use crate::text::Span;
use std::fmt;
use std::ops::Range;

/// Where words stand in the file that they were read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source<'d> {
    /// The words, in the document's text.
    pub span: Span,
    /// The part of the file, by the name it has there: `word/document.xml`.
    pub part: &'d str,
    /// The bytes of that part, unpacked and in UTF-8, a byte order mark counted.
    pub bytes: Range<usize>,
    /// Whether the words themselves stand there, references such as `&amp;` aside. If not, an element stands there
    /// for them: a tab, a symbol, a box that is ticked.
    pub literal: bool,
}

/// The sources of a document: empty for a format that keeps none.
#[derive(Clone, Default)]
pub struct Sources {
    parts: Vec<String>,
    pieces: Vec<Piece>,
}

/// The source of some words of one block; `at` is their first byte, in the block's text until they are in a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub(crate) at: u32,
    pub(crate) length: u32,
    pub(crate) part: u32,
    pub(crate) from: u32,
    pub(crate) to: u32,
    pub(crate) literal: bool,
}

impl Sources {
    /// How many pieces the text has.
    pub fn len(&self) -> usize {
        self.pieces.len()
    }

    /// Whether nothing is known of where the text stands.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Every piece, in the order of the text.
    pub fn iter(&self) -> impl Iterator<Item = Source<'_>> {
        self.pieces.iter().map(|piece| self.source(*piece))
    }

    /// The pieces in which `span` stands, cut to it. The line ends between blocks stand nowhere.
    pub fn of(&self, span: Span) -> impl Iterator<Item = Source<'_>> {
        let first = self.pieces.partition_point(|piece| piece.end() <= span.start);
        let pieces = self.pieces.iter().skip(first).take_while(move |piece| (piece.at as usize) < span.end);
        pieces.filter_map(move |piece| piece.within(span)).map(|piece| self.source(piece))
    }

    /// The number of a part.
    pub(super) fn part(&mut self, name: &str) -> u32 {
        let known = self.parts.iter().position(|part| part == name);
        let index = known.unwrap_or_else(|| {
            self.parts.push(name.to_owned());
            self.parts.len() - 1
        });
        u32::try_from(index).unwrap_or(u32::MAX)
    }

    /// Adds the pieces of a block of which the words at `kept` now stand at `at` of the document's text.
    pub(super) fn add(&mut self, pieces: &[Piece], kept: Span, at: usize) {
        for piece in pieces.iter().filter_map(|piece| piece.within(kept)) {
            let Ok(at) = u32::try_from(piece.at as usize - kept.start + at) else { return };
            let piece = Piece { at, ..piece };
            match self.pieces.last_mut() {
                Some(last) if last.goes_on_as(piece) => {
                    last.length += piece.length;
                    last.to = piece.to;
                }
                _ => self.pieces.push(piece),
            }
        }
    }

    /// Adds those of another document, whose words at `kept` now stand at `at`.
    pub(super) fn add_all(&mut self, other: &Sources, kept: Span, at: usize) {
        let of_part: Vec<u32> = other.parts.iter().map(|name| self.part(name)).collect();
        let renamed = |piece: &Piece| Some(Piece { part: *of_part.get(piece.part as usize)?, ..*piece });
        let pieces: Vec<Piece> = other.pieces.iter().filter_map(renamed).collect();
        self.add(&pieces, kept, at);
    }

    fn source(&self, piece: Piece) -> Source<'_> {
        Source {
            span: Span::new(piece.at as usize, piece.end()),
            part: self.parts.get(piece.part as usize).map_or("", String::as_str),
            bytes: piece.from as usize..piece.to as usize,
            literal: piece.literal,
        }
    }
}

impl Piece {
    fn end(self) -> usize {
        self.at as usize + self.length as usize
    }

    /// Whether its words are as many bytes in the part as in the text, so that it can be cut anywhere.
    fn is_linear(self) -> bool {
        self.literal && self.to - self.from == self.length
    }

    /// What of it lies in `span`; whole where it cannot be cut.
    fn within(self, span: Span) -> Option<Piece> {
        let own = Span::new(self.at as usize, self.end());
        if !own.overlaps(span) {
            return None;
        }
        if span.contains(own) || !self.is_linear() {
            return Some(self);
        }
        let front = u32::try_from(span.start.saturating_sub(own.start)).ok()?;
        let back = u32::try_from(own.end.saturating_sub(span.end)).ok()?;
        Some(Piece {
            at: self.at + front,
            length: self.length - front - back,
            from: self.from + front,
            to: self.to - back,
            ..self
        })
    }

    /// Whether `next` follows without a gap, in the text and in the part.
    fn goes_on_as(self, next: Piece) -> bool {
        self.is_linear()
            && next.is_linear()
            && self.part == next.part
            && self.to == next.from
            && self.end() == next.at as usize
    }
}

impl fmt::Debug for Sources {
    /// Sizes only, like the document's.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sources").field("parts", &self.parts.len()).field("pieces", &self.pieces.len()).finish()
    }
}
