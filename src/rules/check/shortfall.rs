//! What a statement must state and does not.

use crate::plan::{Letter, Need, Plan, Sort, Statement, StatementKind};
use crate::rules::hit::{Anchor, Confidence, Hit};
use crate::rules::named::{Named, covers};
use crate::text::Span;
use serde::Deserialize;

/// Flags statements of provision, of one of `sorts`, that do not state all they must; or outcomes, where no sort is given.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Shortfall {
    /// In statements of these sections; in all, where none is given.
    #[serde(default)]
    within: Vec<Named<Letter>>,
    /// Sorts of provision. None: outcomes.
    #[serde(default)]
    sorts: Vec<Sort>,
}

impl Shortfall {
    pub(crate) const VALUES: &'static [&'static str] = &[];

    pub(crate) fn hits(&self, plan: &Plan) -> Vec<Hit> {
        let statements = plan.statements().iter().enumerate().filter(|(_, s)| covers(&self.within, &s.letter));
        statements.filter_map(|(index, statement)| self.hit(statement).map(|hit| hit.on(index))).collect()
    }

    fn hit(&self, statement: &Statement) -> Option<Hit> {
        let (missing, sure): (&[Need], bool) = match statement.kind {
            StatementKind::Outcome if self.sorts.is_empty() => (&statement.judged.as_ref()?.missing, true),
            StatementKind::Provision => {
                let sorted = statement.sorted.as_ref().filter(|sorted| self.sorts.contains(&sorted.sort))?;
                (&sorted.missing, sorted.sure)
            }
            _ => return None,
        };
        if missing.is_empty() {
            return None;
        }
        let own = |part: &crate::plan::Part| Some(part.span).filter(|span| !span.is_empty());
        let marks: Vec<Span> = statement.parts.iter().filter_map(own).collect();
        let first = *marks.first()?;
        let hit = Hit {
            anchor: Anchor::Text(first),
            marks,
            missing: missing.to_vec(),
            ..Hit::text(first, Some(statement.letter))
        };
        Some(hit.sure(if sure { Confidence::High } else { Confidence::Medium }))
    }
}
