//! Every writer on the same reports: nothing is left out, the JSON fits its schema, the terminal looks as it did.

use ehcp_lint::{
    Access, Anchor, Detail, EXTRACT_WRITERS, Entry, ExtractError, Failure, Look, Rules, Run, WRITERS, extract_schema,
    lint, report_schema,
};
use std::fs;
use std::path::Path;

/// A small plan with something wrong in several sections, and with things in it that no terminal should obey.
const PLAN: &str = "\
Draft Education, Health and Care Plan

# Section A: Views, interests and aspirations

Sam likes \u{1b}[31mred\u{1b}[0m trains and regular visits to the park.

# Section B: Special educational needs

Sam has difficulty with expressive language.

# Section E: Outcomes

By July 2027 Sam will use sentences of four words in class on four of five occasions.

# Section F: Special educational provision

Sam will have access to a speech and language therapist for regular input to develop his expressive language, and staff will use a range of strategies recommended by the therapist throughout the school day. He would benefit from small group work as appropriate.

- Support with reading as required.
- Access to a quiet space when he is ready.
- Regular help with writing.
- Opportunities for social skills work.
- Opportunities for movement where possible.
- A teaching assistant will read with Sam for 20 minutes every day.

| Provision | By whom | How often |
|---|---|---|
| Speech and language therapy | Speech and language therapist | as needed |
| Sensory circuit | Teaching assistant | 15 minutes, every morning |

# Section I: Placement

Hill Top Primary School, a mainstream school.
";

fn run<'r>(rules: &'r Rules, documents: &[(&str, &[u8])]) -> Run<'r> {
    let entries = documents.iter().map(|&(path, bytes)| {
        Entry::new(path, bytes, lint(bytes, &Access::default(), rules).map_err(|error| Failure::of(&error)))
    });
    Run { entries: entries.collect() }
}

fn sample(rules: &Rules) -> Run<'_> {
    run(rules, &[("plan.txt", PLAN.as_bytes()), ("empty.docx", b"")])
}

fn written(name: &str, run: &Run<'_>, look: &Look) -> String {
    let writer = WRITERS.iter().chain(EXTRACT_WRITERS).find(|writer| writer.name == name).expect("a writer");
    String::from_utf8(writer.write(run, look)).expect("UTF-8")
}

fn screen(width: usize) -> Look {
    Look { width, color: false, unicode: true, detail: Detail::Usual }
}

#[test]
fn the_terminal_looks_as_approved() {
    let rules = Rules::built_in();
    let run = sample(&rules);
    insta::assert_snapshot!("pretty_80", written("pretty", &run, &screen(80)));
    insta::assert_snapshot!("pretty_50", written("pretty", &run, &screen(50)));
    insta::assert_snapshot!("plain_80", written("plain", &run, &Look::PLAIN));
}

#[test]
fn no_row_is_wider_than_the_screen() {
    let rules = Rules::built_in();
    let run = sample(&rules);
    for width in [50, 64, 80, 100] {
        for detail in [Detail::Less, Detail::Usual, Detail::More] {
            for name in ["pretty", "plain"] {
                let text = written(name, &run, &Look { width, detail, ..screen(width) });
                let wide = text.lines().find(|line| line.chars().count() > width);
                assert_eq!(wide, None, "{name} at {width} columns");
            }
        }
    }
}

#[test]
fn nothing_in_a_plan_steers_the_terminal() {
    let rules = Rules::built_in();
    let run = run(&rules, &[("pl\u{1b}[2Jan.txt", PLAN.as_bytes()), ("e\u{7}.pdf", b"%PDF-1.7 noise")]);
    for (name, detail) in [("pretty", Detail::Usual), ("pretty", Detail::More), ("plain", Detail::More)] {
        let text = written(name, &run, &Look { detail, ..screen(80) });
        let steering = text.chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(steering, None, "{name}");
    }
    for name in ["text", "markdown"] {
        assert!(!written(name, &run, &screen(80)).contains('\u{1b}'), "{name}");
    }
}

#[test]
fn colours_change_no_word() {
    let rules = Rules::built_in();
    let run = sample(&rules);
    let coloured = written("pretty", &run, &Look { color: true, ..screen(80) });
    let mut bare = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        bare.push_str(before);
        rest = after.split_once('m').map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    assert!(coloured.contains("\u{1b}["));
    assert_eq!(bare, written("pretty", &run, &screen(80)));
}

