//! Prose: what is stated and what is not, in plain words.

use crate::plan::{Fact, FactKind, Need, Plan, Role, Sort, Statement, Strength};

/// What a need asks, as the end of "this does not say …". A sort of provision can give it another meaning.
pub(crate) fn question(need: Need, sort: Option<Sort>) -> &'static str {
    match (need, sort) {
        (Need::Item, Some(Sort::Training)) => "which training",
        (Need::Item, _) => "exactly what",
        (Need::Provider, Some(Sort::Strategy)) => "who will use it",
        (Need::Provider, Some(Sort::Training)) => "who will give it",
        (Need::Provider, _) => "who will do it",
        (Need::Expertise, Some(Sort::Training)) => "to what level, or by whom",
        (Need::Expertise, _) => "what training or qualification they need",
        (Need::Group, Some(Sort::Training)) => "which staff",
        (Need::Group, _) => "how many children are in the group",
        (Need::Amount, _) => "how many hours",
        (Need::Frequency, Some(Sort::Equipment)) => "when or where it will be there",
        (Need::Frequency, Some(Sort::Strategy)) => "when, or in which lessons",
        (Need::Frequency, _) => "how often",
        (Need::Duration, _) => "how long each time",
        (Need::Specific, _) => "exactly what will be achieved",
        (Need::Measurable, _) => "how anybody will know that it is achieved",
        (Need::Date | Need::TimeBound, _) => "by when",
    }
}

/// The needs as a list of questions: "how often, how long each time or who will do it".
pub(crate) fn questions(needs: &[Need], sort: Option<Sort>, last: &str) -> String {
    list(&needs.iter().map(|&need| question(need, sort).to_owned()).collect::<Vec<_>>(), last)
}

/// What the statement does state, with its words: "who (a teaching assistant) and how often (daily)".
pub(crate) fn states(plan: &Plan, statement: &Statement) -> String {
    let Some(sort) = statement.sorted.as_ref().map(|sorted| sorted.sort) else { return String::new() };
    let missing = statement.sorted.as_ref().map_or(&[][..], |sorted| &sorted.missing);
    let mut said: Vec<(Need, String)> = Vec::new();
    // Under "By whom" stands who it is; somebody named in passing elsewhere may be anybody.
    let named =
        |fact: &Fact| statement.parts.iter().any(|part| part.role == Role::Provider && part.span.contains(fact.span));
    let mut facts: Vec<&Fact> = statement.facts.iter().filter(|fact| fact.strength > Strength::Vague).collect();
    facts.sort_by_key(|fact| fact.kind == FactKind::Provider && !named(fact));
    for fact in facts {
        let Some(need) = answered(fact.kind, sort) else { continue };
        let words = plan.slice(fact.span).split_whitespace().collect::<Vec<_>>().join(" ");
        let known = said.iter().any(|(other, _)| question(*other, Some(sort)) == question(need, Some(sort)));
        if !known && !missing.contains(&need) && !words.is_empty() && words.chars().count() <= 60 {
            said.push((need, format!("{} ({words})", question(need, Some(sort)))));
        }
    }
    said.sort_by_key(|&(need, _)| need);
    list(&said.into_iter().map(|(_, words)| words).collect::<Vec<_>>(), "and")
}

/// What is stated and what is not, as one sentence.
pub(crate) fn shortfall(states: &str, missing: &str) -> String {
    match (states.is_empty(), missing.is_empty()) {
        (_, true) => String::new(),
        (true, false) => format!("This does not say {missing}."),
        (false, false) => format!("This says {states}, but not {missing}."),
    }
}

/// The need that a fact answers in a statement of this sort; nothing where that sort need not state it.
fn answered(kind: FactKind, sort: Sort) -> Option<Need> {
    let need = match kind {
        FactKind::Occasion if matches!(sort, Sort::Equipment | Sort::Strategy | Sort::Unclear) => Need::Frequency,
        FactKind::Coverage if sort == Sort::AdultSupport => Need::Amount,
        FactKind::Frequency | FactKind::Coverage => Need::Frequency,
        FactKind::Duration => Need::Duration,
        FactKind::Total => Need::Amount,
        FactKind::GroupSize => Need::Group,
        FactKind::Provider => Need::Provider,
        FactKind::Expertise => Need::Expertise,
        FactKind::Date => Need::Date,
        FactKind::Occasion | FactKind::Item | FactKind::Group | FactKind::Trigger | FactKind::Money => return None,
    };
    let must: &[Need] = match sort {
        Sort::Direct => &[Need::Provider, Need::Group, Need::Frequency, Need::Duration],
        Sort::AdultSupport => &[Need::Provider, Need::Group, Need::Amount],
        Sort::Indirect => &[Need::Provider, Need::Frequency, Need::Duration],
        Sort::Training => &[Need::Expertise, Need::Date],
        Sort::Assessment => &[Need::Provider, Need::Date, Need::Frequency],
        Sort::Equipment => &[Need::Frequency],
        Sort::Strategy | Sort::Unclear => &[Need::Provider, Need::Frequency],
        Sort::Funding | Sort::Terms => &[],
    };
    must.contains(&need).then_some(need)
}

/// "a", "a and b", "a, b and c".
pub(crate) fn list(items: &[String], last: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., end] => format!("{} {last} {end}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(needs: &[Need], sort: Option<Sort>, expected: &str) {
        assert_eq!(shortfall("", &questions(needs, sort, "or")), expected);
    }

    #[test]
    fn says_what_is_missing() {
        check(&[], None, "");
        check(&[Need::Duration], None, "This does not say how long each time.");
        check(
            &[Need::Provider, Need::Frequency, Need::Duration],
            Some(Sort::Direct),
            "This does not say who will do it, how often or how long each time.",
        );
        check(&[Need::Group, Need::Date], Some(Sort::Training), "This does not say which staff or by when.");
    }

    #[test]
    fn says_what_is_there_first() {
        assert_eq!(
            shortfall("who will do it (a teaching assistant) and how often (daily)", "how long each time"),
            "This says who will do it (a teaching assistant) and how often (daily), but not how long each time."
        );
    }
}
