//! The form that Section I can be: names, types and dates beside or below their labels.

use crate::document::{Block, Document};
use crate::plan::read::dates;
use crate::text::Regex;
use crate::text::{Folded, Span, own_pattern};
use std::sync::LazyLock;

/// The fields of one placement, and all their words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    pub(crate) span: Option<Span>,
    pub(crate) name: Option<Span>,
    pub(crate) kind: Option<Span>,
    pub(crate) when: Option<Span>,
}

/// Labels of a form in Section I.
static NAME_LABEL: LazyLock<Regex> = LazyLock::new(|| {
    own_pattern!(
        r"^(?:the )?(?:name|current|proposed|future|next|named|education(?:al)?|academy|placement|school|institution|setting|provider|college|nursery|educational placement|establishment)\b[^|]{0,60}$"
    )
});
static TYPE_LABEL: LazyLock<Regex> =
    LazyLock::new(|| own_pattern!(r"^(?:the )?(?:type|kind|category|sector)\b[^|]{0,60}$|\btype$"));
static DATE_LABEL: LazyLock<Regex> =
    LazyLock::new(|| own_pattern!(r"^(?:date|from|until|start|end|to|dates|attending|period|when)\b[^|]{0,30}$"));
static OTHER_LABEL: LazyLock<Regex> = LazyLock::new(|| {
    own_pattern!(
        r"^(?:address|telephone|phone|e-?mail|transport|distance|head|contact|postcode|urn|dfe|arrangements|reason|notes?|comments?)\b[^|]{0,40}$"
    )
});

/// Adds the fields of a line to the placement they belong to.
pub(crate) fn merge(form: &mut Vec<Entry>, entry: Entry) {
    let fits = form.last().is_some_and(|last| {
        !(last.name.is_some() && entry.name.is_some() || last.kind.is_some() && entry.kind.is_some())
    });
    match form.last_mut().filter(|_| fits) {
        Some(last) => {
            last.name = last.name.or(entry.name);
            last.kind = last.kind.or(entry.kind);
            last.when = last.when.or(entry.when);
            last.span = match (last.span, entry.span) {
                (Some(a), Some(b)) => Some(a.cover(b)),
                (a, b) => a.or(b),
            };
        }
        None => form.push(entry),
    }
}

/// Which field a label of a form in Section I asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    Name,
    Kind,
    When,
    Other,
}

fn label(words: &str) -> Option<Label> {
    let folded = Folded::of(words);
    let text = folded.text().trim().trim_end_matches([':', '.', ' ', '*']);
    let count = text.split(' ').count();
    if count > 12 || text.is_empty() {
        return None;
    }
    let both = text.contains("name") && text.contains("type");
    if both {
        return Some(Label::Name);
    }
    [
        (&*TYPE_LABEL, Label::Kind),
        (&*OTHER_LABEL, Label::Other),
        (&*DATE_LABEL, Label::When),
        (&*NAME_LABEL, Label::Name),
    ]
    .into_iter()
    .find_map(|(pattern, label)| pattern.is_match(text).then_some(label))
}

/// "Name of school: Moorgate School", "Type: community special school", "Moorgate School. Type: special school".
pub(crate) fn line_entry(text: &str, at: usize) -> Option<Entry> {
    let (before, after) = text.split_once(':')?;
    let (lead, own) = before.rsplit_once(". ").unwrap_or(("", before));
    let label = label(own).filter(|label| lead.is_empty() || matches!(label, Label::Kind))?;
    // "Until 31 July 2025: Moorgate School…" is a statement with a date, no field of a form.
    if dates::first(before).is_some() || Folded::text_of(before).contains("otherwise") {
        return None;
    }
    let trimmed = after.trim();
    let start = at + before.len() + 1 + (after.len() - after.trim_start().len());
    let value = Span::new(start, start + trimmed.len());
    let span = Some(Span::new(at, at + text.len()));
    let name = (!lead.is_empty()).then(|| Span::new(at, at + lead.len()));
    let entry = Entry { span, name, ..Entry::default() };
    Some(match label {
        Label::Name => Entry { name: Some(value), ..entry },
        Label::Kind => Entry { kind: Some(value), ..entry },
        Label::When => Entry { when: Some(value), ..entry },
        Label::Other => Entry { span: None, ..entry },
    })
}

/// The entries of a table that is a form: labels at the left, or labels on top. `None` for any other table.
pub(crate) fn table_entries(document: &Document, table: u32, blocks: &[&Block]) -> Option<Vec<Entry>> {
    let grid = document.tables().get(table as usize)?;
    if grid.columns < 2 {
        return None;
    }
    let span_at = |row: u32, column: u32| -> Option<Span> {
        let cell = grid.row(row).find(|cell| cell.column == column)?;
        let spans = cell.blocks.clone().filter_map(|index| document.blocks().get(index)).map(|block| block.span);
        spans.reduce(Span::cover)
    };
    let label_at = |row: u32, column: u32| span_at(row, column).and_then(|span| label(document.slice(span)));
    // Blocks stand in reading order.
    let ours = |span: Span| {
        let first = blocks.partition_point(|block| block.span.end <= span.start);
        blocks.get(first).is_some_and(|block| span.overlaps(block.span))
    };
    let on_top = (0..grid.columns).filter(|&column| label_at(0, column).is_some()).count();
    let mut entries = Vec::new();
    let fill = |entry: &mut Entry, label: Option<Label>, value: Option<Span>| {
        let (Some(label), Some(value)) = (label, value) else { return };
        let slot = match label {
            Label::Name => &mut entry.name,
            Label::Kind => &mut entry.kind,
            Label::When => &mut entry.when,
            Label::Other => return,
        };
        *slot = slot.or(Some(value));
        entry.span = Some(entry.span.map_or(value, |span| span.cover(value)));
    };
    if grid.rows > 1 && u32::try_from(on_top) == Ok(grid.columns) && label_at(1, 0).is_none() {
        for row in 1..grid.rows {
            let mut entry = Entry::default();
            for column in 0..grid.columns {
                fill(&mut entry, label_at(0, column), span_at(row, column).filter(|&span| ours(span)));
            }
            entries.push(entry);
        }
        return Some(entries);
    }
    if grid.columns > 2 || !(0..grid.rows).any(|row| label_at(row, 0).is_some()) {
        return None;
    }
    let mut entry = Entry::default();
    for row in 0..grid.rows {
        let label = label_at(row, 0);
        let again = match label {
            Some(Label::Name) => entry.name.is_some(),
            Some(Label::Kind) => entry.kind.is_some(),
            _ => false,
        };
        if again {
            entries.push(std::mem::take(&mut entry));
        }
        fill(&mut entry, label, span_at(row, 1).filter(|&span| ours(span)));
    }
    entries.push(entry);
    Some(entries)
}
