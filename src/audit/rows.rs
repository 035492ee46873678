//! Rows: from records to the rows of the tables, in the order of their columns.

use crate::audit::record::Record;
use crate::render::clean;
use std::collections::BTreeSet;

/// A value of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// Nothing is known.
    Empty,
    /// Text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// True or false.
    Flag(bool),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        if text.is_empty() { Value::Empty } else { Value::Text(text.to_owned()) }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        if text.is_empty() { Value::Empty } else { Value::Text(text) }
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Value::Whole(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Value::Whole(i64::from(number))
    }
}

impl From<i16> for Value {
    fn from(number: i16) -> Self {
        Value::Whole(i64::from(number))
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Value::Flag(flag)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
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
    pub(crate) fn of(record: &Record, section: &str) -> Self {
        let mut count = Self::default();
        for (statement, on) in record.statements.iter().zip(categories(record)) {
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
pub(crate) fn plan(record: &Record, copy: u64, no_paths: bool, template: &str, meta: &[String]) -> Vec<Value> {
    let file = &record.file;
    let kinds = |kind: &str| record.statements.iter().filter(|statement| statement.kind == kind).count() as u64;
    let severity = |word: &str| record.findings.iter().filter(|finding| finding.severity == word).count() as u64;
    let letters = |category: &str| {
        let found = record.findings.iter().filter(|finding| finding.category == category);
        found.filter_map(|finding| finding.section.as_deref()).collect::<BTreeSet<_>>()
    };
    let joined = |letters: BTreeSet<&str>| letters.into_iter().collect::<Vec<_>>().join(" ");
    // A name can hold anything; in a table it steers no screen.
    let name = if no_paths { String::new() } else { clean(&file.name) };
    let mut row: Vec<Value> = vec![
        record.id().into(),
        name.into(),
        file.outcome.as_str().into(),
        file.reason.as_str().into(),
        copy.into(),
        file.bytes.into(),
    ];
    if let Some(plan) = &record.plan {
        let provisions = Provisions::of(record, "F");
        row.extend([
            plan.format.as_str().into(),
            plan.pages.into(),
            plan.words.into(),
            plan.stage.as_str().into(),
            plan.issued.clone().into(),
            plan.age.into(),
            plan.year_group.into(),
            plan.setting.clone().into(),
            plan.anonymised.into(),
            plan.gaps.into(),
            plan.names_placement.into(),
            plan.types_placement.into(),
            joined(letters("section-missing")).into(),
            joined(letters("section-empty")).into(),
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
    let columns = crate::audit::schema::table("plans").columns.len();
    row.resize(columns, Value::Empty);
    row.extend(meta.iter().map(|value| Value::from(value.as_str())));
    row
}

/// The rows of `findings`.
pub(crate) fn findings(record: &Record, with_text: bool) -> Vec<Vec<Value>> {
    let row = |finding: &crate::audit::record::FindingFacts| {
        let mut row: Vec<Value> = vec![
            record.id().into(),
            finding.rule.as_str().into(),
            finding.category.as_str().into(),
            finding.severity.as_str().into(),
            finding.confidence.as_str().into(),
            finding.section.clone().into(),
            finding.statement.into(),
            finding.page.into(),
            finding.missing.as_str().into(),
            finding.softened.into(),
            finding.fingerprint.clone().into(),
        ];
        if with_text {
            let words = finding.words.as_ref();
            row.push(words.map(|words| words.message.as_str()).into());
            row.push(words.map(|words| words.quote.as_str()).into());
        }
        row
    };
    record.findings.iter().map(row).collect()
}

/// The rows of `statements`.
pub(crate) fn statements(record: &Record, with_text: bool) -> Vec<Vec<Value>> {
    let all = record.statements.iter().zip(categories(record)).zip(1u64..);
    all.map(|((statement, on), number)| {
        let mut row: Vec<Value> = vec![
            record.id().into(),
            number.into(),
            statement.section.as_str().into(),
            statement.kind.as_str().into(),
            statement.sort.clone().into(),
            statement.area.clone().into(),
            statement.page.into(),
            statement.row.map(|(table, _)| table).into(),
            statement.row.map(|(_, row)| row).into(),
            statement.words.into(),
            on.into_iter().collect::<Vec<_>>().join(" ").into(),
        ];
        if with_text {
            row.push(statement.text.clone().into());
        }
        row
    })
    .collect()
}

/// The rows of `identifiers`.
pub(crate) fn identifiers(record: &Record) -> Vec<Vec<Value>> {
    let row = |found: &crate::audit::record::IdentifierFacts| {
        vec![
            record.id().into(),
            found.what.as_str().into(),
            found.place.as_str().into(),
            found.detail.clone().into(),
            found.page.into(),
            found.valid.into(),
            found.confidence.as_str().into(),
        ]
    };
    record.identifiers.iter().map(row).collect()
}

/// A row of `repeated`.
#[derive(Clone, Debug)]
pub struct Repeated {
    /// Id of the sentence.
    pub sentence: String,
    /// Id of the plan.
    pub plan: String,
    /// Number of the statement, from one.
    pub statement: u64,
    /// Its section.
    pub section: String,
    /// Its kind.
    pub kind: String,
    /// `template` or `copied`.
    pub origin: &'static str,
    /// In how many plans the sentence stands.
    pub plans: u64,
    /// In how many wordings.
    pub wordings: u64,
}

impl Repeated {
    pub(crate) fn row(&self) -> Vec<Value> {
        vec![
            self.sentence.as_str().into(),
            self.plan.as_str().into(),
            self.statement.into(),
            self.section.as_str().into(),
            self.kind.as_str().into(),
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
    pub(crate) fn row(&self) -> Vec<Value> {
        vec![
            self.template.as_str().into(),
            self.plans.into(),
            self.headings.into(),
            self.first.clone().into(),
            self.last.clone().into(),
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
    pub(crate) fn row(&self) -> Vec<Value> {
        vec![self.plan.as_str().into(), self.other.as_str().into(), self.values.into()]
    }
}
