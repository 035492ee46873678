//! Template: a sentence of a rule file with `{placeholders}`, checked when the file is loaded.

/// A sentence with `{placeholders}`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    text: String,
}

impl Template {
    pub(crate) fn new(text: &str) -> Self {
        Self { text: text.trim().to_owned() }
    }

    /// As the rule's author wrote it, placeholders and all.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The names between braces, in order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.pieces().filter_map(|piece| match piece {
            Piece::Name(name) => Some(name),
            Piece::Words(_) => None,
        })
    }

    /// The sentence with each name replaced by its value; a name without one is left out, and so is the space before it.
    pub(crate) fn fill<'v>(&self, value: impl Fn(&str) -> Option<&'v str>) -> String {
        let mut filled = String::with_capacity(self.text.len());
        for piece in self.pieces() {
            match piece {
                Piece::Words(words) => filled.push_str(words),
                Piece::Name(name) => match value(name).filter(|value| !value.is_empty()) {
                    Some(value) => filled.push_str(value),
                    None => filled.truncate(filled.trim_end_matches(' ').len()),
                },
            }
        }
        filled
    }

    fn pieces(&self) -> impl Iterator<Item = Piece<'_>> {
        let mut rest = self.text.as_str();
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            if let Some((name, after)) = rest.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
                rest = after;
                return Some(Piece::Name(name));
            }
            let end = rest.char_indices().skip(1).find(|&(_, c)| c == '{').map_or(rest.len(), |(at, _)| at);
            let (words, after) = rest.split_at(end);
            rest = after;
            Some(Piece::Words(words))
        })
    }
}

enum Piece<'t> {
    Words(&'t str),
    Name(&'t str),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let values = [("section", "F"), ("quote", "up to")];
        let value = |name: &str| values.iter().find(|(known, _)| *known == name).map(|&(_, value)| value);
        assert_eq!(Template::new(text).fill(value), expected);
    }

    #[test]
    fn fills_names() {
        check("Section {section}: {quote}.", "Section F: up to.");
        check("{section}", "F");
        check("Nothing {here} to say.", "Nothing to say.");
        check("An open { brace", "An open { brace");
    }

    #[test]
    fn lists_names() {
        let template = Template::new("{a} and {b}");
        assert_eq!(template.names().collect::<Vec<_>>(), ["a", "b"]);
    }
}
