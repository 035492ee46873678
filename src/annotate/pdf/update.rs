//! What is appended to a PDF: objects, a table of where they stand, and the way back to the table before.

use super::raw::{dictionary, number, skip_space, value};
use std::collections::BTreeMap;
use std::io::Write as _;

/// How a file ends: what an update has to say again.
pub(super) struct Ending {
    /// Where its last table of contents begins.
    table: usize,
    /// That table is a stream.
    stream: bool,
    /// What it says of the file, as it stands there: name and value.
    kept: Vec<(&'static str, Vec<u8>)>,
    /// One more than the greatest number of an object.
    pub(super) size: u32,
    /// Its texts are encrypted.
    pub(super) encrypted: bool,
}

/// An update in the making. It begins with the file itself.
pub(super) struct Update {
    bytes: Vec<u8>,
    /// By the number of an object: its generation, and where it stands.
    places: BTreeMap<u32, (u16, usize)>,
    next: u32,
}

impl Ending {
    /// The ending of a file; `None` where its last table is not where the file says.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let mark = bytes.windows(9).rposition(|window| window == b"startxref")?;
        let table = usize::try_from(number(bytes, mark + 9)?.0).ok()?;
        let at = skip_space(bytes, table);
        let stream = !bytes.get(at..)?.starts_with(b"xref");
        let dictionary_at = if stream {
            let (_, end) = number(bytes, at)?;
            let (_, end) = number(bytes, end)?;
            let mark = skip_space(bytes, end);
            bytes.get(mark..)?.starts_with(b"obj").then_some(mark + 3)?
        } else {
            at + bytes.get(at..)?.windows(7).position(|window| window == b"trailer")? + 7
        };
        let (entries, _) = dictionary(bytes, dictionary_at)?;
        let entry = |name: &str| value(bytes, &entries, name.as_bytes());
        if stream && entry("Type") != Some(b"/XRef") {
            return None;
        }
        let kept = ["Root", "Info", "ID"].into_iter().filter_map(|name| Some((name, entry(name)?.to_vec())));
        let kept: Vec<_> = kept.collect();
        let size = u32::try_from(number(entry("Size")?, 0)?.0).ok()?;
        let rooted = kept.iter().any(|(name, _)| *name == "Root");
        rooted.then_some(Self { table, stream, kept, size, encrypted: entry("Encrypt").is_some() })
    }
}

impl Update {
    /// An update of `file`, whose new objects get numbers from `next` on.
    pub(super) fn new(file: &[u8], next: u32) -> Self {
        let mut bytes = file.to_vec();
        if !bytes.ends_with(b"\n") {
            bytes.push(b'\n');
        }
        Self { bytes, places: BTreeMap::new(), next }
    }

    /// The number of a new object.
    pub(super) fn number(&mut self) -> u32 {
        let number = self.next;
        self.next += 1;
        number
    }

    /// Writes an object: a new one, or a newer form of an old one.
    pub(super) fn object(&mut self, number: u32, generation: u16, body: &[u8]) {
        self.places.insert(number, (generation, self.bytes.len()));
        let _ = writeln!(self.bytes, "{number} {generation} obj");
        self.bytes.extend_from_slice(body);
        self.bytes.extend_from_slice(b"\nendobj\n");
    }

    /// Writes a stream.
    pub(super) fn stream(&mut self, number: u32, entries: &str, content: &[u8]) {
        let mut body = format!("<< {entries} /Length {} >>\nstream\n", content.len()).into_bytes();
        body.extend_from_slice(content);
        body.extend_from_slice(b"\nendstream");
        self.object(number, 0, &body);
    }

    /// The file with the update, whose table is of the same kind as the file's last one.
    pub(super) fn finished(mut self, ending: &Ending) -> Vec<u8> {
        let mut kept = Vec::new();
        for (name, value) in &ending.kept {
            let _ = write!(kept, "/{name} ");
            kept.extend_from_slice(value);
            kept.push(b' ');
        }
        let _ = write!(kept, "/Prev {}", ending.table);
        let table = self.bytes.len();
        if ending.stream {
            self.table_stream(&kept, table);
        } else {
            self.plain_table(&kept);
        }
        let _ = write!(self.bytes, "startxref\n{table}\n%%EOF\n");
        self.bytes
    }

