#!/usr/bin/env python3
"""How well a build of ehcp-lint reads the corpus, beside other programs. Prints the tables of docs/reading.md.

    python3 corpus/compare.py BINARY [PLAN...] [--worst N]

BINARY is a build of ehcp-lint; without PLAN every folder of the corpus is read. Programs that are not installed are
left out: pdftotext (apt: poppler-utils), pandoc (apt), python-docx and pdfplumber (pip).

words   LCS F1 of the words of each section, in order: the gold text against `extract --format json`. For the other
        programs, which know no sections: of the whole gold text, sections in the order of the plan, against all they
        print, cover and headings included, which costs them some hundredths.
rows    rows of statements of which every cell comes out with exactly its own words, as neighbours in one row
        (of a record card: in one column).
same    statements that the Word file and the PDF of one plan both have, after normalising.
lines   lines of the header and footer that are left in the text of a section.
"""
import argparse
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent


def words(text):
    text = re.sub("[\u00ad\u200b]", "", text).replace("\u2019", "'").replace("\u2018", "'")
    return re.findall(r"[a-z0-9\u00a3%']+", text.lower())


def lcs(a, b):
    """Length of the longest common subsequence, by bit sets (Hyyr\u00f6)."""
    places = {}
    for at, word in enumerate(a):
        places[word] = places.get(word, 0) | 1 << at
    full = (1 << len(a)) - 1
    row = full
    for word in b:
        hit = row & places.get(word, 0)
        row = (row + hit | row - hit) & full
    return len(a) - row.bit_count()


def f1(gold, found):
    return 2 * lcs(gold, found) / (len(gold) + len(found)) if gold or found else 1.0


def cells_of(words_of_rows, wanted):
    """Whether the cells of one gold row stand side by side in one row."""
    return any(row[at:at + len(wanted)] == wanted for row in words_of_rows for at in range(len(row)))


def rows_of(table):
    """The rows of a table and its columns: in a record card, a row of the truth stands upright."""
    lines = {}
    for cell in table["cells"]:
        if cell["text"].strip():
            lines.setdefault(("row", cell["row"]), []).append(words(cell["text"]))
            lines.setdefault(("column", cell["column"]), []).append(words(cell["text"]))
    return list(lines.values())


def turned(rows):
    """The same for another program's table, a list of rows."""
    rows = [[words(cell or "") for cell in row] for row in rows]
    columns = [[row[at] for row in rows if at < len(row)] for at in range(max(map(len, rows), default=0))]
    return [[cell for cell in line if cell] for line in rows + columns]


def extract(binary, path):
    done = subprocess.run([binary, "extract", str(path), "--format", "json"], capture_output=True, timeout=300)
    document = json.loads(done.stdout)["documents"][0]
    if "sections" not in document:
        sys.exit(f"{path}: {document.get('error')}")
    return document


def mean(values):
    return sum(values) / len(values) if values else float("nan")


def others(path):
    """What other programs print of a file: name -> words; and the rows of tables they find."""
    texts, tables = {}, {}
    if path.suffix == ".pdf":
        if shutil.which("pdftotext"):
            for mode in ("-layout", "-raw"):
                run = subprocess.run(["pdftotext", mode, str(path), "-"], capture_output=True, timeout=300)
                texts[f"pdftotext {mode}"] = words(run.stdout.decode(errors="replace"))
        try:
            import pdfplumber
            with pdfplumber.open(path) as pdf:
                texts["pdfplumber"] = words("\n".join(page.extract_text() or "" for page in pdf.pages))
                tables["pdfplumber"] = [row for page in pdf.pages for table in page.extract_tables()
                                        for row in turned(table)]
        except ImportError:
            pass
    else:
        if shutil.which("pandoc"):
            run = subprocess.run(["pandoc", "-t", "plain", "--wrap=none", str(path)], capture_output=True, timeout=300)
            texts["pandoc"] = words(run.stdout.decode(errors="replace"))
        try:
            import docx
            document = docx.Document(str(path))
            texts["python-docx"] = words("\n".join(walked(document)))
            tables["python-docx"] = [row for table in document.tables
                                     for row in turned([[cell.text for cell in row.cells] for row in table.rows])]
        except ImportError:
            pass
    return texts, tables


