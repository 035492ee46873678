//! Making classes of patterns ready to stand in the binary, where `prepared.rs` finds them. For `build.rs`.

use crate::text::first::First;
use crate::text::flat::Layout;
use crate::text::prepared::fingerprint;
use crate::text::token::Key;
use crate::text::tree::Tree;
use std::collections::{BTreeMap, BTreeSet};

/// What becomes [`Prepared`](crate::text::prepared::Prepared).
#[derive(Debug, Default)]
pub(crate) struct Making {
    layout: Layout,
    index: BTreeMap<u64, [u32; 2]>,
}

impl Making {
    /// Adds the class of these patterns.
    pub(crate) fn add<'p>(&mut self, patterns: impl IntoIterator<Item = &'p str>, first: &First, tree: &Tree) {
        let places = [self.layout.row(first.laid_out()), self.layout.tree(tree)];
        self.index.insert(fingerprint(patterns), places);
    }

    /// The words that the classes tell apart, with `others`, and the stems, as they are to stand in the binary: what becomes
    /// [`ToldApart`](crate::text::alike::ToldApart).
    pub(crate) fn told_apart<'w>(&'w self, others: impl Iterator<Item = &'w str>) -> (Vec<u8>, Vec<u8>) {
        let (words, stems) = self.layout.spelt();
        (keys(words.chain(others)), keys(stems))
    }

    /// Numbers, words and index, as they are to stand in the binary.
    pub(crate) fn files(self) -> (Vec<u8>, String, Vec<u8>) {
        let flat = self.layout.done();
        let (cells, words) = flat.parts();
        let entries = self.index.iter().flat_map(|(fingerprint, [first, tree])| {
            fingerprint.to_le_bytes().into_iter().chain(first.to_le_bytes()).chain(tree.to_le_bytes())
        });
        (cells.as_flattened().to_vec(), words.to_owned(), entries.collect())
    }
}

fn keys<'w>(words: impl Iterator<Item = &'w str>) -> Vec<u8> {
    let keys: BTreeSet<u32> = words.map(|word| Key::of(word).short()).collect();
    keys.into_iter().flat_map(u32::to_le_bytes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::pattern::Grammar;
    use crate::text::prepared::Prepared;
    use crate::text::token::tokens;

    #[test]
    fn what_was_made_ready_is_found_and_matches() {
        let grammar = Grammar::default();
        let mut making = Making::default();
        let lists: [&[&str]; 3] = [&[], &["as (needed|required)"], &["therap*", "#name ..2 will"]];
        for list in lists {
            let (first, tree) = grammar.read(list.iter().copied()).expect("patterns");
            making.add(list.iter().copied(), &first, &tree);
        }
        let (cells, words, index) = making.files();
        let prepared: &'static Prepared =
            Box::leak(Box::new(Prepared::standing(cells.leak(), words.leak(), index.leak())));
        for list in lists {
            let (ready, made) = (
                prepared.class(list.iter().copied()).expect("ready"),
                grammar.class(list.iter().copied()).expect("made"),
            );
            assert_eq!(format!("{ready:?}").replace("Class:ready", "Class:made"), format!("{made:?}"));
            let tokens = tokens("Anna and Sam will have a therapist, as required");
            assert_eq!(grammar.find_all(&ready, &tokens), grammar.find_all(&made, &tokens));
            assert_eq!(grammar.matches(&ready, &tokens), !list.is_empty());
        }
        assert!(prepared.class(["as needed"]).is_none());
    }
}
