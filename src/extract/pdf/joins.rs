//! What the end of a page cut in two: paragraphs, tables, rows and cells, put together again.

use super::blocks::{Block, Table, TableCell};
use super::paragraphs::{Paragraph, ends_sentence};

/// Columns this near on two pages are the same.
const SAME_COLUMN: f32 = 4.0;
/// Header rows that may be printed again.
const MAX_HEADER: usize = 3;

/// The blocks of all pages as one document.
pub(super) fn join(pages: Vec<Vec<Block>>) -> Vec<Block> {
    let mut all: Vec<Block> = Vec::new();
    let mut empty = false;
    for page in pages {
        // What stood on a page without words, a picture perhaps, is not known: nothing goes on over it.
        if std::mem::replace(&mut empty, page.is_empty()) {
            all.extend(page);
        } else {
            join_blocks(&mut all, page);
        }
    }
    all
}

/// Adds blocks after others; the first may go on with the last.
pub(super) fn join_blocks(all: &mut Vec<Block>, more: Vec<Block>) {
    let mut more = more.into_iter();
    let Some(first) = more.next() else { return };
    match (all.last_mut(), first) {
        (Some(Block::Paragraph(last)), Block::Paragraph(next)) if continues(last, &next) => last.join(*next),
        (Some(Block::Table(last)), Block::Table(next)) => {
            if let Some(other) = join_tables(last, next) {
                all.push(Block::Table(other));
            }
        }
        (_, first) => all.push(first),
    }
    all.extend(more);
}

fn continues(last: &Paragraph, next: &Paragraph) -> bool {
    next.label.is_none() && last.goes_on(&next.first)
}

/// Adds the rows of a table to one on an earlier page, or gives it back if it is another table.
fn join_tables(table: &mut Table, mut next: Table) -> Option<Table> {
    match (table.stated, next.stated) {
        (Some(one), Some(other)) if one.table == other.table => {
            join_stated(table, next, other.first_row.saturating_sub(one.first_row));
            return None;
        }
        (None, None) => {}
        _ => return Some(next),
    }
    if !same_columns(table, &mut next) {
        return Some(next);
    }
    let repeated = repeated_rows(table, &next);
    if repeated == 0 && begins_anew(table, &next) {
        return Some(next);
    }
    table.header_rows = table.header_rows.max(repeated);
    drop_rows(&mut next, repeated);
    // A header row that is marked as no part of the text leaves an empty row behind.
    if next.rows > 1 && next.row(0).all(|cell| cell.blocks.is_empty() && cell.rows == 1) {
        drop_rows(&mut next, 1);
    }
    table.open_bottom = next.open_bottom;
    if next.rows == 0 {
        return None;
    }
    let whole = row_continues(table, &next);
    let last = table.rows.saturating_sub(1);
    let spanning = |table: &Table, column: usize| table.cells.iter().any(|cell| cell.column == column && cell.rows > 1);
    let shift = if whole { last } else { table.rows };
    let rows = shift + next.rows;
    let spans: Vec<usize> =
        next.row(0).filter(|cell| cell.rows > 1 || spanning(table, cell.column)).map(|cell| cell.column).collect();
    // An empty cell beside rows of its own goes on with the one above, and so do the others that span these rows.
    let left_over = |cell: &TableCell| {
        let above = table.cells.iter().find(|above| above.column == cell.column && above.row + above.rows == last + 1);
        cell.rows > 1 && above.is_some_and(|above| !has_room(above))
    };
    let group = {
        let across: Vec<&TableCell> = next.row(0).filter(|cell| spans.contains(&cell.column)).collect();
        let empty = across.iter().any(|cell| cell.blocks.is_empty());
        empty || !across.is_empty() && across.iter().all(|cell| left_over(cell))
    };
    for cell in next.cells {
        let spanned = group && spans.contains(&cell.column);
        let same = |above: &&mut TableCell| {
            above.column == cell.column && above.columns == cell.columns && above.row + above.rows == last + 1
        };
        let above = if cell.row == 0 { table.cells.iter_mut().find(same) } else { None };
        match above {
            Some(above) if (whole || spanned || cell_continues(above, &cell)) => {
                above.bottom = cell.bottom;
                above.rows = (shift + cell.rows).saturating_sub(above.row).max(above.rows);
                join_blocks(&mut above.blocks, cell.blocks);
            }
            _ => table.cells.push(TableCell { row: cell.row + shift, ..cell }),
        }
    }
    table.rows = rows;
    table.cells.sort_by_key(|cell| (cell.row, cell.column));
    None
}

