//! Everything that tells, or helps to tell, who the child is: in any plan, and in words that stand outside its text.

use crate::plan::Plan;
use crate::rules::check::check_digit::{is_nhs_number, is_pupil_number};
use crate::rules::check::personal_data::{EMAIL, NHS, POSTCODE, STREET, UPN, What, paragraphs};
use crate::rules::hit::Confidence;
use crate::text::Regex;
use crate::text::Span;

/// A value that tells, or helps to tell, who the child is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Identifier {
    /// What it is, as the rules name it: `name`, `nhs-number`.
    pub(crate) what: &'static str,
    /// The words.
    pub(crate) span: Span,
    /// How sure it is.
    pub(crate) confidence: Confidence,
    /// Whether its check digit is right, for the numbers that have one.
    pub(crate) valid: Option<bool>,
}

/// Every identifier in the text of a plan, whether or not it is said to be anonymised.
pub(crate) fn identifiers(plan: &Plan) -> Vec<Identifier> {
    let all = paragraphs(plan);
    What::ALL
        .iter()
        .flat_map(|what| what.hits(plan, &all).into_iter().map(move |hit| (what, hit)))
        .flat_map(|(what, hit)| hit.marks.into_iter().take(1).map(move |span| (what, span, hit.confidence)))
        .map(|(what, span, confidence)| {
            let valid = what.check_digit().map(|is_right| is_right(plan.slice(span)));
            Identifier { what: what.as_str(), span, confidence, valid }
        })
        .collect()
}

/// What patterns alone tell of words that stand outside the text, in a file's name or its properties: what it is, and
/// whether its check digit is right.
pub(crate) fn identifiers_in(words: &str) -> Vec<(&'static str, Option<bool>)> {
    let held =
        |pattern: &Regex, right: fn(&str) -> bool| pattern.find_iter(words).map(|found| right(found.as_str())).max();
    let mut found = Vec::new();
    // Ten digits in a row are many things, so a number outside the text counts only with the right check digit.
    if held(&NHS, is_nhs_number) == Some(true) {
        found.push((What::NhsNumber.as_str(), Some(true)));
    }
    if held(&UPN, is_pupil_number) == Some(true) {
        found.push((What::PupilNumber.as_str(), Some(true)));
    }
    for (what, pattern) in [(What::Email, &EMAIL), (What::Address, &POSTCODE), (What::Address, &STREET)] {
        if pattern.is_match(words) && !found.contains(&(what.as_str(), None)) {
            found.push((what.as_str(), None));
        }
    }
    found
}

impl What {
    const ALL: &'static [What] =
        &[What::Name, What::BirthDate, What::NhsNumber, What::PupilNumber, What::Address, What::Phone, What::Email];

    fn as_str(self) -> &'static str {
        match self {
            What::Name => "name",
            What::BirthDate => "birth-date",
            What::NhsNumber => "nhs-number",
            What::PupilNumber => "pupil-number",
            What::Address => "address",
            What::Phone => "phone",
            What::Email => "email",
        }
    }

    fn check_digit(self) -> Option<fn(&str) -> bool> {
        match self {
            What::NhsNumber => Some(is_nhs_number),
            What::PupilNumber => Some(is_pupil_number),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_identifiers_by_pattern_alone() {
        let check = |words: &str, expected: &[(&str, Option<bool>)]| assert_eq!(identifiers_in(words), expected);
        check("EHCP 943 476 5919 final.docx", &[("nhs-number", Some(true))]);
        check("EHCP 943 476 5918 final.docx", &[]);
        check("H801200001001.pdf", &[("pupil-number", Some(true))]);
        check("12 Larch Close LS1 4AB", &[("address", None)]);
        check("sam@example.org", &[("email", None)]);
        check("plan 12 final", &[]);
    }
}
