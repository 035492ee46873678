//! Points: the findings as a letter makes them: by section, then by kind, each line of the plan once, the gravest first.

use crate::plan::{Letter, Plan, Sort};
use crate::render::excerpt::Excerpt;
use crate::render::papers::person::Person;
use crate::render::papers::sheet::Run;
use crate::render::papers::wording::kinds;
use crate::render::prose;
use crate::report::Report;
use crate::rules::{Anchor, Category, Finding, Severity};
use crate::text::Span;

/// One line of the plan, with all that is to be said of it.
pub(crate) struct Point<'p> {
    /// Its number in the letter, from one.
    pub(crate) number: usize,
    /// What was found in it, the gravest first.
    pub(crate) findings: Vec<&'p Finding<'p>>,
}

/// The points of one kind in a section.
pub(crate) struct KindGroup<'p> {
    pub(crate) category: Category,
    /// Those whose gravest finding is of this kind.
    pub(crate) points: Vec<Point<'p>>,
    /// The numbers of points of other kinds that are of this kind too.
    pub(crate) also: Vec<usize>,
    /// What the findings of this kind rest on, each once.
    pub(crate) cites: Vec<&'p str>,
}

/// The points of a section.
pub(crate) struct SectionGroup<'p> {
    /// `None`: the whole plan.
    pub(crate) section: Option<Letter>,
    pub(crate) kinds: Vec<KindGroup<'p>>,
}

/// The points of a report, without what could not be read, which has a place of its own.
pub(crate) fn groups<'p>(report: &'p Report<'p>) -> Vec<SectionGroup<'p>> {
    let mut sections: Vec<SectionGroup<'p>> = Vec::new();
    for (section, findings) in report.by_section() {
        let mut points: Vec<Point<'p>> = Vec::new();
        for finding in findings.into_iter().filter(|finding| finding.rule.category != Category::Unreadable) {
            let same = |point: &&mut Point<'p>| {
                point.findings.iter().any(|known| finding.statement.is_some() && known.statement == finding.statement)
            };
            match points.iter_mut().find(same) {
                Some(point) => point.findings.push(finding),
                None => points.push(Point { number: 0, findings: vec![finding] }),
            }
        }
        for point in &mut points {
            point.findings.sort_by_key(|finding| weight(finding));
        }
        let mut kinds: Vec<KindGroup<'p>> = Vec::new();
        for point in points {
            let Some(category) = point.findings.first().map(|finding| finding.rule.category) else { continue };
            kind_group(&mut kinds, category).points.push(point);
        }
        kinds.sort_by_key(|group| group.points.iter().filter_map(Point::weight).min());
        if !kinds.is_empty() {
            sections.push(SectionGroup { section, kinds });
        }
    }
    sections.sort_by_key(|group| group.points().filter_map(Point::weight).min());
    number(&mut sections);
    sections
}

fn kind_group<'g, 'p>(groups: &'g mut Vec<KindGroup<'p>>, category: Category) -> &'g mut KindGroup<'p> {
    let at = groups.iter().position(|group| group.category == category).unwrap_or_else(|| {
        groups.push(KindGroup { category, points: Vec::new(), also: Vec::new(), cites: Vec::new() });
        groups.len() - 1
    });
    &mut groups[at]
}

/// Numbers the points through the letter, and notes with each kind which points of others it is said of too.
fn number(sections: &mut [SectionGroup<'_>]) {
    let mut next = 1;
    for section in sections {
        let mut also: Vec<(Category, usize)> = Vec::new();
        let mut cites: Vec<(Category, &str)> = Vec::new();
        for group in &mut section.kinds {
            for point in &mut group.points {
                point.number = next;
                next += 1;
                for finding in &point.findings {
                    let category = finding.rule.category;
                    if category != group.category && !also.contains(&(category, point.number)) {
                        also.push((category, point.number));
                    }
                    cites.extend(finding.rule.authority.iter().map(|authority| (category, authority.cite.as_str())));
                }
            }
        }
        for &(category, number) in &also {
            kind_group(&mut section.kinds, category).also.push(number);
        }
        for (category, cite) in cites {
            let group = kind_group(&mut section.kinds, category);
            if !group.cites.contains(&cite) {
                group.cites.push(cite);
            }
        }
    }
}

/// What comes first: the gravest, and of equals the kind that costs the child most.
fn weight(finding: &Finding<'_>) -> (std::cmp::Reverse<Severity>, usize) {
    (std::cmp::Reverse(finding.severity), kinds().of(finding.rule.category).0)
}

impl<'p> SectionGroup<'p> {
    pub(crate) fn points(&self) -> impl Iterator<Item = &Point<'p>> {
        self.kinds.iter().flat_map(|group| &group.points)
    }

    /// Whether something in it counts less because the plan names a special school.
    pub(crate) fn softened(&self) -> bool {
        self.points().flat_map(|point| &point.findings).any(|finding| finding.softened.is_some())
    }

    /// "Section F: Special educational provision".
    pub(crate) fn title(&self, whole: &str) -> String {
        self.section.map_or_else(|| whole.to_owned(), |letter| format!("Section {letter}: {}", letter.title()))
    }
}

