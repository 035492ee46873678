//! Parts of the file that could not be read.

use crate::document::{Gap, GapKind};
use crate::plan::Plan;
use crate::rules::hit::Hit;
use crate::rules::unread::Unread;
use serde::Deserialize;

/// Flags each part of the file that could not be read, of the kind asked for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Unreadable {
    /// Pictures and drawings inside pages that were read; otherwise, everything else.
    pictures: bool,
}

impl Unreadable {
    pub(crate) const VALUES: &'static [&'static str] = &["unread", "where", "matters"];

    pub(crate) fn hits(&self, plan: &Plan) -> Vec<Hit> {
        let mut known: Vec<Unread> = Vec::new();
        // Comments are no part of the plan; every report says so, and what was read in another way than others.
        let counts = |gap: &&Gap| !gap.kind.was_read() && gap.kind.may_hold_plan();
        for gap in plan.document().gaps().iter().filter(counts) {
            let picture = matches!(gap.kind, GapKind::Picture | GapKind::Drawing);
            let unread = Unread::one(plan, gap);
            if picture == self.pictures && !known.contains(&unread) {
                known.push(unread);
            }
        }
        let hit = |unread: Unread| {
            let place = unread.page.map_or_else(|| "This file".to_owned(), |page| format!("Page {page}"));
            Hit::missing(None).with("unread", unread.what).with("where", place).with("matters", unread.why_it_matters)
        };
        known.into_iter().map(hit).collect()
    }
}
