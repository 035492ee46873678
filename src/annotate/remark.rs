//! Remark: one comment to be put into the file, and where in the document it belongs. Every finding is exactly one.

use crate::annotate::wording;
use crate::plan::{Letter, Plan};
use crate::report::Report;
use crate::rules::{Anchor, Finding, Severity};
use crate::text::Span;

/// One comment, and where it belongs.
#[derive(Debug)]
pub(super) struct Remark<'a> {
    /// The words that it stands at.
    pub(super) at: Span,
    /// Every group of words that it is about, `at` among them; none where it is about something absent.
    pub(super) marks: Vec<Span>,
    about: About<'a>,
}

#[derive(Debug)]
enum About<'a> {
    Finding(&'a Finding<'a>, Standing),
    /// The first comment: what this copy is.
    Copy(Vec<String>),
}

/// Why the comment stands where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// At its words, or at the heading or statement that something is missing from.
    There,
    /// Where a section that could not be found would come: before the heading of the next one.
    Before(Letter),
    /// The same, where no later one was found: at the end.
    After(Letter),
    /// At the beginning: it is about the whole plan.
    Whole,
}

impl Remark<'_> {
    /// One that says nothing.
    #[cfg(test)]
    pub(super) fn at(at: Span) -> Self {
        Self { at, marks: vec![at], about: About::Copy(Vec::new()) }
    }

    /// The paragraphs of the comment. `elsewhere` says where the words are, if it cannot stand at them; `one_place`, that
    /// it stands at one of several groups of words.
    pub(super) fn paragraphs(&self, elsewhere: Option<String>, plan: &Plan, one_place: bool) -> Vec<String> {
        match &self.about {
            About::Copy(paragraphs) => paragraphs.clone(),
            About::Finding(finding, standing) => {
                let others = if one_place { self.marks.as_slice() } else { &[] };
                wording::finding(plan, finding, *standing, others, elsewhere)
            }
        }
    }

    /// How grave the finding is; `None` for the comment at the beginning.
    pub(super) fn severity(&self) -> Option<Severity> {
        if let About::Finding(finding, _) = &self.about { Some(finding.severity) } else { None }
    }

    /// What tells it from the other comments of the copy.
    pub(super) fn name(&self) -> &str {
        if let About::Finding(finding, _) = &self.about { &finding.fingerprint } else { "copy" }
    }

    /// Whether it is about the whole plan, so that no words of it are meant more than others.
    pub(super) fn is_whole(&self) -> bool {
        matches!(self.about, About::Copy(_) | About::Finding(_, Standing::Whole))
    }

    /// The words that it is about, or else those that it stands at. Of cells of a row that is judged as one, no headings and
    /// labels between them.
    pub(super) fn words(&self, plan: &Plan) -> Vec<Span> {
        if self.marks.is_empty() {
            return vec![self.at];
        }
        let About::Finding(Finding { statement: Some(statement), .. }, _) = &self.about else {
            return self.marks.clone();
        };
        let parts = plan.statements().get(*statement).map_or(&[][..], |statement| statement.parts.as_slice());
        let within = |mark: Span| {
            let shared = |part: Span| Span::new(part.start.max(mark.start), part.end.min(mark.end));
            let cut: Vec<Span> = parts.iter().map(|part| shared(part.span)).filter(|cut| !cut.is_empty()).collect();
            // a part of a statement can stand outside its cells: the words before its list
            if cut.len() > 1 { cut } else { vec![mark] }
        };
        self.marks.iter().copied().flat_map(within).collect()
    }

    /// Whether it is about words, which can be quoted.
    pub(super) fn has_words(&self) -> bool {
        !self.marks.is_empty()
    }
}

/// The comments for a report: the first one says what the copy is and what was not read, then one for each finding.
pub(super) fn remarks<'a>(report: &'a Report<'_>, warning: Option<&str>) -> Vec<Remark<'a>> {
    let plan = &report.plan;
    let beginning = plan.document().blocks().first().map_or_else(Span::default, |block| block.span);
    let first = Remark { at: beginning, marks: Vec::new(), about: About::Copy(wording::copy(report, warning)) };
    let findings = report.findings.iter().map(|finding| {
        let (at, marks, standing) = match finding.anchor {
            Anchor::Text(span) => (span, marks(span, &finding.marks), Standing::There),
            Anchor::Missing(letter) => {
                let (at, standing) = absence(plan, finding, letter, beginning);
                (at, Vec::new(), standing)
            }
        };
        Remark { at, marks, about: About::Finding(finding, standing) }
    });
    std::iter::once(first).chain(findings).collect()
}

/// The anchor and the other marks, in order, without those that lie in another.
fn marks(anchor: Span, marks: &[Span]) -> Vec<Span> {
    let mut all: Vec<Span> = marks.iter().copied().chain([anchor]).filter(|mark| !mark.is_empty()).collect();
    all.sort_by_key(|mark| (mark.start, usize::MAX - mark.end));
    let mut kept: Vec<Span> = Vec::new();
    for mark in all {
        if !kept.iter().any(|other| other.contains(mark)) {
            kept.push(mark);
        }
    }
    kept
}

/// Where something that is not there would be.
fn absence(plan: &Plan, finding: &Finding<'_>, letter: Option<Letter>, beginning: Span) -> (Span, Standing) {
    if let Some(&heading) = finding.marks.first() {
        return (heading, Standing::There);
    }
    if let Some(statement) = finding.statement.and_then(|index| plan.statements().get(index)) {
        return (statement.span(), Standing::There);
    }
    let Some(letter) = letter.or(finding.section) else { return (beginning, Standing::Whole) };
    if let Some(start) = start(plan, letter) {
        return (start, Standing::There);
    }
    let later = Letter::ALL.into_iter().skip_while(|&other| other != letter).skip(1);
    if let Some(next) = later.into_iter().find_map(|later| start(plan, later)) {
        return (next, Standing::Before(letter));
    }
    let end = plan.document().blocks().last().map_or(beginning, |block| block.span);
    (end, Standing::After(letter))
}

/// The label of a section, or else its first heading, or its first words.
fn start(plan: &Plan, letter: Letter) -> Option<Span> {
    let blocks = plan.document().blocks();
    let section = plan.section(letter);
    let label = section.fragments.iter().find_map(|fragment| fragment.label);
    label.filter(|label| !label.is_empty()).or_else(|| {
        let fragment = section.fragments.first()?;
        let block = fragment.headings.iter().chain(&fragment.blocks).min()?;
        blocks.get(*block).map(|block| block.span)
    })
}
