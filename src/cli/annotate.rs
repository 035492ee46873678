//! `annotate`: a copy of the user's own file, with a comment at each finding.

use crate::cli::args::{FailOn, Judging, Shared};
use crate::cli::exit::Exit;
use crate::cli::one_plan::OnePlan;
use crate::cli::problem::Problem;
use crate::cli::setup::Uses;
use crate::cli::{look, output, reading};
use clap::Args;
use ehcp_lint::{AnnotateError, Annotated, Report, clean, show_error};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub(crate) const EXAMPLES: &str = "\
Examples:
  ehcp-lint annotate plan.docx -o plan-with-comments.docx
  ehcp-lint annotate plan.pdf -o plan-with-notes.pdf --min-severity error

The plan itself is never changed: -o names a new file. Exit status as for \u{201c}check\u{201d}.";

#[derive(Debug, Args)]
pub(crate) struct Annotate {
    /// A plan (Word or PDF); `-` reads standard input.
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// The copy to write, under a name with the same ending as the plan's.
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    judging: Judging,
    /// The least severity for which the exit status is 1; usually warning.
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
}

pub(crate) fn run(annotate: &Annotate, shared: &Shared) -> Result<Exit, Problem> {
    let plan = match OnePlan::at(&annotate.path, &annotate.judging, annotate.fail_on)? {
        Ok(plan) => plan,
        Err(done) => return Ok(done),
    };
    let mut uses: BTreeMap<usize, Uses> = BTreeMap::new();
    let Some((file, setup, number)) = plan.setup() else { return Ok(Exit::Usage) };
    let (entry, copy) = reading::annotated(file, plan.source.clone(), &setup.told, &setup.rules, |report| {
        setup.judge(file, report, uses.entry(number).or_default());
    });
    output::note_failure(&entry.path, &entry.outcome);
    let (Ok(report), Some(copy)) = (&entry.outcome, copy) else { return Ok(Exit::Unreadable) };
    let copy = match copy {
        Ok(copy) => copy,
        Err(error @ AnnotateError::Format { .. }) => return Err(Problem::NotAnnotated(error)),
        Err(error) => {
            output::note(show_error(&error, &look::errors(shared)).trim_end());
            return Ok(Exit::Unreadable);
        }
    };
    named_for(&copy, &annotate.output)?;
    output::write(&copy.bytes, Some(&annotate.output), &plan.files)?;
    if !shared.quiet {
        output::note(&done(&copy, report, &annotate.output));
    }
    plan.setups.note(&uses, shared, false);
    if let Some(warning) = copy.warning {
        output::note(warning);
    }
    let found = Report::worst(report).is_some_and(|worst| setup.fail_on.is_some_and(|floor| worst >= floor));
    Ok(if found { Exit::Findings } else { Exit::Clean })
}

/// Word opens no file whose name says that it is of another kind.
fn named_for(copy: &Annotated, output: &Path) -> Result<(), Problem> {
    let given = output.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    if given == copy.ending {
        return Ok(());
    }
    let better = output.with_extension(copy.ending).display().to_string();
    Err(Problem::WrongEnding { path: output.display().to_string(), ending: copy.ending, better })
}

/// What was written, in a line.
fn done(copy: &Annotated, report: &Report<'_>, output: &Path) -> String {
    let count = report.findings.len();
    let findings = if count == 1 { "1 finding".to_owned() } else { format!("{count} findings") };
    let output = clean(&output.display().to_string());
    format!("{output}: {} comments, one for each of {findings} and one that says what they mean.", copy.comments)
}
