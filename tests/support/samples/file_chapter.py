"""Chapter Ⅱ, one for each 特定個人情報ファイル: what it holds, where from, who it is contracted out, provided and transferred to."""

from blocks import Bar, Choice, Plain, Row, Section, Sheet, Table, Text, Tick, Ticks, Title, Wide
import content as c
from labels import kanji_number, tick_block
import words as w


class FileChapter:
    def contract(self, i, row):
        empty = row["title"] is None
        path = f"/files/{i}/contracts/rows/{row['no'] - 1}"
        at = lambda key: "" if empty else path + key
        full = self.kind == "full"
        s = row["subcontract"]
        out = [
            Row([f"委託事項{row['no']}"], Text(row["title"], at("/title"))),
            Row(["①委託内容"], Text(row["description"], at("/description"))),
        ]
        staff = Choice(row["staff"], c.STAFF, 2, at("/staff"))
        firm = Text(
            "、".join(p["printed"] for p in row["contractors"]) or (None if empty else self.r.choice([None, "未定"])),
            at("/contractors"),
        )
        if full:
            g = "②取扱いを委託する特定個人情報ファイルの範囲"
            out += [
                Row([g], Choice(row["extent"], ["特定個人情報ファイルの全体", "特定個人情報ファイルの一部"], 1, at("/extent"))),
                Row(
                    ["", "対象となる本人の数"],
                    Choice(row["people"], c.FILE_PEOPLE + ["100万人以上1,000万人未満", "1,000万人以上"], 1, at("/people")),
                ),
                Row(["", "対象となる本人の範囲　※"], Text(row["people_scope"], at("/people_scope"))),
                Row(["", "その妥当性"], Text(None if empty else self.m.say(w.PURPOSE, 1, 1))),
                Row(["③委託先における取扱者数"], staff),
                Row(["④委託先への特定個人情報ファイルの提供方法"], tick_block(c.CONTRACT_MEANS, row["means"], ("その他",), 2, at("/means"))),
                Row(["⑤委託先名の確認方法"], Text(row["disclosure"], at("/disclosure"))),
                Row(["⑥委託先名"], firm),
            ]
        else:
            out += [Row(["②委託先における取扱者数"], staff), Row(["③委託先名"], firm)]
        a, b, d = ("⑦", "⑧", "⑨") if full else ("④", "⑤", "⑥")
        return out + [
            Row(
                ["再委託", a + "再委託の有無　※"],
                Choice(
                    {True: "再委託する", False: "再委託しない"}.get(s["used"]), ["再委託する", "再委託しない"], 2, at("/subcontract/used")
                ),
                True,
            ),
            Row(["再委託", b + "再委託の許諾方法"], Text(s["approval"], at("/subcontract/approval")), True),
            Row(["再委託", d + "再委託事項"], Text(s["scope"], at("/subcontract/scope")), True),
        ]

    def provision(self, i, what, row, no):
        at = f"/files/{i}/{'provisions' if what == '提供' else 'transfers'}/rows/{no - 1}" if row else ""
        row = row or {
            k: None for k in ("name", "legal_basis", "purpose", "data", "people", "people_scope", "timing")
        } | {"means": []}
        p = lambda k: at and at + "/" + k
        means = c.PROVISION_MEANS if what == "提供" else c.TRANSFER_MEANS
        return [
            Row([f"{what}先{no}"], Text(row["name"], p("name"))),
            Row(["①法令上の根拠"], Text(row["legal_basis"], p("legal_basis"))),
            Row([f"②{what}先における用途"], Text(row["purpose"], p("purpose"))),
            Row([f"③{what}する情報"], Text(row["data"], p("data"))),
            Row(
                [f"④{what}する情報の対象となる本人の数"],
                Choice(row["people"], c.FILE_PEOPLE + ["100万人以上1,000万人未満", "1,000万人以上"], 1, p("people")),
            ),
            Row([f"⑤{what}する情報の対象となる本人の範囲"], Text(row["people_scope"], p("people_scope"))),
            Row([f"⑥{what}方法"], tick_block(means, row["means"], ("その他",), 2, p("means"))),
            Row(["⑦時期・頻度"], Text(row["timing"], p("timing"))),
        ]

    def continuations(self, what, n):
        return [Bar(f"{what}{a}～{b}") for a, b in ((2, 5), (6, 10), (11, 15), (16, 20)) if n < a]

    def part2(self, i):
        f, x = self.doc["files"][i], self.x["files"][i]
        at = f"/files/{i}"
        full = self.kind == "full"
        ps = c.FILE_PEOPLE + ["100万人以上1,000万人未満", "1,000万人以上"]
        groups = []
        for head, labels in c.RECORD_ITEMS:
            labels = [("4情報（氏名、性別、生年月日、住所）" if l.startswith("5情報") and not self.m.new else l) for l in labels]
            groups.append((head, [Tick(l, l in f["items"]) for l in labels]))
        other = next((t for t in f["items"] if t.startswith("その他（")), None)
        groups[-1][1].append(Tick("その他", other is not None, other[4:-1] if other else ""))
        out = [
            Title("Ⅱ　特定個人情報ファイルの概要"),
            Section("１．特定個人情報ファイル名"),
            Wide(f["name"], at + "/name"),
            Section("２．基本情報"),
            Row(["①ファイルの種類　※"], Choice(f["kind"], ["システム用ファイル", "その他の電子ファイル（表計算ファイル等）"], 1, at + "/kind")),
            Row(["②対象となる本人の数"], Choice(f["people"], ps, 1, at + "/people")),
            Row(["③対象となる本人の範囲　※"], Text(f["scope"], at + "/scope")),
            Row(["", "その必要性"], Text(x["need"])),
            Row(["④記録される項目"], Choice(f["items_range"], c.ITEMS_RANGE, 2, at + "/items_range")),
            Row(["", "主な記録項目　※"], Ticks(groups, 3, at + "/items")),
            Row(["", "その妥当性"], Text(x["validity"])),
            Row(["", "全ての記録項目"], Text(x["all_items"])),
            Row(["⑤保有開始日"], Text(f["held_since"], at + "/held_since")),
            Row(["⑥事務担当部署"], Text(f["department"], at + "/department")),
            Section("３．特定個人情報の入手・使用"),
            Row(["①入手元　※"], tick_block(c.SOURCES, f["sources"], c.SOURCES[1:], 1, at + "/sources")),
            Row(["②入手方法"], tick_block(c.FILE_MEANS, f["means"], ("その他",), 3, at + "/means")),
        ]
        if full:
            out += [
                Row(["③入手の時期・頻度"], Text(x["when"])),
                Row(["④入手に係る妥当性"], Text(x["why"])),
                Row(["⑤本人への明示"], Text(x["shown"])),
                Row(["⑥使用目的　※"], Text(x["purpose"])),
                Row(["", "変更の妥当性"], Text("－")),
            ]
        else:
            out += [Row(["③使用目的　※"], Text(x["purpose"]))]
        a, b, d = ("⑦", "⑧", "⑨") if full else ("④", "⑤", "⑥")
        out += [
            Row([a + "使用の主体", "使用部署" + ("　※" if full else "")], Text(f["used_by"], at + "/used_by")),
            Row([a + "使用の主体", "使用者数"], Choice(f["users"], c.STAFF, 2, at + "/users")),
            Row([b + "使用方法" + ("　※" if full else "")], Text(x["usage"])),
            Row(["", "情報の突合" + ("　※" if full else "")], Text(x["matching"])),
        ]
        if full:
            out += [Row(["", "情報の統計分析　※"], Text(x["statistics"])), Row(["", "権利利益に影響を与え得る決定　※"], Text(x["effect"]))]
        out += [Row([d + "使用開始日"], Text(f["used_since"], at + "/used_since")), Section("４．特定個人情報ファイルの取扱いの委託")]
        k = f["contracts"]
        out.append(
            Row(
                ["委託の有無　※"],
                Choice(
                    "委託する" if k["used"] else "委託しない",
                    ["委託する", "委託しない"],
                    2,
                    at + "/contracts/used",
                    (k["count"], at + "/contracts/count"),
                ),
            )
        )
        empty = {
            "no": 1,
            "subcontract": dict.fromkeys(("used", "approval", "scope")),
            "contractors": [],
            "means": [],
            **dict.fromkeys(("title", "description", "staff", "extent", "people", "people_scope", "disclosure")),
        }
        for row in k["rows"] or ([empty] if self.m.chance(0.6) else []):
            out += self.contract(i, row)
            if row["no"] in (1, 5, 10):
                out.append(Bar({1: "委託事項2～5", 5: "委託事項6～10", 10: "委託事項11～15"}[row["no"]]))
        out += [
            Bar(b.text)
            for b in self.continuations("委託事項", len(k["rows"]))
            if b.text not in [y.text for y in out if isinstance(y, Bar)]
        ]
        pv, tr = f["provisions"], f["transfers"]
        ticks = Ticks(
            [
                (
                    None,
                    [
                        Tick("提供を行っている", bool(pv["rows"]), str(pv["count"] or ""), "件"),
                        Tick("移転を行っている", bool(tr["rows"]), str(tr["count"] or ""), "件"),
                        Tick("行っていない", f["no_provision_or_transfer"]),
                    ],
                )
            ],
            2,
            at + "/no_provision_or_transfer",
        )
        out += [Section("５．特定個人情報の提供・移転（委託に伴うものを除く。）"), Row(["提供・移転の有無"], ticks)]
        for what, rows in (("提供", pv["rows"]), ("移転", tr["rows"])):
            for n, row in enumerate(rows or [None], 1):
                out += self.provision(i, what, row, n)
                if n in (1, 5):
                    out.append(Bar({1: f"{what}先2～5", 5: f"{what}先6～10"}[n]))
            out += [
                b
                for b in self.continuations(what + "先", max(1, len(rows)))
                if b.text not in [y.text for y in out if isinstance(y, Bar)]
            ]
        out += [Section("６．特定個人情報の保管・消去"), Row([("①" if full else "") + "保管場所　※"], Text(f["storage"], at + "/storage"))]
        if full:
            out += [
                Row(["②保管期間", "期間"], Choice(f["retention"], c.KEEP, 3, at + "/retention")),
                Row(["②保管期間", "その妥当性"], Text(x["retention_why"])),
                Row(["③消去方法"], Text(f["erasure"], at + "/erasure")),
            ]
        return Sheet(f"Ⅱ（{i + 1}）" if full else "Ⅱ", out + [Section("７．備考"), Wide(x["note"])])

    def records(self, no):
        out = [Title(f"（別添{kanji_number(no)}） 特定個人情報ファイル記録項目")]
        for f, x in zip(self.doc["files"], self.x["files"]):
            out.append(Wide((f["name"] + "\n" if len(self.doc["files"]) > 1 else "") + x["records"]))
        return Sheet(f"別添{no}", out)

    def recipients(self):
        """A list of recipients on a sheet of its own, which is no 別紙 about incidents."""
        rows = [
            [str(n), self.r.choice(w.RECIPIENTS)[0].split("（")[0], self.r.choice(w.RECIPIENTS)[1]]
            for n in sorted(self.r.sample(range(1, 160), self.r.randint(6, 24)))
        ]
        return Sheet(
            "別紙5-1",
            [Plain("（別紙Ⅱ－５－１） 番号法第１９条第８号に基づく主務省令第２条の表に定める事務", 10), Table(["項番", "情報照会者", "事務"], rows, [4, 16, 28])],
        )
