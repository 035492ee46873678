//! Whole files, as small as they can be: what the engine delivers, and what cannot be read.

use super::FORMAT;
use crate::document::{Document, GapKind};
use crate::extract::{Access, ExtractError};
use std::fmt::Write;

/// A file of pages with these drawing instructions; `/F1` is Helvetica, `/F2` the bold one, `/F0`, `/F3` and `/F4` spell no letters out,
/// and `/F5` gives the letters that it needs codes from 33 up, as programs do with a part of a font.
fn file(pages: &[&str]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 10 + 2 * page)).collect();
    let mut text = format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
         2 0 obj<</Type/Pages/Kids[{}]/Count {}>>endobj\n\
         3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n\
         4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>endobj\n\
         6 0 obj<</Type/Font/Subtype/Type0/BaseFont/TimesNewRoman,Italic/Encoding/Identity-H/DescendantFonts[8 0 R]>>endobj\n\
         7 0 obj<</Type/Font/Subtype/Type0/BaseFont/Unknown/Encoding/Identity-H/ToUnicode/Identity-H\
         /DescendantFonts[8 0 R]>>endobj\n\
         8 0 obj<</Type/Font/Subtype/CIDFontType2/BaseFont/Unknown/DW 500\
         /CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>endobj\n\
         9 0 obj<</Type/Font/Subtype/TrueType/BaseFont/BKHCKV+Calibri/FirstChar 33/LastChar 45/ToUnicode 50 0 R\
         /Widths[500 500 500 500 500 500 500 500 500 500 500 500 500]>>endobj\n\
         50 0 obj<</Length 268>>stream\n1 begincodespacerange <00><ff> endcodespacerange 13 beginbfchar <21><0053>\
         <22><0070><23><0065><24><0063><25><0069><26><fb01><27><0020><28><0068><29><006c><2a><0077><2b><006b><2c><0079>\
         <2d><0046> endbfchar                                                            \nendstream endobj\n\
         51 0 obj<</Type/Font/Subtype/Type0/BaseFont/Calibri/Encoding/Identity-H/DescendantFonts[8 0 R]>>endobj\n\
         5 0 obj<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>\
         stream\n0\nendstream endobj\n",
        kids.join(" "),
        pages.len(),
    );
    for (page, content) in pages.iter().enumerate() {
        let (at, length) = (10 + 2 * page, content.len());
        let _ = write!(
            text,
            "{at} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {} 0 R\
             /Resources<</Font<</F1 3 0 R/F2 4 0 R/F0 51 0 R/F3 6 0 R/F4 7 0 R/F5 9 0 R>>/XObject<</I 5 0 R>>>>>>endobj\n\
             {} 0 obj<</Length {length}>>stream\n{content}\nendstream endobj\n",
            at + 1,
            at + 1,
        );
    }
    text += "trailer<</Root 1 0 R>>\n%%EOF\n";
    text.into_bytes()
}

fn read(pages: &[&str]) -> Result<Document, ExtractError> {
    (FORMAT.read)(&file(pages), &Access::default())
}

fn outline(document: &Document) -> Vec<String> {
    let of = |block: &crate::document::Block| {
        let bold = if block.emphasis.bold { "*" } else { "" };
        let cell = block.cell.map_or(String::new(), |cell| format!("[{},{}]", cell.row, cell.column));
        format!("{cell}{bold}{}", document.slice(block.span))
    };
    document.blocks().iter().map(of).collect()
}

fn check(pages: &[&str], expected: &[&str]) {
    assert_eq!(outline(&read(pages).expect("a file that can be read")), expected);
}

#[test]
fn fonts_that_are_not_in_the_file_tell_bold() {
    check(
        &["BT /F2 12 Tf 50 700 Td (Section B) Tj ET BT /F1 12 Tf 50 660 Td (Plain words) Tj ET"],
        &["*Section B", "Plain words"],
    );
}

#[test]
fn letters_that_the_file_does_not_spell_out_are_told_by_their_font() {
    let numbers = "BT /F3 12 Tf 50 700 Td <0029005200580055000300440003005A00480048004E> Tj ET";
    let letters = "BT /F4 12 Tf 50 700 Td <005600FD0062006100760061> Tj ET";
    check(&[numbers], &["Four a week"]);
    check(&[letters], &["Výbava"]);
    // Another font that is not in the file, with an order of its own.
    let other = "BT /F0 12 Tf 50 600 Td <005800550003> Tj ET";
    check(&[&format!("{other} {numbers}")], &["Four a week", "\u{fffd}\u{fffd}\u{fffd}"]);
}

