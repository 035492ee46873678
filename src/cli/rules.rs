//! `rules`: list them, run their own examples, write their manual.

use crate::cli::args::{RulesCommand, RulesWhat, Shared};
use crate::cli::exit::Exit;
use crate::cli::problem::{Problem, why};
use crate::cli::{look, output, reading};
use ehcp_lint::{Rules, rule_page, rules_table};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

pub(crate) fn run(command: &RulesCommand, shared: &Shared) -> Result<Exit, Problem> {
    let rules = reading::all_rules(&command.more)?;
    match &command.what {
        RulesWhat::List => {
            output::print(rules_table(&rules, &look::output(shared, false)).as_bytes())?;
            Ok(Exit::Clean)
        }
        RulesWhat::Test => test(&rules),
        RulesWhat::Docs { output } => docs(&rules, output),
    }
}

/// Runs the examples of every rule: the same verdict as the project's own tests.
fn test(rules: &Rules) -> Result<Exit, Problem> {
    let mut out = String::new();
    let (mut examples, mut failed) = (0, 0);
    for rule in rules.iter() {
        for (number, example) in (1..).zip(&rule.examples) {
            examples += 1;
            if let Err(miss) = rule.prove(example) {
                failed += 1;
                let _ = writeln!(out, "{} example {number}: {miss}", rule.id);
                for line in example.written.lines() {
                    let _ = writeln!(out, "    {line}");
                }
            }
        }
    }
    let _ = writeln!(out, "{} rules, {examples} examples, {failed} of them not as the rule says", rules.iter().len());
    output::print(out.as_bytes())?;
    Ok(if failed == 0 { Exit::Clean } else { Exit::Findings })
}

/// Writes one page for each rule, and an index.
fn docs(rules: &Rules, folder: &Path) -> Result<Exit, Problem> {
    let mut index = String::from("# Rules\n\n");
    for rule in rules.iter() {
        let path = folder.join(format!("{}.md", rule.id));
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent)
            .map_err(|error| Problem::NotWritten { path: parent.display().to_string(), why: why(&error) })?;
        output::write(rule_page(rule, None).as_bytes(), Some(&path), &[])?;
        let _ = writeln!(index, "- [{0}]({0}.md): {1}", rule.id, rule.title);
    }
    output::write(index.as_bytes(), Some(&folder.join("README.md")), &[])?;
    output::note(&format!("{} pages written to {}", rules.iter().len(), folder.display()));
    Ok(Exit::Clean)
}
