//! Fragments → statements: the pieces of a plan that a reader would amend on their own.

use crate::document::{Block, Document};
use crate::plan::fragment::Fragment;
use crate::plan::letter::Letter;
use crate::plan::read::cutter::Cutter;
use crate::plan::read::fragments::Outline;
use crate::plan::read::grid::{self, Grid};
use crate::plan::read::look::Looks;
use crate::plan::read::prose::{self, Then};
use crate::plan::read::roles;
use crate::plan::read::rows::{self, Columns, RowOf};
use crate::plan::statement::{Role, Statement};
use crate::text::Span;

/// Cuts every section of the outline, in reading order.
pub(crate) fn statements(document: &Document, outline: &Outline, looks: Looks) -> Vec<Statement> {
    let mut found: Vec<Statement> = Vec::new();
    for (fragment, grid) in outline.fragments.iter().zip(&outline.grid_of) {
        if grid.is_none() {
            found.extend(of_fragment(document, outline, fragment, looks));
        }
    }
    for grid in &outline.grids {
        for letter in grid.letters() {
            found.extend(of_grid(document, grid, letter, looks));
        }
    }
    found.sort_by_key(|statement| statement.span().start);
    found
}

/// A run of a fragment's blocks that is cut in one way.
enum Run {
    Prose(Vec<usize>),
    Table(usize, Vec<usize>),
}

fn of_fragment(document: &Document, outline: &Outline, fragment: &Fragment, looks: Looks) -> Vec<Statement> {
    let mut cutter = Cutter::new(document, looks, &fragment.letters, fragment.area);
    cutter.label = fragment.label;
    let runs = runs(document, &fragment.blocks);
    let from = |index: usize| outline.bodies.get(&index).copied();
    let mut columns: Option<Columns> = None;
    for (at, run) in runs.iter().enumerate() {
        match run {
            Run::Prose(blocks) => {
                let then = if matches!(runs.get(at + 1), Some(Run::Table(..))) { Then::Table } else { Then::End };
                prose::cut(&mut cutter, blocks, &from, then);
            }
            Run::Table(table, blocks) => {
                columns = rows::cut(&mut cutter, *table, rows_of(document, *table, blocks), columns.as_ref());
                cutter.over.lead_in = None;
            }
        }
    }
    cutter.found
}

/// The statements of one letter of a grid: one for each paragraph of its column, or for each row of its columns.
fn of_grid(document: &Document, grid: &Grid, letter: Letter, looks: Looks) -> Vec<Statement> {
    let Some(table) = document.tables().get(grid.table) else { return Vec::new() };
    let index = u32::try_from(grid.table).unwrap_or(u32::MAX);
    let mut cutter = Cutter::new(document, looks, &[letter], grid.area_above(document));
    let columns = columns_of(document, grid, letter);
    let mut above = vec![None; columns.len()];
    for row in grid.rows.clone() {
        if let Some(title) = grid.title(document, row) {
            cutter.head(title, document.block_at(title.start));
            continue;
        }
        cutter.over.row = Some((index, row));
        if let &[(column, ..)] = columns.as_slice() {
            let cell = table.cell(row, column).filter(|cell| cell.row == row && cell.column == column);
            let blocks: Vec<usize> = cell.map(|cell| cell.blocks.clone().collect()).unwrap_or_default();
            let heading = cutter.over.heading;
            prose::cut(&mut cutter, &blocks, &|_| None, Then::End);
            cutter.over.heading = heading;
        } else {
            for parts in rows::parts_of(&cutter, RowOf { table, row }, &columns, &mut above) {
                cutter.say_row(parts);
            }
        }
    }
    cutter.found
}

/// The columns of one letter, with their roles: the first says what, unless its heading says otherwise.
fn columns_of(document: &Document, grid: &Grid, letter: Letter) -> Vec<(u32, Role, Option<Span>)> {
    let columns = grid.columns_of(letter);
    let roles = columns.iter().map(|&column| {
        let heading = grid.headings.get(column as usize).copied().filter(|span| !span.is_empty());
        (heading.map_or(Role::Other, |span| roles::role(document.slice(span), letter)), heading)
    });
    let roles = rows::with_what(roles.collect(), letter);
    columns.into_iter().zip(roles).map(|(column, (role, heading))| (column, role, heading)).collect()
}

fn runs(document: &Document, blocks: &[usize]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for &index in blocks {
        let Some(block) = document.blocks().get(index) else { continue };
        match (table_of(document, block), runs.last_mut()) {
            (None, Some(Run::Prose(run))) => run.push(index),
            (Some(table), Some(Run::Table(last, run))) if *last == table => run.push(index),
            (None, _) => runs.push(Run::Prose(vec![index])),
            (Some(table), _) => runs.push(Run::Table(table, vec![index])),
        }
    }
    runs
}

