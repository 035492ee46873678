//! A part-time or reduced timetable that is written in as provision.

use crate::plan::{Letter, Plan, StatementKind};
use crate::rules::hit::Hit;
use crate::rules::wording::Wording;
use crate::text::Span;
use serde::Deserialize;
use std::collections::BTreeSet;

/// Flags statements of F to I that hold one of `any` and none of `unless`, for a child of school age.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct PartTime {
    any: Wording,
    /// Longer wordings that hold one of `any` and are no short day: "his reading timetable".
    except: Wording,
    unless: Wording,
}

impl PartTime {
    pub(crate) const VALUES: &'static [&'static str] = &[];

    pub(crate) fn hits(&self, plan: &Plan) -> Vec<Hit> {
        let profile = plan.profile();
        // Nursery hours are part-time by nature, and a package outside school has no timetable to reduce.
        let year = profile.day().and_then(|day| profile.year_on(day));
        if profile.otherwise.value().is_some() || year.is_some_and(|year| year < 0) {
            return Vec::new();
        }
        let mut seen = BTreeSet::new();
        let mut hits = Vec::new();
        for passage in plan.passages() {
            let place = passage.section.holds_provision() || passage.section == Letter::I;
            let kind = matches!(passage.kind, StatementKind::Provision | StatementKind::Placement);
            if !place || !kind || seen.contains(&passage.statement) {
                continue;
            }
            let folded = &passage.folded;
            let found = self.any.find_all(folded);
            let harmless = if found.is_empty() { Vec::new() } else { self.except.find_all(folded) };
            let Some(found) = found.into_iter().find(|span| !harmless.iter().any(|wider| wider.overlaps(*span))) else {
                continue;
            };
            if self.unless.is_in(folded) {
                continue;
            }
            seen.insert(passage.statement);
            let span: Span = folded.original(found).shift(passage.span.start);
            hits.push(Hit::text(span, Some(passage.section)).on(passage.statement));
        }
        hits
    }
}
