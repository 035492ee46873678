#!/usr/bin/env python3
"""How well needs without provision, and provision without a need, are told in short extracts of a Section B and a Section F.

    python3 corpus/needs.py BINARY

Each file of corpus/needs is thirty invented extracts by one author, with the truth about each need (`answered`) and each provision
(`no_need`). Prints for each file how many were found rightly, wrongly and not at all, and F1.
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

RULES = {"needs/without-provision": ("needs", lambda s: not s.get("answered", True)),
         "provision/without-need": ("provision", lambda s: bool(s.get("no_need")))}


def level(text):
    return re.sub(r"\W+", "", text.lower())


def part(title, statements):
    lines, area = [title, ""], None
    for statement in statements:
        if statement.get("area") not in (None, area):
            area = statement["area"]
            lines += ["", f"## {area}", ""]
        lines.append("- " + statement["text"].replace("\n", " "))
    return "\n".join(lines)


def main():
    binary = sys.argv[1]
    for bank in sorted((Path(__file__).resolve().parent / "needs").glob("*.json")):
        extracts = json.loads(bank.read_text(encoding="utf-8"))
        counts = {rule: [0, 0, 0] for rule in RULES}
        with tempfile.TemporaryDirectory() as folder:
            for at, extract in enumerate(extracts):
                text = part("# Section B: Special educational needs", extract["needs"]) + "\n\n" + part(
                    "# Section F: Special educational provision", extract["provision"]) + "\n"
                path = Path(folder) / f"{at}.txt"
                path.write_text(text, encoding="utf-8")
                run = subprocess.run([binary, "check", str(path), "--format", "json"], capture_output=True)
                found = json.loads(run.stdout)["documents"][0]["findings"]
                for rule, (side, is_fault) in RULES.items():
                    said = [level(f["statement"]) for f in found if f["rule"] == rule]
                    for statement in extract[side]:
                        words = level(statement["text"])
                        flagged = any(text and (text in words or words in text) for text in said)
                        if flagged or is_fault(statement):
                            counts[rule][0 if flagged and is_fault(statement) else 1 if flagged else 2] += 1
        for rule, (right, wrong, missed) in counts.items():
            print(f"{bank.name}  {rule:24} right {right:2}  wrong {wrong:2}  missed {missed:2}  "
                  f"F1 {2 * right / max(2 * right + wrong + missed, 1):.2f}")


if __name__ == "__main__":
    main()
