#!/usr/bin/env python3
"""Prints plans of the corpus with other programs than build.py does: what those make of the same words.

    python3 corpus/programs/make.py [NAME...]

NAME is a file of this folder without its ending, as `reportlab-42-niamh`; without one all are made, of programs that are not
installed none. The truth about each is corpus/PLAN/gold.json.

    apt: fop libitext5-java wkhtmltopdf default-jdk fonts-crosextra-carlito fonts-liberation fonts-dejavu-core
    pip: pyyaml reportlab weasyprint fpdf2 pyreportjasper (for the JasperReports library in it)
    npm: pdfmake (in a folder that NODE_PATH names)
"""
import html
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import build  # noqa: E402
import imitate  # noqa: E402

CARLITO = "/usr/share/fonts/truetype/crosextra/Carlito-{}.ttf"
LIBERATION = "/usr/share/fonts/truetype/liberation/LiberationSans-{}.ttf"
DEJAVU = "/usr/share/fonts/truetype/dejavu/DejaVuSans{}.ttf"


# --------------------------------------------------------------------------- a plan as lines

def lines(plan):
    """A plan as (kind, cells): what stands below what, whatever program prints it."""
    m = plan["meta"]
    out = [("council", [m["council"]]), ("title", [m["title"]]), ("table", [1, 2])]
    out += [("labelled", [label, value]) for label, value in m["cover"]] + [("end", [])]
    for section in plan["sections"]:
        out.append(("section", [section["heading"]]))
        for block in section["blocks"]:
            out += list(of_block(block))
    return out


def of_block(b):
    kind = b["type"]
    if kind == "heading":
        yield "heading", [b["text"]]
    elif kind == "para":
        yield "para", [b["text"] if "text" in b else " ".join(s["text"] for s in b["statements"])]
    elif kind == "list":
        if b.get("lead_in"):
            yield "para", [b["lead_in"]]
        for item in b["items"]:
            yield "bullet", [item["text"]]
        if b.get("lead_out"):
            yield "para", [b["lead_out"]]
    elif kind == "table" and b.get("render") == "cards":
        if b.get("caption"):
            yield "heading", [b["caption"]]
        for row in b["rows"]:
            yield "table", [1, 3]
            for label, cell in zip(b["header"], row["cells"]):
                yield "labelled", [label, cell]
            yield "end", []
    elif kind == "table":
        if b.get("caption"):
            yield "heading", [b["caption"]]
        yield "table", b.get("widths") or [1] * len(b["header"])
        yield "header", b["header"]
        for row in b["rows"]:
            yield "row", row["cells"]
        yield "end", []
    elif kind == "grid":
        columns = b["columns"]
        yield "table", [c.get("width", 1) for c in columns]
        yield "header", [c["header"] for c in columns]
        for row in b["rows"]:
            if row.get("title"):
                yield "across", [row["title"]]
            yield "row", ["\n".join(item["text"] for item in row.get(c["section"], [])) for c in columns]
        yield "end", []
    else:
        raise SystemExit(f"no program here prints {kind}")


def as_text(content):
    """For programs in other languages: a line each, cells between tabs, paragraphs in a cell between U+2028."""
    return "".join("\t".join([kind] + [str(c).replace("\n", "\u2028") for c in cells]) + "\n" for kind, cells in content)


