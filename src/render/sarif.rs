//! SARIF 2.1.0: the findings for programs that show what checkers find (docs.oasis-open.org/sarif/sarif/v2.1.0).
//!
//! A plan is no source code: its file is not text. Regions count in the text that was read out of it, which is embedded as
//! the contents of the artifact; each region carries its words; and logical locations say section, page, table and row.

use crate::plan::{Letter, Plan};
use crate::render::clean::in_json;
use crate::render::contract::Place;
use crate::render::part::{self, Part, Standing};
use crate::render::prose;
use crate::render::quoted::{Quoted, place};
use crate::render::run::Entry;
use crate::render::writer::Look;
use crate::report::Report;
use crate::rules::{Anchor, Authority, Finding, Rule, Severity};
use crate::text::Span;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Where the schema of the format is kept; nothing here fetches it.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The name of our fingerprint and the version of how it is made.
const FINGERPRINT: &str = "ehcpLintFingerprint/v1";

/// The results, notifications and artifact of a document, as lists of the log. Rules stand there by their ids alone: their
/// numbers count the rules of all documents.
pub(crate) fn one(entry: &Entry<'_>, standing: Standing, _: &Look) -> Vec<u8> {
    let mut results = Vec::new();
    let mut notifications = Vec::new();
    let at = artifact_location(entry, standing.number.saturating_sub(1));
    match &entry.outcome {
        Err(failure) => {
            notifications.push(notification("unreadable", "error", &failure.message, Some(&failure.help), &at));
        }
        Ok(report) => {
            notifications.extend(gaps(report, &at));
            notifications.extend(report.notes.iter().map(|note| {
                let message = format!("Could not be told, because a part was not read: {}", note.message);
                let mut told = notification("not-told", "note", &message, None, &at);
                told["associatedRule"] = json!({"id": note.rule.id});
                told
            }));
            results.extend(report.findings.iter().map(|finding| result(report, finding, &at)));
            results.extend(report.allowed.iter().map(|allowed| {
                let mut result = result(report, &allowed.finding, &at);
                result["suppressions"] = json!([{"kind": "external", "justification": allowed.reason}]);
                result
            }));
        }
    }
    let lists = json!({"results": results, "notifications": notifications, "artifacts": [artifact(entry)]});
    serde_json::to_vec(&lists).unwrap_or_default()
}

/// All documents as one SARIF log.
pub(crate) fn join(parts: &[Part<'_>], _: &Look) -> Vec<u8> {
    let rules = Catalogue::of(parts);
    let mut lists: [(&str, Vec<Value>); 3] = ["results", "notifications", "artifacts"].map(|name| (name, Vec::new()));
    for part in parts {
        let mut written: Value = serde_json::from_slice(part.bytes).unwrap_or_default();
        for (name, list) in &mut lists {
            if let Some(Value::Array(more)) = written.get_mut(*name).map(Value::take) {
                list.extend(more);
            }
        }
    }
    let [(_, mut results), (_, mut notifications), (_, artifacts)] = lists;
    rules.number(&mut results, &mut notifications);
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": "en-GB",
                "rules": rules.descriptors(),
                "notifications": [
                    descriptor("unreadable", "The document could not be read", "error"),
                    descriptor("unread", "A part of the document could not be read and was not checked", "warning"),
                    descriptor("not-told", "A question that could not be answered, because a part was not read", "note"),
                ],
            }},
            "language": "en-GB",
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": part::unreadable(parts) == 0,
                "toolExecutionNotifications": notifications,
            }],
            "artifacts": artifacts,
            "results": results,
        }],
    });
    let mut out = in_json(serde_json::to_string_pretty(&log).unwrap_or_default());
    out.push('\n');
    out.into_bytes()
}

/// Every rule that was asked, by id.
struct Catalogue<'r>(BTreeMap<&'r str, &'r Rule>);

impl<'r> Catalogue<'r> {
    fn of(parts: &'r [Part<'_>]) -> Self {
        let rules = parts.iter().flat_map(|part| &part.outline.rules);
        Self(rules.map(|&rule| (rule.id.as_str(), rule)).collect())
    }

    /// Puts the number of each rule beside its id.
    fn number(&self, results: &mut [Value], notifications: &mut [Value]) {
        let numbers: BTreeMap<&str, usize> = self.0.keys().copied().zip(0..).collect();
        let number = |id: &Value| id.as_str().and_then(|id| numbers.get(id).copied());
        for result in results {
            if let Some(number) = number(&result["ruleId"]) {
                result["ruleIndex"] = json!(number);
            }
        }
        for rule in notifications.iter_mut().filter_map(|told| told.get_mut("associatedRule")) {
            rule["index"] = json!(number(&rule["id"]));
        }
    }

    fn descriptors(&self) -> Vec<Value> {
        let describe = |rule: &&Rule| {
            let cites: Vec<String> =
                rule.authority.iter().map(|Authority { cite, says, .. }| format!("{cite}: {says}")).collect();
            let mut help =
                format!("What to ask for: {}\n\nRests on:\n{}", template(rule.help.text()), cites.join("\n"));
            if let Some(limits) = &rule.limits {
                let _ = write!(help, "\n\nWhat it cannot tell: {}", limits.trim());
            }
            json!({
                "id": rule.id,
                "shortDescription": {"text": rule.title},
                "fullDescription": {"text": rule.why.trim()},
                "help": {"text": help},
                "defaultConfiguration": {"level": level(rule.severity())},
                "properties": {
                    "tags": [rule.category.as_str()],
                    "precision": rule.certainty.as_str(),
                    "authority": rule.authority.iter().map(|authority| {
                        json!({"cite": authority.cite, "force": authority.force.as_str()})
                    }).collect::<Vec<_>>(),
                },
            })
        };
        self.0.values().map(describe).collect()
    }
}

