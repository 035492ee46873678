//! Record: everything that an audit keeps of one file. It holds words of the plan only where they are asked for.

use crate::plan::Letter;
use serde::{Deserialize, Serialize};

/// One file of an audit: what became of it, and what was found. One line of the journal.
#[derive(Clone, Serialize, Deserialize)]
pub struct Record {
    /// The file.
    pub file: FileFacts,
    /// The plan in it, if one was read.
    pub plan: Option<PlanFacts>,
    /// Its statements, in reading order.
    pub statements: Vec<StatementFacts>,
    /// What the rules found, in reading order.
    pub findings: Vec<FindingFacts>,
    /// What tells, or helps to tell, who the child is.
    pub identifiers: Vec<IdentifierFacts>,
    /// What it is compared with other plans by.
    pub traces: Traces,
}

/// A file and what became of it.
#[derive(Clone, Serialize, Deserialize)]
pub struct FileFacts {
    /// Its path below the folder that was audited.
    pub name: String,
    /// SHA-256 of its bytes; empty where they could not be had.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// What became of it.
    pub outcome: Outcome,
    /// Why it was not read, in one word of a closed list; empty where it was.
    pub reason: String,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// An EHC plan, read whole.
    Read,
    /// An EHC plan of which a part could not be read.
    Part,
    /// A file that may be a plan and could not be read.
    Unread,
    /// Read, and no section of a plan was found in it.
    NotPlan,
    /// No document: no plan can be in it.
    NotDocument,
}

impl Outcome {
    /// The word of the data files.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Read => "read",
            Outcome::Part => "part",
            Outcome::Unread => "unread",
            Outcome::NotPlan => "not-plan",
            Outcome::NotDocument => "not-document",
        }
    }
}

/// A plan as a whole.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each a column of the data files")]
pub struct PlanFacts {
    /// Format of the file.
    pub format: String,
    /// Number of pages, where the format has them.
    pub pages: Option<u32>,
    /// Words in its sections.
    pub words: u64,
    /// `draft`, `final`, `amended` or `unknown`.
    pub stage: String,
    /// Month of the date that it bears: `2025-03`. No day: a full date helps to tell who the child is.
    pub issued: Option<String>,
    /// Age in years when it was issued.
    pub age: Option<i16>,
    /// National curriculum year when it was issued.
    pub year_group: Option<i16>,
    /// `mainstream`, `special`, `college` or `otherwise`.
    pub setting: Option<String>,
    /// It says that it is anonymised.
    pub anonymised: bool,
    /// Parts of the file that could not be read.
    pub gaps: u64,
    /// Section I names an institution.
    pub names_placement: bool,
    /// Section I says a type of institution.
    pub types_placement: bool,
    /// It is for education otherwise than in a school.
    pub otherwise: bool,
    /// Each section that was found.
    pub sections: Vec<SectionFacts>,
    /// Category and section of what could not be told, because a part of the file was not read.
    pub not_told: Vec<(String, Option<String>)>,
    /// Findings that the user's settings allow.
    pub allowed: u64,
}

/// A section of a plan.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SectionFacts {
    /// Its letter.
    pub section: String,
    /// How many words it holds.
    pub words: u64,
    /// How many statements it holds.
    pub statements: u64,
}

/// A statement, without its words.
#[derive(Clone, Serialize, Deserialize)]
pub struct StatementFacts {
    /// Section.
    pub section: String,
    /// `need`, `outcome`, `provision`, `placement`, `advice` or `other`.
    pub kind: String,
    /// What sort of provision it is.
    pub sort: Option<String>,
    /// Area of need.
    pub area: Option<String>,
    /// Page.
    pub page: Option<u32>,
    /// Table and row, from one.
    pub row: Option<(u32, u32)>,
    /// How many words.
    pub words: u64,
    /// The same for the same sentence about another child; none where it has too few words to tell.
    pub key: Option<u64>,
    /// What is near for near sentences, in hexadecimal; empty where it has too few words.
    pub sketch: String,
    /// Its words, if they were asked for.
    pub text: Option<String>,
}

