#!/usr/bin/env python3
"""Render the plans written as YAML to DOCX and PDF, with their gold labels.

    python3 corpus/build.py NAME...     build these plans, each in its own folder
    python3 corpus/build.py --all       build every plan
    python3 corpus/build.py --check     validate the YAML and print the balance report only

Packages
    apt: libreoffice-writer poppler-utils chromium fonts-crosextra-carlito fonts-liberation fonts-dejavu-core
    pip: python-docx pyyaml pillow

For each corpus/NAME/plan.yaml it writes, beside it,
    plan.docx       (L5: from the same HTML, through LibreOffice)
    plan.pdf        (LibreOffice; L5: Chromium)
    gold.json       meta, section texts, statements, document findings: the truth, written by a person in the YAML
"""
import datetime as dt
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter, defaultdict
from pathlib import Path

import yaml

import layouts

HERE = Path(__file__).resolve().parent

PROVISION_LABELS = {"unquantified", "vague", "conditional", "delegated", "not-binding", "funding-instead"}
OUTCOME_LABELS = {"outcome-not-smart", "outcome-is-provision"}
DOC_LABELS = {
    "placement-missing", "placement-type-only", "placement-type-missing", "placement-in-draft",
    "placement-conditional", "section-missing", "section-empty", "sections-merged",
    "need-without-provision", "provision-without-need", "misplaced-provision", "adulthood-missing",
    "advice-missing", "advice-undated", "placeholder", "wrong-name", "out-of-date", "late",
    "part-time", "personal-data", "unreadable",
}
KINDS = {"need", "outcome", "provision", "placement", "advice", "other"}
MISSING_PROVISION = {"frequency", "duration", "provider", "expertise", "group", "amount", "item", "date"}
MISSING_OUTCOME = {"specific", "measurable", "time-bound"}
SECTIONS = ["A", "B", "C", "D", "E", "F", "G", "H1", "H2", "I", "J", "K"]
STAGES = {"draft", "final", "amended"}
LAYOUTS = {"L1", "L2", "L3", "L4", "L5", "L6", "L7", "L8", "L9", "L10"}


# --------------------------------------------------------------------------- loading

def smart(s):
    """What Word's autocorrect does to straight quotes."""
    s = re.sub(r"(^|[\s(\[/–—-])'", "\\1\u2018", s)
    s = s.replace("'", "\u2019")
    return s


def walk_strings(node, fn, skip=("meta_raw",)):
    if isinstance(node, str):
        return fn(node)
    if isinstance(node, list):
        return [walk_strings(x, fn) for x in node]
    if isinstance(node, dict):
        return {k: (v if k in ("style", "labels", "missing", "category", "kind", "type", "tags", "slot") else walk_strings(v, fn))
                for k, v in node.items()}
    return node


def load_all():
    plans = []
    for p in sorted(HERE.glob("*/plan.yaml")):
        d = yaml.safe_load(p.read_text(encoding="utf-8"))
        d["_file"] = p
        d["_stem"] = p.parent.name
        if d["meta"].get("smart_quotes"):
            f, s = d.pop("_file"), d.pop("_stem")
            d = walk_strings(d, smart)
            d["_file"], d["_stem"] = f, s
        plans.append(d)
    return plans


# --------------------------------------------------------------------------- flattening

def row_text(cells):
    return " | ".join(c for c in cells if c and c.strip())


def covers(sec):
    return sec.get("covers") or [sec["id"]]


def norm_stmt(item, kind, section, context=None, header=None, where=None, extra=None):
    if isinstance(item, str):
        item = {"text": item}
    cells = item.get("cells")
    out = {
        "section": item.get("section", section),
        "kind": item.get("kind", kind),
        "text": item["text"] if cells is None else row_text(cells),
        "labels": item.get("labels"),
        "missing": item.get("missing", []),
        "phrases": item.get("phrases", []),
    }
    if cells is not None:
        out["cells"] = cells
        out["header"] = header
    if context:
        out["context"] = context
    for k in ("tags", "note"):
        if item.get(k):
            out[k] = item[k]
    if where:
        out["block"] = where
    if extra:
        out.update(extra)
    return out


