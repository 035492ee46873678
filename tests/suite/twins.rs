//! A plan as a Word file and as a PDF says the same of its statements: what leads into a list, or covers it, reaches the same items,
//! and the same area of need stands over them.

use crate::corpus::READINGS;
use ehcp_lint::{Access, Plan, Span, Statement, extract};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// As other programs print plans, so many of the statements in lists have their words before and after them. A statement that is
/// cut otherwise counts as one that has not.
const IN_PROGRAMS: (usize, usize) = (17, 17);

/// Words without what only the layout put into them.
fn level(text: &str) -> String {
    text.replace('\u{ad}', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands over a statement in a list: its section and words, what leads in, and what covers the list.
type Listed = (String, String, String);

/// The statements in lists that have words before or after them.
fn listed(plan: &Plan) -> Vec<Listed> {
    let words = |span: Option<Span>| span.map_or(String::new(), |span| level(plan.slice(span)));
    let one = |statement: &Statement| {
        let own = format!("{} {}", statement.letter, level(&plan.words_of(statement)));
        (own, words(statement.lead_in), words(statement.lead_out))
    };
    plan.statements().iter().map(one).filter(|(_, before, after)| !before.is_empty() || !after.is_empty()).collect()
}

/// How many of the statements in lists of either reading are the same in the other, and how many there are.
fn alike(one: &[Listed], other: &[Listed]) -> (usize, usize) {
    let mut left: Vec<&Listed> = other.iter().collect();
    let mut same = 0;
    for listed in one {
        if let Some(at) = left.iter().position(|found| *found == listed) {
            left.remove(at);
            same += 1;
        }
    }
    (same, one.len() + left.len())
}

#[test]
fn lists_have_the_same_words_before_and_after_them_in_word_files_and_pdfs() {
    let mut plans: BTreeMap<&str, Vec<Vec<Listed>>> = BTreeMap::new();
    for reading in READINGS.iter() {
        plans.entry(reading.plan.as_str()).or_default().push(listed(&reading.report().plan));
    }
    let (mut all, mut total) = (0, 0);
    let mut wrong = Vec::new();
    for (name, formats) in &plans {
        let [docx, pdf] = formats.as_slice() else { panic!("{name}: each plan in both formats") };
        let (same, of) = alike(docx, pdf);
        (all, total) = (all + same, total + of);
        if same < of {
            wrong.push(format!("{name}: {same} of {of}"));
        }
    }
    println!("{all} of {total} statements in lists are under the same words in both formats");
    assert!(total > 100, "too few lists to say anything: {total}");
    assert!(wrong.is_empty(), "other words in one format:\n{}", wrong.join("\n"));
}

#[test]
fn lists_have_the_same_words_before_and_after_them_as_other_programs_print_them() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/programs");
    let (mut all, mut total) = (0, 0);
    for file in fs::read_dir(corpus).expect("corpus/programs") {
        let path = file.expect("an entry").path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if path.extension().is_none_or(|ending| ending != "pdf") {
            continue;
        }
        let twin = READINGS
            .iter()
            .find(|reading| reading.file == "plan.docx" && name.contains(reading.plan.as_str()))
            .expect("a file names its plan");
        let bytes = fs::read(&path).expect("a PDF");
        let plan = Plan::read(extract(&bytes, &Access::default()).expect("a plan"));
        let (same, of) = alike(&listed(&twin.report().plan), &listed(&plan));
        println!("{name}: {same} of {of}");
        (all, total) = (all + same, total + of);
    }
    println!("{all} of {total} in all");
    assert_eq!((all, total), IN_PROGRAMS, "what changed for the better is written down here, too");
}

/// Of the statements of either format, so many thousandths are in the other, under the same area of need.
const SAME_AREA: usize = 995;

#[test]
fn statements_stand_under_the_same_area_of_need_in_word_files_and_pdfs() {
    let mut plans: BTreeMap<&str, Vec<Vec<Listed>>> = BTreeMap::new();
    for reading in READINGS.iter() {
        let plan = &reading.report().plan;
        let one = |statement: &Statement| {
            let area = statement.area.map_or(String::new(), |area| format!("{area:?}"));
            (statement.letter.as_str().to_owned(), level(&plan.words_of(statement)), area)
        };
        plans.entry(reading.plan.as_str()).or_default().push(plan.statements().iter().map(one).collect());
    }
    let pairs = plans.values().map(|formats| alike(&formats[0], &formats[1]));
    let (same, of) = pairs.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    println!("{same} of {of} statements are the same in both formats, under the same area of need");
    assert!(same * 1000 >= of * SAME_AREA, "only {same} of {of}");
}
