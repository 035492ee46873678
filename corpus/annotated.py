#!/usr/bin/env python3
"""Whether the notes that `annotate` puts into PDFs lie over their words, and whether other programs can read the copies.

    python3 corpus/annotated.py BINARY [PLAN.pdf...]

BINARY is a build of ehcp-lint; without PLAN every plan.pdf of the corpus is annotated. Needs PyMuPDF (pip install pymupdf);
qpdf and pdftotext are asked too where they are installed.

words   findings on words whose highlight covers exactly the quote of `check --format json`, letters and digits compared
more    those whose highlight covers the quote and more words of the same statement, because the finding is about all of them
wrong   those whose highlight covers something else, and those without one
notes   findings on something absent, which have a highlight over a heading or an icon beside the text
"""
import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from pathlib import Path

import pymupdf

HERE = Path(__file__).resolve().parent


def letters(text):
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).lower()


def words(text):
    return [word for word in (letters(word) for word in text.split()) if word]


def covered(page, note):
    """The characters whose middles lie under the quads of a highlight, quad by quad."""
    corners = note.vertices
    found = []
    for at in range(0, len(corners), 4):
        quad = pymupdf.Quad([pymupdf.Point(*corner) for corner in corners[at:at + 4]]).rect
        # a strip is as high as its type; the middles of letters of the next line are not in it
        line = []
        for block in page.get_text("rawdict")["blocks"]:
            for row in block.get("lines", []):
                for span in row["spans"]:
                    for one in span["chars"]:
                        middle = pymupdf.Rect(one["bbox"])
                        x, y = (middle.x0 + middle.x1) / 2, (middle.y0 + middle.y1) / 2
                        # half a point of slack: the second half of a ligature is given no width of its own
                        if quad.x0 - 0.5 <= x <= quad.x1 + 0.5 and quad.y0 <= y <= quad.y1:
                            line.append(one["c"])
        found.append("".join(line))
    return " ".join(found)


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("plans", nargs="*", type=Path)
    given = parser.parse_args()
    plans = given.plans or sorted(HERE.glob("*/plan.pdf"))
    sums = {"words": 0, "more": 0, "wrong": 0, "notes": 0}
    broken = []
    with tempfile.TemporaryDirectory() as folder:
        for plan in plans:
            copy = Path(folder) / "copy.pdf"
            made = run(given.binary, "annotate", str(plan), "-o", str(copy), "--no-config")
            if made.returncode not in (0, 1):
                broken.append(f"{plan}: {made.stderr.strip()}")
                continue
            report = json.loads(run(given.binary, "check", str(plan), "--format", "json", "--no-config").stdout)
            before, after = plan.read_bytes(), copy.read_bytes()
            if not after.startswith(before):
                broken.append(f"{plan}: the copy does not begin with the plan")
            if shutil.which("qpdf") and run("qpdf", "--check", str(plan)).returncode == 0:
                checked = run("qpdf", "--check", str(copy))
                if checked.returncode:
                    broken.append(f"{plan}: qpdf: {checked.stdout.strip().splitlines()[-1]}")
            if shutil.which("pdftotext"):
                texts = [run("pdftotext", str(file), "-").stdout for file in (plan, copy)]
                if texts[0] != texts[1]:
                    broken.append(f"{plan}: pdftotext reads another text")
            under = {}
            icons = set()
            opened = pymupdf.open(copy)
            if opened.is_repaired:
                broken.append(f"{plan}: PyMuPDF had to repair the copy")
            for page in opened:
                for note in page.annots() or []:
                    name = note.info.get("id") or ""
                    if note.info.get("title") != "ehcp-lint":
                        continue
                    mark = re.sub(r"^ehcp-lint-|-\d+$", "", name)
                    if note.type[1] == "Highlight":
                        under[mark] = under.get(mark, "") + " " + covered(page, note)
                    else:
                        icons.add(mark)
            for finding in report["documents"][0]["findings"]:
                mark, quote = finding["fingerprint"], finding["quote"]
                if quote is None:
                    sums["notes" if mark in under or mark in icons else "wrong"] += 1
                    continue
                found = under.get(mark, "")
                if letters(found) == letters(quote):
                    sums["words"] += 1
                elif not Counter(letters(quote)) - Counter(letters(found)) and all(
                    letters(word) in letters(finding["statement"] + finding["message"]) for word in words(found)
                ):
                    sums["more"] += 1
                else:
                    sums["wrong"] += 1
                    print(f"{plan}: {finding['rule']}: {quote!r} is covered as {found.strip()!r}")
    for line in broken:
        print(line)
    total = sums["words"] + sums["more"] + sums["wrong"]
    print(f"{len(plans)} PDFs: {sums['words']} exactly, {sums['more']} with more of their statement, {sums['wrong']} wrong "
          f"of {total} findings on words ({100 * (total - sums['wrong']) / max(total, 1):.1f} %); "
          f"{sums['notes']} on something absent; {len(broken)} copies with a fault")
    return 1 if broken or sums["wrong"] * 100 > total else 0


if __name__ == "__main__":
    sys.exit(main())
