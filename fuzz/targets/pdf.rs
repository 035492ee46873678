//! PDF files, and pages: what does not begin like a PDF is drawn on a page of one.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"%PDF-") {
        promises::of_bytes(bytes);
    } else {
        promises::of_bytes(&page(bytes));
    }
});

/// A PDF of one page with this content, uncompressed, so that a changed byte is a changed drawing.
fn page(content: &[u8]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n\
        1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 6 0 R/Resources<</Font<</F1 4 0 R/F2 5 0 R>>>>>>endobj\n\
        4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n\
        5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>endobj\n"
        .to_vec();
    file.extend_from_slice(format!("6 0 obj<</Length {}>>stream\n", content.len()).as_bytes());
    file.extend_from_slice(content);
    file.extend_from_slice(b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
    file
}
