"""The three official forms as lists of blocks, filled from one made-up assessment. Labels and their order are
the forms' own (様式2, 様式3, 様式4). The risk chapters decide their judgements here, as the form is filled, and
leave them in doc["risks"]."""

from blocks import Bar, Choice, Plain, Row, Section, Sheet, Side, Table, Text, Tick, Ticks, Title, Wide
import content as c
import words as w

ENOUGH = ["特に力を入れている", "十分である", "課題が残されている"]
DOING = ["行っている", "行っていない"]
SET = ["定めている", "定めていない"]
LOGGED = ["記録を残している", "記録を残していない"]
TRAIN = ["特に力を入れて行っている", "十分に行っている", "十分に行っていない"]
KEPT = ["特に力を入れて遵守している", "十分に遵守している", "十分に遵守していない", "政府機関ではない"]
ARRANGED = ["特に力を入れて整備している", "十分に整備している", "十分に整備していない"]
TOLD = ["特に力を入れて周知している", "十分に周知している", "十分に周知していない"]
SUBTREATED = ["特に力を入れて行っている", "十分に行っている", "十分に行っていない", "再委託していない"]
ENTRY = "特定個人情報の入手（情報提供ネットワークシステムを通じた入手を除く。）におけるその他のリスク及びそのリスクに対する措置"
USE = "特定個人情報の使用におけるその他のリスク及びそのリスクに対する措置"
OUT = "特定個人情報ファイルの取扱いの委託におけるその他のリスク及びそのリスクに対する措置"
GIVE = "特定個人情報の提供・移転（委託や情報提供ネットワークシステムを通じた提供を除く。）におけるその他のリスク及びそのリスクに対する措置"
NET = "情報提供ネットワークシステムとの接続に伴うその他のリスク及びそのリスクに対する措置"
STORE = "特定個人情報の保管・消去におけるその他のリスク及びそのリスクに対する措置"
UNAUTHORISED = "権限のない者（元職員、アクセス権限のない職員等）によって不正に使用されるリスク"


def kanji_number(n): return str(n).translate(c.WIDE)


def tick_block(labels, ticked, brackets=(), per_row=2, at=""):
    """Ticks from a list such as ["紙", "その他（電話）"]; brackets: the labels that print （ ）."""
    out = []
    for label in labels:
        full = next((t for t in ticked if t == label or (label in brackets and t.startswith(label + "（"))), None)
        inner = full[len(label) + 1:-1] if full and full != label else ""
        out.append(Tick(label, full is not None, inner if label in brackets else None))
    return Ticks([(None, out)], per_row, at)


