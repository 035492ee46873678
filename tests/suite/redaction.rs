//! `--redact`: no writer shows a word of a plan, a name, or the name of a file.

use crate::cli::{check, run};
use crate::corpus::READINGS;
use ehcp_lint::{Detail, Entry, Failure, Letter, Look, Rules, Run, WRITERS};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;

/// A run of words this long that stands in the plan and in no rule is a quotation.
const QUOTATION: usize = 5;

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Every run of that many words, by a number that stands for it: comparing numbers is what keeps this test quick.
fn sequences(words: &[String]) -> BTreeMap<u64, &[String]> {
    let number = |run: &[String]| {
        let mut hasher = DefaultHasher::new();
        run.hash(&mut hasher);
        hasher.finish()
    };
    words.windows(QUOTATION).map(|run| (number(run), run)).collect()
}

/// What we say ourselves: the rules, and the sentences of the writers.
fn our_words() -> Vec<String> {
    let mut texts: Vec<String> = Rules::SOURCES.iter().map(|(_, text)| (*text).to_owned()).collect();
    let room = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render");
    let mut files = vec![room];
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(fs::read_dir(path).expect("a folder").flatten().map(|entry| entry.path()));
        } else {
            texts.push(fs::read_to_string(path).expect("a text file"));
        }
    }
    texts.extend(Letter::ALL.iter().map(|letter| format!("{letter} Section {letter} {}", letter.title())));
    // A section, and how much was found in it.
    let counted =
        |letter: &Letter| (0..10).map(|number| format!("{letter} {} {number}", letter.title())).collect::<Vec<_>>();
    texts.extend(Letter::ALL.iter().flat_map(counted));
    // What is not stated, and the wording to fill in for it, are put together when they are said.
    texts.push(include_str!("../../lexicon/blanks.toml").to_owned());
    texts.push("who will do it, how often and how long each time".to_owned());
    texts.push("who will do it, how often or how long each time".to_owned());
    // What a deadline is for.
    for event in ["a post-16 setting", "secondary school", "junior school", "the next school"] {
        texts.push(format!("the move to {event} is"));
    }
    // A sentence of the report's end, and the heading after it.
    texts.push("the settings allow them. What to do next".to_owned());
    texts.iter().flat_map(|text| words(text)).collect()
}

#[test]
fn no_writer_shows_words_or_names_of_a_redacted_plan() {
    let own_words = our_words();
    let own = sequences(&own_words);
    let own_words: BTreeSet<&String> = own_words.iter().collect();
    let looks = [Detail::Less, Detail::Usual, Detail::More].map(|detail| Look { width: 100, detail, ..Look::PLAIN });
    let mut quotations = 0;
    let mut names = 0;
    for reading in READINGS.iter() {
        let mut report = reading.report().clone();
        let text = words(report.plan.document().text());
        let mut body = sequences(&text);
        body.retain(|number, _| !own.contains_key(number));
        let known = report.plan.profile().names.iter().flat_map(|name| words(&name.text));
        let known: BTreeSet<String> = known.filter(|word| word.len() > 2 && !own_words.contains(word)).collect();
        quotations += body.len();
        names += known.len();
        // Some findings are allowed, with a reason that names somebody, and one document could not be opened.
        let reason =
            format!("Agreed with the mother of {}", report.plan.profile().names.first().map_or("", |n| &n.text));
        report.allow(&reason, |finding| finding.rule.id.ends_with('g'));
        let path = format!("plans/{} {}.docx", reading.name(), known.iter().cloned().collect::<Vec<_>>().join(" "));
        let failure =
            Failure { message: format!("\u{201c}{path}\u{201d} could not be opened."), help: "Try again.".to_owned() };
        let run = Run {
            entries: vec![
                Entry::new(path.clone(), &reading.bytes, Ok(report)),
                Entry::new(path.clone(), b"", Err(failure)),
            ],
        }
        .redacted();
        for writer in WRITERS {
            // How much is shown is for the screen alone.
            let looks = if writer.media_type == "text/plain" { &looks[..] } else { &looks[..1] };
            for look in looks {
                let text = String::from_utf8(writer.write(&run, look)).expect("UTF-8");
                let shown = words(&text);
                let quoted = sequences(&shown);
                let quoted: Vec<String> = quoted
                    .iter()
                    .filter(|(number, _)| body.contains_key(number))
                    .map(|(_, run)| run.join(" "))
                    .collect();
                assert!(quoted.is_empty(), "{} quotes {}: {quoted:?}", writer.name, reading.name());
                let shown: BTreeSet<String> = shown.into_iter().collect();
                let told: Vec<&String> = known.iter().filter(|name| shown.contains(*name)).collect();
                assert!(told.is_empty(), "{} names {told:?} of {}", writer.name, reading.name());
                assert!(!text.contains("plans/") && !text.contains(reading.file), "{} gives the path", writer.name);
                for id in run.reports().flat_map(|report| &report.findings).map(|finding| &finding.rule.id) {
                    assert!(text.contains(id.as_str()), "{} leaves out {id} of {}", writer.name, reading.name());
                }
            }
        }
    }
    assert!(quotations > 10_000 && names > 20, "there was something to hide: {quotations} and {names}");
}

#[test]
fn the_command_leaves_out_file_names_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = folder.path().join("Samantha plan.txt");
    fs::write(&plan, "# Section F: Special educational provision\n\nSamantha will have access to help as needed.\n")
        .expect("written");
    let plan = plan.to_string_lossy();
    let json = run(&["check", &plan, "--format", "json", "--redact"]);
    assert_eq!(json.code, 1);
    assert!(!json.out.contains("Samantha") && json.out.contains("\"path\": \"document 1\""), "{}", json.out);
    assert!(!json.err.contains("Samantha"), "{}", json.err);
    check(&["check", &plan, "--format", "json"], 1, &["Samantha will have access to help as needed."]);
    // What is wrong is still the same.
    let count = |text: &str| text.matches("\"rule\":").count();
    assert_eq!(count(&json.out), count(&run(&["check", &plan, "--format", "json"]).out));
}
