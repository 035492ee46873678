//! The words of one paragraph, how they look, and what is anchored in it.

use super::marks::{self, Fields};
use super::names::Tag;
use super::pictures::Pictures;
use super::styles::{Face, Look, Style, Styles};
use super::symbols;
use super::tree::Tree;
use crate::document::{Emphasis, GapKind, Piece};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A text of its own in the package: the body, a note, a header.
#[derive(Debug)]
pub(super) struct Story {
    pub(super) tree: Tree,
    /// The number of its part among the document's sources; `None` where nothing of it can be annotated.
    pub(super) part: Option<u32>,
    /// Fields that never end.
    unclosed: BTreeSet<usize>,
}

impl Story {
    pub(super) fn of(tree: Tree, part: Option<u32>) -> Self {
        let unclosed = marks::unclosed_fields(&tree);
        Self { tree, part, unclosed }
    }
}

/// What comes after a paragraph because it is anchored in it.
#[derive(Debug)]
pub(super) enum Anchored {
    /// A text box: the node whose paragraphs stand in it.
    Box(usize),
    /// Words drawn as a picture, such as a watermark.
    Drawn(String),
    /// A note, by its id.
    Footnote(i64),
    /// A note at the end, by its id.
    Endnote(i64),
    /// Something that cannot be read.
    Gap(GapKind),
}

/// The words of one paragraph so far. Several paragraphs of the file make one where the marks between them are deleted.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) text: String,
    pub(super) anchored: Vec<Anchored>,
    /// Where the words stand in their part.
    pub(super) pieces: Vec<Piece>,
    looks: Vec<(Look, bool, usize)>,
}

