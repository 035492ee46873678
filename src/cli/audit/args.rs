//! The arguments of `audit` and its commands.

use crate::cli::args::{Chosen, ConfigChoice, ReadingAny};
use clap::{Args, Subcommand, ValueEnum};
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true, after_help = AFTER)]
pub(crate) struct Audit {
    #[command(subcommand)]
    pub(crate) what: Option<What>,
    #[command(flatten)]
    pub(crate) over: Over,
}

const AFTER: &str = "\
Examples:
  ehcp-lint audit plans -o results
  ehcp-lint audit north south -o results --meta plans.csv --jobs 8
  ehcp-lint audit plans -o results --resume
  ehcp-lint audit sample -n 100 --by stage --seed 1 results
  ehcp-lint audit agree people.csv results

Open results/dashboard.html in a browser. docs/audit.md describes every file and figure.";

#[derive(Debug, Subcommand)]
pub(crate) enum What {
    /// How far the findings agree with what people saw: Cohen's kappa, precision, recall.
    #[command(
        after_help = "Example:\n  ehcp-lint audit agree people.csv results\n\npeople.csv: plan,category,present \
                            (and section, statement, rater), one judgement a line."
    )]
    Agree(Agree),
    /// Draw a stratified sample of plans that anybody can draw again.
    #[command(
        after_help = "Example:\n  ehcp-lint audit sample -n 100 --by meta_council --seed 1 results -o sample.csv"
    )]
    Sample(Sample),
    /// Make one result of the parts of an audit that were done apart with --part.
    #[command(after_help = "Example:\n  ehcp-lint audit merge part-1 part-2 -o results")]
    Merge(Merge),
}

/// What is audited, and how.
#[derive(Debug, Args)]
pub(crate) struct Over {
    /// Folders with plans, opened with all folders in them. What a file is decides its content, not its name.
    #[arg(required = true, value_name = "DIR")]
    pub(crate) dirs: Vec<PathBuf>,
    /// The folder for the results.
    #[arg(long, short, value_name = "OUTDIR", required = true)]
    pub(crate) output: Option<PathBuf>,
    /// How many plans are read at once; usually one for each core.
    #[arg(long, short, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// Go on with an audit that was stopped.
    #[arg(long, conflicts_with = "overwrite")]
    pub(crate) resume: bool,
    /// Put these results in the place of others in the same folder.
    #[arg(long)]
    pub(crate) overwrite: bool,
    #[command(flatten)]
    pub(crate) shown: Shown,
    /// Seconds that one plan may take.
    #[arg(long, value_name = "SECONDS", default_value_t = NonZeroU32::MIN.saturating_add(59))]
    pub(crate) time_limit: NonZeroU32,
    /// Megabytes that reading one plan may take.
    #[arg(long, value_name = "MEGABYTES", default_value_t = NonZeroU32::MIN.saturating_add(1999))]
    pub(crate) memory_limit: NonZeroU32,
    /// Do a part of a larger audit: stop before what needs all plans, and leave what `merge` takes. All parts get the same
    /// secret words; names are compared by hashes made with them.
    #[arg(long, value_name = "SECRET", conflicts_with = "meta")]
    pub(crate) part: Option<String>,
    #[command(flatten)]
    pub(crate) reading: ReadingAny,
    #[command(flatten)]
    pub(crate) chosen: Chosen,
    #[command(flatten)]
    pub(crate) config: ConfigChoice,
}

impl Over {
    /// How many cores may be kept busy.
    pub(crate) fn jobs(&self) -> usize {
        let jobs = self.jobs.or_else(|| std::thread::available_parallelism().ok());
        jobs.map_or(1, NonZeroUsize::get)
    }
}

/// What the results show.
#[derive(Debug, Args)]
pub(crate) struct Shown {
    /// A table (CSV) about the plans: a column `file`, and others such as council, date or need.
    #[arg(long, value_name = "FILE")]
    pub(crate) meta: Option<PathBuf>,
    /// Leave the names of files out: a name can be a child's.
    #[arg(long)]
    pub(crate) no_paths: bool,
    /// Put words of the plans into the data files: quotes, messages and statements.
    #[arg(long)]
    pub(crate) with_text: bool,
    /// The least number of plans that a group must have to be shown by itself.
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) smallest_group: u64,
}

#[derive(Debug, Args)]
pub(crate) struct Agree {
    /// What people saw (CSV): plan, category, present; section, statement, rater.
    #[arg(value_name = "HUMAN.csv")]
    pub(crate) human: PathBuf,
    /// The results of an audit of the same plans.
    #[arg(value_name = "OUTDIR")]
    pub(crate) results: PathBuf,
    /// Write the table to a file (CSV) as well.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Sample {
    /// How many plans.
    #[arg(short = 'n', long = "size", value_name = "N")]
    pub(crate) size: NonZeroUsize,
    /// The column of plans.csv whose values are the strata; several are joined.
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    pub(crate) by: Vec<String>,
    /// Any whole number: the same number draws the same plans.
    #[arg(long)]
    pub(crate) seed: u64,
    /// How many come from each stratum.
    #[arg(long, value_enum, default_value_t = Allocate::Proportional)]
    pub(crate) allocate: Allocate,
    /// Write a sheet for people to fill in: a line for each plan and category, as `agree` takes it.
    #[arg(long)]
    pub(crate) sheet: bool,
    /// The results of an audit.
    #[arg(value_name = "OUTDIR")]
    pub(crate) results: PathBuf,
    /// Write the sample to a file.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Allocate {
    /// By its share of the plans, at least one.
    Proportional,
    /// The same number from each.
    Equal,
}

#[derive(Debug, Args)]
pub(crate) struct Merge {
    /// Folders with the parts.
    #[arg(required = true, value_name = "PART")]
    pub(crate) parts: Vec<PathBuf>,
    /// The folder for the results.
    #[arg(long, short, value_name = "OUTDIR")]
    pub(crate) output: PathBuf,
    /// Put these results in the place of others in the same folder.
    #[arg(long)]
    pub(crate) overwrite: bool,
    #[command(flatten)]
    pub(crate) shown: Shown,
}
