#!/usr/bin/env python3
"""How well a build of ehcp-lint reads the words of any PDFs, against pdftotext. Prints the figures of docs/reading.md.

    python3 corpus/against.py BINARY FOLDER... [--worst N]

Every PDF below the folders is read by `ehcp-lint extract` and by `pdftotext -raw`; where it is installed (pip install pymupdf) by
MuPDF, too. Compared are the words and how often each occurs, in any order: F1, held against pdftotext, which is not the truth
either. Left out are files in which pdftotext finds fewer than 50 words, fails or takes more than a minute. Of several folders, the
means of each are shown, too.

raw      against `pdftotext -raw`, over all files
latin    without files whose letters are mostly not Latin: no plan is written in others
nearer   against `pdftotext` without -raw where that is nearer: each of its two orders cuts words in some files into letters
shown    without the files of PAGES_SHOW_OTHERS, where pdftotext prints what the page does not show, by looking at the page

Meant for the test files of other projects: nothing of them is kept.
"""
import argparse
import re
import statistics
import subprocess
import sys
import unicodedata
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

try:
    import pymupdf
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
except ImportError:
    pymupdf = None

LEAST = 50

# What `pdftotext -raw` prints that the page does not show. Found by looking at the pages.
PAGES_SHOW_OTHERS = {
    "ThuluthFeatures": "numbers of glyphs as if they were letters, on a page of Arabic",
    "complex_ttf_font": "the same",
    "issue19802": "the same, on a page of French and other languages",
    "TAMReview": "the same, on a page of English",
    "XiaoBiaoSong": "bytes of Chinese as Latin letters",
    "issue16316": "a page and a half that is cropped away",
    "issue-842-example": "every word four times, printed over each other",
    "bug900822": "every letter twice, printed over each other",
    "issue7878": "each letter of three words as a word",
    "issue-848": "each letter of text that is turned or mirrored as a word",
    "GHOSTSCRIPT-698168-0": "numbers of glyphs as if they were letters, on a page of Russian",
    "TextDefaults": "each letter of text that is turned as a word",
    "TextDefaultsAbbr": "the same",
    "TextRotateDemo": "the same",
    "TextRotateDemoWithOffset": "the same",
    "issue6127": "numbers of glyphs as if they were letters, on a page of French",
    "fake-bold-sample": "every letter twice, printed over each other",
} | dict.fromkeys([f"relative_expert_load_multi{part}" for part in ("", "_1-6", "_7-12", "_13-18", "_19-24", "_25-26")],
                  "the numbers of an axis, 1 to 64, as one")


def words(text):
    # Letters that are drawn as one, forms of Arabic letters, soft hyphens and marks of direction are written in more ways than one.
    for one, other in (("\ufb00", "ff"), ("\ufb01", "fi"), ("\ufb02", "fl"), ("\ufb03", "ffi"), ("\ufb04", "ffl")):
        text = text.replace(one, other)
    text = re.sub("[\ufb1d-\ufdff\ufe70-\ufefc]", lambda form: unicodedata.normalize("NFKC", form[0]), text)
    text = re.sub("[\u00ad\u200b-\u200f\u202a-\u202e\ufeff]", "", text)
    return Counter(re.findall(r"[^\W_]+", text.lower()))


def said(text):
    """The words that `ehcp-lint extract` read on pages."""
    # A form that the file only stores stands on no page, and no other program prints it.
    text = re.split(r"(?m)^\[the form, as the file stores it\]", text)[0]
    # A header or footer is said once, with the number of its pages; of numbers that change with the page, the first.
    body, *around = re.split(r"(?m)^\[((?:header|footer).*)\]$", text)
    # Lines of the page may stand in brackets, too.
    where = r"page \d+|Section [A-K12, ]+|no section|table \d+, row \d+|end of table"
    mark = rf"(?m)\A# .*|^(?:not read|read as stored|read by OCR): .*(?:\n {{10}}.*)*|^(?:\[(?:{where})\])+$|\[page \d+\]|^  \d+: "
    found = words(re.sub(mark, "", body))
    for name, line in zip(around[::2], around[1::2]):
        often = re.search(r", on (\d+) pages(, with other numbers)?$", name)
        for word, count in words(line).items():
            once = not often or often[2] and any(letter.isdigit() for letter in word)
            found[word] += count * (1 if once else int(often[1]))
    return found


