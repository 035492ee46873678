//! The command line: parse, run, print what went wrong, exit.

mod cli;

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// Reading a plan asks for many small pieces of memory and soon gives them back: with the C library's allocator that took a
/// sixth of the time of an audit (docs/audit.md).
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cli::main().into()
}
