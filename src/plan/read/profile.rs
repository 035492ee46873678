//! What the plan says of itself, put together from its pairs, its furniture and its sections.

use crate::document::{BlockKind, Document};
use crate::plan::fragment::Fragment;
use crate::plan::letter::Letter;
use crate::plan::placement::{Placement, Setting};
use crate::plan::profile::{DateRole, Known, PlanDate, Profile, Stage};
use crate::plan::read::pairs::{self, Field, Pair};
use crate::plan::read::{dates, person, stage};
use crate::plan::statement::Statement;
use crate::text::{Folded, Span};
use std::collections::BTreeSet;

/// How many blocks before the first section can hold the title.
const TITLE_BLOCKS: usize = 16;

pub(crate) fn read(
    document: &Document,
    found: &pairs::Found,
    fragments: &[Fragment],
    statements: &[Statement],
    placements: &[Placement],
) -> Profile {
    let claimed: BTreeSet<usize> = fragments.iter().flat_map(|f| f.headings.iter().chain(&f.blocks)).copied().collect();
    let in_section = |index: usize| claimed.contains(&index);
    let pairs = found.outside(document, in_section);
    let title = title(document, &claimed, &pairs);
    let mut dates = life(document, &pairs, &title, in_section);
    let earlier = pairs.iter().any(|pair| pair.field == Field::Earlier && !pair.value.is_empty());
    let placed = fragments.iter().any(|f| f.letters.contains(&Letter::I)).then_some(!placements.is_empty());
    let (mut stage, stage_sure) = stage::read(document, &pairs, &dates, &title, earlier, placed);
    settle_issued(document, &pairs, &stage, &mut dates);
    stage = amended_if_later(stage, &dates);
    let names = person::names(document, &pairs, &title);
    let years = person::years(document, &pairs, &names, statements);
    Profile {
        stage,
        stage_sure,
        born: born(document, &pairs),
        setting: setting(document, &pairs, placements),
        names,
        years,
        dates,
        as_of: Known::Unsaid,
        anonymised: said(person::anonymised(document, &pairs, in_section)),
        otherwise: said(otherwise(document, fragments, placements)),
    }
}

fn said(span: Option<Span>) -> Known<()> {
    span.map_or(Known::Unsaid, |span| Known::Said((), span))
}

/// The short lines before the first section that are no pairs.
fn title(document: &Document, claimed: &BTreeSet<usize>, pairs: &[Pair]) -> Vec<Span> {
    let end = claimed.first().copied().unwrap_or(TITLE_BLOCKS).min(TITLE_BLOCKS);
    let blocks = document.blocks().iter().take(end);
    let lines = blocks.filter(|block| {
        let text = document.slice(block.span);
        let sentence = text.ends_with('.') && text.len() > 60;
        let heading = matches!(block.kind, BlockKind::Heading { .. });
        text.len() <= 120
            && !sentence
            && (heading || !pairs.iter().any(|pair| block.span.overlaps(pair.label.cover(pair.value))))
    });
    lines.map(|block| block.span).collect()
}

/// The dates of the plan's life: from pairs, then from the title, other loose lines and the furniture.
fn life(document: &Document, pairs: &[Pair], title: &[Span], in_section: impl Fn(usize) -> bool) -> Vec<PlanDate> {
    let mut found: Vec<PlanDate> = Vec::new();
    for pair in pairs {
        let Field::Date(role) = pair.field else { continue };
        let mut all = dates::find(document.slice(pair.value));
        // "Last two annual reviews": the last is the one that the plan follows, and one stands before it.
        let several = role == DateRole::Review && Folded::of(document.slice(pair.label)).text().contains("reviews");
        if several {
            all.sort_by_key(|date| date.first);
        }
        let told = if several { all.get(all.len().saturating_sub(2)..) } else { all.get(..1) };
        for date in told.unwrap_or_default() {
            found.push(PlanDate { role, date: date.first, span: date.span.shift(pair.value.start) });
        }
    }
    let loose = document.blocks().iter().enumerate().filter(|(index, block)| {
        !in_section(*index) && !pairs.iter().any(|pair| block.span.overlaps(pair.label.cover(pair.value)))
    });
    let loose = loose.map(|(_, block)| block.span).chain(document.furniture().iter().map(|f| f.span));
    let mut more = Vec::new();
    for span in title.iter().copied().chain(loose) {
        more.extend(stage::dated_words(document.slice(span), span.start));
    }
    for date in more {
        if !found.iter().any(|other| other.role == date.role) {
            found.push(date);
        }
    }
    // Of two reviews, the earlier is the one before.
    let reviews: BTreeSet<_> = found.iter().filter(|d| d.role == DateRole::Review).map(|d| d.date).collect();
    let has_previous = found.iter().any(|d| d.role == DateRole::PreviousReview);
    if let (2.., Some(&last), false) = (reviews.len(), reviews.last(), has_previous) {
        for date in found.iter_mut().filter(|d| d.role == DateRole::Review && d.date < last) {
            date.role = DateRole::PreviousReview;
        }
    }
    found
}

