#!/usr/bin/env python3
"""Rewrites PDFs of the corpus as programs write them that cannot be had here. These are imitations: no file of theirs is in them.

    make.py calls it; needs apt: fonts-crosextra-carlito fonts-liberation fonts-dejavu-core, pip: pymupdf pikepdf fonttools

The words stand where they stood, in the same type. What is different is how a page says it:

quartz              as macOS prints from Pages, Safari or Preview (seen in public files): every run of one look between q and Q
                    with its own matrix, letters that do not fit MacRoman in a second font whose codes go from 33 up, spaces at the
                    start of a run in a font of their own, each letter moved; marks without a tree of tags
quartz_word         as Word for Mac prints through it (seen in public files): all in steps of 0.24, words in pieces at letters
                    that touch, spaces as runs of their own, lines drawn with the page upside down
crystal             of Crystal Reports no file was found. What is told of its files: each line of a field is set by itself, clipped to
                    the field, stretched between its letters to the width that the printer had; fields first, then lines and boxes
reporting_services  as Microsoft Reporting Services writes (from descriptions of its files): numbers of glyphs in fonts ABCDEE+Name, a text for each
                    run, the sides of boxes as single lines, bold that is simulated by an outline, no tags, each page between q and Q
"""
import io

import pikepdf
import pymupdf
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import cmap_format_6
from pikepdf import Array, Dictionary, Name

FOLDERS = {"Carlito": "/usr/share/fonts/truetype/crosextra/Carlito-{}.ttf",
           "LiberationSans": "/usr/share/fonts/truetype/liberation/LiberationSans-{}.ttf",
           "LiberationSerif": "/usr/share/fonts/truetype/liberation/LiberationSerif-{}.ttf"}
LAST = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"


class Face:
    """One font: its letters, and which were asked for."""

    def __init__(self, path):
        self.path, self.font, self.asked = path, TTFont(path), {}
        self.map = self.font.getBestCmap()
        self.em = self.font["head"].unitsPerEm
        self.name = self.font["name"].getDebugName(6)

    def glyph(self, letter):
        return self.font.getGlyphID(self.map[ord(letter)])

    def width(self, letter):
        """In thousandths of the size."""
        return self.font["hmtx"][self.map[ord(letter)]][0] * 1000 / self.em

    def cut(self, letters, map_of_codes=None):
        """The font file with these letters alone, under their old numbers of glyphs."""
        options = subset.Options(retain_gids=True, notdef_outline=True, drop_tables=["GSUB", "GPOS", "GDEF", "kern", "name", "post", "DSIG", "FFTM"])
        font = TTFont(self.path)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=[ord(letter) for letter in letters])
        cutter.subset(font)
        if map_of_codes is not None:
            table = cmap_format_6(6)
            table.platformID, table.platEncID, table.language, table.format = 1, 0, 0, 6
            table.cmap = {code: font.getGlyphName(self.glyph(letter)) for code, letter in map_of_codes.items()}
            font["cmap"].tables = [table]
        out = io.BytesIO()
        font.save(out)
        return out.getvalue()


FACES = {}


def face(name, letter):
    """The face of this name, or one that has the letter."""
    family, _, look = name.split("+")[-1].partition("-")
    path = FOLDERS.get(family, LAST).format(look.replace(",", "") or "Regular")
    for path in (path, LAST):
        if path not in FACES:
            FACES[path] = Face(path)
        if ord(letter) in FACES[path].map:
            return FACES[path]
    raise SystemExit(f"no font has {letter!r}")


