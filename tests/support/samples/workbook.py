"""Blocks → workbook as the form is: narrow columns, merged cells, one sheet a part. Every sheet row is half a line
high, so a cell of n lines is 2n rows merged and pages part exactly where we say. With `pages` the cells that do
not fit a page are cut in two, as a printed form shows them; without it each value stands whole in one cell."""

import datetime
import html
import io
import math
import re
import unicodedata
import zipfile

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.pagebreak import Break as PageBreak

from blocks import Choice, Row, Text, Title

COLUMNS, COLUMN_WIDTH, ROW, PAGE_ROWS = 48, 1.55, 6.5, 130
LINE = 2  # rows of a line of text
THIN = Side(style="thin")
GREY = PatternFill("solid", fgColor="DDDDDD")


def width(text):
    """Width of a text in half-width characters."""
    return sum(2 if unicodedata.east_asian_width(ch) in "WFA" else 1 for ch in text)


def wrap(text, cells):
    """The lines of a text in a cell of so many columns: our guess of the printer's breaks, rather too many."""
    room = max(2, int(cells * 2.28) - 2)
    out = []
    for line in (text or "").split("\n"):
        while width(line) > room:
            n, cut = 0, 0
            while n + width(line[cut]) <= room:
                n += width(line[cut])
                cut += 1
            out.append(line[:cut])
            line = line[cut:]
        out.append(line)
    return out