def flatten(plan):
    """-> (section list with text, statements)"""
    stmts, texts = [], []
    sect_text = defaultdict(list)
    headings = {}
    for sec in plan["sections"]:
        ids = covers(sec)
        grid_ids = []
        for b in sec["blocks"]:
            if b["type"] == "grid":
                grid_ids += [c["section"] for c in b["columns"]]
            elif b["type"] == "ef":
                grid_ids += ["E", "F"]
        own = list(dict.fromkeys(grid_ids)) or ids
        for i in own:
            headings[i] = sec["heading"]
        sid = own[0]
        merged = len(ids) > 1

        def add(st, ids=own):
            if merged:
                st["merged_sections"] = ids
            stmts.append(st)

        def put(text, s=None):
            if not text:
                return
            targets = [s] if s else (ids if merged else [sid])
            for t in targets:
                sect_text[t].append(text)

        for b in sec["blocks"]:
            t = b["type"]
            if t == "heading":
                put(b["text"])
            elif t == "para" and "text" in b:
                put(b["text"])
                if b["text"].strip():
                    add(norm_stmt({"text": b["text"], "kind": b.get("kind", "other")}, "other", sid, where="para"))
            elif t in ("para", "textbox"):
                if b.get("title"):
                    put(b["title"])
                put(" ".join(s["text"] for s in b["statements"]),
                    None if not any("section" in s for s in b["statements"]) or merged else b["statements"][0].get("section"))
                for s in b["statements"]:
                    add(norm_stmt(s, b.get("kind"), sid, where=t))
            elif t == "list":
                put(b.get("lead_in"))
                ctx = {k: b[k] for k in ("lead_in", "lead_out") if b.get(k)}
                for it in b["items"]:
                    s = norm_stmt(it, b.get("kind"), sid, context=ctx, where="list")
                    put(s["text"])
                    add(s)
                put(b.get("lead_out"))
            elif t == "table":
                if b.get("caption"):
                    put(b["caption"])
                put(" | ".join(b["header"]))
                for r in b["rows"]:
                    s = norm_stmt(r, b.get("kind"), sid, header=b["header"], where="table",
                                  context={"caption": b["caption"]} if b.get("caption") else None)
                    put(s["text"])
                    add(s)
            elif t == "grid":
                by = defaultdict(list)
                for c in b["columns"]:
                    by[c["section"]].append(c["header"])
                if b.get("strengths"):    # a row over all columns, told with the needs
                    put(b["strengths"], b["columns"][0]["section"])
                    add(norm_stmt({"text": b["strengths"]}, "other", b["columns"][0]["section"], where="strengths"))
                for c in by:
                    headings[c] = by[c][0]
                    put(" | ".join(by[c]), c)
                for r in b["rows"]:
                    for c in by:
                        if r.get("title"):
                            put(r["title"], c)
                        for it in r.get(c, []):
                            s = norm_stmt(it, None, c, header=by[c], where="grid",
                                          context={"row": r["title"]} if r.get("title") else None)
                            put(s["text"], c)
                            add(s)
            elif t == "columns":
                put(" | ".join(b["headers"]))
                for area in b["areas"]:
                    put(area["title"])
                    for side, header in zip(("left", "right"), b["headers"]):
                        for it in area[side]:
                            s = norm_stmt(it, None, sid, where="column",
                                          context={"column": header} | ({"row": area["title"]} if area["title"] else {}))
                            put(s["text"])
                            add(s)
            elif t == "ef":
                headings["E"], headings["F"] = layouts.E_LABEL, layouts.F_LABEL
                for it in b["outcomes"]:
                    s = norm_stmt(it, "outcome", "E", context={"row": b["title"]}, where="table")
                    put(s["text"], "E")
                    add(s)
                put(" | ".join(b["header"]), "F")
                for it in b["rows"]:
                    s = norm_stmt(it, "provision", "F", header=b["header"], context={"row": b["title"]}, where="table")
                    put(s["text"], "F")
                    add(s)
            elif t == "pairs":
                for it in b["rows"]:
                    s = norm_stmt(it, None, sid, where="table")
                    put(s["text"])
                    add(s)
            elif t == "picture":    # words that are not there as text
                pass
            else:
                raise SystemExit(f"{plan['_stem']}: unknown block type {t}")
    order = []
    for sec in plan["sections"]:
        g = [c["section"] for b in sec["blocks"] if b["type"] == "grid" for c in b["columns"]]
        g += ["E", "F"] if any(b["type"] == "ef" for b in sec["blocks"]) else []
        for i in (list(dict.fromkeys(g)) or covers(sec)):
            if i not in order:
                order.append(i)
    sections = [{"id": i, "heading": headings[i], "text": "\n".join(sect_text[i])} for i in order]
    for n, s in enumerate(stmts, 1):
        s["id"] = f"{plan['meta']['id']}-{n:03d}"
        if s["labels"] is None:
            s["labels"] = []
    return sections, stmts


def gold(plan):
    meta = {k: v for k, v in plan["meta"].items()
            if k not in ("style", "cover", "header", "footer", "smart_quotes", "l1_pseudo_headings", "blank_rows")}
    sections, stmts = flatten(plan)
    known = [x for x in sections if x["id"] in SECTIONS]
    findings = []
    for f in plan["document_findings"] or []:
        f = dict(f)
        # where else a linter may reasonably hang the same finding ("" = the whole document)
        f["sections_accepted"] = list(dict.fromkeys([f["section"]] + {
            "late": ["", "cover"], "adulthood-missing": ["", "E", "F", "G", "H1", "H2"],
            "need-without-provision": ["B", "F"], "provision-without-need": ["F", "B"],
            "sections-merged": f.get("sections", []) + [""], "section-missing": [""],
            "misplaced-provision": ["F"], "unreadable": [""]}.get(f["category"], [])))
        findings.append(f)
    g = {
        "meta": json.loads(json.dumps(meta, default=str)),
        "cover": plan["meta"]["cover"],
        "sections": {x["id"]: x["text"] for x in known},
        "section_headings": {x["id"]: x["heading"] for x in known},
        "other_parts": [x for x in sections if x["id"] not in SECTIONS],
        "statements": stmts,
        "document_findings": findings,
    }
    return json.loads(json.dumps(g, default=str))


def words(plan):
    n = 0
    for a, b in plan["meta"]["cover"]:
        n += len(f"{a} {b}".split())
    sections, _ = flatten(plan)
    for s in plan["sections"]:
        n += len(s["heading"].split())
    n += sum(len(s["text"].replace("|", " ").split()) for s in sections)
    return n


# --------------------------------------------------------------------------- validating

