//! `letter`: what the family writes to the council about a plan.

use crate::cli::args::Shared;
use crate::cli::exit::Exit;
use crate::cli::paper::{self, Source};
use crate::cli::problem::Problem;
use clap::{Args, ValueEnum};
use ehcp_lint::papers::{LetterChoice, Voice, letter};

pub(crate) const EXAMPLES: &str = "\
Examples:
  ehcp-lint letter draft.docx -o letter.docx
  ehcp-lint letter draft.pdf -o letter.docx --short --from parent

What only you know stands in [square brackets]. The plan itself is never changed.

Exit status: 0 the letter was written; 2 wrong usage, or the plan does not say whether it is a draft; 3 the plan could not
be read.";

#[derive(Debug, Args)]
pub(crate) struct Letter {
    #[command(flatten)]
    source: Source,
    /// One page: the most serious points.
    #[arg(long)]
    short: bool,
    /// Who writes; otherwise a young person over compulsory school age by the date of birth, and a parent for anybody else.
    #[arg(long, value_enum, value_name = "WHO")]
    from: Option<From>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum From {
    /// A parent or carer.
    Parent,
    /// The young person.
    YoungPerson,
}

pub(crate) fn run(command: &Letter, shared: &Shared) -> Result<Exit, Problem> {
    command.source.with_its_words()?;
    command.source.ending(&["docx"], ".docx")?;
    let voice = command.from.map(|from| match from {
        From::Parent => Voice::Parent,
        From::YoungPerson => Voice::YoungPerson,
    });
    let choice = LetterChoice { short: command.short, voice };
    paper::write(&command.source, shared, |report| letter(report, choice))
}