#[test]
fn every_writer_shows_every_finding_and_every_failure() {
    let rules = Rules::built_in();
    let run = sample(&rules);
    let findings = run.reports().next().map(|report| report.findings.len());
    assert!(findings.is_some_and(|n| n > 3), "the sample has findings");
    for writer in WRITERS {
        let text = written(writer.name, &run, &screen(100));
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains("empty.docx") && flat.contains(&ExtractError::Empty.to_string()), "{}", writer.name);
        for finding in run.reports().flat_map(|report| &report.findings) {
            assert!(text.contains(&finding.rule.id), "{} leaves out {}", writer.name, finding.rule.id);
        }
    }
    let more = written("plain", &run, &Look { detail: Detail::More, ..Look::PLAIN });
    let shown = run.reports().flat_map(|report| &report.findings).filter(|f| more.contains(&f.rule.id)).count();
    assert_eq!(Some(shown), findings);
}

#[test]
fn the_json_holds_what_the_contract_says() {
    let rules = Rules::built_in();
    let run = sample(&rules);
    let json: serde_json::Value = serde_json::from_str(&written("json", &run, &screen(80))).expect("JSON");
    assert_eq!(json["schema_version"], 1);
    assert_eq!(json["tool"]["name"], "ehcp-lint");
    assert_eq!(json["tool"]["rules"], "2026-11");
    assert_eq!(json["summary"]["documents"], 2);
    assert_eq!(json["summary"]["unreadable"], 1);
    let document = &json["documents"][0];
    let ids: Vec<&str> =
        document["sections"].as_array().expect("sections").iter().filter_map(|s| s["id"].as_str()).collect();
    assert_eq!(ids, ["A", "B", "C", "D", "E", "F", "G", "H1", "H2", "I", "J", "K"]);
    let findings = document["findings"].as_array().expect("findings");
    assert_eq!(findings.len(), run.reports().map(|report| report.findings.len()).sum::<usize>());
    let mut placed = 0;
    for finding in findings {
        let (Some(statement), Some(quote)) = (finding["statement"].as_str(), finding["quote"].as_str()) else {
            continue;
        };
        let (Some(start), Some(end)) = (finding["place"]["start"].as_u64(), finding["place"]["end"].as_u64()) else {
            continue;
        };
        let (start, end) = (usize::try_from(start).expect("small"), usize::try_from(end).expect("small"));
        let found: String = statement.chars().skip(start).take(end - start).collect();
        assert_eq!(found, quote, "{}", finding["rule"]);
        placed += 1;
    }
    assert!(placed > 0, "no finding has its words in its statement");
    assert_eq!(json["documents"][1]["error"]["message"], ExtractError::Empty.to_string());
}

#[test]
fn real_output_fits_the_schemas() {
    let rules = Rules::built_in();
    let word = fs::read(root().join("corpus/02-posy/plan.docx")).expect("a corpus plan");
    let pdf = fs::read(root().join("corpus/09-aleena/plan.pdf")).expect("a corpus plan");
    let run = run(&rules, &[("a.docx", &word), ("b.pdf", &pdf), ("c.txt", PLAN.as_bytes()), ("d.docx", b"")]);
    let valid = |schema: &str, text: &str| {
        let schema = serde_json::from_str(schema).expect("a schema");
        let instance = serde_json::from_str(text).expect("JSON");
        let validator = jsonschema::validator_for(&schema).expect("a sound schema");
        let wrong: Vec<String> =
            validator.iter_errors(&instance).map(|e| format!("{e} at {}", e.instance_path)).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    };
    valid(&report_schema(), &written("json", &run, &screen(80)));
    let extract = EXTRACT_WRITERS.iter().find(|writer| writer.name == "json").expect("a writer");
    valid(&extract_schema(), &String::from_utf8(extract.write(&run, &screen(80))).expect("UTF-8"));
    let lines = written("jsonl", &run, &screen(80));
    assert_eq!(lines.lines().count(), 4);
    let report: serde_json::Value = serde_json::from_str(&written("json", &run, &screen(80))).expect("JSON");
    for (line, document) in lines.lines().zip(report["documents"].as_array().expect("documents")) {
        assert_eq!(serde_json::from_str::<serde_json::Value>(line).expect("JSON"), *document);
    }
}

/// The schemas are kept where other programs find them. `UPDATE_SCHEMAS=1 cargo test` writes them anew.
#[test]
fn the_schemas_in_docs_are_current() {
    for (name, schema) in [("report", report_schema()), ("extract", extract_schema())] {
        let path = root().join(format!("docs/schema/{name}.schema.json"));
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            fs::write(&path, &schema).expect("docs/schema can be written");
        }
        let kept = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert!(kept == schema, "{} is out of date: run `UPDATE_SCHEMAS=1 cargo test`", path.display());
    }
}

#[test]
fn every_finding_can_be_shown() {
    let rules = Rules::built_in();
    for report in sample(&rules).reports() {
        for finding in &report.findings {
            let fits = match finding.anchor {
                Anchor::Text(span) => report.plan.slice(span) == finding.quote,
                Anchor::Missing(_) => finding.quote.is_empty(),
            };
            assert!(fits, "{}", finding.rule.id);
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
