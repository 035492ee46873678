//! Sketch: what of a sentence is the same about another child, and near for near sentences.
//!
//! Near sentences are found by `MinHash` (Broder 1997) over runs of three words: the share of equal places of two sketches
//! estimates how many of their runs the sentences share.

use crate::audit::interval::mix;
use crate::plan::Plan;
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

/// What sketches of one plan have in common: how long the words of the child's names are, as one bit for each number of bytes.
pub(crate) struct Sketcher<'p> {
    plan: &'p Plan,
    lengths: u64,
}

impl<'p> Sketcher<'p> {
    pub(crate) fn of(plan: &'p Plan) -> Self {
        let parts = plan.profile().names.iter().flat_map(|name| name.text.split([' ', '\u{a0}']));
        let length = |part: &str| part.chars().flat_map(char::to_lowercase).map(char::len_utf8).sum::<usize>();
        let lengths = parts.map(|part| 1 << length(part).min(LONG)).fold(0, |all: u64, one: u64| all | one);
        Self { plan, lengths }
    }

    /// The key and the sketch of some words of the plan.
    pub(crate) fn sketch(&self, words: &str) -> (Option<u64>, String) {
        static SKETCHES: Memory<Sketched> = Memory::new();
        let folded = Folded::text_of(words);
        let words = self.levelled(&folded);
        if words.len() < FEWEST_SAME {
            return (None, String::new());
        }
        let text = words.join(" ");
        let known = SKETCHES.of(&text, || sketched(&text, &words));
        (Some(known.key), known.hex.clone())
    }

    /// The words of a folded text, with the child's names and every pronoun levelled: what is left is what could be copied.
    fn levelled<'w>(&self, folded: &'w str) -> Vec<&'w str> {
        let split = folded.split(|c: char| !c.is_alphanumeric() && c != '\'');
        split
            .map(|word| word.strip_suffix("'s").unwrap_or(word).trim_matches('\''))
            .filter(|word| !word.is_empty())
            .map(|word| match word {
                "he" | "she" | "they" | "him" | "her" | "them" | "his" | "hers" | "their" | "theirs" | "i" | "my"
                | "me" => "*",
                word if self.is_name(word) => "*",
                word => word,
            })
            .collect()
    }

    fn is_name(&self, word: &str) -> bool {
        let may = !word.is_ascii() || self.lengths >> word.len().min(LONG) & 1 == 1;
        may && self.plan.profile().is_name(word)
    }
}

/// Words of so many bytes and more are alike in length.
const LONG: usize = 63;

fn sketched(text: &str, words: &[&str]) -> Sketched {
    let mut hex = String::new();
    if words.len() >= FEWEST_NEAR {
        hex.reserve(PLACES * 2);
        for place in sketch(words) {
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
