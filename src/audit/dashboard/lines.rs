//! Lines: one figure by one grouping: a plot, what it stands on, and the same as a table.

use super::page::{Page, Rows};
use super::plot::{self, Bar, digits, percent};
use super::sections::Writer;
use crate::audit::columns::{ColumnKind, UNKNOWN};
use crate::audit::interval::Estimate;
use crate::audit::record::Outcome;
use crate::audit::tally::{BY_NAME, MOST_GROUPS, OWN_GROUPINGS, Spread};
use crate::plan::Letter;
use std::collections::BTreeMap;

/// One line of a figure: which group, the share, and the numbers behind it.
pub(super) struct Line {
    pub(super) group: String,
    pub(super) estimate: Estimate,
    pub(super) hits: u64,
    pub(super) of: u64,
    pub(super) plans: u64,
}

impl Writer<'_> {
    pub(super) fn groupings(&self) -> usize {
        OWN_GROUPINGS.len() + self.tally.settings.meta.len()
    }

    pub(super) fn grouping(&self, number: usize) -> &str {
        let own = OWN_GROUPINGS.get(number).map(|(_, name)| *name);
        let meta = || number.checked_sub(OWN_GROUPINGS.len()).and_then(|at| self.tally.settings.meta.get(at));
        own.or_else(|| meta().map(String::as_str)).unwrap_or("")
    }

    /// What a grouping of the user's own holds.
    pub(super) fn kind(&self, number: usize) -> ColumnKind {
        let column = number.checked_sub(OWN_GROUPINGS.len());
        column.and_then(|column| self.tally.settings.kinds.get(column)).copied().unwrap_or_default()
    }

    /// Whether its groups are quarters.
    fn is_over_time(&self, number: usize) -> bool {
        OWN_GROUPINGS.get(number).is_some_and(|(id, _)| *id == "issued") || self.kind(number) == ColumnKind::Dates
    }

    /// A figure by one grouping: over time as a trend, otherwise as bars.
    pub(super) fn grouped(&self, page: &mut Page, figure: &str, grouping: usize, of_plans: bool, name: &str) {
        let mut lines: Vec<Line> = Vec::new();
        let mut hidden = (0u64, 0u64);
        let mut take = |group: &str, estimate: Option<Estimate>, hits: u64, of: u64, plans: u64| {
            if plans < self.tally.settings.smallest && grouping > 0 {
                hidden = (hidden.0 + 1, hidden.1 + plans);
            } else if let Some(estimate) = estimate {
                lines.push(Line { group: group.to_owned(), estimate, hits, of, plans });
            }
        };
        if of_plans {
            for (group, share) in self.tally.shares.groups(figure, grouping) {
                take(group, share.estimate(), share.hits, share.of, share.of);
            }
        } else {
            for (group, share) in self.tally.clustered.groups(figure, grouping) {
                take(group, share.estimate(), share.hits, share.of, share.plans);
            }
        }
        if lines.is_empty() && hidden.0 == 0 {
            return;
        }
        if grouping > 0 {
            let name = name.replace('_', " ");
            let over_time = if self.kind(grouping) == ColumnKind::Dates { ", over time" } else { "" };
            page.heading(4, None, &format!("By {name}{over_time}"));
        }
        if self.tally.crowded.contains(&grouping) {
            let text =
                format!("It has more than {MOST_GROUPS} different values, and makes no groups. plans.csv holds them.");
            return page.element("p", &text);
        }
        if !lines.is_empty() {
            lines.sort_by_key(|line| self.kind(grouping).place(&line.group));
            self.drawn(page, name, &lines, self.is_over_time(grouping));
        }
        if hidden.0 > 0 {
            let text = format!(
                "{} with too few plans to be shown ({} in all).",
                many(hidden.0, "group"),
                many(hidden.1, "plan")
            );
            page.element("p", &text);
        }
    }

    /// Lines of a figure: a plot, what it stands on, and the same as a table.
    pub(super) fn plotted(&self, page: &mut Page, name: &str, lines: &[Line]) {
        self.drawn(page, name, lines, false);
    }

    fn drawn(&self, page: &mut Page, name: &str, lines: &[Line], over_time: bool) {
        let of_statements = lines.iter().any(|line| line.of != line.plans);
        let rows: Vec<Bar> = lines
            .iter()
            .map(|line| Bar {
                label: line.group.clone(),
                estimate: line.estimate,
                hits: line.hits,
                of: line.of,
                plans: of_statements.then_some(line.plans),
            })
            .collect();
        let told: Vec<Bar> = rows.iter().filter(|bar| bar.label != UNKNOWN).cloned().collect();
        let label = format!("Share with its 95 % interval by {name}; the table below says the same");
        let as_trend = over_time && told.len() > 1;
        if as_trend {
            page.plot(&label, true, &plot::trend(&told));
        } else {
            page.plot(&label, false, &plot::bars(&rows));
        }
        let unread = self.unread();
        let base = match lines {
            [line] if of_statements => {
                format!(
                    "{} of {} statements in {}; {unread}.",
                    digits(line.hits),
                    digits(line.of),
                    many(line.plans, "plan")
                )
            }
            [line] => format!("{} of {}; {unread}.", digits(line.hits), many(line.of, "plan")),
            _ if as_trend => format!("Each quarter has its own base, in the table; {unread}."),
            _ => format!("Each line has its own base beside it; {unread}."),
        };
        let without: u64 = lines.iter().filter(|line| line.group == UNKNOWN).map(|line| line.plans).sum();
        let without = if as_trend && without > 0 {
            format!(" {} without a date that could be told are in the table alone.", many(without, "plan"))
        } else {
            String::new()
        };
        page.base(&(base + &without));
        page.folded("The same as a table", |page| {
            let row = |line: &Line| {
                vec![
                    line.group.clone(),
                    percent(line.estimate.share),
                    percent(line.estimate.low),
                    percent(line.estimate.high),
                    digits(line.hits),
                    digits(line.of),
                    digits(line.plans),
                ]
            };
            let heads = [name, "share", "from", "to", "counted", "out of", "plans"];
            page.table(&Rows { caption: &label, heads: &heads, cells: lines.iter().map(row).collect() });
        });
    }

    /// What counts in no figure: "4 files unread".
    pub(super) fn unread(&self) -> String {
        format!("{} unread", many(self.tally.files(Outcome::Unread), "file"))
    }

    /// A figure by section; of plans or of statements.
    pub(super) fn letters(&self, figure: &str, of_plans: bool) -> Vec<Line> {
        let line = |letter: Letter| {
            let group = format!("{letter} {}", letter.title());
            if of_plans {
                let share = self.tally.shares.get(figure, BY_NAME, letter.as_str())?;
                Some(Line { group, estimate: share.estimate()?, hits: share.hits, of: share.of, plans: share.of })
            } else {
                let share = self.tally.clustered.get(figure, BY_NAME, letter.as_str())?;
                Some(Line { group, estimate: share.estimate()?, hits: share.hits, of: share.of, plans: share.plans })
            }
        };
        Letter::ALL.into_iter().filter_map(line).collect()
    }
}

