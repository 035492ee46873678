//! Report: a plan and what was found in it, with the counts that every writer shows.

use crate::plan::{Letter, Plan};
use crate::rules::{Finding, Note, Quiet, Severity, Unread, Verdict};

/// A plan, what the rules found in it, and what they could not tell.
#[derive(Clone, Debug)]
pub struct Report<'r> {
    /// The plan.
    pub plan: Plan,
    /// In reading order, then by rule id.
    pub findings: Vec<Finding<'r>>,
    /// What could not be told, because a part of the file could not be read.
    pub notes: Vec<Note<'r>>,
    /// What was found and is left out of the findings, because the user allows it.
    pub allowed: Vec<Allowed<'r>>,
    /// The rules that found nothing, and why.
    pub quiet: Vec<Quiet<'r>>,
}

/// A finding that the user allows.
#[derive(Clone, Debug)]
pub struct Allowed<'r> {
    /// The finding.
    pub finding: Finding<'r>,
    /// Why it is allowed, in the user's words.
    pub reason: String,
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The law requires it, and the plan does not show it.
    pub errors: usize,
    /// It cannot be relied on.
    pub warnings: usize,
    /// Better practice.
    pub advice: usize,
}

impl Counts {
    /// Counts `findings`.
    pub fn of<'f, 'r: 'f>(findings: impl IntoIterator<Item = &'f Finding<'r>>) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            match finding.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Advice => counts.advice += 1,
            }
        }
        counts
    }

    /// How many have this severity.
    pub fn get(self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.warnings,
            Severity::Advice => self.advice,
        }
    }

    /// All of them.
    pub fn total(self) -> usize {
        self.errors + self.warnings + self.advice
    }
}

impl<'r> Report<'r> {
    /// The report of what the rules say on a plan.
    pub fn new(plan: Plan, verdict: Verdict<'r>) -> Self {
        let Verdict { findings, notes, quiet } = verdict;
        Self { plan, findings, notes, allowed: Vec::new(), quiet }
    }

    /// The same report without a word of the plan: its text is masked, quotes and statements are gone, messages and requests
    /// are worded without them, names and reasons for allowances are left out. What remains is which rule found something,
    /// in which section and where, and what to ask for. No writer can show what the report does not hold.
    #[must_use]
    pub fn redacted(mut self) -> Self {
        self.plan = self.plan.redacted();
        self.findings
            .iter_mut()
            .chain(self.allowed.iter_mut().map(|allowed| &mut allowed.finding))
            .for_each(Finding::redact);
        self.notes.iter_mut().for_each(Note::redact);
        for allowed in &mut self.allowed {
            "not shown".clone_into(&mut allowed.reason);
        }
        self
    }

    /// Whether the words of the plan were taken out.
    pub fn is_redacted(&self) -> bool {
        self.plan.document().is_redacted()
    }

    /// The counts of all findings.
    pub fn counts(&self) -> Counts {
        Counts::of(&self.findings)
    }

    /// The gravest severity found.
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }

    /// What of the file could not be read: at the top of every report.
    pub fn unread(&self) -> Vec<Unread> {
        Unread::of(&self.plan)
    }

    /// The findings of each section in the order of the letters, those of the whole plan first; none is empty.
    pub fn by_section(&self) -> Vec<(Option<Letter>, Vec<&Finding<'r>>)> {
        std::iter::once(None)
            .chain(Letter::ALL.into_iter().map(Some))
            .map(|section| (section, self.findings.iter().filter(|f| f.section == section).collect::<Vec<_>>()))
            .filter(|(_, findings)| !findings.is_empty())
            .collect()
    }

    /// Moves the findings that `meant` means from the findings to those that are allowed, and says how many there are.
    pub fn allow(&mut self, reason: &str, meant: impl Fn(&Finding<'r>) -> bool) -> usize {
        let before = self.allowed.len();
        let (allowed, left) = std::mem::take(&mut self.findings).into_iter().partition(|finding| meant(finding));
        self.findings = left;
        let allowed: Vec<Finding<'r>> = allowed;
        self.allowed.extend(allowed.into_iter().map(|finding| Allowed { finding, reason: reason.to_owned() }));
        self.allowed.len() - before
    }

    /// Drops the findings that are less grave than `floor`.
    pub fn keep_from(&mut self, floor: Severity) {
        self.findings.retain(|finding| finding.severity >= floor);
    }
}
