//! Files that are known and not read, by their content: what each is called, and what to do about it.

use crate::extract::ExtractError;

const SAVE_AS: &str =
    "Open it in the program it was made with, choose Save As, save it as .docx or PDF, and check that file.";
const PICTURE: &str = "A picture holds no text that can be checked. Ask the council for the Word file or a PDF with text in \
                       it. If pictures are all there is, put them into one PDF, and check that with --ocr.";
const ATTACHED: &str = "Open it, save the plan that is attached to it, and check that file.";
const WEB_PAGE: &str = "Open it in a browser, print it to PDF, and check that file.";
const UNPACK: &str = "Unpack it, and check the plan that is in it.";

/// Whether these bytes are of the kind, what it is called, with its article, and what to do.
type Row = (fn(&[u8]) -> bool, &'static str, &'static str);

/// Kinds of files, the surest sign first.
const RELATIVES: &[Row] = &[
    (|b| compound(b, "__properties_version"), "an e-mail (.msg)", ATTACHED),
    (
        |b| compound(b, "WordDocument"),
        "an old Word (.doc) file",
        "Open it in Word or LibreOffice, choose Save As, save it as .docx, and check that file.",
    ),
    (|b| compound(b, "Workbook"), "an old spreadsheet (.xls)", SAVE_AS),
    (|b| compound(b, "PowerPoint Document"), "an old presentation (.ppt)", SAVE_AS),
    (|b| compound(b, "Quill"), "a Publisher file (.pub)", SAVE_AS),
    (|b| compound(b, "") && !compound(b, "EncryptedPackage"), "an old Office file", SAVE_AS),
    (|b| b.starts_with(b"{\\rtf"), "a rich text (.rtf) file", SAVE_AS),
    (|b| zip_with(b, b"application/vnd.oasis.opendocument.text"), "an OpenDocument (.odt) file", SAVE_AS),
    (|b| zip_with(b, b"application/vnd.oasis.opendocument"), "an OpenDocument file", SAVE_AS),
    (
        |b| zip_with(b, b"Index/Document.iwa") || zip_with(b, b"index.xml.gz") || zip_with(b, b"QuickLook/"),
        "a Pages file",
        "Open it in Pages, choose File, Export To, Word, and check that file.",
    ),
    (|b| zip_with(b, b"FixedDocumentSequence.fdseq") || zip_with(b, b"FixedDocSeq"), "an XPS file", SAVE_AS),
    (|b| b.starts_with(b"\xFFWPC"), "a WordPerfect file", SAVE_AS),
    (|b| b.starts_with(b"\x31\xBE\0\0") || b.starts_with(b"\xDB\xA5\x2D\0"), "a very old Word (.doc) file", SAVE_AS),
    (|b| b.starts_with(b"%!PS"), "a PostScript file", SAVE_AS),
    (|b| b.starts_with(b"AT&TFORM"), "a DjVu file", SAVE_AS),
    (is_picture, "a picture", PICTURE),
    (
        |b| is_web_page(b) && holds(head(b), b"urn:schemas-microsoft-com:office"),
        "a web page that was saved by Word (it may be named .doc)",
        "Open it in Word, choose Save As, save it as .docx, and check that file.",
    ),
    (is_web_page, "a web page", WEB_PAGE),
    (
        |b| is_mail(b) && holds(&head(b).to_ascii_lowercase(), b"multipart/related"),
        "a web page in one file (.mht; it may be named .doc)",
        "Open it in Word or a browser, save it as .docx or print it to PDF, and check that file.",
    ),
    (is_mail, "an e-mail (.eml)", ATTACHED),
    (
        |b| b.trim_ascii_start().starts_with(b"{") && holds(head(b), b"docs.google.com/"),
        "a link to a Google document, and not the document",
        "Open it in the browser, choose File, Download, Microsoft Word, and check that file.",
    ),
    (
        |b| b.starts_with(b"\x1F\x8B") || b.starts_with(b"7z\xBC\xAF\x27\x1C") || b.starts_with(b"Rar!"),
        "a packed file",
        UNPACK,
    ),
    (
        |b| b.starts_with(b"MZ") || b.starts_with(b"\x7FELF"),
        "a program",
        "Do not run it. Ask whoever sent it for the plan as a Word file or a PDF.",
    ),
];

/// The error for a kind of file that is known and not read.
pub(crate) fn known_relative(bytes: &[u8]) -> Option<ExtractError> {
    let &(_, what, todo) = RELATIVES.iter().find(|(is, ..)| is(bytes))?;
    Some(ExtractError::Relative { what, todo })
}

/// Old Office files, Outlook messages and locked new ones share one container, which names its parts in UTF-16.
fn compound(bytes: &[u8], part: &str) -> bool {
    let name: Vec<u8> = part.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") && holds(bytes, &name)
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    memchr::memmem::find(bytes, what).is_some()
}

fn head(bytes: &[u8]) -> &[u8] {
    bytes.get(..bytes.len().min(4096)).unwrap_or_default()
}

fn zip_with(bytes: &[u8], what: &[u8]) -> bool {
    let tail = bytes.get(bytes.len().saturating_sub(65_536)..).unwrap_or_default();
    bytes.starts_with(b"PK\x03\x04") && (holds(head(bytes), what) || holds(tail, what))
}

