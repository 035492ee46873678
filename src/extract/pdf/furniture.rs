//! Running headers, footers and page numbers: what stands at the same place on page after page.

use super::aligned::heads_rows;
use super::lines::Line;
use super::page::Area;
use super::regions::{Flow, Item};
use crate::document::FurnitureKind;
use std::collections::{BTreeMap, BTreeSet};

/// How much of the page, at its top and at its foot, may be furniture.
const MARGIN: f32 = 0.13;
/// How much of it, at its sides, where words stand on their side.
const SIDE: f32 = 0.1;
/// How far it may move from page to page.
const DRIFT: f32 = 3.0;

/// Running headers that name sections stand on so many pages, and a heading has so many letters.
const LEAST_PAGES: usize = 3;
const LEAST_TITLE: usize = 8;
/// They have no more lines, and those no more room between them, in parts of the size of type.
const MOST_WRAPPED: usize = 3;
const CLOSE: f32 = 1.6;

/// A line taken out of the body.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Aside {
    pub(super) kind: FurnitureKind,
    pub(super) text: String,
    pub(super) page: u32,
    /// On how many pages it stands.
    pub(super) pages: u32,
    /// With other numbers.
    pub(super) numbered: bool,
}

/// Takes the furniture out of the pages. Of lines that differ in their numbers alone, the first is handed back.
pub(super) fn set_aside(pages: &mut [Flow]) -> Vec<Aside> {
    let mut places: BTreeMap<(bool, String), Vec<f32>> = BTreeMap::new();
    for page in pages.iter() {
        for item in &page.items {
            if let Some((top, distance, text)) = candidate(item, page) {
                places.entry((top, text)).or_default().push(distance);
            }
        }
    }
    let least = pages.len().clamp(2, 3);
    let near = |list: &[f32], at: f32| list.iter().filter(|other| (*other - at).abs() < DRIFT).count();
    // Pages of another kind may have the same words a little higher or lower.
    let known: BTreeSet<(bool, String)> = places
        .iter()
        .filter(|(_, list)| list.iter().any(|&at| near(list, at) >= least))
        .map(|(key, _)| key.clone())
        .collect();
    let running = running_titles(pages);
    let mut aside: Vec<Aside> = Vec::new();
    let mut seen: BTreeMap<(bool, String), usize> = BTreeMap::new();
    let mut note = |aside: &mut Vec<Aside>, key: (bool, String), text: &str, page| {
        if let Some(known) = seen.get(&key).and_then(|&at| aside.get_mut(at)) {
            known.pages += 1;
            known.numbered |= known.text != text;
        } else {
            let kind = if key.0 { FurnitureKind::Header } else { FurnitureKind::Footer };
            seen.insert(key, aside.len());
            aside.push(Aside { kind, text: text.to_owned(), page, pages: 1, numbered: false });
        }
    };
    for page in pages {
        let area = page.area;
        let all = std::mem::take(&mut page.items);
        let foot = all.len().saturating_sub(1);
        let title = (1..=MOST_WRAPPED)
            .rev()
            .filter_map(|count| title(&all, area, count))
            .find(|title| running.contains(&title.text));
        let wrapped = title.as_ref().map_or(0, |title| title.lines.len());
        if let Some(Title { text, lines, page, .. }) = title {
            note(&mut aside, (true, text), &lines.join(" "), page);
        }
        let probe = Flow { area, items: Vec::new(), continues: false };
        let found = |(at, item): (usize, &Item)| {
            candidate(item, &probe).filter(|(top, distance, text)| {
                let key = (*top, text.clone());
                let outermost = at == if *top { 0 } else { foot };
                places.get(&key).is_some_and(|list| near(list, *distance) >= least)
                    || outermost && (known.contains(&key) || numbers_the_page(text))
                    || matches!(item, Item::Line(line) if line.artifact)
            })
        };
        let mut found: Vec<Option<(bool, f32, String)>> = all.iter().enumerate().map(found).collect();
        keep_header_rows(&all, &mut found);
        for (item, found) in all.into_iter().zip(found).skip(wrapped) {
            match (found, item) {
                (Some((top, _, text)), Item::Line(line)) => {
                    note(&mut aside, (top, text), &line.text, line.page);
                }
                (_, item) => page.items.push(item),
            }
        }
    }
    aside
}

