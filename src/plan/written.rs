//! The text of a section as it would be written down by hand: headings of columns once, rows on a line, no numbers.

use crate::document::{Block, BlockKind, Document};
use crate::plan::read::prose;
use crate::plan::{Fragment, Letter, Section};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

/// One row of a table, or one paragraph outside of any.
struct Line<'d> {
    table: Option<u32>,
    row: u32,
    /// The words of its cells with their columns.
    cells: Vec<(u32, &'d str)>,
    /// Whether the first cell names what stands in the second and there is no third.
    is_field: bool,
}

/// Consecutive fields under names that do not come again: a record card, or a table of one row turned on its side.
struct Record<'d> {
    names: Vec<&'d str>,
    values: Vec<String>,
}

pub(super) fn text(section: &Section<'_>, document: &Document) -> String {
    let lines = lines(section, document);
    let mut records: Vec<(Range<usize>, Record<'_>)> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let record = record(&lines[at..]);
        let fields = record.names.len();
        if fields > 1 {
            records.push((at..at + fields, record));
        }
        at += fields.max(1);
    }
    let mut text = String::new();
    let mut names: &[&str] = &[];
    let mut done = 0;
    let mut add = |line: &str| {
        if !text.is_empty() && !line.is_empty() {
            text.push('\n');
        }
        text.push_str(line);
    };
    for (range, record) in &records {
        let comes_again = records.iter().filter(|(_, other)| other.names == record.names).count() > 1;
        if !comes_again {
            continue;
        }
        for line in &lines[done..range.start] {
            names = &[];
            add(&line.text());
        }
        if names != record.names {
            add(&record.names.join(" | "));
        }
        names = &record.names;
        add(&record.values.join(" | "));
        done = range.end;
    }
    lines[done..].iter().for_each(|line| add(&line.text()));
    text
}

impl Line<'_> {
    fn text(&self) -> String {
        self.cells.iter().map(|&(_, words)| words).collect::<Vec<_>>().join(" | ")
    }

    /// The words beside the name.
    fn value(&self) -> String {
        self.cells.iter().skip(1).map(|&(_, words)| words).collect::<Vec<_>>().join(" ")
    }
}

/// The record that these lines begin with; without names where they begin with none.
fn record<'d>(lines: &[Line<'d>]) -> Record<'d> {
    let mut record = Record { names: Vec::new(), values: Vec::new() };
    for line in lines {
        let Some(&(_, name)) = line.cells.first() else { break };
        let same_table = lines.first().is_some_and(|first| first.table == line.table);
        if !line.is_field || !same_table || record.names.contains(&name) {
            break;
        }
        record.names.push(name);
        record.values.extend(Some(line.value()).filter(|value| !value.is_empty()));
    }
    record
}

/// What of the section is said, line by line.
fn lines<'d>(section: &Section<'_>, document: &'d Document) -> Vec<Line<'d>> {
    let mut lines: Vec<Line<'d>> = Vec::new();
    let mut said = BTreeSet::new();
    let cited = LazyLock::new(|| cited(document));
    for fragment in &section.fragments {
        let label = fragment.label.map(|label| document.block_at(label.start));
        // "Section B" whose title stands in the next cell is no heading of columns.
        let cell_of = |at: usize| document.blocks().get(document.block_at(at)).and_then(|block| block.cell);
        let of_columns = fragment.label.is_none_or(|label| {
            let named = document.slice(label).get(..7).is_some_and(|word| word.eq_ignore_ascii_case("section"));
            !named || cell_of(label.start) == cell_of(label.end.saturating_sub(1))
        });
        let heads = label.filter(|_| of_columns).map_or_else(Vec::new, |label| column_heads(document, fragment, label));
        let cell = label.and_then(|label| document.blocks().get(label)).and_then(|block| block.cell);
        let headings = fragment.headings.iter().filter(|&&index| {
            let Some(block) = document.blocks().get(index) else { return false };
            let in_label = fragment.label.is_some_and(|label| label.overlaps(block.span));
            !in_label && block.cell.is_some() && cell != block.cell
        });
        let mut indices: Vec<usize> = fragment.blocks.iter().chain(headings).copied().collect();
        indices.extend(heads.into_iter().filter(|&head| said.insert(head)));
        indices.sort_unstable();
        indices.dedup();
        for index in indices {
            let Some(block) = document.blocks().get(index) else { continue };
            let whole = document.slice(block.span);
            // Behind a bullet, a number that was typed is one of the words.
            let words = if has_bullet(block) && whole.starts_with(|c: char| c.is_ascii_digit()) {
                whole
            } else {
                unnumbered(whole, &fragment.letters, |number| cited.contains(number))
            };
            let cell = block.cell.map(|cell| (cell.table, cell.row, cell.column));
            match (lines.last_mut(), cell) {
                (Some(line), Some((table, row, column))) if line.table == Some(table) && line.row == row => {
                    line.is_field &= column == 1;
                    line.cells.push((column, words));
                }
                _ => lines.push(Line {
                    table: cell.map(|(table, ..)| table),
                    row: cell.map_or(0, |(_, row, _)| row),
                    cells: vec![(cell.map_or(0, |(.., column)| column), words)],
                    is_field: names_a_field(document, block),
                }),
            }
        }
    }
    lines
}

