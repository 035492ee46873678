//! Blanks: wording to fill in where a statement says too little, out of `lexicon/blanks.toml`. Never an amount.

use crate::plan::lexicon::list;
use crate::plan::{Need, Sort};
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Blanks {
    blank: Vec<Blank>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Blank {
    need: String,
    sort: Option<Sort>,
    words: String,
}

/// The wording with blanks for what is missing, in the order of a sentence: `[number] times each week, by [role]`.
/// Empty where nothing is missing.
pub(crate) fn blanks(needs: &[Need], sort: Option<Sort>) -> String {
    static BLANKS: LazyLock<Blanks> = LazyLock::new(|| list("blanks"));
    let mut words: Vec<&str> = Vec::new();
    let mut done: Vec<&str> = Vec::new();
    for blank in &BLANKS.blank {
        let asked = needs.iter().any(|need| need.as_str() == blank.need) && !done.contains(&blank.need.as_str());
        if asked && blank.sort.is_none_or(|own| sort == Some(own)) {
            done.push(&blank.need);
            words.push(&blank.words);
        }
    }
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_stand_in_the_order_of_a_sentence() {
        let needs = [Need::Provider, Need::Frequency, Need::Duration];
        let expected =
            "[number] times each [week or term], for [number] minutes each time, by [role and qualification]";
        assert_eq!(blanks(&needs, Some(Sort::Direct)), expected);
        assert_eq!(blanks(&[Need::Frequency], Some(Sort::Strategy)), "in [which lessons, or all lessons]");
        for need in [Need::Item, Need::Expertise, Need::Group, Need::Amount, Need::Date, Need::Specific] {
            assert!(blanks(&[need], None).contains('['), "{need:?}");
        }
    }
}
