#!/usr/bin/env python3
"""Where the time of an audit goes, by what the program does.

    CARGO_TARGET_DIR=target/profile CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_STRIP=none \\
        CARGO_PROFILE_RELEASE_DEBUG=line-tables-only RUSTFLAGS="-C force-frame-pointers=yes" cargo build --release
    corpus/profile.py target/profile/release/ehcp-lint FOLDER

Runs `audit FOLDER --jobs 1` under `perf record -e cpu-clock` (Linux, from the package linux-perf or linux-tools) and counts, for
each part, the samples in which a function of that part stands anywhere in the stack: so a part holds those it calls. The parts
below the line run through the others. Hundredths of all samples.
"""
import subprocess
import sys
import tempfile

PARTS = [
    ("reading the file", ["ehcp_lint::extract::extract"]),
    ("    hayro, which interprets the pages, and what it calls", ["hayro_"]),
    ("sections", ["read::fragments::", "read::labels::claims"]),
    ("rules and what they ask of the plan", ["rules::set::Rules::verdict"]),
    ("    cutting statements", ["read::prose::cut", "read::rows::cut", "read::statements::statements"]),
    ("    what statements pin down, and of what sort they are", ["facts::read"]),
    ("    links between needs and provision", ["plan::read::links::read"]),
    ("    weak words", ["weak_words::WeakWords"]),
    ("the record: identifiers, sketches of statements", ["audit::examine::examine"]),
    ("tables, what plans share, dashboard", ["cli::audit::run::finish", "cli::audit::gather"]),
    (None, []),
    ("room for strings and lists", ["mi_", "malloc", "cfree", "realloc"]),
    ("word patterns", ["text::matching::", "text::together", "text::idle", "text::automaton", "Class::may_begin"]),
    ("regular expressions", ["text::regex::"]),
    ("the kernel", ["entry_SYSCALL", "asm_exc", "asm_sysvec"]),
]


def stacks(lines):
    """The functions of each sample, the innermost first."""
    stack = []
    for line in lines:
        if line.strip():
            stack.append(line.strip().partition(" ")[2])
        elif stack:
            yield stack
            stack = []
    if stack:
        yield stack


def main():
    binary, folder = sys.argv[1:]
    with tempfile.TemporaryDirectory() as room:
        record = ["perf", "record", "-q", "-e", "cpu-clock", "-F", "3000", "--call-graph", "fp", "-o", f"{room}/perf"]
        subprocess.run([*record, binary, "audit", folder, "-o", f"{room}/out", "--jobs", "1", "--quiet"], check=True)
        script = ["perf", "script", "-i", f"{room}/perf", "-F", "ip,sym"]
        told = subprocess.run(script, check=True, capture_output=True, text=True).stdout
    counts, total = [0] * len(PARTS), 0
    for stack in stacks(told.splitlines()):
        total += 1
        for at, (_, words) in enumerate(PARTS):
            counts[at] += any(word in function for function in stack for word in words)
    print(f"{total} samples")
    for (part, _), count in zip(PARTS, counts):
        print(f"{part:58}{100 * count / total:5.1f}" if part else "through all of these:")


if __name__ == "__main__":
    main()
