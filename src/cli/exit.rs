//! Exit: what the exit status says.

use std::process::ExitCode;

/// How a command ended. A promise to scripts; a closed pipe counts as `Clean`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Nothing at or above `--fail-on`.
    Clean = 0,
    /// Findings at or above it.
    Findings = 1,
    /// Wrong usage, a wrong rule file, or a path that does not exist.
    Usage = 2,
    /// A document could not be read or holds no text; the others were checked.
    Unreadable = 3,
    /// An audit was stopped from the keyboard, and can go on.
    #[cfg(feature = "audit")]
    Stopped = 130,
}

impl Exit {
    /// What an exit status of this program says.
    pub(crate) fn of(status: i32) -> Self {
        match status {
            0 => Self::Clean,
            1 => Self::Findings,
            2 => Self::Usage,
            _ => Self::Unreadable,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}
