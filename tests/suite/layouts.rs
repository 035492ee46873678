//! Plans in awkward layouts, in Word and as PDFs: every section reads as a careful person would read it.

use ehcp_lint::{Access, Letter, Plan, extract};
use std::path::Path;

fn plan(name: &str) -> Plan {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/layouts").join(name);
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Plan::read(extract(&bytes, &Access::default()).expect("a plan"))
}

/// Both files of a layout hold these sections, and no others.
fn check(names: &[&str], expected: &[(Letter, &str)]) {
    for name in names {
        let plan = plan(name);
        for letter in Letter::ALL {
            let wanted = expected.iter().find(|(known, _)| *known == letter).map_or("", |(_, text)| text);
            assert_eq!(plan.section(letter).text(plan.document()), wanted, "{name}: Section {letter:?}");
        }
    }
}

fn times(words: &str, count: usize) -> String {
    words.repeat(count)
}

#[test]
fn bars_and_landscape_tables() {
    use Letter::{A, B, C, D, E, F, G, H1, H2, I, J, K};
    let long = "The teaching assistant will sit beside Ada in every English and mathematics lesson, read each question aloud, \
                check that she has understood it, and write down her answers where she tires, for no fewer than fifteen hours \
                in each week of term. ";
    let provision = format!(
        "Communication and interaction (outcomes 101 and 102)\nProvision | By whom | How often | How long | Review\n\
         Speech and language therapy, one to one, on telling stories | Speech and language therapist | Weekly | 45 minutes | Each term\n\
         {}This ends the first long row. | Teaching assistant (level 3) | Every lesson | All lesson | Each half term\n\
         {}This ends the second long row. | Teaching assistant (level 3) | Daily | Fifteen hours a week | Each half term\n\
         A writing slope and pencil grips | School | Always | All lessons | Yearly\n\
         Touch typing lessons | Occupational therapy assistant, on Tuesdays and Fridays | 20 minutes | Each term",
        times(long, 4),
        times(long, 5),
    );
    check(
        &["bars.docx", "bars.pdf"],
        &[
            (
                A,
                "Ada likes clocks and the sea. She wants to mend watches.\nHer parents want her to be safe and to have a friend.",
            ),
            (
                B,
                "Ada has a developmental language disorder and reads at the level of a six-year-old.\n\
                 She cannot hold a pencil for longer than five minutes.",
            ),
            (C, "Ada has asthma."),
            (D, "No social care needs were identified."),
            (
                E,
                "101. By July 2026 Ada will read forty words from the school list without help.\n\
                 102. By July 2026 Ada will tell a story of five sentences to another child.",
            ),
            (F, &provision),
            (G, "None."),
            (H1, "None."),
            (H2, "None."),
            (I, "Harbour Primary School, a mainstream school."),
            (J, "Not requested."),
            (K, "Educational psychologist: P. Marsh, 3 February 2025."),
        ],
    );
}

#[test]
fn letters_on_their_side_in_a_first_column() {
    use Letter::{A, B, C, D, E, F, G, H1, H2, I, J, K};
    check(
        &["sidebar.docx", "sidebar.pdf"],
        &[
            (A, "Ben says that he likes drums.\nHis mother would like him to sleep."),
            (B, "Ben has autism and speaks in single words.\nBen finds noise painful."),
            (C, "Ben has epilepsy."),
            (D, "Ben has no sense of danger on roads."),
            (E, "By December 2026 Ben will ask for a break with a card in four lessons out of five."),
            (
                F,
                "A learning support assistant will be with Ben for 25 hours a week.\n\
                 Ear defenders will be within his reach in all lessons.",
            ),
            (G, "None."),
            (H1, "None."),
            (H2, "None."),
            (I, "[left blank in a draft]"),
            (J, "None."),
            (K, "Mrs Orme, parent, 2 May 2025."),
        ],
    );
}

#[test]
fn columns_and_a_large_first_letter() {
    use Letter::{A, B, E, F, I};
    let views: Vec<String> = (1..=6)
        .map(|at| {
            format!(
                "Paragraph {at} of what Cora says: she told the officer about her rabbits, her bicycle and the garden behind \
                 the flats where she goes when school has been too loud for her that day."
            )
        })
        .collect();
    check(
        &["columns.docx", "columns.pdf"],
        &[
            (A, &views.join("\n")),
            (
                B,
                "Cora has dyslexia and a poor working memory. She loses her place when she copies from a board, and she reads \
                 two years behind her class. She needs more time than others to find words when she speaks in front of them.",
            ),
            (E, "By July 2026 Cora will spell the 100 most common words."),
            (
                F,
                "Cognition and learning | The following will be provided:\nWhat | Who | When\n\
                 Structured phonics, one to one | Specialist teacher | Tuesday and Thursday, 40 minutes\n\
                 Text read aloud | Reading pen | Every lesson\nAll of the above continues in exams.",
            ),
            (I, "Field Road School, mainstream."),
        ],
    );
}

#[test]
fn short_columns_rows_without_lines_and_boxes_in_boxes() {
    use Letter::{A, B, C, D, E, F, G, H1, H2, I, J, K};
    check(
        &["aligned.pdf"],
        &[
            (
                A,
                "Dev says that he would like to be a bus driver, because the drivers know every street and everyone says good \
                 morning to them when they get on.\nHis father says that Dev has become sad since his cousin moved away and \
                 that he hides under the table when visitors come.",
            ),
            (B, "Communication\nDev does not follow talk in a group.\nHe needs each instruction said to him by name."),
            (C, "None identified."),
            (D, "None identified."),
            (
                E,
                "By July 2026 Dev will answer a question put to a group of six.\n\
                 By July 2026 Dev will stay at the dinner table for ten minutes.",
            ),
            (
                F,
                "Provision | By whom | How often\n\
                 Talking group of four pupils with turn cards and a timer | Specialist teaching assistant | Twice a week for 30 minutes\n\
                 Advice to all of his teachers on how to word what they ask | Speech and language therapist | One hour in each half term\n\
                 Lunch at a table for two | Midday supervisor | Daily\n\
                 Strategy | In class | At break | On trips\nVisual timetable | Yes | No | Yes\nQuiet place | Yes | Yes | No",
            ),
            (G, "None."),
            (H1, "None."),
            (H2, "None."),
            (I, "Mill Lane School, mainstream."),
            (J, "None."),
            (K, "Dr Roy, paediatrician, 4 April 2025."),
        ],
    );
}