/// Adds the next part of a table whose rows the file states. It begins with the row `shift`.
fn join_stated(table: &mut Table, next: Table, shift: usize) {
    for cell in next.cells {
        let row = cell.row + shift;
        let covers = |above: &&mut TableCell| {
            above.column == cell.column && above.row <= row && (above.row == row || above.row + above.rows > row)
        };
        let header = row < table.header_rows.max(1);
        match table.cells.iter_mut().find(covers) {
            // A header row that is printed again.
            Some(above) if header && above.text() == cell.text() => {}
            Some(above) => {
                above.rows = above.rows.max(row + cell.rows - above.row);
                above.bottom = cell.bottom;
                join_blocks(&mut above.blocks, cell.blocks);
            }
            None => table.cells.push(TableCell { row, ..cell }),
        }
    }
    table.rows = table.rows.max(shift + next.rows);
    table.cells.sort_by_key(|cell| (cell.row, cell.column));
}

/// Whether two tables have the same columns, or one has some of the other's; then gives both all of them.
fn same_columns(table: &mut Table, next: &mut Table) -> bool {
    let ends = |table: &Table| Some((*table.edges.first()?, *table.edges.last()?));
    let (Some(one), Some(other)) = (ends(table), ends(next)) else { return false };
    if (one.0 - other.0).abs() > SAME_COLUMN || (one.1 - other.1).abs() > SAME_COLUMN || table.source != next.source {
        return false;
    }
    let within = |few: &[f32], many: &[f32]| {
        few.iter().map(|edge| many.iter().position(|other| (edge - other).abs() <= SAME_COLUMN)).collect()
    };
    let widen = |table: &mut Table, places: &[usize], edges: &[f32]| {
        let place = |edge: usize| places.get(edge).copied().unwrap_or(edge);
        for cell in &mut table.cells {
            let end = place(cell.column + cell.columns);
            cell.column = place(cell.column);
            cell.columns = end.saturating_sub(cell.column).max(1);
        }
        table.edges = edges.to_vec();
    };
    let there: Option<Vec<usize>> = within(&next.edges, &table.edges);
    if let Some(places) = there {
        widen(next, &places, &table.edges);
        return true;
    }
    let here: Option<Vec<usize>> = within(&table.edges, &next.edges);
    if let Some(places) = here {
        widen(table, &places, &next.edges);
        return true;
    }
    false
}

/// How many rows at the top of the next part repeat the top of the table, or a header row in it.
fn repeated_rows(table: &Table, next: &Table) -> usize {
    let texts = |table: &Table, row: usize| {
        let cells: Vec<String> = table.row(row).map(TableCell::text).collect();
        Some(cells).filter(|cells| cells.iter().any(|text| !text.is_empty()))
    };
    let same = |row: usize, of: usize| texts(table, row).is_some_and(|cells| texts(next, of).as_ref() == Some(&cells));
    let whole = (0..MAX_HEADER.min(next.rows)).take_while(|&row| same(row, row)).count();
    // Only the lower of two header rows may be repeated.
    if whole == 0 && next.rows > 1 && table.rows > 2 && same(1, 0) { 1 } else { whole }
}

/// Whether the first row of the next part says that another table begins: a header of its own, or a record
/// that begins with the same label as the last one.
fn begins_anew(table: &Table, next: &Table) -> bool {
    let header = |table: &Table| table.row(0).all(|cell| cell.bold() || cell.blocks.is_empty());
    let first = |table: &Table| table.row(0).next().map(TableCell::text).filter(|text| !text.is_empty());
    let record = first(table).is_some() && first(table) == first(next);
    // The rest of a header row that was cut has empty cells.
    let whole = next.row(0).all(|cell| !cell.blocks.is_empty());
    record || whole && header(next) && header(table)
}

fn drop_rows(table: &mut Table, count: usize) {
    table.cells.retain(|cell| cell.row >= count);
    for cell in &mut table.cells {
        cell.row -= count;
    }
    table.rows = table.rows.saturating_sub(count);
}

/// Whether two more lines would have fitted in a cell.
fn has_room(cell: &TableCell) -> bool {
    last_paragraph(cell).is_some_and(|last| cell.bottom - last.last.base > 3.0 * last.size)
}

fn last_paragraph(cell: &TableCell) -> Option<&Paragraph> {
    match cell.blocks.last() {
        Some(Block::Paragraph(paragraph)) => Some(paragraph),
        _ => None,
    }
}