/// The headings of the columns in which a fragment stands, where its label is one of several in a row.
fn column_heads(document: &Document, fragment: &Fragment, label: usize) -> Vec<usize> {
    let cell = document.blocks().get(label).and_then(|block| block.cell);
    let Some((at, table)) = cell.and_then(|at| Some((at, document.tables().get(at.table as usize)?))) else {
        return Vec::new();
    };
    if table.row(at.row).filter(|cell| !cell.blocks.is_empty()).count() < 2 {
        return Vec::new();
    }
    let own = fragment.blocks.iter().filter_map(|&index| document.blocks().get(index)?.cell);
    let below = own.filter(|cell| cell.table == at.table && cell.row > at.row);
    let mut columns: BTreeSet<u32> = below.map(|cell| cell.column).collect();
    if columns.is_empty() {
        columns.insert(at.column);
    }
    let heads = columns.into_iter().filter_map(|column| table.cell(at.row, column));
    heads.flat_map(|cell| cell.blocks.clone()).collect()
}

/// Whether it stands alone in the first cell of a row of two.
fn names_a_field(document: &Document, block: &Block) -> bool {
    let Some(at) = block.cell.filter(|cell| cell.column == 0) else { return false };
    document.tables().get(at.table as usize).is_some_and(|table| {
        table.columns == 2
            && table.row(at.row).count() == 2
            && table.cell(at.row, 0).is_some_and(|c| c.blocks.len() == 1)
    })
}

/// Whether it is an item of a list with a bullet before it.
fn has_bullet(block: &Block) -> bool {
    let bullet = |label: &str| !label.contains(char::is_alphanumeric);
    matches!(block.kind, BlockKind::ListItem { .. }) && block.label.as_deref().is_some_and(bullet)
}

/// Words without the bullet or number that was typed before them. A number that other words refer to ("meets B1, B3",
/// "Outcome 2") is the name of what it stands before, and stays.
fn unnumbered<'d>(words: &'d str, letters: &[Letter], cited: impl Fn(&str) -> bool) -> &'d str {
    let length = prose::typed_length(words, letters);
    let number = words.get(..length).unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
    let alone = number.starts_with(|c: char| c.is_ascii_digit());
    let lettered = |letter: &Letter| cited(&format!("{}{number}", letter.as_str()));
    if cited(number) || alone && letters.iter().any(lettered) {
        return words;
    }
    words.get(length..).filter(|rest| !rest.is_empty()).unwrap_or(words)
}

