#!/usr/bin/env python3
"""Makes files that somebody would make to do harm, and runs every command over each of them.

    corpus/nasty.py BINARY FOLDER [--only WORDS]

The files are made in FOLDER/files, if they are not there yet; what is wrong stands in their names. For each command the exit
status has to be one of ours, nothing may take more than 10 seconds of work or 1 GiB, a report is there whole or not at all,
nothing that steers a terminal comes out, and the program never says that something went wrong inside it. A line for each run
that failed or ended at a limit, and a table of the slowest and heaviest.
"""
import argparse
import json
import multiprocessing
import os
import pathlib
import struct
import subprocess
import sys
import time
import zipfile
import zlib

SECONDS, MEBIBYTES = 10, 1024
MOST_READ = 20_000_000
WORDS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Default Extension="xml" ContentType="application/xml"/>'
         '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
         'wordprocessingml.document.main+xml"/></Types>')
RELATIONS = ('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}'
             '</Relationships>')
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MAIN = f'<Relationship Id="r" Type="{OFFICE}officeDocument" Target="word/document.xml"/>'
STEER = "\u001b[31mred\u001b]0;title\u0007 \u009b1m \u202eturned\u202c \u2066x\u2069 \u0000"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'--></style>"
FORMULA = "=HYPERLINK(\"http://x\",\"y\") +1 -1 @SUM(A1) | cmd"


def paragraph(words, properties=""):
    words = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


PLAN = "".join(map(paragraph, [
    "Education, Health and Care Plan", "Section A", "Sam likes trains.", "Section B", "Sam has difficulty with language.",
    "Section E", "Sam will talk more.", "Section F", "Sam will have access to speech therapy as appropriate.", "Section I",
    "Hill School"]))