fn first_paragraph(cell: &TableCell) -> Option<&Paragraph> {
    match cell.blocks.first() {
        Some(Block::Paragraph(paragraph)) => Some(paragraph),
        _ => None,
    }
}

/// Whether a cell goes on with the sentence of the one above the page end.
fn cell_continues(above: &TableCell, cell: &TableCell) -> bool {
    match (last_paragraph(above), first_paragraph(cell)) {
        (Some(last), Some(next)) => continues(last, next) && next.text.starts_with(char::is_lowercase),
        _ => false,
    }
}

/// Whether the first row of the next part goes on with the last row of the table.
fn row_continues(table: &Table, next: &Table) -> bool {
    if table.open_bottom && next.open_top || table.edges.len() == 2 {
        return true;
    }
    let last = table.rows.saturating_sub(1);
    let above = |column: usize| {
        table.cells.iter().find(|cell| {
            (cell.column..cell.column + cell.columns).contains(&column)
                && (cell.row..cell.row + cell.rows).contains(&last)
        })
    };
    let pairs: Vec<(&TableCell, &TableCell)> =
        next.row(0).filter_map(|cell| Some((above(cell.column)?, cell))).collect();
    if pairs.iter().any(|(above, cell)| above.columns != cell.columns) {
        return false;
    }
    let single = |pair: &&(&TableCell, &TableCell)| pair.0.rows == 1 && pair.1.rows == 1;
    let alone: Vec<_> = pairs.iter().filter(single).collect();
    let counted = if alone.is_empty() { pairs.iter().collect() } else { alone };
    if begin_with_capitals(&counted) {
        return false;
    }
    let several = |table: &Table, column: usize| table.cells.iter().any(|c| c.column == column && c.blocks.len() > 1);
    // What is left over stands only where the page end was reached, and some cells were finished before it.
    let finished = counted.iter().any(|(above, cell)| !above.blocks.is_empty() && cell.blocks.is_empty());
    let cut = finished && counted.iter().all(|(above, cell)| cell.blocks.is_empty() || !has_room(above));
    let score = counted
        .iter()
        .map(|(above, cell)| evidence(above, cell, several(table, cell.column) || several(next, cell.column)))
        .sum::<i32>();
    score + 3 * i32::from(cut) > 0
}

/// Whether two cells or more begin with a capital, where those above did not end a sentence, and none goes on in the middle
/// of one: one cell may go on with a name, hardly two.
fn begin_with_capitals(pairs: &[&(&TableCell, &TableCell)]) -> bool {
    let filled = || pairs.iter().filter_map(|(above, cell)| Some((last_paragraph(above)?, first_paragraph(cell)?)));
    let begins = |next: &Paragraph, with: fn(char) -> bool| next.text.starts_with(with);
    let anew = filled().filter(|(last, next)| begins(next, char::is_uppercase) && !ends_sentence(&last.text)).count();
    anew >= 2 && !filled().any(|(_, next)| begins(next, char::is_lowercase))
}

