#!/usr/bin/env python3
"""How fast a build of ehcp-lint reads, beside pdftotext and pandoc. Prints the table of docs/reading.md.

    python3 corpus/bench.py BINARY [--rounds N] [--keep DIR]

Bundles are made from the plans of the corpus, one after the other until there are pages enough: PDFs of 2, 20, 40, 400
and 600 pages, Word files of 40 and 500 (counted by the pages of the PDF of the same plan). Each is read by
`ehcp-lint extract` and by `pdftotext -layout` or `pandoc -t plain` in turn, so that whatever else the machine does falls
on both. Printed are the processor time of each (user and system, the least of all rounds), the ratio, and the most
memory that was held.

Needs qpdf and poppler-utils (apt), pandoc (apt) and python-docx (pip). BINARY: `cargo build --release`.
"""
import argparse
import copy
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def pages_of(path):
    return int(subprocess.run(["qpdf", "--show-npages", path], capture_output=True, check=True).stdout)


def plans(pages):
    """Plans of the corpus in turn, each with how many of its pages are wanted, until there are so many pages."""
    folders = sorted(folder for folder in HERE.iterdir() if (folder / "plan.pdf").exists())
    left, at = pages, 0
    while left > 0:
        folder = folders[at % len(folders)]
        count = min(left, pages_of(folder / "plan.pdf"))
        yield folder, count
        left, at = left - count, at + 1


def pdf(pages, path):
    parts = [word for folder, count in plans(pages) for word in (folder / "plan.pdf", f"1-{count}")]
    subprocess.run(["qpdf", "--empty", "--pages", *parts, "--", path], check=True)


def docx(pages, path):
    import docx
    whole = None
    for folder, _ in plans(pages):
        if not (folder / "plan.docx").exists():
            continue
        part = docx.Document(str(folder / "plan.docx"))
        if whole is None:
            whole = part
            continue
        end = whole.element.body[-1]  # the properties of the last section
        for block in part.element.body[:-1]:
            end.addprevious(copy.deepcopy(block))
    whole.save(str(path))


def run(command):
    """Processor seconds and the most memory, in megabytes, of a command. Its output is thrown away."""
    with open(os.devnull, "w") as nowhere:
        child = subprocess.Popen(command, stdout=nowhere, stderr=nowhere)
        _, status, usage = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"{command} failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def best(commands, rounds):
    """The least time and memory of each command, run in turn."""
    runs = [[run(command) for command in commands] for _ in range(rounds)]
    return [(min(time for time, _ in column), min(memory for _, memory in column)) for column in zip(*runs)]


def main():
    if sys.argv[1:2] == ["--make"]:
        return docx(int(sys.argv[2]), Path(sys.argv[3]))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--keep", type=Path, help="where the bundles are made, and kept")
    arguments = parser.parse_args()
    binary = shutil.which(arguments.binary) or arguments.binary
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        print(f"{'':<18}{'ehcp-lint':>12}{'memory':>10}   {'':<20}{'time':>10}{'ratio':>8}")
        empty = folder / "line.txt"
        empty.write_text("Section A\n\nOne line.\n")
        row("start-up", [binary, "extract", empty], None, arguments.rounds)
        for pages in (2, 20, 40, 400, 600):
            path = folder / f"{pages}.pdf"
            if not path.exists():
                pdf(pages, path)
            row(f"{pages} pages PDF", [binary, "extract", path], ["pdftotext", "-layout", path, "-"], arguments.rounds)
        for pages in (40, 500):
            path = folder / f"{pages}.docx"
            if not path.exists():
                # In a process of its own: the memory of this one would be counted as that of the programs it starts.
                subprocess.run([sys.executable, __file__, "--make", str(pages), path], check=True)
            row(f"{pages} pages Word", [binary, "extract", path], ["pandoc", "-t", "plain", path],
                min(arguments.rounds, 3))


def row(name, ours, theirs, rounds):
    # Large bundles say the same of a program in fewer rounds.
    measured = best([ours] + ([theirs] if theirs else []), rounds)
    (time, memory), other = measured[0], measured[1:]
    line = f"{name:<18}{time * 1000:>9.0f} ms{memory:>7.0f} MB"
    if other:
        line += f"   {' '.join(theirs[:2]):<20}{other[0][0] * 1000:>7.0f} ms{time / max(other[0][0], 0.001):>8.2f}"
    print(line, flush=True)


if __name__ == "__main__":
    main()
