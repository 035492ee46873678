//! One rule as a page for people, and all rules as a table: what it looks for, why, on what authority, with examples.

use crate::plan::Letter;
use crate::render::clean::clean;
use crate::render::wrap::{hang, width};
use crate::render::writer::Look;
use crate::rules::{Authority, Rule, Rules, Severity};
use std::fmt::Write as _;

/// The topics of rules, and what their pages are about.
const TOPICS: &[(&str, &str)] = &[
    ("plan", "The whole plan"),
    ("views", "Section A: views, interests and aspirations"),
    ("needs", "Section B: special educational needs"),
    ("outcomes", "Section E: outcomes"),
    ("provision", "Sections F, G, H1 and H2: provision"),
    ("placement", "Section I: placement"),
    ("budget", "Section J: personal budget"),
    ("advice", "Section K: advice and information"),
];

/// One rule, as Markdown that also reads well on a screen. With a look it is wrapped to its width.
pub fn rule_page(rule: &Rule, look: Option<&Look>) -> String {
    let columns = look.map_or(usize::MAX, |look| look.width);
    let mut out = String::new();
    let _ = writeln!(out, "# {}\n\n{}\n", rule.id, hang("", &rule.title, columns));
    let _ = writeln!(out, "{}", hang("", &facts(rule), columns));
    part("What it says", rule.message.text(), columns, &mut out);
    part("Why it matters", &rule.why, columns, &mut out);
    part("What to ask for", rule.help.text(), columns, &mut out);
    let _ = writeln!(out, "\n## The law\n");
    for authority in &rule.authority {
        let _ = writeln!(out, "{}", hang("- ", &law(authority, look.is_some()), columns));
    }
    if !rule.when.is_empty() {
        let _ = writeln!(out, "\n## Where it speaks more softly, or not at all\n");
        for when in &rule.when {
            let _ = writeln!(out, "{}", hang("- ", &clean(when.reason.trim()), columns));
        }
    }
    examples(rule, true, "Flagged", columns, &mut out);
    examples(rule, false, "Not flagged", columns, &mut out);
    if let Some(limits) = &rule.limits {
        part("What it cannot tell", limits, columns, &mut out);
    }
    off(rule, columns, &mut out);
    out
}

/// "Severity warning; category vague; heuristic; sections F, G; since 0.1.0."
fn facts(rule: &Rule) -> String {
    let sections: Vec<&str> = rule.sections.iter().map(|letter| letter.as_str()).collect();
    let place = match sections.as_slice() {
        [] => "the whole plan".to_owned(),
        [section] => format!("Section {section}"),
        sections => format!("Sections {}", sections.join(", ")),
    };
    let mut facts = format!(
        "Severity {}; category {}; {}; {place}; since {}.",
        rule.severity().as_str(),
        rule.category.as_str(),
        rule.certainty.as_str(),
        rule.since
    );
    let _ = match (rule.term.from, rule.term.to) {
        (None, None) => Ok(()),
        (Some(from), None) => write!(facts, " In force from {from}."),
        (None, Some(to)) => write!(facts, " In force until {to}."),
        (Some(from), Some(to)) => write!(facts, " In force from {from} to {to}."),
    };
    if !rule.formerly.is_empty() {
        let _ = write!(facts, " Formerly {}.", rule.formerly.join(", "));
    }
    facts
}

/// An authority: a link where its source is known. On a screen the address stands behind it.
fn law(authority: &Authority, on_screen: bool) -> String {
    let cite = clean(&authority.cite);
    let force = authority.force.as_str();
    let says = clean(authority.says.trim());
    match &authority.source {
        Some(source) if on_screen => format!("{cite} ({force}): {says} {source}"),
        Some(source) => format!("[{cite}]({source}) ({force}): {says}"),
        None => format!("{cite} ({force}): {says}"),
    }
}

fn part(title: &str, text: &str, columns: usize, out: &mut String) {
    let _ = writeln!(out, "\n## {title}\n");
    for (at, paragraph) in text.trim().split("\n\n").enumerate() {
        let before = if at == 0 { "" } else { "\n" };
        let _ = writeln!(out, "{before}{}", hang("", &clean(paragraph), columns));
    }
}

