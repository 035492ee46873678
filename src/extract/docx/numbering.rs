//! The number or bullet of a list item, as Word prints it.

use super::names::Tag;
use super::numerals::Numeral;
use super::styles::Styles;
use super::symbols;
use super::tree::Tree;
use std::collections::{BTreeMap, BTreeSet};

const LEVELS: usize = 9;

/// The lists of a document, and how far each has been counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// `w:abstractNum`: lists that count on together.
    lists: BTreeMap<i64, List>,
    /// `w:num`: what paragraphs refer to.
    numbers: BTreeMap<i64, Number>,
    counts: BTreeMap<i64, [Option<u32>; LEVELS]>,
    /// Numbers and levels whose own start has been used.
    started: BTreeSet<(i64, usize)>,
}

#[derive(Clone, Debug, Default)]
struct List {
    levels: [Option<Level>; LEVELS],
    /// A numbering style that has the levels instead.
    style: Option<String>,
}

#[derive(Clone, Debug)]
struct Level {
    start: u32,
    numeral: Numeral,
    text: String,
    /// From one; 0 never restarts.
    restart_after: Option<usize>,
    legal: bool,
    /// The paragraph style that stands for this level.
    style: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct Number {
    list: i64,
    starts: BTreeMap<usize, u32>,
    levels: BTreeMap<usize, Level>,
}

impl Numbering {
    /// Reads the numbering part.
    pub(super) fn read(tree: &Tree, styles: &Styles) -> Self {
        let mut numbering = Self::default();
        for child in tree.children(0) {
            match tree.tag(child) {
                Tag::AbstractNum => {
                    let id = tree.attribute(child, "abstractNumId").and_then(|id| id.trim().parse().ok());
                    if let Some(id) = id {
                        numbering.lists.insert(id, List::read(tree, child));
                    }
                }
                Tag::Num => {
                    let id = tree.attribute(child, "numId").and_then(|id| id.trim().parse().ok());
                    if let (Some(id), Some(number)) = (id, Number::read(tree, child)) {
                        numbering.numbers.insert(id, number);
                    }
                }
                _ => {}
            }
        }
        numbering.follow_styles(styles);
        numbering
    }

    /// The level of a list that stands for a paragraph style.
    pub(super) fn level_of_style(&self, number: i64, style: &str) -> Option<usize> {
        let list = self.lists.get(&self.numbers.get(&number)?.list)?;
        list.levels.iter().position(|level| level.as_ref().is_some_and(|level| level.style.as_deref() == Some(style)))
    }

    /// Counts one more item and gives what is printed before it; `None` for no list at all.
    /// An item may print nothing: then the text is empty.
    pub(super) fn next(&mut self, number: i64, level: usize) -> Option<String> {
        let level = level.min(LEVELS - 1);
        let stated = self.numbers.get(&number)?;
        let list = self.lists.get(&stated.list)?;
        let of = |at: usize| stated.levels.get(&at).or_else(|| list.levels.get(at)?.as_ref());
        let Some(this) = of(level) else { return Some(String::new()) };

        let counts = self.counts.entry(stated.list).or_default();
        let own_start = stated.starts.get(&level).copied().filter(|_| self.started.insert((number, level)));
        let counted = match (own_start, counts[level]) {
            (Some(start), _) => start,
            (None, Some(count)) => count.saturating_add(1),
            (None, None) => this.start,
        };
        counts[level] = Some(counted);
        for (below, count) in counts.iter_mut().enumerate().skip(level + 1) {
            let restarts = of(below).and_then(|l| l.restart_after).is_none_or(|after| level < after);
            if restarts {
                *count = None;
            }
        }

        if this.numeral == Numeral::Bullet {
            return Some(symbols::bullet(&this.text));
        }
        let mut label = String::new();
        let mut pattern = this.text.chars().peekable();
        while let Some(c) = pattern.next() {
            let wanted = if c == '%' { pattern.peek().and_then(|digit| digit.to_digit(10)) } else { None };
            match wanted {
                Some(at @ 1..=9) => {
                    pattern.next();
                    let at = at as usize - 1;
                    let start = of(at).map_or(1, |l| l.start);
                    let numeral = of(at).map_or(Numeral::Decimal, |l| l.numeral);
                    let numeral = if this.legal && numeral != Numeral::None { Numeral::Decimal } else { numeral };
                    label.push_str(&numeral.write(counts[at].unwrap_or(start)));
                }
                _ => label.push(c),
            }
        }
        Some(label.trim().to_owned())
    }

