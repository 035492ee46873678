"""Layouts of build.py that need more than paragraphs and tables: the national template, two columns, E with F, pictures.

    national(word)             L7: the trial national template, filled in (tests/fixtures/blank-template.docx)
    columns, outcome_table     blocks of L8 and L9
    pairs, picture             blocks of any layout that runs down the page
"""
import copy
import io
import random
import re
from pathlib import Path

TEMPLATE = Path(__file__).resolve().parent.parent / "tests" / "fixtures" / "blank-template.docx"

E_LABEL, F_LABEL = "Section E: Outcomes", "Section F: Provision"


def flat(text):
    return re.sub(r"\s+", " ", text.replace("\u2019", "'")).strip()


# --------------------------------------------------------------------------- L7: the national template

def write(par, text):
    """Puts text into a paragraph in the look of its first run with words in it."""
    runs = par.runs
    look = next((r for r in runs if r.text.strip()), runs[0] if runs else None)
    for r in runs:
        if r is not look:
            r._r.getparent().remove(r._r)
    if look is not None:
        look.text = text
    else:
        par.add_run(text)


def fill(cell, texts):
    """One paragraph for each text, all in the look of the first; what stood in the cell goes."""
    first, *rest = cell.paragraphs
    for p in rest:
        p._p.getparent().remove(p._p)
    write(first, texts[0] if texts else "")
    last = first
    for text in texts[1:]:
        p = copy.deepcopy(first._p)
        last._p.addnext(p)
        last = type(first)(p, first._parent)
        write(last, text)


def replace_guidance(cell, area, guidance):
    """The title row of an area: its name, and below it the template's explanation or nothing."""
    named = next(p for p in cell.paragraphs if flat(p.text).startswith(flat(area)))
    seen = False
    for p in cell.paragraphs:
        if p._p is named._p:
            seen = True
            write(p, area)
        elif seen:
            p._p.getparent().remove(p._p)
    if guidance:
        p = copy.deepcopy(named._p)
        named._p.addnext(p)
        write(type(named)(p, named._parent), guidance)


def drop(row):
    row._tr.getparent().remove(row._tr)


def national(word):
    """The template with the plan written into it."""
    plan, m, x = word.plan, word.m, word.x
    d = x["Document"](TEMPLATE)
    word.doc = d
    tables = list(d.tables)
    details, services, a1, a2, *areas = tables[:8]
    health, care, placement, payments, advice, signed = tables[8:14]

    # the first page
    head = next(p for p in d.paragraphs if p.text.startswith("EHCP template"))
    write(head, m["title"])
    write(d.paragraphs[0], m["council"])
    fields = {}
    for t in (details, services):
        for row in t.rows:
            cells = [c for i, c in enumerate(row.cells) if i == 0 or c._tc is not row.cells[i - 1]._tc]
            for label, value in zip(cells[::2], cells[1::2]):
                fields.setdefault(flat(label.text).rstrip(":"), []).append(value)
                fill(value, [""])
    extra = []
    for label, value in m["cover"]:
        places = fields.get(flat(label).rstrip(":"))
        if places:
            fill(places.pop(0), [value])
        else:
            extra.append((label, value))
    t = d.add_table(rows=0, cols=2)
    t.style = "Table Grid"
    for label, value in extra:
        row = t.add_row()
        row.cells[0].paragraphs[0].add_run(label).bold = True
        row.cells[1].paragraphs[0].add_run(value)
    head._p.addnext(t._tbl)
    t._tbl.addprevious(d.add_paragraph()._p)

    # the sections
    left = {"": areas, "health": [health], "care": [care]}
    for s in plan["sections"]:
        if s["id"] == "A":
            about(s, a1, a2)
        elif s["blocks"] and s["blocks"][0].get("national"):
            b = s["blocks"][0]
            kind = {"B": "", "C": "health", "D": "care"}[b["columns"][0]["section"]]
            table = next((t for t in left[kind] if flat(b.get("area", "")) in flat(t.rows[0].cells[0].text)), None)
            area(b, table, m["blank_rows"])
        elif s["id"] == "I":
            for row, r in zip(placement.rows, s["blocks"][0]["rows"]):
                fill(row.cells[1], [r["cells"][1]])
        elif s["id"] == "J":
            fill(payments.rows[0].cells[1], [s["blocks"][0]["rows"][0]["cells"][1]])
        elif s["id"] in ("K", "SIGN"):
            rows(advice if s["id"] == "K" else signed, s["blocks"][0])
    for section in d.sections:
        for part, text in ((section.header, m["header"]), (section.footer, m["footer"])):
            part.is_linked_to_previous = False
            write(part.paragraphs[0], text)
        word.page_of(section.footer.paragraphs[0])
    d.core_properties.title = m["title"]
    d.core_properties.author = m["council"]
    d.core_properties.last_modified_by = ""
    return d


