//! Arabic and Hebrew, which run from right to left: a page tells where letters stand, a text in which order they are read.

use super::lines::{Line, Word};
use unicode_normalization::UnicodeNormalization as _;

/// Whether text may hold letters that run from right to left: it holds bytes that begin one.
fn may_turn(text: &str) -> bool {
    text.bytes().any(|byte| (0xd6..=0xdf).contains(&byte))
}

fn turns(letter: char) -> bool {
    matches!(letter, '\u{591}'..='\u{8ff}') && !letter.is_numeric()
}

/// The plain letters of one that is drawn in the form it has at the beginning, within or at the end of a word, as they stand
/// from left to right.
pub(super) fn plain(letter: char) -> Option<impl Iterator<Item = char>> {
    let formed = matches!(letter, '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    let letters = || letter.nfkc().filter(|letter| !letter.is_whitespace()).collect::<Vec<_>>();
    formed
        .then(letters)
        .filter(|letters| letters.iter().all(|letter| turns(*letter)))
        .map(|letters| letters.into_iter().rev())
}

/// Turns the letters of words so that each is spelled as it is read. Words stay where they stand.
pub(super) fn spell(line: &mut Line) {
    if !may_turn(&line.text) {
        return;
    }
    let words: Vec<String> = (0..line.words.len()).map(|at| spelled(line.word(at))).collect();
    set(line, words.into_iter().zip(line.words.clone()).collect());
}

/// The line with its words in the order in which they are read.
pub(super) fn as_read(line: &Line) -> Option<Line> {
    if !may_turn(&line.text) {
        return None;
    }
    let words: Vec<(String, Word)> =
        (0..line.words.len()).map(|at| (line.word(at).to_owned(), line.words[at])).collect();
    let turned: Vec<bool> = words.iter().map(|(word, _)| word.contains(turns)).collect();
    let mut line = line.clone();
    // Whoever has most of the words has the line; words of the other kind are turned as one.
    let whole = turned.iter().filter(|&&turned| turned).count() * 2 > words.len();
    let mut read: Vec<(String, Word)> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        // What has no letters of its own goes with what stands around it.
        let same = |to: usize| {
            turned[to] == turned[at] || !words[to].0.contains(char::is_alphabetic) && to + 1 < words.len() && turned[at]
        };
        let mut end = at + 1;
        while end < words.len() && same(end) {
            end += 1;
        }
        let run = &words[at..end];
        if turned[at] == whole {
            read.extend(run.iter().cloned());
        } else {
            read.extend(run.iter().rev().cloned());
        }
        at = end;
    }
    if whole {
        read.reverse();
    }
    set(&mut line, read);
    Some(line)
}

/// Gives a line these words in this order.
fn set(line: &mut Line, words: Vec<(String, Word)>) {
    (line.text, line.words) = (String::with_capacity(line.text.len()), Vec::with_capacity(words.len()));
    for (text, word) in words {
        if !line.text.is_empty() {
            line.text.push(' ');
        }
        line.words.push(Word { at: line.text.len(), ..word });
        line.text.push_str(&text);
    }
}

/// A word whose letters stand from left to right, as it is read: figures and Latin letters in it stay as they are.
fn spelled(word: &str) -> String {
    if !word.contains(turns) {
        return word.to_owned();
    }
    let mut read: Vec<char> = Vec::new();
    let mut kept = 0;
    for letter in word.chars().rev() {
        let stays = letter.is_alphanumeric() && !turns(letter);
        kept = if stays { kept + 1 } else { 0 };
        let at = if stays { read.len() + 1 - kept } else { read.len() };
        read.insert(at, mirrored(letter));
    }
    read.into_iter().collect()
}

fn mirrored(letter: char) -> char {
    match letter {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '«' => '»',
        '»' => '«',
        letter => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::pdf::lines::lines;
    use crate::extract::pdf::lines::tests::page;

    fn check(words: &[(&str, f32, f32)], expected: &str) {
        let page = page(words);
        let all: Vec<usize> = (0..page.glyphs.len()).collect();
        let line = lines(&page, &all).remove(0);
        let read = as_read(&line).unwrap_or(line);
        assert_eq!(read.text, expected);
        assert!(
            read.words
                .iter()
                .enumerate()
                .all(|(at, word)| read.text.get(word.at..).is_some_and(|rest| rest.starts_with(read.word(at))))
        );
    }

    #[test]
    fn what_runs_from_right_to_left_is_read_so() {
        let turned = |word: &str| word.chars().rev().collect::<String>();
        let (salam, dunya) = (turned("سلام"), turned("دنيا"));
        check(&[(&dunya, 0.0, 30.0), (&salam, 50.0, 30.0)], "سلام دنيا");
        check(
            &[
                ("Name", 0.0, 30.0),
                ("is", 30.0, 30.0),
                (&dunya, 50.0, 30.0),
                (&salam, 80.0, 30.0),
                ("here", 120.0, 30.0),
            ],
            "Name is سلام دنيا here",
        );
        check(&[(&format!("({salam}12)"), 0.0, 30.0)], "(12سلام)");
        check(&[("שלום", 0.0, 30.0)], "םולש");
        check(&[("café", 0.0, 30.0), ("½", 50.0, 30.0)], "café ½");
    }

    #[test]
    fn letters_in_their_forms_are_letters() {
        let of = |letter| plain(letter).map(Iterator::collect::<String>);
        assert_eq!(of('\u{fef7}').as_deref(), Some("\u{623}\u{644}"));
        assert_eq!(of('\u{fee1}').as_deref(), Some("\u{645}"));
        assert_eq!([of('a'), of('\u{fb01}')], [None, None]);
    }
}
