//! The title row of a table that stands by itself at the end of a page, as the rest of the table begins the next one.

use super::page::Area;
use super::regions::{Cell, Flow, Item, Ruled};

/// Sides this near each other are the same.
const SAME_SIDE: f32 = 4.0;
/// A row that a page end parted from its table ends in this part of the page.
const FOOT: f32 = 0.75;

/// Makes such a row a table again, so that it can be joined with the rest: one cell alone was taken for a frame around text.
pub(super) fn free_title_rows(pages: &mut [Flow]) {
    for at in 1..pages.len() {
        let Some(Item::Grid(below)) = pages.get(at).and_then(|page| page.items.first()) else { continue };
        let (left, right, columns) = (below.area.left, below.area.right, below.edges.len().saturating_sub(1));
        let (source, stated) = (below.source, below.stated);
        let Some(page) = pages.get_mut(at - 1) else { continue };
        let foot = FOOT * page.area.bottom;
        let is_row = |area: &Area| {
            (area.left - left).abs() < SAME_SIDE && (area.right - right).abs() < SAME_SIDE && area.bottom > foot
        };
        let found = columns > 1 && stated.is_none() && page.items.len() > 1;
        let Some(Item::Frame(flow)) = page
            .items
            .pop_if(|item| matches!(item, Item::Frame(flow) if found && !flow.continues && is_row(&flow.area)))
        else {
            continue;
        };
        page.items.push(Item::Grid(Ruled {
            area: flow.area,
            edges: vec![flow.area.left, flow.area.right],
            rows: 1,
            cells: vec![Cell { row: 0, column: 0, rows: 1, columns: 1, flow }],
            open_top: false,
            open_bottom: false,
            source,
            stated: None,
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::TableSource;

    fn area(left: f32, right: f32, bottom: f32) -> Area {
        Area { left, right, top: bottom - 20.0, bottom }
    }

    fn page(items: Vec<Item>) -> Flow {
        Flow { area: Area { right: 600.0, bottom: 800.0, ..Area::default() }, items, continues: false }
    }

    fn frame(left: f32, right: f32, bottom: f32) -> Item {
        Item::Frame(Flow { area: area(left, right, bottom), ..Flow::default() })
    }

    fn grid(edges: &[f32]) -> Item {
        Item::Grid(Ruled {
            area: area(50.0, 550.0, 300.0),
            edges: edges.to_vec(),
            rows: 1,
            cells: Vec::new(),
            open_top: false,
            open_bottom: false,
            source: TableSource::Ruled,
            stated: None,
        })
    }

    /// Whether the last of these items becomes a row of the table that begins the next page.
    fn check(last: Item, next: Item, expected: bool) {
        let mut pages = vec![page(vec![frame(50.0, 550.0, 100.0), last]), page(vec![next])];
        free_title_rows(&mut pages);
        assert_eq!(matches!(pages[0].items.last(), Some(Item::Grid(_))), expected);
        assert_eq!(pages[0].items.len(), 2);
    }

    #[test]
    fn a_title_row_at_the_end_of_a_page_is_one() {
        let edges = [50.0, 300.0, 550.0];
        check(frame(50.0, 550.0, 750.0), grid(&edges), true);
        // In the middle of the page, of another width, over a table of one column, over another frame: a frame.
        check(frame(50.0, 550.0, 400.0), grid(&edges), false);
        check(frame(80.0, 550.0, 750.0), grid(&edges), false);
        check(frame(50.0, 550.0, 750.0), grid(&[50.0, 550.0]), false);
        check(frame(50.0, 550.0, 750.0), frame(50.0, 550.0, 300.0), false);
    }
}
