//! Person: who writes, and of whom: a parent of a child, or a young person of themselves.

use crate::plan::{Profile, Setting};
use jiff::civil::{Date, Weekday};

/// Who writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// A parent or carer.
    Parent,
    /// The young person: after compulsory school age the rights are theirs.
    YoungPerson,
}

/// Who writes, and what the child or young person is called.
pub(crate) struct Person {
    pub(crate) voice: Voice,
    /// The full name, as printed.
    pub(crate) full: Option<String>,
    /// The name for the middle of a sentence.
    pub(crate) short: Option<String>,
}

impl Person {
    /// The person of a plan; the one who writes is told or follows from the date of birth.
    pub(crate) fn of(profile: &Profile, told: Option<Voice>) -> Self {
        let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let names: Vec<String> = profile.names.iter().map(|name| tidy(&name.text)).filter(|n| !n.is_empty()).collect();
        let words = |name: &String| name.split(' ').count();
        let full = names.iter().rev().max_by_key(|name| words(name)).cloned();
        let short = names.iter().find(|name| words(name) == 1).cloned();
        let first = full.as_ref().and_then(|full| full.split(' ').next().map(str::to_owned));
        let voice = told.unwrap_or(if over_school_age(profile) { Voice::YoungPerson } else { Voice::Parent });
        Self { voice, full, short: short.or(first) }
    }

    /// The name, or "me" where the young person writes.
    pub(crate) fn object(&self) -> &str {
        match self.voice {
            Voice::Parent => self.short.as_deref().unwrap_or("my child"),
            Voice::YoungPerson => "me",
        }
    }

    /// "Sam's", or "my" where the young person writes.
    pub(crate) fn possessive(&self) -> String {
        match self.voice {
            Voice::Parent => format!("{}\u{2019}s", self.object()),
            Voice::YoungPerson => "my".to_owned(),
        }
    }
}

/// Whether the last Friday in June of the school year in which they turned 16 lies before the day of the plan. Without a
/// date of birth: whether the plan speaks of Year 12 or later, or is for a college.
fn over_school_age(profile: &Profile) -> bool {
    let (Some(day), Some(end)) = (profile.day(), profile.end_of_year(11)) else {
        let year = profile.years.iter().map(|&(year, _)| year).max();
        return year.map_or(profile.setting.value() == Some(&Setting::College), |year| year >= 12);
    };
    last_friday_of_june(end.year()).is_some_and(|leaving| day > leaving)
}

fn last_friday_of_june(year: i16) -> Option<Date> {
    (24..=30).rev().filter_map(|day| Date::new(year, 6, day).ok()).find(|date| date.weekday() == Weekday::Friday)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Known, Name};
    use crate::text::Span;

    fn check(names: &[&str], born: (i16, i8, i8), day: (i16, i8, i8), expected: (&str, &str, Voice)) {
        let date = |(y, m, d)| Date::new(y, m, d).expect("a date");
        let names = names.iter().map(|name| Name { text: (*name).to_owned(), span: Span::default() }).collect();
        let profile =
            Profile { born: Known::Told(date(born)), as_of: Known::Told(date(day)), names, ..Profile::default() };
        let person = Person::of(&profile, None);
        let names = (person.full.as_deref().unwrap_or(""), person.short.as_deref().unwrap_or(""));
        assert_eq!((names.0, names.1, person.voice), expected);
    }

    #[test]
    fn tells_who_writes_and_of_whom() {
        check(&["Ada Bell", "Ada"], (2015, 1, 1), (2025, 5, 1), ("Ada Bell", "Ada", Voice::Parent));
        check(&["Ada\u{a0} Bell"], (2009, 1, 1), (2025, 6, 27), ("Ada Bell", "Ada", Voice::Parent));
        check(&["K"], (2009, 1, 1), (2025, 6, 28), ("K", "K", Voice::YoungPerson));
        check(&[], (2009, 9, 1), (2026, 6, 25), ("", "", Voice::Parent));
        check(&[], (2009, 9, 1), (2026, 6, 27), ("", "", Voice::YoungPerson));
    }
}
