//! Measure: about how many pages of A4 a sheet has, from the widths of its letters.

use crate::render::papers::sheet::{Cell, Look, Merge, Paragraph, Piece, Sheet, Table};
use crate::render::papers::word::{CELL_SIDE, CELL_TOP, PAGE, STEP, breaks, widths};

/// How wide the characters from the space to the tilde are in Helvetica and its twins, in thousandths of their size.
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];
/// How much wider bold is, in hundredths.
const BOLD: u64 = 107;
/// The height of a line of this type, in thousandths of its size.
const LINE: u32 = 1149;
/// The height of a line of a footnote, in twentieths of a point.
const NOTE_LINE: u32 = 8 * 20 * LINE / 1000;

/// The line above the first footnote of a page and the space around it, in twentieths of a point.
const SEPARATOR: u32 = 200;

/// What is on the page so far, in twentieths of a point.
struct Filling {
    room: u32,
    used: u32,
    notes: u32,
    pages: usize,
}

/// The number of pages.
pub(crate) fn pages(sheet: &Sheet) -> usize {
    // the page number stands in the margin
    let room = PAGE.1.saturating_sub(2 * sheet.margin);
    let width = PAGE.0.saturating_sub(2 * sheet.margin);
    let mut filling = Filling { room, used: 0, notes: 0, pages: 1 };
    for piece in &sheet.pieces {
        match piece {
            Piece::NewPage => filling.new_page(),
            Piece::Paragraph(paragraph) => {
                let (height, notes) = (height(paragraph, width, sheet.size, sheet.gap), notes(paragraph, width));
                filling.add_lines(height, line(size(paragraph, sheet.size)), notes);
            }
            Piece::Table(table) => {
                self::table(table, width, sheet, &mut filling);
                filling.add(line(sheet.size) + sheet.gap, 0);
            }
        }
    }
    filling.pages
}

impl Filling {
    fn new_page(&mut self) {
        self.pages += 1;
        self.used = 0;
        self.notes = 0;
    }

    /// Adds what stays together.
    fn add(&mut self, height: u32, notes: u32) {
        let notes = if notes > 0 && self.notes == 0 { notes + SEPARATOR } else { notes };
        if self.used > 0 && self.used + self.notes + height + notes > self.room {
            self.new_page();
        }
        self.used += height;
        self.notes += notes;
        // what is higher than a page goes on to the next
        while self.used + self.notes > self.room {
            self.pages += 1;
            self.used = (self.used + self.notes).saturating_sub(self.room);
            self.notes = 0;
        }
    }

    /// Adds a paragraph, which breaks between lines.
    fn add_lines(&mut self, height: u32, line: u32, notes: u32) {
        let mut left = height;
        while left > 0 {
            let step = if left < 2 * line { left } else { line };
            self.add(step, if left == height { notes } else { 0 });
            left -= step;
        }
    }
}

fn table(table: &Table, width: u32, sheet: &Sheet, filling: &mut Filling) {
    let columns = widths(&table.shares, width);
    let mut header = 0;
    for (at, cells) in table.rows.iter().enumerate() {
        let (height, notes) = row(cells, &columns, sheet);
        let before = filling.pages;
        if breaks(cells) {
            filling.add_lines(height, line(sheet.size), notes);
        } else {
            filling.add(height, notes);
        }
        if at < table.header_rows {
            header += height;
        } else if filling.pages > before {
            filling.used += header;
        }
    }
}

fn row(cells: &[Cell], columns: &[u32], sheet: &Sheet) -> (u32, u32) {
    let mut column = 0;
    let (mut highest, mut notes) = (line(sheet.size), 0);
    for cell in cells {
        let width: u32 = columns.iter().skip(column).take(cell.span.max(1)).sum();
        column += cell.span.max(1);
        let inner = width.saturating_sub(2 * CELL_SIDE).max(200);
        let height: u32 = cell.paragraphs.iter().map(|paragraph| height(paragraph, inner, sheet.size, 0)).sum();
        if cell.merge == Merge::None {
            highest = highest.max(height);
        }
        notes += cell.paragraphs.iter().map(|paragraph| self::notes(paragraph, columns.iter().sum())).sum::<u32>();
    }
    (highest + 2 * CELL_TOP + 10, notes)
}

