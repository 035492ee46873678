//! What a tagged file says of its own structure: which marked content stands in which cell and in which paragraph.

use super::tags::{Mark, TagCell, TagTable, Tags};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier};
use std::collections::{BTreeMap, BTreeSet};

/// Elements that are looked at, and how deep they may stand in each other.
const MAX_ELEMENTS: usize = 500_000;
const MAX_DEPTH: u32 = 120;
/// Word has 63 columns.
const MAX_COLUMNS: usize = 1_000;

/// Reads the structure tree of a file; no tags where it has none.
pub(super) fn tags(file: &Pdf) -> Tags {
    let root = file.xref().get::<Dict<'_>>(file.xref().root_id());
    let Some(tree) = root.and_then(|root| root.get::<Dict<'_>>("StructTreeRoot")) else { return Tags::default() };
    let pages = (1..).zip(file.pages().iter()).filter_map(|(number, page)| Some((page.raw().obj_id()?, number)));
    let mut reader = Reader {
        file,
        pages: pages.collect(),
        roles: tree.get::<Dict<'_>>("RoleMap"),
        seen: BTreeSet::new(),
        left: MAX_ELEMENTS,
        paragraphs: 0,
        tags: Tags::default(),
    };
    reader.children(&tree, Around::default(), 0);
    reader.tags
}

/// What stands around an element.
#[derive(Clone, Copy, Default)]
struct Around {
    page: Option<u32>,
    mark: Mark,
    table: Option<usize>,
    /// It stands in the part of a table that is marked as its head.
    head: bool,
}

struct Reader<'a> {
    file: &'a Pdf,
    pages: BTreeMap<ObjectIdentifier, u32>,
    roles: Option<Dict<'a>>,
    seen: BTreeSet<ObjectIdentifier>,
    left: usize,
    paragraphs: u32,
    tags: Tags,
}

impl<'a> Reader<'a> {
    /// The children of an element, in the order in which they are read.
    fn children(&mut self, element: &Dict<'a>, around: Around, depth: u32) {
        let Some(kids) = element.get_raw::<Object<'a>>("K") else { return };
        if let MaybeRef::NotRef(Object::Array(kids)) = &kids {
            kids.raw_iter().for_each(|kid| self.child(kid, around, depth));
        } else if let Some(kids) = element.get::<Array<'a>>("K") {
            kids.raw_iter().for_each(|kid| self.child(kid, around, depth));
        } else {
            self.child(kids, around, depth);
        }
    }

    fn child(&mut self, kid: MaybeRef<Object<'a>>, mut around: Around, depth: u32) {
        if self.left == 0 || depth > MAX_DEPTH {
            return;
        }
        self.left -= 1;
        let kid = match kid {
            MaybeRef::Ref(to) => {
                let id = ObjectIdentifier::from(to);
                // An element stands in one place: in another it would lead in circles.
                if !self.seen.insert(id) {
                    return;
                }
                match self.file.xref().get::<Object<'a>>(id) {
                    Some(kid) => kid,
                    None => return,
                }
            }
            MaybeRef::NotRef(kid) => kid,
        };
        let element = match kid {
            Object::Number(id) => return self.mark(u32::try_from(id.as_i64()).ok(), around),
            Object::Dict(element) => element,
            _ => return,
        };
        let page = element.get_ref("Pg").and_then(|page| self.pages.get(&page.into()).copied());
        around.page = page.or(around.page);
        match element.get::<Name<'_>>("Type").as_deref() {
            Some(b"MCR") if element.contains_key("Stm") => {}
            Some(b"MCR") => self.mark(element.get::<u32>("MCID"), around),
            Some(b"OBJR") => {}
            _ => self.element(&element, around, depth + 1),
        }
    }

    fn mark(&mut self, id: Option<u32>, around: Around) {
        if let (Some(id), Some(page)) = (id, around.page) {
            self.tags.marks.insert((page, id), around.mark);
        }
    }

    fn element(&mut self, element: &Dict<'a>, mut around: Around, depth: u32) {
        match self.role(element).as_deref() {
            Some(b"Table") => {
                around.table = Some(self.tags.tables.len());
                around.head = false;
                self.tags.tables.push(TagTable { parent: around.mark.cell, ..TagTable::default() });
            }
            Some(b"THead") => around.head = true,
            Some(b"TR") => {
                if let Some(table) = around.table.and_then(|at| self.tags.tables.get_mut(at)) {
                    if table.rows > 0 {
                        table.busy.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
                    }
                    table.rows += 1;
                }
            }
            Some(role @ (b"TD" | b"TH")) => {
                if let Some(cell) = self.cell(element, around, role == b"TH") {
                    around.mark = Mark { cell, paragraph: self.paragraph() };
                    // What stands in it is no row of the table around it.
                    around.table = None;
                }
            }
            Some(
                b"P" | b"H" | b"H1" | b"H2" | b"H3" | b"H4" | b"H5" | b"H6" | b"LI" | b"Caption" | b"TOCI" | b"Note",
            ) => {
                around.mark.paragraph = self.paragraph();
            }
            _ => {}
        }
        self.children(element, around, depth);
    }

    fn paragraph(&mut self) -> u32 {
        self.paragraphs += 1;
        self.paragraphs
    }

    /// The standard name of what an element is.
    fn role(&self, element: &Dict<'a>) -> Option<Name<'a>> {
        let mut role = element.get::<Name<'a>>("S")?;
        for _ in 0..4 {
            let Some(meant) = self.roles.as_ref().and_then(|roles| roles.get::<Name<'a>>(&*role)) else { break };
            if *meant == *role {
                break;
            }
            role = meant;
        }
        Some(role)
    }

    /// Adds a cell at the first free place of the row.
    fn cell(&mut self, element: &Dict<'a>, around: Around, header: bool) -> Option<u32> {
        let at = around.table?;
        let [rows, columns] = spans(element);
        let table = self.tags.tables.get_mut(at)?;
        let row = table.rows.checked_sub(1)?;
        let column = table.busy.iter().position(|&rows| rows == 0).unwrap_or(table.busy.len());
        let columns = columns.min(MAX_COLUMNS.checked_sub(column)?);
        if columns == 0 {
            return None;
        }
        if table.busy.len() < column + columns {
            table.busy.resize(column + columns, 0);
        }
        table.busy.get_mut(column..column + columns)?.fill(rows);
        let number = u32::try_from(self.tags.cells.len() + 1).ok()?;
        table.cells.push(number);
        self.tags.cells.push(TagCell { table: at, row, column, rows, columns, header: header || around.head });
        Some(number)
    }
}

/// How many rows and how many columns a cell covers, by its attributes.
fn spans(element: &Dict<'_>) -> [usize; 2] {
    let attributes: Vec<Dict<'_>> = match element.get::<Object<'_>>("A") {
        Some(Object::Array(all)) => all.iter::<Object<'_>>().filter_map(Object::into_dict).collect(),
        Some(Object::Dict(attributes)) => vec![attributes],
        Some(Object::Stream(_)) => element.get::<Dict<'_>>("A").into_iter().collect(),
        _ => Vec::new(),
    };
    ["RowSpan", "ColSpan"].map(|name| {
        let found = attributes.iter().find_map(|attributes| attributes.get::<u32>(name));
        found.map_or(1, |span| (span as usize).clamp(1, MAX_COLUMNS))
    })
}
