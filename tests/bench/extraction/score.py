#!/usr/bin/python3
"""Scores extractions against gold files, field by field.

    tests/bench/extraction/score.py [--program build/release/bin/pia-index] [--worst N] [--laws] [--min F1]
        [--set GOLD_DIR SOURCE_DIR]... [FILE...]

Without --set: sample-data against tests/golden/gold, and, where the folder of real documents is
there, ../shared/seeds against ../shared/gold. Golds are named after their sources (a.json or
a.gold.json for a.txt, a.xlsx, …; NNN.json for NNN_*.txt; a.tab.gold.json for a.tab.txt).

A value is right if it is the gold's after NFKC and without white space; dashes and "" count as
blank. For a scalar: precision and recall of values given; for lists: of their elements; for rows:
of columns, rows being aligned by number. A value where the gold is blank is an invented one.
--laws checks what holds without a gold: every value has its place and stands there, every
character of the source is in a passage."""
import argparse, collections, glob, json, os, re, subprocess, sys, unicodedata

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
sys.path.insert(0, os.path.join(ROOT, "tests", "support", "samples"))
import gold as gold_keys  # noqa: E402: JSON of the interface → keys of the gold

DASHES = re.compile(r"^[-‐‑–—―－ーｰ一−─]*$")


def norm(value):
    if value is None or value == []:
        return None
    if isinstance(value, bool):
        return str(value)
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(value))).replace("〜", "~").replace("(株)", "株式会社")
    return None if DASHES.match(text) else text


def iso(text):
    m = text and re.fullmatch(r"(令和|平成|昭和)(元|\d+)年(\d+)月(\d+)日(?:時点|現在)?", text)
    if not m:
        return text
    first = {"令和": 2018, "平成": 1988, "昭和": 1925}[m[1]]
    return "%04d-%02d-%02d" % (first + (1 if m[2] == "元" else int(m[2])), int(m[3]), int(m[4]))


class Table:
    def __init__(self):
        self.counts = collections.OrderedDict()
        self.worst = collections.defaultdict(list)

    def add(self, field, want, have, where):
        want, have = collections.Counter(want), collections.Counter(have)
        right = sum((want & have).values())
        row = self.counts.setdefault(field, [0, 0, 0, 0])
        row[0] += right
        row[1] += sum(have.values()) - right
        row[2] += sum(want.values()) - right
        row[3] += 1
        if want != have:
            self.worst[field].append((where, list((want - have).elements()), list((have - want).elements())))

    def scalar(self, field, want, have, where):
        want, have = iso(norm(want)), iso(norm(have))
        self.add(field, [want] if want else [], [have] if have else [], where)


def flat(o, path=""):
    """Scalars and lists of strings below a dict, by dotted path."""
    for key, value in o.items():
        name = path + key
        if isinstance(value, dict):
            yield from flat(value, name + ".")
        elif not isinstance(value, list) or not value or isinstance(value[0], str):
            yield name, value


def aligned(want, have, key):
    have = list(have)
    for row in want:
        same = next((h for h in have if norm(h.get(key)) == norm(row.get(key))), None)
        if same is not None:
            have.remove(same)
        yield row, same or {}
    for row in have:
        yield {}, row


PARTS = ("委託事項", "提供先", "移転先")
IGNORED = {"lines", "line", "別紙の要約", "委託先_正規化", "file", "layout", "ambiguous", "最初", "最後", "注目", "番号", "都道府県", "ファイル"}


def columns(table, part, want, have, where):
    for name, value in list(flat(want)) + [(n, v) for n, v in flat(have) if n not in dict(flat(want))]:
        if name.split(".")[-1] in IGNORED or (want and name not in dict(flat(want))):
            continue
        other = dict(flat(have)).get(name)
        if isinstance(value, list) or isinstance(other, list):
            table.add(part + name, [norm(x) for x in value or [] if norm(x)] if isinstance(value, list) else [],
                      [norm(x) for x in other or [] if norm(x)] if isinstance(other, list) else [], where)
        else:
            table.scalar(part + name, value, other, where)


