//! Annotated copies: every finding once, at its words; the same text and findings when read back; nothing else changed.

use crate::cli::check;
use crate::corpus::{READINGS, Reading};
use ehcp_lint::{Access, Anchor, Report, Rules, annotate, extract, lint};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use std::sync::LazyLock;
use std::thread;
use zip::ZipArchive;

/// The entries of a zip, in order: name, and packed bytes.
fn entries(file: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(file)).expect("a package");
    let packed = |index| {
        let mut entry = archive.by_index_raw(index).expect("an entry");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("memory");
        (entry.name().expect("a name").into_owned(), bytes)
    };
    (0..ZipArchive::new(Cursor::new(file)).expect("a package").len()).map(packed).collect()
}

fn part(file: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(file)).expect("a package");
    let mut text = String::new();
    archive.by_name(name).expect("a part of that name").read_to_string(&mut text).expect("UTF-8");
    text
}

fn id_of(tag: &quick_xml::events::BytesStart<'_>) -> i64 {
    let mut attributes = tag.attributes().flatten();
    let id = attributes.find(|one| one.key.local_name().into_inner() == "id").expect("an id");
    id.value.parse().expect("a number")
}

/// What each comment of a Word file stands at, and how often it is referred to, by its id.
fn anchored(main: &str) -> BTreeMap<i64, (String, usize)> {
    let mut reader = Reader::from_str(main);
    let mut open: Vec<i64> = Vec::new();
    let mut all: BTreeMap<i64, (String, usize)> = BTreeMap::new();
    let mut in_text = false;
    loop {
        let event = reader.read_event().expect("XML");
        let mut say =
            |words: &str, open: &[i64]| open.iter().for_each(|id| all.entry(*id).or_default().0.push_str(words));
        match &event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().into_inner() {
                "commentRangeStart" => open.push(id_of(tag)),
                "commentRangeEnd" => open.retain(|id| *id != id_of(tag)),
                "commentReference" => all.entry(id_of(tag)).or_default().1 += 1,
                "tab" | "br" | "p" => say(" ", &open),
                "noBreakHyphen" => say("\u{2011}", &open),
                "t" => in_text = true,
                _ => {}
            },
            Event::End(tag) if tag.local_name().into_inner() == "t" => in_text = false,
            Event::Text(text) if in_text => say(text, &open),
            Event::GeneralRef(name) if in_text => {
                let words = quick_xml::escape::unescape(&format!("&{};", &**name)).expect("a reference").into_owned();
                say(&words, &open);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, Vec::<i64>::new(), "comments that begin and do not end");
    all
}

/// The comments of a Word file, in order: id and paragraphs.
fn comments(file: &[u8]) -> Vec<(i64, Vec<String>)> {
    let text = part(file, "word/comments.xml");
    let mut reader = Reader::from_str(&text);
    let mut all: Vec<(i64, Vec<String>)> = Vec::new();
    loop {
        match reader.read_event().expect("XML") {
            Event::Start(tag) => match tag.local_name().into_inner() {
                "comment" => all.push((id_of(&tag), Vec::new())),
                "p" => all.last_mut().expect("a comment").1.push(String::new()),
                _ => {}
            },
            Event::Text(text) => {
                if let Some(paragraph) = all.last_mut().and_then(|(_, paragraphs)| paragraphs.last_mut()) {
                    paragraph.push_str(&text);
                }
            }
            Event::GeneralRef(name) => {
                let words = quick_xml::escape::unescape(&format!("&{};", &*name)).expect("a reference").into_owned();
                all.last_mut().and_then(|(_, paragraphs)| paragraphs.last_mut()).expect("a paragraph").push_str(&words);
            }
            Event::Eof => return all,
            _ => {}
        }
    }
}

fn flat(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn prints(report: &Report<'_>) -> Vec<String> {
    report.findings.iter().map(|finding| finding.fingerprint.clone()).collect()
}

/// A plan of the corpus, its copy, and what is read of the copy.
struct Copy {
    reading: &'static Reading,
    report: &'static Report<'static>,
    bytes: Vec<u8>,
    again: Report<'static>,
}

/// The rules that copies are read with.
static RULES: LazyLock<Rules> = LazyLock::new(Rules::built_in);

/// The copies of every plan in both formats, made and read once for all tests, on as many threads as there are cores.
static COPIES: LazyLock<Vec<Copy>> = LazyLock::new(|| {
    let copy = |reading: &'static Reading| {
        let report = reading.outcome.as_ref().expect("a report");
        let copy = annotate(&reading.bytes, report).unwrap_or_else(|error| panic!("{}: {error}", reading.name()));
        assert_eq!(copy.comments, report.findings.len() + 1, "{}", reading.name());
        assert_eq!(Some(copy.ending), reading.file.rsplit('.').next(), "{}", reading.name());
        let again = lint(&copy.bytes, &Access::default(), &RULES);
        let again = again.unwrap_or_else(|error| panic!("{}: {error}", reading.name()));
        Copy { reading, report, bytes: copy.bytes, again }
    };
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let mut copies: Vec<Copy> = thread::scope(|scope| {
        let portions = (0..workers).map(|first| READINGS.iter().skip(first).step_by(workers));
        let running: Vec<_> =
            portions.map(|portion| scope.spawn(move || portion.map(copy).collect::<Vec<_>>())).collect();
        running.into_iter().flat_map(|one| one.join().expect("no plan may panic the library")).collect()
    });
    copies.sort_by_key(|copy| copy.reading.name());
    copies
});

/// The copies of the plans in one format.
fn copies(file: &str) -> impl Iterator<Item = &'static Copy> {
    let copies = COPIES.iter().filter(move |copy| copy.reading.file == file);
    assert!(copies.clone().count() > 20, "no copies of {file}");
    copies
}