def validate(plans):
    errs, warns = [], []
    seen_global = {}
    for p in plans:
        st = p["_stem"]
        m = p["meta"]
        e = lambda msg: errs.append(f"{st}: {msg}")
        w = lambda msg: warns.append(f"{st}: {msg}")
        for k in ("id", "slug", "quality", "stage", "layout", "council", "child_first_name", "dob", "year_group",
                  "dates", "anonymised", "cover", "title"):
            if k not in m:
                e(f"meta lacks {k}")
        if m["stage"] not in STAGES:
            e("stage")
        if m["layout"] not in LAYOUTS:
            e("layout")
        # every annotated item of kind outcome/provision must say labels explicitly
        def explicit(node, kind=None):
            if isinstance(node, dict):
                k = node.get("kind", kind)
                if ("text" in node or "cells" in node) and node.get("type") is None and k in ("outcome", "provision") \
                        and "labels" not in node:
                    e(f"no labels: {node.get('text') or node.get('cells')}")
                for v in node.values():
                    if isinstance(v, (list, dict)):
                        explicit(v, k)
            elif isinstance(node, list):
                for x in node:
                    explicit(x, kind)
        explicit(p["sections"])
        sections, stmts = flatten(p)
        full = "\n".join(s["text"] for s in sections) + "\n" + "\n".join(
            f"{a} {b}" for a, b in m["cover"])
        texts = Counter()
        for s in stmts:
            if not s["text"].strip():
                e("empty statement")
            if s["kind"] not in KINDS:
                e(f"kind {s['kind']}: {s['text'][:50]}")
            allowed = {"provision": PROVISION_LABELS, "outcome": OUTCOME_LABELS}.get(s["kind"], set())
            for l in s["labels"]:
                if l not in allowed:
                    e(f"label {l} not allowed on {s['kind']}: {s['text'][:60]}")
            if len(set(s["labels"])) != len(s["labels"]):
                e(f"label twice: {s['text'][:60]}")
            need_missing = {"unquantified", "outcome-not-smart"} & set(s["labels"])
            if bool(need_missing) != bool(s["missing"]):
                e(f"missing <-> labels: {s['text'][:60]}")
            ok_missing = MISSING_OUTCOME if s["kind"] == "outcome" else MISSING_PROVISION
            for x in s["missing"]:
                if x not in ok_missing:
                    e(f"missing {x}: {s['text'][:60]}")
            worded = {"vague", "conditional", "delegated", "not-binding", "funding-instead"} & set(s["labels"])
            if worded and not s["phrases"]:
                e(f"no phrases: {s['text'][:60]}")
            if s["phrases"] and not worded:
                e(f"phrases without a wording label: {s['text'][:60]}")
            hay = (s["text"] + " " + " ".join((s.get("context") or {}).values())).lower()
            for ph in s["phrases"]:
                if ph.lower() not in hay:
                    e(f"phrase '{ph}' not in: {s['text'][:60]}")
            if s["kind"] in ("provision",) and s["section"] not in ("F", "G", "H1", "H2", "H"):
                e(f"provision in section {s['section']}: {s['text'][:60]}")
            if s["kind"] == "outcome" and s["section"] != "E":
                e("outcome outside E")
            texts[s["text"]] += 1
            if s["kind"] in ("need", "outcome", "provision"):
                if s["text"] in seen_global and seen_global[s["text"]] != st:
                    w(f"also in {seen_global[s['text']]}: {s['text'][:60]}")
                seen_global[s["text"]] = st
        for t, n in texts.items():
            if n > 1:
                e(f"statement text not unique: {t[:70]}")
        for f in p["document_findings"] or []:
            if f["category"] not in DOC_LABELS:
                e(f"finding category {f['category']}")
            if not f.get("why") or f.get("section") is None:
                e(f"finding without why/section: {f}")
            if f.get("text") and f["text"] not in full:
                e(f"finding text not in plan: {f['text'][:70]}")
        # structure against findings
        have = {x["id"] for x in sections}
        said = {f["section"] for f in p["document_findings"] or [] if f["category"] == "section-missing"}
        for s in SECTIONS:
            if s == "J":
                continue
            if (s not in have) != (s in said):
                e(f"section {s}: present={s in have}, section-missing listed={s in said}")
        if "direct payment" in full.lower() and "J" not in have and "J" not in said:
            e("J missing but not listed")
        # dates
        d = m["dates"]
        cats = [f["category"] for f in p["document_findings"] or []]
        if d.get("request") and d.get("final"):
            wk = (d["final"] - d["request"]).days / 7
            if (wk > 20) != ("late" in cats):
                e(f"{wk:.1f} weeks request->final, late listed={'late' in cats}")
        issued = d.get("final") or d["draft"]
        age = issued.year - m["dob"].year - ((issued.month, issued.day) < (m["dob"].month, m["dob"].day))
        if age != m.get("age_at_plan"):
            e(f"age at plan is {age}, meta says {m.get('age_at_plan')}")
        ay = issued.year if issued.month >= 9 else issued.year - 1
        start = m["dob"].year + (5 if (m["dob"].month, m["dob"].day) >= (9, 1) else 4)
        nc = ay - start
        name = {0: "Reception"}.get(nc, f"Year {nc}" if 0 < nc < 15 else ("Nursery" if nc < 0 else "Post-19"))
        if name != m["year_group"]:
            e(f"year group should be {name}, meta says {m['year_group']}")
        n = words(p)
        if not 900 <= n <= 3000:
            e(f"{n} words")
    return errs, warns


def report(plans):
    per_label, per_layout, per_plan = Counter(), defaultdict(Counter), {}
    tot = Counter()
    doc = Counter()
    missing = Counter()
    hard = 0
    for p in plans:
        _, stmts = flatten(p)
        c = Counter()
        for s in stmts:
            c[s["kind"]] += 1
            if s["kind"] == "provision":
                c["prov_ok"] += not s["labels"]
            if s["kind"] == "outcome":
                c["out_ok"] += not s["labels"]
            for l in s["labels"]:
                per_label[l] += 1
            for x in s["missing"]:
                missing[(s["kind"], x)] += 1
            hard += "hard" in s.get("tags", [])
        for f in p["document_findings"] or []:
            doc[f["category"]] += 1
        c["doc"] = len(p["document_findings"] or [])
        c["words"] = words(p)
        per_plan[p["_stem"]] = c
        per_layout[p["meta"]["layout"]].update(c)
        tot.update(c)
    L = []
    L.append(f"{'plan':16}{'lay':4}{'stage':9}{'quality':10}{'words':>6}{'need':>6}{'outc':>6}{'ok':>4}{'prov':>6}{'ok':>5}{'ok%':>6}{'doc':>5}")
    for p in plans:
        c = per_plan[p["_stem"]]
        m = p["meta"]
        L.append(f"{p['_stem']:16}{m['layout']:4}{m['stage']:9}{m['quality']:10}{c['words']:6}{c['need']:6}{c['outcome']:6}{c['out_ok']:4}"
                 f"{c['provision']:6}{c['prov_ok']:5}{100*c['prov_ok']/max(1,c['provision']):6.0f}{c['doc']:5}")
    L.append(f"{'total':39}{tot['words']:6}{tot['need']:6}{tot['outcome']:6}{tot['out_ok']:4}{tot['provision']:6}{tot['prov_ok']:5}"
             f"{100*tot['prov_ok']/tot['provision']:6.1f}{tot['doc']:5}")
    L.append("per layout:")
    for k in sorted(per_layout):
        c = per_layout[k]
        L.append(f"  {k}: needs {c['need']}, outcomes {c['outcome']} (ok {c['out_ok']}), provision {c['provision']} (ok {c['prov_ok']}), document findings {c['doc']}")
    L.append("statement labels: " + ", ".join(f"{k} {v}" for k, v in per_label.most_common()))
    L.append("missing (provision): " + ", ".join(f"{k[1]} {v}" for k, v in missing.most_common() if k[0] == "provision"))
    L.append("missing (outcome): " + ", ".join(f"{k[1]} {v}" for k, v in missing.most_common() if k[0] == "outcome"))
    L.append("document findings: " + ", ".join(f"{k} {v}" for k, v in doc.most_common()))
    L.append("document categories never used: " + ", ".join(sorted(DOC_LABELS - set(doc))))
    L.append(f"statements tagged hard (true negatives that look like findings): {hard}")
    bad = []
    if tot["prov_ok"] / tot["provision"] < .45:
        bad.append("fewer than 45% of provision statements ok")
    return "\n".join(L), bad


