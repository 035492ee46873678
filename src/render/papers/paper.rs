//! Paper: a finished file, with what the person at the screen should know of it.

use miette::Diagnostic;
use thiserror::Error;

/// A finished paper.
#[derive(Clone, PartialEq, Eq)]
pub struct Paper {
    /// The file.
    pub bytes: Vec<u8>,
    /// About how many pages of A4 it has; `None` for a table.
    pub pages: Option<usize>,
    /// How many findings are not in it: those on sections that it does not hold, and what no page has room for.
    pub left_out: usize,
    /// What whoever made it should know: what is to fill in, what was left out. No word of the plan.
    pub notices: Vec<String>,
}

/// Why a paper cannot be written.
#[derive(Clone, Debug, Error, Diagnostic, PartialEq, Eq)]
pub enum PaperError {
    /// A letter on a draft and one on a final plan differ in their law.
    #[error("The plan does not say whether it is a draft or final, and the letter differs.")]
    #[diagnostic(help("Say which it is: --stage draft, --stage final or --stage amended."))]
    StageUnknown,
    /// More rows than a sheet has, or words that a workbook cannot hold.
    #[error("The schedule could not be put into a workbook.")]
    #[diagnostic(help("Write it as a .csv file."))]
    Workbook,
    /// A short letter that does not fit on its page.
    #[error("The letter does not fit on one page.")]
    #[diagnostic(help("Write it without --short."))]
    TooLong,
}