def pages(path):
    """Of each page: its size, runs of words (each a list of (x, letter)) with font, size, colour and baseline, and its lines and boxes."""
    document = pymupdf.open(path)
    for page in document:
        runs = []
        for block in page.get_text("rawdict", flags=pymupdf.TEXT_PRESERVE_WHITESPACE)["blocks"]:
            for line in block.get("lines", ()):
                for span in line["spans"]:
                    letters = [(c["origin"][0], c["c"]) for c in span["chars"]]
                    letters = [(x, "\u2022" if "\ue000" <= c <= "\uf8ff" else " " if c == "\xa0" else c) for x, c in letters]
                    if letters:
                        runs.append((letters, span["font"], span["size"], span["color"],
                                     page.rect.height - span["chars"][0]["origin"][1]))
        yield page.rect.width, page.rect.height, runs, page.get_drawings()


def words_of(letters):
    """(x of the first letter, word), spaces as words of their own."""
    out = []
    for x, letter in letters:
        if out and (out[-1][1][-1] == " ") == (letter == " "):
            out[-1] = (out[-1][0], out[-1][1] + letter)
        else:
            out.append((x, letter))
    return out


def colour(number):
    return " ".join(f"{(number >> shift & 255) / 255:.4g}" for shift in (16, 8, 0))


def escaped(data):
    return b"(" + data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


def to_unicode(codes, size):
    width = size * 2
    lines = "\n".join(f"<{code:0{width}x}> <{letter.encode('utf-16-be').hex()}>" for code, letter in sorted(codes.items()))
    return ("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            f"1 begincodespacerange\n<{'00' * size}><{'ff' * size}>\nendcodespacerange\n{len(codes)} beginbfchar\n{lines}\n"
            "endbfchar\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").encode()


def descriptor(pdf, face, name, flags, data):
    head, lines = face.font["head"], face.font["hhea"]
    k = 1000 / face.em
    return pdf.make_indirect(Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/" + name), Flags=flags, ItalicAngle=0, StemV=80, CapHeight=700,
        FontBBox=Array([int(v * k) for v in (head.xMin, head.yMin, head.xMax, head.yMax)]), Ascent=int(lines.ascent * k),
        Descent=int(lines.descent * k), FontFile2=pdf.make_stream(data, Length1=len(data))))


class Single:
    """A font with one byte a letter: MacRoman or WinAnsi, or codes of its own from 33 up with a map of them."""

    def __init__(self, face, encoding=None):
        self.face, self.encoding, self.codes = face, encoding, {}

    def holds(self, letter):
        try:
            return self.encoding is None or bool(letter.encode(self.encoding))
        except UnicodeEncodeError:
            return False

    def code(self, letter):
        if self.encoding:
            code = letter.encode(self.encoding)[0]
        else:
            known = {letter: code for code, letter in self.codes.items()}
            code = known.get(letter, 33 + len(self.codes))
        self.codes[code] = letter
        return code

    def show(self, text):
        return escaped(bytes(self.code(letter) for letter in text))

    def made(self, pdf, number):
        first, last = min(self.codes), max(self.codes)
        name = f"AAAA{chr(65 + number // 26)}{chr(65 + number % 26)}+{self.face.name}"
        widths = [self.face.width(self.codes[code]) if code in self.codes else 0 for code in range(first, last + 1)]
        data = self.face.cut(self.codes.values(), None if self.encoding else self.codes)
        font = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/" + name), FirstChar=first, LastChar=last,
                          Widths=Array([round(w, 3) for w in widths]),
                          FontDescriptor=descriptor(pdf, self.face, name, 32 if self.encoding else 4, data))
        if self.encoding:
            font.Encoding = Name.MacRomanEncoding if self.encoding == "mac_roman" else Name.WinAnsiEncoding
        else:
            font.ToUnicode = pdf.make_stream(to_unicode(self.codes, 1))
        return pdf.make_indirect(font)


