//! The beginning of some words, cut between words.

/// The words on one line; where they are longer than `longest` characters, their beginning and an ellipsis.
pub(crate) fn shorten(words: &str, longest: usize) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= longest {
        return words;
    }
    let cut: String = words.chars().take(longest).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(most, _)| most);
    format!("{cut}\u{2026}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortens_between_words() {
        assert_eq!(shorten("a\nb", 90), "a b");
        let long = "word ".repeat(40);
        assert!(shorten(&long, 90).ends_with("word\u{2026}") && shorten(&long, 90).chars().count() <= 91);
    }
}
