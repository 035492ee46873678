#!/usr/bin/env python3
"""Runs the program over broken and odd files from outside, and says how it fared.

    corpus/odd_files.py BINARY FOLDER [--every N] [--list]

FOLDER holds one folder for each source of files (a checkout of a public repository of test files will do). Each PDF and Word
file is given to `BINARY extract`. The table says for each source how many files were read, refused with a reason, and how many
ended otherwise: a crash, a stumble that was caught, more than 10 seconds of work, more than 1 GiB of memory. Where pdftotext
or pandoc is installed, it says also for how many files they found words and for how many of those we did.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor

SECONDS, MEMORY, PATIENCE = 10, 1 << 30, 300
KINDS = {".pdf": "pdftotext", ".docx": "pandoc", ".docm": "pandoc", ".dotx": "pandoc"}


def run(command, patience=PATIENCE):
    """Exit status, output, notes, seconds of work, seconds passed, bytes of memory (of the largest process)."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begin = time.monotonic()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        timer = threading.Timer(patience, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = 0
        out.seek(0)
        err.seek(0)
        code = os.waitstatus_to_exitcode(status)
        text, notes = out.read(50_000_000).decode("utf-8", "replace"), err.read(1_000_000).decode("utf-8", "replace")
        return code, text, notes, usage.ru_utime + usage.ru_stime, time.monotonic() - begin, usage.ru_maxrss * 1024


def words(text):
    # What stands in brackets is no text: we mark places so, pandoc pictures.
    return len(re.findall(r"[^\W_]{2,}", re.sub(r"\[[^\]]*\]", "", text)))


def other(path):
    """How many words the usual program for this kind of file finds; None where it fails or is not installed."""
    program = KINDS[path.suffix.lower()]
    if not shutil.which(program):
        return None
    command = ["pdftotext", str(path), "-"] if program == "pdftotext" else ["pandoc", "-f", "docx", "-t", "plain", str(path)]
    code, text, *_ = run(command, 60)
    return words(text) if code == 0 else None


def one(binary, path):
    code, text, notes, work, _, memory = run([binary, "extract", str(path)])
    lines = [line for line in text.splitlines() if not line.startswith(("# ", "not read:", "read by OCR:", "          "))]
    found = words("\n".join(lines)) if code == 0 else 0
    marks = []
    if code not in (0, 3):
        marks.append("crash")
    said = text + notes
    if "made ehcp-lint stumble" in said or "Something went wrong inside" in said:
        marks.append("stumble")
    if work > SECONDS or "given up after" in said:
        marks.append("slow")
    if memory > MEMORY:
        marks.append("memory")
    if code == 3 and not re.search(r"help|Ask|Open it|Check|Give", said):
        marks.append("no reason")
    return path, code, found, other(path), work, memory, marks


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--every", type=int, default=1, help="only every so-manieth file of each source")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--list", action="store_true", help="list the files that others read and we do not")
    given = parser.parse_args()
    sources = sorted(folder for folder in given.folder.iterdir() if folder.is_dir())
    total = [0] * 8
    bad = []
    print(f"{'source':<32}{'files':>6}{'read':>6}{'refused':>9}{'crash':>7}{'stumble':>9}{'slow':>6}{'memory':>8}   words: others, and we of those")
    for source in sources:
        files = sorted(path for path in source.rglob("*") if path.suffix.lower() in KINDS and path.is_file())[:: given.every]
        with ThreadPoolExecutor(given.jobs) as pool:
            results = list(pool.map(lambda path: one(given.binary, path), files))
        mark = lambda name: sum(name in result[6] for result in results)
        theirs = [result for result in results if result[3]]
        ours = [result for result in theirs if result[2]]
        only = sum(1 for result in results if result[2] and not result[3])
        row = [len(results), sum(r[1] == 0 for r in results), sum(r[1] == 3 for r in results),
               mark("crash"), mark("stumble"), mark("slow"), mark("memory")]
        print(f"{source.name:<32}{row[0]:>6}{row[1]:>6}{row[2]:>9}{row[3]:>7}{row[4]:>9}{row[5]:>6}{row[6]:>8}   {len(theirs)}, {len(ours)} (and {only} that they did not)", flush=True)
        total = [a + b for a, b in zip(total, row + [0])]
        bad += [result for result in results if result[6]]
        if results:
            worst = max(results, key=lambda result: result[4])
            heaviest = max(results, key=lambda result: result[5])
            print(f"    longest {worst[4]:.1f} s ({worst[0].name}), most memory {heaviest[5] >> 20} MiB ({heaviest[0].name})")
        if given.list:
            for result in theirs:
                if not result[2]:
                    print(f"    not read: {result[0]} ({result[3]} words)")
    print(f"{'all':<32}{total[0]:>6}{total[1]:>6}{total[2]:>9}{total[3]:>7}{total[4]:>9}{total[5]:>6}{total[6]:>8}")
    for path, code, _, _, work, memory, marks in bad:
        print(f"{', '.join(marks)}: {path} (status {code}, {work:.1f} s, {memory >> 20} MiB)")
    sys.exit(1 if bad else 0)


main()
