//! Examine: from a report on one plan to the record that an audit keeps of it.

use crate::audit::identifiers;
use crate::audit::record::{
    FileFacts, FindingFacts, Outcome, PlanFacts, Record, SectionFacts, StatementFacts, Traces, Words,
};
use crate::audit::sketch::{self, Sketcher};
use crate::document::BlockKind;
use crate::extract::Aside;
use crate::plan::{Letter, Plan, Statement};
use crate::render::{area_words, page_of};
use crate::report::Report;
use crate::rules::{Anchor, Category, Finding, Identifier};
use crate::text::{Folded, spaced, telling_words};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// A key for hashes of names, made for one run and thrown away after it, so that nobody can try names against them.
#[derive(Clone, PartialEq, Eq)]
pub struct NameKey(pub [u8; 16]);

/// What a record is made of.
pub struct Examined<'e, 'r> {
    /// The file; its outcome is set here.
    pub file: FileFacts,
    /// The report on the plan in it.
    pub report: &'e Report<'r>,
    /// What the file holds beside its text.
    pub asides: &'e [Aside],
    /// The key for names.
    pub key: &'e NameKey,
    /// Whether words of the plan are to be kept.
    pub with_text: bool,
}

/// The record of a plan.
pub fn examine(examined: Examined<'_, '_>) -> Record {
    let Examined { mut file, report, asides, key, with_text } = examined;
    let plan = &report.plan;
    file.outcome = if plan.read_whole() { Outcome::Read } else { Outcome::Part };
    let sketcher = Sketcher::of(plan);
    let statements = plan.statements().iter().map(|one| statement(plan, &sketcher, one, with_text)).collect();
    let findings = report.findings.iter().map(|one| finding(plan, one, with_text)).collect();
    let inside = crate::rules::identifiers(plan);
    let identifiers = identifiers::register(plan, &inside, asides, &file.name);
    let own = own(plan, &inside, key);
    let traces = Traces { headings: headings(plan), own, mentions: mentions(plan, &inside, key) };
    Record { file, plan: Some(facts(report)), statements, findings, identifiers, traces }
}

fn facts(report: &Report<'_>) -> PlanFacts {
    let plan = &report.plan;
    let profile = plan.profile();
    let day = profile.day();
    let sections = Letter::ALL.into_iter().map(|letter| plan.section(letter)).filter(crate::plan::Section::present);
    let sections: Vec<SectionFacts> = sections
        .map(|section| SectionFacts {
            section: section.letter.to_string(),
            words: section.words(plan.document()) as u64,
            statements: plan.statements_of(section.letter).count() as u64,
        })
        .collect();
    PlanFacts {
        format: plan.document().format().to_owned(),
        pages: plan.document().pages(),
        words: sections.iter().map(|section| section.words).sum(),
        stage: profile.stage.value().map_or("unknown", |stage| stage.as_str()).to_owned(),
        issued: day.map(|day| format!("{:04}-{:02}", day.year(), day.month())),
        age: day.and_then(|day| profile.age_on(day)),
        year_group: day.and_then(|day| profile.year_on(day)),
        setting: profile.setting.value().map(|setting| setting.as_str().to_owned()),
        anonymised: profile.anonymised.value().is_some(),
        gaps: plan.document().gaps().len() as u64,
        names_placement: plan.placements().iter().any(|placement| placement.name.is_some()),
        types_placement: plan.placements().iter().any(|placement| placement.kind.is_some()),
        otherwise: profile.otherwise.value().is_some(),
        sections,
        not_told: report
            .notes
            .iter()
            .map(|note| {
                let section = note.section.or(note.absent).map(|letter| letter.to_string());
                (note.rule.category.as_str().to_owned(), section)
            })
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect(),
        allowed: report.allowed.len() as u64,
    }
}

fn statement(plan: &Plan, sketcher: &Sketcher, statement: &Statement, with_text: bool) -> StatementFacts {
    let words = plan.words_of(statement);
    let (key, sketch) = sketcher.sketch(&words);
    StatementFacts {
        section: statement.letter.to_string(),
        kind: statement.kind.as_str().to_owned(),
        sort: statement.sorted.as_ref().map(|sorted| sorted.sort.as_str().to_owned()),
        area: statement.area.map(|area| area_words(area).to_owned()),
        page: page_of(plan, statement.span()),
        row: statement.row.map(|(table, row)| (table + 1, row + 1)),
        words: telling_words(&words) as u64,
        key,
        sketch,
        text: with_text.then_some(words),
    }
}

fn finding(plan: &Plan, finding: &Finding<'_>, with_text: bool) -> FindingFacts {
    let category = finding.rule.category;
    let judged = finding.statement.and_then(|index| plan.statements().get(index));
    let at = match finding.anchor {
        Anchor::Text(span) => Some(span),
        Anchor::Missing(_) => judged.map(Statement::span),
    };
    // A section that is missing is what the finding is about, though it stands in none.
    let absent = if let Anchor::Missing(letter) = finding.anchor { letter } else { None };
    // A short value (a name, a date) could be found from its hash by trying them all.
    let telling =
        matches!(category, Category::PersonalData | Category::WrongName | Category::OutOfDate | Category::Late);
    FindingFacts {
        rule: finding.rule.id.clone(),
        category: category.as_str().to_owned(),
        severity: finding.severity.as_str().to_owned(),
        confidence: finding.confidence.as_str().to_owned(),
        section: finding.section.or(absent).map(|letter| letter.to_string()),
        statement: finding.statement.map(|index| index as u64 + 1),
        page: at.and_then(|span| page_of(plan, span)),
        missing: finding.missing.iter().map(|need| need.as_str()).collect::<Vec<_>>().join(" "),
        softened: finding.softened.is_some(),
        fingerprint: (!telling && judged.is_some()).then(|| finding.fingerprint.clone()),
        words: with_text.then(|| Words { message: finding.message.clone(), quote: finding.quote.clone() }),
    }
}

