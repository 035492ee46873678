//! Plot: shares with their intervals, and distributions. Every plot has a table of the same numbers beside it.
//!
//! The library `plotters` draws; `fluid.rs` writes down what it draws, so that a plot can be read on a phone, on a desk and on
//! paper.

use super::fluid::{AREA, Fluid, GRID, INK, MARK, WIDTH};
use crate::audit::dashboard::page::escaped;
use crate::audit::interval::{Estimate, whole};
use plotters::chart::ChartBuilder;
use plotters::coord::Shift;
use plotters::coord::ranged1d::{DefaultFormatting, KeyPointHint, Ranged};
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea as _};
use plotters::element::{Circle, EmptyElement, ErrorBar, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color as _, IntoFont as _, ShapeStyle, TRANSPARENT, TextStyle};
use std::convert::Infallible;
use std::fmt::Write as _;
use std::ops::Range;

/// About how wide a letter of a label is, in rem.
const LETTER: f64 = 0.45;

/// One line of a plot.
#[derive(Clone)]
pub(crate) struct Bar {
    /// What it is about.
    pub(crate) label: String,
    /// The share and its interval.
    pub(crate) estimate: Estimate,
    /// How often it is so.
    pub(crate) hits: u64,
    /// Out of how many.
    pub(crate) of: u64,
    /// In how many plans those stand, where they are no plans themselves.
    pub(crate) plans: Option<u64>,
}

impl Bar {
    /// Which counts it comes from: "12 of 30", "1,234 of 5,678; 30 plans".
    fn base(&self) -> String {
        let plans = self
            .plans
            .map_or_else(String::new, |plans| format!("; {} plan{}", digits(plans), if plans == 1 { "" } else { "s" }));
        format!("{} of {}{plans}", digits(self.hits), digits(self.of))
    }
}

/// Shares as bars from the left, with their intervals as whiskers; 0 to 100 %.
pub(crate) fn bars(rows: &[Bar]) -> String {
    let mut out = String::from("<div class=\"bars\">\n");
    for row in rows {
        let Bar { label, estimate: Estimate { share, low, high }, .. } = row;
        let bar = drawn(26, "", |area| {
            let mut chart = ChartBuilder::on(area).build_cartesian_2d(shares(), -1.0..1.0)?;
            chart.configure_mesh().disable_y_mesh().disable_axes().bold_line_style(GRID).draw()?;
            chart.draw_series([Rectangle::new([(0.0, 0.6), (*share, -0.6)], AREA.filled())])?;
            chart.draw_series([ErrorBar::new_horizontal(0.0, *low, *share, *high, line(), 10)])?;
            Ok(())
        });
        let (label, much) = (escaped(label), format!("{} ({})", percent(*share), escaped(&row.base())));
        let _ = writeln!(
            out,
            "<div class=\"bar\"><span class=\"what\">{label}</span>{bar}<span class=\"much\">{much}</span></div>"
        );
    }
    let scale = drawn(18, "", |area| {
        let mut chart = ChartBuilder::on(area);
        let mut chart = chart.x_label_area_size(17).build_cartesian_2d(shares(), -1.0..1.0)?;
        let mut mesh = chart.configure_mesh();
        mesh.disable_mesh().axis_style(TRANSPARENT).set_all_tick_mark_size(2).label_style(words(VPos::Top));
        mesh.x_label_formatter(&|share| percent(*share)).draw()
    });
    let _ = write!(
        out,
        "<div class=\"bar scale\"><span class=\"what\"></span>{scale}<span class=\"much\"></span></div></div>"
    );
    out
}

