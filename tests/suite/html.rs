//! HTML: every finding explained, every link with its end, every word of a plan shown as text and nothing else.

use crate::corpus::READINGS;
use ehcp_lint::{Access, Entry, Failure, Look, Rules, Run, WRITERS, lint};
use std::collections::BTreeSet;

const HOSTILE: &str = "\
# Section B: Special educational needs

Sam <script>alert('A')</script> has difficulty with reading & writing \"every\" day. </mark></style><style>body{display:none}</style>

# Section F: Special educational provision

Access to <img src=x onerror=alert(1)> support as <b>needed</b> &lt;i&gt; <!-- hidden --> \u{202e}rtl\u{202c} and javascript:alert(1).

| Provision | <iframe src='//x'></iframe> By whom |
|---|---|
| </td></table><form action=//x>Regular help | <a href='javascript:1'>Staff</a> |
";

/// Every element that a report is made of. What is not here could only come from a plan.
const ELEMENTS: &[&str] = &[
    "a", "article", "body", "br", "caption", "code", "dd", "details", "div", "dl", "dt", "fieldset", "footer", "h1",
    "h2", "h3", "h4", "h5", "h6", "head", "header", "html", "input", "label", "legend", "li", "main", "mark", "meta",
    "meter", "nav", "ol", "p", "section", "span", "strong", "style", "summary", "table", "tbody", "td", "th", "thead",
    "title", "tr", "ul",
];

fn page(run: &Run<'_>) -> String {
    let writer = WRITERS.iter().find(|writer| writer.name == "html").expect("a writer");
    String::from_utf8(writer.write(run, &Look::PLAIN)).expect("UTF-8")
}

fn of_text(rules: &Rules, path: &str, text: &str) -> String {
    let outcome = lint(text.as_bytes(), &Access::default(), rules).map_err(|error| Failure::of(&error));
    page(&Run { entries: vec![Entry::new(path, text.as_bytes(), outcome)] })
}

/// The tags of a page, without their angle brackets.
fn tags(page: &str) -> Vec<&str> {
    page.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag).collect()
}

fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let begin = format!(" {attribute}=\"");
    let inside = tags(page).into_iter().flat_map(|tag| {
        tag.split(begin.as_str()).skip(1).filter_map(|rest| rest.split_once('"')).map(|(value, _)| value)
    });
    inside.collect()
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The same element is opened and closed, in the right order.
fn balanced(page: &str) -> Result<(), String> {
    const VOID: &[&str] = &["br", "input", "meta"];
    let mut open: Vec<&str> = Vec::new();
    for tag in tags(page).into_iter().filter(|tag| !tag.starts_with('!')) {
        let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or_default();
        if tag.starts_with('/') {
            let last = open.pop();
            if last != Some(name) {
                return Err(format!("</{name}> closes {last:?}"));
            }
        } else if !VOID.contains(&name) {
            open.push(name);
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("left open: {open:?}")) }
}

#[test]
fn a_small_plan_looks_as_approved() {
    let text = "\
Draft Education, Health and Care Plan

# Section B: Special educational needs

Sam has difficulty with expressive language.

# Section F: Special educational provision

- Sam will have access to support with his language as required.

| Provision | By whom | How often |
|---|---|---|
| Speech and language therapy | Speech and language therapist | as needed |
";
    let rules = Rules::built_in().select(&["provision/vague-wording", "plan/section-missing"]).expect("known");
    let page = of_text(&rules, "plan.txt", text);
    let (head, body) = page.split_once("<style>").expect("a style");
    let body = body.split_once("</style>").expect("its end").1;
    let version = env!("CARGO_PKG_VERSION");
    let lines = format!("{head}{body}").replace("><", ">\n<").replace(version, "VERSION");
    insta::assert_snapshot!("html_small", lines);
}

#[test]
fn a_plan_full_of_markup_is_shown_as_text() {
    let page = of_text(&Rules::built_in(), "<b>plan</b>.txt", HOSTILE);
    for tag in tags(&page) {
        let name = tag.trim_start_matches(['/', '!']).split([' ', '\n']).next().unwrap_or_default();
        assert!(ELEMENTS.contains(&name) || tag == "!DOCTYPE html", "<{tag}> in the page");
    }
    assert!(balanced(&page).is_ok());
    for words in ["<script>alert('A')</script>", "<img src=x onerror=alert(1)>", "&lt;i&gt;", "<!-- hidden -->"] {
        assert!(page.contains(&escaped(words)), "{words} is not shown");
    }
    assert!(page.contains("&lt;img src=x onerror=alert(1)&gt;") && !page.contains('\u{202e}'));
    assert!(page.contains("&lt;b&gt;plan&lt;/b&gt;.txt") && !page.contains("<b>"));
    assert_eq!(page.matches("<style>").count(), 1);
}

