//! The pages of a PDF as objects of the file, for whoever puts notes on them.

use super::extras;
use super::glyphs::File;
use super::page::Projection;
use crate::extract::Access;
use hayro_interpret::kurbo::Affine;
use hayro_syntax::object::{Array, Dict};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What there is to know of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Skeleton {
    /// The pages that were asked for.
    pub(crate) pages: Vec<PageObject>,
    /// It only packs other files.
    pub(crate) portfolio: bool,
    /// It bears a digital signature.
    pub(crate) signed: bool,
}

/// A page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PageObject {
    /// From one.
    pub(crate) page: u32,
    /// The number of its object.
    pub(crate) number: u32,
    /// The generation of its object.
    pub(crate) generation: u16,
    /// Its dictionary, as it stands in the file.
    pub(crate) dictionary: Vec<u8>,
    /// What its list of annotations holds, as it stands in the file, wherever that is; empty where it has none.
    pub(crate) annotations: Vec<u8>,
    /// From its points to those of the file.
    pub(crate) to_file: Projection,
}

/// The skeleton of a file that is not locked, with these pages; `None` where one of them is no object of its own.
pub(crate) fn skeleton(bytes: &[u8], wanted: &BTreeSet<u32>) -> Option<Skeleton> {
    catch_unwind(AssertUnwindSafe(|| {
        let file = File::open(bytes, &Access::default()).ok()?;
        let file = file.engine();
        let mut pages = Vec::new();
        for &page in wanted {
            let source = file.pages().get(usize::try_from(page).ok()?.checked_sub(1)?)?;
            let id = source.raw().obj_id()?;
            let annotations = source.raw().get::<Array<'_>>("Annots");
            pages.push(PageObject {
                page,
                number: id.obj_number,
                generation: u16::try_from(id.gen_number).ok()?,
                dictionary: source.raw().data().to_vec(),
                annotations: annotations.map_or_else(Vec::new, |array| array.data().to_vec()),
                to_file: Projection(Affine::new(source.initial_transform(true).as_coeffs()).inverse().as_coeffs()),
            });
        }
        let root = file.xref().get::<Dict<'_>>(file.xref().root_id())?;
        let flags = root.get::<Dict<'_>>("AcroForm").and_then(|form| form.get::<u32>("SigFlags")).unwrap_or(0);
        let portfolio = extras::is_portfolio(file);
        Some(Skeleton { pages, portfolio, signed: flags & 1 == 1 || root.contains_key("Perms") })
    }))
    .ok()
    .flatten()
}
