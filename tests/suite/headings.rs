//! Every heading of the table must claim its sections, alone at the head of a paragraph.

use ehcp_lint::{Document, Letter, Plan};

const TABLE: &str = include_str!("headings.tsv");

/// The sections that a document with this heading alone has.
fn claimed(heading: &str) -> Vec<Letter> {
    let text = if heading.contains(" | ") {
        let columns = heading.matches(" | ").count() + 1;
        format!("| {heading} |\n|{}\n|{}", "---|".repeat(columns), " Something is said here. |".repeat(columns))
    } else {
        format!("# {heading}\n\nSomething is said here.")
    };
    let plan = Plan::read(Document::from_notation(&text));
    let holds = |letter: &Letter| plan.section(*letter).fragments.iter().any(|fragment| !fragment.blocks.is_empty());
    Letter::ALL.into_iter().filter(holds).collect()
}

fn wanted(letters: &str) -> Vec<Letter> {
    let named = letters.split(',').flat_map(Letter::coded);
    let mut named: Vec<Letter> = named.collect();
    named.sort_unstable();
    named
}

#[test]
fn every_heading_claims_its_sections() {
    let mut missed = Vec::new();
    for line in TABLE.lines().skip(1) {
        let Some((letters, heading)) = line.split_once('\t') else { continue };
        let (wanted, found) = (wanted(letters), claimed(heading));
        // "PROVISION" alone may be that of F, G and H
        if !wanted.iter().all(|letter| found.contains(letter)) || found.len() > wanted.len() && heading != "PROVISION" {
            missed.push(format!("{letters}: {heading} -> {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{} missed:\n{}", missed.len(), missed.join("\n"));
}
