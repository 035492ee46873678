//! A guess at which paragraphs are headings, from the look of their type alone.

use super::paragraphs::Paragraph;

/// A heading is shorter.
const MAX_LETTERS: usize = 160;
/// Type this much larger than that of the text marks a heading.
const LARGER: f32 = 1.15;

/// The level of a heading; `None` for other paragraphs. `usual` is the size of most of the text.
pub(super) fn heading(paragraph: &Paragraph, usual: f32) -> Option<u8> {
    let text = paragraph.text.trim_end();
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let larger = usual > 0.0 && paragraph.size > LARGER * usual;
    let short = text.chars().count() <= MAX_LETTERS && paragraph.lines <= 3;
    if letters < 2 || !short || !(larger || paragraph.bold) {
        return None;
    }
    let sentence = text.ends_with(['.', ';', ',']) && paragraph.size < LARGER * usual;
    if sentence {
        return None;
    }
    Some(if paragraph.size > 1.5 * usual { 1 } else { 2 + u8::from(!larger) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, size: f32, bold: bool, expected: Option<u8>) {
        let paragraph = Paragraph { text: text.to_owned(), size, bold, lines: 1, ..Paragraph::default() };
        assert_eq!(heading(&paragraph, 10.0), expected, "{text}");
    }

    #[test]
    fn large_or_bold_and_short_is_a_heading() {
        check("Education, Health and Care Plan", 20.0, true, Some(1));
        check("Section B", 13.0, false, Some(2));
        check("Communication and interaction", 10.0, true, Some(3));
        check("A whole sentence that is bold.", 10.0, true, None);
        check("Plain words", 10.0, false, None);
        check(&"long ".repeat(50), 14.0, true, None);
    }
}
