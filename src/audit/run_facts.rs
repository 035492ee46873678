//! Run facts: what an audit read and how, for other programs.

use crate::audit::dashboard::{About, Across};
use crate::audit::record::Outcome;
use crate::audit::schema::{Kind, TABLES};
use crate::audit::tally::Tally;
use serde_json::{Map, Value, json};

/// `run.json`: versions, settings, rules in force, counts of files, and every table with its columns.
pub fn run_facts(tally: &Tally, across: &Across, about: &About) -> Vec<u8> {
    let count = |outcome: Outcome| tally.files(outcome);
    let reasons: Vec<Value> = tally
        .reasons()
        .map(|(outcome, reason, files)| json!({"outcome": outcome.as_str(), "reason": reason, "files": files}))
        .collect();
    let settings: Map<String, Value> =
        about.settings.iter().map(|(name, value)| (name.replace(' ', "_"), Value::from(value.as_str()))).collect();
    let rules: Vec<Value> = tally
        .settings
        .rules
        .iter()
        .map(|(rule, category)| {
            let findings = tally.findings.get(rule).copied().unwrap_or(0);
            json!({"rule": rule, "category": category.as_str(), "findings": findings})
        })
        .collect();
    let tables: Vec<Value> = TABLES
        .iter()
        .map(|table| {
            let columns: Vec<Value> = table
                .columns
                .iter()
                .map(|column| {
                    let kind = match column.kind {
                        Kind::Text => "text",
                        Kind::Whole => "whole number",
                        Kind::Flag => "true or false",
                    };
                    json!({"name": column.name, "kind": kind, "means": column.means, "with_text_alone": column.words})
                })
                .collect();
            json!({"name": table.name, "row": table.row, "columns": columns})
        })
        .collect();
    let (findings, statements) = tally.totals();
    let facts = json!({
        "audit_version": 1,
        "tool": {
            "name": env!("CARGO_PKG_NAME"),
            "version": env!("CARGO_PKG_VERSION"),
            "rules": crate::rules::Rules::EDITION,
        },
        "settings": settings,
        "files": {
            "read": count(Outcome::Read),
            "part": count(Outcome::Part),
            "unread": count(Outcome::Unread),
            "not_plan": count(Outcome::NotPlan),
            "not_document": count(Outcome::NotDocument),
            "copies": tally.copies,
        },
        "reasons": reasons,
        "statements": statements,
        "findings": findings,
        "rules": rules,
        "identifiers": {
            "plans_with": tally.identified.hits,
            "plans": tally.identified.of,
            "words": if tally.identified.hits > 0 { "identifiers found" } else { "none found" },
        },
        "across": {
            "templates": across.templates.len(),
            "pairs_of_strangers": across.strangers.0,
            "near_sentences_whole": true,
        },
        "table": about.meta.map(|(rows, unused)| {
            json!({"rows": rows, "rows_about_no_file": unused, "files_without_row": about.without_meta})
        }),
        "tables": tables,
    });
    let mut bytes = serde_json::to_vec_pretty(&facts).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
