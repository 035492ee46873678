//! Wording that should not stand in a statement.

use crate::plan::{FactKind, Letter, Plan, Reading, Statement, StatementKind, Strength};
use crate::rules::hit::{Anchor, Hit};
use crate::rules::named::{Named, covers};
use crate::rules::wording::Wording;
use serde::Deserialize;

/// Flags statements that hold one of `any`: one hit for each statement, with all the words.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Phrase {
    any: Wording,
    /// In statements of these sections; in all, where none is given.
    #[serde(default)]
    within: Vec<Named<Letter>>,
    /// In statements of these kinds; of all, where none is given.
    #[serde(default)]
    kinds: Vec<Named<StatementKind>>,
    /// Longer wordings that hold one of `any` and are harmless.
    #[serde(default)]
    except: Wording,
    /// A statement that also holds one of these is left alone.
    #[serde(default)]
    unless: Wording,
    /// A statement that states every one of these is left alone.
    #[serde(default)]
    unless_stated: Vec<Named<FactKind>>,
}

impl Phrase {
    pub(crate) const VALUES: &'static [&'static str] = &[];

    pub(crate) fn hits(&self, plan: &Plan) -> Vec<Hit> {
        let statements = plan.statements().iter().enumerate();
        let read = statements.zip(plan.readings());
        read.filter_map(|((index, statement), reading)| self.hit(statement, reading).map(|hit| hit.on(index))).collect()
    }

    fn hit(&self, statement: &Statement, reading: &Reading) -> Option<Hit> {
        if !covers(&self.within, &statement.letter)
            || !covers(&self.kinds, &statement.kind)
            || self.is_stated(statement)
        {
            return None;
        }
        let found = self.any.find_all(reading);
        if found.is_empty() {
            return None;
        }
        let harmless = self.except.find_all(reading);
        let found = found.into_iter().filter(|span| !harmless.iter().any(|longer| longer.contains(*span)));
        let mut marks: Vec<_> = found.flat_map(|span| reading.places(span)).collect();
        marks.sort_unstable();
        marks.dedup();
        let first = *marks.first()?;
        if self.unless.is_in(reading) {
            return None;
        }
        Some(Hit { anchor: Anchor::Text(first), marks, ..Hit::text(first, Some(statement.letter)) })
    }

    fn is_stated(&self, statement: &Statement) -> bool {
        let states = |kind: FactKind| statement.facts.iter().any(|f| f.kind == kind && f.strength > Strength::Vague);
        !self.unless_stated.is_empty() && self.unless_stated.iter().all(|&Named(kind)| states(kind))
    }
}