# --------------------------------------------------------------------------- Word

def docx_api():
    import docx  # noqa
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
    from docx.oxml import OxmlElement, parse_xml
    from docx.oxml.ns import nsdecls, qn
    from docx.shared import Cm, Pt, RGBColor
    return locals()


class Word:
    """Renders one plan; the layout decides how blocks look."""

    def __init__(self, plan):
        self.x = docx_api()
        self.plan, self.m = plan, plan["meta"]
        self.layout = self.m["layout"]
        self.doc = self.x["Document"]()
        self.st = self.m["style"]
        self.anum = None
        self.setup()

    # -- basics
    def setup(self):
        d, x, m = self.doc, self.x, self.m
        Pt, Cm = x["Pt"], x["Cm"]
        n = d.styles["Normal"]
        n.font.name = self.st["font"]
        n.font.size = Pt(self.st["size"])
        n.element.rPr.rFonts.set(x["qn"]("w:eastAsia"), self.st["font"])
        n.paragraph_format.space_after = Pt(5)
        dark = self.st.get("text_on_accent") or self.st["accent"]
        for lvl, size in ((1, 15), (2, 12.5), (3, 11)):
            h = d.styles[f"Heading {lvl}"]
            h.font.name = self.st["font"]
            h.font.size = Pt(size)
            h.font.bold = True
            h.font.color.rgb = x["RGBColor"].from_string(dark)
            rf = h.element.get_or_add_rPr().get_or_add_rFonts()
            for a in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
                rf.set(x["qn"](a), self.st["font"])
            for a in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                if rf.get(x["qn"](a)) is not None:
                    del rf.attrib[x["qn"](a)]
        s = d.sections[0]
        s.page_width, s.page_height = Cm(21), Cm(29.7)
        s.left_margin = s.right_margin = Cm(2.2)
        s.top_margin, s.bottom_margin = Cm(2.2), Cm(2)
        if self.layout == "L3":
            s.orientation = x["WD_ORIENT"].LANDSCAPE
            s.page_width, s.page_height = Cm(29.7), Cm(21)
            s.left_margin = s.right_margin = Cm(1.6)
        hp = s.header.paragraphs[0]
        hp.text = m["header"]
        hp.runs[0].font.size = Pt(8.5)
        fp = s.footer.paragraphs[0]
        r = fp.add_run(m["footer"])
        r.font.size = Pt(8)
        ts = fp.paragraph_format.tab_stops
        for pos in list(fp.style.paragraph_format.tab_stops):
            ts.add_tab_stop(pos.position, x["WD_TAB_ALIGNMENT"].CLEAR)
        ts.add_tab_stop(s.page_width - s.left_margin - s.right_margin, x["WD_TAB_ALIGNMENT"].RIGHT)
        self.page_of(fp)
        d.core_properties.title = m["title"]
        d.core_properties.author = m["council"]
        d.core_properties.created = dt.datetime(2025, 1, 1)
        d.core_properties.modified = dt.datetime(2025, 1, 1)

    def page_of(self, par):
        par.add_run("\tPage ").font.size = self.x["Pt"](8)
        self.field(par, "PAGE")
        par.add_run(" of ").font.size = self.x["Pt"](8)
        self.field(par, "NUMPAGES")

    def field(self, par, code):
        x = self.x
        for kind, text in (("begin", None), (None, code), ("separate", None), ("t", "1"), ("end", None)):
            r = par.add_run()
            r.font.size = x["Pt"](8)
            if kind in ("begin", "separate", "end"):
                el = x["OxmlElement"]("w:fldChar")
                el.set(x["qn"]("w:fldCharType"), kind)
                r._r.append(el)
            elif kind == "t":
                r.text = text
            else:
                el = x["OxmlElement"]("w:instrText")
                el.set(x["qn"]("xml:space"), "preserve")
                el.text = text
                r._r.append(el)

    def shade(self, cell, fill):
        x = self.x
        tcPr = cell._tc.get_or_add_tcPr()
        el = x["OxmlElement"]("w:shd")
        el.set(x["qn"]("w:val"), "clear")
        el.set(x["qn"]("w:color"), "auto")
        el.set(x["qn"]("w:fill"), fill)
        tcPr.append(el)

    def repeat(self, row):
        x = self.x
        el = x["OxmlElement"]("w:tblHeader")
        el.set(x["qn"]("w:val"), "true")
        row._tr.get_or_add_trPr().append(el)

    def cell_text(self, cell, text, bold=False, size=None, color=None):
        p = cell.paragraphs[0]
        r = p.add_run(text)
        r.bold = bold
        if size:
            r.font.size = self.x["Pt"](size)
        if color:
            r.font.color.rgb = self.x["RGBColor"].from_string(color)
        p.paragraph_format.space_after = self.x["Pt"](2)
        return p

    def widths(self, table, ws, total=None):
        Cm = self.x["Cm"]
        s = self.doc.sections[0]
        total = total or (s.page_width - s.left_margin - s.right_margin) / 360000
        k = total / sum(ws)
        table.autofit = False
        for i, w in enumerate(ws):
            table.columns[i].width = Cm(w * k)
            for c in table.columns[i].cells:
                c.width = Cm(w * k)

    # -- cover
    def cover(self):
        d, m, x = self.doc, self.m, self.x
        p = d.add_paragraph()
        r = p.add_run(m["council"])
        r.bold = True
        r.font.size = x["Pt"](12)
        p = d.add_paragraph()
        r = p.add_run(m["title"])
        r.bold = True
        r.font.size = x["Pt"](20)
        if self.layout == "L6":
            p.alignment = x["WD_ALIGN_PARAGRAPH"].CENTER
        t = d.add_table(rows=0, cols=2)
        t.style = "Table Grid"
        for a, b in m["cover"]:
            row = t.add_row()
            self.cell_text(row.cells[0], a, bold=True)
            if self.layout == "L4" and b:
                self.inline_sdt(row.cells[1].paragraphs[0], b, a)
            else:
                self.cell_text(row.cells[1], b)
            self.shade(row.cells[0], "F2F2F2")
        self.widths(t, [6, 10], total=16)
        d.add_paragraph()

    # -- content controls and text boxes (L4)
    def inline_sdt(self, par, text, alias):
        x = self.x
        esc = html.escape(text)
        par._p.append(x["parse_xml"](
            f'<w:sdt {x["nsdecls"]("w")}><w:sdtPr><w:alias w:val="{html.escape(alias)}"/><w:tag w:val="fld"/><w:text/></w:sdtPr>'
            f'<w:sdtContent><w:r><w:t xml:space="preserve">{esc}</w:t></w:r></w:sdtContent></w:sdt>'))

    def block_sdt(self, cell, paragraphs, alias, placeholder=False):
        """Move already made paragraphs of a cell into one block-level content control."""
        x = self.x
        sdt = x["parse_xml"](
            f'<w:sdt {x["nsdecls"]("w")}><w:sdtPr><w:alias w:val="{html.escape(alias)}"/>'
            + ('<w:showingPlcHdr/>' if placeholder else '') +
            '</w:sdtPr><w:sdtContent/></w:sdt>')
        content = sdt.find(x["qn"]("w:sdtContent"))
        first = paragraphs[0]._p
        first.addprevious(sdt)
        for p in paragraphs:
            content.append(p._p)

    def textbox(self, par, title, statements):
        x = self.x
        body = (f'<w:p><w:pPr><w:spacing w:after="40"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>{html.escape(title)}</w:t></w:r></w:p>'
                + "".join(f'<w:p><w:pPr><w:spacing w:after="40"/></w:pPr><w:r><w:t xml:space="preserve">{html.escape(s["text"])}</w:t></w:r></w:p>'
                          for s in statements))
        cx, cy = int(15.4 * 360000), int(5.4 * 360000)
        xml = f'''<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
 xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
 <mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
 <wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="7" name="Text Box 7"/><wp:cNvGraphicFramePr/>
 <a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>
 <wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>
 <a:solidFill><a:srgbClr val="FFF2CC"/></a:solidFill><a:ln w="12700"><a:solidFill><a:srgbClr val="BF9000"/></a:solidFill></a:ln></wps:spPr>
 <wps:txbx><w:txbxContent>{body}</w:txbxContent></wps:txbx><wps:bodyPr wrap="square" lIns="91440" tIns="45720" rIns="91440" bIns="45720"><a:noAutofit/></wps:bodyPr></wps:wsp></a:graphicData></a:graphic></wp:inline>
 </w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape id="_x0000_s1026" type="#_x0000_t202" style="width:436pt;height:153pt" fillcolor="#fff2cc" strokecolor="#bf9000">
 <v:textbox><w:txbxContent>{body}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>'''
        par._p.append(x["parse_xml"](xml))

    # -- numbering (L6, automatic): one multi-level list per part
    def make_num(self, prefix):
        x = self.x
        numbering = self.doc.part.numbering_part.element
        nid = 100 + len(numbering.findall(x["qn"]("w:abstractNum")))
        lv = ""
        for i, (txt, fmt, left, hang) in enumerate(((f"{prefix}%1", "decimal", 850, 850), (f"{prefix}%1.%2", "decimal", 850, 850),
                                                    ("(%3)", "lowerLetter", 1400, 500))):
            lv += (f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/><w:lvlText w:val="{txt}"/><w:lvlJc w:val="left"/>'
                   f'<w:pPr><w:ind w:left="{left}" w:hanging="{hang}"/></w:pPr></w:lvl>')
        an = x["parse_xml"](f'<w:abstractNum {x["nsdecls"]("w")} w:abstractNumId="{nid}"><w:multiLevelType w:val="multilevel"/>{lv}</w:abstractNum>')
        nums = numbering.findall(x["qn"]("w:num"))
        (nums[0].addprevious if nums else numbering.append)(an)
        numbering.append(x["parse_xml"](f'<w:num {x["nsdecls"]("w")} w:numId="{nid}"><w:abstractNumId w:val="{nid}"/></w:num>'))
        return nid

    def set_num(self, par, nid, lvl):
        x = self.x
        pPr = par._p.get_or_add_pPr()
        pPr.append(x["parse_xml"](f'<w:numPr {x["nsdecls"]("w")}><w:ilvl w:val="{lvl}"/><w:numId w:val="{nid}"/></w:numPr>'))

    # -- blocks
    def table(self, b, target=None):
        d = target or self.doc
        cols = len(b["header"])
        cap_row = bool(b.get("caption")) and self.m["id"] == "03"
        if b.get("caption") and not cap_row:
            p = d.add_paragraph()
            p.add_run(b["caption"]).bold = True
            p.paragraph_format.keep_with_next = True
        t = d.add_table(rows=0, cols=cols)
        t.style = "Table Grid"
        acc = self.st["accent"] if not self.st.get("text_on_accent") else "1F3864"
        if self.st.get("text_on_accent") == "000000":
            acc = "7F7F7F"
        if cap_row:
            r = t.add_row()
            c = r.cells[0].merge(r.cells[-1])
            self.cell_text(c, b["caption"], bold=True, color="FFFFFF")
            self.shade(c, acc)
        r = t.add_row()
        self.repeat(r)
        for c, h in zip(r.cells, b["header"]):
            self.cell_text(c, h, bold=True, color=None if cap_row else "FFFFFF")
            self.shade(c, "E4DFEC" if cap_row else acc)
        for row in b["rows"]:
            r = t.add_row()
            for c, v in zip(r.cells, row["cells"]):
                self.cell_text(c, v)
        total = None
        if target is not None:
            total = 15.8
        self.widths(t, b.get("widths") or [1] * cols, total)
        if target is None:
            d.add_paragraph().paragraph_format.space_after = self.x["Pt"](2)
        return t

    def grid(self, b):
        d, x = self.doc, self.x
        cols = b["columns"]
        multi = Counter(c["section"] for c in cols)
        t = d.add_table(rows=1, cols=len(cols))
        t.style = "Table Grid"
        for c, col in zip(t.rows[0].cells, cols):
            self.cell_text(c, col["header"], bold=True, color="FFFFFF")
            self.shade(c, self.st["accent"])
        self.repeat(t.rows[0])

        def fill(cell, items, bullets):
            first = True
            for it in items:
                p = cell.paragraphs[0] if first else cell.add_paragraph()
                first = False
                p.add_run(("\u2022 " if bullets else "") + it["text"])
                p.paragraph_format.space_after = x["Pt"](3)

        for r in b["rows"]:
            if r.get("title"):
                row = t.add_row()
                c = row.cells[0].merge(row.cells[-1])
                self.cell_text(c, r["title"], bold=True)
                self.shade(c, "DDEBE9")
            split = [s for s, n in multi.items() if n > 1]
            if not split:
                row = t.add_row()
                for c, col in zip(row.cells, cols):
                    fill(c, r.get(col["section"], []), bullets=len(r.get(col["section"], [])) > 1)
            else:
                s = split[0]
                rows = [t.add_row() for _ in r[s]]
                first = [i for i, c in enumerate(cols) if c["section"] == s][0]
                for row, it in zip(rows, r[s]):
                    for k, v in enumerate(it["cells"]):
                        self.cell_text(row.cells[first + k], v)
                for i, c in enumerate(cols):
                    if c["section"] != s:
                        top = rows[0].cells[i]
                        if len(rows) > 1:
                            top = top.merge(rows[-1].cells[i])
                            for extra in top.paragraphs[1:]:
                                extra._p.getparent().remove(extra._p)
                        fill(top, r.get(c["section"], []), bullets=False)
        self.widths(t, [c.get("width", 1) for c in cols])
        d.add_paragraph()

    def bullets(self, d, b, alias=None):
        ps = []
        if b.get("lead_in"):
            ps.append(d.add_paragraph(b["lead_in"]))
        for it in b["items"]:
            ps.append(d.add_paragraph(it["text"], style="List Number" if b.get("ordered") else "List Bullet"))
        if b.get("lead_out"):
            ps.append(d.add_paragraph(b["lead_out"]))
        return ps

    # -- layouts
    def build(self):
        if self.layout == "L7":
            return layouts.national(self)
        self.cover()
        {"L4": self.boxes, "L6": self.numbered}.get(self.layout, self.flow)()
        return self.doc

    def heading(self, text):
        """The heading of a section, in the look of the layout."""
        d, x = self.doc, self.x
        if self.m.get("l1_pseudo_headings"):
            p = d.add_paragraph()
            r = p.add_run(text)
            r.bold = True
            r.font.size = x["Pt"](12.5)
            p.paragraph_format.space_before = x["Pt"](14)
            p.paragraph_format.keep_with_next = True
        elif self.layout == "L8":
            t = d.add_table(rows=1, cols=1)
            self.cell_text(t.rows[0].cells[0], text, bold=True, size=13, color=self.st["accent"]).paragraph_format.keep_with_next = True
            self.shade(t.rows[0].cells[0], "E2E8E4")
            d.add_paragraph().paragraph_format.space_after = x["Pt"](0)
        else:
            h = d.add_heading(text, 1)
            if self.layout == "L10":
                h.alignment = x["WD_ALIGN_PARAGRAPH"].CENTER
            if getattr(self, "break_before_next", False):
                h.paragraph_format.page_break_before = True
                self.break_before_next = False

    def flow(self):
        d, x = self.doc, self.x
        for s in self.plan["sections"]:
            self.heading(s["heading"])
            for b in s["blocks"]:
                if b["type"] == "heading":
                    if self.m.get("l1_pseudo_headings"):
                        p = d.add_paragraph()
                        r = p.add_run(b["text"])
                        r.bold = r.underline = True
                        p.paragraph_format.keep_with_next = True
                    else:
                        d.add_heading(b["text"], 2)
                elif b["type"] == "para":
                    d.add_paragraph(b["text"] if "text" in b else " ".join(q["text"] for q in b["statements"]))
                elif b["type"] == "list":
                    self.bullets(d, b)
                elif b["type"] == "table":
                    self.table(b)
                elif b["type"] == "grid":
                    self.grid(b)
                elif b["type"] == "columns":
                    layouts.columns(self, b)
                elif b["type"] == "ef":
                    layouts.outcome_table(self, b)
                elif b["type"] == "pairs":
                    layouts.pairs(self, b)
                elif b["type"] == "picture":
                    layouts.picture(self, b)

    def boxes(self):
        d, x = self.doc, self.x
        for s in self.plan["sections"]:
            t = d.add_table(rows=2, cols=1)
            t.style = "Table Grid"
            head, body = t.rows[0].cells[0], t.rows[1].cells[0]
            self.cell_text(head, s["heading"], bold=True, size=12, color=self.st["text_on_accent"])
            self.shade(head, self.st["accent"])
            self.repeat(t.rows[0])
            pending = []

            def flush():
                if pending:
                    self.block_sdt(body, list(pending), s["heading"].split(":")[0].split("–")[0].strip())
                    pending.clear()

            for b in s["blocks"]:
                if b["type"] == "heading":
                    flush()
                    p = body.add_paragraph()
                    p.add_run(b["text"]).bold = True
                elif b["type"] == "para":
                    text = b["text"] if "text" in b else " ".join(q["text"] for q in b["statements"])
                    p = body.add_paragraph()
                    r = p.add_run(text)
                    if b.get("italic"):
                        flush()
                        r.italic = True
                        r.font.size = x["Pt"](9)
                    elif b.get("placeholder"):
                        flush()
                        r.font.color.rgb = x["RGBColor"](0x80, 0x80, 0x80)
                        self.block_sdt(body, [p], "answer", placeholder=True)
                    else:
                        pending.append(p)
                elif b["type"] == "list":
                    pending += self.bullets(body, b)
                elif b["type"] == "textbox":
                    flush()
                    self.textbox(body.add_paragraph(), b["title"], b["statements"])
                elif b["type"] == "table":
                    flush()
                    nt = body.add_table(rows=0, cols=len(b["header"]))
                    nt.style = "Table Grid"
                    r = nt.add_row()
                    for c, h in zip(r.cells, b["header"]):
                        self.cell_text(c, h, bold=True)
                        self.shade(c, "F2F2F2")
                    for row in b["rows"]:
                        r = nt.add_row()
                        for c, v in zip(r.cells, row["cells"]):
                            self.cell_text(c, v)
                    self.widths(nt, b.get("widths") or [1] * len(b["header"]), 15.8)
                    body.add_paragraph()
            flush()
            first = body.paragraphs[0]
            if not first.text and len(list(body._tc)) > 2:
                first._p.getparent().remove(first._p)
            body.add_paragraph().paragraph_format.space_after = x["Pt"](0)
            d.add_paragraph().paragraph_format.space_after = x["Pt"](2)

    def numbered(self):
        d, x = self.doc, self.x
        auto = self.m["id"] == "12"
        for s in self.plan["sections"]:
            if auto:
                d.add_heading(s["heading"], 1)
            else:
                p = d.add_paragraph()
                r = p.add_run(s["heading"])
                r.bold = True
                r.font.size = x["Pt"](12.5)
                p.paragraph_format.space_before = x["Pt"](16)
                p.paragraph_format.keep_with_next = True
            prefix = s["id"] + ("." if s["id"][-1].isdigit() else "")
            sub = any(b["type"] == "heading" for b in s["blocks"])
            nid = self.make_num(prefix) if auto else None
            h = n = 0
            headed = False

            def para(text, letter=None):
                nonlocal n, h
                if letter is None:
                    if sub and not headed:
                        h += 1
                    else:
                        n += 1
                p = d.add_paragraph()
                if auto:
                    p.add_run(text)
                    self.set_num(p, nid, 2 if letter is not None else (1 if sub and headed else 0))
                else:
                    num = f"({letter})" if letter is not None else (f"{prefix}{h}.{n}" if sub and headed else f"{prefix}{h if sub else n}")
                    p.add_run(f"{num}\t{text}")
                    p.paragraph_format.left_indent = x["Cm"](2.4 if letter else 1.5)
                    p.paragraph_format.first_line_indent = x["Cm"](-1.5 if not letter else -0.9)
                return p

            for b in s["blocks"]:
                if b["type"] == "heading":
                    headed = True
                    h += 1
                    n = 0
                    p = d.add_paragraph()
                    p.paragraph_format.keep_with_next = True
                    if auto:
                        p.add_run(b["text"]).bold = True
                        self.set_num(p, nid, 0)
                    else:
                        p.add_run(f"{prefix}{h}\t{b['text']}").bold = True
                        p.paragraph_format.left_indent = x["Cm"](1.5)
                        p.paragraph_format.first_line_indent = x["Cm"](-1.5)
                elif b["type"] == "para":
                    para(b["text"] if "text" in b else " ".join(q["text"] for q in b["statements"]))
                elif b["type"] == "list":
                    if b.get("lead_in"):
                        para(b["lead_in"])
                        for i, it in enumerate(b["items"]):
                            para(it["text"], letter="abcdefghijklmnop"[i])
                    else:
                        for it in b["items"]:
                            para(it["text"])
                    if b.get("lead_out"):
                        para(b["lead_out"])
                elif b["type"] == "table":
                    self.table(b)


