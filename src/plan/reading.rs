//! Reading: a statement's words as one levelled text, with the way back to the document.

use crate::document::Document;
use crate::plan::Statement;
use crate::text::{Folded, Lacked, LazyRuns, Runs, Searched, Span};
use std::fmt;
use std::sync::Arc;

/// A statement's words as checks match them: lead-in, own words (the cells of a row joined by ` | `, "As above" by what it
/// repeats), lead-out.
#[derive(Clone, Default)]
pub(crate) struct Reading {
    text: String,
    runs: Arc<LazyRuns>,
    segments: Vec<Segment>,
}

#[derive(Clone)]
struct Segment {
    /// Where it begins in the reading's text.
    at: usize,
    folded: Arc<Folded>,
    /// Where it begins in the document's text.
    base: usize,
}

impl Reading {
    /// The whole statement, with what stands before and after the list it is an item of.
    pub(crate) fn of(document: &Document, statement: &Statement) -> Self {
        let own = statement.parts.iter().map(|part| part.stands_for.unwrap_or(part.span));
        Self::of_spans(document, statement.lead_in.into_iter().chain(own).chain(statement.lead_out))
    }

    /// These words of the document.
    fn of_spans(document: &Document, spans: impl IntoIterator<Item = Span>) -> Self {
        let mut reading = Self::default();
        for span in spans.into_iter().filter(|span| !span.is_empty()) {
            if !reading.text.is_empty() {
                reading.text.push_str(" | ");
            }
            let folded = document.levelled(span);
            let at = reading.text.len();
            reading.text.push_str(folded.text());
            reading.segments.push(Segment { at, folded, base: span.start });
        }
        reading
    }

    /// The levelled text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// What is told of the levelled text: where it is that of one span, what is told of that.
    fn told(&self) -> &LazyRuns {
        match self.segments.as_slice() {
            [only] => only.folded.told(),
            _ => &self.runs,
        }
    }

    /// Where words of the levelled text stand in the document; words of several cells give several spans.
    pub(crate) fn places(&self, span: Span) -> Vec<Span> {
        let mut places = Vec::new();
        for segment in &self.segments {
            let whole = Span::new(segment.at, segment.at + segment.folded.text().len());
            if whole.overlaps(span) {
                let local = Span::new(span.start.max(whole.start) - whole.start, span.end.min(whole.end) - whole.start);
                places.push(segment.folded.original(local).shift(segment.base));
            }
        }
        places
    }
}

impl<'t> Searched<'t> for &'t Reading {
    fn words(self) -> &'t str {
        &self.text
    }

    fn runs(self) -> Option<&'t Runs> {
        Some(self.told().of(&self.text))
    }

    fn lacked(self) -> Option<&'t Lacked> {
        Some(&self.told().lacked)
    }
}

/// Without a word of the plan.
impl fmt::Debug for Reading {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Reading({})", self.text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Plan;

    #[test]
    fn joins_cells_and_finds_the_way_back() {
        let plan = Plan::read(Document::from_notation("| Scribe\u{2019}s help | Daily |"));
        let spans: Vec<Span> = plan.document().blocks().iter().map(|block| block.span).collect();
        let reading = Reading::of_spans(plan.document(), spans);
        assert_eq!(reading.text(), "scribe's help | daily");
        let words = |start, end| -> Vec<&str> {
            reading.places(Span::new(start, end)).into_iter().map(|span| plan.slice(span)).collect()
        };
        assert_eq!(words(0, 8), ["Scribe\u{2019}s"]);
        assert_eq!(words(9, 21), ["help", "Daily"]);
    }
}