    /// Lists that stand for a numbering style take the levels of the list that the style names.
    fn follow_styles(&mut self, styles: &Styles) {
        let linked: Vec<(i64, List)> = self
            .lists
            .iter()
            .filter_map(|(&id, list)| {
                let number = styles.number_of(list.style.as_deref()?)?;
                let target = self.lists.get(&self.numbers.get(&number)?.list)?;
                target.style.is_none().then(|| (id, target.clone()))
            })
            .collect();
        self.lists.extend(linked);
    }
}

impl List {
    fn read(tree: &Tree, at: usize) -> Self {
        let mut list = Self { style: tree.child_value(at, Tag::NumStyleLink).map(String::from), ..Self::default() };
        for child in tree.children(at).filter(|&child| tree.tag(child) == Tag::Level) {
            if let Some(place) = level_of(tree, child).and_then(|level| list.levels.get_mut(level)) {
                *place = Some(Level::read(tree, child));
            }
        }
        list
    }
}

impl Level {
    fn read(tree: &Tree, at: usize) -> Self {
        let numeral = tree.child_value(at, Tag::NumFormat).map_or(Numeral::Decimal, |name| Numeral::of(&name));
        Self {
            start: tree.child_number(at, Tag::Start).unwrap_or(0),
            numeral,
            text: tree.child_value(at, Tag::LevelText).unwrap_or_default().into_owned(),
            restart_after: tree.child_number(at, Tag::LevelRestart),
            legal: tree.has(at, Tag::LegalNumbers),
            style: tree.child_value(at, Tag::ParagraphStyleName).map(String::from),
        }
    }
}

impl Number {
    fn read(tree: &Tree, at: usize) -> Option<Self> {
        let mut number = Self { list: tree.child_number(at, Tag::AbstractNumId)?, ..Self::default() };
        for child in tree.children(at).filter(|&child| tree.tag(child) == Tag::LevelOverride) {
            let Some(level) = level_of(tree, child) else { continue };
            if let Some(start) = tree.child_number(child, Tag::StartOverride) {
                number.starts.insert(level, start);
            }
            if let Some(own) = tree.child(child, Tag::Level) {
                number.levels.insert(level, Level::read(tree, own));
            }
        }
        Some(number)
    }
}

fn level_of(tree: &Tree, at: usize) -> Option<usize> {
    tree.attribute(at, "ilvl")?.trim().parse().ok().filter(|&level: &usize| level < LEVELS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::View;

    const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    fn level(at: usize, format: &str, text: &str, more: &str) -> String {
        format!(
            "<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{format}'/><w:lvlText w:val='{text}'/>{more}</w:lvl>"
        )
    }

    fn check(inner: &str, items: &[(i64, usize, &str)]) {
        let xml = format!("<w:numbering xmlns:w='{WORD}'>{inner}</w:numbering>");
        let tree = Tree::parse(xml, View::Accepted).expect("well-formed");
        let mut numbering = Numbering::read(&tree, &Styles::default());
        for (at, &(number, level, expected)) in items.iter().enumerate() {
            assert_eq!(numbering.next(number, level).as_deref(), Some(expected), "item {at}");
        }
    }

    fn list(id: i64, levels: &[String]) -> String {
        format!("<w:abstractNum w:abstractNumId='{id}'>{}</w:abstractNum>", levels.concat())
    }

    fn number(id: i64, of: i64, more: &str) -> String {
        format!("<w:num w:numId='{id}'><w:abstractNumId w:val='{of}'/>{more}</w:num>")
    }

    #[test]
    fn counts_levels() {
        let levels =
            [level(0, "decimal", "F%1", ""), level(1, "decimal", "F%1.%2", ""), level(2, "lowerLetter", "(%3)", "")];
        let xml = list(7, &levels) + &number(1, 7, "");
        let items = [
            (1, 0, "F1"),
            (1, 1, "F1.1"),
            (1, 1, "F1.2"),
            (1, 2, "(a)"),
            (1, 2, "(b)"),
            (1, 0, "F2"),
            (1, 1, "F2.1"),
            (1, 2, "(a)"),
        ];
        check(&xml, &items);
        check(&xml, &[(1, 1, "F1.1"), (1, 1, "F1.2"), (1, 0, "F1")]);
    }

    #[test]
    fn goes_on_and_starts_again() {
        let levels = [level(0, "decimal", "%1.", "")];
        let again = "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride>";
        let xml = list(7, &levels) + &number(1, 7, "") + &number(2, 7, "") + &number(3, 7, again);
        check(&xml, &[(1, 0, "1."), (2, 0, "2."), (3, 0, "5."), (3, 0, "6."), (1, 0, "7.")]);
    }

    #[test]
    fn restarts_where_it_is_told() {
        let never =
            [level(0, "upperRoman", "%1", ""), level(1, "decimal", "%1.%2", "<w:lvlRestart w:val='0'/><w:isLgl/>")];
        let xml = list(7, &never) + &number(1, 7, "");
        check(&xml, &[(1, 0, "I"), (1, 1, "1.1"), (1, 0, "II"), (1, 1, "2.2")]);
    }

    #[test]
    fn overrides_a_level() {
        let own = format!("<w:lvlOverride w:ilvl='0'>{}</w:lvlOverride>", level(0, "upperLetter", "Section %1:", ""));
        let xml = list(7, &[level(0, "decimal", "%1", "")]) + &number(1, 7, &own);
        check(&xml, &[(1, 0, "Section A:"), (1, 0, "Section B:")]);
    }

    #[test]
    fn prints_bullets() {
        let xml = list(7, &[level(0, "bullet", "\u{f0b7}", ""), level(1, "bullet", "o", ""), level(2, "none", "", "")]);
        check(&(xml + &number(1, 7, "")), &[(1, 0, "\u{2022}"), (1, 1, "o"), (1, 2, "")]);
    }

    #[test]
    fn has_no_label_for_a_list_that_is_not_there() {
        assert_eq!(Numbering::default().next(3, 0), None);
    }
}
