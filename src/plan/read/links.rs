//! Which provision answers which need and serves which outcome: by number, by row, by the field's own terms, by area.

use crate::document::Document;
use crate::plan::read::thesaurus::{ConceptId, thesaurus};
use crate::plan::{Evidence, Letter, Link, Profile, Role, Statement, StatementKind};
use crate::text::Folded;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A plan holds dozens of needs and provisions, seldom hundreds. What goes beyond this many pairs is left unlinked,
/// so that a hostile file costs no more than a long one.
const MOST_PAIRS: usize = 400_000;

/// Words that may answer it, one row among many, one area: worth knowing, no answer.
const FAINT: u32 = 1;
/// Shared terms of the field.
const CLEAR: u32 = 2;
/// The plan itself says so.
const SAID: u32 = 3;

static REFERENCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(outcomes?|needs?|targets?|aims?|section|[bcde])[ .]?((?:[bcde]?\d{1,2}(?:\.\d{1,2})*(?: ?(?:,|and|&|-|to|;) ?)?)+)").ok()
});
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\d{1,2}(?:\.\d{1,2})*").ok());

/// Links every need and outcome with the provision that seems to answer it, in reading order, one link a pair.
pub(crate) fn read(document: &Document, statements: &[Statement], profile: &Profile) -> Vec<Link> {
    let rows = row_needs(statements);
    let mut from: Vec<Side> = sides(document, statements, profile, is_from);
    let mut to: Vec<Side> = sides(document, statements, profile, is_answer);
    forget_common_stems(&mut from, &mut to);
    if from.len().saturating_mul(to.len()) > MOST_PAIRS {
        return Vec::new();
    }
    let mut links = Vec::new();
    for need in &from {
        for provision in &to {
            if let Some((evidence, weight)) = evidence(need, provision, &rows) {
                links.push(Link { from: need.index, to: provision.index, evidence, weight });
            }
        }
    }
    through_outcomes(&from, &mut links);
    links
}

/// The words of a statement that say what it is about: its cells but for comments and reviews, with what stands
/// before and after its list.
pub(crate) fn words(document: &Document, statement: &Statement) -> String {
    let mut words = String::new();
    let parts = statement.parts.iter().filter(|part| !matches!(part.role, Role::Comment | Role::Review));
    let spans = parts.map(|part| part.stands_for.filter(|_| part.span.is_empty()).unwrap_or(part.span));
    for span in statement.lead_in.into_iter().chain(spans).chain(statement.lead_out) {
        words.push_str(document.slice(span));
        words.push_str(" \n ");
    }
    words
}

/// The stems of words that tell what is spoken of, the child's names left out.
pub(crate) fn telling(profile: &Profile, words: &str) -> BTreeSet<String> {
    let mut stems = thesaurus().stems(words);
    for name in &profile.names {
        for stem in thesaurus().stems(&name.text) {
            stems.remove(&stem);
        }
    }
    stems
}

/// A need, an outcome or a provision, with all that a link can rest on.
struct Side<'s> {
    index: usize,
    statement: &'s Statement,
    /// Of a need, what it states; else what it answers.
    concepts: BTreeSet<ConceptId>,
    /// What it may answer besides.
    helps: BTreeSet<ConceptId>,
    stems: BTreeSet<String>,
    /// Its own numbers ("2", "b1.3").
    numbers: BTreeSet<String>,
    /// The numbers it names.
    named: BTreeSet<(char, String)>,
}

fn is_from(statement: &Statement) -> bool {
    matches!(statement.kind, StatementKind::Need | StatementKind::Outcome)
}

/// What stands in a section of provision can answer, even where it was taken for something else.
fn is_answer(statement: &Statement) -> bool {
    statement.letter.holds_provision() && !is_from(statement)
}

fn sides<'s>(
    document: &Document,
    statements: &'s [Statement],
    profile: &Profile,
    wanted: impl Fn(&Statement) -> bool,
) -> Vec<Side<'s>> {
    let chosen = statements.iter().enumerate().filter(|(_, s)| wanted(s));
    chosen.map(|(index, statement)| side(document, profile, index, statement)).collect()
}