/// A finding, without its words.
#[derive(Clone, Serialize, Deserialize)]
pub struct FindingFacts {
    /// Id of the rule.
    pub rule: String,
    /// Its category.
    pub category: String,
    /// How grave it is here.
    pub severity: String,
    /// How sure it is.
    pub confidence: String,
    /// Section; none for the whole plan.
    pub section: Option<String>,
    /// Number of the statement in the plan, from one.
    pub statement: Option<u64>,
    /// Page.
    pub page: Option<u32>,
    /// What is not stated, by the words of the labels.
    pub missing: String,
    /// It is less grave here than its authority says.
    pub softened: bool,
    /// The same for the same finding in the same text; none where it could give an identifier away.
    pub fingerprint: Option<String>,
    /// Its words, if they were asked for.
    pub words: Option<Words>,
}

/// The words of a finding.
#[derive(Clone, Serialize, Deserialize)]
pub struct Words {
    /// What is wrong.
    pub message: String,
    /// The words to look at.
    pub quote: String,
}

/// Something that tells, or helps to tell, who the child is: what and where, never the value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct IdentifierFacts {
    /// `name`, `birth-date`, `nhs-number`, `pupil-number`, `address`, `phone`, `email`, `person`.
    pub what: String,
    /// `body`, `header`, `footer`, `properties`, `comment`, `tracked-change`, `bookmark`, `file-name`.
    pub place: String,
    /// Section, or the name of the property.
    pub detail: Option<String>,
    /// Page.
    pub page: Option<u32>,
    /// Whether its check digit is right, for the numbers that have one.
    pub valid: Option<bool>,
    /// How sure it is.
    pub confidence: String,
}

/// What plans are compared by: hashes, of which those of names are made with a key that is thrown away after the run.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Traces {
    /// The labels and column headings of the template.
    pub headings: Vec<u64>,
    /// The child's full names and numbers.
    pub own: Vec<u64>,
    /// Pairs of capitalised words, and numbers with a right check digit, wherever they stand.
    pub mentions: Vec<u64>,
}

impl FileFacts {
    /// The file that the record on a line is about; nothing where the line does not begin as a record does, or is torn. What
    /// comes after the file is not looked at: it is long.
    pub fn of_line(line: &str) -> Option<Self> {
        let rest = line.strip_prefix(r#"{"file":"#).filter(|rest| rest.ends_with("}}"))?;
        serde_json::Deserializer::from_str(rest).into_iter().next()?.ok()
    }

    /// The beginning of the hash of the file's bytes: it says nothing of the file's name, and stays the same wherever the
    /// file lies.
    pub fn id(&self) -> &str {
        self.sha256.get(..16).unwrap_or("")
    }
}

impl Record {
    /// The record as one line, without a line break.
    pub fn to_line(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The record on a line; nothing where the line is none, or is torn.
    pub fn of_line(line: &str) -> Option<Self> {
        serde_json::from_str(line).ok()
    }

    /// A file of which nothing was read.
    pub fn unread(file: FileFacts) -> Self {
        Self {
            file,
            plan: None,
            statements: Vec::new(),
            findings: Vec::new(),
            identifiers: Vec::new(),
            traces: Traces::default(),
        }
    }

    /// The id of the plan in the data files: that of its file.
    pub fn id(&self) -> &str {
        self.file.id()
    }

    /// Whether a plan was read, whole or in part.
    pub fn is_plan(&self) -> bool {
        self.plan.is_some()
    }

    /// Whether it could not be told if something is so, because a part of the file was not read.
    pub(crate) fn not_told(&self, category: &str, section: Option<&str>) -> bool {
        let notes = self.plan.as_ref().map_or(&[][..], |plan| &plan.not_told);
        notes.iter().any(|(noted, at)| noted == category && at.as_deref() == section)
    }

    /// Whether a category was found in a section.
    pub(crate) fn found_in(&self, category: &str, letter: Letter) -> bool {
        self.findings.iter().any(|f| f.category == category && f.section.as_deref() == Some(letter.as_str()))
    }
}
