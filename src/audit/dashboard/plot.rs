//! Plot: shares with their intervals, and distributions. Every plot has a table of the same numbers beside it.
//!
//! Places along the width are per cent of it, and words stand beside the drawing or keep their size in it: so a plot can be
//! read on a phone, on a desk and on paper.

use crate::audit::dashboard::page::escaped;
use crate::audit::interval::{Estimate, whole};
use std::fmt::Write as _;

const QUARTERS: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];
/// About how wide a letter of a label is, in rem.
const LETTER: f64 = 0.5;

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
    let mut out = String::from("<div class=\"bars\">\n");
    for Bar { label, estimate: Estimate { share, low, high }, base } in rows {
        let _ = write!(out, "<div class=\"bar\"><span class=\"what\">{}</span><svg height=\"26\">", escaped(label));
        for at in QUARTERS {
            line(&mut out, "grid", (at, 0.0), (at, 26.0));
        }
        let _ = write!(out, "<rect y=\"5\" width=\"{}\" height=\"16\"/>", along(*share));
        line(&mut out, "", (*low, 13.0), (*high, 13.0));
        for end in [*low, *high] {
            line(&mut out, "", (end, 8.0), (end, 18.0));
        }
        let _ = writeln!(out, "</svg><span class=\"much\">{} ({})</span></div>", percent(*share), escaped(base));
    }
    out.push_str("<div class=\"bar scale\"><span class=\"what\"></span><svg height=\"18\">");
    for at in QUARTERS {
        text(&mut out, &percent(at), (at, 13.0), at);
    }
    out.push_str("</svg><span class=\"much\"></span></div></div>");
    out
}

/// Shares over time as dots, with their intervals as whiskers; 0 to 100 % upwards.
pub(crate) fn trend(points: &[Bar]) -> String {
    const TOP: f64 = 14.0;
    const BOTTOM: f64 = 210.0;
    let up = |share: f64| BOTTOM - share * (BOTTOM - TOP);
    let count = whole(points.len().max(1) as u64);
    let every = points.len().div_ceil(12).max(1);
    let words = points.iter().step_by(every).map(|point| point.label.chars().count().max(point.base.chars().count()));
    let mut out = String::from("<div class=\"upright\"><svg class=\"axis\" height=\"250\">");
    for share in QUARTERS {
        text(&mut out, &percent(share), (0.0, up(share) + 4.0), 0.0);
    }
    let _ = write!(out, "</svg><svg height=\"250\" style=\"min-width:{}\">", room(words));
    for share in QUARTERS {
        line(&mut out, "grid", (0.0, up(share)), (1.0, up(share)));
    }
    for (number, Bar { label, estimate, base }) in points.iter().enumerate() {
        let middle = (whole(number as u64) + 0.5) / count;
        line(&mut out, "", (middle, up(estimate.low)), (middle, up(estimate.high)));
        for end in [estimate.low, estimate.high] {
            let _ = write!(out, "<circle class=\"end\" cx=\"{}\" cy=\"{:.1}\" r=\"2.5\"/>", along(middle), up(end));
        }
        let _ = write!(out, "<circle cx=\"{}\" cy=\"{:.1}\" r=\"5\"/>", along(middle), up(estimate.share));
        if number % every == 0 {
            text(&mut out, label, (middle, BOTTOM + 20.0), 0.5);
            text(&mut out, base, (middle, BOTTOM + 36.0), 0.5);
        }
    }
    out + "</svg></div>"
}

