//! Rows: from records to the rows of the tables, in the order of their columns.

use crate::audit::record::{FindingFacts, IdentifierFacts, Record};
use crate::audit::schema;
use crate::render::clean;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A value of a row. Most of its text stands in the record already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value<'r> {
    /// Nothing is known.
    Empty,
    /// Text.
    Text(Cow<'r, str>),
    /// A whole number.
    Whole(i64),
    /// True or false.
    Flag(bool),
}

impl<'r> From<&'r str> for Value<'r> {
    fn from(text: &'r str) -> Self {
        if text.is_empty() { Value::Empty } else { Value::Text(Cow::Borrowed(text)) }
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        if text.is_empty() { Value::Empty } else { Value::Text(Cow::Owned(text)) }
    }
}

impl From<u64> for Value<'_> {
    fn from(number: u64) -> Self {
        Value::Whole(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Value::Whole(i64::from(number))
    }
}

impl From<i16> for Value<'_> {
    fn from(number: i16) -> Self {
        Value::Whole(i64::from(number))
    }
}

impl From<bool> for Value<'_> {
    fn from(flag: bool) -> Self {
        Value::Flag(flag)
    }
}

impl<'r, T: Into<Value<'r>>> From<Option<T>> for Value<'r> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Empty, Into::into)
    }
}

/// Categories by which the wording of a provision leaves open what is to be done.
pub(crate) const LOOSE: &[&str] = &["vague", "conditional", "delegated", "not-binding", "funding-instead"];
pub(crate) const UNQUANTIFIED: &str = "unquantified";

/// The categories found on each statement, by its number.
pub(crate) fn categories(record: &Record) -> Vec<BTreeSet<&str>> {
    let mut all: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); record.statements.len()];
    for finding in &record.findings {
        let index = finding.statement.and_then(|number| usize::try_from(number.checked_sub(1)?).ok());
        if let Some(on) = index.and_then(|index| all.get_mut(index)) {
            on.insert(&finding.category);
        }
    }
    all
}

/// Provisions of Section F: all, quantified, specified, both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Provisions {
    pub(crate) all: u64,
    pub(crate) quantified: u64,
    pub(crate) specified: u64,
    pub(crate) both: u64,
}

impl Provisions {
    /// Those of a section; `categories` are those found on each statement.
    pub(crate) fn of(record: &Record, categories: &[BTreeSet<&str>], section: &str) -> Self {
        let mut count = Self::default();
        for (statement, on) in record.statements.iter().zip(categories) {
            if statement.kind != "provision" || statement.section != section {
                continue;
            }
            let quantified = !on.contains(UNQUANTIFIED);
            let specified = !LOOSE.iter().any(|loose| on.contains(loose));
            count.all += 1;
            count.quantified += u64::from(quantified);
            count.specified += u64::from(specified);
            count.both += u64::from(quantified && specified);
        }
        count
    }
}

/// The row of `plans`.
pub(crate) fn plan<'r>(
    record: &'r Record,
    categories: &[BTreeSet<&str>],
    copy: u64,
    no_paths: bool,
    template: &'r str,
    meta: &'r [String],
) -> Vec<Value<'r>> {
    let file = &record.file;
    let kinds = |kind: &str| record.statements.iter().filter(|statement| statement.kind == kind).count() as u64;
    let severity = |word: &str| record.findings.iter().filter(|finding| finding.severity == word).count() as u64;
    let letters = |category: &str| {
        let found = record.findings.iter().filter(|finding| finding.category == category);
        found.filter_map(|finding| finding.section.as_deref()).collect::<BTreeSet<_>>()
    };
    // A name can hold anything; in a table it steers no screen.
    let name = if no_paths { String::new() } else { clean(&file.name) };
    let mut row: Vec<Value<'r>> = vec![
        record.id().into(),
        name.into(),
        file.outcome.as_str().into(),
        file.reason.as_str().into(),
        copy.into(),
        file.bytes.into(),
    ];
    if let Some(plan) = &record.plan {
        let provisions = Provisions::of(record, categories, "F");
        row.extend([
            plan.format.as_str().into(),
            plan.pages.into(),
            plan.words.into(),
            plan.stage.as_str().into(),
            plan.issued.as_deref().into(),
            plan.age.into(),
            plan.year_group.into(),
            plan.setting.as_deref().into(),
            plan.anonymised.into(),
            plan.gaps.into(),
            plan.names_placement.into(),
            plan.types_placement.into(),
            joined(&letters("section-missing")),
            joined(&letters("section-empty")),
            kinds("need").into(),
            kinds("outcome").into(),
            kinds("provision").into(),
            provisions.all.into(),
            provisions.quantified.into(),
            provisions.specified.into(),
            provisions.both.into(),
            severity("error").into(),
            severity("warning").into(),
            severity("advice").into(),
            plan.allowed.into(),
            (record.identifiers.len() as u64).into(),
            template.into(),
        ]);
    }
    row.resize(schema::table("plans").columns.len(), Value::Empty);
    row.extend(meta.iter().map(|value| Value::from(value.as_str())));
    row
}

