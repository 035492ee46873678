//! Vocabulary: the patterns that facts, sorts and outcomes are read with, out of the lexicon, read once.

use crate::plan::lexicon::list;
use crate::plan::{FactKind, Sort, Strength};
use crate::text::alike::ToldApart;
use crate::text::pattern::{Class, Grammar, PatternError};
use crate::text::prepared::Prepared;
use crate::text::token::Token;
use serde::Deserialize;
use std::sync::LazyLock;

/// The words that facts and sorts are read with.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    /// Classes that patterns can name.
    pub(crate) grammar: Grammar,
    /// Words that speak of something else: what they cover states nothing.
    pub(crate) masks: Class,
    /// "Helpful if", "once a": no condition at all.
    pub(crate) no_condition: Class,
    /// Masks that hold, but not at the head of a statement.
    pub(crate) inner_masks: Class,
    /// What states a fact, by kind and strength.
    pub(crate) facts: Vec<FactCues>,
    /// Who, and what looks like who and is not.
    pub(crate) providers: Class,
    pub(crate) not_providers: Class,
    /// Where somebody must stand, whoever it is, and what stands there and is nobody.
    pub(crate) by_position: Class,
    pub(crate) not_by_position: Class,
    pub(crate) services: Class,
    pub(crate) experts: Class,
    /// What names a time in a "How often" column, and what only looks so.
    pub(crate) column: Class,
    pub(crate) not_column: Class,
    /// Over how long it runs, in a "How often" column.
    pub(crate) lasting: Class,
    /// Routines of the day: "lunch", "assembly".
    pub(crate) routines: Class,
    /// Cues for each sort of provision.
    pub(crate) sorts: Vec<SortCues>,
    /// Patterns for outcomes.
    pub(crate) outcomes: Outcomes,
    pub(crate) shortfall: Shortfalls,
    /// Things too general to be an item.
    pub(crate) generic: Class,
    pub(crate) paid: Class,
    pub(crate) bought: Class,
    pub(crate) sum: Class,
    /// What begins a clause that stands for itself.
    clauses: Class,
    /// What begins a clause that promises something of its own.
    pub(crate) own_clause: Class,
    /// What begins a clause that promises something more.
    pub(crate) further_clause: Class,
}

/// What states one kind of fact, and what only looks like it.
#[derive(Debug)]
pub(crate) struct FactCues {
    pub(crate) kind: FactKind,
    pub(crate) strength: Strength,
    pub(crate) any: Class,
    pub(crate) not: Class,
}

/// Cues for one sort of provision.
#[derive(Debug)]
pub(crate) struct SortCues {
    pub(crate) sort: Sort,
    pub(crate) strong: Class,
    pub(crate) any: Class,
    pub(crate) not: Class,
}

/// Patterns for outcomes.
#[derive(Debug, Default)]
pub(crate) struct Outcomes {
    pub(crate) timed: Class,
    pub(crate) compared: Class,
    pub(crate) measured: Class,
    pub(crate) unspecific: Class,
    pub(crate) act: Class,
    pub(crate) provision: Class,
    pub(crate) not_provision: Class,
    pub(crate) often: Class,
    pub(crate) uncounted: Class,
    pub(crate) state: Class,
}

/// What makes a statement state, or fail to state, what its sort must: `lexicon/shortfall.toml`.
#[derive(Debug, Default)]
pub(crate) struct Shortfalls {
    pub(crate) learner: Class,
    pub(crate) learning: Class,
    pub(crate) unnamed_learner: Class,
    pub(crate) has_length: Class,
    pub(crate) untold_training: Class,
    pub(crate) recurring: Class,
    pub(crate) refers_on: Class,
    pub(crate) assesses_too: Class,
    pub(crate) gives_it: Class,
    pub(crate) whose_hours: Class,
    pub(crate) sees_to_it: Class,
    pub(crate) left_open: Class,
    pub(crate) not_often: Class,
    pub(crate) only_where: Class,
    /// Help that takes as long as it takes.
    pub(crate) takes_as_long: Class,
    /// What the child does: nobody else has to be named for it.
    pub(crate) child_does: Class,
    pub(crate) comes_once: Class,
    pub(crate) share_of_day: Class,
    pub(crate) counted: Class,
    pub(crate) clocked: Class,
    pub(crate) clock: Class,
}

/// The classes of the lexicon and of the built-in rules, as `build.rs` made them.
static PREPARED: Prepared = Prepared::standing(
    include_bytes!(concat!(env!("OUT_DIR"), "/patterns.cells")),
    include_str!(concat!(env!("OUT_DIR"), "/patterns.words")),
    include_bytes!(concat!(env!("OUT_DIR"), "/patterns.index")),
);

