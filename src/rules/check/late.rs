//! Deadlines that the plan's own dates show to have been missed.

use crate::plan::{DateRole, Letter, Plan, PlanDate, Setting, Stage};
use crate::rules::check::passage::{folded, spoken};
use crate::rules::hit::{Confidence, Hit};
use crate::rules::wording::Wording;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Deserialize;

/// Flags one missed deadline.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Late {
    deadline: Deadline,
    /// Words in Section I, E or F that show that a move to another phase is near.
    #[serde(default)]
    transfer: Wording,
}

/// Which deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Deadline {
    /// 20 weeks from the request to the first final plan.
    TwentyWeeks,
    /// 12 months from the plan, or from the last review, to the review.
    TwelveMonths,
    /// 15 February, or 31 March for a move to post-16, of the year of a phase transfer.
    PhaseTransfer,
}

impl Late {
    pub(crate) const VALUES: &'static [&'static str] = &["from", "to", "due", "over", "event"];

    pub(crate) fn hits(&self, plan: &Plan) -> Vec<Hit> {
        let hit = match self.deadline {
            Deadline::TwentyWeeks => twenty_weeks(plan),
            Deadline::TwelveMonths => twelve_months(plan),
            Deadline::PhaseTransfer => self.phase_transfer(plan),
        };
        hit.into_iter().collect()
    }

    /// An amended plan of the last year of a phase, dated after the day by which it had to be amended.
    fn phase_transfer(&self, plan: &Plan) -> Option<Hit> {
        let profile = plan.profile();
        let stage = profile.stage.value().copied()?;
        if !matches!(stage, Stage::Amended | Stage::AmendmentDraft) {
            return None;
        }
        let issued = profile.issued()?;
        let year = profile.year_on(issued.date)?;
        let (month, day, typical) = match year {
            11 => (3, 31, "the move to a post-16 setting"),
            6 => (2, 15, "the move to secondary school"),
            2 => (2, 15, "the move to junior school"),
            -1 => (2, 15, "the start of school"),
            3..=5 | 7 | 8 => (2, 15, "the move to the next school"),
            _ => return None,
        };
        let due = Date::new(issued.date.year(), month, day).ok()?;
        let is_after = issued.date > due && issued.date.month() <= 8;
        if !is_after {
            return None;
        }
        let sure = self.transfer_evidence(plan, year, issued.date)?;
        let hit = Hit::text(issued.span, None)
            .with("to", spoken(issued.date))
            .with("due", spoken(due))
            .with("event", typical)
            .sure(sure);
        Some(hit)
    }

    /// How sure it is that the child is about to change school: two settings with dates, words of it, or a type that ends.
    fn transfer_evidence(&self, plan: &Plan, year: i16, issued: Date) -> Option<Confidence> {
        let placements: Vec<_> = plan.placements().iter().filter(|p| p.setting != Some(Setting::Otherwise)).collect();
        let next_september = format!("september {}", issued.year());
        let from_september = placements.iter().any(|p| folded(plan, p.span).text().contains(&next_september));
        if placements.len() > 1 && placements.iter().any(|p| p.dated) || from_september {
            return Some(Confidence::High);
        }
        // A school in the middle of its range needs the plainest sign of all, which is Section I.
        if !matches!(year, -1 | 2 | 6 | 11) {
            return None;
        }
        let spoken_of = plan.statements().iter().any(|statement| {
            matches!(statement.letter, Letter::B | Letter::E | Letter::F | Letter::I)
                && statement.parts.iter().any(|part| self.transfer.is_in(folded(plan, part.span).text()))
        });
        let ends = placements.iter().any(|p| {
            let words = folded(plan, p.span);
            let ends: &[&str] = match year {
                6 => &["primary", "junior"],
                2 => &["infant"],
                -1 => &["nursery", "pre-school", "early years"],
                _ => return false,
            };
            ends.iter().any(|end| words.text().contains(end)) && !words.text().contains("all-through")
        });
        (spoken_of || ends).then_some(Confidence::Medium)
    }
}

/// From the request to the first final plan; a draft that comes later than the final plan was due shows it as well.
fn twenty_weeks(plan: &Plan) -> Option<Hit> {
    let profile = plan.profile();
    let request = profile.date(DateRole::Request)?;
    let amended =
        matches!(profile.stage.value(), Some(Stage::Amended | Stage::AmendmentDraft | Stage::ReassessmentDraft));
    let first = profile.date(DateRole::FirstFinal);
    let made = first
        .or_else(|| profile.date(DateRole::Final).filter(|_| !amended))
        .or_else(|| profile.date(DateRole::Draft).filter(|_| !amended && first.is_none()))?;
    let days = days_between(request.date, made.date)?;
    (days > 140).then(|| {
        let over = days - 140;
        let (weeks, rest) = (over / 7, over % 7);
        Hit::text(made.span, None)
            .with("from", spoken(request.date))
            .with("to", spoken(made.date))
            .with("over", spoken_length(weeks, rest))
            .sure(if made.role == DateRole::Draft { Confidence::Medium } else { Confidence::High })
    })
}

fn spoken_length(weeks: i32, days: i32) -> String {
    let count = |n: i32, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
    match (weeks, days) {
        (0, days) => count(days, "day"),
        (weeks, 0) => count(weeks, "week"),
        (weeks, days) => format!("{} and {}", count(weeks, "week"), count(days, "day")),
    }
}

/// From one review to the next, from the plan to its first review, and to the review that is planned.
fn twelve_months(plan: &Plan) -> Option<Hit> {
    let profile = plan.profile();
    let review = profile.date(DateRole::Review);
    let previous = profile.date(DateRole::PreviousReview);
    let first = profile.date(DateRole::FirstFinal);
    if let (Some(review), Some(previous)) = (review, previous)
        && is_late(previous.date, review.date)
    {
        return Some(review_hit(previous, review, "the review before", Confidence::High));
    }
    if let (Some(review), Some(first), None) = (review, first, previous)
        && is_late(first.date, review.date)
        // After two years there has surely been another review, which the plan does not list.
        && days_between(first.date, review.date).is_some_and(|days| days <= 730)
    {
        return Some(review_hit(first, review, "the first plan", Confidence::Low));
    }
    let due = profile.date(DateRole::ReviewDue)?;
    let stage = profile.stage.value().copied()?;
    let made = match stage {
        Stage::Final => profile.date(DateRole::Final)?,
        Stage::Amended => profile.date(DateRole::Amended).or_else(|| profile.date(DateRole::Final))?,
        _ => return None,
    };
    is_late(made.date, due.date).then(|| review_hit(made, due, "this plan", Confidence::Medium))
}

fn review_hit(from: &PlanDate, to: &PlanDate, event: &str, sure: Confidence) -> Hit {
    Hit::text(to.span, None).with("from", spoken(from.date)).with("to", spoken(to.date)).with("event", event).sure(sure)
}

/// Whether `to` is more than twelve months after `from`.
fn is_late(from: Date, to: Date) -> bool {
    from.checked_add(1.year()).is_ok_and(|due| to > due)
}

fn days_between(from: Date, to: Date) -> Option<i32> {
    from.until(to).ok().map(|span| span.get_days())
}
