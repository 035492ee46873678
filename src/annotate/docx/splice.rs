//! The main part with marks put into it: nothing is written anew, pieces of text are only put between its bytes.

use super::outline::Outline;
use super::place::{Cut, Place};
use std::collections::{BTreeMap, BTreeSet};

/// The marks of one comment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) id: i64,
    /// From where to where; `None`: at the very beginning of the body, in a paragraph of its own.
    pub(super) range: Option<(Place, Place)>,
}

/// What stands at one place.
#[derive(Debug, Default)]
struct Here {
    cut: Option<Cut>,
    ends: Vec<i64>,
    starts: Vec<i64>,
}

/// `text` with the marks in it.
pub(super) fn spliced(text: &str, outline: &Outline, marks: &[Mark]) -> String {
    let mut places: BTreeMap<usize, Here> = BTreeMap::new();
    let mut homeless = Vec::new();
    for mark in marks {
        let Some((start, end)) = mark.range else {
            homeless.push(mark.id);
            continue;
        };
        let here = places.entry(start.at).or_default();
        here.cut = Some(start.cut);
        here.starts.push(mark.id);
        let here = places.entry(end.at).or_default();
        here.cut = Some(end.cut);
        here.ends.push(mark.id);
    }
    let spaced = spaced(text, outline, &places);
    // at the same byte: what is put into a start tag cannot meet what stands between runs
    let mut inserts: BTreeMap<usize, String> = BTreeMap::new();
    for &(run, piece) in &spaced {
        if let Some(tag) = outline.runs.get(run).and_then(|run| run.pieces.get(piece)).map(|piece| &piece.start_tag)
            && let Some(written) = text.get(tag.clone())
        {
            inserts.insert(tag.start + preserving_at(written), PRESERVE.to_owned());
        }
    }
    for (&at, here) in &places {
        inserts.entry(at).or_default().push_str(&inserted(text, outline, here, &spaced));
    }
    if let (Some(body), false) = (outline.body, homeless.is_empty()) {
        let marks: String = homeless.iter().map(|&id| start(outline, id) + &end(outline, id)).collect();
        let paragraph = wrapped(outline, "p", &marks);
        inserts.entry(body).or_default().insert_str(0, &paragraph);
    }
    let mut out = String::with_capacity(text.len() + inserts.values().map(String::len).sum::<usize>());
    let mut done = 0;
    for (at, insert) in inserts {
        out.push_str(text.get(done..at).unwrap_or_default());
        out.push_str(&insert);
        done = at;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

const PRESERVE: &str = " xml:space=\"preserve\"";

/// The pieces of text that are cut beside a space, which Word would then drop unless it is told not to.
fn spaced(text: &str, outline: &Outline, places: &BTreeMap<usize, Here>) -> BTreeSet<(usize, usize)> {
    let beside_space = |at: usize| {
        let (before, after) = text.split_at_checked(at).unwrap_or_default();
        before.ends_with(char::is_whitespace) || after.starts_with(char::is_whitespace)
    };
    let mut spaced = BTreeSet::new();
    for (&at, here) in places {
        if let Some(Cut::Text(run, piece)) = here.cut
            && beside_space(at)
            && !start_tag(text, outline, run, piece).contains("xml:space")
        {
            spaced.insert((run, piece));
        }
    }
    spaced
}

fn start_tag<'t>(text: &'t str, outline: &Outline, run: usize, piece: usize) -> &'t str {
    let piece = outline.runs.get(run).and_then(|run| run.pieces.get(piece));
    piece.and_then(|piece| text.get(piece.start_tag.clone())).unwrap_or_default()
}

/// Where in a start tag another attribute can stand.
fn preserving_at(tag: &str) -> usize {
    tag.len() - if tag.ends_with("/>") { 2 } else { 1 }
}

/// What is put in at one place.
fn inserted(text: &str, outline: &Outline, here: &Here, spaced: &BTreeSet<(usize, usize)>) -> String {
    let mut marks: String = here.ends.iter().map(|&id| end(outline, id)).collect();
    marks.extend(here.starts.iter().map(|&id| start(outline, id)));
    let (number, piece) = match here.cut {
        None | Some(Cut::Nothing) => return marks,
        Some(Cut::Run(run)) => (run, None),
        Some(Cut::Text(run, piece)) => (run, Some(piece)),
    };
    let Some(run) = outline.runs.get(number) else { return marks };
    let run_tag = text.get(run.start_tag.clone()).unwrap_or_default();
    let properties = run.properties.clone().and_then(|range| text.get(range)).unwrap_or_default();
    let closed = format!("</{}>", tag_name(run_tag));
    let opened = format!("{run_tag}{properties}");
    let Some(piece) = piece else { return closed + &marks + &opened };
    let text_tag = start_tag(text, outline, number, piece);
    let mut tag = text_tag.to_owned();
    if spaced.contains(&(number, piece)) {
        tag.insert_str(preserving_at(text_tag), PRESERVE);
    }
    format!("</{}>{closed}{marks}{opened}{tag}", tag_name(text_tag))
}

/// The name in a start tag, with its prefix.
fn tag_name(tag: &str) -> &str {
    let name = tag.trim_start_matches('<');
    name.split(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/').next().unwrap_or(name)
}

fn start(outline: &Outline, id: i64) -> String {
    let (prefix, declared) = prefix(outline);
    format!("<{prefix}:commentRangeStart{declared} {prefix}:id=\"{id}\"/>")
}

/// The end of the words, and the reference by which the comment itself is found.
fn end(outline: &Outline, id: i64) -> String {
    let (prefix, declared) = prefix(outline);
    let reference = format!("<{prefix}:commentReference {prefix}:id=\"{id}\"/>");
    format!("<{prefix}:commentRangeEnd{declared} {prefix}:id=\"{id}\"/>") + &wrapped(outline, "r", &reference)
}

fn wrapped(outline: &Outline, name: &str, inner: &str) -> String {
    let (prefix, declared) = prefix(outline);
    format!("<{prefix}:{name}{declared}>{inner}</{prefix}:{name}>")
}

/// The prefix of our own elements, and its declaration where the document has none.
fn prefix(outline: &Outline) -> (&str, String) {
    match &outline.prefix {
        Some(prefix) => (prefix, String::new()),
        None => ("w", format!(" xmlns:w=\"{}\"", outline.namespace)),
    }
}
