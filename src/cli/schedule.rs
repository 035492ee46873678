//! `schedule`: one row for each point, for whoever prepares a bundle.

use crate::cli::args::Shared;
use crate::cli::exit::Exit;
use crate::cli::paper::{self, Source};
use crate::cli::problem::Problem;
use clap::Args;
use ehcp_lint::papers::{schedule_csv, schedule_workbook};

pub(crate) const EXAMPLES: &str = "\
Examples:
  ehcp-lint schedule plan.pdf -o schedule.xlsx
  ehcp-lint schedule plan.pdf -o schedule.csv --redact

Exit status: 0 the schedule was written; 2 wrong usage; 3 the plan could not be read.";

#[derive(Debug, Args)]
pub(crate) struct Schedule {
    #[command(flatten)]
    source: Source,
}

pub(crate) fn run(command: &Schedule, shared: &Shared) -> Result<Exit, Problem> {
    let ending = command.source.ending(&["xlsx", "csv"], ".xlsx or .csv")?;
    paper::write(&command.source, shared, |report| {
        if ending == "csv" { Ok(schedule_csv(report)) } else { schedule_workbook(report) }
    })
}
