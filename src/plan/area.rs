//! The four broad areas of need (SEND Code of Practice 2015, 6.28 to 6.35), and what plans add to them.

use crate::text::Folded;

/// An area of need, as a heading or a row title names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// Communication and interaction.
    Communication,
    /// Cognition and learning.
    Cognition,
    /// Social, emotional and mental health.
    Emotional,
    /// Sensory and/or physical.
    Sensory,
    /// Self-care and independence.
    Independence,
    /// Preparing for adulthood.
    Adulthood,
    /// Health.
    Health,
    /// Social care.
    SocialCare,
}

/// Words by which headings name one of the Code's areas. The first that stands in the heading decides.
static BROAD: &[(&str, Area)] = &[
    ("communication and interaction", Area::Communication),
    ("communication & interaction", Area::Communication),
    ("communication, interaction", Area::Communication),
    ("cognition", Area::Cognition),
    ("social, emotional", Area::Emotional),
    ("social emotional", Area::Emotional),
    ("social and emotional", Area::Emotional),
    ("semh", Area::Emotional),
    ("mental health", Area::Emotional),
    ("emotional", Area::Emotional),
    ("sensory", Area::Sensory),
    ("physical", Area::Sensory),
    ("adulthood", Area::Adulthood),
    ("pathways to adult", Area::Adulthood),
    ("adult life", Area::Adulthood),
    ("self-care", Area::Independence),
    ("self care", Area::Independence),
    ("self-help", Area::Independence),
    ("independen", Area::Independence),
];

/// Words by which they may name one where they use none of those.
static FURTHER: &[(&str, Area)] = &[
    ("social care", Area::SocialCare),
    ("speech, language", Area::Communication),
    ("speech and language", Area::Communication),
    ("communication", Area::Communication),
    ("language", Area::Communication),
    ("learning", Area::Cognition),
    ("literacy", Area::Cognition),
    ("numeracy", Area::Cognition),
    ("hearing", Area::Sensory),
    ("vision", Area::Sensory),
    ("motor", Area::Sensory),
    ("wellbeing", Area::Emotional),
    ("well-being", Area::Emotional),
    ("behaviour", Area::Emotional),
    ("health", Area::Health),
];

impl Area {
    /// The area that the words of a heading name, if they name one.
    pub fn named(heading: &str) -> Option<Self> {
        let folded = Folded::of(heading);
        BROAD.iter().chain(FURTHER).find(|(words, _)| begins_a_word(folded.text(), words)).map(|&(_, area)| area)
    }

    /// Whether `heading` is little more than the name of one of the Code's areas, so that its words alone make it a heading.
    pub(crate) fn is_title(heading: &str) -> bool {
        let folded = Folded::of(heading);
        folded.text().split_whitespace().count() <= 9
            && BROAD.iter().any(|(words, _)| begins_a_word(folded.text(), words))
    }
}

/// Whether `words` stand in `text` from the beginning of a word on: "vision", not "provision".
fn begins_a_word(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(heading: &str, expected: Option<Area>) {
        assert_eq!(Area::named(heading), expected, "{heading}");
    }

    #[test]
    fn names_areas() {
        check("Communication and Interaction", Some(Area::Communication));
        check("F1 Cognition & learning", Some(Area::Cognition));
        check("SEMH", Some(Area::Emotional));
        check("Social, Emotional and Mental Health difficulties", Some(Area::Emotional));
        check("Sensory and/or physical", Some(Area::Sensory));
        check("Sensory and Physical, including self-help", Some(Area::Sensory));
        check("Preparing for adulthood", Some(Area::Adulthood));
        check("Self-care and independence", Some(Area::Independence));
        check("Independence, wellbeing and preparation for adulthood", Some(Area::Adulthood));
        check("Adult support", None);
        check("Special educational provision", None);
        check("Moving to school", None);
    }

    #[test]
    fn knows_a_title_by_its_words() {
        assert!(Area::is_title("Cognition and learning"));
        assert!(!Area::is_title("Health"));
        assert!(!Area::is_title(
            "He needs help to regulate his sensory system in class, in assembly and in the dining hall"
        ));
    }
}
