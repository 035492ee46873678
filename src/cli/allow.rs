//! Allowances: findings that the settings leave out, until a day and with a reason.

use crate::cli::config::{Allow, Config, Notice};
use crate::cli::day::Day;
use crate::cli::input;
use crate::cli::problem::Problem;
use ehcp_lint::{Finding, Folded, Letter, Report, Rules};
use jiff::civil::Date;
use std::path::Path;

/// The word for findings on no section.
const WHOLE_PLAN: &str = "plan";

/// Where findings have to stand.
#[derive(Clone, Copy, Debug)]
enum Within {
    Section(Letter),
    WholePlan,
}

/// An `[[allow]]`, ready to be held against findings.
#[derive(Debug)]
pub(crate) struct Allowance {
    /// Which one of the file's.
    number: usize,
    rules: Rules,
    /// Levelled.
    text: Option<String>,
    within: Option<Within>,
    document: Option<String>,
    reason: String,
    /// The last day, where it is past.
    expired: Option<Date>,
}

impl Allowance {
    /// The allowance `allow`, the one of this number in the settings, of `rules` on the day `today`.
    pub(crate) fn of(
        config: &Config,
        number: usize,
        allow: &Allow,
        rules: Rules,
        today: Date,
    ) -> Result<Self, Problem> {
        let within = allow.section.as_ref().map(|written| {
            let known = Letter::ALL.into_iter().find(|letter| letter.as_str() == written.get_ref());
            if known.is_none() && written.get_ref() != WHOLE_PLAN {
                let message = format!("there is no section \u{201c}{}\u{201d}", written.get_ref());
                let letters: Vec<&str> = Letter::ALL.iter().map(|letter| letter.as_str()).collect();
                let near = input::nearest(written.get_ref(), letters.iter().copied());
                let near = near.map(|near| format!("Did you mean \u{201c}{near}\u{201d}? ")).unwrap_or_default();
                let help = format!(
                    "{near}Sections are {}; \u{201c}{WHOLE_PLAN}\u{201d} is the whole plan.",
                    letters.join(", ")
                );
                return Err(config.mistake(message, Some(written.span()), help));
            }
            Ok(known.map_or(Within::WholePlan, Within::Section))
        });
        Ok(Self {
            number,
            rules,
            text: allow.text.as_ref().map(|text| Folded::of(text.get_ref().trim()).text().to_owned()),
            within: within.transpose()?,
            document: allow.document.clone(),
            reason: allow.reason.get_ref().trim().to_owned(),
            expired: allow.until.map(|Day(last)| last).filter(|last| *last < today),
        })
    }

    /// Whether it can be about something in this document: it names it or none, and one of its rules is in force.
    pub(crate) fn is_about(&self, path: &Path, in_force: &Rules) -> bool {
        self.document.as_ref().is_none_or(|document| path.ends_with(document))
            && in_force.iter().any(|rule| self.rules.get(&rule.id).is_some())
    }

    /// Takes out the findings that it allows, if its day is not past. Whether there were any.
    pub(crate) fn apply(&self, report: &mut Report<'_>) -> bool {
        self.expired.is_none() && report.allow(&self.reason, |finding| self.means(finding)) > 0
    }

    fn means(&self, finding: &Finding<'_>) -> bool {
        let holds = |text: &String| {
            let words = if finding.statement_text.is_empty() { &finding.quote } else { &finding.statement_text };
            Folded::of(words).text().contains(text.as_str())
        };
        let here = |within: Within| match within {
            Within::Section(letter) => finding.section == Some(letter),
            Within::WholePlan => finding.section.is_none(),
        };
        self.rules.get(&finding.rule.id).is_some()
            && self.within.is_none_or(here)
            && self.text.as_ref().is_none_or(holds)
    }

    /// What has to be said of it when all documents were checked: that it has ended, or that it was of no use.
    pub(crate) fn notice(&self, config: &Config, used: bool) -> Option<Notice> {
        let allow = config.settings.allow.get(self.number)?;
        if let Some(last) = self.expired {
            let message = format!("this allowance ended on {last}; its findings are shown again");
            let help = "Look at them again. If they are still right as they are, give a later day; if not, take the \
                        allowance out.";
            return Some(config.notice(message, allow.rule.span(), help.to_owned()));
        }
        (!used).then(|| {
            let help = "The plan may have been changed, or the words are not those of the plan. Take the allowance out if \
                        it is no longer needed.";
            config.notice("this allowance matches nothing".to_owned(), allow.rule.span(), help.to_owned())
        })
    }
}