#[test]
fn every_finding_is_one_comment_at_its_words() {
    let mut exact = 0;
    for Copy { reading, report, bytes, .. } in copies("plan.docx") {
        let name = reading.name();
        let anchored = anchored(&part(bytes, "word/document.xml"));
        let comments = comments(bytes);
        assert_eq!(comments.len(), report.findings.len() + 1, "{name}");
        assert!(anchored.values().all(|(_, references)| *references == 1), "{name}: a comment without one reference");
        for (finding, (id, paragraphs)) in report.findings.iter().zip(comments.iter().skip(1)) {
            let rule = &finding.rule.id;
            assert!(paragraphs[0].ends_with(&flat(&finding.message)), "{name}: {rule}");
            assert_eq!(paragraphs.last(), Some(&format!("Rule: {rule}")), "{name}");
            let at = flat(&anchored.get(id).unwrap_or_else(|| panic!("{name}: {rule} stands nowhere")).0);
            match finding.anchor {
                // what cannot be marked exactly says where its words are
                Anchor::Text(_) if at != flat(&finding.quote) => {
                    assert!(paragraphs[1].starts_with("The words"), "{name}: {rule} stands at {at:?}");
                }
                Anchor::Text(_) => exact += 1,
                Anchor::Missing(_) => assert!(!at.is_empty(), "{name}: {rule}"),
            }
        }
    }
    assert!(exact > 900, "only {exact} comments at exactly their words");
}

#[test]
fn everything_else_in_a_word_file_stays_as_it_was() {
    for Copy { reading, bytes, .. } in copies("plan.docx") {
        let name = reading.name();
        let (before, after) = (entries(&reading.bytes), entries(bytes));
        for ((was, packed), (is, copied)) in before.iter().zip(&after) {
            assert_eq!(was, is, "{name}: the order of its parts");
            let may = ["word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"];
            assert!(packed == copied || may.contains(&was.as_str()), "{name}: {was} is not what it was");
        }
        let added: Vec<&str> = after.iter().skip(before.len()).map(|(name, _)| name.as_str()).collect();
        assert_eq!(added, ["word/comments.xml"], "{name}");
    }
}

