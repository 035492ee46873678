//! Nothing that prepares for adulthood, from Year 9 on.

use crate::plan::{Letter, Plan, StatementKind};
use crate::rules::check::passage::{folded, spoken, year_name};
use crate::rules::hit::{Confidence, Hit};
use crate::rules::named::Named;
use crate::rules::wording::Wording;
use serde::Deserialize;

/// Flags a plan of `from_year` or above in which no statement or heading of `within` holds one of `any`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct AdulthoodMissing {
    from_year: i16,
    within: Vec<Named<Letter>>,
    any: Wording,
}

impl AdulthoodMissing {
    pub(crate) const VALUES: &'static [&'static str] = &["year", "issued"];

    pub(crate) fn hits(&self, plan: &Plan) -> Vec<Hit> {
        let profile = plan.profile();
        let Some(issued) = profile.issued().map(|issued| issued.date) else { return Vec::new() };
        let Some(year) = profile.year_on(issued).filter(|&year| year >= self.from_year) else { return Vec::new() };
        // Where neither outcomes nor provision were found, nothing can be said of what they hold.
        let read = [Letter::E, Letter::F].iter().any(|&letter| {
            plan.statements_of(letter).any(|s| matches!(s.kind, StatementKind::Outcome | StatementKind::Provision))
        });
        if !read || self.prepares(plan) {
            return Vec::new();
        }
        // A single year can be a school year out of step; the age settles it.
        let sure = if year > self.from_year { Confidence::High } else { Confidence::Medium };
        vec![Hit::missing(None).with("year", year_name(year)).with("issued", spoken(issued)).sure(sure)]
    }

    fn prepares(&self, plan: &Plan) -> bool {
        let letters = || self.within.iter().map(|&Named(letter)| letter);
        let blocks = letters()
            .flat_map(|letter| plan.section(letter).fragments)
            .flat_map(|f| f.headings.iter().chain(&f.blocks));
        let mut spans = blocks.filter_map(|&index| plan.document().blocks().get(index)).map(|block| block.span);
        let stated = |span| self.any.is_in(folded(plan, span).text());
        spans.any(stated)
            || plan
                .statements()
                .iter()
                .filter(|statement| letters().any(|letter| letter == statement.letter))
                .any(|statement| statement.parts.iter().any(|part| stated(part.span)))
    }
}
