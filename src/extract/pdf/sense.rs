//! Whether words are words: letters that were mapped wrongly make none that English is full of.

use std::collections::BTreeSet;

/// What every page of English is full of, and every page of a form. Sorted.
const COMMON: &[&str] = &[
    "a",
    "address",
    "advice",
    "after",
    "all",
    "also",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "because",
    "been",
    "by",
    "can",
    "care",
    "child",
    "college",
    "date",
    "day",
    "do",
    "each",
    "education",
    "for",
    "from",
    "had",
    "has",
    "have",
    "he",
    "health",
    "help",
    "her",
    "his",
    "how",
    "i",
    "if",
    "in",
    "into",
    "is",
    "it",
    "may",
    "more",
    "must",
    "my",
    "name",
    "need",
    "needs",
    "no",
    "not",
    "number",
    "of",
    "on",
    "one",
    "or",
    "other",
    "our",
    "page",
    "parent",
    "parents",
    "part",
    "people",
    "person",
    "plan",
    "provision",
    "report",
    "review",
    "school",
    "section",
    "she",
    "should",
    "so",
    "social",
    "special",
    "support",
    "than",
    "that",
    "the",
    "their",
    "them",
    "there",
    "these",
    "they",
    "this",
    "time",
    "to",
    "until",
    "up",
    "used",
    "very",
    "was",
    "we",
    "week",
    "were",
    "what",
    "when",
    "which",
    "who",
    "will",
    "with",
    "work",
    "would",
    "year",
    "years",
    "you",
    "your",
];
/// None of them is longer.
const LONGEST_COMMON: usize = 9;
/// With fewer words, nothing can be told.
const FEW_WORDS: usize = 40;
/// Nor where they are always the same few: lists of codes, test sheets.
const FEW_DIFFERENT: usize = 6;
/// On a page of English about every third word is a common one, on a page of names and addresses every tenth.
const LEAST_IN_A_HUNDRED: usize = 3;

/// Of a hundred letters of any language in Latin letters, so many are vowels; of a hundred words of three letters and
/// more, so many hold one. Letters that stand for others miss one of the two.
const VOWELS_IN_A_HUNDRED: std::ops::RangeInclusive<usize> = 30..=56;
const VOICED_IN_A_HUNDRED: usize = 92;

/// How many words there are, and how many of them make sense.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sense {
    words: usize,
    common: usize,
    spelled: usize,
    letters: usize,
    /// Of words of three letters and more: all letters, and vowels.
    spoken: usize,
    vowels: usize,
    /// Letters of other scripts.
    foreign: usize,
    /// Words of three letters and more, and those of them with a vowel.
    long: usize,
    voiced: usize,
    /// Figures.
    figures: usize,
    /// The words without figures, each once, until there are enough of them.
    different: BTreeSet<String>,
}

impl Sense {
    /// Adds the words of a text. Figures are none.
    pub(super) fn read(&mut self, text: &str) {
        if text.is_ascii() {
            return text.split(|letter: char| matches!(letter, '\t'..='\r' | ' ')).for_each(|word| self.plain(word));
        }
        for word in text.split_whitespace() {
            if !word.contains(is_letter) {
                self.figures += usize::from(word.contains(|letter: char| letter.is_ascii_digit()));
                continue;
            }
            self.words += 1;
            self.spelled += usize::from(!word.contains(is_unknown));
            let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
            let common = bare.len() <= LONGEST_COMMON && is_common(bare);
            self.common += usize::from(common);
            self.note(bare);
            // Of letters of other scripts it is not told which are vowels, and those of formulas say nothing of a language.
            let latin = || bare.chars().filter(|letter| letter.is_alphabetic() && is_latin(*letter));
            let (letters, vowels) = (latin().count(), latin().filter(|letter| is_vowel(*letter)).count());
            let foreign =
                bare.chars().filter(|&letter| letter.is_alphabetic() && !is_latin(letter) && !is_unknown(letter));
            let foreign = foreign.count();
            self.foreign += foreign;
            self.letters += foreign;
            self.sound(letters, vowels);
        }
    }

