//! `explain`: one rule's page.

use crate::cli::args::{Explain, Shared};
use crate::cli::exit::Exit;
use crate::cli::problem::Problem;
use crate::cli::{look, output, reading};
use ehcp_lint::rule_page;

pub(crate) fn run(explain: &Explain, shared: &Shared) -> Result<Exit, Problem> {
    let rules = reading::all_rules(&explain.more)?;
    let Some(rule) = rules.get(&explain.rule) else {
        return Err(reading::no_such_rule(&rules, &explain.rule));
    };
    output::print(rule_page(rule, Some(&look::output(shared, false))).as_bytes())?;
    Ok(Exit::Clean)
}
