//! Headings, paragraphs and lists → statements.

use crate::document::{Block, BlockKind};
use crate::plan::area::Area;
use crate::plan::letter::Letter;
use crate::plan::read::cues::CUES;
use crate::plan::read::cutter::Cutter;
use crate::plan::read::kinds;
use crate::plan::read::units::units;
use crate::text::Regex;
use crate::text::{Span, has_more_words, own_pattern};
use std::sync::LazyLock;

/// A block of prose without its bullet or number.
#[derive(Clone, Copy, Debug)]
struct Line {
    block: usize,
    span: Span,
    class: Class,
    depth: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Heading,
    Paragraph,
    Item(Style),
}

/// What stands before a list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Bullet,
    Number,
    Letter,
}

/// What comes after a run of prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    /// A table, of which the last line may be the caption.
    Table,
    /// Something else, or nothing.
    End,
}

/// Cuts blocks of prose. `from` gives the byte at which the words of a block begin, where that is not its start.
pub(crate) fn cut(cutter: &mut Cutter<'_>, blocks: &[usize], from: &dyn Fn(usize) -> Option<usize>, then: Then) {
    let lines = lines(cutter, blocks, from, then);
    let mut at = 0;
    while let Some(&line) = lines.get(at) {
        at += 1;
        let list = list_end(&lines, at);
        match line.class {
            Class::Heading => cutter.head(line.span, line.block),
            Class::Item(_) => {
                let end = list_end(&lines, at - 1);
                let after = cut_list(cutter, &lines, at - 1, end, None);
                at = after;
            }
            Class::Paragraph if list > at && leads_in(cutter, line) => {
                let lead_in = cut_before_lead_in(cutter, line);
                let end = stop_end(cutter, &lines, at, list);
                at = cut_list(cutter, &lines, at, end, Some(lead_in));
            }
            Class::Paragraph if lines.len() == at && then == Then::Table && leads_in(cutter, line) => {
                let lead_in = cut_before_lead_in(cutter, line);
                cutter.over.lead_in = Some(lead_in);
                return;
            }
            Class::Paragraph if cutter.has_above() && covers_above(cutter, line.span) => cutter.cover_above(line.span),
            Class::Paragraph if is_note(cutter, line.block) => cutter.explain(line.span),
            Class::Paragraph => cut_paragraph(cutter, line.span),
        }
    }
    if then == Then::End {
        cutter.over.lead_in = None;
    }
}

/// The index after the list that begins at `from`; `from` itself where there is none.
fn list_end(lines: &[Line], from: usize) -> usize {
    let Some(first) = lines.get(from) else { return from };
    let Class::Item(style) = first.class else { return from };
    let belongs = |line: &&Line| match line.class {
        Class::Item(other) => {
            line.depth > first.depth || line.depth == first.depth && (other == style || other != Style::Number)
        }
        _ => false,
    };
    from + lines[from..].iter().take_while(belongs).count()
}

/// Where the sentence ends that a lead-in begins: its items end in semicolons and the last of them in a full stop.
/// What follows is another list, whose items the lead-in does not govern.
fn stop_end(cutter: &Cutter<'_>, lines: &[Line], from: usize, end: usize) -> usize {
    let ends =
        |at: usize, marks: &[char]| lines.get(at).is_some_and(|line| cutter.document.slice(line.span).ends_with(marks));
    let open = (from..end).take_while(|&at| ends(at, &[';', ','])).count();
    let last = from + open;
    if open > 0 && last + 1 < end && ends(last, &['.']) { last + 1 } else { end }
}

/// Cuts the list at `from..end`, its lead-out with it; gives the index after both.
fn cut_list(cutter: &mut Cutter<'_>, lines: &[Line], from: usize, end: usize, lead_in: Option<Span>) -> usize {
    let before = cutter.over;
    let lead_out = lines.get(end).filter(|line| line.class == Class::Paragraph && covers_list(cutter, line.span));
    cutter.over.lead_in = lead_in.or(before.lead_in);
    cutter.over.lead_out = lead_out.map(|line| line.span).or(before.lead_out);
    let mut at = from;
    while at < end {
        let line = lines[at];
        let nested = lines[at + 1..end].iter().take_while(|next| is_below(next, &line)).count();
        at += 1;
        if nested > 0 && leads_in(cutter, line) {
            let outer = cutter.over.lead_in;
            cutter.over.lead_in = Some(line.span);
            for item in &lines[at..at + nested] {
                cut_item(cutter, item.span);
            }
            cutter.over.lead_in = outer;
            at += nested;
        } else {
            cut_item(cutter, line.span);
        }
    }
    cutter.over.lead_in = before.lead_in;
    cutter.over.lead_out = before.lead_out;
    end + usize::from(lead_out.is_some())
}

