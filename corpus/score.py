#!/usr/bin/env python3
"""Scores a build of the linter against gold labels.

usage: score.py BINARY CORPUS [--format pdf|docx|both] [--json OUT] [--verbose CATEGORY] [--only 61,62]

Each folder of CORPUS with a gold.json holds plan.docx and plan.pdf. The linter is run as
`BINARY check FILE --format json` and its findings are matched to gold statements by text. --only scores the plans whose folders begin with one of these; --verbose names errors,
which is not for plans that are held out. Prints one line per category, then the macro figures that the bars read.
"""
import argparse, collections, json, pathlib, re, subprocess, sys, time

STATEMENT = ["unquantified", "vague", "conditional", "delegated", "not-binding",
             "funding-instead", "outcome-not-smart", "outcome-is-provision"]

def tokens(s):
    return re.findall(r"[a-z0-9]+", s.lower())

def similar(a, b):
    """Share of the shorter token list that lies in one common bag-run of the longer."""
    if not a or not b:
        return 0.0
    short, long_ = (a, b) if len(a) <= len(b) else (b, a)
    s, l = " ".join(short), " ".join(long_)
    if f" {s} " in f" {l} ":
        return 1.0 if len(short) >= 3 else 0.5
    cs, cl = collections.Counter(short), collections.Counter(long_)
    return sum((cs & cl).values()) / len(short) * (0.95 if len(short) >= 5 else 0.4)

def run(binary, path):
    t = time.time()
    p = subprocess.run([binary, "check", str(path), "--format", "json"], capture_output=True, timeout=60)
    if p.returncode not in (0, 1):
        return None, p.stderr.decode(errors="replace")[:300], time.time() - t
    return json.loads(p.stdout), "", time.time() - t

def findings_of(out):
    docs = out.get("documents") or [out]
    return docs[0].get("findings", []), docs[0]

