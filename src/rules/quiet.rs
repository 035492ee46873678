//! Quiet: a rule that found nothing, and why: a report says what was asked, not only what was answered.

use crate::plan::{Letter, Plan};
use crate::rules::rule::Rule;

/// A rule that found nothing and had no doubt.
#[derive(Clone, Debug)]
pub struct Quiet<'r> {
    /// The rule.
    pub rule: &'r Rule,
    /// Why it is quiet.
    pub why: Silence,
}

/// Why a rule is quiet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Silence {
    /// It looked and found nothing.
    NothingFound,
    /// The law behind it was not in force on the day as of which the plan is judged.
    NotInForce,
    /// Its file says that it does not speak of such a plan.
    NotForSuchPlans,
    /// None of the sections that it looks at was found.
    NoSuchSection(Vec<Letter>),
}

impl<'r> Quiet<'r> {
    /// The rule, which has nothing to say of `plan`; `silenced` where it had hits that its `[[when]]` took back.
    pub(crate) fn of(rule: &'r Rule, plan: &Plan, silenced: bool) -> Self {
        let there = |letter: &Letter| plan.section(*letter).present();
        let why = if silenced {
            Silence::NotForSuchPlans
        } else if !rule.sections.is_empty() && !rule.sections.iter().any(there) {
            Silence::NoSuchSection(rule.sections.clone())
        } else {
            Silence::NothingFound
        };
        Self { rule, why }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::rules::set::Rules;

    #[test]
    fn says_why_nothing_was_said() {
        let rules = Rules::built_in();
        let plan = Plan::read(Document::from_notation("# Section F\n\nA teaching assistant reads with Sam daily."));
        let verdict = rules.check(&plan);
        let why = |id: &str| verdict.quiet.iter().find(|quiet| quiet.rule.id == id).map(|quiet| quiet.why.clone());
        assert_eq!(why("provision/vague-wording"), Some(Silence::NothingFound));
        assert!(matches!(why("outcomes/not-smart"), Some(Silence::NoSuchSection(letters)) if letters == [Letter::E]));
        let spoken: Vec<&str> = verdict.findings.iter().map(|finding| finding.rule.id.as_str()).collect();
        assert!(verdict.quiet.iter().all(|quiet| !spoken.contains(&quiet.rule.id.as_str())));
    }
}
