//! What a Word file holds beside its text: properties, comments, who changed it, bookmarks.

use super::known_parts::KnownParts;
use super::locked;
use super::package::Package;
use crate::extract::aside::{Aside, AsidePlace};
use crate::extract::{Access, View};
use memchr::memmem;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::sync::Arc;

/// More than any plan has; a file that holds more is cut here.
const MOST: usize = 5_000;

/// The attribute that names who commented or changed something.
const AUTHOR: &str = "author";
/// The element that bears the name of a bookmark.
const BOOKMARK: &str = "bookmarkStart";

/// Parts that a file has from its template: half of what it unpacks to.
const OF_TEMPLATES: &[&str] =
    &["word/styles", "word/theme/", "word/fonttable", "word/settings", "word/websettings", "word/numbering"];
/// What such parts tell, of the files that were read last.
static TEMPLATES: KnownParts<String> = KnownParts::new();

/// Everything beside the text. What is damaged is left out: the text has its own gaps.
pub(super) fn asides(bytes: &[u8], access: &Access) -> Vec<Aside> {
    let unlocked = if locked::sniff(bytes) { locked::unlocked(bytes, access.password.as_deref()).ok() } else { None };
    let bytes = unlocked.as_deref().unwrap_or(bytes);
    let Ok(mut package) = Package::open(bytes, View::Accepted) else { return Vec::new() };
    let mut found = Vec::new();
    for name in package.part_names() {
        let place = match name.as_str() {
            "docprops/core.xml" | "docprops/app.xml" | "docprops/custom.xml" => AsidePlace::Properties,
            name if name.starts_with("word/comments") || name == "word/people.xml" => AsidePlace::Comment,
            name if name.starts_with("word/") && !name.contains("/_rels/") => AsidePlace::Change,
            _ => continue,
        };
        if name.rsplit('.').next() != Some("xml") {
            continue;
        }
        let text = |package: &mut Package<'_>| package.bytes(&name).map(|bytes| telling_text(bytes, place));
        let text = if OF_TEMPLATES.iter().any(|part| name.starts_with(part)) {
            package.told(&name, &TEMPLATES, text)
        } else {
            text(&mut package).map(Arc::new)
        };
        if let Ok(text) = text {
            read(&text, place, &mut found);
        }
    }
    found.truncate(MOST);
    found
}

/// The text of a part, or nothing where it names nobody: most parts are long, and few do.
fn telling_text(bytes: Vec<u8>, place: AsidePlace) -> String {
    if place == AsidePlace::Change && !names_author(&bytes) && memmem::find(&bytes, BOOKMARK.as_bytes()).is_none() {
        return String::new();
    }
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into())
}

/// Whether an attribute can be in a part that names who commented or changed something: plans speak of authorities too.
fn names_author(part: &[u8]) -> bool {
    memmem::find_iter(part, AUTHOR.as_bytes()).any(|at| {
        let after = part.get(at + AUTHOR.len()..).unwrap_or_default();
        after.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'=')
    })
}

/// Takes out of one part what its place makes worth having.
fn read(text: &str, place: AsidePlace, found: &mut Vec<Aside>) {
    let mut reader = Reader::from_str(text);
    let mut words = String::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof => break,
            Event::Start(start) | Event::Empty(start) => {
                attributes(&start, place, found);
            }
            Event::Text(text) if place != AsidePlace::Change => {
                words.push_str(text.as_ref());
            }
            Event::End(end) => {
                let name = end.local_name();
                let name = name.as_ref();
                // A property is an element; a comment is all its paragraphs.
                let whole = place == AsidePlace::Properties || name == "comment";
                if whole && !words.trim().is_empty() && is_telling(name) {
                    let text = words.split_whitespace().collect::<Vec<_>>().join(" ");
                    found.push(Aside { place, name: name.to_owned(), text });
                }
                if whole {
                    words.clear();
                } else {
                    words.push(' ');
                }
            }
            _ => {}
        }
        if found.len() > MOST {
            return;
        }
    }
}

/// Authors of comments and changes, and bookmarks.
fn attributes(start: &BytesStart<'_>, place: AsidePlace, found: &mut Vec<Aside>) {
    let is_bookmark = start.local_name().as_ref() == BOOKMARK;
    if !is_bookmark && !start.contains(AUTHOR) {
        return;
    }
    for attribute in start.attributes().flatten() {
        let key = attribute.key.local_name();
        let wanted = match key.as_ref() {
            AUTHOR => place != AsidePlace::Properties,
            "name" => is_bookmark,
            _ => false,
        };
        let text = attribute.value.trim();
        // Word's own bookmarks begin with an underscore.
        if wanted && !text.is_empty() && !text.starts_with('_') {
            let place = if is_bookmark { AsidePlace::Bookmark } else { place };
            let aside = Aside { place, name: key.as_ref().to_owned(), text: text.to_owned() };
            if !found.contains(&aside) {
                found.push(aside);
            }
        }
    }
}

/// Properties that can hold what a person typed, or who a person is.
fn is_telling(name: &str) -> bool {
    const TELLING: &[&str] = &[
        "title",
        "subject",
        "creator",
        "keywords",
        "description",
        "lastModifiedBy",
        "category",
        "Company",
        "Manager",
        "lpwstr",
        "lpstr",
        "comment",
    ];
    TELLING.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::docx::tests::fixture::{Fixture, p, run};

    #[test]
    fn what_stands_beside_the_text_is_found() {
        let core = "<cp:coreProperties xmlns:cp='c' xmlns:dc='d'><dc:title>Plan of Sam Hall</dc:title>\
                    <dc:creator>Ann Lee</dc:creator><cp:revision>4</cp:revision></cp:coreProperties>";
        let comment = format!("<w:comment w:id='0' w:author='Bo Ray'>{}{}</w:comment>", p(&run("Ask")), p(&run("Sam")));
        let body = "<w:p><w:bookmarkStart w:id='1' w:name='_Toc1'/><w:bookmarkStart w:id='2' w:name='SamHall'/>\
                    <w:ins w:id='3' w:author='Cy Fox'><w:r><w:t>Words</w:t></w:r></w:ins></w:p>";
        let file = Fixture::body(body).part("comments", &comment).entry("docProps/core.xml", core).build();
        let found: Vec<String> = asides(&file, &Access::default())
            .into_iter()
            .map(|aside| format!("{} {}: {}", aside.place.as_str(), aside.name, aside.text))
            .collect();
        assert_eq!(
            found,
            [
                "properties title: Plan of Sam Hall",
                "properties creator: Ann Lee",
                "comment author: Bo Ray",
                "comment comment: Ask Sam",
                "bookmark name: SamHall",
                "tracked-change author: Cy Fox",
            ]
        );
        assert!(asides(b"PK\x03\x04", &Access::default()).is_empty());
    }
}
