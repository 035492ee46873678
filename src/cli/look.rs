//! The look of this terminal: width, colours, frames. The library is told; it never asks.

use crate::cli::args::{Colour, Shared};
use ehcp_lint::{Detail, Look};
use std::env;
use std::io::IsTerminal;

/// Longer lines are hard to read, however wide the window is.
const WIDEST: usize = 100;

/// The look of standard output, or of a file where `to_file`.
pub(crate) fn output(shared: &Shared, to_file: bool) -> Look {
    let terminal = !to_file && std::io::stdout().is_terminal();
    probe(shared, terminal, terminal_size::terminal_size_of(std::io::stdout()))
}

/// The look of standard error.
pub(crate) fn errors(shared: &Shared) -> Look {
    let terminal = std::io::stderr().is_terminal();
    probe(shared, terminal, terminal_size::terminal_size_of(std::io::stderr()))
}

fn probe(shared: &Shared, terminal: bool, size: Option<(terminal_size::Width, terminal_size::Height)>) -> Look {
    let columns = size.filter(|_| terminal).map(|(width, _)| usize::from(width.0));
    let stated = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let color = match shared.color {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => terminal && !set("NO_COLOR") && env::var_os("TERM").is_none_or(|term| term != "dumb"),
    };
    let detail = match (shared.quiet, shared.verbose) {
        (true, _) => Detail::Less,
        (_, true) => Detail::More,
        _ => Detail::Usual,
    };
    Look { width: columns.or(stated).unwrap_or(80).clamp(30, WIDEST), color, unicode: unicode(), detail }
}

fn set(name: &str) -> bool {
    env::var_os(name).is_some_and(|value| !value.is_empty())
}

/// Frames are drawn unless the locale or the terminal says that it cannot show them.
fn unicode() -> bool {
    let locale =
        ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| env::var(name).ok().filter(|v| !v.is_empty()));
    let locale_can = locale.is_none_or(|locale| {
        let locale = locale.to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    });
    let terminal_can = env::var_os("TERM").is_none_or(|term| term != "linux" && term != "dumb");
    locale_can && terminal_can
}
