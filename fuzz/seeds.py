#!/usr/bin/env python3
"""Lays out the seeds of every fuzz target from the corpus and the rules: fuzz/corpus/<target>/."""
import pathlib
import re
import zipfile
import zlib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
PARTS = ["word/document.xml", "word/styles.xml", "word/numbering.xml", "word/_rels/document.xml.rels",
         "word/header1.xml", "word/footnotes.xml", "word/comments.xml", "[Content_Types].xml"]
# Of a part, so much: a seed that is small is changed faster.
MOST = 20_000


def seed(target, name, data):
    folder = HERE / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)


def docx(path, name):
    seed("docx", name + ".docx", path.read_bytes())
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
        parts = [package.read(part) if part in names else b"" for part in PARTS]
    # The body is cut at a paragraph, the rest must still be XML: one that is too long is left out.
    body = parts[0]
    if len(body) > MOST:
        cut = body.rfind(b"</w:p>", 0, MOST) + len(b"</w:p>")
        opened = re.findall(rb"<(/?)(w:(?:tbl|tr|tc|body|document|sdt|sdtContent|p|r))\b[^>]*?(/?)>", body[:cut])
        stack = []
        for closing, tag, alone in opened:
            if closing:
                stack.pop()
            elif not alone:
                stack.append(tag)
        body = body[:cut] + b"".join(b"</" + tag + b">" for tag in reversed(stack))
    parts = [body] + [part if len(part) <= MOST else b"" for part in parts[1:]]
    seed("docx", name + ".parts", b"\x0c".join(parts))


def pdf(path, name):
    data = path.read_bytes()
    seed("pdf", name + ".pdf", data)
    for number, stream in enumerate(re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.S)[:40]):
        try:
            content = zlib.decompress(stream)
        except zlib.error:
            continue
        if b" Tf" in content and b" Tm" in content or b" re" in content:
            seed("pdf", f"{name}-{number}.page", content[:MOST])


TEXT_PAGE = b"""BT /F2 14 Tf 50 760 Td (Section F: Special educational provision) Tj ET
BT /F1 11 Tf 50 730 Td (Sam will have access to a therapist as required.) Tj 0 -14 Td (Twice a week for 30 minutes.) Tj ET
50 700 m 550 700 l S 50 680 m 550 680 l S 50 660 m 550 660 l S
50 700 m 50 660 l S 300 700 m 300 660 l S 550 700 m 550 660 l S
BT /F2 11 Tf 54 686 Td (Provision) Tj 250 0 Td (By whom) Tj ET
BT /F1 11 Tf 54 666 Td (Reading) Tj 250 0 Td (Teaching assistant) Tj ET
50 600 500 0.5 re f* q 1 0 0 1 0 -50 cm BT 3 Tr /F1 9 Tf 50 620 Td [(hid) -250 (den)] TJ ET Q
"""


def handed_in():
    """Settings files after an "s", tables after a "t"."""
    settings = (ROOT / "docs/settings.md").read_text()
    for number, example in enumerate(re.findall(r"```toml\n(.*?)```", settings, re.S)):
        seed("handed_in", f"settings-{number}.toml", b"s" + example.encode())
    every = """select = ["provision/"]\nignore = ["plan/late"]\nfail-on = "error"\nmin-severity = "advice"\nstage = "draft"
as-of = 2026-03-01\ndob = 2015-04-05\nsetting = "mainstream"\nrules = ["mine"]\n[severity]\n"provision/no-frequency" = "off"
unquantified = "error"\n[[allow]]\nrule = "provision/no-frequency"\ntext = "as required"\nsection = "F"\ndocument = "a.docx"
reason = "agreed"\nuntil = 2026-12-31\n"""
    seed("handed_in", "every.toml", b"s" + every.encode())
    tables = {
        "meta.csv": "file,Local authority,Need,Year\r\na.pdf,North,SLCN,5\r\nb/c.docx,\"South, East\",ASD,7\r\n,,,\r\n",
        "semicolons.csv": "File name;Council;Placed\na.pdf;M\u00fcller;1.5\nb.pdf;Ely;2\n",
        "agree.csv": "plan,category,present,rater,section,statement\na,unquantified,yes,ann,F,3\na,vague,no,bob,F,\n"
                     "b,unquantified,1,ann,,\nb,unquantified,0,bob,,\nc,late,true,ann,,\nc,late,,bob,,\n",
    }
    for name, text in tables.items():
        seed("handed_in", name, b"t" + text.encode())
        seed("handed_in", "utf16-" + name, b"t" + ("\ufeff" + text.replace(",", "\t")).encode("utf-16-le"))


def main():
    for plan in sorted(ROOT.glob("corpus/*/plan.docx")):
        docx(plan, plan.parent.name)
    for plan in sorted(ROOT.glob("corpus/*/plan.pdf")):
        pdf(plan, plan.parent.name)
    seed("pdf", "table.page", TEXT_PAGE)
    for broken in sorted((ROOT / "corpus/broken").iterdir()):
        target = {".docx": "docx", ".pdf": "pdf", ".txt": "statements", ".toml": "rule_files"}.get(broken.suffix)
        if target and broken.stat().st_size < 100_000:
            seed(target, "broken-" + broken.name, broken.read_bytes())
    for rule in sorted(ROOT.glob("rules/**/*.toml")):
        text = rule.read_text()
        seed("rule_files", rule.parent.name + "-" + rule.name, text.encode())
        for number, example in enumerate(re.findall(r'"""\n?(.*?)"""', text, re.S)):
            seed("statements", f"{rule.stem}-{number}.txt", example.encode())
    handed_in()
    for plan in sorted(ROOT.glob("corpus/*/gold.json")):
        import json
        gold = json.loads(plan.read_text())
        parts = [f"# Section {letter}\n\n{text[:1500]}\n" for letter, text in gold["sections"].items() if text]
        seed("statements", plan.parent.name + ".txt", "\n".join(parts)[:8000].encode())


main()