def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("binary"); ap.add_argument("plans")
    ap.add_argument("--format", default="both"); ap.add_argument("--json"); ap.add_argument("--verbose", default="")
    ap.add_argument("--only", default=("",), type=lambda s: tuple(s.split(",")))
    a = ap.parse_args()
    tp, fp, fn = (collections.Counter() for _ in range(3))
    ok_total = ok_flagged = fails = stray = 0
    sec_tp = sec_fn = 0
    stage_ok = stage_n = 0
    miss_n = miss_j = 0
    for gold_path in sorted(pathlib.Path(a.plans).glob("*/gold.json")):
        if not gold_path.parent.name.startswith(a.only):
            continue
        gold = json.loads(gold_path.read_text())
        for ext in ("docx", "pdf"):
            if a.format not in ("both", ext):
                continue
            f = gold_path.with_name(f"plan.{ext}")
            if not f.exists():
                continue
            out, err, _ = run(a.binary, f)
            if out is None:
                fails += 1; print(f"FAILED {f.parent.name}/{f.name}: {err}"); continue
            found, doc = findings_of(out)
            stage_n += 1; stage_ok += doc.get("stage") == gold["meta"]["stage"]
            have = {s["id"] for s in doc.get("sections", []) if s.get("present", True)}
            for s, text in gold.get("sections", {}).items():
                if len(tokens(text if isinstance(text, str) else json.dumps(text))) > 3:
                    sec_tp += s in have; sec_fn += s not in have
            st = [dict(x, tok=tokens(x["text"])) for x in gold["statements"]]
            got = collections.defaultdict(set)
            for x in found:
                if x["category"] not in STATEMENT:
                    continue
                tok = tokens(x.get("statement") or x.get("quote") or "")
                best, score = None, 0.6
                for i, g in enumerate(st):
                    if x.get("section") and g.get("section") and x["section"] != g["section"]:
                        continue
                    s = similar(tok, g["tok"])
                    if s > score:
                        best, score = i, s
                if best is not None:
                    want = set(st[best].get("missing") or [])
                    have_m = set(x.get("missing") or [])
                    if x["category"] in ("unquantified", "outcome-not-smart") and x["category"] in st[best].get("labels", []):
                        miss_n += 1; miss_j += len(want & have_m) / len(want | have_m) if want | have_m else 1
                if best is None:
                    stray += 1; fp[x["category"]] += 1
                    if a.verbose in (x["category"], "all"):
                        print(f"STRAY {f.parent.name}/{f.name} {x.get('section')} {x['category']}: {(x.get('statement') or x.get('quote'))[:140]}")
                else:
                    got[best].add(x["category"])
            for i, g in enumerate(st):
                labels = {l for l in g.get("labels", []) if l in STATEMENT}
                for c in STATEMENT:
                    if c in labels and c in got[i]: tp[c] += 1
                    elif c in labels:
                        fn[c] += 1
                        if a.verbose in (c, "all"): print(f"MISS {f.parent.name}/{f.name} {g['section']} {c}: {g['text'][:140]}")
                    elif c in got[i]:
                        fp[c] += 1
                        if a.verbose in (c, "all"): print(f"FALSE {f.parent.name}/{f.name} {g['section']} {c}: {g['text'][:140]}")
                if g.get("kind") == "provision" and not labels:
                    ok_total += 1; ok_flagged += bool(got[i])
            gdoc = [dict(d, used=False) for d in gold.get("document_findings", [])]
            for x in found:
                c = x["category"]
                if c in STATEMENT:
                    continue
                words = tokens((x.get("quote") or "") + " " + (x.get("statement") or ""))
                fits = [d for d in gdoc if not d["used"] and d["category"] == c
                        and (x.get("section") or "") in (d.get("sections_accepted") or [d.get("section") or ""])]
                fits.sort(key=lambda d: -similar(words, tokens(d.get("text") or "")))
                same = [d for d in gdoc if d["used"] and d["category"] == c
                        and (x.get("section") or "") in (d.get("sections_accepted") or [d.get("section") or ""])]
                if fits:
                    fits[0]["used"] = True; tp[c] += 1
                elif same and similar(words, tokens(same[0].get("text") or "")) > 0.6:
                    pass                       # the same fact, said twice
                else:
                    fp[c] += 1
                    if a.verbose in (c, "all"):
                        print(f"FALSE {f.parent.name}/{f.name} {x.get('section')} {c}: {x.get('message', '')[:80]} | {(x.get('quote') or '')[:80]}")
            for d in gdoc:
                if not d["used"]:
                    fn[d["category"]] += 1
                    if a.verbose in (d["category"], "all"):
                        print(f"MISS {f.parent.name}/{f.name} {d.get('section')} {d['category']}: {d['why'][:100]}")
    rows = {}
    for c in sorted(set(tp) | set(fp) | set(fn)):
        p = tp[c] / (tp[c] + fp[c]) if tp[c] + fp[c] else None
        r = tp[c] / (tp[c] + fn[c]) if tp[c] + fn[c] else None
        f1 = 2 * tp[c] / (2 * tp[c] + fp[c] + fn[c]) if tp[c] + fp[c] + fn[c] else None
        rows[c] = dict(tp=tp[c], fp=fp[c], fn=fn[c], precision=p, recall=r, f1=f1)
        fmt = lambda v: "  -  " if v is None else f"{v:.3f}"
        print(f"{c:24s} tp {tp[c]:4d} fp {fp[c]:4d} fn {fn[c]:4d}  P {fmt(p)} R {fmt(r)} F1 {fmt(f1)}")
    allc = [sum(x.values()) for x in (tp, fp, fn)]
    micro = 2 * allc[0] / (2 * allc[0] + allc[1] + allc[2]) if sum(allc) else 0
    macro = [v["f1"] for c, v in rows.items() if v["tp"] + v["fn"] >= 4 and v["f1"] is not None]
    total = dict(micro_f1=micro, macro_f1=sum(macro) / len(macro) if macro else 0,
                 ok_flagged=ok_flagged / ok_total if ok_total else None, ok_total=ok_total, stray=stray,
                 missing_agreement=miss_j / miss_n if miss_n else None,
                 sections_recall=sec_tp / (sec_tp + sec_fn) if sec_tp + sec_fn else None,
                 stage_accuracy=stage_ok / stage_n if stage_n else None, failed=fails)
    print(json.dumps(total))
    if a.json:
        pathlib.Path(a.json).write_text(json.dumps(dict(total=total, rows=rows), indent=1))

if __name__ == "__main__":
    main()
