//! What a plan says of itself: its stage, the person, its dates.

use crate::plan::Setting;
use crate::text::Span;
use jiff::civil::Date;
#[cfg(feature = "audit")]
use std::collections::BTreeSet;

/// What a plan says of itself. Every value travels with the words it was read from.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// Draft, final or amended.
    pub stage: Known<Stage>,
    /// Whether the words leave little doubt about the stage.
    pub stage_sure: bool,
    /// Date of birth.
    pub born: Known<Date>,
    /// The kind of setting that the plan is for.
    pub setting: Known<Setting>,
    /// The child's or young person's names: full, first, known as.
    pub names: Vec<Name>,
    /// Year groups that the plan says the child is in now, as printed (Reception is 0, Nursery is -1).
    pub years: Vec<(i8, Span)>,
    /// The dates of the plan's life.
    pub dates: Vec<PlanDate>,
    /// The day as of which the user wants the plan judged, whatever date it bears.
    pub as_of: Known<Date>,
    /// The plan is said to be anonymised.
    pub anonymised: Known<()>,
    /// The plan is for education otherwise than in a school (Children and Families Act 2014, s.61).
    pub otherwise: Known<()>,
}

/// Words of a child's names, as [`Profile::is_name`] takes them: several plans in one file have as many names as plans, and
/// asking each name about each word would take longer with every one of them.
#[cfg(feature = "audit")]
#[derive(Clone, Debug, Default)]
pub(crate) struct NameWords(BTreeSet<String>);

#[cfg(feature = "audit")]
impl NameWords {
    /// Whether `word` is one of them, whatever its case.
    pub(crate) fn has(&self, word: &str) -> bool {
        let is_lower = word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
        if is_lower { self.0.contains(word) } else { self.0.contains(&lower(word)) }
    }

    /// All of them, in lower case.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

#[cfg(feature = "audit")]
fn lower(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).collect()
}

impl Profile {
    /// The first date of a role.
    pub fn date(&self, role: DateRole) -> Option<&PlanDate> {
        self.dates.iter().find(|date| date.role == role)
    }

    /// The date the plan bears: the last of the dates on which it was drafted, made final or amended.
    pub fn issued(&self) -> Option<&PlanDate> {
        let issued = |date: &&PlanDate| matches!(date.role, DateRole::Amended | DateRole::Final | DateRole::Draft);
        self.dates.iter().filter(issued).max_by_key(|date| date.date)
    }

    /// The day as of which the plan is judged: the one the user gave, or else the date the plan bears.
    pub fn day(&self) -> Option<Date> {
        self.as_of.value().copied().or_else(|| self.issued().map(|issued| issued.date))
    }

    /// Whether `word` is one of the child's names or a part of one, whatever its case.
    pub fn is_name(&self, word: &str) -> bool {
        let same = |name: &str| {
            let lower = |text| str::chars(text).flat_map(char::to_lowercase);
            if name.is_ascii() && word.is_ascii() {
                name.eq_ignore_ascii_case(word)
            } else {
                lower(name).eq(lower(word))
            }
        };
        self.names.iter().any(|name| name.text.split([' ', '\u{a0}']).any(same))
    }

    /// The words of the child's names, for whoever asks about each word of a plan.
    #[cfg(feature = "audit")]
    pub(crate) fn name_words(&self) -> NameWords {
        NameWords(self.names.iter().flat_map(|name| name.text.split([' ', '\u{a0}'])).map(lower).collect())
    }

    /// Whole years of age on `day`, by the date of birth.
    pub fn age_on(&self, day: Date) -> Option<i16> {
        let born = *self.born.value()?;
        let had_birthday = (day.month(), day.day()) >= (born.month(), born.day());
        Some(day.year() - born.year() - i16::from(!had_birthday))
    }

    /// The national curriculum year on `day`, by the date of birth: Reception is 0, before it is below 0.
    pub fn year_on(&self, day: Date) -> Option<i16> {
        Some(school_year_of(day) - self.starts_school()?)
    }

    /// The last day of the school year in which the child is in `year`, by the date of birth.
    pub fn end_of_year(&self, year: i16) -> Option<Date> {
        Date::new(self.starts_school()? + year + 1, 8, 31).ok()
    }

