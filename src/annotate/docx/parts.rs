//! The parts of a package that have to learn of comments: the comments themselves, the relationships, the content types.

use super::outline::{attribute, prefix_of};
use crate::extract::ANNOTATOR;
use quick_xml::NsReader;
use quick_xml::events::Event;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The same, in short.
const INITIALS: &str = "EL";

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A part of an element of lists: where it ends, and how its elements are named.
struct List {
    /// Where something can be put after the last child: before the end tag, or over the end of an empty tag.
    end: usize,
    /// The end tag that an empty one needs.
    close: Option<String>,
    /// The prefix of the outermost element, with its colon.
    own: String,
    /// A prefix that is declared for its namespace, whatever its elements bear.
    prefix: Option<String>,
    namespace: String,
    /// The ids of its children, whatever the case of the attribute's name.
    ids: BTreeSet<String>,
    names: BTreeSet<String>,
}

/// The ids of the comments that a part of comments holds already.
pub(super) fn comment_ids(text: &str) -> Option<BTreeSet<i64>> {
    Some(list(text)?.ids.iter().filter_map(|id| id.trim().parse().ok()).collect())
}

/// A part of comments with these in it, by id.
pub(super) fn comments(text: &str, notes: &[(i64, Vec<String>)]) -> Option<String> {
    let list = list(text)?;
    let (prefix, declared) = match &list.prefix {
        Some(prefix) => (prefix.as_str(), String::new()),
        None => ("w", format!(" xmlns:w=\"{}\"", list.namespace)),
    };
    let mut inner = String::new();
    for (id, paragraphs) in notes {
        let _ = write!(
            inner,
            "<{prefix}:comment{declared} {prefix}:id=\"{id}\" {prefix}:author=\"{ANNOTATOR}\" {prefix}:initials=\"{INITIALS}\">"
        );
        for paragraph in paragraphs {
            let words = escaped(paragraph);
            let _ = write!(
                inner,
                "<{prefix}:p><{prefix}:r><{prefix}:t xml:space=\"preserve\">{words}</{prefix}:t></{prefix}:r></{prefix}:p>"
            );
        }
        let _ = write!(inner, "</{prefix}:comment>");
    }
    Some(list.with(text, &inner))
}

/// A part of comments without any.
pub(super) fn no_comments(namespace: &str) -> String {
    format!("{HEAD}<w:comments xmlns:w=\"{namespace}\"></w:comments>")
}

/// The relationships of the main part, with one that leads to the comments.
pub(super) fn related(text: &str, target: &str, strict: bool) -> Option<String> {
    let list = list(text)?;
    let ids = (1..).map(|number| format!("rId{number}"));
    let id = ids.into_iter().find(|id| !list.ids.iter().any(|known| known.eq_ignore_ascii_case(id)))?;
    let address = if strict {
        "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
    } else {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    };
    let own = &list.own;
    Some(list.with(text, &format!("<{own}Relationship Id=\"{id}\" Type=\"{address}\" Target=\"{target}\"/>")))
}

/// Relationships of a part that has none.
pub(super) fn no_relations() -> String {
    format!("{HEAD}<Relationships xmlns=\"{RELATIONS}\"></Relationships>")
}

/// The list of content types, with the comments in it.
pub(super) fn typed(text: &str, part: &str) -> Option<String> {
    const COMMENTS: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
    let list = list(text)?;
    let name = format!("/{part}");
    if list.names.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
        return Some(text.to_owned());
    }
    let own = &list.own;
    Some(list.with(text, &format!("<{own}Override PartName=\"{}\" ContentType=\"{COMMENTS}\"/>", escaped(&name))))
}

impl List {
    /// `text` with `inner` as its last children.
    fn with(&self, text: &str, inner: &str) -> String {
        let (before, after) = text.split_at_checked(self.end).unwrap_or((text, ""));
        match &self.close {
            None => format!("{before}{inner}{after}"),
            Some(close) => format!("{before}>{inner}{close}{}", after.strip_prefix("/>").unwrap_or(after)),
        }
    }
}

