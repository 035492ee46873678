//! The syntax of PDF, as far as it takes to add to a dictionary without writing it anew.

use std::ops::Range;

/// Deeper than any writer nests.
const DEPTH: usize = 64;

/// An entry of a dictionary: the bytes of its name without the slash, and of its value.
pub(super) type Entry = (Range<usize>, Range<usize>);

/// The entries of the dictionary that begins at `at`, after white space, and the byte after its end.
pub(super) fn dictionary(bytes: &[u8], at: usize) -> Option<(Vec<Entry>, usize)> {
    let mut at = skip_space(bytes, at);
    if bytes.get(at..at + 2)? != b"<<" {
        return None;
    }
    at += 2;
    let mut entries = Vec::new();
    loop {
        at = skip_space(bytes, at);
        match bytes.get(at)? {
            b'>' if bytes.get(at + 1) == Some(&b'>') => return Some((entries, at + 2)),
            b'/' => {
                let end = skip_object(bytes, at, DEPTH)?;
                let value = skip_space(bytes, end);
                let value_end = skip_value(bytes, value, DEPTH)?;
                entries.push((at + 1..end, value..value_end));
                at = value_end;
            }
            _ => return None,
        }
    }
}

/// The bytes of a value of the dictionary that begins at `at`.
pub(super) fn value<'b>(bytes: &'b [u8], entries: &[Entry], name: &[u8]) -> Option<&'b [u8]> {
    let found = entries.iter().find(|(key, _)| bytes.get(key.clone()) == Some(name))?;
    bytes.get(found.1.clone())
}

/// A whole number, with nothing before it but white space, and the byte after it.
pub(super) fn number(bytes: &[u8], at: usize) -> Option<(u64, usize)> {
    let from = skip_space(bytes, at);
    let digits = bytes.get(from..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let text = std::str::from_utf8(bytes.get(from..from + digits)?).ok()?;
    Some((text.parse().ok()?, from + digits))
}

/// The byte after white space and remarks.
pub(super) fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    loop {
        match bytes.get(at) {
            Some(0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ') => at += 1,
            Some(b'%') => {
                let rest = bytes.get(at..).unwrap_or_default();
                at += rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
            }
            _ => return at,
        }
    }
}

/// The byte after a value: an object, or a reference to one.
fn skip_value(bytes: &[u8], at: usize, depth: usize) -> Option<usize> {
    let reference = || {
        let (_, end) = number(bytes, at)?;
        let (_, end) = number(bytes, end)?;
        let mark = skip_space(bytes, end);
        (bytes.get(mark) == Some(&b'R') && mark > end).then_some(mark + 1)
    };
    reference().or_else(|| skip_object(bytes, at, depth))
}

/// The byte after an object.
fn skip_object(bytes: &[u8], at: usize, depth: usize) -> Option<usize> {
    let depth = depth.checked_sub(1)?;
    match bytes.get(at)? {
        b'(' => skip_string(bytes, at),
        b'<' if bytes.get(at + 1) == Some(&b'<') => skip_list(bytes, at + 2, b">>", depth),
        b'<' => Some(at + bytes.get(at..)?.iter().position(|&byte| byte == b'>')? + 1),
        b'[' => skip_list(bytes, at + 1, b"]", depth),
        b'>' | b']' | b')' | b'{' | b'}' => None,
        first => {
            let from = if *first == b'/' { at + 1 } else { at };
            let regular = |byte: &&u8| !byte.is_ascii_whitespace() && **byte != 0 && !b"()<>[]{}/%".contains(*byte);
            let length = bytes.get(from..)?.iter().take_while(regular).count();
            (length > 0 || *first == b'/').then_some(from + length)
        }
    }
}

fn skip_list(bytes: &[u8], mut at: usize, end: &[u8], depth: usize) -> Option<usize> {
    loop {
        at = skip_space(bytes, at);
        if bytes.get(at..)?.starts_with(end) {
            return Some(at + end.len());
        }
        at = skip_object(bytes, at, depth)?;
    }
}

fn skip_string(bytes: &[u8], at: usize) -> Option<usize> {
    let mut open = 0_usize;
    let mut escaped = false;
    for (index, &byte) in bytes.get(at..)?.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => open += 1,
            b')' if open == 1 => return Some(at + index + 1),
            b')' => open -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&[(&str, &str)]>) {
        let found = dictionary(text.as_bytes(), 0).map(|(entries, end)| {
            assert_eq!(end, text.trim_end_matches("rest").len());
            entries.into_iter().map(|(key, value)| (&text[key], &text[value])).collect::<Vec<_>>()
        });
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn finds_what_a_dictionary_holds() {
        check(
            "<</Type/Page/Parent 3 0 R/Rotate 90>>rest",
            Some(&[("Type", "/Page"), ("Parent", "3 0 R"), ("Rotate", "90")]),
        );
        check(
            "<< /A [1 2 (]>>) <</B <ff>>>] /C (a\\)b(c)) % >>\n /D null >>",
            Some(&[("A", "[1 2 (]>>) <</B <ff>>>]"), ("C", "(a\\)b(c))"), ("D", "null")]),
        );
        check("<</MediaBox[0 0 10 20]/Empty()>>", Some(&[("MediaBox", "[0 0 10 20]"), ("Empty", "()")]));
        for broken in ["", "<<", "<</A", "<</A 1", "<</A (>>", "<</A [1>>", "<< 1 2 >>", "[/A]"] {
            check(broken, None);
        }
        assert!(dictionary(("<</A ".to_owned() + &"[".repeat(100_000)).as_bytes(), 0).is_none());
    }
}
