//! The engine: data files → rules; checks; findings.

pub(crate) mod blanks;
mod category;
pub(crate) mod check;
mod file;
mod finding;
mod hit;
mod listed;
mod named;
mod patterns;
mod phrases;
mod proof;
pub(crate) mod prose;
mod quiet;
mod rule;
mod set;
mod standing;
pub(crate) mod template;
mod unread;
mod when;
mod wording;

pub use category::Category;
#[cfg(feature = "audit")]
pub(crate) use check::identifiers::{Identifier, identifiers, identifiers_in};
pub use file::{Problem, RuleError};
pub use finding::{Finding, Note};
pub use hit::{Anchor, Confidence};
pub use listed::Listed;
pub use proof::{Example, Miss};
pub use quiet::{Quiet, Silence};
pub use rule::{Authority, Certainty, Force, Rule, Severity, Status, Term};
pub use set::{Rules, UnknownRule, Verdict};
#[cfg(feature = "audit")]
pub(crate) use standing::Standing;
pub use template::Template;
pub use unread::Unread;
pub use when::When;
