//! The papers that people send: nothing of a report is lost in them, our own reader reads them, the same plan gives the same bytes.

use crate::cli::check;
use crate::corpus::{READINGS, Reading};
use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
use ehcp_lint::papers::{
    LetterChoice, Paper, PaperError, Voice, letter, schedule_csv, schedule_workbook, working_document,
};
use ehcp_lint::{Access, Category, Document, Letter, Report, Rules, Stage, View, extract, lint};
use regex::Regex;
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write as _};

const SECTIONS: [Letter; 3] = [Letter::B, Letter::F, Letter::I];

/// The paper, as our own reader reads it.
fn read(paper: &Paper) -> Document {
    extract(&paper.bytes, &Access::default()).expect("our reader reads what we write")
}

/// Letters and digits alone: where a line ends, which quotation marks there are and what parts cells is no matter here.
fn core(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The report, at some stage where it does not say at which it is.
fn staged(reading: &Reading) -> Report<'static> {
    let mut report = reading.report().clone();
    if report.plan.profile().stage.value().is_none() {
        report.plan = report.plan.at_stage(Stage::Final);
    }
    report
}

fn whole_letter(report: &Report<'_>) -> Paper {
    letter(report, LetterChoice::default()).expect("a letter")
}

#[test]
fn a_letter_makes_every_point() {
    for reading in READINGS.iter() {
        let report = staged(reading);
        let paper = whole_letter(&report);
        let text = core(read(&paper).text());
        for finding in report.findings.iter().filter(|finding| finding.rule.category != Category::Unreadable) {
            let words = if finding.statement_text.is_empty() { &finding.message } else { &finding.statement_text };
            let begins: String = core(words).chars().take(25).collect();
            let message = core(&finding.message);
            let quoted = core(&finding.quote);
            let there = text.contains(&begins) || text.contains(&message) || text.contains(&quoted);
            assert!(there, "{}: {}", reading.name(), finding.rule.id);
        }
        for unread in report.unread() {
            assert!(text.contains(&core(&unread.what)), "{}: {}", reading.name(), unread.what);
        }
        for note in &report.notes {
            assert!(text.contains(&core(&note.message)), "{}: {}", reading.name(), note.message);
        }
        let (count, points) = (report.findings.len(), text.matches("please").count());
        assert!(points >= count.min(3), "{}: {points} requests for {count} findings", reading.name());
    }
}

#[test]
fn a_short_letter_is_one_page_and_says_what_it_leaves_out() {
    for reading in READINGS.iter() {
        let report = staged(reading);
        let paper = letter(&report, LetterChoice { short: true, voice: None }).expect("a letter");
        assert_eq!(paper.pages, Some(1), "{}", reading.name());
        let text = read(&paper).text().to_owned();
        let says = text.contains("than fits on this page");
        assert_eq!(says, paper.left_out > 0, "{}", reading.name());
        assert_eq!(paper.notices.iter().any(|notice| notice.contains("fit on the page")), says, "{}", reading.name());
    }
}

#[test]
fn a_schedule_has_a_row_for_every_finding_and_gap() {
    for reading in READINGS.iter() {
        let report = reading.report();
        let paper = schedule_workbook(report).expect("a workbook");
        let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(&paper.bytes)).expect("a workbook");
        let points = book.worksheet_range("Points").expect("a sheet");
        assert_eq!(points.height(), report.findings.len() + 1, "{}", reading.name());
        assert!(book.worksheet_formula("Points").expect("a sheet").is_empty(), "{}", reading.name());
        for (row, finding) in points.rows().skip(1).zip(&report.findings) {
            let cell = |column: usize| match row.get(column) {
                Some(Data::String(words)) => words.clone(),
                other => panic!("{}: {other:?}", reading.name()),
            };
            assert_eq!(core(&cell(4)), core(&finding.rule.title));
            assert!(core(&cell(5)).contains(&core(&finding.message)), "{}", reading.name());
            assert!(!cell(6).is_empty() && !cell(7).is_empty(), "{}: {}", reading.name(), finding.rule.id);
        }
        let more = report.unread().len() + report.notes.len();
        let unchecked = book.worksheet_range("Not checked").map_or(0, |range| range.height() - 1);
        assert_eq!(unchecked, more, "{}", reading.name());
        let csv = String::from_utf8(schedule_csv(report).bytes).expect("UTF-8");
        assert_eq!(csv.lines().count(), 1 + report.findings.len() + more, "{}", reading.name());
    }
}

