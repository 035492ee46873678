//! Running headers, footers and page numbers: what stands at the same place on page after page.

use super::regions::{Flow, Item};
use crate::document::FurnitureKind;
use std::collections::{BTreeMap, BTreeSet};

/// How much of the page, at its top and at its foot, may be furniture.
const MARGIN: f32 = 0.13;
/// How far it may move from page to page.
const DRIFT: f32 = 3.0;

/// A line taken out of the body.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Aside {
    pub(super) kind: FurnitureKind,
    pub(super) text: String,
    pub(super) page: u32,
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
    let mut aside = Vec::new();
    let mut seen: BTreeSet<(bool, String)> = BTreeSet::new();
    for page in pages {
        let area = page.area;
        let all = std::mem::take(&mut page.items);
        for item in all {
            let probe = Flow { area, items: Vec::new(), continues: false };
            let found = candidate(&item, &probe).filter(|(top, distance, text)| {
                let near = |list: &Vec<f32>| list.iter().filter(|other| (*other - distance).abs() < DRIFT).count();
                places.get(&(*top, text.clone())).is_some_and(|list| near(list) >= least)
                    || matches!(&item, Item::Line(line) if line.artifact)
            });
            match (found, item) {
                (Some((top, _, text)), Item::Line(line)) => {
                    let kind = if top { FurnitureKind::Header } else { FurnitureKind::Footer };
                    if seen.insert((top, text)) {
                        aside.push(Aside { kind, text: line.text, page: line.page });
                    }
                }
                (_, item) => page.items.push(item),
            }
        }
    }
    aside
}

/// Whether it stands at the top, how far from the edge, and its text with every number made the same.
fn candidate(item: &Item, page: &Flow) -> Option<(bool, f32, String)> {
    let Item::Line(line) = item else { return None };
    let (from_top, from_foot) = (line.base, page.area.bottom - line.base);
    let top = from_top < from_foot;
    let distance = from_top.min(from_foot);
    if distance > MARGIN * page.area.bottom {
        return None;
    }
    let mut folded = String::with_capacity(line.text.len());
    for letter in line.text.chars() {
        if !letter.is_ascii_digit() {
            folded.push(letter);
        } else if !folded.ends_with('#') {
            folded.push('#');
        }
    }
    Some((top, distance, folded))
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
    }

    #[test]
    fn what_is_on_one_page_stays() {
        let pages = &mut [flow(1, &[("Title", 0.0, 30.0)]), flow(2, &[("Other", 0.0, 30.0)])];
        check(pages, &[], &[1, 1]);
        check(&mut [flow(1, &[("Title", 0.0, 30.0)])], &[], &[1]);
    }
}
