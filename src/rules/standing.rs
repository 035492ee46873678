//! Standing: in which section and in which statement some words of a document stand.

use crate::plan::{Letter, Plan};
use crate::text::Span;

/// An index of a plan, from words to the section and the statement they stand in.
#[derive(Clone, Debug)]
pub(crate) struct Standing<'p> {
    plan: &'p Plan,
    /// For each block, the first letter of the fragment that holds it.
    letters: Vec<Option<Letter>>,
    /// The spans of the statements' parts, by their start.
    parts: Vec<(Span, usize)>,
}

impl<'p> Standing<'p> {
    pub(crate) fn of(plan: &'p Plan) -> Self {
        let mut letters = vec![None; plan.document().blocks().len()];
        for fragment in plan.fragments() {
            for &index in fragment.headings.iter().chain(&fragment.blocks) {
                if let Some(letter) = letters.get_mut(index) {
                    *letter = fragment.letters.first().copied();
                }
            }
        }
        let statements = plan.statements().iter().enumerate();
        let mut parts: Vec<(Span, usize)> = statements
            .flat_map(|(index, statement)| statement.parts.iter().map(move |part| (part.span, index)))
            .filter(|(span, _)| !span.is_empty())
            .collect();
        parts.sort_unstable();
        Self { plan, letters, parts }
    }

    /// The section in which `span` begins: that of its statement, or else of its block. `None` for the cover, headers and footers.
    pub(crate) fn section(&self, span: Span) -> Option<Letter> {
        let statement = self.statement(span).and_then(|index| self.plan.statements().get(index));
        statement.map(|statement| statement.letter).or_else(|| self.section_of_block(self.block(span)?))
    }

    /// The section of a block.
    pub(crate) fn section_of_block(&self, block: usize) -> Option<Letter> {
        self.letters.get(block).copied().flatten()
    }

    /// The statement in whose own words `span` begins.
    pub(crate) fn statement(&self, span: Span) -> Option<usize> {
        let after = self.parts.partition_point(|(part, _)| part.start <= span.start);
        let (part, index) = *self.parts.get(after.checked_sub(1)?)?;
        (span.start < part.end).then_some(index)
    }

    /// The block in which `span` begins.
    fn block(&self, span: Span) -> Option<usize> {
        let document = self.plan.document();
        let index = document.block_at(span.start);
        document.blocks().get(index).is_some_and(|block| block.span.contains(span)).then_some(index)
    }
}
