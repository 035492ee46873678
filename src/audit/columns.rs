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
        let values = values.filter(|value| !says_nothing(value));
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
            _ if says_nothing(value) => None,
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

/// Whether a value stands for one that is not known.
fn says_nothing(value: &str) -> bool {
    const NOTHING: [&str; 8] = ["", "unknown", "not known", "n/a", "#n/a", "-", "\u{2013}", "?"];
    NOTHING.iter().any(|nothing| nothing.eq_ignore_ascii_case(value))
}

/// The whole number that a value is, or the one below it. It may be a sum of money or a percentage, with commas between
/// thousands.
fn whole(value: &str) -> Option<i64> {
    let bare = value.trim_end_matches('%').trim_end();
    let (sign, bare) = bare.strip_prefix(['-', '\u{2212}']).map_or(("", bare), |bare| ("-", bare));
    let bare = bare.trim_start_matches(['\u{a3}', '\u{20ac}']).trim_start();
    let (front, rest) = bare.split_once('.').unwrap_or((bare, ""));
    let mut thousands = front.split(',');
    let first = thousands.next()?;
    let grouped = !front.contains(',') || first.len() <= 3 && thousands.all(|three| three.len() == 3);
    let digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    let number: i64 = format!("{sign}{}", front.replace(',', "")).parse().ok()?;
    let told = grouped && digits(&front.replace(',', "")) && digits(rest);
    let below = rest.bytes().any(|digit| digit != b'0') && !sign.is_empty();
    told.then(|| if below { number.saturating_sub(1) } else { number })
}

/// The year and month of a date, as people and spreadsheets write them: `2025-03-17`, `2025-03`, `17/03/2025`, `17/03/25`,
/// `03/2025`, `17-Mar-25`, `17 March 2025`, `March 2025`. A time of day after it is passed over.
fn month(value: &str) -> Option<(u32, u32)> {
    let day = value.split_whitespace().filter(|word| !word.contains(':') || word.contains('T'));
    let day: Vec<&str> = day.map(before_time).collect();
    let parts: Vec<&str> =
        day.iter().flat_map(|word| word.split(['-', '/', '.', ','])).filter(|part| !part.is_empty()).collect();
    let year = |part: &str| match part.len() {
        4 => part.parse().ok(),
        2 => part.parse().ok().map(|short: u32| if short < 50 { 2000 + short } else { 1900 + short }),
        _ => None,
    };
    let four = |part: &str| part.len() == 4 && part.bytes().all(|digit| digit.is_ascii_digit());
    let (year, month, day) = match parts.as_slice() {
        [whole, month] if four(whole) => (year(whole)?, number_of(month)?, 1),
        [month, whole] if four(whole) || named(month).is_some() => (year(whole)?, number_of(month)?, 1),
        [whole, month, day] if four(whole) => (year(whole)?, number_of(month)?, ordinal(day)?),
        [month, day, whole] if named(month).is_some() => (year(whole)?, named(month)?, ordinal(day)?),
        [day, month, whole] => (year(whole)?, number_of(month)?, ordinal(day)?),
        _ => return None,
    };
    let real = (1900..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    real.then_some((year, month))
}

/// A word without the time of day that a `T` divides from a day.
fn before_time(word: &str) -> &str {
    word.split_once('T').filter(|(day, _)| day.ends_with(|c: char| c.is_ascii_digit())).map_or(word, |(day, _)| day)
}

/// A month, as a number or by its name.
fn number_of(month: &str) -> Option<u32> {
    named(month).or_else(|| month.parse().ok().filter(|_| month.len() <= 2))
}

/// A month by its name, whole or by three letters.
fn named(month: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let month = month.to_ascii_lowercase();
    let at = MONTHS
        .iter()
        .position(|name| *name == month || month == "sept" && *name == "september" || name.get(..3) == Some(&month))?;
    u32::try_from(at + 1).ok()
}

/// The day of a month: `17` or `17th`.
fn ordinal(day: &str) -> Option<u32> {
    let bare = ["st", "nd", "rd", "th"].iter().find_map(|end| day.strip_suffix(end)).unwrap_or(day);
    bare.parse().ok().filter(|_| bare.len() <= 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Tables hold anything: every value has a group, and what a column is taken for tells most of its values.
        #[test]
        fn any_value_has_a_group(values in proptest::collection::vec("\\PC{0,12}|[0-9/.,%-]{0,11}|[0-9]{1,2} [JFM][a-z]{2,5} [0-9]{2,4}", 1..8)) {
            let kind = ColumnKind::of(values.iter().map(String::as_str));
            let told = values.iter().filter(|value| kind.group(value) != UNKNOWN).count();
            prop_assert!(kind == ColumnKind::Words || told > 0, "{kind:?} {values:?}");
        }
    }

    fn kind(values: &[&str]) -> ColumnKind {
        ColumnKind::of(values.iter().copied())
    }

    #[test]
    fn a_column_is_what_nearly_all_its_values_are() {
        assert_eq!(kind(&["2025-03-17", "", "2024-12"]), ColumnKind::Dates);
        assert_eq!(kind(&["17/03/2025", "3.4.2024", "04/2024", "2025-03-17T10:00"]), ColumnKind::Dates);
        assert_eq!(kind(&["2025-03-17", "soon"]), ColumnKind::Words);
        assert_eq!(kind(&["17-Mar-25", "17 March 2025", "17/03/25", "n/a"]), ColumnKind::Dates);
        assert_eq!(kind(&["\u{a3}1,234", "\u{a3}12,500.50", "n/a"]), ColumnKind::Numbers(1));
        assert_eq!(kind(&["1.2", "2.10", "Mar"]), ColumnKind::Words);
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
    fn dates_are_read_as_people_write_them() {
        let march = Some((2025, 3));
        for (value, expected) in [
            ("2025-03-17", march),
            ("2025-03", march),
            ("17/03/2025", march),
            ("17.3.2025", march),
            ("17/03/25", march),
            ("03/2025", march),
            ("17-Mar-25", march),
            ("17 March 2025", march),
            ("17th march 2025", march),
            ("March 17, 2025", march),
            ("March 2025", march),
            ("Mar-25", march),
            ("2025-03-17T10:00:00Z", march),
            ("17/03/2025 00:00", march),
            ("17/03/2025 10:00 T", None),
            ("1 Sept 1999", Some((1999, 9))),
            ("01/04/98", Some((1998, 4))),
            ("2024-25", None),
            ("17/13/2025", None),
            ("32/03/2025", None),
            ("1/2", None),
            ("1.2.3", None),
            ("10", None),
            ("March", None),
            ("Marching 2025", None),
            ("", None),
        ] {
            assert_eq!(month(value), expected, "{value}");
        }
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (value, expected) in [
            ("7", Some(7)),
            ("7.0", Some(7)),
            ("-0.5", Some(-1)),
            ("12.9", Some(12)),
            ("\u{a3}12,500.50", Some(12_500)),
            ("1,234,567", Some(1_234_567)),
            ("-\u{a3}3", Some(-3)),
            ("45 %", Some(45)),
            ("1,5", None),
            ("12,34", None),
            ("7b", None),
            ("", None),
            ("--3", None),
        ] {
            assert_eq!(whole(value), expected, "{value}");
        }
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
