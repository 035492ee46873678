//! Aside: what a file holds beside its text, where who a child is can stand long after the text was cleaned.

use crate::extract::{Access, FORMATS};
use std::fmt;

/// Words of a file that are no part of its text.
#[derive(Clone, PartialEq, Eq)]
pub struct Aside {
    /// Where they stand.
    pub place: AsidePlace,
    /// What the file calls them: `creator`, `author`, `title`.
    pub name: String,
    /// The words.
    pub text: String,
}

/// Where words stand that are no part of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AsidePlace {
    /// The file's properties.
    Properties,
    /// A comment or note, or who wrote it.
    Comment,
    /// Who made a tracked change.
    Change,
    /// The name of a bookmark.
    Bookmark,
}

impl AsidePlace {
    /// The word of the data files.
    pub fn as_str(self) -> &'static str {
        match self {
            AsidePlace::Properties => "properties",
            AsidePlace::Comment => "comment",
            AsidePlace::Change => "tracked-change",
            AsidePlace::Bookmark => "bookmark",
        }
    }
}

impl fmt::Debug for Aside {
    /// No words, like the document's.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Aside").field("place", &self.place).field("name", &self.name).finish_non_exhaustive()
    }
}

/// What a file of any known format holds beside its text; nothing where it cannot be opened.
pub fn asides(bytes: &[u8], access: &Access) -> Vec<Aside> {
    let format = FORMATS.iter().find(|format| (format.sniff)(bytes));
    format.map_or_else(Vec::new, |format| (format.asides)(bytes, access))
}
