#!/usr/bin/env python3
"""Make thousands of varied plans out of those of the corpus, to measure an audit with. They are for speed and size, not for
truth: statements of one section are recombined across plans, so a plan says many things that do not go together.

    python3 corpus/many.py OUT [--plans 2000] [--seed 1] [--jobs 2] [--pdfs 50]

Half are Word files and half PDFs (--pdfs says how many of a hundred), of 8 to 40 pages. Each has a child's name of its own,
dates, layout and length by chance; statements are drawn from all plans of the corpus but those that are held out, with other
minutes, times and days in them. PDFs are laid out by LibreOffice, a quarter of those whose layout allows it by Chromium; one that
comes out shorter or longer than it should is made again with fewer or more statements. The same seed makes the same words.
OUT/plans.csv is a table about them as a council keeps one (`--meta`). A Word file takes a tenth of a second of a core, a PDF a
third to a whole one. Needs what build.py needs (LibreOffice, Chromium, python-docx, pyyaml), and poppler-utils.
"""
import argparse
import copy
import csv
import datetime as dt
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
MONTHS = "January February March April May June July August September October November December".split()
# Words on a page, measured: a first guess, which the pages of a PDF correct.
LAYOUTS = {"L1": 530, "L2": 430, "L3": 330, "L4": 600, "L5": 420, "L6": 500, "L7": 200, "L9": 330}
# Blocks that render_html writes.
PLAIN = {"heading", "para", "list", "table"}
# The national template has few lists that may grow, and rows that must stay.
GROWING = ("B", "C", "D", "E", "F", "G", "H1", "H2")
SILENT = {"style", "labels", "missing", "category", "kind", "type", "tags", "slot", "phrases", "note", "section", "id", "name", "render"}


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


def words(node):
    if isinstance(node, str):
        return len(node.split())
    if isinstance(node, list):
        return sum(map(words, node))
    if isinstance(node, dict):
        return sum(words(value) for key, value in node.items() if key not in SILENT)
    return 0


def renamed(plan, text, new):
    """The text about another child."""
    full, first = plan["meta"].get("child_full_name", ""), plan["meta"].get("child_first_name", "")
    for old, name in ((full, " ".join(new)), (full.upper(), " ".join(new).upper()), (first, new[0])):
        if old:
            text = re.sub(rf"\b{re.escape(old)}\b", name, text)
    return text


def varied(text, dice):
    """The same kind of statement with other amounts."""
    text = re.sub(r"\b(10|15|20|30|40|45|60)(?= ?-?minute)", lambda _: str(dice.choice((10, 15, 20, 25, 30, 40, 45, 60))), text)
    text = re.sub(r"\b(once|twice|three times)(?= (a|each|every|per) (day|week|term|year))", lambda _: dice.choice(("once", "twice", "three times", "four times")), text)
    return re.sub(r"\b(Mon|Tues|Wednes|Thurs|Fri)day\b", lambda _: dice.choice(("Mon", "Tues", "Wednes", "Thurs", "Fri")) + "day", text)


