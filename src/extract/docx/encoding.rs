//! How the text of a part is written: read into UTF-8, and written back the way it was.

use super::tree::Fault;

/// The text of a part, its byte order mark included, and how the part is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// The text, in UTF-8.
    pub(crate) text: String,
    encoding: Encoding,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16Little,
    Utf16Big,
    Latin,
}

impl Written {
    /// Reads the bytes of a part: UTF-8, UTF-16, or Latin-1 where the part says so.
    pub(crate) fn read(bytes: Vec<u8>) -> Result<Self, Fault> {
        match bytes.as_slice() {
            [0xFF, 0xFE, ..] | [b'<', 0, ..] => Ok(utf16(&bytes, Encoding::Utf16Little, u16::from_le_bytes)),
            [0xFE, 0xFF, ..] | [0, b'<', ..] => Ok(utf16(&bytes, Encoding::Utf16Big, u16::from_be_bytes)),
            _ => String::from_utf8(bytes).map(|text| Self { text, encoding: Encoding::Utf8 }).or_else(|error| {
                let bytes = error.into_bytes();
                let declaration = String::from_utf8_lossy(&bytes[..bytes.len().min(120)]).to_ascii_lowercase();
                let latin =
                    ["iso-8859-1", "windows-1252", "latin1", "us-ascii"].iter().any(|name| declaration.contains(name));
                if latin {
                    let text = bytes.iter().map(|&byte| char::from(byte)).collect();
                    Ok(Self { text, encoding: Encoding::Latin })
                } else {
                    Err(Fault::Damaged("one of its parts is not written in Unicode"))
                }
            }),
        }
    }

    /// How many bytes of the text are its byte order mark.
    pub(crate) fn mark(&self) -> usize {
        if self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
    }

    /// The bytes of the part; what its encoding has no character for is written as a reference.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        match self.encoding {
            Encoding::Utf8 => self.text.clone().into_bytes(),
            Encoding::Utf16Little => self.text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16Big => self.text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Encoding::Latin => {
                let mut bytes = Vec::with_capacity(self.text.len());
                for c in self.text.chars() {
                    match u8::try_from(c) {
                        Ok(byte) => bytes.push(byte),
                        Err(_) => bytes.extend(format!("&#{};", u32::from(c)).into_bytes()),
                    }
                }
                bytes
            }
        }
    }
}

fn utf16(bytes: &[u8], encoding: Encoding, unit: fn([u8; 2]) -> u16) -> Written {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    Written { text, encoding }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn reads_what_xml_allows_and_writes_it_back() {
        let (marked, plain) = ("\u{feff}<a>\u{e9}\u{1f600}</a>", "<a>\u{e9}</a>");
        let latin = "<?xml version='1.0' encoding='ISO-8859-1'?><a>\u{e9}</a>";
        for (bytes, text, mark) in [
            (plain.as_bytes().to_vec(), plain, 0),
            (marked.as_bytes().to_vec(), marked, 3),
            (utf16(marked, u16::to_le_bytes), marked, 3),
            (utf16(marked, u16::to_be_bytes), marked, 3),
            (utf16(plain, u16::to_le_bytes), plain, 0),
            (latin.chars().map(|c| u8::try_from(c).expect("Latin")).collect(), latin, 0),
        ] {
            let written = Written::read(bytes.clone()).expect("readable");
            assert_eq!((written.text.as_str(), written.mark()), (text, mark));
            assert_eq!(written.bytes(), bytes);
        }
        assert!(Written::read(b"<a>\xE9</a>".to_vec()).is_err());
    }

    #[test]
    fn refers_to_what_latin_lacks() {
        let mut written = Written::read(b"<?xml encoding='latin1'?>\xE9".to_vec()).expect("readable");
        written.text.push('\u{201c}');
        assert!(written.bytes().ends_with(b"\xE9&#8220;"));
    }
}