/// "Date of plan" is the date of a draft in a draft, and else of the final or amended plan.
fn settle_issued(document: &Document, pairs: &[Pair], stage: &Known<Stage>, dates: &mut Vec<PlanDate>) {
    let is_draft = stage.value().is_some_and(|stage| stage.is_draft());
    let role = if is_draft { DateRole::Draft } else { DateRole::Final };
    let known = dates.iter().any(|d| match role {
        DateRole::Draft => d.role == DateRole::Draft,
        _ => matches!(d.role, DateRole::Final | DateRole::Amended),
    });
    if known {
        return;
    }
    let issued = pairs.iter().filter(|pair| pair.field == Field::Issued);
    dates.extend(issued.filter_map(|pair| {
        let date = dates::first(document.slice(pair.value))?;
        Some(PlanDate { role, date: date.first, span: date.span.shift(pair.value.start) })
    }));
}

/// A final plan that bears a later date than the first one is an amended plan.
fn amended_if_later(stage: Known<Stage>, dates: &[PlanDate]) -> Known<Stage> {
    let last = |role: DateRole| dates.iter().filter(|d| d.role == role).map(|d| d.date).max();
    let later = last(DateRole::FirstFinal).zip(last(DateRole::Final)).is_some_and(|(first, last)| first < last);
    match stage {
        Known::Said(Stage::Final, span) if later => Known::Said(Stage::Amended, span),
        stage => stage,
    }
}

fn born(document: &Document, pairs: &[Pair]) -> Known<jiff::civil::Date> {
    let whole = pairs.iter().filter(|pair| pair.field == Field::Born).find_map(|pair| {
        let date = dates::first(document.slice(pair.value))?;
        (date.precision == dates::Precision::Day).then(|| (date.first, date.span.shift(pair.value.start)))
    });
    whole.map_or(Known::Unsaid, |(date, span)| Known::Said(date, span))
}

fn setting(document: &Document, pairs: &[Pair], placements: &[Placement]) -> Known<Setting> {
    if let Some((setting, placement)) = placements.iter().find_map(|p| Some((p.setting?, p))) {
        return Known::Said(setting, placement.kind.unwrap_or(placement.span));
    }
    let typed = pairs.iter().filter(|pair| pair.field == Field::SchoolType && !pair.value.is_empty());
    let mut read = typed.filter_map(|pair| {
        Some((super::institution::setting(&Folded::text_of(document.slice(pair.value)))?, pair.value))
    });
    read.next().map_or(Known::Unsaid, |(setting, span)| Known::Said(setting, span))
}