/// Words with a space between them.
fn joined<'r>(words: &BTreeSet<&'r str>) -> Value<'r> {
    match words.first() {
        Some(word) if words.len() == 1 => (*word).into(),
        _ => words.iter().copied().collect::<Vec<_>>().join(" ").into(),
    }
}

/// The rows of `findings`.
pub(crate) fn findings<'r>(record: &'r Record, with_text: bool) -> impl Iterator<Item = Vec<Value<'r>>> {
    let row = move |finding: &'r FindingFacts| {
        let mut row: Vec<Value<'r>> = vec![
            record.id().into(),
            finding.rule.as_str().into(),
            finding.category.as_str().into(),
            finding.severity.as_str().into(),
            finding.confidence.as_str().into(),
            finding.section.as_deref().into(),
            finding.statement.into(),
            finding.page.into(),
            finding.missing.as_str().into(),
            finding.softened.into(),
            finding.fingerprint.as_deref().into(),
        ];
        if with_text {
            let words = finding.words.as_ref();
            row.push(words.map(|words| words.message.as_str()).into());
            row.push(words.map(|words| words.quote.as_str()).into());
        }
        row
    };
    record.findings.iter().map(row)
}

/// The rows of `statements`.
pub(crate) fn statements<'r>(
    record: &'r Record,
    categories: &'r [BTreeSet<&'r str>],
    with_text: bool,
) -> impl Iterator<Item = Vec<Value<'r>>> {
    let all = record.statements.iter().zip(categories).zip(1u64..);
    all.map(move |((statement, on), number)| {
        let mut row: Vec<Value<'r>> = vec![
            record.id().into(),
            number.into(),
            statement.section.as_str().into(),
            statement.kind.as_str().into(),
            statement.sort.as_deref().into(),
            statement.area.as_deref().into(),
            statement.page.into(),
            statement.row.map(|(table, _)| table).into(),
            statement.row.map(|(_, row)| row).into(),
            statement.words.into(),
            joined(on),
        ];
        if with_text {
            row.push(statement.text.as_deref().into());
        }
        row
    })
}

/// The rows of `identifiers`.
pub(crate) fn identifiers<'r>(record: &'r Record) -> impl Iterator<Item = Vec<Value<'r>>> {
    let row = move |found: &'r IdentifierFacts| -> Vec<Value<'r>> {
        vec![
            record.id().into(),
            found.what.as_str().into(),
            found.place.as_str().into(),
            found.detail.as_deref().into(),
            found.page.into(),
            found.valid.into(),
            found.confidence.as_str().into(),
        ]
    };
    record.identifiers.iter().map(row)
}

/// A row of `repeated`.
#[derive(Clone, Debug)]
pub struct Repeated<'c> {
    /// Id of the sentence.
    pub sentence: &'c str,
    /// Id of the plan.
    pub plan: String,
    /// Number of the statement, from one.
    pub statement: u64,
    /// Its section.
    pub section: &'static str,
    /// Its kind.
    pub kind: &'static str,
    /// `template` or `copied`.
    pub origin: &'static str,
    /// In how many plans the sentence stands.
    pub plans: u64,
    /// In how many wordings.
    pub wordings: u64,
}

impl Repeated<'_> {
    pub(crate) fn row(&self) -> Vec<Value<'_>> {
        vec![
            self.sentence.into(),
            self.plan.as_str().into(),
            self.statement.into(),
            self.section.into(),
            self.kind.into(),
            self.origin.into(),
            self.plans.into(),
            self.wordings.into(),
        ]
    }
}

/// A row of `templates`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateRow {
    /// Its id.
    pub template: String,
    /// How many plans have it.
    pub plans: u64,
    /// How many labels and headings it has.
    pub headings: u64,
    /// Month of the earliest.
    pub first: Option<String>,
    /// Month of the latest.
    pub last: Option<String>,
}

impl TemplateRow {
    pub(crate) fn row(&self) -> Vec<Value<'_>> {
        vec![
            self.template.as_str().into(),
            self.plans.into(),
            self.headings.into(),
            self.first.as_deref().into(),
            self.last.as_deref().into(),
        ]
    }
}

/// A row of `strangers`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StrangerRow {
    /// The plan in which they stand.
    pub plan: String,
    /// The plan whose they are.
    pub other: String,
    /// How many different ones.
    pub values: u64,
}

impl StrangerRow {
    pub(crate) fn row(&self) -> Vec<Value<'_>> {
        vec![self.plan.as_str().into(), self.other.as_str().into(), self.values.into()]
    }
}
