//! Tests of notes in PDFs, on small files made in memory.

use crate::annotate::annotated::{AnnotateError, Annotated, annotate};
use crate::extract::{Access, Skeleton, extract, skeleton};
use crate::plan::Plan;
use crate::report::Report;
use crate::rules::Rules;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// A file in the making: what its only page, its catalogue and its trailer say besides, and further objects.
#[derive(Default)]
struct File<'f> {
    page: &'f str,
    catalogue: &'f str,
    trailer: &'f str,
    objects: &'f [&'f str],
    /// Its table of contents is a stream.
    stream: bool,
}

const CONTENT: &str = "BT /F 12 Tf 100 700 Td (Section F: Special educational provision) Tj 0 -100 Td \
                       (Sam will have support as required.) Tj ET";

impl File<'_> {
    fn build(&self) -> Vec<u8> {
        let mut objects = vec![
            format!("<</Type/Catalog/Pages 2 0 R{}>>", self.catalogue),
            "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>>>>>".to_owned(),
            format!("<</Type/Page/Parent 2 0 R/Contents 4 0 R{}>>", self.page),
            format!("<</Length {}>>stream\n{CONTENT}\nendstream", CONTENT.len()),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
        ];
        objects.extend(self.objects.iter().map(|object| (*object).to_owned()));
        let mut text = String::from("%PDF-1.5\n");
        let mut places = vec![0];
        for (number, object) in (1..).zip(&objects) {
            places.push(text.len());
            let _ = write!(text, "{number} 0 obj\n{object}\nendobj\n");
        }
        let table = text.len();
        let said = format!("/Root 1 0 R{}", self.trailer);
        let count = places.len();
        if self.stream {
            let size = count + 1;
            let mut bytes =
                format!("{text}{count} 0 obj\n<</Type/XRef/Size {size}{said}/W[1 4 2]/Length {}>>stream\n", 7 * size)
                    .into_bytes();
            places.push(table);
            for at in places {
                bytes.push(u8::from(at > 0));
                bytes.extend(u32::try_from(at).expect("small").to_be_bytes());
                bytes.extend([0, 0]);
            }
            bytes.extend(format!("\nendstream\nendobj\nstartxref\n{table}\n%%EOF").into_bytes());
            return bytes;
        }
        let _ = write!(text, "xref\n0 {count}\n0000000000 65535 f \n");
        for at in places.iter().skip(1) {
            let _ = writeln!(text, "{at:010} 00000 n ");
        }
        let _ = write!(text, "trailer\n<</Size {count}{said}>>\nstartxref\n{table}\n%%EOF");
        text.into_bytes()
    }
}

fn copy_of(file: &[u8]) -> Result<Annotated, AnnotateError> {
    let rules = Rules::built_in();
    let rules = rules.select(&["provision/vague-wording", "plan/section-missing"]).expect("rules of ours");
    let plan = Plan::read(extract(file, &Access::default()).expect("readable"));
    let verdict = rules.check(&plan);
    annotate(file, &Report::new(plan, verdict))
}

fn skeleton_of(file: &[u8]) -> Skeleton {
    skeleton(file, &BTreeSet::from([1])).expect("a page")
}

/// What was appended.
fn added(file: &[u8], copy: &Annotated) -> String {
    assert!(copy.bytes.starts_with(file), "the copy does not begin with the file");
    String::from_utf8_lossy(&copy.bytes[file.len()..]).into_owned()
}

#[test]
fn files_end_as_they_ended() {
    for stream in [false, true] {
        let file = File { stream, ..File::default() }.build();
        let copy = copy_of(&file).expect("a copy");
        let added = added(&file, &copy);
        assert_eq!(added.contains("\nxref\n"), !stream, "{added}");
        assert_eq!(added.contains("/Type /XRef"), stream, "{added}");
        let text = |bytes: &[u8]| extract(bytes, &Access::default()).expect("readable").text().to_owned();
        assert_eq!(text(&copy.bytes), text(&file));
        let notes = skeleton_of(&copy.bytes).pages.remove(0).annotations;
        assert_eq!(String::from_utf8_lossy(&notes).matches(" 0 R").count(), copy.comments);
        // and a copy of the copy has both
        let again = copy_of(&copy.bytes).expect("a copy");
        let notes = skeleton_of(&again.bytes).pages.remove(0).annotations;
        assert_eq!(String::from_utf8_lossy(&notes).matches(" 0 R").count(), 2 * copy.comments);
    }
}