class Glyphs:
    """A font whose codes are the numbers of its glyphs."""

    def __init__(self, face):
        self.face, self.codes = face, {}

    def show(self, text):
        for letter in text:
            self.codes[self.face.glyph(letter)] = letter
        return ("<" + "".join(f"{self.face.glyph(letter):04X}" for letter in text) + ">").encode()

    def made(self, pdf, number):
        name = f"ABCDEE+{self.face.name.partition('-')[0]}"
        widths = [part for code, letter in sorted(self.codes.items()) for part in (code, Array([round(self.face.width(letter))]))]
        data = self.face.cut(self.codes.values())
        below = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/" + name), W=Array(widths),
                           CIDSystemInfo=Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0),
                           FontDescriptor=descriptor(pdf, self.face, name, 32, data))
        return pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/" + name), Encoding=Name("/Identity-H"),
                                            DescendantFonts=Array([pdf.make_indirect(below)]), ToUnicode=pdf.make_stream(to_unicode(self.codes, 2))))


class Fonts:
    """The fonts of a document by what they are for, made when they are first asked for."""

    def __init__(self):
        self.known = {}

    def of(self, make, face, *more):
        key = (make, face.path, *more)
        if key not in self.known:
            self.known[key] = (f"TT{len(self.known) + 1}", make(face, *[part for part in more if part != "space"]))
        return self.known[key]

    def resources(self, pdf):
        return Dictionary({f"/{name}": font.made(pdf, number) for number, (name, font) in enumerate(self.known.values())})


def shapes(drawings, height):
    """Fills and strokes of a page as (what, colour, x, y, width, height), y from below."""
    for drawing in drawings:
        for item in drawing["items"]:
            if item[0] == "re":
                r = item[1]
                box = (r.x0, height - r.y1, r.width, r.height)
            elif item[0] == "l":
                a, b = item[1], item[2]
                box = (a.x, height - a.y, b.x - a.x, a.y - b.y)
            elif item[0] == "qu":
                r = item[1].rect
                box = (r.x0, height - r.y1, r.width, r.height)
            else:
                continue
            fill = drawing.get("fill")
            what = "fill" if fill is not None and item[0] != "l" else "line" if item[0] == "l" else "box"
            tone = fill if what == "fill" else drawing.get("color") or (0, 0, 0)
            yield what, " ".join(f"{part:.4g}" for part in tone), *(round(part, 3) for part in box)


# --------------------------------------------------------------------------- styles: a page to its content

def quartz(page, fonts):
    width, height, runs, drawings = page
    out = [b"q Q q 0 0 %.2f %.2f re W n /Cs1 cs 1 1 1 sc 0 0 %.2f %.2f re f" % (width, height, width, height)]
    for what, tone, x, y, w, h in shapes(drawings, height):
        if what == "fill":
            out.append(f"{tone} sc {x} {y} m {x + w:.3f} {y} l {x + w:.3f} {y + h:.3f} l {x} {y + h:.3f} l h f".encode())
        else:
            out.append(f"/Cs1 CS {tone} SC 0.5 w q 1 0 0 1 {x} {y} cm 0 0 m {w} {h} l S Q".encode())
    mark = 0
    for letters, name, size, tone, base in runs:
        # A run ends where the font does: what MacRoman lacks, and a space at the start, stand in fonts of their own.
        pieces = []
        for at, (x, letter) in enumerate(letters):
            one = face(name, letter)
            roman = fonts.of(Single, one, "mac_roman")
            own = roman if roman[1].holds(letter) else fonts.of(Single, one)
            if at == 0 and letter == " ":
                own = fonts.of(Single, one, "mac_roman", "space")
            if pieces and pieces[-1][0] is own and len(pieces[-1][1]) < 60:
                pieces[-1][1].append((x, letter))
            else:
                pieces.append((own, [(x, letter)]))
        mark += 1
        out.append(f"/P << /MCID {mark} >> BDC {colour(tone)} sc".encode())
        for (short, font), piece in pieces:
            out.append(f"q 1 0 0 1 {piece[0][0]:.5f} {base:.5f} cm BT {size:.5g} 0 0 {size:.5g} 0 0 Tm /{short} 1 Tf".encode() + b" [ "
                       + b" ".join(moved(font, piece, size)) + b" ] TJ ET Q")
        out.append(b"EMC")
    return b" ".join(out)


