#!/usr/bin/env python3
"""How well a build of ehcp-lint reads the words of any PDFs, against pdftotext. Prints the figures of docs/reading.md.

    python3 corpus/against.py BINARY FOLDER... [--worst N]

Every PDF below the folders is read by `ehcp-lint extract` and by `pdftotext -raw`. Compared are the words and how often
each occurs, in any order: F1, ehcp-lint held against pdftotext, which is not the truth either. Left out are files in which
pdftotext finds fewer than 50 words, fails or takes more than a minute. The second line leaves out files whose letters are mostly
not Latin: no plan is written in others. The third holds against `pdftotext` without -raw where that is nearer: each of its
two orders cuts words in some files into letters. Meant for the test files of other projects: nothing of them is kept.
"""
import argparse
import re
import statistics
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

LEAST = 50


def words(text):
    # Letters that are drawn as one, soft hyphens and marks of direction are written in more ways than one.
    for one, other in (("\ufb00", "ff"), ("\ufb01", "fi"), ("\ufb02", "fl"), ("\ufb03", "ffi"), ("\ufb04", "ffl")):
        text = text.replace(one, other)
    text = re.sub("[\u00ad\u200b-\u200f\u202a-\u202e\ufeff]", "", text)
    return Counter(re.findall(r"[^\W_]+", text.lower()))


def said(text):
    """The words that `ehcp-lint extract` read on pages."""
    # A form that the file only stores stands on no page, and no other program prints it.
    text = re.split(r"(?m)^\[the form, as the file stores it\]", text)[0]
    # A header or footer is said once, with the number of its pages; of numbers that change with the page, the first.
    body, *around = re.split(r"(?m)^\[((?:header|footer).*)\]$", text)
    mark = r"(?m)^(?:not read|read as stored|read by OCR): .*(?:\n {10}.*)*|^\[.*\]$|\[page \d+\]|^  \d+: |^# .*"
    found = words(re.sub(mark, "", body))
    for name, line in zip(around[::2], around[1::2]):
        often = re.search(r", on (\d+) pages(, with other numbers)?$", name)
        for word, count in words(line).items():
            once = not often or often[2] and any(letter.isdigit() for letter in word)
            found[word] += count * (1 if once else int(often[1]))
    return found


def read(binary, path):
    """The words of both programs, or why there are none."""
    try:
        theirs = [subprocess.run(["pdftotext", *mode, path, "-"], capture_output=True, timeout=60) for mode in (["-raw"], [])]
    except subprocess.TimeoutExpired:
        return None
    wanted, other = (words(run.stdout.decode(errors="replace")) for run in theirs)
    if theirs[0].returncode or sum(wanted.values()) < LEAST:
        return None
    try:
        ours = subprocess.run([binary, "extract", path], capture_output=True, timeout=60)
    except subprocess.TimeoutExpired:
        return path, 0.0, 0.0, True, "too slow"
    text = ours.stdout.decode(errors="replace")
    # What is no word of the file: the title, marks of places, notes on what was not read.
    gaps = " ".join(re.findall(r"(?m)^not read: .*(?:\n {10}.*)*", text))
    found = said(text)
    f1, second = (2 * sum((found & them).values()) / max(1, sum(found.values()) + sum(them.values())) for them in (wanted, other))
    why = ours.stderr.decode(errors="replace").split(": ", 1)[-1].strip() if ours.returncode else gaps
    letters = [letter for word, count in wanted.items() for letter in word * count if letter.isalpha()]
    latin = sum(letter < "\u0250" for letter in letters) * 2 > len(letters)
    return path, f1, max(f1, second), latin, f"{sum(found.values())} of {sum(wanted.values())} words. {why}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--worst", type=int, default=20)
    arguments = parser.parse_args()
    files = sorted(path for folder in arguments.folders for path in folder.rglob("*.pdf"))
    if not files:
        sys.exit("no PDFs there")
    with ThreadPoolExecutor(2) as pool:
        results = [result for result in pool.map(lambda path: read(arguments.binary, path), files) if result]
    print(f"{len(files)} files, {len(results)} of them compared")
    latin = [result for result in results if result[3]]
    for name, scores in (("all", [result[1] for result in results]), ("in Latin letters", [result[1] for result in latin]),
                         ("all, held against the nearer of its two orders", [result[2] for result in results])):
        print(f"F1 of words, {name} ({len(scores)}): mean {statistics.mean(scores):.3f}, median {statistics.median(scores):.3f}, "
              f"below 0.5: {sum(score < 0.5 for score in scores)}, below 0.9: {sum(score < 0.9 for score in scores)}")
    for path, f1, _, _, why in sorted(results, key=lambda result: result[1])[: arguments.worst]:
        print(f"  {f1:.3f}  {path.name}: {why[:140]}")


if __name__ == "__main__":
    main()