#[test]
fn nothing_is_fetched_run_or_sent() {
    let page = of_text(&Rules::built_in(), "plan.txt", HOSTILE);
    assert!(
        page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\"")
    );
    for attribute in ["src", "srcset", "action", "onclick", "style", "http", "ping", "formaction"] {
        assert_eq!(values(&page, attribute), Vec::<&str>::new(), "{attribute}");
    }
    let style = page.split("<style>").nth(1).and_then(|rest| rest.split("</style>").next()).expect("a style");
    assert!(!style.contains("url(") && !style.contains("@import") && !style.contains("http"));
    for target in values(&page, "href") {
        assert!(target.starts_with('#') || target.starts_with("https://www."), "{target}");
    }
}

#[test]
fn every_finding_is_explained_once_and_every_link_has_its_end() {
    for reading in READINGS.iter() {
        let report = reading.report();
        let run = Run { entries: vec![Entry::new(reading.name(), &reading.bytes, Ok(report.clone()))] };
        for (run, redacted) in
            [(&run, false), (&Run { entries: vec![Entry::new("x", b"", Ok(report.clone()))] }.redacted(), true)]
        {
            let page = page(run);
            let name = format!("{}{}", reading.name(), if redacted { ", redacted" } else { "" });
            assert_eq!(balanced(&page), Ok(()), "{name}");
            let ids = values(&page, "id");
            let known: BTreeSet<&str> = ids.iter().copied().collect();
            assert_eq!(known.len(), ids.len(), "{name} has an id twice");
            for target in values(&page, "href").into_iter().filter_map(|target| target.strip_prefix('#')) {
                assert!(known.contains(target), "{name} links to #{target}, which is not there");
            }
            for number in 1..=report.findings.len() {
                let id = format!("d1-n{number}");
                assert!(known.contains(id.as_str()), "{name} leaves out note {number}");
            }
            assert_eq!(page.matches("class=\"note ").count(), report.findings.len(), "{name}");
            let gaps = report.plan.document().gaps().len();
            assert_eq!(page.contains("Not all of the file could be read."), gaps > 0, "{name}");
            if !redacted {
                for finding in &report.findings {
                    assert!(page.contains(&escaped(&finding.message)), "{name}: {}", finding.rule.id);
                    assert!(page.contains(&escaped(&finding.help)), "{name}: {}", finding.rule.id);
                }
                shows_every_word(&name, &page, report.plan.document().text());
            }
        }
    }
}

/// Every word of the plan stands in the page, however it is marked.
fn shows_every_word(name: &str, page: &str, text: &str) {
    let mut bare = String::new();
    for piece in page.split('<') {
        bare.push_str(piece.split_once('>').map_or(piece, |(_, rest)| rest));
    }
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let bare = letters(&bare.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\""));
    let lost: Vec<&str> = text
        .lines()
        .flat_map(|line| line.split_whitespace())
        // "«Forename» 3 's": the number of a note stands behind what is marked.
        .map(|word| word.trim_end_matches("\u{2019}s").trim_end_matches("'s"))
        .filter(|word| word.chars().count() > 3 && !bare.contains(&letters(word)))
        .take(5)
        .collect();
    assert!(lost.is_empty(), "{name} does not show {lost:?}");
}

#[test]
fn several_plans_have_a_list_of_contents() {
    let rules = Rules::built_in();
    let outcome = || lint(HOSTILE.as_bytes(), &Access::default(), &rules).map_err(|error| Failure::of(&error));
    let failure = Failure { message: "It is damaged.".to_owned(), help: "Ask for it again.".to_owned() };
    let page = page(&Run {
        entries: vec![
            Entry::new("a.txt", b"", outcome()),
            Entry::new("b.docx", b"", Err(failure)),
            Entry::new("c.txt", b"", outcome()),
        ],
    });
    assert_eq!(balanced(&page), Ok(()));
    assert_eq!(page.matches("<article ").count(), 3);
    for words in
        ["href=\"#d1\"", "href=\"#d2\"", "href=\"#d3\"", "could not be read", "It is damaged.", "Ask for it again."]
    {
        assert!(page.contains(words), "{words}");
    }
    let ids = values(&page, "id");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an id stands twice");
}
