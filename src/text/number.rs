//! Numbers and months as words.

/// Nought to twenty, as plans and Word's lists write them; the place is the number.
pub(crate) const NUMBER_WORDS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// January first.
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The number that a small word or some digits write: "three", "17".
pub(crate) fn small_number(word: &str) -> Option<u8> {
    let found = NUMBER_WORDS.iter().position(|known| *known == word);
    found.and_then(|found| u8::try_from(found).ok()).or_else(|| word.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_digits_are_numbers() {
        assert_eq!(["zero", "three", "twenty", "17"].map(small_number), [Some(0), Some(3), Some(20), Some(17)]);
        assert_eq!(["", "a", "threes", "-1", "300"].map(small_number), [None; 5]);
    }
}
