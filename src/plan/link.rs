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

impl Link {
    /// The links of one need or outcome, out of `links` in the order of [`crate::plan::Plan::links`].
    pub(crate) fn of(links: &[Link], from: usize) -> &[Link] {
        let start = links.partition_point(|link| link.from < from);
        let end = links.partition_point(|link| link.from <= from);
        links.get(start..end).unwrap_or_default()
    }
}
