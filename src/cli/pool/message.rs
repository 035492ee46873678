//! Message: what two processes of this program say to each other: a list of fields, each with its length before it.

use std::ffi::{OsStr, OsString};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// No message has more fields: a number that is larger was never written by [`Message::write`].
const MOST_FIELDS: u64 = 64;
/// Room is made at once for fields of so many bytes; the length of a longer one may be a mistake.
const READY: u64 = 1 << 20;

/// A message that is being made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Message(Vec<Vec<u8>>);

/// The fields of a message that came, to be taken in their order.
#[derive(Debug)]
pub(crate) struct Fields(std::vec::IntoIter<Vec<u8>>);

impl Message {
    /// Adds a field.
    pub(crate) fn bytes(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.0.push(bytes.into());
        self
    }

    pub(crate) fn text(self, text: &str) -> Self {
        self.bytes(text)
    }

    pub(crate) fn number(self, number: usize) -> Self {
        self.bytes(number.to_string())
    }

    pub(crate) fn numbers(self, numbers: impl IntoIterator<Item = usize>) -> Self {
        let numbers: Vec<String> = numbers.into_iter().map(|number| number.to_string()).collect();
        self.bytes(numbers.join(" "))
    }

    /// A path can hold anything, and need not be text.
    pub(crate) fn path(self, path: &Path) -> Self {
        self.bytes(path_to_bytes(path))
    }

    /// Writes it whole.
    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(&(self.0.len() as u64).to_le_bytes())?;
        for field in &self.0 {
            out.write_all(&(field.len() as u64).to_le_bytes())?;
            out.write_all(field)?;
        }
        out.flush()
    }
}

impl Fields {
    /// The next message, of at most so many bytes; none where there is no more, or where it is none.
    pub(crate) fn read(input: &mut impl Read, most: u64) -> Option<Self> {
        let count = number(input)?;
        if count > MOST_FIELDS {
            return None;
        }
        let mut left = most;
        let mut fields = Vec::new();
        for _ in 0..count {
            let length = number(input)?;
            left = left.checked_sub(length)?;
            let mut field = Vec::with_capacity(usize::try_from(length.min(READY)).unwrap_or(0));
            if input.take(length).read_to_end(&mut field).ok()? as u64 != length {
                return None;
            }
            fields.push(field);
        }
        Some(Self(fields.into_iter()))
    }

    pub(crate) fn bytes(&mut self) -> Option<Vec<u8>> {
        self.0.next()
    }

    pub(crate) fn text(&mut self) -> Option<String> {
        String::from_utf8(self.bytes()?).ok()
    }

    pub(crate) fn number(&mut self) -> Option<usize> {
        self.text()?.parse().ok()
    }

    pub(crate) fn numbers(&mut self) -> Option<Vec<usize>> {
        self.text()?.split_whitespace().map(|number| number.parse().ok()).collect()
    }

    pub(crate) fn path(&mut self) -> Option<PathBuf> {
        self.bytes().map(path_of_bytes)
    }
}

/// A path as bytes.
pub(crate) fn path_to_bytes(path: &Path) -> Vec<u8> {
    of_os(path.as_os_str())
}

/// The path that these bytes are.
pub(crate) fn path_of_bytes(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(to_os(bytes))
}

fn number(input: &mut impl Read) -> Option<u64> {
    let mut bytes = [0; 8];
    input.read_exact(&mut bytes).ok()?;
    Some(u64::from_le_bytes(bytes))
}

#[cfg(unix)]
fn of_os(name: &OsStr) -> Vec<u8> {
    std::os::unix::ffi::OsStrExt::as_bytes(name).to_vec()
}

#[cfg(unix)]
fn to_os(bytes: Vec<u8>) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes)
}

#[cfg(not(unix))]
fn of_os(name: &OsStr) -> Vec<u8> {
    name.to_string_lossy().into_owned().into_bytes()
}

#[cfg(not(unix))]
fn to_os(bytes: Vec<u8>) -> OsString {
    OsString::from(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(message: &Message) -> Vec<u8> {
        let mut bytes = Vec::new();
        message.write(&mut bytes).expect("written");
        bytes
    }

    fn read(bytes: &[u8], most: u64) -> Option<Vec<Vec<u8>>> {
        Fields::read(&mut &*bytes, most).map(|fields| fields.0.collect())
    }

    #[test]
    fn what_was_written_is_read() {
        let message = Message::default().text("a\nb").number(7).numbers([1, 20]).bytes([0, 255]).text("");
        let mut two = written(&message);
        two.extend(written(&Message::default()));
        let mut input = two.as_slice();
        let mut fields = Fields::read(&mut input, 100).expect("a message");
        assert_eq!(fields.text().as_deref(), Some("a\nb"));
        assert_eq!((fields.number(), fields.numbers()), (Some(7), Some(vec![1, 20])));
        assert_eq!((fields.bytes(), fields.bytes()), (Some(vec![0, 255]), Some(Vec::new())));
        assert!(fields.bytes().is_none());
        assert!(Fields::read(&mut input, 100).is_some_and(|mut none| none.bytes().is_none()));
        assert!(Fields::read(&mut input, 100).is_none());
    }

    #[test]
    fn what_is_torn_too_long_or_no_message_is_none() {
        let message = written(&Message::default().text("four").text("five!"));
        assert!(read(&message, 9).is_some());
        assert!(read(&message, 8).is_none());
        for cut in 0..message.len() {
            assert!(read(&message[..cut], 100).is_none(), "{cut}");
        }
        assert!(read(b"warning: something\nelse", 1 << 40).is_none());
        assert!(read(&u64::MAX.to_le_bytes(), u64::MAX).is_none());
    }

    #[cfg(unix)]
    #[test]
    fn paths_need_not_be_text() {
        let path = PathBuf::from(to_os(vec![b'a', 0xff, b'\n']));
        let bytes = written(&Message::default().path(&path));
        assert_eq!(Fields::read(&mut bytes.as_slice(), 100).and_then(|mut fields| fields.path()), Some(path));
    }
}