    fn plain_table(&mut self, kept: &[u8]) {
        self.bytes.extend_from_slice(b"xref\n");
        for run in runs(&self.places) {
            let _ = writeln!(self.bytes, "{} {}", run.first().map_or(0, |(number, ..)| *number), run.len());
            for (_, generation, at) in run {
                let _ = writeln!(self.bytes, "{at:010} {generation:05} n ");
            }
        }
        let _ = write!(self.bytes, "trailer\n<< /Size {} ", self.next);
        self.bytes.extend_from_slice(kept);
        self.bytes.extend_from_slice(b" >>\n");
    }

    /// A stream lists itself, too.
    fn table_stream(&mut self, kept: &[u8], table: usize) {
        let number = self.number();
        self.places.insert(number, (0, table));
        let mut index = Vec::new();
        let mut content = Vec::new();
        for run in runs(&self.places) {
            let _ = write!(index, "{} {} ", run.first().map_or(0, |(number, ..)| *number), run.len());
            for (_, generation, at) in run {
                content.push(1);
                content.extend_from_slice(&u32::try_from(at).unwrap_or(u32::MAX).to_be_bytes());
                content.extend_from_slice(&generation.to_be_bytes());
            }
        }
        let mut body = format!(
            "<< /Type /XRef /Size {} /W [1 4 2] /Index [{}] ",
            self.next,
            String::from_utf8_lossy(&index).trim_end()
        )
        .into_bytes();
        body.extend_from_slice(kept);
        let _ = write!(body, " /Length {} >>\nstream\n", content.len());
        body.extend_from_slice(&content);
        body.extend_from_slice(b"\nendstream");
        self.object(number, 0, &body);
    }
}

/// Objects whose numbers follow one another: number, generation, place.
fn runs(places: &BTreeMap<u32, (u16, usize)>) -> Vec<Vec<(u32, u16, usize)>> {
    let mut runs: Vec<Vec<(u32, u16, usize)>> = Vec::new();
    for (&number, &(generation, at)) in places {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|(last, ..)| last + 1 == number) => run.push((number, generation, at)),
            _ => runs.push(vec![(number, generation, at)]),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_ending_of_a_file() {
        let file = b"%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 9/Root 1 0 R/ID[<ab><cd>]>>\nstartxref\n9\n%%EOF";
        let ending = Ending::of(file).expect("an ending");
        assert_eq!((ending.table, ending.stream, ending.size, ending.encrypted), (9, false, 9, false));
        assert_eq!(ending.kept, [("Root", b"1 0 R".to_vec()), ("ID", b"[<ab><cd>]".to_vec())]);
        let stream = b"%PDF-1.5\n7 0 obj <</Type/XRef/Size 8/Root 1 0 R/Encrypt 2 0 R>> stream\nstartxref 9";
        assert!(Ending::of(stream).is_some_and(|ending| ending.stream && ending.encrypted && ending.size == 8));
        for broken in ["", "startxref 9", "%PDF-1.4\nstartxref\n3\n", "%PDF-1.4 xref trailer <</Size 3>> startxref 9"] {
            assert!(Ending::of(broken.as_bytes()).is_none(), "{broken}");
        }
    }

    #[test]
    fn tables_list_objects_in_runs() {
        let file = b"%PDF-1.4 xref trailer <</Size 4/Root 1 0 R>> startxref 9";
        let ending = Ending::of(file).expect("an ending");
        let mut update = Update::new(file, ending.size);
        let (first, second) = (update.number(), update.number());
        update.object(2, 1, b"<<>>");
        update.object(first, 0, b"1");
        update.stream(second, "/A 1", b"abc");
        let done = update.finished(&ending);
        assert!(done.starts_with(file));
        for (at, object) in [(57, "2 1 obj"), (77, "4 0 obj"), (94, "5 0 obj"), (151, "xref")] {
            assert!(done[at..].starts_with(object.as_bytes()), "{object}");
        }
        let text = String::from_utf8_lossy(&done[file.len()..]);
        let expected = "\n2 1 obj\n<<>>\nendobj\n4 0 obj\n1\nendobj\n5 0 obj\n<< /A 1 /Length 3 >>\nstream\nabc\nendstream\nendobj\n\
                        xref\n2 1\n0000000057 00001 n \n4 2\n0000000077 00000 n \n0000000094 00000 n \n\
                        trailer\n<< /Size 6 /Root 1 0 R /Prev 9 >>\nstartxref\n151\n%%EOF\n";
        assert_eq!(text, expected);
    }
}