#[test]
fn no_cell_of_a_schedule_is_a_formula() {
    let plan = "# Section F\n\n=SUM(A1) regular \"help\" as needed.\n\n+44 access to support.";
    let rules = Rules::built_in();
    let report = lint(plan.as_bytes(), &Access::default(), &rules).expect("a plan");
    let csv = String::from_utf8(schedule_csv(&report).bytes).expect("UTF-8");
    assert!(csv.contains(",\"'=SUM(A1) regular \"\"help\"\" as needed.\","), "{csv}");
    assert!(![",=", ",+", ",\"=", ",\"+"].iter().any(|begins| csv.contains(begins)), "{csv}");
    let paper = schedule_workbook(&report).expect("a workbook");
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(&paper.bytes)).expect("a workbook");
    assert!(book.worksheet_formula("Points").expect("a sheet").is_empty());
    let words = book.worksheet_range("Points").expect("a sheet");
    assert!(words.rows().any(|row| row.contains(&Data::String("=SUM(A1) regular \"help\" as needed.".to_owned()))));
}

#[test]
fn a_working_document_changes_something_for_every_finding_on_its_sections() {
    for reading in READINGS.iter() {
        let report = reading.report();
        let paper = working_document(report, &Letter::ALL);
        let whole = report.findings.iter().filter(|finding| finding.section.is_none()).count();
        assert_eq!(paper.left_out, whole, "{}", reading.name());
        let some = working_document(report, &SECTIONS);
        let other = |section: Option<Letter>| section.is_none_or(|letter| !SECTIONS.contains(&letter));
        let elsewhere = report.findings.iter().filter(|finding| other(finding.section)).count();
        assert!(some.left_out <= elsewhere, "{}: {} of {elsewhere}", reading.name(), some.left_out);
        let text = core(read(&some).text());
        for unread in report.unread() {
            assert!(text.contains(&core(&unread.what)), "{}", reading.name());
        }
    }
}

#[test]
fn a_working_document_keeps_every_word_of_the_plan() {
    // "Barnaby [the right name or word]'s bag": the 's goes with the name that the council is to write.
    let insertion = Regex::new(r" \[[^\]]*\](['\u{2019}]s)\b").expect("a pattern");
    for reading in READINGS.iter() {
        let report = reading.report();
        let copy = read(&working_document(report, &SECTIONS));
        let mut there: BTreeMap<String, usize> = BTreeMap::new();
        let text = copy.text();
        insertion
            .replace_all(text, "$1")
            .split_whitespace()
            .map(core)
            .for_each(|word| *there.entry(word).or_default() += 1);
        for letter in SECTIONS {
            for fragment in report.plan.section(letter).fragments {
                for &block in &fragment.blocks {
                    let words = report.plan.slice(report.plan.document().blocks()[block].span);
                    for word in words.split_whitespace().map(core).filter(|word| !word.is_empty()) {
                        let left = there.get_mut(&word).filter(|left| **left > 0);
                        let left =
                            left.unwrap_or_else(|| panic!("{}: Section {letter} lost a word {word:?}", reading.name()));
                        *left -= 1;
                    }
                }
            }
        }
    }
}

#[test]
fn tables_of_a_plan_stay_tables() {
    let with_tables = READINGS.iter().filter(|reading| {
        let report = reading.report();
        report.plan.statements_of(Letter::F).filter(|statement| statement.row.is_some()).count() > 3
    });
    let mut seen = 0;
    for reading in with_tables {
        let copy = read(&working_document(reading.report(), &[Letter::F]));
        // the key is a table too
        assert!(copy.tables().len() > 1, "{}", reading.name());
        seen += 1;
    }
    assert!(seen > 5, "{seen}");
}

#[test]
fn tables_repeat_their_headings_and_footnotes_are_read_back() {
    let report = READINGS.iter().find(|reading| reading.plan == "31-bailey").expect("a plan").report();
    let letter = read(&whole_letter(report));
    assert!(letter.tables().len() > 5 && letter.tables().iter().all(|table| table.header_rows == 1));
    let document = read(&working_document(report, &SECTIONS));
    assert!(document.text().matches("Evidence: [author], [role]").count() > 20);
}

#[test]
fn a_working_document_has_no_tracked_changes_comments_or_colours() {
    let report = READINGS.iter().find(|reading| reading.plan == "31-bailey").expect("a plan").report();
    let paper = working_document(report, &SECTIONS);
    let view = |view| {
        let access = Access { view, ..Access::default() };
        extract(&paper.bytes, &access).expect("a Word file").text().to_owned()
    };
    assert_eq!(view(View::Accepted), view(View::Original));
    let text = String::from_utf8_lossy(&paper.bytes).into_owned();
    for mark in ["<w:ins ", "<w:del ", "<w:color ", "<w:highlight ", "<w:i />", "<w:u ", "<w:commentReference"] {
        assert!(!text.contains(mark), "{mark}");
    }
    assert!(text.contains("<w:strike />") && text.contains("<w:footnoteReference "), "nothing is marked");
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let reading = READINGS.iter().find(|reading| reading.plan == "25-child-k").expect("a plan");
    let report = &staged(reading);
    let all = || {
        let short = letter(report, LetterChoice { short: true, voice: None }).expect("a letter");
        let workbook = schedule_workbook(report).expect("a workbook");
        [whole_letter(report), short, workbook, schedule_csv(report), working_document(report, &SECTIONS)]
    };
    for (first, second) in all().iter().zip(&all()) {
        assert!(first.bytes == second.bytes);
    }
}