def as_html(plan, ruled=True, align="top"):
    m, e = plan["meta"], lambda text: html.escape(text).replace("\n", "<br>")
    wide = " landscape" if m["layout"] == "L3" else ""
    rule = "border: 1px solid #888;" if ruled else ""
    out = [f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{e(m["title"])}</title><style>'
           f'@page {{ size: A4{wide}; margin: 2cm; @top-left {{ content: {json.dumps(m["header"])}; font-size: 8pt }} '
           f'@bottom-left {{ content: {json.dumps(m["footer"])}; font-size: 8pt }} '
           f'@bottom-right {{ content: "Page " counter(page) " of " counter(pages); font-size: 8pt }} }} '
           'body { font: 10.5pt "Liberation Sans" } table { border-collapse: collapse; width: 100%; margin: 8px 0 } '
           f'td, th {{ {rule} padding: 4px; text-align: left; vertical-align: {align} }} tr {{ page-break-inside: auto }} '
           'h2 { background: #dde } </style></head><body>']
    tags = {"council": "p", "title": "h1", "section": "h2", "heading": "h3", "para": "p"}
    widths = []
    for kind, cells in lines(plan):
        if kind in tags:
            out.append(f"<{tags[kind]}>{e(cells[0])}</{tags[kind]}>")
        elif kind == "bullet":
            out.append(f"<ul><li>{e(cells[0])}</li></ul>")
        elif kind == "table":
            widths = cells
            out.append("<table>" + "".join(f'<col style="width:{100 * w / sum(cells):.0f}%">' for w in cells))
        elif kind == "end":
            out.append("</table>")
        elif kind == "across":
            out.append(f'<tr><th colspan="{len(widths)}">{e(cells[0])}</th></tr>')
        else:
            tag = [("th" if kind == "header" or kind == "labelled" and at == 0 else "td") for at in range(len(cells))]
            row = "<tr>" + "".join(f"<{t}>{e(c)}</{t}>" for t, c in zip(tag, cells)) + "</tr>"
            out.append(f"<thead>{row}</thead>" if kind == "header" else row)
    return "\n".join(out) + "</body></html>"


# --------------------------------------------------------------------------- the programs

def run(command, **more):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300, **more)
    if done.returncode:
        raise SystemExit(f"{command[0]}: {done.stdout.decode(errors='replace')[-3000:]}")


def wkhtmltopdf(plan, out, tmp, ruled):
    source = tmp / "plan.html"
    source.write_text(as_html(plan, ruled), encoding="utf-8")
    wide = "Landscape" if plan["meta"]["layout"] == "L3" else "Portrait"
    run(["wkhtmltopdf", "-q", "-O", wide, str(source), str(out)], env=os.environ | {"QT_QPA_PLATFORM": "offscreen"})


def weasyprint(plan, out, tmp, ruled):
    import weasyprint as program
    # Cells in the middle of their rows, as HTML has them where nobody says otherwise.
    program.HTML(string=as_html(plan, ruled, "top" if ruled else "middle")).write_pdf(str(out))


def reportlab(plan, out, tmp, ruled):
    from reportlab.lib import colors, pagesizes
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table
    m = plan["meta"]
    # One plan in the fonts that every viewer has, the others in fonts of their own.
    regular, bold = "Helvetica", "Helvetica-Bold"
    if m["layout"] != "L3":
        regular, bold = "Carlito", "Carlito-Bold"
        for name, look in ((regular, "Regular"), (bold, "Bold")):
            pdfmetrics.registerFont(TTFont(name, CARLITO.format(look)))
    look = {name: ParagraphStyle(name, fontName=font, fontSize=size, leading=size * 1.25, spaceBefore=before, spaceAfter=4,
                                 leftIndent=indent, bulletIndent=indent - 12 if indent else 0)
            for name, font, size, before, indent in (
                ("council", bold, 12, 0, 0), ("title", bold, 20, 4, 0), ("section", bold, 15, 12, 0), ("heading", bold, 12, 6, 0),
                ("para", regular, 10.5, 0, 0), ("bullet", regular, 10.5, 0, 18), ("cell", regular, 10, 0, 0), ("bold", bold, 10, 0, 0))}
    size = pagesizes.landscape(pagesizes.A4) if m["layout"] == "L3" else pagesizes.A4
    room = size[0] - 110
    story, table, spans = [], None, []
    for kind, cells in lines(plan):
        cells = [html.escape(c).replace("\n", "<br/>") if isinstance(c, str) else c for c in cells]
        if kind == "table":
            widths, table, spans, headed = [room * w / sum(cells) for w in cells], [], [], False
        elif kind == "end":
            style = [("VALIGN", (0, 0), (-1, -1), "TOP")] + spans
            style += [("GRID", (0, 0), (-1, -1), 0.5, colors.grey)] if ruled else []
            story += [Table(table, widths, repeatRows=int(headed), style=style, splitInRow=1), Spacer(1, 8)]
            table = None
        elif kind == "across":
            spans.append(("SPAN", (0, len(table)), (-1, len(table))))
            table.append([Paragraph(cells[0], look["bold"])] + [""] * (len(widths) - 1))
        elif kind in ("header", "row", "labelled"):
            if kind == "header":
                headed = True
                spans.append(("BACKGROUND", (0, len(table)), (-1, len(table)), colors.lightgrey))
            table.append([Paragraph(c, look["bold" if kind == "header" or kind == "labelled" and at == 0 else "cell"])
                          for at, c in enumerate(cells)])
        else:
            story.append(Paragraph(cells[0], look[kind], bulletText="\u2022" if kind == "bullet" else None))

    class Numbered(program_canvas()):
        def __init__(self, *given, **named):
            super().__init__(*given, **named)
            self.pages = []

        def showPage(self):
            self.pages.append(dict(self.__dict__))
            self._startPage()

        def save(self):
            for at, page in enumerate(self.pages, 1):
                self.__dict__.update(page)
                self.setFont(regular, 8)
                self.drawString(55, size[1] - 30, m["header"])
                self.drawString(55, 25, m["footer"])
                self.drawRightString(size[0] - 55, 25, f"Page {at} of {len(self.pages)}")
                super().showPage()
            super().save()

    SimpleDocTemplate(str(out), pagesize=size, leftMargin=55, rightMargin=55, title=m["title"], invariant=1).build(
        story, canvasmaker=Numbered)