def docx(body, parts=(), relations="", start=""):
    def make(path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
            package.writestr("[Content_Types].xml", TYPES)
            package.writestr("_rels/.rels", RELATIONS.format(MAIN))
            package.writestr("word/_rels/document.xml.rels", RELATIONS.format(relations))
            package.writestr("word/document.xml",
                             start + f'<w:document {WORDS}><w:body>{body}</w:body></w:document>' if isinstance(body, str) else body)
            for name, data in parts:
                package.writestr(name, data)
    return make


def pdf(objects, root=1, tail=b""):
    """Objects by number, each bytes."""
    def make(path):
        with open(path, "wb") as file:
            file.write(b"%PDF-1.7\n")
            places = {}
            for number, body in objects.items():
                places[number] = file.tell()
                file.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
            start = file.tell()
            size = max(objects) + 1
            file.write(b"xref\n0 %d\n" % size)
            for number in range(size):
                file.write(b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n")
            file.write(b"trailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, start) + tail)
    return make


def stream(data, extra=b"", squeeze=True):
    if squeeze:
        data, extra = zlib.compress(data, 9), extra + b"/Filter/FlateDecode"
    return b"<</Length %d%s>>stream\n" % (len(data), extra) + data + b"\nendstream"


FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
LINES = ["Education, Health and Care Plan", "Section A", "Sam likes trains.", "Section B", "Sam has difficulty with language.",
         "Section E", "Sam will talk more.", "Section F", "Sam will have access to speech therapy as appropriate.", "Section I",
         "Hill School"]


def shown(lines, top=780, step=14, size=11):
    out = []
    for number, line in enumerate(lines):
        line = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        out.append(f"BT /F1 {size} Tf 50 {top - step * number} Td ({line}) Tj ET")
    return "\n".join(out).encode("latin-1", "replace")


def page(content, resources=b"", catalog=b"", more=None, box=b"[0 0 600 800]", extra=b""):
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>%s>>%s>>" % (box, resources, extra),
        4: content if content.startswith(b"<<") else stream(content),
        5: FONT,
    }
    objects.update(more or {})
    return pdf(objects)


def table(rows, columns, cell="x"):
    row = "<w:tr>" + f"<w:tc>{paragraph(cell)}</w:tc>" * columns + "</w:tr>"
    return "<w:tbl>" + row * rows + "</w:tbl>"


def lying_sizes(path):
    docx(paragraph("a " * 40_000_000))(path)
    data = bytearray(path.read_bytes())
    name = b"word/document.xml"
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = 0
        while (start := data.find(mark, start)) >= 0:
            where = start + (30 if mark[2] == 3 else 46)
            if data[where:where + len(name)] == name:
                data[start + at:start + at + 4] = struct.pack("<I", 10)
            start += 4
    path.write_bytes(data)


def many_names_one_part(path):
    docx(PLAN)(path)
    data = path.read_bytes()
    end = data.rfind(b"PK\x05\x06")
    count, size, start = struct.unpack("<HII", data[end + 10:end + 20])
    central = data[start:start + size]
    entry = central[central.rfind(b"PK\x01\x02"):]
    copies = 65000
    path.write_bytes(data[:start] + central + entry * copies
                     + data[end:end + 8] + struct.pack("<HHII", count + copies - 1 & 0xffff, count + copies & 0xffff,
                                                        size + len(entry) * copies, start) + data[end + 20:])


def in_itself(depth):
    def make(path):
        inner = b"no file"
        for number in range(depth):
            docx(PLAN + f'<w:altChunk r:id="c" xmlns:r="{OFFICE[:-1]}"/>', [("word/inner.docx", inner)],
                 f'<Relationship Id="c" Type="{OFFICE}aFChunk" Target="inner.docx"/>')(path)
            inner = path.read_bytes()
    return make


def numbering(text, start, count):
    levels = "".join(f'<w:lvl w:ilvl="{n}"><w:start w:val="{start}"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="{text}"/></w:lvl>'
                     for n in range(9))
    part = (f'<w:numbering {WORDS}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>')
    item = '<w:pPr><w:numPr><w:ilvl w:val="8"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    return docx(PLAN + paragraph("Regular help as needed.", item) * count, [("word/numbering.xml", part)],
                f'<Relationship Id="n" Type="{OFFICE}numbering" Target="numbering.xml"/>')


def styles(xml, body):
    return docx(body, [("word/styles.xml", f'<w:styles {WORDS}>{xml}</w:styles>')],
                f'<Relationship Id="s" Type="{OFFICE}styles" Target="styles.xml"/>')


def notes(count):
    inside = "".join(f'<w:footnote w:id="{n}">{paragraph(f"Note {n} as needed.")}'
                     f'<w:p><w:r><w:footnoteReference w:id="{n}"/></w:r></w:p></w:footnote>' for n in range(count))
    references = "".join(f'<w:r><w:footnoteReference w:id="{n}"/></w:r>' for n in range(count))
    return docx(PLAN + f"<w:p>{references}</w:p>", [("word/footnotes.xml", f'<w:footnotes {WORDS}>{inside}</w:footnotes>')],
                f'<Relationship Id="n" Type="{OFFICE}footnotes" Target="footnotes.xml"/>')


def text(words):
    return lambda path: path.write_bytes(words if isinstance(words, bytes) else words.encode("utf-8", "surrogatepass"))


def lines(words, count):
    return "\n\n".join(words.format(n=n) for n in range(count))


def tree(fan, depth):
    """A tree of pages whose nodes are shared, so that it has fan**depth leaves."""
    objects = {1: b"<</Type/Catalog/Pages 10 0 R>>", 3: b"<</Type/Page/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
               4: stream(shown(LINES)), 5: FONT}
    for level in range(depth):
        below = b"3 0 R " if level == depth - 1 else b"%d 0 R " % (11 + level)
        objects[10 + level] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (fan ** (depth - level), below * fan)
    return pdf(objects)


def pages(count, content):
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>", 4: stream(content), 5: FONT}
    kids = b" ".join(b"%d 0 R" % (10 + n) for n in range(count))
    objects[2] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids)
    for n in range(count):
        objects[10 + n] = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
    return pdf(objects)


def forms(fan, depth, last=b"BT /F1 9 Tf 50 50 Td (as appropriate) Tj ET"):
    more = {}
    for level in range(depth):
        at = 20 + level
        inner = last if level == depth - 1 else b"/X Do " * fan
        extra = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F1 5 0 R>>/XObject<</X %d 0 R>>>>" % (at + 1)
        more[at] = stream(inner, extra)
    return page(shown(LINES) + b"\n/X Do", b"/XObject<</X 20 0 R>>", more=more)


def tagged(objects, extra=b""):
    return page(b"/P <</MCID 0>> BDC\n" + shown(LINES) + b"\nEMC", catalog=b"/MarkInfo<</Marked true>>/StructTreeRoot 20 0 R",
                extra=b"/StructParents 0" + extra, more=objects)


def deep_tags(depth):
    objects = {20: b"<</Type/StructTreeRoot/K 21 0 R/ParentTree<</Nums[0[21 0 R]]>>>>"}
    for n in range(depth):
        kid = b"%d 0 R" % (22 + n) if n < depth - 1 else b"0"
        objects[21 + n] = b"<</Type/StructElem/S/Div/P %d 0 R/Pg 3 0 R/K %s>>" % (20 + n, kid)
    return tagged(objects)


