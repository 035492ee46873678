//! Choices that begin with the same words, put together: "speech therapy|speech sounds" is "speech (therapy|sounds)".

use crate::text::regex::program::{Next, first_of};
use crate::text::regex::syntax::{Look, Node};

/// One choice, or several that begin alike.
struct Group {
    first: Next,
    /// Whether a word has to begin before the words, and the rest after them; `None` where it begins with no words.
    alike: Option<(bool, char)>,
    members: Vec<Node>,
}

/// One of these choices, with few of them at the top. Of two that can match at one place, the one that came first still does.
pub(super) fn choice(choices: Vec<Node>) -> Node {
    let mut groups: Vec<Group> = Vec::new();
    for one in choices {
        let first = first_of(&one);
        let alike = head(&one);
        // A choice may stand earlier where nothing that it passes can begin as it does.
        let passes = groups.iter().rev().take_while(|group| !group.first.meets(&first)).count();
        let place = groups.len() - passes;
        match place.checked_sub(1).and_then(|place| groups.get_mut(place)) {
            Some(group) if alike.is_some() && group.alike == alike => group.members.push(one),
            _ => groups.push(Group { first, alike, members: vec![one] }),
        }
    }
    let mut merged: Vec<Node> = groups.into_iter().map(merged).collect();
    if merged.len() == 1 { merged.remove(0) } else { Node::Choice(merged) }
}

/// The first character of the words that it begins with, and whether a word has to begin before them.
fn head(node: &Node) -> Option<(bool, char)> {
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
fn merged(group: Group) -> Node {
    let Group { alike, mut members, .. } = group;
    let Some((border, _)) = alike.filter(|_| members.len() > 1) else {
        return if members.len() == 1 { members.remove(0) } else { Node::Choice(members) };
    };
    let mut heads = members.iter().map(|member| words(member, border));
    let first = heads.next().unwrap_or_default();
    let shared = heads.fold(first.len(), |shared, words| {
        let same = first[..shared].bytes().zip(words.bytes()).take_while(|(ours, theirs)| ours == theirs).count();
        (0..=same).rev().find(|at| first.is_char_boundary(*at)).unwrap_or(0)
    });
    let shared_words = first[..shared].to_owned();
    for member in &mut members {
        strip(member, border, shared);
    }
    let rests = choice(members);
    let border = border.then_some(Node::Look(Look::AsciiBorder));
    Node::Row(border.into_iter().chain([Node::Words(shared_words), rests]).collect())
}

/// The words that a member begins with.
fn words(node: &Node, border: bool) -> &str {
    match node {
        Node::Words(words) => words,
        Node::Row(row) => match row.get(usize::from(border)) {
            Some(Node::Words(words)) => words,
            _ => "",
        },
        _ => "",
    }
}

/// Leaves what follows the first bytes of the words that a member begins with.
fn strip(node: &mut Node, border: bool, shared: usize) {
    match node {
        Node::Words(words) => {
            words.drain(..shared);
            if words.is_empty() {
                *node = Node::Row(Vec::new());
            }
        }
        Node::Row(row) => {
            if let Some(Node::Words(words)) = row.get_mut(usize::from(border)) {
                words.drain(..shared);
                let over = usize::from(words.is_empty());
                row.drain(..usize::from(border) + over);
            }
            if row.len() == 1 {
                *node = row.remove(0);
            }
        }
        _ => {}
    }
}