fn size(paragraph: &Paragraph, size: u32) -> u32 {
    match paragraph.look {
        Look::Heading(1) => size + 6,
        Look::Heading(2) => size + 2,
        _ => size,
    }
}

fn line(size: u32) -> u32 {
    size * 10 * LINE / 1000
}

fn height(paragraph: &Paragraph, width: u32, usual: u32, gap: u32) -> u32 {
    let size = size(paragraph, usual);
    let (inset, around) = match paragraph.look {
        Look::Plain => (0, gap),
        Look::Heading(_) => (0, gap + gap / 2),
        Look::Item(depth) => (STEP * (u32::from(depth) + 1), gap / 2),
        Look::Line | Look::Right => (0, 0),
    };
    lines(paragraph, width.saturating_sub(inset).max(200), size) * line(size) + around
}

fn notes(paragraph: &Paragraph, width: u32) -> u32 {
    let notes = paragraph.runs.iter().filter_map(|run| run.note.as_ref());
    notes.map(|note| NOTE_LINE * count_lines(note.chars().map(|c| (c, false)), width, 16)).sum()
}

fn lines(paragraph: &Paragraph, width: u32, size: u32) -> u32 {
    let bold = matches!(paragraph.look, Look::Heading(_));
    let characters = paragraph.runs.iter().flat_map(|run| run.words.chars().map(move |c| (c, bold || run.bold)));
    count_lines(characters, width, size)
}

/// How many lines words fill in a column so many twentieths of a point wide, at a size in points.
pub(crate) fn lines_in(words: &str, width: u32, size: u16) -> u32 {
    count_lines(words.chars().map(|c| (c, false)), width, u32::from(size) * 2)
}

/// How many lines characters (each with whether it is bold) fill in a column, broken between words.
fn count_lines(characters: impl Iterator<Item = (char, bool)>, width: u32, size: u32) -> u32 {
    let limit = u64::from(width) * 100_000;
    let (mut lines, mut filled, mut word) = (1, 0_u64, 0_u64);
    for (c, bold) in characters {
        if c == '\n' {
            (lines, filled, word) = (lines + 1, 0, 0);
            continue;
        }
        // size is in half points: ten twentieths of a point each
        let advance = u64::from(advance(c)) * u64::from(size) * 10 * if bold { BOLD } else { 100 };
        word += advance;
        if filled + word > limit && !c.is_whitespace() {
            lines += 1;
            filled = 0;
            if word > limit {
                word = advance;
            }
        }
        if c.is_whitespace() || c == '-' {
            filled += word;
            word = 0;
        }
    }
    lines
}

fn advance(c: char) -> u16 {
    let known = u32::from(c).checked_sub(32).and_then(|at| WIDTHS.get(at as usize));
    known.copied().unwrap_or(match c {
        '\u{2018}' | '\u{2019}' => 222,
        '\u{201c}' | '\u{201d}' => 333,
        '\u{2022}' => 350,
        '\u{2026}' => 1000,
        _ => 556,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::papers::sheet::Run;

    fn check(words: &str, width: u32, expected: u32) {
        assert_eq!(lines(&Paragraph::of(vec![Run::plain(words)]), width, 20), expected, "{words}");
    }

    #[test]
    fn counts_lines() {
        check("", 1000, 1);
        check("iiii", 1000, 1);
        check("one two three", 20_000, 1);
        check("one\ntwo", 20_000, 2);
        // ten letters of 5.56 points are 55.6 points: 1,112 twentieths
        check("aaaaaaaaaa", 1112, 1);
        check("aaaaaaaaaa", 1111, 2);
        check("aaaa aaaa aaaa", 1112, 2);
    }
}
