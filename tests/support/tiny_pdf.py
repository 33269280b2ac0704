"""PDFs without any library: pages of ruled rows, in a Japanese font that is named and not embedded (its characters
are Shift_JIS codes, so reading them takes poppler-data)."""

import zlib

WIDTH, HEIGHT, LEFT, TOP, SIZE = 595, 842, 40, 800, 9


def cell(x, y, w, h, text):
    """A box with its top left corner at x, y, and lines of text in it."""
    out = [f"{x} {y - h} {w} {h} re S"]
    for i, line in enumerate(text.split("\n")):
        out.append(f"BT /F {SIZE} Tf {x + 2} {y - SIZE - 2 - i * (SIZE + 2)} Td <{line.encode('cp932').hex()}> Tj ET")
    return "\n".join(out)


def page(rows):
    """rows: lists of (width, text); a width of None takes what is left."""
    y, out = TOP, ["0.5 w"]
    for row in rows:
        h = 6 + (SIZE + 2) * max(text.count("\n") + 1 for _, text in row)
        x, left = LEFT, WIDTH - 2 * LEFT - sum(w for w, _ in row if w)
        for w, text in row:
            out.append(cell(x, y, w or left, h, text))
            x += w or left
        y -= h
    return "\n".join(out).encode()


def build(contents, compress=True, extra=()):
    """Page contents (bytes) → the bytes of a PDF. `extra` objects are added behind."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type0/BaseFont/Ryumin-Light/Encoding/90ms-RKSJ-H/DescendantFonts[4 0 R]>>",
               b"<</Type/Font/Subtype/CIDFontType0/BaseFont/Ryumin-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/DW 1000/W[1[500]231 632 500]/FontDescriptor 5 0 R>>",
               b"<</Type/FontDescriptor/FontName/Ryumin-Light/Flags 4/Ascent 880/Descent -120/CapHeight 700/StemV 80/ItalicAngle 0/FontBBox[0 -200 1000 900]>>"]
    kids = []
    for content in contents:
        data = zlib.compress(content) if compress else content
        objects.append(b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), b"/Filter/FlateDecode" if compress else b"", data))
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>" % (WIDTH, HEIGHT, len(objects)))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    objects += extra
    out, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out)); out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % o for o in offsets)
    out += b"trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, xref)
    return bytes(out)


def basic_form(number, title="児童手当に関する事務", body="埼玉県川口市長"):
    """A small 様式2 of two pages."""
    label = 150
    cover = [[(None, "特定個人情報保護評価書（基礎項目評価書）")], [(90, "評価書番号"), (None, "評価書名")], [(90, str(number)), (None, f"{title}　基礎項目評価書")],
             [(None, "評価実施機関名")], [(None, body)], [(None, "公表日")], [(None, f"令和7年{1 + number % 12}月{1 + number % 28}日")], [(None, "[令和6年10月　様式２]")]]
    inner = [[(None, "Ⅰ　関連情報")], [(None, "１．特定個人情報ファイルを取り扱う事務")], [(label, "①事務の名称"), (None, title)],
             [(label, "②事務の概要"), (None, f"法令に基づき、{title}を行う。\n第{number}号の台帳に記録する。")], [(label, "③システムの名称"), (None, "福祉総合システム、中間サーバー")],
             [(None, "２．特定個人情報ファイル名")], [(None, f"台帳ファイル{number}")], [(None, "３．個人番号の利用")], [(label, "法令上の根拠"), (None, "番号法第9条第1項")],
             [(None, "５．評価実施機関における担当部署")], [(label, "①部署"), (None, "こども部こども課")], [(label, "②所属長の役職名"), (None, "課長")],
             [(None, "Ⅱ　しきい値判断項目")], [(None, "１．対象人数")], [(label, "評価対象の事務の対象人数は何人か"), (None, "[ 1,000人以上1万人未満 ]\n＜選択肢＞\n1) 1,000人未満\n2) 1,000人以上1万人未満")]]
    return build([page(cover), page(inner)])
