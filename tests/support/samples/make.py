#!/usr/bin/python3
"""make.py --random N --seed S --out DIR [--kind basic|priority|full] [--layouts a,b,…] [--lose]
   make.py --sample-data | --bad

Writes made-up assessments in every layout in which such documents circulate, with the gold.
  ID.json ID.gold.json           the assessment (JSON of pia-index --extract) and the same in the gold's keys
  ID.tab.json ID.tab.gold.json   the same for the tab layout, which loses fields when --lose is given
  ID.xlsx.xlsx ID.pdf.pdf ID.pdfminer.txt ID.pdfminer-up.txt ID.pdfminer-right.txt ID.pdftotext.txt ID.pdftotext-layout.txt ID.tab.txt ID.html.html
Needs at development time: python3-openpyxl python3-pdfminer libreoffice-calc-nogui poppler-utils and an IPA font."""

import argparse
import json
import pathlib
import random
import sys
import tempfile

import assessment
import gold
import printing
import tabtext
import webpage
import workbook

LAYOUTS = ["pdfminer", "pdfminer-up", "pdfminer-right", "pdftotext", "pdf", "xlsx", "tab", "html"]
ORDERS = {"pdfminer": "tree", "pdfminer-up": "up", "pdfminer-right": "right"}
PRINTED = {*ORDERS, "pdftotext", "pdf"}


def dump(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_documents(made, out, layouts, lose):
    """made: {id: (doc, sheets, seed)}"""
    with tempfile.TemporaryDirectory() as tmp:
        books = {}
        for name, (doc, sheets, seed) in made.items():
            style = workbook.draw_style(random.Random(f"style-{seed}"))
            dump(out / f"{name}.json", doc)
            dump(out / f"{name}.gold.json", gold.convert(doc))
            if "xlsx" in layouts:
                workbook.write(out / f"{name}.xlsx.xlsx", sheets, style, False)
            if PRINTED & layouts:
                path = pathlib.Path(tmp) / f"{name}.xlsx"
                workbook.write(path, sheets, style, True)
                books[path] = out / f"{name}.pdf.pdf"
            if "html" in layouts:
                (out / f"{name}.html.html").write_text(
                    webpage.render(doc["title"], sheets, random.Random(f"html-{seed}").choice([0, 0, 1, 2, 3])),
                    encoding="utf-8",
                )
            if "tab" in layouts:
                r = random.Random(f"tab-{seed}")
                text, lost = tabtext.render(sheets, r, lose and r.random() < 0.5, lose and r.random() < 0.5)
                (out / f"{name}.tab.txt").write_text(text, encoding="utf-8")
                read = assessment.without(doc, lost)
                dump(out / f"{name}.tab.json", read)
                dump(out / f"{name}.tab.gold.json", gold.convert(read))
        if books:
            printing.to_pdf(books)
    for name in made if PRINTED & layouts else []:
        pdf = out / f"{name}.pdf.pdf"
        for layout, order in ORDERS.items():
            if layout in layouts:
                (out / f"{name}.{layout}.txt").write_text(printing.pdfminer_text(pdf, order), encoding="utf-8")
        if "pdftotext" in layouts:
            (out / f"{name}.pdftotext.txt").write_text(printing.pdftotext(pdf), encoding="utf-8")
            (out / f"{name}.pdftotext-layout.txt").write_text(printing.pdftotext(pdf, True), encoding="utf-8")
        if "pdf" not in layouts:
            pdf.unlink()


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--random", type=int, metavar="N")
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--out", type=pathlib.Path)
    a.add_argument("--kind", choices=["basic", "priority", "full"])
    a.add_argument("--layouts", default=",".join(LAYOUTS))
    a.add_argument("--lose", action="store_true", help="the tab layout loses ticks and pages")
    a.add_argument("--sample-data", action="store_true", help="rewrite sample-data and its gold")
    a.add_argument("--bad", action="store_true", help="rewrite tests/support/bad")
    a = a.parse_args()
    if a.sample_data:
        import sample_data

        sample_data.write()
        return 0
    if a.bad:
        import bad_files

        bad_files.write()
        return 0
    if not a.random or not a.out:
        print("give --random N and --out DIR, --sample-data or --bad", file=sys.stderr)
        return 2
    a.out.mkdir(parents=True, exist_ok=True)
    made = {}
    for i in range(a.random):
        kind = a.kind or ["priority", "full", "basic"][i % 3]
        seed = a.seed * 1000 + i
        made[f"{kind[0].upper()}{seed:06d}"] = (*assessment.build(seed, kind), f"{kind}-{seed}")
    write_documents(made, a.out, set(a.layouts.split(",")), a.lose)
    return 0


if __name__ == "__main__":
    sys.exit(main())
