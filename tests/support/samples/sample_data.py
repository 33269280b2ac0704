"""The committed sample-data: which assessments, in which files, and what each is there to show."""

import csv
import io
import json
import pathlib
import random
import tempfile

import assessment
import gold
import printing
import tabtext
import webpage
import words as w
import workbook

ROOT = pathlib.Path(__file__).resolve().parents[3]
TOWN = {m: (p, m, code) for p, m, code in w.MUNICIPALITIES} | {
    "府中市東京": ("東京都", "府中市", "13206"),
    "府中市広島": ("広島県", "府中市", "34208"),
}
PROC = {p[0]: p for p in w.PROCESSES} | {
    "給付金": ("物価高騰対策給付金の支給に関する事務", "物価高騰対策給付金支給要綱", "基準日に住民登録のある世帯の世帯主", "給付金", "給付金対象世帯ファイル", ("福祉部", "給付金対策室"))
}
STAR, AMBER, FOG, SWIFT, HUMAN, WINDOW = (
    "株式会社ほしぞら計算センター",
    "株式会社こはく電算",
    "霧笛情報計画株式会社",
    "つばくらめソフト株式会社",
    "ヒューマンつむぎ株式会社",
    "はやぶさ窓口サポート株式会社",
)

# file stem, kind, seed, municipality, process, formats, fixed parts, what it shows
SAMPLES = [
    (
        "kawagoe-juki-2023",
        "full",
        11,
        "川越市",
        "住民基本台帳に関する事務",
        ["pdfminer"],
        dict(
            number="1",
            edition="令和4年4月",
            published="2023-03-30",
            firms={1: (FOG, "関東支社"), 2: (WINDOW, None)},
            contracts=3,
            files=2,
            incident=False,
            revisions=6,
        ),
        "first of three publications of one assessment; contractor 1 is 霧笛情報計画",
    ),
    (
        "kawagoe-juki-2025",
        "full",
        12,
        "川越市",
        "住民基本台帳に関する事務",
        ["pdfminer"],
        dict(
            number="1",
            edition="令和6年10月",
            published="2025-03-28",
            firms={1: (AMBER, None), 2: (WINDOW, None)},
            contracts=3,
            files=2,
            incident=False,
            revisions=10,
            replaced=(1, FOG, AMBER, "2025-03-28"),
        ),
        "second publication: こはく電算 has replaced 霧笛情報計画 (change row of 委託先名)",
    ),
    (
        "kawagoe-juki-2026",
        "full",
        13,
        "川越市",
        "住民基本台帳に関する事務",
        ["pdfminer"],
        dict(
            number="1",
            edition="令和6年10月",
            published="2026-02-10",
            firms={1: (AMBER, "首都圏本部"), 2: (WINDOW, None)},
            contracts=4,
            files=2,
            incident=True,
            attachment=True,
            cases=2,
            revisions=16,
            replaced=(1, FOG, AMBER, "2025-03-28"),
        ),
        "newest publication: an incident with two cases in a 別紙, the same company now with its branch",
    ),
    (
        "takasaki-jidoteate-2025",
        "priority",
        21,
        "高崎市",
        "児童手当の支給に関する事務",
        ["tab"],
        dict(
            published="2025-06-02",
            edition="令和6年10月",
            firms={1: (STAR, None), 2: ("ミナヅキデータプリント株式会社", None)},
            contracts=2,
            incident=False,
            revisions=3,
        ),
        "tab-separated rows with HTML; two contractors",
    ),
    (
        "matsumoto-jidoteate-2025",
        "priority",
        22,
        "松本市",
        "児童手当支給事務",
        ["pdfminer"],
        dict(
            published="2025-07-31",
            edition="令和6年10月",
            firms={1: (STAR, "中部支社"), 3: (HUMAN, None)},
            contracts=3,
            incident=True,
            attachment=True,
            cases=1,
            revisions=10,
        ),
        "text of a PDF, box by box; incident with a 別紙; the same work as in 高崎市 under another name",
    ),
    (
        "kanazawa-jidoteate-2024",
        "basic",
        23,
        "金沢市",
        "児童手当支給事務",
        ["tab"],
        dict(published="2024-10-01", edition="令和4年4月", incident=False, revisions=6),
        "基礎項目評価書 of an older edition: no contractor is printed there",
    ),
    (
        "sendai-kokuho-2025",
        "priority",
        31,
        "仙台市",
        "国民健康保険の資格及び給付に関する事務",
        ["pdfminer"],
        dict(
            published="2025-12-19",
            edition="令和6年10月",
            firms={1: (SWIFT, "東北支店"), 2: (STAR, None), 4: (HUMAN, None)},
            contracts=4,
            incident=True,
            attachment=False,
            cases=2,
            revisions=16,
        ),
        "incidents told in the item itself; four contracts, some subcontracted",
    ),
    (
        "sakai-kokuho-2024",
        "priority",
        32,
        "堺市",
        "国民健康保険事務",
        ["tab"],
        dict(
            published="2024-03-15",
            edition="令和4年4月",
            firms={1: (FOG, "関西支社"), 2: ("株式会社QRXシステムズ", None)},
            contracts=2,
            incident=False,
            revisions=6,
            lose=(True, False),
        ),
        "tab layout with lost ticks: what only a tick would tell is null, with a warning",
    ),
    (
        "hamamatsu-kaigo-2025",
        "priority",
        41,
        "浜松市",
        "介護保険に関する事務",
        ["xlsx", "pdf", "pdfminer", "html"],
        dict(
            published="2025-03-03",
            edition="令和6年10月",
            firms={1: (STAR, None), 2: ("一般財団法人いろは行政情報センター", None)},
            contracts=2,
            incident=False,
            revisions=3,
        ),
        "one assessment in four files: workbook, PDF, text of the PDF, saved web page",
    ),
    (
        "fukuyama-kaigo-2025",
        "full",
        42,
        "福山市",
        "介護保険の賦課、給付及び認定に関する事務",
        ["tab"],
        dict(
            published="2025-10-14",
            edition="令和6年10月",
            firms={1: (AMBER, None), 2: ("株式会社くろしお電子開発", None)},
            contracts=3,
            files=1,
            incident=True,
            attachment=False,
            cases=1,
            revisions=24,
        ),
        "様式4 in the tab layout; an incident of another year",
    ),
    (
        "fuchu-tokyo-yobosesshu-2025",
        "basic",
        51,
        "府中市東京",
        "予防接種に関する事務",
        ["pdfminer"],
        dict(published="2025-04-01", edition="令和6年10月", body="東京都府中市長", incident=False, revisions=1),
        "府中市 told by 東京都府中市長: 東京都",
    ),
    (
        "fuchu-hiroshima-juki-2025",
        "basic",
        52,
        "府中市広島",
        "住民基本台帳に関する事務",
        ["tab"],
        dict(published="2025-04-25", edition="令和6年10月", body="広島県府中市長", incident=False, revisions=3),
        "府中市 told by 広島県府中市長: 広島県",
    ),
    (
        "fuchu-koteishisan-2021",
        "basic",
        53,
        "府中市東京",
        "固定資産税の賦課に関する事務",
        ["pdfminer"],
        dict(published="2021-03-31", edition="平成30年5月", body="府中市長", unknown=True, incident=False, revisions=0),
        "府中市 without a hint which: prefecture and code are null",
    ),
    (
        "kumamoto-juminzei-2025",
        "priority",
        61,
        "熊本市",
        "個人住民税の賦課に関する事務",
        ["pdfminer:utf-16"],
        dict(
            published="2025-05-20",
            edition="令和6年10月",
            firms={1: (STAR, "九州支店"), 2: (SWIFT, None)},
            contracts=3,
            incident=True,
            attachment=False,
            cases=1,
            revisions=6,
        ),
        "UTF-16 with a byte order mark",
    ),
    (
        "kurume-shuno-2023",
        "priority",
        62,
        "久留米市",
        "市税の収納及び滞納整理に関する事務",
        ["tab:cp932"],
        dict(
            published="2023-08-01",
            edition="令和4年4月",
            firms={1: ("株式会社くろしお電子開発", "九州支店"), 2: (HUMAN, None)},
            contracts=2,
            incident=True,
            attachment=False,
            cases=1,
            revisions=6,
        ),
        "CP932 (Shift_JIS)",
    ),
    (
        "naha-seikatsuhogo-2025",
        "basic",
        63,
        "那覇市",
        "生活保護の決定及び実施に関する事務",
        ["tab:utf-8-sig"],
        dict(published="2025-09-12", edition="令和6年10月", incident=True, revisions=3),
        "UTF-8 with a byte order mark; 様式2 asks about incidents of one year",
    ),
    (
        "hakodate-kyufukin-2024",
        "priority",
        71,
        "函館市",
        "給付金",
        ["pdfminer"],
        dict(
            published="2024-05-10",
            edition="令和4年4月",
            ended="2024-03-31",
            firms={1: (WINDOW, None)},
            contracts=1,
            incident=False,
            revisions=1,
            hide_published=True,
        ),
        "a process that has ended (【…終了】 in its title); no 公表日 is printed, the manifest knows it",
    ),
    (
        "karuizawa-koteishisan-2025",
        "basic",
        72,
        "軽井沢町",
        "固定資産税の賦課に関する事務",
        ["html"],
        dict(published="2025-02-17", edition="令和6年10月", incident=False, revisions=6),
        "a saved web page of a town's 基礎項目評価書",
    ),
    (
        "himeji-shogai-2026",
        "priority",
        73,
        "姫路市",
        "障害者の自立支援給付に関する事務",
        ["pdf"],
        dict(
            published="2026-01-15",
            edition="令和6年10月",
            firms={1: ("株式会社なぎさ総合計画研究所", None), 2: (AMBER, "関西支社")},
            contracts=2,
            incident=True,
            attachment=True,
            cases=3,
            revisions=6,
        ),
        "a PDF alone; three incidents in a 別紙",
    ),
    (
        "kochi-boshihoken-2024",
        "basic",
        74,
        "高知市",
        "母子保健に関する事務",
        ["pdfminer"],
        dict(published="2024-07-01", edition="令和4年4月", incident=False, revisions=10),
        "基礎項目評価書 as text of a PDF",
    ),
    (
        "sasebo-kokikorei-2025",
        "priority",
        75,
        "佐世保市",
        "後期高齢者医療に関する事務",
        ["tab"],
        dict(
            published="2025-11-07",
            edition="令和6年10月",
            firms={1: ("ＮＫＴデータワークス株式会社", None), 2: (STAR, None), 3: (FOG, "九州支店")},
            contracts=4,
            incident=False,
            revisions=16,
            lose=(False, True),
            lose_seed=3,
        ),
        "tab layout with missing pages: what stood there is null and the warning names it",
    ),
    (
        "toyama-jidofuyo-2022",
        "priority",
        76,
        "富山市",
        "児童扶養手当の支給に関する事務",
        ["pdfminer"],
        dict(published="2022-09-30", edition="令和4年4月", contracts=0, incident=False, revisions=3),
        "nothing is contracted out: 委託しない",
    ),
    (
        "morioka-kenko-2025",
        "basic",
        77,
        "盛岡市",
        "予防接種に関する事務",
        ["xlsx"],
        dict(published="2025-08-22", edition="令和6年10月", incident=False, revisions=1),
        "a workbook of 様式2 alone",
    ),
]


