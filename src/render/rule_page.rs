//! One rule as a page for people, and all rules as a table: what it looks for, why, on what authority, with examples.

use crate::render::clean::clean;
use crate::render::wrap::{hang, width};
use crate::render::writer::Look;
use crate::rules::{Rule, Rules};
use std::fmt::Write as _;

/// One rule, as Markdown that also reads well on a screen. With a width it is wrapped to it.
pub fn rule_page(rule: &Rule, look: Option<&Look>) -> String {
    let columns = look.map_or(usize::MAX, |look| look.width);
    let mut out = String::new();
    let _ = writeln!(out, "# {}\n\n{}\n", rule.id, hang("", &rule.title, columns));
    let _ = writeln!(
        out,
        "Severity {}; category {}; {}; since {}.",
        rule.severity().as_str(),
        rule.category.as_str(),
        rule.certainty.as_str(),
        rule.since
    );
    if !rule.formerly.is_empty() {
        let _ = writeln!(out, "Formerly {}.", rule.formerly.join(", "));
    }
    let mut part = |title: &str, text: &str| {
        let _ = writeln!(out, "\n## {title}\n");
        for paragraph in text.trim().split("\n\n") {
            let _ = writeln!(out, "{}", hang("", &clean(paragraph), columns));
        }
    };
    part("What it says", rule.message.text());
    part("Why it matters", &rule.why);
    part("What to ask for", rule.help.text());
    if let Some(limits) = &rule.limits {
        part("What it cannot tell", limits);
    }
    let _ = writeln!(out, "\n## Authority\n");
    for authority in &rule.authority {
        let says = format!("{} ({}): {}", authority.cite, authority.force.as_str(), clean(authority.says.trim()));
        let _ = writeln!(out, "{}", hang("- ", &says, columns));
    }
    for when in &rule.when {
        let _ = writeln!(out, "{}", hang("- ", &format!("Softer or silent: {}", clean(when.reason.trim())), columns));
    }
    examples(rule, true, "Flagged", columns, &mut out);
    examples(rule, false, "Left alone", columns, &mut out);
    out
}

fn examples(rule: &Rule, fires: bool, title: &str, columns: usize, out: &mut String) {
    let examples: Vec<_> = rule.examples.iter().filter(|example| example.fires == fires).collect();
    if examples.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n## {title}");
    for example in examples {
        out.push('\n');
        for line in example.written.lines() {
            let _ = writeln!(out, "{}", hang("    ", line.trim_end(), columns));
        }
        if let Some(why) = &example.why {
            let _ = writeln!(out, "\n{}", hang("", &clean(why.trim()), columns));
        }
    }
}

/// Every rule, one a line: id, severity, title.
pub fn rules_table(rules: &Rules, look: &Look) -> String {
    let ids = rules.iter().map(|rule| width(&rule.id)).max().unwrap_or(0);
    let mut out = String::new();
    for rule in rules.iter() {
        let label = format!("{:<ids$}  {:<8} ", rule.id, rule.severity().as_str());
        let label =
            if look.width < width(&label) + 20 { format!("{} {}: ", rule.id, rule.severity().as_str()) } else { label };
        let _ = writeln!(out, "{}", hang(&label, &rule.title, look.width));
    }
    out
}