/// Shares over time as dots, with their intervals as whiskers; 0 to 100 % upwards.
pub(crate) fn trend(points: &[Bar]) -> String {
    const HEIGHT: u32 = 266;
    const TOP: u32 = 14;
    const BELOW: u32 = 56;
    let every = points.len().div_ceil(12).max(1);
    // Below each point stand its label and its counts, in three lines, so that a dozen have room on a desk.
    let below = |point: &Bar| [digits(point.hits), format!("of {}", digits(point.of))];
    let longest = |point: &Bar| below(point).iter().map(String::len).max().unwrap_or(0);
    let labels = points.iter().step_by(every).map(|point| point.label.chars().count().max(longest(point)));
    let axis = drawn(HEIGHT, " class=\"axis\"", |area| {
        let mut chart = ChartBuilder::on(area);
        chart.margin_top(TOP).x_label_area_size(BELOW).y_label_area_size(WIDTH - 1);
        let mut chart = chart.build_cartesian_2d(0.0..1.0, shares())?;
        let mut mesh = chart.configure_mesh();
        mesh.disable_mesh().axis_style(TRANSPARENT).set_all_tick_mark_size(0).x_labels(0);
        mesh.label_style(words(VPos::Center).pos(Pos::new(HPos::Right, VPos::Center)));
        mesh.y_label_formatter(&|share| percent(*share)).draw()
    });
    let plot = drawn(HEIGHT, &format!(" style=\"min-width:{}\"", room(labels)), |area| {
        let mut chart = ChartBuilder::on(area);
        chart.margin_top(TOP).x_label_area_size(BELOW);
        let mut chart = chart.build_cartesian_2d(slots(points.len(), every), shares())?;
        let mut mesh = chart.configure_mesh();
        mesh.disable_x_mesh().axis_style(TRANSPARENT).set_all_tick_mark_size(5).bold_line_style(GRID);
        let label = |x: &f64| points.get(number(*x)).map_or_else(String::new, |point| point.label.clone());
        mesh.label_style(words(VPos::Top)).x_label_formatter(&label).draw()?;
        let caps = WIDTH / u32::try_from(points.len().max(1)).unwrap_or(WIDTH) / 6;
        let middle = |at: usize| whole(at as u64) + 0.5;
        chart.draw_series(points.iter().enumerate().map(|(at, Bar { estimate, .. })| {
            ErrorBar::new_vertical(middle(at), estimate.low, estimate.share, estimate.high, line(), caps)
        }))?;
        chart.draw_series(
            points
                .iter()
                .enumerate()
                .map(|(at, point)| Circle::new((middle(at), point.estimate.share), 5, MARK.filled())),
        )?;
        chart.draw_series(points.iter().enumerate().step_by(every).map(|(at, point)| {
            let [hits, of] = below(point);
            EmptyElement::at((middle(at), 0.0))
                + Text::new(hits, (0, 26), words(VPos::Top))
                + Text::new(of, (0, 41), words(VPos::Top))
        }))?;
        Ok(())
    });
    format!("<div class=\"upright\">{axis}{plot}</div>")
}

/// How many plans, or whatever is `counted`, have which value: columns, each with its count.
pub(crate) fn columns(bins: &[(String, u64)], below: &str, counted: &str) -> String {
    let most = whole(bins.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1));
    let labels = bins.iter().map(|(label, count)| label.chars().count().max(digits(*count).len()));
    let plot = drawn(205, &format!(" style=\"min-width:{}\"", room(labels)), |area| {
        let mut chart = ChartBuilder::on(area);
        chart.margin_top(24).x_label_area_size(25);
        let mut chart = chart.build_cartesian_2d(slots(bins.len(), 1), 0.0..most)?;
        let mut mesh = chart.configure_mesh();
        mesh.disable_mesh().disable_y_axis().axis_style(INK).set_all_tick_mark_size(4).y_labels(0);
        let label = |x: &f64| bins.get(number(*x)).map_or_else(String::new, |(label, _)| label.clone());
        mesh.label_style(words(VPos::Top)).x_label_formatter(&label).draw()?;
        let column = |at: usize, part: f64| whole(at as u64) + part;
        chart.draw_series(bins.iter().enumerate().map(|(at, (_, count))| {
            Rectangle::new([(column(at, 0.03), whole(*count)), (column(at, 0.97), 0.0)], AREA.filled())
        }))?;
        chart.draw_series(bins.iter().enumerate().filter(|(_, (_, count))| *count > 0).map(|(at, (_, count))| {
            EmptyElement::at((column(at, 0.5), whole(*count))) + Text::new(digits(*count), (0, -5), words(VPos::Bottom))
        }))?;
        Ok(())
    });
    format!("{plot}<p class=\"below\">{}; above each column the number of {}</p>", escaped(below), escaped(counted))
}

/// A share in words: "42 %". Nearly none and nearly all are not said to be none and all.
pub(crate) fn percent(share: f64) -> String {
    let tenths = (share * 1000.0).round() / 10.0;
    match (share, tenths) {
        (..=0.0, _) => "0 %".to_owned(),
        (1.0.., _) => "100 %".to_owned(),
        (_, ..0.1) => "under 0.1 %".to_owned(),
        (_, 100.0..) => "over 99.9 %".to_owned(),
        (_, ..10.0 | 99.0..) => format!("{tenths:.1} %"),
        _ => format!("{tenths:.0} %"),
    }
}

