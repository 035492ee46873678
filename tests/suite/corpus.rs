//! Whole plans: every section found, the stage right, findings that fit their words; hostile files end quickly.

use ehcp_lint::{Access, Anchor, Category, ExtractError, FORMATS, Letter, Report, Rules, extract, lint};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::thread;
use std::time::{Duration, Instant};

/// One file of a plan of the corpus, as the library reads it.
pub(crate) struct Reading {
    /// The plan: its folder.
    pub(crate) plan: String,
    /// The file in it.
    pub(crate) file: &'static str,
    /// The truth about the plan.
    pub(crate) gold: Value,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// The report, or why there is none.
    pub(crate) outcome: Result<Report<'static>, ExtractError>,
}

/// The rules that every plan is read with.
static RULES: LazyLock<Rules> = LazyLock::new(Rules::built_in);

/// Every plan in both formats, read once for all tests, on as many threads as there are cores.
pub(crate) static READINGS: LazyLock<Vec<Reading>> = LazyLock::new(|| {
    let files = files();
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let mut readings: Vec<Reading> = thread::scope(|scope| {
        let portions = (0..workers).map(|first| files.iter().skip(first).step_by(workers));
        let running: Vec<_> = portions.map(|portion| scope.spawn(|| portion.map(read).collect::<Vec<_>>())).collect();
        running.into_iter().flat_map(|one| one.join().expect("no plan may panic the library")).collect()
    });
    readings.sort_by(|a, b| (&a.plan, a.file).cmp(&(&b.plan, b.file)));
    readings
});

impl Reading {
    /// How a test speaks of it.
    pub(crate) fn name(&self) -> String {
        format!("{}/{}", self.plan, self.file)
    }

    pub(crate) fn report(&self) -> &Report<'static> {
        self.outcome.as_ref().unwrap_or_else(|error| panic!("{}: {error}", self.name()))
    }

    fn gold_text(&self, letter: Letter) -> &str {
        self.gold["sections"][letter.as_str()].as_str().unwrap_or_default()
    }
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// Every folder with a truth in it, in both formats.
fn files() -> Vec<(PathBuf, &'static str)> {
    let folders = fs::read_dir(corpus()).expect("corpus").map(|entry| entry.expect("an entry").path());
    let plans: Vec<PathBuf> = folders.filter(|folder| folder.join("gold.json").is_file()).collect();
    assert!(plans.len() >= 18, "the corpus was not found");
    plans.into_iter().flat_map(|plan| ["plan.docx", "plan.pdf"].map(|file| (plan.clone(), file))).collect()
}

