//! `--redact`: reports for other eyes, without a word of the plan, without names and file names.

use clap::Args;

/// Whether the words of the plans may be shown. Every command that writes a report can take it in.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(crate) struct Redaction {
    /// Leave out every quoted word of the plan, names and file names; rules, sections, places and what to ask for stay.
    #[arg(long)]
    pub(crate) redact: bool,
}
