//! Papers: what the commands share that write a paper about one plan.

use crate::cli::args::{Judging, Shared};
use crate::cli::exit::Exit;
use crate::cli::one_plan::OnePlan;
use crate::cli::problem::Problem;
use crate::cli::redact::Redaction;
use crate::cli::setup::Uses;
use crate::cli::{output, reading};
use clap::Args;
use ehcp_lint::papers::{Paper, PaperError};
use ehcp_lint::{Report, clean};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The plan, the paper, and how the plan is read and judged.
#[derive(Debug, Args)]
pub(crate) struct Source {
    /// A plan (Word, PDF or text); `-` reads standard input.
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// The file to write.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    redaction: Redaction,
    #[command(flatten)]
    judging: Judging,
}

impl Source {
    /// The ending of the file to write, which has to be one of `known`: "docx".
    pub(crate) fn ending(&self, known: &[&str], endings: &'static str) -> Result<String, Problem> {
        let ending = self.output.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        if known.contains(&ending.as_str()) {
            return Ok(ending);
        }
        Err(Problem::PaperEnding { path: self.output.display().to_string(), endings })
    }

    /// Refuses --redact, for a paper that is nothing without the words of the plan.
    pub(crate) fn with_its_words(&self) -> Result<(), Problem> {
        if self.redaction.redact { Err(Problem::PaperOfWords) } else { Ok(()) }
    }
}

/// Reads and judges the plan, has the paper made, and writes it, whole or not at all.
pub(crate) fn write(
    source: &Source,
    shared: &Shared,
    make: impl FnOnce(&Report<'_>) -> Result<Paper, PaperError>,
) -> Result<Exit, Problem> {
    let plan = match OnePlan::at(&source.path, &source.judging, None)? {
        Ok(plan) => plan,
        Err(done) => return Ok(done),
    };
    let Some((file, setup, number)) = plan.setup() else { return Ok(Exit::Usage) };
    let mut uses: BTreeMap<usize, Uses> = BTreeMap::new();
    let entry = reading::checked(file, plan.source.clone(), &setup.told, &setup.rules, |report| {
        setup.judge(file, report, uses.entry(number).or_default());
    });
    output::note_failure(&entry.path, &entry.outcome);
    let Ok(mut report) = entry.outcome else { return Ok(Exit::Unreadable) };
    if source.redaction.redact {
        report = report.redacted();
    }
    let paper = make(&report).map_err(Problem::NoPaper)?;
    output::write(&paper.bytes, Some(&source.output), &plan.files)?;
    if !shared.quiet {
        output::note(&format!("Written: {}", clean(&source.output.display().to_string())));
        paper.notices.iter().for_each(|notice| output::note(notice));
    }
    plan.setups.note(&uses, shared, source.redaction.redact);
    Ok(Exit::Clean)
}
