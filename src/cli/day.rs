//! A day as people write it: on the command line, and in the settings.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, de};

/// A day: `2026-11-22`, `22/11/2026` or `22.11.2026`; in the settings with or without quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(pub(crate) Date);

/// Reads a day: year, month, day or day, month, year.
pub(crate) fn day(text: &str) -> Result<Day, String> {
    let parts: Vec<&str> = text.trim().split(['-', '/', '.']).collect();
    let read = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => date(year, month, day),
        [day, month, year] if year.len() == 4 => date(year, month, day),
        _ => None,
    };
    read.map(Day).ok_or_else(|| "write a day as 2026-11-22 or 22/11/2026".to_owned())
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = match toml::Value::deserialize(deserializer)? {
            toml::Value::String(text) => text,
            toml::Value::Datetime(day) => day.to_string(),
            _ => String::new(),
        };
        day(&written).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(day(text).ok().map(|Day(date)| date.to_string()).as_deref(), expected, "{text}");
    }

    #[test]
    fn reads_days_as_people_write_them() {
        check("2026-11-22", Some("2026-11-22"));
        check("22/11/2026", Some("2026-11-22"));
        check("1.2.2026", Some("2026-02-01"));
        check("11/22/2026", None);
        check("22/11/26", None);
        check("2026-02-30", None);
        check("tomorrow", None);
    }
}
