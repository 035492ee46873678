#!/usr/bin/env python3
"""Holds the pages that papers are said to have against those that LibreOffice gives them.

    python3 corpus/paper_pages.py target/debug/ehcp-lint

Writes the letter, the short letter and the working document of every plan of the corpus, in both formats, turns them into PDF with
`soffice` (LibreOffice) and counts pages with `pdfinfo` (poppler-utils). A short letter of more than one page is a failure.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path


def written(binary, command, plan, paper, options):
    """Writes a paper, and returns the number of pages that it is said to have."""
    run = [binary, *command.split(), str(plan), "-o", str(paper), *options]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    if done.returncode == 2 and "--stage" in done.stderr:
        done = subprocess.run([*run, "--stage", "final"], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{plan}: {done.stderr}")
    said = re.search(r"About (\d+) pages? of A4", done.stderr)
    return int(said.group(1)) if said else None


def main():
    binary = sys.argv[1]
    corpus = Path(__file__).parent
    said = {}
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for plan in sorted(corpus.glob("*/plan.docx")) + sorted(corpus.glob("*/plan.pdf")):
            name = f"{plan.parent.name}-{plan.suffix[1:]}"
            for command, kind, options in [
                ("letter", "letter", []),
                ("letter", "short", ["--short"]),
                ("working-document", "working", []),
                ("working-document", "whole", ["--sections", "A,B,C,D,E,F,G,H1,H2,I,J,K"]),
            ]:
                paper = folder / f"{name}-{kind}.docx"
                said[paper.stem] = written(binary, command, plan, paper, options)
        papers = sorted(str(paper) for paper in folder.glob("*.docx"))
        # a profile of its own: another LibreOffice on the same machine would answer in its place
        profile = f"-env:UserInstallation=file://{folder}/profile"
        convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
        for at in range(0, len(papers), 40):
            subprocess.run([*convert, *papers[at : at + 40]], capture_output=True, check=True)
        errors, failed = [], 0
        for stem, estimate in sorted(said.items()):
            info = subprocess.run(["pdfinfo", str(folder / f"{stem}.pdf")], capture_output=True, text=True, check=True)
            real = int(re.search(r"^Pages:\s+(\d+)", info.stdout, re.M).group(1))
            if stem.endswith("-short"):
                failed += real != 1
                if real != 1:
                    print(f"{stem}: {real} pages")
            elif estimate is not None:
                errors.append((real - estimate, real, stem))
                print(f"{stem}: said {estimate}, are {real}")
    off = [abs(error) for error, _, _ in errors]
    print(f"{len(errors)} papers: {off.count(0)} right, {off.count(1)} off by one page, worst off by {max(off)}")
    print(f"short letters of more than one page: {failed}")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
