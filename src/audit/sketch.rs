//! Sketch: what of a sentence is the same about another child, and near for near sentences.
//!
//! Near sentences are found by `MinHash` (Broder 1997) over runs of three words: the share of equal places of two sketches
//! estimates how many of their runs the sentences share.

use crate::audit::interval::mix;
use crate::plan::{NameWords, Plan};
use crate::text::{Folded, Memory};
use sha2::{Digest, Sha256};

/// Places of a sketch.
pub(crate) const PLACES: usize = 32;
/// Sentences with fewer words are the same by chance.
const FEWEST_SAME: usize = 6;
/// Sentences with fewer words have too few runs to be near.
const FEWEST_NEAR: usize = 9;
const RUN: usize = 3;

/// A sketch: one byte of the least hash for each of the places.
pub(crate) type Sketch = [u8; PLACES];

/// Key and sketch of words in which the child's names and every pronoun are levelled.
struct Sketched {
    key: u64,
    /// Its places as digits; none, where there are too few words.
    hex: String,
}

/// What sketches of one plan have in common: the words of the child's names, and how long they are, as one bit for each number of bytes.
pub(crate) struct Sketcher {
    names: NameWords,
    lengths: u64,
}

impl Sketcher {
    pub(crate) fn of(plan: &Plan) -> Self {
        let names = plan.profile().name_words();
        let lengths = names.iter().map(|part| 1 << part.len().min(LONG)).fold(0, |all: u64, one: u64| all | one);
        Self { names, lengths }
    }

    /// The key and the sketch of some words of the plan.
    pub(crate) fn sketch(&self, words: &str) -> (Option<u64>, String) {
        static SKETCHES: Memory<Sketched> = Memory::new();
        let (text, count) = self.levelled(&Folded::text_of(words));
        if count < FEWEST_SAME {
            return (None, String::new());
        }
        let known = SKETCHES.of(&text, || sketched(&text));
        (Some(known.key), known.hex.clone())
    }

    /// The words of a folded text, with the child's names and every pronoun levelled: what is left is what could be copied. And how
    /// many there are.
    fn levelled(&self, folded: &str) -> (String, usize) {
        let (mut text, mut count) = (String::with_capacity(folded.len()), 0);
        each_word(folded, |word| {
            if count > 0 {
                text.push(' ');
            }
            text.push_str(if is_pronoun(word) || self.is_name(word) { "*" } else { word });
            count += 1;
        });
        (text, count)
    }

    fn is_name(&self, word: &str) -> bool {
        let may = !word.is_ascii() || self.lengths >> word.len().min(LONG) & 1 == 1;
        may && self.names.has(word)
    }
}

/// Words of so many bytes and more are alike in length.
const LONG: usize = 63;

/// Hands over the words of a folded text. Nearly all of it is ASCII, of which a byte tells whether it parts words.
fn each_word<'w>(folded: &'w str, mut take: impl FnMut(&'w str)) {
    let mut take = |word: &'w str| {
        let word = bare(word);
        if !word.is_empty() {
            take(word);
        }
    };
    let mut rest = folded;
    while !rest.is_empty() {
        let mut ascii = true;
        let parts = |byte: u8| {
            ascii &= byte.is_ascii();
            byte.is_ascii() && !byte.is_ascii_alphanumeric() && byte != b'\''
        };
        let end = rest.bytes().position(parts).unwrap_or(rest.len());
        let run = rest.get(..end).unwrap_or_default();
        if ascii {
            take(run);
        } else {
            run.split(|c: char| !c.is_alphanumeric() && c != '\'').for_each(&mut take);
        }
        rest = rest.get(end + 1..).unwrap_or_default();
    }
}

/// A word without the quotes around it, and without "'s".
fn bare(word: &str) -> &str {
    if word.bytes().all(|byte| byte != b'\'') {
        return word;
    }
    word.strip_suffix("'s").unwrap_or(word).trim_matches('\'')
}