class Book:
    def __init__(self, style, pages):
        self.book, self.style, self.pages, self.font = Workbook(), style, pages, style["font"]
        self.book.remove(self.book.active)

    def sheet(self, sheet):
        if self.style["one_sheet"] and self.book.worksheets:
            self.new_page()
        else:
            title = next((b.text for b in sheet.blocks if isinstance(b, Title)), sheet.name)
            self.ws = self.book.create_sheet(title[:24] if self.style["names"] == "title" else sheet.name)
            self.row, self.top = 1, 1
        for i in range(1, COLUMNS + 1):
            self.ws.column_dimensions[column(i)].width = COLUMN_WIDTH
        self.page_setup()
        held = []
        for b in sheet.blocks:
            if isinstance(b, Row) and self.joins(held, b):
                held.append(b)
                continue
            self.rows(held)
            held = []
            if isinstance(b, Row):
                held = [b]
            else:
                getattr(self, type(b).__name__.lower())(b)
        self.rows(held)
        for r in range(1, self.row):
            self.ws.row_dimensions[r].height = ROW

    def page_setup(self):
        ws = self.ws
        ws.page_setup.paperSize, ws.page_setup.orientation, ws.page_setup.fitToWidth, ws.page_setup.fitToHeight = (
            9,
            "portrait",
            1,
            0,
        )
        ws.sheet_properties.pageSetUpPr.fitToPage = True
        ws.page_margins.left = ws.page_margins.right = 0.55
        ws.page_margins.top = ws.page_margins.bottom = 0.4
        ws.page_margins.header = ws.page_margins.footer = 0.1
        if self.style["footer"]:
            ws.oddFooter.center.text = "&P"

    # -- drawing
    def put(self, r, c1, c2, lines, text, box=True, size=9, bold=False, align="left", valign="top", fill=None):
        """One merged cell: columns c1..c2, so many rows."""
        ws = self.ws
        if c2 > c1 or lines > 1:
            ws.merge_cells(start_row=r, start_column=c1, end_row=r + lines - 1, end_column=c2)
        cell = ws.cell(r, c1, text if text != "" else None)
        self.typed(cell, text) if self.style["typed"] else None
        cell.font = Font(name=self.font, size=size, bold=bold)
        cell.alignment = Alignment(wrap_text=True, horizontal=align, vertical=valign)
        if fill:
            for y in range(r, r + lines):
                for x in range(c1, c2 + 1):
                    ws.cell(y, x).fill = fill
        if box:
            self.frame(r, c1, c2, lines)

    @staticmethod
    def typed(cell, text):
        """A plain number or a full Japanese date becomes Excel's own value, shown as before."""
        m = re.fullmatch(r"(令和|平成)(\d+)年(\d+)月(\d+)日", text) if isinstance(text, str) else None
        if m:
            cell.value = datetime.date({"令和": 2018, "平成": 1988}[m[1]] + int(m[2]), int(m[3]), int(m[4]))
            cell.number_format = '[$-411]ggge"年"m"月"d"日"'
        elif re.fullmatch(r"[1-9]\d*", text if isinstance(text, str) else ""):
            cell.value = int(text)

    def frame(self, r, c1, c2, lines):
        for y in range(r, r + lines):
            for x in range(c1, c2 + 1):
                if y not in (r, r + lines - 1) and x not in (c1, c2):
                    continue
                cell = self.ws.cell(y, x)
                old = cell.border
                cell.border = Border(
                    left=THIN if x == c1 else old.left,
                    right=THIN if x == c2 else old.right,
                    top=THIN if y == r else old.top,
                    bottom=THIN if y == r + lines - 1 else old.bottom,
                )

    def left(self):
        return PAGE_ROWS - (self.row - self.top)

    def new_page(self):
        if self.row == self.top:
            return
        if self.pages:
            self.ws.row_breaks.append(PageBreak(id=self.row - 1))
        self.top = self.row

    def room(self, lines):
        """Starts a page unless so many lines fit on this one."""
        if lines > self.left():
            self.new_page()

    # -- blocks
    def title(self, b):
        self.room(16)
        self.put(
            self.row,
            1,
            COLUMNS,
            4,
            " " + b.text if self.style["indent"] else b.text,
            size=11,
            bold=True,
            valign="center",
            fill=GREY,
        )
        self.row += 4

    def section(self, b):
        self.room(14)
        spans = [max(13, math.ceil((width(t.label) + 8) / 2.2)) for t in b.ticks]
        end = COLUMNS - sum(spans)
        lines = LINE * len(wrap(b.text, end)) + self.style["roomy"]
        self.put(self.row, 1, end, lines, " " + b.text, box=not spans, valign="center", fill=GREY)
        x = end + 1
        for t, span in zip(b.ticks, spans):
            self.tick(self.row, x, t, span - 1)
            x += span
        if spans:
            self.frame(self.row, 1, COLUMNS, lines)
        self.row += lines

    def side(self, b):
        """Labels above their values, side by side, the values in large type."""
        ends = [n * COLUMNS // sum(b.widths) for n in (b.widths[0], sum(b.widths))]
        spans = list(zip([1, ends[0] + 1], ends))
        rows = 3 * max(len(wrap(v, 0.7 * (c2 - c1 + 1))) for v, (c1, c2) in zip(b.values, spans)) + 1
        for (c1, c2), label, value in zip(spans, b.labels, b.values):
            self.put(self.row, c1, c2, 3, (" " if self.style["indent"] else "") + label, valign="center")
            self.put(self.row + 3, c1, c2, rows, value, size=13, valign="center", align=self.style["choice_align"])
        self.row += 3 + rows

    def bar(self, b):
        lines = LINE * len(wrap(b.text, COLUMNS)) + self.style["roomy"]
        self.room(lines + 8)
        self.put(self.row, 1, COLUMNS, lines, " " + b.text, valign="center")
        self.row += lines

    def plain(self, b):
        self.cut(
            wrap(b.value, COLUMNS - 6),
            lambda r, n, text: self.put(r, 3, COLUMNS - 2, n, text, box=False, size=b.size),
            b.value,
            step=2 * LINE if b.size > 10 else LINE,
        )
        self.row += LINE

    def wide(self, b):
        self.cut(
            wrap(b.value or "", COLUMNS),
            lambda r, n, text: self.put(r, 1, COLUMNS, n, text),
            b.value or "",
            least=2 * LINE,
        )

    def table(self, b):
        spans = []
        at = 1
        for n in b.widths:
            spans.append((at, at + n * COLUMNS // sum(b.widths) - 1))
            at = spans[-1][1] + 1
        spans[-1] = (spans[-1][0], COLUMNS)
        self.head_row(spans, b.head)
        for row in b.rows:
            cells = [wrap(v or "", c2 - c1 + 1) for v, (c1, c2) in zip(row, spans)]
            need = LINE * max(map(len, cells)) + 1
            if self.pages and need > self.left() and (need < 40 or self.left() < 20):
                self.new_page()
                self.repeat_head(spans, b.head)
            first = True
            while need:
                n = min(need, self.left() // LINE * LINE) if self.pages else need
                for k, ((c1, c2), lines) in enumerate(zip(spans, cells)):
                    text = (row[k] or "") if n == need and first else rejoin(lines[: n // LINE], row[k])
                    self.put(
                        self.row, c1, c2, n, text, valign=self.style["table_valign"], size=self.style["table_size"]
                    )
                    cells[k] = lines[n // LINE :]
                self.row += n
                need -= n
                first = False
                if need:
                    self.new_page()
                    self.repeat_head(spans, b.head)

    def head_row(self, spans, head):
        self.room(12)
        for (c1, c2), t in zip(spans, head):
            self.put(self.row, c1, c2, 4, t, align="center", valign="center", fill=GREY)
        self.row += 4

    def repeat_head(self, spans, head):
        if self.style["repeat_head"]:
            self.head_row(spans, head)

    def cut(self, lines, draw, whole, least=LINE, step=LINE):
        """Draws a text cell, in pieces where a page ends (only with pages)."""
        need = max(least, len(lines) * step)
        if not self.pages:
            draw(self.row, need, whole)
            self.row += need
            return
        if need > self.left() and (need <= 40 or self.left() < 16):
            self.new_page()
        rest = list(lines)
        first = True
        while True:
            n = min(need, self.left() // step * step)
            draw(self.row, n, whole if n == need and first else rejoin(rest[: n // step], whole))
            rest = rest[n // step :]
            need -= n
            self.row += n
            first = False
            if not need:
                return
            self.new_page()

    # -- label and value
    @staticmethod
    def joins(held, b):
        """Whether a row belongs under the outer label of the rows before it."""
        return bool(held) and (b.labels[0] == "" or (len(b.labels) > 1 and b.labels[0] == held[-1].labels[0]))

    def rows(self, held):
        if not held:
            return
        outer = held[0].labels[0] if len(held) > 1 or len(held[0].labels) > 1 else None
        vertical = held[0].vertical
        if outer is None:
            self.pair(held[0], 1, self.style["label"])
            return
        grouped = len(held[0].labels) > 1
        g = 2 if vertical else 7
        start, first_row = self.row, True
        heights = [
            self.height(
                b, g + 1 if grouped or i else 1, self.style["label"] + (2 if not vertical else 0), bool(grouped or i)
            )
            for i, b in enumerate(held)
        ]
        if vertical or sum(heights) <= 48:
            self.room(sum(heights))
        for i, b in enumerate(held):
            if not grouped and i == 0:
                self.pair(b, 1, self.style["label"])
                start = self.row
                continue
            top = self.top
            self.pair(b, g + 1, self.style["label"] + (2 if not vertical else 0), last=True)
            if self.top != top or i == len(held) - 1:  # a page ended inside the group: close its label there
                end = self.row
                if self.top != top and self.top > start:
                    self.group(start, self.top - start, g, outer if grouped and first_row else "", vertical)
                    start, first_row = self.top, False
                if i == len(held) - 1 and end > start:
                    self.group(start, end - start, g, outer if grouped and first_row else "", vertical)

    def group(self, r, lines, g, text, vertical):
        self.put(
            r,
            1,
            g,
            lines,
            "\n".join(text) if vertical else text,
            align="center" if vertical else "left",
            valign="center",
        )

    def height(self, b, c1, c2, last=False):
        label = b.labels[-1]
        return max(LINE * len(wrap(label, c2 - c1 + 1)) + self.style["roomy"], self.value_height(b.cell, COLUMNS - c2))

    def value_height(self, cell, cols):
        if isinstance(cell, Text):
            return LINE * len(wrap(cell.value or "", cols)) + self.style["roomy"]
        if isinstance(cell, Choice):
            return LINE * (
                max(2, 1 + math.ceil(len(cell.options) / self.per_row(cell)))
                if not self.below(cell)
                else 3 + len(cell.options)
            )
        return self.style["pitch"] * len(self.tick_lines(cell, cols))

    @staticmethod
    def below(cell):
        return max(map(len, cell.options)) > 19

    def per_row(self, cell):
        return (
            1
            if max(width(o) for o in cell.options) > 20
            else cell.per_row
            if max(width(o) for o in cell.options) < 16
            else min(2, cell.per_row)
        )

    def pair(self, b, c1, c2, last=False):
        need = self.height(b, c1, c2)
        label = (" " if self.style["indent"] else "") + b.labels[-1]
        if not isinstance(b.cell, Text):
            self.room(need)
            r = self.row
            self.put(r, c1, c2, need, label, valign="center")
            self.frame(r, c2 + 1, COLUMNS, need)
            getattr(self, "draw_" + type(b.cell).__name__.lower())(b.cell, r, c2 + 1, need)
            self.row += need
            return
        text = wrap(b.cell.value or "", COLUMNS - c2)
        if not self.pages or need <= self.left():
            self.label_value(self.row, c1, c2, need, label, b.cell.value or "")
            self.row += need
            return
        if need <= 48 or self.left() < 16:
            self.new_page()
        first = True
        while need:
            n = min(need, self.left() // LINE * LINE)
            self.label_value(
                self.row,
                c1,
                c2,
                n,
                label if first else "",
                b.cell.value or "" if n == need and first else rejoin(text[: n // LINE], b.cell.value),
            )
            text = text[n // LINE :]
            need -= n
            self.row += n
            first = False
            if need:
                self.new_page()

    def label_value(self, r, c1, c2, n, label, value):
        self.put(r, c1, c2, n, label, valign="center")
        self.put(r, c2 + 1, COLUMNS, n, value, valign=self.style["valign"])

    def draw_choice(self, cell, r, c, need):
        value = cell.value or ""
        options = [f"{i}{cell.mark} {o}" if cell.mark else o for i, o in enumerate(cell.options, 1)]
        below = self.below(cell)
        span = max(9, math.ceil((width(value) + 4) / 2.2)) if not below else COLUMNS - c - 3
        y, rows = (r, 2 * LINE) if below else (r + max(0, (need - LINE) // 2), LINE)
        if self.style["choice"] == "one":
            self.put(y, c, c + span + 1, rows, f"[ {value} ]" if value else "[ ]", box=False, valign="center")
        else:
            self.put(y, c, c, rows, "[", box=False, valign="center")
            self.put(y, c + 1, c + span, rows, value, box=False, align=self.style["choice_align"], valign="center")
            self.put(y, c + span + 1, c + span + 1, rows, "]", box=False, valign="center")
        if below:
            self.option_list(["＜選択肢＞"] + options, r + 2 * LINE, c, 1, COLUMNS - c + 1, 7)
            return
        x = c + span + 2
        room = COLUMNS - x + 1 - (9 if cell.count else 0)
        if self.style["list_cell"]:
            per = self.per_row(cell)
            text = "＜選択肢＞\n" + "\n".join("　".join(options[k : k + per]) for k in range(0, len(options), per))
            self.put(r, x, x + room - 1, need, text, box=False, size=8)
        else:
            self.put(r, x, x + 6, LINE, "＜選択肢＞", box=False, size=8)
            self.option_list(options, r + LINE, x, self.per_row(cell), room, 8)
        if cell.count:
            y = r + need - LINE
            self.put(y, COLUMNS - 8, COLUMNS - 8, LINE, "（", box=False)
            self.put(y, COLUMNS - 7, COLUMNS - 4, LINE, cell.count[0], box=False, align="center")
            self.put(y, COLUMNS - 3, COLUMNS, LINE, "）　件", box=False)

    def option_list(self, options, r, x, per, room, size):
        """The list of an item's choices: a cell each, or a cell a column of the list."""
        step = room // per
        for k in range(per):
            mine = options[k::per]
            a, b = x + k * step, x + (k + 1) * step - 1
            if self.style["list"] == "column" and len(mine) > 1:
                self.put(r, a, b, LINE * len(mine), "\n".join(mine), box=False, size=size)
            else:
                for i, o in enumerate(mine):
                    self.put(r + LINE * i, a, b, LINE, o, box=False, size=size)

    @staticmethod
    def tick_lines(cell, cols):
        """[(heading, [(tick, first column, columns)])], a line each: long labels take several steps, an open bracket the rest of the line."""
        out = []
        step = cols // cell.per_row
        for head, ticks in cell.groups:
            if head:
                out.append((head, []))
            line, used = [], 0
            for t in ticks:
                open_ = t.bracket is not None and not t.unit
                need = (
                    cell.per_row
                    if open_
                    else min(cell.per_row, math.ceil((width(t.label) + (26 if t.unit else 5)) / 2.4 / step))
                )
                if line and used + need > cell.per_row:
                    out.append((None, line))
                    line, used = [], 0
                line.append((t, used * step, need * step - 1))
                used += need
            if line:
                out.append((None, line))
        return out

    def draw_ticks(self, cell, r, c, need):
        for y, (head, ticks) in enumerate(self.tick_lines(cell, COLUMNS - c + 1)):
            at = r + y * self.style["pitch"]
            if head:
                self.put(at, c, COLUMNS, LINE, head, box=False)
            for t, x, n in ticks:
                self.tick(at, c + x, t, n)

    def tick(self, r, c, t, span):
        end = min(COLUMNS, c + span)
        if self.style["tick"] == "one":
            text = f"[ {self.style['mark']} ] {t.label}" if t.on else f"[ ] {t.label}"
            if t.bracket is not None:
                text += f" （ {t.bracket} ）{(' ' + t.unit) if t.unit else ''}"
            self.put(r, c, end, LINE, text, box=False)
            return
        near = self.style["tick"] == "near"  # an empty box in one cell, a ticked one in three
        if near and not t.on and t.bracket is None:
            self.put(r, c, end, LINE, "[ ] " + t.label, box=False)
            return
        self.put(r, c, c, LINE, "[", box=False, align="right" if near else "left")
        self.put(r, c + 1, c + 1, LINE, self.style["mark"] if t.on else None, box=False, align="center")
        n = min(end - c - 2, math.ceil((width(t.label) + 3) / 2.2))
        if t.bracket is None:
            self.put(r, c + 2, end, LINE, "] " + t.label, box=False)
            return
        self.put(r, c + 2, c + 2 + n, LINE, "] " + t.label, box=False)
        a = c + 3 + n
        tail = ("）" + t.unit) if t.unit else "）"
        e = 3 if t.unit else 0
        if a + 2 + e > end:
            self.put(r, c + 2, end, LINE, f"] {t.label} （ {t.bracket} {tail}", box=False)
            return
        self.put(r, a, a, LINE, "（", box=False)
        self.put(r, a + 1, end - 1 - e, LINE, t.bracket, box=False, align="center" if t.unit else "left")
        self.put(r, end - e, end, LINE, tail, box=False)


def rejoin(lines, whole):
    """The wrapped lines of a piece as text again, with only the breaks that the value itself has."""
    out = lines[0] if lines else ""
    for line, following in zip(lines, lines[1:]):
        out += ("\n" if f"{line}\n{following}" in (whole or "") else "") + following
    return out


def column(n):
    s = ""
    while n:
        n, k = divmod(n - 1, 26)
        s = chr(65 + k) + s
    return s


STYLES = {
    "font": ["IPAPGothic", "IPAPGothic", "IPAGothic", "IPAPMincho"],
    "label": [11, 12, 10],
    "indent": [True, True, False],
    "choice": ["cells", "cells", "one"],
    "choice_align": ["left", "center"],
    "tick": ["cells", "near", "near", "one"],
    "mark": ["○", "○", "〇"],
    "valign": ["top", "center"],
    "table_valign": ["top", "center"],
    "table_size": [8, 9],
    "repeat_head": [True, False, False],
    "footer": [False, False, True],
    "roomy": [0, 1, 2],
    "pitch": [2, 3, 4, 4],
    "list": ["cell", "column"],
}


# what a city may have changed in its copy of the form
CUSTOMS = {
    "typed": [False, True],  # dates and numbers as Excel's own values with a format
    "list_cell": [False, False, True],  # ＜選択肢＞ and the choices in one cell
    "one_sheet": [False, False, False, True],  # all parts below each other on one sheet
    "names": ["part", "part", "title"],
    "strings": ["inline", "shared", "rich"],  # where the cells keep their text; rich: in runs, with readings
}  # sheets named Ⅰ, Ⅱ, … or after the part's title
PLAIN = {k: v[0] for k, v in CUSTOMS.items()}


def draw_style(rnd):
    return {k: rnd.choice(v) for k, v in {**STYLES, **CUSTOMS}.items()}


def write(path, sheets, style, pages):
    """The same bytes for the same content: every time in the file is fixed."""
    book = Book(style, pages)
    for s in sheets:
        book.sheet(s)
    book.book.properties.created = book.book.properties.modified = datetime.datetime(2025, 1, 1)
    raw = io.BytesIO()
    book.book.save(raw)
    with zipfile.ZipFile(raw) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    modified = rb"(<dcterms:modified[^>]*>)[^<]*"
    parts["docProps/core.xml"] = re.sub(modified, rb"\g<1>2025-01-01T00:00:00Z", parts["docProps/core.xml"])
    if style.get("strings", "inline") != "inline":
        share_strings(parts, style["strings"] == "rich")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, data)


def share_strings(parts, rich):
    """Inline strings → the table of shared strings that Excel writes; rich: in runs of different type, with readings."""
    table = {}

    def share(m):
        return f'<c {m[1]}t="s"{m[2]}><v>{table.setdefault(m[3], len(table))}</v></c>'

    for name in [n for n in parts if n.startswith("xl/worksheets/sheet")]:
        cells = r'<c ([^>]*?)t="inlineStr"([^>]*)><is>(.*?)</is></c>'
        parts[name] = re.sub(cells, share, parts[name].decode("utf-8"), flags=re.S).encode("utf-8")
    items = "".join(f"<si>{runs(t) if rich else t}</si>" for t in table)
    space = "http://schemas.openxmlformats.org"
    parts["xl/sharedStrings.xml"] = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="{space}/spreadsheetml/2006/main">{items}</sst>'
    ).encode("utf-8")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'.encode()
    )
    link = f'<Relationship Id="rIdStrings" Type="{space}/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>'
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", (link + "</Relationships>").encode())


def runs(item):
    """One string as two runs and a reading, as Excel keeps text that was typed in Japanese."""
    text = html.unescape(re.sub(r"</?t[^>]*>", "", item))
    if len(text) < 4:
        return item
    first, last = html.escape(text[: len(text) // 2], False), html.escape(text[len(text) // 2 :], False)
    keep = ' xml:space="preserve"'
    return (
        f'<r><rPr><sz val="9"/></rPr><t{keep}>{first}</t></r><r><rPr><b/></rPr><t{keep}>{last}</t></r>'
        '<rPh sb="0" eb="2"><t>ヨミガナ</t></rPh><phoneticPr fontId="1"/>'
    )
