//! HTML: one file that reads like a letter, needs no script and asks nothing of any network.
//!
//! `maud` escapes every word that is put into a page, so that a plan full of markup is shown as text.

mod ends;
mod filter;
mod glance;
mod marks;
mod note;
mod page;
mod pairs;
mod table;
mod told;
mod words;

pub(crate) use page::{join, one};
