//! Columns: what a column of the user's table holds (dates, numbers, words), and so which groups it makes.

use std::collections::BTreeSet;

/// Of numbers with more different values, bands are made.
const MOST_NUMBERS: usize = 20;
/// So many bands at most.
const MOST_BANDS: i64 = 12;
/// What a row is grouped under where nothing can be told from its value.
pub(crate) const UNKNOWN: &str = "unknown";

/// What a column holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words: every value is a group.
    #[default]
    Words,
    /// Dates: a group is a quarter, and figures are shown over time.
    Dates,
    /// Numbers: a group is a band of so many, or each number where that is one.
    Numbers(i64),
}

impl ColumnKind {
    /// What a column with these values holds. One in ten may be something else: tables that people keep have slips.
    pub(crate) fn of<'v>(values: impl Iterator<Item = &'v str> + Clone) -> Self {
        let values = values.filter(|value| !value.is_empty());
        let all = values.clone().count();
        let most = |told: usize| told > 0 && told * 10 >= all * 9;
        if most(values.clone().filter(|value| month(value).is_some()).count()) {
            return Self::Dates;
        }
        let numbers = values.filter_map(whole);
        let (told, least, greatest) = numbers.clone().fold((0, i64::MAX, i64::MIN), |(told, least, most), number| {
            (told + 1, least.min(number), most.max(number))
        });
        if !most(told) {
            return Self::Words;
        }
        let mut different = BTreeSet::new();
        for number in numbers {
            different.insert(number);
            if different.len() > MOST_NUMBERS {
                return Self::Numbers(step(least, greatest));
            }
        }
        Self::Numbers(1)
    }

    /// The group of a value.
    pub(crate) fn group(self, value: &str) -> String {
        let group = match self {
            _ if value.is_empty() => None,
            Self::Words => Some(value.to_owned()),
            Self::Dates => month(value).map(|(year, month)| format!("{year} Q{}", month.div_ceil(3))),
            Self::Numbers(1) => whole(value).map(|number| number.to_string()),
            Self::Numbers(step) => whole(value).map(|number| {
                let low = number.div_euclid(step).saturating_mul(step);
                format!("{low} to {}", low.saturating_add(step - 1))
            }),
        };
        group.unwrap_or_else(|| UNKNOWN.to_owned())
    }

    /// By what groups stand in order: numbers by what they are worth, what is unknown last.
    pub(crate) fn place(self, group: &str) -> (bool, i64) {
        let number = match self {
            Self::Numbers(_) => group.split(' ').next().and_then(|first| first.parse().ok()),
            Self::Words | Self::Dates => None,
        };
        (group == UNKNOWN, number.unwrap_or(0))
    }
}

/// The width of bands, a round number.
fn step(least: i64, greatest: i64) -> i64 {
    let range = greatest.saturating_sub(least);
    let tens = (0..18).map(|power| 10i64.pow(power));
    let round = tens.flat_map(|ten| [ten, ten * 2, ten * 5]).find(|step| range / step < MOST_BANDS);
    round.unwrap_or(i64::MAX).max(2)
}

/// The whole number that a value is, or the one below it.
fn whole(value: &str) -> Option<i64> {
    let (front, rest) = value.split_once('.').unwrap_or((value, ""));
    let fraction = rest.chars().any(|digit| digit != '0');
    let digits = rest.chars().all(|digit| digit.is_ascii_digit());
    let number: i64 = front.parse().ok().filter(|_| digits)?;
    Some(if fraction && front.starts_with('-') { number.saturating_sub(1) } else { number })
}

/// The year and month of a date, as `2025-03-17`, `2025-03`, `17/03/2025` or `03/2025`; what comes after a space or a `T`
/// is a time of day.
fn month(value: &str) -> Option<(u32, u32)> {
    let day = value.split([' ', 'T']).next()?;
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    let (year, month, of_month) = match parts.as_slice() {
        [year, month] if year.len() == 4 => (year, month, &"1"),
        [month, year] if year.len() == 4 => (year, month, &"1"),
        [year, month, day] if year.len() == 4 => (year, month, day),
        [day, month, year] if year.len() == 4 => (year, month, day),
        _ => return None,
    };
    let (year, month, day): (u32, u32, u32) = (year.parse().ok()?, month.parse().ok()?, of_month.parse().ok()?);
    let real = (1900..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    real.then_some((year, month))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(values: &[&str]) -> ColumnKind {
        ColumnKind::of(values.iter().copied())
    }

    #[test]
    fn a_column_is_what_nearly_all_its_values_are() {
        assert_eq!(kind(&["2025-03-17", "", "2024-12"]), ColumnKind::Dates);
        assert_eq!(kind(&["17/03/2025", "3.4.2024", "04/2024", "2025-03-17T10:00"]), ColumnKind::Dates);
        assert_eq!(kind(&["2025-03-17", "soon"]), ColumnKind::Words);
        assert_eq!(kind(&["2024-25", "2023-24"]), ColumnKind::Words);
        let mut dates = vec!["2025-03-17"; 19];
        dates.push("not known");
        assert_eq!(kind(&dates), ColumnKind::Dates);
        assert_eq!(kind(&["-1", "0", "11", "12.0"]), ColumnKind::Numbers(1));
        assert_eq!(kind(&["ASD", "SEMH"]), ColumnKind::Words);
        assert_eq!(kind(&["", ""]), ColumnKind::Words);
        let ages: Vec<String> = (0..26).map(|age| age.to_string()).collect();
        assert_eq!(ColumnKind::of(ages.iter().map(String::as_str)), ColumnKind::Numbers(5));
        let sums: Vec<String> = (0..40).map(|sum| (sum * 977).to_string()).collect();
        assert_eq!(ColumnKind::of(sums.iter().map(String::as_str)), ColumnKind::Numbers(5000));
    }

    #[test]
    fn values_fall_into_groups() {
        let check = |kind: ColumnKind, value: &str, group: &str| assert_eq!(kind.group(value), group, "{value}");
        check(ColumnKind::Dates, "2025-03-17", "2025 Q1");
        check(ColumnKind::Dates, "01/12/2024", "2024 Q4");
        check(ColumnKind::Dates, "not known", "unknown");
        check(ColumnKind::Dates, "", "unknown");
        check(ColumnKind::Numbers(1), "7.0", "7");
        check(ColumnKind::Numbers(5), "12.9", "10 to 14");
        check(ColumnKind::Numbers(5), "-0.5", "-5 to -1");
        check(ColumnKind::Numbers(5), "x", "unknown");
        check(ColumnKind::Words, "SLCN, other", "SLCN, other");
        let mut groups = ["10 to 14", "unknown", "-5 to -1", "5 to 9"];
        groups.sort_by_key(|group| ColumnKind::Numbers(5).place(group));
        assert_eq!(groups, ["-5 to -1", "5 to 9", "10 to 14", "unknown"]);
    }
}