def program_canvas():
    from reportlab.pdfgen.canvas import Canvas
    return Canvas


def fpdf2(plan, out, tmp, ruled):
    import datetime
    from fpdf import FPDF, FontFace
    from fpdf.enums import TableBordersLayout, VAlign
    m = plan["meta"]

    class Paper(FPDF):
        def header(self):
            self.set_font("Carlito", size=8)
            self.cell(0, 6, m["header"], new_x="LMARGIN", new_y="NEXT")

        def footer(self):
            self.set_y(-15)
            self.set_font("Carlito", size=8)
            self.cell(0, 6, m["footer"])
            self.set_x(-45)
            self.cell(0, 6, f"Page {self.page_no()} of {{nb}}")

    pdf = Paper(orientation="landscape" if m["layout"] == "L3" else "portrait")
    pdf.creation_date = datetime.datetime(2025, 1, 1, tzinfo=datetime.timezone.utc)
    pdf.add_font("Carlito", fname=CARLITO.format("Regular"))
    pdf.add_font("Carlito", style="B", fname=CARLITO.format("Bold"))
    pdf.set_auto_page_break(True, 18)
    pdf.add_page()
    size = {"council": 12, "title": 20, "section": 15, "heading": 12}
    rows, widths = [], []
    for kind, cells in lines(plan):
        if kind == "table":
            rows, widths = [], cells
        elif kind == "end":
            pdf.set_font("Carlito", size=10)
            borders = TableBordersLayout.ALL if ruled else TableBordersLayout.NONE
            headed = any(k == "header" for k, _ in rows)
            with pdf.table(col_widths=widths, borders_layout=borders, first_row_as_headings=headed, line_height=5,
                           text_align="LEFT", v_align=VAlign.T, headings_style=FontFace(emphasis="BOLD")) as table:
                for k, row in rows:
                    if k == "across":
                        table.row().cell(row[0], colspan=len(widths), style=FontFace(emphasis="BOLD"))
                        continue
                    line = table.row()
                    for at, cell in enumerate(row):
                        line.cell(cell, style=FontFace(emphasis="BOLD") if k == "labelled" and at == 0 else None)
            pdf.ln(3)
        elif kind in ("header", "row", "labelled", "across"):
            rows.append((kind, cells))
        else:
            pdf.set_font("Carlito", style="B" if kind in size else "", size=size.get(kind, 10.5))
            if kind == "section":
                pdf.ln(3)
            text = f"\u2022 {cells[0]}" if kind == "bullet" else cells[0]
            pdf.multi_cell(0, 5.5 if kind not in size else 8, text, align="L", new_x="LMARGIN", new_y="NEXT")
            pdf.ln(1.2)
    pdf.output(str(out))


