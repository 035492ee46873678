//! What every writer says alike: places, counts, gaps, what is missing.

use crate::document::{Gap, GapKind};
use crate::plan::{Area, Letter, Plan, Stage};
use crate::rules::{Anchor, Finding, Silence};
use crate::text::Span;
use std::fmt::Write as _;

/// "1 finding", "2 findings".
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// "A", "A and B", "A, B and C".
pub(crate) fn list<T: AsRef<str>>(items: &[T], and: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {and} {}", first.join(", "), last.as_ref())
        }
    }
}

/// An area of need, in the words of the Code.
pub(crate) fn area(area: Area) -> &'static str {
    match area {
        Area::Communication => "communication and interaction",
        Area::Cognition => "cognition and learning",
        Area::Emotional => "social, emotional and mental health",
        Area::Sensory => "sensory and physical",
        Area::Independence => "self-care and independence",
        Area::Adulthood => "preparing for adulthood",
        Area::Health => "health",
        Area::SocialCare => "social care",
    }
}

/// The stage of a plan, in words.
pub(crate) fn stage(plan: &Plan) -> &'static str {
    match plan.profile().stage.value() {
        Some(Stage::Draft) => "draft plan",
        Some(Stage::ReassessmentDraft) => "draft plan after a reassessment",
        Some(Stage::AmendmentDraft) => "draft of proposed amendments",
        Some(Stage::Final) => "final plan",
        Some(Stage::Amended) => "amended final plan",
        None => "draft or final: not known",
    }
}

/// The word of the contract for the stage.
pub(crate) fn stage_word(plan: &Plan) -> &'static str {
    plan.profile().stage.value().map_or("unknown", |stage| stage.as_str())
}

/// From which words, and where, the stage was read; `None` where it is not known.
pub(crate) fn stage_basis(plan: &Plan) -> Option<String> {
    plan.profile().stage.value()?;
    let Some(span) = plan.profile().stage.span() else { return Some("as given for this check".to_owned()) };
    let document = plan.document();
    let furniture = document.furniture().iter().any(|furniture| furniture.span.contains(span));
    let first = plan.fragments().iter().flat_map(|f| f.headings.iter().chain(&f.blocks)).min();
    let place = if furniture {
        "running header or footer".to_owned()
    } else if first.is_some_and(|&first| document.block_at(span.start) < first) {
        "cover page".to_owned()
    } else {
        page(plan, span).map_or_else(|| "body of the plan".to_owned(), |page| format!("page {page}"))
    };
    if document.is_redacted() {
        return Some(place);
    }
    let words: Vec<&str> = plan.slice(span).split_whitespace().collect();
    Some(format!("{place}: '{}'", words.join(" ")))
}

/// What kind of file it is, how long, and at which stage: "PDF, 14 pages; final plan (cover page: 'Final EHC plan')".
pub(crate) fn about(plan: &Plan) -> String {
    let mut about = match plan.document().format() {
        "docx" => "Word file".to_owned(),
        "pdf" => "PDF".to_owned(),
        other => format!("{other} file"),
    };
    if let Some(pages) = plan.document().pages() {
        let _ = write!(about, ", {}", count(pages as usize, "page", "pages"));
    }
    let _ = write!(about, "; {}", stage(plan));
    if let Some(basis) = stage_basis(plan) {
        let _ = write!(about, " ({basis})");
    }
    about
}

/// The page on which `span` begins.
pub(crate) fn page(plan: &Plan, span: Span) -> Option<u32> {
    plan.document().page_of(span)
}

/// Where a finding stands: "page 7, Section F", "Section F, table 2, row 3", "the whole plan".
pub(crate) fn place(plan: &Plan, finding: &Finding<'_>) -> String {
    let mut parts = Vec::new();
    if let Anchor::Text(span) = finding.anchor {
        parts.extend(page(plan, span).map(|page| format!("page {page}")));
    }
    parts.extend(finding.section.map(|letter| format!("Section {letter}")));
    if parts.is_empty() {
        parts.push("the whole plan".to_owned());
    }
    parts.join(", ")
}

