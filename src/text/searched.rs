//! A text that patterns are searched for in.

use crate::text::lacked::Lacked;
use crate::text::runs::Runs;

/// A text that is searched; where many patterns look at it, with what it holds.
pub(crate) trait Searched<'t>: Copy {
    /// The text.
    fn words(self) -> &'t str;
    /// What it holds, where that is told.
    fn runs(self) -> Option<&'t Runs>;
    /// Where it is remembered which patterns do not match in these words.
    fn lacked(self) -> Option<&'t Lacked> {
        None
    }
}

impl<'t> Searched<'t> for &'t str {
    fn words(self) -> &'t str {
        self
    }

    fn runs(self) -> Option<&'t Runs> {
        None
    }
}

impl<'t> Searched<'t> for &'t String {
    fn words(self) -> &'t str {
        self
    }

    fn runs(self) -> Option<&'t Runs> {
        None
    }
}
