//! How a number of a list is written: "iv", "c", "Third".

use crate::text::NUMBER_WORDS;

/// A number format of Word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Numeral {
    #[default]
    Decimal,
    DecimalZero,
    UpperRoman,
    LowerRoman,
    UpperLetter,
    LowerLetter,
    Ordinal,
    CardinalText,
    OrdinalText,
    Bullet,
    None,
}

impl Numeral {
    /// Reads `w:numFmt`. Formats of other scripts are written as plain numbers.
    pub(super) fn of(name: &str) -> Self {
        match name {
            "decimalZero" => Self::DecimalZero,
            "upperRoman" => Self::UpperRoman,
            "lowerRoman" => Self::LowerRoman,
            "upperLetter" => Self::UpperLetter,
            "lowerLetter" => Self::LowerLetter,
            "ordinal" => Self::Ordinal,
            "cardinalText" => Self::CardinalText,
            "ordinalText" => Self::OrdinalText,
            "bullet" => Self::Bullet,
            "none" => Self::None,
            _ => Self::Decimal,
        }
    }

    pub(super) fn write(self, number: u32) -> String {
        match self {
            Self::Decimal => number.to_string(),
            Self::DecimalZero => format!("{number:02}"),
            Self::UpperRoman => roman(number),
            Self::LowerRoman => roman(number).to_lowercase(),
            Self::UpperLetter => letters(number),
            Self::LowerLetter => letters(number).to_lowercase(),
            Self::Ordinal => format!("{number}{}", ordinal_ending(number)),
            Self::CardinalText => capitalised(&words(number)),
            Self::OrdinalText => capitalised(&ordinal_words(number)),
            Self::Bullet | Self::None => String::new(),
        }
    }
}

fn roman(mut number: u32) -> String {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number == 0 || number > 3999 {
        return number.to_string();
    }
    let mut written = String::new();
    for (value, letters) in STEPS {
        while number >= value {
            written.push_str(letters);
            number -= value;
        }
    }
    written
}

/// A to Z, then AA, BB: Word repeats the letter.
fn letters(number: u32) -> String {
    let Some(from_zero) = number.checked_sub(1).filter(|&n| n < 26 * 26) else { return number.to_string() };
    let letter = char::from(b'A' + u8::try_from(from_zero % 26).unwrap_or(0));
    std::iter::repeat_n(letter, from_zero as usize / 26 + 1).collect()
}

fn ordinal_ending(number: u32) -> &'static str {
    match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

fn words(number: u32) -> String {
    match (number, number as usize) {
        (0..=19, n) => NUMBER_WORDS[n].to_owned(),
        (20..=99, n) if n % 10 == 0 => TENS[n / 10].to_owned(),
        (20..=99, n) => format!("{}-{}", TENS[n / 10], NUMBER_WORDS[n % 10]),
        _ => number.to_string(),
    }
}

fn ordinal_words(number: u32) -> String {
    let cardinal = words(number);
    if number > 99 {
        return format!("{number}{}", ordinal_ending(number));
    }
    let (head, last) =
        cardinal.rsplit_once('-').map_or((String::new(), cardinal.as_str()), |(h, l)| (format!("{h}-"), l));
    let last = match last {
        "one" => "first".to_owned(),
        "two" => "second".to_owned(),
        "three" => "third".to_owned(),
        "five" => "fifth".to_owned(),
        "eight" => "eighth".to_owned(),
        "nine" => "ninth".to_owned(),
        "twelve" => "twelfth".to_owned(),
        tens if tens.ends_with('y') => format!("{}ieth", tens.trim_end_matches('y')),
        other => format!("{other}th"),
    };
    head + &last
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(format: &str, expected: &[(u32, &str)]) {
        for &(number, written) in expected {
            assert_eq!(Numeral::of(format).write(number), written, "{format} {number}");
        }
    }

    #[test]
    fn writes_numbers_as_word_does() {
        check("decimal", &[(1, "1"), (120, "120")]);
        check("decimalZero", &[(1, "01"), (12, "12")]);
        check("lowerRoman", &[(1, "i"), (4, "iv"), (49, "xlix"), (0, "0")]);
        check("upperRoman", &[(1999, "MCMXCIX"), (4000, "4000")]);
        check("lowerLetter", &[(1, "a"), (26, "z"), (27, "aa"), (53, "aaa"), (0, "0")]);
        check("ordinal", &[(1, "1st"), (2, "2nd"), (11, "11th"), (23, "23rd"), (112, "112th")]);
        check("cardinalText", &[(1, "One"), (40, "Forty"), (42, "Forty-two"), (100, "100")]);
        check("ordinalText", &[(1, "First"), (12, "Twelfth"), (20, "Twentieth"), (32, "Thirty-second")]);
        check("none", &[(3, "")]);
        check("somethingElse", &[(3, "3")]);
    }
}
