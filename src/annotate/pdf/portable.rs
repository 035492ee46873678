//! The order of work: find the places on the pages, write the notes, hang them on their pages, end the file anew.

use super::marks::{Strip, strips};
use super::note::{self, ICON, Note};
use super::update::{Ending, Update};
use super::{fault, raw};
use crate::annotate::annotated::{AnnotateError, Annotated};
use crate::annotate::remark::{Remark, remarks};
use crate::annotate::wording;
use crate::extract::{PageObject, Skeleton, skeleton};
use crate::plan::Plan;
use crate::report::Report;
use std::collections::{BTreeMap, BTreeSet};

const SIGNED: &str = "The file bears a digital signature. It holds for the file as it was signed; that notes were added \
                      after it, PDF readers will say.";
const PAGES: AnnotateError = fault("its pages cannot be found one by one");

/// Where a note goes.
enum Place {
    /// Over these strips of a page; on further pages its words go on.
    Words(BTreeMap<u32, Vec<Strip>>),
    /// Beside the text of a page, so many icons below its top.
    Beside(u32, u16),
}

/// The file with a note for each remark on the report.
pub(in crate::annotate) fn annotate(bytes: &[u8], report: &Report<'_>) -> Result<Annotated, AnnotateError> {
    let ending = Ending::of(bytes).ok_or(fault("its table of contents is not where the file says"))?;
    if ending.encrypted {
        return Err(AnnotateError::Locked { format: "PDF" });
    }
    let first = skeleton(bytes, &BTreeSet::new()).ok_or(PAGES)?;
    if first.portfolio {
        return Err(AnnotateError::Portfolio);
    }
    let warning = first.signed.then_some(SIGNED);
    let remarks = remarks(report, warning);
    let places = places(&report.plan, &remarks);
    let wanted: BTreeSet<u32> = places
        .iter()
        .flat_map(|place| match place {
            Place::Words(pages) => pages.keys().copied().collect::<Vec<_>>(),
            Place::Beside(page, _) => vec![*page],
        })
        .collect();
    let skeleton = skeleton(bytes, &wanted).ok_or(PAGES)?;
    let pages: BTreeMap<u32, &PageObject> = skeleton.pages.iter().map(|page| (page.page, page)).collect();

    let highest = skeleton.pages.iter().map(|page| page.number + 1).max().unwrap_or(0);
    let mut work = Work { update: Update::new(bytes, ending.size.max(highest)), hung: BTreeMap::new() };
    for (remark, place) in remarks.iter().zip(&places) {
        work.note(&report.plan, remark, place, &pages)?;
    }
    let Work { mut update, mut hung } = work;
    // viewers show the last one on top: of two highlights on the same words the shorter must not be covered
    for notes in hung.values_mut() {
        notes.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    }
    for (page, notes) in &hung {
        let page = pages.get(page).ok_or(PAGES)?;
        update.object(page.number, page.generation, &with_notes(page, notes).ok_or(PAGES)?);
    }
    let done = update.finished(&ending);
    check(&done, &wanted, &hung)?;
    let exact =
        remarks.iter().zip(&places).filter(|(remark, place)| remark.has_words() && matches!(place, Place::Words(_)));
    Ok(Annotated { exact: exact.count(), comments: remarks.len(), bytes: done, ending: "pdf", warning })
}

/// The notes that were written so far.
struct Work {
    update: Update,
    /// By page, the objects that hang on it, and how much each covers.
    hung: BTreeMap<u32, Vec<(f32, u32)>>,
}

