//! A story of the package, block by block, in reading order.

use super::marks::Fields;
use super::names::Tag;
use super::notes::Notes;
use super::numbering::Numbering;
use super::numerals::Numeral;
use super::styles::{self, Style, Styles};
use super::table::{Grid, GridCell};
use super::tree::Tree;
use super::words::{Anchored, Context, Story, Words};
use crate::document::{BlockKind, Builder, GapKind, NewBlock, Place, TableSource};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What the stories of a document share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) styles: Arc<Styles>,
    pub(super) footnotes: Option<Notes>,
    pub(super) endnotes: Option<Notes>,
}

/// Reads stories into a document. It keeps its own list of what is still to do,
/// so that no nesting of the file can exhaust the stack.
pub(super) struct Body<'s> {
    shared: &'s Shared,
    numbering: &'s mut Numbering,
    builder: &'s mut Builder,
    /// Reads a document that is inserted whole, by the id of its relationship.
    insert: &'s mut dyn FnMut(&str, &mut Builder),
    steps: Vec<Step<'s>>,
    fields: Fields,
    /// Words of paragraphs whose marks are deleted: they run on into the next paragraph.
    open: Option<(&'s Story, Words, Format)>,
    /// The notes that have been read, each once.
    footnotes_read: BTreeSet<i64>,
    endnotes_read: BTreeSet<i64>,
    /// The number of a note, for its first paragraph.
    note_label: Option<String>,
}

/// One thing that is still to do.
enum Step<'s> {
    /// The nodes from one to another, side by side.
    Nodes {
        story: &'s Story,
        at: usize,
        end: usize,
        prompt: bool,
    },
    /// What is anchored in a paragraph.
    Anchored {
        story: &'s Story,
        anchored: Anchored,
    },
    Cell {
        story: &'s Story,
        cell: GridCell,
    },
    EndCell,
    EndTable,
    /// Back from a text box or note, to the fields around it.
    EndInset(Fields),
}

/// What the properties of a paragraph say.
#[derive(Clone, Copy, Debug, Default)]
struct Format {
    style: Style,
    outline: Option<u8>,
    number: Option<(i64, usize)>,
    /// The mark at its end is deleted, or it is but a large first letter: it runs on.
    runs_on: bool,
    hidden_mark: bool,
}

impl<'s> Body<'s> {
    pub(super) fn new(
        shared: &'s Shared,
        numbering: &'s mut Numbering,
        builder: &'s mut Builder,
        insert: &'s mut dyn FnMut(&str, &mut Builder),
    ) -> Self {
        Self {
            shared,
            numbering,
            builder,
            insert,
            steps: Vec::new(),
            fields: Fields::default(),
            open: None,
            footnotes_read: BTreeSet::new(),
            endnotes_read: BTreeSet::new(),
            note_label: None,
        }
    }

    /// Reads a whole story.
    pub(super) fn read(mut self, story: &'s Story) {
        self.inset(story, 0);
        while let Some(step) = self.steps.pop() {
            match step {
                Step::Nodes { story, at, end, prompt } if at < end => {
                    self.steps.push(Step::Nodes { story, at: story.tree.end(at), end, prompt });
                    self.node(story, at, prompt);
                }
                Step::Nodes { .. } => {}
                Step::Anchored { story, anchored } => self.anchored(story, anchored),
                Step::Cell { story, cell } => self.cell(story, &cell),
                Step::EndCell | Step::EndInset(_) if self.open.is_some() => self.run_out(step),
                Step::EndCell => self.builder.end_cell(),
                Step::EndTable => self.builder.end_table(),
                Step::EndInset(around) => {
                    self.note_label = None;
                    self.fields = around;
                }
            }
        }
    }

    /// Puts what stands inside a node next.
    fn inside(&mut self, story: &'s Story, at: usize, prompt: bool) {
        self.steps.push(Step::Nodes { story, at: at + 1, end: story.tree.end(at), prompt });
    }