def shared_tags(fan, depth, kind=b"Table"):
    objects = {20: b"<</Type/StructTreeRoot/K 21 0 R/ParentTree<</Nums[0[21 0 R]]>>>>"}
    for n in range(depth):
        kid = b"%d 0 R " % (22 + n) if n < depth - 1 else b"0 "
        objects[21 + n] = b"<</Type/StructElem/S/%s/P %d 0 R/Pg 3 0 R/K[%s]>>" % (kind if n else b"Table", 20 + n, kid * fan)
    return tagged(objects)


def to_unicode(cmap):
    font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 22 0 R/DescendantFonts[21 0 R]>>"
    cid = (b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
           b"/DW 500/FontDescriptor<</Type/FontDescriptor/FontName/X/Flags 4>>>>")
    return page(b"BT /F1 11 Tf 50 700 Td <00010002000300040005> Tj ET", more={5: font, 21: cid, 22: stream(cmap)})


def flate(times, size):
    data = b" " * size
    filters = b""
    for _ in range(times):
        data, filters = zlib.compress(data, 9), filters + b"/FlateDecode"
    return page(b"<</Length %d/Filter[%s]>>stream\n" % (len(data), filters) + data + b"\nendstream")


def rows(words, count):
    return "| Need | Provision | By whom | How often |\n|---|---|---|---|\n" + (f"| {words} | {words} | staff | as needed |\n" * count)


def annotations(count):
    note = b"<</Type/Annot/Subtype/FreeText/Rect[50 50 500 90]/Contents(Section F as appropriate)/DA(/F1 9 Tf)>>"
    return page(shown(LINES), extra=b"/Annots[" + note * count + b"]")


def fields(kids):
    return page(shown(LINES), catalog=b"/AcroForm<</Fields[20 0 R]>>", more={
        20: b"<</T(a)/FT/Tx/V(as appropriate)/Kids[" + kids + b"]/Parent 20 0 R>>", 21: b"<</T(b)/Parent 20 0 R/Kids[20 0 R 21 0 R]>>"})


def long_statement(joined, count):
    return "# Section F\n\n" + joined.join(["Sam will have access to help as appropriate"] * count)


def everywhere(words):
    """Words in every field of a Word file that can hold some."""
    core = ('<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{words}</dc:title><dc:creator>{words}</dc:creator></cp:coreProperties>')
    body = "".join(paragraph(line + " [[X]]") for line in LINES) + table(3, 3, "[[X]]")
    body = body.replace("[[X]]", words)
    body += f'<w:p><w:ins w:author="{words}" w:id="1"><w:r><w:t>in {words}</w:t></w:r></w:ins></w:p>'
    body += f'<w:bookmarkStart w:id="9" w:name="{words}"/><w:bookmarkEnd w:id="9"/>'
    header = f"<w:hdr {WORDS}>{paragraph('Name: Sam')}<w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:hdr>"
    comments = f'<w:comments {WORDS}><w:comment w:id="1" w:author="{words}" w:initials="{words}">{paragraph("c")}</w:comment></w:comments>'
    return docx(body + f'<w:sectPr><w:headerReference w:type="default" r:id="h" xmlns:r="{OFFICE[:-1]}"/></w:sectPr>',
                [("docProps/core.xml", core), ("word/header1.xml", header), ("word/comments.xml", comments)],
                f'<Relationship Id="h" Type="{OFFICE}header" Target="header1.xml"/>'
                f'<Relationship Id="c" Type="{OFFICE}comments" Target="comments.xml"/>')


def escaped(words):
    return "".join(f"&#{ord(c)};" for c in words if c != "\0" and ord(c) not in range(0, 9) and c not in "\u001b\u0007")


def agile(rounds):
    """The frame of a locked Word file is made by hand, so that it can ask for any number of rounds of hashing."""
    def make(path):
        sample = pathlib.Path(__file__).resolve().parent.parent / "tests/fixtures/locked-agile.docx"
        data = sample.read_bytes()
        old = b'spinCount="100000"'
        new = f'spinCount="{rounds}"'.encode()
        if old not in data or len(new) > len(old):
            return text(data)(path)
        path.write_bytes(data.replace(old, new.ljust(len(old))))
    return make


BIG = "Sam has difficulty with speech and language number {n}."
HELP = "Sam will have access to speech and language therapy as appropriate {n}."


