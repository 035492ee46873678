//! `audit`: many plans in, data files and a dashboard out. Files, processes, progress and resuming stand here; what is
//! counted, and how, stands in the library.

mod agree;
mod args;
mod find;
mod gather;
mod journal;
mod pool;
mod refusal;
mod run;
mod sample;
mod settings;
mod spill;
mod table;
mod worker;

pub(crate) use args::Audit;
pub(crate) use refusal::Refusal;

use crate::cli::args::Shared;
use crate::cli::exit::Exit;
use crate::cli::problem::Problem;
use args::What;

pub(crate) fn run(audit: &Audit, shared: &Shared) -> Result<Exit, Problem> {
    match &audit.what {
        Some(What::Agree(agree)) => agree::run(agree, shared),
        Some(What::Sample(sample)) => sample::run(sample),
        Some(What::Merge(merge)) => run::merge(merge, shared),
        None if audit.over.worker => worker::serve(&audit.over),
        None => run::run(&audit.over, shared),
    }
}
