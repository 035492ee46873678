//! The plan's own words, section by section, with what was found marked where it stands and explained beside it.

use crate::document::{Block, BlockKind};
use crate::plan::{Fragment, Letter};
use crate::render::clean::clean;
use crate::render::html::filter;
use crate::render::html::marks::{Marks, Spot};
use crate::render::html::note::{notes, untold};
use crate::render::html::page::heading;
use crate::render::html::table;
use crate::render::html::told::{Told, class};
use crate::rules::Finding;
use maud::{Markup, html};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// What of a plan has been written: each block is shown once, each finding explained once.
pub(crate) struct Page<'p> {
    /// The report.
    pub(crate) told: &'p Told<'p>,
    /// The marks on its words.
    pub(crate) marks: &'p Marks,
    shown: RefCell<BTreeSet<usize>>,
    explained: RefCell<BTreeSet<usize>>,
}

/// The whole plan in its own words.
pub(crate) fn plan(told: &Told<'_>, marks: &Marks) -> Markup {
    let page = Page { told, marks, shown: RefCell::default(), explained: RefCell::default() };
    let level = told.level;
    let whole = page.whole();
    let letters: Vec<(Letter, Markup)> = Letter::ALL.into_iter().map(|letter| (letter, page.section(letter))).collect();
    let rest = page.rest();
    html! {
        section class="plan" aria-labelledby=(told.labelled("plan")) {
            (heading(level, &format!("{}-plan", told.id), &html! { "The plan, section by section" }))
            @if told.report.is_redacted() {
                p { "The words of the plan are left out of this report. Each note says where it belongs." }
            } @else {
                p {
                    "These are the plan\u{2019}s own words. Words that a note is about are marked, with the number of the note behind them. "
                    "Give the section and the words when you write to the council."
                }
            }
            (filter::choices(told))
            (whole)
            @for (letter, section) in letters { (part(told, Some(letter), &section)) }
            (rest)
        }
    }
}

/// One section with its heading.
fn part(told: &Told<'_>, letter: Option<Letter>, inner: &Markup) -> Markup {
    let id = format!("{}-s-{}", told.id, class(letter));
    let title = match letter {
        Some(letter) => format!("Section {letter}: {}", letter.title()),
        None => "The plan as a whole".to_owned(),
    };
    html! {
        section class={ "letter of-" (class(letter)) } aria-labelledby=(told.labelled(&format!("s-{}", class(letter)))) {
            (heading(told.level + 1, &id, &html! { (title) }))
            (inner)
        }
    }
}

