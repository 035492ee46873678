//! Letter: what a parent or young person writes to the council about a draft, or about a plan that is final.

use crate::plan::{Letter, Plan, PlanDate, Stage};
use crate::render::papers::letter_words::{StageWords, VoiceWords, words};
use crate::render::papers::measure;
use crate::render::papers::paper::{Paper, PaperError};
use crate::render::papers::person::{Person, Voice};
use crate::render::papers::points::{self, SectionGroup};
use crate::render::papers::sheet::{Cell, Look, Paragraph, Piece, Run, Sheet, Table};
use crate::render::papers::word;
use crate::render::papers::wording::{fill, kinds};
use crate::render::prose;
use crate::report::Report;
use crate::rules::Category;
use jiff::ToSpan;
use jiff::civil::Date;

/// What is asked of a letter.
#[derive(Clone, Copy, Debug, Default)]
pub struct LetterChoice {
    /// One page: the most serious points.
    pub short: bool,
    /// Who writes; otherwise it follows from the date of birth.
    pub voice: Option<Voice>,
}

/// What a letter is written from.
struct Writing<'p> {
    report: &'p Report<'p>,
    person: Person,
    stage: &'static StageWords,
    /// The plan as the letter calls it.
    plan: String,
    groups: Vec<SectionGroup<'p>>,
}

/// The letter on a plan.
pub fn letter(report: &Report<'_>, choice: LetterChoice) -> Result<Paper, PaperError> {
    let stage = report.plan.profile().stage.value().copied().ok_or(PaperError::StageUnknown)?;
    let stages = &words().stage;
    let stage = match stage {
        Stage::Draft => &stages.draft,
        Stage::ReassessmentDraft => &stages.reassessment,
        Stage::AmendmentDraft => &stages.amendment,
        Stage::Final | Stage::Amended => &stages.r#final,
    };
    let dated =
        full_date(&report.plan).map_or_else(String::new, |date| fill(&words().body.dated, &[("date", &day(date))]));
    let writing = Writing {
        report,
        person: Person::of(report.plan.profile(), choice.voice),
        stage,
        plan: fill(&stage.plan, &[("dated", &dated)]),
        groups: points::groups(report),
    };
    if choice.short { writing.short() } else { Ok(writing.whole()) }
}

