//! Plans as other programs print them (`corpus/programs`): words of sections, rows of tables and furniture, held to targets.

use ehcp_lint::{Access, Document, Letter, Plan, Table, extract};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// How many of the words of a section are there, in order: on the average, and in the section that is read worst.
const WORDS: f64 = 0.99;
const WORST_WORDS: f64 = 0.95;
/// Of the rows of tables with ruling lines, and of those without, so many have every cell right.
const RULED_ROWS: f64 = 0.99;
const OTHER_ROWS: f64 = 0.85;

/// A file, the truth about the plan that it prints, and the words of its header and footer.
struct Printed {
    name: String,
    path: PathBuf,
    gold: Value,
    around: Vec<Vec<String>>,
}

fn files() -> Vec<Printed> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let plans: Vec<String> = fs::read_dir(&corpus)
        .expect("the corpus")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| corpus.join(name).join("gold.json").is_file())
        .collect();
    let mut files: Vec<Printed> = fs::read_dir(corpus.join("programs"))
        .expect("corpus/programs")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "pdf"))
        .map(|path| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let plan = plans.iter().find(|plan| name.contains(plan.as_str())).expect("a file names its plan");
            let read = |file: &str| fs::read_to_string(corpus.join(plan).join(file)).expect("the truth and its source");
            let (gold, source) = (read("gold.json"), read("plan.yaml"));
            let meta =
                source.lines().filter_map(|line| line.strip_prefix("  header: ").or(line.strip_prefix("  footer: ")));
            Printed { name, path, gold: serde_json::from_str(&gold).expect("JSON"), around: meta.map(words).collect() }
        })
        .collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(files.len() >= 20, "corpus/programs was not found");
    files
}

/// Words as `corpus/compare.py` counts them.
fn words(text: &str) -> Vec<String> {
    let text = text.replace(['\u{ad}', '\u{200b}'], "").replace(['\u{2019}', '\u{2018}'], "'").to_lowercase();
    let part = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "\u{a3}%'".contains(letter);
    text.split(|letter: char| !part(letter)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// F1 of the longest common subsequence of words.
fn alike(gold: &[String], found: &[String]) -> f64 {
    let same = gold.iter().zip(found).take_while(|(a, b)| a == b).count();
    let (one, other) = (&gold[same..], &found[same..]);
    let mut row = vec![0; other.len() + 1];
    for word in one {
        let mut before = 0;
        for (at, found) in other.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if word == found { before + 1 } else { above.max(row[at]) };
            before = above;
        }
    }
    share(2 * (row[other.len()] + same), gold.len() + found.len())
}

#[expect(clippy::cast_precision_loss, reason = "counts of words and rows")]
fn share(part: usize, of: usize) -> f64 {
    if of == 0 { 1.0 } else { part as f64 / of as f64 }
}

/// The words of the cells of one row, or of one column.
type Side = Vec<Vec<String>>;

/// The rows of a table, and its columns: in a record card, a row of the truth stands upright.
fn lines_of(document: &Document, table: &Table) -> Vec<Side> {
    let mut lines = vec![Side::new(); (table.rows + table.columns) as usize];
    for cell in (0..table.rows).flat_map(|row| table.row(row)) {
        let blocks = document.blocks().get(cell.blocks.clone()).unwrap_or_default();
        let text = words(&blocks.iter().map(|block| document.slice(block.span)).collect::<Vec<_>>().join(" "));
        if !text.is_empty() {
            lines[(table.rows + cell.column) as usize].push(text.clone());
            lines[cell.row as usize].push(text);
        }
    }
    lines
}

#[test]
fn what_other_programs_print_is_read_as_the_plan_says() {
    let (mut all, mut wrong) = (Vec::new(), Vec::new());
    let mut rows = [(0, 0), (0, 0)];
    for Printed { name, path, gold, around } in files() {
        assert_eq!(around.len(), 2, "{name}: header and footer");
        let plan = Plan::read(extract(&fs::read(path).expect("a file"), &Access::default()).expect("a plan"));
        let document = plan.document();
        for letter in Letter::ALL {
            let wanted = words(gold["sections"][letter.as_str()].as_str().unwrap_or_default());
            let found = plan.section(letter).text(document);
            let score = alike(&wanted, &words(&found));
            all.push(score);
            if score < WORST_WORDS {
                wrong.push(format!("{name}: Section {letter:?} is read at {score:.3}"));
            }
            let left = |line: &str| {
                around.contains(&words(line)) || words(line).join(" ").contains(" of ") && line.starts_with("Page ")
            };
            if let Some(line) = found.lines().find(|line| left(line)) {
                wrong.push(format!("{name}: in Section {letter:?} stands a header or footer: {line}"));
            }
        }
        let tables: Vec<Side> = document.tables().iter().flat_map(|table| lines_of(document, table)).collect();
        let counted = &mut rows[usize::from(name.ends_with("-no-lines"))];
        for statement in gold["statements"].as_array().expect("statements") {
            let Some(cells) = statement["cells"].as_array() else { continue };
            let wanted: Vec<Vec<String>> = cells
                .iter()
                .map(|cell| words(cell.as_str().unwrap_or_default()))
                .filter(|cell| !cell.is_empty())
                .collect();
            counted.0 += usize::from(tables.iter().any(|line| line.windows(wanted.len()).any(|part| part == wanted)));
            counted.1 += 1;
        }
    }
    let mean = all.iter().sum::<f64>() / share(all.len(), 1);
    let worst = all.iter().copied().fold(1.0, f64::min);
    println!("words {mean:.4}, worst {worst:.4}; rows with lines {:?}, without {:?}", rows[0], rows[1]);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(mean >= WORDS, "words: {mean:.4}");
    assert!(share(rows[0].0, rows[0].1) >= RULED_ROWS && share(rows[1].0, rows[1].1) >= OTHER_ROWS, "rows: {rows:?}");
}
