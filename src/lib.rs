//! Reads an Education, Health and Care Plan and shows, line by line, where it cannot be relied on,
//! why, on what authority, and what to ask for.
//!
//! The one path is bytes → [`Document`] → [`Plan`] → [`Finding`]s → [`Report`] → bytes.
#![deny(clippy::disallowed_methods, clippy::disallowed_types, clippy::print_stdout, clippy::print_stderr, clippy::exit)]

mod annotate;
#[cfg(feature = "audit")]
mod audit;
mod document;
mod extract;
mod plan;
mod render;
mod report;
mod rules;
mod text;

pub use annotate::{AnnotateError, Annotated, annotate};
#[cfg(feature = "audit")]
pub use audit::{
    About, Across, Agreement, AgreementRow, Allocation, Ballot, BallotError, Ballots, Band, Candidate, Cluster,
    Clustered, Column, ColumnKind, Counting, Drawn, Estimate, Examined, FIGURES, Figure, FigureUnit, FileFacts,
    FindingFacts, IdentifierFacts, Kind, Metadata, MetadataError, NameKey, Neighbours, Origin, Outcome, PlanFacts,
    Record, Repeated, SectionFacts, Sentence, Share, Sighting, Standing, Standings, StatementFacts, StrangerRow,
    Strangers, TABLES, Table as AuditTable, TableError, TableFiles, Tally, TallySettings, TemplateRow, Templates,
    Terms, Traces, Tying, TyingTrace, Words, dashboard, examine, run_facts, sample, wilson,
};
pub use document::{
    Block, BlockKind, Cell, CellRef, Document, Emphasis, FileName, Furniture, FurnitureKind, Gap, GapKind, Location,
    Place, Print, Prints, Source, Sources, Table, TableSource,
};
pub use extract::{
    Access, Aside, AsidePlace, ExtractError, FORMATS, Format, RecognisedWord, Recogniser, SecondReader, View, asides,
    decoded, extract, format_of,
};
#[cfg(feature = "cli")]
pub use extract::{Picture, page_picture, plain_words};
pub use plan::{
    Advice, AdviceKind, Area, DateRole, Evidence, Fact, FactKind, Fragment, Judged, Known, Letter, Link, Name, Need,
    OtherPlan, Part, Placement, Plan, PlanDate, Profile, Role, Section, Setting, Sort, Sorted, Stage, Statement,
    StatementKind, Strength,
};
pub use render::papers;
pub use render::{
    Detail, EXTRACT_WRITERS, Entry, Failure, Look, Outline, Part as WrittenPart, Run, Standing as PlaceInRun, WRITERS,
    Writer, clean, extract_schema, report_schema, rule_page, rules_index, rules_table, show_error,
};
pub use report::{Allowed, Counts, Report};
pub use rules::{
    Anchor, Authority, Category, Certainty, Confidence, Example, Finding, Force, Listed, Miss, Note, Problem, Quiet,
    Rule, RuleError, Rules, Severity, Silence, Status, Template, Term, UnknownRule, Unread, Verdict, When,
};
pub use text::{Folded, Position, Span};

/// The whole library in four lines.
pub fn lint<'r>(bytes: &[u8], access: &Access, rules: &'r Rules) -> Result<Report<'r>, ExtractError> {
    let document = extract(bytes, access)?;
    let plan = Plan::read(document);
    let verdict = rules.check(&plan);
    Ok(Report::new(plan, verdict))
}
