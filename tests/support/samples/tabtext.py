"""Blocks → the tab layout: rows of label<TAB>value with HTML inside the cells, as a reading program wrote them from
the pages of a PDF. It loses things as such texts do (ticks, pages, a cell cut by a page), and forgets in the gold
what it lost: render() returns the text and the pointers of the gold's fields that the text no longer tells."""

import re

from blocks import Bar, Choice, Plain, Row, Section, Table, Text, Ticks, Title, Wide
from workbook import wrap

CHECKED, EMPTY = '<input checked="" type="checkbox"/>', '<input type="checkbox"/>'
NOTATIONS = ["bracketed", "bare", "radio", "square", "circle"]


HALF = {i: i - 0xFEE0 for i in range(0xFF01, 0xFF5F) if chr(i) != "～"} | {0x3000: " "}
ROMAN = str.maketrans({"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV", "Ⅴ": "V", "Ⅵ": "VI"})


def plain(text):
    """What the reading program makes of printed text: half-width brackets, digits and letters."""
    return re.sub(r"(?m)^(\d+)\.(?=\S)", r"\1. ", (text or "").translate(HALF)).strip()


def inline(text, rnd):
    """A value of several lines in one cell."""
    lines = [l.strip() for l in plain(text).split("\n") if l.strip()]
    if len(lines) < 2:
        return lines[0] if lines else ""
    style = rnd.choice(["space", "space", "p", "ul", "ul-open", "br"])
    if style == "space":
        return " ".join(lines)
    if style == "p":
        return " ".join(f"<p>{l}</p>" for l in lines)
    if style == "br":
        return "<br/>".join(lines)
    items = " ".join(f"<li>{l}</li>" if style == "ul" else l for l in lines[1:])
    return (
        f'<p>{lines[0]}</p> <ul style="list-style-type: none"> {items} </ul>'
        if style == "ul"
        else f'{lines[0]} <ul style="list-style-type: none"> {items}'
    )