def moved(font, piece, size):
    """Each letter by itself, with the step to where the next one stands."""
    for at, (x, letter) in enumerate(piece):
        yield font.show(letter)
        if at + 1 < len(piece):
            step = font.face.width(letter) - (piece[at + 1][0] - x) * 1000 / size
            if abs(step) >= 0.5:
                yield b"%.4g" % step


def quartz_word(page, fonts):
    width, height, runs, drawings = page
    k = 0.24
    out = [b"q Q q 12 12 %.2f %.2f re W n /Cs1 cs 0 0 0 sc" % (width - 24, height - 24)]
    for letters, name, size, tone, base in runs:
        for x, word in words_of(letters):
            while word:
                # A ligature's letters end the piece: "ti" begins a run of its own.
                cut = next((at for at in range(1, len(word)) if word[at:at + 2] in ("ti", "tt", "fi", "ft")), len(word))
                part, word = word[:cut], word[cut:]
                one = face(name, part[0])
                short, font = fonts.of(Single, one, "mac_roman")
                if not all(font.holds(letter) for letter in part):
                    short, font = fonts.of(Single, one)
                width_of = sum(one.width(letter) for letter in part) * size / 1000
                shown = b"[ " + b" ".join(font.show(letter) + b" %d" % (-3 if at % 2 else 4) for at, letter in enumerate(part)) + b" ] TJ"
                out.append(f"{colour(tone)} sc q {k} 0 0 {k} {x:.4f} {base:.4f} cm BT 0.0005 Tc {size / k:.4g} 0 0 {size / k:.4g} 0 0 Tm /{short} 1 Tf "
                           .encode() + shown + b" ET Q")
                x += width_of
    for what, tone, x, y, w, h in shapes(drawings, height):
        if what == "fill" and min(w, h) > 2:
            out.insert(1, f"{tone} sc {x} {y + h:.3f} m {x + w:.3f} {y + h:.3f} l {x + w:.3f} {y} l {x} {y} l h f".encode())
        elif what == "fill":
            out.append(f"{tone} sc {x} {y} {w} {h} re f".encode())
        else:
            top = (height - y) / k
            out.append(f"2 w /Cs1 CS {tone} SC q {k} 0 0 -{k} 0 {height:.2f} cm {x / k:.4g} {top:.5g} m {(x + w) / k:.5g} {top - h / k:.5g} l S Q".encode())
    return b" ".join(out) + b" Q"


def crystal(page, fonts):
    width, height, runs, drawings = page
    out = [b"1 j 1 J"]
    for letters, name, size, tone, base in runs:
        text = "".join(letter for _, letter in letters)
        if not text.strip():
            continue
        one = face(name, text.strip()[0])
        short, font = fonts.of(Single, one, "cp1252")
        if not all(font.holds(letter) for letter in text):
            short, font = fonts.of(Single, one)
        # The font is set a little smaller, and its letters are spread to the width that the line had.
        small = size * 0.99
        wide = letters[-1][0] - letters[0][0] + one.width(letters[-1][1]) * size / 1000
        spread = (wide - sum(one.width(letter) if ord(letter) in one.map else 500 for letter in text) * small / 1000) / max(1, len(text))
        x = letters[0][0]
        out.append(f"q {x - 1:.2f} {base - size:.2f} {wide + 2:.2f} {size * 2.2:.2f} re W n BT {colour(tone)} rg /{short} {small:.4g} Tf {spread:.4f} Tc "
                   f"1 0 0 1 {x:.3f} {base:.3f} Tm ".encode() + font.show(text) + b" Tj ET Q")
    boxes = []
    for what, tone, x, y, w, h in shapes(drawings, height):
        if what == "fill" and min(w, h) > 2:
            boxes.append(f"{tone} rg {x} {y} {w} {h} re f".encode())
        elif what == "fill":
            # A line of a report is stroked, in the middle of where it is filled here.
            a, b = (x, y + h / 2), (x + w, y + h / 2)
            if h > w:
                a, b = (x + w / 2, y), (x + w / 2, y + h)
            out.append(f"{max(min(w, h), 0.25):.3g} w {tone} RG {a[0]:.3f} {a[1]:.3f} m {b[0]:.3f} {b[1]:.3f} l S".encode())
        else:
            out.append(f"0.5 w {tone} RG {x} {y} m {x + w:.3f} {y + h:.3f} l S".encode())
    return b"\r\n".join(out[:1] + boxes + out[1:])