def later(text, days):
    """Dates moved by so many days."""
    def slashed(found):
        try:
            return (dt.date(int(found[3]), int(found[2]), int(found[1])) + days).strftime("%d/%m/%Y")
        except ValueError:
            return found[0]

    def spelt(found):
        try:
            day = dt.date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1])) + days
        except ValueError:
            return found[0]
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    text = re.sub(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b", slashed, text)
    return re.sub(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b", spelt, text)


def pool_of(plans):
    pool = defaultdict(list)
    for plan in plans:
        for section in plan["sections"]:
            for letter, items in lists(section["blocks"], section["id"]):
                pool[letter, shape(items[0])].extend((plan, item) for item in items)
    return pool


def name_of(number, seed):
    """Each child has a name of its own."""
    dice = random.Random(f"{seed}:names")
    pairs = [(first, last) for first in FIRST for last in LAST]
    dice.shuffle(pairs)
    first, last = pairs[number % len(pairs)]
    turn = number // len(pairs)
    return (first, last if turn == 0 else f"{last}-{LAST[(LAST.index(last) + turn) % len(LAST)]}")


def make(plan, pool, dice, new, most):
    """One plan of about so many words: the layout of `plan`, another child, statements from all plans."""
    made = copy.deepcopy({key: value for key, value in plan.items() if not key.startswith("_")})
    short = plan["meta"]["layout"] == "L6"  # items are lettered a to p

    def drawn(choice):
        source, item = dice.choice(choice)
        return build.walk_strings(copy.deepcopy(item), lambda text: varied(renamed(source, text, new), dice))

    growing = []
    for section in made["sections"]:
        for letter, items in list(lists(section["blocks"], section["id"])):
            choice = pool[letter, shape(items[0])]
            if letter in ("I", "J", "SIGN") or len(choice) < 4:
                continue
            items[:] = [drawn(choice) for _ in items]
            if letter in GROWING:
                growing.append((items, choice))
    count = words(made["sections"])
    while count < most and growing:
        items, choice = dice.choice(growing)
        if short and len(items) >= 16:
            growing = [(known, of) for known, of in growing if known is not items]
            continue
        items.append(drawn(choice))
        count += words(items[-1])
    moved = dt.timedelta(days=dice.randrange(-700, 200))
    made = build.walk_strings(made, lambda text: later(renamed(plan, text, new), moved))
    made["meta"]["child_first_name"], made["meta"]["child_full_name"] = new[0], " ".join(new)
    return made


def pages_of(path):
    said = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    return int(re.search(r"Pages:\s+(\d+)", said)[1])


class Maker:
    """Makes the plans of these numbers."""

    def __init__(self, seed, out, plans, pdfs):
        self.seed, self.out, self.plans, self.pdfs, self.pool = seed, out, plans, pdfs, pool_of(plans)

    def path(self, one):
        return self.out / f"council-{random.Random(f'{self.seed}:{one}:council').randrange(12):02}" / f"plan-{one:05}"

    def is_pdf(self, one):
        """Spread evenly; of fifty in a hundred, these are the odd numbers."""
        return (one + 1) * self.pdfs % 100 < self.pdfs

    def plan(self, one, scale):
        """The plan of a number, and whether a browser prints it; `scale` corrects its length."""
        dice = random.Random(f"{self.seed}:{one}")
        # The browser's own layout has no Word file.
        some = [plan for plan in self.plans if self.is_pdf(one) or plan["meta"]["layout"] != "L5"]
        plan = dice.choice(some)
        layout = plan["meta"]["layout"]
        plain = {block["type"] for section in plan["sections"] for block in section["blocks"]} <= PLAIN
        printed = self.is_pdf(one) and (layout == "L5" or (plain and dice.random() < 0.25))
        target = dice.randrange(9, 38)
        made = make(plan, self.pool, dice, name_of(one, self.seed), int(target * (450 if printed else LAYOUTS[layout]) * scale))
        made["_stem"] = f"plan-{one:05}"
        return made, printed, target

    def word(self, numbers, scales, into):
        paths = []
        for one in numbers:
            made, printed, _ = self.plan(one, scales.get(one, 1))
            if not printed:
                path = into / f"plan-{one:05}.docx"
                build.Word(made).build().save(path)
                paths.append(path)
        return paths

    def write(self, numbers):
        for one in numbers:
            self.path(one).parent.mkdir(parents=True, exist_ok=True)
        for one in numbers:
            if not self.is_pdf(one):
                build.Word(self.plan(one, 1)[0]).build().save(self.path(one).with_suffix(".docx"))
        left, scales = [one for one in numbers if self.is_pdf(one)], {}
        for attempt in range(4):
            with tempfile.TemporaryDirectory() as home:
                home = Path(home)
                paths = self.word(left, scales, home)
                if paths:
                    subprocess.run(["soffice", f"-env:UserInstallation=file://{home}/profile", "--headless", "--convert-to", "pdf", "--outdir", home, *paths],
                                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                again = []
                for one in left:
                    made, printed, target = self.plan(one, scales.get(one, 1))
                    path = home / f"plan-{one:05}.pdf"
                    if printed:
                        page = path.with_suffix(".html")
                        page.write_text(build.render_html(made), encoding="utf-8")
                        build.chromium(page, path)
                    pages = pages_of(path)
                    if not 8 <= pages <= 40 and attempt < 3:
                        scales[one] = scales.get(one, 1) * target / pages
                        again.append(one)
                    else:
                        self.path(one).with_suffix(".pdf").write_bytes(path.read_bytes())
            left = again
        return len(numbers)

    def row(self, one):
        dice = random.Random(f"{self.seed}:{one}:row")
        month = dt.date(2023, 1, 15) + dt.timedelta(days=dice.randrange(1000))
        path = self.path(one).with_suffix(".pdf" if self.is_pdf(one) else ".docx")
        return [path.relative_to(self.out), path.parent.name, dice.choice(("ASD", "SEMH", "SLCN", "MLD", "PD", "")), month.isoformat(), dice.randrange(-1, 14)]


def write(task):
    maker, numbers = task
    return maker.write(numbers)


def main():
    say = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    say.add_argument("out", type=Path)
    say.add_argument("--plans", type=int, default=2000)
    say.add_argument("--seed", type=int, default=1)
    say.add_argument("--jobs", type=int, default=2)
    say.add_argument("--pdfs", type=int, default=50)
    args = say.parse_args()
    held_out = ("66-", "67-", "68-", "69-", "70-")
    plans = [plan for plan in build.load_all() if plan["meta"]["layout"] in LAYOUTS and not plan["_stem"].startswith(held_out)]
    maker = Maker(args.seed, args.out, plans, args.pdfs)
    step = 50
    tasks = [(maker, range(at, min(at + step, args.plans))) for at in range(0, args.plans, step)]
    done = 0
    with ProcessPoolExecutor(args.jobs) as workers:
        for count in workers.map(write, tasks):
            done += count
            print(f"{done} of {args.plans} plans", file=sys.stderr)
    with open(args.out / "plans.csv", "w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["file", "council", "need", "received", "year group"])
        table.writerows(maker.row(one) for one in range(args.plans))


if __name__ == "__main__":
    main()
