//! Sentences → statements: a sentence that only completes the one before it belongs to that one.

use crate::document::Document;
use crate::plan::read::cues::CUES;
use crate::text::{Folded, Span, has_more_words, sentences};

/// The statements of the paragraph or list item at `span`.
pub(crate) fn units(document: &Document, span: Span) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for sentence in sentences(document.slice(span)) {
        let sentence = sentence.shift(span.start);
        match found.last_mut() {
            Some(last) if completes(document.slice(sentence), &document.levelled(sentence)) => {
                *last = last.cover(sentence);
            }
            _ => found.push(sentence),
        }
    }
    found
}

/// Whether a sentence says nothing of its own, but how much, how long or by whom of what stands before it.
fn completes(sentence: &str, words: &Folded) -> bool {
    CUES.completes.is_in(words) && !CUES.asserts.is_in(words)
        || !has_more_words(sentence, 8) && !CUES.modal.is_in(words) && CUES.measures.is_in(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let document = Document::from_notation(text);
        let found = units(&document, document.blocks()[0].span);
        let found: Vec<&str> = found.into_iter().map(|span| document.slice(span)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn joins_what_completes() {
        check(
            "Sam will have speech therapy once a week. Each session lasts 30 minutes. A TA will repeat it daily.",
            &["Sam will have speech therapy once a week. Each session lasts 30 minutes.", "A TA will repeat it daily."],
        );
        check("A reading programme, 1:1. Daily, 20 minutes.", &["A reading programme, 1:1. Daily, 20 minutes."]);
        check(
            "Sam will join a social skills group. The group will have no more than four pupils. It will be led by an ELSA.",
            &[
                "Sam will join a social skills group. The group will have no more than four pupils. It will be led by an ELSA.",
            ],
        );
        check(
            "A laptop will be provided. Progress will be reviewed termly.",
            &["A laptop will be provided. Progress will be reviewed termly."],
        );
    }

    #[test]
    fn keeps_apart_what_stands_alone() {
        check(
            "The teacher will visit monthly. The key person will teach these steps daily.",
            &["The teacher will visit monthly.", "The key person will teach these steps daily."],
        );
        check("He reads slowly. He cannot spell.", &["He reads slowly.", "He cannot spell."]);
        check(
            "Activities should be broken down. The staff team would benefit from training.",
            &["Activities should be broken down.", "The staff team would benefit from training."],
        );
    }
}