fn side<'s>(document: &Document, profile: &Profile, index: usize, statement: &'s Statement) -> Side<'s> {
    let thesaurus = thesaurus();
    let words = words(document, statement);
    let heading = statement.heading.map_or("", |span| document.slice(span));
    let (concepts, helps) = if statement.kind == StatementKind::Need {
        (thesaurus.needs(&thesaurus.read(&words)), BTreeSet::new())
    } else {
        let reading = thesaurus.read(&format!("{words} \n {}", thesaurus.without_areas(heading)));
        (thesaurus.answers(&reading), thesaurus.helps(&reading))
    };
    Side {
        index,
        statement,
        concepts,
        helps,
        stems: telling(profile, &words),
        numbers: own_numbers(document, statement),
        named: named_numbers(&format!("{heading} \n {}", every_cell(document, statement))),
    }
}

fn every_cell(document: &Document, statement: &Statement) -> String {
    let cells = statement.parts.iter().map(|part| document.slice(part.span));
    let around = statement.lead_in.into_iter().map(|span| document.slice(span));
    around.chain(cells).collect::<Vec<_>>().join(" \n ")
}

/// A word of every tenth statement shows nothing: it is a name, or what the whole plan is about.
fn forget_common_stems<'s>(from: &mut [Side<'s>], to: &mut [Side<'s>]) {
    let most = 4.max((from.len() + to.len()) / 10);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for stem in from.iter().chain(to.iter()).flat_map(|side| &side.stems) {
        *counts.entry(stem.clone()).or_insert(0) += 1;
    }
    for side in from.iter_mut().chain(to) {
        side.stems.retain(|stem| counts.get(stem).is_none_or(|&count| count <= most));
    }
}

/// The strongest evidence that `provision` answers or serves `need`.
fn evidence(need: &Side, provision: &Side, rows: &BTreeMap<(u32, u32), usize>) -> Option<(Evidence, u32)> {
    if named_by(need, provision) {
        return Some((Evidence::Reference, SAID));
    }
    let same_row = need.statement.row.is_some() && need.statement.row == provision.statement.row;
    // A row with one need states what answers it; a row with many is an area of need.
    if same_row && need.statement.row.is_some_and(|row| rows.get(&row) == Some(&1)) {
        return Some((Evidence::Row, SAID));
    }
    let shared = need.concepts.intersection(&provision.concepts).filter(|&&c| !thesaurus().broad(c));
    let telling = u32::try_from(shared.count()).unwrap_or(u32::MAX);
    if telling > 0 {
        return Some((Evidence::Terms, CLEAR.saturating_add(telling - 1)));
    }
    if need.stems.intersection(&provision.stems).nth(1).is_some() {
        return Some((Evidence::Terms, CLEAR));
    }
    let near = need.statement.area.is_some() && need.statement.area == provision.statement.area;
    if need.concepts.intersection(&provision.helps).any(|&c| !thesaurus().broad(c)) {
        return Some((Evidence::Terms, if near || same_row { CLEAR } else { FAINT }));
    }
    if same_row {
        return Some((Evidence::Row, FAINT));
    }
    near.then_some((Evidence::Area, FAINT))
}

/// Whether the provision names the number of the need or outcome.
fn named_by(need: &Side, provision: &Side) -> bool {
    let initial = need.statement.letter.as_str().to_ascii_lowercase().chars().next().unwrap_or(' ');
    need.numbers.iter().any(|number| provision.named.contains(&(initial, number.clone())))
}

/// A need whose outcome has provision of its own is answered through it.
fn through_outcomes(from: &[Side], links: &mut Vec<Link>) {
    let outcomes = from.iter().filter(|side| side.statement.kind == StatementKind::Outcome);
    let mut found = Vec::new();
    for outcome in outcomes {
        let served: Vec<usize> = links
            .iter()
            .filter(|l| l.from == outcome.index && l.evidence == Evidence::Reference)
            .map(|l| l.to)
            .collect();
        if served.is_empty() {
            continue;
        }
        let needs = from.iter().filter(|side| side.statement.kind == StatementKind::Need);
        for need in needs.filter(|need| need.concepts.intersection(&outcome.concepts).any(|&c| !thesaurus().broad(c))) {
            found.extend(served.iter().map(|&to| (need.index, to)));
        }
    }
    if found.is_empty() {
        return;
    }
    let mut all: BTreeMap<(usize, usize), Link> = links.drain(..).map(|link| ((link.from, link.to), link)).collect();
    for (from, to) in found {
        let link = all.entry((from, to)).or_insert(Link { from, to, evidence: Evidence::Reference, weight: CLEAR });
        if link.weight < CLEAR {
            *link = Link { from, to, evidence: Evidence::Reference, weight: CLEAR };
        }
    }
    links.extend(all.into_values());
}

