//! Many plans: the same bytes from any number of processes and after any stop, no words of a plan, hostile files.

use crate::cli::{check, run};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::LazyLock;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A folder of plans, with broken files among them; and what an audit of it by one process wrote.
struct Fixture {
    root: TempDir,
}

static FIXTURE: LazyLock<Fixture> = LazyLock::new(|| {
    let root = tempfile::tempdir().expect("a folder");
    let plans = root.path().join("plans");
    for (plan, folder) in
        [("02-posy", "north"), ("12-child-r", "north"), ("03-ciaran", "south/deep"), ("22-nell", "south")]
    {
        fs::create_dir_all(plans.join(folder)).expect("a folder");
        copy(&format!("{plan}/plan.docx"), &plans.join(folder).join(format!("{plan}.docx")));
    }
    copy("02-posy/plan.pdf", &plans.join("north/no ending"));
    copy("22-nell/plan.docx", &plans.join("south/copy of nell.docx"));
    for broken in
        ["tables-20000-deep.docx", "noise.pdf", "truncated.docx", "empty.pdf", "picture.png", "shopping-list.txt"]
    {
        copy(&format!("broken/{broken}"), &plans.join(broken));
    }
    fs::write(plans.join("noise.bin"), [0u8, 159, 146, 150, 0, 1]).expect("written");
    let fixture = Fixture { root };
    fixture.audit("one", &["--jobs", "1"]);
    fixture
});

fn copy(from: &str, to: &Path) {
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(from), to).expect("a file of the corpus");
}

impl Fixture {
    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).to_string_lossy().into_owned()
    }

    /// Audits the plans into this folder. Some of them cannot be read, and the exit status says so.
    fn audit(&self, out: &str, more: &[&str]) {
        let (plans, out) = (self.text("plans"), self.text(out));
        let ran = run(&[&["audit", &plans, "-o", &out, "--smallest-group", "1"], more].concat());
        assert_eq!(ran.code, 3, "{}{}", ran.out, ran.err);
    }

    /// Every file of a folder of results.
    fn results(&self, out: &str) -> BTreeMap<String, Vec<u8>> {
        let entries = fs::read_dir(self.path(out)).expect("results").map(|entry| entry.expect("an entry").path());
        let results = entries.map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read(&path).expect("a file"))
        });
        results.collect()
    }

    fn rows(&self, out: &str, table: &str) -> Vec<BTreeMap<String, String>> {
        let mut reader = csv::Reader::from_path(self.path(out).join(format!("{table}.csv"))).expect("a table");
        reader.deserialize().map(|row| row.expect("a row")).collect()
    }
}

fn same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (name, bytes) in one {
        assert!(other[name] == *bytes, "{name} differs");
    }
}

#[test]
fn the_number_of_processes_does_not_matter() {
    FIXTURE.audit("three", &["--jobs", "3"]);
    let one = FIXTURE.results("one");
    assert_eq!(one.len(), 16, "{:?}", one.keys());
    same(&one, &FIXTURE.results("three"));
}

#[test]
fn a_hostile_file_costs_itself_alone() {
    let outcomes: BTreeMap<String, (String, String)> = FIXTURE
        .rows("one", "plans")
        .into_iter()
        .map(|row| (row["path"].clone(), (row["outcome"].clone(), row["reason"].clone())))
        .collect();
    let check = |path: &str, outcome: &str, reason: &str| {
        assert_eq!(outcomes[path], (outcome.to_owned(), reason.to_owned()), "{path}");
    };
    check("north/02-posy.docx", "read", "");
    check("north/no ending", "read", "");
    check("south/deep/03-ciaran.docx", "read", "");
    check("tables-20000-deep.docx", "unread", "too-large");
    check("noise.pdf", "unread", "damaged");
    check("empty.pdf", "unread", "empty");
    check("picture.png", "unread", "other-format");
    check("noise.bin", "not-document", "unknown-format");
    check("shopping-list.txt", "not-plan", "");
    let copies: Vec<String> =
        FIXTURE.rows("one", "plans").iter().filter(|row| row["copy"] == "1").map(|row| row["path"].clone()).collect();
    assert_eq!(copies, ["south/copy of nell.docx"].map(str::to_owned));
}