/// The labels of sections and the headings of columns: what the template brings, whatever the child.
fn headings(plan: &Plan) -> Vec<u64> {
    let document = plan.document();
    let names = plan.profile().name_words();
    let labels = plan.fragments().iter().filter_map(|fragment| fragment.label).map(|span| document.slice(span));
    let columns = plan.statements().iter().flat_map(|statement| &statement.parts).filter_map(|part| part.header);
    let columns = columns.map(|span| document.slice(span));
    let styled = document.blocks().iter().filter(|block| matches!(block.kind, BlockKind::Heading { .. }));
    let styled = styled.map(|block| document.slice(block.span)).filter(|text| spaced(text).count() <= 12);
    let levelled = labels.chain(columns).chain(styled).map(|text| {
        let folded = Folded::of(text);
        let words = folded.text().split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 1);
        words.filter(|word| !names.has(word)).collect::<Vec<_>>().join(" ")
    });
    let all: BTreeSet<u64> = levelled.filter(|text| !text.is_empty()).map(|text| sketch::hash(&text)).collect();
    all.into_iter().collect()
}

fn keyed(key: &NameKey, what: &str, value: &str) -> u64 {
    let mut digest = Sha256::new();
    digest.update(key.0);
    digest.update(what);
    digest.update([0]);
    digest.update(value);
    digest.finalize().iter().take(8).fold(0, |number, &byte| number << 8 | u64::from(byte))
}

/// The child's names of two words and more, and numbers.
fn own(plan: &Plan, inside: &[Identifier], key: &NameKey) -> Vec<u64> {
    let names = plan.profile().names.iter().flat_map(|name| pairs_of(&name.text));
    let mut own: BTreeSet<u64> = names.map(|pair| keyed(key, "name", &pair)).collect();
    own.extend(numbers(plan, inside).map(|(what, number)| keyed(key, what, &number)));
    own.into_iter().collect()
}

/// Every pair of capitalised words and every number, wherever it stands.
fn mentions(plan: &Plan, inside: &[Identifier], key: &NameKey) -> Vec<u64> {
    let document = plan.document();
    let spans = document.blocks().iter().map(|block| block.span);
    let spans = spans.chain(document.furniture().iter().map(|furniture| furniture.span));
    let pairs = spans.flat_map(|span| pairs_of(document.slice(span)));
    let mut mentions: BTreeSet<u64> = pairs.map(|pair| keyed(key, "name", &pair)).collect();
    mentions.extend(numbers(plan, inside).map(|(what, number)| keyed(key, what, &number)));
    mentions.into_iter().collect()
}

/// Numbers with a right check digit, levelled.
fn numbers(plan: &Plan, inside: &[Identifier]) -> impl Iterator<Item = (&'static str, String)> {
    inside.iter().filter(|known| known.valid == Some(true)).map(|known| {
        let text = plan.slice(known.span).chars().filter(char::is_ascii_alphanumeric).collect();
        (known.what, text)
    })
}

/// Neighbouring capitalised words, in lower case: "Sam Hall" is one pair, "Sam James Hall" is two and the outer one.
fn pairs_of(text: &str) -> Vec<String> {
    let pair = |one: &str, other: &str| format!("{one} {other}").to_lowercase();
    let (mut near, mut over) = (Vec::new(), Vec::new());
    let (mut first, mut second) = (None, None);
    for word in spaced(text) {
        let third = capitalised(word);
        if let (Some(one), Some(other)) = (second, third) {
            near.push(pair(one, other));
            over.extend(first.map(|first| pair(first, other)));
        }
        (first, second) = (second, third);
    }
    near.append(&mut over);
    near
}

/// A word of two letters or more that begins with a capital, without the marks around it and the "'s" of whose it is.
fn capitalised(word: &str) -> Option<&str> {
    let begins = word.bytes().find(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())?;
    // Most words begin with a small letter.
    if begins.is_ascii_lowercase() || begins.is_ascii_digit() {
        return None;
    }
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let word = word.strip_suffix("\u{2019}s").or(word.strip_suffix("'s")).unwrap_or(word);
    let is_name = word.starts_with(char::is_uppercase) && word.chars().filter(|c| c.is_alphabetic()).nth(1).is_some();
    is_name.then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_pairs_of_capitalised_words() {
        let check = |text: &str, expected: &[&str]| assert_eq!(pairs_of(text), expected, "{text}");
        check("with Sam Hall\u{2019}s mother", &["sam hall"]);
        check("Sam James Hall", &["sam james", "james hall", "sam hall"]);
        check("Sam. He sees", &["sam he"]);
        check("Section F", &[]);
    }
}
