//! Footnotes and endnotes, found by their ids.

use super::names::Tag;
use super::tree::Tree;
use super::words::Story;
use std::collections::BTreeMap;

/// The notes of one kind.
#[derive(Debug)]
pub(super) struct Notes {
    story: Story,
    by_id: BTreeMap<i64, usize>,
}

impl Notes {
    /// Reads a part of notes; the lines that part them from the text are no notes.
    pub(super) fn of(tree: Tree, part: Option<u32>) -> Self {
        let note = |at| {
            let ordinary = tree.attribute(at, "type").is_none_or(|kind| kind == "normal");
            let id = tree.attribute(at, "id").filter(|_| ordinary)?;
            Some((id.trim().parse().ok()?, at))
        };
        let notes = tree.children(0).filter(|&at| tree.tag(at) == Tag::Note);
        let by_id = notes.filter_map(note).collect();
        Self { story: Story::of(tree, part), by_id }
    }

    /// The note's story and node.
    pub(super) fn find(&self, id: i64) -> Option<(&Story, usize)> {
        self.by_id.get(&id).map(|&at| (&self.story, at))
    }
}