# --------------------------------------------------------------------------- HTML (L5)

def render_html(plan, for_docx=False):
    m = plan["meta"]
    e = lambda s: html.escape(s, quote=False)
    acc = "#" + m["style"]["accent"]
    o = []
    css_str = lambda s: '"' + s.replace("\\", "\\\\").replace('"', '\\"') + '"'
    page = "" if for_docx else f'''
@page {{ size: A4; margin: 20mm 15mm 18mm 15mm;
  @top-left {{ content: {css_str(m["header"])}; font: 8pt sans-serif; color: #555; }}
  @bottom-left {{ content: {css_str(m["footer"])}; font: 7.5pt sans-serif; color: #555; }}
  @bottom-right {{ content: "Page " counter(page) " of " counter(pages); font: 7.5pt sans-serif; color: #555; }} }}'''
    o.append(f'''<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{e(m["title"])}</title><style>{page}
body {{ font-family: "{m["style"]["font"]}", sans-serif; font-size: {m["style"]["size"]}pt; color: #222; margin: 0; }}
h1 {{ font-size: 17pt; color: {acc}; margin: 4px 0 8px; }}
h2 {{ font-size: 12pt; background: {acc}; color: #fff; padding: 5px 9px; margin: 18px 0 8px; break-after: avoid; }}
h3 {{ font-size: 10.5pt; color: {acc}; margin: 12px 0 4px; break-after: avoid; }}
p {{ margin: 4px 0 7px; line-height: 1.35; }} li {{ margin: 3px 0; line-height: 1.3; }}
.crumb {{ font-size: 8pt; color: #777; }} .badge {{ display: inline-block; background: #eee; border: 1px solid #999; border-radius: 9px; font-size: 8pt; padding: 1px 9px; }}
.kv {{ display: grid; grid-template-columns: 1fr 1fr; gap: 3px 26px; border: 1px solid #ccc; padding: 8px; margin: 8px 0; }}
.kv div {{ display: flex; }} .kv b {{ width: 44%; color: #555; font-weight: 600; }} .kv span {{ width: 56%; }}
table {{ border-collapse: collapse; width: 100%; margin: 6px 0 10px; }} td, th {{ border: 1px solid #bbb; padding: 4px 6px; text-align: left; vertical-align: top; }}
th {{ background: #f0f0f0; font-weight: 600; }}
table.card {{ break-inside: avoid; margin: 0 0 7px; }} table.card th {{ width: 24%; color: #444; }}
.foot {{ font-size: 8pt; color: #666; }}</style></head><body>''')
    if for_docx:
        o.append(f'<p class="foot">{e(m["header"])}</p>')
    o.append(f'<div class="crumb">Home &gt; Cases &gt; EHC plans &gt; Print view</div><h1>{e(m["title"])}</h1><p><b>{e(m["council"])}</b> <span class="badge">{e(m["stage"].upper())}</span></p>')
    if for_docx:
        o.append("<table>" + "".join(f"<tr><th>{e(a)}</th><td>{e(b) or '&nbsp;'}</td></tr>" for a, b in m["cover"]) + "</table>")
    else:
        o.append('<div class="kv">' + "".join(f"<div><b>{e(a)}</b><span>{e(b)}</span></div>" for a, b in m["cover"]) + "</div>")
    for s in plan["sections"]:
        o.append(f'<h2>{e(s["heading"])}</h2>')
        for b in s["blocks"]:
            t = b["type"]
            if t == "heading":
                o.append(f'<h3>{e(b["text"])}</h3>')
            elif t == "para":
                o.append("<p>" + e(b["text"] if "text" in b else " ".join(q["text"] for q in b["statements"])) + "</p>")
            elif t == "list":
                if b.get("lead_in"):
                    o.append(f"<p>{e(b['lead_in'])}</p>")
                tag = "ol" if b.get("ordered") else "ul"
                o.append(f"<{tag}>" + "".join(f"<li>{e(i['text'])}</li>" for i in b["items"]) + f"</{tag}>")
                if b.get("lead_out"):
                    o.append(f"<p>{e(b['lead_out'])}</p>")
            elif t == "table" and b.get("render") == "cards":
                if b.get("caption"):
                    o.append(f"<h3>{e(b['caption'])}</h3>")
                for r in b["rows"]:
                    o.append('<table class="card">' + "".join(
                        f"<tr><th>{e(h)}</th><td>{e(c) or '&nbsp;'}</td></tr>" for h, c in zip(b["header"], r["cells"])) + "</table>")
            elif t == "table":
                o.append("<table><thead><tr>" + "".join(f"<th>{e(h)}</th>" for h in b["header"]) + "</tr></thead><tbody>" + "".join(
                    "<tr>" + "".join(f"<td>{e(c) or '&nbsp;'}</td>" for c in r["cells"]) + "</tr>" for r in b["rows"]) + "</tbody></table>")
    if for_docx:
        o.append(f'<p class="foot">{e(m["footer"])}</p>')
    o.append("</body></html>")
    return "\n".join(o)


