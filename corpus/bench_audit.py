#!/usr/bin/env python3
"""How fast and how lean an audit is, beside pdftotext and pandoc on the same files. Prints the table of docs/audit.md.

    python3 corpus/many.py PLANS --plans 2000
    python3 corpus/bench_audit.py BINARY PLANS [--others 200] [--copies 2000]

Processor time is user and system time of a program and all it started. pdftotext and pandoc are started once for each file,
as they read one; they read the first OTHERS files of their kind, as pandoc takes long, and so does the audit that they are
compared with. Memory is the most that one process held, looked at every 20 milliseconds: the audit itself, and the largest of
its workers. --copies measures, in place of all that, an audit of so many files, and of a tenth of them: copies of PLANS with a
remark that makes their bytes differ. They say nothing of how varied so many plans are. Times by the clock say something only on a machine that does nothing else; the load is printed beside them.

Needs poppler-utils and pandoc (apt). BINARY: `cargo build --release`.
"""
import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from pathlib import Path


def spent():
    use = resource.getrusage(resource.RUSAGE_CHILDREN)
    return use.ru_utime + use.ru_stime


def high(process):
    try:
        text = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    lines = [line for line in text.splitlines() if line.startswith("VmHWM:")]
    return int(lines[0].split()[1]) / 1024 if lines else 0


def children(process):
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []


class Audit:
    """One run: seconds of processors, seconds by the clock, megabytes of the audit and of its largest worker."""

    def __init__(self, binary, plans, jobs):
        with tempfile.TemporaryDirectory() as folder:
            before, begin = spent(), time.monotonic()
            process = subprocess.Popen([binary, "audit", plans, "-o", f"{folder}/out", "--jobs", str(jobs), "--quiet"],
                                       stderr=subprocess.DEVNULL)
            self.own = self.worker = 0
            watch = threading.Thread(target=self.watch, args=(process,))
            watch.start()
            code = process.wait()
            self.clock, self.cpu = time.monotonic() - begin, spent() - before
            watch.join()
            if code not in (0, 3):
                sys.exit(f"the audit ended with {code}")
            self.plans = sum(1 for line in open(f"{folder}/out/plans.csv") if ",read," in line or ",part," in line)
            self.bytes = sum(path.stat().st_size for path in Path(f"{folder}/out").iterdir())

    def watch(self, process):
        while process.poll() is None:
            self.own = max(self.own, high(process.pid))
            self.worker = max([self.worker, *map(high, children(process.pid))])
            time.sleep(0.02)


def linked(files, folder):
    folder.mkdir()
    for file in files:
        os.link(file, folder / file.name) if file.stat().st_dev == folder.stat().st_dev else shutil.copy(file, folder)
    return folder


def copied(files, number, folder):
    """So many copies, each with a remark of its own where its format has room for one."""
    folder.mkdir()
    for at in range(number):
        file = files[at % len(files)]
        copy = folder / f"{at:05}{file.suffix}"
        shutil.copy(file, copy)
        if file.suffix == ".docx":
            with zipfile.ZipFile(copy, "a") as package:
                package.comment = f"copy {at}".encode()
        else:
            with open(copy, "ab") as end:
                end.write(f"\n% copy {at}\n".encode())
    return folder


def of_copies(args, files):
    with tempfile.TemporaryDirectory(dir=args.plans.parent) as folder:
        for number in (args.copies // 10, args.copies):
            audit = Audit(args.binary, copied(files, number, Path(folder) / str(number)), 2)
            print(f"{number} files, --jobs 2: {audit.plans} plans read, {1000 * audit.cpu / number:.0f} ms of processor a file, "
                  f"{audit.clock:.0f} s by the clock; the audit held {audit.own:.0f} MB, its largest worker {audit.worker:.0f} MB")


def other(command, files):
    before = spent()
    for file in files:
        subprocess.run([word.replace("FILE", str(file)) for word in command], stdout=subprocess.DEVNULL, check=True)
    return spent() - before


def main():
    say = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    say.add_argument("binary")
    say.add_argument("plans", type=Path)
    say.add_argument("--others", type=int, default=200)
    say.add_argument("--copies", type=int)
    args = say.parse_args()
    files = sorted(file for file in args.plans.rglob("*") if file.suffix in (".docx", ".pdf"))
    print(f"{len(files)} plans, {sum(f.stat().st_size for f in files) / 1e6:.0f} MB; {os.cpu_count()} cores; "
          f"load {os.getloadavg()[0]:.1f} at the start")
    if args.copies:
        return of_copies(args, files)
    with tempfile.TemporaryDirectory(dir=args.plans.parent) as folder:
        folder = Path(folder)
        for kind, command in ((".pdf", ["pdftotext", "-layout", "FILE", "-"]), (".docx", ["pandoc", "-t", "plain", "FILE"])):
            some = [file for file in files if file.suffix == kind][:args.others]
            audit = Audit(args.binary, linked(some, folder / kind[1:]), 1)
            theirs = other(command, some)
            print(f"{kind[1:]}: audit {1000 * audit.cpu / len(some):.0f} ms a plan, {command[0]} {1000 * theirs / len(some):.0f} ms "
                  f"a plan ({len(some)} plans, processor time): {audit.cpu / theirs:.2f} times {command[0]}")
        few = Audit(args.binary, linked(files[::10], folder / "few"), 2)
        for jobs in (1, 2):
            load = os.getloadavg()[0]
            audit = Audit(args.binary, args.plans, jobs)
            print(f"--jobs {jobs}: {audit.plans} plans read, {1000 * audit.cpu / len(files):.0f} ms of processor a plan, "
                  f"{audit.clock:.0f} s by the clock (load {load:.1f}); {audit.bytes / len(files) / 1024:.0f} KiB of results a plan")
        print(f"memory, --jobs 2: {few.own:.1f} MB for {len(files[::10])} plans (every tenth), {audit.own:.1f} MB for {len(files)}, {audit.own / few.own:.2f} times as much; "
              f"largest worker {few.worker:.0f} and {audit.worker:.0f} MB")


if __name__ == "__main__":
    main()
