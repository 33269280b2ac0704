"""The risk chapters of 様式3 (Ⅲ) and 様式4 (Ⅲ, Ⅳ). They decide their judgements as the form is filled and leave them
in doc["risks"]."""

from blocks import Bar, Choice, Row, Section, Sheet, Text, Tick, Title, Wide
import content as c
from labels import (
    ARRANGED,
    DOING,
    ENOUGH,
    ENTRY,
    GIVE,
    KEPT,
    LOGGED,
    NET,
    OUT,
    SET,
    STORE,
    SUBTREATED,
    TOLD,
    TRAIN,
    UNAUTHORISED,
    USE,
    kanji_number,
    tick_block,
)


class RiskChapters:
    def risk(self, file, section, label, options, values, per_row=2, text=None, blank=0.04, prefix=(), item=None):
        """A judged row; leaves the judgement (null when blank) in doc["risks"]."""
        value = None if self.m.chance(blank) else self.r.choice(values)
        self.doc["risks"].append(
            {"file": file, "section": section, "item": item or label, "judgement": value, "measures": text}
        )
        return Row(
            [*prefix, label],
            Choice(value, options, per_row, f"/risks/{len(self.doc['risks']) - 1}/judgement"),
            vertical=False,
        )

    def enough(self, file, section, text=None, blank=0.04, label="リスクへの対策は十分か"):
        return self.risk(file, section, label, ENOUGH, c.JUDGE, 2, text, blank)

    def asked(self, file, section, label, options, values, details, blank=0.03):
        """A judged item and the texts under it."""
        off = blank > 0.5
        return [self.risk(file, section, label, options, values, 2, None, blank)] + [
            Row(["", d], Text(None if off else self.m.measures(1, 3))) for d in details
        ]

    def plain_risk(self, file, section, title, off=False):
        return [
            Bar(title),
            Row(["リスクに対する措置の内容"], Text(None if off else self.m.measures(1, 4))),
            self.enough(file, section, None, 0.9 if off else 0.03),
        ]

    def training(self, file, section):
        row = self.risk(file, section, "従業者に対する教育・啓発", TRAIN, c.DONE, 2)
        self.doc["training"] = row.cell.value
        return row

    def incident(self, i, no):
        at = f"/incidents/rows/{i}"
        r = self.doc["incidents"]["rows"][i]
        return [
            Row(
                [f"{no}過去３年以内に、評価実施機関において、個人情報に関する重大事故が発生したか"],
                Choice("発生あり" if r["occurred"] else "発生なし", ["発生あり", "発生なし"], 2, at + "/occurred"),
            ),
            Row(["", "その内容"], Text(r["summary"], at + "/summary")),
            Row(["", "再発防止策の内容"], Text(r["prevention"], at + "/prevention")),
        ]

    def part3_priority(self, i):
        m, f = self.m, self.doc["files"][i]
        n = f["name"]
        none_out = not f["contracts"]["rows"]
        none_give = f["no_provision_or_transfer"]
        conn = [Tick("接続しない（入手）", m.chance(0.1)), Tick("接続しない（提供）", m.chance(0.3))]
        t = lambda: m.measures(1, 4)
        out = [
            Title("Ⅲ　リスク対策　※（７．②を除く。）"),
            Section("１．特定個人情報ファイル名"),
            Wide(n),
            Section("２．特定個人情報の入手　（情報提供ネットワークシステムを通じた入手を除く。）"),
            Bar("リスク：　目的外の入手が行われるリスク"),
            Row(["リスクに対する措置の内容"], Text(t())),
            self.enough(n, "Ⅲ-2 リスク"),
            Bar(ENTRY),
            Wide(m.other_risks()),
            Section("３．特定個人情報の使用"),
            Bar(f"リスク１：　目的を超えた{self.at_link}、事務に必要のない情報との{self.at_link}が行われるリスク"),
            Row(["リスクに対する措置の内容"], Text(t())),
            self.enough(n, "Ⅲ-3 リスク1"),
            Bar("リスク２：　" + UNAUTHORISED),
            self.risk(n, "Ⅲ-3 リスク2", "ユーザ認証の管理", DOING, DOING[:1] * 9 + DOING[1:]),
            Row(["", "具体的な管理方法"], Text(t())),
            Row(["その他の措置の内容"], Text(t())),
            self.enough(n, "Ⅲ-3 リスク2"),
            Bar(USE),
            Wide(m.other_risks()),
            Section("４．特定個人情報ファイルの取扱いの委託", [Tick("委託しない", none_out)]),
            Bar("リスク：　委託先における不正な使用等のリスク"),
        ]
        b = 0.9 if none_out else 0.03
        out += [
            self.risk(n, "Ⅲ-4 リスク", "委託契約書中の特定個人情報ファイルの取扱いに関する規定", SET, SET[:1] * 9 + SET[1:], 2, None, b),
            Row(["", "規定の内容"], Text(None if none_out else t())),
            self.risk(n, "Ⅲ-4 リスク", "再委託先による特定個人情報ファイルの適切な取扱いの担保", SUBTREATED, c.DONE + ["再委託していない"] * 3, 2, None, b),
            Row(["", "具体的な方法"], Text(None if none_out else t())),
            Row(["その他の措置の内容"], Text(None if none_out else t())),
            self.enough(n, "Ⅲ-4 リスク", None, b),
            Bar(OUT),
            Wide(m.other_risks()),
            Section("５．特定個人情報の提供・移転　（委託や情報提供ネットワークシステムを通じた提供を除く。）", [Tick("提供・移転しない", none_give)]),
            Bar("リスク：　不正な提供・移転が行われるリスク"),
        ]
        b = 0.9 if none_give else 0.03
        out += (
            [
                self.risk(n, "Ⅲ-5 リスク", "特定個人情報の提供・移転に関するルール", SET, SET[:1], 2, None, b),
                Row(["", "ルールの内容及びルール遵守の確認方法"], Text(None if none_give else t())),
                Row(["その他の措置の内容"], Text(None if none_give else t())),
                self.enough(n, "Ⅲ-5 リスク", None, b),
                Bar(GIVE),
                Wide(m.other_risks()),
                Section("６．情報提供ネットワークシステムとの接続", conn),
                Bar("リスク１：　目的外の入手が行われるリスク"),
                Row(["リスクに対する措置の内容"], Text(None if conn[0].on else t())),
                self.enough(n, "Ⅲ-6 リスク1", None, 0.9 if conn[0].on else 0.03),
                Bar("リスク２：　不正な提供が行われるリスク"),
                Row(["リスクに対する措置の内容"], Text(None if conn[1].on else t())),
                self.enough(n, "Ⅲ-6 リスク2", None, 0.9 if conn[1].on else 0.03),
                Bar(NET),
                Wide(m.other_risks()),
                Section("７．特定個人情報の保管・消去"),
                Bar("リスク：　特定個人情報の漏えい・滅失・毀損リスク"),
                self.risk(n, "Ⅲ-7 リスク", "①事故発生時手順の策定・周知", TRAIN, c.DONE),
            ]
            + self.incident(i, "②")
            + [Row(["その他の措置の内容"], Text(t())), self.enough(n, "Ⅲ-7 リスク"), Bar(STORE), Wide(m.other_risks())]
        )
        audit = tick_block(["自己点検", "内部監査", "外部監査"], self.doc["audit"]["done"], (), 3, "/audit/done")
        out += [
            Section("８．監査"),
            Row(["実施の有無"], audit),
            Section("９．従業者に対する教育・啓発"),
            self.training(None, "Ⅲ-9"),
            Row(["", "具体的な方法"], Text(t())),
            Section("１０．その他のリスク対策"),
            Wide(m.other_risks()),
        ]
        return Sheet("Ⅲ", out)

    def part3_full(self, i):
        m, f = self.m, self.doc["files"][i]
        n = f["name"]
        t = lambda: m.measures(1, 4)
        no_out, no_give = not f["contracts"]["rows"], f["no_provision_or_transfer"]
        text = lambda *labels: [Row([l], Text(t())) for l in labels]
        conn = [Tick("接続しない（入手）", m.chance(0.2)), Tick("接続しない（提供）", m.chance(0.2))]
        other = "その他の措置の内容"
        out = [
            Title("Ⅲ　特定個人情報ファイルの取扱いプロセスにおけるリスク対策　※（７．リスク１⑨を除く。）"),
            Section("１．特定個人情報ファイル名"),
            Wide(n),
            Section("２．特定個人情報の入手　（情報提供ネットワークシステムを通じた入手を除く。）"),
            Bar("リスク１：　目的外の入手が行われるリスク"),
            *text("対象者以外の情報の入手を防止するための措置の内容", "必要な情報以外を入手することを防止するための措置の内容", other),
            self.enough(n, "Ⅲ-2 リスク1"),
            *self.plain_risk(n, "Ⅲ-2 リスク2", "リスク２：　不適切な方法で入手が行われるリスク"),
            Bar("リスク３：　入手した特定個人情報が不正確であるリスク"),
            *text("入手の際の本人確認の措置の内容", "個人番号の真正性確認の措置の内容", "特定個人情報の正確性確保の措置の内容", other),
            self.enough(n, "Ⅲ-2 リスク3"),
            *self.plain_risk(n, "Ⅲ-2 リスク4", "リスク４：　入手の際に特定個人情報が漏えい・紛失するリスク"),
            Bar(ENTRY),
            Wide(m.other_risks()),
            Section("３．特定個人情報の使用"),
            Bar(f"リスク１：　目的を超えた{self.at_link}、事務に必要のない情報との{self.at_link}が行われるリスク"),
            *text("宛名システム等における措置の内容", "事務で使用するその他のシステムにおける措置の内容", other),
            self.enough(n, "Ⅲ-3 リスク1"),
            Bar("リスク２：　" + UNAUTHORISED),
        ]
        for label, options, detail in (
            ("ユーザ認証の管理", DOING, "具体的な管理方法"),
            ("アクセス権限の発効・失効の管理", DOING, "具体的な管理方法"),
            ("アクセス権限の管理", DOING, "具体的な管理方法"),
            ("特定個人情報の使用の記録", LOGGED, "具体的な方法"),
        ):
            out += self.asked(n, "Ⅲ-3 リスク2", label, options, options[:1] * 9 + options[1:], [detail])
        out += [
            *text(other),
            self.enough(n, "Ⅲ-3 リスク2"),
            *self.plain_risk(n, "Ⅲ-3 リスク3", "リスク３：　従業者が事務外で使用するリスク"),
            *self.plain_risk(n, "Ⅲ-3 リスク4", "リスク４：　特定個人情報ファイルが不正に複製されるリスク"),
            Bar(USE),
            Wide(m.other_risks()),
            Section("４．特定個人情報ファイルの取扱いの委託", [Tick("委託しない", no_out)]),
            Bar(
                "委託先による特定個人情報の不正入手・不正な使用に関するリスク\n 委託先による特定個人情報の不正な提供に関するリスク\n 委託先による特定個人情報の保管・消去に関するリスク\n 委託契約終了後の不正な使用等のリスク\n 再委託に関するリスク"
            ),
            Row(["情報保護管理体制の確認"], Text(None if no_out else t())),
        ]
        b = 0.95 if no_out else 0.02
        rule = "ルールの内容及びルール遵守の確認方法"
        s4 = "Ⅲ-4"
        out += [
            *self.asked(n, s4, "特定個人情報ファイルの閲覧者・更新者の制限", ["制限している", "制限していない"], ["制限している"], ["具体的な制限方法"], b),
            *self.asked(n, s4, "特定個人情報ファイルの取扱いの記録", LOGGED, LOGGED[:1] * 5 + LOGGED[1:], ["具体的な方法"], b),
            *self.asked(
                n,
                s4,
                "特定個人情報の提供ルール",
                SET,
                SET[:1] * 5 + SET[1:],
                ["委託先から他者への提供に関する" + rule, "委託元と委託先間の提供に関する" + rule],
                b,
            ),
            *self.asked(n, s4, "特定個人情報の消去ルール", SET, SET[:1] * 5 + SET[1:], [rule], b),
            *self.asked(n, s4, "委託契約書中の特定個人情報ファイルの取扱いに関する規定", SET, SET[:1], ["規定の内容"], b),
            *self.asked(n, s4, "再委託先による特定個人情報ファイルの適切な取扱いの確保", SUBTREATED, c.DONE + ["再委託していない"] * 3, ["具体的な方法"], b),
            Row([other], Text(None if no_out else t())),
            self.enough(n, s4, None, b),
            Bar(OUT),
            Wide(m.other_risks()),
        ]
        b = 0.95 if no_give else 0.02
        out += [
            Section("５．特定個人情報の提供・移転　（委託や情報提供ネットワークシステムを通じた提供を除く。）", [Tick("提供・移転しない", no_give)]),
            Bar("リスク１：　不正な提供・移転が行われるリスク"),
            *self.asked(n, "Ⅲ-5 リスク1", "特定個人情報の提供・移転の記録", LOGGED, LOGGED[:1], ["具体的な方法"], b),
            *self.asked(n, "Ⅲ-5 リスク1", "特定個人情報の提供・移転に関するルール", SET, SET[:1], [rule], b),
            Row([other], Text(None if no_give else t())),
            self.enough(n, "Ⅲ-5 リスク1", None, b),
            *self.plain_risk(n, "Ⅲ-5 リスク2", "リスク２：　不適切な方法で提供・移転が行われるリスク", no_give),
            *self.plain_risk(n, "Ⅲ-5 リスク3", "リスク３：　誤った情報を提供・移転してしまうリスク、誤った相手に提供・移転してしまうリスク", no_give),
            Bar(GIVE),
            Wide(m.other_risks()),
            Section("６．情報提供ネットワークシステムとの接続", conn),
        ]
        for k, title in enumerate(
            [
                "目的外の入手が行われるリスク",
                "安全が保たれない方法によって入手が行われるリスク",
                "入手した特定個人情報が不正確であるリスク",
                "入手の際に特定個人情報が漏えい・紛失するリスク",
                "不正な提供が行われるリスク",
                "不適切な方法で提供されるリスク",
                "誤った情報を提供してしまうリスク、誤った相手に提供してしまうリスク",
            ],
            1,
        ):
            out += self.plain_risk(n, f"Ⅲ-6 リスク{k}", f"リスク{kanji_number(k)}：　{title}", conn[k > 4].on)
        out += [Bar(NET), Wide(m.other_risks()), Section("７．特定個人情報の保管・消去"), Bar("リスク１：　特定個人情報の漏えい・滅失・毀損リスク")]
        s7 = "Ⅲ-7 リスク1"
        well = lambda o: o[1:2] * 6 + o[:1]
        for label, options, values, details in (
            ("①NISC政府機関統一基準群", KEPT, ["政府機関ではない"], []),
            ("②安全管理体制", ARRANGED, well(ARRANGED), []),
            ("③安全管理規程", ARRANGED, well(ARRANGED), []),
            ("④安全管理体制・規程の職員への周知", TOLD, well(TOLD), []),
            ("⑤物理的対策", TRAIN, c.DONE, ["具体的な対策の内容"]),
            ("⑥技術的対策", TRAIN, c.DONE, ["具体的な対策の内容"]),
            ("⑦バックアップ", TRAIN, c.DONE, []),
            ("⑧事故発生時手順の策定・周知", TRAIN, c.DONE, []),
        ):
            out += self.asked(n, s7, label, options, values, details)
        out += [
            *self.incident(i, "⑨"),
            *self.asked(n, s7, "⑩死者の個人番号", ["保管している", "保管していない"], ["保管している"] * 2 + ["保管していない"], ["具体的な保管方法"]),
            Row([other], Text(self.r.choice(["－", t()]))),
            self.enough(n, s7),
            *self.plain_risk(n, "Ⅲ-7 リスク2", "リスク２：　特定個人情報が古い情報のまま保管され続けるリスク"),
            Bar("リスク３：　特定個人情報が消去されずいつまでも存在するリスク"),
            *self.asked(n, "Ⅲ-7 リスク3", "消去手順", SET, SET[:1] * 5 + SET[1:], ["手順の内容"]),
            Row([other], Text(self.r.choice(["－", t()]))),
            self.enough(n, "Ⅲ-7 リスク3"),
            Bar(STORE),
            Wide(m.other_risks()),
        ]
        return Sheet(f"Ⅲ（{i + 1}）", out)

    def part4_full(self):
        t = self.m.measures
        audit = self.doc["audit"]
        out = [Title("Ⅳ　その他のリスク対策　※"), Section("１．監査")]
        for label, key, detail in (("①自己点検", "self_check", "具体的なチェック方法"), ("②監査", "judgement", "具体的な内容")):
            rows = self.asked(None, "Ⅳ-1", label, TRAIN, c.DONE, [detail])
            audit[key] = rows[0].cell.value
            out += rows
        return Sheet(
            "Ⅳ",
            out
            + [
                Section("２．従業者に対する教育・啓発"),
                self.training(None, "Ⅳ-2"),
                Row(["", "具体的な方法"], Text(t(1, 4))),
                Section("３．その他のリスク対策"),
                Wide(self.m.other_risks()),
            ],
        )
