//! Rule: what a rule file says, once it has been read and found sound.

use crate::plan::Letter;
use crate::rules::category::Category;
use crate::rules::check::Check;
use crate::rules::file;
use crate::rules::hit::Confidence;
use crate::rules::listed::Listed;
use crate::rules::proof::Example;
use crate::rules::template::Template;
use crate::rules::when::When;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, de};
use std::sync::OnceLock;

/// One rule: wording, reason, remedy, authority, check, examples.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its path below `rules/`, without `.toml`.
    pub id: String,
    /// What is wrong, in a few words.
    pub title: String,
    /// The label of the field that it gives.
    pub category: Category,
    /// Whether the words decide, or a person must.
    pub certainty: Certainty,
    /// The version that brought it.
    pub since: String,
    /// The days on which the law behind it is in force.
    pub term: Term,
    /// Whether it has lived through a release.
    pub status: Status,
    /// Ids it had before.
    pub formerly: Vec<String>,
    /// What it rests on, first what decides its severity.
    pub authority: Vec<Authority>,
    /// What a finding says.
    pub message: Template,
    /// Why it matters.
    pub why: String,
    /// What to ask for.
    pub help: Template,
    /// What it cannot tell, if that needs saying.
    pub limits: Option<String>,
    /// Where it speaks more softly, or not at all.
    pub when: Vec<When>,
    /// The sections it looks at; none for a rule on the whole plan.
    pub sections: Vec<Letter>,
    pub(crate) check: Check,
    pub(crate) proof: Proof,
}

/// What a rule is held to: its examples, and the lists that they have to show. No plan is judged by it, so that of a built-in
/// rule is read when it is first asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Proof {
    source: &'static str,
    known: OnceLock<(Vec<Example>, Vec<Listed>)>,
}

impl Proof {
    /// The proof that stands in this rule file.
    pub(crate) fn of(source: &'static str) -> Self {
        Self { source, known: OnceLock::new() }
    }

    pub(crate) fn known(examples: Vec<Example>, lists: Vec<Listed>) -> Self {
        Self { source: "", known: OnceLock::from((examples, lists)) }
    }
}

impl Rule {
    /// How grave its findings are where nothing softens them. Derived, never written in a file.
    pub fn severity(&self) -> Severity {
        self.authority.first().map_or(Severity::Advice, |authority| authority.force.severity())
    }

    /// Its proof, and its documentation: plans it flags and plans it leaves alone.
    pub fn examples(&self) -> &[Example] {
        &self.proof().0
    }

    /// The phrases and patterns of its lists.
    pub fn lists(&self) -> &[Listed] {
        &self.proof().1
    }

    fn proof(&self) -> &(Vec<Example>, Vec<Listed>) {
        self.proof.known.get_or_init(|| file::proof(&self.id, self.proof.source))
    }

    /// The topic: the first part of its id.
    pub fn topic(&self) -> &str {
        self.id.split_once('/').map_or(self.id.as_str(), |(topic, _)| topic)
    }

    /// The name of its kind of check, as the rule file spells it.
    pub fn kind(&self) -> &'static str {
        self.check.name()
    }
}

/// The days on which a rule is in force; without a first or last day it is open to that side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
}

impl Term {
    /// Whether it covers `day`.
    pub fn covers(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// A day, as a TOML date without quotation marks: `2022-07-01`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Day(pub(crate) Date);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = toml::value::Datetime::deserialize(deserializer)?;
        let day = written.date.filter(|_| written.time.is_none());
        let number = |number: u8| i8::try_from(number).ok();
        let day =
            day.and_then(|day| Date::new(i16::try_from(day.year).ok()?, number(day.month)?, number(day.day)?).ok());
        day.map(Day).ok_or_else(|| de::Error::custom("this is not a day: write it as 2022-07-01"))
    }
}

/// A source that a rule rests on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// Act and section, regulation, paragraph of the Code, or case.
    pub cite: String,
    /// What it says, in our words.
    pub says: String,
    /// How strongly it binds.
    pub force: Force,
    /// Where to read it.
    #[serde(default)]
    pub source: Option<String>,
}

impl Authority {
    /// Whether it is an Act or Regulations.
    pub(crate) fn is_legislation(&self) -> bool {
        self.cite.contains(" Act ") || self.cite.contains("Regulations")
    }
}

/// How strongly an authority binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Force {
    /// Better practice.
    Practice,
    /// Statutory guidance: to be followed unless there is good reason not to.
    Should,
    /// Settled case law.
    Case,
    /// An Act or Regulations.
    Must,
}

impl Force {
    /// The word of the JSON contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Force::Practice => "practice",
            Force::Should => "should",
            Force::Case => "case",
            Force::Must => "must",
        }
    }

    fn severity(self) -> Severity {
        match self {
            Force::Must => Severity::Error,
            Force::Case | Force::Should => Severity::Warning,
            Force::Practice => Severity::Advice,
        }
    }
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Better practice.
    Advice,
    /// Statutory guidance or settled case law is against it, or the provision cannot be relied on.
    Warning,
    /// The law requires it, and the plan does not show it.
    Error,
}

impl Severity {
    /// All of them, gravest first.
    pub const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Advice];

    /// The word of the JSON contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Advice => "advice",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// The severity of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.as_str() == name)
    }

    /// One step softer; advice stays advice.
    #[must_use]
    pub(crate) fn softer(self) -> Self {
        match self {
            Severity::Error => Severity::Warning,
            Severity::Warning | Severity::Advice => Severity::Advice,
        }
    }
}

/// Whether the words of a plan decide, or a person must.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// A finding is worth a look; a person decides.
    Heuristic,
    /// The words leave little doubt.
    Mechanical,
}

impl Certainty {
    /// As rule files spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Certainty::Heuristic => "heuristic",
            Certainty::Mechanical => "mechanical",
        }
    }

    /// The most that a finding of such a rule can be sure.
    pub(crate) fn cap(self) -> Confidence {
        match self {
            Certainty::Heuristic => Confidence::Medium,
            Certainty::Mechanical => Confidence::High,
        }
    }
}

/// Whether a rule has lived through a release.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It may still change or go.
    Trial,
    /// It stays.
    #[default]
    Stable,
}

impl Status {
    /// As rule files spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Trial => "trial",
            Status::Stable => "stable",
        }
    }
}
