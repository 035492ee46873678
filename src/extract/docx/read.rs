//! The order of work: package, main part, what it refers to, body, headers and footers.

use super::body::{Body, Shared};
use super::known_parts::KnownParts;
use super::locked;
use super::names::Tag;
use super::notes::Notes;
use super::numbering::Numbering;
use super::package::{Package, Relation};
use super::styles::Styles;
use super::tree::{Fault, Tree};
use super::words::Story;
use crate::document::{Builder, Document, FurnitureKind, GapKind, Place};
use crate::extract::{ANNOTATOR, Access, ExtractError};

/// A document in a document in a document is read; no more.
const INSERTS: u32 = 3;

/// The styles of the files that were read last.
static STYLES: KnownParts<Styles> = KnownParts::new();

pub(super) fn sniff(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || is_prefixed(bytes) || locked::sniff(bytes) || single_file(bytes).is_some()
}

pub(super) fn read(bytes: &[u8], access: &Access) -> Result<Document, ExtractError> {
    if let Some(what) = single_file(bytes) {
        let todo = "Open it in Word, choose Save As, save it as .docx, and check that file.";
        return Err(ExtractError::Relative { what, todo });
    }
    let unlocked = if locked::sniff(bytes) { Some(locked::unlocked(bytes, access.password.as_deref())?) } else { None };
    let bytes = unlocked.as_deref().unwrap_or(bytes);
    let mut builder = Builder::new("docx");
    read_package(&mut Package::open(bytes, access.view)?, &mut builder, 0)?;
    let document = builder.finish();
    if document.blocks().is_empty() {
        let pictures = document.gaps().iter().any(|gap| gap.kind == GapKind::Picture);
        let what = if pictures { "it holds only pictures" } else { "its pages are blank" };
        return Err(ExtractError::NoText { format: "docx", what });
    }
    Ok(document)
}

/// Whether other bytes stand in front of a package: a mail gateway or a download may leave some.
fn is_prefixed(bytes: &[u8]) -> bool {
    let holds = |part: &[u8], what: &[u8]| part.windows(what.len()).any(|window| window == what);
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let tail = bytes.get(bytes.len().saturating_sub(66_000)..).unwrap_or_default();
    // The table of contents stands at the end.
    holds(head, b"PK\x03\x04")
        && !holds(head, b"%PDF-")
        && holds(tail, b"PK\x05\x06")
        && holds(tail, b"[Content_Types].xml")
}

/// Word documents that are one XML file.
fn single_file(bytes: &[u8]) -> Option<&'static str> {
    let head = &bytes[..bytes.len().min(2048)];
    let mentions = |what: &[u8]| head.windows(what.len()).any(|window| window == what);
    let start = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    if !start.starts_with(b"<?xml") {
        None
    } else if mentions(b"http://schemas.microsoft.com/office/word/2003/wordml") {
        Some("a Word 2003 XML document")
    } else if mentions(b"http://schemas.microsoft.com/office/2006/xmlPackage") {
        Some("a Word XML document (.xml)")
    } else {
        None
    }
}

/// Reads one package. Only its main part can fail it; another part that is broken is a gap.
fn read_package(package: &mut Package<'_>, builder: &mut Builder, depth: u32) -> Result<(), ExtractError> {
    let main = package.main_part()?;
    let tree = package.tree(&main).map_err(error)?;
    if tree.root() != Tag::Document {
        return Err(ExtractError::Damaged { format: "docx", what: "its main part is not a Word document" });
    }
    let relations = match package.relations(&main) {
        Ok(relations) => relations,
        Err(fault) => {
            builder.gap(gap(fault, "relationships"), Place::default());
            Vec::new()
        }
    };
    let styles = relations.iter().find(|relation| relation.role == "styles").and_then(|relation| {
        let target = relation.target.as_deref()?;
        let read =
            |package: &mut Package<'_>| rooted(package.tree(target), Tag::Styles).map(|tree| Styles::read(&tree));
        let styles = package.told(target, &STYLES, read);
        let styles = styles.map_err(|fault| builder.gap(gap(fault, "styles"), Place::default())).ok()?;
        source(package, target, builder, depth);
        Some(styles)
    });
    let styles = styles.unwrap_or_default();
    let mut part = |role: &'static str, root: Tag, builder: &mut Builder| {
        let target = relations.iter().find(|relation| relation.role == role)?.target.as_deref()?;
        let tree = rooted(package.tree(target), root);
        let tree = tree.map_err(|fault| builder.gap(gap(fault, role), Place::default())).ok()?;
        Some((tree, source(package, target, builder, depth)))
    };
    let mut numbering = part("numbering", Tag::Numbering, builder)
        .map_or_else(Numbering::default, |(tree, _)| Numbering::read(&tree, &styles));
    let footnotes = part("footnotes", Tag::Footnotes, builder).map(|(tree, part)| Notes::of(tree, part));
    let endnotes = part("endnotes", Tag::Endnotes, builder).map(|(tree, part)| Notes::of(tree, part));
    // Settings only say whether even pages have headers of their own: without them, none do.
    let settings = part("settings", Tag::Settings, &mut Builder::new("docx"));
    let even = settings.is_some_and(|(settings, _)| settings.has(0, Tag::EvenAndOdd));

    // What readers noted at the side is no part of the plan. An empty note is none.
    let comments = part("comments", Tag::Comments, &mut Builder::new("docx")).map_or(0, |(tree, _)| {
        let said = |&at: &usize| {
            (at..tree.end(at))
                .any(|inside| !tree.characters(inside).trim().is_empty() && tree.tag(inside) == Tag::Characters)
        };
        let readers = |&at: &usize| tree.attribute(at, "author").is_none_or(|author| author != ANNOTATOR);
        tree.all(Tag::Comment).filter(said).filter(readers).count()
    });
    if comments > 0 && depth == 0 {
        builder.gap(GapKind::Comments(u32::try_from(comments).unwrap_or(u32::MAX)), Place::default());
    }

    let shared = Shared { styles, footnotes, endnotes };
    let story = Story::of(tree, source(package, &main, builder, depth));
    let mut insert = |id: &str, builder: &mut Builder| inserted(package, &relations, id, builder, depth);
    Body::new(&shared, &mut numbering, builder, &mut insert).read(&story);
    if depth == 0 {
        furniture(package, &relations, &shared, &mut numbering, &story.tree, even, builder);
    }
    Ok(())
}

