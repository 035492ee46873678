//! Check digits: whether a number can be an NHS number or a unique pupil number.

/// Ten digits, the last of which is the modulus-11 check digit.
pub(crate) fn is_nhs_number(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
    let [first @ .., last] = digits.as_slice() else { return false };
    if first.len() != 9 || first.iter().all(|digit| digit == last) {
        return false;
    }
    let sum: u32 = first.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    (11 - sum % 11) % 11 == *last && 11 - sum % 11 != 10
}

/// A letter and twelve characters; the letter is the modulus-23 check of the rest.
pub(crate) fn is_pupil_number(text: &str) -> bool {
    const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRTUVWXYZ";
    let characters: Vec<u8> = text.bytes().filter(u8::is_ascii_alphanumeric).collect();
    let [check, rest @ ..] = characters.as_slice() else { return false };
    let value = |byte: u8| match byte {
        b'0'..=b'9' => Some(u32::from(byte - b'0')),
        byte => LETTERS.iter().position(|&letter| letter == byte).and_then(|index| u32::try_from(index).ok()),
    };
    let sum =
        rest.iter().zip(2u32..).map(|(&byte, weight)| value(byte).map(|value| value * weight)).sum::<Option<u32>>();
    let right = sum.and_then(|sum| LETTERS.get(usize::try_from(sum % 23).ok()?));
    rest.len() == 12 && right == Some(check)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_the_digits() {
        assert!(is_nhs_number("943 476 5919"));
        assert!(!is_nhs_number("943 476 5918") && !is_nhs_number("111 111 1111") && !is_nhs_number("12"));
        // 2·8 + 4·1 + 5·2 + 10·1 + 13·1 = 53, and 53 mod 23 is 7: the letter is H.
        assert!(is_pupil_number("H801200001001") && is_pupil_number("H 8012 0000 1001"));
        assert!(!is_pupil_number("A801200001001") && !is_pupil_number("H801200001002"));
    }
}