def score(table, want, have, where):
    for part in ("header", "事務", "情報連携", "自己点検監査", "開示請求", "問合せ", "評価実施手続", "基礎項目固有"):
        if part in want:
            columns(table, part + ".", want[part], have.get(part) or {}, where)
    for part, key in (("システム", "番号"), ("重大事故", "ファイル"), ("ファイル", "名称")):
        for a, b in aligned(want.get(part) or [], have.get(part) or [], key):
            columns(table, part + ".", {k: v for k, v in a.items() if k not in PARTS}, b, where)
            for sub in PARTS if part == "ファイル" else ():
                for x, y in aligned(a.get(sub) or [], b.get(sub) or [], "番号"):
                    columns(table, sub + ".", x, y, where)
    names = lambda g: {norm(n) for f in g.get("ファイル") or [] for c in f.get("委託事項") or []
                       for n in (c.get("委託先_正規化_一覧") or re.split("、", c.get("委託先_正規化") or "")) if n}
    table.add("委託先の集合", names(want), names(have), where)
    risks = lambda g: [f"{norm(r.get('項目'))}={norm(r.get('判断'))}" for r in g.get("リスク対策の判断") or [] if norm(r.get("判断"))]
    table.add("リスク対策の判断", risks(want), risks(have), where)
    changes = want.get("変更箇所") or {}
    if "行" in changes:
        rows = lambda g: ["|".join(str(iso(norm(r.get(k)))) for k in ("変更日", "項目", "変更前", "変更後", "時期"))
                          for r in (g.get("変更箇所") or {}).get("行") or []]
        table.add("変更箇所の行", rows(want), rows(have), where)
    table.scalar("変更箇所の件数", changes.get("件数"), (have.get("変更箇所") or {}).get("件数"), where)


def places(where):
    return [where["lines"]] + where.get("more", []) if where and "lines" in where else []


def leaves(o, path=""):
    if isinstance(o, dict):
        for key, value in o.items():
            yield from leaves(value, path + "/" + key)
    elif isinstance(o, list):
        for i, value in enumerate(o):
            yield from leaves(value, f"{path}/{i}")
    elif o is not None:
        yield path, o


DERIVED = re.compile(r"/(schema|id|series|sources|warnings|reasons|places|passages)\b|/where|/(role|section|category|municipality|"
                     r"prefecture|code|branch|name|file|no|count|occurred|used|years|date|occurred_on|published_on)$")


def stands_in(value, lines):
    """Whether whole lines make up the value, in any order: the place of a row holds its other cells
    between them. The first may begin and the last may end within its line."""
    if value in "".join(lines):
        return True
    lines = {line for line in lines if line}
    ends = {len(line) - k for line in lines for k in range(len(line)) if value.startswith(line[k:])}
    todo = list(ends)
    while todo:
        at = todo.pop()
        rest = value[at:]
        if any(line.startswith(rest) for line in lines):
            return True
        for line in lines:
            if rest.startswith(line) and at + len(line) not in ends:
                ends.add(at + len(line))
                todo.append(at + len(line))
    return False


def break_laws(source, a):
    """Sentences about values without a place or not at it, and about text in no passage."""
    text = open(source, "rb").read()
    for encoding in ("utf-8-sig", "utf-16", "cp932"):
        try:
            lines = [re.sub(r"</?[a-zA-Z][a-zA-Z0-9 =\"':;%./_-]*>", "", line) for line in text.decode(encoding).split("\n")]
            break
        except UnicodeDecodeError:
            pass
    # A line that is a dash is blank to norm(), so the dashes of a value go, too.
    bare = lambda s: re.sub(r"[()\[\]○〇|‐‑–—―−─-]", "", norm(s) or "")
    faults = []
    for path, value in leaves({k: v for k, v in a.items() if k != "places"}):
        own, o = None, a
        for part in path.split("/")[1:]:
            if isinstance(o, dict) and o.get("where"):
                own = o["where"]
            o = o[int(part)] if isinstance(o, list) else o[part]
        where = a["places"].get(path) or own
        if where is None and not re.match(r"/(schema|id|series|sources|warnings|reasons|places|passages)\b", path) and "/where" not in path:
            faults.append(f"{path} has no place")
        if where and isinstance(value, str) and places(where) and not DERIVED.search(path):
            there = [bare(lines[n - 1]) for r in places(where) for n in range(r[0], r[1] + 1)]
            if not stands_in(bare(value), there):
                faults.append(f"{path} does not stand at {where}: {value[:40]}")
    count = lambda text: collections.Counter(bare(text))
    lost = count("".join(lines)) - count("".join(p["text"] for p in a["passages"]))
    if lost:
        faults.append(f"{sum(lost.values())} characters are in no passage: {''.join(lost)[:40]}")
    return faults