impl Point<'_> {
    fn weight(&self) -> Option<(std::cmp::Reverse<Severity>, usize)> {
        self.findings.first().map(|finding| weight(finding))
    }

    /// The page of its first words, where the document has pages.
    pub(crate) fn page(&self, plan: &Plan) -> Option<u32> {
        self.findings.iter().find_map(|finding| match finding.anchor {
            Anchor::Text(span) => prose::page(plan, span),
            Anchor::Missing(_) => None,
        })
    }

    /// What the plan says there, the words that are meant in bold; what is wrong, where it says nothing. Not much longer
    /// than `longest` characters.
    pub(crate) fn says(&self, plan: &Plan, longest: usize) -> Vec<Run> {
        let mut marks: Vec<Span> = Vec::new();
        for finding in self.findings.iter().filter(|finding| points_at_words(finding.rule.category)) {
            marks.extend(&finding.marks);
        }
        let first = self.findings.first();
        let statement = first.and_then(|finding| plan.statements().get(finding.statement?));
        let anchors = self.findings.iter().filter_map(|finding| match finding.anchor {
            Anchor::Text(span) => Some(span),
            Anchor::Missing(_) => None,
        });
        let shown: Vec<Span> = if marks.is_empty() && statement.is_none() { anchors.collect() } else { marks.clone() };
        let told = first.map_or("", |finding| finding.message.as_str());
        let is_absence = first.is_none_or(|finding| matches!(finding.anchor, Anchor::Missing(_)));
        let excerpt = Excerpt::marked(plan, statement, &shown, String::new()).filter(|_| !is_absence);
        let Some(mut excerpt) = excerpt else { return vec![Run::plain(told)] };
        if marks.is_empty() {
            excerpt.marks.clear();
        }
        let mut runs = vec![Run::plain("\u{201c}")];
        runs.extend(cut(&excerpt, longest));
        runs.push(Run::plain("\u{201d}"));
        if needs_the_message(first) {
            runs.push(Run::plain(format!("\n{told}")));
        }
        runs
    }

    /// What is asked for, each request once.
    pub(crate) fn requests(&self, plan: &Plan, person: &Person) -> String {
        let mut requests: Vec<String> = Vec::new();
        for finding in &self.findings {
            let request = kinds().request(finding, sort(plan, finding), person);
            if !requests.contains(&request) {
                requests.push(request);
            }
        }
        requests.join(" ")
    }
}

/// The sort of provision of the statement that a finding judges.
pub(crate) fn sort(plan: &Plan, finding: &Finding<'_>) -> Option<Sort> {
    let statement = plan.statements().get(finding.statement?)?;
    statement.sorted.as_ref().map(|sorted| sorted.sort)
}

/// Whether findings of a category are about some words of a line and not about the line.
pub(crate) fn points_at_words(category: Category) -> bool {
    matches!(
        category,
        Category::Vague
            | Category::Conditional
            | Category::Delegated
            | Category::NotBinding
            | Category::FundingInstead
            | Category::OutcomeIsProvision
            | Category::PlacementConditional
            | Category::PlacementInDraft
            | Category::Placeholder
            | Category::WrongName
            | Category::OutOfDate
            | Category::PartTime
            | Category::PersonalData
    )
}

/// Whether the words and the request alone would not say what is wrong.
fn needs_the_message(finding: Option<&&Finding<'_>>) -> bool {
    finding.is_some_and(|finding| {
        matches!(
            finding.rule.category,
            Category::NeedWithoutProvision
                | Category::OutOfDate
                | Category::Late
                | Category::WrongName
                | Category::AdviceMissing
                | Category::AdviceUndated
                | Category::AdulthoodMissing
                | Category::MisplacedProvision
                | Category::ProvisionWithoutNeed
                | Category::SectionsMerged
                | Category::SectionEmpty
                | Category::PlacementTypeMissing
                | Category::PlacementTypeOnly
        )
    })
}

/// The words as runs, cut to about `longest` characters around the marks, cells of a row parted by a dash.
fn cut(excerpt: &Excerpt, longest: usize) -> Vec<Run> {
    let text = excerpt.text.as_str();
    let (mut from, mut to) = (0, text.len());
    if text.chars().count() > longest {
        let centre = excerpt.marks.first().map_or(0, |mark| mark.start);
        let last = excerpt.marks.last().map_or(0, |mark| mark.end).min(centre + longest);
        let room = longest.saturating_sub(last - centre);
        from = boundary(text, centre.saturating_sub(room / 2));
        to = boundary(text, (last + room / 2 + (room / 2).saturating_sub(centre - from)).min(text.len()));
    }
    let mut runs = Vec::new();
    if from > 0 {
        runs.push(Run::plain("\u{2026} "));
    }
    let mut at = from;
    for mark in excerpt.marks.iter().filter(|mark| mark.start >= from && mark.end <= to) {
        runs.push(Run::plain(dashed(&text[at..mark.start])));
        runs.push(Run::bold(dashed(&text[mark.clone()])));
        at = mark.end;
    }
    runs.push(Run::plain(dashed(&text[at..to])));
    if to < text.len() {
        runs.push(Run::plain(" \u{2026}"));
    }
    runs.retain(|run| !run.words.is_empty());
    runs
}

fn dashed(words: &str) -> String {
    words.replace(" | ", " \u{2013} ")
}

/// The nearest end of a word at or before byte `at`.
fn boundary(text: &str, at: usize) -> usize {
    if at >= text.len() {
        return text.len();
    }
    let spaces = text.char_indices().filter(|&(_, c)| c == ' ').map(|(at, _)| at);
    spaces.take_while(|&space| space <= at).last().unwrap_or(0)
}
