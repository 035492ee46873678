//! `rules`: list them, run their own examples, write their manual.

use crate::cli::args::{Floor, RulesCommand, RulesWhat, Shared};
use crate::cli::exit::Exit;
use crate::cli::in_force::{self, InForce};
use crate::cli::problem::{Problem, why};
use crate::cli::{input, look, output, reading};
use ehcp_lint::{Category, Rule, Rules, clean, rule_page, rules_index, rules_table};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

pub(crate) fn run(command: &RulesCommand, shared: &Shared) -> Result<Exit, Problem> {
    match &command.what {
        RulesWhat::List { section, category, severity, config } => {
            let config = in_force::settings_here(config)?;
            let here = InForce::of(&command.more, &[], &[], config.as_ref())?;
            list(&here, section.as_deref(), category.as_deref(), *severity, shared)
        }
        RulesWhat::Test { folder: None, coverage } => test(&reading::all_rules(&command.more)?, *coverage),
        RulesWhat::Test { folder: Some(folder), coverage } => {
            let alone = command.more.rules.is_empty();
            let rules = if alone { Rules::default() } else { reading::all_rules(&command.more)? };
            test(&reading::with_folder(rules, folder)?, *coverage)
        }
        RulesWhat::Docs { output, check: false } => write_docs(&reading::all_rules(&command.more)?, output),
        RulesWhat::Docs { output, check: true } => check_docs(&reading::all_rules(&command.more)?, output),
    }
}

/// Lists the rules in force of this section, category and severity; all of them, where none is given.
fn list(
    here: &InForce,
    section: Option<&str>,
    category: Option<&str>,
    severity: Option<Floor>,
    shared: &Shared,
) -> Result<Exit, Problem> {
    if let Some(name) = category.filter(|name| Category::named(name).is_none()) {
        let known = Category::ALL.iter().map(|category| category.as_str());
        let near = input::nearest(name, known).map(|near| format!("Did you mean \u{201c}{near}\u{201d}? "));
        let help = format!("{}docs/labels.md says what each category means.", near.unwrap_or_default());
        return Err(Problem::NoSuchRule { name: name.to_owned(), help });
    }
    let wanted = |rule: &&Rule| {
        let in_section = section.is_none_or(|section| match section {
            "plan" => rule.sections.is_empty(),
            letter => rule.sections.iter().any(|known| known.as_str().eq_ignore_ascii_case(letter)),
        });
        in_section
            && category.is_none_or(|category| rule.category.as_str() == category)
            && severity.is_none_or(|severity| here.severity(rule) == severity.severity())
    };
    let rows = here.rules.iter().filter(wanted).map(|rule| (rule, here.severity(rule)));
    output::print(rules_table(rows, &look::output(shared, false)).as_bytes())?;
    let left_out = here.all.iter().len() - here.rules.iter().len();
    if left_out > 0 && !shared.quiet {
        let rules = if left_out == 1 { "1 rule".to_owned() } else { format!("{left_out} rules") };
        output::note(&format!("Your settings leave out {rules}; --no-config shows all."));
    }
    Ok(Exit::Clean)
}

/// Runs the examples of every rule: the same verdict as the project's own tests. Then says which phrases none of them shows.
fn test(rules: &Rules, coverage: bool) -> Result<Exit, Problem> {
    let mut out = String::new();
    let (mut examples, mut failed) = (0, 0);
    for rule in rules.iter() {
        for (number, example) in (1..).zip(rule.examples()) {
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
    let (mut phrases, mut all_shown) = (0, 0);
    for rule in rules.iter().filter(|rule| !rule.lists().is_empty()) {
        let not_shown = rule.not_shown();
        let shown = rule.lists().len() - not_shown.len();
        phrases += rule.lists().len();
        all_shown += shown;
        if not_shown.is_empty() {
            continue;
        }
        let _ = writeln!(out, "{}: examples show {shown} of {} phrases", rule.id, rule.lists().len());
        for listed in not_shown.iter().filter(|_| coverage) {
            let _ = writeln!(out, "    {}: {}", listed.list, clean(&listed.entry));
        }
    }
    let _ = writeln!(out, "{} rules, {examples} examples, {failed} of them not as the rule says", rules.iter().len());
    let _ = writeln!(out, "{phrases} phrases and patterns, {all_shown} of them shown by an example");
    if all_shown < phrases && !coverage {
        let _ = writeln!(out, "\u{201c}rules test --coverage\u{201d} lists the others.");
    }
    output::print(out.as_bytes())?;
    Ok(if failed == 0 { Exit::Clean } else { Exit::Findings })
}

/// The manual: one page for each rule, and an index.
fn pages(rules: &Rules, folder: &Path) -> Vec<(PathBuf, String)> {
    let mut pages: Vec<(PathBuf, String)> =
        rules.iter().map(|rule| (folder.join(format!("{}.md", rule.id)), rule_page(rule, None))).collect();
    pages.push((folder.join("README.md"), rules_index(rules)));
    pages
}

fn write_docs(rules: &Rules, folder: &Path) -> Result<Exit, Problem> {
    for (path, page) in pages(rules, folder) {
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent)
            .map_err(|error| Problem::NotWritten { path: parent.display().to_string(), why: why(&error) })?;
        output::write(page.as_bytes(), Some(&path), &[])?;
    }
    output::note(&format!("{} pages written to {}", rules.iter().len(), folder.display()));
    Ok(Exit::Clean)
}

/// Whether the pages in the folder are those that would be written.
fn check_docs(rules: &Rules, folder: &Path) -> Result<Exit, Problem> {
    let pages = pages(rules, folder);
    let stale: Vec<&PathBuf> = pages
        .iter()
        .filter(|(path, page)| fs::read_to_string(path).ok().as_ref() != Some(page))
        .map(|(p, _)| p)
        .collect();
    let mut out = String::new();
    for path in &stale {
        let _ = writeln!(out, "stale: {}", path.display());
    }
    let _ = writeln!(out, "{} pages, {} of them missing or stale", pages.len(), stale.len());
    output::print(out.as_bytes())?;
    Ok(if stale.is_empty() { Exit::Clean } else { Exit::Findings })
}