fn is_below(item: &Line, parent: &Line) -> bool {
    let letters = item.class == Class::Item(Style::Letter) && parent.class != item.class;
    item.depth > parent.depth || letters
}

/// An item is one statement, as its author made it one; only a long one is cut.
fn cut_item(cutter: &mut Cutter<'_>, span: Span) {
    let units = units(cutter.document, span);
    let telegram = || units.iter().all(|&unit| !has_more_words(cutter.document.slice(unit), 4));
    if cutter.cuts_sentences()
        && units.len() > 2
        && !telegram()
        && !kinds::says_nothing(&cutter.document.levelled(span))
    {
        for unit in units {
            cutter.say(unit);
        }
    } else {
        cutter.say(span);
    }
}

fn cut_paragraph(cutter: &mut Cutter<'_>, span: Span) {
    let units = units(cutter.document, span);
    let first = units.first().copied().unwrap_or(Span::new(span.start, span.start));
    let first = cutter.document.levelled(first);
    if kinds::explains(&first) && !kinds::introduces(&first) || kinds::says_nothing(&first) {
        cutter.explain(span);
    } else if cutter.cuts_sentences() {
        for unit in units {
            cutter.say(unit);
        }
    } else {
        cutter.say(span);
    }
}

/// Of a paragraph that leads into a list, cuts the sentences before the last one that state something of
/// their own; gives the words that lead in.
fn cut_before_lead_in(cutter: &mut Cutter<'_>, line: Line) -> Span {
    let units = units(cutter.document, line.span);
    let Some((last, before)) = units.split_last() else { return line.span };
    let states = |unit: &&Span| {
        let words = cutter.document.levelled(**unit);
        CUES.modal.is_in(&words) && CUES.measures.is_in(&words)
    };
    if !cutter.cuts_sentences() || before.iter().find(states).is_none() {
        return line.span;
    }
    for unit in before {
        cutter.say(*unit);
    }
    *last
}

/// Whether a line leads into the list below it.
fn leads_in(cutter: &Cutter<'_>, line: Line) -> bool {
    let text = cutter.document.slice(line.span);
    let open = text.ends_with([':', '\u{2013}', '\u{2014}', '-', '\u{2026}']) || text.ends_with("...");
    open || !text.ends_with(['.', ';', '!', '?']) && CUES.lead_in.is_in(&cutter.document.levelled(line.span))
}

/// Whether a paragraph after a list covers all of it.
fn covers_list(cutter: &Cutter<'_>, span: Span) -> bool {
    CUES.lead_out.is_in(&cutter.document.levelled(span))
}

/// Whether a paragraph that follows no list covers the paragraphs above it.
fn covers_above(cutter: &Cutter<'_>, span: Span) -> bool {
    let words = cutter.document.levelled(span);
    CUES.lead_out.is_in(&words) && words.text().split_whitespace().take(6).any(|word| word == "above")
}

/// Whether a paragraph is the template's or the author's note to the reader: a prompt, or small italics.
fn is_note(cutter: &Cutter<'_>, block: usize) -> bool {
    let Some(block) = cutter.document.blocks().get(block) else { return false };
    let looks = block.emphasis;
    looks.placeholder
        || looks.italic && (cutter.looks.is_smaller(block) || !CUES.modal.is_in(&cutter.document.levelled(block.span)))
}

fn lines(cutter: &Cutter<'_>, blocks: &[usize], from: &dyn Fn(usize) -> Option<usize>, then: Then) -> Vec<Line> {
    let mut lines: Vec<Line> = blocks.iter().filter_map(|&index| line(cutter, index, from(index))).collect();
    mark_unmarked_items(cutter, &mut lines);
    for at in 0..lines.len() {
        let next = lines.get(at + 1).map(|line| line.class);
        if is_heading(cutter, &lines[at], next, then) {
            lines[at].class = Class::Heading;
        }
    }
    lines
}

