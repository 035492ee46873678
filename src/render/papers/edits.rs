//! Edits: what is asked for, as words taken out and words put in, at their places in the plan.

use crate::plan::{Letter, Need, Plan, Role, Sort, Statement};
use crate::render::papers::person::Person;
use crate::render::papers::points::sort;
use crate::render::papers::sheet::Run;
use crate::render::papers::wording::{fill, kinds};
use crate::report::Report;
use crate::rules::blanks::blanks;
use crate::rules::{Anchor, Category, Finding};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// A cell of a table: table, row and column.
pub(crate) type At = (u32, u32, u32);

/// The sentences that edits are made with.
pub(crate) struct Sentences<'w> {
    pub(crate) note: &'w str,
    pub(crate) need: &'w str,
    pub(crate) moved: &'w str,
    pub(crate) answered: &'w str,
    pub(crate) remark: &'w str,
    pub(crate) section_text: &'w str,
    pub(crate) verb: &'w str,
}

/// Everything that is asked for.
#[derive(Default)]
pub(crate) struct Edits {
    /// Words that go, in order, apart from each other.
    out: Vec<Span>,
    /// What is put in before a byte of the document's text.
    into: BTreeMap<usize, Vec<Run>>,
    /// What is put into empty cells.
    pub(crate) cells: BTreeMap<At, Vec<Run>>,
    /// Paragraphs at the end of a section.
    pub(crate) ends: BTreeMap<Letter, Vec<Run>>,
    /// Statements that have their footnote.
    noted: BTreeSet<usize>,
    /// How many findings changed or noted something.
    pub(crate) made: usize,
}

impl Edits {
    /// The edits for the findings on the sections of `letters`.
    pub(crate) fn of(report: &Report<'_>, letters: &[Letter], person: &Person, sentences: &Sentences<'_>) -> Self {
        let mut edits = Self::default();
        let mut maker = Maker { edits: &mut edits, report, letters, person, sentences };
        // what is put in the place of words stands before what completes the line
        let completes = |finding: &&Finding<'_>| {
            matches!(finding.rule.category, Category::Unquantified | Category::OutcomeNotSmart)
        };
        for finding in report.findings.iter().filter(|finding| !completes(finding)) {
            maker.add(finding);
        }
        for finding in report.findings.iter().filter(completes) {
            maker.add(finding);
        }
        edits.out.sort_by_key(|span| (span.start, span.end));
        edits.out = edits.out.iter().fold(Vec::new(), |mut joined: Vec<Span>, &span| {
            match joined.last_mut() {
                Some(last) if span.start <= last.end => *last = last.cover(span),
                _ => joined.push(span),
            }
            joined
        });
        edits
    }

    /// The words at `span` with what goes struck out and what comes in put in, both in bold.
    pub(crate) fn runs(&self, plan: &Plan, span: Span) -> Vec<Run> {
        let mut stops: BTreeSet<usize> = [span.start, span.end].into();
        for out in self.out.iter().filter(|out| out.overlaps(span)) {
            stops.extend([out.start.max(span.start), out.end.min(span.end)]);
        }
        stops.extend(self.into.range(span.start..=span.end).map(|(&at, _)| at));
        let stops: Vec<usize> = stops.into_iter().collect();
        let mut runs: Vec<Run> = Vec::new();
        for (at, &stop) in stops.iter().enumerate() {
            let inside = self.out.iter().any(|out| out.start < stop && stop < out.end);
            if let Some(put) = self.into.get(&stop).filter(|_| !inside) {
                runs.extend(put.iter().cloned());
            }
            let Some(&next) = stops.get(at + 1) else { break };
            let gone = self.out.iter().any(|out| out.start <= stop && next <= out.end);
            runs.push(Run { bold: gone, struck: gone, ..Run::plain(plan.slice(Span::new(stop, next))) });
        }
        runs.retain(|run| !run.words.is_empty() || run.note.is_some());
        runs
    }
}

struct Maker<'m, 'p> {
    edits: &'m mut Edits,
    report: &'p Report<'p>,
    letters: &'m [Letter],
    person: &'m Person,
    sentences: &'m Sentences<'m>,
}