def fop(plan, out, tmp, ruled):
    m, e = plan["meta"], html.escape
    size = ("29.7cm", "21cm") if m["layout"] == "L3" else ("21cm", "29.7cm")
    rule = 'border="0.5pt solid #808080"' if ruled else ""
    looks = {"council": 'font-size="12pt" font-weight="bold"', "title": 'font-size="20pt" font-weight="bold"',
             "section": 'font-size="14pt" font-weight="bold" space-before="12pt" keep-with-next="always"',
             "heading": 'font-size="12pt" font-weight="bold" space-before="6pt" keep-with-next="always"',
             "para": 'space-after="5pt" text-align="justify"'}
    body, columns = [], 1
    for kind, cells in lines(plan):
        if kind in looks:
            body.append(f"<fo:block {looks[kind]}>{e(cells[0])}</fo:block>")
        elif kind == "bullet":
            body.append('<fo:list-block provisional-distance-between-starts="12pt"><fo:list-item><fo:list-item-label '
                        'end-indent="label-end()"><fo:block>&#8226;</fo:block></fo:list-item-label><fo:list-item-body '
                        f'start-indent="body-start()"><fo:block>{e(cells[0])}</fo:block></fo:list-item-body></fo:list-item></fo:list-block>')
        elif kind == "table":
            columns = len(cells)
            body.append('<fo:table table-layout="fixed" width="100%" space-after="8pt">' + "".join(
                f'<fo:table-column column-width="proportional-column-width({w})"/>' for w in cells))
            opened = False
        elif kind == "end":
            body.append("</fo:table-body></fo:table>")
        else:
            span = f' number-columns-spanned="{columns}"' if kind == "across" else ""
            bold = lambda at: ' font-weight="bold"' if kind in ("header", "across") or kind == "labelled" and at == 0 else ""
            row = "<fo:table-row>" + "".join(
                f'<fo:table-cell padding="3pt" {rule}{span}{bold(at)}>' + "".join(
                    f"<fo:block>{e(part)}</fo:block>" for part in cell.split("\n")) + "</fo:table-cell>"
                for at, cell in enumerate(cells)) + "</fo:table-row>"
            if kind == "header":
                body.append(f"<fo:table-header>{row}</fo:table-header><fo:table-body>")
                opened = True
            else:
                body.append(row if opened else f"<fo:table-body>{row}")
                opened = True
    source, settings = tmp / "plan.fo", tmp / "fop.xconf"
    source.write_text(
        '<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" font-family="Carlito" font-size="10.5pt"><fo:layout-master-set>'
        f'<fo:simple-page-master master-name="a" page-width="{size[0]}" page-height="{size[1]}" margin="1.5cm">'
        '<fo:region-body margin-top="1cm" margin-bottom="1cm"/><fo:region-before extent="0.8cm"/><fo:region-after extent="0.6cm"/>'
        '</fo:simple-page-master></fo:layout-master-set><fo:page-sequence master-reference="a">'
        f'<fo:static-content flow-name="xsl-region-before"><fo:block font-size="8pt">{e(m["header"])}</fo:block></fo:static-content>'
        f'<fo:static-content flow-name="xsl-region-after"><fo:block font-size="8pt" text-align-last="justify">{e(m["footer"])}'
        '<fo:leader leader-pattern="space"/>Page <fo:page-number/> of <fo:page-number-citation-last ref-id="last"/></fo:block>'
        '</fo:static-content><fo:flow flow-name="xsl-region-body">' + "\n".join(body) +
        '<fo:block id="last"/></fo:flow></fo:page-sequence></fo:root>', encoding="utf-8")
    settings.write_text('<fop version="1.0"><renderers><renderer mime="application/pdf"><fonts><auto-detect/></fonts></renderer>'
                        "</renderers></fop>")
    run(["fop", "-q", "-c", str(settings), str(source), str(out)])


def java(source, classes, *given):
    run(["java", "-Djava.awt.headless=true", "-cp", classes, str(HERE / source), *map(str, given)])


def itext(plan, out, tmp, ruled):
    content = tmp / "plan.tsv"
    content.write_text(as_text(lines(plan)), encoding="utf-8")
    m = plan["meta"]
    wide = m["layout"] == "L3"
    # Landscape in the fonts that every viewer has, the others in fonts of their own.
    fonts = ["Helvetica", "Helvetica-Bold"] if wide else [LIBERATION.format("Regular"), LIBERATION.format("Bold")]
    java("Itext.java", "/usr/share/java/itext5.jar", content, out, m["header"], m["footer"], "wide" if wide else "tall",
         "ruled" if ruled else "bare", *fonts)