impl Words {
    /// Adds the words of the paragraph at `paragraph`.
    pub(super) fn read(&mut self, story: &Story, paragraph: usize, context: &mut Context<'_>) {
        let tree = &story.tree;
        let end = tree.end(paragraph);
        let mut prompt_end = if context.prompt { end } else { 0 };
        let mut run_end = 0;
        let plain = context.styles.look(&context.style, None, Face::default());
        let mut look = plain;
        let mut pictures = Pictures::default();
        let mut at = paragraph + 1;
        while at < end {
            if at >= run_end {
                look = plain;
                run_end = usize::MAX;
            }
            let prompt = at < prompt_end;
            let shown = context.fields.show() && !look.hidden;
            let mut next = at + 1;
            match tree.tag(at) {
                Tag::Run => {
                    look = context.look(tree, at).unwrap_or(plain);
                    run_end = tree.end(at);
                }
                Tag::ContentControl if tree.shows_prompt(at) => prompt_end = prompt_end.max(tree.end(at)),
                Tag::Characters if shown => {
                    let words = symbols::legible(tree.characters(at));
                    self.source(story, at, &words, matches!(words, Cow::Borrowed(_)));
                    self.say(&words, look, prompt);
                }
                Tag::Reference if shown => {
                    if let Some(c) = tree.referred(at) {
                        let mut bytes = [0; 4];
                        let words = symbols::legible(c.encode_utf8(&mut bytes));
                        self.source(story, at, &words, matches!(words, Cow::Borrowed(_)));
                        self.say(&words, look, prompt);
                    }
                }
                Tag::Tab | Tag::PositionalTab if shown => self.stand_in(story, at, "\t", look, prompt),
                Tag::Break if shown => self.stand_in(story, at, "\n", look, prompt),
                Tag::NoBreakHyphen if shown => self.stand_in(story, at, "\u{2011}", look, prompt),
                Tag::SoftHyphen if shown => self.stand_in(story, at, "\u{ad}", look, prompt),
                Tag::Symbol if shown => {
                    let code = tree.attribute(at, "char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                    let font = tree.attribute(at, "font").unwrap_or_default();
                    if let Some(code) = code {
                        let symbol = symbols::symbol(&font, code);
                        self.stand_in(story, at, symbol.encode_utf8(&mut [0; 4]), look, prompt);
                    }
                }
                Tag::FieldCharacter => {
                    if let Some(value) = context.fields.mark(tree, at, &story.unclosed).filter(|_| !look.hidden) {
                        self.stand_in(story, at, &value, look, prompt);
                    }
                    next = tree.end(at);
                }
                Tag::FieldSimple if shown => {
                    if let Some(value) = marks::form_value(tree, at) {
                        self.stand_in(story, at, &value, look, prompt);
                        next = tree.end(at);
                    }
                }
                Tag::FieldCode => {
                    for piece in at + 1..tree.end(at) {
                        context.fields.code(tree.characters(piece));
                    }
                    next = tree.end(at);
                }
                Tag::TextBox => {
                    if shown {
                        self.anchored.push(Anchored::Box(at));
                    }
                    next = tree.end(at);
                }
                Tag::TextPath if shown => {
                    self.anchored.extend(tree.attribute(at, "string").map(|words| Anchored::Drawn(words.into_owned())));
                }
                Tag::FootnoteReference if shown => {
                    self.anchored.extend(note_id(tree, at).map(Anchored::Footnote));
                }
                Tag::EndnoteReference if shown => self.anchored.extend(note_id(tree, at).map(Anchored::Endnote)),
                Tag::ParagraphProperties
                | Tag::RunProperties
                | Tag::ControlProperties
                | Tag::ControlEnd
                | Tag::ContentProperties
                | Tag::FieldData
                | Tag::RubyText
                | Tag::Deleted
                | Tag::MovedFrom => next = tree.end(at),
                tag if shown => self.anchored.extend(pictures.see(tree, at, tag).map(Anchored::Gap)),
                _ => {}
            }
            at = next;
        }
    }

    /// How the whole of it looks.
    pub(super) fn emphasis(&self) -> Emphasis {
        let all = |pick: fn(&Look) -> bool| !self.looks.is_empty() && self.looks.iter().all(|(look, ..)| pick(look));
        let mut sizes: Vec<(f32, usize)> = Vec::new();
        for &(look, _, letters) in &self.looks {
            match sizes.iter_mut().find(|(size, _)| size.total_cmp(&look.size).is_eq()) {
                Some((_, counted)) => *counted += letters,
                None => sizes.push((look.size, letters)),
            }
        }
        Emphasis {
            bold: all(|look| look.bold),
            italic: all(|look| look.italic),
            underline: all(|look| look.underline),
            size: sizes.into_iter().max_by_key(|&(_, letters)| letters).map_or(0.0, |(size, _)| size),
            placeholder: !self.looks.is_empty() && self.looks.iter().all(|&(_, prompt, _)| prompt),
        }
    }

    /// Says what the element at `at` stands for.
    fn stand_in(&mut self, story: &Story, at: usize, words: &str, look: Look, prompt: bool) {
        self.source(story, at, words, false);
        self.say(words, look, prompt);
    }

    /// Notes that the words that are said next come from the node at `at`.
    fn source(&mut self, story: &Story, at: usize, words: &str, literal: bool) {
        let (Some(part), Some((from, to))) = (story.part, story.tree.bytes(at)) else { return };
        if let (Ok(at), Ok(length)) = (u32::try_from(self.text.len()), u32::try_from(words.len())) {
            self.pieces.push(Piece { at, length, part, from, to, literal });
        }
    }

    fn say(&mut self, words: &str, look: Look, prompt: bool) {
        self.text.push_str(words);
        let letters = if words.is_ascii() {
            words.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != 0x0b).count()
        } else {
            words.chars().filter(|letter| !letter.is_whitespace()).count()
        };
        if letters == 0 {
            return;
        }
        match self.looks.last_mut() {
            Some((last, last_prompt, counted)) if *last == look && *last_prompt == prompt => *counted += letters,
            _ => self.looks.push((look, prompt, letters)),
        }
    }
}

/// What surrounds a paragraph while its words are read.
pub(super) struct Context<'c> {
    pub(super) styles: &'c Styles,
    pub(super) style: Style,
    pub(super) fields: &'c mut Fields,
    /// It stands in a content control that shows its prompt.
    pub(super) prompt: bool,
}

impl Context<'_> {
    /// How a run looks; `None` where it says nothing of it.
    fn look(&self, tree: &Tree, run: usize) -> Option<Look> {
        let properties = tree.child(run, Tag::RunProperties)?;
        let character = tree.child_value(properties, Tag::RunStyleName);
        Some(self.styles.look(&self.style, character.as_deref(), Face::read(tree, properties)))
    }
}

fn note_id(tree: &Tree, at: usize) -> Option<i64> {
    tree.attribute(at, "id")?.trim().parse().ok()
}
