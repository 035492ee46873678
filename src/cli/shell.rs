//! What a shell and a manual reader want: completions and the manual page.

use crate::cli::args::Arguments;
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::cli::problem::{Problem, why};
use clap::CommandFactory;

pub(crate) fn completions(shell: clap_complete::Shell) -> Result<Exit, Problem> {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "ehcp-lint", &mut out);
    output::print(&out)?;
    Ok(Exit::Clean)
}

pub(crate) fn manual() -> Result<Exit, Problem> {
    let mut out = Vec::new();
    let failed = |error: std::io::Error| Problem::NotWritten { path: "the manual page".to_owned(), why: why(&error) };
    clap_mangen::Man::new(Arguments::command()).render(&mut out).map_err(failed)?;
    output::print(&out)?;
    Ok(Exit::Clean)
}