def jasperreports(plan, out, tmp, ruled):
    import importlib.util
    libraries = Path(importlib.util.find_spec("pyreportjasper").origin).parent / "libs"
    content, design = tmp / "plan.tsv", tmp / "plan.jrxml"
    numbered, layouts, current = [], [], None
    for kind, cells in lines(plan):
        if kind == "table":
            if tuple(cells) not in layouts:
                layouts.append(tuple(cells))
            current = layouts.index(tuple(cells))
        elif kind == "across" or kind in ("header", "row", "labelled"):
            numbered.append((f"{kind}{current}", cells))
        elif kind == "end":
            numbered.append(("space", [""]))
        else:
            numbered.append((kind, [f"\u2022 {cells[0]}"] if kind == "bullet" else cells))
    content.write_text(as_text(numbered), encoding="utf-8")
    design.write_text(jrxml(plan, layouts, ruled), encoding="utf-8")
    java("Jasper.java", f"{libraries}/*", design, content, out)


def jrxml(plan, layouts, ruled):
    """The design of a report: a band for each kind of line, its fields stretched to the height of the tallest."""
    m = plan["meta"]
    width = 500
    most = max(map(len, layouts))

    def field(expression, x, w, h, font, extra="", boxed=False):
        box = '<box padding="3"><pen lineWidth="0.5"/></box>' if boxed and ruled else '<box padding="3"/>'
        return (f'<textField textAdjust="StretchHeight" isBlankWhenNull="true"><reportElement stretchType="ElementGroupHeight" '
                f'x="{x}" y="0" width="{w}" height="{h}"/>{box}<textElement><font {font}/></textElement>'
                f"<textFieldExpression><![CDATA[{expression}]]></textFieldExpression></textField>")

    def band(kind, inner, h, split="Stretch"):
        return (f'<band height="{h}" splitType="{split}"><printWhenExpression><![CDATA[$F{{kind}}.equals("{kind}")]]>'
                f"</printWhenExpression>{inner}</band>")

    bands = [band(kind, field("$F{c0}", x, width - x, h, font), h, "Prevent" if kind in ("section", "heading") else "Stretch")
             for kind, x, h, font in (("council", 0, 20, 'size="12" isBold="true"'), ("title", 0, 30, 'size="20" isBold="true"'),
                                      ("section", 0, 26, 'size="14" isBold="true"'), ("heading", 0, 20, 'size="11" isBold="true"'),
                                      ("para", 0, 18, 'size="10"'), ("bullet", 10, 18, 'size="10"'))]
    bands.append(band("space", "", 8))
    for number, widths in enumerate(layouts):
        edges = [round(width * sum(widths[:at]) / sum(widths)) for at in range(len(widths) + 1)]
        for kind in ("header", "row", "labelled"):
            inner = "".join(field(f"$F{{c{at}}}", edges[at], edges[at + 1] - edges[at], 18,
                                  'size="9" isBold="true"' if kind == "header" or kind == "labelled" and at == 0 else 'size="9"',
                                  boxed=True) for at in range(len(widths)))
            bands.append(band(f"{kind}{number}", inner, 18))
        bands.append(band(f"across{number}", field("$F{c0}", 0, width, 18, 'size="9" isBold="true"', boxed=True), 18))
    fields = "".join(f'<field name="{name}" class="java.lang.String"/>' for name in ["kind"] + [f"c{at}" for at in range(most)])
    small = '<font size="8"/>'
    return (f'<?xml version="1.0" encoding="UTF-8"?><jasperReport xmlns="http://jasperreports.sourceforge.net/jasperreports" '
            f'name="plan" pageWidth="595" pageHeight="842" columnWidth="{width}" leftMargin="47" rightMargin="48" topMargin="40" '
            f'bottomMargin="40"><style name="d" isDefault="true" fontName="{"DejaVu Sans" if m["layout"] == "L5" else "SansSerif"}"/>{fields}'
            f'<pageHeader><band height="24"><staticText><reportElement x="0" y="0" width="400" height="14"/><textElement>{small}'
            f"</textElement><text><![CDATA[{m['header']}]]></text></staticText></band></pageHeader><detail>{''.join(bands)}</detail>"
            f'<pageFooter><band height="20"><staticText><reportElement x="0" y="4" width="380" height="14"/><textElement>{small}'
            f"</textElement><text><![CDATA[{m['footer']}]]></text></staticText>"
            f'<textField><reportElement x="380" y="4" width="80" height="14"/><textElement textAlignment="Right">{small}</textElement>'
            f'<textFieldExpression><![CDATA["Page " + $V{{PAGE_NUMBER}} + " of"]]></textFieldExpression></textField>'
            f'<textField evaluationTime="Report"><reportElement x="462" y="4" width="38" height="14"/><textElement>{small}</textElement>'
            f"<textFieldExpression><![CDATA[$V{{PAGE_NUMBER}}.toString()]]></textFieldExpression></textField></band></pageFooter></jasperReport>")


