//! Section K: an advice that must be sought and is not listed, and one without its author or date.

use crate::plan::{Advice, AdviceKind, Letter, Plan, StatementKind};
use crate::rules::hit::{Anchor, Confidence, Hit};
use crate::rules::wording::Wording;
use crate::text::{Span, levelled};
use jiff::civil::{Date, Weekday};
use serde::Deserialize;
use std::collections::BTreeSet;

/// Flags each kind of advice that Section K should list and does not.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct MissingAdvice {
    advices: Vec<Wanted>,
    /// Only where Section B says one of these of the child, in a sentence without `unless`.
    #[serde(default)]
    only_with: Wording,
    /// How many kinds of advice the list must hold before anything can be told from it.
    #[serde(default)]
    at_least: usize,
    /// Words that take the condition back.
    #[serde(default)]
    unless: Wording,
    /// Words with which Section K refers to a list elsewhere.
    #[serde(default)]
    listed_elsewhere: Wording,
}

/// An advice that must be sought.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Wanted {
    Educational,
    Medical,
    Psychological,
    SocialCare,
    /// The parents', or after compulsory school age the young person's own.
    Person,
    Hearing,
    Vision,
}

impl MissingAdvice {
    pub(crate) const VALUES: &'static [&'static str] = &["advice"];

    pub(crate) fn hits(&self, plan: &Plan) -> Vec<Hit> {
        let kinds = plan.advices().iter().flat_map(|advice| &advice.kinds).filter(|&&kind| kind != AdviceKind::Other);
        let kinds: BTreeSet<AdviceKind> = kinds.copied().collect();
        if kinds.len() < self.at_least || self.refers_elsewhere(plan) || !self.is_called_for(plan) {
            return Vec::new();
        }
        let wanted = self.advices.iter().filter_map(|&wanted| lacking(plan, wanted));
        wanted
            .map(|name| {
                Hit { anchor: Anchor::Missing(Some(Letter::K)), ..Hit::missing(Some(Letter::K)) }.with("advice", name)
            })
            .map(|hit| hit.sure(Confidence::High))
            .collect()
    }

    /// Whether K says that what is not listed here stands in an earlier list.
    fn refers_elsewhere(&self, plan: &Plan) -> bool {
        let mut texts = plan.statements_of(Letter::K).map(|s| plan.words_of(s));
        texts.any(|text| self.listed_elsewhere.is_in(&levelled(&text)))
    }

    fn is_called_for(&self, plan: &Plan) -> bool {
        let mut needs = plan.statements_of(Letter::B).map(|s| plan.words_of(s));
        self.only_with.is_empty()
            || needs.any(|text| {
                let folded = levelled(&text);
                self.only_with.is_in(&folded) && !self.unless.is_in(&folded)
            })
    }
}

/// The name of the advice if Section K lacks it.
fn lacking(plan: &Plan, wanted: Wanted) -> Option<&'static str> {
    let has = |kind| plan.advices().iter().any(|advice| advice.kinds.contains(&kind));
    let (kind, name) = match wanted {
        Wanted::Educational => (AdviceKind::Educational, "educational"),
        Wanted::Medical => (AdviceKind::Medical, "medical"),
        Wanted::Psychological => (AdviceKind::Psychological, "psychological"),
        Wanted::SocialCare => (AdviceKind::SocialCare, "social care"),
        Wanted::Hearing => (AdviceKind::Hearing, "specialist teacher's (hearing)"),
        Wanted::Vision => (AdviceKind::Vision, "specialist teacher's (vision)"),
        Wanted::Person => {
            let person = (AdviceKind::YoungPerson, "young person's own");
            let parents = (AdviceKind::Parents, "parents'");
            match over_school_age(plan) {
                Some(true) => person,
                // Without a date of birth either will do.
                None if has(AdviceKind::YoungPerson) => return None,
                Some(false) | None => parents,
            }
        }
    };
    (!has(kind)).then_some(name)
}

/// Whether the young person is over compulsory school age on the plan's date: past the last Friday in June of the
/// school year in which they turn sixteen (Education Act 1996, s.8).
fn over_school_age(plan: &Plan) -> Option<bool> {
    let born = *plan.profile().born.value()?;
    let listed = plan.advices().iter().filter_map(|advice| advice.date.and_then(|(date, _)| date)).max();
    let on = plan.profile().day().or(listed)?;
    Some(on > leaving_date(born)?)
}

fn leaving_date(born: Date) -> Option<Date> {
    let year = born.year() + 16 + i16::from(born.month() >= 9);
    Date::new(year, 6, 1).ok()?.nth_weekday_of_month(-1, Weekday::Friday).ok()
}

/// Flags each advice of Section K that lacks its author or its date.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct UndatedAdvice {}

impl UndatedAdvice {
    pub(crate) const VALUES: &'static [&'static str] = &["lacks", "advice"];

    #[expect(clippy::unused_self, reason = "every kind is asked in the same way")]
    pub(crate) fn hits(&self, plan: &Plan) -> Vec<Hit> {
        plan.advices().iter().filter_map(|advice| undated(plan, advice)).collect()
    }
}

fn undated(plan: &Plan, advice: &Advice) -> Option<Hit> {
    let lacks = match (advice.author.is_none(), advice.date.is_none()) {
        (true, true) => "neither an author nor a date",
        (true, false) => "no author",
        (false, true) => "no date",
        (false, false) => return None,
    };
    let statement = plan.statements().get(advice.statement)?;
    let mut hit = Hit::text(advice.span, Some(Letter::K)).on(advice.statement).with("lacks", lacks);
    hit.marks = statement.parts.iter().map(|part| part.span).filter(|span: &Span| !span.is_empty()).collect();
    let sure = statement.kind == StatementKind::Advice;
    Some(hit.with("advice", plan.slice(advice.title)).sure(if sure { Confidence::High } else { Confidence::Medium }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(born: (i16, i8, i8), leaves: (i16, i8, i8)) {
        let date = |(y, m, d)| Date::new(y, m, d).expect("a date");
        assert_eq!(leaving_date(date(born)), Some(date(leaves)));
    }

    #[test]
    fn knows_when_compulsory_school_age_ends() {
        check((2009, 5, 17), (2025, 6, 27));
        check((2009, 9, 1), (2026, 6, 26));
        check((2007, 11, 23), (2024, 6, 28));
    }
}
