//! The letters of a plan's sections (SEND Regulations 2014, reg 12(1) and 12(4)).

use std::fmt;

/// A section of an EHC plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "`title` says what each is")]
pub enum Letter {
    A,
    B,
    C,
    D,
    E,
    F,
    G,
    H1,
    H2,
    I,
    J,
    K,
}

impl Letter {
    /// All of them, in the order of the Regulations.
    pub const ALL: [Letter; 12] = [
        Letter::A,
        Letter::B,
        Letter::C,
        Letter::D,
        Letter::E,
        Letter::F,
        Letter::G,
        Letter::H1,
        Letter::H2,
        Letter::I,
        Letter::J,
        Letter::K,
    ];

    /// The letter as it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Letter::A => "A",
            Letter::B => "B",
            Letter::C => "C",
            Letter::D => "D",
            Letter::E => "E",
            Letter::F => "F",
            Letter::G => "G",
            Letter::H1 => "H1",
            Letter::H2 => "H2",
            Letter::I => "I",
            Letter::J => "J",
            Letter::K => "K",
        }
    }

    /// What the section holds, in plain words.
    pub fn title(self) -> &'static str {
        match self {
            Letter::A => "Views, interests and aspirations",
            Letter::B => "Special educational needs",
            Letter::C => "Health needs",
            Letter::D => "Social care needs",
            Letter::E => "Outcomes",
            Letter::F => "Special educational provision",
            Letter::G => "Health provision",
            Letter::H1 => "Social care provision (under 18, 1970 Act)",
            Letter::H2 => "Other social care provision",
            Letter::I => "Placement",
            Letter::J => "Personal budget",
            Letter::K => "Advice and information",
        }
    }

    /// The letter of this name ("F", "h1"), if there is one.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|letter| letter.as_str().eq_ignore_ascii_case(name))
    }

    /// The letters that `code` stands for: one, or both halves of an undivided "H".
    pub fn coded(code: &str) -> Vec<Self> {
        let code: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
        if code.eq_ignore_ascii_case("H") {
            return vec![Letter::H1, Letter::H2];
        }
        Self::named(&code).into_iter().collect()
    }

    /// Whether needs stand in this section.
    pub fn holds_needs(self) -> bool {
        matches!(self, Letter::B | Letter::C | Letter::D)
    }

    /// Whether provision stands in this section.
    pub fn holds_provision(self) -> bool {
        matches!(self, Letter::F | Letter::G | Letter::H1 | Letter::H2)
    }
}

impl fmt::Display for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_codes() {
        assert_eq!(Letter::coded("f"), [Letter::F]);
        assert_eq!(Letter::coded("H 1"), [Letter::H1]);
        assert_eq!(Letter::coded("H"), [Letter::H1, Letter::H2]);
        assert_eq!(Letter::coded("L"), []);
    }
}
