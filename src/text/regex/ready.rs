//! What reading a regular expression gives, as `build.rs` puts it into the binary.

use crate::text::regex::needs::Needs;
use crate::text::regex::program::Program;
use crate::text::regex::syntax;
use serde::{Deserialize, Serialize};

/// A regular expression that was read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Ready<'p> {
    /// As it is written.
    pub(super) source: &'p str,
    pub(super) program: Program,
    /// How many groups there are, the whole being the first.
    pub(super) groups: usize,
    /// What a text must hold for a match.
    pub(super) needs: Option<Needs>,
}

impl<'p> Ready<'p> {
    /// Reads a pattern; `None` where the library has to.
    #[allow(dead_code, reason = "only build.rs and tests ask")]
    pub(crate) fn of(source: &'p str) -> Option<Self> {
        let (node, groups) = syntax::read(source)?;
        let program = Program::of(&node)?;
        let needs = if program.is_sought() { Needs::of(&node) } else { None };
        Some(Self { source, program, groups, needs })
    }
}
