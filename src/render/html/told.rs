//! What a report tells, numbered: every finding has a number by which the words, the tables and its explanation name it.

use crate::plan::{Letter, Plan, Statement, StatementKind};
use crate::render::clean::clean;
use crate::report::Report;
use crate::rules::{Anchor, Category, Finding, Severity};
use crate::text::{Span, shorten};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// A report with the names of its parts.
pub(crate) struct Told<'t> {
    /// The report.
    pub(crate) report: &'t Report<'t>,
    /// What the ids of its parts begin with.
    pub(crate) id: &'t str,
    /// The level of the headings of its parts.
    pub(crate) level: u8,
    /// For each finding its number, from one: in the order in which the page explains them, section by section.
    numbers: Vec<usize>,
    /// For each rule, by id, the number of its first finding.
    first: BTreeMap<&'t str, usize>,
    /// For each statement the findings on it, by index.
    on: BTreeMap<usize, Vec<usize>>,
}

impl<'t> Told<'t> {
    /// The names for `report`.
    pub(crate) fn of(report: &'t Report<'t>, id: &'t str, level: u8) -> Self {
        let mut order: Vec<usize> = (0..report.findings.len()).collect();
        order.sort_by_key(|&index| report.findings.get(index).map(|finding| finding.section));
        let mut numbers = vec![0; order.len()];
        for (number, index) in (1..).zip(order) {
            if let Some(known) = numbers.get_mut(index) {
                *known = number;
            }
        }
        let (mut first, mut on) = (BTreeMap::new(), BTreeMap::<usize, Vec<usize>>::new());
        for (index, finding) in (0..).zip(&report.findings) {
            let number = numbers.get(index).copied().unwrap_or_default();
            let least = first.entry(finding.rule.id.as_str()).or_insert(number);
            *least = number.min(*least);
            if let Some(statement) = finding.statement {
                on.entry(statement).or_default().push(index);
            }
        }
        Self { report, id, level, numbers, first, on }
    }

    /// The plan.
    pub(crate) fn plan(&self) -> &'t Plan {
        &self.report.plan
    }

    /// The finding of this index.
    pub(crate) fn finding(&self, index: usize) -> Option<&'t Finding<'t>> {
        self.report.findings.get(index)
    }

    /// The ids of the headings that name this part: where there are several reports, that of the report comes first, so that
    /// no two parts of the page have the same name.
    pub(crate) fn labelled(&self, part: &str) -> String {
        let id = self.id;
        if self.level > 2 { format!("{id}-title {id}-{part}") } else { format!("{id}-{part}") }
    }

    /// The number of the finding of this index.
    pub(crate) fn number(&self, index: usize) -> usize {
        self.numbers.get(index).copied().unwrap_or_default()
    }

    /// The number of the first finding of the same rule: only there is everything shown open.
    pub(crate) fn first_like(&self, finding: &Finding<'_>) -> Option<usize> {
        self.first.get(finding.rule.id.as_str()).copied()
    }

    /// Whether this finding is the first of its rule.
    pub(crate) fn is_first(&self, index: usize) -> bool {
        self.finding(index).and_then(|finding| self.first_like(finding)) == Some(self.number(index))
    }

    /// The findings on the statement of this index that say that it is not specific.
    pub(crate) fn unspecific(&self, statement: usize) -> Vec<usize> {
        let open = |finding: &Finding<'_>| finding.rule.category.leaves_provision_open();
        self.on(statement).filter(|&index| self.finding(index).is_some_and(open)).collect()
    }

    /// The findings of a category on the statement of this index.
    pub(crate) fn of_category(&self, statement: usize, category: Category) -> Option<usize> {
        self.on(statement).find(|&index| self.finding(index).is_some_and(|finding| finding.rule.category == category))
    }

    /// The findings on the statement of this index.
    fn on(&self, statement: usize) -> impl Iterator<Item = usize> {
        self.on.get(&statement).into_iter().flatten().copied()
    }

    /// The statements of this kind, with their indices.
    pub(crate) fn statements(&self, kind: StatementKind) -> impl Iterator<Item = (usize, &'t Statement)> {
        (0..).zip(self.plan().statements()).filter(move |(_, statement)| statement.kind == kind)
    }

    /// The beginning of a statement's words, for a table or a list.
    pub(crate) fn short(&self, statement: &Statement) -> String {
        const LONGEST: usize = 110;
        if self.report.is_redacted() {
            return "Words not shown".to_owned();
        }
        let words = clean(&self.plan().words_of(statement));
        shorten(&words, LONGEST)
    }

    /// A link to the explanation of a finding.
    pub(crate) fn link(&self, index: usize) -> Markup {
        let number = self.number(index);
        html! { a href={ "#" (self.id) "-n" (number) } { "note " (number) } }
    }

    /// The id of the place of a statement in the plan's own words.
    pub(crate) fn block_id(&self, block: usize) -> String {
        format!("{}-w{}", self.id, block + 1)
    }
}

/// The words that a finding marks; none for something that is not there and has no heading either.
pub(crate) fn marked(finding: &Finding<'_>) -> Vec<Span> {
    match finding.anchor {
        Anchor::Text(anchor) if finding.marks.is_empty() => vec![anchor],
        _ => finding.marks.iter().copied().filter(|mark| !mark.is_empty()).collect(),
    }
}

/// The word, the sign and the class of a severity: never colour alone.
pub(crate) fn badge(severity: Severity) -> Markup {
    html! { span class={ "badge " (severity.as_str()) } { span aria-hidden="true" { (sign(severity)) " " } (word(severity)) } }
}

/// The word for a severity, at the beginning of a line.
pub(crate) fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Advice => "Advice",
    }
}

/// The sign for a severity.
pub(crate) fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "\u{25a0}",
        Severity::Warning => "\u{25b2}",
        Severity::Advice => "\u{25cf}",
    }
}

/// The class of a section, by which it is chosen.
pub(crate) fn class(section: Option<Letter>) -> &'static str {
    section.map_or("whole", Letter::as_str)
}
