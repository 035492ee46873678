//! The levelled words of a document, each levelled once, whoever asks for them and however often.

use crate::document::Document;
use crate::text::{Folded, LazyRuns, Memory, Span, Told, levelled};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Sentences that many plans share are told of once for all of them.
static TOLD: Memory<LazyRuns> = Memory::new();

/// What has been levelled. A copy of a document begins without.
#[derive(Default)]
pub(super) struct Levels {
    levelled: Mutex<BySpan<Folded>>,
    told: Mutex<BySpan<LazyRuns>>,
}

/// What is known of spans: a table, of which at least half is free, as it is looked into tens of thousands of times for a plan.
struct BySpan<T> {
    places: Vec<Option<(Span, Arc<T>)>>,
    count: usize,
}

impl<T> Default for BySpan<T> {
    fn default() -> Self {
        Self { places: Vec::new(), count: 0 }
    }
}

impl<T> BySpan<T> {
    fn get(&self, span: Span) -> Option<Arc<T>> {
        let (_, known) = self.places.get(self.place(span))?.as_ref()?;
        Some(Arc::clone(known))
    }

    fn add(&mut self, span: Span, told: Arc<T>) {
        if self.count * 2 >= self.places.len() {
            let larger = std::iter::repeat_with(|| None).take((self.places.len() * 2).max(256)).collect();
            for known in std::mem::replace(&mut self.places, larger).into_iter().flatten() {
                self.put(known);
            }
        }
        self.count += 1;
        self.put((span, told));
    }

    fn put(&mut self, known: (Span, Arc<T>)) {
        let place = self.place(known.0);
        if let Some(free) = self.places.get_mut(place) {
            *free = Some(known);
        }
    }

    /// Where a span stands in the table, or else the free place where it would.
    fn place(&self, span: Span) -> usize {
        let last = self.places.len().wrapping_sub(1);
        let mixed = ((span.start as u64) << 32 ^ span.end as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        let mut place = usize::try_from(mixed).unwrap_or_default() & last;
        while self.places.get(place).is_some_and(|held| held.as_ref().is_some_and(|(known, _)| *known != span)) {
            place = (place + 1) & last;
        }
        place
    }
}

impl Clone for Levels {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Document {
    /// The words that `span` marks, levelled for matching.
    pub(crate) fn levelled(&self, span: Span) -> Arc<Folded> {
        let mut known = open(&self.levels.levelled);
        known.get(span).unwrap_or_else(|| {
            let told = levelled(self.slice(span));
            known.add(span, Arc::clone(&told));
            told
        })
    }

    /// The words that `span` marks as they are, for many patterns.
    pub(crate) fn told(&self, span: Span) -> Told<'_> {
        let words = self.slice(span);
        let mut known = open(&self.levels.told);
        let runs = known.get(span).unwrap_or_else(|| {
            let tell = || {
                let levelled = self.levelled(span);
                if levelled.has_runs_of(words) { LazyRuns::like(levelled.told()) } else { LazyRuns::default() }
            };
            let told = TOLD.of(words, tell);
            known.add(span, Arc::clone(&told));
            told
        });
        Told::again(words, runs)
    }
}

fn open<T>(known: &Mutex<T>) -> MutexGuard<'_, T> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
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

    #[test]
    fn every_span_is_found_again() {
        let mut known = BySpan::default();
        let spans = || (0..40).flat_map(|start| (start..60).map(move |end| Span::new(start, end)));
        for span in spans() {
            assert_eq!(known.get(span), None);
            known.add(span, Arc::new(span));
        }
        assert!(spans().all(|span| known.get(span).as_deref() == Some(&span)) && known.count == spans().count());
    }
}