/// How much speaks for one cell going on with another, over a page end. `several` is true of a column in which
/// cells have more than one paragraph.
fn evidence(above: &TableCell, cell: &TableCell, several: bool) -> i32 {
    match (above.blocks.is_empty(), cell.blocks.is_empty()) {
        (true, true) => return 0,
        (true, false) => return -1,
        (false, true) => return 1,
        (false, false) => {}
    }
    let (Some(last), Some(next)) = (last_paragraph(above), first_paragraph(cell)) else { return 0 };
    if next.weight.is_bold() != last.weight.is_bold() {
        return -3;
    }
    let lower = next.text.starts_with(char::is_lowercase);
    let full = continues(last, next);
    // Where there was room for two more lines, nothing was left over.
    if has_room(above) {
        return -3;
    }
    match (full, lower) {
        (true, true) => 4,
        (true, false) if !ends_sentence(&last.text) => 1,
        (true, false) => 0,
        (false, true) => 1,
        (false, false) if several => -1,
        (false, false) => -3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::TableSource;
    use crate::extract::pdf::lines::{lines, tests::page};

    /// A paragraph in a space from `left` to `right`, as high on the page as `base`.
    fn paragraph(text: &str, left: f32, right: f32, base: f32) -> Block {
        let mut at = left;
        let words: Vec<(&str, f32, f32)> = text
            .split(' ')
            .map(|word| {
                let place = (word, at, base);
                at += 5.0 * f32::from(u8::try_from(word.trim_start_matches('*').len() + 1).expect("short"));
                place
            })
            .collect();
        let page = page(&words);
        let all: Vec<usize> = (0..page.glyphs.len()).collect();
        Block::Paragraph(Box::new(Paragraph::begin(lines(&page, &all).remove(0), right)))
    }

    /// A table of columns 100 wide; `*` makes a text bold, nothing an empty cell. Its text ends where it ends.
    fn table(rows: &[&[&str]]) -> Block {
        let columns = rows.iter().map(|row| row.len()).max().unwrap_or(0);
        let edge = |column: usize| 100.0 * f32::from(u8::try_from(column).expect("few"));
        let cell = |row: usize, column: usize, text: &str| TableCell {
            row,
            column,
            rows: 1,
            columns: 1,
            bottom: 55.0,
            blocks: if text.is_empty() { vec![] } else { vec![paragraph(text, edge(column), edge(column + 1), 50.0)] },
        };
        let cells = rows
            .iter()
            .enumerate()
            .flat_map(|(row, texts)| texts.iter().enumerate().map(move |(column, text)| cell(row, column, text)));
        Block::Table(Table {
            edges: (0..=columns).map(edge).collect(),
            rows: rows.len(),
            cells: cells.collect(),
            header_rows: 0,
            open_top: false,
            open_bottom: false,
            source: TableSource::Ruled,
            stated: None,
        })
    }

    fn outline(blocks: &[Block]) -> Vec<String> {
        let of = |block: &Block| match block {
            Block::Paragraph(paragraph) => vec![paragraph.text.clone()],
            Block::Table(table) => (0..table.rows)
                .map(|row| {
                    let cells: Vec<String> = table.row(row).map(|cell| outline(&cell.blocks).join("/")).collect();
                    format!("{}|{}", if row < table.header_rows { "=" } else { "" }, cells.join("|"))
                })
                .collect(),
        };
        blocks.iter().flat_map(of).collect()
    }

    fn check(pages: Vec<Vec<Block>>, expected: &[&str]) {
        assert_eq!(outline(&join(pages)), expected);
    }

    #[test]
    fn a_paragraph_without_room_goes_on() {
        let first = || vec![paragraph("It is a very long line", 0.0, 112.0, 50.0)];
        check(vec![first(), vec![paragraph("of words.", 0.0, 112.0, 20.0)]], &["It is a very long line of words."]);
        check(
            vec![first(), vec![paragraph("• of words.", 0.0, 112.0, 20.0)]],
            &["It is a very long line", "of words."],
        );
        let short = vec![paragraph("It is.", 0.0, 112.0, 50.0)];
        check(vec![short, vec![paragraph("More words.", 0.0, 112.0, 20.0)]], &["It is.", "More words."]);
    }

    #[test]
    fn a_repeated_header_row_is_dropped_and_counted() {
        check(
            vec![
                vec![table(&[&["*Provision", "*Who"], &["Reading", "A TA"]])],
                vec![table(&[&["*Provision", "*Who"], &["Writing", "A TA"]])],
            ],
            &["=|Provision|Who", "|Reading|A TA", "|Writing|A TA"],
        );
    }

    #[test]
    fn a_cut_row_is_one_row() {
        check(
            vec![
                vec![table(&[&["*Provision", "*Who"], &["A small group with", "Any TA"]])],
                vec![table(&[&["words each week", ""], &["Writing", "A TA"]])],
            ],
            &["|Provision|Who", "|A small group with words each week|Any TA", "|Writing|A TA"],
        );
    }

    #[test]
    fn a_row_whose_cells_begin_with_capitals_is_another() {
        check(
            vec![
                vec![table(&[&["*Provision", "*Who"], &["Direct teaching of new", "SaLT, one to one"]])],
                vec![table(&[&["Liaison with school", "SaLT"], &["Writing", "A TA"]])],
            ],
            &[
                "|Provision|Who",
                "|Direct teaching of new|SaLT, one to one",
                "|Liaison with school|SaLT",
                "|Writing|A TA",
            ],
        );
    }

    #[test]
    fn a_record_of_its_own_stays_one() {
        check(
            vec![
                vec![table(&[&["*Outcome", "Reads"], &["*Date", "July"]])],
                vec![table(&[&["*Outcome", "Writes"], &["*Date", "May"]])],
            ],
            &["|Outcome|Reads", "|Date|July", "|Outcome|Writes", "|Date|May"],
        );
    }
}