/// The header row of a table without ruling lines comes again at the top of its pages, over the rows that go on there: it is part
/// of the table.
fn keep_header_rows(items: &[Item], found: &mut [Option<(bool, f32, String)>]) {
    let line = |at: usize| items.get(at).and_then(|item| if let Item::Line(line) = item { Some(line) } else { None });
    let Some(row) = found.iter().position(Option::is_none) else { return };
    let Some(below) = line(row) else { return };
    let Some(first) = (row.saturating_sub(MOST_WRAPPED)..row)
        .find(|&at| line(at).is_some_and(|line| !line.artifact && heads_rows(line, below)))
    else {
        return;
    };
    found.iter_mut().take(row).skip(first).for_each(|found| *found = None);
}

/// The first lines of a page, close to each other at its top, as one.
struct Title<'f> {
    /// How far from the edge the first stands.
    distance: f32,
    /// Of all of them, with every number made the same.
    text: String,
    lines: Vec<&'f str>,
    page: u32,
}

fn title(items: &[Item], area: Area, count: usize) -> Option<Title<'_>> {
    let page = Flow { area, items: Vec::new(), continues: false };
    let mut lines: Vec<&Line> = Vec::new();
    let (mut distance, mut text) = (None, String::new());
    for item in items.get(..count)? {
        let (_, from_top, own) = candidate(item, &page).filter(|(top, ..)| *top)?;
        let Item::Line(line) = item else { return None };
        if lines.last().is_some_and(|before| line.base - before.base > CLOSE * before.size) {
            return None;
        }
        distance.get_or_insert(from_top);
        text.push_str(&own);
        lines.push(line);
    }
    let page = lines.first()?.page;
    Some(Title { distance: distance?, text, lines: lines.iter().map(|line| line.text.as_str()).collect(), page })
}

/// What running headers say that name the section which stands on the page ("Gus Ray - Section F: Provision"), so that they
/// differ from page to page: lines at one height at the top of pages, which somewhere hold the words of another line of their
/// own page, the heading. A long one goes on in the next line, with words of that heading.
fn running_titles(pages: &[Flow]) -> BTreeSet<String> {
    let first = |page: &Flow| title(&page.items, page.area, 1).map(|title| title.distance);
    let tops: Vec<f32> = pages.iter().filter_map(first).collect();
    let level = |at: f32| tops.iter().filter(|other| (*other - at).abs() < DRIFT).count() >= LEAST_PAGES;
    let named = |page: &Flow| {
        let found = (1..=MOST_WRAPPED).rev().filter_map(|count| title(&page.items, page.area, count));
        let names = |title: &Title<'_>| {
            let below = below(page, title.lines.len());
            let heads = |text: &str| {
                let mut shorter = below.iter().filter_map(|line| folded_within(line, text.len()));
                shorter.any(|line| line.len() >= LEAST_TITLE && text.contains(&line))
            };
            let rest = || below.iter().map(|line| folded(line)).collect::<String>();
            let goes_on = |line: &&str| heads(&folded(line)) || rest().contains(&folded(line));
            heads(&title.text) && title.lines.iter().skip(1).all(goes_on)
        };
        found.filter(|title| level(title.distance)).find(names).map(|title| title.text)
    };
    pages.iter().filter_map(named).collect()
}

/// The lines of a page after the first few items, of tables the first cell.
fn below<'f>(page: &'f Flow, skip: usize) -> Vec<&'f str> {
    let mut lines = Vec::new();
    for item in page.items.iter().skip(skip) {
        let mut show = |line: &'f Line| lines.push(line.text.as_str());
        match item {
            Item::Line(line) => show(line),
            Item::Frame(flow) => flow.each_line(&mut show),
            Item::Grid(grid) => grid.cells.iter().take(1).for_each(|cell| cell.flow.each_line(&mut show)),
        }
    }
    lines
}

