#!/usr/bin/env python3
"""Make thousands of varied plans out of those of the corpus, to measure an audit with. They are for speed, not for truth:
statements of one section are recombined across plans, so a plan says many things that do not go together.

    python3 corpus/many.py OUT [--plans 2000] [--seed 1] [--jobs 2] [--pdfs 50]

Half are Word files and half PDFs (--pdfs says how many of a hundred), most of 8 to 40 pages; names of children are invented, and each plan has its own.
The same seed makes the same words. A Word file takes a fifth of a second of a core, a PDF some seconds: LibreOffice
lays it out. Needs what build.py needs (LibreOffice, python-docx, pyyaml).
"""
import argparse
import copy
import random
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import build

FIRST = """Aaliyah Aidan Amara Anwen Archie Beatrix Caleb Carys Daisy Dev Eilidh Elis Esme Farah Felix Gethin Hana Harri Imran Isla
Jago Jasmin Kasper Keira Lev Lowri Maisie Marek Nadia Nia Oisin Olwen Petra Piotr Quinn Rhys Rosa Rufus Saanvi Seren Tamsin
Theo Tilda Umar Vera Wilf Xanthe Yusuf Zara Zeno""".split()
LAST = """Abara Ashdown Baptiste Birkett Calder Cheung Dalby Draper Ekwueme Fairhurst Farrow Gilroy Gough Hallam Heywood Iqbal
Ingham Jarvis Kershaw Khalid Lockwood Lumley Mbeki Merrick Nayak Norcott Ogden Osei Pemberton Pryce Quayle Rahman Rowntree
Sandhu Selby Thackray Tolland Underhill Varley Wadham Whitlock Yardley Zielinski""".split()
# Layouts that only a browser or the national template render are left out: they take no other number of rows.
LAYOUTS = {"L1", "L2", "L3", "L4", "L6", "L7", "L9"}


def shape(item):
    """What can stand in the place of what: statements with one text, rows with as many cells."""
    if not isinstance(item, dict):
        return None
    if isinstance(item.get("cells"), list):
        return ("cells", len(item["cells"]))
    if isinstance(item.get("text"), str) and "type" not in item and "header" not in item:
        return ("text", item.get("kind"))
    return None


def lists(node, section):
    """Every list of things that can be exchanged, with its section."""
    if isinstance(node, dict):
        for value in node.values():
            yield from lists(value, section)
    elif isinstance(node, list):
        shapes = {shape(item) for item in node}
        if node and len(shapes) == 1 and None not in shapes:
            yield section, node
        for item in node:
            yield from lists(item, section)


def renamed(plan, text, new):
    """The text about another child."""
    full, first = plan["meta"].get("child_full_name", ""), plan["meta"].get("child_first_name", "")
    for old, name in ((full, " ".join(new)), (full.upper(), " ".join(new).upper()), (first, new[0])):
        if old:
            text = re.sub(rf"\b{re.escape(old)}\b", name, text)
    return text


def pool_of(plans):
    pool = defaultdict(list)
    for plan in plans:
        for section in plan["sections"]:
            for letter, items in lists(section["blocks"], section["id"]):
                pool[letter, shape(items[0])].extend((plan, item) for item in items)
    return pool


def make(plan, pool, dice):
    """One plan: the layout of `plan`, another child, statements from all plans."""
    new = (dice.choice(FIRST), dice.choice(LAST))
    made = copy.deepcopy({key: value for key, value in plan.items() if not key.startswith("_")})
    factor = dice.choice([2, 3, 4, 5, 6, 8, 10, 12])
    for section in made["sections"]:
        for letter, items in list(lists(section["blocks"], section["id"])):
            choice = pool[letter, shape(items[0])]
            if letter in ("I", "J", "SIGN") or len(choice) < 4:
                continue
            count = len(items) * factor if letter in ("B", "E", "F", "G") else len(items)
            count = min(count, 16) if plan["meta"]["layout"] == "L6" else count  # items are lettered a to p
            items[:] = [build.walk_strings(copy.deepcopy(item), lambda text: renamed(source, text, new))
                        for source, item in (dice.choice(choice) for _ in range(count))]
    made = build.walk_strings(made, lambda text: renamed(plan, text, new))
    made["meta"]["child_first_name"], made["meta"]["child_full_name"] = new[0], " ".join(new)
    return made


def write(task):
    number, seed, out, plans, pdfs = task
    pool = pool_of(plans)
    written = []
    for one in number:
        dice = random.Random(f"{seed}:{one}")
        plan = make(dice.choice([p for p in plans if p["meta"]["layout"] in LAYOUTS]), pool, dice)
        plan["_stem"] = f"plan-{one:05}"
        path = out / f"council-{dice.randrange(12):02}" / f"plan-{one:05}.docx"
        path.parent.mkdir(parents=True, exist_ok=True)
        build.Word(plan).build().save(path)
        written.append(path)
    # Spread evenly; of fifty in a hundred, these are the odd numbers.
    odd = [path for path in written if (int(path.stem[-5:]) + 1) * pdfs % 100 < pdfs]
    with tempfile.TemporaryDirectory() as home:
        for at in range(0, len(odd), 25):
            some = odd[at:at + 25]
            with tempfile.TemporaryDirectory() as into:
                subprocess.run(["soffice", f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", "pdf", "--outdir", into, *some],
                               check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                for path in some:
                    path.with_suffix(".pdf").write_bytes((Path(into) / f"{path.stem}.pdf").read_bytes())
                    path.unlink()
    return len(written)


def main():
    say = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    say.add_argument("out", type=Path)
    say.add_argument("--plans", type=int, default=2000)
    say.add_argument("--seed", type=int, default=1)
    say.add_argument("--jobs", type=int, default=2)
    say.add_argument("--pdfs", type=int, default=50)
    args = say.parse_args()
    plans = [plan for plan in build.load_all() if plan["meta"]["layout"] in LAYOUTS]
    numbers = list(range(args.plans))
    step = 50
    tasks = [(numbers[at:at + step], args.seed, args.out, plans, args.pdfs) for at in range(0, args.plans, step)]
    done = 0
    with ProcessPoolExecutor(args.jobs) as workers:
        for count in workers.map(write, tasks):
            done += count
            print(f"{done} of {args.plans} plans", file=sys.stderr)


if __name__ == "__main__":
    main()
