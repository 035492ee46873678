//! Identifiers: what of a plan and its file tells, or helps to tell, who the child is: what and where, never the value.

use crate::audit::record::IdentifierFacts;
use crate::document::FurnitureKind;
use crate::extract::Aside;
use crate::plan::Plan;
use crate::rules::{Identifier, identifiers_in};
use crate::text::{Folded, Span};
use std::collections::BTreeSet;

/// The identifiers of a plan (`inside` are those of its text), of what its file holds beside the text, and of the file's name.
pub(crate) fn register(plan: &Plan, inside: &[Identifier], asides: &[Aside], file_name: &str) -> Vec<IdentifierFacts> {
    let standing = crate::rules::Standing::of(plan);
    let mut found: BTreeSet<IdentifierFacts> = BTreeSet::new();
    for known in inside {
        let (place, section) = place(plan, known.span, &standing);
        found.insert(IdentifierFacts {
            what: known.what.to_owned(),
            place: place.to_owned(),
            detail: section,
            page: plan.document().page_of(known.span),
            valid: known.valid,
            confidence: known.confidence.as_str().to_owned(),
        });
    }
    for aside in asides {
        let outside = Outside { place: aside.place.as_str(), detail: Some(&aside.name) };
        outside.look(plan, &aside.text, &mut found);
        let wrote = matches!(aside.name.as_str(), "author" | "creator" | "lastModifiedBy" | "Manager");
        if wrote && is_person(&aside.text) {
            found.insert(outside.fact("person", None, "medium"));
        }
    }
    let stem = file_name.rsplit('/').next().unwrap_or(file_name);
    Outside { place: "file-name", detail: None }.look(plan, stem, &mut found);
    let folders = file_name.strip_suffix(stem).unwrap_or("");
    Outside { place: "folder-name", detail: None }.look(plan, folders, &mut found);
    found.into_iter().collect()
}

/// A place outside the text.
struct Outside<'a> {
    place: &'a str,
    detail: Option<&'a str>,
}

impl Outside<'_> {
    fn fact(&self, what: &str, valid: Option<bool>, confidence: &str) -> IdentifierFacts {
        IdentifierFacts {
            what: what.to_owned(),
            place: self.place.to_owned(),
            detail: self.detail.map(str::to_owned),
            page: None,
            valid,
            confidence: confidence.to_owned(),
        }
    }

    /// The child's names and date of birth, and what patterns alone tell.
    fn look(&self, plan: &Plan, words: &str, found: &mut BTreeSet<IdentifierFacts>) {
        for (what, valid) in identifiers_in(words) {
            found.insert(self.fact(what, valid, "medium"));
        }
        let levelled = Folded::of(words);
        let words: BTreeSet<&str> = levelled.text().split(|c: char| !c.is_alphanumeric()).collect();
        let mut names = plan.profile().names.iter().flat_map(|name| name.text.split([' ', '\u{a0}', '-']));
        // A pseudonym ("Child R") is no name, and a letter is none.
        let is_name = |name: &str| {
            let name = Folded::of(name).text().to_owned();
            name.chars().count() > 2 && !PSEUDONYMS.contains(&name.as_str()) && words.contains(name.as_str())
        };
        if names.any(is_name) {
            found.insert(self.fact("name", None, "high"));
        }
        if let Some(born) = plan.profile().born.value() {
            let digits: String = levelled.text().chars().filter(char::is_ascii_digit).collect();
            let (year, month, day) = (born.year(), born.month(), born.day());
            let spelt = [format!("{day:02}{month:02}{year}"), format!("{year}{month:02}{day:02}")];
            if spelt.iter().any(|spelt| digits.contains(spelt)) {
                found.insert(self.fact("birth-date", None, "high"));
            }
        }
    }
}

const PSEUDONYMS: &[&str] = &["child", "pupil", "student", "young", "person", "the", "redacted", "anon"];

/// Whether who wrote a file is a person and not a program or an office.
fn is_person(author: &str) -> bool {
    const NONE: &[&str] = &[
        "microsoft",
        "office",
        "user",
        "admin",
        "author",
        "word",
        "council",
        "python",
        "libreoffice",
        "docx",
        "unknown",
        "windows",
        "acrobat",
        "adobe",
        "scanner",
        "canon",
        "xerox",
        "ricoh",
        "service",
        "team",
        "system",
    ];
    let levelled = author.to_lowercase();
    author.chars().filter(|c| c.is_alphabetic()).count() > 1 && !NONE.iter().any(|none| levelled.contains(none))
}

/// In what part of the document some words stand, and in which section.
fn place(plan: &Plan, span: Span, standing: &crate::rules::Standing<'_>) -> (&'static str, Option<String>) {
    match plan.document().furniture().iter().find(|furniture| furniture.span.contains(span)) {
        Some(furniture) if furniture.kind == FurnitureKind::Header => ("header", None),
        Some(_) => ("footer", None),
        None => ("body", standing.section(span).map(|letter| letter.to_string())),
    }
}