/// After a paragraph that leads in, paragraphs that begin small are items whose bullets were lost.
fn mark_unmarked_items(cutter: &Cutter<'_>, lines: &mut [Line]) {
    let mut in_list = false;
    for line in lines {
        let text = cutter.document.slice(line.span);
        if line.class != Class::Paragraph {
            in_list = false;
        } else if in_list && text.starts_with(char::is_lowercase) {
            line.class = Class::Item(Style::Bullet);
        } else {
            in_list = text.ends_with(':');
        }
    }
}

fn line(cutter: &Cutter<'_>, index: usize, from: Option<usize>) -> Option<Line> {
    let block = cutter.document.blocks().get(index)?;
    let whole = Span::new(from.unwrap_or(block.span.start), block.span.end);
    let text = cutter.document.slice(whole);
    let (typed, length) = typed_label(text, &cutter.letters);
    let span = Span::new(whole.start + length, whole.end);
    let (class, depth) = match (block.kind, typed) {
        (BlockKind::ListItem { depth }, None) => (listed(block), depth),
        (BlockKind::ListItem { depth }, Some(class)) => (class, depth),
        (_, Some(class)) => (class, 0),
        _ => (Class::Paragraph, 0),
    };
    (!span.is_empty()).then_some(Line { block: index, span, class, depth })
}

/// Whether a block is an item of a list, with its bullet or with one that was typed.
pub(crate) fn is_item(cutter: &Cutter<'_>, block: usize) -> bool {
    line(cutter, block, None).is_some_and(|line| matches!(line.class, Class::Item(_)))
}

/// What the label of a list item says: "F1.2" numbers a paragraph, "(a)" and "•" an item.
fn listed(block: &Block) -> Class {
    let label = block.label.as_deref().unwrap_or("\u{2022}").trim();
    let inner = label.trim_matches(|c: char| !c.is_alphanumeric());
    let letters = inner.chars().all(char::is_alphabetic);
    if inner.is_empty() || inner == "o" && !label.contains(['.', ')']) {
        Class::Item(Style::Bullet)
    } else if letters && inner.chars().all(char::is_lowercase) {
        Class::Item(Style::Letter)
    } else if PARAGRAPH_NUMBER.is_match(inner) {
        Class::Paragraph
    } else {
        Class::Item(Style::Number)
    }
}

static PARAGRAPH_NUMBER: LazyLock<Regex> = LazyLock::new(|| own_pattern!(r"^(?:[A-K]{1,4}[\d.]+|\d+(?:\.\d+)+)$"));
static TYPED_BULLET: LazyLock<Regex> = LazyLock::new(|| {
    own_pattern!(r"^[\u{2022}\u{25aa}\u{25cf}\u{25e6}\u{2023}\u{b7}\u{2043}\u{25cb}\u{25a0}\u{f0b7}\u{2013}*-]\s+")
});
static TYPED_LETTER: LazyLock<Regex> =
    LazyLock::new(|| own_pattern!(r"^(?:\([a-z]\)|[a-z]\)|\((?:i|ii|iii|iv|v|vi|vii|viii|ix|x)\))\s+"));
static TYPED_NUMBER: LazyLock<Regex> = LazyLock::new(|| own_pattern!(r"^\(?\d{1,2}[.)]\s+"));
static TYPED_PARAGRAPH: LazyLock<Regex> = LazyLock::new(|| {
    own_pattern!(
        r"^(?:((?:[A-K][12]?/)*[A-K]{1,4})[12]?[.\s]?\d{1,2}(?:\.\d{1,2})*[.):]?|[1-9]\d?(?:\.\d{1,2})+\.?)(\s+)"
    )
});

/// The length of the bullet or number that was typed before these words of a section.
pub(crate) fn typed_length(text: &str, letters: &[Letter]) -> usize {
    typed_label(text, letters).1
}