    /// Adds a word of plain letters, of which each is known.
    fn plain(&mut self, word: &str) {
        let (mut letters, mut vowels, mut figures) = (0, 0, 0);
        for byte in word.bytes() {
            letters += usize::from(byte.is_ascii_alphabetic());
            vowels += usize::from(matches!(byte | 32, b'a' | b'e' | b'i' | b'o' | b'u' | b'y'));
            figures += usize::from(byte.is_ascii_digit());
        }
        if letters == 0 {
            self.figures += usize::from(figures > 0);
            return;
        }
        self.words += 1;
        self.spelled += 1;
        let bare = word.trim_matches(|letter: char| !letter.is_ascii_alphanumeric());
        let common = bare.len() <= LONGEST_COMMON && is_common(bare);
        self.common += usize::from(common);
        self.note(bare);
        self.sound(letters, vowels);
    }

    /// Keeps a word as one of those that differ, until there are enough of them.
    fn note(&mut self, word: &str) {
        if self.different.len() < FEW_DIFFERENT {
            let letters = word.chars().filter(|letter| is_letter(*letter)).flat_map(char::to_lowercase);
            self.different.insert(letters.collect());
        }
    }

    fn sound(&mut self, letters: usize, vowels: usize) {
        self.letters += letters;
        if letters >= 3 {
            self.long += 1;
            self.voiced += usize::from(vowels > 0);
            self.spoken += letters;
            self.vowels += vowels;
        }
    }

    /// Of one text.
    pub(super) fn of(text: &str) -> Self {
        let mut sense = Self::default();
        sense.read(text);
        sense
    }

    /// The words are mostly no words: not of English, and of no other language either.
    pub(super) fn is_garbled(&self) -> bool {
        // Where letters are not even known, their number is nothing.
        let enough = self.different.len() >= FEW_DIFFERENT || self.spelled * 2 < self.words;
        // A table of figures and codes: letters that stand for others would have made no figures either.
        let table = self.figures > self.words && self.spelled * 10 >= self.words * 9;
        // Marks and codes of one letter or two: nothing of them could be a word.
        let marks = self.long * 5 < self.words && self.spelled * 10 >= self.words * 9;
        self.words >= FEW_WORDS
            && enough
            && !table
            && !marks
            && self.common * 100 < self.words * LEAST_IN_A_HUNDRED
            && !self.is_another_language()
    }

    /// Whether text of so many more bytes, the space behind each line of it counted, cannot make the words garbled: so many of them
    /// are common ones. A word has a letter and a space.
    pub(super) fn stays_sensible(&self, more: usize) -> bool {
        self.common * 100 >= (self.words + more / 2) * LEAST_IN_A_HUNDRED
    }

    fn is_another_language(&self) -> bool {
        let spelled = self.spelled * 10 >= self.words * 8;
        let foreign = self.foreign * 2 > self.letters;
        let sounds = VOWELS_IN_A_HUNDRED.contains(&(self.vowels * 100 / self.spoken.max(1)))
            && self.voiced * 100 >= self.long * VOICED_IN_A_HUNDRED;
        spelled && (foreign || sounds)
    }

    /// Words of which every letter is known; of a page that makes no sense, none.
    pub(super) fn usable(&self) -> usize {
        if self.is_garbled() { 0 } else { self.spelled }
    }
}

/// Whether it is among the common words, whatever its case.
fn is_common(word: &str) -> bool {
    COMMON.binary_search_by(|common| common.bytes().cmp(word.bytes().map(|byte| byte.to_ascii_lowercase()))).is_ok()
}

fn is_letter(letter: char) -> bool {
    letter.is_alphabetic() || is_unknown(letter)
}

