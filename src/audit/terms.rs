//! Terms: what an audit goes by, written down so that what was made otherwise is not mixed with it.

use crate::rules::Category;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What an audit goes by: everything that shapes what is found in a plan. It stands on the first line of a journal, so that
/// a resumed audit, and one that is put together of parts, knows that all of it was made alike.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Names and values, for people.
    pub shown: Vec<(String, String)>,
    /// The rules in force: id, category, and a hash of everything that the rule says.
    pub rules: Vec<(String, Category, String)>,
    /// A hash of the settings file; empty where there is none.
    pub config: String,
}

impl Terms {
    /// The terms as one line, without a line break or tab.
    pub fn to_line(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The terms on a line; nothing where the line is none.
    pub fn of_line(line: &str) -> Option<Self> {
        serde_json::from_str(line).ok()
    }

    /// The rules in force and their categories.
    pub fn categories(&self) -> Vec<(String, Category)> {
        self.rules.iter().map(|(id, category, _)| (id.clone(), *category)).collect()
    }

    /// What differs from other terms, in words; nothing where they are alike.
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let value = |terms: &Self, name: &str| {
            let found = terms.shown.iter().find(|(known, _)| known == name);
            found.map_or("not there", |(_, value)| value).to_owned()
        };
        let names: BTreeSet<&str> = self.shown.iter().chain(&other.shown).map(|(name, _)| name.as_str()).collect();
        let mut differences: Vec<String> = names
            .into_iter()
            .map(|name| (name, value(self, name), value(other, name)))
            .filter(|(_, one, two)| one != two)
            .map(|(name, one, two)| format!("{name} ({one}; {two})"))
            .collect();
        let by_id = |terms: &Self| -> BTreeMap<String, String> {
            terms.rules.iter().map(|(id, _, says)| (id.clone(), says.clone())).collect()
        };
        let (one, two) = (by_id(self), by_id(other));
        let ids: BTreeSet<&String> = one.keys().chain(two.keys()).collect();
        let differing = ids.into_iter().filter(|id| one.get(*id) != two.get(*id));
        let (worded, alone): (Vec<&String>, Vec<&String>) =
            differing.partition(|id| one.contains_key(*id) && two.contains_key(*id));
        differences.extend(named(&worded, "has other words", "have other words"));
        differences.extend(named(&alone, "is in force in one alone", "are in force in one alone"));
        if self.config != other.config {
            differences.push("what the settings file says".to_owned());
        }
        differences
    }
}

/// What is said of these rules; of many, some are named.
fn named(rules: &[&String], of_one: &str, of_many: &str) -> Option<String> {
    match rules {
        [] => None,
        [one] => Some(format!("the rule {one} {of_one}")),
        [one, two] => Some(format!("the rules {one} and {two} {of_many}")),
        [one, two, ..] => Some(format!("{} rules, such as {one} and {two}, {of_many}", rules.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(shown: &[(&str, &str)], rules: &[(&str, &str)], config: &str) -> Terms {
        let own = |(one, two): &(&str, &str)| ((*one).to_owned(), (*two).to_owned());
        Terms {
            shown: shown.iter().map(own).collect(),
            rules: rules.iter().map(own).map(|(id, says)| (id, Category::Vague, says)).collect(),
            config: config.to_owned(),
        }
    }

    #[test]
    fn every_difference_is_named() {
        let one = terms(&[("version", "1"), ("stage given", "none")], &[("a/b", "x"), ("a/c", "y")], "");
        let check = |other: Terms, expected: &[&str]| assert_eq!(one.differences(&other), expected);
        check(one.clone(), &[]);
        check(
            terms(&[("version", "2"), ("stage given", "none")], &[("a/b", "x"), ("a/c", "y")], ""),
            &["version (1; 2)"],
        );
        check(
            terms(&[("version", "1")], &[("a/b", "z")], "hash"),
            &[
                "stage given (none; not there)",
                "the rule a/b has other words",
                "the rule a/c is in force in one alone",
                "what the settings file says",
            ],
        );
        let more = &[("a/b", "x"), ("a/c", "y"), ("b/a", ""), ("b/b", ""), ("b/c", "")];
        check(
            terms(&[("version", "1"), ("stage given", "none")], more, ""),
            &["3 rules, such as b/a and b/b, are in force in one alone"],
        );
    }
}
