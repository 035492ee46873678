//! Marks: which words of the plan which findings point at, and where each finding is explained.

use crate::document::Document;
use crate::render::clean::shown;
use crate::render::html::told::{Told, marked};
use crate::rules::Severity;
use crate::text::Span;
use maud::{Markup, PreEscaped, html};
use std::collections::{BTreeMap, BTreeSet};

/// Where words stand: in a block of the body or in a running header or footer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Spot {
    /// The block of this index.
    Block(usize),
    /// The furniture of this index.
    Furniture(usize),
}

/// Words that a finding marks: where, the finding, and how grave it is.
type Mark = (Span, usize, Severity);

/// Every mark, by the words it is on.
pub(crate) struct Marks {
    /// For each spot, the marked words in it with the finding.
    on: BTreeMap<Spot, Vec<Mark>>,
    /// For each spot, the findings that are explained there: at the first of their marks.
    homes: BTreeMap<Spot, Vec<usize>>,
    /// For each finding with words to mark, the spot where it is explained.
    home: BTreeMap<usize, Spot>,
    /// The first mark of each finding.
    first: BTreeMap<usize, usize>,
}

impl Marks {
    /// The marks of all findings.
    pub(crate) fn of(told: &Told<'_>) -> Self {
        let mut marks =
            Self { on: BTreeMap::new(), homes: BTreeMap::new(), home: BTreeMap::new(), first: BTreeMap::new() };
        let document = told.plan().document();
        for (index, finding) in (0..).zip(&told.report.findings) {
            let mut home: Option<(usize, Spot)> = None;
            for mark in marked(finding) {
                for (spot, span) in spots(document, mark) {
                    let part = Span::new(mark.start.max(span.start), mark.end.min(span.end));
                    marks.on.entry(spot).or_default().push((part, index, finding.severity));
                    if home.is_none_or(|(start, _)| part.start < start) {
                        home = Some((part.start, spot));
                    }
                }
            }
            if let Some((start, spot)) = home {
                marks.homes.entry(spot).or_default().push(index);
                marks.home.insert(index, spot);
                marks.first.insert(index, start);
            }
        }
        marks
    }

    /// The findings explained beside this spot.
    pub(crate) fn explained_at(&self, spot: Spot) -> &[usize] {
        self.homes.get(&spot).map_or(&[], Vec::as_slice)
    }

    /// Whether a finding has words to mark.
    pub(crate) fn is_placed(&self, finding: usize) -> bool {
        self.home.contains_key(&finding)
    }

    /// Where a finding is explained, if it has words to mark.
    pub(crate) fn home(&self, finding: usize) -> Option<Spot> {
        self.home.get(&finding).copied()
    }

    /// The words at `span`, which is this spot or a part of it, with the marks on them.
    pub(crate) fn words(&self, told: &Told<'_>, spot: Spot, span: Span) -> Markup {
        let none = Vec::new();
        let on = self.on.get(&spot).unwrap_or(&none);
        let mut on: Vec<(usize, &Mark)> = (0..).zip(on).filter(|(_, (mark, ..))| mark.overlaps(span)).collect();
        let mut cuts: BTreeSet<usize> = [span.start, span.end].into();
        cuts.extend(
            on.iter().flat_map(|(_, (mark, ..))| [mark.start, mark.end]).filter(|&at| span.start < at && at < span.end),
        );
        let cuts: Vec<usize> = cuts.into_iter().collect();
        let pieces = cuts.iter().zip(cuts.iter().skip(1)).map(|(&from, &to)| Span::new(from, to));
        on.sort_by_key(|(_, (mark, ..))| mark.start);
        let mut coming = on.into_iter().peekable();
        // The marks on a piece, in the order of the findings. Every end of a mark is one of a piece.
        let mut over: BTreeMap<usize, &Mark> = BTreeMap::new();
        let pieces = pieces.map(|piece| {
            over.retain(|_, (mark, ..)| mark.end > piece.start);
            while let Some((order, mark)) = coming.next_if(|(_, (mark, ..))| mark.start < piece.end) {
                over.insert(order, mark);
            }
            (piece, over.values().copied().filter(|(mark, ..)| mark.overlaps(piece)).collect())
        });
        let pieces: Vec<(Span, Vec<&Mark>)> = pieces.collect();
        html! {
            @for (piece, here) in pieces {
                @match here.iter().map(|(.., severity)| *severity).max() {
                    None => { (plain(told, piece)) }
                    Some(severity) => {
                        @let ids: Vec<usize> = here.iter().map(|(_, finding, _)| *finding)
                            .filter(|finding| self.first.get(finding) == Some(&piece.start)).collect();
                        @for id in &ids { span class="anchor" id={ (told.id) "-m" (told.number(*id)) } {} }
                        mark class=(severity.as_str()) { (plain(told, piece)) }
                        @for (mark, finding, _) in &here {
                            @if mark.end == piece.end { (reference(told, *finding)) }
                        }
                    }
                }
            }
        }
    }
}

/// The number of a finding behind its words.
fn reference(told: &Told<'_>, finding: usize) -> Markup {
    let number = told.number(finding);
    html! { a class="ref" href={ "#" (told.id) "-n" (number) } { span class="hidden" { " note " } (number) } }
}

/// Words as they are, line breaks kept. Escaped by hand, because `maud` would keep what steers a screen.
fn plain(told: &Told<'_>, span: Span) -> Markup {
    let mut out = String::new();
    for c in told.plan().slice(span).chars() {
        match c {
            '\n' | '\u{b}' | '\u{2028}' => out.push_str("<br>"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c => out.extend(shown(c)),
        }
    }
    PreEscaped(out)
}

/// Where `mark` stands: the blocks and the furniture that it touches.
fn spots(document: &Document, mark: Span) -> Vec<(Spot, Span)> {
    let blocks = document.blocks();
    let first = document.block_at(mark.start);
    let touched =
        (first..).zip(blocks.get(first..).unwrap_or_default()).take_while(|(_, block)| block.span.start < mark.end);
    let blocks = touched.map(|(index, block)| (Spot::Block(index), block.span));
    let furniture = (0..).zip(document.furniture()).map(|(index, furniture)| (Spot::Furniture(index), furniture.span));
    blocks.chain(furniture).filter(|(_, span)| span.overlaps(mark)).collect()
}