/// How many plans, or whatever is `counted`, have which value: columns, each with its count.
pub(crate) fn columns(bins: &[(String, u64)], below: &str, counted: &str) -> String {
    const TOP: f64 = 24.0;
    const BOTTOM: f64 = 180.0;
    let most = whole(bins.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1));
    let step = 1.0 / whole(bins.len().max(1) as u64);
    let words = bins.iter().map(|(label, count)| label.chars().count().max(count.to_string().len()));
    let mut out = format!("<svg height=\"205\" style=\"min-width:{}\">", room(words));
    for (number, (label, plans)) in bins.iter().enumerate() {
        let left = whole(number as u64) * step;
        let height = whole(*plans) / most * (BOTTOM - TOP);
        let (x, width) = (along(left + step * 0.03), along(step * 0.94));
        let top = BOTTOM - height;
        let _ = write!(out, "<rect x=\"{x}\" y=\"{top:.1}\" width=\"{width}\" height=\"{height:.1}\"/>");
        if *plans > 0 {
            text(&mut out, &plans.to_string(), (left + step / 2.0, top - 5.0), 0.5);
        }
        text(&mut out, label, (left + step / 2.0, BOTTOM + 17.0), 0.5);
    }
    line(&mut out, "", (0.0, BOTTOM), (1.0, BOTTOM));
    let _ = write!(
        out,
        "</svg><p class=\"below\">{}; above each column the number of {}</p>",
        escaped(below),
        escaped(counted)
    );
    out
}

/// A share in words: "42 %".
pub(crate) fn percent(share: f64) -> String {
    let tenths = (share * 1000.0).round() / 10.0;
    if tenths > 0.0 && tenths < 10.0 { format!("{tenths:.1} %") } else { format!("{tenths:.0} %") }
}

/// A place along the width.
fn along(share: f64) -> String {
    format!("{:.2}%", share * 100.0)
}

/// The least width at which so many labels, each this many letters long, do not run into each other.
fn room(labels: impl Iterator<Item = usize>) -> String {
    let labels: Vec<usize> = labels.collect();
    let longest = labels.iter().copied().max().unwrap_or(0);
    format!("{:.1}rem", whole(labels.len() as u64) * (whole(longest as u64) * LETTER + 0.5))
}

fn line(out: &mut String, class: &str, (x, y): (f64, f64), (to_x, to_y): (f64, f64)) {
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    let _ = write!(out, "<line{class} x1=\"{}\" y1=\"{y:.1}\" x2=\"{}\" y2=\"{to_y:.1}\"/>", along(x), along(to_x));
}

/// Words at a place: `before` says how much of them stands to the left of it, from none to all.
fn text(out: &mut String, words: &str, (x, y): (f64, f64), before: f64) {
    let anchor = if before < 0.1 {
        "start"
    } else if before > 0.9 {
        "end"
    } else {
        "middle"
    };
    let _ = write!(out, "<text x=\"{}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{}</text>", along(x), escaped(words));
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

    fn half(label: &str) -> Bar {
        Bar {
            label: label.to_owned(),
            estimate: Estimate { share: 0.5, low: 0.4, high: 0.625 },
            base: "1 of 2".to_owned(),
        }
    }

    #[test]
    fn a_bar_ends_where_its_share_does() {
        let plot = bars(&[half("<script>&")]);
        assert!(plot.contains("&lt;script&gt;&amp;") && !plot.contains("<script"), "{plot}");
        assert!(plot.contains("<rect y=\"5\" width=\"50.00%\""), "{plot}");
        assert!(plot.contains("<line x1=\"40.00%\" y1=\"13.0\" x2=\"62.50%\" y2=\"13.0\"/>"), "{plot}");
        assert!(plot.contains("50 % (1 of 2)"), "{plot}");
    }

    #[test]
    fn labels_have_room() {
        let wide = |labels: &[usize]| room(labels.iter().copied());
        assert_eq!(wide(&[7, 3]), "8.0rem");
        assert_eq!(wide(&[]), "0.0rem");
        let plot = trend(&[half("2025 Q1"), half("2025 Q2")]);
        assert!(plot.contains("<circle cx=\"25.00%\" cy=\"112.0\"") && plot.contains("2025 Q2"), "{plot}");
        let plot = columns(&[("1\u{2013}2".to_owned(), 4), ("3\u{2013}4".to_owned(), 0)], "pages", "plans");
        assert!(
            plot.contains("height=\"156.0\"") && plot.contains("height=\"0.0\"") && plot.contains("pages;"),
            "{plot}"
        );
    }
}
