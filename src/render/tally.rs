//! Counts that more than one writer shows.

use crate::plan::{Statement, StatementKind};
use crate::report::Report;
use std::collections::BTreeSet;

/// How many provisions pin down what they must, of how many. What a choice of rules leaves out still counts as open.
pub(crate) fn specific(report: &Report<'_>) -> (usize, usize) {
    let wanting: BTreeSet<usize> = report
        .findings
        .iter()
        .filter(|finding| finding.rule.category.leaves_provision_open())
        .filter_map(|finding| finding.statement)
        .collect();
    let provisions: Vec<(usize, &Statement)> = (0..)
        .zip(report.plan.statements())
        .filter(|(_, statement)| statement.kind == StatementKind::Provision)
        .collect();
    let complete = |statement: &Statement| statement.sorted.as_ref().is_none_or(|sorted| sorted.missing.is_empty());
    let specific = provisions.iter().filter(|(index, statement)| complete(statement) && !wanting.contains(index));
    (specific.count(), provisions.len())
}
