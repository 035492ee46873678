//! Counts that more than one writer shows.

use crate::plan::{Letter, StatementKind};
use crate::report::Report;
use crate::rules::Category;
use std::collections::BTreeSet;

/// How many provisions pin down what they must, of how many, in one section or in all.
pub(crate) fn specific(report: &Report<'_>, letter: Option<Letter>) -> (usize, usize) {
    let wanting: BTreeSet<usize> = report
        .findings
        .iter()
        .filter(|finding| {
            matches!(
                finding.rule.category,
                Category::Unquantified
                    | Category::Vague
                    | Category::Conditional
                    | Category::Delegated
                    | Category::NotBinding
                    | Category::FundingInstead
            )
        })
        .filter_map(|finding| finding.statement)
        .collect();
    let provisions: Vec<usize> = (0..)
        .zip(report.plan.statements())
        .filter(|(_, statement)| statement.kind == StatementKind::Provision)
        .filter(|(_, statement)| letter.is_none_or(|letter| statement.letter == letter))
        .map(|(index, _)| index)
        .collect();
    (provisions.iter().filter(|index| !wanting.contains(index)).count(), provisions.len())
}
