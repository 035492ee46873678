//! A guess at which paragraphs are headings, from the size of their type alone. Bold words of the usual size may
//! be a heading or a sentence: that is for those to tell who read the words.

use super::paragraphs::Paragraph;

/// A heading is shorter.
const MAX_LETTERS: usize = 160;
const MAX_LINES: usize = 3;
/// Bold type, and other type, this much larger than that of the text marks a heading.
const LARGER: f32 = 1.08;
const MUCH_LARGER: f32 = 1.15;

/// The sizes of type in which headings of a document are set.
#[derive(Clone, Debug, Default)]
pub(super) struct Headings {
    usual: f32,
    /// From the largest down.
    sizes: Vec<f32>,
}

impl Headings {
    /// Learns the sizes; `usual` is the size of most of the text.
    pub(super) fn of<'p>(paragraphs: impl Iterator<Item = &'p Paragraph>, usual: f32) -> Self {
        let mut sizes: Vec<f32> = paragraphs.filter(|p| is_heading(p, usual)).map(|p| p.size).collect();
        sizes.sort_by(|a, b| b.total_cmp(a));
        sizes.dedup_by(|b, a| *a - *b < 0.3);
        Self { usual, sizes }
    }

    /// The level of a heading, from one; `None` for other paragraphs.
    pub(super) fn level(&self, paragraph: &Paragraph) -> Option<u8> {
        let rank = self.sizes.iter().position(|size| (size - paragraph.size).abs() < 0.3)?;
        is_heading(paragraph, self.usual).then(|| u8::try_from(rank + 1).unwrap_or(u8::MAX).min(9))
    }
}

fn is_heading(paragraph: &Paragraph, usual: f32) -> bool {
    let text = paragraph.text.trim_end();
    let least = if paragraph.weight.is_bold() { LARGER } else { MUCH_LARGER };
    usual > 0.0
        && paragraph.size > least * usual
        && text.chars().any(char::is_alphabetic)
        && text.chars().count() <= MAX_LETTERS
        && paragraph.lines <= MAX_LINES
        && !text.ends_with(['.', ';', ','])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(paragraphs: &[(&str, f32)], expected: &[Option<u8>]) {
        let all: Vec<Paragraph> = paragraphs
            .iter()
            .map(|&(text, size)| Paragraph { text: text.to_owned(), size, lines: 1, ..Paragraph::default() })
            .collect();
        let headings = Headings::of(all.iter(), 10.0);
        assert_eq!(all.iter().map(|p| headings.level(p)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn larger_type_marks_headings_by_size() {
        check(
            &[("Plan", 20.0), ("Section B", 13.0), ("Words", 10.0), ("Section C", 13.1)],
            &[Some(1), Some(2), None, Some(2)],
        );
    }

    #[test]
    fn sentences_and_long_texts_are_no_headings() {
        let long = "long ".repeat(50);
        check(&[("A whole sentence.", 14.0), (&long, 14.0), ("12", 14.0)], &[None, None, None]);
    }
}
