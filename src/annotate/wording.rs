//! What comments say, in plain paragraphs: the same words in every format.

use crate::annotate::remark::Standing;
use crate::plan::{Letter, Plan};
use crate::render::prose::{count, list};
use crate::report::{Counts, Report};
use crate::rules::{Confidence, Finding, Severity};
use crate::text::{Span, shorten};

/// The longest quote, in characters: enough to find the words by.
const LONGEST: usize = 240;

/// The comment of a finding. `elsewhere` says where its words are, if it cannot stand at them; `others` are the groups of
/// words that it is about and that are not all marked.
pub(super) fn finding(
    plan: &Plan,
    finding: &Finding<'_>,
    standing: Standing,
    others: &[Span],
    elsewhere: Option<String>,
) -> Vec<String> {
    let mut paragraphs = vec![format!("{}: {}", severity(finding.severity), one_line(&finding.message))];
    paragraphs.extend(elsewhere);
    let words = others.iter().map(|&mark| plan.slice(mark)).filter(|words| words.contains(char::is_alphanumeric));
    let quotes: Vec<String> = words.map(quoted).collect();
    if quotes.len() > 1 && !quotes.iter().all(|quote| finding.message.contains(quote.as_str())) {
        let all = list(&quotes, "and");
        paragraphs.push(format!("This comment stands at one place, and is about all of this: {all}."));
    }
    paragraphs.extend(placed(standing));
    let softened = finding.softened.map_or_else(String::new, |reason| format!(" {}", one_line(reason)));
    paragraphs.push(format!("What to do: {}{softened}", one_line(&finding.help)));
    paragraphs.push(format!("Why it matters: {}", one_line(&finding.rule.why)));
    let cites: Vec<&str> = finding.rule.authority.iter().map(|authority| authority.cite.as_str()).collect();
    if !cites.is_empty() {
        paragraphs.push(format!("The law: {}", cites.join("; ")));
    }
    if finding.confidence == Confidence::Low {
        paragraphs.push("This is only worth a look: the words can be read in more than one way.".to_owned());
    }
    paragraphs.push(format!("Rule: {}", finding.rule.id));
    paragraphs
}

/// The first comment: what this copy is, what its comments mean, and what they leave out.
pub(super) fn copy(report: &Report<'_>, warning: Option<&str>) -> Vec<String> {
    let counts = report.counts();
    let total = counts.total();
    let mut paragraphs = vec![format!(
        "This is a copy of the plan, made by ehcp-lint {}. {}",
        env!("CARGO_PKG_VERSION"),
        match total {
            0 => "Nothing was found in it, so this is the only comment.".to_owned(),
            1 => format!("One comment more says what was found: {}.", severities(counts)),
            _ => format!("{total} more comments say what was found: {}.", severities(counts)),
        }
    )];
    if total > 0 {
        paragraphs.push(
            "Error: the law requires it, and the plan does not show it. Warning: as it is written it cannot be relied \
             on. Advice: it would be better otherwise."
                .to_owned(),
        );
        paragraphs.push(
            "Each comment stands at the words that it is about, or at the heading under which something was looked for \
             and could not be found. No word of the plan itself was changed."
                .to_owned(),
        );
    }
    for unread in report.unread() {
        let page = unread.page.map_or_else(String::new, |page| format!(", on page {page}"));
        paragraphs.push(format!("Could not be read{page}: {}. {}", unread.what, unread.why_it_matters));
    }
    for note in &report.notes {
        paragraphs.push(format!(
            "Could not be told, because a part was not read: {} ({})",
            one_line(&note.message),
            note.rule.id
        ));
    }
    if !report.allowed.is_empty() {
        let allowed = count(report.allowed.len(), "finding is", "findings are");
        let them = if report.allowed.len() == 1 { "it" } else { "them" };
        paragraphs.push(format!("{allowed} left out, because the settings allow {them}."));
    }
    paragraphs.extend(warning.map(str::to_owned));
    paragraphs
}

/// Words in quotation marks, on one line, and not too long to read.
pub(super) fn quoted(words: &str) -> String {
    format!("\u{201c}{}\u{201d}", shorten(&one_line(words), LONGEST))
}

/// Why a comment stands where it stands, where that is not plain to see.
fn placed(standing: Standing) -> Option<String> {
    let section = |letter: Letter| format!("Section {letter} ({})", letter.title());
    match standing {
        Standing::There | Standing::Whole => None,
        Standing::Before(letter) => {
            Some(format!("This comment stands here because {} would come before this.", section(letter)))
        }
        Standing::After(letter) => {
            Some(format!("This comment stands here because {} would come after this.", section(letter)))
        }
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Advice => "Advice",
    }
}

/// "2 errors, 5 warnings and 1 advice", without what is none.
fn severities(counts: Counts) -> String {
    let all = [
        (counts.errors, count(counts.errors, "error", "errors")),
        (counts.warnings, count(counts.warnings, "warning", "warnings")),
        (counts.advice, format!("{} of advice", count(counts.advice, "piece", "pieces"))),
    ];
    let some: Vec<String> = all.into_iter().filter(|(many, _)| *many > 0).map(|(_, words)| words).collect();
    list(&some, "and")
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
