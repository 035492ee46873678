//! Progress: what somebody at a terminal sees while an audit runs; nothing where nobody looks.

use crate::cli::args::Shared;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::fmt::{self, Write};
use std::io::IsTerminal as _;
use std::time::Duration;

const READING: &str = "{bar:28} {pos} of {len} files, {rate}, {eta} left  {msg}";
const GATHERING: &str = "{spinner} {msg} {elapsed}";
/// How often what turns is turned.
const TURN: Duration = Duration::from_millis(250);

/// A bar that shows how many of the files were read, how fast, how long the others will take, and how many could not be read.
pub(crate) fn reading(left: usize, found: usize, shared: &Shared) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(found as u64), target(shared));
    let bar = bar.with_position(found.saturating_sub(left) as u64).with_style(style(READING));
    bar.reset_eta();
    bar
}

/// What turns while the results are put together. It goes away with the value.
pub(crate) fn gathering(shared: &Shared) -> Gathering {
    let bar = ProgressBar::with_draw_target(None, target(shared)).with_style(style(GATHERING));
    bar.set_message("putting the results together,");
    if !bar.is_hidden() {
        bar.enable_steady_tick(TURN);
    }
    Gathering(bar)
}

/// Something that turns.
pub(crate) struct Gathering(ProgressBar);

impl Drop for Gathering {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

fn target(shared: &Shared) -> ProgressDrawTarget {
    let seen = std::io::stderr().is_terminal() && !shared.quiet;
    if seen { ProgressDrawTarget::stderr_with_hz(8) } else { ProgressDrawTarget::hidden() }
}

fn style(template: &str) -> ProgressStyle {
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    style.with_key("rate", |state: &ProgressState, out: &mut dyn Write| {
        let _ = rate(state.per_sec(), out);
    })
}

/// Files in a second; where they are fewer than one, in a minute.
fn rate(per_second: f64, out: &mut dyn Write) -> fmt::Result {
    if per_second >= 1.0 { write!(out, "{per_second:.1}/s") } else { write!(out, "{:.1}/min", per_second * 60.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_short() {
        for (per_second, expected) in [(35.6666, "35.7/s"), (1.0, "1.0/s"), (0.25, "15.0/min"), (0.0, "0.0/min")] {
            let mut out = String::new();
            rate(per_second, &mut out).expect("written");
            assert_eq!(out, expected);
        }
    }
}
