//! What an EHC plan is: sections, statements, and what it says of itself. Reading one never fails.

mod advice;
mod area;
mod fact;
mod fragment;
mod letter;
pub(crate) mod lexicon;
mod link;
pub(crate) mod packed;
#[cfg(test)]
mod packing;
mod passage;
mod placement;
mod profile;
pub(crate) mod read;
mod reading;
mod statement;
pub(crate) mod vocabulary;
mod written;

pub use advice::{Advice, AdviceKind};
pub use area::Area;
pub use fact::{Fact, FactKind, Judged, Need, Sort, Sorted, Strength};
pub use fragment::{Fragment, Section};
pub use letter::Letter;
pub use link::{Evidence, Link};
pub use placement::{Placement, Setting};
#[cfg(feature = "audit")]
pub(crate) use profile::NameWords;
pub use profile::{DateRole, Known, Name, PlanDate, Profile, Stage};
pub use statement::{Part, Role, Statement, StatementKind};

use crate::document::Document;
pub(crate) use crate::plan::passage::Passage;
pub use crate::plan::read::OtherPlan;
use crate::plan::read::Outline;
use crate::plan::read::facts::Wordings;
use crate::plan::read::pairs::{self, Pair};
use crate::plan::read::subjects::{Subject, Subjects};
pub(crate) use crate::plan::reading::Reading;
use crate::text::Span;
use jiff::civil::Date;
use std::sync::{Arc, OnceLock};

/// A document read as an EHC plan: its sections at once, the rest as far as it is asked for.
#[derive(Clone, Debug)]
pub struct Plan {
    document: Document,
    outline: Outline,
    cut: OnceLock<Vec<Statement>>,
    judged: OnceLock<Vec<Statement>>,
    placements: OnceLock<Vec<Placement>>,
    profile: OnceLock<Profile>,
    advices: OnceLock<Vec<Advice>>,
    subjects: OnceLock<Subjects>,
    links: OnceLock<Vec<Link>>,
    wordings: OnceLock<Wordings>,
    passages: OnceLock<Vec<Passage>>,
    readings: OnceLock<Vec<Reading>>,
    pairs: OnceLock<Vec<Pair>>,
    found_pairs: OnceLock<pairs::Found>,
}

impl Plan {
    /// Reads a document as a plan. Total: what is not there is absent, not an error.
    pub fn read(document: Document) -> Self {
        let outline = read::outline(&document);
        Self {
            document,
            outline,
            cut: OnceLock::new(),
            judged: OnceLock::new(),
            placements: OnceLock::new(),
            profile: OnceLock::new(),
            advices: OnceLock::new(),
            subjects: OnceLock::new(),
            links: OnceLock::new(),
            wordings: OnceLock::new(),
            passages: OnceLock::new(),
            readings: OnceLock::new(),
            pairs: OnceLock::new(),
            found_pairs: OnceLock::new(),
        }
    }

    /// The same plan, at the stage that the user says it is at, whatever it says of itself.
    #[must_use]
    pub fn at_stage(mut self, stage: Stage) -> Self {
        self.told(|profile| {
            profile.stage = Known::Told(stage);
            profile.stage_sure = true;
        });
        self
    }

    /// The same plan, judged as of `day` and not of the date that it bears.
    #[must_use]
    pub fn as_of(mut self, day: Date) -> Self {
        self.told(|profile| profile.as_of = Known::Told(day));
        self
    }

    /// The same plan, of a person whom the user says to be born on `day`, whatever it says itself.
    #[must_use]
    pub fn born_on(mut self, day: Date) -> Self {
        self.told(|profile| profile.born = Known::Told(day));
        self
    }

    /// The same plan, for the kind of setting that the user says it is for, whatever it says itself.
    #[must_use]
    pub fn in_setting(mut self, setting: Setting) -> Self {
        self.told(|profile| {
            profile.setting = Known::Told(setting);
            profile.otherwise = if setting == Setting::Otherwise { Known::Told(()) } else { Known::Unsaid };
        });
        self
    }

    /// The same plan without its words, without names and without the date of birth. What was read out of the words stays:
    /// sections, statements, their sorts and links, the stage.
    #[must_use]
    pub fn redacted(mut self) -> Self {
        // All of it is read while its words are there.
        let _ = (self.statements(), self.placements(), self.profile(), self.advices(), self.links());
        self.document = self.document.redacted();
        (self.wordings, self.passages, self.subjects) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        (self.readings, self.pairs, self.found_pairs) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        self.told(|profile| {
            profile.names.clear();
            profile.years.clear();
            profile.born = Known::Unsaid;
        });
        self
    }