    fn node(&mut self, story: &'s Story, at: usize, prompt: bool) {
        let tree = &story.tree;
        match tree.tag(at) {
            Tag::Table | Tag::AltChunk if self.open.is_some() => {
                self.run_out(Step::Nodes { story, at, end: at + 1, prompt });
            }
            Tag::Paragraph => self.paragraph(story, at, prompt),
            Tag::Table => self.table(story, at, prompt),
            Tag::ContentControl => self.inside(story, at, prompt || tree.shows_prompt(at)),
            Tag::Body
            | Tag::ControlContent
            | Tag::Inserted
            | Tag::MovedTo
            | Tag::AlternateContent
            | Tag::Choice
            | Tag::Fallback
            | Tag::Other => self.inside(story, at, prompt),
            Tag::AltChunk => {
                if let Some(id) = tree.attribute(at, "id") {
                    (self.insert)(&id, self.builder);
                }
            }
            Tag::SubDocument => self.builder.gap(GapKind::Embedded, Place::default()),
            _ => {}
        }
    }

    fn paragraph(&mut self, story: &'s Story, at: usize, prompt: bool) {
        let format = Format::read(&story.tree, at, &self.shared.styles, self.numbering);
        let mut words = self.open.take().map_or_else(Words::default, |(_, words, _)| words);
        let styles = &self.shared.styles;
        words.read(story, at, &mut Context { styles, style: format.style, fields: &mut self.fields, prompt });
        if format.runs_on {
            self.open = Some((story, words, format));
        } else {
            self.end_paragraph(story, words, &format);
        }
    }

    /// Ends a paragraph that would have run on, where nothing follows that it could run on into; then comes `step`.
    fn run_out(&mut self, step: Step<'s>) {
        self.steps.push(step);
        if let Some((story, words, format)) = self.open.take() {
            self.end_paragraph(story, words, &format);
        }
    }

    fn end_paragraph(&mut self, story: &'s Story, words: Words, format: &Format) {
        self.add(&words, format);
        self.steps.extend(words.anchored.into_iter().rev().map(|anchored| Step::Anchored { story, anchored }));
    }

    fn add(&mut self, words: &Words, format: &Format) {
        let empty = words.text.trim().is_empty();
        // An empty item is counted and printed, a hidden one is not.
        let counts = !(empty && (format.hidden_mark || format.runs_on));
        let label = format.number.filter(|_| counts).and_then(|(number, level)| self.numbering.next(number, level));
        if empty {
            return;
        }
        let printed = label.as_ref().is_some_and(|label| !label.is_empty());
        let kind = match format.outline {
            Some(outline @ 0..=8) => BlockKind::Heading { level: outline + 1 },
            _ if printed || format.style.list && label.is_none() => {
                let depth = format.number.map_or(0, |(_, level)| u8::try_from(level).unwrap_or(0));
                BlockKind::ListItem { depth }
            }
            _ => BlockKind::Paragraph,
        };
        let label = label.filter(|label| !label.is_empty()).or_else(|| self.note_label.take());
        let new = NewBlock { kind, label, emphasis: words.emphasis(), ..NewBlock::paragraph(&words.text) };
        self.builder.sourced(new, &words.pieces);
    }

    fn anchored(&mut self, story: &'s Story, anchored: Anchored) {
        match anchored {
            Anchored::Box(at) => self.inset(story, at),
            Anchored::Drawn(words) => self.builder.block(NewBlock::paragraph(&words)),
            Anchored::Gap(gap) => self.builder.gap(gap, Place::default()),
            Anchored::Footnote(id) => {
                if let Some((story, at)) = find_once(self.shared.footnotes.as_ref(), &mut self.footnotes_read, id) {
                    self.note_label = Some(self.footnotes_read.len().to_string());
                    self.inset(story, at);
                }
            }
            Anchored::Endnote(id) => {
                if let Some((story, at)) = find_once(self.shared.endnotes.as_ref(), &mut self.endnotes_read, id) {
                    let count = u32::try_from(self.endnotes_read.len()).unwrap_or(u32::MAX);
                    self.note_label = Some(Numeral::LowerRoman.write(count));
                    self.inset(story, at);
                }
            }
        }
    }