fn examples(rule: &Rule, fires: bool, title: &str, columns: usize, out: &mut String) {
    let examples: Vec<_> = rule.examples().iter().filter(|example| example.fires == fires).collect();
    if examples.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n## {title}");
    for example in examples {
        let mut notes = Vec::new();
        notes.extend(example.why.as_ref().map(|why| clean(why.trim())));
        if fires && !example.lacks.is_empty() {
            notes.push(format!("What is flagged is not there: {}.", lacking(&example.lacks)));
        }
        if fires && example.unread > 0 {
            let what = if example.picture { "a picture" } else { "a page without text" };
            notes.push(format!("In a file that also holds {what}."));
        }
        if !notes.is_empty() {
            let _ = writeln!(out, "\n{}", hang("", &notes.join(" "), columns));
        }
        out.push('\n');
        for line in example.written.lines() {
            let _ = writeln!(out, "{}", hang("    ", line.trim_end(), columns).trim_end());
        }
    }
}

/// "Section D, Section H2"; "nowhere in the plan" for what the whole plan lacks.
fn lacking(lacks: &[String]) -> String {
    let is_letter = |name: &str| Letter::ALL.iter().any(|letter| letter.as_str() == name);
    let place = |name: &String| {
        if is_letter(name) { format!("Section {name}") } else { "nowhere in the plan".to_owned() }
    };
    lacks.iter().map(place).collect::<Vec<_>>().join(", ")
}

/// How to live without the rule, or with one finding of it.
fn off(rule: &Rule, columns: usize, out: &mut String) {
    let id = &rule.id;
    let _ = writeln!(out, "\n## How to switch it off\n");
    let once = format!("For one run: `--ignore {id}`. For good, in `ehcp-lint.toml` beside the plan or above it:");
    let _ = writeln!(out, "{}\n\n    ignore = [\"{id}\"]\n", hang("", &once, columns));
    let _ = writeln!(out, "{}\n", hang("", "For one finding, with the reason:", columns));
    let _ = writeln!(out, "    [[allow]]\n    rule   = \"{id}\"");
    let _ = writeln!(out, "    text   = \"words of the finding\"   # or section = \"F\", or document = \"plan.docx\"");
    let _ = writeln!(out, "    reason = \"why it is right here\"");
}

/// Rules with how grave they count, one a line: id, severity, title.
pub fn rules_table<'r>(rules: impl IntoIterator<Item = (&'r Rule, Severity)>, look: &Look) -> String {
    let rules: Vec<(&Rule, &str)> = rules.into_iter().map(|(rule, severity)| (rule, severity.as_str())).collect();
    let ids = rules.iter().map(|(rule, _)| width(&rule.id)).max().unwrap_or(0);
    let mut out = String::new();
    for (rule, severity) in rules {
        let label = format!("{:<ids$}  {severity:<8} ", rule.id);
        let label = if look.width < width(&label) + 20 { format!("{} {severity}: ", rule.id) } else { label };
        let _ = writeln!(out, "{}", hang(&label, &rule.title, look.width));
    }
    out
}

/// The first page of the rules' manual: every rule by topic, with a link to its page. The pages lie beside it at
/// `<id>.md`.
pub fn rules_index(rules: &Rules) -> String {
    let mut out = format!(
        "# Rules\n\nEdition {}. {} rules, one page each, written by `ehcp-lint rules docs` from the rule files.\n",
        Rules::EDITION,
        rules.iter().len()
    );
    let mut topics: Vec<(&str, &str)> = TOPICS.to_vec();
    for rule in rules.iter() {
        if !topics.iter().any(|(topic, _)| *topic == rule.topic()) {
            topics.push((rule.topic(), rule.topic()));
        }
    }
    for (topic, title) in topics {
        let here: Vec<&Rule> = rules.iter().filter(|rule| rule.topic() == topic).collect();
        if here.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n## {title}\n\n| rule | says | severity | category |\n|---|---|---|---|");
        for rule in here {
            let (severity, category) = (rule.severity().as_str(), rule.category.as_str());
            let title = clean(&rule.title).replace('|', "\\|");
            let _ = writeln!(out, "| [{0}]({0}.md) | {title} | {severity} | {category} |", rule.id);
        }
    }
    out
}