# --------------------------------------------------------------------------- converting

def run(cmd, timeout=300, **kw):
    r = subprocess.run(cmd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=timeout, **kw)
    if r.returncode:
        raise SystemExit(f"{cmd[0]} failed ({r.returncode}):\n{r.stdout.decode(errors='replace')[-2000:]}")
    return r.stdout


def soffice(files, to, outdir, infilter=None):
    with tempfile.TemporaryDirectory() as prof:
        cmd = ["soffice", f"-env:UserInstallation=file://{prof}", "--headless", "--norestore"]
        if infilter:
            cmd.append(f"--infilter={infilter}")
        run(cmd + ["--convert-to", to, "--outdir", str(outdir)] + [str(f) for f in files])


def chromium(src, dst):
    exe = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as prof:
        run([exe, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
             f"--user-data-dir={prof}", "--no-pdf-header-footer", f"--print-to-pdf={dst}", f"file://{src}"])


# --------------------------------------------------------------------------- checking what was written

def squash(s):
    return re.sub(r"[\s\u00a0|]+", "", s)


def docx_text(path):
    with zipfile.ZipFile(path) as z:
        x = z.read("word/document.xml").decode("utf-8")
    x = re.sub(r"<mc:Fallback>.*?</mc:Fallback>", "", x, flags=re.S)
    return html.unescape("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", x)))