    /// The calendar year of the September in which Reception begins: the school year in which the child turns five.
    fn starts_school(&self) -> Option<i16> {
        let born = *self.born.value()?;
        Some(born.year() + if born.month() >= 9 { 5 } else { 4 })
    }
}

/// The calendar year of the September in which the school year of `day` began.
fn school_year_of(day: Date) -> i16 {
    if day.month() >= 9 { day.year() } else { day.year() - 1 }
}

/// A value with the words it was read from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Known<T> {
    /// The plan says so, here.
    Said(T, Span),
    /// The user said so.
    Told(T),
    /// The plan does not say.
    #[default]
    Unsaid,
}

impl<T> Known<T> {
    /// The value, if known.
    pub fn value(&self) -> Option<&T> {
        match self {
            Known::Said(value, _) | Known::Told(value) => Some(value),
            Known::Unsaid => None,
        }
    }

    /// The words it was read from.
    pub fn span(&self) -> Option<Span> {
        match self {
            Known::Said(_, span) => Some(*span),
            _ => None,
        }
    }
}

/// The stage of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// A first draft (Children and Families Act 2014, s.38).
    Draft,
    /// A draft after a reassessment (SEND Regulations 2014, reg 27).
    ReassessmentDraft,
    /// A notice of proposed amendments (reg 22, 28): a draft, to which s.38(5) does not apply.
    AmendmentDraft,
    /// A first final plan.
    Final,
    /// An amended final plan.
    Amended,
}

impl Stage {
    /// The word of the JSON contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Draft | Stage::ReassessmentDraft | Stage::AmendmentDraft => "draft",
            Stage::Final => "final",
            Stage::Amended => "amended",
        }
    }

    /// Whether it is some kind of draft.
    pub fn is_draft(self) -> bool {
        self.as_str() == "draft"
    }
}

/// A name that the plan uses for the child or young person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name as printed.
    pub text: String,
    /// Where it is given.
    pub span: Span,
}

/// A date of the plan's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanDate {
    /// What happened, or is to happen.
    pub role: DateRole,
    /// When. The first day of the month or term where only that is given.
    pub date: Date,
    /// The words it was read from.
    pub span: Span,
}

/// What a date of the plan's life is the date of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateRole {
    /// The request for an assessment.
    Request,
    /// A draft, or a notice of proposed amendments.
    Draft,
    /// The first final plan.
    FirstFinal,
    /// The final plan.
    Final,
    /// The amended final plan.
    Amended,
    /// The review before the last.
    PreviousReview,
    /// The last review meeting.
    Review,
    /// When the next review is due.
    ReviewDue,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(feature = "audit")]
    fn words_of_names_are_those_that_are_names() {
        let name = |text: &str| Name { text: text.to_owned(), span: Span::new(0, 0) };
        let profile = Profile { names: vec![name("Zo\u{eb} O'Hara-Bell"), name("SAM\u{a0}Lee")], ..Profile::default() };
        let words = profile.name_words();
        for (word, expected) in [
            ("zo\u{eb}", true),
            ("ZO\u{cb}", true),
            ("o'hara-bell", true),
            ("Sam", true),
            ("lee", true),
            ("sam lee", false),
            ("zoe", false),
            ("", false),
        ] {
            assert_eq!((words.has(word), profile.is_name(word)), (expected, expected), "{word}");
        }
    }

    fn check(born: (i16, i8, i8), day: (i16, i8, i8), age: i16, year: i16) {
        let date = |(y, m, d)| Date::new(y, m, d).expect("a date");
        let profile = Profile { born: Known::Told(date(born)), ..Profile::default() };
        assert_eq!(
            (profile.age_on(date(day)), profile.year_on(date(day))),
            (Some(age), Some(year)),
            "{born:?} {day:?}"
        );
    }

    #[test]
    fn works_out_age_and_school_year() {
        check((2009, 5, 17), (2025, 5, 6), 15, 11);
        check((2021, 10, 14), (2025, 2, 27), 3, -2);
        check((2014, 12, 9), (2025, 1, 17), 10, 5);
        check((2007, 11, 23), (2025, 5, 12), 17, 12);
        check((2010, 8, 31), (2024, 9, 1), 14, 10);
        check((2010, 9, 1), (2024, 9, 1), 14, 9);
    }
}
