//! The command line: files, terminal, exit codes.

fn main() {}
