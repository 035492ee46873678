//! Unread: what of a file could not be read, and what may stand there, in plain words.

use crate::document::{Gap, GapKind};
use crate::plan::{Letter, Plan};
use crate::rules::prose;

/// Something in the file that could not be read, as every report says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Page, where known.
    pub page: Option<u32>,
    /// What it is.
    pub what: String,
    /// What may therefore be wrong or absent in the report.
    pub why_it_matters: String,
}

impl Unread {
    /// Everything that could not be read of the file behind `plan`; what is the same on the same page, once.
    pub fn of(plan: &Plan) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for gap in plan.document().gaps() {
            let unread = Self::one(plan, gap);
            if !all.contains(&unread) {
                all.push(unread);
            }
        }
        all
    }

    /// This gap.
    pub(crate) fn one(plan: &Plan, gap: &Gap) -> Self {
        Self { page: gap.place.page, what: what(&gap.kind), why_it_matters: why_it_matters(plan, gap) }
    }
}

fn what(kind: &GapKind) -> String {
    match kind {
        GapKind::PageWithoutText => "a page that is a picture, with no text to read".to_owned(),
        GapKind::PageDamaged => "a page that is damaged and was read only in part".to_owned(),
        GapKind::UnmappedGlyphs(1) => "one character that the file does not name".to_owned(),
        GapKind::UnmappedGlyphs(count) => format!("{count} characters that the file does not name"),
        GapKind::Garbled => "a page whose letters are stored wrongly".to_owned(),
        GapKind::WordsOnly => {
            "tables, columns or an order that may be lost, as only its words could be read".to_owned()
        }
        GapKind::Recognised => "words that were recognised in a picture (OCR), so letters may be wrong".to_owned(),
        GapKind::Picture => "a picture that may hold words".to_owned(),
        GapKind::Drawing => "a chart or drawing".to_owned(),
        GapKind::Embedded => "a part that another program must open".to_owned(),
        GapKind::PartDamaged(part) => format!("a damaged part of the file ({part})"),
        GapKind::Form { read: false } => "a form that only Adobe's programs can show (XFA)".to_owned(),
        GapKind::Form { read: true } => {
            "a form that Adobe's programs build (XFA), read from what the file stores".to_owned()
        }
        GapKind::Attached(name) if name.0.is_empty() => "an attached file".to_owned(),
        GapKind::Attached(name) => format!("an attached file, \u{201c}{}\u{201d}", name.0),
        GapKind::Comments(1) => "a comment of a reader".to_owned(),
        GapKind::Comments(count) => format!("{count} comments of readers"),
        GapKind::Limit(limit) => format!("everything after a safety limit ({limit})"),
    }
}

fn why_it_matters(plan: &Plan, gap: &Gap) -> String {
    if let GapKind::Form { read: true } = gap.kind {
        return "Open the form in Adobe Reader before you rely on what is said of it here.".to_owned();
    }
    if gap.kind == GapKind::Recognised {
        return "Look at the page itself before you rely on what is said of it here.".to_owned();
    }
    if !gap.kind.may_hold_plan() {
        return "They are no part of the plan, and were left out.".to_owned();
    }
    let absent: Vec<String> = Letter::ALL
        .into_iter()
        .filter(|&letter| letter != Letter::J && !plan.section(letter).present())
        .map(|letter| letter.as_str().to_owned())
        .collect();
    match absent.as_slice() {
        [] => {}
        [one] => return format!("Section {one} was not found, and may be here."),
        few if few.len() <= 4 => {
            return format!("Sections {} were not found, and may be here.", prose::list(&absent, "and"));
        }
        _ => return "Whole sections were not found, and may be here.".to_owned(),
    }
    let blocks = plan.document().blocks();
    let before = plan.fragments().iter().filter_map(|fragment| {
        let last = fragment.headings.iter().chain(&fragment.blocks).filter_map(|&index| blocks.get(index));
        let start = last.map(|block| block.span.start).filter(|&start| start < gap.at).max()?;
        Some((start, fragment.letters.first().copied()?))
    });
    match before.max() {
        Some((_, letter)) => format!("A part of Section {letter} may be here, and was not checked."),
        None => "What stands here was not checked.".to_owned(),
    }
}