def mupdf(path):
    """The words that MuPDF reads."""
    try:
        return words("\n".join(page.get_text() for page in pymupdf.open(path)))
    except Exception:  # whatever it stumbles over: it reads nothing then
        return Counter()


def read(binary, path):
    """Of one file: the scores of each program, whether its letters are Latin, and a remark. `None` where pdftotext reads nothing."""
    try:
        theirs = [subprocess.run(["pdftotext", *mode, path, "-"], capture_output=True, timeout=60) for mode in (["-raw"], [])]
    except subprocess.TimeoutExpired:
        return None
    wanted, other = (words(run.stdout.decode(errors="replace")) for run in theirs)
    if theirs[0].returncode or sum(wanted.values()) < LEAST:
        return None
    found, why = Counter(), "too slow"
    try:
        ours = subprocess.run([binary, "extract", path], capture_output=True, timeout=60)
        text = ours.stdout.decode(errors="replace")
        found = said(text)
        gaps = " ".join(re.findall(r"(?m)^not read: .*(?:\n {10}.*)*", text))
        why = ours.stderr.decode(errors="replace").split(": ", 1)[-1].strip() if ours.returncode else gaps
    except subprocess.TimeoutExpired:
        pass
    letters = [letter for word, count in wanted.items() for letter in word * count if letter.isalpha()]
    latin = sum(letter < "\u0250" for letter in letters) * 2 > len(letters)
    readers = {"ehcp-lint": found} | ({"MuPDF": mupdf(path)} if pymupdf else {})
    scores = {name: [2 * sum((read & them).values()) / max(1, sum(read.values()) + sum(them.values())) for them in (wanted, other)]
              for name, read in readers.items()}
    return path, scores, latin, f"{sum(found.values())} of {sum(wanted.values())} words. {why}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--worst", type=int, default=20)
    arguments = parser.parse_args()
    files = sorted(path for folder in arguments.folders for path in folder.rglob("*.pdf"))
    if not files:
        sys.exit("no PDFs there")
    with ProcessPoolExecutor(2) as pool:
        results = [result for result in pool.map(read, [arguments.binary] * len(files), files, chunksize=8) if result]
    print(f"{len(files)} files, {len(results)} of them compared\n")
    print(f"{'F1 of words':<12} {'files':>5}  {'':<10} {'mean':>6} {'median':>7} {'<0.5':>5} {'<0.9':>5}")
    rows = {
        "raw": (results, lambda both: both[0]),
        "latin": ([result for result in results if result[2]], lambda both: both[0]),
        "nearer": (results, max),
        "shown": ([result for result in results if result[0].stem not in PAGES_SHOW_OTHERS], lambda both: both[0]),
    }
    for name, (chosen, pick) in rows.items():
        for reader in chosen[0][1] if chosen else ():
            scores = [pick(scores[reader]) for _, scores, *_ in chosen]
            first = reader == "ehcp-lint"
            print(f"{name if first else '':<12} {len(chosen) if first else '':>5}  {reader:<10} {statistics.mean(scores):6.3f} "
                  f"{statistics.median(scores):7.3f} {sum(score < 0.5 for score in scores):5} {sum(score < 0.9 for score in scores):5}")
    for folder in arguments.folders if len(arguments.folders) > 1 else ():
        of = [scores for path, scores, *_ in results if path.is_relative_to(folder)]
        for reader in of[0] if of else ():
            raw, nearer = (statistics.mean(pick(scores[reader]) for scores in of) for pick in (lambda both: both[0], max))
            print(f"{folder.name if reader == 'ehcp-lint' else '':<32} {len(of):>5}  {reader:<10} raw {raw:.3f}  nearer {nearer:.3f}")
    for path, scores, _, why in sorted(results, key=lambda result: result[1]["ehcp-lint"][0])[: arguments.worst]:
        print(f"  {'  '.join(f'{both[0]:.3f}' for both in scores.values())}  {path.name}: {why[:120]}")


if __name__ == "__main__":
    main()
