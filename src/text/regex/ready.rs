//! What reading a regular expression gives, as `build.rs` puts it into the binary.

use crate::text::regex::needs::Needs;
use crate::text::regex::program::Program;
use crate::text::regex::syntax;
use serde::{Deserialize, Serialize};

/// A regular expression that was read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Ready<'p> {
    /// As it is written.
    pub(crate) source: &'p str,
    /// What a text must hold for a match.
    pub(crate) needs: Option<Needs>,
    /// Its [`Steps`], packed by themselves: most expressions find in most plans nothing that they need, and are never searched for.
    pub(crate) steps: &'p [u8],
}

/// What a search takes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Steps {
    pub(super) program: Program,
    /// How many groups there are, the whole being the first.
    pub(super) groups: usize,
}

/// Reads a pattern; `None` where the library has to search for it.
#[allow(dead_code, reason = "only build.rs asks")]
pub(crate) fn read(source: &str) -> Option<(Option<Needs>, Steps)> {
    let (node, groups) = syntax::read(source)?;
    let program = Program::of(&node)?;
    let needs = if program.is_sought() { Needs::of(&node) } else { None };
    program.find_starts();
    Some((needs, Steps { program, groups }))
}
