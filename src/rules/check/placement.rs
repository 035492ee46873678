//! What Section I names, or does not: an institution, a type, a condition.

use crate::plan::{Letter, Placement, Plan, Setting, Stage};
use crate::rules::check::passage::home;
use crate::rules::hit::{Confidence, Hit};
use serde::Deserialize;

/// Flags one thing about Section I.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlacementCheck {
    flags: Flag,
}

/// What is flagged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Flag {
    /// A final plan states neither an institution nor a type.
    Neither,
    /// A final plan states a type and no institution.
    TypeOnly,
    /// A final plan states an institution without its type.
    NameOnly,
    /// A first draft, or one after a reassessment, names an institution or a type.
    InDraft,
    /// The naming depends on something.
    Conditional,
}

impl PlacementCheck {
    pub(crate) const VALUES: &'static [&'static str] = &["name", "type", "condition"];

    pub(crate) fn hits(&self, plan: &Plan) -> Vec<Hit> {
        let stage = plan.profile().stage.value().copied();
        let issued_final = matches!(stage, Some(Stage::Final | Stage::Amended));
        let placements = plan.placements();
        let named: Vec<&Placement> = placements.iter().filter(|p| p.setting != Some(Setting::Otherwise)).collect();
        let sure = if plan.profile().stage_sure { Confidence::High } else { Confidence::Medium };
        match self.flags {
            Flag::Neither => {
                let otherwise = plan.profile().otherwise.value().is_some();
                let absent = issued_final && plan.section(Letter::I).present() && placements.is_empty() && !otherwise;
                absent.then(|| Hit::missing(Some(Letter::I)).sure(sure)).into_iter().collect()
            }
            Flag::TypeOnly if issued_final => {
                // A phase transfer may type the school to come and name the present one, or the other way round.
                let typed = named.iter().filter(|p| p.name.is_none());
                typed.filter_map(|p| Some(hit(plan, p, p.kind?).sure(sure))).collect()
            }
            Flag::NameOnly if issued_final => {
                let untyped = named.iter().filter(|p| p.kind.is_none());
                untyped.filter_map(|p| Some(hit(plan, p, p.name?).sure(sure))).collect()
            }
            Flag::InDraft if matches!(stage, Some(Stage::Draft | Stage::ReassessmentDraft)) => {
                let first = named.first().and_then(|p| Some((p, p.name.or(p.kind)?)));
                first.map(|(p, words)| hit(plan, p, words).sure(sure)).into_iter().collect()
            }
            Flag::Conditional => {
                let bound = named.iter().filter_map(|p| Some((p, p.condition?)));
                bound.map(|(p, words)| hit(plan, p, words).with("condition", plan.slice(words))).collect()
            }
            Flag::TypeOnly | Flag::NameOnly | Flag::InDraft => Vec::new(),
        }
    }
}

/// A hit on `words` of a placement.
fn hit(plan: &Plan, placement: &Placement, words: crate::text::Span) -> Hit {
    let mut hit = Hit::text(words, Some(Letter::I));
    hit.statement = home(plan, words).1;
    if let Some(name) = placement.name {
        hit = hit.with("name", plan.slice(name));
    }
    if let Some(kind) = placement.kind {
        hit = hit.with("type", plan.slice(kind));
    }
    hit
}
