//! What still tells who the child is, in a plan that is said to be anonymised.

use crate::plan::read::pairs::{Field, Pair};
use crate::plan::{Known, Letter, Plan};
use crate::rules::check::check_digit::{is_nhs_number, is_pupil_number};
use crate::rules::check::passage::home;
use crate::rules::check::wrong_name::{is_of_another, strangers};
use crate::rules::hit::{Confidence, Hit};
use crate::text::Regex;
use crate::text::{MONTHS, Span, Told, own_pattern};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Flags one sort of value.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PersonalData {
    what: What,
}

/// Sorts of value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum What {
    Name,
    BirthDate,
    NhsNumber,
    PupilNumber,
    Address,
    Phone,
    Email,
}

impl What {
    /// Where it stands; `all` are [`paragraphs`] of the plan.
    pub(super) fn hits(self, plan: &Plan, all: &[Paragraph<'_>]) -> Vec<Hit> {
        let pairs = plan.pairs();
        // Few paragraphs have as many digits in a row as a number must have.
        let digits = |least: usize| move |paragraph: &Paragraph<'_>| paragraph.row >= least;
        let found = match self {
            What::Name => return names(plan, pairs, all),
            What::BirthDate => births(plan, pairs, all),
            What::NhsNumber => {
                let loose = matches(all, &NHS, digits(10));
                numbers(plan, values(pairs, Field::NhsNumber), loose, &["nhs"], is_nhs_number)
            }
            What::PupilNumber => {
                let loose = matches(all, &UPN, digits(11));
                numbers(plan, values(pairs, Field::PupilNumber), loose, &["upn", "pupil number"], is_pupil_number)
            }
            What::Address => addresses(plan, pairs, all),
            What::Phone => contacts(plan, pairs, Field::Phone, &PHONE, matches(all, &PHONE, digits(6))),
            What::Email => {
                let found = matches(all, &EMAIL, |paragraph| paragraph.words.contains('@'));
                contacts(plan, pairs, Field::Email, &EMAIL, found)
            }
        };
        once_each(plan, found)
    }
}

impl PersonalData {
    pub(crate) const VALUES: &'static [&'static str] = &["value"];

    pub(crate) fn hits(&self, plan: &Plan) -> Vec<Hit> {
        if matches!(plan.profile().anonymised, Known::Unsaid) {
            return Vec::new();
        }
        self.what.hits(plan, &paragraphs(plan))
    }
}

