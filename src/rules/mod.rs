//! The engine: data files → rules; checks; findings.

mod category;
pub(crate) mod check;
mod hit;

pub use category::Category;
pub use hit::{Anchor, Confidence};
