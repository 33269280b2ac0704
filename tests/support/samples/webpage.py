"""Blocks → a saved web page: the form as tables with real markup, between a site's header and footer."""

import html

from blocks import Bar, Plain, Row, Section, Side, Table, Text, Ticks, Title, Wide

CSS = "table{border-collapse:collapse;width:100%}th,td{border:1px solid #555;padding:.3em;text-align:left;vertical-align:top}.box{display:flex;gap:2em}"


def esc(text):
    return html.escape(text or "", quote=False)


def lines(text):
    return "<br>\n".join(esc(l) for l in (text or "").split("\n"))


# how a site draws a box that is not and one that is ticked
MARKS = [
    ('<input type="checkbox" disabled>', '<input type="checkbox" disabled checked>'),
    ("[ ]", "[ ○ ]"),
    ("［　］", "［○］"),
    ("[&nbsp;]", "[○]"),
]
MARK = MARKS[0]


def tick(t):
    mark = MARK[t.on]
    return f"{mark} {esc(t.label)}" + (f" （ {esc(t.bracket)} ）{t.unit}" if t.bracket is not None else "")


def cell(c):
    if isinstance(c, Text):
        return lines(c.value)
    if isinstance(c, Ticks):
        return "\n".join(
            (f"<div>{esc(h)}</div>" if h else "")
            + '<ul class="ticks">'
            + "".join(f"<li>{tick(t)}</li>" for t in ticks)
            + "</ul>"
            for h, ticks in c.groups
        )
    options = "".join(f"<li>{f'{i}{c.mark} ' if c.mark else ''}{esc(o)}</li>" for i, o in enumerate(c.options, 1))
    count = f'<div>（ {c.count[0] or ""} ）　件</div>' if c.count else ""
    return (
        f'<div class="box"><div>[ {esc(c.value)} ]</div><div>＜選択肢＞<ol class="options">{options}</ol></div>{count}</div>'
    )


def rows(held):
    """Rows under one outer label: the label spans them."""
    out, n = [], len(held)
    grouped = len(held[0].labels) > 1
    for i, b in enumerate(held):
        th = ""
        if n == 1 and not grouped:
            th = f'<th colspan="2">{esc(b.labels[0])}</th>'
        elif grouped:
            th = (f'<th rowspan="{n}">{esc(b.labels[0])}</th>' if i == 0 else "") + f"<th>{esc(b.labels[-1])}</th>"
        elif i == 0:
            th = f'<th colspan="2">{esc(b.labels[0])}</th>'
        else:
            th = (f'<th rowspan="{n - 1}"></th>' if i == 1 else "") + f"<th>{esc(b.labels[-1])}</th>"
        out.append(f"<tr>{th}<td>{cell(b.cell)}</td></tr>")
    return out


def section(b):
    return "".join(f" [ {'○' if t.on else ''} ] {esc(t.label)}" for t in b.ticks)


def render(title, sheets, marks=0):
    """The page; marks: which of MARKS the site uses."""
    global MARK
    MARK = MARKS[marks]
    out, held, table = [], [], []

    def close_rows():
        nonlocal held
        if held:
            table.extend(rows(held))
            held = []

    def close_table():
        close_rows()
        if table:
            out.append("<table>\n" + "\n".join(table) + "\n</table>")
            table.clear()

    for s in sheets:
        for b in s.blocks:
            if isinstance(b, Row):
                if not (held and (b.labels[0] == "" or (len(b.labels) > 1 and b.labels[0] == held[-1].labels[0]))):
                    close_rows()
                held.append(b)
                continue
            close_rows()
            if isinstance(b, Title):
                close_table()
                out.append(f"<h2>{esc(b.text)}</h2>")
            elif isinstance(b, Section):
                close_table()
                out.append(f"<h3>{esc(b.text)}{section(b)}</h3>")
            elif isinstance(b, Bar):
                table.append(f'<tr><th colspan="3">{lines(b.text)}</th></tr>')
            elif isinstance(b, Wide):
                table.append(f'<tr><td colspan="3">{lines(b.value)}</td></tr>')
            elif isinstance(b, Plain):
                close_table()
                out.append(f"<h1>{esc(b.value)}</h1>" if b.size > 12 else f"<p>{lines(b.value)}</p>")
            elif isinstance(b, Side):
                close_table()
                out.append(
                    "<table>\n<tr>"
                    + "".join(f"<th>{esc(x)}</th>" for x in b.labels)
                    + "</tr>\n<tr>"
                    + "".join(f"<td>{lines(x)}</td>" for x in b.values)
                    + "</tr>\n</table>"
                )
            elif isinstance(b, Table):
                close_table()
                head = "".join(f"<th>{esc(h)}</th>" for h in b.head)
                out.append(
                    f'<table class="changes">\n<thead><tr>{head}</tr></thead>\n<tbody>\n'
                    + "\n".join("<tr>" + "".join(f"<td>{lines(v)}</td>" for v in r) + "</tr>" for r in b.rows)
                    + "\n</tbody>\n</table>"
                )
        close_table()
    body = "\n".join(out)
    return f"""<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<title>{esc(title)}</title>
<style>{CSS}</style>
<script>window.dataLayer = window.dataLayer || [];</script>
</head>
<body>
<header><nav><ul><li><a href="/">ホーム</a></li><li><a href="/shisei/">市政情報</a></li><li>特定個人情報保護評価</li></ul></nav></header>
<main>
{body}
</main>
<footer><p>このページに関するお問い合わせは、各担当課へお願いします。</p><p><a href="#top">ページの先頭へ</a></p></footer>
</body>
</html>
"""
