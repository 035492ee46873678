//! Plot: shares with their intervals, and distributions, as SVG. Every plot has a table of the same numbers beside it.

use crate::audit::interval::{Estimate, whole};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

const WIDTH: u32 = 860;
const LEFT: i32 = 250;
const RIGHT: i32 = 700;
const ROW: i32 = 26;
const INK: RGBColor = RGBColor(33, 37, 41);
const SOFT: RGBColor = RGBColor(206, 212, 218);
const BAR: RGBColor = RGBColor(86, 142, 196);
const DOT: RGBColor = RGBColor(20, 72, 122);

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;
type Drawn = Result<(), DrawingAreaErrorKind<std::io::Error>>;

/// One line of a plot.
#[derive(Clone)]
pub(crate) struct Bar {
    /// What it is about.
    pub(crate) label: String,
    /// The share and its interval.
    pub(crate) estimate: Estimate,
    /// Which counts it comes from: "12 of 30".
    pub(crate) base: String,
}

/// Shares as bars from the left, with their intervals as whiskers; 0 to 100 %.
pub(crate) fn bars(rows: &[Bar]) -> String {
    let height = ROW * i32::try_from(rows.len()).unwrap_or(0) + 34;
    drawn(height, |area| {
        scale(area, height)?;
        for (at, Bar { label, estimate, base }) in (0..).zip(rows) {
            let middle = at * ROW + ROW / 2;
            area.draw(&Rectangle::new([(LEFT, middle - 8), (along(estimate.share), middle + 8)], BAR.filled()))?;
            whisker(area, [(along(estimate.low), middle), (along(estimate.high), middle)], (0, 5))?;
            text(area, &shortened(label, 40), (LEFT - 8, middle), HPos::Right, 13)?;
            text(area, &format!("{} ({base})", percent(estimate.share)), (RIGHT + 12, middle), HPos::Left, 13)?;
        }
        Ok(())
    })
}

/// Shares over time as dots, with their intervals as whiskers; 0 to 100 % upwards.
pub(crate) fn trend(points: &[Bar]) -> String {
    const TOP: i32 = 14;
    const BOTTOM: i32 = 210;
    let height = 250;
    let up = |share: f64| BOTTOM - pixels(share * whole((BOTTOM - TOP).unsigned_abs().into()));
    let count = i32::try_from(points.len()).unwrap_or(1).max(1);
    let x = |at: i32| 60 + at * (RIGHT - 60) / count + (RIGHT - 60) / count / 2;
    drawn(height, |area| {
        for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
            area.draw(&PathElement::new([(60, up(share)), (RIGHT, up(share))], SOFT))?;
            text(area, &percent(share), (52, up(share)), HPos::Right, 12)?;
        }
        let every = (count + 11) / 12;
        for (at, Bar { label, estimate, base }) in (0..).zip(points) {
            whisker(area, [(x(at), up(estimate.low)), (x(at), up(estimate.high))], (4, 0))?;
            area.draw(&Circle::new((x(at), up(estimate.share)), 5, DOT.filled()))?;
            if at % every == 0 {
                text(area, label, (x(at), BOTTOM + 18), HPos::Center, 12)?;
                text(area, base, (x(at), BOTTOM + 34), HPos::Center, 11)?;
            }
        }
        Ok(())
    })
}

/// How many plans have which value: columns, each with its count.
pub(crate) fn columns(bins: &[(String, u64)], below: &str) -> String {
    const TOP: i32 = 24;
    const BOTTOM: i32 = 180;
    let height = 236;
    let most = bins.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1);
    let count = i32::try_from(bins.len()).unwrap_or(1).max(1);
    let step = (RIGHT - 40) / count;
    drawn(height, |area| {
        area.draw(&PathElement::new([(40, BOTTOM), (RIGHT, BOTTOM)], INK))?;
        for (at, (label, plans)) in (0..).zip(bins) {
            let left = 40 + at * step;
            let top = BOTTOM - pixels(whole(*plans) / whole(most) * whole((BOTTOM - TOP).unsigned_abs().into()));
            area.draw(&Rectangle::new([(left + 2, top), (left + step - 2, BOTTOM)], BAR.filled()))?;
            if *plans > 0 {
                text(area, &plans.to_string(), (left + step / 2, top - 9), HPos::Center, 12)?;
            }
            text(area, label, (left + step / 2, BOTTOM + 14), HPos::Center, 11)?;
        }
        text(area, below, (40 + (RIGHT - 40) / 2, BOTTOM + 40), HPos::Center, 13)
    })
}

/// A share in words: "42 %".
pub(crate) fn percent(share: f64) -> String {
    let tenths = (share * 1000.0).round() / 10.0;
    if tenths > 0.0 && tenths < 10.0 { format!("{tenths:.1} %") } else { format!("{tenths:.0} %") }
}

fn drawn(height: i32, draw: impl FnOnce(&Area<'_>) -> Drawn) -> String {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (WIDTH, height.unsigned_abs())).into_drawing_area();
        // Into memory: there is nothing that could fail, and a plot that did would leave its table.
        let _ = draw(&area).and_then(|()| area.present());
    }
    svg
}

fn scale(area: &Area<'_>, height: i32) -> Drawn {
    for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
        area.draw(&PathElement::new([(along(share), 0), (along(share), height - 30)], SOFT))?;
        text(area, &percent(share), (along(share), height - 16), HPos::Center, 12)?;
    }
    Ok(())
}

/// A line between two ends, each with a stroke across it that reaches so far.
fn whisker(area: &Area<'_>, ends: [(i32, i32); 2], (across, down): (i32, i32)) -> Drawn {
    area.draw(&PathElement::new(ends, INK.stroke_width(2)))?;
    for (x, y) in ends {
        area.draw(&PathElement::new([(x - across, y - down), (x + across, y + down)], INK.stroke_width(2)))?;
    }
    Ok(())
}

fn text(area: &Area<'_>, words: &str, at: (i32, i32), align: HPos, size: i32) -> Drawn {
    let style = ("sans-serif", size).into_font().color(&INK).pos(Pos::new(align, VPos::Center));
    area.draw(&Text::new(words.to_owned(), at, style))
}

fn along(share: f64) -> i32 {
    LEFT + pixels(share * whole((RIGHT - LEFT).unsigned_abs().into()))
}

#[expect(clippy::cast_possible_truncation, reason = "a plot is a few hundred pixels wide")]
fn pixels(length: f64) -> i32 {
    length.round() as i32
}

fn shortened(label: &str, most: usize) -> String {
    if label.chars().count() <= most {
        return label.to_owned();
    }
    label.chars().take(most - 1).chain(['\u{2026}']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_said_in_words() {
        for (share, expected) in [(0.0, "0 %"), (0.004, "0.4 %"), (0.0996, "10 %"), (0.5, "50 %"), (1.0, "100 %")] {
            assert_eq!(percent(share), expected);
        }
    }

    #[test]
    fn words_of_a_table_are_escaped() {
        let estimate = Estimate { share: 0.5, low: 0.4, high: 0.6 };
        let svg = bars(&[Bar { label: "<script>&".to_owned(), estimate, base: "1 of 2".to_owned() }]);
        assert!(svg.contains("&lt;script&gt;&amp;") && svg.contains("<rect") && svg.ends_with("</svg>\n"), "{svg}");
    }
}
