//! Single statements with the truth about each, by authors who had read neither rules nor word lists: `corpus/statements/`.

use crate::scoring::{Score, list, score, text};
use ehcp_lint::{Access, Entry, Look, Plan, Report, Rules, Run, WRITERS, extract};
use serde_json::{Value, json};
use std::path::Path;
use std::{fs, thread};

/// The truth of one author, and what was made of it.
pub(crate) struct Bank {
    /// The name of its file, without the ending.
    pub(crate) name: String,
    /// Whether nobody who changes a rule has read it: the file's name says so.
    pub(crate) unread: bool,
    /// Its statements, as in the file.
    pub(crate) statements: Vec<Value>,
    /// How well they were judged.
    pub(crate) score: Score,
}

/// Every bank, judged: each statement in a plan of its own, so that none leans on its neighbours.
pub(crate) fn banks() -> Vec<Bank> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/statements");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("corpus/statements").flatten().map(|file| file.path()).collect();
    files.sort();
    let rules = Rules::built_in();
    thread::scope(|scope| {
        let running: Vec<_> = files.iter().map(|file| scope.spawn(|| bank(file, &rules))).collect();
        running.into_iter().map(|bank| bank.join().expect("no statement may panic the library")).collect()
    })
}

fn bank(file: &Path, rules: &Rules) -> Bank {
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let truth: Value = serde_json::from_str(&fs::read_to_string(file).expect("a bank")).expect("JSON");
    let statements = list(&truth, "statements").to_vec();
    let mut sum = Score::default();
    for (at, statement) in statements.iter().enumerate() {
        let gold = json!({ "statements": [statement] });
        sum.add(&score(&format!("statements/{name}.json:{}", at + 1), &gold, &judged(statement, rules)));
    }
    Bank { unread: name.starts_with("unread"), name, statements, score: sum }
}

/// The object that `--format json` has for a plan that holds this statement and nothing else, without what it says of the
/// plan as a whole.
fn judged(statement: &Value, rules: &Rules) -> Value {
    let source = plan_of(statement);
    let document = extract(source.as_bytes(), &Access::default()).expect("plain text");
    let plan = Plan::read(document);
    let verdict = rules.check(&plan);
    let run =
        Run { entries: vec![Entry::new("statement".to_owned(), source.as_bytes(), Ok(Report::new(plan, verdict)))] };
    let writer = WRITERS.iter().find(|writer| writer.name == "json").expect("a JSON writer");
    let value: Value = serde_json::from_slice(&writer.write(&run, &Look::PLAIN)).expect("JSON");
    let document = &value["documents"][0];
    let of_statements = list(document, "findings").iter().filter(|f| !text(f, "statement").is_empty());
    json!({ "findings": of_statements.collect::<Vec<_>>() })
}

/// A plan with one statement, in the notation of the rule examples. `Heading: cell | Heading: cell` is a row of a table.
fn plan_of(statement: &Value) -> String {
    let title = match text(statement, "section") {
        "E" => "Outcomes",
        "G" => "Health provision",
        "H1" | "H2" => "Social care provision",
        _ => "Special educational provision",
    };
    let words = text(statement, "text");
    let cells: Option<Vec<(&str, &str)>> = words.split(" |").map(|cell| cell.split_once(':')).collect();
    let body = match cells.filter(|cells| cells.len() > 1) {
        Some(cells) => {
            let row = |cell: fn(&(&str, &str)) -> String| cells.iter().map(cell).collect::<Vec<_>>().join(" | ");
            let headings = row(|(heading, _)| heading.trim().to_owned());
            let values = row(|(_, value)| value.trim().to_owned());
            format!("| {headings} |\n|{}\n| {values} |", " --- |".repeat(cells.len()))
        }
        None => words.to_owned(),
    };
    format!("# Section {}: {title}\n\n{body}\n", text(statement, "section"))
}

#[test]
fn a_row_is_written_as_a_table() {
    let check = |words: &str, expected: &str| {
        assert_eq!(plan_of(&json!({ "section": "F", "text": words })), expected);
    };
    check("A laptop: every day.", "# Section F: Special educational provision\n\nA laptop: every day.\n");
    check(
        "Provision: Laptop | How often: ",
        "# Section F: Special educational provision\n\n| Provision | How often |\n| --- | --- |\n| Laptop |  |\n",
    );
}