/// A bullet or number that was typed into the text: what it makes of the block, and its length.
fn typed_label(text: &str, letters: &[Letter]) -> (Option<Class>, usize) {
    for (typed, class) in [
        (&TYPED_BULLET, Class::Item(Style::Bullet)),
        (&TYPED_LETTER, Class::Item(Style::Letter)),
        (&TYPED_NUMBER, Class::Item(Style::Number)),
    ] {
        if let Some(found) = typed.find(text) {
            return (Some(class), found.end());
        }
    }
    let Some(found) = TYPED_PARAGRAPH.captures(text) else { return (None, 0) };
    let (end, space) = (found.get(0).map_or(0, |m| m.end()), found.get(2).map_or("", |m| m.as_str()));
    let ours = found.get(1).is_none_or(|typed| {
        typed
            .as_str()
            .chars()
            .filter(char::is_ascii_uppercase)
            .all(|c| letters.iter().any(|letter| letter.as_str().starts_with(c)))
    });
    // "2.5 hours a week" is no paragraph number, "1.2 The school will…" is
    let text_follows =
        text[end..].starts_with(|c: char| c.is_uppercase() || matches!(c, '\'' | '\u{2018}' | '"' | '['));
    let cites = letters.contains(&Letter::K) && !space.contains('\t');
    if ours && !cites && (space.contains('\t') || text_follows) { (Some(Class::Paragraph), end) } else { (None, 0) }
}

/// Whether a line is the heading of what follows it, by its look or its words.
fn is_heading(cutter: &Cutter<'_>, line: &Line, next: Option<Class>, then: Then) -> bool {
    let document = cutter.document;
    let Some(block) = document.blocks().get(line.block) else { return false };
    let text = document.slice(line.span);
    if matches!(block.kind, BlockKind::Heading { .. }) {
        return true;
    }
    if text.ends_with(['.', ';', ',', '!']) || has_more_words(text, 18) {
        return false;
    }
    // "Sensory needs": a verb with nothing behind it says what nobody is to do.
    let says = text.trim_end().rsplit_once(char::is_whitespace).map_or("", |(before, _)| before);
    let says = Span::new(line.span.start, line.span.start + says.len());
    if CUES.modal.is_in(&document.levelled(says)) {
        return false;
    }
    let emphasis = block.emphasis;
    let set_apart = emphasis.bold || emphasis.underline || cutter.looks.is_larger(block);
    let paragraph = line.class == Class::Paragraph;
    let above_something = next.is_some() || then == Then::Table;
    let above_list = matches!(next, Some(Class::Item(_))) || next.is_none() && then == Then::Table;
    set_apart && (paragraph || block.label.is_none() && above_something)
        || paragraph && above_something && (Area::is_title(text) || is_usual(text))
        || paragraph && above_list && !has_more_words(text, 10) && !text.ends_with(':')
}

/// Sub-headings that are known by their words alone.
fn is_usual(text: &str) -> bool {
    static USUAL: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(
            r"(?i)^(?:(?:outcomes?|aims?|needs?)(?: (?:no\.? ?)?\d+(?:(?:,| and| &|-|\u{2013}) ?\d+)*)?(?: ?[:\u{2013}-] .{3,80})?|strengths(?: and (?:needs|difficulties|interests))?|difficulties|provision|support|equipment|training|adult support|staff training|health|social care|education|(?:parents?|carers?|child|young person|family)['\u{2019}]?s?['\u{2019}]? views|history|background):?$",
        )
    });
    USUAL.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, letter: Letter, class: Option<Class>, rest: &str) {
        let (found, length) = typed_label(text, &[letter]);
        assert_eq!((found, &text[length..]), (class, rest), "{text}");
    }

    #[test]
    fn strips_typed_labels() {
        check("F1.2\tA teacher", Letter::F, Some(Class::Paragraph), "A teacher");
        check("F1.2 A teacher", Letter::F, Some(Class::Paragraph), "A teacher");
        check("F12 A teacher", Letter::F, Some(Class::Paragraph), "A teacher");
        check("H1.3 A worker", Letter::H1, Some(Class::Paragraph), "A worker");
        check("H1 A worker", Letter::H1, Some(Class::Paragraph), "A worker");
        check("(a)\tnew words", Letter::F, Some(Class::Item(Style::Letter)), "new words");
        check("\u{2022} one toy", Letter::F, Some(Class::Item(Style::Bullet)), "one toy");
        check("3. One toy", Letter::F, Some(Class::Item(Style::Number)), "One toy");
        check("2.5 hours a week", Letter::F, None, "2.5 hours a week");
        check("H1/H2.1 A worker", Letter::H1, Some(Class::Paragraph), "A worker");
        check("0.6 FTE", Letter::F, None, "0.6 FTE");
        check("3 sessions", Letter::F, None, "3 sessions");
        check("B12 injections", Letter::G, None, "B12 injections");
        check("A TA will help", Letter::A, None, "A TA will help");
        check("K1 Parents' views", Letter::K, None, "K1 Parents' views");
    }
}