/// Whether it belongs to the script of most of Europe, and of Vietnamese.
fn is_latin(letter: char) -> bool {
    letter <= '\u{24f}' || matches!(letter, '\u{1e00}'..='\u{1eff}')
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, '\u{1a0}' | '\u{1a1}' | '\u{1af}' | '\u{1b0}' | '\u{1ea0}'..='\u{1ef9}')
        || matches!(letter.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
        || matches!(letter, '\u{c0}'..='\u{c6}' | '\u{c8}'..='\u{cf}' | '\u{d2}'..='\u{d6}' | '\u{d9}'..='\u{dd}')
        || matches!(letter, '\u{e0}'..='\u{e6}' | '\u{e8}'..='\u{ef}' | '\u{f2}'..='\u{f6}' | '\u{f9}'..='\u{fd}')
        || matches!(letter, '\u{100}'..='\u{105}' | '\u{112}'..='\u{11b}' | '\u{131}' | '\u{14c}'..='\u{153}')
}

/// What stands for a letter that the file does not tell.
fn is_unknown(letter: char) -> bool {
    // Accents that stand alone are what is left of letters that were lost.
    letter == char::REPLACEMENT_CHARACTER || matches!(letter, '\u{2b0}'..='\u{2ff}' | '\u{E000}'..='\u{F8FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, garbled: bool, usable: usize) {
        let sense = Sense::of(text);
        assert_eq!((sense.is_garbled(), sense.usable()), (garbled, usable), "{text}");
    }

    #[test]
    fn common_words_are_found() {
        assert!(COMMON.is_sorted() && COMMON.iter().all(|word| is_common(word) && word.len() <= LONGEST_COMMON));
        assert!(is_common("THE") && is_common("So") && !is_common("thee") && !is_common(""));
    }

    #[test]
    fn words_that_are_none_are_known() {
        let english = "Posy will have an hour of speech therapy in each week of the term. ".repeat(4);
        check(&english, false, 56);
        // The same letters, each moved along the alphabet, as a font without a map shows them.
        let moved =
            |letter: char| if letter == ' ' { ' ' } else { char::from(u8::try_from(letter).unwrap_or(b'?') ^ 3) };
        let plan = "Posy will have an hour of speech therapy in each week of the term, from a therapist who \
                    knows her well. School staff must write down what they did, and how long it took them. ";
        check(&plan.repeat(2).chars().map(moved).collect::<String>(), true, 0);
        check(&"\u{FFFD}\u{FFFD}\u{FFFD} ".repeat(50), true, 0);
        // Too little to tell, and figures.
        check("Qzr wvx", false, 2);
        check(&"12 45 7.5 ".repeat(50), false, 0);
        // The same few words again and again.
        check(&"TEST text35 qx ".repeat(30), false, 90);
        // A table of figures.
        let row =
            "FY15 RPK TTL ASK y.o.y Jqx Wvk zzt mnp qrs 7,723,293 102.6 35,390,384 104.0 46,235,058 81.3 77.7 1 2 3 4 ";
        check(&row.repeat(6), false, 60);
        // Marks of each term, and a sheet of signs.
        check(&"W1 W2 EX GD Y N WT PK B A 2b 3c ".repeat(6), false, 72);
        // Other languages.
        let french = "Le conseil municipal se réunit chaque mois pour examiner les demandes des écoles. ";
        check(&french.repeat(5), false, 65);
        check(&"Lorem ipsum dolor sit amet consectetur adipiscing elit. ".repeat(8), false, 64);
        check(&"Рада зустрічається щомісяця ".repeat(20), false, 60);
        let vietnamese = "Tất cả con người sinh ra đều tự do, bình đẳng về nhân phẩm và quyền. ";
        check(&vietnamese.repeat(4), false, 64);
        // Labels of a drawing in another language, and signs of formulas in letters of their own.
        check(&"Router Hidden Output Expert 𝐮𝑡𝑡𝑁𝑠 𝐡𝑡𝑁𝑟 Block Kuupäev Tähtaeg ".repeat(8), false, 72);
        // Its letters, and those of formulas.
        check(
            &"Дa Le conseil examine les demandes si x = z y r t + b c d f g h ".replace("Дa ", "").repeat(5),
            false,
            85,
        );
        // Names and addresses.
        let people = "Name Mara Oakes Address 4 Finch Close Ely Telephone 01632 960001 Relationship Mother ";
        check(&people.repeat(6), false, 60);
    }
}