    /// What the plan says of itself, to be put right by what the user says of it.
    pub(crate) fn told(&mut self, right: impl FnOnce(&mut Profile)) {
        self.profile();
        self.profile.get_mut().map(right);
    }

    /// The document that was read.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// What the plan says of itself.
    pub fn profile(&self) -> &Profile {
        self.profile.get_or_init(|| {
            let (fragments, statements) = (self.fragments(), self.cut_statements());
            read::profile(&self.document, self.found_pairs(), fragments, statements, self.placements())
        })
    }

    /// The places where sections stand, in reading order.
    pub fn fragments(&self) -> &[Fragment] {
        &self.outline.fragments
    }

    /// The plan of another law that this is, if it bears the title of one and has not the sections of an EHC plan.
    pub fn other(&self) -> Option<&'static OtherPlan> {
        read::other_plan(&self.document, self.fragments())
    }

    /// A section: all its fragments, perhaps none.
    pub fn section(&self, letter: Letter) -> Section<'_> {
        Section { letter, fragments: self.fragments().iter().filter(|f| f.letters.contains(&letter)).collect() }
    }

    /// Every statement, in reading order.
    pub fn statements(&self) -> &[Statement] {
        self.judged.get_or_init(|| read::judged(self.cut_statements(), self.wordings()))
    }

    /// The words of statements of provision and outcomes as tokens, by the index of the statement.
    pub(crate) fn wordings(&self) -> &Wordings {
        self.wordings.get_or_init(|| Wordings::of(&self.document, self.cut_statements()))
    }

    /// The sentences of statements.
    pub(crate) fn passages(&self) -> &[Passage] {
        self.passages.get_or_init(|| passage::passages(&self.document, self.cut_statements()))
    }

    /// The levelled words of the statements, by index.
    pub(crate) fn readings(&self) -> &[Reading] {
        let read = |statement| Reading::of(&self.document, statement);
        self.readings.get_or_init(|| self.cut_statements().iter().map(read).collect())
    }

    /// Labels and their values, wherever they stand.
    pub(crate) fn pairs(&self) -> &[Pair] {
        self.pairs.get_or_init(|| self.found_pairs().all())
    }

    /// Labels and their values, where those of the blocks that `in_section` tells count only if they are a person's.
    pub(crate) fn pairs_outside(&self, in_section: impl Fn(usize) -> bool) -> Vec<Pair> {
        self.found_pairs().outside(&self.document, in_section)
    }

    fn found_pairs(&self) -> &pairs::Found {
        self.found_pairs.get_or_init(|| pairs::Found::of(&self.document))
    }

    /// Every statement, in reading order, as it was cut: what it pins down is not read yet.
    pub fn cut_statements(&self) -> &[Statement] {
        self.cut.get_or_init(|| read::statements(&self.document, &self.outline))
    }

    /// The statements of one section.
    pub fn statements_of(&self, letter: Letter) -> impl Iterator<Item = &Statement> {
        self.statements().iter().filter(move |s| s.letter == letter)
    }

    /// What Section I names.
    pub fn placements(&self) -> &[Placement] {
        self.placements.get_or_init(|| read::placements(&self.document, self.fragments()))
    }

    /// The advices listed in Section K.
    pub fn advices(&self) -> &[Advice] {
        self.advices.get_or_init(|| read::advices(&self.document, self.cut_statements(), self.profile()))
    }

    /// Which provision answers which need, and serves which outcome, by need or outcome and then by provision.
    pub fn links(&self) -> &[Link] {
        let about = |index| self.subject(index);
        self.links.get_or_init(|| read::links(&self.document, self.cut_statements(), self.profile(), about))
    }

    /// What the statement with this index is about.
    pub(crate) fn subject(&self, index: usize) -> Arc<Subject> {
        let statements = self.cut_statements();
        self.subjects.get_or_init(|| Subjects::new(statements.len())).of(&self.document, statements, index)
    }

    /// The statement's words as they stand in the document: its parts joined by ` | `, empty ones left out.
    pub fn words_of(&self, statement: &Statement) -> String {
        let parts: Vec<&str> =
            statement.parts.iter().map(|p| self.document.slice(p.span)).filter(|t| !t.is_empty()).collect();
        parts.join(" | ")
    }

    /// Whether every part of the file could be read. Where it could not, nothing may be called absent.
    pub fn read_whole(&self) -> bool {
        !self.document.gaps().iter().any(|gap| gap.kind.may_hold_plan())
    }

    /// The document's words at `span`.
    pub fn slice(&self, span: Span) -> &str {
        self.document.slice(span)
    }
}
