//! Plain words by `pdf-extract`. It panics, recurses without end and holds whole files: to be called in a process of its own.

use crate::extract::Access;
use pdf_extract::{PlainTextOutput, output_doc_page};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Pages after these are not asked for.
const MAX_PAGES: usize = 2_000;

/// Hands over the words of these pages of a PDF, or of all where none is named, one page at a time.
///
/// Made for a hostile file to break: a caller runs it in a process that may die, with limits, and takes what it has
/// handed over until then.
pub fn plain_words(bytes: &[u8], access: &Access, pages: &[u32], mut take: impl FnMut(u32, &str)) {
    let opened = catch_unwind(AssertUnwindSafe(|| {
        let mut file = pdf_extract::Document::load_mem(bytes).ok()?;
        if file.is_encrypted() {
            file.decrypt(access.password.as_deref().unwrap_or_default()).ok()?;
        }
        let all = file.get_pages();
        let wanted = all.keys().copied().filter(|page| pages.is_empty() || pages.contains(page));
        let wanted: Vec<u32> = wanted.take(MAX_PAGES).collect();
        Some((file, wanted))
    }));
    let Ok(Some((file, wanted))) = opened else { return };
    for page in wanted {
        let mut text = String::new();
        // What stood on the page before it stumbled is kept.
        let _ = catch_unwind(AssertUnwindSafe(|| {
            output_doc_page(&file, &mut PlainTextOutput::new(&mut text), page).is_ok()
        }));
        if !text.trim().is_empty() {
            take(page, &text);
        }
    }
}