/// Whether a line says which page it is, and of how many, so that it need not come again: "Draft, page 1 of 1".
fn numbers_the_page(folded: &str) -> bool {
    let folded = folded.to_ascii_lowercase();
    folded.len() < 100 && (folded.contains("page#of#") || folded.contains("page#/#"))
}

/// Whether it stands at the top, how far from the edge, and its text with every number made the same.
fn candidate(item: &Item, page: &Flow) -> Option<(bool, f32, String)> {
    let Item::Line(line) = item else { return None };
    let edge = SIDE * page.area.right;
    let aside = line.turned && (line.area.right < edge || line.area.left > page.area.right - edge);
    let (from_top, from_foot) = (line.base, page.area.bottom - line.base);
    let top = from_top < from_foot;
    let distance = from_top.min(from_foot);
    if distance > MARGIN * page.area.bottom && !aside {
        return None;
    }
    Some((top, distance, folded(&line.text)))
}

/// A text with every number made the same. A tab between words may be a space on another page.
fn folded(text: &str) -> String {
    folded_within(text, usize::MAX).unwrap_or_default()
}

/// The same, of a text that is no longer than so many bytes then.
fn folded_within(text: &str, most: usize) -> Option<String> {
    let mut folded = String::with_capacity(text.len().min(most));
    let mut before = ' ';
    for letter in text.chars() {
        if !letter.is_ascii_digit() {
            if !letter.is_whitespace() {
                folded.push(letter);
            }
        } else if !before.is_ascii_digit() {
            folded.push('#');
        }
        if folded.len() > most {
            return None;
        }
        before = letter;
    }
    Some(folded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::pdf::lines::{lines, tests::page};

    fn flow(number: u32, words: &[(&str, f32, f32)]) -> Flow {
        let page = crate::extract::pdf::page::Page { number, ..page(words) };
        let all: Vec<usize> = (0..page.glyphs.len()).collect();
        Flow { area: page.area(), items: lines(&page, &all).into_iter().map(Item::Line).collect(), continues: false }
    }

    fn check(pages: &mut [Flow], expected: &[&str], left: &[usize]) {
        let aside = set_aside(pages);
        let texts: Vec<&str> = aside.iter().map(|aside| aside.text.as_str()).collect();
        assert_eq!(texts, expected);
        assert_eq!(pages.iter().map(|page| page.items.len()).collect::<Vec<_>>(), left);
    }

    #[test]
    fn what_is_on_every_page_is_set_aside() {
        let page = |number, footer| flow(number, &[("Body", 0.0, 400.0), ("Header", 0.0, 30.0), (footer, 0.0, 780.0)]);
        check(&mut [page(1, "1/3"), page(2, "2/3"), page(3, "3/3")], &["Header", "1/3"], &[1, 1, 1]);
        let aside = set_aside(&mut [page(1, "1/3"), page(2, "2/3"), page(3, "3/3")]);
        assert_eq!(
            aside.iter().map(|aside| (aside.pages, aside.numbered)).collect::<Vec<_>>(),
            [(3, false), (3, true)]
        );
    }

    #[test]
    fn pages_of_another_kind_have_it_at_another_height() {
        let page = |number, footer, at| flow(number, &[("Body", 0.0, 400.0), (footer, 0.0, at)]);
        let pages = &mut [
            page(1, "Page1of5", 780.0),
            page(2, "Page2of5", 780.0),
            page(3, "Page3of5", 780.0),
            page(4, "Page 4 of 5", 770.0),
            page(5, "Page 5 of 5", 770.0),
        ];
        check(pages, &["Page1of5"], &[1, 1, 1, 1, 1]);
        let words: &[(&str, f32, f32)] = &[("Other", 0.0, 30.0), ("Header", 0.0, 60.0)];
        let page = |number| flow(number, &[("Header", 0.0, 30.0)]);
        check(&mut [page(1), page(2), page(3), flow(4, words)], &["Header"], &[0, 0, 0, 2]);
    }

    #[test]
    fn header_rows_that_come_again_stay() {
        let page = |number, (cell, other)| {
            let row = |at| [("Provision", 0.0, at), ("By", 100.0, at), ("When", 200.0, at)];
            let [one, two, three] = row(50.0);
            flow(number, &[("Header", 0.0, 30.0), one, two, three, (cell, 0.0, 70.0), (other, 100.0, 70.0)])
        };
        let pages = &mut [page(1, ("Reading", "Ann")), page(2, ("Spelling", "Bob")), page(3, ("Talking", "Cy"))];
        check(pages, &["Header"], &[2, 2, 2]);
    }

    #[test]
    fn headers_that_name_the_section_are_set_aside() {
        let page = |number, header: &str, heading: &str| {
            flow(number, &[(header, 0.0, 30.0), (heading, 0.0, 100.0), ("Text", 0.0, 200.0)])
        };
        let pages = &mut [
            page(1, "Gus-SectionA:Views", "SectionA:Views"),
            page(2, "Gus-SectionF:Help", "SectionF:Help"),
            page(3, "Gus-SectionF:Help", "More"),
        ];
        check(pages, &["Gus-SectionA:Views", "Gus-SectionF:Help"], &[2, 2, 2]);
        // Long ones go on in a second line; on the page that goes on with a section, too.
        let page = |number, words: &[(&str, f32, f32)]| {
            let top = [("Gus-SectionF:Special", 0.0, 30.0), ("educationalhelp", 0.0, 42.0)];
            flow(number, &[&top, words].concat())
        };
        let pages = &mut [
            page(1, &[("SectionF:Specialeducational", 0.0, 100.0), ("help", 0.0, 114.0), ("Text", 0.0, 200.0)]),
            page(2, &[("Help", 0.0, 54.0)]),
            page(3, &[("Text", 0.0, 100.0)]),
        ];
        check(pages, &["Gus-SectionF:Special educationalhelp"], &[3, 1, 1]);
        // A heading at the top of each page is no header.
        let page = |number, heading: &str| flow(number, &[(heading, 0.0, 30.0), ("Text", 0.0, 200.0)]);
        check(&mut [page(1, "SectionA:Views"), page(2, "SectionB:Needs"), page(3, "SectionC:Health")], &[], &[2, 2, 2]);
    }

    #[test]
    fn a_row_of_figures_is_no_page_number() {
        let row = &[("Body", 0.0, 400.0), ("12", 0.0, 780.0), ("15", 30.0, 780.0), ("20", 60.0, 780.0)];
        let page = |number, foot| flow(number, &[("Body", 0.0, 400.0), (foot, 0.0, 780.0)]);
        check(&mut [page(1, "1"), page(2, "2"), page(3, "3"), flow(4, row)], &["1"], &[1, 1, 1, 2]);
    }

    #[test]
    fn what_is_on_one_page_stays() {
        let pages = &mut [flow(1, &[("Title", 0.0, 30.0)]), flow(2, &[("Other", 0.0, 30.0)])];
        check(pages, &[], &[1, 1]);
        check(&mut [flow(1, &[("Title", 0.0, 30.0)])], &[], &[1]);
    }

    #[test]
    fn a_line_that_numbers_its_page_need_not_come_again() {
        let words = &[
            ("Title", 0.0, 30.0),
            ("Draft", 0.0, 780.0),
            ("Page", 100.0, 780.0),
            ("1", 130.0, 780.0),
            ("of", 145.0, 780.0),
            ("1", 165.0, 780.0),
        ];
        check(&mut [flow(1, words)], &["Draft Page 1 of 1"], &[1]);
        let inside = &[("Page", 0.0, 400.0), ("1", 30.0, 400.0), ("of", 45.0, 400.0), ("4", 60.0, 400.0)];
        check(&mut [flow(1, inside)], &[], &[1]);
    }
}
