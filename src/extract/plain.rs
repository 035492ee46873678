//! Text files and standard input, in the plain notation.

use crate::document::Document;
use crate::extract::{Access, ExtractError, Format};
use std::borrow::Cow;

pub(crate) const FORMAT: Format = Format { name: "text", sniff, own: true, read, asides: |_, _| Vec::new() };

/// Text is what has no zero byte and few other control characters in its first 8 KiB, in UTF-8 or Windows' own letters; or what
/// says that it is UTF-16, as Notepad writes it.
fn sniff(bytes: &[u8]) -> bool {
    if wide(bytes).is_some() {
        return true;
    }
    let head = &bytes[..bytes.len().min(8192)];
    let odd = head.iter().filter(|&&b| b < 32 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    !head.contains(&0) && odd * 100 <= head.len()
}

fn read(bytes: &[u8], _: &Access) -> Result<Document, ExtractError> {
    let document = Document::from_notation(&decoded(bytes));
    if document.blocks().is_empty() {
        return Err(ExtractError::NoText { format: "text", what: "it holds only blank lines" });
    }
    Ok(document)
}

/// The text of a file that an editor or a spreadsheet wrote: UTF-8 or UTF-16, without its mark, or else Windows' own letters.
pub fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match (wide(bytes), std::str::from_utf8(bytes)) {
        (Some(text), _) => text.into(),
        (None, Ok(text)) => text.into(),
        (None, Err(_)) => bytes.iter().map(|&byte| of_windows(byte)).collect(),
    }
}

/// UTF-16 with its mark.
fn wide(bytes: &[u8]) -> Option<String> {
    let (unit, rest): (fn([u8; 2]) -> u16, _) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (u16::from_le_bytes, rest),
        [0xFE, 0xFF, rest @ ..] => (u16::from_be_bytes, rest),
        _ => return None,
    };
    let units = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text: String = char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    (!text.contains('\0')).then_some(text)
}

/// A letter of Windows-1252, which is Latin-1 but for quotation marks, dashes and a few more.
fn of_windows(byte: u8) -> char {
    const OWN: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    let own = byte.checked_sub(0x80).and_then(|place| OWN.get(usize::from(place)));
    own.copied().unwrap_or_else(|| char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_the_encodings_of_editors() {
        let wanted = "Section F\n\nSam’s help – £5 a week";
        let wide = |mark: &[u8], of: fn(u16) -> [u8; 2]| {
            [mark, &wanted.encode_utf16().flat_map(of).collect::<Vec<u8>>()].concat()
        };
        for bytes in [
            wanted.as_bytes().to_vec(),
            [b"\xEF\xBB\xBF", wanted.as_bytes()].concat(),
            wide(b"\xFF\xFE", u16::to_le_bytes),
            wide(b"\xFE\xFF", u16::to_be_bytes),
            b"Section F\n\nSam\x92s help \x96 \xA35 a week".to_vec(),
        ] {
            assert!(sniff(&bytes));
            let document = read(&bytes, &Access::default()).expect("text");
            assert!(document.text().ends_with("Sam’s help – £5 a week"), "{}", document.text());
        }
        assert!(!sniff(b"\xFF\xFE\0\0\0\0") && !sniff(b"a\0b"));
    }
}
