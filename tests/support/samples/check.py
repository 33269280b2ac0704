#!/usr/bin/python3
"""check.py DIR: every value of each gold stands in the texts made from it (white space aside), else it is named.
A value cut by a page may be missed in the PDF's texts: there it is enough that its halves stand somewhere."""

import collections
import glob
import json
import os
import re
import sys
import unicodedata


def norm(s):
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", s)).replace("〜", "~").replace("～", "~")


def leaves(o, path=""):
    if isinstance(o, dict):
        for k, v in o.items():
            yield from leaves(v, f"{path}/{k}")
    elif isinstance(o, list):
        for i, v in enumerate(o):
            yield from leaves(v, f"{path}/{i}")
    elif isinstance(o, str):
        yield path, o


DERIVED = re.compile(
    r"^/(kind|form|body/(municipality|prefecture|code)|process/category|organisations|published_on|risks/\d+/(file|section|measures|item)|incidents/question)|/name$|/branch$|/date$|/occurred_on$|/file$"
)


def text_of(path):
    if path.endswith(".xlsx"):
        import openpyxl

        return "\n".join(
            str(c.value)
            for ws in openpyxl.load_workbook(path)
            for row in ws.iter_rows()
            for c in row
            if c.value is not None
        )
    s = open(path, encoding="utf-8").read()
    return re.sub(r"<(?!選択肢|[^<>]*(措置|機能))/?[a-z][^<>]*>", "", s) if ".tab." in path or path.endswith(".html") else s


def found(value, text):
    v = norm(value)
    if v in text:
        return True
    parts = [p for p in re.split(r"[（）()]", v) if p]  # ticks: label（bracket）
    if len(parts) > 1 and all(p in text for p in parts):
        return True
    return any(v[:k] in text and v[k:] in text for k in range(1, len(v)))


def main(folder):
    bad = collections.Counter()
    n = collections.Counter()
    for gold in sorted(glob.glob(os.path.join(folder, "*.gold.json"))):
        base = gold[: -len(".gold.json")]
        doc = json.load(open(base + ".json", encoding="utf-8"))
        for f in sorted(glob.glob(base + ".*")) if not base.endswith(".tab") else [base + ".txt"]:
            if f.endswith((".json", ".pdf")) or (".tab." in f and not base.endswith(".tab")) or not os.path.exists(f):
                continue
            text = norm(text_of(f))
            layout = os.path.basename(f).split(".", 1)[1]
            for path, value in leaves(doc):
                if DERIVED.search(path):
                    continue
                n[layout] += 1
                if not found(value, text):
                    bad[layout] += 1
                    print(f"{os.path.basename(f)} {path}: {value[:80]!r}")
    for layout in n:
        print(f"{layout}: {n[layout]} values, {bad[layout]} not found", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1])
