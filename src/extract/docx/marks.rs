//! Fields and form fields: their results are read, their codes are not.

use super::names::Tag;
use super::tree::Tree;
use std::collections::BTreeSet;

/// The fields that are open at a place of a story, outermost first.
#[derive(Default)]
pub(super) struct Fields(Vec<Field>);

#[derive(Default)]
struct Field {
    in_result: bool,
    /// A form field whose value has been said; what stands in its result would say it twice.
    said: bool,
    code: String,
}

impl Fields {
    /// Whether text here is seen.
    pub(super) fn show(&self) -> bool {
        self.0.iter().all(|field| field.in_result && !field.said)
    }

    /// More of the innermost field's code.
    pub(super) fn code(&mut self, code: &str) {
        if let Some(field) = self.0.last_mut().filter(|field| !field.in_result) {
            field.code.push_str(code);
        }
    }

    /// A field character; gives what it shows by itself, if anything. `unclosed` are the fields without an end.
    pub(super) fn mark(&mut self, tree: &Tree, at: usize, unclosed: &BTreeSet<usize>) -> Option<String> {
        match tree.attribute(at, "fldCharType")?.as_ref() {
            "begin" if unclosed.contains(&at) => None,
            "begin" => {
                let value = form_value(tree, at).filter(|_| self.show());
                self.0.push(Field { said: value.is_some(), ..Field::default() });
                value
            }
            "separate" => {
                if let Some(field) = self.0.last_mut() {
                    field.in_result = true;
                }
                None
            }
            "end" => {
                let field = self.0.pop()?;
                if field.in_result || !self.show() { None } else { button(&field.code) }
            }
            _ => None,
        }
    }
}

/// The value of a form field: a ticked or empty box, or the chosen entry of a list.
pub(super) fn form_value(tree: &Tree, at: usize) -> Option<String> {
    let data = tree.child(at, Tag::FieldData)?;
    if let Some(control) = tree.child(data, Tag::CheckBox) {
        let state = tree.child(control, Tag::Checked).or_else(|| tree.child(control, Tag::Default));
        let ticked = state.is_some_and(|state| tree.is_on(state));
        return Some(if ticked { "\u{2612}" } else { "\u{2610}" }.to_owned());
    }
    let list = tree.child(data, Tag::DropDown)?;
    let chosen = tree.child_number(list, Tag::Result).or_else(|| tree.child_number(list, Tag::Default)).unwrap_or(0);
    let entry = tree.children(list).filter(|&entry| tree.tag(entry) == Tag::DropEntry).nth(chosen)?;
    tree.value(entry).map(String::from)
}

/// What a button shows stands in its code: `MACROBUTTON name What it shows`. Templates use it for prompts.
fn button(code: &str) -> Option<String> {
    let rest = code.trim_start().strip_prefix("MACROBUTTON")?.trim_start();
    let (_, shown) = rest.split_once(char::is_whitespace)?;
    Some(shown.trim().to_owned())
}

/// The fields that begin and never end: to take what follows them for their code would lose it.
pub(super) fn unclosed_fields(tree: &Tree) -> BTreeSet<usize> {
    let mut open: Vec<usize> = Vec::new();
    // Text boxes are stories of their own: (end of the box, fields open around it).
    let mut around: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut unclosed = BTreeSet::new();
    let mut at = 0;
    while at < tree.len() {
        while around.last().is_some_and(|&(end, _)| at >= end) {
            unclosed.extend(open.drain(..));
            open = around.pop().map_or_else(Vec::new, |(_, before)| before);
        }
        match tree.tag(at) {
            Tag::Deleted | Tag::MovedFrom => {
                at = tree.end(at);
                continue;
            }
            Tag::TextBox => around.push((tree.end(at), std::mem::take(&mut open))),
            Tag::FieldCharacter => match tree.attribute(at, "fldCharType").as_deref() {
                Some("begin") => open.push(at),
                Some("end") => {
                    open.pop();
                }
                _ => {}
            },
            _ => {}
        }
        at += 1;
    }
    unclosed.extend(open);
    unclosed.extend(around.into_iter().flat_map(|(_, before)| before));
    unclosed
}
