//! A section with nothing, or next to nothing, under its heading.

use crate::plan::{Fragment, Letter, Plan, Statement, StatementKind};
use crate::rules::check::missing_section;
use crate::rules::hit::{Anchor, Hit};
use crate::rules::named::Named;
use crate::rules::wording::Wording;
use crate::text::{Folded, Span, sentences};
use serde::Deserialize;

/// Flags each of `sections` that is there and says nothing.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct EmptySection {
    sections: Vec<Named<Letter>>,
    /// Wording that is as good as nothing where a sentence says no more than it.
    #[serde(default)]
    nothing: Wording,
    /// Sentences that hold this explain the section to its reader, and are none of its content.
    #[serde(default)]
    guidance: Wording,
    /// Headings under which something else is told, such as the history: it may stand here, and does not fill the section.
    #[serde(default)]
    apart: Wording,
}

impl EmptySection {
    pub(crate) const VALUES: &'static [&'static str] = &["letter", "title"];

    pub(crate) fn hits(&self, plan: &Plan) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for &Named(letter) in &self.sections {
            let section = plan.section(letter);
            let Some(first) = section.fragments.first() else { continue };
            // A heading for two sections with nothing under it is one fact.
            let shared = section.fragments.iter().any(|fragment| fragment.letters.first() != Some(&letter));
            let says_something = plan
                .statements_of(letter)
                .any(|statement| !self.is_apart(plan, statement) && self.says_something(plan, statement))
                || section.fragments.iter().any(|fragment| self.holds_a_sentence(plan, letter, fragment));
            if shared || says_something {
                continue;
            }
            let hit = Hit { anchor: Anchor::Missing(Some(letter)), ..Hit::missing(Some(letter)) };
            let hit = Hit { marks: first.label.into_iter().collect(), ..hit };
            hits.push(hit.with("letter", letter.as_str()).with("title", missing_section::title(letter)));
        }
        hits
    }

    fn is_apart(&self, plan: &Plan, statement: &Statement) -> bool {
        let heading = statement.heading.map(|heading| plan.document().levelled(heading));
        statement.kind == StatementKind::Other && heading.is_some_and(|heading| self.apart.is_in(&heading))
    }

    /// Headings, titles of rows and prompts of content controls are nobody's statement, and say nothing.
    fn says_something(&self, plan: &Plan, statement: &Statement) -> bool {
        let document = plan.document();
        let words = statement.parts.iter().map(|part| part.span).filter(|span| {
            document.blocks().get(document.block_at(span.start)).is_none_or(|block| !block.emphasis.placeholder)
        });
        words
            .map(|span| document.slice(span))
            .any(|text| sentences(text).into_iter().any(|sentence| self.is_content(sentence.of(text))))
    }

    /// Whether words that no statement was made of are too many for a title: then the section was misread, and is not empty.
    fn holds_a_sentence(&self, plan: &Plan, letter: Letter, fragment: &Fragment) -> bool {
        const LONGEST_TITLE: usize = 8;
        let blocks = fragment.blocks.iter().filter_map(|&index| plan.document().blocks().get(index));
        let apart: Vec<Span> =
            plan.statements_of(letter).filter(|s| self.is_apart(plan, s)).map(Statement::span).collect();
        let own = blocks.filter(|block| !apart.iter().any(|told| told.overlaps(block.span)));
        own.filter(|block| !block.emphasis.placeholder).map(|block| plan.slice(block.span)).any(|text| {
            sentences(text).into_iter().any(|sentence| {
                sentence.of(text).split_whitespace().count() > LONGEST_TITLE && self.is_content(sentence.of(text))
            })
        })
    }

    /// Whether a sentence says more than that there is nothing, or what belongs here.
    fn is_content(&self, sentence: &str) -> bool {
        let folded = Folded::of(sentence);
        let level = |text: &str| text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        let all = level(folded.text());
        if all.is_empty() || self.guidance.is_in(&folded) {
            return false;
        }
        let nothing = self.nothing.find_all(&folded);
        !nothing.into_iter().any(|span| level(span.of(folded.text())) == all)
    }
}