impl Writing<'_> {
    fn voice(&self) -> &'static VoiceWords {
        match self.person.voice {
            Voice::Parent => &words().parent,
            Voice::YoungPerson => &words().young_person,
        }
    }

    fn fill(&self, sentence: &str) -> String {
        let possessive = self.person.possessive();
        let full = self.person.full.as_deref().unwrap_or(&self.voice().unknown);
        let born = self.report.plan.profile().born.value();
        let born = born.map_or_else(String::new, |&born| fill(&words().body.born, &[("date", &day(born))]));
        let values = [
            ("child", self.person.object()),
            ("childs", &possessive),
            ("full", full),
            ("plan", &self.plan),
            ("born", &born),
        ];
        fill(sentence, &values)
    }

    fn whole(&self) -> Paper {
        let mut sheet = Sheet {
            title: words().notes.heading.clone(),
            size: 22,
            margin: 1247,
            gap: 140,
            bold_headings: true,
            numbered: true,
            pieces: Vec::new(),
        };
        "Letter about an Education, Health and Care plan".clone_into(&mut sheet.title);
        let mut body = Sheet { pieces: Vec::new(), ..sheet.clone() };
        self.head(&mut body);
        self.opening(&mut body);
        self.points(&mut body);
        self.unread(&mut body);
        self.closing(&mut body);
        self.notes(&mut sheet, &blanks_in(&body));
        sheet.pieces.push(Piece::NewPage);
        sheet.pieces.append(&mut body.pieces);
        let pages = measure::pages(&sheet);
        let notices = vec![
            self.who(),
            format!("About {} of A4, the first of them for you.", prose::count(pages, "page", "pages")),
            "The first page of the letter says what is to fill in. Delete it before you send the letter.".to_owned(),
        ];
        Paper { bytes: word::bytes(&sheet), pages: Some(pages), left_out: 0, notices }
    }

    fn head(&self, sheet: &mut Sheet) {
        let head = &words().head;
        for line in &head.sender {
            sheet.say(Look::Right, line.as_str());
        }
        sheet.say(Look::Right, "");
        sheet.say(Look::Right, head.date.as_str());
        for line in &head.to {
            sheet.say(Look::Line, line.as_str());
        }
        sheet.say(Look::Line, "");
        sheet.say(Look::Plain, head.greeting.as_str());
        sheet.push(Look::Plain, vec![Run::bold(self.fill(&self.voice().about))]);
    }

    fn opening(&self, sheet: &mut Sheet) {
        let body = &words().body;
        sheet.say(Look::Plain, format!("{} {}", self.fill(&self.voice().opening), self.stage.basis));
        let count = self.groups.iter().flat_map(SectionGroup::points).count();
        match count {
            0 => sheet.say(Look::Plain, body.no_points.as_str()),
            1 => sheet.say(Look::Plain, format!("{} {}", body.one_point, body.reports)),
            _ => {
                let numbered = fill(&body.numbered, &[("count", &count.to_string())]);
                sheet.say(Look::Plain, format!("{numbered} {}", body.reports));
            }
        }
    }

    fn points(&self, sheet: &mut Sheet) {
        let body = &words().body;
        let mut explained: Vec<(Category, &str)> = Vec::new();
        for group in &self.groups {
            sheet.say(Look::Heading(1), group.title(&body.whole));
            if group.softened() {
                sheet.say(Look::Plain, body.softened.as_str());
            }
            for kind in &group.kinds {
                let said = kinds().of(kind.category).1;
                let known = explained.iter().find(|(category, _)| *category == kind.category);
                if known.is_some() && kind.points.is_empty() {
                    continue;
                }
                sheet.say(Look::Heading(2), said.name.as_str());
                let mut runs = if let Some((_, section)) = known {
                    vec![Run::plain(fill(&body.as_before, &[("section", section)]))]
                } else {
                    let cites = fill(&body.authority, &[("cites", &kind.cites.join("; "))]);
                    vec![Run::plain(format!("{} {cites}", self.fill(&said.explain)))]
                };
                if known.is_none() {
                    explained.push((kind.category, group.section.map_or("", Letter::as_str)));
                }
                if !kind.also.is_empty() {
                    let sentence = if kind.points.is_empty() { &body.about } else { &body.also };
                    let points = fill(sentence, &[("points", &numbers(&kind.also))]);
                    runs.push(Run::plain(format!(" {points}")));
                }
                sheet.push(Look::Plain, runs);
                if !kind.points.is_empty() {
                    sheet.keep();
                    sheet.pieces.push(Piece::Table(self.table(&kind.points)));
                }
            }
        }
    }

    fn table(&self, points: &[points::Point<'_>]) -> Table {
        let body = &words().body;
        let plan = &self.report.plan;
        let head = [&body.number, &body.says, &body.ask];
        let head = head.map(|words| Cell::of(vec![Paragraph::of(vec![Run::bold(words.as_str())])]));
        let mut rows = vec![head.into()];
        for point in points {
            let mut says = point.says(plan, 420);
            if let Some(page) = point.page(plan) {
                says.push(Run::plain(format!(" (page {page})")));
            }
            rows.push(vec![
                Cell::say(point.number.to_string()),
                Cell::of(vec![Paragraph::of(says)]),
                Cell::say(point.requests(plan, &self.person)),
            ]);
        }
        Table { shares: vec![7, 50, 43], header_rows: 1, rows }
    }

    fn unread(&self, sheet: &mut Sheet) {
        let body = &words().body;
        let unread = self.report.unread();
        if !unread.is_empty() || !self.report.notes.is_empty() {
            sheet.say(Look::Heading(1), body.unread_heading.as_str());
        }
        if !unread.is_empty() {
            sheet.say(Look::Plain, body.unread.as_str());
            for unread in &unread {
                let page = unread.page.map_or_else(String::new, |page| format!("page {page}: "));
                sheet.say(Look::Item(0), format!("\u{2022}\t{page}{}. {}", unread.what, unread.why_it_matters));
            }
        }
        if !self.report.notes.is_empty() {
            sheet.say(Look::Plain, body.not_told.as_str());
            for note in &self.report.notes {
                sheet.say(Look::Item(0), format!("\u{2022}\t{}", note.message));
            }
        }
    }

    fn closing(&self, sheet: &mut Sheet) {
        let body = &words().body;
        if !self.stage.school.is_empty() {
            sheet.say(Look::Heading(1), body.school_heading.as_str());
            sheet.say(Look::Plain, self.stage.school.as_str());
        }
        sheet.say(Look::Heading(1), body.meeting_heading.as_str());
        sheet.say(Look::Plain, self.stage.meeting.as_str());
        sheet.say(Look::Plain, format!("{} {}", body.reasons, body.receipt));
        for line in &body.closing {
            sheet.say(Look::Line, line.as_str());
        }
    }

    /// The page for the family: what to fill in, and how much time there is.
    fn notes(&self, sheet: &mut Sheet, blanks: &str) {
        let notes = &words().notes;
        sheet.say(Look::Heading(1), notes.heading.as_str());
        sheet.say(Look::Plain, notes.delete.as_str());
        sheet.say(Look::Heading(2), notes.fill.as_str());
        sheet.say(Look::Item(0), format!("\u{2022}\t{}", fill(&notes.blanks, &[("blanks", blanks)])));
        let mut items = vec![&notes.amounts, &notes.check];
        if !self.stage.school.is_empty() {
            items.push(&notes.school);
        }
        for item in items {
            sheet.say(Look::Item(0), format!("\u{2022}\t{item}"));
        }
        let heading = if self.stage.law.is_empty() { &notes.final_heading } else { &notes.time };
        sheet.say(Look::Heading(2), heading.as_str());
        sheet.say(Look::Plain, self.time());
        sheet.say(Look::Plain, notes.help.as_str());
    }

    /// The fifteen days, with their basis; of a final plan, that the time for an appeal runs.
    fn time(&self) -> String {
        let notes = &words().notes;
        if self.stage.law.is_empty() {
            return notes.r#final.clone();
        }
        let date = full_date(&self.report.plan);
        let last = date.and_then(|date| date.checked_add(14.days()).ok());
        match (date, last) {
            (Some(date), Some(last)) => {
                fill(&notes.days, &[("law", &self.stage.law), ("date", &day(date)), ("last", &day(last))])
            }
            _ => fill(&notes.days_unknown, &[("law", &self.stage.law)]),
        }
    }

    /// In whose name it is written, which may have been guessed.
    fn who(&self) -> String {
        match self.person.voice {
            Voice::Parent => "Written as from a parent or carer (--from young-person changes that).".to_owned(),
            Voice::YoungPerson => "Written as from the young person (--from parent changes that).".to_owned(),
        }
    }

    /// One page with as many of the most serious points as fit on it.
    fn short(&self) -> Result<Paper, PaperError> {
        let all = self.groups.iter().flat_map(SectionGroup::points).count();
        for count in (0..=all.min(12)).rev() {
            let sheet = self.one_page(count, all);
            if measure::pages(&sheet) <= 1 {
                let mut notices =
                    vec!["Fill in everything in [square brackets] before you send the letter.".to_owned()];
                if count < all {
                    notices.push(format!(
                        "{count} of {all} points fit on the page, the most serious first. The others are in the letter \
                         without --short, and in the schedule."
                    ));
                }
                notices.push(self.time());
                let chosen = self.gravest(count);
                // What could not be read is no point; it has a sentence of its own.
                let points = self.groups.iter().flat_map(SectionGroup::points);
                let left_out: usize =
                    points.filter(|point| !chosen.contains(&point.number)).map(|point| point.findings.len()).sum();
                return Ok(Paper { bytes: word::bytes(&sheet), pages: Some(1), left_out, notices });
            }
        }
        Err(PaperError::TooLong)
    }

    /// The numbers of the gravest points; of equals those of which most is to be said. Points on the form of the plan are at
    /// most a third, where there are others.
    fn gravest(&self, count: usize) -> Vec<usize> {
        let mut points: Vec<_> = self.groups.iter().flat_map(SectionGroup::points).collect();
        let severity = |point: &points::Point<'_>| point.findings.first().map(|finding| finding.severity);
        points.sort_by_key(|point| std::cmp::Reverse((severity(point), point.findings.len())));
        let is_formal = |point: &&&points::Point<'_>| {
            point.findings.iter().all(|finding| kinds().of(finding.rule.category).1.formal)
        };
        let help = points.iter().filter(|point| !is_formal(point)).count();
        let formal = (count / 3).max(count.saturating_sub(help));
        let first = points.iter().filter(is_formal).take(formal);
        let chosen: Vec<usize> = first.map(|point| point.number).collect();
        let rest = points.iter().filter(|point| !is_formal(point)).take(count - chosen.len().min(count));
        rest.map(|point| point.number).chain(chosen.iter().copied()).collect()
    }

    fn one_page(&self, count: usize, all: usize) -> Sheet {
        let body = &words().body;
        let plan = &self.report.plan;
        let mut sheet = Sheet {
            title: "Letter about an Education, Health and Care plan".to_owned(),
            size: 20,
            margin: 1020,
            gap: 80,
            bold_headings: true,
            numbered: false,
            pieces: Vec::new(),
        };
        sheet.say(Look::Plain, words().notes.fill_line.as_str());
        self.head(&mut sheet);
        sheet.say(Look::Plain, format!("{} {}", self.fill(&self.voice().opening), self.stage.basis));
        let chosen = self.gravest(count);
        let mut number = 0;
        for group in &self.groups {
            for point in group.points().filter(|point| chosen.contains(&point.number)) {
                number += 1;
                let mut runs = vec![Run::plain(format!("{number}.\t"))];
                let place = group.section.map_or_else(|| body.whole.clone(), |letter| format!("Section {letter}"));
                let page = point.page(plan).map_or_else(String::new, |page| format!(", page {page}"));
                runs.push(Run::plain(format!("{place}{page}: ")));
                runs.extend(point.says(plan, 130));
                runs.push(Run::plain(format!(" {}", point.requests(plan, &self.person))));
                sheet.push(Look::Item(0), runs.into_iter().map(on_one_line).collect());
            }
        }
        let mut end: Vec<String> = Vec::new();
        if count < all {
            let (count, all) = (count.to_string(), all.to_string());
            end.push(fill(&body.short, &[("count", &count), ("all", &all)]));
        }
        let unread = self.report.unread();
        if !unread.is_empty() {
            let pages: Vec<String> =
                unread.iter().filter_map(|unread| unread.page).map(|p| format!("page {p}")).collect();
            let pages = if pages.is_empty() { unread[0].what.clone() } else { prose::list(&pages, "and") };
            end.push(fill(&body.short_unread, &[("pages", &pages)]));
        }
        if !self.stage.school.is_empty() {
            end.push(self.stage.school.clone());
        }
        end.push(self.stage.meeting.clone());
        end.push(format!("{} {}", body.reasons, body.receipt));
        sheet.say(Look::Plain, end.join(" "));
        for line in body.closing.iter().filter(|line| !line.is_empty()) {
            sheet.say(Look::Line, line.as_str());
        }
        sheet
    }
}

