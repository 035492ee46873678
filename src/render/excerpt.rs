//! Excerpt: the words a finding is about, made safe to show, with the marks on them.

use crate::plan::{Plan, Statement};
use crate::render::clean::shown;
use crate::render::prose;
use crate::rules::{Anchor, Finding};
use crate::text::Span;
use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use std::ops::Range;

/// The judged statement, or the paragraph, of a finding. Offsets are bytes of its own `text`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// Where it stands, for a person: "plan.pdf, page 7, Section F".
    pub(crate) name: String,
    /// Its words.
    pub(crate) text: String,
    /// The words to look at, in order, apart from each other.
    pub(crate) marks: Vec<Range<usize>>,
}

impl Excerpt {
    /// The excerpt for a finding; `None` where it points at something that is not there.
    pub(crate) fn of(plan: &Plan, finding: &Finding<'_>, name: String) -> Option<Self> {
        let Anchor::Text(anchor) = finding.anchor else { return None };
        if plan.document().is_redacted() {
            let text = "words not shown".to_owned();
            return Some(Self { name, marks: std::iter::once(0..text.len()).collect(), text });
        }
        let mut marks = finding.marks.clone();
        if marks.is_empty() {
            marks.push(anchor);
        }
        let statement = finding.statement.and_then(|index| plan.statements().get(index));
        Self::marked(plan, statement, &marks, name)
    }

    /// The excerpt for a statement with these marks, or for the paragraphs that the marks lie in.
    pub(crate) fn marked(plan: &Plan, statement: Option<&Statement>, marks: &[Span], name: String) -> Option<Self> {
        let mut excerpt = Excerpt { name, ..Excerpt::default() };
        for (before, piece) in pieces(plan, statement, marks) {
            excerpt.push(plan, before, piece, marks);
        }
        excerpt.join_marks();
        (!excerpt.text.is_empty()).then_some(excerpt)
    }

    /// The marks as labels. They bear no words: the message says what is wrong with them.
    pub(crate) fn labels(&self) -> Vec<LabeledSpan> {
        self.marks.iter().map(|mark| LabeledSpan::underline(mark.clone())).collect()
    }

    fn push(&mut self, plan: &Plan, before: &str, piece: Span, marks: &[Span]) {
        if !self.text.is_empty() {
            self.text.push_str(before);
        }
        let from = self.text.len();
        self.text.extend(plan.slice(piece).chars().filter_map(shown));
        for mark in marks.iter().filter(|mark| mark.overlaps(piece)) {
            let shown_to = |at: usize| {
                let before = plan.slice(Span::new(piece.start, at));
                from + before.chars().filter_map(shown).map(char::len_utf8).sum::<usize>()
            };
            let range = shown_to(mark.start.max(piece.start))..shown_to(mark.end.min(piece.end));
            if !range.is_empty() {
                self.marks.push(range);
            }
        }
    }

    /// Puts the marks in order and joins those that overlap.
    fn join_marks(&mut self) {
        self.marks.sort_by_key(|mark| (mark.start, mark.end));
        let mut joined: Vec<Range<usize>> = Vec::new();
        for mark in self.marks.drain(..) {
            match joined.last_mut() {
                Some(last) if mark.start < last.end => last.end = last.end.max(mark.end),
                _ => joined.push(mark),
            }
        }
        self.marks = joined;
    }
}

/// The spans to show, each with what joins it to the one before: the statement's parts, its lead-in or
/// lead-out where a mark lies there, and otherwise the paragraphs that the marks lie in.
fn pieces(plan: &Plan, statement: Option<&Statement>, marks: &[Span]) -> Vec<(&'static str, Span)> {
    let marked = |span: Span| marks.iter().any(|mark| mark.overlaps(span));
    let mut pieces: Vec<(&'static str, Span)> = Vec::new();
    if let Some(statement) = statement {
        pieces.extend(statement.lead_in.filter(|&span| marked(span)).map(|span| (" ", span)));
        let parts = statement.parts.iter().map(|part| part.span).filter(|span| !span.is_empty());
        let lead = pieces.len();
        pieces.extend(parts.enumerate().map(|(at, span)| (if at == 0 && lead > 0 { " " } else { " | " }, span)));
        pieces.extend(statement.lead_out.filter(|&span| marked(span)).map(|span| (" \u{2026} ", span)));
    }
    for &mark in marks {
        if !pieces.iter().any(|(_, piece)| piece.overlaps(mark)) {
            pieces.push((" \u{2026} ", prose::paragraph_of(plan, mark)));
        }
    }
    pieces
}

impl SourceCode for Excerpt {
    /// The whole excerpt, whatever span is asked for: it is short, and is wrapped by whoever shows it.
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let whole = SourceSpan::from(0..self.text.len());
        Ok(Box::new(MietteSpanContents::new_named(self.name.clone(), self.text.as_bytes(), whole, 0, 0, 1)))
    }
}
