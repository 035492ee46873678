//! Forms that another program builds when they are opened (XFA): their words, and what was filled in, from the template and
//! the data that the file keeps.

use super::blocks::{Block, Table, TableCell};
use super::form_words::{self, Said, caption, clean, in_order, is_hidden, labelled, on_value, ticked};
use super::lines::Weight;
use super::markup::Element;
use super::paragraphs::Paragraph;
use crate::document::TableSource;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Object, Stream};
use std::cell::Cell;
use std::collections::BTreeMap;

/// More work than any form is, whatever its data repeat: parts and data that are looked at, and every few letters. And deeper than
/// any nests.
const MAX_WORK: usize = 2_000_000;
const MAX_DEPTH: usize = 60;
const LETTERS: usize = 32;
/// What it costs to look through all data.
const GLOBAL: usize = 20_000;

/// What a form says.
#[derive(Default)]
pub(super) struct Form {
    pub(super) blocks: Vec<Block>,
    /// What it prints around each page.
    pub(super) around: Vec<String>,
    /// Size of most of its type.
    pub(super) size: f32,
}

/// The form of a file; `None` where nothing of it can be read.
pub(super) fn form(file: &Pdf) -> Option<Form> {
    let catalog = file.xref().get::<Dict<'_>>(file.xref().root_id())?;
    let (template, data) = packets(&catalog.get::<Dict<'_>>("AcroForm")?)?;
    let form = build(&template, data.as_ref());
    Some(form).filter(|form| !form.blocks.is_empty())
}

/// The template and the data: each in a stream of its own, or all in one.
fn packets(form: &Dict<'_>) -> Option<(Element, Option<Element>)> {
    let parse = |stream: &Stream<'_>| Element::parse(&form_words::decoded(&stream.decoded_data().ok()?));
    match form.get::<Object<'_>>("XFA")? {
        Object::Stream(whole) => {
            let mut parts = parse(&whole)?.nodes.into_iter().filter_map(|node| match node {
                super::markup::Node::Element(part) => Some(part),
                super::markup::Node::Words(_) => None,
            });
            let (mut template, mut data) = (None, None);
            parts.by_ref().for_each(|part| match part.name.as_str() {
                "template" => template = Some(part),
                "datasets" => data = Some(part),
                _ => {}
            });
            Some((template?, data))
        }
        Object::Array(parts) => {
            let (mut named, mut name) = (BTreeMap::new(), Vec::new());
            for part in parts_of(&parts) {
                match part {
                    Object::String(text) => name = text.as_bytes().to_vec(),
                    Object::Stream(stream) if name == b"template" || name == b"datasets" => {
                        named.insert(std::mem::take(&mut name), parse(&stream)?);
                    }
                    _ => {}
                }
            }
            Some((named.remove(&b"template"[..])?, named.remove(&b"datasets"[..])))
        }
        _ => None,
    }
}

fn parts_of<'a>(parts: &Array<'a>) -> impl Iterator<Item = Object<'a>> {
    const MOST: usize = 64;
    parts.iter::<Object<'a>>().take(MOST)
}

/// Puts the values of the data into the template.
fn build(template: &Element, sets: Option<&Element>) -> Form {
    let data = sets.and_then(|sets| sets.child("data"));
    let mut builder = Building { sets, data, left: Cell::new(MAX_WORK), ..Building::default() };
    for root in template.children().filter(|child| child.name == "subform") {
        // The root of the data may bear another name.
        let record =
            data.and_then(|data| data.child(root.attribute("name").unwrap_or_default()).or(data.children().next()));
        let mut scope = builder.scope(record);
        builder.inside(root, &mut scope, 0);
    }
    let size = form_words::usual_size(&builder.said);
    Form { blocks: builder.blocks, around: builder.around, size }
}

/// A group of the data: what stands in it, by name, from the last to the first that has not found its place yet.
#[derive(Default)]
struct Scope<'d> {
    group: Option<&'d Element>,
    left: BTreeMap<&'d str, Vec<&'d Element>>,
}