fn on_one_line(run: Run) -> Run {
    Run { words: run.words.replace('\n', " "), ..run }
}

/// "1, 2 and 5".
fn numbers(numbers: &[usize]) -> String {
    let words: Vec<String> = numbers.iter().map(usize::to_string).collect();
    let what = if numbers.len() == 1 { "point" } else { "points" };
    format!("{what} {}", prose::list(&words, "and"))
}

/// The blanks of the letter's own sentences, each once.
fn blanks_in(sheet: &Sheet) -> String {
    let mut blanks: Vec<String> = Vec::new();
    let paragraphs = sheet.pieces.iter().filter_map(|piece| match piece {
        Piece::Paragraph(paragraph) => Some(paragraph.words()),
        _ => None,
    });
    for words in paragraphs {
        for blank in words.split('[').skip(1).filter_map(|rest| rest.split_once(']')).map(|(blank, _)| blank) {
            let blank = blank.split(", or").next().unwrap_or(blank).to_owned();
            let year = blank.chars().all(|c| c.is_ascii_digit());
            if !year && blank != "name" && !blanks.contains(&blank) {
                blanks.push(blank);
            }
        }
    }
    prose::list(&blanks, "and")
}

/// The date that the plan bears, where it says the day and not only the month.
fn full_date(plan: &Plan) -> Option<Date> {
    let issued: &PlanDate = plan.profile().issued()?;
    let words = plan.slice(issued.span);
    let numbers = words.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).count();
    let wanted = if words.chars().any(char::is_alphabetic) { 2 } else { 3 };
    (numbers >= wanted).then_some(issued.date)
}

/// "5 May 2025".
fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}
