//! What a PDF holds beside its text: properties, and the notes on its pages.

use crate::extract::Access;
use crate::extract::aside::{Aside, AsidePlace};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, String as Words};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// More than any plan has; a file that holds more is cut here.
const MOST: usize = 5_000;

/// Everything beside the text. What is damaged is left out: the text has its own gaps.
pub(super) fn asides(bytes: &[u8], access: &Access) -> Vec<Aside> {
    catch_unwind(AssertUnwindSafe(|| read(bytes, access))).unwrap_or_default()
}

fn read(bytes: &[u8], access: &Access) -> Vec<Aside> {
    let password = access.password.as_deref().unwrap_or_default();
    let Ok(file) = Pdf::new_with_password(bytes.to_vec(), password) else { return Vec::new() };
    let told = file.metadata();
    let mut found = Vec::new();
    let properties =
        [("title", &told.title), ("author", &told.author), ("subject", &told.subject), ("keywords", &told.keywords)];
    for (name, value) in properties {
        push(&mut found, AsidePlace::Properties, name, value.as_deref());
    }
    for page in file.pages().iter() {
        let Some(notes) = page.raw().get::<Array<'_>>("Annots") else { continue };
        for note in notes.iter::<Dict<'_>>() {
            for (key, name) in [("Contents", "comment"), ("T", "author")] {
                let words = note.get::<Words<'_>>(key);
                push(&mut found, AsidePlace::Comment, name, words.as_ref().map(Words::as_bytes));
            }
            if found.len() > MOST {
                return found;
            }
        }
    }
    found
}

fn push(found: &mut Vec<Aside>, place: AsidePlace, name: &str, value: Option<&[u8]>) {
    let text = value.map(decoded).unwrap_or_default();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let aside = Aside { place, name: name.to_owned(), text };
    if !aside.text.is_empty() && !found.contains(&aside) {
        found.push(aside);
    }
}

/// A text string of a PDF: UTF-16 or UTF-8 where it says so, else one byte a character.
fn decoded(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}