def files():
    deep = 200_000
    yield "bomb-of-spaces.docx", docx(paragraph(" " * 900_000_000))
    yield "bomb-of-words.docx", docx(paragraph("as appropriate " * 4_000_000))
    yield "bomb-under-the-limit.docx", docx(paragraph("as appropriate. " * 3_900_000))
    yield "sizes-that-lie.docx", lying_sizes
    yield "parts-9000.docx", docx(PLAN, [(f"word/part{n}.xml", b"x" * 60_000) for n in range(9000)])
    yield "names-65000-one-part.docx", many_names_one_part
    yield "deep-elements.docx", docx("<w:p>" * deep + "</w:p>" * deep)
    yield "deep-unclosed.docx", docx("<w:tbl><w:tr><w:tc>" * 300_000)
    yield "deep-tables-300.docx", docx("<w:tbl><w:tr><w:tc>" * 300 + PLAN + "</w:tc></w:tr></w:tbl>" * 300)
    yield "deep-text-boxes-900.docx", docx("<w:p><w:r><w:pict><w:textbox><w:txbxContent>" * 180 + PLAN + "</w:txbxContent></w:textbox></w:pict></w:r></w:p>" * 180)
    yield "cells-1000x1000.docx", docx(PLAN + table(1000, 1000, "a"))
    yield "cells-60000-rows.docx", docx(PLAN + table(60_000, 4, "Regular help as needed"))
    yield "cells-empty-1000x900.docx", docx(PLAN + "<w:tbl>" + ("<w:tr>" + "<w:tc/>" * 900 + "</w:tr>") * 1000 + "</w:tbl>")
    yield "spans-without-end.docx", docx(PLAN + ("<w:tbl>" + "<w:tr>" + '<w:tc><w:tcPr><w:gridSpan w:val="4294967295"/><w:vMerge/></w:tcPr>'
                                         + paragraph("as needed") + "</w:tc>" * 1 + "</w:tr>") * 1 + "</w:tbl>")
    yield "spans-2000000-each.docx", docx(PLAN + "<w:tbl>" + ('<w:tr>' + ('<w:tc><w:tcPr><w:gridSpan w:val="2000000"/></w:tcPr>' + paragraph("x") + "</w:tc>") * 20 + '</w:tr>') * 50 + "</w:tbl>")
    yield "grid-before-huge.docx", docx(PLAN + '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="2147483647"/></w:trPr><w:tc>' + paragraph("x") + "</w:tc></w:tr></w:tbl>")
    yield "laughs.docx", docx(paragraph("x"), start='<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>')
    yield "paragraphs-300000.docx", docx(PLAN + paragraph("Regular help as needed.") * 300_000)
    yield "paragraphs-of-sections-60000.docx", docx((paragraph("Section B") + paragraph("Section F") + paragraph("Help as needed.")) * 20_000)
    yield "needs-20000-provisions-20000.docx", docx(
        paragraph("Section B") + "".join(paragraph(BIG.format(n=n)) for n in range(20_000))
        + paragraph("Section F") + "".join(paragraph(HELP.format(n=n)) for n in range(20_000)))
    yield "names-30000.docx", docx(PLAN + "".join(paragraph(f"Name: Sam Hall{n} Date of birth: 01/02/2012 NHS number 943 476 5919") for n in range(30_000)))
    yield "one-sentence-5-megabytes.docx", docx(paragraph("Section F") + paragraph("Sam will have access to help as appropriate and " * 100_000))
    yield "one-word-8-megabytes.docx", docx(paragraph("Section F") + paragraph("a" * 8_000_000))
    yield "numbers-8-megabytes.docx", docx(paragraph("Section F") + paragraph("12 " * 2_700_000))
    yield "dots-8-megabytes.docx", docx(paragraph("Section F") + paragraph(". " * 4_000_000))
    yield "runs-400000.docx", docx(PLAN + "<w:p>" + "<w:r><w:t>a </w:t></w:r>" * 400_000 + "</w:p>")
    yield "changes-200000.docx", docx(PLAN + "<w:p>" + ('<w:ins w:id="1" w:author="a"><w:r><w:t>in </w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>out </w:delText></w:r></w:del>') * 200_000 + "</w:p>")
    yield "styles-in-a-circle.docx", styles('<w:style w:styleId="A" w:type="paragraph"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B" w:type="paragraph"><w:basedOn w:val="A"/></w:style>',
                                            paragraph("Section F", '<w:pPr><w:pStyle w:val="A"/></w:pPr>') + PLAN)
    yield "styles-in-a-chain-50000.docx", styles("".join(f'<w:style w:styleId="S{n}" w:type="paragraph"><w:basedOn w:val="S{n + 1}"/></w:style>' for n in range(50_000)),
                                                 paragraph("Help as needed.", '<w:pPr><w:pStyle w:val="S0"/></w:pPr>') * 2000 + PLAN)
    yield "labels-that-grow.docx", numbering("%1.%2.%3.%4.%5.%6.%7.%8.%9." * 2000, 3000, 3000)
    yield "labels-from-the-largest-number.docx", numbering("%9", 2147483647, 200)
    yield "labels-roman-billion.docx", numbering("%1%2%3%4%5%6%7%8%9", 1000000000, 500)
    yield "notes-that-name-themselves.docx", notes(20_000)
    yield "file-in-itself-40.docx", in_itself(40)
    yield "paths-that-climb.docx", docx(PLAN, [("../../../climbed", b"x"), ("/climbed", b"x")],
                                        f'<Relationship Id="x" Type="{OFFICE}header" Target="../../../../etc/passwd"/><Relationship Id="y" Type="{OFFICE}image" Target="http://127.0.0.1/x" TargetMode="External"/>')
    yield "bytes-that-are-no-text.docx", docx(b"<w:document " + WORDS.encode() + b"><w:body><w:p><w:r><w:t>Section F \xff\xfe\x80</w:t></w:r></w:p></w:body></w:document>")
    yield "utf-16.docx", docx(('<?xml version="1.0" encoding="UTF-16"?><w:document ' + WORDS + "><w:body>" + PLAN + "</w:body></w:document>").encode("utf-16"))
    yield "rounds-of-hashing-999999.docx", agile(999_999)
    yield "steering.docx", everywhere(escaped(STEER))
    yield "script.docx", everywhere(escaped(SCRIPT))
    yield "formula.docx", everywhere(escaped(FORMULA))
    yield "marks-only.docx", docx(paragraph("Section F") + paragraph("\u202e\u2066\u200f" * 500_000))
    yield "joined-accents.docx", docx(paragraph("Section F") + paragraph("a" + "\u0301" * 3_000_000))

    yield "pages-a-billion.pdf", tree(10, 9)
    yield "pages-that-say-two-billion.pdf", pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 2147483647/Kids[3 0 R]>>",
                                                 3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>", 4: stream(shown(LINES)), 5: FONT})
    yield "pages-in-a-circle.pdf", pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 2/Kids[2 0 R 3 0 R]>>",
                                        3: b"<</Type/Pages/Count 1/Kids[2 0 R]/Parent 3 0 R>>", 5: FONT})
    yield "pages-1900-full.pdf", pages(1900, shown(["Sam will have access to help as appropriate from staff."] * 55))
    yield "pages-50000-empty.pdf", pages(50_000, b" ")
    yield "drawing-in-itself.pdf", page(shown(LINES) + b"\n/X Do", b"/XObject<</X 20 0 R>>", more={
        20: stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X 20 0 R>>>>")})
    yield "drawing-10-to-the-12.pdf", forms(10, 12)
    yield "drawing-300-deep.pdf", forms(1, 300)
    yield "tags-in-a-circle.pdf", tagged({20: b"<</Type/StructTreeRoot/K 21 0 R>>", 21: b"<</Type/StructElem/S/Table/P 20 0 R/K[21 0 R 22 0 R]>>", 22: b"<</Type/StructElem/S/TR/P 21 0 R/K[21 0 R]>>"})
    yield "tags-60000-deep.pdf", deep_tags(60_000)
    yield "tags-10-to-the-10.pdf", shared_tags(10, 10)
    yield "tags-of-tables-4-to-the-12.pdf", shared_tags(4, 12)
    yield "tags-rows-shared.pdf", shared_tags(30, 5, b"TR")
    yield "tags-span-two-billion.pdf", tagged({20: b"<</Type/StructTreeRoot/K 21 0 R/ParentTree<</Nums[0[23 0 R]]>>>>", 21: b"<</Type/StructElem/S/Table/P 20 0 R/K 22 0 R>>", 22: b"<</Type/StructElem/S/TR/P 21 0 R/K 23 0 R>>",
                                               23: b"<</Type/StructElem/S/TD/P 22 0 R/Pg 3 0 R/K 0/A<</O/Table/ColSpan 2147483647/RowSpan 2147483647>>>>"})
    yield "stream-of-300-megabytes.pdf", page(b" " * 300_000_000)
    yield "stream-packed-four-times.pdf", flate(4, 1_000_000_000)
    yield "stream-of-filters-2000.pdf", page(b"<</Length 10/Filter[" + b"/ASCIIHexDecode" * 2000 + b"]>>stream\n0000000000\nendstream")
    yield "letters-190000-on-a-page.pdf", page(shown(["as appropriate " * 20] * 640, step=1, size=1))
    yield "letters-all-in-one-place.pdf", page(b"BT /F1 9 Tf 50 700 Td " + b"(as appropriate) Tj 0 0 Td " * 12_000 + b"ET")
    yield "letters-in-disorder.pdf", page(b"\n".join(b"BT /F1 4 Tf %d %d Td (word) Tj ET" % (n * 7919 % 560, n * 104729 % 780) for n in range(45_000)))
    yield "letters-at-no-place.pdf", page(b"BT /F1 1e38 Tf 1e38 -1e38 Td (Section F) Tj 99999999999999999999 0 Td (x) Tj /F1 -0 Tf (y) Tj ET " + shown(LINES))
    yield "matrix-of-noughts.pdf", page(b"q 0 0 0 0 0 0 cm " + shown(LINES) + b" Q q 1e30 0 0 1e-30 0 0 cm " + shown(LINES) + b" Q")
    yield "lines-39000.pdf", page(shown(LINES) + b"\n".join(b"%d 0 m %d 800 l S 0 %d m 600 %d l S" % (n % 600, n % 600, n % 800, n % 800) for n in range(19_500)))
    yield "grid-190x190-with-words.pdf", page(b"\n".join([b"%d 0 m %d 800 l S" % (n * 3, n * 3) for n in range(190)] + [b"0 %d m 600 %d l S" % (n * 4, n * 4) for n in range(190)]
                                                       + [b"BT /F1 2 Tf %d %d Td (a) Tj ET" % (x * 3 + 1, y * 4 + 1) for x in range(190) for y in range(190)]))
    yield "boxes-100000.pdf", page(shown(LINES) + b"\n".join(b"%d %d 3 3 re f" % (n * 7 % 590, n * 13 % 790) for n in range(100_000)))
    yield "steps-of-drawing-1900000.pdf", page(shown(LINES) + b" 1 0 0 1 0 0 cm" * 1_900_000)
    yield "saves-never-restored.pdf", page(b"q " * 1_000_000 + shown(LINES))
    yield "clips-200000.pdf", page(b"0 0 600 800 re W n " * 200_000 + shown(LINES))
    yield "arrays-deep.pdf", page(shown(LINES), extra=b"/X" + b"[" * 400_000 + b"]" * 400_000)
    yield "dictionaries-deep.pdf", page(shown(LINES), catalog=b"/X" + b"<</X" * 200_000 + b" 1" + b">>" * 200_000)
    yield "arrays-deep-in-a-page.pdf", page(b"[" * 500_000 + b"]" * 500_000 + b" TJ " + shown(LINES))
    yield "name-of-20-megabytes.pdf", page(shown(LINES), extra=b"/" + b"N" * 20_000_000 + b" 1")
    yield "letters-of-all-codes.pdf", to_unicode(b"1 beginbfrange <0000> <FFFFFFFF> <0041> endbfrange 1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange")
    yield "letters-of-many-ranges.pdf", to_unicode(b"100 beginbfrange " + b"<0000> <FFFF> <0041> " * 60_000 + b"endbfrange")
    yield "letters-of-long-words.pdf", to_unicode(b"1 beginbfchar <0001> <" + b"00610073" * 200_000 + b"> endbfchar")
    yield "letters-that-draw-themselves.pdf", page(b"BT /F1 9 Tf 50 700 Td (aaaa) Tj ET", more={
        5: b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 97/Widths[1]/Encoding<</Differences[97/a]>>/CharProcs<</a 20 0 R>>/Resources<</Font<</F1 5 0 R>>>>>>",
        20: stream(b"BT /F1 9 Tf (aaaa) Tj ET")})
    yield "box-of-noughts.pdf", page(shown(LINES), box=b"[0 0 0 0]")
    yield "box-without-end.pdf", page(shown(LINES), box=b"[-1e38 -1e38 1e38 1e38]")
    yield "notes-100000.pdf", annotations(100_000)
    yield "fields-in-a-circle.pdf", fields(b"20 0 R 21 0 R")
    yield "fields-100000.pdf", fields(b"<</T(x)/FT/Tx/V(as appropriate)>>" * 100_000)
    yield "files-in-a-circle.pdf", page(shown(LINES), catalog=b"/Names<</EmbeddedFiles 20 0 R>>/Collection<<>>", more={20: b"<</Kids[20 0 R 21 0 R]>>", 21: b"<</Kids[20 0 R]/Names[(a)<</EF<</F 20 0 R>>>>]>>"})
    yield "table-of-objects-in-a-circle.pdf", lambda path: path.write_bytes(b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\nxref\n0 1\n0000000000 65535 f \ntrailer<</Size 9/Root 1 0 R/Prev 50>>\nstartxref\n50\n%%EOF")
    yield "table-of-two-billion-objects.pdf", lambda path: path.write_bytes(b"%PDF-1.5\n9 0 obj" + stream(b"\0" * 100, b"/Type/XRef/W[1 2 1]/Size 2147483647/Index[0 2147483647]/Root 1 0 R") + b"endobj\nstartxref\n9\n%%EOF")
    yield "object-stream-in-itself.pdf", lambda path: path.write_bytes(b"%PDF-1.5\n1 0 obj" + stream(b"1 0 2 10 <</Type/Catalog/Pages 2 0 R>><</Type/Pages/Kids[1 0 R]>>", b"/Type/ObjStm/N 99999999/First 9/Extends 1 0 R") + b"endobj\ntrailer<</Root 1 0 R>>\n%%EOF")
    yield "picture-of-a-million-by-a-million.pdf", page(shown(LINES) + b" /X Do", b"/XObject<</X 20 0 R>>", more={
        20: stream(b"\0" * 100, b"/Type/XObject/Subtype/Image/Width 1000000/Height 1000000/BitsPerComponent 8/ColorSpace/DeviceRGB")})
    yield "pattern-of-a-million-tiles.pdf", page(b"/Pattern cs /P scn 0 0 600 800 re f " + shown(LINES), b"/Pattern<</P 20 0 R>>", more={
        20: stream(b"/Pattern cs /P scn 0 0 1 1 re f BT /F1 9 Tf (x) Tj ET", b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep .001/YStep .001/Resources<</Pattern<</P 20 0 R>>/Font<</F1 5 0 R>>>>")})
    yield "script.pdf", page(shown([line + " " + SCRIPT for line in LINES]))
    yield "steering.pdf", page(shown([line + " \x1b[31m \x9b1m \x07" for line in LINES]), extra=b"/Annots[<</Type/Annot/Subtype/FreeText/Rect[50 50 500 90]/Contents(\x1b[31mred\x07)>>]")

    yield "one-line-10-megabytes.txt", text("# Section F\n\n" + "Sam will have access to help as appropriate. " * 230_000)
    yield "one-line-without-a-stop-10-megabytes.txt", text(long_statement(" and ", 210_000))
    yield "one-word-10-megabytes.txt", text("# Section F\n\n" + "x" * 10_000_000)
    yield "statements-60000.txt", text("# Section F\n\n" + lines(HELP, 60_000))
    yield "needs-60000.txt", text("# Section B\n\n" + lines(BIG, 60_000) + "\n\n# Section F\n\nHelp as needed.\n")
    yield "outcomes-60000.txt", text("# Section E\n\n" + lines("By July 2027 Sam will talk to {n} people.", 60_000) + "\n\n# Section F\n\nHelp as needed.\n")
    yield "headings-60000.txt", text(lines("# Section F\n\nSam will have access to help as appropriate.", 60_000))
    yield "rows-60000.txt", text("# Section F\n\n" + rows("Speech and language therapy", 60_000))
    yield "row-of-100000-cells.txt", text("# Section F\n\n" + "| a " * 100_000 + "|\n" + "|---" * 100_000 + "|\n" + "| as needed " * 100_000 + "|\n")
    yield "dates-100000.txt", text("# Section K\n\n" + lines("Report by Dr Hall{n}, 3 March 2021", 100_000))
    yield "names-100000.txt", text("Name: Sam Hall\n\n" + lines("Name: Sam{n} Hall{n}", 100_000) + "\n\n# Section F\n\nSam will have help as needed.\n")
    yield "brackets-open-5-megabytes.txt", text("# Section F\n\n" + "([{\u201c\u2018<" * 400_000)
    yield "bars-3-megabytes.txt", text("# Section F\n\n" + "|" * 3_000_000)
    yield "signs-of-headings-3-megabytes.txt", text("#" * 3_000_000 + "\n" + "# \n" * 300_000)
    yield "steering.txt", text("\n\n".join(f"# {line} {STEER}" for line in LINES))
    yield "script.txt", text("\n\n".join(f"# {line} {SCRIPT}" for line in LINES) + f"\n\nName: {SCRIPT}\n")
    yield "formula.txt", text("# Section F\n\n" + FORMULA + " as appropriate.\n\n=cmd|' /C calc'!A0 as appropriate.\n")
    yield "half-letters.txt", text("# Section F\n\nSam will have \ud800 help as needed \udfff.")
    yield "noughts-10-megabytes.txt", text(b"\0" * 10_000_000)
    yield "bytes-255-10-megabytes.pdf", text(b"%PDF-1.7\n" + b"\xff" * 10_000_000)
    yield "objects-500000-without-a-table.pdf", text(b"%PDF-1.4\n" + b"".join(b"%d 0 obj<</Type/Page/Kids[%d 0 R]>>endobj\n" % (n, n + 1) for n in range(1, 500_000)) + b"trailer<</Root 1 0 R>>")


def commands(path, out):
    ending = path.suffix
    yield ["check", path, *(item for name in "json csv sarif html md jsonl xml txt".split() for item in ("-o", out / f"r.{name}"))]
    yield ["check", path, "--redact", "--format", "plain"]
    yield ["extract", path]
    yield ["extract", path, "--format", "json", "-o", out / "e.json"]
    yield ["extract", path, "--format", "markdown"]
    if ending in (".docx", ".pdf"):
        yield ["annotate", path, "-o", out / f"copy{ending}"]
    yield ["letter", path, "-o", out / "letter.docx", "--stage", "draft"]
    yield ["schedule", path, "-o", out / "s.xlsx"]
    yield ["schedule", path, "-o", out / "s.csv"]
    yield ["working-document", path, "-o", out / "w.docx"]
    folder = out / "in"
    yield ["audit", folder, "-o", out / "results", "--time-limit", "60"]


def run(binary, command, out):
    begin = time.monotonic()
    with open(out / "stdout", "wb") as one, open(out / "stderr", "wb") as two:
        process = subprocess.Popen([binary, *map(str, command)], stdin=subprocess.DEVNULL, stdout=one, stderr=two)
        _, status, usage = os.wait4(process.pid, 0)
    return (os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss >> 10,
            time.monotonic() - begin)


def whole(path):
    """Whether what is in a file is a whole report."""
    data = path.read_bytes()
    try:
        match path.suffix:
            case ".json" | ".sarif":
                json.loads(data)
            case ".jsonl":
                [json.loads(line) for line in data.decode().splitlines()]
            case ".html":
                return data.rstrip().endswith(b"</html>")
            case ".docx" | ".xlsx":
                return zipfile.ZipFile(path).testzip() is None
            case ".xml":
                return data.rstrip().endswith(b"</testsuites>")
            case ".pdf":
                return b"%%EOF" in data[-2000:]
    except (ValueError, zipfile.BadZipFile):
        return False
    return True


def wrong(binary, command, out, runner):
    status, work, memory, clock = runner.apply(run, (binary, command, out))
    said = (out / "stderr").read_bytes()[:MOST_READ] + (out / "stdout").read_bytes()[:MOST_READ]
    found = []
    if status not in (0, 1, 2, 3):
        found.append(f"exit status {status}")
    if b"went wrong inside" in said or b"panicked" in said:
        found.append("says that it went wrong inside")
    if b"ehcp-lint stumble, and" in b" ".join(said.split()):
        found.append("says that it stumbled")
    flat = b" ".join(said.split())
    stopped = [words for words in ("stumble or run out of memory", "given up after") if words.encode() in flat]
    if b"\x1b" in said or b"\x9b" in said.replace(b"\xc2\x9b", b"\x9b") and b"\xc2\x9b" in said:
        found.append("steers the terminal")
    if work > SECONDS:
        found.append(f"{work:.1f} seconds of work")
    if memory > MEBIBYTES:
        found.append(f"{memory} MiB")
    for path in sorted(out.iterdir()):
        if path.is_file() and path.name not in ("stdout", "stderr"):
            if path.name.endswith(".part"):
                found.append(f"left {path.name}")
            elif not whole(path):
                found.append(f"{path.name} is not whole")
            path.unlink()
    table = out / "results" / "plans.csv"
    if table.exists():
        rows = table.read_text()
        stopped += [f"audit: {reason}" for reason in ("crashed", "timeout") if f",{reason}," in rows]
        found += ["audit: stumbled"] * (",stumbled," in rows)
    return found, stopped, work, memory, clock


def make_all(folder):
    for name, make in files():
        if not (folder / name).exists():
            make(folder / name)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    made, out = given.folder / "files", given.folder / "out"
    made.mkdir(parents=True, exist_ok=True)
    # In processes of their own: the memory of whoever starts a program is counted as that of the program.
    spawn = multiprocessing.get_context("spawn")
    maker = spawn.Process(target=make_all, args=(made,))
    maker.start(), maker.join()
    runner = spawn.Pool(1)
    figures, bad, limits = [], 0, 0
    for path in sorted(made.iterdir()):
        if given.only not in path.name:
            continue
        subprocess.run(["rm", "-rf", out], check=True)
        (out / "in").mkdir(parents=True)
        os.link(path, out / "in" / path.name)
        for command in commands(path, out):
            found, stopped, work, memory, clock = wrong(given.binary, command, out, runner)
            shown = " ".join([command[0], *(str(word) for word in command[2:] if str(word).startswith("-"))][:4])
            figures.append((work, memory, clock, path.name, shown))
            limits += bool(stopped)
            bad += bool(found)
            if found or stopped:
                print(f"{path.name}: {shown}: {'; '.join(found + stopped)}", flush=True)
            if any("given up" in words or "timeout" in words for words in stopped):
                # What takes a minute takes it again for every command.
                break
    print(f"{len(figures)} runs over {len({figure[3] for figure in figures})} files, {bad} of them wrong, {limits} ended at a limit")
    for what, key in (("most work", 0), ("most memory", 1)):
        for work, memory, clock, name, shown in sorted(figures, key=lambda figure: -figure[key])[:5]:
            print(f"{what}: {name}: {shown}: {work:.1f} s of work, {clock:.1f} s, {memory} MiB")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
