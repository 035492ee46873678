//! The order of work: find the places, put in the marks, write the comments, copy the package around them.

use super::find::{Finder, NotePart};
use super::outline::{self, Outline};
use super::place::Fit;
use super::splice::{Mark, spliced};
use super::{copy, fault, ids, parts};
use crate::annotate::annotated::{AnnotateError, Annotated};
use crate::annotate::remark::{Remark, remarks};
use crate::annotate::wording::quoted;
use crate::extract::{Fault, Package, Relation, View, Written};
use crate::plan::Plan;
use crate::report::Report;
use std::collections::BTreeMap;

const SIGNED: &str =
    "The file bears a digital signature, which does not hold for this copy. The signed file itself was not touched.";
const OWN_COMMENTS: &str = "the comments that it has already cannot be read";

/// The file with a comment for each remark on the report.
pub(in crate::annotate) fn annotate(bytes: &[u8], report: &Report<'_>) -> Result<Annotated, AnnotateError> {
    if !bytes.starts_with(b"PK") {
        // the package is packed in another file: in a portfolio, or encrypted
        let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
        let portfolio = head.windows(5).any(|window| window == b"%PDF-");
        return Err(if portfolio { AnnotateError::Portfolio } else { AnnotateError::Locked { format: "Word" } });
    }
    let mut package = Package::open(bytes, View::Accepted).map_err(|_| fault("it is not complete"))?;
    let main = package.main_part().map_err(|_| fault("its main part is not in it"))?;
    let relations = package.relations(&main).map_err(told)?;
    let warning = package.is_signed().then_some(SIGNED);
    let remarks = remarks(report, warning);

    let mut text = written(&mut package, &main)?;
    let body = text.text.split_off(text.mark());
    let outline = Outline::read(&body).ok_or(fault("its main part is not a Word document"))?;
    let known = relations.iter().find(|relation| relation.role == "comments").and_then(|known| known.target.clone());
    let known = known.filter(|part| package.entry(part).is_some());
    let mut comments = match &known {
        Some(part) => written(&mut package, part)?,
        None => Written::read(parts::no_comments(&outline.namespace).into_bytes()).map_err(told)?,
    };
    let mut taken = parts::comment_ids(unmarked(&comments)).ok_or(fault(OWN_COMMENTS))?;
    taken.extend(&outline.ids);

    let notes = notes(&mut package, &relations)?;
    let document = report.plan.document();
    let part = package.name(&main).into_owned();
    let finder = Finder { document, outline: &outline, part: &part, begins: text.mark(), notes: &notes };
    let mut marks = Vec::new();
    let mut notes = Vec::new();
    let mut exact = 0;
    for (remark, id) in remarks.iter().zip(ids::free(&taken, remarks.len())) {
        let found = finder.find(remark);
        exact += usize::from(remark.has_words() && found.fit == Fit::Exact);
        let elsewhere = elsewhere(&report.plan, remark, found.fit);
        notes.push((id, remark.paragraphs(elsewhere, &report.plan, true)));
        marks.push(Mark { id, range: found.range });
    }

    text.text.push_str(&spliced(&body, &outline, &marks));
    let mut changed = BTreeMap::new();
    let mut added = Vec::new();
    changed.extend(package.entry(&main).map(|entry| (entry, text.bytes())));
    edit(&mut comments, OWN_COMMENTS, |text| parts::comments(text, &notes))?;
    match known.and_then(|part| package.entry(&part)) {
        Some(entry) => drop(changed.insert(entry, comments.bytes())),
        None => introduce(&mut package, &part, &outline, comments.bytes(), &mut changed, &mut added)?,
    }
    let bytes = copy::copied(bytes, &changed, &added)?;
    let ending = ending(&mut package);
    Ok(Annotated { bytes, comments: remarks.len(), exact, ending, warning })
}

