//! Labels and grids → the places where sections stand.

use crate::document::Document;
use crate::plan::area::Area;
use crate::plan::fragment::Fragment;
use crate::plan::letter::Letter;
use crate::plan::read::claim::Claim;
use crate::plan::read::grid::{self, Grid};
use crate::plan::read::label::Form;
use crate::plan::read::look::Looks;
use crate::plan::read::{labels, resolve};
use std::collections::BTreeMap;
use std::ops::Range;

/// Where the sections stand, and what statements are cut from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outline {
    /// The fragments in reading order.
    pub(crate) fragments: Vec<Fragment>,
    /// For each fragment, the grid whose column it is.
    pub(crate) grid_of: Vec<Option<usize>>,
    /// The grids.
    pub(crate) grids: Vec<Grid>,
    /// Where content begins in a block that also holds the label, by block.
    pub(crate) bodies: BTreeMap<usize, usize>,
}

/// Finds the sections of a document.
pub(crate) fn outline(document: &Document, looks: Looks) -> Outline {
    let mut grids = grid::lettered(document);
    let mut claims = labels::claims(document, &grids, looks);
    add_worded_grids(document, &claims, &mut grids);
    let above_grids = above_grids(document, &claims, &grids);
    resolve::divide(document, &mut claims, &grids);
    let tops = tops(document, &claims);
    let mut outline = Outline { grids, ..Outline::default() };
    let mut current: Option<usize> = None;
    let mut next = claims.iter().peekable();
    let mut strips = Strips::default();
    let mut label_end = 0;
    for index in 0..document.blocks().len() {
        while let Some(claim) = next.next_if(|claim| claim.blocks.start <= index) {
            current = outline.open(document, claim, &tops);
            label_end = claim.blocks.end;
        }
        if index < label_end || tops.values().any(|top| top.block == index) {
            continue;
        }
        if let Some(place) = outline.place_in_grid(document, index) {
            outline.put_in_grid(document, index, &place, &mut strips);
        } else {
            let Some(fragment) = current.and_then(|at| outline.fragments.get_mut(at)) else { continue };
            let heads = above_grids.iter().any(|above| above.contains(&index));
            if heads { fragment.headings.push(index) } else { fragment.blocks.push(index) }
        }
    }
    outline.drop_shells();
    outline
}

/// The rows of grids between two row titles, while they are filled.
#[derive(Default)]
struct Strips {
    /// For each grid, the row of the last title and the area that it names.
    areas: BTreeMap<usize, (u32, Option<Area>)>,
    /// The fragment of each grid, row title and letter.
    fragments: BTreeMap<(usize, u32, Letter), usize>,
}

/// What stands between a label of several sections and their grid and is said of all of them: "Needs and provision (B-F-E)",
/// then the name of an area and what it means. It goes on in the cell of the label, or begins with the area where the end of
/// a page parts both from the table.
fn above_grids(document: &Document, claims: &[Claim], grids: &[Grid]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for claim in claims.iter().filter(|claim| claim.letters.len() > 1) {
        let Some(label) = document.blocks().get(claim.blocks.start) else { continue };
        let below = grids.iter().filter(|grid| grid.header.is_some() && grid.first_block(document) >= claim.blocks.end);
        let Some((grid, table)) =
            below.min_by_key(|grid| grid.table).and_then(|grid| Some((grid, document.tables().get(grid.table)?)))
        else {
            continue;
        };
        let end = match label.cell {
            Some(at) if at.table as usize == grid.table => {
                table.cell(at.row, at.column).map_or(0, |cell| cell.blocks.end)
            }
            Some(_) => continue,
            None => table
                .cells
                .iter()
                .filter(|cell| !cell.blocks.is_empty())
                .map(|cell| cell.blocks.start)
                .min()
                .unwrap_or(0),
        };
        let above = claim.blocks.end..end;
        let first = document.blocks().get(above.start).map_or("", |block| document.slice(block.span));
        if above.len() <= 3 && Area::is_title(first) {
            found.push(above);
        }
    }
    found
}

/// The name of an area of need that stands in a table over the labels of its sections, and the end of the table's blocks.
struct Top {
    block: usize,
    until: usize,
    area: Option<Area>,
}