/// A sentence of a rule for any finding: `{names}` of values become an ellipsis.
fn template(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        out.push('\u{2026}');
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    out + rest
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

fn descriptor(id: &str, words: &str, level: &str) -> Value {
    json!({"id": id, "shortDescription": {"text": words}, "defaultConfiguration": {"level": level}})
}

fn notification(id: &str, level: &str, message: &str, help: Option<&str>, at: &Value) -> Value {
    let text = help.map_or_else(|| message.to_owned(), |help| format!("{message} {help}"));
    json!({
        "descriptor": {"id": id},
        "level": level,
        "message": {"text": text},
        "locations": [{"physicalLocation": {"artifactLocation": at}}],
    })
}

fn gaps(report: &Report<'_>, at: &Value) -> Vec<Value> {
    let gaps = report.plan.document().gaps().iter().map(|gap| {
        let page = gap.place.page.map_or_else(String::new, |page| format!("Page {page}: "));
        let message = format!("{page}{}. {}", prose::gap(gap), prose::gap_matters(&report.plan, gap));
        let mut told = notification("unread", "warning", &message, None, at);
        if let Some(page) = gap.place.page {
            told["properties"] = json!({"page": page});
        }
        told
    });
    gaps.collect()
}

fn artifact(entry: &Entry<'_>) -> Value {
    let mut artifact = json!({
        "location": {"uri": uri(&entry.path)},
        "roles": ["analysisTarget"],
        "hashes": {"sha-256": entry.sha256},
    });
    let Ok(report) = &entry.outcome else { return artifact };
    let document = report.plan.document();
    artifact["mimeType"] = json!(match document.format() {
        "pdf" => "application/pdf",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => "text/plain",
    });
    let mut properties = Map::new();
    properties.insert("stage".to_owned(), json!(prose::stage_word(&report.plan)));
    properties.insert("pages".to_owned(), json!(document.pages()));
    artifact["properties"] = Value::Object(properties);
    if report.is_redacted() {
        artifact["description"] = json!({"text": "The words of the plan are left out."});
    } else {
        artifact["description"] =
            json!({"text": "The contents are the words that were read out of the file; regions count in them."});
        artifact["contents"] = json!({"text": document.text()});
    }
    artifact
}

fn artifact_location(entry: &Entry<'_>, index: usize) -> Value {
    json!({"uri": uri(&entry.path), "index": index})
}

fn result(report: &Report<'_>, finding: &Finding<'_>, at: &Value) -> Value {
    let quoted = Quoted::of(&report.plan, finding);
    let place = place(&report.plan, finding, &quoted);
    let mut physical = json!({"artifactLocation": at});
    if let (Anchor::Text(span), false) = (finding.anchor, report.is_redacted()) {
        physical["region"] = region(&report.plan, span);
    }
    let mut location = json!({"physicalLocation": physical});
    if let Some(logical) = logical(finding, &place) {
        location["logicalLocations"] = json!([logical]);
    }
    json!({
        "ruleId": finding.rule.id,
        "level": level(finding.severity),
        "message": {"text": format!("{} {}", finding.message, finding.help)},
        "locations": [location],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "properties": {
            "category": finding.rule.category.as_str(),
            "confidence": finding.confidence.as_str(),
            "section": finding.section.map(Letter::as_str),
            "statement": quoted.statement,
            "missing": finding.missing.iter().map(|need| need.as_str()).collect::<Vec<_>>(),
            "softened": finding.softened,
            "page": place.page,
            "paragraph": place.paragraph,
            "table": place.table,
            "row": place.row,
        },
    })
}

/// The words themselves, and where they are in the text that was read, in characters.
fn region(plan: &Plan, span: Span) -> Value {
    let before = plan.slice(Span::new(0, span.start)).chars().count();
    let words = plan.slice(span);
    json!({"charOffset": before, "charLength": words.chars().count(), "snippet": {"text": words}})
}

/// "Section F, page 7, table 2, row 3", for people and for programs that know no regions.
fn logical(finding: &Finding<'_>, place: &Place) -> Option<Value> {
    let mut parts: Vec<String> = finding.section.map(|letter| format!("Section {letter}")).into_iter().collect();
    parts.extend(place.page.map(|page| format!("page {page}")));
    parts.extend(place.table.map(|table| format!("table {table}")));
    parts.extend(place.row.map(|row| format!("row {row}")));
    let name = parts.first()?.clone();
    Some(json!({"name": name, "fullyQualifiedName": parts.join(", "), "kind": "section"}))
}

/// A path as a reference that a SARIF reader accepts.
fn uri(path: &str) -> String {
    if path == "-" {
        return "standard-input".to_owned();
    }
    let mut uri = String::with_capacity(path.len());
    let bytes = path.as_bytes();
    // `C:/plan.docx` would be taken for a scheme called C
    if bytes.get(1) == Some(&b':') && bytes.first().is_some_and(u8::is_ascii_alphabetic) {
        uri.push_str("file:///");
    }
    for &byte in bytes {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => uri.push(char::from(byte)),
            b':' if uri.starts_with("file:///") => uri.push(':'),
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expected: &str) {
        assert_eq!(uri(path), expected);
    }

    #[test]
    fn paths_become_references() {
        check("plans/plan.docx", "plans/plan.docx");
        check("My plan (1).pdf", "My%20plan%20%281%29.pdf");
        check("C:/plans/Zo\u{eb}.pdf", "file:///C:/plans/Zo%C3%AB.pdf");
        check("-", "standard-input");
    }

    #[test]
    fn templates_lose_their_names() {
        assert_eq!(template("Ask {who} to say {ask}."), "Ask \u{2026} to say \u{2026}.");
    }
}