/// Makes a part of comments known to a package that has none.
fn introduce(
    package: &mut Package<'_>,
    main: &str,
    outline: &Outline,
    comments: Vec<u8>,
    changed: &mut BTreeMap<usize, Vec<u8>>,
    added: &mut Vec<(String, Vec<u8>)>,
) -> Result<(), AnnotateError> {
    const RELATIONS: &str = "the relationships of its main part cannot be read";
    const TYPES: &str = "the list of its content types cannot be read";
    let (folder, file) = main.rsplit_once('/').map_or(("", main), |(folder, file)| (folder, file));
    let within = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let mut names =
        (0..).map(|number| if number == 0 { "comments.xml".to_owned() } else { format!("comments{number}.xml") });
    let name = names.find(|name| package.entry(&within(name)).is_none()).unwrap_or_default();
    added.push((within(&name), comments));

    let relations = within(&format!("_rels/{file}.rels"));
    let strict = outline.namespace.contains("purl.oclc.org");
    if let Some(entry) = package.entry(&relations) {
        let mut written = written(package, &relations)?;
        edit(&mut written, RELATIONS, |text| parts::related(text, &name, strict))?;
        changed.insert(entry, written.bytes());
    } else {
        let related = parts::related(&parts::no_relations(), &name, strict).ok_or(fault(RELATIONS))?;
        added.push((relations, related.into_bytes()));
    }
    // without a list of types Word opens nothing, with comments or without
    if let Some(entry) = package.entry("[Content_Types].xml") {
        let mut written = written(package, "[Content_Types].xml")?;
        edit(&mut written, TYPES, |text| parts::typed(text, &within(&name)))?;
        changed.insert(entry, written.bytes());
    }
    Ok(())
}

/// The parts of footnotes and endnotes. One that cannot be read holds no words that anything was found in.
pub(super) fn notes(package: &mut Package<'_>, relations: &[Relation]) -> Result<Vec<NotePart>, AnnotateError> {
    let mut parts = Vec::new();
    for relation in relations.iter().filter(|relation| matches!(relation.role.as_str(), "footnotes" | "endnotes")) {
        let Some(part) = relation.target.as_deref().filter(|part| package.entry(part).is_some()) else { continue };
        let written = written(package, part)?;
        let notes = outline::notes(unmarked(&written));
        parts.push(NotePart { name: package.name(part).into_owned(), begins: written.mark(), notes });
    }
    Ok(parts)
}

/// What a comment has to say where it does not stand at exactly its words.
fn elsewhere(plan: &Plan, remark: &Remark, fit: Fit) -> Option<String> {
    let why = match fit {
        Fit::Exact => return None,
        Fit::Wider => "The words",
        Fit::TextBox => "The words, in a text box, where Word takes no comments",
        Fit::Note => "The words, in a note, where Word takes no comments",
        Fit::Furniture => "The words, in a running header or footer, where Word takes no comments",
        Fit::Near => "The words, in a place where Word takes no comments",
    };
    remark.has_words().then(|| format!("{why}: {}.", quoted(plan.slice(remark.at))))
}

/// The ending that the name of the copy must have for Word to open it.
fn ending(package: &mut Package<'_>) -> &'static str {
    let types = package.bytes("[content_types].xml").unwrap_or_default();
    let types = String::from_utf8_lossy(&types).to_lowercase();
    if types.contains("document.macroenabled.main+xml") {
        "docm"
    } else if types.contains("wordprocessingml.template.main+xml") {
        "dotx"
    } else if types.contains("macroenabledtemplate.main+xml") {
        "dotm"
    } else {
        "docx"
    }
}

/// The text of a part. It can be written back byte for byte, or it is not touched.
pub(super) fn written(package: &mut Package<'_>, part: &str) -> Result<Written, AnnotateError> {
    let bytes = package.bytes(part).map_err(told)?;
    let written = Written::read(bytes.clone()).map_err(told)?;
    if written.bytes() == bytes { Ok(written) } else { Err(fault("one of its parts is not written in Unicode")) }
}

fn unmarked(written: &Written) -> &str {
    written.text.get(written.mark()..).unwrap_or_default()
}

/// Changes the text of a part, its byte order mark aside.
fn edit(
    written: &mut Written,
    wrong: &'static str,
    change: impl FnOnce(&str) -> Option<String>,
) -> Result<(), AnnotateError> {
    let changed = change(unmarked(written)).ok_or(fault(wrong))?;
    written.text.truncate(written.mark());
    written.text.push_str(&changed);
    Ok(())
}

fn told(broken: Fault) -> AnnotateError {
    match broken {
        Fault::Damaged(what) | Fault::Limit(what) => fault(what),
    }
}