#[test]
fn notes_join_those_that_are_there() {
    let other = "<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(a ] b)>>";
    for (page, objects) in [
        ("/Annots[6 0 R % old\n]/Rotate 0", vec![other]),
        ("/Annots 6 0 R", vec!["[7 0 R]", other]),
        (&*format!("/Annots[{other}]"), vec![]),
    ] {
        let file = File { page, objects: &objects, ..File::default() }.build();
        let copy = copy_of(&file).expect("a copy");
        let page = skeleton_of(&copy.bytes).pages.remove(0);
        let before = skeleton_of(&file).pages.remove(0).annotations;
        assert!(page.annotations.starts_with(&before) && page.annotations.len() > before.len());
        let dictionary = String::from_utf8_lossy(&page.dictionary).into_owned();
        assert_eq!(dictionary.matches("/Annots").count(), 1, "{dictionary}");
    }
}

/// The four corners of the highlight over "as required".
fn corners(page: &str) -> String {
    let file = File { page, ..File::default() }.build();
    let copy = copy_of(&file).expect("a copy");
    let added = added(&file, &copy);
    let highlight = added.split("/QuadPoints [").find(|rest| rest.contains("as required\\216")).expect("a highlight");
    let numbers = highlight.split(']').next().unwrap_or_default().split(' ');
    numbers.map(|number| number.parse::<f32>().expect("a number").round().to_string()).collect::<Vec<_>>().join(" ")
}

#[test]
fn highlights_lie_over_words_however_the_page_is_turned_and_cropped() {
    let expected = "221 609 281 609 221 597 281 597";
    assert_eq!(corners(""), expected);
    assert_eq!(corners("/CropBox[50 40 560 780]"), expected);
    for quarter in ["90", "180", "270"] {
        assert_eq!(corners(&format!("/Rotate {quarter}")), expected, "turned by {quarter}");
        assert_eq!(corners(&format!("/Rotate {quarter}/CropBox[50 40 560 780]")), expected, "turned by {quarter}");
    }
}

#[test]
fn what_is_about_the_whole_plan_stands_beside_it() {
    let file = File::default().build();
    let added = added(&file, &copy_of(&file).expect("a copy"));
    let icon = added.split("/Subtype /Text").nth(1).expect("a note");
    assert!(icon.contains("/Rect [6 776 24 794]") && icon.contains("This is a copy of the plan"), "{icon}");
}

#[test]
fn locked_and_broken_files_are_refused_and_signed_ones_told_of() {
    let signed = File { catalogue: "/AcroForm<</SigFlags 3/Fields[]>>", ..File::default() }.build();
    let copy = copy_of(&signed).expect("a copy");
    let warning = copy.warning.expect("a warning");
    assert!(added(&signed, &copy).contains(warning));
    let portfolio = File { catalogue: "/Collection<<>>", ..File::default() }.build();
    assert_eq!(copy_of(&portfolio), Err(AnnotateError::Portfolio));
    let mut broken = File::default().build();
    let at = broken.windows(9).rposition(|window| window == b"startxref").expect("an ending");
    broken.splice(at + 10..at + 11, *b"9");
    assert!(matches!(copy_of(&broken), Err(AnnotateError::Damaged { format: "PDF", .. })));
    let rules = Rules::default();
    let plan = Plan::read(extract(&signed, &Access::default()).expect("readable"));
    let verdict = rules.check(&plan);
    let report = Report::new(plan, verdict);
    let locked = File { trailer: "/Encrypt 1 0 R", ..File::default() }.build();
    assert_eq!(annotate(&locked, &report), Err(AnnotateError::Locked { format: "PDF" }));
}