impl Page<'_> {
    /// The level of the headings of notes.
    pub(crate) fn note_level(&self) -> u8 {
        self.told.level + 2
    }

    /// The notes at these spots that were not shown yet.
    pub(crate) fn notes_at(&self, spots: &[Spot], section: Option<Letter>) -> Markup {
        let mut indices: Vec<usize> = Vec::new();
        for spot in spots {
            for &index in self.marks.explained_at(*spot) {
                // A note stands in its own section, so that who looks at that section alone sees it.
                let here = self
                    .told
                    .finding(index)
                    .is_some_and(|finding| finding.section == section || finding.section.is_none());
                if here && self.explained.borrow_mut().insert(index) {
                    indices.push(index);
                }
            }
        }
        indices.sort_by_key(|&index| self.told.number(index));
        notes(self.told, &indices, self.note_level(), !self.told.report.is_redacted())
    }

    /// The notes that `wanted` wants and that were not shown yet.
    fn notes_of(&self, wanted: impl Fn(usize, &Finding<'_>) -> bool) -> Markup {
        let findings = (0..).zip(&self.told.report.findings);
        let left =
            findings.filter(|&(index, finding)| wanted(index, finding) && self.explained.borrow_mut().insert(index));
        let (marked, others): (Vec<usize>, Vec<usize>) = left
            .map(|(index, _)| index)
            .partition(|&index| self.marks.is_placed(index) && !self.told.report.is_redacted());
        html! {
            (notes(self.told, &others, self.note_level(), false))
            (notes(self.told, &marked, self.note_level(), true))
        }
    }

    /// What was found on the plan as a whole and has no words.
    fn whole(&self) -> Markup {
        let found = self.notes_of(|index, finding| finding.section.is_none() && !self.marks.is_placed(index));
        let doubts = untold(self.told, None);
        if found.0.is_empty() && doubts.0.is_empty() {
            return html! {};
        }
        part(self.told, None, &html! { div class="loose" { (found) (doubts) } })
    }

    fn section(&self, letter: Letter) -> Markup {
        let section = self.told.plan().section(letter);
        let mut shared: BTreeSet<Letter> = BTreeSet::new();
        let mut texts = Vec::new();
        for fragment in &section.fragments {
            match fragment.letters.iter().min() {
                Some(&first) if first != letter => {
                    shared.insert(first);
                }
                _ => texts.push(self.fragment(fragment, letter)),
            }
        }
        let own = section.fragments.iter().filter(|fragment| fragment.letters.iter().min() == Some(&letter));
        let own: BTreeSet<usize> =
            own.flat_map(|fragment| fragment.headings.iter().chain(&fragment.blocks)).copied().collect();
        // Its words may be shown in another section, or with a fragment that is shown before.
        let here = |index| matches!(self.marks.home(index), Some(Spot::Block(block)) if own.contains(&block));
        let found = self.notes_of(|index, finding| finding.section == Some(letter) && !here(index));
        html! {
            @if !section.present() {
                @if self.told.plan().read_whole() { p class="absent" { "This section could not be found." } }
                @else { p class="absent" { "This section could not be found in what could be read." } }
            }
            @for other in shared {
                p class="absent" { "It shares one text with Section " (other) ", and is shown there." }
            }
            @if !found.0.is_empty() { div class="loose" { (found) } }
            (untold(self.told, Some(letter)))
            @for text in texts { (text) }
        }
    }

    fn fragment(&self, fragment: &Fragment, letter: Letter) -> Markup {
        let mut blocks: Vec<usize> = fragment.headings.iter().chain(&fragment.blocks).copied().collect();
        blocks.sort_unstable();
        blocks.dedup();
        blocks.retain(|&index| self.shown.borrow_mut().insert(index));
        self.blocks(&blocks, &fragment.headings.iter().copied().collect(), Some(letter))
    }

    /// Blocks with their notes: paragraphs, lists and tables.
    fn blocks(&self, indices: &[usize], headings: &BTreeSet<usize>, section: Option<Letter>) -> Markup {
        let document = self.told.plan().document();
        let blocks: Vec<(usize, &Block)> =
            indices.iter().filter_map(|&index| Some((index, document.blocks().get(index)?))).collect();
        let kind =
            |block: &Block| (block.cell.map(|cell| cell.table), matches!(block.kind, BlockKind::ListItem { .. }));
        html! {
            @for run in blocks.chunk_by(|(_, a), (_, b)| kind(a) == kind(b) || (kind(a).0.is_some() && kind(a).0 == kind(b).0)) {
                @let spots: Vec<Spot> = run.iter().map(|(index, _)| Spot::Block(*index)).collect();
                @match run.first().map(|(_, block)| kind(block)) {
                    _ if self.told.report.is_redacted() => { (self.notes_at(&spots, section)) }
                    Some((Some(at), _)) => { (table::table(self, at, run, headings, section)) }
                    Some((None, true)) => {
                        ul class="items" {
                            @for (index, block) in run {
                                li class={ "unit depth" (depth(block)) } { (self.unit(*index, block, section, false)) }
                            }
                        }
                    }
                    _ => {
                        @for (index, block) in run {
                            div class="unit" { (self.unit(*index, block, section, headings.contains(index))) }
                        }
                    }
                }
            }
        }
    }

    /// One paragraph and, beside it, its notes.
    fn unit(&self, index: usize, block: &Block, section: Option<Letter>, is_heading: bool) -> Markup {
        let words = self.words(index, block);
        let bold = is_heading || matches!(block.kind, BlockKind::Heading { .. });
        html! {
            div class="said" {
                (self.page_mark(index, block))
                p id=(self.told.block_id(index)) class=[bold.then_some("printed")] { (words) }
            }
            div class="notes" { (self.notes_at(&[Spot::Block(index)], section)) }
        }
    }

    /// The words of a block with its label and its marks.
    pub(crate) fn words(&self, index: usize, block: &Block) -> Markup {
        let label = block.label.as_deref().map(clean).filter(|label| label.chars().any(char::is_alphanumeric));
        html! {
            @if let Some(label) = label { span class="label" { (label) " " } }
            (self.marks.words(self.told, Spot::Block(index), block.span))
        }
    }

    /// "Page 7", where a page begins.
    pub(crate) fn page_mark(&self, index: usize, block: &Block) -> Markup {
        let blocks = self.told.plan().document().blocks();
        let before = index.checked_sub(1).and_then(|before| blocks.get(before));
        let last = before.and_then(|before| before.place_at(before.span.end).page);
        html! {
            @if let Some(page) = block.place.page.filter(|_| last != block.place.page) { p class="page" { "Page " (page) } }
        }
    }

    /// Cover pages, running headers and whatever else stands in no section.
    fn rest(&self) -> Markup {
        let document = self.told.plan().document();
        let left: Vec<usize> =
            (0..document.blocks().len()).filter(|index| self.shown.borrow_mut().insert(*index)).collect();
        let id = format!("{}-s-rest", self.told.id);
        let text = self.blocks(&left, &BTreeSet::new(), None);
        let running = (0..).zip(document.furniture()).map(|(index, furniture)| {
            let spot = Spot::Furniture(index);
            html! {
                div class="unit" {
                    @if !self.told.report.is_redacted() {
                        div class="said" {
                            p { span class="label" { "At the head or foot of pages: " } (self.marks.words(self.told, spot, furniture.span)) }
                        }
                    }
                    div class="notes" { (self.notes_at(&[spot], None)) }
                }
            }
        });
        let running: Vec<Markup> = running.collect();
        // Whatever its words or section: no finding may be left out.
        let forgotten = self.notes_of(|_, _| true);
        html! {
            @if !left.is_empty() || !running.is_empty() || !forgotten.0.is_empty() {
                section class="letter of-rest of-whole" aria-labelledby=(self.told.labelled("s-rest")) {
                    (heading(self.told.level + 1, &id, &html! { "Cover pages and what stands in no section" }))
                    @if !forgotten.0.is_empty() { div class="loose" { (forgotten) } }
                    (text)
                    @for line in running { (line) }
                }
            }
        }
    }
}

fn depth(block: &Block) -> u8 {
    match block.kind {
        BlockKind::ListItem { depth } => depth.min(4),
        _ => 0,
    }
}
