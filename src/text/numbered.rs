//! Words by number: the same word has the same number wherever it stands, for as long as the process runs.

use crate::text::token::{Key, Letters, Shape};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// No more words than these get a number. It is more than plans use; what damaged files and odd names add must not fill the memory.
pub(crate) const MOST: usize = 1 << 14;
/// Longer words are no words, and get none.
const LONGEST: usize = 48;

/// The number of a word. Zero, where it has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Number(u16);

/// The words that have a number.
#[derive(Debug, Default)]
pub(crate) struct Numbered {
    /// Numbers by the key of their word; a word stands in the first free place from there. Half of the places stay free.
    places: Vec<u16>,
    words: Vec<Word>,
}

/// All that patterns can ask of a token.
#[derive(PartialEq, Eq)]
struct Word {
    text: Letters,
    shape: Shape,
    capital: bool,
}

/// The words of this process.
pub(crate) fn numbered() -> MutexGuard<'static, Numbered> {
    static NUMBERED: Mutex<Numbered> = Mutex::new(Numbered { places: Vec::new(), words: Vec::new() });
    NUMBERED.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Number {
    /// Where what is known of the word stands in a list of [`MOST`]; `None` for a word that has no number.
    pub(crate) fn place(self) -> Option<usize> {
        (self.0 > 0).then_some(usize::from(self.0))
    }
}

impl Numbered {
    /// The letters of the word with this number.
    pub(crate) fn letters(&self, number: Number) -> Option<Letters> {
        self.words.get(number.place()?.checked_sub(1)?).map(|word| word.text.clone())
    }

    /// The number of a token with this text, shape and capital.
    pub(crate) fn number(&mut self, text: &str, key: Key, shape: Shape, capital: bool) -> Number {
        if self.places.is_empty() {
            self.places = vec![0; 2 * MOST];
        }
        let mut place = key.short() as usize;
        let free = loop {
            place &= 2 * MOST - 1;
            let number = self.places[place];
            let Some(known) = usize::from(number).checked_sub(1) else { break place };
            let same = |word: &Word| word.text == text && word.shape == shape && word.capital == capital;
            if self.words.get(known).is_some_and(same) {
                return Number(number);
            }
            place += 1;
        };
        let next = u16::try_from(self.words.len() + 1).unwrap_or_default();
        if self.words.len() + 1 >= MOST || text.len() > LONGEST {
            return Number::default();
        }
        self.words.push(Word { text: text.into(), shape, capital });
        self.places[free] = next;
        Number(next)
    }
}

/// Without a word of a plan.
impl std::fmt::Debug for Word {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Word")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_keeps_its_number_until_there_are_too_many() {
        let mut numbered = Numbered::default();
        let mut number = |text: &str, capital| numbered.number(text, Key::of(text), Shape::Word, capital);
        let (week, capital) = (number("week", false), number("week", true));
        assert!(week != capital && week == number("week", false) && week.place() == Some(1));
        assert_eq!(number(&"x".repeat(LONGEST + 1), false).place(), None);
        let last = (0..MOST).map(|at| number(&format!("w{at}"), false)).last();
        assert_eq!(last, Some(Number::default()));
        assert_eq!(number("week", true), capital);
    }
}