fn is_picture(bytes: &[u8]) -> bool {
    let magics: [&[u8]; 7] = [b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"II*\0", b"MM\0*", b"II+\0", b"\0\0\0\x0CjP  "];
    let bitmap = bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]);
    let web = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    let camera = bytes.get(4..8) == Some(b"ftyp")
        && bytes.get(8..12).is_some_and(|brand| {
            [b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"].iter().any(|known| brand == *known)
        });
    let drawing = text_begins(bytes, &[b"<svg"]);
    magics.iter().any(|magic| bytes.starts_with(magic)) || bitmap || web || camera || drawing
}

fn is_web_page(bytes: &[u8]) -> bool {
    text_begins(bytes, &[b"<!doctype html", b"<html", b"<head", b"<body"])
}

/// Whether the first thing in a text, after marks, spaces, XML's own lines and comments, is one of these, in any case.
fn text_begins(bytes: &[u8], with: &[&[u8]]) -> bool {
    let lower = head(bytes).to_ascii_lowercase();
    let mut rest = lower.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&lower).trim_ascii_start();
    for (open, close) in [(&b"<?xml"[..], &b"?>"[..]), (b"<!--", b"-->"), (b"<!--", b"-->")] {
        if rest.starts_with(open)
            && let Some(end) = rest.windows(close.len()).position(|window| window == close)
        {
            rest = rest.get(end + close.len()..).unwrap_or_default().trim_ascii_start();
        }
    }
    with.iter().any(|start| rest.starts_with(start))
}

/// An e-mail begins with lines of headers that nobody writes by hand, and a plan with none.
fn is_mail(bytes: &[u8]) -> bool {
    const SURE: [&str; 5] = ["mime-version:", "message-id:", "received:", "return-path:", "delivered-to:"];
    if !may_begin_with_header(bytes) {
        return false;
    }
    let head = String::from_utf8_lossy(head(bytes)).to_lowercase();
    let mut lines = head.lines().take_while(|line| !line.is_empty()).peekable();
    let header = |line: &str| {
        line.starts_with([' ', '\t'])
            || line.split_once(':').is_some_and(|(name, _)| {
                !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
            })
    };
    let first = lines.peek().is_some_and(|line| header(line));
    let lines: Vec<&str> = lines.collect();
    let sure = lines.iter().filter(|line| SURE.iter().any(|name| line.starts_with(name))).count();
    let odd = lines.iter().filter(|line| !header(line)).count();
    first && sure > 0 && lines.len() > 1 && odd * 10 <= lines.len()
}

/// Whether the first line may be a header, as far as its first bytes tell: those of a Word file or a PDF say that it is none.
fn may_begin_with_header(bytes: &[u8]) -> bool {
    let name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    match head(bytes).iter().position(|byte| !name(byte)).and_then(|end| bytes.get(end).map(|byte| (end, byte))) {
        Some((0, byte)) => matches!(byte, b' ' | b'\t') || !byte.is_ascii(),
        Some((_, byte)) => *byte == b':' || !byte.is_ascii(),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Option<&str>) {
        let found = known_relative(bytes).map(|error| error.to_string());
        let shown = String::from_utf8_lossy(head(bytes)).into_owned();
        match expected {
            Some(expected) => {
                let found = found.unwrap_or_else(|| panic!("{shown:?} is not known"));
                assert!(found.contains(expected), "{shown:?}: {found}");
            }
            None => assert_eq!(found, None, "{shown:?}"),
        }
    }

    fn container(part: &str) -> Vec<u8> {
        let name: Vec<u8> = part.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], &[0; 600], &name].concat()
    }

    #[test]
    fn relatives_are_named() {
        check(&container("WordDocument"), Some("old Word (.doc) file"));
        check(&container("__properties_version1.0"), Some("e-mail (.msg)"));
        check(&container("Workbook"), Some("spreadsheet"));
        check(&container("Contents"), Some("old Office file"));
        check(b"{\\rtf1\\ansi Plan}", Some("rich text"));
        check(b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text", Some(".odt"));
        check(b"PK\x03\x04Index/Document.iwa", Some("Pages"));
        check(b"\x89PNG\r\n\x1A\n", Some("picture"));
        check(b"\xFF\xD8\xFF\xE0", Some("picture"));
        check(b"\0\0\0\x18ftypheic", Some("picture"));
        check(b"RIFF\x10\0\0\0WEBPVP8 ", Some("picture"));
        check(b"II*\0", Some("picture"));
        check(b"<?xml version='1.0'?>\n<svg xmlns='x'>", Some("picture"));
        check(b"\xEF\xBB\xBF \n<!DOCTYPE HTML PUBLIC><html>", Some("a web page"));
        check(b"<!-- saved -->\n<HTML><body>Plan", Some("a web page"));
        check(b"<html xmlns:o=\"urn:schemas-microsoft-com:office:office\">", Some("saved by Word"));
        check(
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x",
            Some("web page in one file"),
        );
        check(b"Received: from a\r\n by b\r\nSubject: Plan\r\nMessage-ID: <1@x>\r\n\r\nHello", Some("e-mail (.eml)"));
        check(b"{\"url\": \"https://docs.google.com/open?id=1\"}", Some("Google"));
        check(b"\x1F\x8B\x08\0", Some("packed"));
        check(b"MZ\x90\0", Some("program"));
    }

    #[test]
    fn plans_are_not_taken_for_relatives() {
        check(&container("EncryptedPackage"), None);
        check(b"%PDF-1.7\n", None);
        check(b"PK\x03\x04word/document.xml", None);
        check(b"To: the parents of Sam\nFrom: the council\nDate: 3 May 2026\nSubject: plan\n\nSection A", None);
        check(b"Section F: the message-id: of mime-version: 1.0\nand received: from", None);
        check(b"Section A: web pages begin with <html>.", None);
        check(b"", None);
    }
}