/// The number of the paragraph in which byte `at` stands, from one: on its page where there are pages, else in the document.
pub(crate) fn paragraph(plan: &Plan, at: usize) -> Option<usize> {
    let document = plan.document();
    let index = document.block_at(at);
    let block = document.blocks().get(index).filter(|block| block.span.start <= at && at <= block.span.end)?;
    let page = block.place.page;
    Some(document.blocks()[..=index].iter().filter(|other| other.place.page == page).count())
}

/// The paragraph that a mark lies in: a body block, a running header, or else the mark itself.
pub(crate) fn paragraph_of(plan: &Plan, mark: Span) -> Span {
    let document = plan.document();
    let block = document.blocks().get(document.block_at(mark.start)).map(|block| block.span);
    let furniture = document.furniture().iter().map(|furniture| furniture.span);
    block.into_iter().chain(furniture).find(|span| span.contains(mark)).unwrap_or(mark)
}

/// Why a rule found nothing, in a sentence.
pub(crate) fn silence(why: &Silence) -> String {
    match why {
        Silence::NothingFound => "Nothing was found.".to_owned(),
        Silence::NotInForce => "The law behind it was not in force on the day of the plan.".to_owned(),
        Silence::NotForSuchPlans => "It does not speak of a plan like this.".to_owned(),
        Silence::NoSuchSection(letters) => {
            let letters: Vec<&str> = letters.iter().map(|letter| letter.as_str()).collect();
            match letters.as_slice() {
                [one] => format!("Section {one} was not found."),
                several => format!("Sections {} were not found.", list(several, "and")),
            }
        }
    }
}

/// What could not be read, in a few words.
pub(crate) fn gap(gap: &Gap) -> String {
    match &gap.kind {
        GapKind::PageWithoutText => "a page that is a picture, without text".to_owned(),
        GapKind::PageDamaged => "a page that is damaged".to_owned(),
        GapKind::UnmappedGlyphs(n) => {
            format!("{} that the file does not spell out", count(*n as usize, "letter", "letters"))
        }
        GapKind::Garbled => "a page whose letters come out as nonsense".to_owned(),
        GapKind::WordsOnly => {
            "tables and the order of the words (only a second reader, pdf-extract, found words here)".to_owned()
        }
        GapKind::Recognised => {
            "a page that is a picture; its words were recognised by OCR, and letters may be wrong".to_owned()
        }
        GapKind::Picture => "a picture, large enough to hold text".to_owned(),
        GapKind::Drawing => "a chart or drawing".to_owned(),
        GapKind::Embedded => "a part made by another program".to_owned(),
        GapKind::PartDamaged(part) => format!("a damaged part of the file: {part}"),
        GapKind::Form { read: false } => {
            "the form in this file, which only Adobe's programs can show (XFA). Open it in Adobe Reader, print it to PDF, and \
             check that file"
                .to_owned()
        }
        GapKind::Form { read: true } => {
            "an Adobe form (XFA); its words were read from what the file stores, and parts that a tick opens or closes may \
             differ"
                .to_owned()
        }
        GapKind::Attached(name) if name.0.is_empty() => "an attached file".to_owned(),
        GapKind::Attached(name) => {
            format!("an attached file, \u{201c}{}\u{201d}", crate::render::clean::clean(&name.0))
        }
        GapKind::Comments(1) => "a comment of a reader".to_owned(),
        GapKind::Comments(count) => format!("{count} comments of readers"),
        GapKind::Limit(limit) => format!("what comes after a limit was reached: {limit}"),
    }
}