fn read((folder, file): &(PathBuf, &'static str)) -> Reading {
    let gold = fs::read_to_string(folder.join("gold.json")).expect("gold.json");
    let bytes = fs::read(folder.join(file)).expect("each plan in both formats");
    Reading {
        plan: folder.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        file,
        gold: serde_json::from_str(&gold).expect("gold.json is JSON"),
        outcome: lint(&bytes, &Access::default(), &RULES),
        bytes,
    }
}

#[test]
fn every_section_is_found() {
    let mut lost = Vec::new();
    for reading in READINGS.iter() {
        for letter in Letter::ALL {
            let words = reading.gold_text(letter).split_whitespace().count();
            if words > 3 && !reading.report().plan.section(letter).present() {
                lost.push(format!("{}: Section {letter}", reading.name()));
            }
        }
    }
    assert!(lost.is_empty(), "not found:\n{}", lost.join("\n"));
}

#[test]
fn no_plan_is_taken_for_one_of_another_law() {
    for reading in READINGS.iter() {
        let other = reading.report().plan.other();
        assert!(other.is_none(), "{} is taken for {:?}", reading.name(), other.map(|other| &other.name));
    }
}

#[test]
fn the_stage_is_right() {
    for reading in READINGS.iter() {
        let stage = reading.report().plan.profile().stage.value().map(|stage| stage.as_str());
        assert_eq!(stage, reading.gold["meta"]["stage"].as_str(), "{}", reading.name());
    }
}

#[test]
fn sections_hold_their_own_words() {
    let words = |text: &str| {
        let word = |w: &str| w.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
        text.split_whitespace().map(word).filter(|w| w.len() > 3).collect::<BTreeSet<String>>()
    };
    let mut wrong = Vec::new();
    for reading in READINGS.iter() {
        let plan = &reading.report().plan;
        for letter in Letter::ALL {
            let wanted = words(reading.gold_text(letter));
            let found = words(&plan.section(letter).text(plan.document()));
            let held = wanted.intersection(&found).count();
            if held * 10 < wanted.len() * 9 {
                wrong.push(format!("{}: Section {letter} holds {held} of {} words", reading.name(), wanted.len()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The corpus can show every category wrong, at every stage, from the nursery to the last year of a plan.
#[test]
fn the_corpus_covers_its_field() {
    let truths: Vec<&Value> = READINGS.chunk_by(|a, b| a.plan == b.plan).map(|plan| &plan[0].gold).collect();
    let list = |truth: &'static Value, key: &str| truth[key].as_array().expect("a list").iter();
    let mut counts: BTreeMap<&str, u32> = Category::ALL.iter().map(|category| (category.as_str(), 0)).collect();
    // the first plans are what the judgement was made with
    let later = |truth: &&&'static Value| truth["meta"]["id"].as_str().and_then(|id| id.parse().ok()) >= Some(12);
    for truth in truths.iter().filter(later) {
        let of_statements = list(truth, "statements").flat_map(|statement| list(statement, "labels"));
        let of_plan = list(truth, "document_findings").map(|finding| &finding["category"]);
        for label in of_statements.chain(of_plan) {
            *counts.get_mut(label.as_str().expect("a label")).expect("a known category") += 1;
        }
    }
    counts.retain(|_, count| *count < 2);
    assert!(counts.is_empty(), "too rare among the plans from 12 on: {counts:?}");
    let meta = |key: &str| truths.iter().map(|truth| truth["meta"][key].to_string()).collect::<BTreeSet<String>>();
    let lacks = |key: &str, wanted: &[&str]| -> Vec<String> {
        let held = meta(key);
        wanted.iter().filter(|value| !held.contains(**value)).map(|value| format!("{key} {value}")).collect()
    };
    let mut absent = lacks("stage", &["\"draft\"", "\"final\"", "\"amended\""]);
    absent.extend(lacks("age_at_plan", &["3", "8", "14", "17", "22"]));
    assert!(absent.is_empty(), "no plan has {absent:?}");
}

#[test]
fn findings_fit_their_words() {
    for reading in READINGS.iter() {
        let (name, report) = (reading.name(), reading.report());
        assert!(!report.findings.is_empty(), "{name}: nothing was found");
        let mut prints = BTreeSet::new();
        for finding in &report.findings {
            let rule = &finding.rule.id;
            match finding.anchor {
                Anchor::Text(span) => assert_eq!(report.plan.slice(span), finding.quote, "{name}: {rule}"),
                Anchor::Missing(_) => assert!(finding.quote.is_empty(), "{name}: {rule}"),
            }
            let own_words = [&finding.message, &finding.help].map(|said| said.replace(&finding.quote, ""));
            assert!(own_words.iter().all(|said| !said.contains(['{', '}'])), "{name}: {rule}");
            assert!(prints.insert(&finding.fingerprint), "{name}: {rule} has the fingerprint of another finding");
        }
    }
}

#[test]
fn two_runs_agree() {
    let reading = &READINGS[0];
    let again = lint(&reading.bytes, &Access::default(), &RULES).expect("it was read before");
    let prints = |report: &Report<'_>| report.findings.iter().map(|f| f.fingerprint.clone()).collect::<Vec<_>>();
    assert_eq!(prints(reading.report()), prints(&again));
}

#[test]
fn a_scan_is_refused_with_the_reason() {
    let bytes = fs::read(corpus().join("broken/scanned-plan.pdf")).expect("the scan");
    let error = lint(&bytes, &Access::default(), &RULES).err().map(|error| error.to_string());
    assert!(error.as_ref().is_some_and(|error| error.contains("every page is a picture")), "{error:?}");
}

#[test]
fn hostile_files_end_quickly_and_without_a_document() {
    let mut count = 0;
    for entry in fs::read_dir(corpus().join("broken")).expect("corpus/broken") {
        let path = entry.expect("an entry").path();
        let bytes = fs::read(&path).expect("a file");
        let start = Instant::now();
        let read = extract(&bytes, &Access::default());
        assert!(start.elapsed() < Duration::from_secs(20), "{} takes too long", path.display());
        if let Ok(document) = read {
            let known = FORMATS.iter().any(|format| format.name == document.format());
            assert!(known, "{} is read as {}", path.display(), document.format());
        }
        count += 1;
    }
    assert!(count >= 6, "corpus/broken was not found");
}

/// The trial national template as its publisher gives it out (MIT, see the licence beside it): nothing is filled in.
#[test]
fn a_blank_template_is_empty_or_unfilled_and_nothing_else() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/blank-template.docx");
    let bytes = fs::read(file).expect("the template");
    let rules = Rules::built_in();
    let report = lint(&bytes, &Access::default(), &rules).expect("a report");
    let absent: Vec<Letter> =
        Letter::ALL.into_iter().filter(|&letter| !report.plan.section(letter).present()).collect();
    assert_eq!(absent, [], "sections that were not found");
    let mut other: Vec<&str> = report.findings.iter().map(|finding| finding.rule.id.as_str()).collect();
    assert!(other.iter().any(|id| id.starts_with("plan/placeholder")), "no field was found");
    other.retain(|id| !id.starts_with("plan/placeholder") && !id.starts_with("plan/section-empty"));
    other.dedup();
    assert_eq!(other, Vec::<&str>::new());
}