    /// A text of its own inside the text: the fields around it do not reach into it.
    fn inset(&mut self, story: &'s Story, at: usize) {
        self.steps.push(Step::EndInset(std::mem::take(&mut self.fields)));
        self.inside(story, at, false);
    }

    fn table(&mut self, story: &'s Story, at: usize, prompt: bool) {
        let grid = Grid::of(&story.tree, at);
        if grid.cells.is_empty() {
            return;
        }
        self.builder.begin_table(TableSource::Stated);
        self.builder.header_rows(grid.header_rows);
        self.steps.push(Step::EndTable);
        let cells = grid.cells.into_iter().rev().map(|cell| GridCell { prompt: cell.prompt || prompt, ..cell });
        self.steps.extend(cells.map(|cell| Step::Cell { story, cell }));
    }

    fn cell(&mut self, story: &'s Story, cell: &GridCell) {
        let header = cell.header || self.is_heading_cell(&story.tree, cell.at);
        self.builder.begin_cell(cell.row, cell.column, cell.row_span, cell.column_span, header);
        self.steps.push(Step::EndCell);
        self.inside(story, cell.at, cell.prompt);
    }

    /// Whether the style of each paragraph of a cell says that it heads a row or column.
    fn is_heading_cell(&self, tree: &Tree, cell: usize) -> bool {
        let mut paragraphs = tree.children(cell).filter(|&at| tree.tag(at) == Tag::Paragraph).peekable();
        paragraphs.peek().is_some()
            && paragraphs.all(|at| {
                let id = tree
                    .child(at, Tag::ParagraphProperties)
                    .and_then(|properties| tree.child_value(properties, Tag::ParagraphStyleName));
                self.shared.styles.paragraph(id.as_deref()).table_heading
            })
    }
}

/// A note that has not been read before.
fn find_once<'n>(notes: Option<&'n Notes>, read: &mut BTreeSet<i64>, id: i64) -> Option<(&'n Story, usize)> {
    let found = notes?.find(id)?;
    read.insert(id).then_some(found)
}

/// Whether a paragraph is the large first letter of the next one.
fn is_drop_cap(tree: &Tree, properties: usize) -> bool {
    let frame = tree.child(properties, Tag::FrameProperties);
    frame.and_then(|frame| tree.attribute(frame, "dropCap")).is_some_and(|kind| matches!(&*kind, "drop" | "margin"))
}

impl Format {
    fn read(tree: &Tree, paragraph: usize, styles: &Styles, numbering: &Numbering) -> Self {
        let Some(properties) = tree.child(paragraph, Tag::ParagraphProperties) else {
            let style = styles.paragraph(None);
            return Self { style, outline: style.outline, ..Self::default() };
        };
        let id = tree.child_value(properties, Tag::ParagraphStyleName);
        let style = styles.paragraph(id.as_deref());
        let own = styles::numbering(tree, properties);
        let number = own.number.or(style.numbering.number).filter(|&number| number != 0);
        let number = number.map(|number| {
            let of_style = || {
                let linked = id.as_deref().and_then(|id| numbering.level_of_style(number, id));
                linked.or(style.numbering.level).filter(|_| own.number.is_none())
            };
            (number, own.level.or_else(of_style).unwrap_or(0))
        });
        let mark = tree.child(properties, Tag::RunProperties);
        let marked = |tag| mark.is_some_and(|mark| tree.child(mark, tag).is_some());
        Self {
            style,
            outline: tree.child_number(properties, Tag::OutlineLevel).or(style.outline),
            number,
            runs_on: marked(Tag::Deleted) || marked(Tag::MovedFrom) || is_drop_cap(tree, properties),
            hidden_mark: mark.is_some_and(|mark| tree.has(mark, Tag::Vanish)),
        }
    }
}