def check_text(stem, g, hay, what):
    h = squash(hay)
    lost = []
    for s in g["statements"]:
        for part in (s.get("cells") or [s["text"]]) + list((s.get("context") or {}).values()):
            if part.strip() and squash(part) not in h:
                lost.append((s["id"], part[:60]))
    for i, heading in g["section_headings"].items():
        if squash(heading) not in h:
            lost.append((i, heading))
    for a, b in g["cover"]:
        if squash(b) not in h:
            lost.append(("cover", b))
    if lost:
        print(f"  {stem} {what}: {len(lost)} parts not found as running text, e.g. {lost[:3]}")
    return lost


def main():
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    plans = load_all()
    errs, warns = validate(plans)
    rep, bad = report(plans)
    print(rep)
    for w in warns:
        print("warning:", w)
    for x in errs + bad:
        print("ERROR:", x)
    if errs or bad:
        raise SystemExit(1)
    if sys.argv[1] == "--check":
        return
    wanted = {p["_stem"] for p in plans} if sys.argv[1] == "--all" else set(sys.argv[1:])
    unknown = wanted - {p["_stem"] for p in plans}
    if unknown:
        raise SystemExit(f"no such plan: {', '.join(sorted(unknown))}")
    fatal = []
    for p in plans:
        if p["_stem"] in wanted:
            fatal += build(p)
    if fatal:
        raise SystemExit("text lost in docx")