def walked(container):
    for block in container.iter_inner_content():
        if hasattr(block, "rows"):
            seen = set()
            for row in block.rows:
                for cell in row.cells:
                    if cell._tc not in seen:
                        seen.add(cell._tc)
                        yield from walked(cell)
        else:
            yield block.text


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("binary")
    ap.add_argument("plans", nargs="*")
    ap.add_argument("--worst", type=int, default=0, help="show the N sections that are read worst")
    args = ap.parse_args()
    plans = args.plans or sorted(p.parent.name for p in HERE.glob("*/gold.json"))
    sections, whole, rows, same, left = {}, {}, {}, [], {}
    for name in plans:
        gold = json.loads((HERE / name / "gold.json").read_text(encoding="utf-8"))
        meta = yaml.safe_load((HERE / name / "plan.yaml").read_text(encoding="utf-8"))["meta"]
        running = [words(str(meta.get(key) or "")) for key in ("header", "footer")]
        gold_whole = [word for text in gold["sections"].values() for word in words(text)]
        wanted = [[words(cell) for cell in s["cells"] if cell.strip()] for s in gold["statements"] if s.get("cells")]
        statements = {}
        for kind in ("docx", "pdf"):
            path = HERE / name / f"plan.{kind}"
            document = extract(args.binary, path)
            found = {section["id"]: section["text"] for section in document["sections"]}
            for letter, text in gold["sections"].items():
                score = f1(words(text), words(found.get(letter, "")))
                sections.setdefault(kind, []).append((score, name, letter, text, found.get(letter, "")))
            tables = [row for table in document["tables"] for row in rows_of(table)]
            counted = rows.setdefault(("ehcp-lint", kind), [0, 0])
            counted[0] += sum(cells_of(tables, row) for row in wanted)
            counted[1] += len(wanted)
            lines = [words(line) for text in found.values() for line in text.splitlines()]
            tally = left.setdefault(kind, [0, 0])
            tally[0] += sum(line in running for line in lines if line)
            tally[1] += len(lines)
            statements[kind] = Counter((s["section"], " ".join(words(s["text"]))) for s in document["statements"])
            for program, printed in others(path)[0].items():
                whole.setdefault((program, kind), []).append(f1(gold_whole, printed))
            for program, table in others(path)[1].items():
                counted = rows.setdefault((program, kind), [0, 0])
                counted[0] += sum(cells_of(table, row) for row in wanted)
                counted[1] += len(wanted)
            mine = [word for letter in gold["sections"] for word in words(found.get(letter, ""))]
            whole.setdefault(("ehcp-lint", kind), []).append(f1(gold_whole, mine))
        both = (statements["docx"] & statements["pdf"]).total()
        same.append((2 * both / max(1, statements["docx"].total() + statements["pdf"].total()), name))
    print(f"{len(plans)} plans\n\nwords of each section, in order (LCS F1)      mean    worst")
    for kind, scores in sections.items():
        worst = min(scores)
        print(f"  ehcp-lint {kind:30s}     {mean([s[0] for s in scores]):.4f}  {worst[0]:.4f}  {worst[1]} {worst[2]}")
    print("\nwords of the whole plan, in order (LCS F1)     mean    worst")
    for (program, kind), scores in sorted(whole.items(), key=lambda item: (item[0][1], -mean(item[1]))):
        print(f"  {program:20s} {kind:20s}    {mean(scores):.4f}  {min(scores):.4f}")
    print("\nrows of statements with every cell right")
    for (program, kind), (right, of) in sorted(rows.items(), key=lambda item: (item[0][1], item[0][0])):
        if of:
            print(f"  {program:20s} {kind:20s}    {right / of:.1%}  {right} of {of}")
    print("\nheader and footer lines left in sections")
    for kind, (lines, of) in left.items():
        print(f"  ehcp-lint {kind:30s}     {lines} of {of}")
    print(f"\nstatements that Word file and PDF share        {mean([s[0] for s in same]):.4f}  {min(same)[0]:.4f}  {min(same)[1]}")
    for kind, scores in sections.items():
        for score, name, letter, text, found in sorted(scores)[:args.worst]:
            print(f"\n--- {name} {kind} {letter} {score:.4f}\n" + "\n".join(diff(text, found)))


def diff(gold, found):
    import difflib
    a, b = words(gold), words(found)
    for op, i, j, k, l in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if op != "equal":
            yield f"  -{' '.join(a[i:j])}\n  +{' '.join(b[k:l])}"


if __name__ == "__main__":
    main()
