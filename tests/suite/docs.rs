//! The documents made from the rules and held against them: the manual, the categories, the table of the law.

use ehcp_lint::{Category, Rules, rule_page, rules_index};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|_| panic!("{path} is not there"))
}

/// Every file below `folder`, as seen from it.
fn files(folder: &Path, base: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder of ours") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, base, found);
        } else {
            found.insert(path.strip_prefix(base).unwrap_or(&path).to_string_lossy().replace('\\', "/"));
        }
    }
}

#[test]
fn the_manual_is_that_of_the_rules() {
    let folder = root().join("docs/rules");
    let rules = Rules::built_in();
    let mut pages: Vec<(String, String)> =
        rules.iter().map(|rule| (format!("{}.md", rule.id), rule_page(rule, None))).collect();
    pages.push(("README.md".to_owned(), rules_index(&rules)));
    let stale: Vec<&str> = pages
        .iter()
        .filter(|(name, page)| fs::read_to_string(folder.join(name)).ok().as_ref() != Some(page))
        .map(|(name, _)| name.as_str())
        .collect();
    assert!(stale.is_empty(), "stale; write them anew with `cargo run -- rules docs`: {stale:?}");
    let mut there = BTreeSet::new();
    files(&folder, &folder, &mut there);
    let left: Vec<&String> = there.iter().filter(|name| !pages.iter().any(|(page, _)| page == *name)).collect();
    assert!(left.is_empty(), "pages of rules that are no more: {left:?}");
}

#[test]
fn a_page_says_everything_in_its_order() {
    let rules = Rules::built_in();
    for rule in rules.iter() {
        let page = rule_page(rule, None);
        let mut rest = page.as_str();
        let titles = ["Why it matters", "What to ask for", "The law", "Flagged", "Not flagged", "How to switch it off"];
        for title in titles {
            let heading = format!("\n## {title}\n");
            let at = rest.find(&heading).unwrap_or_else(|| panic!("{} has no “{title}” where it belongs", rule.id));
            rest = &rest[at + heading.len()..];
        }
        assert_eq!(page.contains("## What it cannot tell"), rule.limits.is_some(), "{}", rule.id);
        for source in rule.authority.iter().filter_map(|authority| authority.source.as_ref()) {
            assert!(page.contains(&format!("]({source})")), "{} does not link {source}", rule.id);
        }
    }
}

/// The words between backticks that look like the id of a rule.
fn ids(text: &str) -> BTreeSet<&str> {
    let topics: BTreeSet<&str> = Rules::SOURCES.iter().filter_map(|(id, _)| Some(id.split_once('/')?.0)).collect();
    let words = text.split('`').skip(1).step_by(2);
    words.filter(|word| word.split_once('/').is_some_and(|(topic, _)| topics.contains(topic))).collect()
}

#[test]
fn every_rule_stands_in_the_table_of_the_law_and_no_other_does() {
    let table = text("docs/law-coverage.md");
    let named = ids(&table);
    let rules = Rules::built_in();
    let there: BTreeSet<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
    let unknown: Vec<_> = named.difference(&there).collect();
    let left_out: Vec<_> = there.difference(&named).collect();
    assert!(unknown.is_empty(), "docs/law-coverage.md names rules that do not exist: {unknown:?}");
    assert!(left_out.is_empty(), "docs/law-coverage.md leaves out {left_out:?}");
}

/// A row without a rule says why there is none.
#[test]
fn every_row_of_the_law_has_a_rule_or_a_reason() {
    let table = text("docs/law-coverage.md");
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| no.") && !line.starts_with("|---"))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    assert!(rows.len() >= 50, "only {} rows", rows.len());
    for row in rows {
        assert_eq!(row.len(), 5, "{row:?}");
        assert!(row.iter().all(|cell| !cell.is_empty()), "{row:?}");
        assert!(["M", "H", "M/H"].contains(&row[3]), "{row:?}");
        assert!(!ids(row[4]).is_empty() || row[4].split_whitespace().count() >= 4, "neither rule nor reason: {row:?}");
    }
}

#[test]
fn every_category_has_its_meaning_and_a_rule() {
    let labels = text("docs/labels.md");
    let rules = Rules::built_in();
    for category in Category::ALL {
        let name = category.as_str();
        let row = format!("| `{name}` | {} |", category.means());
        assert!(labels.contains(&row), "docs/labels.md does not say what {name} means, or says it otherwise");
        assert!(rules.iter().any(|rule| rule.category == *category), "no rule of {name}");
    }
}

#[test]
fn there_are_rules_enough_and_each_is_shown_twice_from_both_sides() {
    let rules = Rules::built_in();
    assert!(rules.iter().len() >= 60, "{} rules", rules.iter().len());
    for rule in rules.iter() {
        let fires = rule.examples().iter().filter(|example| example.fires).count();
        assert!(fires >= 2, "{} has {fires} examples that fire", rule.id);
        let silent = rule.examples().len() - fires;
        assert!(silent >= 2, "{} has {silent} silent examples", rule.id);
    }
}

/// Every error cites an Act or Regulations first: severity is derived from it.
#[test]
fn every_error_cites_an_act_or_regulations() {
    for rule in Rules::built_in().iter().filter(|rule| rule.severity() == ehcp_lint::Severity::Error) {
        let cite = &rule.authority[0].cite;
        assert!(cite.contains(" Act ") || cite.contains("Regulations"), "{}: {cite}", rule.id);
    }
}
