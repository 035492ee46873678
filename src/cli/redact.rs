//! `--redact`: reports for other eyes, without a word of the plan, without names and file names.

use clap::Args;
use ehcp_lint::Run;

/// Whether the words of the plans may be shown. Every command that writes a report can take it in.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(crate) struct Redaction {
    /// Leave out every quoted word of the plan, names and file names; rules, sections, places and what to ask for stay.
    #[arg(long)]
    pub(crate) redact: bool,
}

impl Redaction {
    /// The run as it may be shown. To be called before anything is written or noted.
    pub(crate) fn apply(self, run: Run<'_>) -> Run<'_> {
        if self.redact { run.redacted() } else { run }
    }
}