def pdfmake(plan, out, tmp, ruled):
    m = plan["meta"]
    size = {"council": 12, "title": 20, "section": 15, "heading": 12}
    content, rows, widths = [], [], []
    for kind, cells in lines(plan):
        if kind == "table":
            rows, widths = [], cells
        elif kind == "end":
            headed = bool(rows) and rows[0][0] == "header"
            body = [[{"text": cells[0], "bold": True, "colSpan": len(widths)}] + [""] * (len(widths) - 1) if k == "across" else
                    [{"text": cell, "bold": k == "header" or k == "labelled" and at == 0} for at, cell in enumerate(cells)]
                    for k, cells in rows]
            room = (762 if m["layout"] == "L3" else 515) - len(widths) * 9
            content.append({"table": {"headerRows": int(headed), "widths": [room * w / sum(widths) for w in widths], "body": body},
                            "layout": "" if ruled else "noBorders", "margin": [0, 4, 0, 8]})
        elif kind in ("header", "row", "labelled", "across"):
            rows.append((kind, cells))
        elif kind == "bullet":
            content.append({"ul": cells})
        else:
            content.append({"text": cells[0], "fontSize": size.get(kind, 10.5), "bold": kind in size, "margin": [0, 3, 0, 3]})
    source = tmp / "plan.json"
    source.write_text(json.dumps({"header": m["header"], "footer": m["footer"], "wide": m["layout"] == "L3", "content": content}))
    run(["node", str(HERE / "pdfmake.js"), str(source), str(out), LIBERATION.format("Regular"), LIBERATION.format("Bold")])


# What is made: program, plan, whether its tables have lines.
FILES = [
    (jasperreports, "22-nell", True), (jasperreports, "09-aleena", True), (jasperreports, "54-zosia", False),
    (fop, "32-safiya", True), (fop, "33-iolo", True),
    (itext, "54-zosia", True), (itext, "52-tabitha", True), (itext, "42-niamh", False),
    (reportlab, "42-niamh", True), (reportlab, "23-tobias", True), (reportlab, "22-nell", False),
    (wkhtmltopdf, "26-delroy", True), (wkhtmltopdf, "32-safiya", False),
    (weasyprint, "53-fraser", True), (weasyprint, "54-zosia", False), (weasyprint, "22-nell", False),
    (pdfmake, "35-niamh", True), (pdfmake, "22-nell", True),
    (fpdf2, "32-safiya", True), (fpdf2, "42-niamh", False),
]


def main():
    plans = {plan["_stem"]: plan for plan in build.load_all()}
    wanted = set(sys.argv[1:])
    for program, name, ruled in FILES:
        stem = f"{program.__name__}-{name}" + ("" if ruled else "-no-lines")
        if wanted and stem not in wanted:
            continue
        with tempfile.TemporaryDirectory() as tmp:
            try:
                program(plans[name], HERE / f"{stem}.pdf", Path(tmp), ruled)
            except (ImportError, FileNotFoundError, AttributeError) as missing:
                print(f"{stem}: not made, {missing!r}")
                continue
        print(f"{stem}: {(HERE / f'{stem}.pdf').stat().st_size} bytes")
    for style, name in imitate.FILES:
        stem = f"{style.__name__.replace('_', '-')}-{name}"
        if not wanted or stem in wanted:
            imitate.rewrite(HERE.parent / name / "plan.pdf", HERE / f"{stem}.pdf", style)
            print(f"{stem}: {(HERE / f'{stem}.pdf').stat().st_size} bytes")


if __name__ == "__main__":
    main()