/// A count with commas between thousands: "1,234,567".
pub(crate) fn digits(count: u64) -> String {
    let plain = count.to_string();
    let mut out = String::with_capacity(plain.len() + plain.len() / 3);
    for (at, digit) in plain.chars().enumerate() {
        if at > 0 && (plain.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

type Area<'o> = DrawingArea<Fluid<'o>, Shift>;

/// A drawing of so many pixels' height.
fn drawn(
    height: u32,
    attributes: &str,
    draw: impl FnOnce(&Area<'_>) -> Result<(), DrawingAreaErrorKind<Infallible>>,
) -> String {
    let mut out = format!("<svg height=\"{height}\"{attributes}>");
    // Writing to memory fails in no way, and the ranges are never empty.
    let _ = draw(&Fluid::new(&mut out, height).into_drawing_area());
    out + "</svg>"
}

/// An axis from nothing on, with lines and labels at these places.
struct Axis {
    along: RangedCoordf64,
    places: Vec<f64>,
}

impl Axis {
    fn to(end: f64, places: Vec<f64>) -> Self {
        Self { along: (0.0..end).into(), places }
    }
}

impl Ranged for Axis {
    type FormatOption = DefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        self.along.map(value, limit)
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        if hint.weight().allow_light_points() { Vec::new() } else { self.places.clone() }
    }

    fn range(&self) -> Range<f64> {
        self.along.range()
    }
}

/// From none to all, with a line at each quarter.
fn shares() -> Axis {
    Axis::to(1.0, vec![0.0, 0.25, 0.5, 0.75, 1.0])
}

/// Room for so many side by side, with a label below the first of so many.
fn slots(count: usize, every: usize) -> Axis {
    let middles = (0..count).step_by(every).map(|at| whole(at as u64) + 0.5).collect();
    Axis::to(whole(count.max(1) as u64), middles)
}

/// Which of those side by side is at a place.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places are small and not below nothing")]
fn number(x: f64) -> usize {
    x as usize
}

fn line() -> ShapeStyle {
    INK.filled().stroke_width(2)
}

/// Words, of which the page says how they look.
fn words(place: VPos) -> TextStyle<'static> {
    ("sans-serif", 13).into_font().color(&INK).pos(Pos::new(HPos::Center, place))
}

/// The least width at which so many labels, each this many letters long, do not run into each other.
fn room(labels: impl Iterator<Item = usize>) -> String {
    let labels: Vec<usize> = labels.collect();
    let longest = labels.iter().copied().max().unwrap_or(0);
    format!("{:.1}rem", whole(labels.len() as u64) * (whole(longest as u64) * LETTER + 0.5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_said_in_words() {
        for (share, expected) in [
            (0.0, "0 %"),
            (0.0004, "under 0.1 %"),
            (0.004, "0.4 %"),
            (0.0996, "10 %"),
            (0.5, "50 %"),
            (0.981, "98 %"),
            (0.998, "99.8 %"),
            (0.9999, "over 99.9 %"),
            (1.0, "100 %"),
        ] {
            assert_eq!(percent(share), expected);
        }
        for (count, expected) in
            [(0, "0"), (999, "999"), (1000, "1,000"), (123_456, "123,456"), (1_234_567, "1,234,567")]
        {
            assert_eq!(digits(count), expected);
        }
    }

    fn half(label: &str) -> Bar {
        Bar {
            label: label.to_owned(),
            estimate: Estimate { share: 0.5, low: 0.4, high: 0.625 },
            hits: 1,
            of: 2,
            plans: None,
        }
    }

    #[test]
    fn a_bar_ends_where_its_share_does() {
        let plot = bars(&[half("<script>&")]);
        assert!(plot.contains("&lt;script&gt;&amp;") && !plot.contains("<script"), "{plot}");
        let [from, to, width] = [("<line x1", 40.0), ("x2", 62.5), ("width", 50.0)].map(|(name, place)| {
            let name = format!("{name}=\"");
            let places = plot.split(name.as_str()).skip(1);
            places
                .filter_map(|rest| rest.split('%').next()?.parse::<f64>().ok())
                .any(|found| (found - place).abs() < 0.02)
        });
        assert!(from && to && width, "{plot}");
        for quarter in ["0 %", "25 %", "50 %", "75 %", "100 %"] {
            assert!(plot.contains(&format!(">{quarter}</text>")), "{plot}");
        }
        assert!(plot.contains("50 % (1 of 2)"), "{plot}");
        let of_statements = Bar { hits: 1200, of: 2400, plans: Some(30), ..half("all") };
        assert!(bars(&[of_statements]).contains("50 % (1,200 of 2,400; 30 plans)"));
    }

    #[test]
    fn labels_have_room() {
        let wide = |labels: &[usize]| room(labels.iter().copied());
        assert_eq!(wide(&[7, 3]), "7.3rem");
        assert_eq!(wide(&[]), "0.0rem");
        let plot = trend(&[half("2025 Q1"), half("2025 Q2")]);
        assert_eq!(plot.matches("class=\"mark\"").count(), 2, "{plot}");
        assert!(["2025 Q2", ">1<", ">of 2<", ">75 %<"].iter().all(|words| plot.contains(words)), "{plot}");
        let plot = columns(&[("1\u{2013}2".to_owned(), 4), ("3\u{2013}4".to_owned(), 0)], "pages", "plans");
        assert_eq!(plot.matches("class=\"area\"").count(), 2, "{plot}");
        assert!(plot.contains("height=\"0\"") && plot.contains(">4</text>") && plot.contains("pages;"), "{plot}");
        assert_eq!(columns(&[], "pages", "plans").matches("<rect").count(), 0);
    }
}