def build(p):
    """Writes plan.docx, plan.pdf and gold.json beside one plan.yaml."""
    out = p["_file"].parent
    g = gold(p)
    g["files"] = ["plan.docx", "plan.pdf"]
    (out / "gold.json").write_text(json.dumps(g, ensure_ascii=False, indent=1), encoding="utf-8")
    if p["meta"]["layout"] == "L5":
        with tempfile.TemporaryDirectory() as tmp:
            h = Path(tmp) / "print.html"
            h.write_text(render_html(p), encoding="utf-8")
            chromium(h, out / "plan.pdf")
            h = Path(tmp) / "plan.html"
            h.write_text(render_html(p, for_docx=True), encoding="utf-8")
            soffice([h], "docx:MS Word 2007 XML", out, infilter="HTML (StarWriter)")
    else:
        Word(p).build().save(out / "plan.docx")
        soffice([out / "plan.docx"], "pdf", out)
    fatal = check_text(p["_stem"], g, docx_text(out / "plan.docx"), "docx")
    pdf = run(["pdftotext", "-layout", str(out / "plan.pdf"), "-"]).decode("utf-8")
    raw = run(["pdftotext", "-raw", str(out / "plan.pdf"), "-"]).decode("utf-8")
    check_text(p["_stem"], g, raw + "\n" + pdf, "pdf (columns and page breaks may split a statement)")
    print(f"written to {out.name}: plan.docx, plan.pdf, gold.json")
    return fatal


if __name__ == "__main__":
    main()