/// The tops of tables, by the first block below them. They belong to what stands below, not to the section from before.
fn tops(document: &Document, claims: &[Claim]) -> BTreeMap<usize, Top> {
    let mut tops = BTreeMap::new();
    for claim in claims {
        let cell_of = |index: usize| document.blocks().get(index).and_then(|block| block.cell);
        let (Some(before), Some(label)) = (claim.blocks.start.checked_sub(1), cell_of(claim.blocks.start)) else {
            continue;
        };
        let top =
            cell_of(before).filter(|top| (top.table, top.row, top.column) == (label.table, 0, 0) && label.row == 1);
        let Some((top, table)) = top.and_then(|top| Some((top, document.tables().get(top.table as usize)?))) else {
            continue;
        };
        let alone = table.row(0).all(|cell| cell.column == top.column || cell.blocks.is_empty());
        let title = document.blocks().get(before).map_or("", |block| document.slice(block.span));
        if alone && Area::is_title(title) && !claims.iter().any(|other| other.blocks.contains(&before)) {
            let until = table.cells.iter().map(|cell| cell.blocks.end).max().unwrap_or(claim.blocks.end);
            tops.insert(claim.blocks.start, Top { block: before, until, area: Area::named(title) });
        }
    }
    tops
}

/// Where in a grid a block stands.
struct Place {
    grid: usize,
    row: u32,
    column: u32,
}

impl Outline {
    fn add(&mut self, fragment: Fragment, grid: Option<usize>) -> usize {
        self.fragments.push(fragment);
        self.grid_of.push(grid);
        self.fragments.len() - 1
    }

    /// Opens the fragment of a claim; a claim of no section closes the one before.
    fn open(&mut self, document: &Document, claim: &Claim, tops: &BTreeMap<usize, Top>) -> Option<usize> {
        if claim.letters.is_empty() {
            return None;
        }
        let label = claim.span(document);
        let last = claim.blocks.end.saturating_sub(1);
        // "What she finds hard at college and in learning" is the section's title, and no area's.
        let title = label.map(|span| document.slice(span)).filter(|title| Area::is_title(title));
        let above = tops.range(..=claim.blocks.start).next_back().map(|(_, top)| top);
        let above = above.filter(|top| claim.blocks.start < top.until).and_then(|top| top.area);
        let area = title.and_then(Area::named).or(above).filter(|area| *area < Area::Health);
        let mut blocks = Vec::new();
        if let Some(body) = claim.body {
            self.bodies.insert(last, body);
            blocks.push(last);
        }
        let headings = claim.blocks.clone().collect();
        Some(self.add(Fragment { letters: claim.letters.clone(), label, area, blocks, headings }, None))
    }

    fn place_in_grid(&self, document: &Document, index: usize) -> Option<Place> {
        let block = document.blocks().get(index)?;
        self.grids.iter().enumerate().find_map(|(grid, stated)| {
            let cell = grid::cell_in(document, block.cell, stated.table)?;
            let inside = stated.rows.contains(&cell.row) || stated.header == Some(cell.row);
            inside.then_some(Place { grid, row: cell.row, column: cell.column })
        })
    }

    /// Gives a block of a grid to the fragment of its column; a row title begins new fragments.
    fn put_in_grid(&mut self, document: &Document, index: usize, place: &Place, strips: &mut Strips) {
        let Some(grid) = self.grids.get(place.grid).cloned() else { return };
        let is_header = grid.header == Some(place.row);
        let title = if is_header { None } else { grid.title(document, place.row) };
        let (row, area) = *strips.areas.entry(place.grid).or_insert_with(|| (0, grid.area_above(document)));
        let strip = if title.is_some() && row != place.row {
            (place.row, title.and_then(|span| Area::named(document.slice(span))))
        } else {
            (row, area)
        };
        strips.areas.insert(place.grid, strip);
        let spans_all = title.is_some() || is_header && grid.spans_letters(document, place.row, place.column);
        let column = grid.columns.get(place.column as usize).copied();
        let letters = if spans_all { grid.letters() } else { column.into_iter().collect() };
        for letter in letters {
            let heading = grid.heading_of(letter);
            let at = *strips.fragments.entry((place.grid, strip.0, letter)).or_insert_with(|| {
                let (blocks, headings) = (Vec::new(), Vec::new());
                self.fragments.push(Fragment {
                    letters: vec![letter],
                    label: heading,
                    area: strip.1,
                    blocks,
                    headings,
                });
                self.grid_of.push(Some(place.grid));
                self.fragments.len() - 1
            });
            let Some(fragment) = self.fragments.get_mut(at) else { continue };
            if title.is_some() || is_header { fragment.headings.push(index) } else { fragment.blocks.push(index) }
        }
    }

