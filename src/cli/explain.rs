//! `explain`: one rule's page, and what the settings of the current folder make of the rule.

use crate::cli::args::{Explain, Shared};
use crate::cli::exit::Exit;
use crate::cli::in_force::{self, InForce};
use crate::cli::problem::Problem;
use crate::cli::{look, output, reading};
use ehcp_lint::{Severity, clean, rule_page};

pub(crate) fn run(explain: &Explain, shared: &Shared) -> Result<Exit, Problem> {
    let config = in_force::settings_here(&explain.config)?;
    let here = InForce::of(&explain.more, &[], &[], config.as_ref())?;
    let Some(rule) = here.all.get(&explain.rule) else {
        return Err(reading::no_such_rule(&here.all, &explain.rule));
    };
    output::print(rule_page(rule, Some(&look::output(shared, false))).as_bytes())?;
    if let Some(config) = config.filter(|_| !shared.quiet) {
        let settings = clean(&config.path.display().to_string());
        if here.rules.get(&rule.id).is_none() {
            output::note(&format!("Your settings leave this rule out ({settings})."));
        } else if let Some(level) = here.levels.get(&rule.id) {
            output::note(&format!("Your settings count it as {} ({settings}).", Severity::as_str(*level)));
        }
    }
    Ok(Exit::Clean)
}