#[test]
fn every_finding_is_one_note_in_a_pdf_that_begins_with_the_plan() {
    for Copy { reading, report, bytes, .. } in copies("plan.pdf") {
        let name = reading.name();
        assert!(bytes.starts_with(&reading.bytes), "{name}: the copy does not begin with the plan");
        let added = String::from_utf8_lossy(&bytes[reading.bytes.len()..]);
        let mut names: Vec<&str> =
            added.split("/NM (ehcp-lint-").skip(1).filter_map(|rest| rest.split(')').next()).collect();
        // where the words go on on another page, the page stands after the name
        names.retain(|name| !name.contains('-'));
        names.sort_unstable();
        let mut expected = prints(report);
        expected.push("copy".to_owned());
        expected.sort();
        assert_eq!(names, expected, "{name}");
    }
}

#[test]
fn copies_are_read_as_the_plans_are() {
    for Copy { reading, report, again, .. } in COPIES.iter() {
        let name = reading.name();
        assert!(again.plan.document().text() == report.plan.document().text(), "{name}: another text");
        assert_eq!(prints(again), prints(report), "{name}");
        assert_eq!(again.plan.document().gaps(), report.plan.document().gaps(), "{name}");
    }
}

#[test]
fn the_words_of_comments() {
    let reading = READINGS.iter().find(|reading| reading.name() == "23-tobias/plan.docx").expect("a plan");
    let rules = Rules::built_in();
    let some = ["plan/section-missing", "advice/missing", "provision/delegated-wording"];
    let rules = rules.select(&some).expect("rules of ours");
    let report = lint(&reading.bytes, &Access::default(), &rules).expect("a report");
    let copy = annotate(&reading.bytes, &report).expect("a copy").bytes;
    let anchored = anchored(&part(&copy, "word/document.xml"));
    let mut shown = String::new();
    for (id, paragraphs) in comments(&copy) {
        let _ = writeln!(shown, "[{}]\n{}\n", flat(&anchored[&id].0), paragraphs.join("\n"));
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn two_copies_are_the_same() {
    let reading = &READINGS[0];
    let report = reading.outcome.as_ref().expect("a report");
    assert!(annotate(&reading.bytes, report) == annotate(&reading.bytes, report));
}

#[test]
fn a_copy_is_written_under_another_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let corpus = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name);
    let plan = place("plan.docx");
    fs::copy(corpus("02-posy/plan.docx"), &plan).expect("a copy");
    let before = fs::read(&plan).expect("the plan");
    check(&["annotate", &plan, "-o", &place("out.docx")], 1, &["comments, one for each of", "findings"]);
    let copy = fs::read(place("out.docx")).expect("the copy");
    assert!(extract(&copy, &Access::default()).is_ok());
    check(
        &["annotate", &plan, "-o", &place("out.docx"), "--fail-on", "never", "--select", "advice/"],
        0,
        &["2 comments"],
    );
    check(&["annotate", &plan, "-o", &plan], 2, &["never written over"]);
    check(&["annotate", &plan, "-o", &place("out.pdf")], 2, &["does not end in .docx", "Did you mean", "out.docx"]);
    check(&["annotate", &plan], 2, &["--output"]);
    check(&["annotate", &place("plan.dox"), "-o", &place("b.docx")], 2, &["Did you mean", "plan.docx"]);
    check(&["annotate", &place("."), "-o", &place("b.docx")], 2, &["means 2 documents"]);
    check(&["annotate", "corpus/broken/truncated.docx", "-o", &place("b.docx")], 3, &["damaged"]);
    fs::write(place("plan.txt"), "Section F: Special educational provision\n\nSam may get help.").expect("a file");
    check(
        &["annotate", &place("plan.txt"), "-o", &place("b.txt")],
        2,
        &["Word files and PDFs only", "save it as .docx"],
    );
    assert!(fs::read(&plan).expect("the plan") == before);
    assert!(!folder.path().join("b.docx").exists() && !folder.path().join("b.txt").exists());
}
