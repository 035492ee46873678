//! Nothing that prepares for adulthood, from Year 9 on.

use crate::document::{Block, BlockKind};
use crate::plan::{Letter, Plan, StatementKind};
use crate::rules::check::passage::{folded, spoken, year_name};
use crate::rules::hit::{Confidence, Hit};
use crate::rules::named::Named;
use crate::rules::wording::Wording;
use crate::text::Folded;
use serde::Deserialize;
use std::cell::LazyCell;

/// Flags a plan of `from_year` or above in which no statement or heading of `within` holds one of `any`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct AdulthoodMissing {
    from_year: i16,
    within: Vec<Named<Letter>>,
    any: Wording,
    /// Words that hold one of them and mean something else: nothing that they overlap counts.
    #[serde(default)]
    except: Wording,
}

impl AdulthoodMissing {
    pub(crate) const VALUES: &'static [&'static str] = &["year", "issued", "by"];

    pub(crate) fn hits(&self, plan: &Plan) -> Vec<Hit> {
        let profile = plan.profile();
        let Some(issued) = profile.day() else { return Vec::new() };
        // Without a date of birth (an anonymised plan has none) the plan's own word must do.
        let by_birth = profile.year_on(issued);
        let stated = profile.years.iter().map(|&(year, _)| i16::from(year)).max();
        let Some(year) = by_birth.or(stated).filter(|&year| year >= self.from_year) else { return Vec::new() };
        // Where neither outcomes nor provision were found, nothing can be said of what they hold.
        let read = [Letter::E, Letter::F].iter().any(|&letter| {
            plan.statements_of(letter).any(|s| matches!(s.kind, StatementKind::Outcome | StatementKind::Provision))
        });
        if !read || self.prepares(plan) {
            return Vec::new();
        }
        // A single year can be a school year out of step; the age settles it.
        let sure = by_birth.is_some() && year > self.from_year;
        let sure = if sure { Confidence::High } else { Confidence::Medium };
        let by = if by_birth.is_some() { "By the date of birth" } else { "By its own word" };
        let hit = Hit::missing(None).with("year", year_name(year)).with("issued", spoken(issued)).with("by", by);
        vec![hit.sure(sure)]
    }

    /// Whether a statement, or a heading with something under it, holds one of the words.
    fn prepares(&self, plan: &Plan) -> bool {
        let letters = || self.within.iter().map(|&Named(letter)| letter);
        let says = |span| self.says(&folded(plan, span));
        let stated = plan.statements().iter().filter(|statement| letters().any(|letter| letter == statement.letter));
        let mut parts = stated.flat_map(|statement| &statement.parts);
        parts.any(|part| says(part.span))
            || letters().flat_map(|letter| plan.section(letter).fragments).any(|fragment| {
                let blocks: Vec<&Block> =
                    fragment.blocks.iter().filter_map(|&index| plan.document().blocks().get(index)).collect();
                blocks.windows(2).any(|pair| match pair {
                    [heading, next] => says(heading.span) && !is_heading(next) && !is_nothing(plan, next),
                    _ => false,
                })
            })
    }
}

impl AdulthoodMissing {
    fn says(&self, text: &Folded) -> bool {
        let found = self.any.find_all(text);
        let others = LazyCell::new(|| self.except.find_all(text));
        found.into_iter().any(|found| !others.iter().any(|other| other.overlaps(found)))
    }
}

fn is_heading(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Heading { .. }) || block.emphasis.bold && block.cell.is_none()
}

/// "None", "No needs identified": a heading over it has no content.
fn is_nothing(plan: &Plan, block: &Block) -> bool {
    let folded = folded(plan, block.span);
    let text = folded.text().trim_end_matches('.');
    text.len() < 60 && (text.starts_with("no ") || ["none", "n/a", "not applicable", "nil", "-"].contains(&text))
}