/// The words that the vocabulary and the built-in rules tell apart.
pub(crate) static TOLD_APART: ToldApart = ToldApart::standing(
    include_bytes!(concat!(env!("OUT_DIR"), "/patterns.told-apart")),
    include_bytes!(concat!(env!("OUT_DIR"), "/patterns.stems")),
);

/// The vocabulary.
///
/// # Panics
///
/// Where a pattern of the lexicon is none: a mistake in the source tree, which the test below finds.
pub(crate) fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
        load(Grammar::with(&PREPARED)).unwrap_or_else(|error| panic!("lexicon, which its test forbids: {error}"))
    });
    &VOCABULARY
}

/// Whether a clause that stands for itself begins at token `at`: "…, and further help", "plus…".
pub(crate) fn begins_clause(tokens: &[Token], at: usize) -> bool {
    let vocabulary = vocabulary();
    vocabulary.grammar.longest(&vocabulary.clauses, tokens, at).is_some() || begins_own_clause(tokens, at)
}

/// Whether a clause begins at token `at` that promises something of its own ("and will also").
pub(crate) fn begins_own_clause(tokens: &[Token], at: usize) -> bool {
    let vocabulary = vocabulary();
    let begins = |class| vocabulary.grammar.longest(class, tokens, at).is_some();
    begins(&vocabulary.own_clause) || begins(&vocabulary.further_clause)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    clause: Vec<String>,
    own_clause: Vec<String>,
    further_clause: Vec<String>,
    class: Vec<NamedClass>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamedClass {
    name: String,
    any: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Providers {
    by_position: Vec<String>,
    not_by_position: Vec<String>,
    plain: Vec<String>,
    not: Vec<String>,
    service: Vec<String>,
    expert: Vec<String>,
}

/// Words that speak of something else than the provision.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MaskPatterns {
    any: Vec<String>,
    /// Whether that holds at the head of a statement, too: "Termly review of his diet" is what is provided.
    #[serde(default = "yes")]
    opens: bool,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Measures {
    column: Vec<String>,
    not_column: Vec<String>,
    lasting: Vec<String>,
    no_condition: Vec<String>,
    mask: Vec<MaskPatterns>,
    fact: Vec<FactPatterns>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FactPatterns {
    kind: FactKind,
    #[serde(default)]
    strength: Strength,
    any: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sorts {
    sort: Vec<SortPatterns>,
    generic: Vec<String>,
    paid: Vec<String>,
    bought: Vec<String>,
    sum: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SortPatterns {
    name: Sort,
    #[serde(default)]
    strong: Vec<String>,
    any: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OutcomePatterns {
    timed: Vec<String>,
    compared: Vec<String>,
    measured: Vec<String>,
    unspecific: Vec<String>,
    act: Vec<String>,
    provision: Vec<String>,
    not_provision: Vec<String>,
    often: Vec<String>,
    uncounted: Vec<String>,
    state: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ShortfallPatterns {
    learner: Vec<String>,
    learning: Vec<String>,
    unnamed_learner: Vec<String>,
    has_length: Vec<String>,
    untold_training: Vec<String>,
    recurring: Vec<String>,
    refers_on: Vec<String>,
    assesses_too: Vec<String>,
    gives_it: Vec<String>,
    whose_hours: Vec<String>,
    sees_to_it: Vec<String>,
    left_open: Vec<String>,
    not_often: Vec<String>,
    only_where: Vec<String>,
    takes_as_long: Vec<String>,
    child_does: Vec<String>,
    comes_once: Vec<String>,
    share_of_day: Vec<String>,
    counted: Vec<String>,
    clocked: Vec<String>,
    clock: Vec<String>,
}

fn load(grammar: Grammar) -> Result<Vocabulary, PatternError> {
    let mut vocabulary = Vocabulary { grammar, ..Vocabulary::default() };
    let words: Words = list("words");
    for class in &words.class {
        vocabulary.grammar.add(&class.name, class.any.iter().map(String::as_str))?;
    }
    let grammar = &vocabulary.grammar;
    let read = |patterns: &[String]| grammar.class(patterns.iter().map(String::as_str));
    let measures: Measures = list("measures");
    let (anywhere, within): (Vec<_>, Vec<_>) = measures.mask.into_iter().partition(|mask| mask.opens);
    let all = |masks: Vec<MaskPatterns>| masks.into_iter().flat_map(|mask| mask.any).collect::<Vec<String>>();
    let (masks, inner_masks) = (read(&all(anywhere))?, read(&all(within))?);
    let no_condition = read(&measures.no_condition)?;
    let (column, not_column) = (read(&measures.column)?, read(&measures.not_column)?);
    let lasting = read(&measures.lasting)?;
    let mut facts = Vec::new();
    for fact in &measures.fact {
        let (any, not) = (read(&fact.any)?, read(&fact.not)?);
        facts.push(FactCues { kind: fact.kind, strength: fact.strength, any, not });
    }
    let providers: Providers = list("providers");
    let (plain, not) = (read(&providers.plain)?, read(&providers.not)?);
    let (by_position, not_by_position) = (read(&providers.by_position)?, read(&providers.not_by_position)?);
    let (service, expert) = (read(&providers.service)?, read(&providers.expert)?);
    let sorts: Sorts = list("sorts");
    let mut cues = Vec::new();
    for sort in &sorts.sort {
        cues.push(SortCues {
            sort: sort.name,
            strong: read(&sort.strong)?,
            any: read(&sort.any)?,
            not: read(&sort.not)?,
        });
    }
    let routines = grammar.named("routine").cloned().unwrap_or_default();
    let (generic, paid, sum, bought) =
        (read(&sorts.generic)?, read(&sorts.paid)?, read(&sorts.sum)?, read(&sorts.bought)?);
    let clauses = read(&words.clause)?;
    let own_clause = read(&words.own_clause)?;
    let further_clause = read(&words.further_clause)?;
    let outcomes: OutcomePatterns = list("outcomes");
    let outcomes = Outcomes {
        timed: read(&outcomes.timed)?,
        compared: read(&outcomes.compared)?,
        measured: read(&outcomes.measured)?,
        unspecific: read(&outcomes.unspecific)?,
        act: read(&outcomes.act)?,
        provision: read(&outcomes.provision)?,
        not_provision: read(&outcomes.not_provision)?,
        often: read(&outcomes.often)?,
        uncounted: read(&outcomes.uncounted)?,
        state: read(&outcomes.state)?,
    };
    let shortfall: ShortfallPatterns = list("shortfall");
    let shortfall = Shortfalls {
        learner: read(&shortfall.learner)?,
        learning: read(&shortfall.learning)?,
        unnamed_learner: read(&shortfall.unnamed_learner)?,
        has_length: read(&shortfall.has_length)?,
        untold_training: read(&shortfall.untold_training)?,
        recurring: read(&shortfall.recurring)?,
        refers_on: read(&shortfall.refers_on)?,
        assesses_too: read(&shortfall.assesses_too)?,
        gives_it: read(&shortfall.gives_it)?,
        whose_hours: read(&shortfall.whose_hours)?,
        sees_to_it: read(&shortfall.sees_to_it)?,
        left_open: read(&shortfall.left_open)?,
        not_often: read(&shortfall.not_often)?,
        only_where: read(&shortfall.only_where)?,
        takes_as_long: read(&shortfall.takes_as_long)?,
        child_does: read(&shortfall.child_does)?,
        comes_once: read(&shortfall.comes_once)?,
        share_of_day: read(&shortfall.share_of_day)?,
        counted: read(&shortfall.counted)?,
        clocked: read(&shortfall.clocked)?,
        clock: read(&shortfall.clock)?,
    };
    vocabulary.shortfall = shortfall;
    (vocabulary.masks, vocabulary.inner_masks, vocabulary.no_condition) = (masks, inner_masks, no_condition);
    vocabulary.routines = routines;
    (vocabulary.column, vocabulary.not_column, vocabulary.lasting) = (column, not_column, lasting);
    vocabulary.facts = facts;
    (vocabulary.providers, vocabulary.not_providers) = (plain, not);
    (vocabulary.by_position, vocabulary.not_by_position) = (by_position, not_by_position);
    (vocabulary.services, vocabulary.experts) = (service, expert);
    vocabulary.sorts = cues;
    vocabulary.outcomes = outcomes;
    (vocabulary.generic, vocabulary.paid, vocabulary.sum) = (generic, paid, sum);
    vocabulary.bought = bought;
    vocabulary.clauses = clauses;
    vocabulary.own_clause = own_clause;
    vocabulary.further_clause = further_clause;
    Ok(vocabulary)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_ready_is_what_reading_the_lexicon_gives() {
        let read = |grammar: Grammar| format!("{:?}", load(grammar).expect("sound"));
        let (ready, made) = (read(Grammar::with(&PREPARED)), read(Grammar::default()));
        assert!(made.contains("Class:made"), "{made}");
        assert!(!ready.contains("Class:made"), "build.rs makes every class ready");
        // The last words of a grammar tell that it has classes that are ready.
        let classes =
            |text: &str| text.replace("Class:ready", "Class:made").replace(&format!("{:?}", Some(&PREPARED)), "None");
        assert!(classes(&ready) == classes(&made), "the same classes");
    }
}
