//! What an EHC plan is: sections, statements, and what it says of itself. Reading one never fails.

mod advice;
mod area;
mod fact;
mod fragment;
mod letter;
mod lexicon;
mod link;
mod placement;
mod profile;
pub(crate) mod read;
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
pub use profile::{DateRole, Known, Name, PlanDate, Profile, Stage};
pub use statement::{Part, Role, Statement, StatementKind};

use crate::document::Document;
use crate::text::Span;
use jiff::civil::Date;

/// A document read as an EHC plan.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(crate) document: Document,
    pub(crate) profile: Profile,
    pub(crate) fragments: Vec<Fragment>,
    pub(crate) statements: Vec<Statement>,
    pub(crate) placements: Vec<Placement>,
    pub(crate) advices: Vec<Advice>,
    pub(crate) links: Vec<Link>,
}

impl Plan {
    /// Reads a document as a plan. Total: what is not there is absent, not an error.
    pub fn read(document: Document) -> Self {
        read::plan(document)
    }

    /// The same plan, at the stage that the user says it is at, whatever it says of itself.
    #[must_use]
    pub fn at_stage(mut self, stage: Stage) -> Self {
        self.profile.stage = Known::Told(stage);
        self.profile.stage_sure = true;
        self
    }

    /// The same plan, judged as of `day` and not of the date that it bears.
    #[must_use]
    pub fn as_of(mut self, day: Date) -> Self {
        self.profile.as_of = Known::Told(day);
        self
    }

    /// The same plan, of a person whom the user says to be born on `day`, whatever it says itself.
    #[must_use]
    pub fn born_on(mut self, day: Date) -> Self {
        self.profile.born = Known::Told(day);
        self
    }

    /// The same plan, for the kind of setting that the user says it is for, whatever it says itself.
    #[must_use]
    pub fn in_setting(mut self, setting: Setting) -> Self {
        self.profile.setting = Known::Told(setting);
        self.profile.otherwise = if setting == Setting::Otherwise { Known::Told(()) } else { Known::Unsaid };
        self
    }

    /// The same plan without its words, without names and without the date of birth. What was read out of the words stays:
    /// sections, statements, their sorts and links, the stage.
    #[must_use]
    pub fn redacted(mut self) -> Self {
        self.document = self.document.redacted();
        self.profile.names.clear();
        self.profile.years.clear();
        self.profile.born = Known::Unsaid;
        self
    }

    /// The document that was read.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// What the plan says of itself.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The places where sections stand, in reading order.
    pub fn fragments(&self) -> &[Fragment] {
        &self.fragments
    }

    /// A section: all its fragments, perhaps none.
    pub fn section(&self, letter: Letter) -> Section<'_> {
        Section { letter, fragments: self.fragments.iter().filter(|f| f.letters.contains(&letter)).collect() }
    }

    /// Every statement, in reading order.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// The statements of one section.
    pub fn statements_of(&self, letter: Letter) -> impl Iterator<Item = &Statement> {
        self.statements.iter().filter(move |s| s.letter == letter)
    }

    /// What Section I names.
    pub fn placements(&self) -> &[Placement] {
        &self.placements
    }

    /// The advices listed in Section K.
    pub fn advices(&self) -> &[Advice] {
        &self.advices
    }

    /// Which provision answers which need, and serves which outcome, by need or outcome and then by provision.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The statement's words as they stand in the document: its parts joined by ` | `, empty ones left out.
    pub fn words_of(&self, statement: &Statement) -> String {
        let parts: Vec<&str> =
            statement.parts.iter().map(|p| self.document.slice(p.span)).filter(|t| !t.is_empty()).collect();
        parts.join(" | ")
    }

    /// Whether every part of the file could be read. Where it could not, nothing may be called absent.
    pub fn read_whole(&self) -> bool {
        self.document.gaps().is_empty()
    }

    /// The document's words at `span`.
    pub fn slice(&self, span: Span) -> &str {
        self.document.slice(span)
    }
}
