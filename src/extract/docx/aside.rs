//! What a Word file holds beside its text: properties, comments, who changed it, bookmarks.

use super::locked;
use super::package::Package;
use crate::extract::aside::{Aside, AsidePlace};
use crate::extract::{Access, View};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// More than any plan has; a file that holds more is cut here.
const MOST: usize = 5_000;

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
        let is_xml = name.rsplit('.').next() == Some("xml");
        if let Some(text) = package.bytes(&name).ok().filter(|_| is_xml) {
            read(&String::from_utf8_lossy(&text), place, &mut found);
        }
    }
    found.truncate(MOST);
    found
}

/// Takes out of one part what its place makes worth having.
fn read(text: &str, place: AsidePlace, found: &mut Vec<Aside>) {
    let mut reader = Reader::from_str(text);
    let mut element;
    let mut words = String::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof => break,
            Event::Start(start) | Event::Empty(start) => {
                element = local(start.local_name().as_ref());
                attributes(&start, &element, place, found);
            }
            Event::Text(text) if place != AsidePlace::Change => {
                words.push_str(text.as_ref());
            }
            Event::End(end) => {
                let name = local(end.local_name().as_ref());
                // A property is an element; a comment is all its paragraphs.
                let whole = place == AsidePlace::Properties || name == "comment";
                if whole && !words.trim().is_empty() && is_telling(&name) {
                    let text = words.split_whitespace().collect::<Vec<_>>().join(" ");
                    found.push(Aside { place, name, text });
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
fn attributes(start: &BytesStart<'_>, element: &str, place: AsidePlace, found: &mut Vec<Aside>) {
    for attribute in start.attributes().flatten() {
        let key = local(attribute.key.local_name().as_ref());
        let wanted = match key.as_str() {
            "author" => place != AsidePlace::Properties,
            "name" => element == "bookmarkStart",
            _ => false,
        };
        let text = attribute.value.trim().to_owned();
        // Word's own bookmarks begin with an underscore.
        if wanted && !text.is_empty() && !text.starts_with('_') {
            let place = if element == "bookmarkStart" { AsidePlace::Bookmark } else { place };
            let aside = Aside { place, name: key, text };
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

fn local(name: &str) -> String {
    name.to_owned()
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