class Filler:
    def __init__(self, maker, doc, extra):
        self.m, self.r, self.doc, self.x, self.kind = maker, maker.r, doc, extra, maker.kind
        self.at_link = "紐付け" if maker.new else "ひも付け"

    # -- shared pieces
    def cover(self):
        d = self.doc; kind = {"basic": "基礎項目", "priority": "重点項目", "full": "全項目"}[self.kind]
        out = [Plain(f"特定個人情報保護評価書（{kind}評価書）", 14), Side(["評価書番号", "評価書名"], [d["number"], d["title"]], [8, 40]),
               Section("個人のプライバシー等の権利利益の保護の宣言"), Wide(self.x["declaration"]), Row(["特記事項"], Text(d["remarks"], "/remarks")), Section("評価実施機関名"), Wide(d["body"]["printed"], "/body/printed")]
        if self.kind == "full": out += [Section("個人情報保護委員会　承認日　【行政機関等のみ】"), Wide(None)]
        return Sheet("表紙", out + [Section("公表日"), Wide(self.x["published_printed"], "/published_on"), Plain(self.x["form_printed"], 9)])

    def index(self):
        names = {"priority": ["Ⅰ　基本情報", "Ⅱ　特定個人情報ファイルの概要", "（別添１） 特定個人情報ファイル記録項目", "Ⅲ　リスク対策", "Ⅳ　開示請求、問合せ", "Ⅴ　評価実施手続", "（別添２）　変更箇所"],
                 "full": ["Ⅰ　基本情報", "（別添１） 事務の内容", "Ⅱ　特定個人情報ファイルの概要", "（別添２） 特定個人情報ファイル記録項目", "Ⅲ　特定個人情報ファイルの取扱いプロセスにおけるリスク対策", "Ⅳ　その他のリスク対策", "Ⅴ　開示請求、問合せ", "Ⅵ　評価実施手続", "（別添３）　変更箇所"]}
        return Sheet("項目一覧", [Section("項目一覧")] + [Wide(n) for n in names[self.kind]])

    def choice(self, value, options, per_row=2, at=""): return Choice(value, options, per_row, at)

    def risk(self, file, section, label, options, values, per_row=2, text=None, blank=0.04, prefix=(), item=None):
        """A judged row; leaves the judgement (null when blank) in doc["risks"]."""
        value = None if self.m.chance(blank) else self.r.choice(values)
        self.doc["risks"].append({"file": file, "section": section, "item": item or label, "judgement": value, "measures": text})
        return Row([*prefix, label], Choice(value, options, per_row, f"/risks/{len(self.doc['risks']) - 1}/judgement"), vertical=False)

    def enough(self, file, section, text=None, blank=0.04, label="リスクへの対策は十分か"):
        return self.risk(file, section, label, ENOUGH, c.JUDGE, 2, text, blank)

    def network(self, no):
        d = self.doc["network"]
        return [Section(f"{no}．情報提供ネットワークシステムによる情報連携" + ("" if self.kind == "basic" else "　※")), Row(["①実施の有無"], Choice(d["used"], ["実施する", "実施しない", "未定"], 1, "/network/used", mark=")")), Row(["②法令上の根拠"], Text(d["legal_basis"], "/network/legal_basis"))]

    def department(self, no):
        d = self.doc["department"]; head = "②所属長の役職名" if self.m.edition[:2] == "令和" or "30年" in self.m.edition else "②所属長"
        return [Section(f"{no}．評価実施機関における担当部署"), Row(["①部署"], Text(d["name"], "/department/name")), Row([head], Text(d["head"], "/department/head"))]

    def system(self, s):
        at = f"/systems/{s['no'] - 1}"
        return [Bar(f"システム{s['no']}"), Row(["①システムの名称"], Text(s["name"], at + "/name")), Row(["②システムの機能"], Text(s["functions"], at + "/functions")),
                Row(["③他のシステムとの接続"], tick_block(c.CONNECTIONS + ["その他"], s["connections"], ("その他",), 2, at + "/connections"))]

    def systems(self):
        out = [Section("２．特定個人情報ファイルを取り扱う事務において使用するシステム")]; sys = self.doc["systems"]
        for s in sys:
            out += self.system(s)
            if s["no"] == 1 or s["no"] % 5 == 0: out.append(Bar({1: "システム2～5", 5: "システム6～10", 10: "システム11～15"}.get(s["no"], "システム16～20")))
        return out + [Bar(t) for n, t in ((6, "システム6～10"), (11, "システム11～15"), (16, "システム16～20")) if len(sys) < 5 and n == 6 or len(sys) < n - 1 and n > 6]

    def part1(self):
        d, x = self.doc, self.x; full = self.kind == "full"
        out = [Title("Ⅰ　基本情報"), Section("１．特定個人情報ファイルを取り扱う事務"), Row(["①事務の名称"], Text(d["process"]["name"], "/process/name")), Row(["②事務の内容" + ("　※" if full else "")], Text(d["process"]["summary"], "/process/summary")),
               Row(["③対象人数"], Choice(d["process"]["people"], ["1,000人未満", "1,000人以上1万人未満", "1万人以上10万人未満", "10万人以上30万人未満"] + (["30万人以上"] if full else []), 2, "/process/people", mark=")"))]
        if not full and d["process"]["people"] == "30万人以上": out[-1].cell.options.append("30万人以上")
        out += self.systems() + [Section("３．特定個人情報ファイル名"), Wide(x["file_names"], "/files")]
        if full: out += [Section("４．特定個人情報ファイルを取り扱う理由"), Row(["①事務実施上の必要性"], Text(x["need"])), Row(["②実現が期待されるメリット"], Text(x["merit"]))]
        n = 5 if full else 4
        out += [Section(f"{kanji_number(n)}．個人番号の利用　※"), Row(["法令上の根拠"], Text("\n".join("・" + b if x["basis_dots"] else b for b in d["process"]["legal_basis"]), "/process/legal_basis"))]
        return Sheet("Ⅰ", out + self.network(kanji_number(n + 1)) + self.department(kanji_number(n + 2)) + [Section(f"{kanji_number(n + 3)}．他の評価実施機関"), Wide(x["others"])])

    # -- Ⅱ
    def contract(self, i, row):
        empty = row["title"] is None; path = f"/files/{i}/contracts/rows/{row['no'] - 1}"; at = lambda key: "" if empty else path + key; full = self.kind == "full"; s = row["subcontract"]; out = [Row([f"委託事項{row['no']}"], Text(row["title"], at("/title"))), Row(["①委託内容"], Text(row["description"], at("/description")))]
        staff = Choice(row["staff"], c.STAFF, 2, at("/staff")); firm = Text("、".join(p["printed"] for p in row["contractors"]) or (None if empty else self.r.choice([None, "未定"])), at("/contractors"))
        if full:
            g = "②取扱いを委託する特定個人情報ファイルの範囲"
            out += [Row([g], Choice(row["extent"], ["特定個人情報ファイルの全体", "特定個人情報ファイルの一部"], 1, at("/extent"))), Row(["", "対象となる本人の数"], Choice(row["people"], c.FILE_PEOPLE + ["100万人以上1,000万人未満", "1,000万人以上"], 1, at("/people"))),
                    Row(["", "対象となる本人の範囲　※"], Text(row["people_scope"], at("/people_scope"))), Row(["", "その妥当性"], Text(None if empty else self.m.say(w.PURPOSE, 1, 1))), Row(["③委託先における取扱者数"], staff),
                    Row(["④委託先への特定個人情報ファイルの提供方法"], tick_block(c.CONTRACT_MEANS, row["means"], ("その他",), 2, at("/means"))), Row(["⑤委託先名の確認方法"], Text(row["disclosure"], at("/disclosure"))), Row(["⑥委託先名"], firm)]
        else: out += [Row(["②委託先における取扱者数"], staff), Row(["③委託先名"], firm)]
        a, b, d = ("⑦", "⑧", "⑨") if full else ("④", "⑤", "⑥")
        return out + [Row(["再委託", a + "再委託の有無　※"], Choice({True: "再委託する", False: "再委託しない"}.get(s["used"]), ["再委託する", "再委託しない"], 2, at("/subcontract/used")), True),
                      Row(["再委託", b + "再委託の許諾方法"], Text(s["approval"], at("/subcontract/approval")), True), Row(["再委託", d + "再委託事項"], Text(s["scope"], at("/subcontract/scope")), True)]

    def provision(self, i, what, row, no):
        at = f"/files/{i}/{'provisions' if what == '提供' else 'transfers'}/rows/{no - 1}" if row else ""; row = row or {k: None for k in ("name", "legal_basis", "purpose", "data", "people", "people_scope", "timing")} | {"means": []}; p = lambda k: at and at + "/" + k
        means = c.PROVISION_MEANS if what == "提供" else c.TRANSFER_MEANS
        return [Row([f"{what}先{no}"], Text(row["name"], p("name"))), Row(["①法令上の根拠"], Text(row["legal_basis"], p("legal_basis"))), Row([f"②{what}先における用途"], Text(row["purpose"], p("purpose"))), Row([f"③{what}する情報"], Text(row["data"], p("data"))),
                Row([f"④{what}する情報の対象となる本人の数"], Choice(row["people"], c.FILE_PEOPLE + ["100万人以上1,000万人未満", "1,000万人以上"], 1, p("people"))), Row([f"⑤{what}する情報の対象となる本人の範囲"], Text(row["people_scope"], p("people_scope"))),
                Row([f"⑥{what}方法"], tick_block(means, row["means"], ("その他",), 2, p("means"))), Row(["⑦時期・頻度"], Text(row["timing"], p("timing")))]

    def continuations(self, what, n): return [Bar(f"{what}{a}～{b}") for a, b in ((2, 5), (6, 10), (11, 15), (16, 20)) if n < a]

    def part2(self, i):
        f, x = self.doc["files"][i], self.x["files"][i]; at = f"/files/{i}"; full = self.kind == "full"; ps = c.FILE_PEOPLE + ["100万人以上1,000万人未満", "1,000万人以上"]
        groups = []; rest = list(f["items"])
        for head, labels in c.RECORD_ITEMS:
            labels = [("4情報（氏名、性別、生年月日、住所）" if l.startswith("5情報") and not self.m.new else l) for l in labels]
            groups.append((head, [Tick(l, l in f["items"]) for l in labels]))
        other = next((t for t in f["items"] if t.startswith("その他（")), None)
        groups[-1][1].append(Tick("その他", other is not None, other[4:-1] if other else ""))
        out = [Title("Ⅱ　特定個人情報ファイルの概要"), Section("１．特定個人情報ファイル名"), Wide(f["name"], at + "/name"), Section("２．基本情報"), Row(["①ファイルの種類　※"], Choice(f["kind"], ["システム用ファイル", "その他の電子ファイル（表計算ファイル等）"], 1, at + "/kind")),
               Row(["②対象となる本人の数"], Choice(f["people"], ps, 1, at + "/people")), Row(["③対象となる本人の範囲　※"], Text(f["scope"], at + "/scope")), Row(["", "その必要性"], Text(x["need"])), Row(["④記録される項目"], Choice(f["items_range"], c.ITEMS_RANGE, 2, at + "/items_range")),
               Row(["", "主な記録項目　※"], Ticks(groups, 3, at + "/items")), Row(["", "その妥当性"], Text(x["validity"])), Row(["", "全ての記録項目"], Text(x["all_items"])), Row(["⑤保有開始日"], Text(f["held_since"], at + "/held_since")), Row(["⑥事務担当部署"], Text(f["department"], at + "/department")),
               Section("３．特定個人情報の入手・使用"), Row(["①入手元　※"], tick_block(c.SOURCES, f["sources"], c.SOURCES[1:], 1, at + "/sources")), Row(["②入手方法"], tick_block(c.FILE_MEANS, f["means"], ("その他",), 3, at + "/means"))]
        if full: out += [Row(["③入手の時期・頻度"], Text(x["when"])), Row(["④入手に係る妥当性"], Text(x["why"])), Row(["⑤本人への明示"], Text(x["shown"])), Row(["⑥使用目的　※"], Text(x["purpose"])), Row(["", "変更の妥当性"], Text("－"))]
        else: out += [Row(["③使用目的　※"], Text(x["purpose"]))]
        a, b, d = ("⑦", "⑧", "⑨") if full else ("④", "⑤", "⑥")
        out += [Row([a + "使用の主体", "使用部署" + ("　※" if full else "")], Text(f["used_by"], at + "/used_by")), Row([a + "使用の主体", "使用者数"], Choice(f["users"], c.STAFF, 2, at + "/users")), Row([b + "使用方法" + ("　※" if full else "")], Text(x["usage"])), Row(["", "情報の突合" + ("　※" if full else "")], Text(x["matching"]))]
        if full: out += [Row(["", "情報の統計分析　※"], Text(x["statistics"])), Row(["", "権利利益に影響を与え得る決定　※"], Text(x["effect"]))]
        out += [Row([d + "使用開始日"], Text(f["used_since"], at + "/used_since")), Section("４．特定個人情報ファイルの取扱いの委託")]
        k = f["contracts"]; out.append(Row(["委託の有無　※"], Choice("委託する" if k["used"] else "委託しない", ["委託する", "委託しない"], 2, at + "/contracts/used", (k["count"], at + "/contracts/count"))))
        empty = {"no": 1, "subcontract": dict.fromkeys(("used", "approval", "scope")), "contractors": [], "means": [], **dict.fromkeys(("title", "description", "staff", "extent", "people", "people_scope", "disclosure"))}
        for row in k["rows"] or ([empty] if self.m.chance(0.6) else []):
            out += self.contract(i, row)
            if row["no"] in (1, 5, 10): out.append(Bar({1: "委託事項2～5", 5: "委託事項6～10", 10: "委託事項11～15"}[row["no"]]))
        out += [Bar(b.text) for b in self.continuations("委託事項", len(k["rows"])) if b.text not in [y.text for y in out if isinstance(y, Bar)]]
        pv, tr = f["provisions"], f["transfers"]
        ticks = Ticks([(None, [Tick("提供を行っている", bool(pv["rows"]), str(pv["count"] or ""), "件"), Tick("移転を行っている", bool(tr["rows"]), str(tr["count"] or ""), "件"), Tick("行っていない", f["no_provision_or_transfer"])])], 2, at + "/no_provision_or_transfer")
        out += [Section("５．特定個人情報の提供・移転（委託に伴うものを除く。）"), Row(["提供・移転の有無"], ticks)]
        for what, rows in (("提供", pv["rows"]), ("移転", tr["rows"])):
            for n, row in enumerate(rows or [None], 1):
                out += self.provision(i, what, row, n)
                if n in (1, 5): out.append(Bar({1: f"{what}先2～5", 5: f"{what}先6～10"}[n]))
            out += [b for b in self.continuations(what + "先", max(1, len(rows))) if b.text not in [y.text for y in out if isinstance(y, Bar)]]
        out += [Section("６．特定個人情報の保管・消去"), Row([("①" if full else "") + "保管場所　※"], Text(f["storage"], at + "/storage"))]
        if full: out += [Row(["②保管期間", "期間"], Choice(f["retention"], c.KEEP, 3, at + "/retention")), Row(["②保管期間", "その妥当性"], Text(x["retention_why"])), Row(["③消去方法"], Text(f["erasure"], at + "/erasure"))]
        return Sheet(f"Ⅱ（{i + 1}）" if full else "Ⅱ", out + [Section("７．備考"), Wide(x["note"])])

    def records(self, no):
        out = [Title(f"（別添{kanji_number(no)}） 特定個人情報ファイル記録項目")]
        for f, x in zip(self.doc["files"], self.x["files"]): out.append(Wide((f["name"] + "\n" if len(self.doc["files"]) > 1 else "") + x["records"]))
        return Sheet(f"別添{no}", out)

    # -- Ⅲ of 様式3
    def part3_priority(self, i):
        m, f = self.m, self.doc["files"][i]; n = f["name"]; none_out = not f["contracts"]["rows"]; none_give = f["no_provision_or_transfer"]
        conn = [Tick("接続しない（入手）", m.chance(0.1)), Tick("接続しない（提供）", m.chance(0.3))]; t = lambda: m.measures(1, 4)
        out = [Title("Ⅲ　リスク対策　※（７．②を除く。）"), Section("１．特定個人情報ファイル名"), Wide(n), Section("２．特定個人情報の入手　（情報提供ネットワークシステムを通じた入手を除く。）"), Bar("リスク：　目的外の入手が行われるリスク"), Row(["リスクに対する措置の内容"], Text(t())), self.enough(n, "Ⅲ-2 リスク"), Bar(ENTRY), Wide(m.other_risks()),
               Section("３．特定個人情報の使用"), Bar(f"リスク１：　目的を超えた{self.at_link}、事務に必要のない情報との{self.at_link}が行われるリスク"), Row(["リスクに対する措置の内容"], Text(t())), self.enough(n, "Ⅲ-3 リスク1"), Bar("リスク２：　" + UNAUTHORISED),
               self.risk(n, "Ⅲ-3 リスク2", "ユーザ認証の管理", DOING, DOING[:1] * 9 + DOING[1:]), Row(["", "具体的な管理方法"], Text(t())), Row(["その他の措置の内容"], Text(t())), self.enough(n, "Ⅲ-3 リスク2"), Bar(USE), Wide(m.other_risks()),
               Section("４．特定個人情報ファイルの取扱いの委託", [Tick("委託しない", none_out)]), Bar("リスク：　委託先における不正な使用等のリスク")]
        b = 0.9 if none_out else 0.03
        out += [self.risk(n, "Ⅲ-4 リスク", "委託契約書中の特定個人情報ファイルの取扱いに関する規定", SET, SET[:1] * 9 + SET[1:], 2, None, b), Row(["", "規定の内容"], Text(None if none_out else t())), self.risk(n, "Ⅲ-4 リスク", "再委託先による特定個人情報ファイルの適切な取扱いの担保", SUBTREATED, c.DONE + ["再委託していない"] * 3, 2, None, b),
                Row(["", "具体的な方法"], Text(None if none_out else t())), Row(["その他の措置の内容"], Text(None if none_out else t())), self.enough(n, "Ⅲ-4 リスク", None, b), Bar(OUT), Wide(m.other_risks()),
                Section("５．特定個人情報の提供・移転　（委託や情報提供ネットワークシステムを通じた提供を除く。）", [Tick("提供・移転しない", none_give)]), Bar("リスク：　不正な提供・移転が行われるリスク")]
        b = 0.9 if none_give else 0.03
        out += [self.risk(n, "Ⅲ-5 リスク", "特定個人情報の提供・移転に関するルール", SET, SET[:1], 2, None, b), Row(["", "ルールの内容及びルール遵守の確認方法"], Text(None if none_give else t())), Row(["その他の措置の内容"], Text(None if none_give else t())), self.enough(n, "Ⅲ-5 リスク", None, b), Bar(GIVE), Wide(m.other_risks()),
                Section("６．情報提供ネットワークシステムとの接続", conn), Bar("リスク１：　目的外の入手が行われるリスク"), Row(["リスクに対する措置の内容"], Text(None if conn[0].on else t())), self.enough(n, "Ⅲ-6 リスク1", None, 0.9 if conn[0].on else 0.03), Bar("リスク２：　不正な提供が行われるリスク"),
                Row(["リスクに対する措置の内容"], Text(None if conn[1].on else t())), self.enough(n, "Ⅲ-6 リスク2", None, 0.9 if conn[1].on else 0.03), Bar(NET), Wide(m.other_risks()), Section("７．特定個人情報の保管・消去"), Bar("リスク：　特定個人情報の漏えい・滅失・毀損リスク"),
                self.risk(n, "Ⅲ-7 リスク", "①事故発生時手順の策定・周知", TRAIN, c.DONE)] + self.incident(i, "②") + [Row(["その他の措置の内容"], Text(t())), self.enough(n, "Ⅲ-7 リスク"), Bar(STORE), Wide(m.other_risks())]
        audit = tick_block(["自己点検", "内部監査", "外部監査"], self.doc["audit"]["done"], (), 3, "/audit/done")
        out += [Section("８．監査"), Row(["実施の有無"], audit), Section("９．従業者に対する教育・啓発"), self.training(None, "Ⅲ-9"), Row(["", "具体的な方法"], Text(t())), Section("１０．その他のリスク対策"), Wide(m.other_risks())]
        return Sheet("Ⅲ", out)

    def training(self, file, section):
        row = self.risk(file, section, "従業者に対する教育・啓発", TRAIN, c.DONE, 2); self.doc["training"] = row.cell.value; return row

    def incident(self, i, no):
        at = f"/incidents/rows/{i}"; r = self.doc["incidents"]["rows"][i]
        return [Row([f"{no}過去３年以内に、評価実施機関において、個人情報に関する重大事故が発生したか"], Choice("発生あり" if r["occurred"] else "発生なし", ["発生あり", "発生なし"], 2, at + "/occurred")), Row(["", "その内容"], Text(r["summary"], at + "/summary")), Row(["", "再発防止策の内容"], Text(r["prevention"], at + "/prevention"))]

    def recipients(self):
        """A list of recipients on a sheet of its own, which is no 別紙 about incidents."""
        rows = [[str(n), self.r.choice(w.RECIPIENTS)[0].split("（")[0], self.r.choice(w.RECIPIENTS)[1]] for n in sorted(self.r.sample(range(1, 160), self.r.randint(6, 24)))]
        return Sheet("別紙5-1", [Plain("（別紙Ⅱ－５－１） 番号法第１９条第８号に基づく主務省令第２条の表に定める事務", 10), Table(["項番", "情報照会者", "事務"], rows, [4, 16, 28])])

    # -- the end of 様式3 and 様式4
    def requests(self, roman):
        d, x = self.doc, self.x; full = self.kind == "full"; q = d["disclosure_request"]
        out = [Title(f"{roman}　開示請求、問合せ"), Section("１．特定個人情報の開示・訂正・利用停止請求"), Row(["①請求先"], Text(q["to"], "/disclosure_request/to")), Row(["②請求方法"], Text(q["how"], "/disclosure_request/how")), *([Row(["", "特記事項"], Text(self.r.choice(["－", "市のウェブサイトに請求書の様式を掲載している。"])))] if full else [])]
        if full: out += [Row(["③手数料等"], Choice(q["fee"], ["有料", "無料"], 2, "/disclosure_request/fee", mark=")")), Row(["", "（手数料額、納付方法）"], Text(x["fee_text"])), Row(["④個人情報ファイル簿の公表"], Choice("行っている", DOING, 2, mark=")")), Row(["", "個人情報ファイル名"], Text(d["files"][0]["name"])), Row(["", "公表場所"], Text(f"{self.m.muni}ウェブサイト"))]
        a, b = ("⑤", "⑥") if full else ("③", "④")
        return Sheet(roman, out + [Row([a + "法令による特別の手続"], Text(self.r.choice(["－", "-", None]))), Row([b + "個人情報ファイル簿への不記載等"], Text(self.r.choice(["－", "-", None]))), Section("２．特定個人情報ファイルの取扱いに関する問合せ"), Row(["①連絡先"], Text(d["contact"]["to"], "/contact/to")), Row(["②対応方法"], Text(d["contact"]["how"], "/contact/how"))])

    def procedure(self, roman):
        p, x = self.doc["procedure"], self.x; full = self.kind == "full"
        out = [Title(f"{roman}　評価実施手続"), Section("１．基礎項目評価"), Row(["①実施日"], Text(x["threshold_date"], "/procedure/threshold/date")), Row(["②しきい値判断結果"], Choice(p["threshold"]["result"], c.THRESHOLD[self.kind], 1, "/procedure/threshold/result", mark=")" if full else "）")), Section("２．国民・住民等からの意見の聴取" + ("" if full else "　【任意】")),
               Row(["①方法"], Text(p["public_comment"]["how"], "/procedure/public_comment/how")), Row(["②実施日・期間"], Text(p["public_comment"]["period"], "/procedure/public_comment/period")), *([Row(["③期間を短縮する特段の理由"], Text("－")), Row(["④主な意見の内容"], Text(x["opinions"])), Row(["⑤評価書への反映"], Text("－"))] if full else [Row(["③主な意見の内容"], Text(x["opinions"]))]),
               Section("３．第三者点検" + ("" if full else "　【任意】")), Row(["①実施日"], Text(x["third_date"], "/procedure/third_party/date")), Row(["②方法"], Text(p["third_party"]["how"], "/procedure/third_party/how")), Row(["③結果"], Text(p["third_party"]["result"], "/procedure/third_party/result"))]
        if full: out += [Section("４．個人情報保護委員会の承認　【行政機関等のみ】"), Row(["①提出日"], Text(None)), Row(["②個人情報保護委員会による審査"], Text(None))]
        return Sheet(roman, out)

    def revisions(self, title, name):
        wide = self.m.wide and self.m.chance(0.6); rows = [[c.wareki(r["date"], wide), r["item"], r["before"], r["after"], r["timing"], r["note"]] for r in self.doc["revisions"]]
        return Sheet(name, [Title(title), Table(["変更日", "項目", "変更前の記載", "変更後の記載", "提出時期", "提出時期に係る説明"], rows, self.r.choice([[6, 10, 13, 13, 3, 5], [8, 9, 13, 13, 4, 6]]), "/revisions")])

    def attachment(self):
        out = []
        for a in self.doc["incidents"]["attachments"]:
            out.append(Plain(a["title"], 12))
            for n, case in enumerate(a["cases"], 1):
                out.append(Plain(f"事案{kanji_number(n)}　{case['title']}\n１　事故の概要\n（１）発生日\n{c.wareki(case['occurred_on'])}\n（２）事故の内容\n{case['summary']}\n（３）原因\n{case['cause']}\n（４）影響\n{case['impact']}\n（５）事故発覚後の対応\n"
                                 + "\n".join(f"{c.wareki(r['date'])}　{r['what']}" for r in case["response"]) + f"\n２　再発防止策\n{case['prevention']}"))
        return [Sheet("別紙", out)] if out else []

    # -- Ⅲ and Ⅳ of 様式4
    def asked(self, file, section, label, options, values, details, blank=0.03):
        """A judged item and the texts under it."""
        off = blank > 0.5
        return [self.risk(file, section, label, options, values, 2, None, blank)] + [Row(["", d], Text(None if off else self.m.measures(1, 3))) for d in details]

    def plain_risk(self, file, section, title, off=False):
        return [Bar(title), Row(["リスクに対する措置の内容"], Text(None if off else self.m.measures(1, 4))), self.enough(file, section, None, 0.9 if off else 0.03)]

    def part3_full(self, i):
        m, f = self.m, self.doc["files"][i]; n = f["name"]; t = lambda: m.measures(1, 4); no_out, no_give = not f["contracts"]["rows"], f["no_provision_or_transfer"]; text = lambda *labels: [Row([l], Text(t())) for l in labels]
        conn = [Tick("接続しない（入手）", m.chance(0.2)), Tick("接続しない（提供）", m.chance(0.2))]; other = "その他の措置の内容"; what = "リスクに対する措置の内容"
        out = [Title("Ⅲ　特定個人情報ファイルの取扱いプロセスにおけるリスク対策　※（７．リスク１⑨を除く。）"), Section("１．特定個人情報ファイル名"), Wide(n), Section("２．特定個人情報の入手　（情報提供ネットワークシステムを通じた入手を除く。）"), Bar("リスク１：　目的外の入手が行われるリスク"),
               *text("対象者以外の情報の入手を防止するための措置の内容", "必要な情報以外を入手することを防止するための措置の内容", other), self.enough(n, "Ⅲ-2 リスク1"), *self.plain_risk(n, "Ⅲ-2 リスク2", "リスク２：　不適切な方法で入手が行われるリスク"), Bar("リスク３：　入手した特定個人情報が不正確であるリスク"),
               *text("入手の際の本人確認の措置の内容", "個人番号の真正性確認の措置の内容", "特定個人情報の正確性確保の措置の内容", other), self.enough(n, "Ⅲ-2 リスク3"), *self.plain_risk(n, "Ⅲ-2 リスク4", "リスク４：　入手の際に特定個人情報が漏えい・紛失するリスク"), Bar(ENTRY), Wide(m.other_risks()),
               Section("３．特定個人情報の使用"), Bar(f"リスク１：　目的を超えた{self.at_link}、事務に必要のない情報との{self.at_link}が行われるリスク"), *text("宛名システム等における措置の内容", "事務で使用するその他のシステムにおける措置の内容", other), self.enough(n, "Ⅲ-3 リスク1"), Bar("リスク２：　" + UNAUTHORISED)]
        for label, options, detail in (("ユーザ認証の管理", DOING, "具体的な管理方法"), ("アクセス権限の発効・失効の管理", DOING, "具体的な管理方法"), ("アクセス権限の管理", DOING, "具体的な管理方法"), ("特定個人情報の使用の記録", LOGGED, "具体的な方法")):
            out += self.asked(n, "Ⅲ-3 リスク2", label, options, options[:1] * 9 + options[1:], [detail])
        out += [*text(other), self.enough(n, "Ⅲ-3 リスク2"), *self.plain_risk(n, "Ⅲ-3 リスク3", "リスク３：　従業者が事務外で使用するリスク"), *self.plain_risk(n, "Ⅲ-3 リスク4", "リスク４：　特定個人情報ファイルが不正に複製されるリスク"), Bar(USE), Wide(m.other_risks()), Section("４．特定個人情報ファイルの取扱いの委託", [Tick("委託しない", no_out)]),
                Bar("委託先による特定個人情報の不正入手・不正な使用に関するリスク\n 委託先による特定個人情報の不正な提供に関するリスク\n 委託先による特定個人情報の保管・消去に関するリスク\n 委託契約終了後の不正な使用等のリスク\n 再委託に関するリスク"), Row(["情報保護管理体制の確認"], Text(None if no_out else t()))]
        b = 0.95 if no_out else 0.02; rule = "ルールの内容及びルール遵守の確認方法"; s4 = "Ⅲ-4"
        out += [*self.asked(n, s4, "特定個人情報ファイルの閲覧者・更新者の制限", ["制限している", "制限していない"], ["制限している"], ["具体的な制限方法"], b), *self.asked(n, s4, "特定個人情報ファイルの取扱いの記録", LOGGED, LOGGED[:1] * 5 + LOGGED[1:], ["具体的な方法"], b),
                *self.asked(n, s4, "特定個人情報の提供ルール", SET, SET[:1] * 5 + SET[1:], ["委託先から他者への提供に関する" + rule, "委託元と委託先間の提供に関する" + rule], b), *self.asked(n, s4, "特定個人情報の消去ルール", SET, SET[:1] * 5 + SET[1:], [rule], b), *self.asked(n, s4, "委託契約書中の特定個人情報ファイルの取扱いに関する規定", SET, SET[:1], ["規定の内容"], b),
                *self.asked(n, s4, "再委託先による特定個人情報ファイルの適切な取扱いの確保", SUBTREATED, c.DONE + ["再委託していない"] * 3, ["具体的な方法"], b), Row([other], Text(None if no_out else t())), self.enough(n, s4, None, b), Bar(OUT), Wide(m.other_risks())]
        b = 0.95 if no_give else 0.02
        out += [Section("５．特定個人情報の提供・移転　（委託や情報提供ネットワークシステムを通じた提供を除く。）", [Tick("提供・移転しない", no_give)]), Bar("リスク１：　不正な提供・移転が行われるリスク"), *self.asked(n, "Ⅲ-5 リスク1", "特定個人情報の提供・移転の記録", LOGGED, LOGGED[:1], ["具体的な方法"], b),
                *self.asked(n, "Ⅲ-5 リスク1", "特定個人情報の提供・移転に関するルール", SET, SET[:1], [rule], b), Row([other], Text(None if no_give else t())), self.enough(n, "Ⅲ-5 リスク1", None, b), *self.plain_risk(n, "Ⅲ-5 リスク2", "リスク２：　不適切な方法で提供・移転が行われるリスク", no_give),
                *self.plain_risk(n, "Ⅲ-5 リスク3", "リスク３：　誤った情報を提供・移転してしまうリスク、誤った相手に提供・移転してしまうリスク", no_give), Bar(GIVE), Wide(m.other_risks()), Section("６．情報提供ネットワークシステムとの接続", conn)]
        for k, title in enumerate(["目的外の入手が行われるリスク", "安全が保たれない方法によって入手が行われるリスク", "入手した特定個人情報が不正確であるリスク", "入手の際に特定個人情報が漏えい・紛失するリスク", "不正な提供が行われるリスク", "不適切な方法で提供されるリスク", "誤った情報を提供してしまうリスク、誤った相手に提供してしまうリスク"], 1):
            out += self.plain_risk(n, f"Ⅲ-6 リスク{k}", f"リスク{kanji_number(k)}：　{title}", conn[k > 4].on)
        out += [Bar(NET), Wide(m.other_risks()), Section("７．特定個人情報の保管・消去"), Bar("リスク１：　特定個人情報の漏えい・滅失・毀損リスク")]; s7 = "Ⅲ-7 リスク1"; well = lambda o: o[1:2] * 6 + o[:1]
        for label, options, values, details in (("①NISC政府機関統一基準群", KEPT, ["政府機関ではない"], []), ("②安全管理体制", ARRANGED, well(ARRANGED), []), ("③安全管理規程", ARRANGED, well(ARRANGED), []), ("④安全管理体制・規程の職員への周知", TOLD, well(TOLD), []), ("⑤物理的対策", TRAIN, c.DONE, ["具体的な対策の内容"]),
                                                ("⑥技術的対策", TRAIN, c.DONE, ["具体的な対策の内容"]), ("⑦バックアップ", TRAIN, c.DONE, []), ("⑧事故発生時手順の策定・周知", TRAIN, c.DONE, [])):
            out += self.asked(n, s7, label, options, values, details)
        out += [*self.incident(i, "⑨"), *self.asked(n, s7, "⑩死者の個人番号", ["保管している", "保管していない"], ["保管している"] * 2 + ["保管していない"], ["具体的な保管方法"]), Row([other], Text(self.r.choice(["－", t()]))), self.enough(n, s7), *self.plain_risk(n, "Ⅲ-7 リスク2", "リスク２：　特定個人情報が古い情報のまま保管され続けるリスク"),
                Bar("リスク３：　特定個人情報が消去されずいつまでも存在するリスク"), *self.asked(n, "Ⅲ-7 リスク3", "消去手順", SET, SET[:1] * 5 + SET[1:], ["手順の内容"]), Row([other], Text(self.r.choice(["－", t()]))), self.enough(n, "Ⅲ-7 リスク3"), Bar(STORE), Wide(m.other_risks())]
        return Sheet(f"Ⅲ（{i + 1}）", out)

    def part4_full(self):
        t = self.m.measures; audit = self.doc["audit"]; out = [Title("Ⅳ　その他のリスク対策　※"), Section("１．監査")]
        for label, key, detail in (("①自己点検", "self_check", "具体的なチェック方法"), ("②監査", "judgement", "具体的な内容")):
            rows = self.asked(None, "Ⅳ-1", label, TRAIN, c.DONE, [detail]); audit[key] = rows[0].cell.value; out += rows
        return Sheet("Ⅳ", out + [Section("２．従業者に対する教育・啓発"), self.training(None, "Ⅳ-2"), Row(["", "具体的な方法"], Text(t(1, 4))), Section("３．その他のリスク対策"), Wide(self.m.other_risks())])

    def work(self):
        m = self.m; lines = [f"{k}－{'①②③④'[j]}．{m.fill(self.r.choice(w.USAGE))}" for k in range(1, self.r.randint(3, 6)) for j in range(self.r.randint(1, 3))]
        return Sheet("別添1", [Title("（別添１） 事務の内容"), Wide("（備考）\n" + m.vary("\n".join(lines)))])

    # -- 様式2
    def part1_basic(self):
        d, x = self.doc, self.x; m = self.m
        out = [Title("Ⅰ　関連情報"), Section("１．特定個人情報ファイルを取り扱う事務"), Row(["①事務の名称"], Text(d["process"]["name"], "/process/name")), Row(["②事務の概要"], Text(d["process"]["summary"], "/process/summary")), Row(["③システムの名称"], Text(x["system_names"], "/systems")), Section("２．特定個人情報ファイル名"), Wide(x["file_names"], "/files"),
               Section("３．個人番号の利用"), Row(["法令上の根拠"], Text("\n".join("・" + b if x["basis_dots"] else b for b in d["process"]["legal_basis"]), "/process/legal_basis")), *self.network("４"), *self.department("５"), Section("６．他の評価実施機関"), Wide(x["others"]), Section("７．特定個人情報の開示・訂正・利用停止請求"),
               Row(["請求先"], Text(d["disclosure_request"]["to"], "/disclosure_request/to")), Section("８．特定個人情報ファイルの取扱いに関する問合せ"), Row(["連絡先"], Text(d["contact"]["to"], "/contact/to"))]
        if m.new: out += [Section("９．規則第９条第２項の適用", [Tick("適用した", m.chance(0.1))]), Row(["適用した理由"], Text(None))]
        return Sheet("Ⅰ", out)

    def part2_basic(self):
        d, m = self.doc, self.m; as_of = lambda key, at: Row(["", "いつ時点の計数か"], Text(self.x[key] and self.x[key] + "　時点", at)); inc = d["incidents"]["rows"][0]
        out = [Title("Ⅱ　しきい値判断項目"), Section("１．対象人数"), Row(["評価対象の事務の対象人数は何人か"], Choice(d["process"]["people"], ["1,000人未満（任意実施）", "1,000人以上1万人未満", "1万人以上10万人未満", "10万人以上30万人未満", "30万人以上"], 1, "/process/people", mark=")")), as_of("people_as_of", "/process/people_as_of"),
               Section("２．取扱者数"), Row(["特定個人情報ファイル取扱者数は500人以上か"], Choice(d["staff"]["count"], ["500人以上", "500人未満"], 1, "/staff/count", mark=")")), as_of("staff_as_of", "/staff/as_of"), Section("３．重大事故"),
               Row(["過去１年以内に、評価実施機関において特定個人情報に関する重大事故が発生したか"], Choice("発生あり" if inc["occurred"] else "発生なし", ["発生あり", "発生なし"], 2, "/incidents/rows/0/occurred", mark=")"))]
        return Sheet("Ⅱ", out + [Title("Ⅲ　しきい値判断結果"), Section("しきい値判断結果"), Wide(d["procedure"]["threshold"]["result"], "/procedure/threshold/result")])

    def part4_basic(self):
        d, m = self.doc, self.m; no_out, no_give = m.chance(0.2), m.chance(0.4); conn = [Tick("接続しない（入手）", m.chance(0.15)), Tick("接続しない（提供）", m.chance(0.3))]; d["contracts_out"] = not no_out
        tail = "リスクへの対策は十分か"; row = lambda no, label, off=False: self.risk(None, f"Ⅳ-{no}", label + tail, ENOUGH, c.JUDGE, 1, None, 0.97 if off else 0.02)
        out = [Title("Ⅳ　リスク対策"), Section("１．提出する特定個人情報保護評価書の種類"), self.risk(None, "Ⅳ-1", "提出する特定個人情報保護評価書の種類", ["基礎項目評価書", "基礎項目評価書及び重点項目評価書", "基礎項目評価書及び全項目評価書"], ["基礎項目評価書"] * 4 + ["基礎項目評価書及び重点項目評価書"], 1, None, 0), Section("２．特定個人情報の入手（情報提供ネットワークシステムを通じた入手を除く。）"), row(2, "目的外の入手が行われる"),
               Section("３．特定個人情報の使用"), row(3, f"目的を超えた{self.at_link}、事務に必要のない情報との{self.at_link}が行われる"), row(3, UNAUTHORISED.removesuffix("リスク")), Section("４．特定個人情報ファイルの取扱いの委託", [Tick("委託しない", no_out)], "/contracts_out"), row(4, "委託先における不正な使用等の", no_out),
               Section("５．特定個人情報の提供・移転（委託や情報提供ネットワークシステムを通じた提供を除く。）", [Tick("提供・移転しない", no_give)]), row(5, "不正な提供・移転が行われる", no_give), Section("６．情報提供ネットワークシステムとの接続", conn), row(6, "目的外の入手が行われる", conn[0].on), row(6, "不正な提供が行われる", conn[1].on),
               Section("７．特定個人情報の保管・消去"), row(7, "特定個人情報の漏えい・滅失・毀損")]
        if m.new:
            none = m.chance(0.2); r = row(8, "人為的ミスが発生する", none); basis = None if none else m.say(w.HUMAN_ERROR, 1, 1); d["manual_work"] = {"none": none, "judgement": r.cell.value, "basis": basis}
            out += [Section("８．人手を介在させる作業", [Tick("人手を介在させる作業はない", none)], "/manual_work/none"), r, Row(["判断の根拠"], Text(basis, "/manual_work/basis"))]
        n = 9 if m.new else 8
        out += [Section(f"{kanji_number(n)}．監査"), Row(["実施の有無"], tick_block(["自己点検", "内部監査", "外部監査"], d["audit"]["done"], (), 3, "/audit/done")), Section(f"{kanji_number(n + 1)}．従業者に対する教育・啓発"), self.training(None, f"Ⅳ-{n + 1}")]
        if m.new:
            top = self.risk(None, "Ⅳ-11", "最も優先度が高いと考えられる対策", c.TOP_MEASURES, c.TOP_MEASURES, 1, None, 0); top.cell.mark = None; again = self.risk(None, "Ⅳ-11", "当該対策は十分か【再掲】", ENOUGH, ENOUGH[:2], 1, None, 0); basis = m.say(w.TOP_BASIS, 1, 1)
            d["top_measure"] = {"choice": top.cell.value, "judgement": again.cell.value, "basis": basis}
            out += [Section("１１．最も優先度が高いと考えられる対策", [Tick("全項目評価又は重点項目評価を実施する", False)]), top, again, Row(["判断の根拠"], Text(basis, "/top_measure/basis"))]
        return Sheet("Ⅳ", out)

    def sheets(self):
        d = self.doc
        if self.kind == "priority":
            return [self.cover(), self.index(), self.part1(), self.part2(0), self.records(1), self.part3_priority(0), self.requests("Ⅳ"), self.procedure("Ⅴ"), self.revisions("（別添２）変更箇所", "別添2")] + self.attachment()
        if self.kind == "full":
            n = range(len(d["files"]))
            return [self.cover(), self.index(), self.part1(), self.work(), *[self.part2(i) for i in n], *([self.recipients()] if self.m.chance(0.4) else []), self.records(2), *[self.part3_full(i) for i in n], self.part4_full(), self.requests("Ⅴ"), self.procedure("Ⅵ"), self.revisions("（別添３）変更箇所", "別添3")] + self.attachment()
        return [self.cover(), self.part1_basic(), self.part2_basic(), *([self.part4_basic()] if self.m.edition != "平成26年4月" else []), self.revisions("変更箇所", "変更箇所")]