def reporting_services(page, fonts):
    width, height, runs, drawings = page
    out = [b"q 0 0 %.2f %.2f re W n" % (width, height)]
    for what, tone, x, y, w, h in shapes(drawings, height):
        if what == "fill" and min(w, h) > 2:
            out.append(f"{tone} rg {x} {y} {w} {h} re f".encode())
        else:
            along = (x, y, x + w, y + h) if what != "fill" else (x, y, x + w, y) if w > h else (x, y, x, y + h)
            out.append("{} RG 0.75 w [] 0 d {:.3f} {:.3f} m {:.3f} {:.3f} l S".format(tone, *along).encode())
    for letters, name, size, tone, base in runs:
        text = "".join(letter for _, letter in letters)
        bold = "Bold" in name
        # Bold where the look is not installed is the plain font with an outline.
        plain = name.replace("-Bold", "-Regular")
        start = 0
        for at in range(1, len(text) + 1):
            if at < len(text) and face(plain, text[at]) is face(plain, text[start]):
                continue
            part, x = text[start:at], letters[start][0]
            short, font = fonts.of(Glyphs, face(plain, text[start]))
            heavy = f"2 Tr {size / 35:.3f} w {colour(tone)} RG " if bold else ""
            # Letters of the plain font are narrower: where the words stood is kept, a text for each.
            for x, word in words_of(letters[start:at]) if bold else [(x, part)]:
                out.append(f"BT /{short} {size:.4g} Tf {colour(tone)} rg {size * 1.2:.4g} TL {x:.4f} {base:.4f} Td {heavy}".encode()
                           + font.show(word) + b" Tj T* ET" + (b" 0 Tr" if bold else b""))
            start = at
    return b"\r\n".join(out) + b"\r\nQ"


PRODUCERS = {
    quartz: ("macOS Version 14.3.1 (Build 23D60) Quartz PDFContext", "Pages"),
    quartz_word: ("Mac OS X 10.10.5 Quartz PDFContext", "Word"),
    crystal: ("Powered By Crystal", "Crystal Reports"),
    reporting_services: ("Microsoft Reporting Services PDF Rendering Extension 14.0.0.0", "Microsoft Reporting Services 14.0.0.0"),
}


def rewrite(source, out, style):
    pdf, fonts = pikepdf.new(), Fonts()
    contents = [(page[:2], style(page, fonts)) for page in pages(source)]
    resources = pdf.make_indirect(Dictionary(Font=fonts.resources(pdf), ColorSpace=Dictionary(Cs1=Name.DeviceRGB)))
    for (width, height), content in contents:
        page = pdf.add_blank_page(page_size=(width, height))
        page.obj.Resources, page.obj.Contents = resources, pdf.make_stream(content)
    producer, creator = PRODUCERS[style]
    pdf.docinfo["/Producer"], pdf.docinfo["/Creator"] = f"{producer} (imitated)", f"{creator} (imitated)"
    pdf.save(out, compress_streams=True, deterministic_id=True)


# What is made: style, plan.
FILES = [
    (quartz, "22-nell"), (quartz, "23-tobias"), (quartz_word, "54-zosia"), (quartz_word, "02-posy"),
    (crystal, "32-safiya"), (crystal, "09-aleena"), (reporting_services, "42-niamh"), (reporting_services, "33-iolo"),
]
