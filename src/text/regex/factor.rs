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
    let mut parts: Vec<(String, Vec<Node>)> = members.into_iter().map(|member| parted(member, border)).collect();
    let shared = parts.iter().skip(1).fold(parts[0].0.clone(), |shared, (words, _)| {
        let same = shared.chars().zip(words.chars()).take_while(|(ours, theirs)| ours == theirs);
        same.map(|(c, _)| c).collect()
    });
    let rests = parts.iter_mut().map(|(words, rest)| {
        let mut row = Vec::with_capacity(rest.len() + 1);
        let left = words.split_off(shared.len());
        if !left.is_empty() {
            row.push(Node::Words(left));
        }
        row.append(rest);
        if row.len() == 1 { row.remove(0) } else { Node::Row(row) }
    });
    let rests = choice(rests.collect());
    let border = border.then_some(Node::Look(Look::AsciiBorder));
    Node::Row(border.into_iter().chain([Node::Words(shared), rests]).collect())
}

/// The words that a member begins with, and what follows them.
fn parted(node: Node, border: bool) -> (String, Vec<Node>) {
    match node {
        Node::Words(words) => (words, Vec::new()),
        Node::Row(row) => {
            let mut row = row.into_iter().skip(usize::from(border));
            match row.next() {
                Some(Node::Words(words)) => (words, row.collect()),
                first => (String::new(), first.into_iter().chain(row).collect()),
            }
        }
        other => (String::new(), vec![other]),
    }
}