/// The numbers that are spoken of, with the letter of what they number: "B1" or "F2.3" anywhere but at the beginning of a
/// block, "Outcome 2" as "E2".
fn cited(document: &Document) -> BTreeSet<String> {
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let is_lettered = |word: &str| word.starts_with(|c| matches!(c, 'A'..='K')) && word.get(1..).is_some_and(is_number);
    let mut numbers = BTreeSet::new();
    for block in document.blocks() {
        let own = usize::from(block.cell.is_none_or(|cell| cell.column == 0));
        let mut counted = None;
        let words = document.slice(block.span).split(|c: char| !c.is_alphanumeric() && c != '.');
        for (at, word) in words.map(|word| word.trim_matches('.')).enumerate() {
            match (counted, word) {
                (_, "outcome" | "outcomes" | "Outcome" | "Outcomes" | "OUTCOME") => counted = Some('E'),
                (_, "need" | "needs" | "Need" | "Needs") => counted = Some('B'),
                (Some(letter), _) if is_number(word) => drop(numbers.insert(format!("{letter}{word}"))),
                (Some(_), "and" | "or" | "to" | "no" | "No" | "number" | "") => {}
                _ => counted = None,
            }
            if at >= own && is_lettered(word) {
                numbers.insert(word.to_owned());
            }
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Plan;

    fn check(notation: &str, letter: Letter, expected: &str) {
        let plan = Plan::read(Document::from_notation(notation));
        assert_eq!(plan.section(letter).text(plan.document()), expected);
    }

    #[test]
    fn rows_are_lines_and_typed_numbers_go() {
        check(
            "# Section F\nF1 Speech\n\n|Provision|By whom|How often|\n|-|-|-|\n|Therapy|Therapist|Weekly|\n|Scribe|TA|Daily|",
            Letter::F,
            "Speech\nProvision | By whom | How often\nTherapy | Therapist | Weekly\nScribe | TA | Daily",
        );
    }

    #[test]
    fn numbers_that_others_refer_to_stay() {
        let plan = "# Section B\n\nB1. He cannot read.\n\nB2. He cannot write.\n\n# Section F\n\n|Provision|Need|\n|-|-|\n|A scribe.|B2|";
        check(plan, Letter::B, "He cannot read.\nB2. He cannot write.");
        let plan =
            "# Section E\n\n|1. He will read.|\n|2. He will write.|\n\n# Section F\n\nOutcomes 2 and 3\n\nA scribe.";
        check(plan, Letter::E, "He will read.\n2. He will write.");
    }

    #[test]
    fn a_number_behind_a_bullet_is_one_of_the_words() {
        check("# Section K\n\n- 1. Parents' views\n- 2. School", Letter::K, "1. Parents' views\n2. School");
        check("# Section K\n\n1. Parents' views\n2. School", Letter::K, "Parents' views\nSchool");
    }

    #[test]
    fn the_names_of_records_are_said_once() {
        let card = |what: &str, who: &str| format!("|Provision|{what}|\n|Delivered by|{who}|\n|Frequency|Weekly|\n\n");
        check(
            &format!(
                "# Section F\n\n{}{}## Health\n\n{}",
                card("Therapy", "Therapist"),
                card("Scribe", ""),
                card("Lift", "Nurse")
            ),
            Letter::F,
            "Provision | Delivered by | Frequency\nTherapy | Therapist | Weekly\nScribe | Weekly\nHealth\n\
             Provision | Delivered by | Frequency\nLift | Nurse | Weekly",
        );
    }

    #[test]
    fn sections_side_by_side_have_the_headings_of_their_columns() {
        let grid = "|Section E: Outcomes|Section F: Provision|By whom|\n|-|-|-|\n|He will read.|A scribe.|TA|";
        check(grid, Letter::E, "Section E: Outcomes\nHe will read.");
        check(grid, Letter::F, "Section F: Provision | By whom\nA scribe. | TA");
    }

    #[test]
    fn a_title_in_the_next_cell_is_no_content() {
        let plan = "|SECTION B|Special educational needs|\n||He cannot read.|\n|SECTION C|Health needs|\n||None.|";
        check(plan, Letter::B, "He cannot read.");
    }

    #[test]
    fn one_card_stays_as_it_is() {
        check(
            "# Section F\n\n|Provision|Therapy|\n|Delivered by|Therapist|\n|Frequency|Weekly|",
            Letter::F,
            "Provision | Therapy\nDelivered by | Therapist\nFrequency | Weekly",
        );
    }
}