    /// A label of several sections that only introduces their own labels or grid leaves no fragment of its own.
    fn drop_shells(&mut self) {
        let shell: Vec<bool> = (0..self.fragments.len())
            .map(|at| {
                let fragment = &self.fragments[at];
                // A column without content stands there all the same, if it is empty all the way down.
                let grid = self.grid_of.get(at).copied().flatten();
                let again = self.fragments.iter().zip(&self.grid_of).skip(at + 1).any(|(other, theirs)| {
                    fragment.letters.iter().all(|letter| other.letters.contains(letter))
                        && !other.blocks.is_empty()
                        && (grid.is_none() || grid == *theirs)
                });
                fragment.blocks.is_empty() && again
            })
            .collect();
        let mut keep = shell.iter().map(|shell| !shell);
        self.fragments.retain(|_| keep.next().unwrap_or(true));
        let mut keep = shell.iter().map(|shell| !shell);
        self.grid_of.retain(|_| keep.next().unwrap_or(true));
    }
}

/// Adds the tables that lie under a label of several sections and tell them apart by plain words.
fn add_worded_grids(document: &Document, claims: &[Claim], grids: &mut Vec<Grid>) {
    let named: Vec<Letter> =
        claims.iter().flat_map(|claim| claim.letters.clone()).chain(grids.iter().flat_map(Grid::letters)).collect();
    for (index, table) in document.tables().iter().enumerate() {
        let begins = table.cells.iter().filter(|cell| !cell.blocks.is_empty()).map(|cell| cell.blocks.start).min();
        let Some(begins) = begins.filter(|_| grids.iter().all(|grid| grid.table != index)) else { continue };
        let claim = claims.iter().rev().find(|claim| claim.blocks.start <= begins);
        let Some(claim) = claim.filter(|claim| !claim.letters.is_empty()) else { continue };
        let spare = [Letter::B, Letter::E, Letter::F].into_iter().filter(|letter| !named.contains(letter));
        let plain = claim.form <= Form::Statutory;
        let among: Vec<Letter> = claim.letters.iter().copied().chain(spare.filter(|_| plain)).collect();
        if among.len() < 2 {
            continue;
        }
        let grid = grid::worded(document, index, &among).or_else(|| {
            grid::continued(document, grids.iter().rfind(|grid| grid.table + 1 == index), index, 0..table.rows)
        });
        grids.extend(grid);
    }
    grids.sort_by_key(|grid| (grid.table, grid.rows.start));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each fragment as `letters: text`, blocks joined by ` / `.
    fn check(text: &str, expected: &[&str]) {
        let document = Document::from_notation(text);
        let outline = outline(&document, Looks::of(&document));
        let found: Vec<String> = outline
            .fragments
            .iter()
            .map(|fragment| {
                let letters: Vec<&str> = fragment.letters.iter().map(|letter| letter.as_str()).collect();
                let blocks = fragment.blocks.iter().filter_map(|&index| document.blocks().get(index));
                let words: Vec<&str> = blocks.map(|block| document.slice(block.span)).collect();
                let area = fragment.area.map_or(String::new(), |area| format!(" ({area:?})"));
                format!("{}{area}: {}", letters.join("+"), words.join(" / "))
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_cover_belongs_to_no_section_and_a_sign_off_ends_the_last() {
        check(
            "# The plan\n\nSam Carter\n\n# Section A: Views\n\nI like trains.\n\n# Section K: Advice\n\nOne.\n\n# Sign-off\n\nSigned.",
            &["A: I like trains.", "K: One."],
        );
        check(
            "# Section A: Views\n\nTrains.\n\n# Section F: Provision\n\nREVIEW ARRANGEMENTS\n\nTermly.\n\n\
             # Section K: Advice\n\nOne.\n\nSIGN-OFF\n\nSigned.",
            &["A: Trains.", "F: REVIEW ARRANGEMENTS / Termly.", "K: One."],
        );
    }

    #[test]
    fn headings_inside_a_section_do_not_end_it() {
        check(
            "# Section A\n\n## Parents' views\n\nHappy.\n\n# Section B: Needs\n\n## Health\n\nOne.\n\n\
             # Section F: Provision\n\n## F1 Communication and interaction\n\nF1.1 Two.\n\n## Outcomes 1 and 2 \u{2013} Reading\n\nThree.\n\n\
             # Section H1: Social care\n\nH1.1 Four.",
            &[
                "A: Parents' views / Happy.",
                "B: Health / One.",
                "F: F1 Communication and interaction / F1.1 Two. / Outcomes 1 and 2 \u{2013} Reading / Three.",
                "H1: H1.1 Four.",
            ],
        );
    }

    #[test]
    fn a_title_may_stand_apart_from_its_letter() {
        check(
            "| SECTION A | The views, interests and aspirations of the child. |\n| Trains. | Drums. |\n\n\
             SECTION B\n\nSpecial educational needs\n\nCannot read.\n\nH1\n\nSocial care provision\n\nNone.",
            &["A: Trains. / Drums.", "B: Cannot read.", "H1: None."],
        );
    }

    #[test]
    fn boxes_hold_a_heading_and_its_text() {
        check(
            "| E: Outcomes |\n| Sam will read. |\n\n| F: Special educational provision |\n| A TA will help. |",
            &["E: Sam will read.", "F: A TA will help."],
        );
    }

    #[test]
    fn two_sections_may_share_one_text() {
        check("# Sections E and F: Outcomes and provision\n\nOne.", &["E+F: One."]);
        check("# Section H: Social care provision\n\nOne.", &["H1+H2: One."]);
        check(
            "# Section H: Social care provision\n\n## Section H1\n\nOne.\n\n## Section H2\n\nTwo.",
            &["H1: One.", "H2: Two."],
        );
    }

    #[test]
    fn a_heading_without_letters_is_over_the_parts_that_have_them() {
        check(
            "# Section C: Health\n\nAsthma.\n\n# Section D: Social care\n\nNone known.\n\n# Outcomes and provision by area\n\n\
             | Reading |\n| Section E: Outcomes |\n| Sam will read. |\n| Section F: Provision |\n| A TA will help. |\n\n\
             # Section G: Health provision\n\nOne.",
            &["C: Asthma.", "D: None known.", "E: Reading", "E: Sam will read.", "F: A TA will help.", "G: One."],
        );
        check(
            "# Section C: Health\n\nAsthma.\n\n# Section D: Social care\n\nNone known.\n\n# Outcomes and provision by area\n\n\
             | E: Outcomes | F: Special educational provision |\n| Will read | A TA |\n\n# Section G: Health provision\n\nOne.",
            &["C: Asthma.", "D: None known.", "E: Will read", "F: A TA", "G: One."],
        );
    }

    #[test]
    fn columns_have_letters() {
        check(
            "# Sections B, E and F\n\nHow to read it.\n\n\
             | B \u{2013} Special educational needs | F \u{2013} Special educational provision | By whom | E \u{2013} Outcomes |\n\
             | Cognition and learning | | | |\n\
             | Cannot read | Reading | TA | Will read |\n\
             | Sensory and physical | | | |\n\
             | Cannot hear | Radio aid | School | Will hear |",
            &[
                "B: How to read it.",
                "B (Cognition): Cannot read",
                "F (Cognition): Reading / TA",
                "E (Cognition): Will read",
                "B (Sensory): Cannot hear",
                "F (Sensory): Radio aid / School",
                "E (Sensory): Will hear",
            ],
        );
    }

    #[test]
    fn columns_of_plain_words_divide_a_shared_heading() {
        check(
            "# My Outcomes and Special Educational Provision\n\n| Outcome | Provision | By whom |\n|---|---|---|\n| Will read | Reading | TA |",
            &["E: Will read", "F: Reading / TA"],
        );
        check(
            "# Section F: Special educational provision\n\n| Outcome | Provision | By whom |\n|---|---|---|\n| Will read | Reading | TA |",
            &["F: Outcome / Provision / By whom / Will read / Reading / TA"],
        );
    }

    #[test]
    fn a_plan_may_have_no_letters() {
        check(
            "# This is me...\n\nTrains.\n\n# My Special Educational Needs\n\nReading.\n\n# My Health Needs\n\nNone.\n\n# Educational placement\n\nA school.",
            &["A: Trains.", "B: Reading.", "C: None.", "I: A school."],
        );
    }

    #[test]
    fn contents_and_guides_are_no_sections() {
        let names = [
            "A: Views",
            "B: Needs",
            "C: Health needs",
            "D: Social care needs",
            "E: Outcomes",
            "F: Provision",
            "I: Placement",
        ];
        let words = format!("{}.", "word ".repeat(30).trim());
        let each = |line: &dyn Fn(&str) -> String| names.map(line).concat();
        let contents = each(&|name| format!("Section {name}\n\n"));
        let guide = each(&|name| format!("| Section {name} | What it says |\n"));
        let body = each(&|name| format!("# Section {name}\n\n{words}\n\n"));
        let wanted = names.map(|name| format!("{}: {words}", &name[..1]));
        let wanted = wanted.each_ref().map(String::as_str);
        check(&format!("# Contents\n\n{contents}# Understanding this plan\n\n{guide}\n\n{body}"), &wanted);
    }

    #[test]
    fn a_mention_is_no_label() {
        check(
            "# Section F\n\nSection B of this plan says why.\n\nThe reports are listed in section K.",
            &["F: Section B of this plan says why. / The reports are listed in section K."],
        );
    }

    #[test]
    fn content_may_stand_in_the_line_of_the_label() {
        check("Section J: Not requested.\n\nSection K: Advice\n\nOne.", &["J: Section J: Not requested.", "K: One."]);
    }
}