impl<'p> Maker<'_, 'p> {
    fn has(&self, letter: Letter) -> bool {
        self.letters.contains(&letter)
    }

    fn add(&mut self, finding: &'p Finding<'p>) {
        let plan = &self.report.plan;
        let chosen = finding.section.is_some_and(|section| self.has(section));
        let statement = finding.statement.and_then(|index| plan.statements().get(index));
        let quote = one_line(if finding.statement_text.is_empty() { &finding.quote } else { &finding.statement_text });
        match finding.rule.category {
            Category::NeedWithoutProvision if self.has(Letter::F) => {
                self.end(Letter::F, fill(self.sentences.need, &[("quote", &quote)]));
            }
            Category::ProvisionWithoutNeed if self.has(Letter::B) => {
                self.end(Letter::B, fill(self.sentences.answered, &[("quote", &quote)]));
            }
            Category::MisplacedProvision if self.has(Letter::F) && finding.section != Some(Letter::F) => {
                let lacks: Vec<Need> =
                    statement.and_then(|s| s.sorted.as_ref()).map_or_else(Vec::new, |sorted| sorted.missing.clone());
                let blanks = blanks(&lacks, sort(plan, finding));
                let blanks = if blanks.is_empty() { blanks } else { format!(", {blanks}") };
                let section = finding.section.map_or("", Letter::as_str);
                let quote = quote.trim_end_matches('.');
                let values = [("section", section), ("quote", quote), ("blanks", &blanks)];
                self.end(Letter::F, fill(self.sentences.moved, &values));
                if chosen {
                    self.take_out(finding);
                }
            }
            _ if !chosen => {}
            Category::Unquantified | Category::OutcomeNotSmart if statement.is_some() => {
                if let Some(statement) = statement {
                    self.complete(finding, statement);
                }
            }
            Category::Conditional | Category::PlacementConditional | Category::PlacementInDraft => {
                self.take_out(finding);
                self.note(finding);
            }
            Category::PlacementTypeOnly => self.put_in(finding, true),
            Category::PlacementTypeMissing => self.put_in(finding, false),
            Category::PlacementMissing | Category::SectionMissing | Category::SectionEmpty => {
                let section = finding.section.map_or("", Letter::as_str);
                let words = if finding.rule.category == Category::PlacementMissing {
                    "[name of the school or college], [type]".to_owned()
                } else {
                    fill(self.sentences.section_text, &[("section", section)])
                };
                if let Some(letter) = finding.section {
                    self.end(letter, words);
                }
            }
            category if kinds().of(category).1.instead.is_some() && !finding.marks.is_empty() => self.swap(finding),
            _ => self.remark(finding),
        }
    }

    /// A paragraph at the end of a section, with its footnote.
    fn end(&mut self, letter: Letter, words: String) {
        let note = Some(self.sentences.note.to_owned());
        let ends = self.edits.ends.entry(letter).or_default();
        if !ends.iter().any(|run| run.words == words) {
            ends.push(Run { note, ..Run::bold(words) });
        }
        self.edits.made += 1;
    }

    fn take_out(&mut self, finding: &Finding<'_>) {
        self.edits.out.extend(finding.marks.iter().filter(|mark| !mark.is_empty()));
    }

    /// The footnote of a statement, where it has none yet; at the last of the marks.
    fn note(&mut self, finding: &Finding<'_>) {
        let at = finding.marks.iter().map(|mark| mark.end).max().unwrap_or_default();
        let run = self.with_note(finding, Run::default());
        self.put(at, run);
        self.edits.made += 1;
    }

    /// The run, with the footnote of the statement where it has none yet.
    fn with_note(&mut self, finding: &Finding<'_>, run: Run) -> Run {
        let new = finding.statement.is_none_or(|statement| self.edits.noted.insert(statement));
        Run { note: new.then(|| self.sentences.note.to_owned()), ..run }
    }

    /// Puts a run in, once: words before a list are judged with each of its items.
    fn put(&mut self, at: usize, run: Run) {
        let runs = self.edits.into.entry(at).or_default();
        let known = runs.iter_mut().find(|known| known.words == run.words);
        match known {
            Some(known) => known.note = known.note.take().or(run.note),
            None => runs.push(run),
        }
    }

    /// Words in place of weak ones; only struck out where what is missing is put into the statement anyway.
    fn swap(&mut self, finding: &Finding<'_>) {
        self.take_out(finding);
        let completed = finding.rule.category == Category::Vague
            && self.report.findings.iter().any(|other| {
                other.statement == finding.statement
                    && finding.statement.is_some()
                    && matches!(other.rule.category, Category::Unquantified | Category::OutcomeNotSmart)
            });
        let instead = kinds().of(finding.rule.category).1.instead.as_deref().unwrap_or_default();
        if completed {
            self.note(finding);
            return;
        }
        // one sum of money is as good as two
        let once = finding.rule.category == Category::FundingInstead;
        for mark in finding.marks.iter().take(if once { 1 } else { usize::MAX }) {
            let words = self.report.plan.slice(*mark).split_whitespace().count();
            let instead = match finding.rule.category {
                Category::NotBinding if words > 1 => self.sentences.verb,
                _ => instead,
            };
            let run = self.with_note(finding, Run::bold(format!(" {instead}")));
            self.put(mark.end, run);
        }
        self.edits.made += 1;
    }

    /// Words before or after the first mark.
    fn put_in(&mut self, finding: &Finding<'_>, before: bool) {
        let instead = kinds().of(finding.rule.category).1.instead.as_deref().unwrap_or_default();
        let Some(mark) = finding.marks.first() else { return self.remark(finding) };
        let (at, words) = if before { (mark.start, instead.to_owned()) } else { (mark.end, format!(", {instead}")) };
        let run = self.with_note(finding, Run::bold(words));
        self.put(at, run);
        self.edits.made += 1;
    }

    /// What a statement does not say, as blanks in the cell where it belongs, or at its end.
    fn complete(&mut self, finding: &Finding<'_>, statement: &Statement) {
        let plan = &self.report.plan;
        let sort = sort(plan, finding);
        let mut by_part: BTreeMap<usize, Vec<Need>> = BTreeMap::new();
        for &need in &finding.missing {
            by_part.entry(part_for(statement, need, sort)).or_default().push(need);
        }
        for (index, needs) in by_part {
            let words = blanks(&needs, sort);
            let Some(part) = statement.parts.get(index) else { continue };
            if part.span.is_empty()
                && let Some(at) = cell_of(plan, statement, index)
            {
                let run = self.with_note(finding, Run::bold(words));
                self.edits.cells.entry(at).or_default().push(run);
                continue;
            }
            let span = if part.span.is_empty() { statement.span() } else { part.span };
            let stops = plan.slice(span).ends_with(['.', ';', ',']);
            let at = if stops { span.end - 1 } else { span.end };
            let run = self.with_note(finding, Run::bold(format!(", {words}")));
            self.put(at, run);
        }
        self.edits.made += 1;
    }

    /// A footnote that says what is wrong, where no wording can be proposed.
    fn remark(&mut self, finding: &Finding<'_>) {
        let ask = kinds().request(finding, sort(&self.report.plan, finding), self.person);
        let note = fill(self.sentences.remark, &[("message", &finding.message), ("ask", &ask)]);
        let run = Run { note: Some(note), ..Run::default() };
        let heading = || {
            let section = self.report.plan.section(finding.section?);
            section.fragments.iter().find_map(|fragment| fragment.label)
        };
        let anchor = match finding.anchor {
            Anchor::Text(span) => Some(span),
            Anchor::Missing(_) => finding.marks.first().copied().or_else(heading),
        };
        match (anchor, finding.section) {
            (Some(span), _) => self.put(span.end, run),
            (None, Some(letter)) => self.edits.ends.entry(letter).or_default().push(run),
            (None, None) => return,
        }
        self.edits.made += 1;
    }
}

