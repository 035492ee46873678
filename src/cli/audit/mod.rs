//! `audit`: many plans in, data files and a dashboard out. Files, processes, progress and resuming stand here; what is
//! counted, and how, stands in the library.

mod across;
mod agree;
mod args;
mod find;
mod gather;
mod items;
mod journal;
mod merge;
mod progress;
mod read;
mod refusal;
mod run;
mod sample;
mod settings;
mod spill;
pub(crate) mod table;
mod worker;

pub(crate) use args::Audit;
pub(crate) use refusal::Refusal;

use crate::cli::args::Shared;
use crate::cli::exit::Exit;
use crate::cli::pool::Desk;
use crate::cli::problem::Problem;
use args::What;

/// Audits; or, at the desk of a process of a pool, reads the plans that it is asked about.
pub(crate) fn run(audit: &Audit, shared: &Shared, desk: Option<Desk>) -> Result<Exit, Problem> {
    match &audit.what {
        Some(What::Agree(agree)) => agree::run(agree, shared),
        Some(What::Sample(sample)) => sample::run(sample),
        Some(What::Merge(merge)) => merge::merge(merge, shared),
        None => desk.map_or_else(|| run::run(&audit.over, shared), |desk| worker::serve(desk, &audit.over)),
    }
}