def pairs(gold_dir, source_dir):
    for path in sorted(glob.glob(os.path.join(gold_dir, "*.json"))):
        name = os.path.basename(path)
        if name.endswith(".queries.json") or (not name.endswith(".gold.json") and os.path.exists(path[:-5] + ".gold.json")):
            continue
        stem = re.sub(r"(\.gold)?\.json$", "", name)
        if stem.endswith(".tab"):
            sources = glob.glob(os.path.join(source_dir, stem + ".txt"))
        else:
            sources = [s for s in glob.glob(os.path.join(source_dir, stem + "[._]*"))
                       if not s.endswith((".json", ".tab.txt")) and "pdftotext-layout" not in s]
        for source in sorted(sources):
            yield path, source


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--program", default=os.path.join(ROOT, "build", "bin", "pia-index"))
    p.add_argument("--set", nargs=2, action="append", metavar=("GOLD", "SOURCES"), default=[])
    p.add_argument("--worst", type=int, default=0, help="show N worst cases of each field")
    p.add_argument("--only", help="only sources whose name holds this")
    p.add_argument("--laws", action="store_true")
    p.add_argument("--min", type=float, default=0, help="exit 1 if the mean F1 is below")
    p.add_argument("--layout", choices=["cells", "boxes"], help="only sources of that layout (text: with tabs or without)")
    a = p.parse_args()
    sets = a.set or [(os.path.join(ROOT, "tests/golden/gold"), os.path.join(ROOT, "sample-data"))]
    shared = os.path.join(ROOT, "..", "shared")
    if not a.set and os.path.isdir(shared):
        sets.append((os.path.join(shared, "gold"), os.path.join(shared, "seeds")))
    elif not a.set:
        print("(no ../shared: only sample-data is scored)")
    table, documents, faults = Table(), 0, []
    for gold_dir, source_dir in sets:
        for path, source in pairs(gold_dir, source_dir):
            want = json.load(open(path, encoding="utf-8"))
            if "header" not in want or (a.only and a.only not in os.path.basename(source)):
                continue
            if a.layout and (a.layout == "boxes") != (source.endswith(".txt") and b"\t" not in open(source, "rb").read()):
                continue
            run = subprocess.run([a.program, "--extract", source], capture_output=True)
            if run.returncode != 0:
                faults.append(f"{source}: {run.stderr.decode()[:200]}")
                continue
            have = json.loads(run.stdout)
            documents += 1
            score(table, want, gold_keys.convert(have), os.path.basename(source))
            if a.laws and source.endswith(".txt"):
                faults += [f"{os.path.basename(source)}: {fault}" for fault in break_laws(source, have)]
    f1s = []
    print(f"{documents} documents; precision, recall, F1, values of the gold")
    for field, (right, extra, missing, _) in table.counts.items():
        if right + extra + missing == 0:
            continue
        precision = right / (right + extra) if right + extra else 0.0
        recall = right / (right + missing) if right + missing else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        f1s.append(f1)
        width = 44 - sum(unicodedata.east_asian_width(c) in "WF" for c in field)
        print(f"{field:<{width}}{precision:7.3f}{recall:7.3f}{f1:7.3f}{right + missing:7}")
        for where, want, have in sorted(table.worst[field], key=lambda w: -len(w[1]) - len(w[2]))[:a.worst]:
            print(f"    {where}: gold {str(want)[:110]} got {str(have)[:110]}")
    mean = sum(f1s) / len(f1s) if f1s else 0.0
    print(f"mean F1 {mean:.4f}")
    for fault in faults:
        print(fault)
    return 1 if mean < a.min else 0


if __name__ == "__main__":
    sys.exit(main())
