//! Dashboard: the figures of an audit as one page that works offline: plots, the same as tables, what each figure means.

mod across;
mod fluid;
mod lines;
mod page;
mod plot;
mod sections;

use crate::audit::repeats::Cluster;
use crate::audit::rows::TemplateRow;
use crate::audit::tally::Tally;
use page::Page;
use sections::Writer;
use std::collections::BTreeMap;

/// What the page says of the run itself.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// Versions and settings: name and value.
    pub settings: Vec<(String, String)>,
    /// Rows of the user's table; of them, those about no file that was found.
    pub meta: Option<(usize, usize)>,
    /// Files about which the table has no row.
    pub without_meta: u64,
}

/// What plans have in common.
#[derive(Default)]
pub struct Across {
    /// The sentences that stand in most plans.
    pub top: Vec<Cluster>,
    /// Sentences that stand in more than one plan, by origin: how many, and statements that hold them.
    pub sentences: BTreeMap<&'static str, (u64, u64)>,
    /// Statements that are long enough to be compared.
    pub compared: u64,
    /// Provisions whose sentence was copied from plan to plan, and all provisions that are long enough to tell.
    pub copied_provisions: (u64, u64),
    /// In how many plans a copied sentence stands: how many sentences.
    pub spread: BTreeMap<u32, u64>,
    /// The templates, those of most plans first.
    pub templates: Vec<TemplateRow>,
    /// Pairs of plans of which one holds a name or number of the other; plans that do.
    pub strangers: (u64, u64),
}

/// The page.
pub fn dashboard(tally: &Tally, across: &Across, about: &About) -> Vec<u8> {
    let mut page = Page::begin("Audit of EHC plans");
    let writer = Writer { tally };
    page.heading(1, None, "Audit of EHC plans");
    writer.base(&mut page);
    page.raw(
        "</header>\n<nav aria-label=\"Contents\"><ul>\n<li><a href=\"#files\">What was read</a></li>\n<li><a \
         href=\"#provision\">Provision in Section F</a></li>\n<li><a href=\"#sections\">Sections</a></li>\n<li><a \
         href=\"#placement\">Placement</a></li>\n<li><a href=\"#categories\">What was found, by category</a></li>\n<li><a \
         href=\"#spread\">Distributions</a></li>\n<li><a href=\"#across\">Across plans</a></li>\n<li><a \
         href=\"#identifiers\">Identifiers</a></li>\n<li><a href=\"#method\">How this was made</a></li>\n</ul></nav>\n<main \
         id=\"main\">\n",
    );
    writer.files(&mut page, about);
    writer.provision(&mut page);
    writer.sections(&mut page);
    writer.placement(&mut page);
    writer.categories(&mut page);
    writer.spreads(&mut page);
    writer.across(&mut page, across);
    writer.identifiers(&mut page);
    writer.method(&mut page, about);
    page.end()
}
