//! `working-document`: sections of a plan in the tribunal's key.

use crate::cli::args::{Shared, letters};
use crate::cli::exit::Exit;
use crate::cli::paper::{self, Source};
use crate::cli::problem::Problem;
use clap::Args;
use ehcp_lint::Letter;
use ehcp_lint::papers::working_document;

pub(crate) const EXAMPLES: &str = "\
Examples:
  ehcp-lint working-document plan.docx -o working-document.docx
  ehcp-lint working-document plan.pdf -o working-document.docx --sections B,E,F,I

Exit status: 0 the document was written; 2 wrong usage; 3 the plan could not be read.";

#[derive(Debug, Args)]
pub(crate) struct WorkingDocument {
    #[command(flatten)]
    source: Source,
    /// The sections to copy, separated by commas.
    #[arg(long, value_delimiter = ',', value_name = "LETTERS", default_value = "B,F,I", value_parser = letters(),
          ignore_case = true)]
    sections: Vec<String>,
}

pub(crate) fn run(command: &WorkingDocument, shared: &Shared) -> Result<Exit, Problem> {
    command.source.with_its_words()?;
    command.source.ending(&["docx"], ".docx")?;
    let asked = |letter: &Letter| command.sections.iter().any(|name| name.eq_ignore_ascii_case(letter.as_str()));
    let letters: Vec<Letter> = Letter::ALL.into_iter().filter(asked).collect();
    paper::write(&command.source, shared, |report| Ok(working_document(report, &letters)))
}