/// The words that say the plan is for education otherwise than in a school: in Section I, or as a package in F.
fn otherwise(document: &Document, fragments: &[Fragment], placements: &[Placement]) -> Option<Span> {
    const SAYS: &[&str] = &[
        "eotas",
        "eotis",
        "education otherwise than",
        "educated otherwise than",
        "section 61",
        "s.61",
        "s61 ",
        "otherwise than at school",
        "otherwise than in a school",
        "otherwise than at a school",
    ];
    const BUT_NOT: &[&str] =
        &["not ", "considered", "requested", "reject", "asked for", "previous", "in the past", "whether"];
    if let Some(placement) = placements.iter().find(|p| p.setting == Some(Setting::Otherwise)) {
        return placement.kind.or(Some(placement.span));
    }
    for letter in [Letter::I, Letter::F] {
        let blocks =
            fragments.iter().filter(|f| f.letters.contains(&letter)).flat_map(|f| f.headings.iter().chain(&f.blocks));
        for block in blocks.filter_map(|&index| document.blocks().get(index)) {
            let folded = document.levelled(block.span);
            let text = folded.text();
            // All of them hold one of these, and hardly any paragraph does.
            if !text.as_bytes().windows(3).any(|three| matches!(three, b"eot" | b"rwi" | [_, b'6', b'1'])) {
                continue;
            }
            let said = SAYS.iter().find_map(|words| text.find(words).map(|at| Span::new(at, at + words.len())));
            if let Some(span) = said
                && (letter == Letter::I || !BUT_NOT.iter().any(|words| text.contains(words)))
            {
                return Some(folded.original(span).shift(block.span.start));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The blocks from a heading "Section X" to the next, as the section reader would give them.
    pub(crate) fn fragments(document: &Document) -> Vec<Fragment> {
        let mut fragments: Vec<Fragment> = Vec::new();
        for (index, block) in document.blocks().iter().enumerate() {
            let text = document.slice(block.span);
            let letter = text.strip_prefix("Section ").and_then(|rest| Letter::named(rest.split([':', ' ']).next()?));
            match (letter, fragments.last_mut()) {
                (Some(letter), _) => fragments.push(Fragment {
                    letters: vec![letter],
                    label: Some(block.span),
                    area: None,
                    blocks: Vec::new(),
                    headings: vec![index],
                }),
                (None, Some(open)) => open.blocks.push(index),
                (None, None) => {}
            }
        }
        fragments
    }

    fn profile(text: &str) -> (Document, Profile) {
        let document = Document::from_notation(text);
        let fragments = fragments(&document);
        let placements: Vec<Placement> = fragments
            .iter()
            .filter(|f| f.letters == [Letter::I])
            .flat_map(|f| crate::plan::read::placement::read(&document, &f.blocks))
            .collect();
        let profile = read(&document, &pairs::Found::of(&document), &fragments, &[], &placements);
        (document, profile)
    }

    fn check_stage(text: &str, expected: Option<Stage>, sure: bool) {
        let (_, profile) = profile(text);
        assert_eq!((profile.stage.value().copied(), profile.stage_sure), (expected, sure), "{text}");
    }

    #[test]
    fn weighs_the_signs_of_a_stage() {
        check_stage(
            "# EHC Plan (Draft)\n\n|Draft issued|12/05/2025|\n|Final issued||\n|Status|DRAFT|\n",
            Some(Stage::Draft),
            true,
        );
        check_stage(
            "# Education, Health and Care Plan\n\n|Draft EHCP issued|29/11/2024|\n|Final EHCP issued|17/01/2025|\n\n# Section I\n\nHill School",
            Some(Stage::Final),
            true,
        );
        check_stage(
            "|EHCP first issued|12/07/2018|\n|Notice of proposed amendments|28/03/2025|\n|Amended final EHCP|06/05/2025|\n",
            Some(Stage::Amended),
            false,
        );
        check_stage("# Amended Final Plan\n\n|Amended final EHCP|06/05/2025|\n", Some(Stage::Amended), true);
        check_stage(
            "|EHCP first issued|12/07/2018|\n|Annual review|04/03/2025|\n|Draft issued|28/03/2025|\n|Status|Draft|\n",
            Some(Stage::AmendmentDraft),
            true,
        );
        check_stage("|Status|Draft/Proposed/Amended/Final|\n", None, false);
        check_stage("# Education, Health and Care Plan\n\n# Section A\n\nSam likes trains.", None, false);
        check_stage(
            "# Final plan\n\nThe draft was issued on 29/11/2024.\n\n# Section A\n\nText",
            Some(Stage::Final),
            false,
        );
        check_stage(
            "# Plan\n\n|Version|Proposed (draft) v1|\n\n# Section I\n\nThis section is left blank in a proposed plan.",
            Some(Stage::Draft),
            true,
        );
    }

    #[test]
    fn reads_the_dates_of_a_plans_life() {
        let (_, profile) = profile(
            "|Request date|03/02/2025|\n|Date of plan|12 May 2025|\n|Previous annual review|1/3/24|\n|Status|Final|\n",
        );
        let found: Vec<String> = profile.dates.iter().map(|d| format!("{:?} {}", d.role, d.date)).collect();
        assert_eq!(found, ["Request 2025-02-03", "PreviousReview 2024-03-01", "Final 2025-05-12"]);
    }

    #[test]
    fn of_several_reviews_the_last_two_count() {
        let (_, profile) = profile("|Last annual reviews|30 April 2025; 2 May 2024; 1 May 2023|\n|Status|Final|\n");
        let found: Vec<String> = profile.dates.iter().map(|d| format!("{:?} {}", d.role, d.date)).collect();
        assert_eq!(found, ["PreviousReview 2024-05-02", "Review 2025-04-30"]);
    }

    #[test]
    fn tells_education_otherwise() {
        let (_, plan) = profile("# Section F\n\nThe EOTAS package is:\n\n# Section I\n\n");
        assert!(plan.otherwise.value().is_some());
        let (_, plan) = profile("# Section F\n\nEOTAS was considered and rejected.\n\n# Section I\n\nHill School");
        assert!(plan.otherwise.value().is_none());
    }
}