#[test]
fn an_audit_that_was_killed_goes_on_to_the_same_bytes() {
    let whole = FIXTURE.results("one");
    for (round, lines) in [1, 6].into_iter().enumerate() {
        let out = format!("killed-{round}");
        let journal = FIXTURE.path(&out).join("journal.jsonl");
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_ehcp-lint"))
            .args(["audit", &FIXTURE.text("plans"), "-o", &FIXTURE.text(&out), "--smallest-group", "1", "--jobs", "2"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        let end = Instant::now() + Duration::from_mins(1);
        while fs::read_to_string(&journal).map_or(0, |text| text.lines().count()) <= lines {
            assert!(Instant::now() < end, "the journal does not grow");
            if child.try_wait().expect("a child").is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        child.kill().expect("killed");
        child.wait().expect("ended");
        if journal.is_file() {
            // A record that was half written when the power went.
            let mut text = fs::read(&journal).expect("a journal");
            let half = text.len() - text.len().min(40);
            let torn = text[half..].to_vec();
            text.extend(torn);
            fs::write(&journal, text).expect("written");
        }
        FIXTURE.audit(
            &out,
            &["--resume"].into_iter().filter(|_| journal.is_file()).chain(["--jobs", "2"]).collect::<Vec<_>>(),
        );
        same(&whole, &FIXTURE.results(&out));
    }
}

/// Runs of five words of the statements of a plan.
fn runs_of_five(text: &str) -> BTreeSet<String> {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    words.windows(5).map(|run| run.join(" ")).collect()
}

#[test]
fn no_words_of_a_plan_stand_in_the_results_unless_they_are_asked_for() {
    FIXTURE.audit("text", &["--with-text"]);
    let plans: BTreeSet<String> =
        FIXTURE.rows("text", "statements").iter().flat_map(|row| runs_of_five(&row["text"])).collect();
    assert!(plans.len() > 3000, "{}", plans.len());
    // What the program itself says, whatever the plans.
    let empty = tempfile::tempdir().expect("a folder");
    fs::write(empty.path().join("a.txt"), "Nothing.").expect("written");
    let out = FIXTURE.text("nothing");
    assert_eq!(run(&["audit", &empty.path().to_string_lossy(), "-o", &out]).code, 0);
    let own: BTreeSet<String> =
        FIXTURE.results("nothing").values().flat_map(|bytes| runs_of_five(&String::from_utf8_lossy(bytes))).collect();
    for (name, bytes) in FIXTURE.results("one") {
        let found: Vec<String> = runs_of_five(&String::from_utf8_lossy(&bytes))
            .into_iter()
            .filter(|run| plans.contains(run) && !own.contains(run))
            .collect();
        assert!(found.is_empty(), "{name}: {} runs of five words", found.len());
    }
    let with: BTreeSet<String> = FIXTURE
        .results("text")
        .iter()
        .filter(|(name, _)| Path::new(name).extension().is_some_and(|ending| ending == "csv"))
        .flat_map(|(_, bytes)| runs_of_five(&String::from_utf8_lossy(bytes)))
        .collect();
    // The last words of a field run into the next one.
    assert!(plans.intersection(&with).count() * 10 > plans.len() * 8);
}

#[test]
fn parquet_says_what_csv_says() {
    for table in ["plans", "findings", "statements", "identifiers", "repeated", "templates", "strangers"] {
        let rows = FIXTURE.rows("one", table);
        let file = fs::File::open(FIXTURE.path("one").join(format!("{table}.parquet"))).expect("a file");
        let reader = SerializedFileReader::new(file).expect("Parquet");
        let mut count = 0;
        for (row, expected) in reader.get_row_iter(None).expect("rows").zip(&rows) {
            for (name, field) in row.expect("a row").get_column_iter() {
                let shown = match field {
                    Field::Null => String::new(),
                    Field::Str(text) => text.clone(),
                    Field::Long(number) => number.to_string(),
                    Field::Bool(flag) => flag.to_string(),
                    other => panic!("{name} is {other:?}"),
                };
                assert_eq!(shown, expected[name], "{table}.{name}");
            }
            count += 1;
        }
        assert_eq!(count, rows.len(), "{table}");
        assert!(count > 0 || table == "strangers", "{table} is empty");
    }
}

#[test]
fn a_table_of_the_users_is_joined_and_names_of_files_can_be_left_out() {
    let meta = FIXTURE.path("meta.csv");
    fs::write(&meta, "file,Council,Need,Received,Year group\nnorth/02-posy.docx,Northshire,ASD,2025-03-17,2\n03-ciaran.docx,Southshire,\"SLCN, other\",2025-06-30,10\ngone.docx,X,Y,2025-09-01,11\n")
        .expect("written");
    FIXTURE.audit("meta", &["--meta", &meta.to_string_lossy(), "--no-paths"]);
    let councils: BTreeSet<(String, String)> = FIXTURE
        .rows("meta", "plans")
        .iter()
        .filter(|row| !row["meta_council"].is_empty())
        .map(|row| (row["meta_council"].clone(), row["meta_need"].clone()))
        .collect();
    let expected = [("Northshire", "ASD"), ("Southshire", "SLCN, other")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(councils, expected.into());
    let facts = String::from_utf8(FIXTURE.results("meta")["run.json"].clone()).expect("text");
    assert!(facts.contains("\"rows_about_no_file\": 1") && facts.contains("\"rows\": 3"), "{facts}");
    for (name, bytes) in FIXTURE.results("meta") {
        let text = String::from_utf8_lossy(&bytes);
        for word in ["posy", "ciaran", "no ending", "deep/"] {
            assert!(!text.to_lowercase().contains(word), "{name} holds {word:?}");
        }
    }
    let page = String::from_utf8(FIXTURE.results("meta")["dashboard.html"].clone()).expect("text");
    assert!(page.contains("By council") && page.contains("Northshire"));
    // Dates are shown over time, numbers in their order.
    assert!(page.contains("By received, over time") && page.contains(">2025 Q2</text>"));
    let by_year = page.split("By year group").nth(1).expect("a figure by year");
    let at = |year: &str| by_year.find(&format!("<span class=\"what\">{year}</span>")).expect("a line");
    assert!(at("2") < at("10"));
}

/// Every figure of the dashboard, across plans too, has its definition one click away, and below each of its plots and tables
/// what it stands on and how many files were not read.
#[test]
fn every_figure_says_what_it_counts_and_what_it_stands_on() {
    let unread = FIXTURE.rows("one", "plans").iter().filter(|row| row["outcome"] == "unread").count();
    assert!(unread > 1);
    let page = String::from_utf8(FIXTURE.results("one")["dashboard.html"].clone()).expect("text");
    let mut figures = Vec::new();
    for part in page.split("<h3").skip(1) {
        let part = part.split("<h2").next().unwrap_or(part);
        let title = part.split('>').nth(1).and_then(|title| title.split('<').next()).expect("a title");
        assert!(part.contains("<summary>What this counts</summary>"), "{title}");
        let bases: Vec<&str> =
            part.split("class=\"base\">").skip(1).filter_map(|base| base.split('<').next()).collect();
        assert!(!bases.is_empty() && bases.len() >= part.matches("class=\"plot").count(), "{title}: {bases:?}");
        for base in bases {
            assert!(base.contains(&format!("{unread} files unread")), "{title}: {base}");
        }
        figures.push(title.to_owned());
    }
    for title in ["Sentences that stand in more than one plan", "Templates", "Names and numbers of one plan in another"]
    {
        assert!(figures.iter().any(|known| known == title), "{figures:?}");
    }
}

/// A section that is missing stands in no section of the plan; the tables and the dashboard say which it is all the same.
#[test]
fn which_section_is_missing_is_said() {
    let folder = FIXTURE.path("lacking");
    fs::create_dir_all(&folder).expect("a folder");
    let plan = "# Education, Health and Care Plan\n\n# Section A: Views\n\nSam likes trains.\n\n# Section B: Special educational needs\n\nSam finds it hard to read.\n";
    fs::write(folder.join("plan.txt"), plan).expect("written");
    let (folder, out) = (FIXTURE.text("lacking"), FIXTURE.text("of-lacking"));
    assert_eq!(run(&["audit", &folder, "-o", &out]).code, 0);
    let plans = FIXTURE.rows("of-lacking", "plans");
    assert_eq!(plans[0]["sections_missing"], "C D E F G H1 H2 I K");
    let missing: Vec<String> = FIXTURE
        .rows("of-lacking", "findings")
        .into_iter()
        .filter(|row| row["category"] == "section-missing")
        .map(|row| row["section"].clone())
        .collect();
    assert_eq!(missing, ["C", "D", "E", "F", "G", "H1", "H2", "I", "K"]);
    let page = String::from_utf8(FIXTURE.results("of-lacking")["dashboard.html"].clone()).expect("text");
    let figure = page.split("Plans in which a section could not be found").nth(1).expect("the figure");
    assert!(figure.split("F Special educational provision").nth(1).is_some_and(|line| {
        line.split("class=\"much\">").nth(1).is_some_and(|much| much.starts_with("100 % (1 of 1)"))
    }));
}

#[test]
fn identifiers_are_registered_without_their_values() {
    let found: BTreeSet<(String, String)> =
        FIXTURE.rows("one", "identifiers").iter().map(|row| (row["what"].clone(), row["place"].clone())).collect();
    for (what, place) in [("name", "body"), ("birth-date", "body"), ("name", "file-name")] {
        assert!(found.contains(&(what.to_owned(), place.to_owned())), "no {what} in {place}: {found:?}");
    }
    let page = String::from_utf8(FIXTURE.results("one")["dashboard.html"].clone()).expect("text");
    assert!(!page.contains("anonymised data") && page.contains("Plans in which identifiers were found"));
}

#[test]
fn people_and_findings_are_compared() {
    let rows = FIXTURE.rows("one", "findings");
    let plans: BTreeSet<String> = FIXTURE
        .rows("one", "plans")
        .into_iter()
        .filter(|row| row["outcome"] == "read" && row["copy"] == "0")
        .map(|row| row["plan"].clone())
        .collect();
    assert_eq!(plans.len(), 5);
    let mut lines = vec!["plan,category,present".to_owned()];
    let mut yes = 0;
    for plan in &plans {
        let found = rows.iter().any(|row| row["plan"] == *plan && row["category"] == "vague");
        yes += u64::from(found);
        lines.push(format!("{plan},vague,{}", if found { "yes" } else { "no" }));
    }
    let human = FIXTURE.path("human.csv");
    fs::write(&human, lines.join("\n")).expect("written");
    let (human, one) = (human.to_string_lossy().into_owned(), FIXTURE.text("one"));
    let ran = run(&["audit", "agree", &human, &one, "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let line = ran.out.lines().find(|line| line.contains("vague")).expect("a line").to_owned();
    let numbers: Vec<&str> = line.split_whitespace().skip(1).take(5).collect();
    assert_eq!(numbers, ["5", &yes.to_string(), "0", "0", &(5 - yes).to_string()], "{line}");
    fs::write(&human, "plan,category,present\nxyz,vague,yes\n").expect("written");
    check(&["audit", "agree", &human, &one], 2, &["None of the plans"]);
    fs::write(&human, "plan,category,present\nxyz,vauge,yes\n").expect("written");
    check(&["audit", "agree", &human, &one], 2, &["Line 2", "no category called"]);
}

#[test]
fn a_sample_is_drawn_again() {
    let one = FIXTURE.text("one");
    let draw = |seed: &str| run(&["audit", "sample", "-n", "3", "--by", "stage", "--seed", seed, &one]).out;
    assert_eq!(draw("1"), draw("1"));
    assert_eq!(draw("1").lines().count(), 4);
    assert!((2..9).any(|seed| draw(&seed.to_string()) != draw("1")), "every seed draws the same");
    check(&["audit", "sample", "-n", "3", "--by", "stag", "--seed", "1", &one], 2, &["no column", "stage"]);
    let sheet = run(&["audit", "sample", "-n", "2", "--seed", "1", "--sheet", &one]).out;
    assert!(sheet.starts_with("plan,path,category,present,rater\n") && sheet.lines().count() == 1 + 2 * 29, "{sheet}");
}

#[test]
fn parts_that_were_done_apart_make_the_same_result() {
    let parts = ["north", "south"];
    let all = FIXTURE.path("split");
    for part in parts {
        let folder = all.join(part).join(part);
        copy_folder(&FIXTURE.path("plans").join(part), &folder);
        let out = FIXTURE.text(&format!("part-{part}"));
        let ran = run(&["audit", &all.join(part).to_string_lossy(), "-o", &out, "--part", "secret"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    let merged = FIXTURE.text("merged");
    let part = |name: &str| FIXTURE.text(&format!("part-{name}"));
    let ran = run(&["audit", "merge", &part("south"), &part("north"), "-o", &merged]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let whole = all.join("whole");
    for part in parts {
        copy_folder(&FIXTURE.path("plans").join(part), &whole.join(part));
    }
    let one = FIXTURE.text("unsplit");
    assert_eq!(run(&["audit", &whole.to_string_lossy(), "-o", &one]).code, 0);
    let (merged, one) = (FIXTURE.results("merged"), FIXTURE.results("unsplit"));
    for (name, bytes) in one.iter().filter(|(name, _)| !["run.json", "dashboard.html"].contains(&name.as_str())) {
        assert!(merged[name] == *bytes, "{name} differs");
    }
    // It says of how many parts it is made, and nothing else differs.
    let facts = |bytes: &[u8]| -> serde_json::Value { serde_json::from_slice(bytes).expect("JSON") };
    let mut with_parts = facts(&merged["run.json"]);
    let parts = with_parts["settings"].as_object_mut().and_then(|settings| settings.remove("parts"));
    assert_eq!(parts, Some(serde_json::Value::from("2")));
    assert!(with_parts == facts(&one["run.json"]));
    let page = |bytes: &[u8]| {
        let text = String::from_utf8(bytes.to_vec()).expect("text");
        text.lines().filter(|line| !line.contains(">parts<")).collect::<Vec<_>>().join("\n")
    };
    assert!(page(&merged["dashboard.html"]) == page(&one["dashboard.html"]));
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).expect("copied");
        }
    }
}

#[test]
fn mistakes_get_one_clear_line() {
    let (plans, one) = (FIXTURE.text("plans"), FIXTURE.text("one"));
    check(&["audit", &plans, "-o", &one], 2, &["holds the results of an audit", "--overwrite"]);
    check(&["audit", &plans, "-o", &one, "--resume", "--smallest-group", "1"], 0, &["has ended"]);
    check(&["audit", "corpus/02-poy", "-o", &FIXTURE.text("x")], 2, &["Did you mean"]);
    check(&["audit", "corpus/02-posy/plan.docx", "-o", &FIXTURE.text("x")], 2, &["check"]);
    check(&["audit", &plans, "-o", &plans], 2, &["holds other files"]);
    check(&["audit", &plans], 2, &["--output"]);
    check(&["audit", &plans, "-o", &FIXTURE.text("y"), "--resume"], 2, &["no audit to go on with"]);
    check(&["audit", "merge", &one, "-o", &FIXTURE.text("z")], 2, &["holds no part"]);
    check(&["audit", "sample", "-n", "1", "--seed", "1", &plans], 2, &["no results of an audit"]);
}

#[cfg(unix)]
#[test]
fn links_lead_round_in_no_circle() {
    let folder = tempfile::tempdir().expect("a folder");
    let plans = folder.path().join("plans");
    fs::create_dir_all(plans.join("deep")).expect("folders");
    copy("02-posy/plan.docx", &plans.join("deep/plan.docx"));
    std::os::unix::fs::symlink(&plans, plans.join("deep/round")).expect("a link");
    std::os::unix::fs::symlink("nowhere", plans.join("gone.docx")).expect("a link");
    let out = folder.path().join("out");
    let folders = [plans.to_string_lossy().into_owned(), plans.join("deep").to_string_lossy().into_owned()];
    assert_eq!(run(&["audit", &folders[0], &folders[1], "-o", &out.to_string_lossy()]).code, 0);
    let table = fs::read_to_string(out.join("plans.csv")).expect("a table");
    assert_eq!(table.lines().count(), 2, "{table}");
}
