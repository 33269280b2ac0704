#!/usr/bin/python3
"""hostile.py OUT [--good N] [--seed S]

Writes N good PDFs (good/) and 20 hostile files (hostile/): what downloads, broken discs and bad people make of them.
Each hostile file must be rejected with its own reason; none may take others with it. expected.tsv in OUT says for each a
word that its reason has to hold."""

import argparse
import base64
import io
import pathlib
import random
import zipfile
import zlib

import tiny_pdf

# A PDF of one blank page, encrypted with a password to open it.
PASSWORD = b"c-n<g%Wm5+5WMRv_Tpp8*OHO|!G}By6m5~fNqY%$SdvRug&_qp3ncxV{zyNox1yAd#x8OQ30{Ufvpchko6FUidWY5G*YBTyDg_co|E=me5I3~p9q59rLEJq*GKdSxv>i9FTvj~9xlo@FF2?Ue1_k0nA9rvMW>0<iM?UBsspf?GiDOUa<5OYDa<x3XhnY2TQT=a>S?NRwPlQ(eHuD7HHq#JkiXcAnu*qKmC5UV2TAf%XM2i$Lv<}g=CK(fC9lXV4n>q$otX)$oTMkT4$(j@=XJm}a(jCqa#JY?mK0~L14^i6?3%hANYgAZM^jNFZ_+T9|AqLB>RLXm)40%ts@l*_=@<s4V$?WLnY2s8#u$6o{;H)(k61-r_!r^B)Vh&$nN}JbM>yB8SsNa^n=IGYrIB##C^KJiw!Gd^y3HM!{NNNmdy-C5F#wqrVYz-DuF1CL8c12m_)exrV#|*gdQ2g#PO?mGYrLGo>tLs(u7j$r|+W"
WORKBOOK = {"[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="r"><sheets><sheet name="1" sheetId="1" r:id="a"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/></Relationships>'}
SHEET = '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>%s</t></is></c></row></sheetData></worksheet>'


def workbook(sheet):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**WORKBOOK, "xl/worksheets/sheet1.xml": sheet}.items(): archive.writestr(name, text)
    return out.getvalue()


def entities():
    lines = ['<!ENTITY e0 "lol">'] + [f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10)]
    return '<?xml version="1.0"?><!DOCTYPE worksheet [' + "".join(lines) + "]>" + SHEET % "&e9;"


def bit_flipped(data, rng):
    """Flips bits inside compressed streams, where a checksum stands behind them."""
    data = bytearray(data); spots, at = [], 0
    while (at := data.find(b"stream\n", at)) >= 0:
        end = data.find(b"endstream", at); spots += range(at + 12, end - 8); at = end + 9
    for spot in rng.sample(spots, 8): data[spot] ^= 1 << rng.randrange(8)
    return bytes(data)


def pdf_bomb():
    """120 MB of drawing, deflated twice."""
    pack = zlib.compressobj(9)
    data = zlib.compress(b"".join(pack.compress(b"0 0 m " * 10_000) for _ in range(2000)) + pack.flush(), 9)
    body = b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream" % (len(data), data)
    return tiny_pdf.build([b""], extra=[body]).replace(b"/Contents 6 0 R", b"/Contents 8 0 R")


def scan():
    return tiny_pdf.build([b"q 500 0 0 700 40 40 cm BI /W 8 /H 8 /BPC 8 /CS /G /F /AHx ID " + b"80" * 64 + b"> EI Q"])


def no_unicode():
    """Characters by glyph number alone, as a subset font without ToUnicode has them."""
    font = b"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+X/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 5 0 R>>]>>"
    page = b"BT /F 9 Tf 40 700 Td <" + b"00300031" * 60 + b"> Tj ET"
    return tiny_pdf.build([page], extra=[font]).replace(b"/Font<</F 3 0 R>>", b"/Font<</F 8 0 R>>")


def page_loop():
    return tiny_pdf.build([b""]).replace(b"/Kids[7 0 R]", b"/Kids[2 0 R]")


def hostile(rng):
    """(name, bytes, a word of its reason)"""
    good = tiny_pdf.basic_form(900)
    for i in range(4): yield f"truncated-{i}.pdf", good[:rng.randrange(200, len(good) - 60)], "cut off|damaged"
    for i in range(3): yield f"flipped-{i}.pdf", bit_flipped(good, rng), "damaged"
    yield "bomb.pdf", pdf_bomb(), "unpacks to more"
    yield "password.pdf", zlib.decompress(base64.b85decode(PASSWORD)), "password"
    yield "empty.pdf", b"", "empty"
    yield "photo.pdf", b"\xff\xd8\xff\xe0\0\x10JFIF\0" + rng.randbytes(4000), "picture"
    yield "bomb.xlsx", zip_bomb(), "unpacks to more"
    yield "entities.xlsx", workbook(entities()), "entities"
    yield "pages.pdf", tiny_pdf.build([b" "] * 10_000), "10000 pages"
    yield "scan.pdf", scan(), "scan"
    yield "no-unicode.pdf", no_unicode(), "ToUnicode"
    yield "page-loop.pdf", page_loop(), "cut off|damaged|no page|blank"
    yield "noise.pdf", b"%PDF-1.7\n" + rng.randbytes(20_000), "cut off|damaged"
    yield "legacy.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000), "xlsx"
    yield "letter.pdf", tiny_pdf.build([tiny_pdf.page([[(None, "お知らせ")], [(None, "明日は休みです。")]])]), "no privacy impact assessment"


def zip_bomb():
    """A sheet of 400 MB of blanks."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in WORKBOOK.items(): archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(400): sheet.write(b" " * 1_000_000)
    return out.getvalue()


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("out", type=pathlib.Path); a.add_argument("--good", type=int, default=200); a.add_argument("--seed", type=int, default=1); a = a.parse_args()
    rng = random.Random(a.seed); expected = []
    for folder in ("good", "hostile"): (a.out / folder).mkdir(parents=True, exist_ok=True)
    for i in range(a.good): (a.out / "good" / f"{i:03}.pdf").write_bytes(tiny_pdf.basic_form(i + 1))
    for name, data, word in hostile(rng):
        (a.out / "hostile" / name).write_bytes(data); expected.append(f"{name}\t{word}\n")
    (a.out / "expected.tsv").write_text("".join(expected), encoding="utf-8")


if __name__ == "__main__": main()
