//! Word documents (.docx, .docm, .dotx), transitional and strict.

mod body;
mod locked;
mod marks;
mod names;
mod notes;
mod numbering;
mod numerals;
mod package;
mod pictures;
mod read;
mod styles;
mod symbols;
mod table;
mod tree;
mod words;

#[cfg(test)]
mod tests;

use crate::extract::Format;

pub(crate) const FORMAT: Format = Format { name: "docx", sniff: read::sniff, read: read::read };