fn is_pronoun(word: &str) -> bool {
    matches!(
        word,
        "he" | "she" | "they" | "him" | "her" | "them" | "his" | "hers" | "their" | "theirs" | "i" | "my" | "me"
    )
}

fn sketched(text: &str) -> Sketched {
    let words: Vec<&str> = text.split(' ').collect();
    let mut hex = String::new();
    if words.len() >= FEWEST_NEAR {
        hex.reserve(PLACES * 2);
        for place in sketch(&words) {
            for digit in [place >> 4, place & 15] {
                hex.extend(char::from_digit(digit.into(), 16));
            }
        }
    }
    Sketched { key: hash(text), hex }
}

/// The first eight bytes of SHA-256.
pub(crate) fn hash(text: &str) -> u64 {
    let digest = Sha256::digest(text);
    digest.iter().take(8).fold(0, |number, &byte| number << 8 | u64::from(byte))
}

/// The sketch that these digits spell.
pub(crate) fn of_hex(hex: &str) -> Option<Sketch> {
    let mut sketch = [0; PLACES];
    if hex.len() != PLACES * 2 {
        return None;
    }
    for (place, digits) in sketch.iter_mut().zip(hex.as_bytes().chunks(2)) {
        let &[high, low] = digits else { return None };
        *place = digit(high)? << 4 | digit(low)?;
    }
    Some(sketch)
}

/// What a hexadecimal digit, in lower case, is worth.
fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

/// How many places of two sketches are equal.
pub(crate) fn equal_places(one: &Sketch, other: &Sketch) -> usize {
    one.iter().zip(other).filter(|(a, b)| a == b).count()
}

fn sketch(words: &[&str]) -> Sketch {
    let mut least = [u64::MAX; PLACES];
    for run in words.windows(RUN) {
        let run = fnv(run);
        let mut seed = 0u64;
        for place in &mut least {
            seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
            *place = (*place).min(mix(run ^ seed));
        }
    }
    least.map(|hash| u8::try_from(hash & 0xff).unwrap_or_default())
}

/// FNV-1a over the words, with a mark between them.
fn fnv(words: &[&str]) -> u64 {
    let add = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    words.iter().fold(0xcbf2_9ce4_8422_2325, |hash, word| add(word.bytes().fold(hash, add), 0xff))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    fn plan(name: &str) -> Plan {
        Plan::read(Document::from_notation(&format!(
            "# Education, Health and Care Plan\n\nName: {name}\n\n# Section A\n\nx"
        )))
    }

    #[test]
    fn the_child_does_not_count() {
        let (sam, ada) = (plan("Sam Hall"), plan("Ada Brook"));
        let of_sam = Sketcher::of(&sam).sketch("Sam will have a 20 minute session with his therapist every week.");
        let of_ada = Sketcher::of(&ada).sketch("Ada will have a 20 minute session with her therapist every week");
        assert_eq!(of_sam, of_ada);
        assert!(of_sam.0.is_some() && of_sam.1.len() == PLACES * 2);
        assert_ne!(
            of_sam.0,
            Sketcher::of(&sam).sketch("Sam will have a 30 minute session with his therapist every week.").0
        );
        assert_eq!(Sketcher::of(&sam).sketch("Sam likes trains."), (None, String::new()));
    }

    #[test]
    fn near_sentences_have_near_sketches() {
        let sam = plan("Sam Hall");
        let sketch = |words: &str| of_hex(&Sketcher::of(&sam).sketch(words).1).expect("enough words");
        let one = sketch(
            "The therapist will write a programme of twelve activities for the class team to use each day in the autumn term",
        );
        let near = sketch(
            "The therapist will write a programme of twelve activities for the class team to use each day in the spring term",
        );
        let other = sketch(
            "He finds it hard to tell sounds apart at the ends of words when the room is noisy and the task is new",
        );
        assert!(equal_places(&one, &near) > 20, "{}", equal_places(&one, &near));
        assert!(equal_places(&one, &other) < 5, "{}", equal_places(&one, &other));
        assert_eq!(of_hex("zz"), None);
    }
}