def about(s, a1, a2):
    slots, slot = {}, None
    for b in s["blocks"]:
        if b["type"] == "heading":
            slot = b["slot"]
        else:
            slots.setdefault(slot, []).append(b["text"])
    fill(a1.rows[1].cells[1], slots["A1"])
    for at, name in ((3, "A2"), (5, "interests"), (7, "strengths"), (9, "aspirations")):
        fill(a2.rows[at].cells[0], slots.get(name, [""]))
    if "guidance" in slots:
        fill(a2.rows[1].cells[0], slots["guidance"])
    else:
        drop(a2.rows[1])


def area(b, table, blank):
    at = 0
    if b.get("area"):
        replace_guidance(table.rows[0].cells[0], b["area"], b.get("guidance"))
        at = 1
    fill(table.rows[at + 1].cells[0], [b.get("strengths", "")])
    for cell, col in zip(table.rows[at + 2].cells, b["columns"]):
        fill(cell, [col["header"]])
    body = table.rows[at + 3:]
    for row, r in zip(body, b["rows"]):
        for cell, col in zip(row.cells, b["columns"]):
            fill(cell, [item["text"] for item in r.get(col["section"], [])])
    for n, row in enumerate(body[len(b["rows"]):]):
        if n < blank:
            for cell in row.cells:
                fill(cell, [""])
        else:
            drop(row)


def rows(table, b):
    model = copy.deepcopy(table.rows[min(5, len(table.rows) - 1)]._tr)
    for row in table.rows[1:]:
        drop(row)
    for r in b["rows"]:
        table._tbl.append(copy.deepcopy(model))
        for cell, text in zip(table.rows[-1].cells, r["cells"]):
            fill(cell, [text])


# --------------------------------------------------------------------------- blocks

def columns(word, b):
    """Two lists side by side, under a row of headings; a merged row names each area."""
    d, x = word.doc, word.x
    t = d.add_table(rows=1, cols=2)
    t.style = "Table Grid"
    for c, h in zip(t.rows[0].cells, b["headers"]):
        word.cell_text(c, h, bold=True, color="FFFFFF")
        word.shade(c, word.st["accent"])
    word.repeat(t.rows[0])
    for a in b["areas"]:
        if a["title"]:
            r = t.add_row()
            c = r.cells[0].merge(r.cells[1])
            word.cell_text(c, a["title"], bold=True)
            word.shade(c, "E9F5EC")
        r = t.add_row()
        for c, side in zip(r.cells, ("left", "right")):
            for n, item in enumerate(a[side]):
                p = c.paragraphs[0] if n == 0 else c.add_paragraph()
                p.style = d.styles["List Bullet"]
                p.add_run(item["text"])
                p.paragraph_format.space_after = x["Pt"](3)
    word.widths(t, [1, 1])
    d.add_paragraph()