#[test]
fn what_programs_of_a_macintosh_write_is_read() {
    // Every run by itself, scaled down from 300 points to the inch; letters moved one by one; spaces in runs of their own, in another
    // font; ligatures; a rectangle drawn upside down.
    let run = |x: f32, y: f32, font: &str, text: &str| {
        format!("q 0.24 0 0 0.24 18 621.92 cm BT 0.0045 Tc 56 0 0 56 {x} {y} Tm /{font} 1 Tf {text} TJ ET Q ")
    };
    let page = [
        run(100.0, 531.0, "F5", r##"[(!"#) 4 ($%&) 2 ($)]"##),
        run(297.5, 531.0, "F1", "[( )]"),
        run(313.0, 531.0, "F5", r#"[(\() 13 (#\)) -7 (")]"#),
        run(425.6, 531.0, "F5", "[(')]"),
        run(453.9, 531.0, "F5", r"[(*##) 1 (+\),)]"),
        run(100.0, 400.0, "F5", "[(-) 20 (%)]"),
        "q 0.24 0 0 -0.24 0 792 cm 177 1035 m 2421 1035 l 2421 1491 l 177 1491 l h S Q".to_owned(),
    ]
    .concat();
    check(&[&page], &["Specific help weekly", "Fi"]);
}

#[test]
fn lines_drawn_in_any_way_form_tables() {
    let words = "BT /F1 10 Tf 55 685 Td (left) Tj 100 0 Td (right) Tj ET";
    let drawn = [
        "50 680 m 250 680 l 50 700 m 250 700 l 50 680 m 50 700 l 150 680 m 150 700 l 250 680 m 250 700 l S",
        "50 680 100 20 re S 150 680 100 20 re S",
        "50 680 200 .5 re f* 50 700 200 .5 re f* 50 680 .5 20 re f* 150 680 .5 20 re f* 250 680 .5 20 re f*",
    ];
    for lines in drawn {
        check(&[&format!("{lines} {words}")], &["[0,0]left", "[0,1]right"]);
    }
}

#[test]
fn a_page_that_stands_on_its_side_is_turned() {
    check(&["BT /F1 12 Tf 0 1 -1 0 300 100 Tm (Upwards it goes) Tj ET"], &["Upwards it goes"]);
    check(&["BT /F1 12 Tf 0 -1 1 0 300 600 Tm (Downwards it goes) Tj ET"], &["Downwards it goes"]);
}

#[test]
fn a_page_that_was_scanned_aslant_is_level() {
    // Two columns of lines that fall by a fiftieth, as they do on paper that was fed in askew.
    let words = [
        "Sam will have an hour of speech",
        "therapy in each week of the term",
        "from a therapist who knows him",
        "well and sees him in school",
    ];
    let mut lines = String::new();
    for (at, part) in (0_u8..).zip(words) {
        let (left, height) = (60.0 + 0.32 * f32::from(at), 700.0 - 16.0 * f32::from(at));
        let _ = write!(lines, "BT /F1 12 Tf .9998 -.02 .02 .9998 {left} {height} Tm ({part}) Tj ET ");
    }
    let all = words.join(" ");
    for (before, after) in [("", ""), ("q 600 0 0 800 0 0 cm /I Do Q 3 Tr ", "0 Tr")] {
        check(&[&format!("{before}{lines}{after}")], &[&all]);
    }
    // A line of its own that is set aslant beside level ones.
    let stamp =
        "BT /F1 12 Tf .995 .1 -.1 .995 60 300 Tm (Received on the first of May by post in a large letter) Tj ET";
    let document = read(&[&format!("BT /F1 12 Tf 60 700 Td ({all}) Tj ET {stamp}")]).expect("a page");
    assert_eq!(outline(&document)[1], "Received on the first of May by post in a large letter");
}

#[test]
fn letters_over_a_picture_count_where_nothing_else_stands() {
    let scan = "q 600 0 0 800 0 0 cm /I Do Q BT 3 Tr /F1 12 Tf 50 700 Td (Found by recognising letters) Tj ET";
    check(&[scan], &["Found by recognising letters"]);
}

#[test]
fn text_under_a_scan_counts_beside_a_page_number() {
    let number = "BT /F1 12 Tf 500 20 Td (Page B12 of 40) Tj ET";
    let words = "Sam will have an hour of speech therapy in each week of the term";
    let scan = format!("q 600 0 0 800 0 0 cm /I Do Q BT 3 Tr /F1 12 Tf 50 700 Td ({words}) Tj ET BT 0 Tr ET {number}");
    check(&[&scan], &[words, "Page B12 of 40"]);
    let picture = format!("q 600 0 0 800 0 0 cm /I Do Q {number}");
    assert!(matches!(read(&[&picture]).expect_err("no text"), ExtractError::Scan { tried: false }));
}

#[test]
fn words_on_their_side_are_read_where_they_stand() {
    let square = "50 600 m 250 600 l 250 700 l 50 700 l s 150 600 m 150 700 l S 50 650 m 250 650 l S";
    let turned = "BT /F1 10 Tf 0 1 -1 0 104 655 Tm (How often) Tj ET";
    let level = "BT /F1 10 Tf 60 620 Td (weekly) Tj ET BT /F1 10 Tf 160 680 Td (Who) Tj ET BT /F1 10 Tf 60 750 Td (Provision) Tj ET";
    let mark = "BT /F1 80 Tf 0.7 0.7 -0.7 0.7 150 250 Tm (DRAFT) Tj ET";
    let document = read(&[&format!("{square} {turned} {level} {mark}")]).expect("a page");
    let words = |row, column| {
        let cell = document.tables()[0].cell(row, column).expect("a cell");
        cell.blocks.clone().map(|block| document.slice(document.blocks()[block].span)).collect::<Vec<_>>().join(" ")
    };
    assert_eq!((words(0, 0).as_str(), words(0, 1).as_str(), words(1, 0).as_str()), ("How often", "Who", "weekly"));
    let aside: Vec<&str> = document.furniture().iter().map(|aside| document.slice(aside.span)).collect();
    assert_eq!(aside, ["DRAFT"]);
}

#[test]
fn pages_that_are_pictures_are_told() {
    let scan = "q 600 0 0 800 0 0 cm /I Do Q";
    let text = "BT /F1 12 Tf 50 400 Td (Some words on a page) Tj ET";
    let document = read(&[text, scan]).expect("one page has text");
    let gaps: Vec<_> = document.gaps().iter().map(|gap| (gap.kind.clone(), gap.place.page)).collect();
    assert_eq!(gaps, [(GapKind::PageWithoutText, Some(2))]);
    let all = read(&[scan]).expect_err("no text");
    assert!(matches!(all, ExtractError::Scan { tried: false }));
    let none = read(&[""]).expect_err("no text");
    assert!(matches!(none, ExtractError::NoText { what: "its pages are blank", .. }));
}

#[test]
fn a_page_of_nonsense_is_a_gap_unless_another_reader_has_its_words() {
    let line = |words: &str, at: usize| format!("BT /F1 12 Tf 50 {} Td ({words}) Tj ET ", 700 - 40 * at);
    let good = line("Some words on a page", 0);
    let nonsense: String = (0..10).map(|at| line("Wklv lv qrw Hqjolvk dw doo", at)).collect();
    let check = |access: &Access, expected: &[&str], kind: GapKind, reader: &str| {
        let document = (FORMAT.read)(&file(&[&good, &nonsense, &good]), access).expect("a file that can be read");
        assert_eq!(outline(&document), expected);
        let gaps: Vec<_> = document.gaps().iter().map(|gap| (gap.kind.clone(), gap.place.page)).collect();
        assert_eq!((gaps, document.reader()), (vec![(kind, Some(2))], reader));
    };
    let words = ["Some words on a page", "This is English.", "Some words on a page"];
    check(&Access::default(), &[words[0], words[2]], GapKind::Garbled, "hayro");
    let second_reader: crate::extract::SecondReader = |_, _, pages| {
        assert_eq!(pages, [2], "only the page that needs it");
        vec![(2, "This is English.".to_owned())]
    };
    check(
        &Access { second_reader: Some(second_reader), ..Access::default() },
        &words,
        GapKind::WordsOnly,
        "hayro and pdf-extract",
    );
    let all = read(&[&nonsense]).expect_err("no words");
    assert!(matches!(all, ExtractError::NoText { what, .. } if what.contains("no word can be made out")));
}

#[test]
fn a_paragraph_knows_where_its_next_page_begins() {
    let first = "BT /F1 12 Tf 50 120 Td (A line that goes on to the end of all that it has to say about) Tj ET \
                 BT /F1 12 Tf 50 400 Td (Another line that is as long as the margin of this page lets it be.) Tj ET";
    let second = "BT /F1 12 Tf 50 690 Td (something else.) Tj ET \
                  BT /F1 12 Tf 50 400 Td (A third line that is as long as the margin of this page lets it be.) Tj ET";
    let document = read(&[first, second]).expect("text");
    let block = document.blocks().iter().find(|block| !block.page_breaks.is_empty()).expect("a joined block");
    let (at, page) = block.page_breaks[0];
    assert_eq!((&document.text()[at..block.span.end], page), ("something else.", 2));
}

#[test]
fn where_words_stand_is_kept_unless_nobody_will_ask() {
    let bytes = file(&["BT /F1 12 Tf 50 700 Td (Some words) Tj ET"]);
    let check = |unplaced: bool, prints: usize| {
        let document = (FORMAT.read)(&bytes, &Access { unplaced, ..Access::default() }).expect("text");
        assert_eq!((outline(&document), document.prints().len()), (vec!["Some words".to_owned()], prints));
    };
    check(false, 2);
    check(true, 0);
}

#[test]
fn what_is_broken_is_an_error() {
    for bytes in [&b"%PDF-1.7\n"[..], b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>"] {
        let error = (FORMAT.read)(bytes, &Access::default()).expect_err("no pages");
        assert!(matches!(error, ExtractError::Damaged { .. } | ExtractError::NoText { .. }), "{error:?}");
    }
    assert!((FORMAT.sniff)(b"junk before\n%PDF-1.4"));
    assert!(!(FORMAT.sniff)(b"plain words"));
}
