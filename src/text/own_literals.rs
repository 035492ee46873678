//! Finds what stands in a source file as it is: regular expressions, which `build.rs` makes ready, and words, which it notes as told apart.

/// What every `own_pattern!` of a source file is made from, where that is one literal or a row of them (`concat!`). Those that
/// are put together when the program runs are left out: they are read when they are first asked.
pub(crate) fn own_literals(source: &str) -> Vec<String> {
    let mut rest = source;
    let mut found = Vec::new();
    while let Some((_, after)) = rest.split_once("own_pattern!(") {
        found.extend(argument(after));
        rest = after;
    }
    found
}

/// Every word and number that stands as a literal in a source file, before its tests: two tokens may be told apart by it.
pub(crate) fn own_words(source: &str) -> impl Iterator<Item = &str> {
    // Something for tests alone may stand in the middle of a file.
    let source = source.split("\nmod tests {").next().unwrap_or_default();
    // Where a mark of quotation opens and where it closes is not asked: what lies between two literals is no word.
    source.split('"').filter(|piece| {
        !piece.is_empty()
            && piece.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'\'')
    })
}

/// The literals of a macro's argument, put together, if nothing else stands in it.
fn argument(source: &str) -> Option<String> {
    let source = source.trim_start();
    let (mut words, mut rest) = match source.strip_prefix("concat!(") {
        None => literal(source)?,
        Some(inside) => {
            let (mut words, mut rest) = literal(inside.trim_start())?;
            loop {
                let after = rest.strip_prefix(',').unwrap_or(rest).trim_start();
                if let Some(end) = after.strip_prefix(')') {
                    break (words, end.trim_start());
                }
                let (more, end) = literal(after)?;
                words.push_str(&more);
                rest = end;
            }
        }
    };
    rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    words.shrink_to_fit();
    rest.starts_with(')').then_some(words)
}

/// What the string literal says with which `source` begins, and what follows it, without the white space between.
fn literal(source: &str) -> Option<(String, &str)> {
    let (words, rest) = match source.strip_prefix('r') {
        Some(raw) => {
            let fence = &raw[..raw.find('"')?];
            if fence.chars().any(|c| c != '#') {
                return None;
            }
            let (words, rest) = raw[fence.len() + 1..].split_once(&format!("\"{fence}"))?;
            (words.to_owned(), rest)
        }
        None => escaped(source.strip_prefix('"')?)?,
    };
    Some((words, rest.trim_start()))
}

/// What a literal with escapes says up to the quotation mark that ends it, and what follows. `None` at an escape that patterns
/// have no use for.
fn escaped(source: &str) -> Option<(String, &str)> {
    let mut words = String::new();
    let mut chars = source.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((words, &source[at + 1..])),
            '\\' => match chars.next()?.1 {
                same @ ('\\' | '"' | '\'') => words.push(same),
                _ => return None,
            },
            _ => words.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[&str]) {
        assert_eq!(own_literals(source), expected, "{source}");
    }

    #[test]
    fn literals_are_found() {
        check(r#"own_pattern!(r"\bSam\b")"#, &[r"\bSam\b"]);
        check("own_pattern!(\n    r#\"say \"so\"\"#,\n)", &["say \"so\""]);
        check(r#"own_pattern!("a\\d\"") own_pattern!("b")"#, &["a\\d\"", "b"]);
        check("own_pattern!(concat!(\n r\"(?i)one\",\n  \"|two\" ,\n))", &["(?i)one|two"]);
        check("own_pattern!(concat!(r\"a\", \"b\"))", &["ab"]);
    }

    #[test]
    fn words_are_found_before_the_tests() {
        let source = "#[cfg(test)]\nfn shown() {}\nmatches!(text, \"mrs\" | \"24\") && end == \"'s\" || say(\"no word\")\nmod tests {\"sam\"}";
        assert_eq!(own_words(source).collect::<Vec<_>>(), ["mrs", "24", "'s"]);
    }

    #[test]
    fn what_is_put_together_later_is_left_out() {
        check(r#"own_pattern!(&format!("{a}b")) own_pattern!(pattern) own_pattern!(concat!("a", B))"#, &[]);
        check(r#"own_pattern!("a" + b) own_pattern!("a\u{62}") own_pattern!("never ends"#, &[]);
    }
}