/// The outermost table around a block that is more than a box: one of several columns.
fn table_of(document: &Document, block: &Block) -> Option<usize> {
    let mut found = None;
    let mut at = block.cell;
    while let Some(cell) = at {
        let table = document.tables().get(cell.table as usize)?;
        if table.columns > 1 {
            found = Some(cell.table as usize);
        }
        at = table.parent;
    }
    found
}

/// The rows of a table in which blocks of a fragment stand, blank ones between them included.
fn rows_of(document: &Document, table: usize, blocks: &[usize]) -> std::ops::Range<u32> {
    let rows = blocks.iter().filter_map(|&index| {
        let block = document.blocks().get(index)?;
        grid::cell_in(document, block.cell, table).map(|cell| cell.row)
    });
    let rows: Vec<u32> = rows.collect();
    match (rows.iter().min(), rows.iter().max()) {
        (Some(&first), Some(&last)) => first..last + 1,
        _ => 0..0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Plan;

    /// Each statement as `letter kind lead-in> words <lead-out`, the last three where there are any.
    fn check(text: &str, expected: &[&str]) {
        let plan = Plan::read(Document::from_notation(text));
        let found: Vec<String> = plan
            .statements()
            .iter()
            .map(|statement| {
                let before = statement.lead_in.map_or(String::new(), |span| format!("{}> ", plan.slice(span)));
                let after = statement.lead_out.map_or(String::new(), |span| format!(" <{}", plan.slice(span)));
                format!("{} {:?} {before}{}{after}", statement.letter, statement.kind, plan.words_of(statement))
            })
            .collect();
        assert_eq!(found, expected);
    }

    /// The parts of the statements of F, as `role=words` with `^words` where they stand for others.
    fn check_parts(table: &str, expected: &[&str]) {
        let plan =
            Plan::read(Document::from_notation(&format!("# Section F: Special educational provision\n\n{table}")));
        let found: Vec<String> = plan
            .statements()
            .iter()
            .map(|statement| {
                let parts = statement.parts.iter().map(|part| {
                    let other = part.stands_for.map_or(String::new(), |span| format!("^{}", plan.slice(span)));
                    format!("{:?}={}{other}", part.role, plan.slice(part.span))
                });
                parts.collect::<Vec<_>>().join("; ")
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn lists_have_words_before_and_after() {
        check(
            "# Section F\n\nAll staff will:\n\n- use his name;\n- wait.\n\nAll of the above will be done in every lesson.\n\nA TA will help daily.",
            &[
                "F Provision All staff will:> use his name; <All of the above will be done in every lesson.",
                "F Provision All staff will:> wait. <All of the above will be done in every lesson.",
                "F Provision A TA will help daily.",
            ],
        );
    }

    #[test]
    fn an_item_is_one_statement_unless_it_is_long() {
        check(
            "# Section F\n\n- A laptop. Staff will learn to use it.\n- A TA will read daily. A scribe will write. Maths is taught in a pair.",
            &[
                "F Provision A laptop. Staff will learn to use it.",
                "F Provision A TA will read daily.",
                "F Provision A scribe will write.",
                "F Provision Maths is taught in a pair.",
            ],
        );
    }

    #[test]
    fn words_may_cover_paragraphs_and_items_may_lose_their_bullets() {
        check(
            "# Section F\n\nScribe.\n\nReader.\n\nThe above will be provided by a TA.",
            &[
                "F Provision Scribe. <The above will be provided by a TA.",
                "F Provision Reader. <The above will be provided by a TA.",
            ],
        );
        check(
            "# Section F\n\nAll staff will:\n\nuse his name;\n\nwait.\n\nScribe.",
            &[
                "F Provision All staff will:> use his name;",
                "F Provision All staff will:> wait.",
                "F Provision Scribe.",
            ],
        );
    }

    #[test]
    fn headings_may_say_that_nothing_is_needed_or_sought() {
        check(
            "# Section B\n\n## Strengths\n\n- She reads well.\n\n## Needs\n\n- She cannot spell.\n\n\
             # Section E\n\n## Long-term aims\n\n- To be a vet.\n\n## Outcomes\n\n- By July 2027 she will spell 50 words.",
            &[
                "B Other She reads well.",
                "B Need She cannot spell.",
                "E Other To be a vet.",
                "E Outcome By July 2027 she will spell 50 words.",
            ],
        );
    }

    #[test]
    fn numbers_are_no_words() {
        check(
            "# Section F\n\nF1 Communication and interaction\n\nF1.1 A TA will help daily.\n\nF1.2 All staff will:\n\n(a) use his name;\n\n(b) wait.\n\nF1.3 Scribe.",
            &[
                "F Provision A TA will help daily.",
                "F Provision All staff will:> use his name;",
                "F Provision All staff will:> wait.",
                "F Provision Scribe.",
            ],
        );
    }

    #[test]
    fn paragraphs_are_cut_where_statements_stand() {
        check(
            "# Section A\n\nI like trains. I like drums.\n\n# Section B\n\nHe cannot read. He cannot spell.\n\n\
             # Section F\n\nEach table should be read with its outcome. A blank cell means nothing.\n\nA TA will help daily. It will be for 20 minutes.",
            &[
                "A Other I like trains. I like drums.",
                "B Need He cannot read.",
                "B Need He cannot spell.",
                "F Other Each table should be read with its outcome. A blank cell means nothing.",
                "F Provision A TA will help daily. It will be for 20 minutes.",
            ],
        );
    }

    #[test]
    fn rows_have_roles() {
        check_parts(
            "| No. | Provision | By whom | How often | Review |\n|---|---|---|---|---|\n\
             | 1 | Reading | TA | Daily | Termly |\n| 2 | Spelling | As above | | ditto |\n| | | HLTA | Fridays | |",
            &[
                "Reference=1; What=Reading; Provider=TA; Measure=Daily; Review=Termly",
                "Reference=2; What=Spelling; Provider=As above^TA; Measure=; Review=ditto^Termly",
                "Reference=; What=^Spelling; Provider=HLTA; Measure=Fridays; Review=",
            ],
        );
    }

    #[test]
    fn header_rows_are_known_by_their_words() {
        check_parts(
            "| Outcome 1 \u{2013} Reading | | |\n| Provision | By whom | How often |\n| Scribe | TA | Every test |",
            &["What=Scribe; Provider=TA; Measure=Every test"],
        );
    }

    #[test]
    fn records_are_one_statement() {
        check_parts(
            "| Provision | Reading |\n| Delivered by | TA |\n| Frequency | |\n| Provision | Scribe |\n| Delivered by | LSA |\n| Frequency | Every test |",
            &["What=Reading; Provider=TA; Measure=", "What=Scribe; Provider=LSA; Measure=Every test"],
        );
    }

    #[test]
    fn text_may_stand_beside_its_heading() {
        check(
            "# Section F\n\n| Communication and interaction | A TA will help daily. |\n| Cognition and learning | Scribe in tests. |",
            &["F Provision A TA will help daily.", "F Provision Scribe in tests."],
        );
    }

    #[test]
    fn lists_side_by_side_are_lists() {
        check(
            "# Section F\n\n| What will go on | What is new |\n|---|---|\n| Getting about | |\n| \u{2022} A TA will help daily. | \u{2022} Travel training, if staff allow. |\n\
             | \u{2022} Scribe. | |",
            &[
                "F Provision A TA will help daily.",
                "F Provision Travel training, if staff allow.",
                "F Provision Scribe.",
            ],
        );
        check(
            "# Section F\n\n| Provision | By whom |\n|---|---|\n| \u{2022} Reading | \u{2022} TA |",
            &["F Provision Reading | TA"],
        );
        check(
            "# Section F\n\n| Provision | Detail |\n|---|---|\n| Reading | \u{2022} TA, daily |",
            &["F Provision Reading | TA, daily"],
        );
    }

    #[test]
    fn a_grid_gives_each_column_its_statements() {
        check(
            "| Section B | Section E | Section F: Provision | Section F: By whom, how often |\n| Cannot read. | Will read. | Reading | TA, daily |\n| | | Scribe | TA |",
            &[
                "B Need Cannot read.",
                "E Outcome Will read.",
                "F Provision Reading | TA, daily",
                "F Provision Scribe | TA",
            ],
        );
    }

    #[test]
    fn a_shared_text_is_divided_by_its_words() {
        check(
            "# Sections E and F\n\n## Outcome 1\n\nBy July 2027 Sam will read.\n\n## Provision\n\n- A TA will read with Sam.",
            &["E Outcome By July 2027 Sam will read.", "F Provision A TA will read with Sam."],
        );
    }

    #[test]
    fn content_in_the_line_of_the_label_begins_behind_it() {
        check("Section J: Not requested.", &["J Other Not requested."]);
    }
}
