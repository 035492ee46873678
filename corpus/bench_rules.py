#!/usr/bin/env python3
"""How fast rules alone are, beside Vale and GNU diction: 300 phrases over the plans of the corpus as one plain text.

    python3 corpus/bench_rules.py BINARY [--vale VALE] [--runs 5]

The phrases are words of our own lists (rules/, lexicon/), letters and spaces alone, taken evenly from all of them. Vale gets them as one style (an `existence`
rule), we as one rule file (`phrase`), and nothing else is asked of either. Beside that: everything that `check` does, and
`diction` with its own list. Processor time is user and system time of the program and all it started, the least of the
runs; the instructions are counted by `perf stat`, where it is there.
"""
import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PHRASES = 300

RULE = '''title = "A phrase of the list"
category = "vague"
certainty = "heuristic"
since = "0.1.0"
message = "This is a phrase of the list."
why = "It is measured."
help = "Nothing."

[[authority]]
cite = "None"
says = "Nothing."
force = "practice"

[check]
kind = "phrase"
any = {any}

[[fires]]
text = """
# Section F
- Sam will have «{one}» in class.
"""

[[silent]]
why = "No phrase of the list."
text = """
# Section F
- Sam will have twenty minutes a day.
"""
'''


def phrases():
    """The same phrases every time: every nth of all that stand in quotation marks in our lists."""
    found = set()
    for file in sorted([*(HERE.parent / "rules").rglob("*.toml"), *(HERE.parent / "lexicon").glob("*.toml")]):
        for line in re.findall(r"^\w+\s*=\s*\[.*?\]", file.read_text(), re.M | re.S):
            found.update(re.findall(r"[\"']([a-z]+(?: [a-z]+){1,3})[\"']", line))
    every = sorted(found)
    return [every[at * len(every) // PHRASES] for at in range(PHRASES)]


def cost(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ran = subprocess.run(command, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if ran.returncode not in (0, 1):
        raise SystemExit(f"{command[0]} ended with {ran.returncode}: {ran.stderr}")
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime), ran


def instructions(command):
    if not shutil.which("perf"):
        return None
    ran = subprocess.run(["perf", "stat", "-x,", "-e", "instructions:u", *command], stdout=subprocess.DEVNULL,
                         stderr=subprocess.PIPE, text=True)
    counts = [line.split(",")[0] for line in ran.stderr.splitlines() if "instructions" in line]
    return int(counts[0]) / 1e6 if counts and counts[0].isdigit() else None


def main():
    say = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    say.add_argument("binary")
    say.add_argument("--vale", default=shutil.which("vale"))
    say.add_argument("--runs", type=int, default=5)
    args = say.parse_args()
    binary = str(Path(args.binary).resolve())
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        text = folder / "all.txt"
        plans = sorted(HERE.glob("*/plan.docx"))
        (folder / "plans").mkdir()
        files = [folder / "plans" / f"{plan.parent.name}.txt" for plan in plans]
        for plan, file in zip(plans, files):
            file.write_text(subprocess.run([binary, "extract", plan], capture_output=True, text=True).stdout)
        text.write_text("".join(file.read_text() for file in files))
        words = phrases()
        rules = folder / "rules" / "bench"
        rules.mkdir(parents=True)
        (rules / "phrases.toml").write_text(RULE.format(any=json.dumps(words), one=words[0]))
        style = folder / "styles" / "Bench"
        style.mkdir(parents=True)
        tokens = "".join(f"  - {json.dumps(word)}\n" for word in words)
        (style / "Phrases.yml").write_text(f"extends: existence\nmessage: \"'%s'\"\nlevel: warning\nignorecase: true\ntokens:\n{tokens}")
        (folder / ".vale.ini").write_text("StylesPath = styles\nMinAlertLevel = suggestion\n\n[*]\nBasedOnStyles = Bench\n")
        empty = folder / "empty.txt"
        empty.write_text("# Section F\n\nNothing.\n")
        ours = [binary, "check", "--no-config", "--format", "json"]
        alone = [*ours, "--rules", str(folder / "rules"), "--select", "bench/phrases"]
        vale = [args.vale, "--no-exit", "--no-global", "--output=JSON", f"--config={folder}/.vale.ini"]
        findings = lambda out: sum(len(document["findings"]) for document in json.loads(out)["documents"])
        rows = [("ours, 300 phrases alone", alone, findings), ("ours, all rules (`check`)", ours, findings)]
        if args.vale:
            rows.append(("Vale, 300 phrases", vale, lambda out: sum(map(len, json.loads(out).values()))))
        if shutil.which("diction"):
            rows.append(("diction, its own list", ["diction"], lambda out: out.count("[")))
        print(f"{len(text.read_text().split())} words, {text.stat().st_size} bytes; {len(words)} phrases; load {os.getloadavg()[0]:.1f}")
        for title, over in (("as one text", [text]), (f"as {len(files)} texts, one for each plan", files)):
            print(f"\n{title}:")
            for name, command, count in rows:
                whole = [*command, *map(str, over)]
                runs = [cost(whole) for _ in range(args.runs)]
                start = min(cost([*command, str(empty)])[0] for _ in range(args.runs))
                least, said, many = min(run[0] for run in runs), count(runs[0][1].stdout), instructions(whole)
                counted = f", {many:.0f} million instructions" if many else ""
                print(f"  {name}: {least:.0f} ms of processor time{counted} (an empty text: {start:.0f} ms); {said} marked")


if __name__ == "__main__":
    main()
