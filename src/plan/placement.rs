//! What Section I names.

use crate::text::Span;

/// One institution or type that Section I names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// The words of the statement.
    pub span: Span,
    /// The name of an institution.
    pub name: Option<Span>,
    /// The type of an institution ("a community special school").
    pub kind: Option<Span>,
    /// The kind of setting that the type says.
    pub setting: Option<Setting>,
    /// Words that make the naming depend on something ("subject to a vacancy").
    pub condition: Option<Span>,
    /// Dates or terms from or until which it holds.
    pub dated: bool,
}

/// The kind of setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Setting {
    /// A mainstream early years setting, school or academy; a resourced base in one too.
    Mainstream,
    /// A special school.
    Special,
    /// A further education or sixth form college.
    College,
    /// Education otherwise than in a school or college (Children and Families Act 2014, s.61).
    Otherwise,
}

impl Setting {
    /// Every kind of setting.
    pub const ALL: &'static [Setting] = &[Setting::Mainstream, Setting::Special, Setting::College, Setting::Otherwise];

    /// Its name in rules, settings and tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Setting::Mainstream => "mainstream",
            Setting::Special => "special",
            Setting::College => "college",
            Setting::Otherwise => "otherwise",
        }
    }
}
