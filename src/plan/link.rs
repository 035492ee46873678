//! Link: which provision answers which need and serves which outcome, with the evidence for it.

/// A link between two statements, by their index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// A need or an outcome.
    pub from: usize,
    /// A provision.
    pub to: usize,
    /// Why they are taken to belong together.
    pub evidence: Evidence,
    /// How strong that evidence is, from 1 (one shared general term) upwards.
    pub weight: u32,
}

/// Why two statements are taken to belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// They share a row of a grid.
    Row,
    /// One names the other's number.
    Reference,
    /// They speak of the same thing in the field's terms.
    Terms,
    /// They stand under the same area of need.
    Area,
}
