//! Many plans at once: what is kept of each, what they share, figures with their intervals, tables and a dashboard.

mod agreement;
mod columns;
mod components;
mod dashboard;
mod examine;
mod figures;
mod identifiers;
mod interval;
mod metadata;
mod record;
mod repeats;
mod rows;
mod run_facts;
mod sample;
mod schema;
mod sketch;
mod strangers;
mod stripes;
mod table;
mod tally;
mod templates;
mod terms;

pub use agreement::{Agreement, AgreementRow, Ballot, BallotError, Ballots};
pub use columns::ColumnKind;
pub use components::{Neighbours, Tying, TyingTrace};
pub use dashboard::{About, Across, dashboard};
pub use examine::{Examined, NameKey, examine};
pub use figures::{FIGURES, Figure, FigureUnit};
pub use interval::{Clustered, Estimate, Share, wilson};
pub use metadata::{Metadata, MetadataError};
pub use record::{
    FileFacts, FindingFacts, IdentifierFacts, Outcome, PlanFacts, Record, SectionFacts, StatementFacts, Traces, Words,
};
pub use repeats::{Band, Candidate, Cluster, Counting, Origin, Sentence, Standing, Standings};
pub use rows::{Repeated, StrangerRow, TemplateRow};
pub use run_facts::run_facts;
pub use sample::{Allocation, Drawn, sample};
pub use schema::{Column, Kind, TABLES, Table};
pub use strangers::{Sighting, Strangers};
pub use table::{TableError, TableFiles};
pub use tally::{Tally, TallySettings};
pub use templates::Templates;
pub use terms::Terms;
