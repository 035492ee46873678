//! Together: the classes of patterns that stand in the binary, matched in one pass over some words. Most of them match nowhere in
//! most statements; to ask each by itself took a look into a table of its own for each word, and most of the time of judging.

use crate::text::automaton::{Known, Most, Position};
use crate::text::first::First;
use crate::text::pattern::{Class, Grammar};
use crate::text::prepared::Prepared;
use crate::text::token::Token;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// No more classes than these are matched together.
const MOST: usize = 256;

/// What a class is among all that stand in the binary: its place in their index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Number(u8);

/// One bit for each class.
type Classes = [u64; MOST / 64];

/// The classes of a grammar that are matched together, and what has been found out about them. A copy begins without what has
/// been found out.
#[derive(Default)]
pub(crate) struct Together {
    /// Those that somebody asked for. Others only stand in patterns of these.
    asked: [AtomicU64; MOST / 64],
    found_out: Mutex<FoundOut>,
}

#[derive(Default)]
struct FoundOut {
    /// The classes that it is about.
    classes: Classes,
    /// What their matches begin with, by number.
    firsts: Vec<First>,
    known: Known,
}

/// Where classes match in some words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matches {
    /// The classes that were looked for.
    asked: Classes,
    /// Those that match.
    matching: Classes,
    /// All matches, by class, each class from the first on.
    found: Box<[Match]>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Match {
    of: Number,
    from: u32,
    to: u32,
}

impl Number {
    /// The number of the class with this place in the index.
    pub(crate) fn of(place: usize) -> Option<Self> {
        u8::try_from(place).ok().map(Self)
    }

    fn is_in(self, classes: &Classes) -> bool {
        classes[usize::from(self.0 >> 6)] >> (self.0 & 63) & 1 == 1
    }
}

impl Together {
    /// From now on this class is matched with the others, if it stands in the binary.
    pub(crate) fn take_in(&self, class: &Class) {
        if let Some(Number(number)) = class.number {
            self.asked[usize::from(number >> 6)].fetch_or(1 << (number & 63), Ordering::Relaxed);
        }
    }

    fn asked(&self) -> Classes {
        self.asked.each_ref().map(|bits| bits.load(Ordering::Relaxed))
    }

    /// Every match of the classes that were asked for.
    pub(crate) fn matches(&self, grammar: &Grammar, prepared: &'static Prepared, tokens: &[Token]) -> Matches {
        let mut found_out = self.found_out.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = self.asked();
        if found_out.classes != asked {
            *found_out = FoundOut::of(asked, prepared);
        }
        let FoundOut { firsts, known, .. } = &mut *found_out;
        let mut found = Vec::new();
        let mut matching = Classes::default();
        grammar.all_known(prepared.view(), firsts, known, tokens, |class, from, to| {
            let place = |at| u32::try_from(at).unwrap_or(u32::MAX);
            if let Some(of) = Number::of(usize::from(class)) {
                matching[usize::from(of.0 >> 6)] |= 1 << (of.0 & 63);
                found.push(Match { of, from: place(from), to: place(to) });
            }
        });
        found.sort_unstable();
        Matches { asked, matching, found: found.into() }
    }
}

impl FoundOut {
    /// Nothing yet, about these classes.
    fn of(classes: Classes, prepared: &'static Prepared) -> Self {
        let all = (0..MOST).map_while(|place| prepared.at(place));
        let (firsts, trees): (Vec<First>, Vec<u32>) = all.unzip();
        let numbers = (0..=u8::MAX).map(Number).filter(|number| number.is_in(&classes));
        let begin = numbers.filter_map(|Number(number)| {
            let tree = *trees.get(usize::from(number))?;
            Some(Position { of: u16::from(number), gap: 0, class: None, tree, rest: None })
        });
        Self { classes, known: Known::beginning(begin, Most::OF_ALL), firsts }
    }
}

impl Matches {
    /// Every match of a class, leftmost and longest first, none inside another; `None` where it was not looked for.
    pub(crate) fn of(&self, class: Number) -> Option<impl Iterator<Item = (usize, usize)> + Clone + '_> {
        if !class.is_in(&self.asked) {
            return None;
        }
        let found = if class.is_in(&self.matching) { &*self.found } else { &[] };
        let first = found.partition_point(|found| found.of < class);
        let own = found.iter().skip(first).take_while(move |found| found.of == class);
        Some(own.map(|found| (found.from as usize, found.to as usize)))
    }
}

impl Clone for Together {
    fn clone(&self) -> Self {
        Self { asked: self.asked().map(AtomicU64::new), found_out: Mutex::default() }
    }
}

impl fmt::Debug for Together {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Together")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::making::Making;
    use crate::text::phrase::{LazyMatches, Phrase};
    use crate::text::token::tokens;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    const LISTS: [&[&str]; 6] = [
        &["# times <per> <unit>", "(a|each) ..2 (unit|<unit>)"],
        &["#name ..1 (will|has)", "te* (a|per)?"],
        &["..2 week", "week ..3"],
        &["access to", "access"],
        &["a <unit>? ..2 <unit> ."],
        &["never"],
    ];

    fn grammar(mut grammar: Grammar) -> Grammar {
        grammar.add("unit", ["day", "week", "half term"]).expect("unit");
        grammar.add("per", ["a", "per", "each"]).expect("per");
        grammar
    }

    /// A grammar for which all lists but the last are ready, and their classes.
    static READY: LazyLock<(Grammar, Vec<Class>)> = LazyLock::new(|| {
        let reader = grammar(Grammar::default());
        let mut making = Making::default();
        for list in &LISTS[..5] {
            let (first, tree) = reader.read(list.iter().copied()).expect("patterns");
            making.add(list.iter().copied(), &first, &tree);
        }
        let (cells, words, index) = making.files();
        let prepared = Box::leak(Box::new(Prepared::standing(cells.leak(), words.leak(), index.leak())));
        let grammar = grammar(Grammar::with(prepared));
        let classes = LISTS.iter().map(|list| grammar.class(list.iter().copied()).expect("patterns")).collect();
        (grammar, classes)
    });

    proptest! {
        #[test]
        fn what_is_told_together_is_what_each_finds(
            text in "((a|per|each|day|week|half|term|Week|Anna|will|has|teas|3|times|access|to|unit|[.]|,) ){0,14}"
        ) {
            let (grammar, classes) = &*READY;
            let tokens = tokens(&text);
            let told = LazyMatches::default();
            let phrase = Phrase::of(&tokens, &told);
            for class in classes {
                prop_assert_eq!(phrase.matches(grammar, class).is_some(), class.number.is_some());
                prop_assert_eq!(grammar.find_all(class, phrase), grammar.find_all(class, &tokens));
            }
        }
    }

    #[test]
    fn a_class_that_is_asked_for_later_is_not_told_of_what_came_before() {
        let grammar = grammar(Grammar::with(READY.0.prepared.expect("ready")));
        let tokens = tokens("access to a week");
        let week = grammar.class(LISTS[2].iter().copied()).expect("patterns");
        let (before, number) = (grammar.matches_together(&tokens), week.number.expect("a number"));
        let access = grammar.class(LISTS[3].iter().copied()).expect("patterns");
        let (after, later) = (grammar.matches_together(&tokens), access.number.expect("a number"));
        let told = |matches: &Matches, class| matches.of(class).map(Iterator::collect::<Vec<_>>);
        assert_eq!((told(&before, number), told(&before, later)), (Some(vec![(1, 4)]), None));
        assert_eq!((told(&after, number), told(&after, later)), (Some(vec![(1, 4)]), Some(vec![(0, 2)])));
    }
}
