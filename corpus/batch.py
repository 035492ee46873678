#!/usr/bin/env python3
"""Checks many good plans with hostile files between them, and holds every good plan to its report without them.

    corpus/batch.py BINARY [--good 500] [--hostile 100]

Good plans are copies of the corpus; hostile files are those of corpus/broken and plans with bytes changed, cut or swapped.
"""
import argparse
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent


def check(binary, folder):
    begin = time.monotonic()
    process = subprocess.Popen([binary, "check", str(folder), "--format", "json", "--no-config"], stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL)
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    documents = {pathlib.Path(document.pop("path")).name: document for document in json.loads(out)["documents"]}
    work = usage.ru_utime + usage.ru_stime
    figures = f"{time.monotonic() - begin:.0f} s, {work:.0f} s of work, {usage.ru_maxrss >> 10} MiB for the largest process"
    return os.waitstatus_to_exitcode(status), documents, figures


def hostile(rng, plans, broken):
    kind = rng.randrange(4)
    if kind == 0:
        path = rng.choice(broken)
        return path.suffix, path.read_bytes()
    path = rng.choice(plans)
    data = bytearray(path.read_bytes())
    if kind == 1:
        for _ in range(rng.randrange(1, 60)):
            data[rng.randrange(len(data))] = rng.randrange(256)
    elif kind == 2:
        del data[rng.randrange(len(data)):]
    else:
        start = rng.randrange(len(data))
        data[start:start] = data[:rng.randrange(len(data))]
    return path.suffix, bytes(data)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("--good", type=int, default=500)
    parser.add_argument("--hostile", type=int, default=100)
    given = parser.parse_args()
    rng = random.Random(1)
    plans = sorted(HERE.glob("*/plan.docx")) + sorted(HERE.glob("*/plan.pdf"))
    broken = sorted(path for path in (HERE / "broken").iterdir() if path.suffix in (".docx", ".pdf"))
    with tempfile.TemporaryDirectory() as folder:
        alone, mixed = pathlib.Path(folder, "alone"), pathlib.Path(folder, "mixed")
        alone.mkdir(), mixed.mkdir()
        for number in range(given.good):
            plan = plans[number % len(plans)]
            for place in (alone, mixed):
                (place / f"{number:05}-good{plan.suffix}").write_bytes(plan.read_bytes())
        for number in range(given.hostile):
            ending, data = hostile(rng, plans, broken)
            (mixed / f"{rng.randrange(given.good):05}-hostile-{number}{ending}").write_bytes(data)
        _, expected, figures = check(given.binary, alone)
        print(f"{len(expected)} good plans alone: {figures}")
        status, found, figures = check(given.binary, mixed)
        print(f"with {given.hostile} hostile files between: {figures}, exit status {status}")
    other = [name for name, document in expected.items() if found.get(name) != document]
    refused = sum(1 for name, document in found.items() if "hostile" in name and document.get("error"))
    print(f"good plans reported otherwise: {len(other)}; hostile files refused with a reason: {refused} of {given.hostile}")
    sys.exit(1 if other or len(found) != given.good + given.hostile else 0)


main()