/// The number of a part among the document's sources. Those of an inserted document stand too deep to be annotated.
fn source(package: &Package<'_>, part: &str, builder: &mut Builder, depth: u32) -> Option<u32> {
    (depth == 0).then(|| builder.part(&package.name(part)))
}

/// A document that is inserted whole. What Word would have to convert first is a gap.
fn inserted(package: &mut Package<'_>, relations: &[Relation], id: &str, builder: &mut Builder, depth: u32) {
    let target = relations.iter().find(|relation| relation.id == id).and_then(|relation| relation.target.as_deref());
    let read = match target.map(|target| package.bytes(target)) {
        Some(Ok(bytes)) if bytes.starts_with(b"PK\x03\x04") && depth < INSERTS => {
            package.inside(&bytes, |inner| read_package(inner, builder, depth + 1)).is_ok()
        }
        _ => false,
    };
    if !read {
        builder.gap(GapKind::Embedded, Place::default());
    }
}

/// Headers and footers that some page shows.
fn furniture(
    package: &mut Package<'_>,
    relations: &[Relation],
    shared: &Shared,
    numbering: &mut Numbering,
    main: &Tree,
    even: bool,
    builder: &mut Builder,
) {
    let first = main.all(Tag::TitlePage).any(|mark| main.is_on(mark));
    for section in main.all(Tag::SectionProperties) {
        for at in main.children(section) {
            let kind = match main.tag(at) {
                Tag::HeaderReference => FurnitureKind::Header,
                Tag::FooterReference => FurnitureKind::Footer,
                _ => continue,
            };
            let shown = match main.attribute(at, "type").as_deref() {
                Some("first") => first,
                Some("even") => even,
                _ => true,
            };
            let id = main.attribute(at, "id").unwrap_or_default();
            let relation = relations.iter().find(|relation| shown && relation.id == id);
            let Some(target) = relation.and_then(|relation| relation.target.as_deref()) else { continue };
            match package.tree(target) {
                Ok(tree) => {
                    let mut own = Builder::new("docx");
                    let part = source(package, target, &mut own, 0);
                    Body::new(shared, numbering, &mut own, &mut |_, _| {}).read(&Story::of(tree, part));
                    builder.furniture_of(kind, &own.finish(), Place::default());
                }
                Err(fault) => builder.gap(gap(fault, "header or footer"), Place::default()),
            }
        }
    }
}

/// A part whose outermost element is what it should be.
fn rooted(tree: Result<Tree, Fault>, root: Tag) -> Result<Tree, Fault> {
    tree.and_then(|tree| if tree.root() == root { Ok(tree) } else { Err(Fault::Damaged("a part is something else")) })
}

fn error(fault: Fault) -> ExtractError {
    match fault {
        Fault::Damaged(what) => ExtractError::Damaged { format: "docx", what },
        Fault::Limit(what) => ExtractError::TooLarge { what },
    }
}

fn gap(fault: Fault, role: &'static str) -> GapKind {
    match fault {
        Fault::Damaged(_) => GapKind::PartDamaged(role),
        Fault::Limit(_) => GapKind::Limit(role),
    }
}
