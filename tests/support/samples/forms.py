"""The three official forms as lists of blocks, filled from one made-up assessment. Labels and their order are
the forms' own (様式2, 様式3, 様式4)."""

from basic_form import BasicForm
from blocks import Bar, Choice, Plain, Row, Section, Sheet, Side, Table, Text, Title, Wide
import content as c
from file_chapter import FileChapter
from labels import DOING, kanji_number, tick_block
from risk_chapters import RiskChapters
import words as w


class Filler(RiskChapters, FileChapter, BasicForm):
    def __init__(self, maker, doc, extra):
        self.m, self.r, self.doc, self.x, self.kind = maker, maker.r, doc, extra, maker.kind
        self.at_link = "紐付け" if maker.new else "ひも付け"

    def cover(self):
        d = self.doc
        kind = {"basic": "基礎項目", "priority": "重点項目", "full": "全項目"}[self.kind]
        out = [
            Plain(f"特定個人情報保護評価書（{kind}評価書）", 14),
            Side(["評価書番号", "評価書名"], [d["number"], d["title"]], [8, 40]),
            Section("個人のプライバシー等の権利利益の保護の宣言"),
            Wide(self.x["declaration"]),
            Row(["特記事項"], Text(d["remarks"], "/remarks")),
            Section("評価実施機関名"),
            Wide(d["body"]["printed"], "/body/printed"),
        ]
        if self.kind == "full":
            out += [Section("個人情報保護委員会　承認日　【行政機関等のみ】"), Wide(None)]
        return Sheet(
            "表紙",
            out
            + [Section("公表日"), Wide(self.x["published_printed"], "/published_on"), Plain(self.x["form_printed"], 9)],
        )

    def index(self):
        names = {
            "priority": [
                "Ⅰ　基本情報",
                "Ⅱ　特定個人情報ファイルの概要",
                "（別添１） 特定個人情報ファイル記録項目",
                "Ⅲ　リスク対策",
                "Ⅳ　開示請求、問合せ",
                "Ⅴ　評価実施手続",
                "（別添２）　変更箇所",
            ],
            "full": [
                "Ⅰ　基本情報",
                "（別添１） 事務の内容",
                "Ⅱ　特定個人情報ファイルの概要",
                "（別添２） 特定個人情報ファイル記録項目",
                "Ⅲ　特定個人情報ファイルの取扱いプロセスにおけるリスク対策",
                "Ⅳ　その他のリスク対策",
                "Ⅴ　開示請求、問合せ",
                "Ⅵ　評価実施手続",
                "（別添３）　変更箇所",
            ],
        }
        return Sheet("項目一覧", [Section("項目一覧")] + [Wide(n) for n in names[self.kind]])

    def network(self, no):
        d = self.doc["network"]
        return [
            Section(f"{no}．情報提供ネットワークシステムによる情報連携" + ("" if self.kind == "basic" else "　※")),
            Row(["①実施の有無"], Choice(d["used"], ["実施する", "実施しない", "未定"], 1, "/network/used", mark=")")),
            Row(["②法令上の根拠"], Text(d["legal_basis"], "/network/legal_basis")),
        ]

    def department(self, no):
        d = self.doc["department"]
        head = "②所属長の役職名" if self.m.edition[:2] == "令和" or "30年" in self.m.edition else "②所属長"
        return [
            Section(f"{no}．評価実施機関における担当部署"),
            Row(["①部署"], Text(d["name"], "/department/name")),
            Row([head], Text(d["head"], "/department/head")),
        ]

    def system(self, s):
        at = f"/systems/{s['no'] - 1}"
        return [
            Bar(f"システム{s['no']}"),
            Row(["①システムの名称"], Text(s["name"], at + "/name")),
            Row(["②システムの機能"], Text(s["functions"], at + "/functions")),
            Row(
                ["③他のシステムとの接続"], tick_block(c.CONNECTIONS + ["その他"], s["connections"], ("その他",), 2, at + "/connections")
            ),
        ]

    def systems(self):
        out = [Section("２．特定個人情報ファイルを取り扱う事務において使用するシステム")]
        sys = self.doc["systems"]
        for s in sys:
            out += self.system(s)
            if s["no"] == 1 or s["no"] % 5 == 0:
                out.append(Bar({1: "システム2～5", 5: "システム6～10", 10: "システム11～15"}.get(s["no"], "システム16～20")))
        return out + [
            Bar(t)
            for n, t in ((6, "システム6～10"), (11, "システム11～15"), (16, "システム16～20"))
            if len(sys) < 5 and n == 6 or len(sys) < n - 1 and n > 6
        ]

    def part1(self):
        d, x = self.doc, self.x
        full = self.kind == "full"
        out = [
            Title("Ⅰ　基本情報"),
            Section("１．特定個人情報ファイルを取り扱う事務"),
            Row(["①事務の名称"], Text(d["process"]["name"], "/process/name")),
            Row(["②事務の内容" + ("　※" if full else "")], Text(d["process"]["summary"], "/process/summary")),
            Row(
                ["③対象人数"],
                Choice(
                    d["process"]["people"],
                    ["1,000人未満", "1,000人以上1万人未満", "1万人以上10万人未満", "10万人以上30万人未満"] + (["30万人以上"] if full else []),
                    2,
                    "/process/people",
                    mark=")",
                ),
            ),
        ]
        if not full and d["process"]["people"] == "30万人以上":
            out[-1].cell.options.append("30万人以上")
        out += self.systems() + [Section("３．特定個人情報ファイル名"), Wide(x["file_names"], "/files")]
        if full:
            out += [
                Section("４．特定個人情報ファイルを取り扱う理由"),
                Row(["①事務実施上の必要性"], Text(x["need"])),
                Row(["②実現が期待されるメリット"], Text(x["merit"])),
            ]
        n = 5 if full else 4
        out += [
            Section(f"{kanji_number(n)}．個人番号の利用　※"),
            Row(
                ["法令上の根拠"],
                Text(
                    "\n".join("・" + b if x["basis_dots"] else b for b in d["process"]["legal_basis"]),
                    "/process/legal_basis",
                ),
            ),
        ]
        return Sheet(
            "Ⅰ",
            out
            + self.network(kanji_number(n + 1))
            + self.department(kanji_number(n + 2))
            + [Section(f"{kanji_number(n + 3)}．他の評価実施機関"), Wide(x["others"])],
        )

    def work(self):
        m = self.m
        lines = [
            f"{k}－{'①②③④'[j]}．{m.fill(self.r.choice(w.USAGE))}"
            for k in range(1, self.r.randint(3, 6))
            for j in range(self.r.randint(1, 3))
        ]
        return Sheet("別添1", [Title("（別添１） 事務の内容"), Wide("（備考）\n" + m.vary("\n".join(lines)))])

    def requests(self, roman):
        d, x = self.doc, self.x
        full = self.kind == "full"
        q = d["disclosure_request"]
        out = [
            Title(f"{roman}　開示請求、問合せ"),
            Section("１．特定個人情報の開示・訂正・利用停止請求"),
            Row(["①請求先"], Text(q["to"], "/disclosure_request/to")),
            Row(["②請求方法"], Text(q["how"], "/disclosure_request/how")),
            *([Row(["", "特記事項"], Text(self.r.choice(["－", "市のウェブサイトに請求書の様式を掲載している。"])))] if full else []),
        ]
        if full:
            out += [
                Row(["③手数料等"], Choice(q["fee"], ["有料", "無料"], 2, "/disclosure_request/fee", mark=")")),
                Row(["", "（手数料額、納付方法）"], Text(x["fee_text"])),
                Row(["④個人情報ファイル簿の公表"], Choice("行っている", DOING, 2, mark=")")),
                Row(["", "個人情報ファイル名"], Text(d["files"][0]["name"])),
                Row(["", "公表場所"], Text(f"{self.m.muni}ウェブサイト")),
            ]
        a, b = ("⑤", "⑥") if full else ("③", "④")
        return Sheet(
            roman,
            out
            + [
                Row([a + "法令による特別の手続"], Text(self.r.choice(["－", "-", None]))),
                Row([b + "個人情報ファイル簿への不記載等"], Text(self.r.choice(["－", "-", None]))),
                Section("２．特定個人情報ファイルの取扱いに関する問合せ"),
                Row(["①連絡先"], Text(d["contact"]["to"], "/contact/to")),
                Row(["②対応方法"], Text(d["contact"]["how"], "/contact/how")),
            ],
        )

    def procedure(self, roman):
        p, x = self.doc["procedure"], self.x
        full = self.kind == "full"
        out = [
            Title(f"{roman}　評価実施手続"),
            Section("１．基礎項目評価"),
            Row(["①実施日"], Text(x["threshold_date"], "/procedure/threshold/date")),
            Row(
                ["②しきい値判断結果"],
                Choice(
                    p["threshold"]["result"],
                    c.THRESHOLD[self.kind],
                    1,
                    "/procedure/threshold/result",
                    mark=")" if full else "）",
                ),
            ),
            Section("２．国民・住民等からの意見の聴取" + ("" if full else "　【任意】")),
            Row(["①方法"], Text(p["public_comment"]["how"], "/procedure/public_comment/how")),
            Row(["②実施日・期間"], Text(p["public_comment"]["period"], "/procedure/public_comment/period")),
            *(
                [
                    Row(["③期間を短縮する特段の理由"], Text("－")),
                    Row(["④主な意見の内容"], Text(x["opinions"])),
                    Row(["⑤評価書への反映"], Text("－")),
                ]
                if full
                else [Row(["③主な意見の内容"], Text(x["opinions"]))]
            ),
            Section("３．第三者点検" + ("" if full else "　【任意】")),
            Row(["①実施日"], Text(x["third_date"], "/procedure/third_party/date")),
            Row(["②方法"], Text(p["third_party"]["how"], "/procedure/third_party/how")),
            Row(["③結果"], Text(p["third_party"]["result"], "/procedure/third_party/result")),
        ]
        if full:
            out += [
                Section("４．個人情報保護委員会の承認　【行政機関等のみ】"),
                Row(["①提出日"], Text(None)),
                Row(["②個人情報保護委員会による審査"], Text(None)),
            ]
        return Sheet(roman, out)

    def revisions(self, title, name):
        wide = self.m.wide and self.m.chance(0.6)
        rows = [
            [c.wareki(r["date"], wide), r["item"], r["before"], r["after"], r["timing"], r["note"]]
            for r in self.doc["revisions"]
        ]
        return Sheet(
            name,
            [
                Title(title),
                Table(
                    ["変更日", "項目", "変更前の記載", "変更後の記載", "提出時期", "提出時期に係る説明"],
                    rows,
                    self.r.choice([[6, 10, 13, 13, 3, 5], [8, 9, 13, 13, 4, 6]]),
                    "/revisions",
                ),
            ],
        )

    def attachment(self):
        out = []
        for a in self.doc["incidents"]["attachments"]:
            out.append(Plain(a["title"], 12))
            for n, case in enumerate(a["cases"], 1):
                out.append(
                    Plain(
                        f"事案{kanji_number(n)}　{case['title']}\n１　事故の概要\n（１）発生日\n{c.wareki(case['occurred_on'])}\n（２）事故の内容\n{case['summary']}\n（３）原因\n{case['cause']}\n（４）影響\n{case['impact']}\n（５）事故発覚後の対応\n"
                        + "\n".join(f"{c.wareki(r['date'])}　{r['what']}" for r in case["response"])
                        + f"\n２　再発防止策\n{case['prevention']}"
                    )
                )
        return [Sheet("別紙", out)] if out else []

    def sheets(self):
        d = self.doc
        if self.kind == "priority":
            return [
                self.cover(),
                self.index(),
                self.part1(),
                self.part2(0),
                self.records(1),
                self.part3_priority(0),
                self.requests("Ⅳ"),
                self.procedure("Ⅴ"),
                self.revisions("（別添２）変更箇所", "別添2"),
            ] + self.attachment()
        if self.kind == "full":
            n = range(len(d["files"]))
            return [
                self.cover(),
                self.index(),
                self.part1(),
                self.work(),
                *[self.part2(i) for i in n],
                *([self.recipients()] if self.m.chance(0.4) else []),
                self.records(2),
                *[self.part3_full(i) for i in n],
                self.part4_full(),
                self.requests("Ⅴ"),
                self.procedure("Ⅵ"),
                self.revisions("（別添３）変更箇所", "別添3"),
            ] + self.attachment()
        return [
            self.cover(),
            self.part1_basic(),
            self.part2_basic(),
            *([self.part4_basic()] if self.m.edition != "平成26年4月" else []),
            self.revisions("変更箇所", "変更箇所"),
        ]
