#!/usr/bin/env python3
"""How fast rules alone are, beside Vale and GNU diction: 300 phrases over the plans of the corpus as one plain text.

    python3 corpus/bench_rules.py BINARY [--vale VALE] [--runs 5]

The phrases are words of our own lists (rules/, lexicon/), letters and spaces alone, taken evenly from all of them. Vale gets them as one style (an `existence`
rule), we as one rule file (`phrase`), and nothing else is asked of either. Each also gets one phrase that stands nowhere: what that
takes is reading the text and starting, and the difference is what the rules themselves take. Beside that: everything that `check`
does, and `diction` with its own list. Processor time is user and system time of the program and all it started, the least of the
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

STYLE = """extends: existence
message: "'%s'"
level: warning
ignorecase: true
tokens:
{tokens}"""

SETTINGS = "StylesPath = styles\nMinAlertLevel = suggestion\n\n[*]\nBasedOnStyles = Bench\n"

NOWHERE = "zebra zeppelin zither"


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
        ours = [binary, "check", "--no-config", "--format", "json"]
        alone, vale = {}, {}
        for name, asked in (("all", words), ("none", [NOWHERE])):
            rules = folder / name / "rules" / "bench"
            rules.mkdir(parents=True)
            (rules / "phrases.toml").write_text(RULE.format(any=json.dumps(asked), one=asked[0]))
            alone[name] = [*ours, "--rules", str(rules.parent), "--select", "bench/phrases"]
            style = folder / name / "styles" / "Bench"
            style.mkdir(parents=True)
            tokens = "".join(f"  - {json.dumps(word)}\n" for word in asked)
            (style / "Phrases.yml").write_text(STYLE.format(tokens=tokens))
            (folder / name / ".vale.ini").write_text(SETTINGS)
            vale[name] = [args.vale, "--no-exit", "--no-global", "--output=JSON", f"--config={folder}/{name}/.vale.ini"]
        empty = folder / "empty.txt"
        empty.write_text("# Section F\n\nNothing.\n")
        findings = lambda out: sum(len(document["findings"]) for document in json.loads(out)["documents"])
        alerts = lambda out: sum(map(len, json.loads(out).values()))
        rows = [("ours, 300 phrases alone", alone["all"], findings), ("ours, a phrase that stands nowhere", alone["none"], findings),
                ("ours, all rules (`check`)", ours, findings)]
        if args.vale:
            rows += [("Vale, 300 phrases", vale["all"], alerts), ("Vale, a phrase that stands nowhere", vale["none"], alerts)]
        if shutil.which("diction"):
            rows.append(("diction, its own list", ["diction"], lambda out: out.count("[")))
        print(f"{len(text.read_text().split())} words, {text.stat().st_size} bytes; {len(words)} phrases; load {os.getloadavg()[0]:.1f}")
        for title, over in (("as one text", [text]), (f"as {len(files)} texts, one for each plan", files)):
            print(f"\n{title}:")
            taken = {}
            for name, command, count in rows:
                whole = [*command, *map(str, over)]
                runs = [cost(whole) for _ in range(args.runs)]
                start = min(cost([*command, str(empty)])[0] for _ in range(args.runs))
                least, said, many = min(run[0] for run in runs), count(runs[0][1].stdout), instructions(whole)
                counted = f", {many:.0f} million instructions" if many else ""
                taken[name] = least, many or 0
                print(f"  {name}: {least:.0f} ms of processor time{counted} (an empty text: {start:.0f} ms); {said} marked")
            for who in ("ours", "Vale"):
                whole, without = (next((cost for name, cost in taken.items() if name.startswith(who) and words in name), None)
                                  for words in ("300", "nowhere"))
                if whole and without:
                    print(f"  {who}, what 300 phrases add: {whole[0] - without[0]:.0f} ms, {whole[1] - without[1]:.0f} million instructions")


if __name__ == "__main__":
    main()