/// Everything that could not be read, for a person: a label, and a sentence or two. Pages whose words were recognised in
/// pictures are named together, as a scan has nothing else.
pub(crate) fn gaps(plan: &Plan) -> Vec<(&'static str, String)> {
    let recognised: Vec<&Gap> = plan.document().gaps().iter().filter(|gap| gap.kind == GapKind::Recognised).collect();
    let mut said = false;
    let mut lines = Vec::new();
    for gap in plan.document().gaps() {
        if let GapKind::Form { read: true } = gap.kind {
            lines.push(("read as stored", format!("{}. {}", self::gap(gap), gap_matters(plan, gap))));
        } else if gap.kind != GapKind::Recognised {
            let page = gap.place.page.map_or_else(String::new, |page| format!("page {page}: "));
            lines.push(("not read", format!("{page}{}. {}", self::gap(gap), gap_matters(plan, gap))));
        } else if !std::mem::replace(&mut said, true) {
            let pages: Vec<u32> = recognised.iter().filter_map(|gap| gap.place.page).collect();
            let words = match ranges(&pages).as_slice() {
                [one] if pages.len() == 1 => format!("page {one}: {}. {}", self::gap(gap), gap_matters(plan, gap)),
                ranges => format!(
                    "pages {}: they are pictures; their words were recognised by OCR, and letters may be wrong. Look at \
                     the pages themselves before you rely on what is said of them here.",
                    list(ranges, "and")
                ),
            };
            lines.push(("read by OCR", words));
        }
    }
    lines
}

/// Numbers in order, those that follow each other together: "1 to 3", "7".
fn ranges(numbers: &[u32]) -> Vec<String> {
    let runs = numbers.chunk_by(|a, b| a.checked_add(1) == Some(*b));
    let shown = runs.filter_map(|run| match run {
        [] => None,
        [one] => Some(one.to_string()),
        [first, .., last] => Some(format!("{first} to {last}")),
    });
    shown.collect()
}

/// Which sections may stand where something could not be read.
pub(crate) fn gap_matters(plan: &Plan, gap: &Gap) -> String {
    if let GapKind::Form { read: true } = gap.kind {
        return "Compare it with the form in Adobe Reader before you rely on what is said of it here.".to_owned();
    }
    if gap.kind == GapKind::Recognised {
        return "Look at the page itself before you rely on what is said of it here.".to_owned();
    }
    if !gap.kind.may_hold_plan() {
        return "They are no part of the plan.".to_owned();
    }
    let starts = |fragment: &crate::plan::Fragment| {
        let first = fragment.headings.iter().chain(&fragment.blocks).min();
        first.and_then(|&index| plan.document().blocks().get(index)).map(|block| block.span.start)
    };
    let before = plan
        .fragments()
        .iter()
        .filter_map(|fragment| Some((starts(fragment)?, fragment.letters.first()?)))
        .filter(|&(start, _)| start < gap.at)
        .max_by_key(|&(start, _)| start);
    let lost: Vec<&str> =
        Letter::ALL.into_iter().filter(|&letter| !plan.section(letter).present()).map(Letter::as_str).collect();
    let mut parts = Vec::new();
    if let Some((_, letter)) = before {
        parts.push(format!("More of Section {letter} may be here."));
    }
    match lost.as_slice() {
        [] => {}
        [one] => parts.push(format!("Section {one}, which was not found, may be here.")),
        several if several.len() == Letter::ALL.len() => parts.push("Any section may be here.".to_owned()),
        several => parts.push(format!("Sections {}, which were not found, may be here.", list(several, "and"))),
    }
    parts.push("It was not checked.".to_owned());
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    #[test]
    fn names_runs_of_numbers() {
        assert_eq!(ranges(&[1, 2, 3, 7, 9, 10]), ["1 to 3", "7", "9 to 10"]);
        assert_eq!(ranges(&[4]), ["4"]);
        assert!(ranges(&[]).is_empty());
    }

    #[test]
    fn joins_lists() {
        assert_eq!(list::<&str>(&[], "and"), "");
        assert_eq!(list(&["A"], "and"), "A");
        assert_eq!(list(&["A", "B", "C"], "or"), "A, B or C");
    }

    #[test]
    fn numbers_paragraphs_from_one() {
        let plan = Plan::read(Document::from_notation("One.\n\nTwo.\n\nThree."));
        let numbers: Vec<Option<usize>> = [0, 5, 10].into_iter().map(|at| paragraph(&plan, at)).collect();
        assert_eq!(numbers, [Some(1), Some(2), Some(3)]);
    }
}