def replaced_row(maker_date, no, old, new, full):
    """The change row of a replaced contractor."""
    return {
        "date": maker_date,
        "item": f"Ⅱ　特定個人情報ファイルの概要（４．特定個人情報ファイルの取扱いの委託　委託事項{no}　{'⑥' if full else '③'}委託先名）",
        "before": old,
        "after": new,
        "timing": "事後",
        "note": "契約の更新に伴う変更であり、重要な変更に当たらない。",
    }


def build(kind, seed, town, proc, fixed):
    f = {"ended": None, **fixed}
    f["municipality"], f["process"] = TOWN[town], PROC[proc]
    if f.get("replaced"):
        no, old, new, day = f["replaced"]
        f["companies"] = [x for x in w.COMPANIES if x[0] not in (old, STAR)][
            :8
        ]  # who was replaced is nowhere a contractor
        f["extra_revisions"] = [replaced_row(day, no, old, new, kind == "full")]
    return assessment.build(seed, kind, **f)


def write(root=ROOT):
    data, golds = root / "sample-data", root / "tests/golden/gold"
    for d in (data, golds):
        d.mkdir(parents=True, exist_ok=True)
    for old in [*data.glob("*-20*.*"), *golds.glob("*.json")]:
        old.unlink()
    rows, table = [], []
    with tempfile.TemporaryDirectory() as tmp:
        for stem, kind, seed, town, proc, formats, fixed, shows in SAMPLES:
            doc, sheets = build(kind, seed, town, proc, fixed)
            style = workbook.draw_style(random.Random(f"sample-{stem}")) | workbook.PLAIN
            lost = []
            files = []
            pdf = pathlib.Path(tmp) / f"{stem}.pdf"
            if any(f.split(":")[0] in ("pdf", "pdfminer") for f in formats):
                book = pathlib.Path(tmp) / f"{stem}.xlsx"
                workbook.write(book, sheets, style, True)
                printing.to_pdf({book: pdf})
            for f in formats:
                name, _, encoding = f.partition(":")
                encoding = encoding or "utf-8"
                path = (
                    data
                    / f"{stem}.{ {'pdfminer': 'txt', 'tab': 'txt', 'pdf': 'pdf', 'xlsx': 'xlsx', 'html': 'html'}[name]}"
                )
                files.append(path.name)
                if name == "xlsx":
                    workbook.write(path, sheets, style, False)
                elif name == "pdf":
                    path.write_bytes(pdf.read_bytes())
                elif name == "html":
                    path.write_text(webpage.render(doc["title"], sheets), encoding="utf-8")
                else:
                    text = printing.pdfminer_text(pdf) if name == "pdfminer" else None
                    if text is None:
                        text, lost = tabtext.render(
                            sheets,
                            random.Random(f"{stem}-{fixed.get('lose_seed', 0)}"),
                            *fixed.get("lose", (False, False)),
                        )
                    path.write_bytes(encodable(text, encoding).encode(encoding))
            want = gold.convert(assessment.without(doc, lost))
            (golds / f"{stem}.json").write_text(json.dumps(want, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            for name in files:
                rows.append(
                    [
                        name,
                        f"https://www.example.org/pia/{name}",
                        doc["body"]["municipality"],
                        fixed["published"] if fixed.get("hide_published") else "",
                        "",
                    ]
                )
            table.append((files, doc, shows))
    out = io.StringIO()
    w_ = csv.writer(out, lineterminator="\n")
    w_.writerow(["path", "url", "municipality", "published_on", "note"])
    w_.writerows(rows)
    (data / "manifest.csv").write_text(out.getvalue(), encoding="utf-8")
    readme(data / "README.md", table)


def encodable(text, encoding):
    """What CP932 cannot hold is written with its nearest character, as an old editor does."""
    if encoding != "cp932":
        return text
    return "".join(ch if ch.encode("cp932", "ignore") else "□" for ch in text.replace("〜", "～").replace("−", "－"))


def readme(path, table):
    head = pathlib.Path(__file__).with_name("sample_data_readme.md").read_text(encoding="utf-8")
    lines = []
    for files, doc, shows in table:
        lines.append(
            f"| {'<br>'.join('`' + f + '`' for f in files)} | {doc['body']['municipality']} | {doc['kind']} | {doc['process']['name']} | {doc['published_on'] or '－'} | {shows} |"
        )
    path.write_text(head.replace("@TABLE@", "\n".join(lines)), encoding="utf-8")


if __name__ == "__main__":
    write()