def outcome_table(word, b):
    """One table for an area: its outcomes in full rows, then the provision in columns."""
    d = word.doc
    n = len(b["header"])
    t = d.add_table(rows=0, cols=n)
    t.style = "Table Grid"

    def full(text, fill=None, bold=False, color=None):
        r = t.add_row()
        c = r.cells[0].merge(r.cells[-1])
        word.cell_text(c, text, bold=bold, color=color)
        if fill:
            word.shade(c, fill)

    full(b["title"], word.st["accent"], True, "FFFFFF")
    full(E_LABEL, "EFE7F0", True)
    for o in b["outcomes"]:
        full(o["text"])
    full(F_LABEL, "EFE7F0", True)
    r = t.add_row()
    for c, h in zip(r.cells, b["header"]):
        word.cell_text(c, h, bold=True)
    for row in b["rows"]:
        r = t.add_row()
        for c, v in zip(r.cells, row["cells"]):
            word.cell_text(c, v)
    word.widths(t, b.get("widths") or [6, 4, 4][:n])
    d.add_paragraph()


def pairs(word, b):
    t = word.doc.add_table(rows=0, cols=2)
    t.style = "Table Grid"
    for r in b["rows"]:
        row = t.add_row()
        word.cell_text(row.cells[0], r["cells"][0], bold=True)
        word.cell_text(row.cells[1], r["cells"][1])
    word.widths(t, [1, 3])
    word.doc.add_paragraph()


# --------------------------------------------------------------------------- pictures: words without a text layer

def picture(word, b):
    x = word.x
    image = handwriting(b["lines"]) if b["style"] == "hand" else grid_picture(b["lines"])
    out = io.BytesIO()
    image.save(out, "JPEG", quality=55)
    out.seek(0)
    d = word.doc
    p = d.add_paragraph()
    if b.get("full_page"):
        p.paragraph_format.page_break_before = True
    p.paragraph_format.space_after = x["Pt"](0)
    p.add_run().add_picture(out, width=x["Cm"](16.2))
    if b.get("full_page"):
        word.break_before_next = True


def font(name, size):
    from PIL import ImageFont
    for folder in ("/usr/share/fonts/truetype/liberation", "/usr/share/fonts/truetype/liberation2"):
        if (Path(folder) / name).exists():
            return ImageFont.truetype(str(Path(folder) / name), size)
    raise SystemExit(f"fonts-liberation: {name} not found")


def handwriting(lines):
    """A scanned sheet, a little crooked, in an uneven hand."""
    from PIL import Image, ImageDraw
    rnd = random.Random(63)
    image = Image.new("L", (1160, 1600), 248)
    draw = ImageDraw.Draw(image)
    y = 130
    for n, line in enumerate(lines):
        xx = 110 + rnd.randint(-14, 22)
        face = font("LiberationSerif-Italic.ttf", 62 if n == 0 else 46)
        for ch in line:
            draw.text((xx, y + rnd.randint(-4, 4)), ch, font=face, fill=rnd.randint(30, 90))
            xx += int(draw.textlength(ch, font=face)) + rnd.randint(-1, 2)
        y += 112 if n == 0 else 88
    image = image.rotate(0.8, resample=Image.BICUBIC, fillcolor=240)
    for _ in range(900):
        image.putpixel((rnd.randrange(image.width), rnd.randrange(image.height)), rnd.randint(120, 220))
    return image


def grid_picture(lines):
    """A table as somebody cuts it out of another document; cells are parted by two bars."""
    from PIL import Image, ImageDraw
    face, bold = font("LiberationSans-Regular.ttf", 24), font("LiberationSans-Bold.ttf", 24)
    widths = [480, 330, 350]
    image = Image.new("L", (sum(widths) + 2, 90 + 84 * len(lines)), 255)
    draw = ImageDraw.Draw(image)
    y = 0
    for n, line in enumerate(lines):
        xx = 0
        for w, cell in zip(widths, line.split("||")):
            draw.rectangle((xx, y, xx + w, y + 80), outline=0, fill=220 if n == 0 else 255)
            words, row, at = cell.strip().split(), "", y + 10
            for word in words:
                if draw.textlength(f"{row} {word}", font=face) > w - 24:
                    draw.text((xx + 10, at), row, font=bold if n == 0 else face, fill=0)
                    row, at = "", at + 32
                row = f"{row} {word}".strip()
            draw.text((xx + 10, at), row, font=bold if n == 0 else face, fill=0)
            xx += w
        y += 80
    return image.crop((0, 0, image.width, y + 2))
