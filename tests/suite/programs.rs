//! PDFs as the programs of users make them (`tests/fixtures/pdf`): what is read of each, written by people.

use ehcp_lint::{Access, BlockKind, Document, ExtractError, GapKind, TableSource, extract};

fn read(name: &str) -> Result<Document, ExtractError> {
    let path = format!("{}/tests/fixtures/pdf/{name}.pdf", env!("CARGO_MANIFEST_DIR"));
    extract(&std::fs::read(path).expect("a fixture"), &Access::default())
}

fn document(name: &str) -> Document {
    read(name).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The blocks outside tables.
fn paragraphs(document: &Document) -> Vec<&str> {
    document.blocks().iter().filter(|block| block.cell.is_none()).map(|block| document.slice(block.span)).collect()
}

/// The rows of the only table, their cells with `|` between, `=` before header rows; how it was found.
fn rows(document: &Document) -> (Vec<String>, TableSource) {
    let [table] = document.tables() else { panic!("{} tables", document.tables().len()) };
    let row = |row: u32| {
        let cell = |cell: &ehcp_lint::Cell| {
            let blocks = document.blocks().get(cell.blocks.clone()).unwrap_or_default();
            blocks.iter().map(|block| document.slice(block.span)).collect::<Vec<_>>().join("/")
        };
        let cells: Vec<String> = table.row(row).map(cell).collect();
        format!("{}{}", if row < table.header_rows { "=" } else { "" }, cells.join("|"))
    };
    ((0..table.rows).map(row).collect(), table.source)
}

#[test]
fn cells_are_as_the_file_states_them() {
    let long = "will work on reading with him in a small group of no more than three pupils, from a script that the \
                specialist teacher writes and changes each half term, and will note after each session what he could do \
                alone. ";
    let mut wanted = vec!["=Provision|By whom|How often".to_owned()];
    wanted.extend((1..8).map(|n| {
        let programme = format!("Programme {n}: a teaching assistant {}", long.repeat(2));
        format!("{}|Teaching assistant {n}|{n} times a week", programme.trim_end())
    }));
    // Rows that page ends cut, with lines around the cells and without.
    for name in ["tagged-office", "tagged-office-no-lines"] {
        let document = document(name);
        assert_eq!(rows(&document), (wanted.clone(), TableSource::Stated), "{name}");
        assert_eq!(
            paragraphs(&document)[..2],
            ["Section F: Special educational provision", "Read each row with its outcome."]
        );
        assert_eq!(paragraphs(&document).last(), Some(&"None."), "{name}");
    }
}

/// Over two lines, on the pages that go on with a section, too.
#[test]
fn a_running_header_that_wraps_is_set_aside_whole() {
    let document = document("running-header");
    let around: Vec<&str> = document.furniture().iter().map(|aside| document.slice(aside.span)).collect();
    let names = [
        "A: the views, interests and aspirations",
        "B: the special educational needs",
        "F: the special educational provision required",
    ];
    let headings = names.map(|name| format!("Section {name} of the child or young person and of the parents"));
    let headers = headings
        .clone()
        .map(|heading| format!("Education, Health and Care Plan of Gus Ray, born 4 May 2016 - {heading}"));
    assert_eq!(around, headers);
    assert!(document.furniture().iter().all(|aside| aside.pages > 1));
    let found: Vec<&str> =
        paragraphs(&document).into_iter().filter(|text| !text.contains("will work on reading")).collect();
    assert_eq!(found, headings);
    assert_eq!(document.blocks().len(), 3 * 20);
}

/// Browsers say nothing of empty cells; and they strip nothing else from a table without lines.
#[test]
fn empty_cells_that_the_file_leaves_out_are_there() {
    let wanted = [
        "=Provision|By whom|How often|Outcome",
        "Speech|Therapist|Weekly|She will say what she needs",
        "Reading in a group of three, with a script that a specialist teacher writes|Teaching assistant|Daily|\
         She will read aloud with few mistakes",
        "|||She will ask for books",
        "Hand use||Each half term|She will fasten a coat",
    ];
    for name in ["tagged-browser", "no-unicode-map"] {
        let (found, source) = rows(&document(name));
        assert_eq!(
            (found.iter().map(String::as_str).collect::<Vec<_>>(), source),
            (wanted.to_vec(), TableSource::Stated),
            "{name}"
        );
    }
}

#[test]
fn letters_come_from_the_embedded_font_where_the_file_has_no_map() {
    let document = document("no-unicode-map");
    assert_eq!(paragraphs(&document), ["Section F: Provision", "Section G", "None."]);
    assert!(document.gaps().is_empty(), "{:?}", document.gaps());
}

#[test]
fn columns_of_text_are_read_one_after_the_other() {
    let document = document("two-columns");
    let mut wanted = vec!["Section B: Special educational needs".to_owned()];
    wanted.extend((1..15).map(|n| {
        format!(
            "Paragraph {n}: she is helped to begin, to go on and to come to an end, and it says by whom, how often and for how \
             long."
        )
    }));
    wanted.extend(["Section C".to_owned(), "None.".to_owned()]);
    assert_eq!(paragraphs(&document), wanted);
    assert!(document.tables().is_empty());
}

#[test]
fn values_of_a_form_are_read_where_nothing_draws_them() {
    let text = document("form").text().split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(
        text,
        "Section I: Placement Name of school: Hill Road School Mainstream: \u{2612} Special: \u{2610} Type: Maintained school"
    );
}

#[test]
fn words_of_notes_are_read_or_counted() {
    let document = document("notes");
    let found = paragraphs(&document);
    for words in ["DRAFT", "Add the therapist\u{2019}s advice here"] {
        assert!(found.contains(&words), "{found:?}");
    }
    assert!(!document.text().contains("Mr Fell"), "a comment is no part of the plan");
    let gaps: Vec<&GapKind> = document.gaps().iter().map(|gap| &gap.kind).collect();
    assert_eq!(gaps, [&GapKind::Comments(1)]);
}

#[test]
fn the_one_plan_in_a_portfolio_is_read() {
    let plain = document("plain");
    assert_eq!(document("portfolio").text(), plain.text());
    assert_eq!(attached(&document("portfolio-of-two")), ["plan.pdf", "advice.pdf", "note.txt"]);
    assert_eq!(attached(&document("attachment")), ["Appendix 1 speech therapy.pdf"]);
    assert_eq!(document("attachment").text(), plain.text());
}

fn attached(document: &Document) -> Vec<String> {
    let name = |gap: &ehcp_lint::Gap| match &gap.kind {
        GapKind::Attached(name) => Some(name.0.clone()),
        _ => None,
    };
    document.gaps().iter().filter_map(name).collect()
}

/// An empty form: what stands on its page, and that the form was not read.
#[test]
fn a_form_that_another_program_has_to_build_is_a_gap() {
    let document = document("xfa-dynamic");
    assert!(document.text().starts_with("Please wait"), "{}", document.text());
    assert_eq!(document.gaps().iter().map(|gap| &gap.kind).collect::<Vec<_>>(), [&GapKind::Form { read: false }]);
}

/// One that was filled in: what it says, in the order in which its parts stand, as often as its data have them.
#[test]
fn a_form_that_another_program_builds_is_read_as_the_file_stores_it() {
    let document = document("xfa-filled");
    assert_eq!(document.gaps().iter().map(|gap| &gap.kind).collect::<Vec<_>>(), [&GapKind::Form { read: true }]);
    assert_eq!(
        paragraphs(&document)[2..],
        [
            "Section A: Views",
            "Name of child: Ana & Bo",
            "Date of birth: 2016-05-04",
            "Section B: Special educational needs",
            "Section F: Special educational provision",
            "Speech and language therapy: A therapist sees her.",
            "She is told what was done.",
            "How often: Each term",
            "Setting: ☐ Mainstream ☒ Special",
            "☒ Transport is provided",
            "Section J: Direct payments",
            "Sum: £400",
            "The council will pay:",
            "a taxi",
        ]
    );
    let (rows, source) = rows(&document);
    assert_eq!(
        (rows, source),
        (["=Need|Strength", "Speech|Listens", "Reading|"].map(str::to_owned).to_vec(), TableSource::Stated)
    );
    let headings = document.blocks().iter().filter(|block| matches!(block.kind, BlockKind::Heading { .. })).count();
    let bullet = document.blocks().last().and_then(|block| block.label.as_deref());
    assert_eq!((headings, bullet), (4, Some("•")));
    let around: Vec<&str> = document.furniture().iter().map(|aside| document.slice(aside.span)).collect();
    assert_eq!(around, ["Draft plan"]);
}

/// Small and all capitals are as they are printed in a PDF, as they were typed in a Word file.
#[test]
fn what_is_set_with_care_is_read_as_it_is_meant() {
    let path = format!("{}/tests/fixtures/pdf/typography.docx", env!("CARGO_MANIFEST_DIR"));
    let word = extract(&std::fs::read(path).expect("a fixture"), &Access::default()).expect("a document");
    let pdf = document("typography");
    let alike = [
        "☑ Mainstream school ☐ Special school",
        "☑ Yes ☐ No",
        "☒ Residential ☐ Day ☑ Term time",
        "Visual timetable",
        "Quiet corner",
        "The therapist sees her in the 4th week.",
    ];
    for (document, heading, hyphen, soft, last) in [
        (&word, "Section F: Special educational provision", "\u{2011}", "\u{ad}", "No capitals"),
        (&pdf, "SECTION F: SPECIAL EDUCATIONAL PROVISION", "-", "", "NO CAPITALS"),
    ] {
        let found = paragraphs(document);
        assert_eq!((found[0], &found[2..8], found[8]), (heading, &alike[..], last));
        let labels: Vec<_> = document.blocks()[5..7].iter().map(|block| block.label.as_deref()).collect();
        assert_eq!(labels, [Some("•"), Some("•")]);
        // The program printed the soft hyphen at which it broke a line as one that stays.
        let (words, said) = (found[1].replace('\u{a0}', " "), ["co", "ordi", "nat", "ing"].join(soft));
        let said = if soft.is_empty() { "coordi-nating".to_owned() } else { said };
        assert_eq!(
            words,
            format!(
                "The office staff find a first class fluffy flag; well{hyphen}being is ‘mended’ – {said} takes ½ an hour… café £5 H₂O m²."
            )
        );
    }
}

#[test]
fn a_soft_hyphen_only_breaks_a_word() {
    let text = "The office staff say that it takes a coordinating team of communication partners, who keep up her self-esteem.";
    assert_eq!(paragraphs(&document("soft-hyphens")), ["Section F", text]);
}

/// Printed anew by Ghostscript, which writes pairs of letters the wrong way round and leaves the tags out, and by cairo.
#[test]
fn what_is_printed_anew_says_the_same() {
    let before = document("tagged-office");
    for name in ["ghostscript", "cairo"] {
        let document = document(name);
        assert_eq!(document.text(), before.text(), "{name}");
        assert_eq!(rows(&document).0, rows(&before).0, "{name}");
    }
}

/// The table that says where in the file each object stands, and what points to it: wrong, cut off, left out.
#[test]
fn what_is_damaged_is_repaired() {
    let path = format!("{}/tests/fixtures/pdf/plain.pdf", env!("CARGO_MANIFEST_DIR"));
    let whole = std::fs::read(path).expect("a fixture");
    let at = |what: &[u8]| whole.windows(what.len()).rposition(|window| window == what).expect("it is there");
    let (table, trailer, start) = (at(b"\nxref"), at(b"trailer"), at(b"startxref"));
    for (name, bytes) in [
        ("no end", whole[..start].to_vec()),
        ("points to nowhere", [&whole[..start], b"startxref\n99999\n%%EOF"].concat()),
        ("no table", [&whole[..table], b"\n", &whole[trailer..]].concat()),
        ("neither", whole[..table].to_vec()),
        ("bytes in front", [b"From: somebody\r\n\r\n", &whole[..]].concat()),
        ("cut off", whole[..whole.len() - 25].to_vec()),
    ] {
        let document = extract(&bytes, &Access::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(document.text(), self::document("plain").text(), "{name}");
    }
}

#[test]
fn however_a_file_is_stored_it_says_the_same() {
    let plain = document("plain");
    for name in ["linearized", "object-streams", "owner-locked"] {
        assert_eq!(document(name).text(), plain.text(), "{name}");
    }
    assert!(matches!(read("locked"), Err(ExtractError::Encrypted { .. })));
    let path = format!("{}/tests/fixtures/pdf/locked.pdf", env!("CARGO_MANIFEST_DIR"));
    let access = Access { password: Some("secret".to_owned()), ..Access::default() };
    let opened = extract(&std::fs::read(path).expect("a fixture"), &access).expect("the right password");
    assert_eq!(opened.text(), plain.text());
}