/// Index of the part into which the blank for a need belongs: the column for it, or the last words of what is provided.
fn part_for(statement: &Statement, need: Need, sort: Option<Sort>) -> usize {
    let roles: &[Role] = match need {
        Need::Provider | Need::Expertise => &[Role::Provider, Role::ProviderAndMeasure],
        Need::Frequency | Need::Duration | Need::Amount if sort != Some(Sort::Training) => {
            &[Role::Measure, Role::ProviderAndMeasure]
        }
        Need::Date | Need::TimeBound => &[Role::Date, Role::Measure],
        _ => &[],
    };
    let of_role = |role: &Role| statement.parts.iter().position(|part| part.role == *role);
    let what = || {
        let filled = |part: &&crate::plan::Part| part.role == Role::What && !part.span.is_empty();
        statement.parts.iter().rposition(|part| filled(&part))
    };
    let last = || statement.parts.iter().rposition(|part| !part.span.is_empty());
    roles.iter().find_map(of_role).or_else(what).or_else(last).unwrap_or_default()
}

/// The empty cell that a part of a row stands for: below its column heading, or beside its label in a record card.
fn cell_of(plan: &Plan, statement: &Statement, index: usize) -> Option<At> {
    let (number, row) = statement.row?;
    let table = plan.document().tables().get(number as usize)?;
    let cells: Vec<u32> = table.row(row).map(|cell| cell.column).collect();
    let part = statement.parts.get(index)?;
    let header = part.header.and_then(|header| {
        let block = plan.document().blocks().get(plan.document().block_at(header.start))?;
        block.cell.filter(|cell| cell.table == number)
    });
    if let Some(header) = header {
        if header.row < row {
            return cells.contains(&header.column).then_some((number, row, header.column));
        }
        let beside = table.row(header.row).find(|cell| cell.column > header.column && cell.blocks.is_empty())?;
        return Some((number, header.row, beside.column));
    }
    let counted = (cells.len() == statement.parts.len()).then(|| cells.get(index).copied()).flatten()?;
    Some((number, row, counted))
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").replace(" | ", " \u{2013} ")
}