pub(super) static NHS: LazyLock<Regex> = LazyLock::new(|| own_pattern!(r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b"));
pub(super) static UPN: LazyLock<Regex> =
    LazyLock::new(|| own_pattern!(r"\b[A-HJ-NP-RT-Z] ?(?:\d ?){11}[\dA-HJ-NP-RT-Z]\b"));
static PHONE: LazyLock<Regex> =
    LazyLock::new(|| own_pattern!(r"(?:\+44 ?(?:\(0\) ?)?|\b0)(?:\d[ -]?){9,10}\b|\(0\d{2,4}\) ?\d{3,4} ?\d{3,4}\b"));
pub(super) static EMAIL: LazyLock<Regex> =
    LazyLock::new(|| own_pattern!(r"\b[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}\b"));
pub(super) static POSTCODE: LazyLock<Regex> = LazyLock::new(|| own_pattern!(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"));
pub(super) static STREET: LazyLock<Regex> = LazyLock::new(|| {
    own_pattern!(concat!(
        r"\b(?:Flat \d+[A-Za-z]?,? )?\d{1,4}[A-Za-z]?,? (?:[A-Z][\w'\x{2019}-]+ ){1,3}(?:Road|Rd|Street|St|Avenue|Ave|Lane|Ln|Close|Drive|Dr|Way|Crescent|Court|Place|Terrace|Gardens|Grove|Hill|Row|Square|Walk|Mews|Park|View|Rise|Green|Parade|Croft|Fold|Bank)\b",
        r"(?:,? ?(?:[A-Z][a-z]+(?:[ -][A-Z]?[a-z]+){0,2},? ?){0,3}[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b)?"
    ))
});

/// Each value once, in reading order.
fn once_each(plan: &Plan, mut found: Vec<(Span, Confidence)>) -> Vec<Hit> {
    found.sort_unstable_by_key(|(span, _)| *span);
    let mut seen = BTreeSet::new();
    let mut hits = Vec::new();
    for (span, sure) in found {
        let value: String =
            plan.slice(span).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let inside = hits.iter().any(|hit: &Hit| hit.marks.iter().any(|mark| mark.overlaps(span)));
        if !inside && seen.insert(value) {
            let (section, statement) = home(plan, span);
            let mut hit = Hit::text(span, section).with("value", plan.slice(span)).sure(sure);
            hit.statement = statement;
            hits.push(hit);
        }
    }
    hits
}

fn values(pairs: &[Pair], field: Field) -> impl Iterator<Item = Span> {
    pairs.iter().filter(move |pair| pair.field == field && !pair.value.is_empty()).map(|pair| pair.value)
}

/// A block or a piece of furniture.
pub(super) struct Paragraph<'p> {
    span: Span,
    words: &'p str,
    told: Told<'p>,
    /// How many digits it holds.
    digits: usize,
    /// How many of them stand in a row, with a space or a hyphen between two at most.
    row: usize,
    in_body: bool,
}

/// The body and the furniture, in the order in which they stand.
pub(super) fn paragraphs(plan: &Plan) -> Vec<Paragraph<'_>> {
    let document = plan.document();
    let blocks = document.blocks().iter().map(|block| (block.span, true));
    let spans = blocks.chain(document.furniture().iter().map(|furniture| (furniture.span, false)));
    let paragraph = |(span, in_body)| {
        let words = document.slice(span);
        let digits = words.bytes().filter(u8::is_ascii_digit).count();
        let row = if digits < 6 { digits } else { longest_row(words.as_bytes()) };
        Paragraph { span, words, told: document.told(span), digits, row, in_body }
    };
    spans.map(paragraph).collect()
}

/// The most digits that stand in a row, with a space or a hyphen between two at most.
fn longest_row(text: &[u8]) -> usize {
    let (mut longest, mut row, mut parted) = (0, 0, false);
    for byte in text {
        match byte {
            b'0'..=b'9' => {
                row += 1;
                longest = longest.max(row);
                parted = false;
            }
            b' ' | b'-' if !parted => parted = true,
            _ => (row, parted) = (0, false),
        }
    }
    longest
}

/// Every match of `pattern` in those paragraphs that may hold one.
fn matches(all: &[Paragraph<'_>], pattern: &Regex, may_hold: impl Fn(&Paragraph<'_>) -> bool) -> Vec<Span> {
    let mut spans = Vec::new();
    for paragraph in all.iter().filter(|paragraph| may_hold(paragraph)) {
        let found = pattern.find_iter(&paragraph.told);
        spans.extend(found.map(|found| Span::from(found.range()).shift(paragraph.span.start)));
    }
    spans
}

/// The first group of every match of `pattern` in those paragraphs of the body that may hold one.
fn captured(all: &[Paragraph<'_>], pattern: &Regex, may_hold: impl Fn(&Paragraph<'_>) -> bool) -> Vec<Span> {
    let mut spans = Vec::new();
    for paragraph in all.iter().filter(|paragraph| paragraph.in_body && may_hold(paragraph)) {
        let found = pattern.captures_iter(&paragraph.told).filter_map(|captures| captures.get(1));
        spans.extend(found.map(|found| Span::from(found.range()).shift(paragraph.span.start)));
    }
    spans
}

/// The words before `span` in its line.
fn before(plan: &Plan, span: Span) -> String {
    let text = plan.document().text().get(..span.start).unwrap_or("");
    text.rsplit('\n').next().unwrap_or("").to_lowercase()
}

fn is_taken_out(value: &str) -> bool {
    let lower = value.to_lowercase();
    ["redact", "remov", "withheld", "anonym", "xx", "**", "\u{2588}", "[", "n/a", "not stated"]
        .iter()
        .any(|mark| lower.contains(mark))
}

/// A date of birth ends before so many characters.
const DATE_ENDS: usize = 30;

fn births(plan: &Plan, pairs: &[Pair], all: &[Paragraph<'_>]) -> Vec<(Span, Confidence)> {
    static BORN: LazyLock<Regex> =
        LazyLock::new(|| own_pattern!(r"(?i)\b(?:born (?:on )?|d\.?o\.?b\.?:? |date of birth:? )"));
    let dates =
        |span: Span| crate::plan::read::dates::find(plan.slice(span)).into_iter().map(move |date| (date, span.start));
    let labelled = values(pairs, Field::Born).flat_map(dates);
    // A date begins at once, and has digits.
    let text = plan.document().text();
    let near = |paragraph: &Paragraph<'_>| {
        let end = paragraph.span.end;
        let after = text.as_bytes().get(end..text.len().min(end + DATE_ENDS * char::MAX.len_utf8()));
        paragraph.digits > 0 || after.is_some_and(|after| after.iter().any(u8::is_ascii_digit))
    };
    let spoken = matches(all, &BORN, near).into_iter().flat_map(|lead| {
        let tail = text.get(lead.end..).unwrap_or("");
        let near = tail.char_indices().nth(DATE_ENDS).map_or(tail.len(), |(at, _)| at);
        let rest = Span::new(lead.end, lead.end + near);
        dates(rest).take(1).filter(|(date, _)| date.span.start < 3).collect::<Vec<_>>()
    });
    let whole = labelled.chain(spoken).filter(|(date, _)| date.precision == crate::plan::read::dates::Precision::Day);
    whole.map(|(date, at)| (date.span.shift(at), Confidence::High)).collect()
}

/// Numbers under their label whatever their check digit, and elsewhere those whose check digit is right.
fn numbers(
    plan: &Plan,
    labelled: impl Iterator<Item = Span>,
    loose: Vec<Span>,
    lead: &[&str],
    is_right: fn(&str) -> bool,
) -> Vec<(Span, Confidence)> {
    let labelled = labelled.filter_map(|value| {
        let text = plan.slice(value);
        let digits = text.chars().filter(char::is_ascii_digit).count();
        (digits >= 6 && !is_taken_out(text)).then_some((value, Confidence::High))
    });
    let loose = loose.into_iter().filter_map(|span| {
        let named = lead.iter().any(|word| before(plan, span).contains(word));
        (named || is_right(plan.slice(span)))
            .then_some((span, if named { Confidence::High } else { Confidence::Medium }))
    });
    labelled.chain(loose).collect()
}

/// Words before an address or a number that make it a school's, a council's or a service's.
fn is_official(plan: &Plan, span: Span) -> bool {
    const OFFICES: &[&str] = &[
        "school",
        "college",
        "academy",
        "nursery",
        "council",
        "team",
        "service",
        "office",
        "hospital",
        "clinic",
        "trust",
        "centre",
        "surgery",
        "therap",
        "teacher",
        "nurse",
        "doctor",
        "worker",
        "psychologist",
        "paediatric",
        "adviser",
        "practice",
        "helpline",
        "sendiass",
        "tribunal",
        "civic",
        "county hall",
        "town hall",
        "sen ",
        "send ",
    ];
    const FAMILY: &[&str] = &[
        "home",
        "lives",
        "family",
        "parent",
        "mother",
        "father",
        "carer",
        "address:",
        "mum",
        "dad",
        "nan",
        "grandm",
        "grandf",
        "aunt",
        "uncle",
        "sister",
        "brother",
        "stepm",
        "stepf",
        "guardian",
        "my phone",
        "my mobile",
    ];
    let line = before(plan, span);
    let (section, _) = home(plan, span);
    // Whoever was spoken of last has the number: "The therapist sees him weekly. Mum can be rung on…"
    let last = |words: &[&str]| words.iter().filter_map(|word| last_word(&line, word)).max();
    let (family, office) = (last(FAMILY), last(OFFICES));
    match section {
        Some(Letter::I) => true,
        Some(Letter::K) => family.is_none() || family < office,
        _ => office.is_some() && family < office,
    }
}

/// Where the last word of `line` that begins with `word` does so.
fn last_word(line: &str, word: &str) -> Option<usize> {
    let begins = |at: usize| !line.get(..at).is_some_and(|before| before.ends_with(char::is_alphanumeric));
    line.rmatch_indices(word).map(|(at, _)| at).find(|&at| begins(at))
}

fn addresses(plan: &Plan, pairs: &[Pair], all: &[Paragraph<'_>]) -> Vec<(Span, Confidence)> {
    let labelled = values(pairs, Field::Address).filter(|&value| {
        let text = plan.slice(value);
        !is_taken_out(text) && text.chars().any(|c| c.is_ascii_digit())
    });
    let streets = matches(all, &STREET, |paragraph| paragraph.digits >= 1);
    let streets = streets.into_iter().filter(|&span| !is_official(plan, span));
    let postcodes = matches(all, &POSTCODE, |paragraph| paragraph.digits >= 2);
    let postcodes = postcodes.into_iter().filter(|&span| !is_official(plan, span) && !in_furniture(plan, span));
    let mut found: Vec<(Span, Confidence)> = labelled.map(|span| (span, Confidence::High)).collect();
    for span in streets.chain(postcodes) {
        if !found.iter().any(|(known, _)| known.overlaps(span)) && !in_furniture(plan, span) {
            found.push((span, Confidence::Medium));
        }
    }
    found
}

fn in_furniture(plan: &Plan, span: Span) -> bool {
    plan.document().furniture().iter().any(|furniture| furniture.span.contains(span))
}

fn contacts(plan: &Plan, pairs: &[Pair], field: Field, pattern: &Regex, found: Vec<Span>) -> Vec<(Span, Confidence)> {
    let official = |text: &str| {
        [".gov.uk", ".sch.uk", ".nhs.uk", ".ac.uk", "nhs.net", ".org.uk"]
            .iter()
            .any(|end| text.to_lowercase().contains(end))
    };
    let labelled: Vec<Span> = values(pairs, field).filter(|&value| pattern.is_match(plan.slice(value))).collect();
    let others = found.into_iter().filter(|&span| {
        let in_label = labelled.iter().any(|value| value.contains(span));
        let nhs = field == Field::Phone && before(plan, span).contains("nhs");
        let elsewhere = official(plan.slice(span)) || in_furniture(plan, span) || nhs;
        !elsewhere && (in_label || !is_official(plan, span))
    });
    others.map(|span| (span, Confidence::High)).collect()
}

/// Names under a label, beside a word of kinship, and where the child's letter or pseudonym is expected.
fn names(plan: &Plan, pairs: &[Pair], all: &[Paragraph<'_>]) -> Vec<Hit> {
    static KIN: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(
            r"\b(?:[Mm]um|[Mm]other|[Dd]ad|[Ff]ather|[Bb]rother|[Ss]ister|[Tt]win|[Aa]unt|[Uu]ncle|[Cc]ousin|[Gg]randmother|[Gg]randfather|[Nn]an|[Ff]oster carer),? \(?((?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?[A-Z][a-z\x{e0}-\x{ff}]{2,}(?:[ -][A-Z][a-z]+)*)"
        )
    });
    let mut found: Vec<(Span, Confidence)> = Vec::new();
    for field in [Field::Name, Field::FirstName, Field::Surname, Field::KnownAs, Field::Parents] {
        found.extend(
            values(pairs, field).filter(|&value| is_full_name(plan.slice(value))).map(|span| (span, Confidence::High)),
        );
    }
    let kin = captured(all, &KIN, |_| true).into_iter().filter(|&name| !is_time(plan.slice(name)));
    found.extend(kin.map(|name| (name, Confidence::Medium)));
    found.extend(titled(plan, all));
    found.extend(furniture_names(plan));
    let mut hits = once_each(plan, found);
    let taken: Vec<Span> = hits.iter().flat_map(|hit| hit.marks.clone()).collect();
    let known: BTreeSet<String> =
        taken.iter().flat_map(|&span| plan.slice(span).split_whitespace()).map(str::to_owned).collect();
    for mut hit in strangers(plan) {
        let name = hit.marks.first().map_or("", |&mark| plan.slice(mark)).to_owned();
        if !known.contains(&name) && !is_of_another(plan, &hit) {
            hit.values = vec![("value", name)];
            hits.push(hit);
        }
    }
    hits
}

/// "Dad Saturdays": a day or month beside a word of kinship.
fn is_time(word: &str) -> bool {
    const DAYS: [&str; 9] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Christmas", "Easter"];
    let months = MONTHS.iter().filter(|month| **month != "May"); // "Mum May" is a name
    DAYS.iter().chain(months).any(|time| word.starts_with(time))
}

/// "Miss Boothroyd would like", "Ms Lee, who brings up her two sons": a parent's name, where parents speak or decide.
fn titled(plan: &Plan, all: &[Paragraph<'_>]) -> Vec<(Span, Confidence)> {
    static TITLED: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(concat!(
            r"\b((?:Mr|Mrs|Ms|Miss)\.? (?:and (?:Mr|Mrs|Ms|Miss)\.? )?[A-Z][a-z'\x{2019}]+(?:-[A-Z][a-z]+)?)",
            r"(?:,? \(?(?:who |[A-Z\x{2019}'a-z]+ )?(?:is (?:a|the) )?(?:lone|single|bring(?:s|ing)|rais(?:es|ing)|cares? for|mother|father|mum|dad|parents?|step\w+|foster|grand\w+|aunt|uncle|guardian)\b|['\x{2019}]s? (?:son|daughter|children|family)\b|,? \(?and (?:his|her|their) (?:son|daughter|children|family|partner|husband|wife)\b|",
            r" (?:would like|wants?|hopes?|feels?|says?|said|(?:has|have) (?:not )?(?:requested|asked)|(?:is|are) (?:proud|worried|concerned|keen)|(?:does|do) not want|worr(?:y|ies)|lives?|works? (?:nights|shifts|full|part)|(?:has|have) (?:two|three|four|another|other) ))"
        ))
    });
    let family = |section: Option<Letter>| matches!(section, Some(Letter::A | Letter::D | Letter::J));
    let named = captured(all, &TITLED, |paragraph| paragraph.words.contains('M'));
    named.into_iter().filter(|&span| family(home(plan, span).0)).map(|span| (span, Confidence::Medium)).collect()
}

/// "R. Tolland - amended final EHCP" in a header or footer: a name that stands alone between strokes.
fn furniture_names(plan: &Plan) -> Vec<(Span, Confidence)> {
    static ALONE: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(
            r"(?:^|[|\x{2013}-] ?)((?:[A-Z]\.? ?|[A-Z][a-z]+ )[A-Z][a-z]+(?:-[A-Z][a-z]+)?)(?: ?[|\x{2013}-]|$)"
        )
    });
    static NO_NAME: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(
            r"(?i)council|authority|district|city|county|metropolitan|unitary|combined|partnership|trust|directorate|department|children|families|school|academy|college|plan|service|team|final|draft|borough|county|page|confidential|child|pupil|student|young|person|section|copy|version|education|health|status|print"
        )
    });
    let document = plan.document();
    let names = document.furniture().iter().flat_map(|furniture| {
        let captures = ALONE.captures_iter(document.slice(furniture.span)).filter_map(|captures| captures.get(1));
        captures.map(|name| Span::from(name.range()).shift(furniture.span.start)).collect::<Vec<_>>()
    });
    // What heads the first page is the council's name.
    let head = document.blocks().first().map_or("", |block| document.slice(block.span));
    names
        .filter(|&span| !NO_NAME.is_match(plan.slice(span)) && plan.slice(span) != head.trim())
        .map(|span| (span, Confidence::Medium))
        .collect()
}

/// Two or more capitalised words, none of which says that a name was taken out.
fn is_full_name(value: &str) -> bool {
    static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(
            r"(?i)\b(?:child|pupil|student|young person|parent|mother|father|mum|dad|carer|family|guardian|yp|[a-z])\b",
        )
    });
    let words: Vec<&str> = value.split_whitespace().collect();
    let capital =
        words.iter().filter(|word| word.chars().next().is_some_and(char::is_uppercase) && word.len() > 2).count();
    capital >= 2 && !is_taken_out(value) && !PLACEHOLDER.is_match(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_in_a_row_are_counted() {
        let check = |text: &str, row: usize| assert_eq!(longest_row(text.as_bytes()), row, "{text}");
        check("943 476-5919", 10);
        check("12  34", 2);
        check("1 2-3 a 45", 3);
        check("(01632) 960 123", 6);
        check("", 0);
    }
}