/// How many needs each row holds.
fn row_needs(statements: &[Statement]) -> BTreeMap<(u32, u32), usize> {
    let mut rows = BTreeMap::new();
    for row in statements.iter().filter(|s| s.kind == StatementKind::Need).filter_map(|s| s.row) {
        *rows.entry(row).or_insert(0) += 1;
    }
    rows
}

/// The numbers that a need or outcome bears: its list label, or a cell that is nothing but a number.
fn own_numbers(document: &Document, statement: &Statement) -> BTreeSet<String> {
    let label = document.blocks().get(statement.block).and_then(|block| block.label.as_deref()).unwrap_or("");
    let cells = statement.parts.iter().map(|part| document.slice(part.span));
    let first = cells.clone().next().and_then(|words| words.split_whitespace().next()).unwrap_or("");
    cells.chain([label, first]).filter_map(|cell| number(cell, statement.letter)).collect()
}

/// "B1.2", "E2)", "3." or "Outcome 3" as a bare number.
fn number(cell: &str, letter: Letter) -> Option<String> {
    let folded = Folded::of(cell.trim()).text().to_owned();
    let mut rest = folded.as_str();
    for prefix in ["outcome ", "need ", "target "] {
        rest = rest.strip_prefix(prefix).unwrap_or(rest);
    }
    rest = rest.strip_prefix(&letter.as_str().to_ascii_lowercase()).unwrap_or(rest).trim_start();
    let number = rest.trim_end_matches(['.', ')', ':', ' ']);
    let plain = !number.is_empty() && number.len() <= 6 && number.starts_with(|c: char| c.is_ascii_digit());
    (plain && number.chars().all(|c| c.is_ascii_digit() || c == '.')).then(|| number.to_owned())
}

/// The numbers of needs and outcomes that some words name: "Outcomes 1 and 2", "B2", "Need 4", "E1-E3".
fn named_numbers(words: &str) -> BTreeSet<(char, String)> {
    let mut named = BTreeSet::new();
    let (Some(reference), Some(number)) = (REFERENCE.as_ref(), NUMBER.as_ref()) else { return named };
    let folded = Folded::of(words);
    for found in reference.captures_iter(folded.text()) {
        let (Some(what), Some(list)) = (found.get(1), found.get(2)) else { continue };
        let initial = match what.as_str() {
            "outcome" | "outcomes" | "target" | "targets" | "aim" | "aims" => 'e',
            "need" | "needs" => 'b',
            "section" => match list.as_str().chars().next() {
                Some(letter @ 'b'..='e') => letter,
                _ => continue,
            },
            other => other.chars().next().unwrap_or(' '),
        };
        let numbers: Vec<&str> = number.find_iter(list.as_str()).map(|n| n.as_str()).collect();
        named.extend(numbers.iter().map(|&n| (initial, n.to_owned())));
        // "outcomes 2 to 5"
        if let ([first, last], true) = (numbers.as_slice(), list.as_str().contains("to") || list.as_str().contains('-'))
            && let (Ok(first), Ok(last)) = (first.parse::<u8>(), last.parse::<u8>())
        {
            named.extend((first..=last.min(first.saturating_add(20))).map(|n| (initial, n.to_string())));
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_named(words: &str, expected: &[(char, &str)]) {
        let expected: BTreeSet<(char, String)> = expected.iter().map(|&(c, n)| (c, n.to_owned())).collect();
        assert_eq!(named_numbers(words), expected, "{words}");
    }

    #[test]
    fn reads_references() {
        check_named("Outcomes 1 and 2 \u{2013} Reading, spelling and writing", &[('e', "1"), ('e', "2")]);
        check_named("Outcome 3", &[('e', "3")]);
        check_named("Meets need B2.1", &[('b', "2.1")]);
        check_named("(E1, E4)", &[('e', "1"), ('e', "4")]);
        check_named("Outcomes 2-4", &[('e', "2"), ('e', "3"), ('e', "4")]);
        check_named("He needs 2 breaks", &[('b', "2")]);
        check_named("Half-termly, 30 minutes", &[]);
    }

    #[test]
    fn reads_numbers() {
        for (cell, expected) in [
            ("1", Some("1")),
            ("B1.2", Some("1.2")),
            ("2.", Some("2")),
            ("Outcome 4", Some("4")),
            ("Daily", None),
            ("20 minutes", None),
        ] {
            assert_eq!(number(cell, Letter::B).as_deref(), expected, "{cell}");
        }
    }
}
