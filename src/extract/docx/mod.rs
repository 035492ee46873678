//! Word documents (.docx, .docm, .dotx), transitional and strict.

mod aside;
mod body;
mod encoding;
mod known_parts;
mod locked;
mod marks;
mod names;
mod notes;
mod numbering;
mod numerals;
mod package;
mod pictures;
mod prefixes;
mod read;
mod styles;
mod symbols;
mod table;
mod tree;
mod words;

#[cfg(test)]
mod tests;

pub(crate) use encoding::Written;
pub(crate) use package::{Package, Relation};
pub(crate) use tree::Fault;

#[cfg(test)]
pub(crate) use tests::fixture;

use crate::extract::Format;

pub(crate) const FORMAT: Format =
    Format { name: "docx", sniff: read::sniff, own: true, read: read::read, asides: aside::asides };
