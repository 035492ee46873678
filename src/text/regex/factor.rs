//! Choices that begin with the same words, put together: "speech therapy|speech sounds" is "speech (therapy|sounds)".

use crate::text::regex::program::{Next, first_of};
use crate::text::regex::syntax::{Look, Node};
use std::borrow::Cow;
use std::slice::SliceIndex;

/// One choice, or several that begin alike.
struct Group<'p> {
    first: Next,
    /// Whether a word has to begin before the words, and the rest after them; `None` where it begins with no words.
    alike: Option<(bool, char)>,
    one: Node<'p>,
    others: Vec<Node<'p>>,
}

/// These parts, one after the other.
pub(super) fn row(mut parts: Vec<Node<'_>>) -> Node<'_> {
    if parts.len() > 1 { Node::Row(parts) } else { parts.pop().unwrap_or(Node::Row(Vec::new())) }
}

/// One of these choices, with few of them at the top. Of two that can match at one place, the one that came first still does.
pub(super) fn choice(choices: Vec<Node<'_>>) -> Node<'_> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for one in choices {
        let first = first_of(&one);
        let alike = head(&one);
        // A choice may stand earlier where nothing that it passes can begin as it does.
        let passes = groups.iter().rev().take_while(|group| !group.first.meets(&first)).count();
        let place = groups.len() - passes;
        match place.checked_sub(1).and_then(|place| groups.get_mut(place)) {
            Some(group) if alike.is_some() && group.alike == alike => group.others.push(one),
            _ => groups.push(Group { first, alike, one, others: Vec::new() }),
        }
    }
    let mut merged: Vec<Node<'_>> = groups.into_iter().map(merged).collect();
    if merged.len() > 1 { Node::Choice(merged) } else { merged.pop().unwrap_or(Node::Choice(Vec::new())) }
}

/// The first character of the words that it begins with, and whether a word has to begin before them.
fn head(node: &Node<'_>) -> Option<(bool, char)> {
    match node {
        Node::Words(words) => Some((false, words.chars().next()?)),
        Node::Row(row) => match row.as_slice() {
            [Node::Words(words), ..] => Some((false, words.chars().next()?)),
            [Node::Look(Look::AsciiBorder), Node::Words(words), ..] => Some((true, words.chars().next()?)),
            _ => None,
        },
        _ => None,
    }
}

/// One node for all members of a group.
fn merged(group: Group<'_>) -> Node<'_> {
    let Group { alike, one, mut others, .. } = group;
    let Some((border, _)) = alike.filter(|_| !others.is_empty()) else { return one };
    let mut members = vec![one];
    members.append(&mut others);
    let first = words(&members[0], border).clone();
    let shared = members[1..].iter().fold(first.len(), |shared, member| {
        let theirs = words(member, border).bytes();
        let same = first[..shared].bytes().zip(theirs).take_while(|(ours, theirs)| ours == theirs).count();
        (0..=same).rev().find(|at| first.is_char_boundary(*at)).unwrap_or(0)
    });
    let shared_words = cut(&first, ..shared);
    for member in &mut members {
        strip(member, border, shared);
    }
    let rests = choice(members);
    let border = border.then_some(Node::Look(Look::AsciiBorder));
    Node::Row(border.into_iter().chain([Node::Words(shared_words), rests]).collect())
}

/// The words that a member begins with.
fn words<'n, 'p>(node: &'n Node<'p>, border: bool) -> &'n Cow<'p, str> {
    match node {
        Node::Words(words) => words,
        Node::Row(row) => match row.get(usize::from(border)) {
            Some(Node::Words(words)) => words,
            _ => &Cow::Borrowed(""),
        },
        _ => &Cow::Borrowed(""),
    }
}

/// Leaves what follows the first bytes of the words that a member begins with.
fn strip(node: &mut Node<'_>, border: bool, shared: usize) {
    match node {
        Node::Words(words) => {
            *words = cut(words, shared..);
            if words.is_empty() {
                *node = Node::Row(Vec::new());
            }
        }
        Node::Row(parts) => {
            if let Some(Node::Words(words)) = parts.get_mut(usize::from(border)) {
                *words = cut(words, shared..);
                let over = usize::from(words.is_empty());
                parts.drain(..usize::from(border) + over);
            }
            if parts.len() == 1 {
                *node = row(std::mem::take(parts));
            }
        }
        _ => {}
    }
}

/// A part of some words.
fn cut<'p>(words: &Cow<'p, str>, range: impl SliceIndex<str, Output = str>) -> Cow<'p, str> {
    match words {
        Cow::Borrowed(words) => Cow::Borrowed(&words[range]),
        Cow::Owned(words) => Cow::Owned(words[range].to_owned()),
    }
}