impl<'d> Scope<'d> {
    /// The next of this name.
    fn next(&mut self, name: &str) -> Option<&'d Element> {
        self.left.get_mut(name)?.pop()
    }
}

/// A row of a table: whether nothing can be filled in there, and its cells, each with the columns that it takes.
type Row = (bool, Vec<(usize, Vec<Block>)>);

/// What was read of a form so far.
#[derive(Default)]
struct Building<'d> {
    sets: Option<&'d Element>,
    data: Option<&'d Element>,
    blocks: Vec<Block>,
    around: Vec<String>,
    /// Letters by their size.
    said: BTreeMap<u32, usize>,
    /// Something was filled in.
    filled: bool,
    /// How much more may be done.
    left: Cell<usize>,
}

impl<'d> Building<'d> {
    /// Takes so much off what may still be done; whether that was there.
    fn spend(&self, work: usize) -> bool {
        let left = self.left.get().checked_sub(work);
        self.left.set(left.unwrap_or_default());
        left.is_some()
    }

    fn scope(&self, group: Option<&'d Element>) -> Scope<'d> {
        let mut left: BTreeMap<&str, Vec<&Element>> = BTreeMap::new();
        if let Some(group) = group.filter(|group| self.spend(group.nodes.len())) {
            let children: Vec<&Element> = group.children().collect();
            children.into_iter().rev().for_each(|child| left.entry(&child.name).or_default().push(child));
        }
        Scope { group, left }
    }

    /// Everything in a part of the form.
    fn inside(&mut self, part: &Element, scope: &mut Scope<'d>, depth: usize) {
        if !self.spend(part.nodes.len()) {
            return;
        }
        if part.attribute("layout") == Some("table") {
            return self.table(part, scope, depth);
        }
        for child in in_order(part) {
            self.one(child, scope, depth + 1);
        }
    }

    fn one(&mut self, part: &Element, scope: &mut Scope<'d>, depth: usize) {
        if depth > MAX_DEPTH || !self.spend(1 + part.nodes.len()) {
            return;
        }
        let hidden = is_hidden(part);
        match part.name.as_str() {
            "pageSet" | "pageArea" if !hidden => {
                let (blocks, filled) = (std::mem::take(&mut self.blocks), self.filled);
                self.inside(part, scope, depth);
                let around = std::mem::replace(&mut self.blocks, blocks);
                self.filled = filled;
                let text = |block| if let Block::Paragraph(paragraph) = block { Some(paragraph.text) } else { None };
                self.around.extend(around.into_iter().filter_map(text));
            }
            "draw" if !hidden => {
                let font = form_words::Font::of(part);
                let said = part.child("value").map(|value| form_words::paragraphs(value, font)).unwrap_or_default();
                for words in said {
                    self.say(words);
                }
            }
            "field" if !hidden => self.field(part, scope),
            "exclGroup" if !hidden => self.choice(part, scope),
            "subform" => self.repeated(part, scope, depth, hidden, &mut Self::inside),
            "area" | "subformSet" => self.inside(part, scope, depth),
            _ => {}
        }
    }

    /// A part as often as the data have it. What is hidden is shown by what is filled in: a section that opens with a tick.
    fn repeated(
        &mut self,
        part: &Element,
        scope: &mut Scope<'d>,
        depth: usize,
        hidden: bool,
        each: &mut dyn FnMut(&mut Self, &Element, &mut Scope<'d>, usize),
    ) {
        let (blocks, filled) = (std::mem::take(&mut self.blocks), std::mem::take(&mut self.filled));
        let bind = part.child("bind");
        let unbound = bind.and_then(|bind| bind.attribute("match")) == Some("none");
        match part.attribute("name").filter(|_| !unbound) {
            None => each(self, part, scope, depth),
            Some(name) => {
                let number = |key| part.child("occur").and_then(|occur| occur.attribute(key)?.parse::<i64>().ok());
                let groups = if let Some(path) = bind.and_then(|bind| bind.attribute("ref")) {
                    self.at(path, scope)
                } else {
                    let most = if number("max").unwrap_or(1) == 1 { 1 } else { usize::MAX };
                    std::iter::from_fn(|| scope.next(name)).take(most).collect()
                };
                let least = usize::from(number("initial").or(number("min")).unwrap_or(1) > 0);
                let instances = groups.into_iter().map(Some).chain([None]);
                for (at, group) in instances.enumerate() {
                    if self.left.get() > 0 && (group.is_some() || at < least) {
                        let mut scope = self.scope(group);
                        each(self, part, &mut scope, depth);
                    }
                }
            }
        }
        let found = std::mem::replace(&mut self.blocks, blocks);
        if !hidden || self.filled {
            self.blocks.extend(found);
        } else {
            self.filled = false;
        }
        self.filled |= filled;
    }

    fn table(&mut self, part: &Element, scope: &mut Scope<'d>, depth: usize) {
        let mut rows: Vec<Row> = Vec::new();
        self.rows(part, scope, depth, &mut rows);
        let width = rows.iter().map(|(_, cells)| cells.iter().map(|cell| cell.0).sum::<usize>()).max().unwrap_or(0);
        let header_rows = rows.iter().take_while(|row| row.0).count();
        let header_rows = if header_rows < rows.len() { header_rows } else { 0 };
        let mut table = Table {
            edges: Vec::new(),
            rows: rows.len(),
            cells: Vec::new(),
            header_rows,
            open_top: false,
            open_bottom: false,
            source: TableSource::Stated,
            stated: None,
        };
        for (row, (_, cells)) in rows.into_iter().enumerate() {
            let mut column = 0;
            let missing = width - cells.iter().map(|cell| cell.0).sum::<usize>();
            for (columns, blocks) in cells.into_iter().chain((0..missing).map(|_| (1, Vec::new()))) {
                table.cells.push(TableCell { row, column, rows: 1, columns, bottom: 0.0, blocks });
                column += columns;
            }
        }
        if width > 0 {
            self.blocks.push(Block::Table(table));
        }
    }

    /// The rows of a table, those that the data repeat too.
    fn rows(&mut self, part: &Element, scope: &mut Scope<'d>, depth: usize, rows: &mut Vec<Row>) {
        if depth > MAX_DEPTH || !self.spend(1 + part.nodes.len()) {
            return;
        }
        for child in in_order(part) {
            let mut found = Vec::new();
            let hidden = is_hidden(child);
            let filled = std::mem::take(&mut self.filled);
            if child.name == "subform" {
                self.repeated(child, scope, depth, false, &mut |builder, part, scope, depth| {
                    if part.attribute("layout") == Some("row") {
                        found.push(builder.row(part, scope, depth));
                    } else {
                        builder.rows(part, scope, depth + 1, &mut found);
                    }
                });
            } else if child.name == "subformSet" {
                self.rows(child, scope, depth + 1, &mut found);
            }
            if !hidden || self.filled {
                rows.append(&mut found);
            }
            self.filled |= filled;
        }
    }

    fn row(&mut self, row: &Element, scope: &mut Scope<'d>, depth: usize) -> Row {
        let mut cells = Vec::new();
        let is_cell =
            |part: &&Element| matches!(part.name.as_str(), "draw" | "field" | "subform" | "exclGroup" | "area");
        for cell in in_order(row).into_iter().filter(is_cell) {
            let before = std::mem::take(&mut self.blocks);
            self.one(cell, scope, depth + 1);
            let columns = cell.attribute("colSpan").and_then(|span| span.parse::<usize>().ok()).unwrap_or(1);
            cells.push((columns.clamp(1, 100), std::mem::replace(&mut self.blocks, before)));
        }
        (row.find("field").is_none() && row.find("exclGroup").is_none(), cells)
    }

    /// What a field is called, and what was filled in.
    fn field(&mut self, field: &Element, scope: &mut Scope<'d>) {
        let kind = field.child("ui").and_then(|ui| ui.children().find(|kind| kind.name != "picture"));
        let kind = kind.map(|kind| kind.name.as_str()).unwrap_or_default();
        let (value, given) = self.value(field, scope).unzip();
        let given = given.unwrap_or_default();
        if matches!(kind, "barcode" | "button" | "signature" | "imageEdit" | "passwordEdit") {
            return;
        }
        let caption = caption(field);
        if kind == "checkButton" {
            let words = value.map(Element::words).unwrap_or_default();
            let on = on_value(field).is_some_and(|on| on == words.trim());
            self.filled |= on && given;
            return self.say(Said { text: ticked(on, &caption), ..Said::plain(form_words::Font::of(field)) });
        }
        let font = form_words::Font::of(field);
        let mut said = value.map(|value| form_words::paragraphs(value, font)).unwrap_or_default();
        if let [one] = said.as_mut_slice()
            && let Some(label) = self.label_of(field, &one.text)
        {
            one.text = label;
        }
        self.filled |= given && !said.is_empty();
        if let Some(label) = Some(caption).filter(|words| !words.is_empty()).map(labelled) {
            match said.first_mut() {
                Some(first) => first.text = format!("{label} {}", first.text),
                None => said.push(Said { text: label, ..Said::plain(font) }),
            }
        }
        for words in said {
            self.say(words);
        }
    }

    /// One of several, each with its tick.
    fn choice(&mut self, group: &Element, scope: &mut Scope<'d>) {
        let chosen = self.value(group, scope).map(|(value, _)| value.words()).unwrap_or_default();
        let mut words = Vec::from_iter(Some(caption(group)).filter(|words| !words.is_empty()).map(labelled));
        for field in in_order(group).into_iter().filter(|child| child.name == "field" && !is_hidden(child)) {
            let on = on_value(field).is_some_and(|on| !on.is_empty() && on == chosen.trim());
            self.filled |= on;
            words.push(ticked(on, &caption(field)));
        }
        self.say(Said { text: words.join(" "), ..Said::plain(form_words::Font::of(group)) });
    }

    /// The element that holds the value of a field, of the data (true) or of the template.
    fn value<'e>(&self, field: &'e Element, scope: &mut Scope<'d>) -> Option<(&'e Element, bool)>
    where
        'd: 'e,
    {
        let bind = field.child("bind");
        let how = bind.and_then(|bind| bind.attribute("match")).unwrap_or("once");
        let bound = match (how, bind.and_then(|bind| bind.attribute("ref")), field.attribute("name")) {
            ("none", ..) => None,
            (_, Some(path), _) => self.at(path, scope).first().copied(),
            ("global", _, Some(name)) => self.data.filter(|_| self.spend(GLOBAL)).and_then(|data| data.find(name)),
            (_, _, Some(name)) => scope.next(name),
            _ => None,
        };
        match bound {
            Some(bound) => Some((bound, true)),
            None => Some((field.child("value")?, false)),
        }
    }

    /// Where a path into the data leads: `$.Needs.Need[*]`, `xfa.datasets.Lists.Schools.School[*]`.
    fn at(&self, path: &str, scope: &Scope<'d>) -> Vec<&'d Element> {
        let mut names = path.split('.').map(|name| name.split('[').next().unwrap_or_default());
        let first = names.next().unwrap_or_default();
        let mut found: Vec<&Element> = match first {
            "$record" => self.data.and_then(|data| data.children().next()).into_iter().collect(),
            "$data" => self.data.into_iter().collect(),
            "xfa" | "!" => self.sets.into_iter().collect(),
            "$" => scope.group.into_iter().collect(),
            name => scope.group.into_iter().flat_map(Element::children).filter(|child| child.name == name).collect(),
        };
        for name in names.filter(|name| *name != "datasets") {
            if !self.spend(found.iter().map(|element| element.nodes.len()).sum()) {
                return Vec::new();
            }
            found = found.into_iter().flat_map(Element::children).filter(|child| child.name == name).collect();
        }
        found
    }

    /// What a list shows for a value: its items are kept as codes.
    fn label_of(&self, field: &Element, value: &str) -> Option<String> {
        let lists: Vec<Vec<String>> = field
            .children()
            .filter(|child| child.name == "items")
            .map(|items| items.children().map(|item| clean(&item.words())).collect())
            .collect();
        let place = lists.iter().find_map(|list| list.iter().position(|item| item == value));
        let saved = field.children().filter(|child| child.name == "items");
        let shown = saved.zip(&lists).find(|(items, _)| items.attribute("save") != Some("1"));
        if let Some(label) = place.and_then(|at| shown?.1.get(at).cloned()) {
            return Some(label);
        }
        let source = field.child("bindItems")?;
        let (label, code) = (source.attribute("labelRef")?, source.attribute("valueRef")?);
        let of = |item: &Element, path: &str| match path.trim_start_matches("$.") {
            "$" => item.words(),
            name => {
                item.attribute(name).map(str::to_owned).or_else(|| Some(item.child(name)?.words())).unwrap_or_default()
            }
        };
        let items = self.at(source.attribute("ref")?, &Scope::default());
        self.spend(items.len());
        items.iter().find(|item| of(item, code) == value).map(|item| clean(&of(item, label)))
    }

    fn say(&mut self, said: Said) {
        let Said { text, bullet, font } = said;
        let text = clean(&text);
        if text.is_empty() || !self.spend(text.len() / LETTERS) {
            return;
        }
        let letters = u32::try_from(text.chars().filter(|letter| letter.is_alphanumeric()).count()).unwrap_or(u32::MAX);
        *self.said.entry(form_words::tenths(font.size)).or_default() += text.len();
        let weight = Weight::of(letters, letters * u32::from(font.bold), 0);
        let label = bullet.then(|| "•".to_owned());
        self.blocks.push(Block::Paragraph(Box::new(Paragraph {
            text,
            label,
            weight,
            size: font.size,
            lines: 1,
            ..Paragraph::default()
        })));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built(template: &str, data: &str) -> Form {
        let template = Element::parse(&format!("<template><subform>{template}</subform></template>")).expect("xml");
        let data = Element::parse(&format!("<datasets><data><r>{data}</r></data></datasets>")).expect("xml");
        build(&template, Some(&data))
    }

    #[test]
    fn values_are_found_by_name_by_path_and_anywhere() {
        let form = built(
            "<field name='a'/><field name='a'/><field><bind match='dataRef' ref='$.b.c'/></field>\
             <field name='d'><bind match='global'/></field><field name='a'><value><text>own</text></value></field>\
             <subform><bind match='none'/><field name='e'><bind match='none'/><value><text>fixed</text></value></field></subform>",
            "<a>one</a><a>two</a><b><c>three</c><x><d>four</d></x></b><e>five</e>",
        );
        let text = |block: &Block| {
            if let Block::Paragraph(paragraph) = block { paragraph.text.clone() } else { String::new() }
        };
        assert_eq!(form.blocks.iter().map(text).collect::<Vec<_>>(), ["one", "two", "three", "four", "own", "fixed"]);
    }

    #[test]
    fn a_form_that_repeats_without_end_ends() {
        let rows = "<x>1</x>".repeat(5_000);
        let inner =
            "<subform name='s'><bind ref='$record.x[*]'/><occur max='-1'/><draw><value><text>t</text></value></draw>";
        let form = built(&format!("{}{}", inner.repeat(8), "</subform>".repeat(8)), &rows);
        assert!(form.blocks.len() < MAX_WORK);
        let fields = "<field name='f'><bind ref='$record.x[*]'/></field>".repeat(20_000);
        assert!(built(&fields, &rows).blocks.len() < 20_000);
        assert!(built(&"<subform name='n'>".repeat(5_000), &"<n>".repeat(5_000)).blocks.is_empty());
    }
}