fn list(text: &str) -> Option<List> {
    let mut reader = NsReader::from_str(text);
    let mut found: Option<List> = None;
    let mut depth = 0_usize;
    loop {
        let event = reader.read_event().ok()?;
        let end = usize::try_from(reader.buffer_position()).ok()?;
        match event {
            Event::Start(tag) | Event::Empty(tag) if found.is_none() => {
                let qualified = tag.name();
                let resolved = reader.resolver().resolve_element(qualified).0;
                let namespace = match resolved {
                    quick_xml::name::ResolveResult::Bound(namespace) => namespace.into_inner().to_owned(),
                    _ => return None,
                };
                let own = qualified.prefix().map_or_else(String::new, |prefix| format!("{}:", prefix.into_inner()));
                let empty = text.get(..end)?.ends_with("/>");
                found = Some(List {
                    end: if empty { end.checked_sub(2)? } else { end },
                    close: empty.then(|| format!("</{}>", qualified.into_inner())),
                    own,
                    prefix: prefix_of(&tag, &namespace),
                    namespace,
                    ids: BTreeSet::new(),
                    names: BTreeSet::new(),
                });
                depth = usize::from(!empty);
            }
            Event::Start(tag) => {
                note_child(found.as_mut()?, &tag, depth);
                depth += 1;
            }
            Event::Empty(tag) => note_child(found.as_mut()?, &tag, depth),
            Event::End(tag) => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    let list = found.as_mut()?;
                    list.end = text.get(..end)?.rfind("</")?;
                    debug_assert!(text.get(list.end..end).is_some_and(|close| close.contains(tag.name().into_inner())));
                }
            }
            Event::Eof => return found.filter(|_| depth == 0),
            _ => {}
        }
    }
}

fn note_child(list: &mut List, tag: &quick_xml::events::BytesStart<'_>, depth: usize) {
    if depth == 1 {
        list.ids.extend(attribute(tag, "id").or_else(|| attribute(tag, "Id")));
        list.names.extend(attribute(tag, "PartName"));
    }
}

/// Words as XML. What XML cannot hold is left out.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_to_lists_as_they_are_written() {
        let check = |before: &str, expected: &str| {
            let after = comments(before, &[(7, vec!["a < b".to_owned()])]).expect("a list");
            assert_eq!(after, expected);
        };
        let comment = "<w:comment w:id=\"7\" w:author=\"ehcp-lint\" w:initials=\"EL\"><w:p><w:r>\
                       <w:t xml:space=\"preserve\">a &lt; b</w:t></w:r></w:p></w:comment>";
        check("<w:comments xmlns:w='urn:x'/>", &format!("<w:comments xmlns:w='urn:x'>{comment}</w:comments>"));
        check(
            "<?xml version='1.0'?><w:comments xmlns:w='urn:x'><w:comment w:id='3'/>\n</w:comments >\n",
            &format!(
                "<?xml version='1.0'?><w:comments xmlns:w='urn:x'><w:comment w:id='3'/>\n{comment}</w:comments >\n"
            ),
        );
        let own = comment.replace("w:comment ", "w:comment xmlns:w=\"urn:x\" ");
        check("<comments xmlns='urn:x'></comments>", &format!("<comments xmlns='urn:x'>{own}</comments>"));
        assert!(comments("<w:comments xmlns:w='urn:x'><w:comment>", &[]).is_none());
    }

    #[test]
    fn knows_what_is_there_already() {
        let ids =
            comment_ids("<w:comments xmlns:w='urn:x'><w:comment w:id='3'><w:p w:id='9'/></w:comment></w:comments>");
        assert_eq!(ids, Some(BTreeSet::from([3])));
        let relations = "<Relationships xmlns='urn:r'><Relationship Id='rid1' Target='x'/></Relationships>";
        let related = related(relations, "comments.xml", true).expect("a list");
        assert!(related.contains("Id=\"rId2\" Type=\"http://purl.oclc.org/"), "{related}");
        let types = "<Types xmlns='urn:t'><Override PartName='/Word/Comments.xml'/></Types>";
        assert_eq!(typed(types, "word/comments.xml").as_deref(), Some(types));
        assert!(
            typed("<Types xmlns='urn:t'/>", "word/comments.xml").is_some_and(|types| types.ends_with("/></Types>"))
        );
    }
}
