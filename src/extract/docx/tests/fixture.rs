//! Makes small Word files.

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The namespaces that fixtures may use.
const NAMESPACES: &str = concat!(
    "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' ",
    "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' ",
    "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' ",
    "xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing' ",
    "xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' ",
    "xmlns:wpg='http://schemas.microsoft.com/office/word/2010/wordprocessingGroup' ",
    "xmlns:w14='http://schemas.microsoft.com/office/word/2010/wordml' ",
    "xmlns:pic='http://schemas.openxmlformats.org/drawingml/2006/picture' ",
    "xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart' ",
    "xmlns:dgm='http://schemas.openxmlformats.org/drawingml/2006/diagram' ",
    "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math' ",
    "xmlns:v='urn:schemas-microsoft-com:vml' ",
    "xmlns:o='urn:schemas-microsoft-com:office:office' ",
    "xmlns:zz='urn:nobody-knows-this'",
);
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const RELATION_PARTS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A paragraph of runs and what else it holds.
pub(crate) fn p(inner: &str) -> String {
    format!("<w:p>{inner}</w:p>")
}

/// A run of plain words.
pub(crate) fn run(words: &str) -> String {
    format!("<w:r><w:t xml:space='preserve'>{words}</w:t></w:r>")
}

/// A content control.
pub(crate) fn sdt(properties: &str, inner: &str) -> String {
    format!("<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>")
}

/// A package in the making.
pub(crate) struct Fixture {
    main: String,
    /// The main part as it stands in the file.
    pub(crate) document: Vec<u8>,
    /// Id, role, target.
    relations: Vec<(String, String, String)>,
    parts: Vec<(String, Vec<u8>)>,
    pub(crate) backslashes: bool,
    strict: bool,
}

/// The XML of a part.
pub(crate) fn part(root: &str, inner: &str) -> String {
    format!("<?xml version='1.0' encoding='UTF-8'?><w:{root} {NAMESPACES}>{inner}</w:{root}>")
}

impl Fixture {
    /// A document with this body.
    pub(crate) fn body(inner: &str) -> Self {
        Self::document(part("document", &format!("<w:body>{inner}</w:body>")))
    }

    /// A document with this main part.
    pub(crate) fn document(xml: impl Into<Vec<u8>>) -> Self {
        Self {
            main: "word/document.xml".to_owned(),
            document: xml.into(),
            relations: Vec::new(),
            parts: Vec::new(),
            backslashes: false,
            strict: false,
        }
    }

    /// Puts the main part elsewhere.
    pub(crate) fn main(mut self, name: &str) -> Self {
        name.clone_into(&mut self.main);
        self
    }

    /// Adds a part of the document, `role` being the name of its outermost element; its relationship has the role for an id.
    pub(crate) fn part(self, role: &str, inner: &str) -> Self {
        self.related(role, role, part(role, inner))
    }

    /// Adds a header (`hdr`) or footer (`ftr`).
    pub(crate) fn furniture(self, id: &str, root: &str, inner: &str) -> Self {
        self.related(id, if root == "hdr" { "header" } else { "footer" }, part(root, inner))
    }

    /// Adds a part by relationship id and role.
    pub(crate) fn related(mut self, id: &str, role: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.relations.push((id.to_owned(), role.to_owned(), format!("{id}.xml")));
        self.parts.push((format!("word/{id}.xml"), bytes.into()));
        self
    }

    /// Adds an entry that no relationship leads to.
    pub(crate) fn entry(mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.parts.push((name.to_owned(), bytes.into()));
        self
    }

    /// Says that there is a part of this role, where there is none.
    pub(crate) fn lost(&mut self, role: &str) {
        self.relations.push((role.to_owned(), role.to_owned(), format!("{role}.xml")));
    }

    /// Writes the whole package with the names of strict files.
    pub(crate) fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// The file.
    pub(crate) fn build(self) -> Vec<u8> {
        let relation = |(id, role, target): &(String, String, String)| {
            format!("<Relationship Id='{id}' Type='{RELATIONS}/{role}' Target='{target}'/>")
        };
        let relations = |list: &[(String, String, String)]| {
            let inner: String = list.iter().map(relation).collect();
            format!("<Relationships xmlns='{RELATION_PARTS}'>{inner}</Relationships>").into_bytes()
        };
        let (folder, file) = self.main.rsplit_once('/').expect("the main part is in a folder");
        let root = [("rId1".to_owned(), "officeDocument".to_owned(), self.main.clone())];
        let mut parts = vec![
            ("_rels/.rels".to_owned(), relations(&root)),
            (format!("{folder}/_rels/{file}.rels"), relations(&self.relations)),
            (self.main.clone(), self.document),
        ];
        parts.extend(self.parts);
        if self.strict {
            for (_, bytes) in &mut parts {
                let text = String::from_utf8_lossy(bytes);
                let text = text.replace(RELATIONS, "http://purl.oclc.org/ooxml/officeDocument/relationships");
                *bytes = text.replace(WORD, "http://purl.oclc.org/ooxml/wordprocessingml/main").into_bytes();
            }
        }
        if self.backslashes {
            for (name, _) in &mut parts {
                *name = name.replace('/', "\\");
            }
        }
        zipped(&parts)
    }
}

/// A zip of these entries.
pub(crate) fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        writer.start_file(name.as_str(), options).expect("a new entry");
        writer.write_all(bytes).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}
