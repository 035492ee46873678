//! When: where a rule speaks more softly or not at all, and the reason that is then said.

use crate::plan::{Letter, Plan, Setting, Stage};
use crate::rules::named::{Named, covers};
use crate::rules::rule::Severity;
use serde::Deserialize;

/// A condition on the plan, and what it does to a rule's findings. All that is given must hold.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct When {
    /// The plan is for such a setting. A plan for education otherwise than at school never counts as one for a school.
    setting: Option<Named<Setting>>,
    /// The plan is at one of these stages.
    #[serde(default)]
    stage: Vec<Named<Stage>>,
    /// The finding stands in one of these sections.
    #[serde(default)]
    within: Vec<Named<Letter>>,
    /// The person is at least this old on the plan's date.
    from_age: Option<i16>,
    /// The person is younger than this on the plan's date.
    below_age: Option<i16>,
    /// How many steps softer.
    #[serde(default)]
    lower: u8,
    /// Nothing is said.
    #[serde(default)]
    silent: bool,
    /// Why, in a sentence that the finding carries.
    pub reason: String,
}

impl When {
    /// Whether it asks for anything, and does anything.
    pub(crate) fn is_sound(&self) -> bool {
        let asks = self.setting.is_some()
            || !self.stage.is_empty()
            || !self.within.is_empty()
            || self.from_age.is_some()
            || self.below_age.is_some();
        asks && (self.lower > 0) != self.silent && self.lower <= 2 && !self.reason.trim().is_empty()
    }

    /// Whether a finding in `section` of `plan` meets it.
    fn holds(&self, plan: &Plan, section: Option<Letter>) -> bool {
        let profile = plan.profile();
        let setting = self.setting.is_none_or(|Named(wanted)| {
            let otherwise = profile.otherwise.value().is_some();
            profile.setting.value() == Some(&wanted) && (wanted == Setting::Otherwise || !otherwise)
        });
        let stage = self.stage.is_empty() || profile.stage.value().is_some_and(|stage| covers(&self.stage, stage));
        let within = self.within.is_empty() || section.is_some_and(|letter| covers(&self.within, &letter));
        let age = age(plan);
        let old = self.from_age.is_none_or(|from| age.is_some_and(|age| age >= from));
        let young = self.below_age.is_none_or(|below| age.is_some_and(|age| age < below));
        setting && stage && within && old && young
    }
}

/// What becomes of a finding in `section`: its severity and the reason for a softer one, or nothing.
pub(crate) fn weigh<'r>(
    whens: &'r [When],
    severity: Severity,
    plan: &Plan,
    section: Option<Letter>,
) -> Option<(Severity, Option<&'r str>)> {
    let mut weighed = severity;
    let mut reason = None;
    for when in whens.iter().filter(|when| when.holds(plan, section)) {
        if when.silent {
            return None;
        }
        for _ in 0..when.lower {
            weighed = weighed.softer();
        }
        if weighed != severity {
            reason = reason.or(Some(when.reason.trim()));
        }
    }
    Some((weighed, reason))
}

/// The person's age in whole years on the day the plan bears.
fn age(plan: &Plan) -> Option<i16> {
    let born = plan.profile().born.value()?;
    let on = plan.profile().day()?;
    let before_birthday = (on.month(), on.day()) < (born.month(), born.day());
    Some(on.year() - born.year() - i16::from(before_birthday))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::plan::Known;

    fn special() -> When {
        When {
            setting: Some(Named(Setting::Special)),
            stage: Vec::new(),
            within: vec![Named(Letter::F)],
            from_age: None,
            below_age: None,
            lower: 1,
            silent: false,
            reason: "A special school.".to_owned(),
        }
    }

    fn check(setting: Setting, otherwise: bool, section: Letter, expected: Severity) {
        let mut plan = Plan::read(Document::from_notation(""));
        plan.told(|profile| {
            profile.setting = Known::Told(setting);
            profile.otherwise = if otherwise { Known::Told(()) } else { Known::Unsaid };
        });
        let whens = [special()];
        let weighed = weigh(&whens, Severity::Warning, &plan, Some(section));
        assert_eq!(weighed.map(|(severity, _)| severity), Some(expected));
        assert_eq!(weighed.and_then(|(_, reason)| reason).is_some(), expected != Severity::Warning);
    }

    #[test]
    fn softens_section_f_in_a_special_school_and_never_elsewhere() {
        check(Setting::Special, false, Letter::F, Severity::Advice);
        check(Setting::Special, false, Letter::G, Severity::Warning);
        check(Setting::Special, true, Letter::F, Severity::Warning);
        check(Setting::Mainstream, false, Letter::F, Severity::Warning);
    }
}
