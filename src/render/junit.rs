//! The XML of `JUnit`: each rule as a test of the plan, for build servers that know nothing of plans.

use crate::render::clean::clean;
use crate::render::part::{Part, Standing};
use crate::render::prose;
use crate::render::quoted::Quoted;
use crate::render::run::Entry;
use crate::render::writer::Look;
use crate::report::Report;
use crate::rules::{Finding, Severity, Silence};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// The suite of a document, as it stands in the list of suites; on a line before it the counts of its tests.
pub(crate) fn one(entry: &Entry<'_>, _: Standing, _: &Look) -> Vec<u8> {
    let cases = cases(entry);
    let path = words(&entry.path);
    let counts = Counts::of(&cases);
    let mut out = begun(Counts::default());
    let before = out.get_ref().len();
    let _ = out.write_event(Event::Start(counts.start("testsuite", &path)));
    for case in &cases {
        case.write(&path, &mut out);
    }
    let _ = out.write_event(Event::End(BytesEnd::new("testsuite")));
    let suite = out.into_inner().split_off(before);
    [counts.line().as_bytes(), &suite].concat()
}

/// The suites of all documents.
pub(crate) fn join(parts: &[Part<'_>], _: &Look) -> Vec<u8> {
    let parts: Vec<_> = parts.iter().map(|part| part.text()).collect();
    let suites: Vec<(&str, &str)> = parts.iter().filter_map(|part| part.split_once('\n')).collect();
    let mut out = begun(suites.iter().fold(Counts::default(), |all, (line, _)| all.and(line)));
    for (_, suite) in &suites {
        out.get_mut().extend_from_slice(suite.as_bytes());
    }
    let _ = out.write_event(Event::End(BytesEnd::new("testsuites")));
    let mut bytes = out.into_inner();
    bytes.push(b'\n');
    bytes
}

/// The beginning of the file, up to the suites. Writing to memory cannot fail.
fn begun(counts: Counts) -> Writer<Vec<u8>> {
    let mut out = Writer::new_with_indent(Vec::new(), b' ', 2);
    let _ = out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    let _ = out.write_event(Event::Start(counts.start("testsuites", "ehcp-lint")));
    out
}

/// How many tests there are, and how many of them failed, were broken and were skipped.
#[derive(Clone, Copy, Default)]
struct Counts([usize; 4]);

impl Counts {
    fn of(cases: &[Case]) -> Self {
        let number = |wanted: fn(End) -> bool| cases.iter().filter(|case| wanted(case.end)).count();
        Self([
            number(|_| true),
            number(|end| matches!(end, End::Failed(_))),
            number(|end| end == End::Broken),
            number(|end| end == End::Skipped),
        ])
    }

    /// One line, with a line break.
    fn line(self) -> String {
        self.0.map(|number| number.to_string()).join(" ") + "\n"
    }

    /// These counts and those of a line.
    fn and(mut self, line: &str) -> Self {
        let more = line.split(' ').map(|number| number.parse().unwrap_or(0));
        self.0.iter_mut().zip(more).for_each(|(number, more): (&mut usize, usize)| *number += more);
        self
    }

    fn start<'t>(self, tag: &'t str, name: &str) -> BytesStart<'t> {
        let mut start = BytesStart::new(tag);
        start.push_attribute(("name", name));
        for (name, number) in ["tests", "failures", "errors", "skipped"].into_iter().zip(self.0) {
            start.push_attribute((name, number.to_string().as_str()));
        }
        start
    }
}

/// One test and how it ended.
struct Case {
    name: String,
    end: End,
    message: String,
    details: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Passed,
    /// With the severity.
    Failed(&'static str),
    /// Better practice: worth reading, no reason for a build to stop.
    Remarked,
    Skipped,
    Broken,
}

impl Case {
    fn new(name: &str, end: End, message: &str) -> Self {
        Self { name: words(name), end, message: words(message), details: String::new() }
    }

    fn write(&self, document: &str, out: &mut Writer<Vec<u8>>) {
        let mut case = BytesStart::new("testcase");
        case.push_attribute(("classname", document));
        case.push_attribute(("name", self.name.as_str()));
        let (tag, kind) = match self.end {
            End::Passed => {
                let _ = out.write_event(Event::Empty(case));
                return;
            }
            End::Failed(severity) => ("failure", Some(severity)),
            End::Remarked => ("system-out", None),
            End::Skipped => ("skipped", None),
            End::Broken => ("error", Some("unreadable")),
        };
        let mut inner = BytesStart::new(tag);
        if self.end != End::Remarked {
            inner.push_attribute(("message", self.message.as_str()));
        }
        inner.extend_attributes(kind.map(|kind| ("type", kind)));
        let text = match self.end {
            End::Remarked => format!("{}\n{}", self.message, self.details),
            _ => self.details.clone(),
        };
        let _ = out.write_event(Event::Start(case));
        if text.is_empty() {
            let _ = out.write_event(Event::Empty(inner));
        } else {
            let _ = out.write_event(Event::Start(inner));
            let _ = out.write_event(Event::Text(BytesText::new(&text)));
            let _ = out.write_event(Event::End(BytesEnd::new(tag)));
        }
        let _ = out.write_event(Event::End(BytesEnd::new("testcase")));
    }
}

fn cases(entry: &Entry<'_>) -> Vec<Case> {
    let report = match &entry.outcome {
        Ok(report) => report,
        Err(failure) => {
            return vec![Case::new("read", End::Broken, &format!("{} {}", failure.message, failure.help))];
        }
    };
    let mut cases = Vec::new();
    for gap in report.plan.document().gaps() {
        let page = gap.place.page.map_or_else(String::new, |page| format!("page {page}: "));
        let message = format!("{page}{}. {}", prose::gap(gap), prose::gap_matters(&report.plan, gap));
        cases.push(Case::new("not read", End::Skipped, &message));
    }
    cases.extend(report.findings.iter().map(|finding| found(report, finding)));
    for note in &report.notes {
        cases.push(Case::new(&note.rule.id, End::Skipped, &format!("Could not be told: {}", note.message)));
    }
    for allowed in &report.allowed {
        let message = format!("Allowed: {} ({})", allowed.reason, allowed.finding.message);
        cases.push(Case::new(&allowed.finding.rule.id, End::Skipped, &message));
    }
    for quiet in &report.quiet {
        let end = if quiet.why == Silence::NothingFound { End::Passed } else { End::Skipped };
        cases.push(Case::new(&quiet.rule.id, end, &prose::silence(&quiet.why)));
    }
    cases
}

fn found(report: &Report<'_>, finding: &Finding<'_>) -> Case {
    let end = match finding.severity {
        Severity::Error | Severity::Warning => End::Failed(finding.severity.as_str()),
        Severity::Advice => End::Remarked,
    };
    let place = prose::place(&report.plan, finding);
    let cites: Vec<&str> = finding.rule.authority.iter().map(|authority| authority.cite.as_str()).collect();
    let mut lines = vec![place.clone()];
    lines.extend(Quoted::of(&report.plan, finding).statement.map(|statement| words(&statement)));
    lines.push(words(&finding.help));
    lines.extend(finding.softened.map(words));
    lines.push(cites.join("; "));
    let name = format!("{} ({place}) {}", finding.rule.id, finding.fingerprint);
    Case { details: lines.join("\n"), ..Case::new(&name, end, &finding.message) }
}

/// Words that may stand in XML: without control characters and without the two code points that are none.
fn words(text: &str) -> String {
    clean(text).replace(['\u{fffe}', '\u{ffff}'], "")
}