/// A Word file with a part that another program must open, and so without most of its sections.
fn with_a_gap() -> Vec<u8> {
    const DOCUMENT: &str = r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>
        <w:p><w:r><w:t>Draft Education, Health and Care Plan</w:t></w:r></w:p>
        <w:p><w:r><w:t>Section F: Special educational provision</w:t></w:r></w:p>
        <w:p><w:r><w:t>Sam will have regular help with reading as needed.</w:t></w:r></w:p>
        <w:subDoc r:id="rId9"/></w:body></w:document>"#;
    const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
    let mut file = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in [("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS), ("word/document.xml", DOCUMENT)] {
        file.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        file.write_all(part.as_bytes()).expect("written");
    }
    file.finish().expect("a package").into_inner()
}

#[test]
fn what_could_not_be_read_is_said_in_every_paper() {
    let rules = Rules::built_in();
    let report = lint(&with_a_gap(), &Access::default(), &rules).expect("a plan");
    let (unread, notes) = (report.unread(), report.notes.len());
    assert!(!unread.is_empty() && notes > 0, "{} gaps, {notes} notes", unread.len());
    let short = letter(&report, LetterChoice { short: true, voice: None }).expect("a letter");
    let papers = [whole_letter(&report), working_document(&report, &SECTIONS)].map(|paper| core(read(&paper).text()));
    let csv = core(&String::from_utf8(schedule_csv(&report).bytes).expect("UTF-8"));
    for text in papers.iter().chain([&csv]) {
        assert!(unread.iter().all(|unread| text.contains(&core(&unread.what))), "{text}");
        assert!(report.notes.iter().all(|note| text.contains(&core(&note.message))), "{text}");
    }
    assert!(read(&short).text().contains("could not be read"));
    let book = schedule_workbook(&report).expect("a workbook");
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(&book.bytes)).expect("a workbook");
    let rows = book.worksheet_range("Not checked").expect("a sheet").height();
    assert_eq!(rows, 1 + unread.len() + notes);
}