class Tab:
    def __init__(self, rnd, lose):
        self.r, self.lose, self.lost = rnd, lose, []
        self.notation = rnd.choice(NOTATIONS)
        self.roman = rnd.random() < 0.6
        self.garbles = rnd.random() < 0.4

    def box(self, on, notation):
        if notation == "bracketed":
            return f"[{CHECKED}]" if on else "[]"
        if notation == "bare":
            return CHECKED if on else EMPTY
        if notation == "radio":
            return '[<input checked="" type="radio"/>]' if on else "[]"
        if notation == "circle":
            return "[○]" if on else "[]"
        return "[○]" if on else "[ ]"

    def ticks(self, cell):
        lost = self.lose and self.r.random() < 0.25
        notation = self.r.choice([self.notation] * 3 + NOTATIONS)
        if lost:
            notation = self.r.choice(["bare", "bracketed-empty"])
            self.forget_ticks(cell)
        lines = []
        for head, ticks in cell.groups:
            if head:
                lines.append(plain(head))
            row = []
            for t in ticks:
                b = self.box(t.on and not lost, notation) if notation != "bracketed-empty" else f"[{EMPTY}]"
                text = (
                    f"{b} {plain(t.label)}"
                    + (f" ({plain(t.bracket)})" if t.bracket is not None else "")
                    + (f" {t.unit}" if t.unit else "")
                )
                row.append(text)
                if len(row) == cell.per_row:
                    lines.append(" ".join(row))
                    row = []
            if row:
                lines.append(" ".join(row))
        style = self.r.choice(["p", "space", "table", "flex", "ul"])
        if style == "p":
            return " ".join(f"<p>{l}</p>" for l in lines)
        if style == "ul":
            return '<ul style="list-style-type: none"> ' + " ".join(lines) + " </ul>"
        if style == "table" and all(h is None for h, _ in cell.groups):
            return '<table border="0"> ' + " ".join(f"<tr> <td>{l}</td> </tr>" for l in lines) + " </table>"
        if style == "flex":
            return (
                '<div style="display: flex; justify-content: space-between;"> <div style="width: 45%;"> '
                + " ".join(lines[::2])
                + ' </div> <div style="width: 50%;"> '
                + " ".join(lines[1::2])
                + " </div> </div>"
                if all(h is None for h, _ in cell.groups) and cell.per_row == 1
                else " ".join(lines)
            )
        return " ".join(lines)

    def forget_ticks(self, cell):
        """Without ticks only a filled bracket still proves its box; その妥当性 names the recorded items."""
        if cell.at.endswith("/items"):
            return
        self.lost.append(
            (
                cell.at,
                [f"{t.label}（{t.bracket}）" for _, g in cell.groups for t in g if t.on and t.bracket and not t.unit],
            )
        )

    def choice(self, cell):
        value = plain(cell.value) if cell.value else ""
        options = [f"{i}) {plain(o)}" if cell.mark else plain(o) for i, o in enumerate(cell.options, 1)]
        style = self.r.choice(["space", "p", "flex", "ul"])
        count = f" ({cell.count[0] or ''}) 件" if cell.count else ""
        if self.lose and value and self.r.random() < 0.08:
            return f"{EMPTY} {value} {EMPTY} <選択肢> {' '.join(options)}{count}"  # the brackets read as boxes
        if (
            self.lose and value and cell.mark and self.r.random() < 0.06 and not cell.at.startswith("/incidents")
        ):  # the value is lost, its choices are boxes
            if not (cell.count and cell.count[0]):
                self.lost.append((cell.at, None))
            return " ".join(f"{EMPTY} {plain(o)}" for o in cell.options) + (
                f" <small>{count.strip()}</small>" if count else ""
            )
        if style == "p":
            return f"<p>[{value}]</p> <p><選択肢> {' '.join(options)}</p>{count}"
        if style == "flex":
            return f'<div style="display: flex; align-items: center;"> [{value}] <div style="margin-left: 20px;"> <p style="margin: 0;"><選択肢></p> <p style="margin: 0;">{" ".join(options)}</p> </div> </div>{count}'
        if style == "ul":
            return f'[{value}] <ul style="list-style-type: none"> <選択肢> {" ".join(options)} </ul>{count}'
        return f"[{value}] <選択肢> {' '.join(options)}{count}"

    def cell(self, cell):
        if isinstance(cell, Text) and cell.at == "/systems":
            return "<br/>".join(plain(cell.value).split("\n"))  # names that stay apart
        if isinstance(cell, Text):
            return inline(cell.value if cell.at else self.garble(cell.value or ""), self.r)
        return self.choice(cell) if isinstance(cell, Choice) else self.ticks(cell)

    def lines_of(self, b):
        """Rows of print that a block takes, to know where pages part."""
        if isinstance(b, Row):
            return (
                max(2, len(b.cell.options) // 2 + 1)
                if isinstance(b.cell, Choice)
                else sum(len(g) for _, g in b.cell.groups) // 2 + 1
                if isinstance(b.cell, Ticks)
                else len(wrap(b.cell.value or "", 36))
            )
        return len(wrap(getattr(b, "value", None) or "", 48)) if isinstance(b, (Wide, Plain)) else 1

    def cut(self, b):
        """A value of several lines that a page ends within: (what stands before, what after), else None."""
        if not isinstance(b, Row) or not isinstance(b.cell, Text) or b.labels[0] == "" or len(b.labels) > 1:
            return None
        lines = (b.cell.value or "").split("\n")
        return ("\n".join(lines[: len(lines) // 2]), "\n".join(lines[len(lines) // 2 :])) if len(lines) > 3 else None

    def cut_row(self, row):
        """A row of the change table that a page ends within; the rest has no date and item of its own, or says 前記継続."""
        halves = [
            (lambda ls: ("\n".join(ls[: max(1, len(ls) // 2)]), "\n".join(ls[max(1, len(ls) // 2) :])))(
                (v or "").split("\n")
            )
            for v in row[2:4]
        ]
        if not any(rest for _, rest in halves):
            return row, None
        date, item = (row[0], "前記継続") if self.r.random() < 0.25 else ("", "")
        return [row[0], row[1], halves[0][0], halves[1][0], *row[4:]], [date, item, halves[0][1], halves[1][1], "", ""]

    def garble(self, text):
        """Reading errors in a text that no field holds."""
        if not self.garbles or len(text) < 60 or self.r.random() < 0.7:
            return text
        k = self.r.randrange(20, len(text) - 20)
        return text[:k] + self.r.choice(["ที่", "ด", "□", "古"]) + text[k + 1 :]

    def title(self, text):
        return plain(text.translate(ROMAN)) if self.roman else plain(text)

    def sheet(self, sheet):
        """One sheet as its pages: [(text lines, pointers)]"""
        pages, page, at, used, outer = [], [], [], 0, ""

        def flush():
            nonlocal page, at, used
            if page:
                pages.append((page, at))
            page, at, used = [], [], 0

        for b in sheet.blocks:
            n = self.lines_of(b)
            if used and used + n > 62:
                cut = self.cut(b)
                if cut:
                    page.append("\t".join([plain(l) for l in b.labels] + [inline(cut[0], self.r)]))
                    at.append(b.cell.at)
                    flush()
                    page.append("\t" * len(b.labels) + inline(cut[1], self.r))
                    at.append(b.cell.at)
                    used = n // 2
                    continue
                flush()
            used += n
            if isinstance(b, Title):
                page += [self.title(b.text), ""]
            elif isinstance(b, Section):
                page.append(
                    plain(b.text) + "\t" + " ".join(f"{self.box(t.on, 'circle')} {plain(t.label)}" for t in b.ticks)
                )
            elif isinstance(b, Bar):
                page.append(plain(b.text) + "\t")
            elif isinstance(b, (Wide, Plain)):
                at.append(getattr(b, "at", ""))
                v = b.value or ""
                if not v:
                    continue
                page += (
                    [plain(l) for l in v.split("\n")]
                    if isinstance(b, Plain) or self.r.random() < 0.3
                    else [inline(v, self.r) + "\t"]
                )
            elif isinstance(b, Table):
                flush()
                pages += self.table(b)
            elif isinstance(b, Row):
                value = self.cell(b.cell)
                at += [b.cell.at] + ([b.cell.count[1]] if isinstance(b.cell, Choice) and b.cell.count else [])
                labels = [plain(l) for l in b.labels]
                if len(labels) > 1 and labels[0] == outer:
                    labels[0] = ""
                if len(b.labels) > 1 and b.labels[0]:
                    outer = plain(b.labels[0])
                elif len(b.labels) == 1:
                    outer = ""
                page.append("\t".join(labels + [value]))
        flush()
        return pages

    def table(self, b):
        pages, page, used = [], [], 0
        style = self.r.choice(["plain", "p", "mixed"])
        head = "\t".join(b.head)

        def put(row):
            as_p = style == "p" or (style == "mixed" and self.r.random() < 0.3)
            page.append(
                "\t".join(
                    (f"<p>{x}</p>" if as_p and x and not x.startswith("<") else x)
                    for x in (inline(v, self.r) for v in row)
                )
            )

        for row in b.rows:
            n = max(len(wrap(v or "", 12)) for v in row)
            if not pages and not page:
                page.append(head)
            if used and used + n > 62:
                rest = None
                if n > 10 and self.r.random() < 0.4:
                    row, rest = self.cut_row(row)
                if rest:
                    put(row)
                    row = rest
                pages.append((list(page), []))
                page.clear()
                used = 0
            used += n
            put(row)
        pages.append((page or [head], []))
        return [(["" + l for l in p], a) for p, a in pages]


def starts_clean(line):
    """Whether a page begins with a heading, so that one can tell what a lost page before it held."""
    return bool(re.match(r"(委託事項|提供先|移転先|システム|リスク)\d|\d+\. ", line))


def render(sheets, rnd, lose_ticks=False, lose_pages=False):
    """(text, lost): lost as [(pointer, what the text still proves)]."""
    t = Tab(rnd, lose_ticks)
    out = []
    cover, *rest = sheets
    out += cover_text(cover)
    for s in rest:
        if s.name == "項目一覧":
            out.append("\n".join(["項目一覧", ""] + [t.title(b.value) for b in s.blocks[1:]]))
            continue
        pages = t.sheet(s)
        for k, (lines, at) in enumerate(pages):
            if (
                lose_pages
                and 0 < k < len(pages) - 1
                and starts_clean(pages[k + 1][0][0])
                and starts_clean(lines[0])
                and rnd.random() < 0.35
                and s.name not in ("別添2", "別添3", "変更箇所")
                and any(at)
            ):
                t.lost += [(a, None) for a in at if a]
                continue
            out.append("\n".join(lines))
    return "\n\n" + "\n\n".join(out) + "\n", t.lost


def cover_text(sheet):
    heading, side, *rest = sheet.blocks
    out = [plain(heading.value), "\t".join(side.labels) + "\n" + "\t".join(plain(v) for v in side.values)]
    for x in rest:
        if isinstance(x, Section):
            out.append(plain(x.text))
        elif isinstance(x, Wide) and x.value:
            out.append(plain(x.value))
        elif isinstance(x, Row):
            out += [plain(x.labels[0])] + ([plain(x.cell.value)] if x.cell.value else [])
        elif isinstance(x, Plain):
            out.append(plain(x.value))
    return out
