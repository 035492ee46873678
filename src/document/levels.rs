//! The levelled words of a document, each levelled once, whoever asks for them and however often.

use crate::document::Document;
use crate::text::{Folded, LazyRuns, Memory, Span, Told, levelled};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Sentences that many plans share are told of once for all of them.
static TOLD: Memory<LazyRuns> = Memory::new();

/// What has been levelled. A copy of a document begins without.
#[derive(Default)]
pub(super) struct Levels {
    levelled: Mutex<BTreeMap<Span, Arc<Folded>>>,
    told: Mutex<BTreeMap<Span, Arc<LazyRuns>>>,
}

impl Clone for Levels {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Document {
    /// The words that `span` marks, levelled for matching.
    pub(crate) fn levelled(&self, span: Span) -> Arc<Folded> {
        let mut known = self.levels.levelled.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry(span).or_insert_with(|| levelled(self.slice(span))))
    }

    /// The words that `span` marks as they are, for many patterns.
    pub(crate) fn told(&self, span: Span) -> Told<'_> {
        let words = self.slice(span);
        let tell = || {
            let levelled = self.levelled(span);
            if levelled.has_runs_of(words) { LazyRuns::like(levelled.told()) } else { LazyRuns::default() }
        };
        let mut known = self.levels.told.lock().unwrap_or_else(PoisonError::into_inner);
        Told::again(words, Arc::clone(known.entry(span).or_insert_with(|| TOLD.of(words, tell))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_words_once() {
        let document = Document::from_notation("A \u{2018}B\u{2019}\n\nC");
        let span = document.blocks()[0].span;
        assert_eq!(document.levelled(span).text(), "a 'b'");
        assert!(Arc::ptr_eq(&document.levelled(span), &document.levelled(span)));
        assert_eq!(document.redacted().levelled(span).text(), Folded::text_of("x   x   "));
    }
}