/// A paper as text, as our reader reads it.
fn shown(paper: &Paper) -> String {
    let document = read(paper);
    let lines = document.blocks().iter().map(|block| {
        let cell = block.cell.map_or(String::new(), |cell| format!("[{}.{}] ", cell.row, cell.column));
        format!("{cell}{}", document.slice(block.span).trim())
    });
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_papers_look_as_they_did() {
    let report = READINGS.iter().find(|reading| reading.name() == "31-bailey/plan.docx").expect("a plan").report();
    insta::assert_snapshot!("letter", shown(&whole_letter(report)));
    let short = letter(report, LetterChoice { short: true, voice: None }).expect("a letter");
    insta::assert_snapshot!("letter_short", shown(&short));
    insta::assert_snapshot!("working_document", shown(&working_document(report, &SECTIONS)));
    insta::assert_snapshot!("schedule", String::from_utf8(schedule_csv(report).bytes).expect("UTF-8"));
}

/// The letter on a small plan with these words on its cover, and what it says or does not say.
fn check_letter(cover: &str, stage: Option<Stage>, voice: Option<Voice>, says: &[&str], never: &[&str]) {
    let plan = format!(
        "{cover}\n\nName: Sam Example\n\nDate of birth: 3 March 2008\n\n# Section B\n\nSam cannot yet read.\n\n# Section F\n\n\
         Regular help with reading as needed."
    );
    let rules = Rules::built_in();
    let mut report = lint(plan.as_bytes(), &Access::default(), &rules).expect("a plan");
    if let Some(stage) = stage {
        report.plan = report.plan.at_stage(stage);
    }
    let paper = letter(&report, LetterChoice { short: false, voice }).expect("a letter");
    let text = read(&paper).text().replace('\n', " ");
    for words in says {
        assert!(text.contains(words), "{words:?} is not in: {text}");
    }
    for words in never {
        assert!(!text.contains(words), "{words:?} is in: {text}");
    }
}

#[test]
fn the_law_of_a_letter_fits_the_stage() {
    let draft = "Draft Education, Health and Care Plan. Date of draft: 12 May 2020";
    let fifteen = ["section 38(2)(b)", "regulation 13(1)(a)", "at least 15 days, beginning with", "26 May 2020"];
    check_letter(draft, Some(Stage::Draft), None, &fifteen, &["regulation 22", "section 51"]);
    check_letter(draft, Some(Stage::ReassessmentDraft), None, &["27(1)", "section 38(2)(b)"], &["regulation 22"]);
    check_letter(draft, Some(Stage::AmendmentDraft), None, &["regulation 22(2)(c)"], &["section 38", "regulation 13"]);
    let last = ["regulation 28", "section 51", "mediation"];
    check_letter(
        "Final plan",
        Some(Stage::Final),
        None,
        &last,
        &["15 days", "my representations", "be named in Section I"],
    );
}

#[test]
fn no_date_is_worked_out_without_a_day() {
    let says = ["at least 15 days", "no date is worked out here"];
    check_letter("Draft plan", Some(Stage::Draft), None, &says, &["earliest reading"]);
    check_letter("Draft plan. Date of draft: May 2020", Some(Stage::Draft), None, &says, &["earliest reading"]);
}

#[test]
fn a_young_person_writes_for_themselves() {
    let late = "Draft Education, Health and Care Plan. Date of draft: 12 May 2025";
    check_letter(late, Some(Stage::Draft), None, &["I am Sam Example", "my own plan"], &["[parent / carer]"]);
    check_letter(late, Some(Stage::Draft), Some(Voice::Parent), &["[parent / carer]"], &["my own plan"]);
    let early = "Draft Education, Health and Care Plan. Date of draft: 12 May 2020";
    check_letter(early, Some(Stage::Draft), None, &["[parent / carer]"], &["my own plan"]);
}

#[test]
fn a_letter_needs_the_stage() {
    let rules = Rules::built_in();
    let report = lint(b"# Section F\n\nRegular help.", &Access::default(), &rules).expect("a plan");
    assert_eq!(letter(&report, LetterChoice::default()).err(), Some(PaperError::StageUnknown));
}

#[test]
fn the_commands_write_papers_and_never_over_a_plan() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let plan = path("plan.docx");
    fs::copy("corpus/31-bailey/plan.docx", &plan).expect("a copy");
    let before = fs::read(&plan).expect("the plan");
    check(&["letter", &plan, "-o", &path("letter.docx")], 0, &["Written:", "first page"]);
    check(&["letter", &plan, "-o", &path("short.docx"), "--short"], 0, &["points fit on the page", "15 days"]);
    check(&["schedule", &plan, "-o", &path("schedule.xlsx")], 0, &["Written:"]);
    check(&["schedule", &plan, "-o", &path("schedule.csv")], 0, &["Written:"]);
    let document = path("working.docx");
    check(&["working-document", &plan, "-o", &document, "--sections", "b,e"], 0, &["at most 25"]);
    check(&["letter", &plan, "-o", &plan], 2, &["A plan is never written over"]);
    check(&["letter", &plan, "-o", &path("letter.pdf")], 2, &["does not end in .docx"]);
    check(&["schedule", &plan, "-o", &path("schedule.ods")], 2, &["does not end in .xlsx or .csv"]);
    check(&["letter", &plan], 2, &["--output"]);
    check(&["letter", "corpus/31-bailey", "-o", &path("letter.docx")], 2, &["means 2 documents"]);
    fs::write(path("unknown.txt"), "# Section F\n\nRegular help.").expect("written");
    check(&["letter", &path("unknown.txt"), "-o", &path("x.docx")], 2, &["--stage draft"]);
    check(&["letter", &path("unknown.txt"), "-o", &path("x.docx"), "--stage", "draft"], 0, &[]);
    check(&["letter", &plan, "-o", &path("x.docx"), "--redact"], 2, &["quotes the plan"]);
    check(&["working-document", &plan, "-o", &path("x.docx"), "--redact"], 2, &["quotes the plan"]);
    let redacted = path("redacted.csv");
    check(&["schedule", &plan, "-o", &redacted, "--redact"], 0, &["Written:"]);
    let rows = fs::read_to_string(&redacted).expect("a schedule");
    assert!(rows.lines().count() > 40 && !rows.contains("Bailey") && !rows.contains("boys"), "{rows}");
    fs::write(path("broken.docx"), "PK").expect("written");
    check(&["schedule", &path("broken.docx"), "-o", &path("y.xlsx")], 3, &[]);
    assert!(!folder.path().join("y.xlsx").exists());
    assert_eq!(fs::read(&plan).expect("the plan"), before);
}