/// "1 plan", "2,000 plans".
pub(super) fn many(count: u64, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{} {what}s", digits(count)) }
}

/// A distribution in at most twenty equal steps; in steps of `step` where that is given.
pub(super) fn binned(spread: &Spread, step: u32) -> Vec<(String, u64)> {
    const NICE: [u32; 14] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 100_000];
    let most = spread.keys().next_back().copied().unwrap_or(0);
    let least = spread.keys().next().copied().unwrap_or(0);
    let fits = |step: &u32| most / step - least / step < 18;
    let step = if step > 0 { step } else { NICE.into_iter().find(fits).unwrap_or(1_000_000) };
    let bottom = least / step;
    let top = if step == 10 && most == 100 { 9 } else { most / step };
    let mut bins: BTreeMap<u32, u64> = (bottom..=top).map(|bin| (bin, 0)).collect();
    for (&value, &count) in spread {
        *bins.entry((value / step).min(top)).or_default() += count;
    }
    let label = |bin: u32| match step {
        1 => bin.to_string(),
        _ if bin == top && step == 10 && most == 100 => "90\u{2013}100".to_owned(),
        _ => format!("{}\u{2013}{}", bin * step, bin * step + step - 1),
    };
    bins.into_iter().map(|(bin, count)| (label(bin), count)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distributions_are_binned_without_loss() {
        let spread: Spread = (0..=100).map(|value| (value, 1)).collect();
        let bins = binned(&spread, 10);
        assert_eq!((bins.len(), bins.iter().map(|(_, count)| count).sum::<u64>()), (10, 101));
        assert_eq!(bins.last().map(|(label, count)| (label.as_str(), *count)), Some(("90\u{2013}100", 11)));
        let bins = binned(&[(3, 1), (4, 2)].into(), 0);
        assert_eq!(bins, [("3".to_owned(), 1), ("4".to_owned(), 2)]);
    }
}