impl Work {
    /// Writes the note of a remark.
    fn note(
        &mut self,
        plan: &Plan,
        remark: &Remark<'_>,
        place: &Place,
        pages: &BTreeMap<u32, &PageObject>,
    ) -> Result<(), AnnotateError> {
        let severity = remark.severity();
        let name = format!("ehcp-lint-{}", remark.name());
        match place {
            Place::Words(on) => {
                let (first, _) = on.first_key_value().ok_or(PAGES)?;
                let words = remark.paragraphs(None, plan, false).join("\n\n");
                for (page, strips) in on {
                    let further = format!("This goes on from page {first}, where the note stands.");
                    let (name, words) =
                        if page == first { (name.clone(), &words) } else { (format!("{name}-{page}"), &further) };
                    let object = pages.get(page).ok_or(PAGES)?;
                    let note = Note { page: (object.number, object.generation), name, words, severity };
                    let (look, number) = (self.look(note::highlight_look(strips, severity)), self.update.number());
                    self.update.object(number, 0, &note.highlight(strips, look));
                    let covered = strips.iter().map(Strip::length).sum();
                    self.hung.entry(*page).or_default().push((covered, number));
                }
            }
            Place::Beside(page, below) => {
                let quote = remark.has_words().then(|| wording::quoted(plan.slice(remark.at)));
                let elsewhere = quote.map(|quote| format!("The words, which could not be marked: {quote}."));
                let words = remark.paragraphs(elsewhere, plan, false).join("\n\n");
                let object = pages.get(page).ok_or(PAGES)?;
                let note = Note { page: (object.number, object.generation), name, words: &words, severity };
                let (look, number) = (self.look(note::icon_look(severity)), self.update.number());
                self.update.object(number, 0, &note.icon(beside(object, *below), look));
                self.hung.entry(*page).or_default().push((0.0, number));
            }
        }
        Ok(())
    }

    fn look(&mut self, (entries, content): note::Look) -> u32 {
        let number = self.update.number();
        self.update.stream(number, &entries, &content);
        number
    }
}

/// Where each remark goes: over its words, or, where it has none on any page, beside the text.
fn places(plan: &Plan, remarks: &[Remark<'_>]) -> Vec<Place> {
    let document = plan.document();
    let mut icons: BTreeMap<u32, u16> = BTreeMap::new();
    let mut place = |remark: &Remark<'_>| {
        let strips = if remark.is_whole() { BTreeMap::new() } else { strips(document, &remark.words(plan)) };
        if !strips.is_empty() {
            return Place::Words(strips);
        }
        let page = document.page_of(remark.at).unwrap_or(1);
        let below = icons.entry(page).or_default();
        *below += 1;
        Place::Beside(page, *below - 1)
    };
    remarks.iter().map(&mut place).collect()
}

/// The lower left corner of an icon in the left margin of a page.
fn beside(page: &PageObject, below: u16) -> (f32, f32) {
    const MARGIN: f32 = 6.0;
    let (column, row) = (below / 30, below % 30);
    let step = ICON + 4.0;
    let (left, top) = (MARGIN + f32::from(column) * step, MARGIN + f32::from(row) * step);
    let (one, other) = (page.to_file.of(left, top), page.to_file.of(left + ICON, top + ICON));
    (one.0.min(other.0), one.1.min(other.1))
}

/// The dictionary of a page with these notes among its annotations.
fn with_notes(page: &PageObject, notes: &[(f32, u32)]) -> Option<Vec<u8>> {
    let dictionary = page.dictionary.as_slice();
    let (entries, end) = raw::dictionary(dictionary, 0)?;
    let mut out = Vec::with_capacity(dictionary.len() + page.annotations.len() + 12 * notes.len());
    let mut done = 0;
    for (key, value) in &entries {
        if dictionary.get(key.clone()) == Some(b"Annots") {
            out.extend_from_slice(dictionary.get(done..key.start.checked_sub(1)?)?);
            done = value.end;
        }
    }
    out.extend_from_slice(dictionary.get(done..end.checked_sub(2)?)?);
    out.extend_from_slice(b" /Annots [");
    out.extend_from_slice(&page.annotations);
    for (_, note) in notes {
        // on a line of its own: the line before may end in a remark
        out.extend_from_slice(format!("\n{note} 0 R").as_bytes());
    }
    out.extend_from_slice(b"] >>");
    Some(out)
}

/// Reads what was written: each page must have its notes, or else the file is not what it seemed to be.
fn check(done: &[u8], wanted: &BTreeSet<u32>, hung: &BTreeMap<u32, Vec<(f32, u32)>>) -> Result<(), AnnotateError> {
    let Skeleton { pages, .. } = skeleton(done, wanted).ok_or(PAGES)?;
    for page in pages {
        let last = hung.get(&page.page).and_then(|notes| notes.last());
        let there = last.is_none_or(|(_, last)| page.annotations.ends_with(format!("\n{last} 0 R").as_bytes()));
        if !there {
            return Err(fault("what is added to it cannot be found again"));
        }
    }
    Ok(())
}
